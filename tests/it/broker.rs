//! Brokers' exports: fixtures of every format, the documented example, and real files where there are some.

mod laws;
mod review;

use std::path::PathBuf;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use palisade::import::broker::{
    BrokerFile, BrokerFill, BrokerKind, CashKind, Effect, FillKind, ImportReview, ReadOptions,
    decode, read_broker, reconcile,
};
use palisade::instrument::{Role, TradeAction};

/// Every fixture, with its format.
pub(crate) const FIXTURES: [(&str, BrokerKind); 11] = [
    (
        "thinkorswim_condor_in_two_verticals_rolled_with_layers",
        BrokerKind::ThinkorswimStatement,
    ),
    (
        "thinkorswim_filled_orders_without_cash",
        BrokerKind::ThinkorswimStatement,
    ),
    (
        "thinkorswim_cash_without_trade_history",
        BrokerKind::ThinkorswimStatement,
    ),
    (
        "thinkorswim_cells_that_do_not_read",
        BrokerKind::ThinkorswimStatement,
    ),
    (
        "thinkorswim_positions_with_vix_and_a_future",
        BrokerKind::ThinkorswimPositions,
    ),
    (
        "tastytrade_21_columns_newest_first_settled_in_cash",
        BrokerKind::Tastytrade,
    ),
    (
        "tastytrade_20_columns_without_total",
        BrokerKind::Tastytrade,
    ),
    (
        "tastytrade_18_columns_without_sub_type",
        BrokerKind::Tastytrade,
    ),
    (
        "tastyworks_15_columns_with_am_and_pm",
        BrokerKind::Tastyworks,
    ),
    (
        "one_report_two_trades_with_stock",
        BrokerKind::OneDetailReport,
    ),
    ("fills_in_any_order_of_columns", BrokerKind::FillsCsv),
];

pub(crate) fn text(name: &str) -> String {
    let path = PathBuf::from("tests/fixtures/broker").join(format!("{name}.csv"));
    decode(&std::fs::read(&path).expect(name))
}

pub(crate) fn read(name: &str) -> BrokerFile {
    read_broker("f.csv", &text(name), &ReadOptions::default()).expect(name)
}

/// The lines of a text that are wanted.
pub(crate) fn lines_where(text: &str, wanted: impl Fn(&str) -> bool) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| wanted(line)).collect();
    lines.join("\n")
}

/// `line label quantity @price fees`, one per fill.
fn told(fills: &[BrokerFill]) -> Vec<String> {
    fills
        .iter()
        .map(|fill| {
            let (quantity, price, fees) = (fill.quantity, fill.price, fill.fees_usd);
            format!(
                "{} {} {quantity} @{price} {fees:.3}",
                fill.line,
                fill.contract.label()
            )
        })
        .collect()
}

fn held(file: &BrokerFile) -> Vec<String> {
    let one = |holding: &palisade::import::broker::BrokerHolding| {
        format!(
            "{} {} {}",
            holding.line,
            holding.contract.label(),
            holding.quantity
        )
    };
    file.holdings.iter().map(one).collect()
}

#[track_caller]
fn assert_reconciled(file: &BrokerFile) {
    let off: Vec<_> = reconcile(file)
        .into_iter()
        .filter(|check| !check.agrees())
        .collect();
    assert!(off.is_empty(), "{}: {off:#?}", file.name);
}

#[test]
fn every_fixture_is_recognised_and_no_line_is_lost() {
    for (name, kind) in FIXTURES {
        let file = read(name);
        assert_eq!((file.kind, file.lost_lines()), (kind, Vec::new()), "{name}");
        let unnamed = file
            .problems
            .iter()
            .filter(|problem| problem.column == "line");
        let expected = usize::from(name.ends_with("do_not_read"));
        assert_eq!(
            unnamed.count(),
            expected,
            "{name}: every other line is understood"
        );
        let mut keys: Vec<_> = file.fills.iter().map(|fill| fill.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), file.fills.len(), "{name}: fingerprints differ");
    }
    let listed = std::fs::read_dir("tests/fixtures/broker")
        .expect("the folder")
        .count();
    assert_eq!(listed, FIXTURES.len(), "every file of the folder is tested");
}

