//! Decisions on the sample campaign: bases, laws, and what the choices lead to.

use std::sync::{Arc, OnceLock};

use super::{
    CandidateKind, Decision, DecisionError, DecisionInputs, DecisionJob, DecisionParams, HedgeGoal,
    TestKind, decide,
};
use crate::document::{Account, Campaign, campaign_from_ron};
use crate::fact::{AssumedMarks, BookInputs, FactInputs, Facts};
use crate::instrument::Position;
use crate::policy::RulePack;
use crate::risk::simulation::{RunControl, SimulationError};
use crate::rule::Stance;
use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

/// Everything that inputs borrow.
struct Made {
    campaign: Campaign,
    valuation: Valuation,
    account: Account,
    facts: Facts,
}

impl Made {
    fn of(campaign: Campaign) -> Self {
        let account = Account::default();
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
        let facts = Facts::gather(&FactInputs::of_book(
            BookInputs {
                campaign: &campaign,
                valuation: &valuation,
                account: &account,
                assumed: AssumedMarks::default(),
            },
            None,
        ));
        Self {
            campaign,
            valuation,
            account,
            facts,
        }
    }

    fn inputs(&self, paths: usize) -> DecisionInputs<'_> {
        DecisionInputs {
            campaign: &self.campaign,
            valuation: &self.valuation,
            pack: RulePack::alvh(),
            account: &self.account,
            facts: &self.facts,
            params: DecisionParams {
                paths,
                ..DecisionParams::of(RulePack::alvh())
            },
        }
    }
}

fn sample() -> Campaign {
    let text = include_str!("../../assets/samples/condor.ron");
    campaign_from_ron(text).expect("the sample reads")
}

fn decided(campaign: Campaign, paths: usize) -> Decision {
    let made = Made::of(campaign);
    decide(&made.inputs(paths), &RunControl::default()).expect("there is something to decide")
}

/// The sample's decision on few paths, made once.
fn of_sample() -> &'static Decision {
    static DECISION: OnceLock<Decision> = OnceLock::new();
    DECISION.get_or_init(|| decided(sample(), 400))
}

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected} ± {tolerance}"
    );
}

fn is_sendable<T: Send>(_what: &T) {}

/// After a roll of one side the condors are of two expiries; figures per condor stay what they are.
#[test]
fn a_book_of_two_expiries_is_still_measured_per_condor() {
    let roll = (of_sample().rejected.iter())
        .find(|choice| choice.candidate.name.contains("side"))
        .expect("one side alone is offered");
    let rolled = roll.candidate.campaign(&sample());
    let decision = decided(rolled, 50);
    let (held, promised) = (&decision.hold().figures, &roll.figures);
    let vega = |figures: &super::Figures| figures.vega.expect("condors");
    near(vega(held).literal, vega(promised).literal, 1e-6);
    near(vega(held).judged, vega(promised).judged, 1e-6);
    let low = decision.basis.band.low;
    let futures = (decision.choices.iter())
        .find(|choice| choice.candidate.name.contains("VXM"))
        .expect("futures reach the band");
    assert!(vega(&futures.figures).judged >= low - 1e-9);
    assert!(vega(&futures.figures).judged < low + 0.1);
}

#[test]
fn inputs_and_results_go_to_another_thread() {
    let made = Made::of(sample());
    is_sendable(&made.inputs(2));
    let job = DecisionJob {
        campaign: Arc::new(made.campaign.clone()),
        valuation: Arc::new(made.valuation.clone()),
        pack: Arc::new(RulePack::alvh().clone()),
        account: Arc::new(made.account.clone()),
        facts: Arc::new(made.facts.clone()),
        params: made.inputs(400).params,
    };
    let elsewhere = std::thread::spawn(move || job.run(&RunControl::default()));
    let found = elsewhere.join().expect("the thread ends");
    assert_eq!(found.as_ref(), Ok(of_sample()));
}

