//! The what-if on the plots and in the figures: a spot line to drag, drafts by handle, snapshots compared.

use egui::{Key, Modifiers, Pos2, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use palisade::document::Command;
use palisade::risk::curves::{Component, LineDate, value_at};
use palisade::risk::what_if::WhatIfScenario;
use palisade::ui::panels::greeks::greeks_ui;
use palisade::ui::panels::hedge::hedge_ui;
use palisade::ui::panels::payoff::payoff_ui;
use palisade::ui::panels::pl_table::pl_table_ui;
use palisade::ui::panels::position::position_ui;
use palisade::ui::{Action, Actions, PanelContext, WhatIfEdit, format};
use palisade::valuation::compare::{against, as_held};

use crate::panel_host::Panel;
use crate::support::save_png;
use crate::what_if_host::{WhatIfHost, harness};

const DESK: [f32; 2] = [764.0, 420.0];
const REAL: f64 = 6720.0;

fn payoff() -> Harness<'static, WhatIfHost> {
    harness(DESK, Theme::Dark, payoff_ui, WhatIfHost::sample())
}

/// Presses at a place and pulls in steps; the button stays down.
fn pull_from(harness: &mut Harness<'_, WhatIfHost>, from: Pos2, by: Vec2) -> Pos2 {
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    for step in 1..=8 {
        harness.hover_at(from + by * (step as f32 / 8.0));
        harness.step();
    }
    harness.step();
    from + by
}

fn let_go(harness: &mut Harness<'_, WhatIfHost>, at: Pos2) {
    harness.drop_at(at);
    harness.run();
}

fn centre(harness: &Harness<'_, WhatIfHost>, name: &str) -> Pos2 {
    harness.get_by_label(name).rect().center()
}

/// SPX that the what-if assumes; `None` without one.
fn assumed(harness: &Harness<'_, WhatIfHost>) -> Option<f64> {
    let context = harness.state().context();
    context.what_if.map(|view| view.scenario.spx)
}

/// A scenario with a rolled call wing, three more calls of the Second layer, and two snapshots on the way.
fn busy() -> WhatIfHost {
    let mut host = WhatIfHost::sample();
    let scenario = WhatIfScenario {
        days: 7,
        ..WhatIfScenario::today(6580.0)
    };
    host.what_if(WhatIfEdit::Scenario(scenario));
    let mut second = host.context().campaign.positions[2].clone();
    second.legs[0].quantity += 3;
    second.legs[0].entry_price = 1.0;
    host.apply(vec![Action::Edit(Command::ReplacePosition {
        id: second.id,
        position: second,
    })]);
    host.what_if(WhatIfEdit::TakeSnapshot);
    let mut condor = host.context().campaign.positions[0].clone();
    for (leg, strike) in [(2, 7100.0), (3, 7150.0)] {
        let contract = condor.legs[leg].contract;
        condor.legs[leg].contract = contract.with_strike(strike).expect("a strike");
        let market = &host.context().real_valuation().market;
        condor.legs[leg].entry_price = market.price(&condor.legs[leg].contract);
    }
    host.apply(vec![Action::Edit(Command::ReplacePosition {
        id: condor.id,
        position: condor,
    })]);
    host.what_if(WhatIfEdit::TakeSnapshot);
    let scenario = WhatIfScenario {
        days: 7,
        ..WhatIfScenario::today(6500.0)
    };
    host.what_if(WhatIfEdit::Scenario(scenario));
    host
}

#[test]
fn dragging_the_spot_begins_a_what_if_there() {
    let mut harness = payoff();
    let from = centre(&harness, "Spot line");
    let handle = centre(&harness, "Long put strike");
    let end = pull_from(&mut harness, from, vec2(-60.0, 0.0));
    let spx = assumed(&harness).expect("a what-if has begun");
    // the line is under the pointer, and the axes have not moved
    let line = centre(&harness, "What-if spot line");
    assert!((line.x - end.x).abs() < 1.0, "{line:?} {end:?}");
    assert!(spx < REAL && spx.fract() == 0.0, "{spx}");
    assert_eq!(centre(&harness, "Long put strike").x, handle.x);
    let_go(&mut harness, end);
    assert_eq!(assumed(&harness), Some(spx));
    assert_eq!(harness.state().workspace.plot_range, None);
    let host = harness.state();
    assert_eq!(host.session.campaign().marks.spx, REAL, "the mark stays");
    assert_eq!(host.context().valuation.market.spx, spx);
    // the plot stands where it stood: the what-if's range is that of the book as held
    assert!((centre(&harness, "Long put strike").x - handle.x).abs() < 1.0);
}

#[test]
fn escape_ends_a_what_if_that_the_drag_began() {
    let mut harness = payoff();
    let from = centre(&harness, "Spot line");
    let end = pull_from(&mut harness, from, vec2(45.0, 0.0));
    assert!(assumed(&harness).is_some());
    harness.key_press(Key::Escape);
    harness.step();
    harness.step();
    assert_eq!(assumed(&harness), None);
    assert_eq!(harness.state().workspace.plot_range, None);
    harness.hover_at(end + vec2(20.0, 0.0));
    harness.step();
    let_go(&mut harness, end);
    assert_eq!(
        assumed(&harness),
        None,
        "the rest of the gesture does nothing"
    );
}