#[test]
fn thinkorswim_legs_get_the_fees_of_their_row_of_cash() {
    let file = read("thinkorswim_condor_in_two_verticals_rolled_with_layers");
    assert_eq!(file.problems, []);
    assert_eq!(file.account.as_deref(), Some("D-11112222"));
    assert_eq!(file.assumed_zone.as_deref(), Some("America/New_York"));
    assert_eq!(
        told(&file.fills),
        [
            "48 SPXW 6 Aug 26 5,640 P -10 @35.7 12.020",
            "49 SPXW 6 Aug 26 5,590 P 10 @30.8 12.010",
            "46 SPXW 6 Aug 26 6,305 C -10 @22.45 12.010",
            "47 SPXW 6 Aug 26 6,355 C 10 @15.25 12.000",
            "45 VIX 22 Jul 26 22 C 4 @1.09 4.370",
            "44 VIX 21 Oct 26 24 C 4 @2.17 4.610",
            // a third Friday: the row of cash has no (Weeklys), so it settles in the morning
            "42 SPX 17 Jul 26 5,500 P 1 @8.4 1.220",
            "41 VX 19 Aug 26 1 @19.35 3.990",
            "37 SPXW 6 Aug 26 5,640 P 10 @14.1 12.010",
            "38 SPXW 6 Aug 26 5,590 P -10 @7.4 12.010",
            "39 SPXW 20 Aug 26 5,500 P -10 @12.3 12.010",
            "40 SPXW 20 Aug 26 5,450 P 10 @8.7 12.010",
            "16 SPX 17 Jul 26 5,500 P -1 @0 0.000",
            "17 VIX 22 Jul 26 22 C -4 @1.55 0.000",
        ]
    );
    assert_reconciled(&file);
}

#[test]
fn thinkorswim_orders_cash_and_holdings_are_what_their_sections_say() {
    let file = read("thinkorswim_condor_in_two_verticals_rolled_with_layers");
    let kinds: Vec<_> = file.fills.iter().map(|fill| fill.kind).skip(11).collect();
    assert_eq!(
        kinds,
        [FillKind::Trade, FillKind::Expired, FillKind::CashSettled]
    );
    assert_eq!(file.fills[0].order.as_deref(), Some("9001"));
    assert_eq!(file.fills[8].spread.as_deref(), Some("VERT ROLL"));
    let effects: Vec<_> = file.fills[8..12].iter().map(|fill| fill.effect).collect();
    assert_eq!(
        effects,
        [Effect::Close, Effect::Close, Effect::Open, Effect::Open]
    );
    let paid: Vec<_> = file
        .cash
        .iter()
        .map(|row| (row.line, row.fills.len()))
        .collect();
    assert_eq!(paid[1..4], [(8, 2), (9, 2), (10, 1)]);
    assert_eq!(file.cash[11].kind, CashKind::Interest);
    assert_eq!(
        held(&file),
        [
            "58 VX 19 Aug 26 1",
            "62 SPXW 20 Aug 26 5,450 P 10",
            "63 SPXW 20 Aug 26 5,500 P -10",
            "64 SPXW 6 Aug 26 6,305 C -10",
            "65 SPXW 6 Aug 26 6,355 C 10",
            "66 VIX 21 Oct 26 24 C 4",
        ]
    );
    let why = |line: u64| {
        file.skipped
            .iter()
            .find(|row| row.line == line)
            .map(|row| row.why.as_str())
    };
    assert_eq!(why(33), Some("an order, not a fill"));
    assert_eq!(why(54), Some("the section Equities is not read"));
    assert!(why(43).is_some_and(|why| why.starts_with("etf in SPY")));
}

