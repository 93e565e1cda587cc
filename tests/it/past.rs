//! The desk as it was at a past moment: seen whole, changed by nothing, left again.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::document::journal::JournalCommand;
use palisade::document::{Campaign, Command, JournalEntry, Store, save_campaign};
use palisade::ui::{JournalPage, Workspace};

use crate::{journal_sample, support};

type Window = Harness<'static, Desk>;

/// The desk on the closed sample, its journal in front.
fn desk(folder: &std::path::Path, theme: Theme) -> Window {
    desk_of(folder, theme, &journal_sample::campaign())
}

fn desk_of(folder: &std::path::Path, theme: Theme, campaign: &Campaign) -> Window {
    let store = Store::open_at(folder).expect("the folder opens");
    let file = store.campaigns_dir().join("closed.ron");
    save_campaign(&file, campaign).expect("it is written");
    let builder = support::builder([1440.0, 900.0], theme).with_max_steps(20);
    let mut h: Window = builder.build_eframe(|creation| {
        Desk::new(
            &creation.egui_ctx,
            Some(store),
            Workspace::default(),
            Some(file),
        )
    });
    h.run_steps(4);
    h.get_by_role_and_label(Role::Tab, "Journal").click();
    wait(&mut h, |h| h.query_by_label("Desk as it was").is_some());
    h
}

fn wait(h: &mut Window, is_there: impl Fn(&Window) -> bool) {
    for _ in 0..500 {
        if is_there(h) {
            return h.run_steps(2);
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        h.run_steps(1);
    }
    assert!(is_there(h), "it comes");
}

fn click(h: &mut Window, label: &str) {
    h.get_by_label(label).click();
    h.run_steps(3);
}

#[test]
fn a_past_moment_is_seen_whole_and_changed_by_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut h = desk(folder.path(), Theme::Dark);
    let now = h.state().session().campaign().clone();
    assert!(now.positions.is_empty(), "all is closed");
    click(&mut h, "Desk as it was");
    let shown = h.state().shown().campaign().clone();
    assert!(shown.marks.as_of < now.marks.as_of && !shown.positions.is_empty());
    assert!(h.query_by_label_contains("Back to now").is_some());
    assert!(
        h.query_by_label("Iron condor menu").is_some(),
        "its position is in sight"
    );

    // What would change it is refused, and that is said.
    click(&mut h, "Condors: raise");
    assert!(h.query_by_label_contains("go back to now").is_some());
    assert_eq!(h.state().shown().campaign(), &shown);

    // Back along the moments, to the first.
    for _ in 0..60 {
        h.get_by_label("Moment before").click();
        h.run_steps(2);
    }
    let first = h.state().shown().campaign().clone();
    assert!(first.marks.as_of < shown.marks.as_of);
    wait(&mut h, |h| h.state().advice_shown().verdict.is_some());
    support::save_png(&mut h, "desk-past");

    // The journal offers nothing that would write into it.
    for label in ["Keep marks", "Record…", "Details…"] {
        assert!(h.query_by_label(label).is_none(), "{label}");
    }

    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(h.query_by_label_contains("Back to now").is_none());
    assert_eq!(h.state().shown().campaign(), &now);

    // What is about now leads back to it.
    click(&mut h, "Desk as it was");
    h.key_press_modifiers(Modifiers::COMMAND, Key::N);
    h.run_steps(4);
    assert!(h.query_by_label_contains("Back to now").is_none());
}

/// Steps back with the arrow key until a decision on the marks of an instant is shown.
fn step_to(h: &mut Window, at: &str) {
    let at: jiff::Timestamp = at.parse().expect("an instant");
    let is_there = |h: &Window| {
        let is_decision = h.query_by_label("Shown of the moment: As recorded");
        is_decision.is_some() && h.state().shown().campaign().marks.as_of == at
    };
    for _ in 0..80 {
        if is_there(h) {
            break;
        }
        h.key_press(Key::ArrowLeft);
        h.run_steps(2);
    }
    assert!(is_there(h), "{at} is a moment with a decision");
}