#[test]
fn escape_goes_back_to_the_scenario_that_the_drag_found() {
    let mut harness = harness(DESK, Theme::Dark, payoff_ui, busy());
    let from = centre(&harness, "What-if spot line");
    let end = pull_from(&mut harness, from, vec2(40.0, 0.0));
    assert_ne!(assumed(&harness), Some(6500.0));
    harness.key_press(Key::Escape);
    harness.step();
    harness.step();
    let_go(&mut harness, end);
    let view = harness.state().context().what_if.expect("the mode stays");
    assert_eq!((view.scenario.spx, view.scenario.days), (6500.0, 7));
    assert_eq!(view.snapshots.len(), 2);
}

#[test]
fn arrows_step_the_focused_spot() {
    let mut harness = payoff();
    harness.get_by_label("Spot line").focus();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(assumed(&harness), Some(REAL + 5.0));
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run();
    assert_eq!(assumed(&harness), Some(REAL - 20.0));
    harness
        .get_by_label("What-if spot line")
        .increment_accesskit();
    harness.run();
    assert_eq!(assumed(&harness), Some(REAL - 15.0));
    let value = harness
        .get_by_label("What-if spot line")
        .accesskit_node()
        .numeric_value();
    assert_eq!(value, Some(REAL - 15.0));
}

#[test]
fn a_strike_wins_over_the_spot_line_below_it() {
    let mut host = WhatIfHost::sample();
    host.apply(vec![Action::Edit(Command::SetSpx(7060.0))]);
    let mut harness = harness(DESK, Theme::Dark, payoff_ui, host);
    let from = centre(&harness, "Short call strike");
    let end = pull_from(&mut harness, from, vec2(-30.0, 0.0));
    let_go(&mut harness, end);
    assert_eq!(assumed(&harness), None);
    let strike = harness.state().session.campaign().positions[0].legs[2]
        .contract
        .strike();
    assert!(strike < Some(7060.0), "{strike:?}");
}

#[test]
fn handles_in_the_mode_make_drafts_at_todays_prices() {
    let mut host = WhatIfHost::sample();
    host.what_if(WhatIfEdit::Scenario(WhatIfScenario::today(6500.0)));
    let mut harness = harness(DESK, Theme::Dark, payoff_ui, host);
    let from = centre(&harness, "Short put strike");
    let end = pull_from(&mut harness, from, vec2(-12.0, 0.0));
    let_go(&mut harness, end);
    let host = harness.state();
    let context = host.context();
    let view = context.what_if.expect("the mode is on");
    assert_eq!(view.drafts.len(), 2, "one closed, one opened");
    let opened = view.drafts.iter().find(|draft| !draft.closes);
    let opened = opened.expect("a contract is opened");
    let leg = context.campaign.positions[0].legs[1];
    assert_eq!(leg.contract, opened.contract);
    assert!(
        (leg.entry_price - opened.price_points).abs() < 0.006,
        "entered at the price of now, not at the scenario's"
    );
    let held = &host.session.campaign().positions[0];
    assert_eq!(held.legs[1].contract.strike(), Some(6295.0));
    // back to where the book has it: no draft is left
    let from = centre(&harness, "Short put strike");
    let end = pull_from(&mut harness, from, vec2(12.0, 0.0));
    let_go(&mut harness, end);
    let context = harness.state().context();
    assert!(context.what_if.expect("still on").drafts.is_empty());
    assert_eq!(
        context.campaign.positions,
        harness.state().session.campaign().positions
    );
}

#[test]
fn the_comparison_is_what_the_lines_say() {
    let host = busy();
    let context = host.context();
    let view = context.what_if.expect("the mode is on");
    let real = (view.campaign, view.now);
    let books = view
        .snapshots
        .iter()
        .map(|kept| (&kept.campaign, &kept.valuation, &kept.curves))
        .chain([(context.campaign, context.valuation, context.curves)]);
    for (campaign, valuation, curves) in books {
        let line = against(real, (campaign, valuation));
        let drawn = curves.line(LineDate::Today).expect("every what-if has one");
        let values = Component::Net.of(&drawn.profit);
        let at = value_at(&curves.spots, &values, line.spx).expect("in view");
        assert!(
            (line.pl_usd - at).abs() < 25.0,
            "{} in the table, {at} on the line",
            line.pl_usd
        );
    }
    assert_eq!(as_held(view.now).pl_usd, view.now.facts.open_pl_usd);
}

/// Rows of the comparison from top to bottom: the first word of each.
fn compared_rows(harness: &Harness<'_, WhatIfHost>) -> Vec<String> {
    let rows = harness.query_all_by_role(egui::accesskit::Role::Row);
    let mut found: Vec<(f32, String)> = rows
        .filter_map(|row| {
            let label = row.accesskit_node().label()?;
            let first = label.split("  ").next()?.to_owned();
            Some((row.rect().top(), first))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, first)| first).collect()
}

