//! Choices not taken, marked later.

use super::*;

#[test]
fn choices_not_taken_are_marked_later_and_settle() {
    let mut campaign = held();
    decided(&mut campaign);
    go_on(&mut campaign, 48, -150.0, 8.0);
    keep(&mut campaign);
    go_on(&mut campaign, 40 * 24, 100.0, 4.0);
    keep(&mut campaign);
    go_on(&mut campaign, 24, 0.0, 9.0);
    let ledger = Ledger::of(&campaign);
    let contracts = weighed_contracts(&campaign);
    assert_eq!(contracts.len(), 1);
    let stations = Station::all(&campaign, &contracts);
    let outcomes = decision_outcomes(&campaign, &ledger, &stations);
    assert_eq!(outcomes.len(), 1);
    let outcome = &outcomes[0];
    assert!(outcome.done.is_empty() && outcome.done_last() == Cents(0));
    let names: Vec<&str> = outcome
        .choices
        .iter()
        .map(|choice| choice.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Hold", "Hedge"],
        "what was refused could not have been done"
    );
    let (hold, hedge) = (&outcome.choices[0], &outcome.choices[1]);
    assert!(hold.is_taken && hold.values.iter().all(|point| point.value == Cents(0)));
    assert_eq!(hedge.values.len(), 4);
    let unit = stations[1].unit(&contracts[0]).expect("priced");
    let by_hand = Cents::from_usd(400.0 * (unit.price - 1.1) - 6.0);
    assert_eq!(hedge.values[1].value, by_hand);
    assert!(by_hand.0 > 0, "VIX rose by 8 points");
    assert!(
        !hedge.values[1].is_marked,
        "no quote of its expiry was ever entered"
    );
    assert_eq!(hedge.values[2].value, hedge.values[3].value, "settled");
    assert_eq!(
        outcome.against_done(hedge),
        hedge.last().map(|point| point.value)
    );
}
