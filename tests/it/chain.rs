//! Option chains: our own fixtures with every trap, the command line, and real exports where they are at hand.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::date;
use palisade::cli::chain::{ChainArgs, run};
use palisade::import::{
    ChainReport, ExpiryReport, ImportError, QuoteReport, quote_instant, read_chain, resolve_chain,
};
use palisade::instrument::{Contract, Right, Root, Strike};
use palisade::market::{Chain, Market, Marks, ModelParams, SmileSource};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

fn resolved(name: &str) -> ChainReport {
    let bytes = std::fs::read(fixture(name)).expect("the fixture exists");
    let (raw, problems) = read_chain(name, &bytes).expect("a chain");
    assert_eq!(problems, []);
    resolve_chain(&raw, quote_instant(raw.file_time.expect("a time")), 0.04)
}

fn find(report: &ChainReport, root: Root, day: jiff::civil::Date) -> &ExpiryReport {
    let same = |one: &&ExpiryReport| (one.smile.root, one.smile.expiry) == (root, day);
    report.expiries.iter().find(same).expect("the expiry")
}

#[test]
fn every_trap_of_an_export_is_read_to_known_forwards_and_vols() {
    let report = resolved("chain_english.csv");
    assert_eq!(report.chain.as_of.to_string(), "2026-03-13T20:15:00Z");
    assert_eq!(report.chain.spot, 6632.19);
    assert_eq!(report.settled, [(Root::Spxw, date(2026, 3, 13))]);
    for (root, day, atm) in [
        (Root::Spx, date(2026, 4, 17), 0.21),
        (Root::Spxw, date(2026, 4, 17), 0.212),
        (Root::Spx, date(2026, 6, 18), 0.205),
    ] {
        let expiry = find(&report, root, day);
        let smile = &expiry.smile;
        let forward = 6632.19 * (0.028 * smile.years).exp();
        assert!((smile.forward / forward - 1.0).abs() < 1e-7, "{root} {day}");
        assert!(
            (smile.atm_vol - atm).abs() < 2e-4,
            "{root} {day}: {}",
            smile.atm_vol
        );
        assert_eq!(smile.source, SmileSource::Svi);
        assert_eq!(smile.arbitrage_at, None);
        for quote in expiry
            .quotes
            .iter()
            .filter(|q| q.raw.spread() < 0.81 && q.raw.bid > 2.0)
        {
            let (iv, file) = (quote.iv.expect("a vol"), quote.raw.file_iv.expect("a vol"));
            assert!(
                (iv - file).abs() < 1e-4,
                "{root} {day} {}: {iv} {file}",
                quote.strike
            );
        }
    }
    let weekly = find(&report, Root::Spxw, date(2026, 4, 17));
    assert_eq!(
        (weekly.smile.quotes.len(), weekly.smile.rejected),
        (34, 3),
        "zero bids"
    );
}

#[test]
fn an_expiry_without_parity_takes_its_forward_from_its_neighbours() {
    let report = resolved("chain_english.csv");
    let lone = find(&report, Root::Spxw, date(2026, 5, 15));
    assert_eq!(lone.parity_strikes, 0);
    let forward = 6632.19 * (0.028 * lone.smile.years).exp();
    assert!((lone.smile.forward / forward - 1.0).abs() < 1e-6);
}

