//! Profit by cause adds up to cash and value, and each cause has its sign.

use super::*;

/// What the campaign has made: cash of all fills less fees, and what the book is worth at the last marks.
fn cash_and_value_usd(campaign: &Campaign) -> f64 {
    let ledger = Ledger::of(campaign);
    let contracts: Vec<Contract> = ledger.legs().iter().map(|(key, _)| key.contract).collect();
    let now = Station::of(
        &campaign.marks,
        &campaign.model,
        &contracts,
        StationSource::Now,
    );
    let cash: f64 = ledger
        .fills
        .iter()
        .map(|fill| fill.premium_usd() - fill.fees_usd)
        .sum();
    let value: f64 = (ledger.held_at(campaign.marks.as_of).iter())
        .map(|(key, quantity)| {
            let unit = now.unit(&key.contract).expect("priced");
            f64::from(*quantity) * key.contract.multiplier() * unit.price
        })
        .sum();
    cash + value
}

#[test]
fn parts_add_up_to_cash_and_value_to_the_cent() {
    let mut campaign = held();
    keep(&mut campaign);
    for (hours, spx, vix) in [
        (24, -35.0, 1.1),
        (24, 12.5, -0.4),
        (72, -140.0, 6.3),
        (24, 60.0, -2.0),
    ] {
        go_on(&mut campaign, hours, spx, vix);
        keep(&mut campaign);
    }
    let split = attribute(&campaign);
    assert_eq!(
        split.intervals.len(),
        5,
        "the first ends at the first marks"
    );
    let whole = Cents::from_usd(cash_and_value_usd(&campaign));
    assert!(
        (split.total().0 - whole.0).abs() <= 5,
        "{:?} {whole:?}",
        split.total()
    );
    let by_leg: Cents = split.by_leg().iter().map(|(.., parts)| parts.total()).sum();
    let by_cause: Cents = Cause::ALL.iter().map(|cause| split.sum().of(*cause)).sum();
    let by_interval: Cents = split
        .intervals
        .iter()
        .map(|interval| interval.sum().total())
        .sum();
    let last = split.running().last().expect("intervals").1;
    assert_eq!(
        [by_leg, by_cause, by_interval, last.total()],
        [split.total(); 4]
    );
    assert_eq!(
        split.sum().of(Cause::Fees),
        Cents(-5500),
        "five legs at 11 dollars"
    );
}

#[test]
fn each_cause_has_the_sign_that_its_name_says() {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 24, 0.0, 0.0);
    let quiet = attribute(&campaign).intervals[1].sum();
    assert!(quiet.of(Cause::Theta).0 > 0, "{quiet:?}");
    assert_eq!(quiet.of(Cause::Delta), Cents(0));
    assert_eq!(quiet.of(Cause::Gamma), Cents(0));
    assert!(
        quiet.of(Cause::RollDown).0 < 0,
        "long calls roll down a rising curve: {quiet:?}"
    );

    let mut fall = held();
    keep(&mut fall);
    go_on(&mut fall, 24, -120.0, 5.0);
    let split = attribute(&fall);
    let moved = split.intervals[1].sum();
    assert!(moved.of(Cause::Gamma).0 < 0, "short gamma: {moved:?}");
    assert!(
        moved.of(Cause::Vega).0 < 0,
        "short vega, vols rose: {moved:?}"
    );
    assert!(
        moved.of(Cause::VixFuture(LayerKind::Second)).0 > 0,
        "{moved:?}"
    );
    assert_eq!(moved.of(Cause::VixFuture(LayerKind::First)), Cents(0));
    let spx = split.of_group(&split.intervals[1], None);
    let layer = split.of_group(&split.intervals[1], Some(LayerKind::Second));
    assert_eq!(spx.total() + layer.total(), moved.total());
    assert_eq!(spx.of(Cause::VolOfVol), Cents(0));
    assert!(layer.total().0 > 0 && layer.of(Cause::Delta) == Cents(0));
}

#[test]
fn a_small_move_leaves_little_unexplained() {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 4, -6.0, 0.2);
    let moved = attribute(&campaign).intervals[1].sum();
    let explained: f64 = (Cause::ALL.iter())
        .filter(|cause| **cause != Cause::Unexplained)
        .map(|cause| moved.of(*cause).usd().abs())
        .sum();
    let rest = moved.of(Cause::Unexplained).usd().abs();
    assert!(rest < 0.02 * explained, "{rest} of {explained}");
}

