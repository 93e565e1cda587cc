//! The payoff plot under the hand: strikes dragged, nudged, mirrored, given up; and pictures to look at.

use egui::{Modifiers, Pos2, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use palisade::document::Command;
use palisade::instrument::Role;
use palisade::risk::curves::{Component, value_at};
use palisade::risk::greek_curves::GreekMetric;
use palisade::ui::panels::greeks::greeks_ui;
use palisade::ui::panels::payoff::payoff_ui;
use palisade::ui::plot::cursor::cursor;
use palisade::ui::workspace::GreekUnit;
use palisade::ui::{Action, Actions, PanelContext, theme};

use crate::panel_host::{Panel, PanelHost, harness};
use crate::support::{builder, save_png};

const DESK: [f32; 2] = [764.0, 390.0];
const START: [f64; 4] = [6245.0, 6295.0, 7060.0, 7110.0];

fn desk(
    size: [f32; 2],
    theme: Theme,
    panel: Panel,
    host: PanelHost,
) -> Harness<'static, PanelHost> {
    let mut harness = harness(size, theme, panel, host);
    harness.run();
    harness
}

/// Presses on a named handle and pulls it in steps; the button stays down.
fn pull(harness: &mut Harness<'_, PanelHost>, name: &str, by: Vec2) -> Pos2 {
    let from = harness.get_by_label(name).rect().center();
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    let steps = 8;
    for step in 1..=steps {
        harness.hover_at(from + by * (step as f32 / steps as f32));
        harness.step();
    }
    from + by
}

fn strikes(harness: &Harness<'_, PanelHost>) -> Vec<f64> {
    let condor = &harness.state().campaign().positions[0];
    condor
        .legs
        .iter()
        .filter_map(|leg| leg.contract.strike())
        .collect()
}

/// Lets the button go where the pointer is.
fn let_go(harness: &mut Harness<'_, PanelHost>, at: Pos2) {
    harness.drop_at(at);
    harness.run();
}

fn payoff() -> Harness<'static, PanelHost> {
    desk(DESK, Theme::Dark, payoff_ui, PanelHost::sample())
}

/// How many steps can be undone.
fn undo_steps(harness: &mut Harness<'_, PanelHost>) -> usize {
    let history = &mut harness.state_mut().history;
    std::iter::from_fn(|| history.undo().then_some(())).count()
}

#[test]
fn dragging_a_strike_snaps_and_is_one_undo_step() {
    let mut harness = payoff();
    let end = pull(&mut harness, "Short put strike", vec2(-9.0, 4.0));
    let moved = strikes(&harness)[1];
    assert!(moved < 6295.0 && moved % 5.0 == 0.0, "{moved}");
    assert!(harness.state().before.is_some(), "the gesture is under way");
    let card = format!("Short put 6,295 → {}", palisade::ui::format::strike(moved));
    let card = harness.get_by_label(&card).rect();
    assert!(!card.contains(end), "the card is under the pointer");
    let_go(&mut harness, end);
    assert!(harness.state().before.is_none());
    let condor = &harness.state().campaign().positions[0];
    let model = harness
        .state()
        .valuation()
        .market
        .price(&condor.legs[1].contract);
    assert!(
        (condor.legs[1].entry_price - model).abs() < 1e-9,
        "entered at the model price: a moved strike has neither gained nor lost"
    );
    assert_eq!(strikes(&harness)[1], moved);
    assert_eq!(harness.state().workspace.plot_range, None);
    assert_eq!(undo_steps(&mut harness), 1);
    assert_eq!(strikes(&harness), START);
    assert!(harness.state().refused.is_empty());
}

#[test]
fn the_cursor_says_that_a_strike_slides() {
    let mut harness = payoff();
    let at = harness.get_by_label("Long call strike").rect().center();
    harness.hover_at(at);
    harness.run();
    let cursor = harness.output().platform_output.cursor_icon;
    assert_eq!(cursor, egui::CursorIcon::ResizeHorizontal);
}

