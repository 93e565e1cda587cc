//! The figures read back to the last bit, under heads with their units.

use super::*;
use crate::document::{Account, campaign_from_ron};
use crate::policy::RulePack;
use crate::risk::pl_table::PlTableRequest;
use crate::risk::smile_view::smile_views;
use crate::ui::Workspace;
use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

fn valued() -> Valuation {
    let text = include_str!("../../../../assets/samples/condor.ron");
    let campaign = campaign_from_ron(text).expect("the sample reads");
    let inputs = Inputs {
        pack: RulePack::alvh(),
        account: &Account::default(),
        slopes: Err(VegaSlopesError::NoHistory),
    };
    Valuation::of(&campaign, inputs, &mut MarketCache::default())
}

/// Heads and rows, all rows as long as the heads.
fn read(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let fields = |record: &::csv::StringRecord| record.iter().map(str::to_owned).collect();
    let heads: Vec<String> = fields(reader.headers().expect("heads"));
    let rows = reader
        .records()
        .map(|row| fields(&row.expect("as many fields as heads")))
        .collect();
    (heads, rows)
}

fn figure(row: &[String], column: usize) -> f64 {
    row[column].parse().expect("a number")
}

#[test]
fn payoff_lines_read_back_to_the_last_bit() {
    let valuation = valued();
    let curves = valuation.curves(&Workspace::default().curve_request(&valuation));
    let (heads, rows) = read(&payoff(&curves));
    assert_eq!(
        &heads[..4],
        ["line", "spx_points", "vix_points", "condor_usd"]
    );
    assert_eq!(rows.len(), curves.lines.len() * curves.spots.len());
    let net = heads
        .iter()
        .position(|head| head == "net_usd")
        .expect("net");
    let line = &curves.lines[1];
    let values = Component::Net.of(&line.profit);
    for (index, row) in rows[curves.spots.len()..2 * curves.spots.len()]
        .iter()
        .enumerate()
    {
        assert_eq!(row[0], date_word(line.date));
        assert_eq!(figure(row, 1), curves.spots[index]);
        assert_eq!(figure(row, net), values[index]);
    }
}

#[test]
fn greek_lines_name_their_unit() {
    let valuation = valued();
    let request = Workspace::default().greek_request(&valuation);
    let curves = GreekCurves::of(&valuation, &request);
    let (heads, rows) = read(&greeks(&curves));
    assert_eq!(heads[1], "Net Vega today ($ per vol pt)");
    assert_eq!(heads.len(), 2 + curves.lines.len());
    assert_eq!(rows.len(), curves.spots.len());
    assert_eq!(figure(&rows[7], 1), curves.lines[0].1[7]);
}

#[test]
fn the_table_has_profit_and_vix_for_every_date() {
    let valuation = valued();
    let request = PlTableRequest {
        component: Component::Net,
        spots: vec![6400.0, 6720.0],
        dates: vec![jiff::civil::date(2026, 12, 1)],
    };
    let priced = PlTable::of(&valuation.book, &request);
    let (heads, rows) = read(&pl_table(&priced, 6720.0));
    assert_eq!(
        heads,
        [
            "spx_points",
            "move_pct",
            "2026-12-01_usd",
            "2026-12-01_vix_points"
        ]
    );
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(figure(row, 0), priced.spots[index]);
        assert_eq!(Some(figure(row, 2)), priced.cell(index, 0));
        assert_eq!(figure(row, 3), priced.columns[0].vix[index]);
    }
}

#[test]
fn smiles_curves_scenarios_and_the_ledger_keep_their_figures() {
    let valuation = valued();
    let view = &smile_views(&valuation.book)[0];
    let (heads, rows) = read(&smile(view));
    assert_eq!(heads.len(), 8);
    assert_eq!(
        rows.len(),
        view.curve.len() + view.quotes.len() + view.legs.len()
    );
    assert_eq!(figure(&rows[3], 4), view.curve[3].vol);

    let (_, rows) = read(&vx_curve(&valuation.market.curve));
    assert_eq!(figure(&rows[0], 2), valuation.market.vix);
    assert_eq!(rows.len(), 1 + valuation.market.curve.points.len());

    let (heads, rows) = read(&scenarios(&valuation.crash));
    let net = heads
        .iter()
        .position(|head| head == "net_usd")
        .expect("net");
    assert_eq!(rows.len(), valuation.crash.len());
    for (row, known) in rows.iter().zip(&valuation.crash) {
        assert_eq!(figure(row, net), known.net_usd);
        let parts: f64 = (4..9).map(|column| figure(row, column)).sum();
        assert!((parts - known.net_usd).abs() < 1e-6);
    }

    let vega = valuation.net_vega.as_ref().expect("condors");
    let (_, rows) = read(&vega_ledger(vega));
    let parts: f64 = rows[..rows.len() - 1]
        .iter()
        .map(|row| figure(row, 1))
        .sum();
    assert!((parts - figure(&rows[rows.len() - 1], 1)).abs() < 1e-9);
}

#[test]
fn what_is_no_number_is_empty() {
    assert_eq!(number(f64::NAN), "");
    assert_eq!(number(0.1), "0.1");
}
