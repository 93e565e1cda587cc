//! A campaign over a few days with known marks: its profit by cause adds up to cash and value.

mod as_it_was;
mod attribution;
mod counterfactual;
mod events;
mod outcome;

use jiff::SignedDuration;
use jiff::civil::date;

use super::*;
use crate::calendar::{new_york, parse_as_of};
use crate::document::journal::{
    ChoiceRecord, ChoiceTrade, DecisionRecord, JournalCommand, MomentSource, VerdictRecord,
    fill_commands,
};
use crate::document::{Campaign, Command, JournalEntry};
use crate::instrument::{
    Contract, LayerKind, Leg, Position, PositionId, Right, Role, Root, Trade, TradeAction, TradeId,
};
use crate::market::{FutureMark, Marks};

pub(super) fn option(root: Root, day: jiff::civil::Date, strike: f64, right: Right) -> Contract {
    Contract::option(root, day, strike, right).expect("a contract")
}

/// Ten condors and four VIX calls, entered without a log on 24 June.
pub(super) fn held() -> Campaign {
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

pub(super) fn keep(campaign: &mut Campaign) {
    let marks = Box::new(campaign.marks.clone());
    let keep = JournalCommand::KeepMoment {
        marks,
        source: MomentSource::Entered,
    };
    campaign.apply(Command::Journal(keep)).expect("valid");
}

/// Moves the marks by days, points of SPX and of all VIX levels.
pub(super) fn go_on(campaign: &mut Campaign, hours: i64, spx: f64, vix: f64) {
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

pub(super) fn fill(
    campaign: &Campaign,
    position: usize,
    leg: usize,
    quantity: i32,
    price: f64,
) -> Trade {
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

/// A decision to hold, with a hedge of four calls and a refused roll beside it.
pub(super) fn decided(campaign: &mut Campaign) {
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
