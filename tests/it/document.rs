//! The document: a sample campaign, and the tests of commands, undo, files and laws.

mod commands;
mod files;
mod history;
mod journal;
mod laws;

use std::sync::Arc;

use jiff::civil::{Date, date};
use palisade::calendar::parse_as_of;
use palisade::document::{
    Campaign, Command, CommandError, Convention, History, SavedScenario, Settings, Warning,
    campaign_from_ron, campaign_to_ron,
};
use palisade::instrument::{
    Contract, LayerKind, Leg, Note, Position, PositionId, Right, Role, Root, Trade, TradeAction,
    TradeId,
};
use palisade::market::{
    Chain, ChainExpiry, FutureMark, Mark, Marks, ModelParams, OptionMark, ParamKey,
};
use palisade::policy::PackRef;
use palisade::risk::scenario_moves::ScenarioMoves;
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
        legs: vec![
            leg(contract, quantity, price)
                .with_fees(4.52)
                .expect("fees"),
        ],
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
        FutureMark::entered(date(2026, 7, 22), 18.05),
        FutureMark::entered(date(2026, 8, 19), 18.7),
        FutureMark::entered(date(2026, 10, 21), 19.55),
    ];
    let mut campaign = Campaign::new("August “45 DTE”, \\ten lots", as_of, marks);
    campaign.pack = PackRef {
        id: "alvh".to_owned(),
        version: 1,
    };
    let short_put = option(Root::Spxw, EXPIRY, 5640.0, Right::Put);
    let day = date(2026, 6, 24).at(10, 15, 0, 0);
    let commands = [
        Command::AddPosition(condor(STRIKES)),
        Command::AddPosition(vix_calls(LayerKind::First, date(2026, 7, 22), 4, 1.09)),
        Command::AddPosition(vix_calls(LayerKind::Second, date(2026, 10, 21), 4, 2.35)),
        Command::AddPosition(vix_calls(LayerKind::Third, date(2027, 2, 17), 2, 2.95)),
        Command::SetQuote {
            contract: short_put,
            mark: Some(Mark::Price(33.2)),
        },
        Command::SetQuote {
            contract: option(Root::Vix, date(2026, 7, 22), 20.0, Right::Call),
            mark: Some(Mark::Vol(0.94)),
        },
        Command::SetParam {
            key: ParamKey::StressMultiple,
            value: 1.35,
        },
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
    campaign
        .apply(Command::Batch(commands.to_vec()))
        .expect("all of them");
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
    assert_eq!(
        &copy, campaign,
        "{shown} changed something although refused"
    );
    error
}