#[test]
fn the_comparison_lists_snapshots_and_sorts() {
    let mut harness = harness([764.0, 520.0], Theme::Dark, payoff_ui, busy());
    assert!(compared_rows(&harness).is_empty());
    harness.get_by_label("Compare").click();
    harness.run();
    assert_eq!(compared_rows(&harness), ["Now", "A", "B", "Current"]);
    harness.get_by_label("Sort by SPX").click();
    harness.run();
    let sorted = compared_rows(&harness);
    assert_eq!((sorted[0].as_str(), sorted[3].as_str()), ("Current", "Now"));
    harness.get_by_label("Snapshot").click();
    harness.run();
    assert!(compared_rows(&harness).contains(&"C".to_owned()));
    harness.get_by_label("Remove snapshot A").click();
    harness.run();
    assert!(!compared_rows(&harness).contains(&"A".to_owned()));
    harness.event(egui::Event::ModifiersChanged(Modifiers::SHIFT));
    harness.get_by_label_contains("Copy comparison").click();
    harness.step();
    let commands = &harness.output().platform_output.commands;
    let text = commands.iter().find_map(|command| {
        if let egui::OutputCommand::CopyText(text) = command {
            Some(text.clone())
        } else {
            None
        }
    });
    let text = text.expect("a text was copied");
    assert!(
        text.starts_with("What-if,SPX,VIX,T+,P/L,Max loss"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 5, "{text}");
}

#[test]
fn a_snapshot_is_gone_back_to_by_its_chip() {
    let mut harness = harness(DESK, Theme::Dark, payoff_ui, busy());
    harness.get_by_label_contains("Snapshot A").click();
    harness.run();
    assert_eq!(assumed(&harness), Some(6580.0));
    let context = harness.state().context();
    let strike = context.campaign.positions[0].legs[2].contract.strike();
    assert_eq!(strike, Some(7060.0), "A was taken before the roll");
}

#[test]
fn the_hedge_panel_says_every_figure_both_ways() {
    let host = busy();
    let context = host.context();
    let now = context.compared().expect("the mode is on");
    let text = |net: f64| format::signed(net, 2);
    let (was, is) = (&now.net_vega, &context.valuation.net_vega);
    let was = text(was.as_ref().expect("a condor").normalised);
    let is = text(is.as_ref().expect("a condor").normalised);
    assert_ne!(was, is);
    let label = format!("Net vega, normalised {was}, in the what-if {is}");
    let mut harness = harness([324.0, 1100.0], Theme::Dark, hedge_ui, host);
    assert!(harness.query_by_label_contains(&label).is_some(), "{label}");
    assert!(harness.query_by_label_contains("Hedge cost").is_some());
    let row = harness
        .query_all_by_label_contains("in the what-if")
        .count();
    assert!(row >= 4, "tiles, ledger, gauges, tails: {row}");
    harness.state_mut().what_if(WhatIfEdit::Discard);
    harness.run();
    assert!(harness.query_by_label_contains("in the what-if").is_none());
}

#[test]
fn the_condors_facts_stand_beside_those_of_the_book_as_held() {
    let harness = harness([344.0, 1200.0], Theme::Dark, position_ui, busy());
    let both = harness.query_all_by_label_contains("in the what-if");
    assert!(both.count() >= 6);
}

/// The payoff plot over the Greeks, as on the desk.
fn centre_ui(ui: &mut egui::Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let whole = ui.available_rect_before_wrap();
    let (above, below) = whole.split_top_bottom_at_fraction(0.66);
    for (rect, panel) in [(above, payoff_ui as Panel), (below, greeks_ui as Panel)] {
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
        panel(&mut child, ctx, actions);
    }
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let panels: [(&str, Panel, [f32; 2]); 5] = [
            ("payoff", payoff_ui, [764.0, 420.0]),
            ("centre", centre_ui, [668.0, 560.0]),
            ("hedge", hedge_ui, [324.0, 1000.0]),
            ("position", position_ui, [344.0, 1100.0]),
            ("pl-table", pl_table_ui, [764.0, 300.0]),
        ];
        for (panel, show, size) in panels {
            let mut harness = harness(size, theme, show, busy());
            save_png(&mut harness, &format!("what-if-{panel}-{name}"));
        }
        let mut harness = harness(DESK, theme, payoff_ui, busy());
        harness.hover_at(Pos2::new(300.0, 200.0));
        harness.run();
        save_png(&mut harness, &format!("what-if-payoff-readout-{name}"));
        harness.get_by_label("Compare").click();
        harness.run();
        save_png(&mut harness, &format!("what-if-compare-{name}"));
        let from = centre(&harness, "What-if spot line");
        let end = pull_from(&mut harness, from, vec2(30.0, 0.0));
        save_png(&mut harness, &format!("what-if-spot-drag-{name}"));
        let_go(&mut harness, end);
        let from = centre(&harness, "Short put strike");
        pull_from(&mut harness, from, vec2(-20.0, 0.0));
        save_png(&mut harness, &format!("what-if-strike-drag-{name}"));
    }
}
