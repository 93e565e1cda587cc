//! Rolls: where they go, what they carry, which tests they fail.

use jiff::civil::{Date, date};

use super::{Made, decided, near, of_sample, sample};
use crate::decision::{CandidateKind, Figures, TestKind};
use crate::fact::FactId;

#[test]
fn every_roll_goes_outward_and_says_which_test_it_failed() {
    let decision = of_sample();
    assert!(decision.rejected.len() >= 10);
    for choice in &decision.rejected {
        let CandidateKind::Roll { expiry, side, .. } = choice.candidate.kind else {
            panic!("only rolls are rejected: {}", choice.candidate.name);
        };
        assert!(expiry > date(2027, 1, 8));
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
    // The sample's journal paid 45.2 to open the four legs.
    near(roll.figures.carried_usd, -22_200.0 - fees - 45.2, 1.0);
    let opened: f64 = (roll.candidate.trades.iter())
        .filter(|trade| trade.contract.expiry() != date(2027, 1, 8))
        .map(|trade| trade.cash_usd())
        .sum();
    let credit = (opened - 22_200.0 - fees - 45.2) / 1_000.0;
    let found = roll.figures.break_evens.expect("a condor has break-evens");
    near(found.levels[0], 6295.0 - credit, 1e-2);
    near(found.levels[1], 7060.0 + credit, 1e-2);
}

#[test]
fn a_roll_of_a_position_without_entries_in_the_journal_still_carries_its_loss() {
    let mut losing = sample();
    losing.positions[0].legs[1].entry_price = 20.0;
    losing.trades.clear();
    let decision = decided(losing.clone(), 10);
    let roll = (decision.choices.iter().chain(&decision.rejected))
        .find(|choice| choice.candidate.name.ends_with("same strikes"))
        .expect("a roll of the whole structure");
    for command in roll.candidate.commands(&losing.clone(), "roll", None) {
        losing.apply(command).expect("it can be carried out");
    }
    let carried = decided(losing, 10).hold().figures.carried_usd;
    near(carried, roll.figures.carried_usd, 1e-6);
}

#[test]
fn an_earlier_roll_in_the_journal_is_carried_too() {
    let mut campaign = sample();
    let sold = campaign.trades[1].clone();
    let mut lost = campaign.trades[1].clone();
    (lost.contract, lost.quantity, lost.price, lost.fees_usd) = (
        sold.contract.with_expiry(date(2026, 12, 18)),
        -10,
        10.0,
        0.0,
    );
    let mut back = lost.clone();
    (back.quantity, back.price) = (10, 30.0);
    lost.at = back.at.saturating_sub(jiff::Span::new().hours(1));
    campaign.trades.extend([lost, back]);
    let facts = Made::of(campaign.clone()).facts;
    let decision = decided(campaign, 50);
    let (with, without) = (&decision.hold().figures, &of_sample().hold().figures);
    near(with.carried_usd - without.carried_usd, -20_000.0, 1e-6);
    let low = |figures: &Figures| figures.break_evens.expect("a condor").levels[0];
    let by_facts = facts.number(FactId::BreakEvenMargin).expect("a condor");
    near(
        by_facts,
        with.break_evens.expect("a condor").nearest_em(),
        1e-6,
    );
    near(low(with) - low(without), 20.0, 1e-6);
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

/// The sample with its condor in another expiry, opened on the day of the marks.
fn expiring(day: Date) -> crate::document::Campaign {
    let mut campaign = sample();
    for leg in &mut campaign.positions[0].legs {
        leg.contract = leg.contract.with_expiry(day);
    }
    campaign
}

/// Expiries of all rolls of a book, each once.
fn offered(campaign: crate::document::Campaign) -> Vec<Date> {
    let decision = decided(campaign, 10);
    let all = decision.choices.iter().chain(&decision.rejected);
    let mut expiries: Vec<Date> = all
        .filter_map(|choice| match choice.candidate.kind {
            CandidateKind::Roll { expiry, .. } => Some(expiry),
            CandidateKind::Hold
            | CandidateKind::Close { .. }
            | CandidateKind::Hedge(_)
            | CandidateKind::TrimCondors
            | CandidateKind::TrimHedge
            | CandidateKind::Monetise => None,
        })
        .collect();
    expiries.sort_unstable();
    expiries.dedup();
    expiries
}

#[test]
fn the_days_from_opening_to_expiry_decide_where_a_roll_may_go() {
    // 26 November 2026 is Thanksgiving.
    let days = [date(2026, 11, 25), date(2026, 11, 27), date(2026, 11, 30)];
    assert_eq!(offered(expiring(date(2026, 11, 24))), days);
    assert_eq!(offered(expiring(date(2026, 12, 4))), [date(2026, 12, 11)]);
    let window = [
        date(2027, 1, 15),
        date(2027, 1, 22),
        date(2027, 1, 29),
        date(2027, 2, 19),
    ];
    assert_eq!(offered(sample()), window);
}
