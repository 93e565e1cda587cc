//! The library of market history: every trap of real files on small files of ours, the loader, the documented
//! formats, and the real files where they are at hand.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use palisade::import::history::{HistoryFormat, recognise};
use palisade::import::{LibraryLoader, LoadError, read_vix_chain};
use palisade::instrument::Root;
use palisade::series::{
    EventKind, FileOutcome, Frequency, Library, SeriesId, Severity, plausible_range,
};

/// Loads small files from a folder of their own.
fn load(files: &[(&str, &str)]) -> Library {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    LibraryLoader::new([folder.path()])
        .load()
        .expect("a library")
}

fn rows(library: &Library, id: SeriesId) -> Vec<(Date, f64)> {
    let series = library.series(id);
    let rows = series.into_iter().flat_map(|series| series.iter());
    rows.map(|row| (row.date, row.value)).collect()
}

fn complaints(library: &Library) -> Vec<String> {
    library.problems().iter().map(ToString::to_string).collect()
}

fn assert_clean(library: &Library) {
    assert_eq!(complaints(library), Vec::<String>::new());
    for file in library.files() {
        assert!(matches!(file.outcome, FileOutcome::Read { .. }), "{file:?}");
    }
}

#[test]
fn cboe_index_history_in_both_date_styles() {
    for (text, last) in [
        (
            "DATE,OPEN,HIGH,LOW,CLOSE\r\n1990-01-02,17.24,17.24,17.24,17.240000\r\n2026-07-23,17.67,20.31,17.32,18.7\r\n",
            date(2026, 7, 23),
        ),
        (
            "DATE,OPEN,HIGH,LOW,CLOSE\n01/02/1990,17.24,17.24,17.24,17.24\n11/22/2024,16.67,17.56,15.24,18.7\n",
            date(2024, 11, 22),
        ),
    ] {
        let library = load(&[("VIX_History.csv", text)]);
        assert_clean(&library);
        let expected = [(date(1990, 1, 2), 17.24), (last, 18.7)];
        assert_eq!(rows(&library, SeriesId::Vix), expected);
    }
}

#[test]
fn series_without_a_name_are_told_by_known_values_and_a_wrong_name_is_questioned() {
    let vix = "DATE,OPEN,HIGH,LOW,CLOSE\n02/05/2018,18.44,38.8,16.8,37.32\n03/16/2020,57.83,83.56,57.83,82.69\n";
    let library = load(&[("download (3).csv", vix)]);
    assert_clean(&library);
    assert_eq!(rows(&library, SeriesId::Vix).len(), 2);
    let library = load(&[("VIX3M_History.csv", vix)]);
    assert_eq!(rows(&library, SeriesId::Vix).len(), 2);
    assert_eq!(rows(&library, SeriesId::Vix3m).len(), 0);
    let expected = "VIX3M_History.csv: CLOSE: found 'the values of VIX': expected VIX3M, as the file's name says; read as VIX";
    assert_eq!(complaints(&library), [expected]);
    let unknown = "DATE,OPEN,HIGH,LOW,CLOSE\n02/05/2018,18.44,38.8,16.8,17.32\n";
    let library = load(&[("download (3).csv", unknown)]);
    assert!(library.is_empty());
    assert!(
        matches!(&library.files()[0].outcome, FileOutcome::Skipped { why } if why.contains("which series"))
    );
}

#[test]
fn fred_with_both_headers_and_both_kinds_of_blank() {
    let library = load(&[
        (
            "a.csv",
            "observation_date,SP500\n2016-02-12,1864.78\n2016-02-15,\n2016-02-16,1895.58\n",
        ),
        (
            "b.csv",
            "DATE,DGS10\n2016-02-12,1.74\n2016-02-15,.\n2016-02-16,1.78\n",
        ),
        (
            "c.csv",
            "date,CPIAUCSL\n2003-01-01,182.6\n2003-02-01,183.6\n",
        ),
        (
            "d.csv",
            "observation_date,DGS2,T10Y2Y,NAPM\n2016-02-12,0.71,1.03,50\n",
        ),
    ]);
    assert_clean(&library);
    assert_eq!(
        rows(&library, SeriesId::Spx),
        [(date(2016, 2, 12), 1864.78), (date(2016, 2, 16), 1895.58)]
    );
    assert_eq!(rows(&library, SeriesId::Treasury10y).len(), 2);
    assert_eq!(rows(&library, SeriesId::Cpi).len(), 2);
    assert_eq!(
        rows(&library, SeriesId::Curve2s10s),
        [(date(2016, 2, 12), 1.03)]
    );
    let missing = |id| library.provenance(id).expect("its files").sources[0].missing;
    assert_eq!(
        (missing(SeriesId::Spx), missing(SeriesId::Treasury10y)),
        (1, 1)
    );
}