#[test]
fn escape_gives_the_drag_up() {
    let mut harness = payoff();
    let end = pull(&mut harness, "Short call strike", vec2(60.0, 0.0));
    assert_ne!(strikes(&harness), START);
    harness.key_press(egui::Key::Escape);
    harness.step();
    assert_eq!(strikes(&harness), START);
    harness.hover_at(end + vec2(20.0, 0.0));
    harness.step();
    let_go(&mut harness, end);
    assert_eq!(strikes(&harness), START);
    assert_eq!(undo_steps(&mut harness), 0);
}

fn pull_with(modifiers: Modifiers, name: &str, by: f32) -> Vec<f64> {
    let mut harness = payoff();
    harness.event(egui::Event::ModifiersChanged(modifiers));
    let end = pull(&mut harness, name, vec2(by, 0.0));
    let_go(&mut harness, end);
    assert!(undo_steps_left(&harness), "{name} did not move");
    strikes(&harness)
}

fn undo_steps_left(harness: &Harness<'_, PanelHost>) -> bool {
    harness.state().history.undo_label().is_some()
}

#[test]
fn shift_moves_all_ctrl_mirrors_and_alt_leaves_the_grid() {
    let all = pull_with(Modifiers::SHIFT, "Short put strike", -40.0);
    let by = all[1] - START[1];
    assert!(by < 0.0);
    assert_eq!(all, START.map(|strike| strike + by));
    let mirrored = pull_with(Modifiers::COMMAND, "Short call strike", 10.0);
    let by = mirrored[2] - START[2];
    assert!(by > 0.0);
    assert_eq!(mirrored, [START[0], START[1] - by, START[2] + by, START[3]]);
    let free = pull_with(Modifiers::ALT, "Long call strike", 11.0);
    assert!(free[3] % 5.0 != 0.0 && free[3].fract() == 0.0, "{free:?}");
}

#[test]
fn strikes_stop_at_their_neighbour() {
    let mut harness = payoff();
    let end = pull(&mut harness, "Short put strike", vec2(-90.0, 0.0));
    assert_eq!(strikes(&harness), [6245.0, 6250.0, 7060.0, 7110.0]);
    let_go(&mut harness, end);
    let end = pull(&mut harness, "Long call strike", vec2(-300.0, 0.0));
    assert_eq!(strikes(&harness)[3], 7065.0);
    let_go(&mut harness, end);
}

#[test]
fn the_wing_between_two_strikes_moves_as_a_whole() {
    let mut harness = payoff();
    let short = harness.get_by_label("Short call strike").rect().center();
    let long = harness.get_by_label("Long call strike").rect().center();
    let middle = short + 0.5 * (long - short);
    harness.hover_at(middle);
    harness.step();
    harness.drag_at(middle);
    harness.step();
    for step in 1..=6 {
        harness.hover_at(middle + vec2(5.0 * step as f32, 0.0));
        harness.step();
    }
    let_go(&mut harness, middle + vec2(30.0, 0.0));
    let now = strikes(&harness);
    assert!(now[2] > START[2]);
    assert_eq!(now[3] - now[2], 50.0);
    assert_eq!(&now[..2], &START[..2]);
    assert_eq!(undo_steps(&mut harness), 1);
}

#[test]
fn arrows_nudge_the_focused_strike_one_undo_step_each() {
    let mut harness = payoff();
    harness.get_by_label("Short put strike").focus();
    harness.run();
    harness.key_press(egui::Key::ArrowRight);
    harness.run();
    assert_eq!(strikes(&harness)[1], 6300.0);
    harness.key_press_modifiers(Modifiers::SHIFT, egui::Key::ArrowLeft);
    harness.run();
    assert_eq!(strikes(&harness)[1], 6275.0);
    assert!(harness.get_by_label("Short put strike").is_focused());
    let value = harness
        .get_by_label("Short put strike")
        .accesskit_node()
        .numeric_value();
    assert_eq!(value, Some(6275.0));
    harness
        .get_by_label("Short put strike")
        .increment_accesskit();
    harness.run();
    assert_eq!(strikes(&harness)[1], 6280.0);
    assert_eq!(undo_steps(&mut harness), 3);
}

