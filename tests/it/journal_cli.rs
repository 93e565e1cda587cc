//! `palisade journal`: text, JSON and tables of campaigns, their documentation, and bad input.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use palisade::cli::journal::{JournalArgs, run};
use palisade::ui::export::csv::journal::{JournalTable, campaign_columns};
use serde_json::Value;

const GOLDEN: &str = "tests/golden/campaigns/v2.ron";

fn page() -> String {
    fs::read_to_string("docs/formats.md").expect("the page")
}

/// The first fenced block of a language after a heading or phrase of the documentation.
fn documented(after: &str, language: &str) -> String {
    let page = page();
    let (_, section) = page.split_once(after).expect(after);
    let (_, block) = section
        .split_once(&format!("```{language}\n"))
        .expect("a block");
    block.split_once("```").expect("its end").0.to_owned()
}

fn journal(files: &[&Path], json: bool, csv: Option<PathBuf>) -> (u8, String, String) {
    let args = JournalArgs {
        files: files.iter().map(|path| path.to_path_buf()).collect(),
        json,
        csv,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&args, &mut out, &mut err).expect("writes to memory");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status, text(out), text(err))
}

/// The campaign of the documentation, in a file.
fn example() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("august.ron");
    fs::write(&path, documented("## Campaign\n", "ron")).expect("written");
    (folder, path)
}

/// Every key of an object with its way to it; members of a list stand for one another.
fn keys(value: &Value, way: &str, found: &mut BTreeSet<String>) {
    if let Value::Object(fields) = value {
        for (name, field) in fields {
            let way = format!("{way}.{name}");
            keys(field, &way, found);
            found.insert(way);
        }
    } else if let Value::Array(members) = value {
        for member in members {
            keys(member, &format!("{way}[]"), found);
        }
    }
}

fn all_keys(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    keys(&serde_json::from_str(text).expect("JSON"), "", &mut found);
    found
}

#[test]
fn the_documented_json_is_that_of_the_documented_campaign() {
    let (_folder, path) = example();
    let (status, out, err) = journal(&[&path], true, None);
    assert_eq!((status, err.as_str()), (0, ""));
    if let Some(place) = std::env::var_os("PALISADE_REWRITE_EXAMPLE") {
        fs::write(place, &out).expect("written");
    }
    let page = documented("`palisade journal FILE", "json");
    assert_eq!(all_keys(&page), all_keys(&out));
    assert!(all_keys(&page).len() > 60);
}

#[test]
fn profit_adds_up_by_cause_by_leg_and_over_campaigns() {
    let (_folder, path) = example();
    let (status, out, _) = journal(&[&path, Path::new(GOLDEN)], true, None);
    assert_eq!(status, 0);
    let found: Value = serde_json::from_str(&out).expect("JSON");
    let cents = |value: &Value| (100.0 * value.as_f64().expect("a number")).round() as i64;
    let sum = |causes: &Value| -> i64 {
        let causes = causes.as_object().expect("causes");
        causes.values().map(cents).sum()
    };
    let campaigns = found["campaigns"].as_array().expect("a list");
    assert_eq!(campaigns.len(), 2);
    let mut all = 0;
    for campaign in campaigns {
        let profit = cents(&campaign["profit_usd"]);
        assert_eq!(sum(&campaign["attribution"]), profit);
        let legs = campaign["legs"].as_array().expect("legs");
        let by_leg: i64 = legs.iter().map(|leg| cents(&leg["profit_usd"])).sum();
        assert_eq!(by_leg, profit);
        all += profit;
    }
    assert_eq!(cents(&found["total"]["profit_usd"]), all);
    assert_eq!(sum(&found["total"]["attribution"]), all);
}

#[test]
fn the_text_has_a_line_for_each_campaign_its_causes_and_its_decisions() {
    let (_folder, path) = example();
    let (status, out, err) = journal(&[&path, Path::new(GOLDEN)], false, None);
    assert_eq!((status, err.as_str()), (0, ""));
    for wanted in [
        "Campaigns\n",
        "hedge cost %",
        "August condor",
        "24 Jun 26",
        "profit by cause",
        "Theta",
        "followed",
        "All 2 campaigns",
        "not advice",
    ] {
        assert!(out.contains(wanted), "{wanted}: {out}");
    }
}

