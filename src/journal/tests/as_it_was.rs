//! The campaign as it was at a past instant.

use super::*;

fn at(at: jiff::Timestamp) -> PastMoment {
    PastMoment { at, entry: None }
}

#[test]
fn a_past_instant_has_its_book_its_marks_and_its_trades() {
    let mut campaign = held();
    decided(&mut campaign);
    let opened = campaign.marks.as_of;
    go_on(&mut campaign, 24, -40.0, 1.0);
    keep(&mut campaign);
    let close = Trade {
        action: TradeAction::Close,
        ..fill(&campaign, 1, 0, -4, 2.0)
    };
    let entry = JournalEntry::new(close.at, Some(TradeAction::Close), "Calls off");
    let commands = fill_commands(&campaign, entry, vec![close], &[], true).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    let closed = campaign.marks.as_of;
    campaign.model.stress_multiple = 2.0;
    go_on(&mut campaign, 24, 10.0, 0.0);
    let ledger = Ledger::of(&campaign);

    let moments = past_moments(&campaign, &ledger);
    let instants: Vec<_> = moments.iter().map(|moment| moment.at).collect();
    assert!(instants.contains(&opened) && instants.contains(&closed));
    assert!(instants.is_sorted() && !instants.contains(&campaign.marks.as_of));

    let then = as_it_was(&campaign, &ledger, at(opened)).expect("marks are kept");
    assert_eq!((then.marks.spx, then.marks.as_of), (6000.0, opened));
    assert_eq!(then.positions.len(), 2, "condor and calls");
    assert!(
        then.trades
            .iter()
            .all(|trade| trade.action == TradeAction::Open)
    );
    assert_eq!(
        then.model.stress_multiple,
        held().model.stress_multiple,
        "as it was decided under"
    );

    let later = as_it_was(&campaign, &ledger, at(closed)).expect("marks are kept");
    assert_eq!((later.marks.spx, later.positions.len()), (5960.0, 1));
    assert!(
        later
            .trades
            .iter()
            .any(|trade| trade.action == TradeAction::Close)
    );

    assert!(
        as_it_was(&held(), &Ledger::of(&held()), at(opened)).is_none(),
        "no marks kept"
    );
}

#[test]
fn decisions_on_the_same_marks_are_moments_of_their_own() {
    let mut campaign = held();
    decided(&mut campaign);
    let opened = campaign.marks.as_of;
    let close = Trade {
        action: TradeAction::Close,
        ..fill(&campaign, 1, 0, -4, 2.0)
    };
    let first = campaign.journal.entries.last().expect("decided").clone();
    let entry = JournalEntry {
        decision: first.decision.clone(),
        ..JournalEntry::new(close.at, Some(TradeAction::Close), "Calls off")
    };
    let commands = fill_commands(&campaign, entry, vec![close], &[], true).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    decided(&mut campaign);
    go_on(&mut campaign, 24, 10.0, 0.0);
    let ledger = Ledger::of(&campaign);

    let mut moments = past_moments(&campaign, &ledger);
    moments.retain(|moment| moment.at == opened);
    assert_eq!(moments.len(), 3, "one for each: {moments:?}");
    assert_eq!(moments[0].entry, Some(first.id));
    assert_eq!(moments[0].of(&campaign), moments[0], "the first as asked");
    assert_eq!(at(opened).of(&campaign), moments[2], "else the last");

    let held_after = |place: usize| {
        let was = as_it_was(&campaign, &ledger, moments[place]).expect("marks are kept");
        was.positions.len()
    };
    assert_eq!([0, 1, 2].map(held_after), [2, 1, 1], "each after its own");
    let closed_before = |place: usize| {
        let entry = decision_of(&campaign, moments[place]).expect("its record");
        let was = as_decided(&campaign, entry).expect("marks are kept");
        let mut trades = was.trades.iter();
        trades.any(|trade| trade.action == TradeAction::Close)
    };
    assert_eq!([0, 1, 2].map(closed_before), [false, false, true]);
}
