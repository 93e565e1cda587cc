//! The figures that a valuation is made of: plain rows and sums, no computation.
//!
//! Dollars end in `_usd`; per-share and per-condor index points in `_points`; vega is per vol point,
//! theta per calendar day. SPX Greeks and VIX Greeks stand in different types and are never added.

use jiff::civil::Date;

use super::band::Convention;
use crate::instrument::{Contract, LayerKind, PositionId};
use crate::market::VolSource;
use crate::pricing::Greeks;

/// One leg, valued today.
#[derive(Clone, Debug, PartialEq)]
pub struct LegRow {
    /// The position that holds the leg.
    pub position: PositionId,
    /// Index of the leg in its position.
    pub index: usize,
    /// What is held.
    pub contract: Contract,
    /// Signed number of contracts.
    pub quantity: i32,
    /// Entry price in points.
    pub entry_points: f64,
    /// Years to settlement; 0 once expired.
    pub years: f64,
    /// Calendar days to expiry.
    pub days: i32,
    /// Forward or future that the leg is priced on.
    pub forward: f64,
    /// Vol, decimal; 0 for a future.
    pub vol: f64,
    /// Where the vol comes from; `None` for a future.
    pub vol_source: Option<VolSource>,
    /// Model price in points; equals the mark where there is one.
    pub price_points: f64,
    /// The mark as entered or imported, in points.
    pub mark_points: Option<f64>,
    /// Per-share Greeks: SPX legs against the index, VIX legs against their own future.
    pub greeks: Greeks,
    /// Position value in dollars (long positive).
    pub value_usd: f64,
    /// Dollars gained since entry, fees left out.
    pub open_pl_usd: f64,
    /// Strike's distance from the spot in expected moves, signed; 0 for VIX legs.
    pub distance_em: f64,
    /// Whether the contract has settled.
    pub is_expired: bool,
}

/// Greeks of SPX legs in position dollars: per index point, per day, per vol point, per 1 % of rate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SpxGreeks {
    /// Marked value.
    pub value_usd: f64,
    /// Per index point.
    pub delta_usd: f64,
    /// Change of delta per index point.
    pub gamma_usd: f64,
    /// Per calendar day.
    pub theta_per_day_usd: f64,
    /// Per vol point of each leg's own vol.
    pub vega_per_vol_point_usd: f64,
    /// Per 1 % of rate.
    pub rho_per_pct_usd: f64,
}

/// Greeks of VIX legs in position dollars: per point of their own future and of their own vol.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct VixGreeks {
    /// Marked value.
    pub value_usd: f64,
    /// Per point of the layer's VIX future.
    pub delta_usd: f64,
    /// Change of delta per point of the future.
    pub gamma_usd: f64,
    /// Per calendar day at a fixed future.
    pub theta_per_day_usd: f64,
    /// Per point of VIX-option vol (vol-of-VIX): never added to SPX vega.
    pub vega_per_vol_point_usd: f64,
    /// Per 1 % of rate.
    pub rho_per_pct_usd: f64,
}

/// The facts of one iron condor, its sides in one expiry or, after a roll of one of them, in two.
#[derive(Clone, Debug, PartialEq)]
pub struct CondorFacts {
    /// The position.
    pub position: PositionId,
    /// Its name.
    pub name: String,
    /// Its expiry; of two the nearer that is still to come.
    pub expiry: Date,
    /// The expiries of the put and of the call spread.
    pub side_expiries: [Date; 2],
    /// Calendar days to the expiry.
    pub days: i32,
    /// Years to settlement at the expiry; 0 once all of it has settled.
    pub years: f64,
    /// Years to settlement of the put and of the call spread; 0 for one that has settled.
    pub side_years: [f64; 2],
    /// Number of condors.
    pub contracts: i32,
    /// Strikes: long put, short put, short call, long call.
    pub strikes: [f64; 4],
    /// Width of the wider wing in points.
    pub width_points: f64,
    /// Net entry credit per condor in points; negative for a debit.
    pub credit_points: f64,
    /// Net entry credit of the position.
    pub credit_usd: f64,
    /// Largest profit at expiry.
    pub max_profit_usd: f64,
    /// Largest loss at expiry, a positive number.
    pub max_loss_usd: f64,
    /// Break-evens at expiry of the condor alone, low and high.
    pub break_evens: [f64; 2],
    /// One standard deviation to the expiry in points.
    pub expected_move_points: f64,
    /// The same to the expiry of the put and of the call spread; 0 for one that has settled.
    pub side_moves_points: [f64; 2],
    /// Distance of each break-even from the spot in expected moves of its side; negative when breached, 0 for a
    /// side that has settled.
    pub break_even_margin: [f64; 2],
    /// The same in standard deviations of the log price.
    pub break_even_margin_log: [f64; 2],
    /// Probability of a profit at expiry, by the smile at each break-even; with two expiries, that neither
    /// break-even is passed on its own day, counted as if never both.
    pub probability_of_profit: f64,
    /// The same at one ATM vol.
    pub probability_of_profit_flat: f64,
    /// Probability that each short strike is touched, each at its own vol.
    pub probability_of_touch: [f64; 2],
    /// Wider wing × 100 × contracts (the sum of sides by setting, and for two expiries); credit not subtracted.
    pub reg_t_margin_usd: f64,
    /// Worst of ten SPX moves from −8 % to +6 % at fixed vols: an estimate.
    pub portfolio_margin_usd: f64,
    /// ATM vol of the expiry, decimal.
    pub atm_vol: f64,
    /// Greeks of the position.
    pub greeks: SpxGreeks,
    /// Gain since entry.
    pub open_pl_usd: f64,
}

