//! The what-if as panels see it: the scenario, the draft legs, the snapshots, and what is real beside them.
//!
//! While a what-if is on, a panel's `campaign`, `valuation`, `curves` and `greeks` are those of the
//! what-if, and [`WhatIfView::now`] holds the real ones. Edits of the book become drafts; marks stay real.

use crate::document::Campaign;
use crate::instrument::{Contract, Position, PositionId};
use crate::risk::curves::PayoffCurves;
use crate::risk::what_if::WhatIfScenario;
use crate::valuation::{GreekCurves, Valuation};

/// Most snapshots kept beside the current what-if.
pub const MAX_SNAPSHOTS: usize = 3;

/// A request about the what-if.
#[derive(Clone, Debug, PartialEq)]
pub enum WhatIfEdit {
    /// Begin, on today's levels and the book as held.
    Enter,
    /// End it; nothing real has changed.
    Discard,
    /// Put the drafts that are switched on into the book, as one undo step, and end it.
    Apply,
    /// Assume this instead; begins a what-if if none is on.
    Scenario(WhatIfScenario),
    /// Switch a draft on or off.
    Switch(PositionId, Contract, bool),
    /// Take a draft back.
    Drop(PositionId, Contract),
    /// Keep the current what-if as a snapshot to compare with.
    TakeSnapshot,
    /// Remove a snapshot.
    DropSnapshot(usize),
    /// Go back to a snapshot.
    Restore(usize),
}

/// One difference between the book as held and the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The position that changes.
    pub position: PositionId,
    /// Its name.
    pub name: String,
    /// What is traded.
    pub contract: Contract,
    /// Signed contracts to trade.
    pub quantity: i32,
    /// Price in points, as the model has it now.
    pub price_points: f64,
    /// Whether it is part of the what-if.
    pub is_on: bool,
    /// Whether it closes contracts held.
    pub closes: bool,
    /// Commission and fees of the trade in dollars, by the campaign's schedule.
    pub fees_usd: f64,
    /// Gain since entry of the contracts that it closes, in dollars; 0 when it closes none.
    pub realised_usd: f64,
}

impl Draft {
    /// Dollars received for the trade (negative when paid), before fees.
    pub fn cash_usd(&self) -> f64 {
        if self.contract.strike().is_none() {
            return 0.0;
        }
        -f64::from(self.quantity) * self.contract.multiplier() * self.price_points
    }
}

/// Sums over the drafts that are on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DraftTotals {
    /// How many are on.
    pub on: usize,
    /// Contracts traded, either way.
    pub contracts: u32,
    /// Dollars received (negative when paid), before fees.
    pub cash_usd: f64,
    /// Commission and fees in dollars.
    pub fees_usd: f64,
    /// Gain since entry of what they close, in dollars.
    pub realised_usd: f64,
}

impl DraftTotals {
    /// The sums of a list of drafts.
    pub fn of(drafts: &[Draft]) -> Self {
        let on = drafts.iter().filter(|draft| draft.is_on);
        on.fold(Self::default(), |sum, draft| Self {
            on: sum.on + 1,
            contracts: sum.contracts + draft.quantity.unsigned_abs(),
            cash_usd: sum.cash_usd + draft.cash_usd(),
            fees_usd: sum.fees_usd + draft.fees_usd,
            realised_usd: sum.realised_usd + draft.realised_usd,
        })
    }
}

/// A what-if kept for comparison.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// `A`, `B` or `C`.
    pub letter: char,
    /// A few words on what it holds.
    pub name: String,
    /// Its scenario.
    pub scenario: WhatIfScenario,
    /// Its drafts.
    pub drafts: Vec<Draft>,
    /// Its draft book, the trades that are off included.
    pub draft_positions: Vec<Position>,
    /// Its book with the trades that are on.
    pub campaign: Campaign,
    /// Its valuation at its scenario.
    pub valuation: Valuation,
    /// Its payoff lines.
    pub curves: PayoffCurves,
}

impl Snapshot {
    /// Profit since entry at its scenario in dollars, with what its drafts realise; fees left out.
    pub fn profit_usd(&self) -> f64 {
        self.valuation.facts.open_pl_usd + DraftTotals::of(&self.drafts).realised_usd
    }
}

/// The what-if under way.
#[derive(Clone, Copy, Debug)]
pub struct WhatIfView<'a> {
    /// What is assumed.
    pub scenario: &'a WhatIfScenario,
    /// The drafts, in the order of the book.
    pub drafts: &'a [Draft],
    /// The snapshots kept.
    pub snapshots: &'a [Snapshot],
    /// The real campaign.
    pub campaign: &'a Campaign,
    /// The real valuation.
    pub now: &'a Valuation,
    /// The real payoff lines.
    pub now_curves: &'a PayoffCurves,
    /// The real Greek lines.
    pub now_greeks: &'a GreekCurves,
}
