//! What a campaign came to: profit, credit, hedge cost, days, return on margin, drawdown.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::attribution::{Attribution, attribute_between};
use super::irr::{CashFlow, Irr, irr};
use super::ledger::{Ledger, LedgerFill};
use super::parts::{Cents, Parts};
use super::station::Station;
use crate::calendar::{days_to_expiry, new_york_date};
use crate::document::Campaign;
use crate::instrument::{Contract, LayerKind, Position, Root, TradeAction, Underlying};
use crate::risk::margin::{MarginLeg, SPX_NAKED, group_margin_usd};

/// What a campaign came to. Of an open one: so far, at its last marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The first fill; `None` without any.
    pub opened: Option<Timestamp>,
    /// The last fill of a campaign that holds nothing any more.
    pub closed: Option<Timestamp>,
    /// Calendar days from the first fill to the last, or to the marks while it is open.
    pub days_held: i32,
    /// Profit, fees taken off.
    pub profit: Cents,
    /// Profit of SPX contracts.
    pub spx_profit: Cents,
    /// Profit of the layers, First to Third.
    pub layer_profit: [Cents; 3],
    /// Profit of VIX contracts outside the layers.
    pub other_profit: Cents,
    /// Commission and fees, dollars, 0 or more.
    pub fees_usd: f64,
    /// Premium of SPX openings and rolls, net, dollars: positive when received.
    pub credit_usd: f64,
    /// Premium paid for VIX options, dollars, 0 or more.
    pub hedge_cost_usd: f64,
    /// Rolls: entries that rolled, or instants of rolling fills without an entry.
    pub rolls: usize,
    /// The largest margin of the condors under Regulation T, dollars.
    pub margin_usd: f64,
    /// Return on it; `None` without a margin, or where flows do not change sign.
    pub irr: Option<Irr>,
    /// The largest fall of the running profit from its height so far, cents, 0 or more.
    pub drawdown: Cents,
    /// The profit by cause.
    pub parts: Parts,
}

impl Outcome {
    /// Of a campaign, valued at every station of its own.
    pub fn of(campaign: &Campaign) -> (Self, Attribution) {
        let ledger = Ledger::of(campaign);
        let contracts: Vec<Contract> = ledger.legs().iter().map(|(key, _)| key.contract).collect();
        let stations = Station::all(campaign, &contracts);
        Self::between(campaign, &ledger, &stations)
    }

    /// Of a campaign whose fills and stations are there already.
    pub fn between(
        campaign: &Campaign,
        ledger: &Ledger,
        stations: &[Station],
    ) -> (Self, Attribution) {
        let split = attribute_between(ledger, stations);
        let outcome = Self::from(campaign, ledger, &split);
        (outcome, split)
    }

    fn from(campaign: &Campaign, ledger: &Ledger, split: &Attribution) -> Self {
        let now = campaign.marks.as_of;
        let opened = ledger.fills.first().map(|fill| fill.at);
        let is_open = !ledger.held_at(now).is_empty();
        let last = ledger.fills.last().map(|fill| fill.at);
        let closed = last.filter(|_| !is_open);
        let end = closed.unwrap_or(now);
        let by_leg = split.by_leg();
        let profit_of = |is_wanted: &dyn Fn(&Contract, Option<LayerKind>) -> bool| -> Cents {
            let legs = by_leg
                .iter()
                .filter(|(key, layer, _)| is_wanted(&key.contract, *layer));
            legs.map(|(.., parts)| parts.total()).sum()
        };
        let is_spx = |contract: &Contract| contract.underlying() == Underlying::Spx;
        let margin_usd = largest_margin_usd(ledger);
        Self {
            opened,
            closed,
            days_held: opened.map_or(0, |from| days_to_expiry(from, new_york_date(end))),
            profit: split.total(),
            spx_profit: profit_of(&|contract, _| is_spx(contract)),
            layer_profit: LayerKind::ALL
                .map(|kind| profit_of(&|contract, layer| !is_spx(contract) && layer == Some(kind))),
            other_profit: profit_of(&|contract, layer| !is_spx(contract) && layer.is_none()),
            fees_usd: ledger.fills.iter().map(|fill| fill.fees_usd).sum(),
            credit_usd: ledger
                .fills
                .iter()
                .filter(|fill| earns_credit(fill))
                .map(LedgerFill::premium_usd)
                .sum(),
            hedge_cost_usd: hedge_cost_usd(ledger),
            rolls: rolls(ledger),
            margin_usd,
            irr: return_on_margin(ledger, split.total(), margin_usd, end, campaign.marks.rate),
            drawdown: drawdown(split.running().into_iter().map(|(_, parts)| parts.total())),
            parts: split.sum(),
        }
    }

    /// Whether something is still held.
    pub fn is_open(&self) -> bool {
        self.opened.is_some() && self.closed.is_none()
    }

