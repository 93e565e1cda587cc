//! A broker's file under review: in the journal panel, and through the whole desk to the book and back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{DroppedFile, Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::document::journal::{EntrySource, ImportQueue};
use palisade::document::{Campaign, Command, Store, load_campaign};
use palisade::import::broker::{ReadOptions, ReviewOptions, decode, read_broker};
use palisade::instrument::{Role, TradeAction};
use palisade::ui::panels::journal::journal_ui;
use palisade::ui::{Action, ImportEdit, JournalEdit, Workspace};

use crate::panel_host::{self, PanelHost};
use crate::support::{self, check_journal_picture, save_png};

const STATEMENT: &str = "thinkorswim_condor_in_two_verticals_rolled_with_layers.csv";
const POSITIONS: &str = "thinkorswim_positions_with_vix_and_a_future.csv";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/broker")
        .join(name)
}

fn queue(name: &str, campaign: &Campaign) -> ImportQueue {
    let text = decode(&fs::read(fixture(name)).expect("the fixture is there"));
    let file = read_broker(name, &text, &ReadOptions::default()).expect("it reads");
    ImportQueue::of(file, campaign, &[], ReviewOptions::default().layer_days)
}

/// A campaign that holds nothing.
fn empty() -> Campaign {
    let sample = PanelHost::sample().campaign().clone();
    Campaign::new("Imported", sample.marks.as_of, sample.marks)
}

fn panel<'a>(
    size: [f32; 2],
    theme: Theme,
    name: &str,
    campaign: Campaign,
) -> Harness<'a, PanelHost> {
    let mut host = PanelHost::of(campaign);
    host.import = Some(queue(name, host.campaign()));
    let mut h = panel_host::harness(size, theme, journal_ui, host);
    h.run();
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

#[test]
fn taken_over_fills_become_positions_that_add_up_to_the_fills() {
    let campaign = empty();
    let queue = queue(STATEMENT, &campaign);
    let taken = queue.for_here(&campaign).expect("it fits");
    assert!(taken.fills >= 8 && taken.unplaced == 0, "{taken:?}");
    let mut book = campaign;
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    for trade in &book.trades {
        let sum: i32 = (book.trades.iter())
            .filter(|other| other.contract == trade.contract)
            .map(|other| other.quantity)
            .sum();
        let legs = book.positions.iter().flat_map(|position| &position.legs);
        let held: i32 = legs
            .filter(|leg| leg.contract == trade.contract)
            .map(|leg| leg.quantity)
            .sum();
        assert_eq!(sum, held, "{}", trade.contract.label());
        assert!(trade.position.is_some() && !trade.key.is_empty());
        let entry = book.journal.entry(trade.entry.expect("an entry"));
        let source = &entry.expect("it is there").source;
        assert!(matches!(source, EntrySource::Import { file, .. } if file == STATEMENT));
    }
    let rolled = book
        .trades
        .iter()
        .filter(|trade| trade.action == TradeAction::Roll);
    let homes: Vec<_> = rolled.map(|trade| trade.position).collect();
    assert!(
        homes.len() >= 4 && homes.iter().all(|home| *home == homes[0]),
        "{homes:?}"
    );
    assert!(book.validate().is_ok());
}

#[test]
fn the_book_need_not_follow() {
    let campaign = empty();
    let mut queue = queue(STATEMENT, &campaign);
    queue.follows = false;
    let taken = queue.for_here(&campaign).expect("it fits");
    let mut book = campaign;
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    assert!(book.positions.is_empty() && book.trades.len() >= 8);
}

#[test]
fn rows_are_switched_changed_merged_and_split() {
    let mut h = panel([1120.0, 600.0], Theme::Dark, STATEMENT, empty());
    let before = h.state().import.clone().expect("a queue");
    let all = before.included_fills();
    let first = before.review.proposals[0].clone();
    let place = first.fills[0];
    h.query_all_by_label_contains("Take over Open")
        .next()
        .expect("a switch")
        .click();
    h.run();
    let now = h.state().import.clone().expect("a queue");
    assert_eq!(now.included_fills(), all - first.fills.len());
    h.query_all_by_label_contains("Fills of Open")
        .next()
        .expect("it opens")
        .click();
    h.run();
    save_png(&mut h, "import_queue_open");
    let split = h
        .query_all_by_label("Split off")
        .next()
        .expect("several fills");
    split.click();
    h.run();
    let now = h.state().import.clone().expect("a queue");
    assert_eq!(
        now.review.proposals.len(),
        before.review.proposals.len() + 1
    );
    assert_eq!(now.review.proposals[1].fills, [place]);
    let label = format!("Purpose of {}", now.review.proposals[1].structure);
    click(&mut h, &label);
    click(&mut h, "Third layer");
    let role = h.state().import.as_ref().expect("a queue").review.proposals[1].role;
    assert!(matches!(role, Role::Layer(_)), "{role:?}");
    click(&mut h, "Cancel import");
    let asked = h.state().other.last();
    assert_eq!(
        asked,
        Some(&Action::Journal(JournalEdit::Import(ImportEdit::Cancel)))
    );
}

