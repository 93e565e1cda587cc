//! Hedges, trims and the First layer's gain: sizes, budgets, margins.

use super::{Made, decided, near, of_sample, sample};
use crate::decision::{CandidateKind, FrontierPoint, HedgeGoal, decide};
use crate::fact::{FactId, FactValue};
use crate::risk::simulation::RunControl;
use crate::rule::Stance;

#[test]
fn hedges_stop_at_the_budget_and_say_so() {
    let decision = of_sample();
    let hedge = |name: &str| {
        let mut choices = decision.choices.iter();
        let found = choices.find(|choice| choice.candidate.name.contains(name));
        found.unwrap_or_else(|| panic!("no hedge of {name}"))
    };
    let calls = hedge("Second call");
    assert!(
        calls
            .candidate
            .notes
            .iter()
            .any(|note| note.contains("budget stops"))
    );
    assert!(
        calls
            .candidate
            .name
            .contains("toward the band, budget stops at −0.")
    );
    let whole = calls
        .candidate
        .stops_short
        .as_ref()
        .expect("it stops short");
    assert!(
        whole.contains("in the band: ") && whole.contains(" or 5 VXM"),
        "{whole}"
    );
    let debit = 2_310.0 - calls.figures.cash_usd;
    assert!(debit <= 0.28 * 12_100.0 + 1e-6, "{debit}");
    let futures = hedge("VXM").figures.vega.expect("condors");
    assert!(futures.judged >= -0.15 - 1e-9, "{}", futures.judged);
    assert_eq!(futures.outside, 0.0);
    let cut = CandidateKind::Hedge(HedgeGoal::Cut { share: 0.35 });
    assert!(calls.candidate.kinds().any(|kind| kind == cut));
    assert!(matches!(
        calls.candidate.kind,
        CandidateKind::Hedge(HedgeGoal::Band)
    ));
}

#[test]
fn a_stress_is_met_at_the_least_cost_or_as_far_as_the_budget_goes() {
    let made = Made::of(sample());
    let mut inputs = made.inputs(10);
    inputs.params.stress.loss_share = 0.06;
    let decision = decide(&inputs, &RunControl::default()).expect("decided");
    let stress = &decision.stress;
    let rising = |pair: &[FrontierPoint]| {
        pair[0].cost_per_day_usd <= pair[1].cost_per_day_usd && pair[0].loss_usd > pair[1].loss_usd
    };
    assert!(stress.frontier.windows(2).all(rising));
    let chosen = stress.chosen.expect("a mix is chosen");
    let point = &stress.frontier[chosen];
    assert!(point.loss_usd <= stress.allowed_usd);
    assert!(chosen == 0 || stress.frontier[chosen - 1].loss_usd > stress.allowed_usd);
    let goal = CandidateKind::Hedge(HedgeGoal::Stress);
    let choice = (decision.choices.iter())
        .find(|choice| choice.candidate.kind == goal)
        .expect("the loss allowed is smaller than that of the book");
    // The book that it leads to loses what the frontier says.
    let mut campaign = sample();
    for command in choice.candidate.commands(&campaign.clone(), "stress", None) {
        campaign.apply(command).expect("it can be carried out");
    }
    let after = Made::of(campaign).valuation;
    let fall = after
        .crash
        .iter()
        .find(|row| row.spx_pct == -5.0)
        .expect("a row");
    near(-fall.net_usd, point.loss_usd, 0.5);
}

#[test]
fn a_gain_of_the_first_layer_is_reinvested_without_new_cash() {
    let none = of_sample().choices.iter();
    assert!(
        none.map(|choice| choice.candidate.kind)
            .all(|kind| kind != CandidateKind::Monetise)
    );
    let mut paid = sample();
    paid.positions[1].legs[0].entry_price = 0.5;
    let decision = decided(paid, 10);
    let choice = (decision.choices.iter())
        .find(|choice| choice.candidate.kind == CandidateKind::Monetise)
        .expect("First stands at three times its cost and VIX at 17");
    assert!(choice.figures.cash_usd >= 0.0);
    assert_eq!(choice.candidate.trades[0].quantity, -2);
    near(choice.figures.realised_usd, 220.0, 0.1);
}

#[test]
fn an_over_hedged_book_sells_its_dearest_calls_down_to_the_band() {
    let mut long = sample();
    long.positions[2].legs[0].quantity = 160;
    let decision = decided(long, 10);
    let hold = decision.hold().figures.vega.expect("condors");
    assert!(hold.judged > 0.25, "{}", hold.judged);
    let trim = (decision.choices.iter())
        .find(|choice| choice.candidate.kind == CandidateKind::TrimHedge)
        .expect("less hedge");
    let after = trim.figures.vega.expect("condors");
    assert!(after.judged < hold.judged);
    assert!(
        decision
            .choices
            .iter()
            .all(|choice| choice.stance() != Stance::Hedge)
    );
}

#[test]
fn a_hedge_that_drags_theta_below_its_floor_is_sold_down_to_it() {
    let mut heavy = sample();
    heavy.positions[2].legs[0].quantity = 100;
    let decision = decided(heavy, 10);
    let floor = decision.basis.theta_floor;
    let hold = &decision.hold().figures;
    assert_eq!(hold.vega.expect("condors").outside, 0.0);
    assert!(hold.theta_share.expect("a margin") < floor);
    let trim = (decision.choices.iter())
        .find(|choice| choice.candidate.kind == CandidateKind::TrimHedge)
        .expect("less hedge");
    let after = trim.figures.theta_share.expect("a margin");
    let all = trim
        .candidate
        .notes
        .iter()
        .any(|note| note.contains("All that is held"));
    assert!(all || after >= floor - 1e-6, "{after}");
    assert!(after > hold.theta_share.expect("a margin"));
}