#[test]
fn yahoo_in_one_header_row_and_in_three() {
    let library = load(&[
        (
            "GSPC.csv",
            "Date,Open,High,Low,Close,Adj Close,Volume\n2023-12-27,4773.45,4785.39,4768.9,4781.580078125,4781.58,2748450000\n2023-12-28,null,null,null,null,null,null\n",
        ),
        (
            "prices.csv",
            "Price,Close,High,Low,Open,Volume\nTicker,SPY,SPY,SPY,SPY,SPY\nDate,,,,,\n2010-01-14,85.99,86.10,85.70,85.80,115646900\n",
        ),
        (
            "two.csv",
            "Price,Close,Close,Open,Open\nTicker,RSP,TSLA,RSP,TSLA\nDate,,,,\n2024-01-02 00:00:00-05:00,157.9,248.4,157,250\n",
        ),
    ]);
    assert_clean(&library);
    assert_eq!(
        rows(&library, SeriesId::Spx),
        [(date(2023, 12, 27), 4781.580078125)]
    );
    assert_eq!(rows(&library, SeriesId::Spy), [(date(2010, 1, 14), 85.99)]);
    assert_eq!(rows(&library, SeriesId::Rsp), [(date(2024, 1, 2), 157.9)]);
}

#[test]
fn zeros_of_shiller_are_no_values() {
    let library = load(&[(
        "ie_data.csv",
        "Date,SP500,Dividend,Earnings,Consumer Price Index,Long Interest Rate,Real Price,Real Dividend,Real Earnings,PE10\n2023-06-01,4345.37,68.71,181.17,305.11,3.75,4500,70,185,29.9\n2023-07-01,4508.08,0.0,0.0,0.0,3.9,0.0,0.0,0.0,0.0\n2026-06-01,7450.03,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0\n",
    )]);
    assert_clean(&library);
    let june = date(2023, 6, 1);
    assert_eq!(rows(&library, SeriesId::SpxEarnings), [(june, 181.17)]);
    assert_eq!(rows(&library, SeriesId::SpxDividends), [(june, 68.71)]);
    assert_eq!(rows(&library, SeriesId::CpiUnadjusted), [(june, 305.11)]);
    assert_eq!(rows(&library, SeriesId::Cape), [(june, 29.9)]);
    assert_eq!(rows(&library, SeriesId::Treasury10yMonthly).len(), 2);
    assert_eq!(rows(&library, SeriesId::SpxMonthlyAverage).len(), 3);
    assert_eq!(
        rows(&library, SeriesId::Spx),
        [],
        "a month's average is no close"
    );
}

#[test]
fn breadth_without_header() {
    let library = load(&[
        ("NYSE_advn.csv", "19650301, 550\n19650302, 590\n"),
        ("NYSE_decln.csv", "19650301, 561\r\n19650302, 520\r\n"),
        ("x.csv", "20081010, 10\n20110808, 15\n"),
    ]);
    assert_clean(&library);
    assert_eq!(
        rows(&library, SeriesId::NyseAdvances),
        [(date(1965, 3, 1), 550.0), (date(1965, 3, 2), 590.0)]
    );
    assert_eq!(rows(&library, SeriesId::NyseDeclines).len(), 2);
    assert_eq!(
        rows(&library, SeriesId::NyseNewHighs).len(),
        2,
        "told by its values"
    );
}

#[test]
fn an_index_at_a_tenth_of_its_level_is_questioned_and_left_out() {
    // byte-order mark, days and months of one and two digits, a fund under the index's name
    let spy =
        "\u{feff}Date,Close\n1/29/1993,43.94\n2/1/1993,44.25\n2/2/1993,44.34\n12/10/1993,46.5\n";
    let library = load(&[("data/SPX.csv", spy)]);
    assert_eq!(rows(&library, SeriesId::Spx), []);
    let found = complaints(&library);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("data/SPX.csv:2: Close: found '43.94 on 1993-01-29, and 4 of 4 values alike': expected SPX from "), "{found:?}");
    assert!(found[0].contains("is it SPY or XSP?"), "{found:?}");
    assert_eq!(library.problems()[0].severity, Severity::Question);
    let library = load(&[("SPY.csv", spy)]);
    assert_clean(&library);
    assert_eq!(rows(&library, SeriesId::Spy)[3], (date(1993, 12, 10), 46.5));
}

