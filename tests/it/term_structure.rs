//! The VX curve editor as a user meets it: futures are dragged, nudged and put into shape; each is one step.

use egui::{Event, Key, Modifiers, Pos2, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use palisade::market::{CurveSource, FutureMark};
use palisade::ui::panels::market::market_ui;

use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

/// High enough for the marks above the plot.
const SIZE: [f32; 2] = [776.0, 900.0];
const FRONT: &str = "VX 16 Dec 26 on the curve";

fn panel<'a>(host: PanelHost) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(SIZE, Theme::Dark, market_ui, host);
    h.run();
    h
}

fn without_futures() -> PanelHost {
    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.marks.vx.clear();
    PanelHost::of(campaign)
}

fn vx(h: &Harness<'_, PanelHost>) -> Vec<FutureMark> {
    h.state().campaign().marks.vx.clone()
}

fn prices(h: &Harness<'_, PanelHost>) -> Vec<f64> {
    vx(h).iter().map(|mark| mark.price).collect()
}

fn source(h: &Harness<'_, PanelHost>) -> CurveSource {
    h.state().valuation().market.curve.source
}

/// Presses on a handle and moves it, without letting go.
fn pull(h: &mut Harness<'_, PanelHost>, name: &str, by: Vec2) -> Pos2 {
    let from = h.get_by_label(name).rect().center();
    h.hover_at(from);
    h.run();
    h.drag_at(from);
    h.run();
    for step in 1..=4 {
        h.hover_at(from + by * (step as f32 / 4.0));
        h.run();
    }
    from + by
}

fn choose(h: &mut Harness<'_, PanelHost>, preset: &str) {
    h.get_by_label("Presets").click();
    h.run();
    h.get_by_label(preset).click();
    h.run();
}

#[test]
fn a_dragged_future_snaps_and_is_one_undo_step() {
    let mut h = panel(PanelHost::sample());
    let before = prices(&h);
    let end = pull(&mut h, FRONT, vec2(0.0, -30.0));
    assert!(
        h.query_by_label_contains("VX 16 Dec 26 17.95 → ").is_some(),
        "the card of the drag"
    );
    save_png(&mut h, "term-structure-drag-dark");
    h.drop_at(end);
    h.run();
    let after = prices(&h);
    assert!(after[0] > before[0] + 0.2, "{} → {}", before[0], after[0]);
    let ticks = after[0] / 0.05;
    assert!((ticks - ticks.round()).abs() < 1e-6, "{}", after[0]);
    assert_eq!(after[1..], before[1..]);
    assert_eq!(source(&h), CurveSource::Entered);
    let host = h.state_mut();
    assert!(host.refused.is_empty(), "{:?}", host.refused);
    assert!(host.history.undo() && !host.history.undo(), "one step");
}

#[test]
fn shift_moves_all_alt_leaves_the_tick_and_esc_gives_up() {
    let mut h = panel(PanelHost::sample());
    let before = prices(&h);
    h.event(Event::ModifiersChanged(Modifiers::SHIFT));
    let end = pull(&mut h, FRONT, vec2(0.0, -24.0));
    h.drop_at(end);
    h.run();
    h.event(Event::ModifiersChanged(Modifiers::NONE));
    let moved = prices(&h);
    let by = moved[0] - before[0];
    assert!(by > 0.1, "{by}");
    for (from, to) in before.iter().zip(&moved) {
        assert!((to - from - by).abs() < 0.011, "{from} → {to}, by {by}");
    }
    h.event(Event::ModifiersChanged(Modifiers::ALT));
    let mut free = Vec::new();
    for by in [-9.0, -10.0, -11.0, -12.0] {
        let end = pull(&mut h, FRONT, vec2(0.0, by));
        h.drop_at(end);
        h.run();
        free.push(prices(&h)[0]);
    }
    let off_tick = |price: &f64| ((price / 0.05) - (price / 0.05).round()).abs() > 1e-6;
    assert!(free.iter().any(off_tick), "{free:?}");
    h.event(Event::ModifiersChanged(Modifiers::NONE));
    let held = vx(&h);
    pull(&mut h, FRONT, vec2(0.0, -40.0));
    assert_ne!(vx(&h), held);
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(vx(&h), held, "given up");
}

