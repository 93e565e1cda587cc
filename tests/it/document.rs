//! The document: commands, undo, the file format and its golden file.

use std::sync::Arc;

use jiff::civil::{Date, date};
use palisade::calendar::parse_as_of;
use palisade::document::{
    Campaign, Command, CommandError, Convention, History, Settings, Warning, campaign_from_ron,
    campaign_to_ron,
};
use palisade::instrument::{
    Contract, LayerKind, Leg, Note, Position, PositionId, Right, Role, Root, Trade, TradeAction,
    TradeId,
};
use palisade::market::{
    Chain, ChainExpiry, FutureMark, Mark, Marks, ModelParams, OptionMark, ParamKey,
};
use palisade::policy::PackRef;
use proptest::prelude::*;

const EXPIRY: Date = date(2026, 8, 7);

fn option(root: Root, expiry: Date, strike: f64, right: Right) -> Contract {
    Contract::option(root, expiry, strike, right).expect("a contract")
}

fn leg(contract: Contract, quantity: i32, price: f64) -> Leg {
    Leg::new(contract, quantity, price).expect("a leg")
}

/// Ten condors 50 points wide, 5640/6305 short.
pub(crate) fn condor(strikes: [f64; 4]) -> Position {
    let [long_put, short_put, short_call, long_call] = strikes;
    let wing = |strike, right, quantity, price| {
        leg(option(Root::Spxw, EXPIRY, strike, right), quantity, price)
    };
    Position {
        id: PositionId(0),
        name: "August condor".to_owned(),
        role: Role::Condor,
        legs: vec![
            wing(long_put, Right::Put, 10, 29.6),
            wing(short_put, Right::Put, -10, 35.7),
            wing(short_call, Right::Call, -10, 22.4),
            wing(long_call, Right::Call, 10, 16.4),
        ],
        opened: Some(date(2026, 6, 24)),
    }
}

const STRIKES: [f64; 4] = [5590.0, 5640.0, 6305.0, 6355.0];

fn vix_calls(layer: LayerKind, expiry: Date, quantity: i32, price: f64) -> Position {
    let contract = option(Root::Vix, expiry, 20.0, Right::Call);
    Position {
        id: PositionId(0),
        name: layer.label().to_owned(),
        role: Role::Layer(layer),
        legs: vec![leg(contract, quantity, price).with_fees(4.52).expect("fees")],
        opened: None,
    }
}

fn chain() -> Chain {
    let expiry = |root, expiry, forward: f64| ChainExpiry {
        root,
        expiry,
        forward,
        discount: 0.995,
        quotes: vec![(5600.0, 0.2031), (6000.0, 0.1504), (6300.5, 0.1287)],
        rejected: 2,
    };
    Chain {
        source_name: "quotes.csv".to_owned(),
        as_of: parse_as_of("2026-06-24T16:15").expect("an instant"),
        spot: 6001.25,
        rate: 0.041,
        expiries: vec![
            expiry(Root::Spx, date(2026, 8, 21), 6040.0),
            expiry(Root::Spxw, EXPIRY, 6030.5),
        ],
    }
}