#[test]
fn fills_between_marks_count_at_their_price_and_later_ones_not_at_all() {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 24, 20.0, -0.5);
    let half = fill(&campaign, 1, 0, -2, 2.5);
    campaign
        .apply(Command::AddTrade(fill(&campaign, 1, 0, 4, 1.9)))
        .expect("valid");
    campaign
        .apply(Command::AddTrade(half.clone()))
        .expect("valid");
    let split = attribute(&campaign);
    let whole = Cents::from_usd(cash_and_value_usd(&campaign));
    assert!(
        (split.total().0 - whole.0).abs() <= 6,
        "{:?} {whole:?}",
        split.total()
    );
    let tomorrow = Trade {
        at: half.at + jiff::ToSpan::days(1),
        ..half
    };
    campaign.apply(Command::AddTrade(tomorrow)).expect("valid");
    assert_eq!(attribute(&campaign).total(), split.total());
}

#[test]
fn what_has_settled_keeps_what_it_settled_at() {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 44 * 24 + 2, -380.0, 3.0);
    let settle = |leg: usize, quantity, price| Trade {
        action: TradeAction::Settle,
        at: date(2026, 8, 7).at(16, 0, 0, 0),
        fees_usd: 0.0,
        ..fill(&campaign, 0, leg, quantity, price)
    };
    // At 5620 the short put is 20 in the money.
    let fills = [
        settle(0, -10, 0.0),
        settle(1, 10, 20.0),
        settle(2, 10, 0.0),
        settle(3, -10, 0.0),
    ];
    let entry = JournalEntry::new(fills[0].at, Some(TradeAction::Settle), "Settled");
    let commands = fill_commands(&campaign, entry, fills.to_vec(), &[], true).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    assert_eq!(campaign.positions.len(), 1, "the condor is gone");
    keep(&mut campaign);
    let ended = |campaign: &Campaign| -> Cents {
        let split = attribute(campaign);
        let spx = split
            .by_leg()
            .into_iter()
            .filter(|(_, layer, _)| layer.is_none());
        spx.map(|(.., parts)| parts.total()).sum()
    };
    // Credit 12.10 points less 20 settled, ten condors, four legs of fees.
    let expected = Cents::from_usd(1000.0 * (35.7 + 22.4 - 29.6 - 16.4 - 20.0) - 44.0);
    assert_eq!(ended(&campaign), expected);
    go_on(&mut campaign, 48, 500.0, -2.0);
    assert_eq!(ended(&campaign), expected, "nothing moves it any more");
}

#[test]
fn theta_capture_is_near_one_on_quiet_days_and_unknown_without_any() {
    let mut campaign = held();
    keep(&mut campaign);
    let start = campaign.marks.as_of;
    assert_eq!(attribute(&campaign).theta_capture(start), None);
    for _ in 0..3 {
        go_on(&mut campaign, 24, 0.0, 0.0);
        keep(&mut campaign);
    }
    let capture = attribute(&campaign)
        .theta_capture(start)
        .expect("three days");
    assert!((0.6..1.4).contains(&capture), "{capture}");
}

#[test]
fn the_book_of_a_day_is_what_its_fills_left() {
    let mut campaign = held();
    let opened = campaign.marks.as_of;
    go_on(&mut campaign, 24, 0.0, 0.0);
    let close = fill(&campaign, 1, 0, -4, 2.0);
    let open = Trade {
        at: date(2026, 6, 24).at(10, 0, 0, 0),
        ..fill(&campaign, 1, 0, 4, 1.9)
    };
    let id = campaign.positions[1].id;
    campaign.apply(Command::AddTrade(open)).expect("valid");
    campaign.apply(Command::AddTrade(close)).expect("valid");
    let told = Ledger::of(&campaign).discrepancies;
    assert_eq!((told.len(), told[0].by_fills, told[0].held), (1, 0, 4));
    campaign
        .apply(Command::RemovePosition { id })
        .expect("held");
    let ledger = Ledger::of(&campaign);
    assert!(ledger.discrepancies.is_empty());
    let before = ledger.book_at(opened);
    assert_eq!(before.len(), 2);
    assert_eq!(
        (before[1].name.as_str(), before[1].role),
        ("Second layer", Role::Layer(LayerKind::Second))
    );
    assert_eq!(before[0].role, Role::Condor);
    let after = ledger.book_at(campaign.marks.as_of);
    assert_eq!(after, [campaign.positions[0].clone()]);
    assert_eq!(ledger.name(Some(id)), "Second layer");
}