#[test]
fn a_single_impossible_value_is_left_out_alone() {
    let mut text = "date,VIX\n".to_owned();
    for day in 1..=9 {
        writeln!(text, "2026-07-{day:02},17").expect("written");
    }
    text += "2026-07-10,1700\n";
    let library = load(&[("v.csv", &text)]);
    assert_eq!(rows(&library, SeriesId::Vix).len(), 9);
    assert_eq!(
        complaints(&library),
        ["v.csv:11: VIX: found '1700': expected VIX from 5 to 200; the row is left out"]
    );
    let library = load(&[(
        "r.csv",
        "date,DGS10\n2026-07-01,0.0465\n2026-07-02,0.0461\n",
    )]);
    assert!(complaints(&library)[0].contains("is it a decimal in place of percent?"));
}

#[test]
fn vix_has_days_on_which_the_index_has_no_close() {
    let library = load(&[
        (
            "VIX_History.csv",
            "DATE,OPEN,HIGH,LOW,CLOSE\n05/27/2022,27,27,25,25.72\n05/30/2022,26,26.6,26,26.54\n05/31/2022,26,28,26,26.19\n",
        ),
        (
            "SP500.csv",
            "observation_date,SP500\n2022-05-27,4158.24\n2022-05-30,\n2022-05-31,4132.15\n",
        ),
    ]);
    let (spx, vix) = (library.series(SeriesId::Spx), library.series(SeriesId::Vix));
    let joined = spx.expect("SPX").joined(vix.expect("VIX"));
    assert_eq!(joined.dates, [date(2022, 5, 27), date(2022, 5, 31)]);
    assert_eq!(joined.right, [25.72, 26.19]);
}

#[test]
fn two_files_of_one_series_by_rank_with_a_note() {
    let library = load(&[
        (
            "fred.csv",
            "observation_date,SP500\n2020-03-16,2386.13\n2020-03-17,2529.19\n",
        ),
        (
            "gspc.csv",
            "Date,Open,High,Low,Close,Adj Close,Volume\n2020-03-13,1,1,1,2711.02,1,1\n2020-03-16,1,1,1,2386.129883,1,1\n2020-03-17,1,1,1,2530,1,1\n",
        ),
        (
            "manual.csv",
            "# Palisade manual rows, schema 1\ndate,series,value\n2020-03-17,SPX,2500\n2020-03-18,SPX,2398.1\n2020-03-18,VX 2020-04-15,60.5\n2020-03-18,event FOMC,\n",
        ),
    ]);
    let expected = [
        (date(2020, 3, 13), 2711.02),
        (date(2020, 3, 16), 2386.13),
        (date(2020, 3, 17), 2529.19),
        (date(2020, 3, 18), 2398.1),
    ];
    assert_eq!(
        rows(&library, SeriesId::Spx),
        expected,
        "a typed row never replaces a file's"
    );
    assert_eq!(
        complaints(&library),
        [
            "gspc.csv: SPX: found '1 of 2 common days differ, at most by 0.810 on 2020-03-17': expected the values of fred.csv, which are used",
            "manual.csv: SPX: found '1 of 1 common days differ, at most by 29.190 on 2020-03-17': expected the values of one of fred.csv, gspc.csv, which are used",
        ]
    );
    assert!(
        library
            .problems()
            .iter()
            .all(|p| p.severity == Severity::Note)
    );
    let curve = library
        .futures()
        .curve_on(date(2020, 3, 18))
        .expect("a curve");
    assert_eq!(curve.points[0].settle, 60.5);
    assert_eq!(library.events()[0].kind, EventKind::Fomc);
    assert_eq!(library.last_day(), Some(date(2020, 3, 18)));
}