#[test]
fn closed_campaigns_are_reviewed_with_their_n() {
    let (folder, path) = example();
    let text = fs::read_to_string(&path).expect("read");
    let mut campaign = palisade::document::campaign_from_ron(&text).expect("valid");
    campaign.positions.clear();
    let closing = palisade::instrument::Trade {
        id: palisade::instrument::TradeId(50),
        at: jiff::civil::date(2026, 6, 24).at(15, 0, 0, 0),
        quantity: -4,
        price: 2.09,
        fees_usd: 0.0,
        ..campaign.trades[0].clone()
    };
    campaign.trades.push(closing);
    campaign.next_id = 60;
    let closed = folder.path().join("closed.ron");
    palisade::document::save_campaign(&closed, &campaign).expect("saved");
    let (status, out, err) = journal(&[&path, &closed], false, None);
    assert_eq!((status, err.as_str()), (0, ""));
    let (_, review) = out
        .split_once("Review of 1 closed campaign\n")
        .expect("a review");
    for wanted in [
        "Win rate",
        "100.0 % so far",
        "no claim under n = 20: n = 1",
        "Rules followed",
    ] {
        assert!(review.contains(wanted), "{wanted}: {review}");
    }
    let (_, out, _) = journal(&[&path, &closed], true, None);
    let found: Value = serde_json::from_str(&out).expect("JSON");
    let all = &found["review"]["all"];
    assert_eq!(
        (&found["review"]["open"], &all["n"]),
        (&Value::from(1), &Value::from(1))
    );
    assert_eq!(all["profit_cents"], Value::from(40_000 - 432));
}

#[test]
fn what_cannot_be_read_is_named_with_its_place_and_the_rest_goes_on() {
    let (folder, path) = example();
    let damaged = folder.path().join("damaged.ron");
    let text = fs::read_to_string(&path).expect("read");
    fs::write(&damaged, text.replacen("spx: ", "spx: x", 1)).expect("written");
    let missing = folder.path().join("missing.ron");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    let (status, out, err) = journal(&[folder.path(), &missing, &empty], false, None);
    assert_eq!(status, 2);
    assert!(out.contains("August condor"), "{out}");
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines.len(), 3, "{err}");
    let place = |line: &str| {
        let rest = line.strip_prefix(&format!("{}:", damaged.display()));
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    };
    assert!(place(lines[0]), "{err}");
    assert!(lines[1].contains("missing.ron"), "{err}");
    assert!(lines[2].contains("expected files ending in .ron"), "{err}");
    let (status, out, _) = journal(&[&missing], true, None);
    assert_eq!((status, out.as_str()), (2, ""));
}

#[test]
fn the_tables_have_the_documented_columns_and_the_campaign_s_rows() {
    let (folder, path) = example();
    let tables = folder.path().join("tables");
    let (status, _, err) = journal(&[&path], false, Some(tables.clone()));
    assert_eq!((status, err.as_str()), (0, ""));
    let page = page();
    let all = JournalTable::ALL.map(|table| (table.file_stem(), table.columns()));
    for (stem, columns) in all.into_iter().chain([("campaigns", campaign_columns())]) {
        let text = fs::read_to_string(tables.join(format!("{stem}.csv"))).expect(stem);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().expect("heads"), columns, "{stem}");
        let rows: Vec<_> = reader.records().collect::<Result<_, _>>().expect(stem);
        assert!(!rows.is_empty(), "{stem} has no row");
        let quoted: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
        let line = page
            .lines()
            .find(|line| line.starts_with(&format!("| {stem} | ")));
        let line = line.expect(stem);
        assert!(
            line.ends_with(&format!("| {} |", quoted.join(", "))),
            "{line}"
        );
    }
    let made = fs::read_to_string(tables.join("attribution.csv")).expect("read");
    let mut reader = csv::Reader::from_reader(made.as_bytes());
    let at = |name: &str| {
        let columns = JournalTable::Attribution.columns();
        columns
            .iter()
            .position(|column| *column == name)
            .expect(name)
    };
    let rows = reader.records().map(|row| row.expect("a row"));
    let sum: f64 = rows
        .map(|row| row[at("profit_usd")].parse::<f64>().expect("dollars"))
        .sum();
    let (_, out, _) = journal(&[&path], true, None);
    let found: Value = serde_json::from_str(&out).expect("JSON");
    let profit = found["total"]["profit_usd"].as_f64().expect("dollars");
    assert!((sum - profit).abs() < 0.005, "{sum} is not {profit}");
}

/// `palisade report` knows what the journal says, as the desk does: what theta earned of what it promised.
#[test]
fn a_report_has_the_facts_of_the_journal() {
    let args = palisade::cli::report::ReportArgs {
        file: PathBuf::from("assets/samples/journal.ron"),
        json: true,
        history: None,
        paths: 0,
        marks: palisade::cli::report::MarkArgs::default(),
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = palisade::cli::report::run(&args, &mut out, &mut err).expect("writes to memory");
    assert_eq!(status, 0);
    let report: Value = serde_json::from_slice(&out).expect("JSON");
    let facts = report["facts"].as_array().expect("a list");
    let capture = facts.iter().find(|fact| fact["id"] == "theta.capture");
    let capture = capture.expect("the fact");
    assert!(
        capture["value"]
            .as_f64()
            .is_some_and(|ratio| ratio.is_finite()),
        "{capture}"
    );
    assert_eq!(capture["source"], "journal");
}