#[test]
fn a_decision_is_reopened_as_it_was_recorded() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut h = desk(folder.path(), theme);
        let now = h.state().session().campaign().clone();
        let entries = now.journal.entries.iter().rev();
        let mut decided = entries.filter_map(|entry| Some((entry, entry.decision.as_deref()?)));
        let (entry, record) = decided.next().expect("the roll");
        click(&mut h, "Desk as it was");
        step_to(&mut h, "2026-10-20T19:00:00Z");
        let shown = h.state().shown().campaign();
        assert_eq!(shown.positions, record.positions, "the book before");
        assert!(
            shown
                .trades
                .iter()
                .all(|trade| trade.entry != Some(entry.id))
        );
        assert!(h.query_by_label_contains("Drag a strike").is_none());
        assert!(h.query_by_label_contains("Esc  back to now").is_some());

        h.get_by_role_and_label(Role::Tab, "Rules & verdict")
            .click();
        h.run_steps(3);
        assert!(h.query_by_label(&record.verdict.sentence).is_some());
        let whence = "Recorded 20 Oct 26 15:00 with pack alvh 2";
        assert!(h.query_by_label_contains(whence).is_some());
        assert!(h.query_by_label("Recorded facts").is_some());
        wait(&mut h, |h| h.state().advice_shown().verdict.is_some());
        support::save_png(&mut h, &format!("past-rules-{name}"));
        h.get_by_role_and_label(Role::Tab, "Roll or hedge").click();
        h.run_steps(3);
        assert!(h.query_by_label("Recorded choices").is_some());
        // The roll that was taken had failed a test: it stands among those, and first.
        let taken = record.taken_choice().expect("a choice").name.clone();
        assert!(h.query_all_by_label_contains(&taken).next().is_some());
        support::save_png(&mut h, &format!("past-choices-{name}"));

        // Judged again it is said to be so; after it the book is another one.
        click(&mut h, "Shown of the moment: Judged now");
        assert!(h.query_by_label("Recorded choices").is_none());
        h.get_by_role_and_label(Role::Tab, "Rules & verdict")
            .click();
        h.run_steps(3);
        assert!(
            h.query_by_label_contains("Judged now by Palisade")
                .is_some()
        );
        assert_eq!(h.state().shown().campaign().positions, record.positions);
        click(&mut h, "Shown of the moment: After it");
        assert_ne!(h.state().shown().campaign().positions, record.positions);
        assert!(
            h.query_by_label_contains("of the book after what was done")
                .is_some()
        );
        click(&mut h, "Shown of the moment: As recorded");
        assert_eq!(h.state().shown().campaign().positions, record.positions);
        assert_eq!(h.state().session().campaign(), &now, "nothing was changed");
    }
}

#[test]
fn two_decisions_on_the_same_marks_are_reopened_each() {
    let mut campaign = journal_sample::campaign();
    let decided = campaign.journal.entries.iter().rev();
    let mut decided = decided.filter(|entry| entry.decision.is_some());
    let rolled = decided.next().expect("the roll").clone();
    let then = JournalEntry {
        title: "Then more cover".to_owned(),
        ..rolled.clone()
    };
    let add = Command::Journal(JournalCommand::AddEntry(then));
    campaign.apply(add).expect("valid");
    let folder = tempfile::tempdir().expect("a folder");
    let mut h = desk_of(folder.path(), Theme::Dark, &campaign);
    click(&mut h, "Desk as it was");
    step_to(&mut h, "2026-10-20T19:00:00Z");
    assert!(h.query_by_label("decision 2 of 2").is_some());
    let bar = |h: &Window, title: &str| h.query_all_by_label(title).count();
    let (of_second, of_first) = (bar(&h, "Then more cover"), bar(&h, &rolled.title));
    support::save_png(&mut h, "past-two-decisions");
    h.key_press(Key::ArrowLeft);
    h.run_steps(3);
    assert!(h.query_by_label("decision 1 of 2").is_some());
    assert_eq!(bar(&h, "Then more cover"), of_second - 1);
    assert_eq!(bar(&h, &rolled.title), of_first + 1);
    let shown = h.state().shown().campaign();
    let record = rolled.decision.as_deref().expect("decided");
    assert_eq!(shown.positions, record.positions);
}

#[test]
fn the_keys_step_through_the_past() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut h = desk(folder.path(), Theme::Dark);
    click(&mut h, "Desk as it was");
    let at = |h: &Window| h.state().shown().campaign().marks.as_of;
    let last = at(&h);
    h.key_press(Key::Home);
    h.run_steps(3);
    let first = at(&h);
    assert!(first < last);
    h.key_press(Key::ArrowRight);
    h.run_steps(3);
    h.key_press(Key::End);
    h.run_steps(3);
    assert_eq!(at(&h), last);
    h.key_press(Key::ArrowLeft);
    h.run_steps(3);
    assert!(at(&h) < last);
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(h.query_by_label("Back to now").is_none());
}

#[test]
fn the_journal_sample_is_opened_by_name_and_its_view_is_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut h = desk(folder.path(), Theme::Dark);
    click(&mut h, "Journal: Fills");
    assert_eq!(h.state().workspace().journal_page, JournalPage::Fills);
    let kept = serde_json::to_string(h.state().workspace()).expect("it is written");
    let read: Workspace = serde_json::from_str(&kept).expect("it is read");
    assert_eq!(read.journal_page, JournalPage::Fills);
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(3);
    let events = egui::Event::Text("journal sample".to_owned());
    h.event(events);
    h.run_steps(3);
    h.key_press(Key::Enter);
    h.run_steps(4);
    assert_eq!(h.state().workspace().journal_page, JournalPage::Campaign);
    assert_eq!(
        h.state().session().campaign().journal,
        palisade::app::journal_sample().journal
    );
}
