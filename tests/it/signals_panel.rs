//! The signals panel and the library section as a user meets them: empty, filled, ranged, read and filtered.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use egui::{Key, Theme, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::{Date, date};
use palisade::calendar::{add_trading_days, vix_monthly_expiry};
use palisade::import::{LibraryLoader, ManualRows};
use palisade::series::{Library, ManualEntry, ManualRow, SeriesId};
use palisade::ui::export::{Export, FileKind};
use palisade::ui::panels::PanelKind;
use palisade::ui::panels::market::market_ui;
use palisade::ui::panels::signals::signals_ui;
use palisade::ui::{Action, LibraryEdit, LibraryLoading};

use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

const SIZE: [f32; 2] = [1200.0, 760.0];
const HISTORY: &str = "History: contango, MACD, SPX and A/D line, layers, RSI";

/// Writes two years of SPX, VIX, breadth and VX in the layouts of their publishers.
pub fn write_history(folder: &Path) {
    let first = date(2024, 1, 2);
    let days: Vec<_> = (0..500).map(|day| add_trading_days(first, day)).collect();
    let wave = |day: usize| (day as f64 / 15.0).sin();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("written");
    let mut vix = "DATE,OPEN,HIGH,LOW,CLOSE\n".to_owned();
    let mut spx = "observation_date,SP500\n".to_owned();
    let (mut up, mut down) = (String::new(), String::new());
    for (index, day) in days.iter().enumerate() {
        let level = 17.0 - 2.0 * wave(index);
        let us = day.strftime("%m/%d/%Y");
        writeln!(vix, "{us},{level:.2},{level:.2},{level:.2},{level:.2}").expect("text");
        let close = 4800.0 + 2.5 * index as f64 + 60.0 * wave(index);
        writeln!(spx, "{day},{close:.2}").expect("text");
        let packed = day.strftime("%Y%m%d");
        writeln!(up, "{packed}, {:.0}", 1500.0 + 300.0 * wave(index)).expect("text");
        writeln!(down, "{packed}, {:.0}", 1450.0 - 200.0 * wave(index)).expect("text");
    }
    write("VIX_History.csv", &vix);
    write("SP500.csv", &spx);
    write("NYSE_advn.csv", &up);
    write("NYSE_decln.csv", &down);
    let mut expiries: Vec<_> = days.iter().map(|day| vix_monthly_expiry(*day)).collect();
    let more = (0..9).map(|month| date(2026, 1, 15).saturating_add(jiff::ToSpan::months(month)));
    expiries.extend(more.map(vix_monthly_expiry));
    expiries.sort_unstable();
    expiries.dedup();
    for expiry in expiries {
        let mut text =
            "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n"
                .to_owned();
        for (index, day) in days.iter().enumerate() {
            let tenor = f64::from((expiry - *day).get_days());
            if tenor > 0.0 && tenor < 270.0 {
                let price = 17.0 - 2.0 * wave(index) + (0.015 + 0.02 * wave(index)) * tenor;
                writeln!(
                    text,
                    "{day},X,{price:.3},{price:.3},{price:.3},{price:.3},{price:.3},0,9,0,9"
                )
                .expect("text");
            }
        }
        write(&format!("VX_{expiry}.csv"), &text);
    }
}

fn loaded() -> Library {
    let folder = tempfile::tempdir().expect("a folder");
    write_history(folder.path());
    LibraryLoader::new([folder.path()])
        .load()
        .expect("a library")
}

fn host() -> PanelHost {
    let mut host = PanelHost::sample();
    host.set_library(loaded());
    host
}

fn panel<'a>(size: [f32; 2], theme: Theme, host: PanelHost) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, signals_ui, host);
    h.run_steps(4);
    h
}

/// What the charts say of themselves at the crosshair.
fn readout(h: &Harness<'_, PanelHost>) -> String {
    let node = h.get_by_label(HISTORY);
    node.accesskit_node().value().unwrap_or_default()
}

#[test]
fn the_empty_panel_teaches_and_asks() {
    let mut h = panel([900.0, 520.0], Theme::Dark, PanelHost::sample());
    assert!(h.query_by_label("No market history yet").is_some());
    assert!(h.query_by_label_contains("VIX_History.csv").is_some());
    for (label, edit) in [
        ("Choose folder…", LibraryEdit::ChooseFolder),
        ("Import file…", LibraryEdit::ImportFile),
    ] {
        h.get_by_label(label).click();
        h.run_steps(2);
        assert_eq!(h.state().other.last(), Some(&Action::Library(edit)));
    }
    save_png(&mut h, "signals_empty_dark");
}

#[test]
fn loading_shows_its_progress_and_a_way_out() {
    let mut empty = PanelHost::sample();
    empty.loading = Some(LibraryLoading {
        share: Some(0.4),
        files: (3, 9),
    });
    let mut h = panel([900.0, 520.0], Theme::Light, empty);
    h.get_by_label("Cancel: Reading market history").click();
    h.run_steps(2);
    assert_eq!(h.state().other, [Action::Library(LibraryEdit::Cancel)]);
    save_png(&mut h, "signals_loading_light");
}