#[test]
fn an_empty_book_has_nothing_to_decide() {
    let mut empty = sample();
    empty.positions.clear();
    let made = Made::of(empty);
    let found = decide(&made.inputs(10), &RunControl::default());
    assert_eq!(found, Err(DecisionError::NothingHeld));
}

#[test]
fn a_decision_that_nobody_wants_stops() {
    let made = Made::of(sample());
    let control = RunControl::default();
    control.cancel();
    let found = decide(&made.inputs(10), &control);
    assert_eq!(
        found,
        Err(DecisionError::Simulation(SimulationError::Cancelled))
    );
}

#[test]
fn the_same_book_gives_the_same_decision_and_tells_its_progress() {
    let made = Made::of(sample());
    let control = RunControl::default();
    let anew = decide(&made.inputs(400), &control).expect("decided");
    assert_eq!(&anew, of_sample());
    assert_eq!(control.progress(), 1.0);
}

#[test]
fn the_order_of_the_positions_does_not_matter() {
    let mut turned = sample();
    turned.positions.reverse();
    turned.positions[3].legs.reverse();
    let turned = decided(turned, 400);
    let names = |decision: &Decision| -> Vec<String> {
        let ordered = decision.order.iter();
        ordered
            .map(|place| decision.choices[*place].candidate.name.clone())
            .collect()
    };
    assert_eq!(names(&turned), names(of_sample()));
    for (one, other) in turned.choices.iter().zip(&of_sample().choices) {
        near(one.score.total, other.score.total, 1e-9);
    }
}

#[test]
fn holding_costs_nothing_and_closing_costs_its_friction_on_every_path() {
    let decision = of_sample();
    let hold = &decision.hold().figures;
    assert_eq!(decision.hold().stance(), Stance::Hold);
    assert_eq!(
        (hold.cost_usd(), hold.realised_usd, hold.carried_usd),
        (0.0, 0.0, 0.0)
    );
    assert!(hold.outcome.worst_usd < hold.outcome.p05_usd);
    assert!(hold.outcome.p05_usd < hold.outcome.expected_usd);
    let closed = decision
        .best_of(Stance::Close)
        .expect("the book can be closed");
    let figures = &closed.figures;
    assert!(figures.friction_usd() > 100.0);
    near(figures.outcome.worst_usd, -figures.friction_usd(), 1e-6);
    near(figures.outcome.best_usd, -figures.friction_usd(), 1e-6);
    assert_eq!(
        (figures.margin_usd, figures.condors, figures.irr),
        (0.0, 0, None)
    );
}

#[test]
fn expected_profit_falls_with_the_drift_and_the_default_stands_in_the_middle() {
    let hold = &of_sample().hold().figures;
    let [none, default, twice] = hold.drifts;
    assert_eq!(none.drift_per_year, 0.0);
    near(twice.drift_per_year, 2.0 * default.drift_per_year, 1e-12);
    near(default.expected_pl_usd, hold.outcome.expected_usd, 1e-9);
    assert!(none.expected_pl_usd > default.expected_pl_usd);
    assert!(default.expected_pl_usd > twice.expected_pl_usd);
}

#[test]
fn commands_lead_to_the_book_of_the_choice_and_journal_its_trades() {
    let decision = of_sample();
    let before = sample();
    for choice in decision.choices.iter().chain(&decision.rejected) {
        let candidate = &choice.candidate;
        let mut campaign = before.clone();
        for command in candidate.commands(&before, "because") {
            campaign
                .apply(command)
                .expect("every command can be carried out");
        }
        let held = |positions: &[Position]| -> Vec<_> {
            let legs = positions.iter().flat_map(|position| &position.legs);
            let mut legs: Vec<_> = legs.map(|leg| (leg.contract, leg.quantity)).collect();
            legs.sort_unstable();
            legs
        };
        assert_eq!(
            held(&campaign.positions),
            held(&candidate.positions),
            "{}",
            candidate.name
        );
        let fills = &campaign.trades[before.trades.len()..];
        assert_eq!(fills.len(), candidate.trades.len());
        for fill in fills {
            let id = fill.position.expect("every trade belongs to a position");
            assert!(before.position(id).is_some() || campaign.position(id).is_some());
            assert_eq!(fill.reason, "because");
        }
        campaign.validate().expect("the campaign stays valid");
    }
}

