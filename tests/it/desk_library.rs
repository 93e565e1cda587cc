//! Market history on the whole desk: folders chosen and dropped, files dropped, rows typed, what goes wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{DroppedFile, Key, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;
use palisade::app::Desk;
use palisade::document::settings::Convention;
use palisade::document::{Settings, Store};
use palisade::market::Mark;
use palisade::series::SeriesId;
use palisade::ui::Workspace;

use crate::signals_panel::write_history;
use crate::support;

/// High, so that nothing of Market data needs scrolling.
const SIZE: [f32; 2] = [1440.0, 3200.0];
const FIXTURE: &str = "tests/fixtures/chain_vix_synthetic.csv";

type Window = Harness<'static, Desk>;

fn desk(folder: &Path) -> Window {
    let store = Store::open_at(folder).expect("the folder opens");
    let builder = support::builder(SIZE, Theme::Dark).with_max_steps(20);
    let mut h = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    h.get_by_role_and_label(Role::Tab, "Market data").click();
    h.run_steps(2);
    h
}

/// Draws frames until threads have brought what is waited for.
fn wait(h: &mut Window, what: &str, is_there: impl Fn(&Window) -> bool) {
    for _ in 0..300 {
        if is_there(h) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        h.run_steps(1);
    }
    assert!(is_there(h), "waited in vain for {what}");
    h.run_steps(2);
}

fn has(id: SeriesId) -> impl Fn(&Window) -> bool {
    move |h| {
        let library = h.state().market_history();
        library.is_some_and(|library| library.series(id).is_some())
    }
}

fn says(words: &'static str) -> impl Fn(&Window) -> bool {
    move |h| h.query_all_by_label_contains(words).next().is_some()
}

/// A file that the window system dropped.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_on(h: &mut Window, path: &Path) {
    let file = Arc::new(Dropped(path.to_owned()));
    h.input_mut().dropped_files.push(file);
    h.run_steps(1);
}

fn type_into(h: &mut Window, label: &str, text: &str) {
    h.get_by_label(label).focus();
    h.run_steps(2);
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    h.run_steps(1);
    h.get_by_label(label).type_text(text);
    h.run_steps(1);
    h.key_press(Key::Enter);
    h.run_steps(3);
}

#[test]
fn a_typed_folder_is_read_and_the_regression_counts_from_then_on() {
    let (own, history) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    write_history(history.path());
    let mut h = desk(own.path());
    let net = |h: &Window| {
        let valuation = &h.state().session().derived().valuation;
        let net = valuation.net_vega.as_ref().expect("the sample's condor");
        (valuation.convention, net.literal)
    };
    let damped = net(&h);
    assert_eq!(damped.0, Convention::Damped);
    h.get_by_label("Convention: Regression").click();
    h.run_steps(3);
    let settings: &Settings = &h.state().session().campaign().settings;
    assert_eq!(settings.convention, Convention::Regression);
    assert_eq!(net(&h), damped, "nothing to regress yet");
    assert!(says("stands in for regression")(&h));
    type_into(
        &mut h,
        "Folder of market history",
        &history.path().display().to_string(),
    );
    wait(&mut h, "the library", has(SeriesId::Spx));
    let chosen = h.state().workspace().history_folder.as_deref();
    assert_eq!(chosen, Some(history.path()));
    let (convention, literal) = net(&h);
    assert_eq!(convention, Convention::Regression);
    assert_ne!(literal, damped.1);
    assert!(!says("stands in for regression")(&h));
}

#[test]
fn a_dropped_folder_is_read_and_dropped_files_go_into_it() {
    let (own, history, apart) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let vix = "DATE,OPEN,HIGH,LOW,CLOSE\n03/16/2020,57.83,83.56,57.83,82.69\n";
    fs::write(history.path().join("VIX_History.csv"), vix).expect("written");
    let mut h = desk(own.path());
    drop_on(&mut h, history.path());
    wait(&mut h, "VIX", has(SeriesId::Vix));
    let spx = apart.path().join("SP500.csv");
    fs::write(&spx, "observation_date,SP500\n2026-02-11,6941.47\n").expect("written");
    drop_on(&mut h, &spx);
    wait(&mut h, "SPX", has(SeriesId::Spx));
    assert!(history.path().join("SP500.csv").exists(), "it was copied");
    assert!(has(SeriesId::Vix)(&h), "what was there stays");
    // any other file is opened as a campaign
    let campaign = apart.path().join("broken.ron");
    fs::write(&campaign, "(").expect("written");
    drop_on(&mut h, &campaign);
    wait(&mut h, "a complaint", says("broken.ron"));
}