#[test]
fn a_resolved_chain_survives_being_saved() {
    let chain = resolved("chain_english.csv").chain;
    let text = ron::to_string(&chain).expect("writes");
    assert_eq!(ron::from_str::<Chain>(&text).expect("reads"), chain);
    let strikes = &chain.expiries[0].quotes;
    assert!(strikes.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn a_market_on_a_chain_gives_its_mids_back() {
    let report = resolved("chain_english.csv");
    let mut marks = Marks::new(report.chain.as_of, report.chain.spot, 21.0);
    (marks.rate, marks.dividend) = (0.04, 0.012);
    marks.chain = Some(Arc::new(report.chain.clone()));
    marks.validate().expect("valid");
    let (market, problems) = Market::of(&marks, &ModelParams::default(), &[]);
    assert_eq!((market.smiles.len(), problems.len()), (4, 0));
    for expiry in &report.expiries {
        for quote in &expiry.smile.quotes {
            let contract = Contract::Option {
                root: expiry.smile.root,
                expiry: expiry.smile.expiry,
                strike: Strike::new(quote.strike).expect("a strike"),
                right: quote.right,
            };
            let same = |row: &&QuoteReport| (row.strike, row.right) == (quote.strike, quote.right);
            let mid = expiry.quotes.iter().find(same).and_then(|row| row.mid);
            let price = market.price(&contract);
            let error = price / mid.expect("a mid") - 1.0;
            assert!(error.abs() < 1e-8, "{contract}: {error}");
        }
    }
}

/// Exit code, standard output and standard error of `palisade chain`.
fn command(name: &str, change: impl FnOnce(&mut ChainArgs)) -> (u8, String, Vec<String>) {
    let mut args = ChainArgs {
        file: fixture(name),
        rate: 0.04,
        as_of: None,
        quotes: false,
        json: false,
    };
    change(&mut args);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(&args, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let messages = text(err).lines().map(str::to_owned).collect();
    (code, text(out), messages)
}

fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

#[test]
fn the_command_prints_the_agreed_columns() {
    let (code, out, messages) = command("chain_english.csv", |_| {});
    assert_eq!((code, messages.len()), (0, 0));
    assert!(out.starts_with("expiry,root,days,forward,discount,atm_vol,skew,quotes,rejected,fit_rms,model_free_vol\n2026-04-17,SPX,34.71875,"), "{out}");
    assert_eq!(rows(&out).len(), 4);
    let (code, out, _) = command("chain_english.csv", |args| args.quotes = true);
    assert_eq!(code, 0);
    assert!(
        out.starts_with(
            "expiry,root,strike,kind,bid,ask,mid,iv,file_iv\n2026-04-17,SPX,5600.0,call,1057.1185,"
        ),
        "{out}"
    );
    assert_eq!(rows(&out).len(), 2 * (3 * 37 + 3));
    let (code, out, _) = command("chain_english.csv", |args| args.json = true);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(code, 0);
    assert_eq!(json["as_of"], "2026-03-13T20:15:00Z");
    assert_eq!(json["expiries"].as_array().map(Vec::len), Some(4));
    assert!(json["expiries"][0]["model_free_vol"].is_null(), "cut off");
    assert!(json["vol_index_30d"].is_null(), "no expiry within 30 days");
    assert_eq!(json["settled"][0]["root"], "SPXW");
    assert!(json.get("quotes").is_none());
}

#[test]
fn a_truncated_line_is_named_and_the_rest_is_read() {
    let (code, out, messages) = command("chain_chinese_truncated.csv", |_| {});
    assert_eq!(code, 2);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(
        messages[0].contains("chain_chinese_truncated.csv:10: row: found '12 columns'"),
        "{messages:?}"
    );
    // Saturday 10:30: the quotes are Friday's
    assert!(out.contains("\n2026-04-17,SPXW,34.98958333333"), "{out}");
    assert_eq!(rows(&out)[0]["quotes"], "5");
}

#[test]
fn bad_cells_are_named_by_line_and_column() {
    let (code, out, messages) = command("chain_portuguese_bad_cells.csv", |_| {});
    assert_eq!(code, 2);
    assert_eq!(messages.len(), 2);
    assert!(
        messages[0]
            .contains("chain_portuguese_bad_cells.csv:5: Strike: found 'NaN': expected a strike"),
        "{messages:?}"
    );
    assert!(
        messages[1].contains(":6: Bid: found 'abc': expected a number"),
        "{messages:?}"
    );
    // 17:32 GMT-3 is 16:32 in New York: the session's last quote
    assert!(out.contains("\n2026-04-17,SPXW,34.98958333333"), "{out}");
}

#[test]
fn an_unreadable_date_needs_an_as_of() {
    let (code, out, messages) = command("chain_no_date.csv", |_| {});
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        messages[0].contains(":3: Date: found '03/04/2026 late': expected a date and time"),
        "{messages:?}"
    );
    let (code, out, _) = command("chain_no_date.csv", |args| {
        args.as_of = Some("2026-03-13T16:00".to_owned());
    });
    assert_eq!(code, 0);
    assert!(out.contains("\n2026-04-17,SPXW,35.0,"), "{out}");
    let (code, _, messages) = command("chain_no_date.csv", |args| {
        args.as_of = Some("soon".to_owned());
    });
    assert_eq!(code, 2);
    assert!(
        messages[0].starts_with("--as-of: found 'soon'"),
        "{messages:?}"
    );
}

#[test]
fn other_files_are_refused_in_one_sentence() {
    let (code, out, messages) = command("chain_etf.csv", |_| {});
    assert_eq!((code, out.as_str(), messages.len()), (2, "", 1));
    assert!(
        messages[0].contains("this is a chain of SPY"),
        "{messages:?}"
    );
    let (code, _, messages) = command("README.md", |_| {});
    assert_eq!(code, 2);
    assert!(
        messages[0]
            .contains("README.md:1: header: found '# Fixtures': expected a Cboe quotes export"),
        "{messages:?}"
    );
    let (code, _, messages) = command("no such file.csv", |_| {});
    assert_eq!((code, messages.len()), (2, 1));
    for rate in [f64::NAN, 4.0, f64::NEG_INFINITY] {
        let (code, _, messages) = command("chain_english.csv", |args| args.rate = rate);
        assert_eq!(code, 2);
        assert!(messages[0].starts_with("--rate: found"), "{messages:?}");
    }
    assert!(matches!(read_chain("x", b""), Err(ImportError::Format(_))));
}

#[expect(clippy::print_stdout, reason = "a test that did not run must say so")]
fn skipped(name: &str) {
    println!("skipped: PALISADE_DATA names no folder with quotedata/*{name}*");
}

/// A real export, when the folder with market data is named by the environment.
fn real(name: &str) -> Option<ChainReport> {
    let Some(folder) = std::env::var_os("PALISADE_DATA") else {
        skipped(name);
        return None;
    };
    let entries = std::fs::read_dir(PathBuf::from(folder).join("quotedata")).expect("the folder");
    let file = entries
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.to_string_lossy().contains(name))
        .expect("the export");
    let (raw, problems) = read_chain(name, &std::fs::read(file).expect("reads")).expect("a chain");
    assert_eq!(problems, []);
    let as_of = quote_instant(raw.file_time.expect("a time"));
    // the rate that the chain of that day implies at half a year
    let rate = if as_of.to_string().starts_with("2022") {
        0.018
    } else {
        0.04
    };
    Some(resolve_chain(&raw, as_of, rate))
}

/// Median of |our vol − the file's| over out-of-the-money quotes within 15 % of spot and beyond 6 days.
fn median_iv_error(report: &ChainReport) -> f64 {
    let mut errors: Vec<f64> = report
        .expiries
        .iter()
        .filter(|expiry| expiry.smile.years * 365.0 > 6.0)
        .flat_map(|expiry| {
            let spot = report.chain.spot;
            let forward = expiry.smile.forward;
            expiry.quotes.iter().filter_map(move |quote| {
                let below = quote.strike < forward;
                let near = (quote.strike / spot - 1.0).abs() < 0.15;
                let is_put = quote.right == Right::Put;
                let error = (quote.iv? - quote.raw.file_iv?).abs();
                (near && below == is_put).then_some(error)
            })
        })
        .collect();
    errors.sort_by(f64::total_cmp);
    errors[errors.len() / 2]
}

#[test]
fn real_chain_of_2022_meets_the_reference_forwards_and_vols() {
    let Some(report) = real("phammings") else {
        return;
    };
    assert_eq!(report.chain.as_of.to_string(), "2022-06-10T20:15:00Z");
    // VIX closed at 27.75
    let index = report
        .vol_index
        .expect("expiries on either side of 30 days");
    assert!(
        index.is_by_the_book && (index.level - 27.75).abs() < 0.05,
        "{index:?}"
    );
    let golden = include_str!("../golden/chain_2022-06-10.csv");
    let golden = rows(golden);
    assert_eq!(golden.len(), 45);
    for row in golden {
        let number = |column: &str| row[column].parse::<f64>().expect("a number");
        let root: Root = row["root"].parse().expect("a root");
        let expiry = find(&report, root, row["expiry"].parse().expect("a date"));
        let (years, limit) = (
            number("years"),
            if number("years") < 0.75 { 2e-4 } else { 1e-3 },
        );
        let error = expiry.smile.forward / number("forward") - 1.0;
        assert!(error.abs() < limit, "{} {root}: {error}", row["expiry"]);
        // the reference counts 24 hours to a day across the change of the clock
        assert!((expiry.smile.years - years).abs() < 1.2e-4);
        assert_eq!(
            expiry.smile.quotes.len() as f64,
            number("otm_ivs"),
            "{} {root}",
            row["expiry"]
        );
    }
    let error = median_iv_error(&report);
    assert!(error < 1e-3, "{error}");
}

#[test]
fn real_chain_of_2026_agrees_with_the_exchange_vols() {
    let Some(report) = real("tom-sims") else {
        return;
    };
    assert_eq!(report.chain.as_of.to_string(), "2026-03-13T20:15:00Z");
    assert_eq!(report.expiries.len(), 58);
    assert_eq!(report.settled, [(Root::Spxw, date(2026, 3, 13))]);
    // the export holds the strikes near the money alone: an index of them would read 10 beside a VIX of 27
    assert_eq!(report.vol_index, None);
    let error = median_iv_error(&report);
    assert!(error < 3e-4, "{error}");
    for expiry in &report.expiries {
        let smile = &expiry.smile;
        assert!(
            smile.rms_vol < 3e-3,
            "{} {}: {}",
            smile.root,
            smile.expiry,
            smile.rms_vol
        );
    }
}
