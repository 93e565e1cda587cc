//! What each command does, and that a refused one does nothing.

use super::*;

#[test]
fn positions_get_numbers_of_their_own_and_keep_them() {
    let mut campaign = sample();
    let ids = campaign
        .positions
        .iter()
        .map(|p| p.id.0)
        .collect::<Vec<_>>();
    assert_eq!(ids, [1, 2, 3, 4]);
    campaign
        .apply(Command::RemovePosition { id: PositionId(4) })
        .expect("removed");
    campaign
        .apply(Command::AddPosition(condor(STRIKES)))
        .expect("added");
    let newest = campaign.positions.last().expect("a position");
    assert!(
        newest.id.0 > 8,
        "number {} is used by a trade or was used before",
        newest.id.0
    );
    let id = PositionId(1);
    let moved = condor([5580.0, 5630.0, 6305.0, 6355.0]);
    campaign
        .apply(Command::ReplacePosition {
            id,
            position: moved.clone(),
        })
        .expect("moved");
    assert_eq!(campaign.position(id), Some(&Position { id, ..moved }));
}

#[test]
fn logging_a_position_writes_one_trade_a_leg_with_cash_that_adds_up() {
    let campaign = sample();
    let trades = &campaign.trades;
    assert_eq!(trades.len(), 4);
    let cash = trades.iter().map(Trade::cash_usd).sum::<f64>();
    // 12.1 points × 10 × 100, less 40 contracts × (0.65 + 0.45 + 0.03).
    assert!((cash - (12_100.0 - 45.2)).abs() < 1e-6, "{cash}");
    assert!(
        trades
            .iter()
            .all(|trade| trade.position == Some(PositionId(1)) && trade.layer.is_none())
    );

    let mut closed = campaign.clone();
    closed
        .apply(log(PositionId(2), TradeAction::Monetise, vec![2.5]))
        .expect("logged");
    let sale = closed.trades.last().expect("a trade");
    assert_eq!(
        (sale.quantity, sale.price, sale.layer),
        (-4, 2.5, Some(LayerKind::First))
    );
    // A closing pays the schedule, not what the opening paid: 4 × (0.65 + 0.45 + 0.03).
    assert!((sale.fees_usd - 4.52).abs() < 1e-9, "{}", sale.fees_usd);
}

#[test]
fn a_closing_needs_a_price_for_each_leg() {
    let campaign = sample();
    for prices in [vec![], vec![1.0, 2.0]] {
        let error = refused(
            &campaign,
            log(PositionId(1), TradeAction::Close, prices.clone()),
        );
        let wanted = CommandError::PriceCount {
            action: TradeAction::Close,
            found: prices.len(),
            expected: 4,
        };
        assert_eq!(error, wanted);
    }
}

#[test]
fn a_chain_brings_its_index_and_its_instant() {
    let mut campaign = sample();
    let mut later = chain();
    later.spot = 5950.5;
    later.as_of = parse_as_of("2026-06-25T16:15").expect("an instant");
    campaign
        .apply(Command::ImportChain(Arc::new(later.clone())))
        .expect("imported");
    assert_eq!(campaign.marks.spx, 5950.5);
    assert_eq!(campaign.marks.as_of, later.as_of);
    assert_eq!(campaign.marks.chain.as_deref(), Some(&later));
    campaign.apply(Command::ClearChain).expect("cleared");
    assert_eq!(campaign.marks.chain, None);
    assert_eq!(campaign.marks.spx, 5950.5);
}

#[test]
fn futures_stay_in_order_whatever_the_order_of_marking() {
    let mut campaign = sample();
    for (expiry, price) in [(date(2026, 9, 16), 19.1), (date(2026, 7, 22), 21.0)] {
        let price = Some(price);
        campaign
            .apply(Command::SetFuture { expiry, price })
            .expect("marked");
    }
    let curve = campaign
        .marks
        .vx
        .iter()
        .map(|mark| mark.price)
        .collect::<Vec<_>>();
    assert_eq!(curve, [21.0, 18.7, 19.1, 19.55]);
    let mut shuffled = campaign.marks.vx.clone();
    shuffled.reverse();
    campaign
        .apply(Command::SetVxCurve(shuffled))
        .expect("any order");
    assert_eq!(campaign.marks.vx[0].price, 21.0);
    let expiry = date(2026, 7, 22);
    campaign
        .apply(Command::SetFuture {
            expiry,
            price: None,
        })
        .expect("removed");
    refused(
        &campaign,
        Command::SetFuture {
            expiry,
            price: None,
        },
    );
}

