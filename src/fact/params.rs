//! The parameters of all signals together.

use crate::policy::RulePack;
use crate::signal::{
    BigTopParams, BreadthParams, CashFlowParams, CompressionParams, ConcentrationParams,
    DailyRangeParams, EvaluateParams, EventParams, ExpansionParams, FrontVolParams, GrowthParams,
    InflationParams, ReerParams, RegimeParams, VegaRegressionParams,
};

/// Lists the signals once: field, parameters, meaning.
macro_rules! all_params {
    ($($(#[$doc:meta])* $field:ident: $kind:ident,)+) => {
        /// The parameters of all signals; the defaults are those of the pack that comes with the program.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct SignalParams {
            $($(#[$doc])* pub $field: $kind,)+
        }

        impl SignalParams {
            /// The numbers of a pack.
            pub fn of(pack: &RulePack) -> Self {
                Self {
                    $($field: $kind::of(&pack.signals.$field),)+
                }
            }
        }
    };
}

all_params! {
    /// Regime.
    regime: RegimeParams,
    /// Breadth divergence.
    breadth: BreadthParams,
    /// Layer compression.
    compression: CompressionParams,
    /// Divergence and compression together.
    evaluate: EvaluateParams,
    /// Big Top.
    big_top: BigTopParams,
    /// Expected daily range.
    daily_range: DailyRangeParams,
    /// Event window.
    events: EventParams,
    /// Concentration and flattening.
    concentration: ConcentrationParams,
    /// Growth and differential.
    growth: GrowthParams,
    /// Exchange rate.
    reer: ReerParams,
    /// Price to cash flow.
    cash_flow: CashFlowParams,
    /// Inflation.
    inflation: InflationParams,
    /// Expansion.
    expansion: ExpansionParams,
    /// Immediate volatility signal.
    front_vol: FrontVolParams,
    /// Regression convention of net vega.
    vega_regression: VegaRegressionParams,
}
