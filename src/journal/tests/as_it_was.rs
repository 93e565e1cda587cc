//! The campaign as it was at a past instant.

use super::*;

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

    let instants = past_instants(&campaign, &ledger);
    assert!(instants.contains(&opened) && instants.contains(&closed));
    assert!(instants.is_sorted() && !instants.contains(&campaign.marks.as_of));

    let then = as_it_was(&campaign, &ledger, opened).expect("marks are kept");
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

    let later = as_it_was(&campaign, &ledger, closed).expect("marks are kept");
    assert_eq!((later.marks.spx, later.positions.len()), (5960.0, 1));
    assert!(
        later
            .trades
            .iter()
            .any(|trade| trade.action == TradeAction::Close)
    );

    assert!(
        as_it_was(&held(), &Ledger::of(&held()), opened).is_none(),
        "no marks kept"
    );
}