/// Commands that make no sense, each with a piece of the refusal.
type Nonsense = Vec<(Command, &'static str)>;

fn absurd_marks() -> Nonsense {
    vec![
        (Command::Rename("two\nlines".to_owned()), "name: found"),
        (Command::Rename(" ".to_owned()), "name: found"),
        (Command::SetSpx(f64::NAN), "marks.spx: found NaN"),
        (Command::SetVix(-3.0), "marks.vix: found -3"),
        (Command::SetRate(4.1), "marks.rate: found 4.1"),
        (
            Command::SetVvix(Some(f64::INFINITY)),
            "marks.vvix: found inf",
        ),
        (
            Command::SetFuture {
                expiry: date(2026, 7, 22),
                price: Some(-1.0),
            },
            "marks.vx[0]: found -1 (vx 2026-07-22)",
        ),
        (
            Command::SetQuote {
                contract: option(Root::Spxw, EXPIRY, 5640.0, Right::Put),
                mark: Some(Mark::Vol(0.0)),
            },
            "marks.quotes[0]: found 0 (SPXW 7 Aug 26 5,640 P)",
        ),
    ]
}

fn absurd_positions() -> Nonsense {
    let crossed = condor([5640.0, 5590.0, 6305.0, 6355.0]);
    let mut empty = condor(STRIKES);
    empty.legs.clear();
    let mut nothing_held = condor(STRIKES);
    nothing_held.legs[2].quantity = 0;
    let mut no_price = condor(STRIKES);
    no_price.legs[3].entry_price = f64::NAN;
    let spx_hedge = Position {
        role: Role::Layer(LayerKind::First),
        ..condor(STRIKES)
    };
    let id = PositionId(1);
    vec![
        (
            Command::ReplacePosition {
                id,
                position: crossed,
            },
            "rising strikes",
        ),
        (
            Command::ReplacePosition {
                id,
                position: empty,
            },
            "at least one leg",
        ),
        (
            Command::AddPosition(nothing_held),
            "legs[2].quantity: found 0",
        ),
        (
            Command::AddPosition(no_price),
            "legs[3].entry_price: found NaN",
        ),
        (Command::AddPosition(spx_hedge), "a VIX option or future"),
        (
            Command::RemovePosition { id: PositionId(99) },
            "position 99 is not",
        ),
    ]
}

fn absurd_others() -> Nonsense {
    let note = Note {
        at: date(2026, 6, 24).at(9, 0, 0, 0),
        text: " ".to_owned(),
        tags: vec![],
    };
    let trade = Trade {
        price: -1.0,
        ..sample().trades[0].clone()
    };
    vec![
        (
            Command::SetParam {
                key: ParamKey::VixFloor,
                value: f64::NAN,
            },
            "model.vix_floor",
        ),
        (
            Command::SetSettings(Settings {
                broker_margin_usd: Some(-1.0),
                ..Settings::default()
            }),
            "settings.broker_margin_usd: found -1",
        ),
        (Command::AddTrade(trade), "price: found -1"),
        (
            Command::RemoveTrade {
                id: TradeId(1),
                at: None,
            },
            "trade 1 is not",
        ),
        (Command::AddNote(note), "what was noted"),
        (
            Command::RemoveNote { index: 5 },
            "note 5 is not in this campaign, which has 1",
        ),
    ]
}

#[test]
fn nonsense_is_refused_by_name_and_changes_nothing() {
    let campaign = sample();
    let absurd = [absurd_marks(), absurd_positions(), absurd_others()].concat();
    for (command, part) in absurd {
        let message = refused(&campaign, command.clone()).to_string();
        assert!(message.contains(part), "{command:?}: {message}");
    }
}

#[test]
fn a_batch_is_all_or_nothing() {
    let campaign = sample();
    let batch = |last| Command::Batch(vec![Command::SetSpx(5900.0), Command::SetVix(22.0), last]);
    refused(&campaign, batch(Command::SetVix(0.0)));
    let mut moved = campaign.clone();
    moved
        .apply(batch(Command::SetVvix(None)))
        .expect("all three");
    assert_eq!(
        (moved.marks.spx, moved.marks.vix, moved.marks.vvix),
        (5900.0, 22.0, None)
    );
}

#[test]
fn settled_unusual_and_unknown_things_are_warned_of_not_refused() {
    let mut campaign = sample();
    assert_eq!(campaign.warnings(), []);
    let later = parse_as_of("2026-07-22T12:00").expect("an instant");
    campaign.apply(Command::SetAsOf(later)).expect("later");
    let first = PositionId(2);
    assert!(
        matches!(campaign.warnings()[..], [Warning::Expired { position, leg: 0, .. }] if position == first),
        "{:?}",
        campaign.warnings()
    );
    campaign.pack.version = 7;
    let odd = condor([5590.0, 5641.0, 6305.0, 6355.0]);
    campaign
        .apply(Command::AddPosition(odd))
        .expect("odd strikes are allowed");
    let words = campaign
        .warnings()
        .iter()
        .map(Warning::to_string)
        .collect::<Vec<_>>();
    assert_eq!(words.len(), 3, "{words:?}");
    assert!(words[1].contains("usually 5 apart"), "{words:?}");
    assert!(words[2].contains("alvh version 7"), "{words:?}");
}
