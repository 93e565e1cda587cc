//! Everything within reach: the palette, the glossary behind F1, the keyboard, and a name for every control.

use std::fs;
use std::path::{Path, PathBuf};

use egui::accesskit::{Action as Ask, Role, Toggled};
use egui::epaint::{ClippedShape, ColorMode};
use egui::{Color32, Key, Modifiers, Rect, Shape, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use palisade::app::Desk;
use palisade::policy::Glossary;
use palisade::risk::greek_curves::GreekMetric;
use palisade::ui::dock::LayoutPreset;
use palisade::ui::panels::PanelKind;
use palisade::ui::theme::tokens;
use palisade::ui::workspace::ThemeChoice;
use palisade::ui::{UiCommand, Workspace};

use crate::panel_host::PanelHost;
use crate::support;

const WIDE: [f32; 2] = [1440.0, 900.0];
const SMALL: [f32; 2] = [1024.0, 700.0];

fn desk_of(size: [f32; 2], theme: Theme, workspace: Workspace) -> Harness<'static, Desk> {
    let workspace = Workspace {
        theme: match theme {
            Theme::Dark => ThemeChoice::Dark,
            Theme::Light => ThemeChoice::Light,
        },
        ..workspace
    };
    let mut harness = support::builder::<Desk>(size, theme)
        .with_max_steps(20)
        .build_eframe(|creation| Desk::new(&creation.egui_ctx, None, workspace, None));
    harness.run_steps(4);
    harness
}

fn desk() -> Harness<'static, Desk> {
    desk_of(WIDE, Theme::Dark, Workspace::default())
}

fn press(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

fn type_text(harness: &mut Harness<'_, Desk>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(3);
}

/// What a reader says of a node: its label, or the value of a plain text.
fn name_of(node: &egui_kittest::kittest::AccessKitNode<'_>) -> String {
    node.label().or_else(|| node.value()).unwrap_or_default()
}

/// The name of what has the keyboard, and where it is.
fn focused<S>(harness: &Harness<'_, S>) -> Option<(String, Rect)> {
    let root = harness.root();
    let mut nodes = root.children_recursive();
    let node = nodes.find(|node| node.accesskit_node().is_focused_in_tree())?;
    let name = name_of(&node.accesskit_node());
    (node.accesskit_node().role() != Role::Window).then(|| (name, node.rect()))
}

fn has<S>(harness: &Harness<'_, S>, name: &str) -> bool {
    harness.query_all_by_label(name).next().is_some()
}

/// The chosen row of the list that is open.
fn chosen(harness: &Harness<'_, Desk>) -> String {
    let found = harness.query_all_by_role(Role::ListBoxOption).find(|node| {
        let node = node.accesskit_node();
        node.is_selected() == Some(true) || node.toggled() == Some(Toggled::True)
    });
    found
        .and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

#[test]
fn the_palette_runs_what_was_typed() {
    let mut harness = desk();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    type_text(&mut harness, "light th");
    assert_eq!(chosen(&harness), "Light theme");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().workspace().theme, ThemeChoice::Light);
    assert!(!has(&harness, "Light theme"), "it is closed");
    let used = &harness.state().workspace().palette_recent;
    assert_eq!(used.first().map(String::as_str), Some("Light theme"));
    // the second shortcut opens it as well, with what was used last in front
    press(&mut harness, Modifiers::COMMAND, Key::P);
    assert!(chosen(&harness).starts_with("Light theme"));
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(chosen(&harness), "New campaign");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "New campaign"), "Esc closes it");
}

#[test]
fn the_palette_shows_a_layout() {
    let mut harness = desk();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    type_text(&mut harness, "layout jour");
    assert!(chosen(&harness).starts_with("Layout: Journal focus"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.run_steps(4);
    assert_eq!(harness.state().dock(), &LayoutPreset::Journal.dock());
}

#[test]
fn the_palette_reaches_every_command_panel_and_term() {
    let mut harness = desk();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    let listed: Vec<String> = harness
        .query_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let holds = |name: &str| {
        listed
            .iter()
            .any(|row| row == name || row.starts_with(&format!("{name}: ")))
    };
    for command in UiCommand::ALL {
        let is_itself = command == UiCommand::Palette;
        assert_eq!(holds(command.label()), !is_itself, "{}", command.label());
    }
    for kind in PanelKind::ALL {
        assert!(holds(&format!("Go to {}", kind.label())), "{kind:?}");
    }
    assert!(holds("Add iron condor") && holds("Smile: SSR") && holds("Plot vanna"));
    type_text(&mut harness, "define temporal");
    assert_eq!(chosen(&harness), "Define: Temporal Theta");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "Close glossary"));
    assert_eq!(chosen(&harness), "Temporal Theta");
}

