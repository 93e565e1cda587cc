//! The model and problems panels as a user meets them: parameters change and reset, problems are told.

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::market::{ModelParams, ParamKey, SmileMode};
use palisade::risk::ssr::implied_ssr;
use palisade::ui::panels::{model::model_ui, problems::problems_ui};

use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

/// High enough for every parameter: what is scrolled away cannot be clicked.
const SIZE: [f32; 2] = [776.0, 1600.0];

fn panel<'a>(size: [f32; 2], theme: Theme) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, model_ui, PanelHost::sample());
    h.run();
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

fn type_into(h: &mut Harness<'_, PanelHost>, label: &str, text: &str) {
    click(h, label);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label(label).type_text(text);
    h.run();
    h.key_press(Key::Enter);
    h.run();
}

#[test]
fn every_parameter_is_listed() {
    let h = panel(SIZE, Theme::Dark);
    for key in ParamKey::ALL {
        let label = key.spec().label;
        assert!(h.query_by_label(label).is_some(), "{label}");
    }
}

#[test]
fn a_parameter_changes_within_its_range_and_resets() {
    let mut h = panel(SIZE, Theme::Dark);
    assert!(h.query_by_label("Reset VIX cap").is_none());
    type_into(&mut h, "VIX cap", "110");
    assert_eq!(h.state().campaign().model.vix_cap, 110.0);
    type_into(&mut h, "VIX cap", "5000");
    assert_eq!(h.state().campaign().model.vix_cap, 110.0, "refused");
    h.get_by_label("VIX cap").click();
    h.run();
    h.key_press(Key::Escape);
    h.run();
    click(&mut h, "Reset VIX cap");
    assert_eq!(h.state().campaign().model, ModelParams::default());
}

#[test]
fn presets_mode_and_reset_all() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Stress: 3 ×");
    click(&mut h, "Persistence: 55 d");
    click(&mut h, "Smile: Sticky strike");
    let model = &h.state().campaign().model;
    assert_eq!((model.stress_multiple, model.curve_tau_days), (3.0, 55.0));
    assert_eq!(model.smile_mode, SmileMode::StickyStrike);
    click(&mut h, "Reset all");
    assert_eq!(h.state().campaign().model, ModelParams::default());
    let host = h.state_mut();
    assert!(host.history.undo());
    assert_eq!(host.campaign().model.stress_multiple, 3.0);
}

#[test]
fn roll_down_is_switched() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Curve rolls down: Off");
    click(&mut h, "Vol rolls down: Off");
    let model = &h.state().campaign().model;
    assert_eq!((model.curve_roll_down, model.iv_roll_down), (0.0, 0.0));
    let host = h.state_mut();
    assert!(host.history.undo() && host.history.undo());
    assert_eq!(host.campaign().model, ModelParams::default());
}

#[test]
fn the_implied_ssr_stands_beside_the_mode_and_follows_it() {
    let mut h = panel(SIZE, Theme::Dark);
    let book = &h.state().valuation().book;
    let [only] = implied_ssr(book)[..] else {
        panic!("one SPX expiry is held");
    };
    let two = |value: f64| palisade::ui::format::fixed(value, 2);
    let (by_vix, by_rule) = (two(only.by_vix.expect("a skew")), two(only.by_rule));
    assert_ne!(by_vix, by_rule);
    let shows = |h: &Harness<'_, PanelHost>, in_force: &str| {
        let end = format!("{by_vix} {by_rule} {in_force}");
        h.query_by_label_contains(&end).is_some()
    };
    assert!(shows(&h, &by_vix));
    click(&mut h, "Smile: SSR");
    assert!(shows(&h, &by_rule));
    click(&mut h, "Smile: Sticky strike");
    assert!(shows(&h, "1.00"));
    click(&mut h, "Smile: Sticky moneyness");
    assert!(shows(&h, "0.00"));
}

#[test]
fn parameters_are_filtered() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Filter parameters");
    h.get_by_label("Filter parameters").type_text("vvix floor");
    h.run();
    assert!(h.query_by_label("VVIX floor in a scenario").is_some());
    assert!(h.query_by_label("VIX cap").is_none());
    save_png(&mut h, "model_filtered");
    h.key_press(Key::Escape);
    h.run();
    assert!(h.query_by_label("VIX cap").is_some());
}

#[test]
fn the_vix_response_is_changed_in_place() {
    let mut h = panel(SIZE, Theme::Dark);
    let crash = h.state().valuation().crash[1].vix;
    type_into(&mut h, "Slope at once", "1.8");
    assert_eq!(h.state().campaign().model.vix_map[0].slope_pts_per_pct, 1.8);
    assert!(h.state().valuation().crash[1].vix > crash);
    click(&mut h, "Reset VIX response");
    assert_eq!(h.state().campaign().model, ModelParams::default());
    assert!(h.query_by_label("Reset VIX response").is_none());
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([776.0, 416.0], theme);
        save_png(&mut h, &format!("model_{name}"));
    }
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Stress: 3 ×");
    save_png(&mut h, "model_tall");
}

#[test]
fn problems_are_listed_or_there_are_none() {
    let mut host = PanelHost::sample();
    let mut campaign = host.campaign().clone();
    campaign.marks.vvix = None;
    campaign.marks.vx.clear();
    campaign.marks.quotes.truncate(4);
    host = PanelHost::of(campaign);
    let mut h = panel_host::harness([776.0, 256.0], Theme::Dark, problems_ui, host);
    h.run();
    let count = h.state().valuation().problems.len();
    assert!(count >= 3, "{count}");
    assert!(h.query_by_label_contains("VX curve: assumed").is_some());
    save_png(&mut h, "problems_dark");

    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.positions.clear();
    let mut h = panel_host::harness(
        [776.0, 256.0],
        Theme::Dark,
        problems_ui,
        PanelHost::of(campaign),
    );
    h.run();
    assert!(h.query_by_label("Nothing to report").is_some());
}