/// A campaign that uses every part of the format.
pub(crate) fn sample() -> Campaign {
    let as_of = parse_as_of("2026-06-24T16:15").expect("an instant");
    let mut marks = Marks::new(as_of, 6000.0, 17.0);
    marks.rate = 0.041;
    marks.dividend = 0.0125;
    marks.vvix = Some(92.5);
    marks.vx = vec![
        FutureMark { expiry: date(2026, 7, 22), price: 18.05 },
        FutureMark { expiry: date(2026, 8, 19), price: 18.7 },
        FutureMark { expiry: date(2026, 10, 21), price: 19.55 },
    ];
    let mut campaign = Campaign::new("August “45 DTE”, \\ten lots", as_of, marks);
    campaign.pack = PackRef { id: "alvh".to_owned(), version: 1 };
    let short_put = option(Root::Spxw, EXPIRY, 5640.0, Right::Put);
    let day = date(2026, 6, 24).at(10, 15, 0, 0);
    let commands = [
        Command::AddPosition(condor(STRIKES)),
        Command::AddPosition(vix_calls(LayerKind::First, date(2026, 7, 22), 4, 1.09)),
        Command::AddPosition(vix_calls(LayerKind::Second, date(2026, 10, 21), 4, 2.35)),
        Command::AddPosition(vix_calls(LayerKind::Third, date(2027, 2, 17), 2, 2.95)),
        Command::SetQuote { contract: short_put, mark: Some(Mark::Price(33.2)) },
        Command::SetQuote {
            contract: option(Root::Vix, date(2026, 7, 22), 20.0, Right::Call),
            mark: Some(Mark::Vol(0.94)),
        },
        Command::SetParam { key: ParamKey::StressMultiple, value: 1.35 },
        Command::SetSettings(Settings {
            convention: Convention::Naive,
            broker_margin_usd: Some(50_000.0),
            ..Settings::default()
        }),
        log(PositionId(1), TradeAction::Open, vec![]),
        Command::AddNote(Note {
            at: day,
            text: "Opened at 45 DTE.\nSecond line; with \"quotes\" and a tab\t.".to_owned(),
            tags: vec!["entry".to_owned()],
        }),
    ];
    campaign.apply(Command::Batch(commands.to_vec())).expect("all of them");
    campaign.marks.chain = Some(Arc::new(chain()));
    campaign
}

fn log(id: PositionId, action: TradeAction, prices: Vec<f64>) -> Command {
    Command::LogPosition {
        id,
        action,
        at: date(2026, 6, 24).at(10, 15, 0, 0),
        reason: "45 DTE, 16 delta".to_owned(),
        prices,
    }
}

/// Refuses a command and shows that nothing changed.
fn refused(campaign: &Campaign, command: Command) -> CommandError {
    let mut copy = campaign.clone();
    let shown = format!("{command:?}");
    let error = copy.apply(command).expect_err(&shown);
    assert_eq!(&copy, campaign, "{shown} changed something although refused");
    error
}

#[test]
fn the_golden_file_of_schema_1_loads_for_ever() {
    let text = include_str!("../golden/campaigns/v1.ron");
    let campaign = campaign_from_ron(text).expect("schema 1");
    assert_eq!(campaign, sample());
}

#[test]
fn a_campaign_file_is_readable_text_one_thing_a_line() {
    let text = campaign_to_ron(&sample()).expect("writes");
    assert!(text.starts_with("// Palisade campaign."), "{text}");
    let line_with = |needle: &str| {
        let lines = text.lines().filter(|line| line.contains(needle));
        let found = lines.map(str::trim).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{needle}\n{text}");
        found[0].to_owned()
    };
    let quote = line_with("Price(33.2)");
    assert!(quote.starts_with("(contract:Option(") && quote.ends_with("),"), "{quote}");
    assert!(line_with("entry_price:29.6").contains("strike:5590"));
    assert!(line_with("spx: 6000.0").ends_with(','));
    assert!(line_with("stress_multiple: 1.35").ends_with(','));
}

#[test]
fn positions_get_numbers_of_their_own_and_keep_them() {
    let mut campaign = sample();
    let ids = campaign.positions.iter().map(|p| p.id.0).collect::<Vec<_>>();
    assert_eq!(ids, [1, 2, 3, 4]);
    campaign.apply(Command::RemovePosition { id: PositionId(4) }).expect("removed");
    campaign.apply(Command::AddPosition(condor(STRIKES))).expect("added");
    let newest = campaign.positions.last().expect("a position");
    assert!(newest.id.0 > 8, "number {} is used by a trade or was used before", newest.id.0);
    let id = PositionId(1);
    let moved = condor([5580.0, 5630.0, 6305.0, 6355.0]);
    campaign.apply(Command::ReplacePosition { id, position: moved.clone() }).expect("moved");
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
    assert!(trades.iter().all(|trade| trade.position == Some(PositionId(1)) && trade.layer.is_none()));

    let mut closed = campaign.clone();
    closed.apply(log(PositionId(2), TradeAction::Monetise, vec![2.5])).expect("logged");
    let sale = closed.trades.last().expect("a trade");
    assert_eq!((sale.quantity, sale.price, sale.layer), (-4, 2.5, Some(LayerKind::First)));
    // A closing pays the schedule, not what the opening paid: 4 × (0.65 + 0.45 + 0.03).
    assert!((sale.fees_usd - 4.52).abs() < 1e-9, "{}", sale.fees_usd);
}

