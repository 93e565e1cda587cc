//! The rule pack panel as a user meets it: numbers change, are told apart from the shipped ones, and reset.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::document::{Command, PackEntry};
use palisade::fact::{AssumedMarks, BookInputs, FactId, FactInputs, Facts};
use palisade::instrument::LayerKind;
use palisade::policy::{Clause, HedgeInstrument, RuleKind, RulePack};
use palisade::rule::{OwnBook, ReferenceHedge, lint_pack, reference_facts};
use palisade::ui::panels::pack::pack_ui;
use palisade::ui::{Action, PackEdit, PackJudged, UiCommand};
use palisade::valuation::MarketCache;

use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

/// High enough for every number: what is scrolled away cannot be clicked.
const SIZE: [f32; 2] = [880.0, 7600.0];

const LOW: &str = "Net vega band: low";

fn panel<'a>(size: [f32; 2], theme: Theme, host: PanelHost) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, pack_ui, host);
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

fn low(h: &Harness<'_, PanelHost>) -> f64 {
    h.state().campaign().rule_pack().vega_band.low.value
}

/// The pack in force judged as the desk does it, without history.
fn judge(host: &mut PanelHost) {
    let (campaign, valuation) = (host.campaign().clone(), host.valuation().clone());
    let pack = campaign.rule_pack();
    let assumed = AssumedMarks::default();
    let own = OwnBook {
        campaign: &campaign,
        market: &valuation.market,
        account: &host.account,
        assumed,
    };
    let hedge = ReferenceHedge::Layered;
    let reference = reference_facts(own, pack, hedge, None, &mut MarketCache::default());
    let book = BookInputs {
        campaign: &campaign,
        valuation: &valuation,
        account: &host.account,
        assumed,
    };
    let judged = PackJudged {
        own: Facts::gather(&FactInputs::of_book(book, None)),
        reference: Ok(reference.expect("a reference condor")),
        lints: lint_pack(pack),
    };
    host.judged = Some(judged);
}

/// A folder with a good file and a damaged one.
fn with_files() -> PanelHost {
    let mut host = PanelHost::sample();
    let mine = RulePack::alvh()
        .to_own("mine")
        .with_title("Wider band")
        .and_then(|pack| pack.with_number("vega_band.low", -0.2))
        .expect("valid");
    host.packs = vec![
        PackEntry {
            path: PathBuf::from("packs/bad.ron"),
            pack: Err("packs/bad.ron:42:17: found 'low': expected float".to_owned()),
        },
        PackEntry {
            path: PathBuf::from("packs/mine.ron"),
            pack: Ok(Arc::new(mine)),
        },
    ];
    host
}

#[test]
fn every_number_is_listed_once() {
    let h = panel(SIZE, Theme::Dark, PanelHost::sample());
    for label in [
        LOW,
        "Layer First: target DTE",
        "Regime: VIX limit",
        "Decision: paths: seed",
        "Cut short vega by hedging: usual",
    ] {
        let lower = label.to_lowercase();
        let found = h.query_all_by(|node| {
            let is_field = node.value().is_some();
            is_field
                && node
                    .label()
                    .is_some_and(|label| label.to_lowercase() == lower)
        });
        assert_eq!(found.count(), 1, "{label}");
    }
    assert!(h.query_by_label("Reset all numbers").is_some());
}

#[test]
fn a_number_changes_resets_and_comes_back_by_undo() {
    let mut h = panel(SIZE, Theme::Dark, PanelHost::sample());
    type_into(&mut h, LOW, "-0.3");
    assert_eq!(low(&h), -0.3);
    let pack = h.state().campaign().rule_pack();
    assert_eq!((pack.id.as_str(), pack.version), ("alvh (own)", 1));
    // the band of the valuation is the pack's
    assert_eq!(h.state().valuation().band.low, -0.3);
    h.run();
    click(&mut h, &format!("Reset {LOW}"));
    assert_eq!(low(&h), -0.15);
    assert!(h.query_by_label(&format!("Reset {LOW}")).is_none());
    let host = h.state_mut();
    assert_eq!(host.history.undo_label(), Some("reset vega band low"));
    assert!(host.history.undo());
    assert_eq!(host.campaign().rule_pack().vega_band.low.value, -0.3);
    assert!(host.history.undo());
    assert!(host.campaign().rule_pack().is_shipped());
}

#[test]
fn a_number_out_of_range_or_out_of_order_is_refused() {
    let mut h = panel(SIZE, Theme::Dark, PanelHost::sample());
    type_into(&mut h, "Net vega band: high", "-0.5");
    assert!(h.state().campaign().rule_pack().is_shipped());
    let refused = h.state().refused.join("\n");
    assert!(refused.contains("more than -0.15"), "{refused}");
    type_into(&mut h, LOW, "-500");
    assert!(h.state().campaign().rule_pack().is_shipped(), "refused");
}