#[test]
fn what_cannot_be_run_says_why_and_stays() {
    let mut harness = desk();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    type_text(&mut harness, "undo");
    assert_eq!(chosen(&harness), "Undo: Nothing to undo");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "Undo: Nothing to undo"), "the palette stays");
    assert!(harness.state().workspace().palette_recent.is_empty());
}

#[test]
fn a_structure_is_added_by_name_as_one_step() {
    let mut harness = desk();
    let before = harness.state().session().campaign().positions.len();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    type_text(&mut harness, "add vix call");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let session = harness.state().session();
    assert_eq!(session.campaign().positions.len(), before + 1);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    let session = harness.state().session();
    assert_eq!(session.campaign().positions.len(), before);
}

#[test]
fn f1_opens_the_term_of_what_the_pointer_is_on() {
    let mut harness = desk();
    let at = harness.get_by_label_contains("Max profit").rect().center();
    harness.hover_at(at);
    harness.run_steps(40);
    assert!(has(&harness, "F1: Max profit"), "the tooltip says so");
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert_eq!(chosen(&harness), "Max profit");
    // a related term, and back
    harness
        .get_by_role_and_label(Role::Button, "Credit")
        .click();
    harness.run_steps(3);
    assert_eq!(chosen(&harness), "Credit");
    harness.get_by_label("Back").click();
    harness.run_steps(3);
    assert_eq!(chosen(&harness), "Max profit");
    harness.get_by_label("Close glossary").click();
    harness.run_steps(3);
    assert!(!has(&harness, "Close glossary"));
}

#[test]
fn f1_opens_the_term_of_the_focused_field_and_gives_the_keyboard_back() {
    let mut harness = desk();
    let field = "Short put strike";
    let role = Role::SpinButton;
    harness.get_by_role_and_label(role, field).focus();
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert_eq!(chosen(&harness), "Short strike");
    type_text(&mut harness, "vomma");
    assert_eq!(chosen(&harness), "Volga");
    let name = focused(&harness).map(|focused| focused.0);
    assert_eq!(name.as_deref(), Some("Search the glossary"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "Close glossary"), "Esc closes it");
    assert_eq!(
        focused(&harness).map(|focused| focused.0).as_deref(),
        Some(field)
    );
}

#[test]
fn the_glossary_keeps_its_place() {
    let place = [60.0, 90.0, 560.0, 400.0];
    let workspace = Workspace {
        glossary_place: Some(place),
        ..Workspace::default()
    };
    let mut harness = desk_of(WIDE, Theme::Dark, workspace);
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert_eq!(harness.state().workspace().glossary_place, Some(place));
    // by its head, a hundred points to the right
    let grip = egui::pos2(place[0] + 150.0, place[1] + 24.0);
    harness.drag_at(grip);
    harness.run_steps(2);
    for step in 1..=4 {
        harness.hover_at(grip + Vec2::new(25.0 * step as f32, 0.0));
        harness.run_steps(1);
    }
    harness.drop_at(grip + Vec2::new(100.0, 0.0));
    harness.run_steps(4);
    let now = harness.state().workspace().glossary_place.expect("a place");
    assert!((now[0] - 160.0).abs() < 2.0, "{now:?}");
    assert_eq!(now[2..], place[2..]);
}

#[test]
fn f6_and_digits_move_the_keyboard_between_panels() {
    let mut harness = desk();
    let name = |harness: &Harness<'_, Desk>| focused(harness).map(|focused| focused.0);
    press(&mut harness, Modifiers::NONE, Key::F6);
    assert_eq!(name(&harness).as_deref(), Some("Position panel"));
    press(&mut harness, Modifiers::NONE, Key::F6);
    assert_eq!(name(&harness).as_deref(), Some("Payoff panel"));
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(name(&harness).as_deref(), Some("Position panel"));
    // a panel behind a tab comes to the front
    let journal = PanelKind::Journal;
    let keys = PanelKind::Smile.shortcut().expect("one of the first nine");
    press(&mut harness, keys.modifiers, keys.logical_key);
    assert_eq!(name(&harness).as_deref(), Some("Smile panel"));
    press(&mut harness, Modifiers::NONE, Key::Tab);
    let (_, rect) = focused(&harness).expect("the first control of the panel");
    assert!(rect.top() > 400.0, "below the payoff");
    // and from the palette
    press(&mut harness, Modifiers::COMMAND, Key::K);
    type_text(&mut harness, &format!("go to {}", journal.label()));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(name(&harness).as_deref(), Some("Journal panel"));
}

