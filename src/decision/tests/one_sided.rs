//! After a roll of one side: the rules still speak of the condor, and it rolls on from there.

use jiff::civil::{Date, date};

use super::{Made, decided, near, of_sample, sample};
use crate::decision::verdict::{Verdict, VerdictInputs};
use crate::decision::{Candidate, CandidateKind, Decision};
use crate::document::Campaign;
use crate::fact::FactId;
use crate::instrument::{PositionId, Role};
use crate::policy::RulePack;
use crate::rule::{Findings, Reading, RuleState, Stance};

/// The sample after one of the one-sided rolls that its decision offers, journal included.
fn rolled() -> Campaign {
    let mut campaign = sample();
    for command in one_sided(of_sample()).commands(&sample(), "roll", None) {
        campaign.apply(command).expect("it can be carried out");
    }
    campaign
}

fn every_roll(decision: &Decision) -> impl Iterator<Item = &Candidate> {
    let choices = decision.choices.iter().chain(&decision.rejected);
    choices
        .map(|choice| &choice.candidate)
        .filter(|candidate| candidate.stance() == Stance::Roll)
}

fn one_sided(decision: &Decision) -> &Candidate {
    every_roll(decision)
        .find(|candidate| candidate.name.contains("side"))
        .expect("one side alone is offered")
}

fn findings(made: &Made) -> Findings {
    let reading = Reading::from(&made.campaign.settings);
    Findings::evaluate(&made.facts, RulePack::alvh(), reading)
}

#[test]
fn every_rule_that_spoke_before_a_one_sided_roll_speaks_after_it() {
    let (before, after) = (Made::of(sample()), Made::of(rolled()));
    assert_eq!(after.campaign.positions[0].role, Role::Other);
    assert_eq!(after.facts.number(FactId::Condors), Some(10.0));
    for (then, now) in findings(&before).iter().zip(findings(&after).iter()) {
        assert_eq!(
            then.state == RuleState::NoData,
            now.state == RuleState::NoData,
            "{:?}: {:?}",
            now.rule,
            now.missing
        );
    }
    let findings = findings(&after);
    let verdict = Verdict::of(&VerdictInputs {
        facts: &after.facts,
        findings: &findings,
        pack: RulePack::alvh(),
        choices: None,
    });
    assert!(
        verdict.clause.is_some() || !verdict.sentence.starts_with("Nothing"),
        "{}",
        verdict.sentence
    );
    assert_ne!(verdict.stance, Stance::NoAdvice);
}

#[test]
fn a_condor_of_two_expiries_is_measured_side_by_side() {
    let made = Made::of(rolled());
    let valuation = &made.valuation;
    let condor = &valuation.condors[0];
    let [puts, calls] = condor.side_expiries;
    assert_ne!(puts, calls);
    assert_eq!(condor.expiry, puts.min(calls));
    assert_eq!((condor.contracts, condor.width_points), (10, 50.0));
    // Both spreads can lose, one on each day.
    near(condor.reg_t_margin_usd, 100_000.0, 1e-6);
    near(condor.max_loss_usd, 100_000.0 - condor.credit_usd, 1e-6);
    near(valuation.facts.margin_usd, 100_000.0, 1e-6);
    assert!(
        valuation
            .facts
            .other_legs
            .iter()
            .all(|row| { valuation.rows[*row].position != condor.position })
    );
    // Each break-even is as many expected moves of its own side's expiry away.
    let spot = valuation.market.spx;
    for (side, sign) in [(0, -1.0), (1, 1.0)] {
        let [low, high] = condor.break_evens;
        let level = [low, high][side];
        let moves = sign * (level - spot) / condor.side_moves_points[side];
        near(condor.break_even_margin[side], moves, 1e-9);
    }
    let (near_side, far_side) = if puts < calls { (0, 1) } else { (1, 0) };
    assert!(condor.side_moves_points[near_side] < condor.side_moves_points[far_side]);
    assert_eq!(
        made.facts.number(FactId::ExpectedMove),
        Some(condor.side_moves_points[near_side])
    );
    assert_eq!(
        made.facts.number(FactId::CondorDte),
        Some(f64::from(condor.days))
    );
    assert!((0.0..=1.0).contains(&condor.probability_of_profit));
}

#[test]
fn facts_and_choices_agree_on_a_condor_of_two_expiries() {
    let made = Made::of(rolled());
    let decision = decided(rolled(), 50);
    let hold = &decision.hold().figures;
    let break_evens = hold.break_evens.expect("a condor");
    near(
        made.facts
            .number(FactId::BreakEvenMargin)
            .expect("a condor"),
        break_evens.nearest_em(),
        1e-6,
    );
    near(
        made.facts.number(FactId::MaxLoss).expect("a condor"),
        hold.max_loss_usd,
        1e-6,
    );
    let vega = hold.vega.expect("condors");
    near(
        made.facts.number(FactId::NetVegaLiteral).expect("condors"),
        vega.literal,
        1e-9,
    );
}