/// What one hedge layer holds and does.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerFacts {
    /// Which layer.
    pub kind: LayerKind,
    /// Net contracts held.
    pub contracts: i32,
    /// Entry cost in dollars (debit positive).
    pub cost_usd: f64,
    /// The layer's own Greeks, on its own futures.
    pub greeks: VixGreeks,
    /// Roll-down of its futures along today's curve, per day.
    pub roll_down_per_day_usd: f64,
    /// SPX-equivalent vega under the chosen convention, dollars per vol point of the condor's ATM vol.
    pub equivalent_vega_usd: f64,
    /// The same per condor in index points.
    pub contribution_points: f64,
    /// Carry by vol-of-vol per vol point of the condor: shown apart, never added.
    pub vol_of_vol_usd: f64,
    /// Gain since entry.
    pub open_pl_usd: f64,
    /// Value at spot VIX 18, 22 and 28, for display only.
    pub value_at_vix_usd: [f64; 3],
}

impl LayerFacts {
    /// Decay plus roll-down per calendar day: both, so that futures do not look free.
    pub fn carry_per_day_usd(&self) -> f64 {
        self.greeks.theta_per_day_usd + self.roll_down_per_day_usd
    }
}

/// The SPX VIX levels at which a layer's value is shown.
pub const PAY_LEVELS: [f64; 3] = [18.0, 22.0, 28.0];

/// Where a net vega stands against the band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BandStatus {
    /// Inside; the distance to the nearer edge.
    Inside {
        /// Points to the nearer edge.
        left: f64,
    },
    /// Short of the lower edge.
    Short {
        /// Points below the lower edge.
        by: f64,
    },
    /// Beyond the upper edge.
    Long {
        /// Points above the upper edge.
        by: f64,
    },
}

/// One bar of the vega ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// `Condors`, `First`, `Second`, `Third`, `Other`.
    pub name: String,
    /// Index points per vol point per condor.
    pub points: f64,
    /// The same scaled to the reference wing width.
    pub normalised: f64,
}

/// Net vega per condor, two ways, and what makes it up.
#[derive(Clone, Debug, PartialEq)]
pub struct NetVega {
    /// Index points per vol point per condor.
    pub literal: f64,
    /// Scaled to the pack's reference wing width.
    pub normalised: f64,
    /// The literal figure against the band.
    pub literal_status: BandStatus,
    /// The normalised figure against the band.
    pub normalised_status: BandStatus,
    /// Condors, layers and the rest, in that order.
    pub contributions: Vec<Contribution>,
    /// The same under each convention that has its inputs, for comparison.
    pub by_convention: Vec<ConventionVega>,
}

/// Net vega per condor under one convention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConventionVega {
    /// How a point of a VIX future counts.
    pub convention: Convention,
    /// Index points per vol point per condor.
    pub literal: f64,
    /// Scaled to the pack's reference wing width.
    pub normalised: f64,
    /// Standard error of the literal figure, of the regression alone.
    pub literal_se: Option<f64>,
    /// Standard error of the normalised figure, of the regression alone.
    pub normalised_se: Option<f64>,
}

