//! A campaign over a few days with known marks: its profit by cause adds up to cash and value.

mod falls;

use jiff::SignedDuration;
use jiff::civil::date;

use super::*;
use crate::calendar::{new_york, parse_as_of};
use crate::document::journal::fill_commands;
use crate::document::journal::{
    ChoiceRecord, ChoiceTrade, DecisionRecord, JournalCommand, MomentSource, VerdictRecord,
};
use crate::document::{Campaign, Command, JournalEntry};
use crate::instrument::{
    Contract, LayerKind, Leg, Position, PositionId, Right, Role, Root, Trade, TradeAction, TradeId,
};
use crate::market::{FutureMark, Marks};

fn option(root: Root, day: jiff::civil::Date, strike: f64, right: Right) -> Contract {
    Contract::option(root, day, strike, right).expect("a contract")
}

/// Ten condors and four VIX calls, entered without a log on 24 June.
fn held() -> Campaign {
    let at = parse_as_of("2026-06-24T16:00").expect("an instant");
    let mut marks = Marks::new(at, 6000.0, 17.0);
    (marks.rate, marks.dividend) = (0.04, 0.012);
    marks.vx = vec![
        FutureMark::entered(date(2026, 7, 22), 18.05),
        FutureMark::entered(date(2026, 8, 19), 18.7),
        FutureMark::entered(date(2026, 10, 21), 19.55),
    ];
    let mut campaign = Campaign::new("Test", at, marks);
    let leg = |contract, quantity, price| Leg {
        contract,
        quantity,
        entry_price: price,
        fees_usd: 11.0,
    };
    let wing = |strike, right, quantity, price| {
        leg(
            option(Root::Spxw, date(2026, 8, 7), strike, right),
            quantity,
            price,
        )
    };
    let condor = Position {
        id: PositionId(0),
        name: "August condor".to_owned(),
        role: Role::Condor,
        legs: vec![
            wing(5590.0, Right::Put, 10, 29.6),
            wing(5640.0, Right::Put, -10, 35.7),
            wing(6305.0, Right::Call, -10, 22.4),
            wing(6355.0, Right::Call, 10, 16.4),
        ],
        opened: Some(date(2026, 6, 24)),
    };
    let calls = Position {
        id: PositionId(0),
        name: "Second layer".to_owned(),
        role: Role::Layer(LayerKind::Second),
        legs: vec![leg(
            option(Root::Vix, date(2026, 8, 19), 20.0, Right::Call),
            4,
            1.9,
        )],
        opened: Some(date(2026, 6, 24)),
    };
    for position in [condor, calls] {
        campaign
            .apply(Command::AddPosition(position))
            .expect("valid");
    }
    campaign
}

fn keep(campaign: &mut Campaign) {
    let marks = Box::new(campaign.marks.clone());
    let keep = JournalCommand::KeepMoment {
        marks,
        source: MomentSource::Entered,
    };
    campaign.apply(Command::Journal(keep)).expect("valid");
}

/// Moves the marks by days, points of SPX and of all VIX levels.
fn go_on(campaign: &mut Campaign, hours: i64, spx: f64, vix: f64) {
    let marks = &campaign.marks;
    let curve = marks
        .vx
        .iter()
        .map(|mark| FutureMark::entered(mark.expiry, mark.price + 0.7 * vix));
    let commands = vec![
        Command::SetVxCurve(curve.collect()),
        Command::SetSpx(marks.spx + spx),
        Command::SetVix(marks.vix + vix),
        Command::SetAsOf(marks.as_of + SignedDuration::from_hours(hours)),
    ];
    campaign.apply(Command::Batch(commands)).expect("valid");
}

fn fill(campaign: &Campaign, position: usize, leg: usize, quantity: i32, price: f64) -> Trade {
    let held = &campaign.positions[position];
    Trade {
        id: TradeId(0),
        at: new_york().to_datetime(campaign.marks.as_of),
        action: TradeAction::Trim,
        contract: held.legs[leg].contract,
        quantity,
        price,
        fees_usd: 3.25,
        reason: String::new(),
        position: Some(held.id),
        layer: held.role.layer(),
        entry: None,
        key: String::new(),
    }
}

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