/// Contracts and margins grow with the book; figures per condor, ratios and scores do not.
#[test]
fn a_book_three_times_as_large_gets_the_same_answers_per_condor() {
    let mut large = sample();
    for leg in large
        .positions
        .iter_mut()
        .flat_map(|position| &mut position.legs)
    {
        leg.quantity *= 3;
    }
    let large = decided(large, 400);
    let pairs = [
        (large.hold(), of_sample().hold()),
        (
            large.best_of(Stance::Close).expect("closing"),
            of_sample().best_of(Stance::Close).expect("closing"),
        ),
        (&large.rejected[0], &of_sample().rejected[0]),
    ];
    for (three, one) in pairs {
        let (big, small) = (&three.figures, &one.figures);
        near(
            big.outcome.expected_usd / 3.0,
            small.outcome.expected_usd,
            1e-6,
        );
        near(big.outcome.p05_usd / 3.0, small.outcome.p05_usd, 1e-6);
        near(big.cost_usd() / 3.0, small.cost_usd(), 1e-6);
        near(big.margin_usd / 3.0, small.margin_usd, 1e-6);
        near(three.score.total, one.score.total, 1e-9);
        let judged = |figures: &super::Figures| figures.vega.map_or(0.0, |vega| vega.judged);
        near(judged(big), judged(small), 1e-9);
        let distance = |figures: &super::Figures| {
            (figures.break_evens).map_or(0.0, |found| found.nearest_em())
        };
        near(distance(big), distance(small), 1e-9);
    }
}

#[test]
fn every_roll_goes_outward_and_says_which_test_it_failed() {
    let decision = of_sample();
    assert!(decision.rejected.len() >= 10);
    for choice in &decision.rejected {
        let CandidateKind::Roll { expiry, side, .. } = choice.candidate.kind else {
            panic!("only rolls are rejected: {}", choice.candidate.name);
        };
        assert!(expiry > jiff::civil::date(2027, 1, 8));
        let legs = if side.is_some() { 4 } else { 8 };
        assert_eq!(choice.candidate.trades.len(), legs);
        let acceptance = choice.acceptance.as_ref().expect("rolls are tested");
        assert_eq!(acceptance.tests.len(), 9);
        let failed = acceptance.failed().expect("one test fails");
        assert!(!failed.sentence.is_empty());
    }
    let one_side = (decision.rejected.iter())
        .find(|choice| choice.candidate.name.contains("side"))
        .expect("one side alone is offered");
    let vega = one_side
        .figures
        .vega
        .expect("two spreads of two expiries are condors here");
    assert!(
        vega.literal > -3.0 && vega.literal < 0.0,
        "{}",
        vega.literal
    );
}

#[test]
fn a_roll_carries_the_loss_that_it_realises() {
    let mut losing = sample();
    // The short put was sold at 20 and stands at 42.2.
    losing.positions[0].legs[1].entry_price = 20.0;
    let decision = decided(losing, 50);
    let rolls = || decision.choices.iter().chain(&decision.rejected);
    let roll = rolls()
        .find(|choice| choice.candidate.name.ends_with("same strikes"))
        .expect("a roll of the whole structure");
    let fees: f64 = roll
        .candidate
        .trades
        .iter()
        .map(|trade| trade.fees_usd)
        .sum();
    near(roll.figures.realised_usd, -22_200.0, 1.0);
    near(roll.figures.carried_usd, -22_200.0 - fees, 1.0);
    let opened: f64 = (roll.candidate.trades.iter())
        .filter(|trade| trade.contract.expiry() != jiff::civil::date(2027, 1, 8))
        .map(|trade| trade.cash_usd())
        .sum();
    let credit = (opened - 22_200.0 - fees) / 1_000.0;
    let found = roll.figures.break_evens.expect("a condor has break-evens");
    near(found.levels[0], 6295.0 - credit, 1e-2);
    near(found.levels[1], 7060.0 + credit, 1e-2);
}