#[test]
fn only_what_changed_is_shown_and_all_of_it_is_reset() {
    let mut host = PanelHost::sample();
    for (path, value) in [("vega_band.low", -0.2), ("vega_band.high", 0.3)] {
        let path = path.to_owned();
        host.apply(vec![Action::Edit(Command::SetPackNumber { path, value })]);
    }
    let mut h = panel([880.0, 416.0], Theme::Dark, host);
    assert!(h.query_by_label(LOW).is_none(), "folded while it is low");
    click(&mut h, "Numbers shown: Changed");
    assert!(h.query_by_label(LOW).is_some());
    assert!(h.query_by_label("Regime: VIX limit").is_none());
    save_png(&mut h, "pack_changed_dark");
    click(&mut h, "Reset Net vega band");
    assert_eq!(low(&h), -0.15);
    assert_eq!(h.state().campaign().pack.version, 3, "one edit");
    assert!(h.state_mut().history.undo());
    h.state_mut().revalue();
    h.run();
    click(&mut h, "Reset all numbers");
    assert_eq!(low(&h), -0.15);
    assert!(h.query_by_label_contains("No number differs").is_some());
}

#[test]
fn numbers_are_filtered_by_name_source_or_reason() {
    let mut h = panel(SIZE, Theme::Dark, PanelHost::sample());
    click(&mut h, "Filter numbers");
    h.get_by_label("Filter numbers").type_text("vega_band low");
    h.run();
    assert!(h.query_by_label(LOW).is_some());
    assert!(h.query_by_label("Regime: VIX limit").is_none());
}

#[test]
fn packs_are_chosen_named_and_handled_as_files() {
    let mut h = panel(SIZE, Theme::Dark, with_files());
    assert!(h.query_by_label_contains("bad.ron:42:17").is_some());
    click(&mut h, "Rule pack in force");
    h.get_by_label_contains("VIX Tail Hedge").click();
    h.run();
    assert_eq!(h.state().campaign().rule_pack(), RulePack::vxth());
    click(&mut h, "Rule pack in force");
    h.get_by_label_contains("Wider band").click();
    h.run();
    click(&mut h, "Duplicate rule pack");
    click(&mut h, "Import rule pack…");
    click(&mut h, "Export rule pack…");
    let wider = PathBuf::from("packs/mine.ron");
    let asked = std::mem::take(&mut h.state_mut().other);
    assert_eq!(
        asked,
        [
            Action::Pack(PackEdit::Use(wider.clone())),
            Action::Run(UiCommand::DuplicatePack),
            Action::Run(UiCommand::ImportPack),
            Action::Run(UiCommand::ExportPack),
        ]
    );
    let host = h.state_mut();
    let mine = host.packs[1].pack.clone().expect("a pack");
    host.apply(vec![Action::Edit(Command::UsePack(mine))]);
    h.run();
    click(&mut h, "Delete rule pack");
    assert_eq!(h.state().other, [Action::Pack(PackEdit::Delete(wider))]);
    click(&mut h, "This pack");
    type_into(&mut h, "Name of the rule pack", "Mine");
    assert_eq!(h.state().campaign().rule_pack().title, "Mine");
    click(&mut h, "Save rule pack");
    assert_eq!(
        h.state().other.last(),
        Some(&Action::Run(UiCommand::KeepPack))
    );
}

#[test]
fn numbers_stand_beside_the_own_book_and_a_reference_condor() {
    let mut host = PanelHost::sample();
    judge(&mut host);
    let judged = host.judged.clone().expect("judged");
    let reference = judged.reference.expect("a reference");
    let of = |facts: &Facts| facts.number(FactId::NetVegaNormalised).expect("a vega");
    let (own, other) = (of(&judged.own), of(&reference));
    assert_ne!(own, other);
    let mut h = panel(SIZE, Theme::Dark, host);
    let field = h.get_by_label(LOW);
    let said = field.rect();
    h.hover_at(egui::pos2(20.0, said.center().y));
    h.run_steps(40);
    for value in [own, other] {
        let words = palisade::ui::format::trimmed(value, 3);
        assert!(h.query_by_label_contains(&words).is_some(), "{words}");
    }
    assert!(h.query_by_label("Linter").is_some());
    let remark = judged.lints.first().expect("alvh has a redundant clause");
    assert!(h.query_by_label(remark.words.as_str()).is_some());
}

#[test]
fn a_layer_is_made_of_something_else_and_undone() {
    let mut h = panel(SIZE, Theme::Dark, PanelHost::sample());
    click(&mut h, "Layer Second instrument: VIX call spread");
    let second = |h: &Harness<'_, PanelHost>| {
        let pack = h.state().campaign().rule_pack();
        pack.layer(LayerKind::Second).expect("a layer").instrument
    };
    assert_eq!(second(&h), HedgeInstrument::VixCallSpread);
    assert!(h.query_by_label("Layer Second: spread width").is_some());
    assert!(h.state_mut().history.undo());
    assert_eq!(second(&h), HedgeInstrument::VixCall);
}