#[test]
fn a_missing_row_shows_in_the_balances() {
    let whole = text("thinkorswim_condor_in_two_verticals_rolled_with_layers");
    let without = lines_where(&whole, |line| !line.contains("FUNDS RECEIVED"));
    let file = read_broker("f.csv", &without, &ReadOptions::default()).expect("reads");
    let off: Vec<(String, f64)> = reconcile(&file)
        .into_iter()
        .filter(|check| !check.agrees())
        .map(|check| (check.what, check.difference_usd.round()))
        .collect();
    assert_eq!(
        off,
        [
            ("Ending balance".to_owned(), 50_000.0),
            ("Balance after the one before".to_owned(), 50_000.0),
            ("Amounts of cash".to_owned(), 50_000.0),
        ]
    );
    // a price that was read wrongly would show, too
    let wrong = whole.replace(",5640,PUT,35.70,", ",5640,PUT,35.00,");
    let file = read_broker("f.csv", &wrong, &ReadOptions::default()).expect("reads");
    let off = reconcile(&file)
        .into_iter()
        .find(|check| check.what == "Premium of the order")
        .expect("told");
    assert_eq!((off.line, off.difference_usd.round()), (Some(8), 700.0));
}

#[test]
fn thinkorswim_times_are_of_the_zone_that_the_caller_gives() {
    let name = "thinkorswim_condor_in_two_verticals_rolled_with_layers";
    let chicago = ReadOptions {
        zone: TimeZone::get("America/Chicago").expect("known"),
        ..ReadOptions::default()
    };
    let there = read_broker("f.csv", &text(name), &chicago).expect("reads");
    let here = read(name);
    assert_eq!(there.assumed_zone.as_deref(), Some("America/Chicago"));
    assert_eq!(there.fills[0].at, date(2026, 6, 24).at(11, 15, 2, 0));
    assert_eq!(here.fills[0].at, date(2026, 6, 24).at(10, 15, 2, 0));
    let keys = |file: &BrokerFile| file.fills.iter().map(|fill| fill.key).collect::<Vec<_>>();
    assert_eq!(keys(&there), keys(&here), "another zone makes no new fills");
}

#[test]
fn thinkorswim_without_cash_says_what_it_takes_to_be_so() {
    let file = read("thinkorswim_filled_orders_without_cash");
    assert_eq!(file.problems, []);
    assert_eq!(
        told(&file.fills)[0],
        "5 SPX 17 Jul 26 6,305 C -2 @22.45 0.000"
    );
    let notes: Vec<_> = file
        .assumptions
        .iter()
        .map(|note| (note.line, note.text.split(':').next().expect("words")))
        .collect();
    assert_eq!(
        notes,
        [
            (0, "the file has no section Cash Balance"),
            (5, "SPX on a third Friday without a word about weeklies"),
        ]
    );
}

#[test]
fn thinkorswim_without_trades_reads_single_options_and_names_the_rest() {
    let file = read("thinkorswim_cash_without_trade_history");
    assert_eq!(
        told(&file.fills),
        [
            "6 SPXW 12 Jun 26 5,900 C 2 @2.9 2.440",
            "7 SPXW 12 Jun 26 5,900 C 2 @2.9 2.450",
            "9 SPXW 12 Jun 26 5,900 C -4 @0 0.000",
        ]
    );
    assert_ne!(
        file.fills[0].key, file.fills[1].key,
        "two equal fills are two fills"
    );
    let problems: Vec<_> = file
        .problems
        .iter()
        .map(|problem| (problem.line, problem.column.as_str()))
        .collect();
    assert_eq!(problems, [(8, "DESCRIPTION")]);
}