#[test]
fn a_closing_needs_a_price_for_each_leg() {
    let campaign = sample();
    for prices in [vec![], vec![1.0, 2.0]] {
        let error = refused(&campaign, log(PositionId(1), TradeAction::Close, prices.clone()));
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
    campaign.apply(Command::ImportChain(Arc::new(later.clone()))).expect("imported");
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
        campaign.apply(Command::SetFuture { expiry, price }).expect("marked");
    }
    let curve = campaign.marks.vx.iter().map(|mark| mark.price).collect::<Vec<_>>();
    assert_eq!(curve, [21.0, 18.7, 19.1, 19.55]);
    let mut shuffled = campaign.marks.vx.clone();
    shuffled.reverse();
    campaign.apply(Command::SetVxCurve(shuffled)).expect("any order");
    assert_eq!(campaign.marks.vx[0].price, 21.0);
    let expiry = date(2026, 7, 22);
    campaign.apply(Command::SetFuture { expiry, price: None }).expect("removed");
    refused(&campaign, Command::SetFuture { expiry, price: None });
}

#[test]
fn nonsense_is_refused_by_name_and_changes_nothing() {
    let campaign = sample();
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
    let note = Note { at: date(2026, 6, 24).at(9, 0, 0, 0), text: " ".to_owned(), tags: vec![] };
    let trade = Trade { price: -1.0, ..campaign.trades[0].clone() };
    let id = PositionId(1);
    for (command, part) in [
        (Command::Rename("two\nlines".to_owned()), "name: found"),
        (Command::Rename(" ".to_owned()), "name: found"),
        (Command::SetSpx(f64::NAN), "marks.spx: found NaN"),
        (Command::SetVix(-3.0), "marks.vix: found -3"),
        (Command::SetRate(4.1), "marks.rate: found 4.1"),
        (Command::SetVvix(Some(f64::INFINITY)), "marks.vvix: found inf"),
        (
            Command::SetFuture { expiry: date(2026, 7, 22), price: Some(-1.0) },
            "marks.vx[0]: found -1 (vx 2026-07-22)",
        ),
        (
            Command::SetQuote {
                contract: option(Root::Spxw, EXPIRY, 5640.0, Right::Put),
                mark: Some(Mark::Vol(0.0)),
            },
            "marks.quotes[0]: found 0 (SPXW 7 Aug 26 5,640 P)",
        ),
        (Command::ReplacePosition { id, position: crossed }, "rising strikes"),
        (Command::ReplacePosition { id, position: empty }, "at least one leg"),
        (Command::AddPosition(nothing_held), "legs[2].quantity: found 0"),
        (Command::AddPosition(no_price), "legs[3].entry_price: found NaN"),
        (Command::AddPosition(spx_hedge), "a VIX option or future"),
        (Command::RemovePosition { id: PositionId(99) }, "position 99 is not"),
        (Command::SetParam { key: ParamKey::VixFloor, value: f64::NAN }, "model.vix_floor"),
        (
            Command::SetSettings(Settings {
                broker_margin_usd: Some(-1.0),
                ..Settings::default()
            }),
            "settings.broker_margin_usd: found -1",
        ),
        (Command::AddTrade(trade), "price: found -1"),
        (Command::RemoveTrade { id: TradeId(1) }, "trade 1 is not"),
        (Command::AddNote(note), "what was noted"),
        (Command::RemoveNote { index: 5 }, "note 5 is not in this campaign, which has 1"),
    ] {
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
    moved.apply(batch(Command::SetVvix(None))).expect("all three");
    assert_eq!((moved.marks.spx, moved.marks.vix, moved.marks.vvix), (5900.0, 22.0, None));
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
    campaign.apply(Command::AddPosition(odd)).expect("odd strikes are allowed");
    let words = campaign.warnings().iter().map(Warning::to_string).collect::<Vec<_>>();
    assert_eq!(words.len(), 3, "{words:?}");
    assert!(words[1].contains("usually 5 apart"), "{words:?}");
    assert!(words[2].contains("alvh version 7"), "{words:?}");
}

#[test]
fn the_undo_menu_names_the_one_thing_that_changed() {
    let mut history = History::new(sample());
    let id = PositionId(1);
    let now = |history: &History| history.current().position(id).expect("there").clone();
    let mut edits: Vec<(Position, &str)> = Vec::new();
    let mut strike = condor([5580.0, 5630.0, 6305.0, 6355.0]);
    strike.legs[0].entry_price = 27.9;
    edits.push((strike.clone(), "move strike"));
    let mut more = strike.clone();
    more.legs.iter_mut().for_each(|leg| leg.quantity *= 2);
    edits.push((more.clone(), "change contracts"));
    let mut dearer = more.clone();
    dearer.legs[1].entry_price += 1.0;
    edits.push((dearer.clone(), "change entry price"));
    let renamed = Position { name: "Other".to_owned(), ..dearer.clone() };
    edits.push((renamed, "rename position"));
    edits.push((condor(STRIKES), "edit position"));
    for (position, label) in edits {
        history.apply(Command::ReplacePosition { id, position }).expect(label);
        history.seal();
        assert_eq!(history.undo_label(), Some(label), "{:?}", now(&history));
    }
    let key = ParamKey::StressMultiple;
    history.apply(Command::SetParam { key, value: 3.0 }).expect("set");
    assert_eq!(history.undo_label(), Some("change stress multiple m"));
}

#[test]
fn a_drag_is_one_step_and_esc_takes_it_back() {
    let mut history = History::opened(sample());
    let before = Arc::clone(history.current());
    for spx in [6001.0, 6002.0, 6003.0] {
        history.apply(Command::SetSpx(spx)).expect("marked");
    }
    history.seal();
    history.seal();
    assert_eq!(history.revision(), 3);
    assert!(history.undo());
    assert!(Arc::ptr_eq(history.current(), &before));
    assert!(!history.is_dirty(), "back at the state of the file");
    assert!(!history.undo(), "one step only");

    history.apply(Command::SetVix(25.0)).expect("marked");
    assert_eq!(history.redo_label(), None);
    assert!(history.cancel_gesture());
    assert!(Arc::ptr_eq(history.current(), &before));
    assert!(!history.cancel_gesture(), "nothing under way");
    assert_eq!(history.redo_label(), Some("mark SPX"), "a dropped gesture leaves redo as it was");
    assert!(history.redo());
    assert_eq!(history.current().marks.spx, 6003.0);
}

#[test]
fn a_gesture_that_comes_back_leaves_no_step() {
    let mut history = History::opened(sample());
    let start = history.current().marks.spx;
    for spx in [start + 5.0, start + 9.0, start] {
        history.apply(Command::SetSpx(spx)).expect("marked");
    }
    history.seal();
    assert_eq!(history.undo_label(), None);
    assert!(!history.is_dirty());
    history.apply(Command::SetSpx(start)).expect("no change");
    assert_eq!(history.undo_label(), None);
}

#[test]
fn dirty_means_other_than_what_the_file_holds() {
    let mut history = History::new(sample());
    assert!(history.is_dirty(), "never saved");
    history.apply(Command::SetVix(20.0)).expect("marked");
    history.seal();
    let saved = Arc::clone(history.current());
    history.apply(Command::SetVix(21.0)).expect("marked");
    history.mark_saved(&saved);
    assert!(history.is_dirty(), "an edit came while the save was under way");
    assert!(history.undo());
    assert!(!history.is_dirty());
    assert!(history.undo());
    assert!(history.is_dirty());
}

#[test]
fn damaged_files_are_refused_with_the_place() {
    let good = campaign_to_ron(&sample()).expect("writes");
    for (from, to, found, expected) in [
        ("schema: 1", "schema: 2", "schema 2", "schema 1 to 1"),
        ("spx: 6000.0", "spx: NaN", "NaN", "index points"),
        ("spx: 6000.0", "spx: 6,000", "'000'", ""),
        ("vix: 17.0", "vixx: 17.0", "field `vixx`", "`vix`"),
        ("quantity:-10", "quantity:0", "0", "contracts, negative when short"),
        ("strike:5590.0", "strike:5650.0", "", "rising strikes"),
        ("root:SPXW", "root:SPY", "`SPY`", "`SPXW`"),
        ("stress_multiple: 1.35", "stress_multiple: 99.0", "99", "Stress multiple m from 0 to 6"),
        ("id: 2,", "id: 1,", "1 a second time", "a number of its own"),
        ("next_id: 9", "next_id: 3", "3", "below next_id, which is 3"),
        ("price:18.05", "price:-18.05", "-18.05 (vx 2026-07-22)", "VIX points"),
    ] {
        let at = good.find(from).unwrap_or_else(|| panic!("{from} in\n{good}"));
        let line = 1 + good[..at].matches('\n').count();
        let error = campaign_from_ron(&good.replacen(from, to, 1)).expect_err(to);
        assert!(error.found.contains(found), "{to}: {error}");
        assert!(error.expected.contains(expected), "{to}: {error}");
        let near = error.place.line.abs_diff(line);
        let whole_position = to.starts_with("strike") || to.starts_with("next_id");
        assert!(near <= 1 || whole_position, "{to} stands in line {line}: {error}");
    }
    for cut in (0..good.len()).step_by(97).filter(|cut| good.is_char_boundary(*cut)) {
        campaign_from_ron(&good[..cut]).expect_err("a cut file");
    }
}

/// Any mark the market accepts, any name, any model value: what a user can reach.
fn any_command() -> impl Strategy<Value = Command> {
    let strike = (1000_u32..9000).prop_map(|strike| f64::from(strike) * 1.25);
    let contract = (strike, any::<bool>()).prop_map(|(strike, call)| {
        option(Root::Spxw, EXPIRY, strike, if call { Right::Call } else { Right::Put })
    });
    let mark = prop_oneof![
        (0.0..500.0).prop_map(|price| Some(Mark::Price(price))),
        (0.01..3.0).prop_map(|vol| Some(Mark::Vol(vol))),
        Just(None),
        Just(Some(Mark::Price(f64::NAN))),
    ];
    let key = (0..ParamKey::ALL.len()).prop_map(|index| ParamKey::ALL[index]);
    let condors = proptest::array::uniform4(5000_u32..7000).prop_map(|strikes| {
        condor(strikes.map(f64::from))
    });
    let single = prop_oneof![
        "[ -~\u{e4}\u{4e2d}]{0,40}".prop_map(Command::Rename),
        prop_oneof![-1e3..1e5, Just(f64::NAN)].prop_map(Command::SetSpx),
        (-5.0..160.0).prop_map(Command::SetVix),
        proptest::option::of(10.0..500.0).prop_map(Command::SetVvix),
        (contract, mark).prop_map(|(contract, mark)| Command::SetQuote { contract, mark }),
        (0_i64..300, proptest::option::of(1.0..100.0)).prop_map(|(days, price)| {
            let expiry = date(2026, 7, 1).saturating_add(jiff::Span::new().days(days));
            Command::SetFuture { expiry, price }
        }),
        condors.prop_map(Command::AddPosition),
        (0_u64..12).prop_map(|id| Command::RemovePosition { id: PositionId(id) }),
        (0_u64..12).prop_map(|id| Command::RemoveTrade { id: TradeId(id) }),
        (key, -1.0..250.0).prop_map(|(key, value)| Command::SetParam { key, value }),
        Just(Command::ResetModel),
        Just(Command::ClearChain),
        (0_u64..8).prop_map(|id| log(PositionId(id), TradeAction::Open, vec![])),
        "[ -~\n\t\u{e4}]{0,60}".prop_map(|text| Command::AddNote(Note {
            at: date(2026, 6, 24).at(9, 30, 0, 0),
            text,
            tags: vec![],
        })),
        (0_usize..3).prop_map(|index| Command::RemoveNote { index }),
    ];
    single.prop_recursive(1, 8, 4, |inner| {
        proptest::collection::vec(inner, 0..4).prop_map(Command::Batch)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undo_takes_back_exactly_what_was_done_and_redo_does_it_again(
        commands in proptest::collection::vec((any_command(), any::<bool>()), 1..25),
    ) {
        let mut history = History::new(sample());
        let mut sealed = vec![Arc::clone(history.current())];
        for (command, seal) in commands {
            let before = Arc::clone(history.current());
            if history.apply(command).is_err() {
                prop_assert!(Arc::ptr_eq(history.current(), &before), "a refusal changes nothing");
            }
            prop_assert_eq!(history.current().validate(), Ok(()));
            if seal {
                history.seal();
                if **history.current() != **sealed.last().expect("the first") {
                    sealed.push(Arc::clone(history.current()));
                }
            }
        }
        history.seal();
        if **history.current() != **sealed.last().expect("the first") {
            sealed.push(Arc::clone(history.current()));
        }
        for state in sealed.iter().rev().skip(1) {
            prop_assert!(history.undo());
            prop_assert_eq!(history.current(), state);
        }
        prop_assert!(!history.undo());
        for state in sealed.iter().skip(1) {
            prop_assert!(history.redo());
            prop_assert_eq!(history.current(), state);
        }
        prop_assert!(!history.redo());
    }

    #[test]
    fn a_campaign_survives_its_file_to_the_last_digit(
        commands in proptest::collection::vec(any_command(), 0..25),
    ) {
        let mut campaign = sample();
        for command in commands {
            // Refusals are part of the run: they must leave a campaign that can be written.
            campaign.apply(command).ok();
        }
        let text = campaign_to_ron(&campaign).expect("writes");
        prop_assert_eq!(campaign_from_ron(&text).as_ref(), Ok(&campaign));
    }

    #[test]
    fn a_command_survives_as_text(command in any_command()) {
        let text = ron::to_string(&command).expect("writes");
        let read: Command = ron::from_str(&text).expect("reads");
        prop_assert_eq!(format!("{read:?}"), format!("{command:?}"), "{}", text);
    }
}

#[test]
fn a_default_model_and_settings_may_be_left_out_of_a_file() {
    let text = "(schema: 1, name: \"Short\", created: \"2026-06-24T20:15:00Z\", next_id: 1,
        marks: (as_of: \"2026-06-24T20:15:00Z\", spx: 6000.0, rate: 0.04, dividend: 0.01, vix: 17.0))";
    let campaign = campaign_from_ron(text).expect("the rest has defaults");
    assert_eq!(campaign.model, ModelParams::default());
    assert_eq!(campaign.settings, Settings::default());
    assert_eq!(campaign.pack, PackRef::default());
    let quotes: Vec<OptionMark> = Vec::new();
    assert_eq!(campaign.marks.quotes, quotes);
}

/// The fenced block of a language that follows a heading of the format's documentation.
fn documented(heading: &str) -> String {
    let text = include_str!("../../docs/formats.md");
    let (_, section) = text.split_once(heading).expect(heading);
    let (_, block) = section.split_once("```ron\n").expect("a block");
    block.split_once("```").expect("its end").0.to_owned()
}

#[test]
fn the_documented_examples_are_valid() {
    let campaign = campaign_from_ron(&documented("## Campaign")).expect("the campaign");
    assert_eq!(campaign.warnings(), []);
    assert_eq!(campaign.positions.len(), 2);
    let layer: palisade::policy::LayerTemplate =
        palisade::policy::text::parse(&documented("## Rule pack")).expect("the layer");
    let pack = palisade::policy::RulePack::alvh();
    assert_eq!(Some(&layer), pack.layer(LayerKind::First));
    let account: palisade::document::Account =
        palisade::policy::text::read(&documented("## Account"), 1).expect("the account");
    assert_eq!(account.validate(), Ok(()));
}
