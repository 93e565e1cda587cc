//! A choice: the book that it leads to, and the trades that lead there.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::inputs::DecisionInputs;
use crate::document::journal::unwritten_openings;
use crate::document::{Campaign, Command};
use crate::instrument::{
    Contract, EntryId, LayerKind, Leg, Position, PositionId, Right, Trade, TradeAction, TradeId,
};
use crate::risk::exposure::draft_row;
use crate::rule::Stance;

/// Which strikes a roll takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RollStrikes {
    /// Those held.
    Same,
    /// At the reference deltas of the new expiry, wings as wide as before.
    Recentred,
}

/// What a hedge is sized for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HedgeGoal {
    /// Net vega at the band's lower edge.
    Band,
    /// Short vega cut by this share.
    Cut {
        /// 0.35 = 35 %.
        share: f64,
    },
    /// Net vega at the target inside the band that the cash press sets, while its phase is on.
    Target,
    /// A loss in a stress at most so large, at the least cost a day.
    Stress,
}

/// What kind of choice it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CandidateKind {
    /// Leave everything as it is.
    Hold,
    /// Take the condors off.
    Close {
        /// Whether the hedge stays.
        keeps_hedge: bool,
    },
    /// Move the condors of the nearest expiry outward in time.
    Roll {
        /// The new expiry.
        expiry: Date,
        /// One side alone; `None` for the whole structure.
        side: Option<Right>,
        /// Which strikes.
        strikes: RollStrikes,
    },
    /// Buy volatility.
    Hedge(HedgeGoal),
    /// Fewer condors.
    TrimCondors,
    /// Fewer contracts of the hedge.
    TrimHedge,
    /// Sell a part of the First layer, buy Second and Third of the proceeds.
    Monetise,
}

impl CandidateKind {
    /// What it asks for.
    pub fn stance(self) -> Stance {
        match self {
            Self::Hold => Stance::Hold,
            Self::Close { .. } => Stance::Close,
            Self::Roll { .. } => Stance::Roll,
            Self::Hedge(_) => Stance::Hedge,
            Self::TrimCondors | Self::TrimHedge | Self::Monetise => Stance::Trim,
        }
    }

    /// What its trades are called in the journal.
    fn action(self, bought: bool) -> TradeAction {
        match self {
            Self::Hold => TradeAction::Adjust,
            Self::Close { .. } => TradeAction::Close,
            Self::Roll { .. } => TradeAction::Roll,
            Self::Hedge(_) => TradeAction::Hedge,
            Self::TrimCondors | Self::TrimHedge => TradeAction::Trim,
            Self::Monetise if bought => TradeAction::Hedge,
            Self::Monetise => TradeAction::Monetise,
        }
    }
}

/// A trade that a choice asks for, at the model's price now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlannedTrade {
    /// The position that it changes; `None` for one that is opened.
    pub position: Option<PositionId>,
    /// The hedge layer that it belongs to.
    pub layer: Option<LayerKind>,
    /// What it is meant to do.
    pub action: TradeAction,
    /// What is traded.
    pub contract: Contract,
    /// Contracts, positive when bought.
    pub quantity: i32,
    /// Price per unit in points.
    pub price_points: f64,
    /// Commission and fees, dollars.
    pub fees_usd: f64,
    /// Half-spread given away, dollars.
    pub slippage_usd: f64,
    /// Gain since entry of the contracts closed, dollars, fees left out.
    pub realised_usd: f64,
}

impl PlannedTrade {
    /// Premium received (negative when paid), before fees and half-spread. A future costs none.
    pub fn cash_usd(&self) -> f64 {
        if self.contract.strike().is_some() {
            -f64::from(self.quantity) * self.contract.multiplier() * self.price_points
        } else {
            0.0
        }
    }
}

/// A choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What kind it is.
    pub kind: CandidateKind,
    /// Other kinds that ask for the very same trades.
    pub also: Vec<CandidateKind>,
    /// Its name: what is done, in a few words.
    pub name: String,
    /// What the trader should know of it, a sentence each: where a budget stopped it, what was assumed.
    pub notes: Vec<String>,
    /// What would get where it aims, when the hedge budget stops it before; `None` when it gets there.
    pub stops_short: Option<String>,
    /// The book that it leads to. A position that is opened has the number 0.
    pub positions: Vec<Position>,
    /// The trades that lead there.
    pub trades: Vec<PlannedTrade>,
}