#[test]
fn thinkorswim_cells_that_do_not_read_are_named_one_by_one() {
    let file = read("thinkorswim_cells_that_do_not_read");
    assert_eq!(file.fills.len(), 0);
    let problems: Vec<_> = file
        .problems
        .iter()
        .map(|problem| format!("{}:{}:{}", problem.line, problem.column, problem.found))
        .collect();
    assert_eq!(
        problems,
        [
            "5:AMOUNT:4x0.00",
            "6:DATE:24/6/26",
            "7:line:6/24/26,10:15:02,TRD,3,SOLD -1 SPX 100,-1.10",
            "11:Exec Time:",
            "12:Exec Time:6/24/26 25:15:02",
            "13:Qty:-1.5",
            "14:Exp:AUG 26",
            "15:Strike:56x0",
            "16:Price:~",
            "17:Qty:-1",
            "18:Type:SWAP",
        ]
    );
    assert_eq!(
        file.problems[1].to_string(),
        "f.csv:6: DATE: found '24/6/26': expected a date such as 3/25/26"
    );
}

#[test]
fn thinkorswim_positions_are_read_below_their_symbols() {
    let file = read("thinkorswim_positions_with_vix_and_a_future");
    assert_eq!(file.problems, []);
    assert_eq!(
        held(&file),
        [
            "6 VX 19 Aug 26 1",
            "9 VIX 21 Oct 26 24 C 4",
            "10 VIXW 8 Jul 26 22.5 C 2",
            "13 SPXW 17 Jul 26 5,640 P -10",
            "14 SPX 17 Jul 26 5,500 P 1",
        ]
    );
    // columns stand in an order of the user's: the mark comes before the price here
    assert_eq!(
        (file.holdings[3].price, file.holdings[3].mark),
        (Some(35.7), Some(32.45))
    );
    assert_reconciled(&file);
    assert!(
        file.skipped
            .iter()
            .any(|row| row.line == 16 && row.why.starts_with("options on futures"))
    );
}

const TASTY: [&str; 3] = [
    "tastytrade_21_columns_newest_first_settled_in_cash",
    "tastytrade_20_columns_without_total",
    "tastytrade_18_columns_without_sub_type",
];

#[test]
fn tastytrade_generations_hold_the_same_fills() {
    for name in TASTY {
        let file = read(name);
        assert_eq!(
            (&file.problems, &file.assumed_zone),
            (&Vec::new(), &None),
            "{name}"
        );
        assert_eq!(
            told(&file.fills),
            [
                "16 SPXW 6 Aug 26 5,590 P 2 @30.8 3.320",
                "15 SPXW 6 Aug 26 5,640 P -2 @35.7 3.330",
                "14 SPXW 6 Aug 26 6,305 C -2 @22.45 3.320",
                "13 SPXW 6 Aug 26 6,355 C 2 @15.25 3.320",
                "12 VIX 21 Oct 26 24 C 4 @2.17 5.800",
                "11 VX 19 Aug 26 1 @19.35 2.990",
                // removals have no side: it follows from what was held
                "6 SPXW 6 Aug 26 5,590 P -2 @0 0.000",
                "5 SPXW 6 Aug 26 5,640 P 2 @0 0.000",
                "4 SPXW 6 Aug 26 6,355 C -2 @0 0.000",
                "3 SPXW 6 Aug 26 6,305 C 2 @15 5.000",
            ],
            "{name}"
        );
    }
}

