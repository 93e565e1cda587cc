//! The what-if on the whole desk: in, out and back again, levels, drafts, scenarios, snapshots.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use palisade::app::Desk;
use palisade::document::{Campaign, Store};
use palisade::instrument::Contract;
use palisade::ui::Workspace;
use palisade::ui::workspace::ThemeChoice;

use crate::support;

/// High, so that nothing of the position editor needs scrolling.
const SIZE: [f32; 2] = [1440.0, 2400.0];

type Window = Harness<'static, Desk>;

fn desk_of(size: [f32; 2], theme: ThemeChoice, folder: &Path) -> Window {
    let store = Store::open_at(folder).expect("the folder opens");
    let workspace = Workspace {
        theme,
        ..Workspace::default()
    };
    let egui_theme = match theme {
        ThemeChoice::Dark => Theme::Dark,
        ThemeChoice::Light => Theme::Light,
    };
    let builder = support::builder(size, egui_theme).with_max_steps(20);
    let mut h = builder
        .build_eframe(|creation| Desk::new(&creation.egui_ctx, Some(store), workspace, None));
    h.run_steps(4);
    h
}

fn desk() -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    (desk_of(SIZE, ThemeChoice::Dark, folder.path()), folder)
}

fn press(h: &mut Window, role: Role, label: &str) {
    // the plot's foot and the scenario card may both have it: they do the same
    let first = h.get_all_by_role_and_label(role, label).next();
    first.expect("a control of that name").click();
    h.run_steps(3);
}

fn click(h: &mut Window, label: &str) {
    h.get_by_label(label).click();
    h.run_steps(3);
}

fn key(h: &mut Window, held: Modifiers, key: Key) {
    h.key_press_modifiers(held, key);
    h.run_steps(3);
}

fn enter(h: &mut Window) {
    press(h, Role::Button, "What-if");
    assert!(h.state().session().is_what_if());
}

fn campaign(h: &Window) -> Campaign {
    h.state().session().campaign().clone()
}

fn value(h: &Window, label: &str) -> String {
    h.get_by_label(label).value().unwrap_or_default()
}

fn short_call(campaign: &Campaign) -> Contract {
    campaign.positions[0].legs[2].contract
}

/// Raises the short call by one step and returns what that trades: the close and the opening.
fn raise_short_call(h: &mut Window) -> [String; 2] {
    let old = short_call(&campaign(h));
    let new = old.with_strike(7065.0).expect("a strike");
    click(h, "Short call strike: raise");
    [
        format!("+10 {}", old.label()),
        format!("\u{2212}10 {}", new.label()),
    ]
}

