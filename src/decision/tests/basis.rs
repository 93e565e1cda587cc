//! One basis: determinism, scale, order of rows, commands, the map, other threads.

use std::sync::Arc;

use super::{Made, decided, near, of_sample, sample};
use crate::decision::{Decision, DecisionError, DecisionJob, Figures, decide};
use crate::instrument::Position;
use crate::policy::RulePack;
use crate::risk::simulation::{RunControl, SimulationError};
use crate::rule::Stance;

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
    let vega = |figures: &Figures| figures.vega.expect("condors");
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
    let thread = std::thread::Builder::new().name("decision".to_owned());
    let elsewhere = thread.spawn(move || job.run(&RunControl::default()));
    let elsewhere = elsewhere.expect("a thread");
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
    assert_eq!((hold.cost_usd(), hold.realised_usd), (0.0, 0.0));
    // The fees that the journal paid to open the condor.
    near(hold.carried_usd, -45.2, 1e-9);
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
        for command in candidate.commands(&before, "because", None) {
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
    for trade in &mut large.trades {
        trade.quantity *= 3;
        trade.fees_usd *= 3.0;
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
        let judged = |figures: &Figures| figures.vega.map_or(0.0, |vega| vega.judged);
        near(judged(big), judged(small), 1e-9);
        let distance =
            |figures: &Figures| (figures.break_evens).map_or(0.0, |found| found.nearest_em());
        near(distance(big), distance(small), 1e-9);
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
