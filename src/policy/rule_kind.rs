//! The closed list of rules: name, title, question, and which numbers of the pack each reads.

use serde::{Deserialize, Serialize};

/// What is known of a rule before it is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSpec {
    /// Its one name in reports, `net_vega_band`.
    pub key: &'static str,
    /// Its name on the screen.
    pub title: &'static str,
    /// The question that it answers, in a line.
    pub question: &'static str,
    /// Paths in the pack, or their beginnings, of the numbers that it reads.
    pub reads: &'static [&'static str],
}

/// Makes the enum and its table from one list.
macro_rules! rules {
    ($($id:ident $key:literal $title:literal $question:literal [$($reads:literal),* $(,)?];)+) => {
        /// A rule of the method.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RuleKind {
            $(
                #[doc = $question]
                $id,
            )+
        }

        impl RuleKind {
            /// Every rule, in the order of the screen.
            pub const ALL: &'static [Self] = &[$(Self::$id,)+];

            /// What is known of the rule.
            pub fn spec(self) -> RuleSpec {
                match self {
                    $(Self::$id => RuleSpec {
                        key: $key,
                        title: $title,
                        question: $question,
                        reads: &[$($reads),*],
                    },)+
                }
            }
        }
    };
}

rules! {
    Synthetics "synthetics" "Synthetics and naked legs" "Does the book hold a synthetic position or a short option that nothing covers?" [];
    GammaCheck "gamma_check" "Gamma" "Would one day's move cost too much of the credit still to earn?" ["rules.structure"];
    BreakEvens "break_evens" "Break-even distance" "Do both break-evens lie outside one expected move?" ["break_evens", "signals.reer.expected_move_factor", "signals.cash_flow.alert_expected_moves"];
    Threatened "threatened" "Threatened strike" "Is a short strike threatened, and does the market move enough to roll forward?" ["rules.threat", "break_evens", "signals.daily_range.line_pct", "signals.cash_flow.short_strike_delta", "signals.reer.expected_move_factor"];
    RollBack "roll_back" "Roll back" "Is the market calm enough to roll back?" ["rules.threat.forward_vix", "signals.daily_range.line_pct"];
    Inflation "inflation_breach" "Inflation breach" "Is net vega beyond its limit while inflation is elevated?" ["vega_band.limit", "vega_band.reference_width", "signals.inflation"];
    VegaCut "vega_cut" "Cut short vega by hedging" "Is theta slow while RSI stays high and price over earnings expands?" ["rules.vega_cut", "signals.expansion"];
    Evaluate "evaluate" "Divergence and compression" "Does breadth diverge while the layers draw together?" ["signals.breadth", "signals.compression", "signals.evaluate"];
    NetVegaBand "net_vega_band" "Net vega band" "Does net vega per condor lie inside its band?" ["vega_band.low", "vega_band.high", "vega_band.reference_width", "signals.growth.widen"];
    ThetaFloor "theta_floor" "Theta floor" "Does net theta earn enough on the margin?" ["theta.floor", "signals.concentration.tighten", "rules.vega_cut.slow_capture"];
    WaccBalance "wacc_balance" "Theta against the cost of capital" "Does net theta, less the expected loss to gamma, pay for the capital?" [];
    LayerEntry "layer_entry" "Layers to open" "Is a layer missing, and is this the time to open it?" ["layers", "entry"];
    LayerRoll "layer_roll" "Layers to roll" "Has a layer become too short?" ["layers", "entry.open_below", "entry.refresh_share"];
    Monetise "monetise" "Gains of the First layer" "Is it time to take half of the First layer's gain?" ["monetise"];
    FirstSignal "first_signal" "Immediate volatility signal" "Does the nearest future warn of volatility?" ["signals.front_vol"];
    SecondRichness "second_richness" "Second layer by CAPM" "Is the Second layer rich or cheap for its beta?" [];
    HedgeDebit "hedge_debit" "Hedge debit" "Does the hedge cost too much of the credit?" ["budgets.hedge_debit_warn", "budgets.hedge_debit", "budgets.hedge_debit_alarm"];
    HedgeTheta "hedge_theta" "Hedge theta" "Does the hedge lose too much of the condors' theta?" ["budgets.hedge_theta"];
    HedgeSpend "hedge_spend" "Hedge spend of a year" "Do twelve months of hedges cost too much of the account?" ["budgets.trailing_spend"];
    EtpCost "etp_cost" "ETP against calls" "Which hedge gives a unit of vega at the least cost a month?" [];
    PositionCap "position_cap" "Position cap" "Can the campaign lose too much of the account?" ["rules.position_cap"];
    EntryScaling "entry_scaling" "Size by VIX" "May new condors be opened, and how many tiers?" ["rules.entry_scaling", "entry"];
    EventWindow "event_window" "Event window" "Is a meeting or release near?" ["signals.events"];
    Regime "regime" "Regime" "Steward or Promoter?" ["signals.regime"];
    BigTop "big_top" "Big Top cash press" "Where should net vega aim inside the band?" ["signals.big_top"];
    Concentration "concentration" "Concentration and flattening" "Do the largest companies gain weight while the yield curve flattens?" ["signals.concentration"];
    Growth "growth" "Growth and differential" "Is growth healthy and the interest-rate differential stable?" ["signals.growth"];
    ExchangeRate "exchange_rate" "Exchange rate" "Has the dollar's real effective rate shifted?" ["signals.reer"];
    CashFlow "cash_flow" "Price over cash flow" "Is price over cash flow high and rising?" ["signals.cash_flow"];
    RollLimit "roll_limit" "Rolls of the campaign" "Has the campaign rolled too often?" ["rules.roll.most_rolls"];
    Loyalty "loyalty" "False Binary: loyalty" "Have the thresholds stayed while the market changed?" ["rules.false_binary.loyal_sessions", "rules.false_binary.loyal_changes", "rules.false_binary.loyal_breaches"];
    Churn "churn" "False Binary: churn" "Is the book adjusted too often?" ["rules.false_binary.churn_adjustments", "rules.false_binary.churn_days", "rules.false_binary.reversal_days"];
    TailHedge "tail_hedge" "Tail hedge by forward VIX" "How much of the portfolio buys calls this month?" ["rules.tail_hedge"];
}

