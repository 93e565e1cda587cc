//! What a campaign carries along: losses realised, fees paid, nothing that has not happened yet.

use super::{Made, decided, near, of_sample, sample};
use crate::decision::{Candidate, Decision};
use crate::document::Campaign;
use crate::fact::{FactId, Facts, carried_spx_usd};
use crate::instrument::PositionId;
use crate::rule::Stance;

/// Fees that the sample's journal paid to open the condor's four legs, dollars.
const OPENING_FEES_USD: f64 = 4.0 * 11.3;

fn whole_roll(decision: &Decision) -> (&Candidate, f64, f64) {
    (decision.choices.iter().chain(&decision.rejected))
        .find(|choice| choice.candidate.name.ends_with("same strikes"))
        .map(|choice| {
            let figures = &choice.figures;
            (&choice.candidate, figures.carried_usd, figures.max_loss_usd)
        })
        .expect("a roll of the whole structure")
}

fn applied(candidate: &Candidate, mut campaign: Campaign) -> Campaign {
    for command in candidate.commands(&campaign.clone(), "roll", None) {
        campaign.apply(command).expect("it can be carried out");
    }
    campaign
}

/// A campaign whose short put was sold at 20 and stands at 42.2.
fn losing() -> Campaign {
    let mut losing = sample();
    losing.positions[0].legs[1].entry_price = 20.0;
    losing.trades[1].price = 20.0;
    losing
}

#[test]
fn fees_and_losses_are_the_same_before_and_after_a_roll() {
    let mut without_journal = losing();
    without_journal.trades.clear();
    for leg in &mut without_journal.positions[0].legs {
        leg.fees_usd = 12.0;
    }
    for (name, campaign) in [("journal", losing()), ("no journal", without_journal)] {
        let decision = decided(campaign.clone(), 10);
        let hold = decision.hold().figures.carried_usd;
        let (roll, promised, promised_loss) = whole_roll(&decision);
        let fees: f64 = roll.trades.iter().map(|trade| trade.fees_usd).sum();
        assert!(hold < 0.0 && fees > 0.0, "{name}");
        near(promised, hold - 22_200.0 - fees, 0.1);
        let after = applied(roll, campaign);
        let book = decided(after.clone(), 10);
        near(book.hold().figures.carried_usd, promised, 1e-6);
        near(book.hold().figures.max_loss_usd, promised_loss, 1e-6);
        let facts = Made::of(after).facts;
        near(
            facts.number(FactId::MaxLoss).expect("condors"),
            promised_loss,
            1e-6,
        );
    }
}

/// The break-evens of the choice are those of the book that it leaves, fees and losses carried.
#[test]
fn break_evens_are_the_same_before_and_after_a_roll() {
    let decision = decided(losing(), 10);
    let choices = decision.choices.iter().chain(&decision.rejected);
    for choice in choices
        .filter(|choice| choice.stance() == Stance::Roll)
        .take(8)
    {
        let promised = choice.figures.break_evens.expect("condors");
        let after = decided(applied(&choice.candidate, losing()), 10);
        let found = after.hold().figures.break_evens.expect("condors");
        for side in [0, 1] {
            near(found.levels[side], promised.levels[side], 1e-6);
            near(found.margins_em[side], promised.margins_em[side], 1e-6);
        }
    }
}

fn max_loss(campaign: Campaign) -> f64 {
    let facts = Made::of(campaign).facts;
    facts.number(FactId::MaxLoss).expect("condors")
}

/// A round trip of ten contracts that are not held any more, at so many points each.
fn with_round_trip(opened: f64, closed: f64, hours_after: i64) -> Campaign {
    let mut campaign = sample();
    let mut sold = campaign.trades[1].clone();
    sold.contract = sold.contract.with_expiry(jiff::civil::date(2026, 12, 18));
    (sold.price, sold.fees_usd) = (opened, 0.0);
    let mut bought = sold.clone();
    (bought.quantity, bought.price) = (10, closed);
    let now = crate::calendar::new_york().to_datetime(campaign.marks.as_of);
    sold.at = now.saturating_sub(jiff::Span::new().hours(1));
    bought.at = now.saturating_add(jiff::Span::new().hours(hours_after));
    campaign.trades.extend([sold, bought]);
    campaign
}

#[test]
fn losses_realised_count_under_the_cap_and_gains_make_no_room() {
    let alone = max_loss(sample());
    near(alone, 37_900.0 + OPENING_FEES_USD, 1e-6);
    near(
        max_loss(with_round_trip(10.0, 30.0, 0)),
        alone + 20_000.0,
        1e-6,
    );
    near(max_loss(with_round_trip(30.0, 10.0, 0)), 37_900.0, 1e-6);
}

#[test]
fn what_is_dated_after_the_marks_has_not_happened_yet() {
    let cash = |campaign: &Campaign| -> f64 {
        let facts: Facts = Made::of(campaign.clone()).facts;
        facts.number(FactId::Realised).expect("a journal")
    };
    let (now, later) = (
        with_round_trip(10.0, 30.0, 0),
        with_round_trip(10.0, 30.0, 2),
    );
    near(
        carried_spx_usd(&now, None),
        -20_000.0 - OPENING_FEES_USD,
        1e-6,
    );
    near(carried_spx_usd(&later, None), -OPENING_FEES_USD, 1e-6);
    near(
        carried_spx_usd(&later, Some(PositionId(1))),
        -OPENING_FEES_USD,
        1e-6,
    );
    near(max_loss(later.clone()), max_loss(sample()), 1e-6);
    near(cash(&later) - cash(&now), 30_000.0, 1e-6);
    let hold = of_sample().hold().figures.carried_usd;
    near(decided(later, 10).hold().figures.carried_usd, hold, 1e-6);
}