fn expiries_of(candidate: &Candidate) -> [Date; 2] {
    let held = candidate
        .positions
        .iter()
        .find(|held| held.id == PositionId(1));
    let wings = held.and_then(crate::instrument::Wings::of);
    let wings = wings.expect("two short spreads");
    [wings.put.expiry(), wings.call.expiry()]
}

#[test]
fn rolling_on_goes_outward_on_every_side_and_may_make_one_condor_of_it_again() {
    let campaign = rolled();
    let held = Made::of(campaign.clone()).valuation.condors[0].side_expiries;
    let decision = decided(campaign, 10);
    let rolls: Vec<&Candidate> = every_roll(&decision).collect();
    assert!(rolls.iter().any(|roll| roll.name.contains("side")));
    let whole: Vec<_> = rolls
        .iter()
        .filter(|roll| !roll.name.contains("side"))
        .collect();
    assert!(!whole.is_empty(), "the whole structure rolls on");
    for roll in &rolls {
        let CandidateKind::Roll { expiry, side, .. } = roll.kind else {
            panic!("a roll: {}", roll.name);
        };
        let [puts, calls] = expiries_of(roll);
        assert!(puts >= held[0] && calls >= held[1], "{}", roll.name);
        assert!(expiry == puts || expiry == calls, "{}", roll.name);
        let role = roll.positions[0].role;
        let wanted = if puts == calls {
            Role::Condor
        } else {
            Role::Other
        };
        assert_eq!(role, wanted, "{}", roll.name);
        assert_eq!(side.is_none(), roll.trades.len() == 8, "{}", roll.name);
    }
}

#[test]
fn a_side_that_comes_to_the_other_s_expiry_makes_one_condor_again() {
    let mut campaign = rolled();
    let calls = Made::of(campaign.clone()).valuation.condors[0].side_expiries[1];
    // The puts a week nearer than the calls, and losing: their next roll of a week meets the calls.
    let nearer = calls.saturating_sub(jiff::Span::new().days(7));
    let spot = Made::of(sample()).valuation.market.spx;
    for leg in &mut campaign.positions[0].legs {
        let strike = leg.contract.strike().expect("an option");
        if leg.contract.right() == Some(crate::instrument::Right::Put) {
            let near_spot = (spot / 5.0).round() * 5.0 + strike - 6295.0;
            leg.contract = leg
                .contract
                .with_expiry(nearer)
                .with_strike(near_spot)
                .expect("a strike");
        } else {
            leg.contract = leg.contract.with_expiry(calls);
        }
    }
    let decision = decided(campaign, 10);
    let met = every_roll(&decision)
        .find(|roll| roll.name.contains("put side") && expiries_of(roll) == [calls; 2]);
    let met = met.expect("the put side is offered at the calls' expiry");
    assert_eq!(met.positions[0].role, Role::Condor);
    assert!(met.positions[0].condor().is_some());
    assert!(!met.notes.iter().any(|note| note.contains("margined apart")));
}

/// Two condors, the small one losing on its puts and the large one on its calls.
#[test]
fn the_losing_side_is_that_of_all_condors_rolled() {
    let mut campaign = sample();
    let spot = Made::of(sample()).valuation.market.spx;
    let round = |level: f64| (level / 5.0).round() * 5.0;
    let mut small = campaign.positions[0].clone();
    small.id = PositionId(campaign.next_id);
    campaign.next_id += 1;
    for leg in &mut small.legs {
        leg.quantity /= 10;
    }
    let at = |leg: &mut crate::instrument::Leg, strike: f64| {
        leg.contract = leg.contract.with_strike(round(strike)).expect("a strike");
    };
    at(&mut small.legs[0], spot - 60.0);
    at(&mut small.legs[1], spot - 10.0);
    let large = &mut campaign.positions[0];
    at(&mut large.legs[2], spot + 100.0);
    at(&mut large.legs[3], spot + 150.0);
    campaign.positions.insert(0, small);
    let decision = decided(campaign, 10);
    let sided = one_sided(&decision);
    assert!(sided.name.contains("call side"), "{}", sided.name);
    let opened = date(2026, 11, 23);
    assert!(
        sided
            .trades
            .iter()
            .all(|trade| trade.contract.expiry() > opened)
    );
}
