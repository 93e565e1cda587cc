//! What the method reads in series: each signal a pure function from typed inputs to a typed finding.
//!
//! A finding carries every number that it was decided by, so that it can say why. No signal gives an order: the
//! rules weigh them. Numbers of the method come from the rule pack ([`params`]); a missing input
//! gives no finding, or a finding that says which part is unknown, never a guess.
//!
//! Slices are in order of time, oldest first, and end at the bar that is judged.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`mod@params`] | the pack's numbers in their types |
//! | [`mod@regime`] | Steward or Promoter, with its history |
//! | [`mod@regime_track`] | the regime at every close |
//! | [`mod@slope_tracks`] | that along each slope there is, and which one counts |
//! | [`mod@vx_track`] | VIX futures by tenor, their slope and compression, day by day |
//! | [`mod@breadth_divergence`] | SPX at its high without its issues, or at its low with them |
//! | [`mod@layer_compression`] | the layers' levels draw together |
//! | [`mod@evaluate_stance`] | divergence and compression within a few bars |
//! | [`mod@big_top`] | phase of the cash press |
//! | [`mod@daily_range`] | expected daily range |
//! | [`mod@event_window`] | days around macro releases |
//! | [`mod@concentration`] | mega-cap weight up while the curve flattens |
//! | [`mod@growth`] | growth healthy and rate differential stable |
//! | [`mod@reer`] | real effective exchange rate shift |
//! | [`mod@cash_flow_price`] | price to cash flow above its median |
//! | [`mod@inflation`] | elevated inflation |
//! | [`mod@expansion`] | SPX hot while its price to earnings rises |
//! | [`mod@front_vol`] | immediate volatility signal of the first layer |
//! | [`mod@timeline`] | all of it on one axis of trading days, for charts |
//! | [`mod@vega_regression`] | VIX futures' response to VIX, with its error |

pub mod big_top;
pub mod breadth_divergence;
pub mod cash_flow_price;
pub mod concentration;
pub mod daily_range;
mod dated;
pub mod evaluate_stance;
pub mod event_window;
pub mod expansion;
pub mod front_vol;
pub mod growth;
pub mod inflation;
pub mod layer_compression;
pub mod params;
pub mod reer;
pub mod regime;
mod regime_machine;
pub mod regime_track;
pub mod slope_tracks;
pub mod timeline;
pub mod vega_regression;
pub mod vx_track;

pub use crate::series::EventKind;
pub use big_top::{BigTop, BigTopInput, BigTopParams, Phase, big_top};
pub use breadth_divergence::{
    BreadthDivergence, BreadthParams, Divergence, breadth_divergence, divergence_history,
};
pub use cash_flow_price::{CashFlowParams, CashFlowPrice, cash_flow_price};
pub use concentration::{Concentration, ConcentrationParams, concentration};
pub use daily_range::{DailyRange, DailyRangeParams, RangeSource, daily_range};
pub use evaluate_stance::{EvaluateParams, EvaluateStance, evaluate_stance};
pub use event_window::{EventParams, EventWindow, MacroEvent, event_window, usual_release_time};
pub use expansion::{Expansion, ExpansionParams, expansion};
pub use front_vol::{FrontVol, FrontVolParams, front_vol};
pub use growth::{Growth, GrowthInput, GrowthParams, growth};
pub use inflation::{Inflation, InflationInput, InflationParams, inflation};
pub use layer_compression::{
    CompressionParams, LayerCompression, LevelCompression, compression_history, layer_compression,
    level_compression,
};
pub use reer::{ReerParams, ReerShift, reer_shift};
pub use regime::{
    Force, Regime, RegimeBar, RegimeChange, RegimeError, RegimeFinding, RegimeParams, SlopeSeries,
    SlopeSource, regime,
};
pub use regime_track::{RegimePoint, RegimeTrack, SlopeDay};
pub use slope_tracks::{slope_tracks, track_on};
pub use timeline::{PreparedFutures, TermChart, Timeline};
pub use vega_regression::{VegaRegression, VegaRegressionParams, vega_regression};
pub use vx_track::VxTrack;