#[test]
fn tastytrade_generations_tell_the_same_of_the_rest() {
    for name in TASTY {
        let file = read(name);
        assert_eq!(
            file.fills[0].at,
            date(2026, 6, 24).at(10, 15, 2, 0),
            "an offset is turned to New York"
        );
        assert_eq!(file.fills[9].kind, FillKind::CashSettled);
        assert_eq!(
            file.skipped.iter().map(|row| row.line).collect::<Vec<_>>(),
            [8, 2]
        );
        assert_eq!(
            file.skipped[1].why,
            "the removal of what line 3 settles in cash"
        );
        let cash: Vec<_> = file
            .cash
            .iter()
            .map(|row| (row.kind, row.amount_usd))
            .collect();
        assert_eq!(
            cash,
            [
                (CashKind::Interest, 1.25),
                (CashKind::Transfer, 10_000.0),
                (CashKind::Variation, -450.0)
            ]
        );
        assert_reconciled(&file);
        let first = read(TASTY[0]);
        let keys = |file: &BrokerFile| file.fills.iter().map(|fill| fill.key).collect::<Vec<_>>();
        assert_eq!(
            keys(&file),
            keys(&first),
            "{name}: the same fills whatever the columns"
        );
    }
    let totals: Vec<_> = reconcile(&read(TASTY[0]))
        .into_iter()
        .map(|check| (check.what, check.file_usd.round()))
        .collect();
    assert!(
        totals.contains(&("Total of all rows".to_owned(), 2064.0)),
        "{totals:?}"
    );
}

#[test]
fn a_removal_of_what_was_never_seen_needs_to_be_told() {
    let whole = text(TASTY[0]);
    let only = lines_where(&whole, |line| {
        line.starts_with("Date") || line.contains("P05590000,Equity Option,Removal")
    });
    let file = read_broker("f.csv", &only, &ReadOptions::default()).expect("reads");
    assert_eq!(
        (file.fills.len(), file.problems[0].column.as_str()),
        (0, "Action")
    );
    let contract = read(TASTY[0]).fills[0].contract;
    let options = ReadOptions {
        held: vec![(contract, 2)],
        account: Some("A".to_owned()),
        ..ReadOptions::default()
    };
    let file = read_broker("f.csv", &only, &options).expect("reads");
    assert_eq!((file.problems.len(), file.fills[0].quantity), (0, -2));
    assert_eq!(file.account.as_deref(), Some("A"));
}

#[test]
fn tastyworks_clock_and_fees_are_read_as_it_wrote_them() {
    let file = read("tastyworks_15_columns_with_am_and_pm");
    assert_eq!(file.problems, []);
    assert_eq!(
        told(&file.fills),
        [
            "6 SPX 20 Jul 18 2,650 P -2 @12.3 4.280",
            "5 VIX 18 Jul 18 17 C 4 @1.1 8.580",
            "4 VIX 18 Jul 18 17 C -4 @1.45 4.580",
            "2 SPX 20 Jul 18 2,650 P 2 @0 0.000",
        ]
    );
    assert_eq!(file.fills[2].at, date(2018, 6, 13).at(15, 36, 0, 0));
    assert_eq!(file.account.as_deref(), Some("Individual...39"));
    assert_eq!(file.assumed_zone.as_deref(), Some("America/New_York"));
    assert_reconciled(&file);
}

#[test]
fn one_reports_trust_the_expiry_over_the_symbol() {
    let file = read("one_report_two_trades_with_stock");
    assert_eq!(file.problems, []);
    assert_eq!(file.account.as_deref(), Some("Paper"));
    let told = told(&file.fills);
    assert_eq!(told.len(), 10);
    assert_eq!(told[4], "20 SPX 18 Sep 26 4,500 P 1 @14.1 1.500");
    assert_eq!(
        told[5], "21 SPX 18 Sep 26 4,400 P 1 @12.6 1.500",
        "its last trading day was stated"
    );
    assert_eq!(file.fills[0].trade_id.as_deref(), Some("12"));
    assert_eq!(file.fills[0].trade_name.as_deref(), Some("August, condor"));
    assert_eq!(file.fills[9].at, date(2026, 7, 20).at(15, 0, 0, 0));
    assert_eq!(file.skipped.len(), 1);
    assert_reconciled(&file);
}