fn is_on(h: &Window, draft: &str) -> bool {
    let label = format!("Draft {draft}");
    let node = h.get_by_role_and_label(Role::CheckBox, &label);
    node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn the_mode_is_entered_and_left_by_button_and_by_keys() {
    let (mut h, _folder) = desk();
    assert!(h.query_by_label("What-if SPX").is_none());
    enter(&mut h);
    assert!(h.query_by_label("What-if SPX").is_some());
    press(&mut h, Role::Button, "What-if");
    assert!(!h.state().session().is_what_if());
    let keys = Modifiers::COMMAND | Modifiers::SHIFT;
    key(&mut h, keys, Key::I);
    assert!(h.state().session().is_what_if());
    key(&mut h, keys, Key::I);
    assert!(!h.state().session().is_what_if());
    assert!(
        h.query_by_label("Restore").is_none(),
        "nothing was assumed, so nothing is offered back"
    );
}

#[test]
fn the_spx_slider_moves_by_keyboard_and_marks_stay() {
    let (mut h, _folder) = desk();
    let before = campaign(&h);
    enter(&mut h);
    h.get_by_label("What-if SPX").focus();
    h.run_steps(2);
    key(&mut h, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(value(&h, "SPX level"), "6,725.00");
    key(&mut h, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(value(&h, "SPX level"), "6,700.00");
    assert_eq!(value(&h, "SPX move"), "\u{2212}0.30");
    let vix: f64 = value(&h, "VIX level").parse().expect("a number");
    assert!(vix > before.marks.vix, "VIX follows by the model: {vix}");
    assert_eq!(campaign(&h), before, "the marks are as they were");
    click(&mut h, "Reset SPX");
    assert_eq!(value(&h, "SPX level"), "6,720.00");
}

#[test]
fn vix_is_freed_and_coupled_again() {
    let (mut h, _folder) = desk();
    enter(&mut h);
    h.get_by_label("What-if VIX").focus();
    h.run_steps(2);
    key(&mut h, Modifiers::SHIFT, Key::ArrowRight);
    let free = value(&h, "VIX level");
    h.get_by_label("What-if SPX").focus();
    h.run_steps(2);
    key(&mut h, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(value(&h, "VIX level"), free, "a free VIX does not follow");
    click(&mut h, "VIX: Model");
    assert_ne!(value(&h, "VIX level"), free);
}

#[test]
fn a_draft_that_is_off_is_not_applied_and_apply_is_one_step() {
    let (mut h, _folder) = desk();
    let before = campaign(&h);
    enter(&mut h);
    let [close, open] = raise_short_call(&mut h);
    assert_eq!(campaign(&h), before, "an edit is a draft");
    assert!(is_on(&h, &close) && is_on(&h, &open));
    for draft in [&close, &open] {
        press(&mut h, Role::CheckBox, &format!("Draft {draft}"));
        assert!(!is_on(&h, draft));
    }
    click(&mut h, "Long call strike: raise");
    assert!(
        !is_on(&h, &close) && !is_on(&h, &open),
        "trades that are off survive another edit"
    );
    press(&mut h, Role::Button, "Apply 2 draft trades");
    let after = campaign(&h);
    assert!(!h.state().session().is_what_if());
    assert_eq!(short_call(&after), short_call(&before));
    let wing = after.positions[0].legs[3].contract.strike();
    assert_eq!(wing, Some(7115.0));
    key(&mut h, Modifiers::COMMAND, Key::Z);
    assert_eq!(campaign(&h), before, "one step takes it all back");
}

#[test]
fn a_discarded_what_if_leaves_no_trace_and_comes_back() {
    let (mut h, _folder) = desk();
    let before = campaign(&h);
    enter(&mut h);
    h.get_by_label("What-if SPX").focus();
    h.run_steps(2);
    key(&mut h, Modifiers::SHIFT, Key::ArrowLeft);
    let [close, open] = raise_short_call(&mut h);
    press(&mut h, Role::CheckBox, &format!("Draft {close}"));
    press(&mut h, Role::Button, "Discard");
    assert!(!h.state().session().is_what_if());
    assert_eq!(campaign(&h), before);
    assert_eq!(h.state().session().undo_label(), None);
    press(&mut h, Role::Button, "Restore");
    assert_eq!(value(&h, "SPX level"), "6,700.00");
    assert!(!is_on(&h, &close) && is_on(&h, &open));
    key(&mut h, Modifiers::COMMAND, Key::Z);
    let label = format!("Draft {open}");
    assert!(
        h.query_by_label(&label).is_none(),
        "its undo came back, too"
    );
}

#[test]
fn undo_in_a_what_if_takes_drafts_and_the_rest_back_in_order() {
    let (mut h, _folder) = desk();
    let before = campaign(&h);
    enter(&mut h);
    let [_, open] = raise_short_call(&mut h);
    save_scenario(&mut h, "Fed day");
    assert_eq!(campaign(&h).scenarios.len(), 1);
    let open = format!("Draft {open}");
    key(&mut h, Modifiers::COMMAND, Key::Z);
    assert_eq!(campaign(&h), before, "the scenario was saved last");
    assert!(h.query_by_label(&open).is_some());
    key(&mut h, Modifiers::COMMAND, Key::Z);
    assert!(h.query_by_label(&open).is_none(), "the draft came before");
    key(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    key(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(h.query_by_label(&open).is_some());
    assert_eq!(campaign(&h).scenarios.len(), 1);
}

fn save_scenario(h: &mut Window, name: &str) {
    press(h, Role::Button, "Save scenario\u{2026}");
    h.get_by_label("Scenario name").type_text(name);
    h.run_steps(2);
    press(h, Role::Button, "Save name");
}

#[test]
fn a_scenario_is_saved_as_moves_and_loaded() {
    let (mut h, _folder) = desk();
    enter(&mut h);
    h.get_by_label("SPX move").click();
    h.run_steps(2);
    key(&mut h, Modifiers::COMMAND, Key::A);
    h.get_by_label("SPX move").type_text("-5");
    h.run_steps(2);
    key(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(value(&h, "SPX level"), "6,384.00");
    save_scenario(&mut h, "Fed day");
    let kept = campaign(&h).scenarios;
    assert_eq!(
        (kept[0].name.as_str(), kept[0].moves.spx_pct),
        ("Fed day", -5.0)
    );
    click(&mut h, "Reset scenario");
    assert_eq!(value(&h, "SPX level"), "6,720.00");
    press(&mut h, Role::ListBoxOption, "Fed day \u{2212}5.0 %");
    assert_eq!(value(&h, "SPX level"), "6,384.00");
    // a second one of the same name is refused where it is typed
    press(&mut h, Role::Button, "Save scenario\u{2026}");
    h.get_by_label("Scenario name").type_text("Fed day");
    h.run_steps(2);
    assert!(h.query_by_label_contains("a name of its own").is_some());
    key(&mut h, Modifiers::NONE, Key::Escape);
    press(&mut h, Role::Button, "Fed day menu");
    press(&mut h, Role::MenuItem, "Delete");
    assert!(campaign(&h).scenarios.is_empty());
}

#[test]
fn snapshots_are_taken_restored_and_removed() {
    let (mut h, _folder) = desk();
    enter(&mut h);
    let [_, open] = raise_short_call(&mut h);
    press(&mut h, Role::Button, "Take snapshot");
    press(&mut h, Role::Button, &format!("Drop {open}"));
    let open = format!("Draft {open}");
    assert!(h.query_by_label(&open).is_none());
    press(&mut h, Role::Button, "Restore snapshot A");
    assert!(h.query_by_label(&open).is_some());
    press(&mut h, Role::Button, "Remove snapshot A");
    assert!(h.query_by_label("Restore snapshot A").is_none());
}

#[test]
fn marks_cannot_be_typed_over_by_the_scenario_s_prices() {
    let (mut h, _folder) = desk();
    assert!(
        h.query_by_role_and_label(Role::SpinButton, "Short put mark")
            .is_some()
    );
    enter(&mut h);
    assert!(
        h.query_by_role_and_label(Role::SpinButton, "Short put mark")
            .is_none()
    );
    assert!(h.query_by_label_contains("Short put mark 42.2").is_some());
}

/// A what-if worth looking at: a fall, a week on, a strike moved, a layer trade off.
fn busy(h: &mut Window) {
    enter(h);
    raise_short_call(h);
    click(h, "First contracts: raise");
    click(h, "Second contracts: raise");
    press(h, Role::Button, "Grind");
    press(h, Role::Button, "Take snapshot");
    save_scenario(h, "Fed day");
    h.run_steps(4);
}

#[test]
fn pictures_of_the_mode() {
    let sizes = [
        ("high", [1440.0, 1700.0]),
        ("wide", [1440.0, 900.0]),
        ("small", [1024.0, 700.0]),
    ];
    for (name, size) in sizes {
        for (theme, choice) in [("dark", ThemeChoice::Dark), ("light", ThemeChoice::Light)] {
            let folder = tempfile::tempdir().expect("a folder");
            let mut h = desk_of(SIZE, choice, folder.path());
            busy(&mut h);
            h.set_size(size.into());
            h.run_steps(4);
            support::save_png(&mut h, &format!("what_if_{name}_{theme}"));
            assert!(h.query_by_label("What-if SPX").is_some());
        }
    }
}

#[test]
fn undo_takes_the_moves_of_the_scenario_back_in_their_order_one_a_gesture() {
    let (mut h, _folder) = desk();
    let before = campaign(&h);
    enter(&mut h);
    h.get_by_label("What-if SPX").focus();
    h.run_steps(2);
    key(&mut h, Modifiers::SHIFT, Key::ArrowLeft);
    let [close, _] = raise_short_call(&mut h);
    click(&mut h, "Long put strike: raise");
    // one drag over many levels of VIX
    let slider = h.get_by_label("What-if VIX").rect();
    let knob = h.get_by_label("VIX level").value();
    let from = slider.left_center() + egui::vec2(80.0, 0.0);
    h.drag_at(from);
    h.step();
    for step in 1..=6 {
        h.hover_at(from + egui::vec2(10.0 * step as f32, 0.0));
        h.step();
    }
    h.drop_at(from + egui::vec2(60.0, 0.0));
    h.run_steps(3);
    assert_ne!(h.get_by_label("VIX level").value(), knob);
    assert!(h.query_by_label("VIX: Free").is_some());
    let undo = |h: &mut Window| key(h, Modifiers::COMMAND, Key::Z);
    undo(&mut h);
    assert_eq!(
        h.get_by_label("VIX level").value(),
        knob,
        "the whole drag is one step"
    );
    assert_eq!(value(&h, "SPX level"), "6,700.00");
    undo(&mut h);
    undo(&mut h);
    let draft = format!("Draft {close}");
    assert!(h.query_by_label(&draft).is_none(), "then the drafts");
    assert_eq!(value(&h, "SPX level"), "6,700.00");
    undo(&mut h);
    assert_eq!(value(&h, "SPX level"), "6,720.00", "then the first move");
    assert!(h.state().session().undo_label().is_none());
    let redo = Modifiers::COMMAND | Modifiers::SHIFT;
    key(&mut h, redo, Key::Z);
    assert_eq!(value(&h, "SPX level"), "6,700.00");
    assert_eq!(campaign(&h), before, "nothing real was touched");
}
