//! The numbers of rules beyond those of the signals, a group a rule.

use super::numbers::{number_groups, numbers};
use super::pack::RulePack;
use super::threshold::Threshold;

/// The shipped number where a pack of before does not have it.
fn recentre_delta() -> Threshold {
    RulePack::alvh().rules.roll.recentre_delta.clone()
}

/// The same of the standard monthlies.
fn monthlies() -> Threshold {
    RulePack::alvh().rules.roll.monthlies.clone()
}

numbers! {
    /// Synthetic positions, naked legs and gamma.
    StructureNumbers {
        /// Rise of the one-day gamma loss by an adjustment that is flagged.
        gamma_rise: Share,
        /// One-day gamma loss over the credit still to earn that is flagged.
        gamma_of_credit: Share,
    }
    /// When a short strike is threatened.
    ThreatNumbers {
        /// Delta of a short strike, without sign.
        short_delta: Delta,
        /// Distance of a short strike.
        short_distance: ExpectedMoves,
        /// VIX of the forward trigger, and at or below it of rolling back.
        forward_vix: VixPoints,
    }
    /// The cut of short vega by hedging.
    VegaCutNumbers {
        /// Smallest cut.
        least: Share,
        /// The cut by default.
        usual: Share,
        /// Largest cut.
        most: Share,
        /// Theta earned over theta projected below which theta is slow.
        slow_capture: Share,
        /// Days over which that is judged.
        slow_days: CalendarDays,
    }
    /// Size by VIX.
    EntryScalingNumbers {
        /// Tiers open while VIX is low.
        tiers_low: Count,
        /// Tiers open in between.
        tiers_middle: Count,
        /// Tiers open while VIX is high.
        tiers_high: Count,
        /// Factor on size in Steward.
        steward_size: Ratio,
    }
    /// The most that a campaign may lose.
    PositionCapNumbers {
        /// Largest loss over account equity.
        most: ShareOfAccount,
        /// The same, from which on Steward warns.
        steward_warn: ShareOfAccount,
    }
    /// False Binary: neither loyal to rules that fail nor churning.
    FalseBinaryNumbers {
        /// Sessions with unchanged thresholds that are loyal.
        loyal_sessions: Sessions,
        /// Changes of regime within them.
        loyal_changes: Count,
        /// Ignored breaches within them.
        loyal_breaches: Count,
        /// Adjustments that are churn when exceeded.
        churn_adjustments: Count,
        /// Days in which they lie.
        churn_days: CalendarDays,
        /// Days within which an adjustment taken back is churn.
        reversal_days: CalendarDays,
    }
    /// A tail hedge by forward VIX: the share of the portfolio spent each month.
    TailHedgeNumbers {
        /// Up to this forward VIX nothing is bought.
        none_to: VixPoints,
        /// Share spent above it.
        low_share: ShareOfAccount,
        /// Up to this forward VIX.
        low_to: VixPoints,
        /// Share spent above that.
        high_share: ShareOfAccount,
        /// Up to this forward VIX; beyond it nothing is bought.
        high_to: VixPoints,
    }
    /// Which rolls are offered and which are accepted.
    RollNumbers {
        /// Most days of a short-dated condor.
        short_dte: CalendarDays,
        /// A short-dated one rolls to at most so many days.
        short_to: CalendarDays,
        /// Most days of a middle-dated one.
        middle_dte: CalendarDays,
        /// A middle-dated one rolls out by so many days; a longer one by at least so many.
        step: CalendarDays,
        /// A longer one rolls out by at most so many days.
        longest_step: CalendarDays,
        /// Least net credit in dollars a condor, fees and slippage paid.
        least_credit: Usd,
        /// Largest rise of the margin.
        margin_rise: Share,
        /// Most rolls in a campaign.
        most_rolls: Count,
        /// Delta of both short strikes of a re-centred condor, without sign.
        #[serde(default = "recentre_delta")]
        recentre_delta: Delta,
        /// Standard monthlies offered to a longer condor beside the window.
        #[serde(default = "monthlies")]
        monthlies: Count,
    }
}

number_groups! {
    /// The numbers of rules that have no other place.
    RuleNumbers {
        /// Synthetic positions, naked legs and gamma.
        structure: StructureNumbers,
        /// When a short strike is threatened.
        threat: ThreatNumbers,
        /// The cut of short vega by hedging.
        vega_cut: VegaCutNumbers,
        /// Size by VIX.
        entry_scaling: EntryScalingNumbers,
        /// The most that a campaign may lose.
        position_cap: PositionCapNumbers,
        /// False Binary.
        false_binary: FalseBinaryNumbers,
        /// Tail hedge by forward VIX.
        tail_hedge: TailHedgeNumbers,
        /// Rolls.
        roll: RollNumbers,
    }
}