impl Candidate {
    /// The choice that leads to a book; its trades follow.
    pub fn new(
        inputs: &DecisionInputs<'_>,
        kind: CandidateKind,
        name: impl Into<String>,
        positions: Vec<Position>,
    ) -> Self {
        let trades = trades(inputs, kind, &positions);
        Self {
            kind,
            also: Vec::new(),
            name: name.into(),
            notes: Vec::new(),
            stops_short: None,
            positions,
            trades,
        }
    }

    /// The same, said to stop before its aim: how far it gets, and what would get there.
    #[must_use]
    pub(super) fn stopping_short(mut self, reached: &str, whole: String) -> Self {
        self.notes.push(format!("{reached}; {whole}"));
        self.stops_short = Some(whole);
        self
    }

    /// The same with a note.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What it asks for.
    pub fn stance(&self) -> Stance {
        self.kind.stance()
    }

    /// All kinds that it is.
    pub fn kinds(&self) -> impl Iterator<Item = CandidateKind> {
        std::iter::once(self.kind).chain(self.also.iter().copied())
    }

    /// The campaign as it would be, journal aside: for a valuation or a picture of the choice.
    pub fn campaign(&self, before: &Campaign) -> Campaign {
        let mut next_id = before.next_id;
        let mut positions = self.positions.clone();
        for position in positions.iter_mut().filter(|position| is_new(position)) {
            position.id = PositionId(next_id);
            next_id += 1;
        }
        Campaign {
            positions,
            next_id,
            ..before.clone()
        }
    }

    /// The commands that carry it out and write its trades into the journal with a reason, as fills of an entry
    /// that is there. Applied together they are one step of undo; [`record`](super::record) writes the entry too.
    pub fn commands(
        &self,
        campaign: &Campaign,
        reason: &str,
        entry: Option<EntryId>,
    ) -> Vec<Command> {
        let mut commands = Vec::new();
        let mut next_id = campaign.next_id;
        let mut opened = Vec::new();
        for held in &campaign.positions {
            match self.positions.iter().find(|wanted| wanted.id == held.id) {
                None => commands.push(Command::RemovePosition { id: held.id }),
                Some(wanted) if wanted != held => commands.push(Command::ReplacePosition {
                    id: held.id,
                    position: wanted.clone(),
                }),
                Some(_same) => {}
            }
        }
        for wanted in self.positions.iter().filter(|position| is_new(position)) {
            opened.extend(
                wanted
                    .legs
                    .iter()
                    .map(|leg| (leg.contract, PositionId(next_id))),
            );
            next_id += 1;
            commands.push(Command::AddPosition(wanted.clone()));
        }
        let at = crate::calendar::new_york().to_datetime(campaign.marks.as_of);
        let fill = |trade: &PlannedTrade| {
            let new = opened
                .iter()
                .find(|(contract, _)| *contract == trade.contract);
            Trade {
                id: TradeId(0),
                at,
                action: trade.action,
                contract: trade.contract,
                quantity: trade.quantity,
                price: trade.price_points,
                fees_usd: trade.fees_usd,
                reason: reason.to_owned(),
                position: trade.position.or_else(|| new.map(|(_, id)| *id)),
                layer: trade.layer,
                entry,
                key: String::new(),
            }
        };
        let fills: Vec<Trade> = self.trades.iter().map(fill).collect();
        let openings = unwritten_openings(campaign, &fills);
        commands.extend(openings.into_iter().chain(fills).map(Command::AddTrade));
        commands
    }
}

/// A position that the campaign does not hold yet.
fn is_new(position: &Position) -> bool {
    position.id == PositionId(0)
}