#[test]
fn an_outcome_tells_credit_cost_days_and_return() {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 24, -60.0, 2.0);
    keep(&mut campaign);
    let (open, split) = Outcome::of(&campaign);
    assert!(open.is_open() && open.closed.is_none());
    assert_eq!(open.days_held, 1);
    assert!(
        (open.credit_usd - 12_100.0).abs() < 1e-6,
        "{}",
        open.credit_usd
    );
    assert!(
        (open.hedge_cost_usd - 760.0).abs() < 1e-6,
        "{}",
        open.hedge_cost_usd
    );
    assert!((open.hedge_cost_pct().expect("a credit") - 100.0 * 760.0 / 12_100.0).abs() < 1e-9);
    assert!(
        (open.margin_usd - 50_000.0).abs() < 1e-6,
        "{}",
        open.margin_usd
    );
    assert_eq!(open.profit, split.total());
    let sides = open.spx_profit + open.hedge_profit();
    assert_eq!((sides, open.parts.total()), (open.profit, open.profit));
    assert!(open.hedge_profit().0 > 0 && open.layer_profit[1] == open.hedge_profit());
    assert!(open.drawdown.0 > 0);
    assert_eq!(open.rolls, 0);

    // Everything is bought back at a gain after 30 days.
    go_on(&mut campaign, 29 * 24, 60.0, -2.0);
    let close = |position, leg, quantity, price| Trade {
        action: TradeAction::Close,
        fees_usd: 0.0,
        ..fill(&campaign, position, leg, quantity, price)
    };
    let fills = vec![
        close(0, 0, -10, 5.0),
        close(0, 1, 10, 7.0),
        close(0, 2, 10, 4.0),
        close(0, 3, -10, 2.0),
        close(1, 0, -4, 1.0),
    ];
    let entry = JournalEntry::new(fills[0].at, Some(TradeAction::Close), "Off");
    let commands = fill_commands(&campaign, entry, fills, &[], true).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    let (done, _) = Outcome::of(&campaign);
    assert!(!done.is_open());
    // (12.10 - 4.00) points on ten condors, 0.90 lost on four calls, five legs of fees.
    assert_eq!(done.profit, Cents::from_usd(8100.0 - 360.0 - 55.0));
    assert_eq!(done.days_held, 30);
    let irr = done.irr.expect("a return");
    // 50,000 in and the calls on the first day; the rest back after 30 days.
    let paid = 50_000.0 + 760.0 + 11.0;
    let back = paid + 7685.0;
    let days = done
        .closed
        .expect("closed")
        .duration_since(done.opened.expect("opened"))
        .as_secs_f64()
        / 86_400.0;
    let by_hand = f64::powf(back / paid, 365.0 / days) - 1.0;
    assert!((irr.per_year - by_hand).abs() < 1e-6, "{irr:?} {by_hand}");
}

/// A decision to hold, with a hedge of four calls and a refused roll beside it.
fn decided(campaign: &mut Campaign) {
    let call = option(Root::Vix, date(2026, 7, 22), 20.0, Right::Call);
    let trade = |quantity, price| ChoiceTrade {
        position: None,
        layer: Some(LayerKind::First),
        contract: call,
        quantity,
        price,
        fees_usd: 6.0,
    };
    let choice = |name: &str, trades, refused: Option<&str>| ChoiceRecord {
        name: name.to_owned(),
        stance: name.to_owned(),
        refused: refused.map(str::to_owned),
        trades,
        cost_usd: 0.0,
        friction_usd: 0.0,
        expected_pl_usd: 0.0,
        p05_usd: 0.0,
        worst_usd: 0.0,
        net_vega_points: None,
        theta_per_day_usd: 0.0,
        margin_usd: 0.0,
        break_evens: None,
        irr: None,
        score: None,
    };
    let record = DecisionRecord {
        program: "0.1.0".to_owned(),
        moment: campaign.moment_number(&campaign.marks),
        positions: campaign.positions.clone(),
        model: campaign.model.clone(),
        settings: campaign.settings.clone(),
        pack: campaign.pack.clone(),
        facts: vec![],
        findings: vec![],
        verdict: VerdictRecord {
            stance: "Hold".to_owned(),
            sentence: "Hold".to_owned(),
            clause: None,
            because: vec![],
            against: vec![],
            choice: Some(0),
        },
        choices: vec![
            choice("Hold", vec![], None),
            choice("Hedge", vec![trade(4, 1.1)], None),
            choice("Roll", vec![trade(1, 1.1)], Some("net credit below 0")),
        ],
        taken: Some(0),
    };
    let entry = JournalEntry {
        decision: Some(std::sync::Arc::new(record)),
        ..JournalEntry::new(new_york().to_datetime(campaign.marks.as_of), None, "Hold")
    };
    keep(campaign);
    let add = JournalCommand::AddEntry(entry);
    campaign.apply(Command::Journal(add)).expect("valid");
}

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
