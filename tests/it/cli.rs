//! The program as others run it: the real binary on campaigns, legs, garbage and closed pipes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::ToSpan as _;
use jiff::civil::date;
use palisade::cli::args::CliCommand;
use palisade::cli::report::{MarkArgs, ReportArgs};
use serde_json::Value;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/condor.ron");

/// Legs that make one condor and a first layer, marked at entry.
const LEGS: &str = "\
root,kind,strike,expiry,quantity,price,fees
SPXW,put,6245,2027-01-08,10,37.0,11.3
SPXW,put,6295,2027-01-08,-10,42.2,11.3
VIX,call,18,2026-12-16,4,1.6,
SPXW,call,7060,2027-01-08,-10,25.0,11.3
SPXW,call,7110,2027-01-08,10,18.1,11.3
";

const MARKS: [&str; 10] = [
    "--spot",
    "6720",
    "--rate",
    "0.0375",
    "--dividend",
    "0.0125",
    "--vix",
    "17",
    "--as-of",
    "2026-11-23T15:00",
];

fn palisade() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palisade"));
    command
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env_remove("RUST_LOG");
    command
}

/// Runs the program; a report takes few paths unless the test says how many.
fn run(args: &[&str]) -> Output {
    let mut command = palisade();
    command.args(args);
    if args.first() == Some(&"report") && !args.contains(&"--paths") {
        command.args(["--paths", "50"]);
    }
    command.output().expect("the program runs")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn json(output: &Output) -> Value {
    assert_eq!((status(output), stderr(output).as_str()), (0, ""));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// A folder with one file in it, and the file's path as text.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

fn report_legs(text: &str, marks: &[&str]) -> Output {
    let (_folder, path) = file("legs.csv", text.as_bytes());
    run(&[&["report", &path, "--json"], marks].concat())
}

fn keys(value: &Value) -> Vec<String> {
    let mut keys: Vec<String> = value
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    keys.sort_unstable();
    keys
}

fn assert_keys(value: &Value, expected: &str) {
    let mut expected: Vec<&str> = expected.split(' ').collect();
    expected.sort_unstable();
    assert_eq!(keys(value), expected);
}

fn problems(report: &Value) -> Vec<&str> {
    let problems = report["problems"].as_array().expect("a list");
    problems
        .iter()
        .map(|problem| problem.as_str().expect("text"))
        .collect()
}

#[test]
fn the_report_of_the_sample_has_every_key() {
    let report = json(&run(&["report", SAMPLE, "--json"]));
    assert_keys(
        &report,
        "as_of market legs condors book greeks hedge scenarios regime facts rules verdict candidates problems",
    );
    assert_keys(
        &report["market"],
        "spx rate dividend vix vix_futures contango_pct",
    );
    assert_keys(&report["market"]["vix_futures"][0], "expiry days price");
    assert_keys(
        &report["legs"][0],
        "root kind strike expiry years quantity entry forward iv mark value delta gamma theta_per_day vega_per_point",
    );
    assert_keys(
        &report["condors"][0],
        "name expiry contracts width credit_points credit max_profit max_loss break_evens expected_move_points break_even_margin probability_of_profit probability_of_profit_flat probability_of_touch reg_t_margin portfolio_margin",
    );
    assert_keys(
        &report["book"],
        "contracts width reg_t_margin portfolio_margin other_legs",
    );
    assert_keys(&report["greeks"], "condors layers hedge net");
    let own = "value delta gamma theta_per_day vega_per_point rho_per_pct";
    assert_keys(&report["greeks"]["condors"], own);
    assert_keys(&report["greeks"]["layers"][2], &format!("layer {own}"));
    let net = "value theta_per_day vega_per_point delta gamma";
    assert_keys(&report["greeks"]["hedge"], net);
    assert_keys(&report["greeks"]["net"], net);
    assert_keys(
        &report["hedge"],
        "convention net_vega_per_condor_points net_vega_normalised contributions vix_option_vega_per_point debit pct_of_credit",
    );
    assert_keys(&report["hedge"]["contributions"][0], "name points");
    assert_keys(
        &report["scenarios"][0],
        "spx_pct days vix curve condor layers net",
    );
    assert_keys(&report["facts"][0], "id value unit source as_of");
    assert_keys(
        &report["rules"][0],
        "id title state stance why threshold distance_to_flip unit flips missing provenance",
    );
    assert_keys(
        &report["verdict"],
        "stance sentence because against missing not_judged trades",
    );
    assert_eq!(report["regime"], Value::Null);
    assert!(
        problems(&report)
            .iter()
            .any(|problem| problem.starts_with("regime: "))
    );
}

#[test]
fn the_report_lists_the_choices_or_says_why_not() {
    let report = json(&run(&["report", SAMPLE, "--json"]));
    assert_keys(
        &report["candidates"][0],
        "name stance cost expected_pl p05 worst net_vega_per_condor_points theta_per_day margin break_evens irr score failed",
    );
    let candidates = report["candidates"].as_array().expect("a list");
    assert_eq!(candidates[0]["name"], "Hold");
    assert_eq!(candidates[0]["cost"], 0.0);
    let rejected: Vec<&Value> = (candidates.iter())
        .filter(|candidate| !candidate["failed"].is_null())
        .collect();
    assert!(
        rejected
            .iter()
            .all(|candidate| candidate["stance"] == "Roll")
    );
    for stance in ["Hold", "Roll", "Hedge", "Trim", "Close"] {
        assert!(
            candidates
                .iter()
                .any(|candidate| candidate["stance"] == stance)
        );
    }
    let without = json(&run(&["report", SAMPLE, "--json", "--paths", "0"]));
    assert_eq!(without["candidates"], Value::Null);
    assert!(problems(&without).contains(&"candidates: left out"));
    let text = stdout(&run(&["report", SAMPLE]));
    assert!(text.contains("\nChoices, in dollars\n") && text.contains("preferred"));
}

#[track_caller]
fn number(report: &Value, pointer: &str) -> f64 {
    let found = report.pointer(pointer).and_then(Value::as_f64);
    assert!(found.is_some(), "{pointer} is no number");
    found.unwrap_or_default()
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-9 * (1.0 + expected.abs()),
        "{found} {expected}"
    );
}

#[test]
fn the_figures_of_the_sample_agree_with_one_another() {
    let report = json(&run(&["report", SAMPLE, "--json"]));
    let number = |pointer: &str| number(&report, pointer);
    close(number("/hedge/debit"), 2310.0);
    close(number("/hedge/pct_of_credit"), 100.0 * 2310.0 / 12_100.0);
    close(number("/market/contango_pct"), 100.0 * (18.9 / 17.95 - 1.0));
    close(number("/market/vix_futures/0/days"), 23.0 - 5.5 / 24.0);
    let net_vega = number("/hedge/net_vega_per_condor_points");
    close(number("/greeks/net/vega_per_point"), 1000.0 * net_vega);
    close(number("/hedge/net_vega_normalised"), net_vega / 5.0);
    close(number("/greeks/net/delta"), number("/greeks/condors/delta"));
    close(number("/greeks/hedge/delta"), 0.0);
    for key in ["value", "theta_per_day"] {
        let of = |part: &str| number(&format!("/greeks/{part}/{key}"));
        close(of("net"), of("condors") + of("hedge"));
        close(
            of("hedge"),
            of("layers/0") + of("layers/1") + of("layers/2"),
        );
        let legs = (0..7).map(|leg| number(&format!("/legs/{leg}/{key}")));
        close(of("net"), legs.sum::<f64>());
    }
    let layers = (0..3).map(|layer| number(&format!("/greeks/layers/{layer}/vega_per_point")));
    close(
        number("/hedge/vix_option_vega_per_point"),
        layers.sum::<f64>(),
    );
}

#[test]
fn scenarios_are_the_presets_in_their_order() {
    let report = json(&run(&["report", SAMPLE, "--json"]));
    let presets = [
        (1.0, 5.0),
        (-3.0, 10.0),
        (-5.0, 1.0),
        (-4.0, 1.0),
        (-12.0, 5.0),
        (-30.0, 19.0),
        (5.0, 21.0),
        (0.0, 5.0),
    ];
    let rows = report["scenarios"].as_array().expect("a list");
    assert_eq!(rows.len(), presets.len());
    for (row, preset) in rows.iter().zip(presets) {
        assert_eq!((number(row, "/spx_pct"), number(row, "/days")), preset);
        let layers = (0..3).map(|layer| number(row, &format!("/layers/{layer}")));
        close(
            number(row, "/net"),
            number(row, "/condor") + layers.sum::<f64>(),
        );
        assert_eq!(row["curve"].as_array().expect("futures").len(), 8);
    }
    close(number(&rows[7], "/vix"), 17.0 * 0.8);
}

#[test]
fn the_text_report_has_its_sections_and_one_line_of_caution() {
    let output = run(&["report", SAMPLE]);
    assert_eq!(status(&output), 0);
    let text = stdout(&output);
    for part in [
        "SPX January condor",
        "Mon 23 Nov 2026 15:00 New York",
        "\nMarket\n",
        "\nIron condor: 10 × 6,245 / 6,295 / 7,060 / 7,110",
        "Probability of touch",
        "\nLayers\n",
        "\nNet vega per condor\n",
        "\nBudgets\n",
        "\nInstant moves of SPX",
        "\nPresets",
        "Meltdown",
        "extrapolated",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert_eq!(text.matches("not advice").count(), 1);
}

#[cfg(target_os = "linux")] // elsewhere a window always opens
#[test]
fn without_a_display_the_program_says_so_and_reports() {
    for args in [&[][..], &[SAMPLE]] {
        let output = run(args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let err = stderr(&output);
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(err.contains("display") && err.contains("xvfb"), "{err}");
        assert!(stdout(&output).starts_with("SPX January condor\n"));
    }
    let output = run(&["/no/such/campaign.ron"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("/no/such/campaign.ron"));
}

#[test]
fn version_help_and_usage() {
    let version = run(&["--version"]);
    let text = stdout(&version);
    assert_eq!(status(&version), 0);
    assert!(
        text.starts_with(&format!("palisade {} (", env!("CARGO_PKG_VERSION"))),
        "{text}"
    );
    let help = run(&["--help"]);
    assert_eq!(status(&help), 0);
    for command in [
        "price",
        "implied-vol",
        "indicators",
        "chain",
        "report",
        "check",
    ] {
        assert!(
            stdout(&help).contains(&format!("  {command} ")),
            "{command}"
        );
        assert_eq!(status(&run(&[command])), 2, "{command} without a file");
    }
    assert_eq!(status(&run(&["--nonsense"])), 2);
}

#[test]
fn every_subcommand_answers() {
    let (_folder, path) = file(
        "options.csv",
        b"model,kind,underlying,strike,years,rate,dividend,vol\nblack76,call,20,20,1,0,0,0.5\n",
    );
    let priced = run(&["price", &path]);
    assert_eq!(status(&priced), 0);
    assert!(
        stdout(&priced)
            .lines()
            .next()
            .is_some_and(|line| line.ends_with("volga,charm,error"))
    );
    let (_folder, path) = file(
        "prices.csv",
        b"model,kind,underlying,strike,years,rate,dividend,price\nblack76,call,20,20,1,0,0,3.9\n",
    );
    assert!(stdout(&run(&["implied-vol", &path])).contains(",ok,"));
    assert_eq!(status(&run(&["check", SAMPLE])), 0);
    let chain = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/chain_english.csv");
    assert_eq!(status(&run(&["chain", chain.to_str().expect("UTF-8")])), 0);
}

#[test]
fn a_closed_pipe_is_the_end_and_not_a_fault() {
    let mut child = palisade()
        .args(["report", SAMPLE, "--json", "--paths", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((status(&output), stderr(&output).as_str()), (0, ""));
}

#[test]
fn standard_input_is_legs_or_a_campaign_by_its_content() {
    let feed = |args: &[&str], text: &[u8]| {
        let mut child = palisade()
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        child
            .stdin
            .take()
            .expect("piped")
            .write_all(text)
            .expect("written");
        child.wait_with_output().expect("it ends")
    };
    let legs = json(&feed(
        &[&["report", "-", "--json", "--paths", "0"], &MARKS[..]].concat(),
        LEGS.as_bytes(),
    ));
    assert_eq!(
        legs["condors"][0]["credit"].as_f64(),
        Some(12_100.000_000_000_002)
    );
    let sample = std::fs::read(SAMPLE).expect("the sample");
    let campaign = json(&feed(&["report", "-", "--json", "--paths", "0"], &sample));
    assert_eq!(campaign["book"]["contracts"], 10);
}

#[test]
fn legs_keep_their_order_and_find_their_place() {
    let extra = "SPXW,put,6000,2027-01-08,1,20,0\nVX,,,2027-03-17,2,19.8,\nUVXY,,,,100,12,\n";
    let report = json(&report_legs(&format!("{LEGS}{extra}"), &MARKS));
    let strikes: Vec<Option<f64>> = report["legs"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|leg| leg["strike"].as_f64())
        .collect();
    assert_eq!(
        strikes,
        [
            Some(6245.0),
            Some(6295.0),
            Some(18.0),
            Some(7060.0),
            Some(7110.0),
            Some(6000.0),
            None
        ]
    );
    assert_eq!(report["book"]["other_legs"], serde_json::json!([5]));
    assert_eq!(report["legs"][6]["kind"], Value::Null);
    assert_eq!(report["legs"][6]["iv"], Value::Null);
    let layers = &report["greeks"]["layers"];
    assert!(
        layers[0]["value"]
            .as_f64()
            .is_some_and(|value| (value - 640.0).abs() < 1e-6)
    );
    assert_eq!(
        layers[1]["delta"].as_f64(),
        Some(2000.0),
        "the future is nearest to 110 days"
    );
    assert!(
        problems(&report)
            .iter()
            .any(|problem| problem.starts_with("UVXY: "))
    );
    let price_error: f64 = report["legs"]
        .as_array()
        .expect("a list")
        .iter()
        .take(6)
        .map(|leg| {
            (leg["mark"].as_f64().expect("a mark") - leg["entry"].as_f64().expect("an entry")).abs()
        })
        .fold(0.0, f64::max);
    assert!(price_error < 1e-9, "solved from the price: {price_error}");
}

#[test]
fn what_is_not_given_is_null_and_said() {
    let report = json(&report_legs(
        LEGS,
        &["--spot", "6720", "--as-of", "2026-11-23T20:00:00Z"],
    ));
    for key in ["rate", "dividend", "vix", "vix_futures", "contango_pct"] {
        assert_eq!(report["market"][key], Value::Null, "{key}");
        assert!(
            problems(&report)
                .iter()
                .any(|problem| problem.contains(key)),
            "{key}"
        );
    }
    let assumed = problems(&report)
        .into_iter()
        .find(|problem| problem.starts_with("vix: assumed "))
        .expect("said");
    let vix: f64 = assumed
        .split(' ')
        .nth(2)
        .and_then(|word| word.parse().ok())
        .expect("a level");
    assert!((vix - 17.0).abs() < 1.0, "{assumed}");

    let (_folder, curve) = file(
        "vx.csv",
        b"price,expiry\n18.9,2027-01-20\n17.95,2026-12-16\n",
    );
    let vix_only = "root,kind,strike,expiry,quantity,price\nVIX,call,18,2026-12-16,4,1.6\n";
    let report = json(&report_legs(
        vix_only,
        &[&MARKS[..6], &MARKS[8..], &["--curve", &curve]].concat(),
    ));
    assert!(
        problems(&report).contains(
            &"vix: assumed 17.95, the price of the front future; give --vix to replace it"
        )
    );
    assert_eq!(report["market"]["vix_futures"][1]["price"], 18.9);
    for pointer in [
        "/hedge/net_vega_per_condor_points",
        "/hedge/contributions",
        "/hedge/pct_of_credit",
        "/greeks/net/vega_per_point",
        "/book/width",
    ] {
        assert_eq!(report.pointer(pointer), Some(&Value::Null), "{pointer}");
    }
    let nothing = report_legs(vix_only, &[&MARKS[..6], &MARKS[8..]].concat());
    assert_eq!(status(&nothing), 2);
    assert!(
        stderr(&nothing).starts_with("--vix: found nothing: expected VIX points"),
        "{}",
        stderr(&nothing)
    );
}

#[test]
fn what_cannot_be_valued_is_a_problem_and_the_rest_is_valued() {
    let odd = "\
SPXW,put,9000,2027-01-08,-1,5,
SPXW,put,6000,2026-11-20,-1,5,
SPXW,put,6001,2027-01-08,1,20,
SPXW,put,6100,2027-02-12,1,30,
SPXW,put,6050,2027-02-12,-1,28,
SPXW,call,7100,2027-02-12,-1,30,
SPXW,call,7150,2027-02-12,1,25,
";
    let report = json(&report_legs(&format!("{LEGS}{odd}"), &MARKS));
    assert_eq!(report["legs"].as_array().expect("a list").len(), 12);
    assert_eq!(
        report["condors"][0]["credit"].as_f64(),
        Some(12_100.000_000_000_002)
    );
    let said = problems(&report).join("\n");
    for part in [
        "SPXW 8 Jan 27 9,000 P: no vol gives this price",
        "SPXW 20 Nov 26 6,000 P has settled",
        "SPXW strikes near 6001 are usually 5 apart",
        "expected long put < short put ≤ short call < long call",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    for leg in report["legs"].as_array().expect("a list") {
        assert!(leg["value"].is_f64(), "{leg}");
    }
}

/// Files that are no book at all: name, contents, and how the complaint goes on after the name.
const BAD_FILES: [(&str, &[u8], &str); 8] = [
    (
        "legs.csv",
        b"",
        ":1: root: found '': expected a column named root",
    ),
    (
        "legs.csv",
        b"root,kind,strike,expiry,quantity,price\n",
        ":2: row: found '': expected at least one leg",
    ),
    (
        "legs.csv",
        b"\x00\xff\xfe garbage",
        ":1: file: found 'byte 0xFF': expected UTF-8 text",
    ),
    (
        "data",
        b"\x7fELF\x02\x01\x01\x00\xff",
        ":1: file: found 'byte 0xFF': expected UTF-8 text",
    ),
    ("data", b"{\"a\": 1}", ":1: root: found '"),
    ("july.ron", b"", ":1: 1: found "),
    ("july.ron", b"not a campaign", ":1: "),
    (
        "july.ron",
        b"\x80",
        ":1: file: found 'a byte that is not UTF-8': expected text",
    ),
];

/// Rows that are no leg, and the complaint.
const BAD_ROWS: [(&str, &str); 7] = [
    (
        "SPXW,put,6245,2027-01-08,0,1",
        ":2: quantity: found '0': expected whole contracts",
    ),
    (
        "SPXW,put,nan,2027-01-08,1,1",
        ":2: strike: found 'nan': expected a strike",
    ),
    (
        "SPXW,put,6245,2027-01-08,1,inf",
        ":2: price: found 'inf': expected a price",
    ),
    (
        "SPXW,put,6245,2027-01-08,1,-5",
        ":2: price: found '-5': expected a price",
    ),
    (
        "SPXW,put,6245,8 Jan 27,1,5",
        ":2: expiry: found '8 Jan 27': expected a date",
    ),
    (
        "SPXW,put,6245,2027-01-08,9e9,5",
        ":2: quantity: found '9e9': expected whole contracts",
    ),
    (
        "QQQ,put,500,2027-01-08,1,5",
        ":2: root: found 'QQQ': expected SPX",
    ),
];

/// Runs a report on a bad file; its complaint must begin with the file's path and `expected`.
#[track_caller]
fn assert_refused(name: &str, bytes: &[u8], expected: &str) {
    let (_folder, path) = file(name, bytes);
    let marks: &[&str] = if name == "july.ron" { &[] } else { &MARKS };
    let output = run(&[&["report", &path, "--json"], marks].concat());
    let err = stderr(&output);
    assert_eq!(
        (status(&output), stdout(&output).as_str()),
        (2, ""),
        "{name} {expected}: {err}"
    );
    assert!(
        err.starts_with(&format!("{path}{expected}")),
        "{expected}: {err}"
    );
}

#[test]
fn bad_files_are_refused_in_one_line_each() {
    for (name, bytes, expected) in BAD_FILES {
        assert_refused(name, bytes, expected);
    }
    for (row, expected) in BAD_ROWS {
        let text = format!("root,kind,strike,expiry,quantity,price\n{row}\n");
        assert_refused("legs.csv", text.as_bytes(), expected);
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().to_str().expect("UTF-8");
    for path in [folder, "/no/such/legs.csv"] {
        let output = run(&["report", path]);
        assert_eq!(status(&output), 2);
        assert!(
            stderr(&output).starts_with(&format!("{path}:1: file: found '")),
            "{}",
            stderr(&output)
        );
    }
}

/// Marks that cannot be, and the complaint.
const BAD_MARKS: [(&str, &str, &str); 9] = [
    (
        "--spot",
        "nan",
        "--spot: found 'NaN': expected index points",
    ),
    (
        "--spot",
        "-6720",
        "--spot: found '-6720': expected index points",
    ),
    (
        "--rate",
        "3.75",
        "--rate: found '3.75': expected a decimal rate",
    ),
    (
        "--dividend",
        "inf",
        "--dividend: found 'inf': expected a decimal rate",
    ),
    ("--vix", "0.17", "--vix: found '0.17': expected VIX points"),
    (
        "--vvix",
        "1e9",
        "--vvix: found '1000000000': expected VVIX points",
    ),
    (
        "--as-of",
        "2026-11-23",
        "--as-of: found '2026-11-23': expected an instant",
    ),
    (
        "--as-of",
        "9999-11-23T15:00",
        "--as-of: found '9999-11-23T20:00:00Z': expected a year",
    ),
    (
        "--curve",
        "/no/such/curve.csv",
        "/no/such/curve.csv:1: file: found '",
    ),
];

#[test]
fn bad_marks_are_named_by_their_option() {
    for (flag, value, expected) in BAD_MARKS {
        let mut marks: Vec<&str> = MARKS.to_vec();
        match marks.iter().position(|mark| *mark == flag) {
            Some(at) => marks[at + 1] = value,
            None => marks.extend([flag, value]),
        }
        let output = report_legs(LEGS, &marks);
        let err = stderr(&output);
        assert_eq!(
            (status(&output), err.lines().count()),
            (2, 1),
            "{flag} {value}: {err}"
        );
        assert!(err.starts_with(expected), "{flag} {value}: {err}");
    }
}

#[test]
fn marks_belong_to_legs_and_only_to_them() {
    let none = report_legs(LEGS, &[]);
    let err = stderr(&none);
    assert_eq!(
        (status(&none), err.lines().count()),
        (2, 2),
        "spot and as-of are needed: {err}"
    );
    let both = run(&["report", SAMPLE, "--spot", "6000"]);
    assert_eq!(status(&both), 2);
    assert!(
        stderr(&both).starts_with("--spot: found with "),
        "{}",
        stderr(&both)
    );
}

#[test]
fn quantities_beyond_any_book_are_refused_with_their_place() {
    let sample = std::fs::read_to_string(SAMPLE).expect("the sample");
    let huge = sample.replace("quantity: 4,", "quantity: 2147483647,");
    let (_folder, path) = file("huge.ron", huge.as_bytes());
    let output = run(&["report", &path]);
    let line = 1 + huge
        .lines()
        .position(|line| line.contains("quantity: 2147483647"))
        .expect("there");
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).starts_with(&format!("{path}:{line}: ")),
        "{}",
        stderr(&output)
    );
}

/// The golden condors as a CSV of legs that settles so many days after the marks, to the minute.
fn golden_report(input: &Value) -> Value {
    let number = |key: &str| input[key].as_f64().expect("a number");
    let opened = date(2026, 6, 1);
    let expiry = opened
        .checked_add(input["days"].as_i64().expect("days").days())
        .expect("a day");
    assert!(
        expiry < date(2026, 11, 1),
        "no change of the clock in between"
    );
    let mut legs = String::from("iv,price,quantity,expiry,strike,kind,root\n");
    for leg in input["legs"].as_array().expect("legs") {
        let kind = leg["kind"].as_str().expect("a kind");
        writeln!(
            legs,
            "{},{},{},{expiry},{},{kind},SPXW",
            leg["iv"], leg["premium"], leg["qty"], leg["strike"]
        )
        .expect("writes to memory");
    }
    let (_folder, path) = file("golden.csv", legs.as_bytes());
    let args = ReportArgs {
        paths: 0,
        file: PathBuf::from(&path),
        json: true,
        history: None,
        marks: MarkArgs {
            spot: Some(number("spot")),
            rate: Some(number("rate")),
            dividend: Some(number("dividend")),
            as_of: Some("2026-06-01T16:00".to_owned()),
            vix: Some(17.0),
            vvix: None,
            curve: None,
        },
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    CliCommand::Report(args).run(&mut out, &mut err);
    assert_eq!(err, b"");
    serde_json::from_slice(&out).expect("JSON")
}

/// One golden condor and its report.
struct Golden {
    case: Value,
    report: Value,
}

impl Golden {
    #[track_caller]
    fn check(&self, found: &str, golden: &str, tolerance: f64) {
        let (value, expected) = (number(&self.report, found), number(&self.case, golden));
        let miss = (value - expected).abs();
        assert!(
            miss <= tolerance,
            "{} {found}: found {value}, expected {expected}",
            self.case["id"]
        );
    }

    fn check_money(&self) {
        self.check("/condors/0/credit_points", "/expected/credit_points", 1e-9);
        for (found, golden) in [
            ("credit", "credit_usd"),
            ("max_profit", "max_profit"),
            ("max_loss", "max_loss"),
            ("break_evens/0", "be_low"),
            ("break_evens/1", "be_high"),
            ("reg_t_margin", "regt"),
            ("portfolio_margin", "tims"),
        ] {
            self.check(
                &format!("/condors/0/{found}"),
                &format!("/expected/{golden}"),
                0.005,
            );
        }
        self.check("/book/reg_t_margin", "/expected/regt", 0.005);
    }

    fn check_greeks(&self) {
        for key in [
            "value",
            "delta",
            "gamma",
            "theta_per_day",
            "vega_per_point",
            "rho_per_pct",
        ] {
            let golden = format!("/expected/greeks/{key}");
            let tolerance = 1e-9 * number(&self.case, &golden).abs();
            self.check(&format!("/greeks/condors/{key}"), &golden, tolerance);
        }
        for leg in 0..4 {
            self.check(
                &format!("/legs/{leg}/iv"),
                &format!("/input/legs/{leg}/iv"),
                1e-12,
            );
            self.check(&format!("/legs/{leg}/years"), "/input/years", 1e-12);
        }
    }
}

#[test]
fn golden_condors_come_out_of_the_command_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/condor_visible.json");
    let text = std::fs::read_to_string(path).expect("the golden file");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(cases.len(), 5);
    for case in cases {
        let report = golden_report(&case["input"]);
        let golden = Golden { case, report };
        golden.check_money();
        golden.check_greeks();
    }
}
