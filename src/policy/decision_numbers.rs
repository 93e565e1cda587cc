//! The numbers of the decision: on what basis choices are compared and how the comparison is weighed.

use super::numbers::{number_groups, numbers};

numbers! {
    /// What each part of a choice's score counts.
    WeightNumbers {
        /// Return on margin over the cost of capital.
        return_over_wacc: Weight,
        /// Cost over credit, taken off.
        cost: Weight,
        /// Distance of net vega from the band over its width, taken off.
        vega_outside: Weight,
        /// Fifth percentile over margin.
        tail: Weight,
    }
    /// What leans the comparison.
    TiltNumbers {
        /// Added to hedges in Steward, an event window or with a cheap Second layer; to rolls in Promoter or
        /// with a rich one.
        tilt: Weight,
        /// Scores nearer to each other than this are a tie, which the regime decides.
        tie: Weight,
        /// Evaluations on which a stance must stand before it replaces the one shown.
        evaluations: Count,
    }
    /// The paths that choices are measured on.
    PathNumbers {
        /// Sessions to the horizon, or the condor's expiry if that comes first.
        horizon: Sessions,
        /// Number of paths.
        paths: Count,
        /// Where the random numbers start.
        seed: Count,
    }
    /// The stress for which a hedge can be sized.
    StressNumbers {
        /// Move of SPX.
        spx_pct: SignedPct,
        /// The loss allowed, as a share of the condors' largest loss.
        loss_share: Share,
    }
}

number_groups! {
    /// The numbers of the decision.
    DecisionNumbers {
        /// Weights of the score.
        weights: WeightNumbers,
        /// Tilt, tie and hysteresis.
        tilt: TiltNumbers,
        /// Paths.
        paths: PathNumbers,
        /// Stress.
        stress: StressNumbers,
    }
}
