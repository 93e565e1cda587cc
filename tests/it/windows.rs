//! The desk as a whole: panels in windows of their own, layouts, scale, colours, recent files; and small windows.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::{Desk, sample_campaign};
use palisade::document::{Store, save_campaign};
use palisade::ui::Workspace;
use palisade::ui::dock::{Dock, LayoutPreset};
use palisade::ui::panels::PanelKind;
use palisade::ui::theme::{ProfitLossColours, Tokens, tokens};
use palisade::ui::workspace::ThemeChoice;

use crate::support::{self, save_png};

type Window = Harness<'static, Desk>;

fn window(size: [f32; 2], store: Option<Store>, workspace: Workspace) -> Window {
    window_of(size, store, workspace, None)
}

fn window_of(
    size: [f32; 2],
    store: Option<Store>,
    workspace: Workspace,
    file: Option<PathBuf>,
) -> Window {
    let mut harness = support::builder(size, Theme::Dark)
        .with_max_steps(30)
        .with_step_dt(0.02)
        .build_eframe(|creation| Desk::new(&creation.egui_ctx, store, workspace, file));
    harness.run_steps(6);
    harness
}

fn desk() -> Window {
    window([1440.0, 900.0], None, Workspace::default())
}

fn click(h: &mut Window, label: &str) {
    h.get_by_label(label).click();
    h.run_steps(4);
}

fn open_layouts(h: &mut Window) {
    click(h, "Desk menu");
    click(h, "Layout");
}

/// The workspace as it is on disk.
fn kept(folder: &Path) -> Workspace {
    let store = Store::open_at(folder).expect("the folder opens");
    store.workspace().expect("it reads")
}

#[test]
fn a_panel_goes_into_a_window_of_its_own_and_back_where_it_was() {
    let mut h = desk();
    let out = "Open Hedge in its own window";
    let place = |h: &Window| h.get_by_label(out).rect();
    let before = place(&h);
    click(&mut h, out);
    assert!(h.state().dock().is_out(PanelKind::Hedge));
    assert!(h.query_by_label(out).is_none());
    click(&mut h, "Put Hedge back");
    assert!(h.state().dock().windows().is_empty());
    assert_eq!(place(&h), before, "it stands where it stood");
}

#[test]
fn a_tab_goes_out_by_its_icon_and_all_come_back_by_one_command() {
    let mut h = desk();
    click(&mut h, "Open Rules & verdict in its own window");
    click(&mut h, "Open Payoff in its own window");
    assert_eq!(h.state().dock().windows().len(), 2);
    // here the windows float inside the desk, and one of them over its menu
    h.get_by_label("Desk menu").click_accesskit();
    h.run_steps(4);
    click(&mut h, "Bring all windows back");
    assert!(h.state().dock().windows().is_empty());
}

#[test]
fn what_is_asked_in_a_window_reaches_the_document() {
    let mut h = desk();
    click(&mut h, "Open Position in its own window");
    let field = "Long put strike";
    h.get_by_role_and_label(Role::SpinButton, field).click();
    h.run_steps(2);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run_steps(2);
    h.get_by_role_and_label(Role::SpinButton, field)
        .type_text("6200");
    h.run_steps(2);
    h.key_press(Key::Enter);
    h.run_steps(4);
    let strike = |h: &Window| {
        let campaign = h.state().session().campaign();
        campaign.positions[0].legs[0].contract.strike()
    };
    assert_eq!(strike(&h), Some(6200.0));
    h.key_press(Key::Escape);
    h.run_steps(2);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run_steps(4);
    assert_ne!(strike(&h), Some(6200.0));
}