#[test]
fn the_keyboard_returns_from_dialogs_and_menus() {
    let mut harness = desk();
    harness
        .get_by_role_and_label(Role::SpinButton, "Short put strike")
        .focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::COMMAND, Key::K);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.run_steps(3);
    let name = focused(&harness).map(|focused| focused.0);
    assert_eq!(name.as_deref(), Some("Short put strike"));
    harness.get_by_label("Campaign menu").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert!(has(&harness, "Campaign name"), "the menu is open");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.run_steps(3);
    assert!(!has(&harness, "Campaign name"), "Esc closes the menu");
    let name = focused(&harness).map(|focused| focused.0);
    assert_eq!(name.as_deref(), Some("Campaign menu"));
}

/// What a shape draws in the colour of focus, if anything.
fn lit(shape: &Shape, accent: Color32) -> Option<Rect> {
    if let Shape::Vec(inner) = shape {
        return inner
            .iter()
            .filter_map(|shape| lit(shape, accent))
            .reduce(Rect::union);
    }
    let drawn = shape.visual_bounding_rect();
    let is_lit = if let Shape::Rect(ring) = shape {
        ring.stroke.color == accent && ring.stroke.width >= 1.0
    } else if let Shape::Circle(ring) = shape {
        ring.stroke.color == accent || ring.fill == accent
    } else if let Shape::LineSegment { stroke, .. } = shape {
        stroke.color == accent && drawn.width() < 200.0
    } else if let Shape::Path(path) = shape {
        path.stroke.color == ColorMode::Solid(accent) && drawn.width() < 200.0
    } else {
        false
    };
    is_lit.then_some(drawn)
}

/// Whether something in the colour of focus is drawn at `rect`, and not clipped away.
fn is_ringed(shapes: &[ClippedShape], rect: Rect, accent: Color32) -> bool {
    shapes.iter().any(|clipped| {
        lit(&clipped.shape, accent).is_some_and(|ring| {
            ring.intersect(clipped.clip_rect)
                .intersects(rect.expand(3.0))
        })
    })
}

#[test]
fn tab_walks_the_whole_desk_with_a_visible_ring() {
    let mut harness = desk();
    let accent = tokens(&harness.ctx).accent;
    let mut walked: Vec<String> = Vec::new();
    let mut unseen = Vec::new();
    let mut unnamed = Vec::new();
    for _ in 0..400 {
        harness.key_press(Key::Tab);
        harness.run_steps(2);
        let Some((name, rect)) = focused(&harness) else {
            continue;
        };
        if walked.len() > 20 && walked[..3].contains(&name) && walked.first() == Some(&name) {
            break;
        }
        if !is_ringed(&harness.output().shapes, rect, accent) {
            unseen.push(format!("{name} {rect:?}"));
        }
        if name.trim().is_empty() {
            unnamed.push(format!("after {:?}: {rect:?}", walked.last()));
        }
        walked.push(name);
    }
    for wanted in [
        "Campaign menu",
        "Dark or light",
        "Quick entry",
        "Short put strike",
        "Component: Net",
        "Greek: Vega",
        "Convention: Damped",
        "Rules shown: All",
        "Market data",
        "Size to band",
    ] {
        assert!(
            walked.iter().any(|name| name == wanted),
            "{wanted} in {walked:#?}"
        );
    }
    assert!(unnamed.is_empty(), "{unnamed:#?}");
    assert!(unseen.is_empty(), "without a ring: {unseen:#?}");
}

/// Everything that can be pressed, typed into or reached by Tab, and has no name.
fn nameless<S>(harness: &Harness<'_, S>, place: &str) -> Vec<String> {
    let root = harness.root();
    root.children_recursive()
        .filter(|node| {
            let data = node.accesskit_node();
            let data = data.data();
            let is_control = [Ask::Focus, Ask::Click, Ask::SetValue, Ask::Increment]
                .iter()
                .any(|ask| data.supports_action(*ask));
            // a scroll bar is named by its role
            let is_named = data.role() == Role::ScrollBar
                || !name_of(&node.accesskit_node()).trim().is_empty();
            is_control && !data.is_hidden() && !is_named
        })
        .map(|node| {
            let role = node.accesskit_node().role();
            format!("{place}: {role:?} at {:?}", node.rect())
        })
        .collect()
}

