//! Series that are computed once a library and then asked for any day: each value depends on days up to its
//! own alone, so that a look back needs no second run.

use jiff::Timestamp;
use jiff::civil::Date;

use super::known::KnownDays;
use super::params::SignalParams;
use super::prepare;
use crate::risk::vega_slopes::{VegaSlopes, VegaSlopesError};
use crate::series::Library;
use crate::signal::{
    BreadthDivergence, PreparedFutures, RegimeFinding, RegimeTrack, SlopeSource, Timeline, VxTrack,
    slope_tracks, track_on,
};

/// S&P 500, one entry a close; missing values are NaN.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpxTrack {
    /// The days, ascending.
    pub dates: Vec<Date>,
    /// Closes, points.
    pub closes: Vec<f64>,
    /// RSI14, 0 to 100.
    pub rsi14: Vec<f64>,
    /// Highest of 252 closes, points.
    pub high252: Vec<f64>,
    /// EMA20, points.
    pub ema20: Vec<f64>,
    /// SMA50, points.
    pub sma50: Vec<f64>,
    /// SMA200, points.
    pub sma200: Vec<f64>,
    /// Realised vol of 20 returns, decimal.
    pub rv20: Vec<f64>,
    /// Trailing price over earnings as it was public that day.
    pub pe: Vec<f64>,
}

/// Breadth, one entry a day with SPX and NYSE counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BreadthTrack {
    /// The days, ascending.
    pub dates: Vec<Date>,
    /// SPX closes, points.
    pub closes: Vec<f64>,
    /// Advance–decline line from the first day on, issues.
    pub ad: Vec<f64>,
    /// Divergence.
    pub divergence: Vec<Option<BreadthDivergence>>,
}

/// What is computed once of a library. Cheap to keep: series are shared with it.
#[derive(Clone, Debug)]
pub struct Derived {
    library: Library,
    params: SignalParams,
    /// VIX futures.
    pub vx: VxTrack,
    /// S&P 500.
    pub spx: SpxTrack,
    /// Breadth.
    pub breadth: BreadthTrack,
    regimes: Vec<RegimeTrack>,
}

impl Derived {
    /// Prepares a library under the method's parameters.
    pub fn of(library: &Library) -> Self {
        Self::with(library, SignalParams::default())
    }

    /// Prepares a library under some parameters.
    pub fn with(library: &Library, params: SignalParams) -> Self {
        let vx = VxTrack::of(library, &params.compression);
        let regimes = slope_tracks(library, &vx, &params.regime, &params.events);
        Self {
            spx: prepare::spx(library, &params),
            breadth: prepare::breadth(library, &params),
            library: library.clone(),
            params,
            vx,
            regimes,
        }
    }

    /// The library.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The parameters of its signals.
    pub fn params(&self) -> &SignalParams {
        &self.params
    }

    /// The regime along each slope that the library has, the best first.
    pub fn regimes(&self) -> &[RegimeTrack] {
        &self.regimes
    }

    /// The slope whose regime counts on a day: the best that has enough closes by then and lags no other by
    /// more than five days.
    pub fn regime_track(&self, day: Date) -> Option<&RegimeTrack> {
        track_on(&self.regimes, day)
    }

    /// What the charts draw, made of the same futures and regimes.
    pub fn timeline(&self) -> Timeline {
        let prepared = PreparedFutures {
            vx: &self.vx,
            tracks: &self.regimes,
        };
        let params = &self.params;
        Timeline::with(&self.library, prepared, &params.regime, &params.breadth)
    }

    /// The regime as it was known after the close of a day, with its history; `None` with too little history.
    pub fn regime_on(&self, day: Date) -> Option<RegimeFinding> {
        self.regime_track(day)?.finding_on(day).ok()
    }

    /// The regime as it was known at an instant.
    pub fn regime_at(&self, as_of: Timestamp) -> Option<RegimeFinding> {
        self.regime_on(close_known_at(as_of))
    }

    /// How VIX futures have moved with VIX, as it was known at an instant.
    ///
    /// # Errors
    /// [`VegaSlopesError`] with too little of either by then.
    pub fn vega_slopes_at(&self, as_of: Timestamp) -> Result<VegaSlopes, VegaSlopesError> {
        let params = &self.params.vega_regression;
        VegaSlopes::of(&self.library, close_known_at(as_of), params)
    }

    /// The slope whose regime stands for a day's, named.
    pub fn slope_source(&self, day: Date) -> Option<SlopeSource> {
        self.regime_track(day).map(RegimeTrack::source)
    }
}

/// The regime of a library as it was known at an instant, with its history. Prepares the library: keep a
/// [`Derived`] where it is asked for more than once.
pub fn regime_of(library: &Library, as_of: Timestamp) -> Option<RegimeFinding> {
    Derived::of(library).regime_at(as_of)
}

/// The last New York day whose closes are known at an instant: from a quarter past the exchange's close its
/// own, else the day before.
pub fn close_known_at(as_of: Timestamp) -> Date {
    KnownDays::at(as_of).close
}