#[test]
fn a_low_panel_begins_folded_and_opens_section_by_section_or_whole() {
    let mut h = panel([1000.0, 320.0], Theme::Dark, PanelHost::sample());
    let first = "Layer First: target dte";
    assert!(h.query_by_label(first).is_none());
    let name = "Name of the rule pack";
    assert!(h.query_by_label(name).is_none());
    click(&mut h, "Open all sections");
    assert!(h.query_by_label(name).is_some());
    click(&mut h, "Fold all sections");
    assert!(h.query_by_label(first).is_none());
    h.get_by_label("Layer First").click_accesskit();
    h.run();
    assert!(h.query_by_label(first).is_some());
    assert!(h.query_by_label("Layer Second: target dte").is_none());
}

#[test]
fn the_reason_of_a_number_is_edited_undone_and_reset() {
    let mut h = panel(SIZE, Theme::Dark, PanelHost::sample());
    let reason = format!("{LOW}: why");
    assert!(h.query_by_label(&reason).is_none());
    click(&mut h, &format!("Reason of {LOW}"));
    type_into(&mut h, &reason, "my book is wider");
    let why = |h: &Harness<'_, PanelHost>| {
        let pack = h.state().campaign().rule_pack();
        pack.vega_band.low.why.clone()
    };
    assert_eq!(why(&h), "my book is wider");
    assert_eq!(low(&h), -0.15, "the number stays");
    let pack = h.state().campaign().rule_pack();
    assert!(pack.diff_text().contains("my book is wider"));
    click(&mut h, &format!("Reset {LOW}"));
    assert!(h.state().campaign().rule_pack().changes().is_empty());
    let host = h.state_mut();
    assert!(host.history.undo());
    assert_eq!(
        host.history.undo_label(),
        Some("give a reason for vega band low")
    );
    host.revalue();
    h.run();
    click(&mut h, &format!("Reason of {LOW}"));
    assert!(h.query_by_label(&reason).is_none(), "folded again");
}

#[test]
fn rules_are_switched_and_the_precedence_is_ordered_undone_and_reset() {
    let mut h = panel(SIZE, Theme::Dark, PanelHost::sample());
    let pack = |h: &Harness<'_, PanelHost>| h.state().campaign().rule_pack().clone();
    let alvh = RulePack::alvh();
    click(&mut h, "Rules");
    click(&mut h, "Precedence");
    let switch = |h: &mut Harness<'_, PanelHost>, rule: &str| {
        let found = h.get_all_by_role_and_label(egui::accesskit::Role::CheckBox, rule);
        found.last().expect("a switch").click();
        h.run();
    };
    switch(&mut h, RuleKind::Inflation.title());
    assert!(!pack(&h).evaluates.contains(&RuleKind::Inflation));
    assert!(!pack(&h).precedence.contains(&Clause::InflationBreach));
    click(&mut h, "Reset Rules");
    assert_eq!(pack(&h).evaluates, alvh.evaluates);
    click(&mut h, "Reset Precedence");
    assert_eq!(pack(&h).precedence, alvh.precedence);
    click(&mut h, "Vega band: earlier");
    let order = pack(&h).precedence;
    assert_eq!(order[4..6], [Clause::VegaBand, Clause::Evaluate]);
    click(&mut h, "Theta floor: out of the precedence");
    click(&mut h, "Tail hedge: into the precedence");
    let last = pack(&h);
    assert_eq!(last.precedence.last(), Some(&Clause::TailHedge));
    assert!(last.evaluates.contains(&RuleKind::TailHedge));
    let host = h.state_mut();
    assert!(host.history.undo());
    let undone = host.campaign().rule_pack();
    assert!(!undone.evaluates.contains(&RuleKind::TailHedge), "one step");
    assert_eq!(undone.precedence.len(), alvh.precedence.len() - 1);
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut host = with_files();
        for (path, value) in [("layers[0].roll_dte", 12.0), ("entry.open_below", 14.5)] {
            let path = path.to_owned();
            host.apply(vec![Action::Edit(Command::SetPackNumber { path, value })]);
        }
        judge(&mut host);
        let mut h = panel([880.0, 560.0], theme, host);
        save_png(&mut h, &format!("pack_{name}"));
    }
    let mut h = panel([880.0, 2400.0], Theme::Dark, PanelHost::sample());
    save_png(&mut h, "pack_tall");
    let mut host = PanelHost::sample();
    judge(&mut host);
    let mut h = panel([760.0, 1200.0], Theme::Light, host);
    save_png(&mut h, "pack_judged");
    let mut h = panel([640.0, 416.0], Theme::Light, PanelHost::sample());
    save_png(&mut h, "pack_narrow");
    for (size, name) in [
        ([680.0, 280.0], "pack_low"),
        ([400.0, 480.0], "pack_slim"),
        ([1000.0, 800.0], "pack_rules"),
    ] {
        let mut host = PanelHost::sample();
        let rule = RuleKind::Inflation;
        host.apply(vec![Action::Edit(Command::EvaluateRule {
            rule,
            is_on: false,
        })]);
        judge(&mut host);
        let mut h = panel(size, Theme::Dark, host);
        if name == "pack_rules" {
            click(&mut h, "Precedence");
            click(&mut h, "Rules");
        }
        save_png(&mut h, name);
    }
}