#[test]
fn series_without_a_real_file_load_in_the_documented_layout() {
    let library = load(&[
        (
            "VIX9D.csv",
            "date,value\n2026-07-22,14.1\n2026-07-23,16.2\n",
        ),
        (
            "VVIX_History.csv",
            "DATE,VVIX\n07/22/2026,91.5\n07/23/2026,97.2\n",
        ),
        (
            "fundamentals.csv",
            "date,SPX_PE,SPX_PCF,SPX_DIVIDENDS,SPX_BUYBACKS,SPX_EARNINGS\n2026-03-01,27.4,19.1,80.2,110.5,262\n2026-06-01,28.0,19.6,81,112,\n",
        ),
        (
            "top10.csv",
            "date,weight\n2026-07-22,35.2%\n2026-07-23,35.4%\n",
        ),
        ("bund.csv", "date,DE2Y\n2026-07-22,2.11\n2026-07-23,2.13\n"),
        ("surprise.csv", "date,CPI_SURPRISE\n2026-06-01,0.2\n"),
        ("ppi.csv", "observation_date,PPIFIS\n2026-06-01,151.2\n"),
        (
            "calendar.csv",
            "date,event\n2026-07-29,FOMC\n2026-08-12,Consumer Price Index for July\n2026-08-07,Employment Situation\n",
        ),
    ]);
    assert_clean(&library);
    for (id, last) in [
        (SeriesId::Vix9d, 16.2),
        (SeriesId::Vvix, 97.2),
        (SeriesId::SpxPe, 28.0),
        (SeriesId::SpxPcf, 19.6),
        (SeriesId::SpxDividends, 81.0),
        (SeriesId::SpxBuybacks, 112.0),
        (SeriesId::SpxEarnings, 262.0),
        (SeriesId::Top10Weight, 35.4),
        (SeriesId::Foreign2y, 2.13),
        (SeriesId::CpiSurprise, 0.2),
        (SeriesId::PpiFinalDemand, 151.2),
    ] {
        let series = library.series(id).expect("loaded");
        assert_eq!(series.last().map(|last| last.value), Some(last), "{id:?}");
    }
    let kinds: Vec<EventKind> = library.events().iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::Fomc, EventKind::Jobs, EventKind::Cpi]);
}

#[test]
fn trouble_is_listed_with_its_place_and_stops_nothing_else() {
    let mut garbage = "date,VIX\n".to_owned();
    for row in 0..100 {
        writeln!(garbage, "day {row},17").expect("written");
    }
    let library = load(&[
        (
            "a.csv",
            "date,VIX\n2026-07-22,16.64\nyesterday,17\n2026-07-23,high\n2026-07-24,17.9\n2026-07-24,18.1\n",
        ),
        ("b.csv", &garbage),
        ("c.csv", "date,event\n2026-07-29,rain\n"),
        ("notes.md", "# Nothing, really\n"),
    ]);
    assert_eq!(
        rows(&library, SeriesId::Vix),
        [(date(2026, 7, 22), 16.64), (date(2026, 7, 24), 17.9)]
    );
    let found = complaints(&library);
    assert_eq!(found.len(), 3 + 21 + 1, "{found:#?}");
    assert_eq!(
        found[0],
        "a.csv:3: date: found 'yesterday': expected a date such as 2026-07-23"
    );
    assert_eq!(found[1], "a.csv:4: VIX: found 'high': expected a number");
    assert_eq!(
        found[2],
        "a.csv:6: VIX: found '18.1': expected 17.9 again, as on line 5, which is used"
    );
    assert!(found.contains(&"b.csv: row: found '80 more cells': expected as above".to_owned()));
    assert!(library.files().iter().any(|file| file.name == "notes.md"
        && matches!(&file.outcome, FileOutcome::Skipped { why } if why == "no format of market history")));
}

#[test]
fn loading_can_be_watched_and_cancelled() {
    let folder = tempfile::tempdir().expect("a folder");
    for index in 0..20 {
        let path = folder.path().join(format!("{index}.csv"));
        fs::write(path, "date,VIX\n2026-07-22,16.64\n").expect("written");
    }
    let loader = LibraryLoader::new([folder.path()]);
    let progress = loader.progress();
    assert_eq!((progress.files(), progress.fraction()), ((0, 0), 0.0));
    loader.load().expect("a library");
    assert_eq!((progress.files(), progress.fraction()), ((20, 20), 1.0));

    let loader = LibraryLoader::new([folder.path()]);
    loader.progress().cancel();
    assert!(matches!(loader.load(), Err(LoadError::Cancelled)));
    let nowhere = folder.path().join("nowhere");
    let error = LibraryLoader::new([nowhere])
        .load()
        .expect_err("no such folder");
    assert!(error.to_string().contains("nowhere"));
}

