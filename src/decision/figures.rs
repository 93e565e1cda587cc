//! What a choice costs and what it leads to: plain numbers, no computation.

use crate::risk::simulation::Outcome;

/// Net vega of a book with condors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VegaFigures {
    /// Points per vol point per condor.
    pub literal: f64,
    /// The same at the reference wing width.
    pub normalised: f64,
    /// The one that the band judges.
    pub judged: f64,
    /// How far that lies outside the band, 0 or more.
    pub outside: f64,
}

/// Both break-evens with the net credit of the whole campaign: what earlier rolls and this choice realise is
/// in it, so that a roll never hides a loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEvenFigures {
    /// Lower and upper break-even of the condor nearest to its own, index points.
    pub levels: [f64; 2],
    /// Smallest distance from SPX below and above, in expected moves of the side's expiry; where a side has settled,
    /// that of the other.
    pub margins_em: [f64; 2],
}

impl BreakEvenFigures {
    /// The nearer of the two.
    pub fn nearest_em(&self) -> f64 {
        self.margins_em[0].min(self.margins_em[1])
    }
}

/// Expected profit under one drift.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DriftPoint {
    /// Drift of SPX, continuously compounded decimal a year.
    pub drift_per_year: f64,
    /// Mean profit to the horizon after costs, dollars.
    pub expected_pl_usd: f64,
}

/// Profit under a named scenario, costs taken off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PresetPl {
    /// The scenario's name.
    pub name: &'static str,
    /// Dollars.
    pub pl_usd: f64,
}

/// All figures of a choice. Profits run from now, at the model's prices, to the horizon, after costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Premium received by the trades (negative when paid), dollars.
    pub cash_usd: f64,
    /// Commission and fees of the trades, dollars.
    pub fees_usd: f64,
    /// Half-spread given away, dollars.
    pub slippage_usd: f64,
    /// Gain since entry that the trades realise, fees left out, dollars.
    pub realised_usd: f64,
    /// What SPX trades realised before and realise now, less every fee paid to open and to close, dollars: carried by
    /// the break-evens.
    pub carried_usd: f64,
    /// Condors left.
    pub condors: i32,
    /// Net vega; `None` without condors.
    pub vega: Option<VegaFigures>,
    /// Theta with roll-down of the hedge, dollars per calendar day.
    pub theta_per_day_usd: f64,
    /// The same over margin; `None` without margin.
    pub theta_share: Option<f64>,
    /// Loss to gamma on a move of one standard deviation in a day, dollars, 0 or more; `None` without SPX options.
    pub gamma_loss_1d_usd: Option<f64>,
    /// Margin, dollars.
    pub margin_usd: f64,
    /// Margin and the value of VIX options held, which are paid in full, dollars.
    pub capital_usd: f64,
    /// Largest loss of the condors at expiry and what is lost already, dollars, positive; what was gained takes nothing
    /// off.
    pub max_loss_usd: f64,
    /// Break-evens; `None` without condors.
    pub break_evens: Option<BreakEvenFigures>,
    /// Profit over the simulated paths.
    pub outcome: Outcome,
    /// Mean profit in the worst and in the best twentieth of the paths by SPX, dollars: both tails.
    pub tails_usd: [f64; 2],
    /// Mean profit without drift, at the default and at twice that.
    pub drifts: [DriftPoint; 3],
    /// Profit under the named scenarios.
    pub presets: Vec<PresetPl>,
    /// Expected profit on margin, simple, a year; `None` without margin.
    pub irr: Option<f64>,
}

impl Figures {
    /// Cash that leaves now (negative when it comes in): premium, fees and half-spread, dollars.
    pub fn cost_usd(&self) -> f64 {
        self.friction_usd() - self.cash_usd
    }

    /// Fees and half-spread, dollars.
    pub fn friction_usd(&self) -> f64 {
        self.fees_usd + self.slippage_usd
    }

    /// The worst of the named scenarios.
    pub fn worst_preset(&self) -> Option<PresetPl> {
        self.presets
            .iter()
            .copied()
            .min_by(|a, b| a.pl_usd.total_cmp(&b.pl_usd))
    }
}