/// One budget: how much is used of what the pack allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Gauge {
    /// What is measured.
    pub label: &'static str,
    /// Used, in %; `None` when it cannot be said.
    pub used_pct: Option<f64>,
    /// Where it becomes worth a look, in %.
    pub warn_pct: Option<f64>,
    /// What the pack allows, in %.
    pub limit_pct: f64,
    /// Where it is an alarm, in %.
    pub alarm_pct: Option<f64>,
    /// Why it cannot be said.
    pub missing: Option<&'static str>,
}

/// The hedge that one instrument would need to reach the target.
#[derive(Clone, Debug, PartialEq)]
pub struct SizingRow {
    /// The layer that would grow, or `None` for a future.
    pub layer: Option<LayerKind>,
    /// The instrument.
    pub contract: Contract,
    /// Price per unit in points.
    pub price_points: f64,
    /// SPX-vega equivalent of one contract, index points.
    pub unit_vega_points: f64,
    /// Contracts to reach the target.
    pub contracts: i32,
    /// Cost of them in dollars (0 debit for a future; its margin is apart).
    pub cost_usd: f64,
    /// Cost as % of the condors' credit.
    pub cost_pct_of_credit: f64,
    /// Contracts that the debit budget still allows.
    pub within_budget: i32,
    /// The net vega that those reach, literal.
    pub reached_literal: f64,
    /// The net vega that those reach, normalised.
    pub reached_normalised: f64,
    /// Carry per day that the full number adds.
    pub carry_per_day_usd: f64,
}

/// One row of the crash table or of the presets.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioRow {
    /// The preset's name; empty in the crash table.
    pub name: &'static str,
    /// Simple SPX move in %.
    pub spx_pct: f64,
    /// Horizon in trading days.
    pub trading_days: u32,
    /// VIX after the move.
    pub vix: f64,
    /// The listed VIX futures after the move.
    pub curve: Vec<f64>,
    /// Profit or loss of SPX legs.
    pub condors_usd: f64,
    /// Profit or loss of each layer.
    pub layers_usd: [f64; 3],
    /// Profit or loss of everything else that is VIX.
    pub other_usd: f64,
    /// Profit or loss of the book.
    pub net_usd: f64,
    /// Beyond the sample that the model was fitted to.
    pub is_extrapolated: bool,
    /// VIX stopped at the cap or floor.
    pub at_limit: bool,
}

impl ScenarioRow {
    /// Profit or loss of every VIX leg: the three layers and the rest.
    pub fn hedge_usd(&self) -> f64 {
        self.layers_usd.iter().sum::<f64>() + self.other_usd
    }
}

/// Something that could not be valued, or is assumed, said once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: a contract, a mark, an expiry.
    pub subject: String,
    /// What is wrong and what would mend it.
    pub message: String,
}

/// The book as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BookFacts {
    /// Number of condors.
    pub contracts: i32,
    /// Contract-weighted wider wing in points.
    pub width_points: f64,
    /// Net entry credit of the condors.
    pub credit_usd: f64,
    /// Net entry debit of the VIX legs (positive = paid).
    pub hedge_debit_usd: f64,
    /// Credit less hedge debit: the cash taken in.
    pub net_cash_in_usd: f64,
    /// Fees to open what is held, by the schedule or as entered.
    pub fees_usd: f64,
    /// Half-spread cost to close what is held.
    pub slippage_usd: f64,
    /// Reg-T margin of the SPX side.
    pub reg_t_margin_usd: f64,
    /// Portfolio-margin estimate of the SPX side.
    pub portfolio_margin_usd: f64,
    /// Margin of VIX legs (futures, short options); additive.
    pub vix_margin_usd: f64,
    /// The margin that the rules use: the broker's if entered, else Reg-T.
    pub margin_usd: f64,
    /// Greeks of SPX legs.
    pub spx: SpxGreeks,
    /// Greeks of VIX legs, each on its own future; a sum of dollars per point of different futures.
    pub vix: VixGreeks,
    /// Theta of condors, decay and roll-down of the hedge, per day.
    pub net_theta_per_day_usd: f64,
    /// Net theta as % of margin per day.
    pub theta_pct_of_margin: Option<f64>,
    /// Gain since entry of everything.
    pub open_pl_usd: f64,
    /// Rows of [`LegRow`] that belong to no condor and no layer.
    pub other_legs: Vec<usize>,
}
