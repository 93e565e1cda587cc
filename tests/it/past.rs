//! The desk as it was at a past moment: seen whole, changed by nothing, left again.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::document::{Store, save_campaign};
use palisade::ui::Workspace;

use crate::{journal_sample, support};

type Window = Harness<'static, Desk>;

/// The desk on the closed sample, its journal in front.
fn desk(folder: &std::path::Path, theme: Theme) -> Window {
    let store = Store::open_at(folder).expect("the folder opens");
    let file = store.campaigns_dir().join("closed.ron");
    save_campaign(&file, &journal_sample::campaign()).expect("it is written");
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

    // Back along the moments, to the first.
    for _ in 0..60 {
        h.get_by_label("Moment before").click();
        h.run_steps(2);
    }
    let first = h.state().shown().campaign().clone();
    assert!(first.marks.as_of < shown.marks.as_of);
    wait(&mut h, |h| h.state().advice_shown().verdict.is_some());
    support::save_png(&mut h, "desk-past");

    // Nothing can be changed, and it is said.
    let before = h.state().session().history().revision();
    click(&mut h, "Keep marks");
    assert!(
        h.query_by_label_contains("go back to now to change")
            .is_some()
    );
    assert_eq!(h.state().session().history().revision(), before);

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