#[test]
fn single_files_and_folders_load_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let typed = folder.path().join("manual.csv");
    fs::write(
        &typed,
        "# Palisade manual rows, schema 1\n2026-07-24,VIX,17.9\n",
    )
    .expect("written");
    let history = folder.path().join("history");
    fs::create_dir(&history).expect("made");
    fs::write(history.join("v.csv"), "date,VIX\n2026-07-22,16.64\n").expect("written");
    let library = LibraryLoader::new([history, typed])
        .load()
        .expect("a library");
    assert_eq!(rows(&library, SeriesId::Vix).len(), 2);
}

#[test]
fn vix_chains_are_read_and_their_fixture_is_ours() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/chain_vix_synthetic.csv");
    let bytes = fs::read(path).expect("the fixture");
    assert_eq!(recognise(&bytes), Some(HistoryFormat::VixChain));
    let (chain, problems) = read_vix_chain("vix.csv", &bytes).expect("a chain");
    assert_eq!(problems, []);
    assert_eq!((chain.rows.len(), chain.spot), (21, Some(17.0)));
    for root in [Root::Vix, Root::Vixw] {
        assert!(chain.rows.iter().any(|row| row.root == root), "{root}");
    }
    let row = chain
        .rows
        .iter()
        .find(|row| row.strike == 22.5)
        .expect("a half strike");
    let parity = row.call.mid().expect("a mid") - row.put.mid().expect("a mid");
    let discount = (-0.04_f64 * 28.0 / 365.0).exp();
    assert!(
        (parity - discount * (18.05 - 22.5)).abs() < 0.02,
        "{parity}"
    );
    let spx = fs::read("tests/fixtures/chain_english.csv").expect("the fixture");
    let error = read_vix_chain("spx.csv", &spx).expect_err("another family");
    assert!(
        error
            .to_string()
            .contains("expected an option of VIX or VIXW"),
        "{error}"
    );
}

/// The examples of the documentation: file name and text.
fn documented() -> Vec<(String, String)> {
    let page = fs::read_to_string("docs/formats.md").expect("the page");
    let (_, section) = page.split_once("## Market history").expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    section
        .split("```csv ")
        .skip(1)
        .map(|block| {
            let (name, rest) = block.split_once('\n').expect("a name");
            let (text, _) = rest.split_once("```").expect("an end");
            (name.trim().to_owned(), text.to_owned())
        })
        .collect()
}

#[test]
fn documented_examples_load_without_a_complaint() {
    let examples = documented();
    assert!(examples.len() >= 12, "{}", examples.len());
    for (name, text) in &examples {
        let library = load(&[(name, text)]);
        assert_clean(&library);
        assert!(!library.is_empty(), "{name}");
    }
    let page = fs::read_to_string("docs/formats.md").expect("the page");
    for id in SeriesId::all() {
        let spec = id.spec();
        let row = format!("| `{}` | {} |", spec.key, spec.label);
        assert!(page.contains(&row), "no row {row}");
        for code in spec.fred {
            assert!(page.contains(&format!("`{code}`")), "{code}");
        }
    }
}

#[expect(clippy::print_stdout, reason = "a test that did not run must say so")]
fn real_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("PALISADE_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: PALISADE_DATA names no folder with market data");
    }
    folder
}

#[expect(clippy::print_stdout, reason = "what was found is worth a look")]
fn print_counts(library: &Library) {
    for series in library.all_series() {
        let (first, last) = (series.first().expect("rows"), series.last().expect("rows"));
        let files = &library.provenance(series.id()).expect("files").sources;
        let (key, rows, gaps) = (series.id().key(), series.len(), series.gaps().len());
        println!(
            "{key}: {rows} rows, {}..{}, {gaps} gaps, {} files",
            first.date,
            last.date,
            files.len()
        );
    }
    let futures = library.futures();
    println!(
        "VX: {} contracts, {} days",
        futures.contracts().len(),
        futures.days().len()
    );
    for file in library.files() {
        if let FileOutcome::Skipped { why } = &file.outcome {
            println!("skipped {}: {why}", file.name);
        }
    }
    for problem in library.problems() {
        println!("{:?}: {problem}", problem.severity);
    }
}