#[test]
fn ranges_pan_zoom_and_fit_move_the_axis() {
    let mut h = panel(SIZE, Theme::Dark, host());
    let closes = |h: &Harness<'_, PanelHost>, count: &str| {
        h.query_by_label_contains(&format!("{count} closes"))
            .is_some()
    };
    assert!(h.query_by_label_contains("closes").is_some());
    h.get_by_label("Range: all").click();
    h.run_steps(2);
    assert!(closes(&h, "500"));
    h.get_by_label("Range: 1m").click();
    h.run_steps(2);
    assert!(!closes(&h, "500"));
    save_png(&mut h, "signals_month_dark");
    let before = readout_at(&mut h, pos2(400.0, 480.0));
    h.drag_at(pos2(300.0, 480.0));
    h.run_steps(1);
    h.hover_at(pos2(500.0, 480.0));
    h.run_steps(1);
    h.drop_at(pos2(500.0, 480.0));
    h.run_steps(2);
    let after = readout_at(&mut h, pos2(400.0, 480.0));
    assert_ne!(before, after, "panned to earlier days");
    h.get_by_label("Fit history").click();
    h.run_steps(2);
    assert!(closes(&h, "500"));
}

fn readout_at(h: &mut Harness<'_, PanelHost>, at: egui::Pos2) -> String {
    h.hover_at(at);
    h.run_steps(3);
    readout(h)
}

#[test]
fn the_crosshair_reads_every_chart_of_its_day() {
    let mut h = panel(SIZE, Theme::Dark, host());
    let words = readout_at(&mut h, pos2(400.0, 480.0));
    for part in [
        "Contango",
        "Histogram",
        "SPX",
        "A/D under 20-d high",
        "Layers' spread",
        "RSI(14)",
        "VIX",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let timeline = &h.state().library.as_ref().expect("a library").1;
    let spx = words
        .split("SPX ")
        .nth(1)
        .and_then(|rest| rest.split(", ").next());
    let close: f64 = spx
        .expect("a close")
        .replace(',', "")
        .parse()
        .expect("a number");
    assert!(timeline.spx.iter().any(|own| (own - close).abs() < 0.006));
    save_png(&mut h, "signals_small_dark");
}

#[test]
fn facts_are_filtered_and_open_their_formula() {
    let mut h = panel(SIZE, Theme::Light, host());
    h.get_by_label("Filter facts").click();
    h.run_steps(2);
    h.get_by_label("Filter facts").type_text("macd.hist");
    h.run_steps(3);
    assert!(h.query_by_label_contains("x.contango_cm").is_none());
    let row = h.query_all_by_label_contains("macd.hist").next();
    row.expect("the row").click();
    h.run_steps(3);
    assert!(
        h.query_by_label_contains("macd.line − macd.signal")
            .is_some(),
        "the formula stands in place"
    );
    save_png(&mut h, "signals_facts_light");
}

#[test]
fn market_data_lists_the_series_and_takes_rows() {
    let mut own = host();
    let mut typed = ManualRows::default();
    let row = ManualRow {
        date: date(2026, 1, 5),
        entry: ManualEntry::Value {
            id: SeriesId::Vix,
            value: 17.9,
        },
    };
    typed.put(row);
    own.typed = Some(typed);
    let mut h = panel_host::harness([760.0, 2200.0], Theme::Dark, market_ui, own);
    h.run_steps(4);
    assert!(
        h.query_by_label_contains("VX futures, 33 contracts")
            .is_some()
    );
    assert!(h.query_by_label_contains("NYSE advances").is_some());
    h.get_by_label("Remove 5 Jan 26 VIX").click();
    h.run_steps(2);
    let removed = Action::Library(LibraryEdit::Remove(row));
    assert_eq!(h.state().other.last(), Some(&removed));
    h.get_by_label("Value of the row").click();
    h.run_steps(2);
    h.get_by_label("Value of the row").type_text("6,700");
    h.key_press(egui::Key::Enter);
    h.run_steps(3);
    h.get_by_label("Add row").click();
    h.run_steps(2);
    let put = h.state().other.last();
    assert!(
        matches!(put, Some(Action::Library(LibraryEdit::Put(ManualRow { entry: ManualEntry::Value { id: SeriesId::Spx, value }, .. }))) if *value == 6700.0),
        "{put:?}"
    );
    save_png(&mut h, "market_library_dark");
}

#[test]
fn the_panel_has_a_place_in_the_desk() {
    assert!(PanelKind::ALL.contains(&PanelKind::Signals) && PanelKind::Signals.has_head());
}

#[test]
fn a_focused_chart_takes_keys() {
    let mut h = panel(SIZE, Theme::Dark, host());
    h.get_by_label("Range: 3m").click();
    h.run_steps(2);
    h.get_by_label(HISTORY).focus();
    h.run_steps(2);
    // away from the pointer a focused chart reads out the days in view
    let days = |h: &mut Harness<'_, PanelHost>, key: Key| {
        h.key_press(key);
        h.run_steps(3);
        let words = readout(h);
        let (from, to) = words.split_once(" to ").expect("two days");
        let day = |text: &str| Date::strptime("%d %b %y", text).expect("a day");
        (day(from), day(to))
    };
    let end = days(&mut h, Key::End);
    let earlier = days(&mut h, Key::ArrowLeft);
    assert!(
        earlier.0 < end.0 && earlier.1 < end.1,
        "{earlier:?} {end:?}"
    );
    let nearer = days(&mut h, Key::Plus);
    assert!(nearer.0 > earlier.0 && nearer.1 < earlier.1, "{nearer:?}");
    let wider = days(&mut h, Key::Minus);
    assert!(wider.0 < nearer.0 && wider.1 > nearer.1, "{wider:?}");
    let first = days(&mut h, Key::Home);
    assert_eq!(first.0, date(2024, 1, 2));
    save_png(&mut h, "signals_focused_dark");
}