#[test]
fn tab_cycles_the_strikes() {
    let mut harness = payoff();
    harness.get_by_label("Long put strike").focus();
    harness.run();
    for name in ["Short put strike", "Short call strike", "Long call strike"] {
        harness.key_press(egui::Key::Tab);
        harness.run();
        assert!(harness.get_by_label(name).is_focused(), "{name}");
    }
}

/// Value and screen height of a strike on the expiry curve.
fn on_curve(harness: &Harness<'_, PanelHost>, name: &str, index: usize) -> (f64, f64) {
    let curves = harness.state().curves();
    let values = Component::Net.of(&curves.lines[0].profit);
    let value = value_at(&curves.spots, &values, strikes(harness)[index]).expect("in view");
    (
        value,
        f64::from(harness.get_by_label(name).rect().center().y),
    )
}

#[test]
fn axes_stand_still_during_a_drag() {
    let mut harness = payoff();
    let x = harness.get_by_label("Long put strike").rect().center().x;
    let (high, top) = on_curve(&harness, "Short put strike", 1);
    let (low, bottom) = on_curve(&harness, "Long put strike", 0);
    let per_usd = (bottom - top) / (low - high);
    let end = pull(&mut harness, "Short call strike", vec2(14.0, 0.0));
    harness.step(); // the lines of the last move are drawn in the next frame
    assert_ne!(strikes(&harness), START);
    assert_eq!(harness.get_by_label("Long put strike").rect().center().x, x);
    for (name, index) in [("Short put strike", 1), ("Long put strike", 0)] {
        let (value, y) = on_curve(&harness, name, index);
        assert!(
            (y - (top + per_usd * (value - high))).abs() < 0.5,
            "{name} left the axis"
        );
    }
    let_go(&mut harness, end);
}

#[test]
fn flags_of_narrow_wings_do_not_overlap_and_can_be_dragged() {
    let mut harness = desk(DESK, Theme::Dark, payoff_ui, narrow_host());
    let names = [
        "Long put strike",
        "Short put strike",
        "Short call strike",
        "Long call strike",
    ];
    let flags = names.map(|name| harness.get_by_label(name).rect());
    for (index, flag) in flags.iter().enumerate() {
        assert_eq!(flag.height(), 20.0);
        for other in &flags[index + 1..] {
            assert!(!flag.intersects(*other), "{flag:?} {other:?}");
        }
    }
    let end = pull(&mut harness, "Long call strike", vec2(20.0, 0.0));
    let_go(&mut harness, end);
    assert!(strikes(&harness)[3] > 7080.0);
}

#[test]
fn components_are_chosen_in_the_head() {
    let mut harness = payoff();
    harness.get_by_label("Component: Condor").click();
    harness.run();
    assert_eq!(harness.state().workspace.component, Component::Condor);
    assert!(harness.query_by_label("Short put strike").is_some());
    harness.get_by_label("Component: Hedges").click();
    harness.run();
    assert!(
        harness.query_by_label("Short put strike").is_none(),
        "no strikes on a hedge's curve"
    );
    harness.get_by_label("Component: Net").click();
    harness.run();
    harness.get_by_label("Condor alone").click();
    harness.run();
    assert!(!harness.state().workspace.shows_condor_alone);
}

#[test]
fn the_readout_appears_beside_the_pointer() {
    let mut harness = payoff();
    assert!(harness.query_by_label_contains("Readout at SPX").is_none());
    for x in [120.0, 300.0, 420.0, 600.0] {
        let at = Pos2::new(x, 250.0);
        harness.hover_at(at);
        harness.run();
        let card = harness.get_by_label_contains("Readout at SPX").rect();
        assert!(!card.contains(at), "under the pointer at {x}");
    }
    harness.remove_cursor();
    harness.run();
    assert!(harness.query_by_label_contains("Readout at SPX").is_none());
}