    /// Premium paid for VIX options over the credit, percent; `None` without a credit.
    pub fn hedge_cost_pct(&self) -> Option<f64> {
        (self.credit_usd > 0.0).then(|| 100.0 * self.hedge_cost_usd / self.credit_usd)
    }

    /// Profit of all VIX contracts.
    pub fn hedge_profit(&self) -> Cents {
        self.layer_profit.into_iter().sum::<Cents>() + self.other_profit
    }
}

/// Openings and rolls of SPX contracts make the credit; closing and settling spends it.
fn earns_credit(fill: &LedgerFill) -> bool {
    let counts = match fill.action {
        TradeAction::Open | TradeAction::Roll => true,
        TradeAction::Close
        | TradeAction::Hedge
        | TradeAction::Trim
        | TradeAction::Monetise
        | TradeAction::Settle
        | TradeAction::Adjust => false,
    };
    counts && fill.key.contract.underlying() == Underlying::Spx
}

/// Premium of VIX options bought to open or to add; what a sale brings in is profit, not less cost.
fn hedge_cost_usd(ledger: &Ledger) -> f64 {
    let bought = ledger
        .fills
        .iter()
        .filter(|fill| fill.key.contract.underlying() == Underlying::Vix && fill.quantity > 0);
    bought.map(|fill| -fill.premium_usd()).sum()
}

fn rolls(ledger: &Ledger) -> usize {
    let mut seen = Vec::new();
    for fill in ledger
        .fills
        .iter()
        .filter(|fill| fill.action == TradeAction::Roll)
    {
        let one = (fill.entry, fill.entry.is_none().then_some(fill.at));
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen.len()
}

/// Regulation T's margin of the SPX legs of a book: of each structure and expiry the largest loss at expiry, which for
/// a condor is the wider wing; the credit is not taken off.
fn margin_usd(book: &[Position]) -> f64 {
    book.iter().flat_map(margins_of).sum()
}

fn margins_of(position: &Position) -> Vec<f64> {
    let mut expiries: BTreeMap<(Root, Date), Vec<MarginLeg>> = BTreeMap::new();
    for leg in &position.legs {
        let contract = leg.contract;
        if let (Underlying::Spx, Some(strike), Some(right)) =
            (contract.underlying(), contract.strike(), contract.right())
        {
            expiries
                .entry((contract.root(), contract.expiry()))
                .or_default()
                .push(MarginLeg {
                    right,
                    strike,
                    quantity: leg.quantity,
                    price: leg.entry_price,
                });
        }
    }
    let of_expiry = |legs: Vec<MarginLeg>| {
        // The index of the day is not part of a fill: the middle of the strikes stands in where a call is naked.
        let middle = legs.iter().map(|leg| leg.strike).sum::<f64>() / legs.len() as f64;
        group_margin_usd(&legs, middle, SPX_NAKED)
    };
    expiries.into_values().map(of_expiry).collect()
}

fn largest_margin_usd(ledger: &Ledger) -> f64 {
    let mut instants: Vec<Timestamp> = ledger.fills.iter().map(|fill| fill.at).collect();
    instants.dedup();
    instants
        .into_iter()
        .map(|at| margin_usd(&ledger.book_at(at)))
        .fold(0.0, f64::max)
}

/// MODEL section 8: margin in at the opening with the credit kept inside it, margin and the profit of the SPX legs out
/// at the end, every other premium and fee on its date.
fn return_on_margin(
    ledger: &Ledger,
    profit: Cents,
    margin_usd: f64,
    end: Timestamp,
    rate: f64,
) -> Option<Irr> {
    let opened = ledger.fills.first()?.at;
    if margin_usd <= 0.0 || end <= opened {
        return None;
    }
    let own_date =
        |fill: &&LedgerFill| fill.at > opened || fill.key.contract.underlying() == Underlying::Vix;
    let dated: Vec<CashFlow> = (ledger.fills.iter().filter(own_date))
        .map(|fill| CashFlow {
            at: fill.at,
            usd: fill.premium_usd() - fill.fees_usd,
        })
        .collect();
    let on_dates: f64 = dated.iter().map(|flow| flow.usd).sum();
    let mut flows = vec![CashFlow {
        at: opened,
        usd: -margin_usd,
    }];
    flows.extend(dated);
    flows.push(CashFlow {
        at: end,
        usd: margin_usd + profit.usd() - on_dates,
    });
    irr(&merged(flows), rate)
}

/// Flows of one instant are one flow.
fn merged(flows: Vec<CashFlow>) -> Vec<CashFlow> {
    let mut merged: Vec<CashFlow> = Vec::new();
    for flow in flows {
        match merged.last_mut().filter(|last| last.at == flow.at) {
            Some(last) => last.usd += flow.usd,
            None => merged.push(flow),
        }
    }
    merged
}

/// The largest fall from a height, the start included.
pub fn drawdown(running: impl Iterator<Item = Cents>) -> Cents {
    let (mut top, mut worst) = (Cents(0), Cents(0));
    for profit in running {
        top = top.max(profit);
        worst = worst.max(top - profit);
    }
    worst
}