#[test]
fn the_export_menu_offers_three_tables() {
    let mut h = panel(SIZE, Theme::Dark, host());
    h.get_by_label("Range: 1m").click();
    h.run_steps(2);
    let csv = |h: &mut Harness<'_, PanelHost>, entry: &str| -> (String, String) {
        h.get_by_label("Export").click();
        h.run_steps(3);
        h.get_by_label(entry).click();
        h.run_steps(2);
        match h.state().other.last() {
            Some(Action::Export(Export::SaveCsv { name, text })) => (name.clone(), text.clone()),
            other => panic!("{entry}: {other:?}"),
        }
    };
    let (name, series) = csv(&mut h, "Save series in view as CSV…");
    assert_eq!(name, "history");
    let rows: Vec<Vec<&str>> = series
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    assert!(
        (15..30).contains(&rows.len()),
        "a month: {} rows",
        rows.len()
    );
    let timeline = &h.state().library.as_ref().expect("a library").1;
    let at = |head: &str| {
        rows[0]
            .iter()
            .position(|own| *own == head)
            .expect("a column")
    };
    let last = rows.last().expect("a day");
    assert_eq!(
        last[at("date")],
        timeline.dates.last().expect("a day").to_string()
    );
    let close = timeline.spx.last().expect("a close").to_string();
    assert_eq!(last[at("spx_points")], close);
    assert!(["Promoter", "Steward", "Forced"].contains(&last[at("regime")]));
    let (_, term) = csv(&mut h, "Save term structure as CSV…");
    assert!(
        term.starts_with("curve,date,days,vx_points\ntoday,"),
        "{term}"
    );
    let (_, facts) = csv(&mut h, "Save facts as CSV…");
    assert_eq!(
        facts.lines().count(),
        1 + h
            .state()
            .library
            .as_ref()
            .expect("a library")
            .2
            .iter()
            .count()
    );
    assert!(facts.lines().any(|line| line.starts_with("macd.hist,")));
}

#[test]
fn the_export_menu_offers_the_picture() {
    let mut h = panel(SIZE, Theme::Dark, host());
    h.get_by_label("Export").click();
    h.run_steps(3);
    h.get_by_label("Save as SVG…").click();
    h.run_steps(2);
    let asked = Action::Export(Export::SavePicture(PanelKind::Signals, FileKind::Svg));
    assert_eq!(h.state().other.last(), Some(&asked));
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
#[test]
fn real_history_in_both_themes() {
    let Some(folder) = std::env::var_os("PALISADE_DATA") else {
        eprintln!("PALISADE_DATA is not set: the real history is not drawn");
        return;
    };
    let library = LibraryLoader::new([Path::new(&folder)])
        .load()
        .expect("a library");
    for (name, theme) in [("dark", Theme::Dark), ("light", Theme::Light)] {
        let mut own = PanelHost::sample();
        own.set_library(library.clone());
        let mut h = panel(SIZE, theme, own);
        let timeline = &h.state().library.as_ref().expect("a library").1;
        assert!(timeline.dates.len() > 9_000, "35 years");
        assert!(timeline.regime.is_ok() && timeline.term.is_some());
        assert!(!timeline.divergences.is_empty());
        h.hover_at(pos2(430.0, 480.0));
        h.run_steps(3);
        save_png(&mut h, &format!("signals_real_{name}"));
        h.get_by_label("Range: all").click();
        h.run_steps(3);
        save_png(&mut h, &format!("signals_real_all_{name}"));
    }
    let mut own = PanelHost::sample();
    own.set_library(library);
    let mut h = panel([640.0, 420.0], Theme::Dark, own);
    save_png(&mut h, "signals_real_narrow");
}