#[test]
fn the_wheel_zooms_the_hand_pans_and_a_double_click_fits() {
    // frames short enough for a double click
    let builder = builder(DESK, Theme::Dark)
        .with_step_dt(0.02)
        .with_max_steps(60);
    let mut harness = builder.build_ui_state(
        |ui, host: &mut PanelHost| host.show(ui, payoff_ui),
        PanelHost::sample(),
    );
    let whole = harness.state().curves().spots.clone();
    let at = Pos2::new(400.0, 120.0);
    harness.hover_at(at);
    harness.run();
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, 120.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run();
    let (low, high) = harness.state().workspace.plot_range.expect("zoomed");
    assert!(low > whole[0] && high < *whole.last().expect("points"));
    harness.drag_at(at);
    harness.step();
    harness.hover_at(at + vec2(50.0, 0.0));
    harness.step();
    let_go(&mut harness, at + vec2(50.0, 0.0));
    let (panned, _) = harness.state().workspace.plot_range.expect("panned");
    assert!(panned < low);
    for _click in 0..2 {
        harness.drag_at(at);
        harness.drop_at(at);
        harness.step();
    }
    harness.run();
    assert_eq!(harness.state().workspace.plot_range, None);
}

#[test]
fn days_ahead_are_added_and_taken_away() {
    let mut harness = payoff();
    harness.get_by_label("Days ahead").click();
    harness.run();
    harness.get_by_label("Add days").click();
    harness.run();
    harness.get_by_label("Add days").type_text("7, 45");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().workspace.days_ahead, [7, 15, 30, 45]);
    harness.get_by_label("Remove T+15").click();
    harness.run();
    assert_eq!(harness.state().workspace.days_ahead, [7, 30, 45]);
    save_png(&mut harness, "payoff-days");
}

#[test]
fn the_cursor_is_shared_with_the_greeks_both_ways() {
    let mut harness = desk([780.0, 604.0], Theme::Dark, centre, PanelHost::sample());
    let shared = |harness: &Harness<'_, PanelHost>| cursor(&harness.ctx).map(|cursor| cursor.spx);
    assert_eq!(shared(&harness), None);
    harness.hover_at(Pos2::new(300.0, 520.0));
    harness.run();
    let below = shared(&harness).expect("over the Greeks");
    assert!(harness.query_by_label_contains("Readout at SPX").is_none());
    harness.hover_at(Pos2::new(300.0, 250.0));
    harness.run();
    let above = shared(&harness).expect("over the payoff");
    assert!(
        (above - below).abs() < 2.0,
        "{above} {below}: one x, one SPX"
    );
}

#[test]
fn greeks_and_their_unit_are_chosen_in_the_head() {
    let mut harness = desk([764.0, 190.0], Theme::Dark, greeks_ui, PanelHost::sample());
    harness.get_by_label("Greek: Delta").click();
    harness.run();
    assert_eq!(harness.state().workspace.greek, GreekMetric::Delta);
    harness.get_by_label("Greek unit: pt").click();
    harness.run();
    assert_eq!(harness.state().workspace.greek_unit, GreekUnit::Points);
    save_png(&mut harness, "greeks-delta-pt");
}

#[test]
fn an_empty_book_says_how_to_begin() {
    for panel in [payoff_ui as Panel, greeks_ui as Panel] {
        let mut campaign = PanelHost::sample().campaign().clone();
        campaign.positions.clear();
        let harness = desk(DESK, Theme::Dark, panel, PanelHost::of(campaign));
        assert!(harness.query_by_label_contains("quick entry").is_some());
    }
}

