//! Curves and tables as CSV: units in the heads, every digit, one fact a column.
//!
//! Numbers are written so that they read back to the same number; what is no number is an empty field.

mod history;
pub mod journal;

use csv::WriterBuilder;

pub use history::{facts, history, term_curves};

use crate::market::VixCurve;
use crate::risk::curves::{Component, LineDate, PayoffCurves};
use crate::risk::figures::{NetVega, ScenarioRow};
use crate::risk::pl_table::PlTable;
use crate::risk::smile_view::{SmilePoint, SmileView};
use crate::valuation::GreekCurves;

/// A field.
fn number(value: f64) -> String {
    if value.is_finite() {
        value.to_string()
    } else {
        String::new()
    }
}

/// Heads and rows as CSV by RFC 4180, lines ended as Unix does.
fn table(heads: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let all = std::iter::once(heads.to_vec()).chain(rows);
    let written = all
        .into_iter()
        .try_for_each(|row| writer.write_record(&row));
    let bytes = writer.into_inner().unwrap_or_default();
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    String::from_utf8(bytes).unwrap_or_default()
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A date of a line as a word: `today`, `t+15`, `2027-01-08`.
fn date_word(date: LineDate) -> String {
    match date {
        LineDate::Today => "today".to_owned(),
        LineDate::Ahead(days) => format!("t+{days}"),
        LineDate::Expiry(day) => day.to_string(),
    }
}

fn component_head(component: Component) -> String {
    format!("{}_usd", component.label().to_lowercase().replace(' ', "_"))
}

/// The payoff lines: a row for each line and SPX level, a column for each part of the book. Profit since
/// entry in dollars; `net_squeezed_usd` is the net under the squeeze multiple, empty without VIX legs.
#[must_use]
pub fn payoff(curves: &PayoffCurves) -> String {
    let mut names = heads(&["line", "spx_points", "vix_points"]);
    names.extend(Component::ALL.map(component_head));
    names.push("net_squeezed_usd".to_owned());
    let rows = curves.lines.iter().flat_map(|line| {
        let parts = Component::ALL.map(|component| component.of(&line.profit));
        let word = date_word(line.date);
        let row = move |(index, spot): (usize, &f64)| {
            let at = |values: &[f64]| values.get(index).map_or_else(String::new, |v| number(*v));
            let mut row = vec![word.clone(), number(*spot), at(&line.vix)];
            row.extend(parts.iter().map(|part| at(part)));
            row.push(at(&line.squeezed_net));
            row
        };
        curves.spots.iter().enumerate().map(row)
    });
    table(&names, rows)
}

/// The lines of one Greek: a row for each SPX level, a column for each date, dollars of the whole book in
/// the unit that stands in the head. The condors alone today come last where they are drawn.
#[must_use]
pub fn greeks(curves: &GreekCurves) -> String {
    let (metric, unit) = (curves.metric.label(), curves.metric.unit());
    let part = curves.component.label();
    let mut names = vec!["spx_points".to_owned()];
    let dates = curves.lines.iter().map(|(date, _)| date_word(*date));
    names.extend(dates.map(|date| format!("{part} {metric} {date} ({unit})")));
    let mut columns: Vec<&[f64]> = curves.lines.iter().map(|(_, v)| v.as_slice()).collect();
    if !curves.condor_today.is_empty() {
        let condors = Component::Condor.label();
        names.push(format!("{condors} {metric} today ({unit})"));
        columns.push(&curves.condor_today);
    }
    let rows = curves.spots.iter().enumerate().map(|(index, spot)| {
        let values = columns.iter().map(|column| {
            let value = column.get(index).copied().unwrap_or(f64::NAN);
            number(value)
        });
        std::iter::once(number(*spot)).chain(values).collect()
    });
    table(&names, rows)
}

/// The P/L table: a row for each SPX level; for each date the profit since entry and the VIX of the model.
/// `spot` is the SPX that moves are measured from.
#[must_use]
pub fn pl_table(figures: &PlTable, spot: f64) -> String {
    let mut names = heads(&["spx_points", "move_pct"]);
    for column in &figures.columns {
        names.push(format!("{}_usd", column.date));
        names.push(format!("{}_vix_points", column.date));
    }
    let rows = figures.spots.iter().enumerate().map(|(index, level)| {
        let mut row = vec![number(*level), number(100.0 * (level / spot - 1.0))];
        for (column, dated) in figures.columns.iter().enumerate() {
            row.push(figures.cell(index, column).map_or_else(String::new, number));
            row.push(
                dated
                    .vix
                    .get(index)
                    .map_or_else(String::new, |v| number(*v)),
            );
        }
        row
    });
    table(&names, rows)
}

/// A smile: the fitted curve, the quotes and the legs; vols as decimals, moneyness in standard deviations.
#[must_use]
pub fn smile(view: &SmileView) -> String {
    let names = heads(&[
        "what",
        "right",
        "strike_points",
        "std_moneyness",
        "vol",
        "fit_vol",
        "beyond_fit_vol",
        "contracts",
    ]);
    let point = |what: &str, right: &str, at: &SmilePoint| {
        let place = [number(at.strike), number(at.z), number(at.vol)];
        let mut row = vec![what.to_owned(), right.to_owned()];
        row.extend(place);
        row
    };
    let blank = String::new;
    let curve = view.curve.iter().map(|at| {
        let mut row = point("fit", "", at);
        row.extend([number(at.vol), blank(), blank()]);
        row
    });
    let quotes = view.quotes.iter().map(|quote| {
        let mut row = point("quote", &format!("{:?}", quote.right), &quote.at);
        row.extend([number(quote.fit_vol), number(quote.residual_vol()), blank()]);
        row
    });
    let legs = view.legs.iter().map(|leg| {
        let mut row = point("leg", &format!("{:?}", leg.right), &leg.at);
        row.extend([blank(), blank(), leg.quantity.to_string()]);
        row
    });
    table(&names, curve.chain(quotes).chain(legs))
}

/// The VIX futures: spot in the first row, then every listed future of the curve.
#[must_use]
pub fn vx_curve(curve: &VixCurve) -> String {
    let names = heads(&["expiry", "days", "price_points", "source"]);
    let source = curve.source.label().to_owned();
    let spot = vec![
        "spot".to_owned(),
        "0".to_owned(),
        number(curve.spot),
        "Entered".to_owned(),
    ];
    let futures = curve.points.iter().map(|point| {
        vec![
            point.expiry.to_string(),
            number(point.days),
            number(point.price),
            source.clone(),
        ]
    });
    table(&names, std::iter::once(spot).chain(futures))
}

/// Scenario rows, crash table or presets, in dollars; VIX legs by layer.
#[must_use]
pub fn scenarios(rows: &[ScenarioRow]) -> String {
    let names = heads(&[
        "name",
        "spx_move_pct",
        "trading_days",
        "vix_points",
        "condor_usd",
        "first_usd",
        "second_usd",
        "third_usd",
        "other_usd",
        "net_usd",
        "is_extrapolated",
        "is_vix_at_limit",
    ]);
    let rows = rows.iter().map(|row| {
        let mut cells = vec![
            row.name.to_owned(),
            number(row.spx_pct),
            row.trading_days.to_string(),
            number(row.vix),
            number(row.condors_usd),
        ];
        cells.extend(row.layers_usd.map(number));
        cells.extend([number(row.other_usd), number(row.net_usd)]);
        cells.extend([row.is_extrapolated.to_string(), row.at_limit.to_string()]);
        cells
    });
    table(&names, rows)
}

/// The vega ledger: what each part adds to the net vega per condor, in index points per vol point, as it is
/// and scaled to the pack's reference width.
#[must_use]
pub fn vega_ledger(net: &NetVega) -> String {
    let names = heads(&[
        "part",
        "vega_points_per_vol_point_per_condor",
        "normalised_points_per_vol_point_per_condor",
    ]);
    let parts = net.contributions.iter();
    let parts = parts.map(|part| {
        vec![
            part.name.clone(),
            number(part.points),
            number(part.normalised),
        ]
    });
    let sum = vec![
        "Net".to_owned(),
        number(net.literal),
        number(net.normalised),
    ];
    table(&names, parts.chain(std::iter::once(sum)))
}

#[cfg(test)]
mod tests;