/// Signed contracts of a position, and their mean entry price in points.
fn held(position: Option<&Position>, contract: &Contract) -> (i32, f64) {
    let legs = position.map_or(&[][..], |position| &position.legs);
    let (mut quantity, mut sum, mut count) = (0, 0.0, 0.0);
    for leg in legs.iter().filter(|leg| leg.contract == *contract) {
        quantity += leg.quantity;
        sum += f64::from(leg.quantity.abs()) * leg.entry_price;
        count += f64::from(leg.quantity.abs());
    }
    (quantity, if count > 0.0 { sum / count } else { 0.0 })
}

/// What leads from the book as held to another, position by position, contracts in order.
fn trades(
    inputs: &DecisionInputs<'_>,
    kind: CandidateKind,
    positions: &[Position],
) -> Vec<PlannedTrade> {
    let campaign = inputs.campaign;
    let gone = campaign.positions.iter().map(|before| {
        let after = positions.iter().find(|after| after.id == before.id);
        (Some(before), after)
    });
    let opened = positions.iter().filter(|position| is_new(position));
    let pairs = gone.chain(opened.map(|after| (None, Some(after))));
    let mut trades = Vec::new();
    for (before, after) in pairs {
        let contracts: BTreeSet<Contract> = [before, after]
            .into_iter()
            .flatten()
            .flat_map(|position| position.legs.iter().map(|leg| leg.contract))
            .collect();
        let changes: Vec<(Contract, i32)> = contracts
            .into_iter()
            .map(|contract| {
                let change = held(after, &contract).0 - held(before, &contract).0;
                (contract, change)
            })
            .filter(|(_, change)| *change != 0)
            .collect();
        let layer = before.or(after).and_then(|position| position.role.layer());
        let is_package = changes.len() > 1;
        for (contract, quantity) in changes {
            let trade = PlannedTrade {
                position: before.map(|position| position.id),
                layer,
                action: kind.action(quantity > 0),
                contract,
                quantity,
                price_points: 0.0,
                fees_usd: 0.0,
                slippage_usd: 0.0,
                realised_usd: 0.0,
            };
            trades.push(priced(inputs, trade, held(before, &contract), is_package));
        }
    }
    trades
}

/// A trade with its price, its costs and what it realises.
fn priced(
    inputs: &DecisionInputs<'_>,
    trade: PlannedTrade,
    (had, entry_points): (i32, f64),
    is_package: bool,
) -> PlannedTrade {
    let settings = &inputs.campaign.settings;
    let contract = trade.contract;
    let (price_points, vega) = price_and_vega(inputs, contract);
    let size = f64::from(trade.quantity.abs()) * contract.multiplier();
    let half_spread =
        (settings.slippage).half_spread_points(&contract, price_points, vega, is_package);
    let closed = if had.signum() * trade.quantity.signum() < 0 {
        trade.quantity.abs().min(had.abs()) * had.signum()
    } else {
        0
    };
    let fees = &settings.fees;
    PlannedTrade {
        price_points,
        fees_usd: fees.fees_usd(&contract, price_points, trade.quantity, is_package),
        slippage_usd: size * half_spread,
        realised_usd: f64::from(closed) * contract.multiplier() * (price_points - entry_points),
        ..trade
    }
}

/// Model price in points and vega per vol point of one contract, per share.
fn price_and_vega(inputs: &DecisionInputs<'_>, contract: Contract) -> (f64, f64) {
    let valuation = inputs.valuation;
    let known = valuation.rows.iter().find(|row| row.contract == contract);
    if let Some(row) = known {
        return (row.price_points, row.greeks.vega_per_vol_point());
    }
    let holder = Position {
        id: PositionId(0),
        name: String::new(),
        role: crate::instrument::Role::Other,
        legs: Vec::new(),
        opened: None,
    };
    let leg = valuation.book.draft_leg(contract, 1, &holder);
    draft_row(&valuation.book, &leg).map_or((leg.leg.entry_price, 0.0), |row| {
        (row.price_points, row.greeks.vega_per_vol_point())
    })
}

/// A leg bought or sold now at the model's price.
pub(super) fn leg_now(inputs: &DecisionInputs<'_>, contract: Contract, quantity: i32) -> Leg {
    Leg {
        contract,
        quantity,
        entry_price: price_and_vega(inputs, contract).0,
        fees_usd: 0.0,
    }
}
