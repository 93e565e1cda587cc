//! The hedge panel as a user meets it: convention, sizing, equity and settings really change the campaign.

use egui::{Key, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::document::settings::{Convention, LayerScale, UnequalWings, VegaBasis, VegaSign};
use palisade::instrument::{LayerKind, Role, Root};
use palisade::policy::RulePack;
use palisade::risk::figures::BandStatus;
use palisade::ui::panels::hedge::hedge_ui;
use palisade::valuation::layer_sizes::layer_sizes;

use crate::made_library::made_library;
use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

const SIZE: [f32; 2] = [312.0, 1000.0];

fn panel<'a>(size: [f32; 2], theme: Theme) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, hedge_ui, PanelHost::sample());
    h.run();
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

fn contracts_of(host: &PanelHost, kind: LayerKind) -> i32 {
    host.valuation().layer(kind).contracts
}

#[test]
fn the_convention_switch_is_one_undo_step() {
    let mut h = panel(SIZE, Theme::Dark);
    let damped = h
        .state()
        .valuation()
        .net_vega
        .clone()
        .expect("a condor")
        .literal;
    click(&mut h, "Convention: Naive");
    let host = h.state_mut();
    assert_eq!(host.campaign().settings.convention, Convention::Naive);
    let naive = host.valuation().net_vega.clone().expect("a condor").literal;
    assert!(naive > damped, "naive counts the far layers in full");
    assert!(host.history.undo());
    assert_eq!(host.campaign().settings.convention, Convention::Damped);
}

#[test]
fn the_regression_needs_history_and_says_what_stands_in_for_it() {
    let mut h = panel(SIZE, Theme::Dark);
    let damped = h.state().valuation().net_vega.clone().expect("a condor");
    assert_eq!(damped.by_convention.len(), 2);
    click(&mut h, "Convention: Regression");
    let valuation = h.state().valuation();
    assert_eq!(valuation.convention, Convention::Damped);
    assert_eq!(
        valuation.net_vega.as_ref().map(|net| net.literal),
        Some(damped.literal)
    );
    let problem = valuation
        .problems
        .iter()
        .find(|problem| problem.message.contains("damped"));
    assert!(problem.is_some_and(|problem| problem.message.contains("import VX and VIX")));
    assert!(
        h.query_by_label_contains("Damped stands in for regression: no market history")
            .is_some()
    );
    save_png(&mut h, "hedge_regression_missing_dark");
    // with history the regression counts, with its error
    h.state_mut().set_library(made_library());
    h.run_steps(3);
    let valuation = h.state().valuation();
    assert_eq!(valuation.convention, Convention::Regression);
    let net = valuation.net_vega.as_ref().expect("a condor");
    let row = net.by_convention.last().expect("three conventions");
    assert_eq!(
        (row.convention, row.literal),
        (Convention::Regression, net.literal)
    );
    assert!(row.literal_se.is_some_and(|error| error > 0.0));
    assert_ne!(net.literal, damped.literal);
    assert!(h.query_by_label_contains("stands in for").is_none());
    save_png(&mut h, "hedge_regression_dark");
}

#[test]
fn a_press_on_size_to_band_buys_second_calls_up_to_the_budget() {
    let mut h = panel(SIZE, Theme::Dark);
    let second = |host: &PanelHost| {
        let rows = &host.valuation().sizing;
        let row = rows.iter().find(|row| row.layer == Some(LayerKind::Second));
        row.cloned().expect("the Second layer is compared")
    };
    let row = second(h.state());
    assert!(
        row.within_budget > 0 && row.within_budget < row.contracts,
        "{row:?}"
    );
    let held = contracts_of(h.state(), LayerKind::Second);
    click(&mut h, "Size to band");
    let host = h.state_mut();
    assert_eq!(
        contracts_of(host, LayerKind::Second),
        held + row.within_budget
    );
    let net = host.valuation().net_vega.clone().expect("a condor");
    assert!(
        (net.literal - row.reached_literal).abs() < 1e-9,
        "it gets as far as it said"
    );
    assert_eq!(second(host).within_budget, 0, "the budget is used up");
    assert!(host.history.undo());
    assert!(!host.history.undo(), "one step");
    host.revalue();
    assert_eq!(contracts_of(host, LayerKind::Second), held);
}

#[test]
fn the_list_of_instruments_opens_and_buys_to_the_band() {
    let mut h = panel([900.0, 900.0], Theme::Dark);
    click(&mut h, "Compare hedge instruments");
    let row = h
        .state()
        .valuation()
        .sizing
        .iter()
        .find(|row| row.contract.root() == Root::Vxm)
        .cloned()
        .expect("a mini future is compared");
    let name = format!("Add {} {} to the band", row.contracts, row.contract.label());
    click(&mut h, &name);
    let host = h.state();
    let bought = host.campaign().positions.last().expect("a new position");
    assert_eq!(bought.role, Role::Other);
    assert_eq!(bought.legs[0].quantity, row.contracts);
    let (_, status) = host.valuation().judged_vega().expect("a condor");
    assert!(matches!(status, BandStatus::Inside { .. }), "{status:?}");
    assert!(h.query_by_label(&name).is_none(), "the list closes");
}

#[test]
fn with_the_budget_used_up_a_press_opens_the_list() {
    let mut h = panel([900.0, 900.0], Theme::Dark);
    click(&mut h, "Size to band");
    assert!(h.query_by_label_contains("to the band").is_none());
    let before = h.state().campaign().clone();
    click(&mut h, "Size to band");
    assert_eq!(h.state().campaign(), &before);
    assert!(
        h.query_all_by_label_contains("to the band")
            .next()
            .is_some()
    );
}

#[test]
fn the_methods_sizes_stand_literal_beside_width_scaled() {
    let mut h = panel([900.0, 900.0], Theme::Dark);
    click(&mut h, "Compare hedge instruments");
    let host = h.state();
    let sizes = layer_sizes(host.valuation(), RulePack::alvh());
    let literal: Vec<i32> = sizes
        .iter()
        .map(|size| size.by(LayerScale::Literal).contracts)
        .collect();
    assert_eq!(literal, [4, 4, 2], "ten condors");
    for size in &sizes {
        let (literal, width) = (size.by(LayerScale::Literal), size.by(LayerScale::Width));
        assert_eq!(width.contracts, 5 * literal.contracts, "wings of 50");
        let cost = f64::from(width.contracts) * size.price_points * 100.0;
        assert!((width.cost_usd - cost).abs() < 1e-9);
        let pct = width.cost_pct_of_credit.expect("a credit");
        assert!((pct - 100.0 * cost / host.valuation().facts.credit_usd).abs() < 1e-9);
    }
    assert!(h.query_by_label("Layers by the method").is_some());
    let mut empty = host.campaign().clone();
    empty.positions.clear();
    assert!(layer_sizes(PanelHost::of(empty).valuation(), RulePack::alvh()).is_empty());
}

#[test]
fn the_accounts_equity_is_entered_read_and_forgotten() {
    let mut h = panel(SIZE, Theme::Dark);
    let spend = |h: &Harness<'_, PanelHost>| h.state().valuation().gauges[2].used_pct;
    assert_eq!(spend(&h), None);
    type_into(&mut h, "Account equity", "250k");
    assert_eq!(h.state().account.equity_usd, Some(250_000.0));
    assert!(spend(&h).is_some());
    type_into(&mut h, "Account equity", "lots");
    assert_eq!(
        h.state().account.equity_usd,
        Some(250_000.0),
        "bad text changes nothing"
    );
    h.get_by_label("Account equity").click();
    h.run();
    h.key_press(Key::Escape);
    h.run();
}

fn type_into(h: &mut Harness<'_, PanelHost>, label: &str, text: &str) {
    h.get_by_label(label).click();
    h.run();
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label(label).type_text(text);
    h.run();
    h.key_press(Key::Enter);
    h.run();
}

#[test]
fn the_menu_changes_every_setting_of_band_and_margin() {
    let mut h = panel([400.0, 900.0], Theme::Dark);
    click(&mut h, "Hedge settings");
    click(&mut h, "Vega sign: Literal");
    click(&mut h, "Vega basis: Literal");
    click(&mut h, "Unequal wings: Sum of sides");
    click(&mut h, "Credit in margin: Yes");
    click(&mut h, "Hedge debit in margin: Yes");
    type_into(&mut h, "Broker margin", "60,000");
    let settings = &h.state().campaign().settings;
    assert_eq!(settings.vega_sign, VegaSign::Literal);
    assert_eq!(settings.vega_basis, VegaBasis::Literal);
    assert_eq!(settings.unequal_wings_margin, UnequalWings::SumOfSides);
    assert!(settings.credit_in_margin && settings.hedge_debit_in_margin);
    assert_eq!(settings.broker_margin_usd, Some(60_000.0));
    save_png(&mut h, "hedge_settings");
}

#[test]
fn the_switch_shows_the_presets() {
    let mut h = panel(SIZE, Theme::Dark);
    assert!(h.query_by_label_contains("Meltdown").is_none());
    click(&mut h, "Scenarios: Presets");
    assert!(h.query_by_label_contains("Meltdown").is_some());
    save_png(&mut h, "hedge_presets");
}

#[test]
fn an_empty_book_teaches() {
    let mut host = PanelHost::sample();
    let mut campaign = host.campaign().clone();
    campaign.positions.clear();
    host = PanelHost::of(campaign);
    let mut h = panel_host::harness(SIZE, Theme::Dark, hedge_ui, host);
    h.run();
    assert!(h.query_by_label("Nothing to hedge yet").is_some());
    assert!(h.query_by_label("Size to band").is_none());
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([328.0, 816.0], theme);
        save_png(&mut h, &format!("hedge_{name}"));
    }
    let mut h = panel([328.0, 616.0], Theme::Dark);
    save_png(&mut h, "hedge_600");
    let mut h = panel([328.0, 1056.0], Theme::Dark);
    save_png(&mut h, "hedge_tall");
    let mut h = panel([760.0, 620.0], Theme::Dark);
    h.get_by_label("Compare hedge instruments").click();
    h.run();
    save_png(&mut h, "hedge_list");
}
