//! The numbers of the decision: how choices are made, measured and weighed.

use crate::risk::simulation::{PATHS, SEED};

/// What each part of a score counts. Parts lie between −1 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Expected return on margin over the cost of capital.
    pub return_over_wacc: f64,
    /// Cost over credit, taken off.
    pub cost: f64,
    /// Distance of net vega from the band over its width, taken off.
    pub vega_outside: f64,
    /// 5th percentile over margin.
    pub tail: f64,
}

/// Which rolls are offered and which are accepted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RollParams {
    /// Most days from opening to expiry of a short-dated condor.
    pub short_dte: i32,
    /// A short-dated one rolls to at most so many days.
    pub short_to: i32,
    /// Most days from opening to expiry of a middle-dated one.
    pub middle_dte: i32,
    /// A middle-dated one rolls out by so many days; a longer one by at least so many.
    pub step: i32,
    /// A longer one rolls out by at most so many days.
    pub longest_step: i32,
    /// Least net credit in dollars a condor, after fees and half-spread.
    pub least_credit_usd: f64,
    /// Largest rise of the margin, as a share.
    pub margin_rise: f64,
    /// Most rolls in a campaign, this one included.
    pub most_rolls: f64,
    /// Delta of both short strikes of a re-centred condor, without sign: the reference condor's.
    pub recentre_delta: f64,
    /// Standard monthlies offered beyond the window.
    pub monthlies: usize,
}

/// The stress for which a hedge can be sized.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StressParams {
    /// Simple move of SPX in %, at once; VIX by the model.
    pub spx_pct: f64,
    /// The loss allowed there, as a share of the condors' largest loss at expiry.
    pub loss_share: f64,
}

/// When the First layer's gain may be taken, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonetiseParams {
    /// From this VIX.
    pub vix_from: f64,
    /// And marked at this multiple of its cost.
    pub marked_at: f64,
    /// Share of the contracts sold.
    pub share_sold: f64,
    /// Part of the proceeds for the Second layer.
    pub second: f64,
    /// Part of the proceeds for the Third layer.
    pub third: f64,
}

/// All numbers of the decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecisionParams {
    /// Weights of the score.
    pub weights: Weights,
    /// Added to hedges or to rolls by the regime, an event window or a cheap or rich Second layer.
    pub tilt: f64,
    /// Scores nearer to each other than this are a tie, which the regime decides.
    pub tie: f64,
    /// Rolls.
    pub roll: RollParams,
    /// Cuts of short vega by hedging, as shares, ascending; the middle one is the usual.
    pub cuts: [f64; 3],
    /// Stress.
    pub stress: StressParams,
    /// Taking the First layer's gain.
    pub monetise: MonetiseParams,
    /// Trading days to the horizon, or the condor's expiry if that comes first.
    pub horizon: u32,
    /// Paths.
    pub paths: usize,
    /// Seed of the paths.
    pub seed: u64,
    /// Share by which the theta floor tightens with concentration and flattening.
    pub tighten: f64,
    /// Share of each edge by which the vega band widens with healthy growth.
    pub widen: f64,
    /// Factor on the expected move after a shift of the exchange rate.
    pub shifted_move: f64,
    /// Equity premium taken where history gives none, decimal a year; said wherever it is used.
    pub assumed_premium: f64,
}

impl Default for DecisionParams {
    fn default() -> Self {
        Self {
            weights: Weights {
                return_over_wacc: 0.35,
                cost: 0.20,
                vega_outside: 0.25,
                tail: 0.20,
            },
            tilt: 0.05,
            tie: 0.03,
            roll: RollParams {
                short_dte: 2,
                short_to: 7,
                middle_dte: 13,
                step: 7,
                longest_step: 21,
                least_credit_usd: 0.0,
                margin_rise: 0.10,
                most_rolls: 3.0,
                recentre_delta: 0.16,
                monthlies: 2,
            },
            cuts: [0.30, 0.35, 0.40],
            stress: StressParams {
                spx_pct: -5.0,
                loss_share: 0.5,
            },
            monetise: MonetiseParams {
                vix_from: 16.0,
                marked_at: 2.0,
                share_sold: 0.5,
                second: 2.0 / 3.0,
                third: 1.0 / 3.0,
            },
            horizon: 21,
            paths: PATHS,
            seed: SEED,
            tighten: 0.15,
            widen: 0.20,
            shifted_move: 1.1,
            assumed_premium: 0.04,
        }
    }
}
