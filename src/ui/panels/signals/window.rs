//! Which days the charts show: a choice of ranges, and what panning and zooming make of it.

use egui::{Context, Id};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use crate::signal::Timeline;

/// Fewest days in view.
const FEWEST: f64 = 8.0;
/// Empty days after the last one, as a share of those in view.
const AHEAD: f64 = 0.01;

/// A range of the past up to the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    Month,
    Quarter,
    Half,
    Year,
    FiveYears,
    All,
}

impl Range {
    pub(super) const ALL: [(Option<Self>, &'static str); 6] = [
        (Some(Self::Month), "1m"),
        (Some(Self::Quarter), "3m"),
        (Some(Self::Half), "6m"),
        (Some(Self::Year), "1y"),
        (Some(Self::FiveYears), "5y"),
        (Some(Self::All), "all"),
    ];

    fn span(self) -> Option<Span> {
        match self {
            Self::Month => Some(1.month()),
            Self::Quarter => Some(3.months()),
            Self::Half => Some(6.months()),
            Self::Year => Some(1.year()),
            Self::FiveYears => Some(5.years()),
            Self::All => None,
        }
    }
}

/// Days in view, as positions on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub low: f64,
    pub high: f64,
    pub range: Option<Range>,
}

impl Window {
    /// A range that ends with the last day.
    pub(super) fn of(timeline: &Timeline, range: Range) -> Self {
        let last = timeline.dates.len().saturating_sub(1);
        let first = timeline.dates.last().zip(range.span()).map(|(end, span)| {
            let from = end.checked_sub(span).unwrap_or(Date::MIN);
            timeline.place_of(from)
        });
        let low = first.unwrap_or(0) as f64;
        let days = (last as f64 - low).max(FEWEST);
        Self {
            low,
            high: low + days * (1.0 + AHEAD),
            range: Some(range),
        }
    }

    pub(super) fn days(self) -> f64 {
        self.high - self.low
    }

    /// The window so many days later, kept on the axis.
    pub(super) fn panned(self, days: f64, timeline: &Timeline) -> Self {
        let last = timeline.dates.len().saturating_sub(1) as f64;
        let width = self.days();
        // half a window may stay empty at either end
        let low = (self.low + days).clamp(-0.5 * width, (last - 0.5 * width).max(0.0));
        Self {
            low,
            high: low + width,
            range: self.range,
        }
    }

    /// The window with `factor` times as many days, about a position.
    pub(super) fn zoomed(self, factor: f64, about: f64, timeline: &Timeline) -> Self {
        let most = (timeline.dates.len() as f64 * (1.0 + AHEAD)).max(FEWEST);
        let factor = factor.clamp(FEWEST / self.days(), most.max(FEWEST) / self.days());
        let low = about + (self.low - about) * factor;
        Self {
            low,
            high: low + self.days() * factor,
            range: None,
        }
        .panned(0.0, timeline)
    }

    /// Positions in view.
    pub(super) fn places(self, timeline: &Timeline) -> std::ops::Range<usize> {
        let end = (self.high.floor().max(0.0) as usize + 1).min(timeline.dates.len());
        (self.low.ceil().max(0.0) as usize).min(end)..end
    }
}

/// What is remembered, and of which history.
#[derive(Clone, Copy, PartialEq)]
struct Kept {
    window: Window,
    days: usize,
    last: Option<Date>,
}

fn slot() -> Id {
    Id::unique("palisade_signals_window")
}

/// The window as it was left; a year of another history.
pub(super) fn current(ctx: &Context, timeline: &Timeline) -> Window {
    let kept = ctx.data(|data| data.get_temp::<Kept>(slot()));
    let (days, last) = (timeline.dates.len(), timeline.dates.last().copied());
    match kept {
        Some(kept) if (kept.days, kept.last) == (days, last) => kept.window,
        Some(Kept { window, .. }) => Window::of(timeline, window.range.unwrap_or(Range::Year)),
        None => Window::of(timeline, Range::Year),
    }
}

/// Remembers the window.
pub(super) fn keep(ctx: &Context, timeline: &Timeline, window: Window) {
    let kept = Kept {
        window,
        days: timeline.dates.len(),
        last: timeline.dates.last().copied(),
    };
    ctx.data_mut(|data| data.insert_temp(slot(), kept));
}