#[test]
fn one_reports_of_other_locales_have_the_day_first() {
    let us = text("one_report_two_trades_with_stock");
    let turned: String = us
        .lines()
        .map(|line| {
            let cells = line
                .split(',')
                .map(|cell| match cell.split('/').collect::<Vec<_>>()[..] {
                    [month, day, rest] => format!("{day}/{month}/{rest}"),
                    _ => cell.to_owned(),
                });
            cells.collect::<Vec<_>>().join(",") + "\n"
        })
        .collect();
    let file = read_broker("f.csv", &turned, &ReadOptions::default()).expect("reads");
    assert_eq!(
        told(&file.fills),
        told(&read("one_report_two_trades_with_stock").fills)
    );
    assert!(file.assumptions[0].text.contains("day/month/year"));
}

#[test]
fn fills_csv_takes_columns_in_any_order() {
    let file = read("fills_in_any_order_of_columns");
    assert_eq!(told(&file.fills).len(), 7);
    let at = date(2026, 6, 24).at(10, 15, 0, 0);
    assert!(
        file.fills[..4].iter().all(|fill| fill.at == at),
        "offset, Z, local and US times are one"
    );
    assert_eq!(file.fills[4].action, Some(TradeAction::Hedge));
    assert_eq!(file.fills[6].kind, FillKind::Expired);
    assert!(file.skipped[0].why.starts_with("UVXY"));
    let columns: Vec<_> = file
        .problems
        .iter()
        .map(|problem| problem.column.as_str())
        .collect();
    assert_eq!(columns, ["effect", "action", "quantity"]);
}

#[test]
fn the_documented_example_reads_as_documented() {
    let page = std::fs::read_to_string("docs/formats.md").expect("the page");
    let (_, section) = page.split_once("### Fills CSV").expect("the section");
    let (_, block) = section.split_once("```csv\n").expect("the example");
    let (example, _) = block.split_once("```").expect("its end");
    let file = read_broker("example.csv", example, &ReadOptions::default()).expect("reads");
    assert_eq!(
        (file.kind, &file.problems, file.skipped.len()),
        (BrokerKind::FillsCsv, &Vec::new(), 0)
    );
    let review = ImportReview::new(&file, &[]);
    let actions: Vec<_> = review
        .proposals
        .iter()
        .map(|proposal| (proposal.action, proposal.role))
        .collect();
    assert_eq!(actions[0], (TradeAction::Open, Role::Condor));
    assert_eq!(review.campaigns.len(), 1);
    // every column of the table is read, and every column that is read is in the table
    for column in [
        "time", "root", "kind", "strike", "expiry", "quantity", "price", "fees", "order", "effect",
        "action", "campaign", "amount",
    ] {
        assert!(section.contains(&format!("| `{column}` |")), "{column}");
    }
    for kind in BrokerKind::ALL {
        let heading = format!("### {}", kind.label()).to_lowercase();
        assert!(page.to_lowercase().contains(&heading), "{heading}");
    }
}

#[test]
fn what_is_no_export_is_refused_with_what_was_found() {
    for text in [
        "",
        "\u{feff}\n\n",
        "a,b\n1,2\n",
        "root,kind,strike,expiry,quantity,price\n",
    ] {
        let problem = read_broker("x.csv", text, &ReadOptions::default()).expect_err("refused");
        assert!(
            problem
                .expected
                .starts_with("one of: thinkorswim account statement, "),
            "{problem}"
        );
    }
    let problem =
        read_broker("x.csv", "\n\nPrice,Close\n", &ReadOptions::default()).expect_err("refused");
    assert!(
        problem
            .to_string()
            .starts_with("x.csv:3: file: found 'Price,Close'"),
        "{problem}"
    );
}

#[test]
fn other_encodings_of_text_are_read() {
    let wide: Vec<u8> = "\u{feff}a,é"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(decode(&wide), "a,é");
    assert_eq!(decode(b"caf\xe9"), "café");
    assert_eq!(decode("café".as_bytes()), "café");
    assert_eq!(decode(&[0xfe, 0xff, 0, b'a', 9]), "a");
}