#[test]
fn windows_scale_and_colours_are_there_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(folder.path()).expect("the folder opens");
    let mut h = window([1440.0, 900.0], Some(store), Workspace::default());
    click(&mut h, "Open Hedge in its own window");
    click(&mut h, "Desk menu");
    click(&mut h, "Profit and loss: Blue and orange");
    h.key_press(Key::Escape);
    h.run_steps(2);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    h.run_steps(90);
    let workspace = kept(folder.path());
    assert_eq!(workspace.scale_pct, 75);
    assert_eq!(workspace.colours, ProfitLossColours::BlueOrange);
    drop(h);
    let again = window([1440.0, 900.0], None, workspace);
    assert_eq!(again.ctx.zoom_factor(), 0.75);
    let wanted = Tokens::of(Theme::Dark, ProfitLossColours::BlueOrange);
    assert_eq!(tokens(&again.ctx), wanted);
    let kinds = |dock: &Dock| {
        let windows = dock.windows().iter();
        windows.map(|window| window.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(again.state().dock()), [PanelKind::Hedge]);
}

#[test]
fn the_scale_follows_keys_within_its_limits() {
    let mut h = desk();
    let mut press = |key| {
        h.key_press_modifiers(Modifiers::COMMAND, key);
        h.run_steps(3);
        (h.state().workspace().scale_pct, h.ctx.zoom_factor())
    };
    assert_eq!(press(Key::Plus), (125, 1.25));
    let equals = press(Key::Equals);
    assert_eq!(equals.0, 150, "= is the key of + on many keyboards");
    assert_eq!(press(Key::Minus), (125, 1.25));
    assert_eq!(press(Key::Num0), (100, 1.0));
    for _ in 0..5 {
        press(Key::Plus);
    }
    assert_eq!(press(Key::Plus), (200, 2.0));
}

#[test]
fn colours_and_theme_apply_at_once() {
    let mut h = desk();
    click(&mut h, "Desk menu");
    click(&mut h, "Profit and loss: Blue and orange");
    let wanted = Tokens::of(Theme::Dark, ProfitLossColours::BlueOrange);
    assert_eq!(tokens(&h.ctx), wanted);
    save_png(&mut h, "desk_menu_blue_orange");
    click(&mut h, "Theme: Light");
    assert_eq!(h.state().workspace().theme, ThemeChoice::Light);
    let wanted = Tokens::of(Theme::Light, ProfitLossColours::BlueOrange);
    assert_eq!(tokens(&h.ctx), wanted);
}

#[test]
fn a_campaign_that_is_over_leads_to_its_journal() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/journal.ron");
    let (size, workspace) = ([1440.0, 900.0], Workspace::default());
    let mut h = window_of(size, None, workspace, Some(sample));
    assert!(h.query_by_label("Journal: Fills").is_none());
    click(&mut h, "Show the journal");
    h.get_by_label("Journal: Fills");
    open_layouts(&mut h);
    click(&mut h, "Journal focus");
    h.run_steps(20);
    save_png(&mut h, "desk_journal_layout");
}

#[test]
fn presets_show_from_the_menu_and_reset_brings_the_default() {
    let mut h = desk();
    open_layouts(&mut h);
    save_png(&mut h, "desk_menu_layouts");
    click(&mut h, "Wide plot");
    assert_eq!(h.state().dock(), &LayoutPreset::WidePlot.dock());
    open_layouts(&mut h);
    click(&mut h, "Reset layout");
    assert_eq!(h.state().dock(), &LayoutPreset::Default.dock());
}