#[test]
fn an_earlier_roll_in_the_journal_is_carried_too() {
    let mut campaign = sample();
    let sold = campaign.trades[1].clone();
    let mut lost = campaign.trades[1].clone();
    (lost.contract, lost.quantity, lost.price, lost.fees_usd) = (
        sold.contract.with_expiry(jiff::civil::date(2026, 12, 18)),
        -10,
        10.0,
        0.0,
    );
    let mut back = lost.clone();
    (back.quantity, back.price) = (10, 30.0);
    back.at = back.at.saturating_add(jiff::Span::new().hours(1));
    campaign.trades.extend([lost, back]);
    let decision = decided(campaign, 50);
    let (with, without) = (&decision.hold().figures, &of_sample().hold().figures);
    near(with.carried_usd, -20_000.0, 1e-6);
    let low = |figures: &super::Figures| figures.break_evens.expect("a condor").levels[0];
    near(low(with) - low(without), 20.0, 1e-6);
}

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
    let debit = 2_310.0 - calls.figures.cash_usd;
    assert!(debit <= 0.28 * 12_100.0 + 1e-6, "{debit}");
    let futures = hedge("VXM").figures.vega.expect("condors");
    assert!(futures.judged >= -0.15 - 1e-9, "{}", futures.judged);
    assert_eq!(futures.outside, 0.0);
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
    let rising = |pair: &[super::FrontierPoint]| {
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
    for command in choice.candidate.commands(&campaign.clone(), "stress") {
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

/// A contract that a roll opens costs the same in the market as it is and in the market of the rolled book.
#[test]
fn a_rolled_book_is_priced_as_its_trades_were() {
    let decision = of_sample();
    for choice in decision.rejected.iter().take(4) {
        let mut campaign = sample();
        campaign.positions = choice.candidate.positions.clone();
        let after = Made::of(campaign).valuation;
        for trade in &choice.candidate.trades {
            near(
                after.market.price(&trade.contract),
                trade.price_points,
                1e-6,
            );
        }
    }
}

#[test]
fn the_map_names_a_winner_in_every_cell() {
    let map = &of_sample().map;
    let cells = map.spx_pct.len() * map.vix.len();
    assert_eq!(map.winners.len(), cells);
    let decision = of_sample();
    let close = (map.choices.iter())
        .position(|place| decision.choices[*place].stance() == Stance::Close)
        .expect("closing is compared");
    let friction = decision.choices[map.choices[close]].figures.friction_usd();
    if decision.choices[map.choices[close]]
        .candidate
        .positions
        .is_empty()
    {
        assert!(
            map.pl_usd[close]
                .iter()
                .all(|pl| (pl + friction).abs() < 1e-6)
        );
    }
    for (cell, winner) in map.winners.iter().enumerate() {
        let best = map
            .pl_usd
            .iter()
            .map(|pl| pl[cell])
            .fold(f64::MIN, f64::max);
        assert_eq!(map.pl_usd[*winner][cell], best);
    }
    assert!(
        map.comparisons
            .iter()
            .any(|found| found.sentence.contains("hold"))
    );
}

#[test]
fn the_tests_of_a_roll_stand_in_the_order_of_the_method() {
    let acceptance = of_sample().rejected[0]
        .acceptance
        .as_ref()
        .expect("rolls are tested");
    let kinds: Vec<TestKind> = acceptance.tests.iter().map(|test| test.kind).collect();
    let expected = [
        TestKind::Contracts,
        TestKind::NetCredit,
        TestKind::BreakEvens,
        TestKind::NetVega,
        TestKind::Theta,
        TestKind::ExpectedProfit,
        TestKind::Irr,
        TestKind::Margin,
        TestKind::Rolls,
    ];
    assert_eq!(kinds, expected);
}