/// The sample with its put wing 10 points wide and its call wing 20: flags on both sides.
fn narrow_host() -> PanelHost {
    let mut host = PanelHost::sample();
    let mut condor = host.campaign().positions[0].clone();
    for (leg, strike) in [(0, 6285.0), (3, 7080.0)] {
        condor.legs[leg].contract = condor.legs[leg]
            .contract
            .with_strike(strike)
            .expect("a strike");
    }
    let id = condor.id;
    host.apply(vec![Action::Edit(Command::ReplacePosition {
        id,
        position: condor,
    })]);
    host
}

/// Payoff over Greeks, as they stand in the centre of the desk.
fn centre(ui: &mut egui::Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let full = ui.available_rect_before_wrap();
    let split = full.bottom() - 194.0;
    let above = full.with_max_y(split - 4.0);
    let below = full.with_min_y(split);
    ui.scope_builder(egui::UiBuilder::new().max_rect(above), |ui| {
        payoff_ui(ui, ctx, actions);
    });
    ui.painter().rect_filled(
        full.with_min_y(split - 4.0).with_max_y(split),
        0,
        theme::tokens(ui).app,
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(below), |ui| {
        greeks_ui(ui, ctx, actions);
    });
}

/// A second condor nearer the money, an XSP spread and a loose long put beside the sample's condor.
fn crowded_host() -> PanelHost {
    let mut host = PanelHost::sample();
    let mut second = host.campaign().positions[0].clone();
    "Second condor".clone_into(&mut second.name);
    for (leg, strike) in second.legs.iter_mut().zip([6400.0, 6450.0, 6950.0, 7000.0]) {
        leg.contract = leg.contract.with_strike(strike).expect("a strike");
        leg.quantity /= 2;
        leg.entry_price = 0.0;
    }
    for leg in &mut second.legs {
        leg.entry_price = host.valuation().market.price(&leg.contract);
    }
    let mut loose = second.clone();
    "Tail".clone_into(&mut loose.name);
    loose.role = Role::Other;
    loose.legs.truncate(1);
    loose.legs[0].contract = loose.legs[0]
        .contract
        .with_strike(6100.0)
        .expect("a strike");
    loose.legs[0].entry_price = 12.0;
    host.apply(vec![
        Action::Edit(Command::AddPosition(second)),
        Action::Edit(Command::AddPosition(loose)),
    ]);
    assert!(host.refused.is_empty(), "{:?}", host.refused);
    host
}

#[test]
fn every_index_option_of_a_crowded_book_has_a_handle_of_its_own_name() {
    let mut harness = desk([668.0, 390.0], Theme::Dark, payoff_ui, crowded_host());
    for name in [
        "Short put strike, Iron condor (1)",
        "Short put strike, Second condor (2)",
        "Long put strike, Tail (3)",
    ] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    save_png(&mut harness, "payoff-crowded");
    let end = pull(&mut harness, "Long put strike, Tail (3)", vec2(-6.0, 0.0));
    save_png(&mut harness, "payoff-crowded-drag");
    let_go(&mut harness, end);
    let tail = harness
        .state()
        .campaign()
        .positions
        .last()
        .expect("added")
        .clone();
    assert!(tail.legs[0].contract.strike() < Some(6100.0));
    assert_eq!(strikes(&harness), START, "the others stay");
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut harness = desk([780.0, 604.0], theme, centre, PanelHost::sample());
        save_png(&mut harness, &format!("payoff-{name}"));
        harness.hover_at(Pos2::new(200.0, 200.0));
        harness.run();
        save_png(&mut harness, &format!("payoff-hover-{name}"));
        let mut harness = desk([900.0, 520.0], theme, payoff_ui, PanelHost::sample());
        pull(&mut harness, "Short call strike", vec2(-9.0, 3.0));
        save_png(&mut harness, &format!("payoff-drag-{name}"));
        let mut harness = desk([764.0, 390.0], theme, payoff_ui, narrow_host());
        save_png(&mut harness, &format!("payoff-narrow-{name}"));
        pull(&mut harness, "Short call strike", vec2(20.0, 3.0));
        save_png(&mut harness, &format!("payoff-narrow-drag-{name}"));
    }
}