#[test]
fn the_broker_s_margin_shrinks_with_the_book() {
    let mut campaign = sample();
    campaign.settings.broker_margin_usd = Some(60_000.0);
    let decision = decided(campaign, 10);
    near(decision.hold().figures.margin_usd, 60_000.0, 1e-9);
    let half = (decision.choices.iter())
        .find(|choice| choice.candidate.name == "Halve the condors")
        .expect("half");
    near(half.figures.margin_usd, 30_000.0, 1e-6);
}

/// Steward leans to the hedge and a rich Second layer to the roll: what leans both ways cancels out, in the scores
/// of the choices as in the verdict.
#[test]
fn what_leans_both_ways_adds_to_no_score() {
    let tilts = |facts: &[(FactId, FactValue)]| -> Vec<(Stance, f64)> {
        let mut made = Made::of(sample());
        for (id, value) in facts {
            made.facts.suppose(*id, value.clone());
        }
        let decision = decide(&made.inputs(10), &RunControl::default()).expect("decided");
        let choices = decision.choices.iter().chain(&decision.rejected);
        let tilted = choices.filter(|choice| choice.score.tilt != 0.0);
        tilted
            .map(|choice| (choice.stance(), choice.score.tilt))
            .collect()
    };
    let steward = (FactId::Regime, FactValue::State("Steward"));
    let rich = (FactId::CapmVerdict, FactValue::State("rich"));
    let alone = tilts(std::slice::from_ref(&steward));
    assert!(!alone.is_empty() && alone.iter().all(|tilt| *tilt == (Stance::Hedge, 0.05)));
    let rolls = tilts(std::slice::from_ref(&rich));
    assert!(!rolls.is_empty() && rolls.iter().all(|tilt| *tilt == (Stance::Roll, 0.05)));
    assert_eq!(tilts(&[steward, rich]), []);
}

/// While the cash press is on, hedges aim at its target inside the band as well, and say so.
#[test]
fn the_press_has_hedges_sized_to_its_target() {
    let decide_in = |phase: &'static str| {
        let mut made = Made::of(sample());
        let facts = &mut made.facts;
        facts.suppose(FactId::BigTopPhase, FactValue::State(phase));
        facts.suppose(FactId::BreadthNegative, FactValue::Flag(false));
        decide(&made.inputs(10), &RunControl::default()).expect("decided")
    };
    let target = CandidateKind::Hedge(HedgeGoal::Target);
    let press = decide_in("Press");
    let to_it = |choice: &&crate::decision::Choice| choice.candidate.kind == target;
    let aimed: Vec<_> = press.choices.iter().filter(to_it).collect();
    assert!(!aimed.is_empty());
    assert!(
        aimed
            .iter()
            .all(|choice| choice.candidate.name.contains("Big Top target −0.10"))
    );
    let future = (aimed.iter()).find(|choice| choice.candidate.name.contains("VXM"));
    let vega = future
        .expect("futures reach it")
        .figures
        .vega
        .expect("condors");
    assert!(
        vega.judged >= -0.10 - 1e-9 && vega.judged < 0.0,
        "{}",
        vega.judged
    );
    let off = decide_in("Off");
    assert!(!off.choices.iter().any(|choice| to_it(&choice)));
}

/// A choice that raises the loss to gamma by more than the pack allows is flagged; holding never is.
#[test]
fn a_choice_that_adds_much_gamma_says_so() {
    let is_flagged = |choice: &crate::decision::Choice| {
        choice
            .candidate
            .notes
            .iter()
            .any(|note| note.contains("by gamma"))
    };
    // Far out, with little gamma: a roll that re-centres the strikes adds some.
    let mut far = sample();
    for leg in &mut far.positions[0].legs {
        let outward = 400.0
            * leg
                .contract
                .right()
                .map_or(0.0, crate::instrument::Right::sign);
        let strike = leg.contract.strike().expect("an option") + outward;
        leg.contract = leg.contract.with_strike(strike).expect("a strike");
    }
    let flagged = |allowed: f64| -> Vec<f64> {
        let made = Made::of(far.clone());
        let mut pack = crate::policy::RulePack::alvh().clone();
        pack.rules.structure.gamma_rise.value = allowed;
        let mut inputs = made.inputs(10);
        inputs.pack = &pack;
        let decision = decide(&inputs, &RunControl::default()).expect("decided");
        assert!(!is_flagged(decision.hold()));
        let held = decision.hold().figures.gamma_loss_1d_usd.expect("condors");
        let all = decision.choices.iter().chain(&decision.rejected);
        all.filter(|choice| is_flagged(choice))
            .map(|choice| choice.figures.gamma_loss_1d_usd.expect("condors") / held - 1.0)
            .collect()
    };
    let (any, most) = (flagged(0.0), flagged(0.25));
    assert!(any.iter().all(|rise| *rise > 0.0) && most.iter().all(|rise| *rise > 0.25));
    assert!(!most.is_empty() && most.len() <= any.len());
    assert!(flagged(100.0).is_empty());
}