#[test]
fn every_control_of_every_panel_has_a_name() {
    let mut found = Vec::new();
    let mut controls = 0;
    for theme in [Theme::Dark, Theme::Light] {
        for kind in PanelKind::ALL {
            let host = PanelHost::sample();
            let show = move |ui: &mut egui::Ui, host: &mut PanelHost| {
                let mut actions = palisade::ui::Actions::default();
                kind.show(ui, &host.context(), &mut actions);
            };
            let mut harness = support::harness_state([760.0, 1400.0], theme, show, host);
            harness.run_steps(4);
            controls += harness.root().children_recursive().count();
            found.extend(nameless(&harness, &format!("{kind:?} {theme:?}")));
        }
        let mut harness = desk_of(WIDE, theme, Workspace::default());
        found.extend(nameless(&harness, "desk"));
        press(&mut harness, Modifiers::NONE, Key::F1);
        press(&mut harness, Modifiers::COMMAND, Key::K);
        found.extend(nameless(&harness, "palette and glossary"));
    }
    assert!(controls > 500, "{controls}");
    assert!(found.is_empty(), "{found:#?}");
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_figure_shown_has_a_term() {
    let glossary = Glossary::shipped();
    let mut without = Vec::new();
    let mut count = 0;
    let mut check = |name: &str, place: &str| {
        count += 1;
        if glossary.find(name).is_none() {
            without.push(format!("{name} ({place})"));
        }
    };
    let mut files = Vec::new();
    let panels = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/panels");
    sources(&panels, &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("UTF-8");
        let place = file.file_name().unwrap_or_default().to_string_lossy();
        let text = text.replace("Metric::compared(", "Metric::new(");
        for rest in text.split("Metric::new(").skip(1) {
            let named = rest.trim_start().strip_prefix('"');
            if let Some((name, _)) = named.and_then(|rest| rest.split_once('"')) {
                check(name, &place);
            }
        }
    }
    for gauge in &PanelHost::sample().valuation().gauges {
        check(gauge.label, "gauge");
    }
    for greek in GreekMetric::ALL {
        check(greek.label(), "Greek");
    }
    for name in [
        "Net vega, normalised",
        "Net vega, literal",
        "Decay",
        "Roll-down",
        "Vol-of-vol",
        "1st",
        "2nd",
        "3rd",
        "SPX",
        "VIX",
        "VVIX",
        "ATM",
        "Skew",
        "RMS",
        "Std moneyness",
        "Beyond fit pt",
        "Contango",
    ] {
        check(name, "head");
    }
    assert!(count > 40, "{count}");
    assert!(without.is_empty(), "{without:#?}");
}

/// Pictures to look at: dark in a wide window, light in a small one.
#[test]
fn palette_glossary_and_sheet_are_drawn() {
    for (size, theme, tone) in [(WIDE, Theme::Dark, "dark"), (SMALL, Theme::Light, "light")] {
        let mut harness = desk_of(size, theme, Workspace::default());
        press(&mut harness, Modifiers::COMMAND, Key::K);
        type_text(&mut harness, "vega");
        assert!(chosen(&harness).starts_with("Define: Vega"));
        support::save_png(&mut harness, &format!("reach-palette-{tone}"));
        press(&mut harness, Modifiers::NONE, Key::Escape);
        let at = harness.get_by_label_contains("Max profit").rect().center();
        harness.hover_at(at);
        harness.run_steps(40);
        press(&mut harness, Modifiers::NONE, Key::F1);
        support::save_png(&mut harness, &format!("reach-glossary-{tone}"));
        press(&mut harness, Modifiers::NONE, Key::Escape);
        press(&mut harness, Modifiers::NONE, Key::Questionmark);
        assert!(has(&harness, "Strikes on the payoff"));
        support::save_png(&mut harness, &format!("reach-sheet-{tone}"));
    }
}

#[test]
fn first_steps_are_hidden_for_good() {
    let mut harness = desk();
    let words = "Drag a strike  ·  Change a mark  ·  Press ";
    assert!(harness.query_by_label_contains(words).is_some());
    harness.get_by_label("Hide the first steps").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains(words).is_none());
    assert!(harness.state().workspace().hides_first_steps);
}
