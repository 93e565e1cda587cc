//! The parameters of all signals together.

use crate::signal::{
    BigTopParams, BreadthParams, CashFlowParams, CompressionParams, ConcentrationParams,
    DailyRangeParams, EvaluateParams, EventParams, ExpansionParams, FrontVolParams, GrowthParams,
    InflationParams, ReerParams, RegimeParams, VegaRegressionParams,
};

/// The parameters of all signals; the defaults are those of the method.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SignalParams {
    /// Regime.
    pub regime: RegimeParams,
    /// Breadth divergence.
    pub breadth: BreadthParams,
    /// Layer compression.
    pub compression: CompressionParams,
    /// Divergence and compression together.
    pub evaluate: EvaluateParams,
    /// Big Top.
    pub big_top: BigTopParams,
    /// Expected daily range.
    pub daily_range: DailyRangeParams,
    /// Event window.
    pub events: EventParams,
    /// Concentration and flattening.
    pub concentration: ConcentrationParams,
    /// Growth and differential.
    pub growth: GrowthParams,
    /// Exchange rate.
    pub reer: ReerParams,
    /// Price to cash flow.
    pub cash_flow: CashFlowParams,
    /// Inflation.
    pub inflation: InflationParams,
    /// Expansion.
    pub expansion: ExpansionParams,
    /// Immediate volatility signal.
    pub front_vol: FrontVolParams,
    /// Regression convention of net vega.
    pub vega_regression: VegaRegressionParams,
}
