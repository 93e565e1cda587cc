//! The numbers of the decision: how choices are made, measured and weighed.

use crate::policy::{RulePack, Threshold};

/// Most paths that a pack may ask for: a setting of the program, since more would take memory without saying more.
const MOST_PATHS: usize = 100_000;

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
    /// Equity premium taken where history gives none, decimal a year; said wherever it is used.
    pub assumed_premium: f64,
}

/// Equity premium where history gives none: between those implied for 2009 and 2011 by the two-stage model. It
/// stands in for data and is no number of the method, so no pack sets it; a choice that rests on it says so.
const ASSUMED_PREMIUM: f64 = 0.04;

impl DecisionParams {
    /// The numbers of a pack.
    pub fn of(pack: &RulePack) -> Self {
        let (decision, rules) = (&pack.decision, &pack.rules);
        let (weights, cut, monetise) = (&decision.weights, &rules.vega_cut, &pack.monetise);
        let days = |number: &Threshold| number.value as i32;
        let roll = &rules.roll;
        Self {
            weights: Weights {
                return_over_wacc: weights.return_over_wacc.value,
                cost: weights.cost.value,
                vega_outside: weights.vega_outside.value,
                tail: weights.tail.value,
            },
            tilt: decision.tilt.tilt.value,
            tie: decision.tilt.tie.value,
            roll: RollParams {
                short_dte: days(&roll.short_dte),
                short_to: days(&roll.short_to),
                middle_dte: days(&roll.middle_dte),
                step: days(&roll.step),
                longest_step: days(&roll.longest_step),
                least_credit_usd: roll.least_credit.value,
                margin_rise: roll.margin_rise.value,
                most_rolls: roll.most_rolls.value,
                recentre_delta: roll.recentre_delta.value,
                monthlies: roll.monthlies.value as usize,
            },
            cuts: [cut.least.value, cut.usual.value, cut.most.value],
            stress: StressParams {
                spx_pct: decision.stress.spx_pct.value,
                loss_share: decision.stress.loss_share.value,
            },
            monetise: MonetiseParams {
                vix_from: monetise.vix_from.value,
                marked_at: monetise.marked_at.value,
                share_sold: monetise.share_sold.value,
                second: monetise.reinvest_second.value,
                third: monetise.reinvest_third.value,
            },
            horizon: (decision.paths.horizon.value as u32).max(1),
            paths: (decision.paths.paths.value as usize).clamp(2, MOST_PATHS),
            seed: decision.paths.seed.value as u64,
            assumed_premium: ASSUMED_PREMIUM,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DecisionParams;
    use crate::policy::RulePack;

    #[test]
    fn the_shipped_pack_gives_the_method_s_numbers() {
        let params = DecisionParams::of(RulePack::alvh());
        let weights = params.weights;
        let parts = [
            weights.return_over_wacc,
            weights.cost,
            weights.vega_outside,
            weights.tail,
        ];
        assert_eq!(parts, [0.35, 0.20, 0.25, 0.20]);
        assert_eq!((params.tilt, params.tie), (0.05, 0.03));
        assert_eq!((params.horizon, params.paths), (21, 10_000));
        assert_eq!(params.cuts, [0.30, 0.35, 0.40]);
        assert_eq!((params.roll.step, params.roll.longest_step), (7, 21));
    }
}