#[test]
fn a_focused_handle_moves_by_the_arrow_keys_and_tells_its_value() {
    let mut h = panel(PanelHost::sample());
    let before = prices(&h);
    h.get_by_label(FRONT).click();
    h.run();
    h.key_press(Key::ArrowUp);
    h.run();
    let up = prices(&h);
    assert!(up[0] > before[0] && up[0] - before[0] < 0.051, "{up:?}");
    let value = h.get_by_label(FRONT).accesskit_node().numeric_value();
    assert_eq!(value, Some(up[0]));
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    h.run();
    assert!(prices(&h).iter().zip(&up).all(|(now, then)| now < then));
    let host = h.state_mut();
    assert!(host.history.undo() && host.history.undo());
    assert_eq!(prices(&h), before);
}

#[test]
fn a_campaign_without_futures_starts_from_the_median_and_says_what_is_assumed() {
    let mut h = panel(without_futures());
    assert_eq!(source(&h), CurveSource::MedianForVix);
    let front = h.get_by_label(FRONT).rect().center();
    h.drag_at(front);
    h.run();
    h.drop_at(front);
    h.run();
    assert!(vx(&h).is_empty(), "a press alone changes nothing");
    let end = pull(&mut h, FRONT, vec2(0.0, 25.0));
    h.drop_at(end);
    h.run();
    let marks = vx(&h);
    assert_eq!(marks.len(), 8);
    assert!(!marks[0].is_assumed && marks[1..].iter().all(|mark| mark.is_assumed));
    assert_eq!(source(&h), CurveSource::PartlyAssumed);
    assert!(
        h.state()
            .valuation()
            .problems
            .iter()
            .any(|problem| problem.message.contains("partly assumed"))
    );
    save_png(&mut h, "term-structure-partly-dark");
}

#[test]
fn each_preset_is_one_step_and_an_assumption() {
    let mut h = panel(PanelHost::sample());
    let entered = prices(&h);
    choose(&mut h, "Parallel, +1 pt");
    assert!((prices(&h)[0] - entered[0] - 1.0).abs() < 1e-9);
    assert_eq!(source(&h), CurveSource::Entered, "still the user's");
    choose(&mut h, "Parallel, −1 pt");
    assert_eq!(prices(&h), entered);
    choose(&mut h, "Contango, 75th percentile");
    let contango = |h: &Harness<'_, PanelHost>| {
        let curve = &h.state().valuation().market.curve;
        curve.contango_pct().expect("two monthlies")
    };
    assert!(contango(&h) > 5.0);
    assert_eq!(source(&h), CurveSource::Assumed);
    choose(&mut h, "Backwardation, typical");
    assert!(contango(&h) < 0.0);
    save_png(&mut h, "term-structure-backwardation-dark");
    choose(&mut h, "Flat at VIX");
    assert!(contango(&h).abs() < 0.3, "to the tick");
    choose(&mut h, "Median for this VIX");
    assert_eq!(source(&h), CurveSource::MedianForVix);
    let host = h.state_mut();
    for _ in 0..4 {
        assert!(host.history.undo());
    }
    assert_eq!(prices(&h), entered);
}

#[test]
fn settled_futures_are_counted_kept_by_edits_and_taken_out_on_request() {
    let mut campaign = PanelHost::sample().campaign().clone();
    let settled = FutureMark::entered(jiff::civil::date(2026, 10, 21), 17.0);
    campaign.marks.vx.insert(0, settled);
    let mut h = panel(PanelHost::of(campaign));
    h.get_by_label(FRONT).click();
    h.run();
    h.key_press(Key::ArrowUp);
    h.run();
    assert_eq!(vx(&h)[0], settled);
    h.get_by_label("Remove 1 settled").click();
    h.run();
    assert_eq!(vx(&h).len(), 8);
    assert!(h.query_by_label("Remove 1 settled").is_none());
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel_host::harness(SIZE, theme, market_ui, PanelHost::sample());
        h.run();
        save_png(&mut h, &format!("term-structure-{name}"));
        let mut h = panel_host::harness([664.0, 900.0], theme, market_ui, without_futures());
        h.run();
        h.hover_at(Pos2::new(300.0, 520.0));
        h.run();
        save_png(&mut h, &format!("term-structure-median-{name}"));
    }
}