#[test]
fn a_layout_is_saved_renamed_shown_and_deleted_in_the_dialog() {
    let mut h = desk();
    click(&mut h, "Open Hedge in its own window");
    open_layouts(&mut h);
    click(&mut h, "Save or manage layouts…");
    click(&mut h, "Save");
    h.get_by_label_contains("a layout needs a name");
    h.get_by_label("Name of this layout").click();
    h.run_steps(2);
    h.get_by_label("Name of this layout")
        .type_text("Two screens");
    h.run_steps(2);
    click(&mut h, "Save");
    let field = "Name of a saved layout";
    h.get_by_label(field).click();
    h.run_steps(2);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run_steps(2);
    h.get_by_label(field).type_text("Night");
    h.run_steps(2);
    h.key_press(Key::Enter);
    h.run_steps(4);
    let names = |h: &Window| {
        let layouts = &h.state().workspace().layouts;
        layouts.names().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(names(&h), ["Night"]);
    click(&mut h, "Close");
    open_layouts(&mut h);
    click(&mut h, "Reset layout");
    assert!(h.state().dock().windows().is_empty());
    open_layouts(&mut h);
    click(&mut h, "Night");
    assert!(h.state().dock().is_out(PanelKind::Hedge));
    open_layouts(&mut h);
    click(&mut h, "Save or manage layouts…");
    click(&mut h, "Delete Night");
    assert!(names(&h).is_empty());
}

#[test]
fn a_recent_file_that_is_gone_leaves_the_list_with_a_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(folder.path()).expect("the folder opens");
    let mut recent = store.recent().expect("a new list");
    let path = |name: &str| store.campaigns_dir().join(format!("{name}.ron"));
    for name in ["never", "gone", "open"] {
        if name != "never" {
            save_campaign(&path(name), &sample_campaign()).expect("it is written");
        }
        recent.push(&path(name));
    }
    store.save_recent(&recent).expect("it is written");
    let gone = path("gone");
    let mut h = window([1440.0, 900.0], Some(store), Workspace::default());
    h.get_by_label_contains("never is off the list of recent campaigns");
    std::fs::remove_file(&gone).expect("it was there");
    click(&mut h, "Campaign menu");
    click(&mut h, "Open gone");
    h.get_by_label_contains("“gone” is gone");
    click(&mut h, "Campaign menu");
    assert!(h.query_by_label("Open gone").is_none());
    click(&mut h, "Clear list");
    let store = Store::open_at(folder.path()).expect("the folder opens");
    let left = store.recent().expect("the list").files;
    assert_eq!(left.len(), 1, "the open campaign stays: {left:?}");
}

#[test]
fn a_damaged_last_layout_shows_the_default_and_says_so() {
    let mut workspace = Workspace {
        layout: Some("(wide: nonsense".to_owned()),
        ..Workspace::default()
    };
    let mine = LayoutPreset::HedgeFocus.dock();
    workspace.layouts.save("Mine", &mine).expect("saved");
    let h = window([1440.0, 900.0], None, workspace);
    assert_eq!(h.state().dock(), &LayoutPreset::Default.dock());
    h.get_by_label_contains("The last layout cannot be read");
    assert_eq!(h.state().workspace().layouts.names().count(), 1);
}

#[test]
fn small_windows_and_scales_show_the_whole_desk() {
    // 1440 × 900 at 200, 150, 100 and 75 %, and the smallest window
    for (name, size) in [
        ("desk_1024", [1024.0, 700.0]),
        ("desk_200_pct", [720.0, 450.0]),
        ("desk_150_pct", [960.0, 600.0]),
        ("desk_75_pct", [1920.0, 1200.0]),
        ("desk_1440", [1440.0, 900.0]),
    ] {
        let mut h = window(size, None, Workspace::default());
        if size[0] < 1100.0 {
            save_png(&mut h, name);
        }
        for label in ["Desk menu", "Campaign menu", "Undo"] {
            let rect = h.get_by_label(label).rect();
            let is_inside = rect.right() <= size[0] && rect.left() >= 0.0;
            assert!(is_inside, "{name}: {label} at {rect:?}");
        }
        // what stands at the left of the strip ends before what stands at the right
        let redo = h.get_by_label("Redo").rect().right();
        let in_strip = |label: &str| {
            let nodes = h.query_all_by_label(label).map(|node| node.rect());
            let rects = nodes.filter(|rect| rect.top() < 44.0);
            rects.fold(redo, |right, rect| right.max(rect.right()))
        };
        let marks = in_strip("VIX").max(in_strip("Contango"));
        let switch = h.get_by_label("Dark or light").rect().left();
        assert!(
            redo < switch && marks < switch,
            "{name}: the strip overlaps"
        );
    }
}

#[test]
fn presets_stand_as_they_come_once_they_are_shown() {
    for preset in LayoutPreset::ALL {
        let workspace = Workspace {
            layout: preset.dock().to_text(),
            ..Workspace::default()
        };
        let h = window([1440.0, 900.0], None, workspace);
        assert_eq!(h.state().dock(), &preset.dock());
    }
}
