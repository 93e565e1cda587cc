//! The regime of every day: slope, MACD, and the stretches that ribbon and bands show.

use jiff::civil::Date;

use crate::signal::regime::{Regime, RegimeError, RegimeFinding};
use crate::signal::regime_track::RegimeTrack;
use crate::signal::slope_tracks::track_on;

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

/// Reads the slope that counts on the last day; with too little of any, only the longest slope is told.
pub(super) fn read(tracks: &[RegimeTrack], needed: usize, dates: &[Date]) -> RegimeDays {
    let last = dates.last().copied().unwrap_or(Date::MIN);
    let longest = tracks.iter().max_by_key(|track| track.days().len());
    let chosen = track_on(tracks, last).or(longest);
    let none = RegimeError::Insufficient { found: 0, needed };
    let mut days = RegimeDays {
        slope_pct: vec![f64::NAN; dates.len()],
        macd: vec![f64::NAN; dates.len()],
        signal: vec![f64::NAN; dates.len()],
        hist: vec![f64::NAN; dates.len()],
        ribbon: Vec::new(),
        bands: Vec::new(),
        finding: chosen.map_or(Err(none), |track| track.finding_on(last)),
    };
    if let Some(track) = chosen {
        days.lay(track, dates);
    }
    days
}

impl RegimeDays {
    /// Puts a slope and its regime on the axis.
    fn lay(&mut self, track: &RegimeTrack, dates: &[Date]) {
        let mut states = vec![None; dates.len()];
        let mut points = track.points().iter().peekable();
        for day in track.days() {
            let point = points.next_if(|point| point.date == day.date);
            let Ok(at) = dates.binary_search(&day.date) else {
                continue;
            };
            self.slope_pct[at] = day.slope_pct;
            if let Some(bar) = day.macd {
                (self.macd[at], self.signal[at], self.hist[at]) = (bar.macd, bar.signal, bar.hist);
            }
            let Some(point) = point else {
                continue;
            };
            let is_forced = !point.forced_by.is_empty();
            let ribbon = if point.transition_to.is_some() && !is_forced {
                RibbonState::Transition
            } else {
                RibbonState::Is(point.regime)
            };
            let band = match (point.underlying, is_forced) {
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