#[test]
fn a_folder_that_cannot_be_read_says_so_and_takes_nothing_away() {
    let (own, history) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    write_history(history.path());
    let mut h = desk(own.path());
    type_into(
        &mut h,
        "Folder of market history",
        &history.path().display().to_string(),
    );
    wait(&mut h, "the library", has(SeriesId::Spx));
    type_into(&mut h, "Folder of market history", "/no/such/folder");
    wait(&mut h, "a complaint", says("/no/such/folder: "));
    assert!(has(SeriesId::Spx)(&h), "the earlier library stays");
    h.get_by_label("Own folder").click_accesskit();
    h.run_steps(3);
    assert_eq!(h.state().workspace().history_folder, None);
}

#[test]
fn a_typed_row_is_kept_in_a_file_and_there_after_a_restart() {
    let own = tempfile::tempdir().expect("a folder");
    let mut h = desk(own.path());
    type_into(&mut h, "Value of the row", "6,700");
    h.get_by_label("Add row").click_accesskit();
    h.run_steps(3);
    wait(&mut h, "the typed row", has(SeriesId::Spx));
    let kept = fs::read_to_string(own.path().join("manual.csv")).expect("a file of typed rows");
    assert!(kept.contains(",SPX,6700"), "{kept}");
    drop(h);
    let mut h = desk(own.path());
    wait(&mut h, "the typed row", has(SeriesId::Spx));
    let library = h.state().market_history().expect("a library").clone();
    let last = library.series(SeriesId::Spx).and_then(|spx| spx.last());
    let last = last.expect("the row");
    assert_eq!(last.value, 6700.0);
    let remove = h.get_all_by_label_contains("Remove ").find(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.ends_with("S&P 500")
    });
    remove.expect("a way to take it out").click_accesskit();
    h.run_steps(3);
    wait(&mut h, "the row to go", |h| !has(SeriesId::Spx)(h));
    let kept = fs::read_to_string(own.path().join("manual.csv")).expect("a file of typed rows");
    assert!(!kept.contains("SPX"), "{kept}");
}

#[test]
fn a_dropped_chain_of_vix_options_becomes_marks_as_one_step() {
    let own = tempfile::tempdir().expect("a folder");
    let mut h = desk(own.path());
    let before = h.state().session().campaign().marks.clone();
    drop_on(&mut h, &Path::new(env!("CARGO_MANIFEST_DIR")).join(FIXTURE));
    wait(&mut h, "a word on it", says("VIX option marks"));
    let marks = h.state().session().campaign().marks.clone();
    assert_eq!(marks.vix, 17.0);
    let july = date(2026, 7, 22);
    let quote = marks
        .quotes
        .iter()
        .find(|quote| quote.contract.expiry() == july);
    assert!(
        matches!(quote.expect("a mark").mark, Mark::Price(price) if price > 0.0),
        "{quote:?}"
    );
    let future = marks.vx.iter().find(|future| future.expiry == july);
    let future = future.expect("a future by parity");
    assert!((future.price - 18.05).abs() < 0.03 && !future.is_assumed);
    let kept = |quote: &&palisade::market::OptionMark| before.quotes.contains(quote);
    assert_eq!(
        marks.quotes.iter().filter(kept).count(),
        before.quotes.len(),
        "marks of other expiries stay"
    );
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    h.run_steps(3);
    assert_eq!(h.state().session().campaign().marks, before);
}

#[test]
fn facts_of_a_what_if_are_those_of_its_book_and_say_so() {
    let (own, history) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    write_history(history.path());
    let mut h = desk(own.path());
    type_into(
        &mut h,
        "Folder of market history",
        &history.path().display().to_string(),
    );
    wait(&mut h, "the library", has(SeriesId::Spx));
    h.get_by_role_and_label(Role::Tab, "Signals")
        .click_accesskit();
    h.run_steps(4);
    h.get_by_label("Filter facts").type_text("vix");
    h.run_steps(4);
    // the marked level of VIX, as the table's row has it
    let vix = |h: &Window| {
        let rows = h.query_all_by_label_contains("vix");
        let words: Vec<String> = rows
            .filter_map(|node| node.accesskit_node().label())
            .collect();
        let row = words.iter().find(|words| words.starts_with("vix "));
        row.unwrap_or_else(|| panic!("a row: {words:?}")).clone()
    };
    let real = vix(&h);
    assert!(real.contains("17.00"), "{real}");
    h.get_all_by_role_and_label(Role::Button, "What-if")
        .next()
        .expect("the switch")
        .click();
    h.run_steps(3);
    assert!(says("Of the what-if")(&h));
    h.get_by_label("What-if SPX").focus();
    h.run_steps(1);
    for _ in 0..20 {
        h.key_press(Key::ArrowLeft);
        h.run_steps(1);
    }
    h.run_steps(3);
    assert_ne!(vix(&h), real, "VIX rises as SPX falls");
    h.get_all_by_role_and_label(Role::Button, "What-if")
        .next()
        .expect("the switch")
        .click();
    h.run_steps(4);
    assert_eq!(vix(&h), real);
    assert!(!says("Of the what-if")(&h));
}
