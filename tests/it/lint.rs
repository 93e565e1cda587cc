//! The rule linter on the shipped packs, and the reference book that thresholds are set against.

use std::sync::{Arc, OnceLock};

use palisade::document::Account;
use palisade::fact::{AssumedMarks, BookInputs, FactId, FactInputs, Facts};
use palisade::policy::{RuleKind, RulePack};
use palisade::rule::{
    Findings, Lint, LintGrid, LintKind, OwnBook, Reading, ReferenceHedge, RuleState, lint,
    lint_pack, reference_facts, threshold_context,
};
use palisade::valuation::{Inputs, MarketCache, Valuation};

fn valued() -> (palisade::document::Campaign, Valuation) {
    let campaign = palisade::app::sample_campaign();
    let account = Account::default();
    let inputs = Inputs {
        pack: RulePack::alvh(),
        account: &account,
        slopes: Err(palisade::valuation::VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
    (campaign, valuation)
}

fn grid() -> &'static LintGrid {
    static GRID: OnceLock<LintGrid> = OnceLock::new();
    GRID.get_or_init(|| {
        let (campaign, valuation) = valued();
        let market = Arc::clone(&valuation.market);
        LintGrid::of(&campaign, &market, RulePack::alvh()).expect("a reference condor")
    })
}

fn of_kind(found: &[Lint], kind: LintKind) -> Vec<&Lint> {
    found.iter().filter(|lint| lint.kind == kind).collect()
}

#[test]
fn shipped_packs_have_no_fault_that_the_page_does_not_name() {
    let page = std::fs::read_to_string("docs/method.md").expect("the page");
    let mut unnamed = Vec::new();
    for pack in RulePack::shipped() {
        for found in lint(pack, Reading::default(), grid()) {
            let row = format!(
                "| `{}` | {} | {} |",
                pack.id,
                found.kind.label(),
                found.words
            );
            if !page.contains(&row) {
                unnamed.push(row);
            }
        }
    }
    assert!(unnamed.is_empty(), "{}", unnamed.join("\n"));
    assert!(grid().len() > 1000);
}

#[test]
fn the_forward_trigger_s_second_clause_is_redundant() {
    let found = lint_pack(RulePack::alvh());
    let redundant = of_kind(&found, LintKind::Redundant);
    assert_eq!(redundant.len(), 1);
    assert_eq!(
        redundant[0].path.as_deref(),
        Some("rules.threat.forward_vix")
    );
    assert!(
        redundant[0].words.contains("VIX above 14.9"),
        "{}",
        redundant[0].words
    );
    let mut pack = RulePack::alvh().clone();
    pack.number_mut("rules.threat.forward_vix")
        .expect("a number")
        .value = 14.0;
    let found = lint_pack(&pack);
    let redundant = of_kind(&found, LintKind::Redundant);
    assert_eq!(
        redundant[0].path.as_deref(),
        Some("signals.daily_range.line_pct")
    );
}

#[test]
fn numbers_that_cannot_work_are_found() {
    let with = |path: &str, value: f64| {
        let mut pack = RulePack::alvh().clone();
        pack.number_mut(path)
            .unwrap_or_else(|| panic!("{path}"))
            .value = value;
        let found = lint_pack(&pack);
        found
            .into_iter()
            .filter(|lint| lint.path.as_deref() == Some(path))
            .map(|lint| lint.kind)
            .collect::<Vec<_>>()
    };
    for (path, value, kind) in [
        ("vega_band.low", 0.1, LintKind::ImpossibleSign),
        (
            "signals.concentration.flattening_bp",
            10.0,
            LintKind::ImpossibleSign,
        ),
        ("decision.stress.spx_pct", 5.0, LintKind::ImpossibleSign),
        ("budgets.hedge_debit_alarm", 9.0, LintKind::MixedUnit),
        ("rules.vega_cut.usual", 35.0, LintKind::MixedUnit),
        (
            "signals.big_top.target_press",
            -0.2,
            LintKind::Contradiction,
        ),
        (
            "signals.cash_flow.short_strike_delta",
            0.3,
            LintKind::NeverFires,
        ),
        ("signals.big_top.press_points", 6.0, LintKind::NeverFires),
        ("layers[1].roll_dte", 110.0, LintKind::AlwaysFires),
    ] {
        assert!(
            with(path, value).contains(&kind),
            "{path} at {value}: {:?}",
            with(path, value)
        );
        let shipped = RulePack::alvh().number(path).expect("a number").value;
        assert!(
            with(path, shipped).is_empty(),
            "{path}: {:?}",
            with(path, shipped)
        );
    }
}

#[test]
fn rules_that_never_or_always_speak_are_found() {
    let found = |path: &str, value: f64| {
        let mut pack = RulePack::alvh().clone();
        pack.number_mut(path).expect("a number").value = value;
        lint(&pack, Reading::default(), grid())
    };
    let names = |found: &[Lint], kind, rule| {
        of_kind(found, kind)
            .iter()
            .any(|lint| lint.rules.contains(&rule))
    };
    let never = found("rules.structure.gamma_of_credit", 90.0);
    assert!(names(&never, LintKind::NeverFires, RuleKind::GammaCheck));
    let always = found("rules.threat.short_delta", 0.0);
    assert!(names(&always, LintKind::AlwaysFires, RuleKind::Threatened));
    let shipped = lint(RulePack::alvh(), Reading::default(), grid());
    for rule in [RuleKind::GammaCheck, RuleKind::Threatened] {
        assert!(!names(&shipped, LintKind::NeverFires, rule));
        let everywhere = of_kind(&shipped, LintKind::AlwaysFires);
        assert!(
            !everywhere
                .iter()
                .any(|lint| lint.rules == [rule] && lint.words.contains("speaks in all of"))
        );
    }
    // the band leaves nothing between hedging and trimming
    assert!(!shipped.is_empty());
}

#[test]
fn every_rule_can_be_judged_somewhere_on_the_grid() {
    let pack = crate::rules::pack();
    let mut judged = std::collections::BTreeSet::new();
    for case in grid().iter().step_by(7) {
        for finding in &Findings::evaluate(&case.facts, &pack, Reading::default()) {
            assert!(!finding.sentence.contains("NaN"), "{}", finding.sentence);
            if finding.state != RuleState::NoData {
                judged.insert(finding.rule);
            }
        }
    }
    assert_eq!(judged.len(), RuleKind::ALL.len(), "{judged:?}");
}

/// Facts of the sample's own book and of the reference book in the same market.
fn both() -> (Facts, Facts) {
    let (campaign, valuation) = valued();
    let account = Account::default();
    let assumed = AssumedMarks::default();
    let own = Facts::gather(&FactInputs::of_book(
        BookInputs {
            campaign: &campaign,
            valuation: &valuation,
            account: &account,
            assumed,
        },
        None,
    ));
    let book = OwnBook {
        campaign: &campaign,
        market: &valuation.market,
        account: &account,
        assumed,
    };
    let reference = reference_facts(
        book,
        RulePack::alvh(),
        ReferenceHedge::Bare,
        None,
        &mut MarketCache::default(),
    );
    (own, reference.expect("a condor"))
}

#[test]
fn the_reference_is_a_16_delta_condor_in_the_same_market() {
    let (own, reference) = both();
    assert_eq!(own.number(FactId::Vix), reference.number(FactId::Vix));
    assert_eq!(own.number(FactId::Spx), reference.number(FactId::Spx));
    assert_eq!(reference.number(FactId::Width), Some(10.0));
    let delta = reference.number(FactId::ShortDelta).expect("a delta");
    assert!((delta - 0.16).abs() < 0.01, "{delta}");
    let vega = reference.number(FactId::NetVegaNormalised).expect("a vega");
    assert!(
        (-0.35..-0.22).contains(&vega),
        "a bare condor is at about −0.28, not {vega}"
    );
    assert_eq!(reference.number(FactId::NetVegaLiteral), Some(vega));
}

#[test]
fn thresholds_stand_beside_both_books_in_their_own_unit() {
    let (own, reference) = both();
    let rows = |path: &str| threshold_context(path, &own, &reference);
    let band = rows("vega_band.low");
    assert_eq!(band.len(), 2);
    assert_eq!(band[0].own, own.number(FactId::NetVegaNormalised));
    let floor = rows("theta.floor")[0];
    assert_eq!(
        floor.own,
        own.number(FactId::ThetaRatio).map(|pct| pct * 0.01)
    );
    assert!(floor.reference.is_some());
    // every number that one of the main rules limits has something to be set against
    let pack = RulePack::alvh();
    for path in [
        "vega_band",
        "theta",
        "budgets",
        "break_evens",
        "rules.threat",
        "rules.position_cap",
        "entry.open_below",
        "entry.hold_above",
    ] {
        for slot in pack
            .slots()
            .iter()
            .filter(|slot| slot.path.starts_with(path))
        {
            assert!(!rows(&slot.path).is_empty(), "{}", slot.path);
        }
    }
    assert!(rows("decision.weights.tail").is_empty());
}