#[test]
fn all_real_files_load() {
    let Some(folder) = real_folder() else { return };
    let library = LibraryLoader::new([folder]).load().expect("a library");
    print_counts(&library);
    let grave: Vec<_> = library
        .problems()
        .iter()
        .filter(|problem| problem.severity != Severity::Note)
        .collect();
    assert!(grave.is_empty(), "{grave:#?}");

    let series = |id: SeriesId| library.series(id).expect("a series");
    for (id, at_least, first, last) in [
        (SeriesId::Spx, 24_600, date(1927, 12, 30), date(2026, 2, 11)),
        (SeriesId::Vix, 9_235, date(1990, 1, 2), date(2026, 7, 23)),
        (SeriesId::Vix3m, 4_136, date(2009, 9, 18), date(2026, 2, 27)),
        (
            SeriesId::NyseAdvances,
            12_796,
            date(1965, 3, 1),
            date(2015, 11, 11),
        ),
        (
            SeriesId::NyseDeclines,
            12_796,
            date(1965, 3, 1),
            date(2015, 11, 11),
        ),
        (
            SeriesId::Treasury2y,
            6_000,
            date(2000, 1, 3),
            date(2026, 7, 28),
        ),
        (SeriesId::RealGdp, 100, date(2000, 1, 1), date(2026, 1, 1)),
        (
            SeriesId::SpxEarnings,
            1_800,
            date(1871, 1, 1),
            date(2023, 6, 1),
        ),
        (SeriesId::Reer, 361, date(1994, 1, 1), date(2024, 1, 1)),
    ] {
        let found = series(id);
        assert!(found.len() >= at_least, "{id:?} has {}", found.len());
        assert_eq!(found.first().map(|row| row.date), Some(first), "{id:?}");
        assert_eq!(found.last().map(|row| row.date), Some(last), "{id:?}");
        for row in found.iter() {
            let [low, high] = plausible_range(id, row.date);
            assert!((low..=high).contains(&row.value), "{id:?} {row:?}");
        }
    }
    assert_eq!(series(SeriesId::Cpi).frequency(), Frequency::Monthly);
    assert_eq!(series(SeriesId::RealGdp).frequency(), Frequency::Quarterly);
    assert_eq!(
        series(SeriesId::SpxEarnings).last().map(|row| row.date),
        Some(date(2023, 6, 1))
    );
}

#[test]
fn the_traps_of_real_files_are_met() {
    let Some(folder) = real_folder() else { return };
    let library = LibraryLoader::new([folder]).load().expect("a library");
    let series = |id: SeriesId| library.series(id).expect("a series");
    // VIX is calculated on days without a close of the index
    let memorial = date(2022, 5, 30);
    assert!(series(SeriesId::Vix).value_on(memorial).is_some());
    assert!(
        series(SeriesId::Spx)
            .joined(series(SeriesId::Vix))
            .dates
            .binary_search(&memorial)
            .is_err()
    );
    // two sources of the index differ on six days
    let yahoo = library
        .problems()
        .iter()
        .find(|p| p.column == "SPX" && p.file.contains("yahoo"));
    let found = &yahoo.expect("a note").found;
    assert!(found.starts_with("6 of 1983 common days differ"), "{found}");
}

#[test]
fn real_futures_make_the_curves_of_the_table_beside_them() {
    let Some(folder) = real_folder() else { return };
    let folder = folder.join("vx_futures");
    let contracts = LibraryLoader::new([folder.join("VX")])
        .load()
        .expect("contracts");
    let table = LibraryLoader::new([folder.join("term_structure.csv")])
        .load()
        .expect("a table");
    assert_eq!(contracts.problems(), []);
    assert_eq!(contracts.futures().contracts().len(), 167);
    assert_eq!(table.futures().days().len(), 3346);
    let mut short = 0;
    for expected in table.futures().curves() {
        short += usize::from(expected.points.len() == 7);
        let own = contracts
            .futures()
            .curve_on(expected.date)
            .expect("the day");
        for point in expected.points {
            let settle = own.points.iter().find(|own| own.expiry == point.expiry);
            let settle = settle.expect("the contract").settle;
            assert!(
                (settle - point.settle).abs() < 1e-3,
                "{} {point:?} {settle}",
                expected.date
            );
        }
    }
    assert_eq!(short, 24, "days with only seven contracts");
    for tuesday in [date(2014, 3, 18), date(2022, 3, 15), date(2026, 5, 19)] {
        assert!(contracts.futures().contract(tuesday).is_some(), "{tuesday}");
    }
    let settled = contracts
        .futures()
        .contract(date(2013, 8, 21))
        .expect("August 2013");
    assert_eq!(settled.final_settlement, Some(16.42));
}