#[test]
fn a_statement_of_positions_is_compared_and_added() {
    let mut h = panel([880.0, 420.0], Theme::Dark, POSITIONS, empty());
    let rows = h.state().import.as_ref().expect("a queue").holdings.len();
    assert!(rows > 2);
    h.query_all_by_label_contains("Add ")
        .next()
        .expect("a switch")
        .click();
    h.run();
    save_png(&mut h, "import_positions_dark");
    let queue = h.state().import.clone().expect("a queue");
    assert_eq!(queue.added_holdings(), 1);
    let mut book = h.state().campaign().clone();
    let taken = queue.for_here(&book).expect("it fits");
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    assert_eq!(book.positions.len(), 1);
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([760.0, 400.0], theme, STATEMENT, empty());
        h.query_all_by_label_contains("Fills of Roll")
            .next()
            .expect("a roll")
            .click();
        h.run();
        check_journal_picture(&mut h, &format!("import-{name}"));
        let mut h = panel([1120.0, 480.0], theme, STATEMENT, empty());
        save_png(&mut h, &format!("import_queue_{name}"));
        let sample = PanelHost::sample().campaign().clone();
        let mut h = panel([760.0, 480.0], theme, STATEMENT, sample);
        save_png(&mut h, &format!("import_queue_narrow_{name}"));
        h.query_all_by_label_contains("Totals")
            .next()
            .expect("totals")
            .click();
        h.run();
        save_png(&mut h, &format!("import_totals_{name}"));
    }
}

type Window = Harness<'static, Desk>;

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

fn import(h: &mut Window) {
    let file = Arc::new(Dropped(fixture(STATEMENT)));
    h.input_mut().dropped_files.push(file);
    h.run_steps(1);
    let is_there = |h: &Window| h.query_by_label("Cancel import").is_some();
    for _ in 0..300 {
        if is_there(h) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        h.run_steps(1);
    }
    assert!(is_there(h), "the file comes under review");
    h.run_steps(2);
}

fn press(h: &mut Window, held: Modifiers, key: Key) {
    h.key_press_modifiers(held, key);
    h.run_steps(3);
}

#[test]
fn a_dropped_file_is_taken_over_undone_and_known_when_it_comes_again() {
    let own = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(own.path()).expect("the folder opens");
    let builder = support::builder([1440.0, 1600.0], Theme::Dark).with_max_steps(20);
    let mut h: Window = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    press(&mut h, Modifiers::COMMAND, Key::N);
    assert!(h.state().session().campaign().trades.is_empty());
    import(&mut h);
    save_png(&mut h, "desk_import");
    let take = h.query_all_by_label_contains("Take over ").find(|node| {
        use egui_kittest::kittest::NodeT as _;
        node.accesskit_node()
            .label()
            .is_some_and(|label| label.ends_with("fills"))
    });
    take.expect("the button").click();
    h.run_steps(4);
    assert!(
        h.query_by_label("Cancel import").is_none(),
        "the queue is done"
    );
    let trades = h.state().session().campaign().trades.len();
    assert!(trades >= 8, "{trades}");
    let files = fs::read_dir(own.path().join("campaigns")).expect("the folder");
    let others: usize = files
        .filter_map(|file| load_campaign(&file.expect("a file").path()).ok())
        .map(|campaign| campaign.trades.len())
        .sum();
    press(&mut h, Modifiers::COMMAND, Key::Z);
    assert!(h.state().session().campaign().trades.is_empty(), "one step");
    assert!(h.state().session().campaign().positions.is_empty());
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(h.state().session().campaign().trades.len(), trades);
    import(&mut h);
    assert!(
        h.query_by_label("Take over 0 fills").is_some(),
        "all {others} others are known too"
    );
    h.get_by_label("Cancel import").click();
    h.run_steps(3);
    assert_eq!(h.state().session().campaign().trades.len(), trades);
}