impl RuleKind {
    /// Its one name in reports.
    pub fn key(self) -> &'static str {
        self.spec().key
    }

    /// Its name on the screen.
    pub fn title(self) -> &'static str {
        self.spec().title
    }

    /// The question that it answers.
    pub fn question(self) -> &'static str {
        self.spec().question
    }

    /// The rule of a name.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.key() == key)
    }

    /// Whether the number at a path of the pack is one that this rule reads.
    pub fn reads(self, path: &str) -> bool {
        self.spec().reads.iter().any(|read| {
            path.strip_prefix(read)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }
}

/// A step of the verdict's precedence: the first that asks for something decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Clause {
    /// A synthetic position or a naked leg: fix it first.
    FixStructure,
    /// A break-even breached, or a short strike threatened with the forward trigger: roll if a roll is
    /// accepted, else hedge or close.
    BreakEvenBreach,
    /// Net vega beyond its limit while inflation is elevated: evaluate (short) or trim (long).
    InflationBreach,
    /// RSI, price over earnings and slow theta together: hedge 30 to 40 %.
    VegaCut,
    /// Divergence with compression: evaluate.
    Evaluate,
    /// Net vega outside its band: hedge (short) or trim (long).
    VegaBand,
    /// Theta below its floor: roll, or trim if the hedge's drag is the cause.
    ThetaFloor,
    /// A tail hedge due this month: buy it.
    TailHedge,
}

impl Clause {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::FixStructure => "fix structure",
            Self::BreakEvenBreach => "break-even or threat",
            Self::InflationBreach => "inflation breach",
            Self::VegaCut => "cut short vega",
            Self::Evaluate => "divergence and compression",
            Self::VegaBand => "vega band",
            Self::ThetaFloor => "theta floor",
            Self::TailHedge => "tail hedge",
        }
    }

    /// The rules behind it.
    pub fn rules(self) -> &'static [RuleKind] {
        match self {
            Self::FixStructure => &[RuleKind::Synthetics],
            Self::BreakEvenBreach => &[RuleKind::BreakEvens, RuleKind::Threatened],
            Self::InflationBreach => &[RuleKind::Inflation],
            Self::VegaCut => &[RuleKind::VegaCut],
            Self::Evaluate => &[RuleKind::Evaluate],
            Self::VegaBand => &[RuleKind::NetVegaBand],
            Self::ThetaFloor => &[RuleKind::ThetaFloor, RuleKind::WaccBalance],
            Self::TailHedge => &[RuleKind::TailHedge],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RuleKind;
    use crate::policy::RulePack;

    #[test]
    fn each_rule_has_a_name_of_its_own() {
        let names: BTreeSet<_> = RuleKind::ALL.iter().map(|rule| rule.key()).collect();
        assert_eq!(names.len(), RuleKind::ALL.len());
        for rule in RuleKind::ALL {
            assert_eq!(RuleKind::named(rule.key()), Some(*rule));
        }
    }

    #[test]
    fn what_a_rule_reads_is_in_the_pack() {
        let pack = RulePack::alvh();
        let paths: Vec<String> = pack.slots().into_iter().map(|slot| slot.path).collect();
        for rule in RuleKind::ALL {
            for read in rule.spec().reads {
                let found = paths.iter().any(|path| {
                    path == read
                        || path
                            .strip_prefix(read)
                            .is_some_and(|rest| rest.starts_with(['.', '[']))
                });
                assert!(found, "{} reads {read}, which no pack has", rule.key());
            }
        }
    }
}