#[expect(clippy::print_stdout, reason = "a test that did not run must say so")]
fn real(name: &str) -> Option<BrokerFile> {
    let Some(folder) = std::env::var_os("PALISADE_DATA") else {
        println!("skipped: PALISADE_DATA names no folder with formats/{name}");
        return None;
    };
    let path = PathBuf::from(folder).join("formats").join(name);
    let text = decode(&std::fs::read(path).expect(name));
    let file = read_broker(name, &text, &ReadOptions::default()).expect(name);
    assert_eq!(
        (file.lost_lines(), &file.problems),
        (Vec::new(), &Vec::new()),
        "{name}"
    );
    Some(file)
}

#[test]
fn real_thinkorswim_statements_reconcile() {
    let Some(closed) = real("tos_account_statement_closed.csv") else {
        return;
    };
    assert_eq!(
        told(&closed.fills),
        [
            "21 SPXW 25 Mar 26 6,535 P -20 @2.65 23.520",
            "22 SPXW 25 Mar 26 6,515 P 20 @1.6 23.520",
            "19 SPXW 25 Mar 26 6,535 P 20 @0.15 21.720",
            "20 SPXW 25 Mar 26 6,515 P -20 @0.1 21.720",
        ]
    );
    let review = ImportReview::new(&closed, &[]);
    assert_eq!(review.realised_usd(1).map(f64::round), Some(2000.0));
    // the sample was cut: rows between the two trades are missing, and the balances say so
    let off: Vec<_> = reconcile(&closed)
        .into_iter()
        .filter(|check| !check.agrees())
        .collect();
    assert!(
        off.iter()
            .all(|check| (check.difference_usd - 9958.88).abs() < 0.005),
        "{off:?}"
    );
    assert_eq!(off.len(), 2);
    let Some(open) = real("tos_account_statement_open.csv") else {
        return;
    };
    assert_eq!(open.holdings.len(), 8);
    assert_eq!(held(&open)[7], "21 SPXW 17 Mar 26 6,695 P -20");
    assert_reconciled(&open);
    let Some(positions) = real("tos_position_statement.csv") else {
        return;
    };
    assert_eq!(held(&positions)[0], "9 SPX 21 Jan 22 4,795 P 1");
    assert_eq!(held(&positions)[1], "10 SPXW 31 Mar 22 4,795 C 2");
    assert_eq!(
        (positions.holdings.len(), positions.account.as_deref()),
        (6, Some("123456789"))
    );
    assert_reconciled(&positions);
}

#[test]
fn real_exports_of_the_others_read_whole() {
    let Some(report) = real("one_detail_report.csv") else {
        return;
    };
    let expiry: Vec<Date> = report
        .fills
        .iter()
        .map(|fill| fill.contract.expiry())
        .collect();
    assert_eq!(expiry, [date(2022, 3, 18); 3]);
    assert_eq!(report.fills[2].quantity, -4);
    let names = [
        (
            "tastytrade_history_v1_18col_2023.csv",
            BrokerKind::Tastytrade,
        ),
        ("tastytrade_history_v2_21col.csv", BrokerKind::Tastytrade),
        ("tastyworks_legacy_15col.csv", BrokerKind::Tastyworks),
    ];
    for (name, kind) in names {
        let Some(file) = real(name) else { return };
        assert_eq!((file.kind, file.fills.len()), (kind, 0), "{name}");
        assert_reconciled(&file);
    }
}

