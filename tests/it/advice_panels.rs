//! Rules & verdict and Roll or hedge as a trader meets them, on panels and on the whole desk.

use std::time::Duration;

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::decision::Decision;
use palisade::document::Store;
use palisade::rule::{RuleState, Stance};
use palisade::ui::panels::PanelKind;
use palisade::ui::panels::choices::choices_ui;
use palisade::ui::panels::rules::rules_ui;
use palisade::ui::{Action, AdviceEdit, ChoicePlace, Workspace};

use crate::panel_host::{self, PanelHost};
use crate::support;

const SIZE: [f32; 2] = [1000.0, 1400.0];
const PATHS: usize = 400;

type Panel = Harness<'static, PanelHost>;

fn advised() -> PanelHost {
    let mut host = PanelHost::sample();
    host.advise(PATHS);
    host
}

fn rules() -> Panel {
    panel_host::harness(SIZE, Theme::Dark, rules_ui, advised())
}

fn choices() -> Panel {
    panel_host::harness(SIZE, Theme::Dark, choices_ui, advised())
}

fn decision(h: &Panel) -> &Decision {
    &h.state().advice.as_ref().expect("advised").decision
}

/// What was asked of the choices, in order.
fn asked(h: &Panel) -> Vec<AdviceEdit> {
    let asked = h.state().other.iter();
    asked
        .filter_map(|action| {
            if let Action::Advice(edit) = action {
                Some(*edit)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn the_verdict_says_what_to_do_why_and_what_would_flip_it() {
    let h = rules();
    let advised = h.state().advice.as_ref().expect("advised");
    let verdict = &advised.verdict;
    assert_eq!(verdict.stance, Stance::Hedge, "{}", verdict.sentence);
    h.get_by_label(&verdict.sentence);
    h.get_by_label("Because");
    for label in ["Cost now", "Lower tail", "Upper tail"] {
        assert!(
            h.query_all_by_label_contains(label).next().is_some(),
            "{label}"
        );
    }
}

#[test]
fn every_rule_of_the_pack_has_a_row_and_opens() {
    let mut h = rules();
    let findings = h.state().advice.as_ref().expect("advised").findings.clone();
    for finding in findings.iter() {
        let title = finding.rule.title();
        let row = h.query_all_by_label_contains(title).next();
        assert!(row.is_some(), "{title} has no row");
    }
    let band = findings
        .iter()
        .find(|finding| finding.state == RuleState::Breach)
        .expect("the sample is short of its band");
    let row = format!("{} Breach", band.rule.title());
    h.get_by(|node| {
        let label = node.label().unwrap_or_default();
        label.contains(&row)
    })
    .click();
    h.run();
    h.get_by_label(&band.sentence);
    assert!(h.query_all_by_label_contains("To flip:").next().is_some());
    h.get_by_label("Numbers of the pack");
    h.get_by_label("Inputs");
}

#[test]
fn rules_without_data_can_be_listed_alone() {
    let mut h = rules();
    let without = {
        let findings = &h.state().advice.as_ref().expect("advised").findings;
        findings.in_state(RuleState::NoData).count()
    };
    assert!(without > 0, "no history is loaded here");
    h.get_by_label("Rules shown: No data").click();
    h.run();
    let rows = h.query_all_by_role(egui::accesskit::Role::Row).count();
    let modifiers = 7;
    assert_eq!(rows, without + modifiers);
}

#[test]
fn the_verdict_offers_its_trades_as_a_draft_and_the_choices() {
    let mut h = rules();
    h.get_by_label("Draft trades…").click();
    h.get_by_label("Choices").click();
    h.run();
    let place = match asked(&h).as_slice() {
        [AdviceEdit::AsWhatIf(place)] => *place,
        other => panic!("{other:?}"),
    };
    let choice = place.of(decision(&h)).expect("a choice");
    assert_eq!(choice.stance(), Stance::Hedge);
    let reached = Action::Reach(PanelKind::Choices);
    assert!(h.state().other.contains(&reached));
}

#[test]
fn choices_stand_in_a_table_and_open_with_trades_and_figures() {
    let mut h = choices();
    let names: Vec<String> = decision(&h)
        .choices
        .iter()
        .map(|choice| choice.candidate.name.clone())
        .collect();
    for name in &names {
        let row = h.query_all_by_label_contains(name).next();
        assert!(row.is_some(), "{name} has no row");
    }
    let hedge = decision(&h)
        .order
        .iter()
        .copied()
        .find(|place| decision(&h).choices[*place].stance() == Stance::Hedge)
        .expect("a hedge is offered");
    let name = names[hedge].clone();
    h.query_all_by_label_contains(&name)
        .next()
        .expect("its row")
        .click();
    h.run();
    h.get_by_label("Trades");
    h.get_by_label("Figures");
    let place = ChoicePlace::Offered(hedge);
    assert!(asked(&h).contains(&AdviceEdit::Preview(Some(place))));
    h.get_by_label("Apply").click();
    h.run();
    assert!(asked(&h).contains(&AdviceEdit::Apply(place)));
    h.get_by_label("Try as what-if").click();
    h.run();
    assert!(asked(&h).contains(&AdviceEdit::AsWhatIf(place)));
}

#[test]
fn every_view_of_the_choices_draws_something_of_its_own() {
    let mut h = choices();
    for (view, label) in [
        ("Bars", "Legend of the bars"),
        ("Map", "Map of the best choice by SPX and VIX"),
        ("Stress", "Loss in the stress against cost a day"),
        ("Rejected", "Rejected rolls"),
        ("Table", "Choices"),
    ] {
        h.get_by_label(&format!("View of the choices: {view}"))
            .click();
        h.run();
        assert!(h.query_by_label(label).is_some(), "{view} lacks {label}");
    }
}

#[test]
fn an_empty_book_has_nothing_to_judge() {
    let mut host = PanelHost::sample();
    let ids: Vec<_> = host
        .campaign()
        .positions
        .iter()
        .map(|held| held.id)
        .collect();
    for id in ids {
        let remove = palisade::document::Command::RemovePosition { id };
        host.apply(vec![Action::Edit(remove)]);
    }
    let h = panel_host::harness(SIZE, Theme::Dark, choices_ui, host);
    h.get_by_label("Nothing to decide yet");
}

#[test]
fn pictures_of_both_panels() {
    for (name, theme) in [("dark", Theme::Dark), ("light", Theme::Light)] {
        let size = [1000.0, 760.0];
        let mut h = panel_host::harness(size, theme, rules_ui, advised());
        support::save_png(&mut h, &format!("rules_{name}"));
        for view in ["Table", "Bars", "Map", "Stress", "Rejected"] {
            let mut h = panel_host::harness(size, theme, choices_ui, advised());
            h.get_by_label(&format!("View of the choices: {view}"))
                .click();
            h.run();
            support::save_png(&mut h, &format!("choices_{}_{name}", view.to_lowercase()));
        }
    }
}

fn desk(folder: &std::path::Path) -> Harness<'static, Desk> {
    let store = Store::open_at(folder).expect("the folder opens");
    let builder = support::builder([1440.0, 2400.0], Theme::Dark).with_max_steps(20);
    let mut h = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    h
}

/// Draws frames until the comparison of the book as held is done.
fn wait_for_choices(h: &mut Harness<'static, Desk>) {
    for _ in 0..3000 {
        if h.state().advice().decision.is_some() && h.state().advice().progress.is_none() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        h.run_steps(1);
    }
    assert!(h.state().advice().decision.is_some(), "waited in vain");
    h.run_steps(2);
}

#[test]
fn a_choice_is_taken_in_one_step_with_its_reason_and_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut h = desk(folder.path());
    assert!(h.state().advice().verdict.is_some(), "rules need no wait");
    wait_for_choices(&mut h);
    let before = h.state().session().campaign().clone();
    h.get_by_label("Draft trades…").click();
    h.run_steps(4);
    assert!(h.state().session().is_what_if(), "drafted");
    assert_eq!(*h.state().session().campaign(), before, "nothing real");
    h.get_by_label("Discard").click();
    h.run_steps(4);
    let hedge = {
        let decision = h.state().advice().decision.expect("compared");
        let best = decision.best_of(Stance::Hedge).expect("a hedge");
        best.candidate.clone()
    };
    h.get_by_role_and_label(Role::Tab, "Roll or hedge").click();
    h.run_steps(4);
    let name = hedge.name.clone();
    h.get_by(move |node| {
        let label = node.label().unwrap_or_default();
        node.role() == Role::Row && label.starts_with(&name)
    })
    .click();
    h.run_steps(4);
    h.get_by_label("Apply").click();
    h.run_steps(4);
    let after = h.state().session().campaign();
    assert_eq!(after.trades.len(), before.trades.len() + hedge.trades.len());
    let trade = after.trades.last().expect("a trade");
    assert!(trade.reason.contains(&hedge.name), "{}", trade.reason);
    assert_ne!(after.positions, before.positions);
    h.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    h.run_steps(4);
    assert_eq!(*h.state().session().campaign(), before, "one step");
}
