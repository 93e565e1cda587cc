//! The regime of every day: slope, MACD, and the stretches that ribbon and bands show.

use jiff::civil::Date;

use crate::calendar::add_trading_days;
use crate::indicator::{VxDay, contango_pct, ratio_contango_pct};
use crate::series::{Library, SeriesId};
use crate::signal::event_window::EventParams;
use crate::signal::regime::{
    Regime, RegimeBar, RegimeError, RegimeFinding, RegimeParams, SlopeSeries, SlopeSource,
    regime_with_fallback,
};
use crate::signal::regime_machine::Machine;

/// Consecutive days of the axis in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<S> {
    /// Position of the first day.
    pub first: usize,
    /// Position of the last day.
    pub last: usize,
    /// The state.
    pub state: S,
}

/// A stretch of a band.
pub type RegimeSpan = Span<BandState>;

/// What a band shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandState {
    /// Promoter.
    Promoter,
    /// Steward as MACD has it.
    Steward,
    /// Steward, forced, whatever MACD says.
    Forced,
}

impl BandState {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Promoter => "Promoter",
            Self::Steward => "Steward",
            Self::Forced => "Forced",
        }
    }
}

/// What the ribbon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RibbonState {
    /// The state that counts.
    Is(Regime),
    /// A change is pointed to and not confirmed.
    Transition,
}

/// What the days are read from.
pub(super) struct Inputs<'a> {
    pub library: &'a Library,
    pub days: &'a [VxDay],
    pub params: &'a RegimeParams,
    pub events: &'a EventParams,
}

/// What the days say, beside the axis.
pub(super) struct RegimeDays {
    pub slope_pct: Vec<f64>,
    pub macd: Vec<f64>,
    pub signal: Vec<f64>,
    pub hist: Vec<f64>,
    pub ribbon: Vec<Span<RibbonState>>,
    pub bands: Vec<RegimeSpan>,
    pub finding: Result<RegimeFinding, RegimeError>,
}

/// Reads the best slope there is; with too little of it, only the slope itself is told.
pub(super) fn read(inputs: &Inputs<'_>, dates: &[Date]) -> RegimeDays {
    let candidates = [
        (SlopeSource::ConstantMaturity, constant_bars(inputs)),
        (SlopeSource::ListedFutures, listed_bars(inputs)),
        (SlopeSource::Vix3mOverVix, index_bars(inputs)),
    ];
    let series = candidates.each_ref().map(|(source, bars)| SlopeSeries {
        source: *source,
        bars,
    });
    let finding = regime_with_fallback(&series, inputs.params);
    let known = |bars: &[RegimeBar]| bars.iter().filter(|bar| bar.slope_pct.is_some()).count();
    let source = finding.as_ref().map(|found| found.source).ok();
    let chosen = candidates.iter().find(|(own, _)| Some(*own) == source);
    // too short for a regime, but a slope to be seen
    let chosen = chosen.or_else(|| candidates.iter().max_by_key(|(_, bars)| known(bars)));
    let mut days = RegimeDays {
        slope_pct: vec![f64::NAN; dates.len()],
        macd: vec![f64::NAN; dates.len()],
        signal: vec![f64::NAN; dates.len()],
        hist: vec![f64::NAN; dates.len()],
        ribbon: Vec::new(),
        bands: Vec::new(),
        finding,
    };
    if let Some((_, bars)) = chosen {
        days.run(bars, inputs.params, dates);
    }
    days
}

impl RegimeDays {
    fn run(&mut self, bars: &[RegimeBar], params: &RegimeParams, dates: &[Date]) {
        let mut machine = Machine::new(params);
        let mut states = vec![None; dates.len()];
        let usable = |bar: &&RegimeBar| bar.slope_pct.is_some_and(f64::is_finite);
        for bar in bars.iter().filter(usable) {
            machine.push(bar);
            let Ok(at) = dates.binary_search(&bar.date) else {
                continue;
            };
            self.slope_pct[at] = bar.slope_pct.unwrap_or(f64::NAN);
            let Some(now) = machine.now.as_ref().filter(|now| now.date == bar.date) else {
                continue;
            };
            (self.macd[at], self.signal[at], self.hist[at]) =
                (now.bar.macd, now.bar.signal, now.bar.hist);
            let is_forced = !now.forced_by.is_empty();
            let ribbon = if now.pending.is_some() && !is_forced {
                RibbonState::Transition
            } else {
                RibbonState::Is(now.regime())
            };
            let band = match (now.underlying, is_forced) {
                (_, true) => BandState::Forced,
                (Regime::Steward, false) => BandState::Steward,
                (Regime::Promoter, false) => BandState::Promoter,
            };
            states[at] = Some((ribbon, band));
        }
        let of = |state: &Option<(RibbonState, BandState)>| *state;
        self.ribbon = spans(states.iter().map(of).map(|state| state.map(|s| s.0)));
        self.bands = spans(states.iter().map(of).map(|state| state.map(|s| s.1)));
    }
}

/// Stretches of equal states; a single day without one does not cut a stretch.
fn spans<S: PartialEq + Copy>(states: impl Iterator<Item = Option<S>>) -> Vec<Span<S>> {
    let mut found: Vec<Span<S>> = Vec::new();
    for (place, state) in states.enumerate() {
        let Some(state) = state else {
            continue;
        };
        match found.last_mut() {
            Some(span) if span.state == state && place - span.last <= 2 => span.last = place,
            Some(_) | None => found.push(Span {
                first: place,
                last: place,
                state,
            }),
        }
    }
    found
}

fn constant_bars(inputs: &Inputs<'_>) -> Vec<RegimeBar> {
    let days = inputs.days.iter();
    let slopes = days.map(|day| (day.date(), contango_pct(day)));
    bars(inputs, slopes)
}

fn listed_bars(inputs: &Inputs<'_>) -> Vec<RegimeBar> {
    let slope = |day: &VxDay| ratio_contango_pct(day.nth(1)?.price, day.nth(2)?.price);
    let days = inputs.days.iter();
    bars(inputs, days.map(|day| (day.date(), slope(day))))
}

fn index_bars(inputs: &Inputs<'_>) -> Vec<RegimeBar> {
    let of = |id| inputs.library.series(id);
    let Some((vix, vix3m)) = of(SeriesId::Vix).zip(of(SeriesId::Vix3m)) else {
        return Vec::new();
    };
    let both = vix.joined(vix3m);
    let rows = both.dates.iter().zip(both.left.iter().zip(&both.right));
    let slopes = rows.map(|(date, (near, far))| (*date, ratio_contango_pct(*near, *far)));
    bars(inputs, slopes)
}

fn bars(inputs: &Inputs<'_>, slopes: impl Iterator<Item = (Date, Option<f64>)>) -> Vec<RegimeBar> {
    let vix = inputs.library.series(SeriesId::Vix);
    let windows: Vec<(Date, Date)> = inputs
        .library
        .events()
        .iter()
        .map(|event| {
            let shifted = |sessions| add_trading_days(event.date, sessions);
            (shifted(-inputs.events.before), shifted(inputs.events.after))
        })
        .collect();
    slopes
        .map(|(date, slope_pct)| {
            // events stand by date, so the first windows that are over can be skipped
            let over = windows.partition_point(|(_, to)| *to < date);
            let in_event_window = windows.get(over).is_some_and(|(from, _)| *from <= date);
            RegimeBar {
                date,
                slope_pct,
                vix: vix.and_then(|series| series.value_on(date)),
                in_event_window,
            }
        })
        .collect()
}