/// What ends in the money has two rows in thinkorswim: one takes it away and another pays.
#[test]
fn thinkorswim_settles_what_it_removes_once() {
    let text = "Account Statement for D-1 (margin) since 7/1/26 through 8/31/26

Cash Balance
DATE,TIME,TYPE,REF #,DESCRIPTION,Misc Fees,Commissions & Fees,AMOUNT,BALANCE
7/1/26,09:00:00,BAL,,Cash balance at the start of business day,,,,\"100,000.00\"
7/22/26,18:00:00,RAD,=\"1\",Removal of Option due to exercise -4.0 $VIX.X 100 22 Jul 2026 22 CALL,,,,\"100,000.00\"
7/23/26,01:00:00,CSH,=\"2\",Cash settlement of 4.0 VIX 100 22 JUL 26 22 CALL,,,620.00,\"100,620.00\"
8/6/26,17:00:00,RAD,=\"3\",CALL S & P 500 INDEX $6305 EXP 08/06/26: ASG: 2.0 .SPXW260806C6305,,,,\"100,620.00\"
8/7/26,17:00:00,RAD,=\"4\",PUT S & P 500 INDEX $5640 EXP 08/07/26: EXE: -1.0 .SPXW260807P5640,,,\"1,500.00\",\"102,120.00\"
";
    let file = read_broker("f.csv", text, &ReadOptions::default()).expect("it reads");
    assert_eq!(file.problems, []);
    let told: Vec<(FillKind, i32, f64)> = (file.fills.iter())
        .map(|fill| (fill.kind, fill.quantity, fill.price))
        .collect();
    assert_eq!(
        told,
        [
            (FillKind::CashSettled, -4, 1.55),
            (FillKind::Assigned, 2, 0.0),
            (FillKind::CashSettled, -1, 15.0),
        ]
    );
    let assumed: Vec<u64> = file
        .assumptions
        .iter()
        .map(|assumed| assumed.line)
        .collect();
    assert!(
        assumed.contains(&6) && assumed.contains(&8),
        "{:?}",
        file.assumptions
    );
    assert_eq!(file.lost_lines(), [0; 0]);
    assert!(
        reconcile(&file)
            .iter()
            .all(palisade::import::broker::Check::agrees)
    );
}

/// The price column of a settlement may hold the strike, and a future settles against what is held.
#[test]
fn tastytrade_settlements_go_by_what_was_paid_and_held() {
    let text = "Date,Type,Sub Type,Action,Symbol,Instrument Type,Description,Value,Quantity,Average Price,Commissions,Fees,Multiplier,Root Symbol,Underlying Symbol,Expiration Date,Strike Price,Call or Put,Order #,Total,Currency
2026-07-10T02:00:00+0000,Receive Deliver,Cash Settled Assignment,,SPXW  260709C07540000,Equity Option,Cash settlement of 1.0 SPXW 07/09/26 Call 7540.00,-364.00,1,\"7,540.00\",--,-5.00,100,SPXW,SPX,7/09/26,7540,CALL,,-369.00,USD
2026-07-22T20:00:00+0000,Receive Deliver,Futures Settlement,,/VXN6,Future,Final settlement of 2 /VXN6 @ 17.85,0.00,2,0.00,--,-1.00,,,,,,,,-1.00,USD
2026-07-09T20:00:00+0000,Receive Deliver,Assignment,,SPXW  260709C07540000,Equity Option,Removal of option due to assignment,0.00,1,0.00,--,0.00,100,SPXW,SPX,7/09/26,7540,CALL,,0.00,USD
2026-06-25T14:05:00+0000,Trade,Sell,SELL,/VXN6,Future,Sold 2 /VXN6 @ 19.35,0.00,2,0.00,-1.25,-1.74,,,,,,,3003,-2.99,USD
";
    let file = read_broker("f.csv", text, &ReadOptions::default()).expect("it reads");
    assert_eq!(file.problems, []);
    let told: Vec<(FillKind, i32, f64)> = (file.fills.iter())
        .map(|fill| (fill.kind, fill.quantity, fill.price))
        .collect();
    assert_eq!(
        told,
        [
            (FillKind::Trade, -2, 19.35),
            (FillKind::CashSettled, 1, 3.64),
            (FillKind::CashSettled, 2, 17.85),
        ]
    );
}
