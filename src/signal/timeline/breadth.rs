//! The A/D line beside SPX, and the stretches on which they disagree.

use jiff::civil::Date;

use super::DivergenceMark;
use crate::indicator::{AdLine, Breadth};
use crate::series::{Library, SeriesId};
use crate::signal::breadth_divergence::{
    BreadthDivergence, BreadthParams, Divergence, divergence_history,
};

/// Days without a flag that do not end a stretch.
const PAUSE: usize = 5;

/// What the issues say, beside the axis.
pub(super) struct BreadthDays {
    pub ad: Vec<f64>,
    pub under_high: Vec<f64>,
    pub divergence: Vec<Option<Divergence>>,
    pub marks: Vec<DivergenceMark>,
}

/// Sums the issues on the days of the axis and compares them with SPX on the days that both have.
pub(super) fn read(
    dates: &[Date],
    spx: &[f64],
    library: &Library,
    params: &BreadthParams,
) -> BreadthDays {
    let mut days = BreadthDays {
        ad: vec![f64::NAN; dates.len()],
        under_high: vec![f64::NAN; dates.len()],
        divergence: vec![None; dates.len()],
        marks: Vec::new(),
    };
    let of = |id| library.series(id);
    let Some((up, down)) = of(SeriesId::NyseAdvances).zip(of(SeriesId::NyseDeclines)) else {
        return days;
    };
    let mut line = AdLine::default();
    let (mut places, mut closes, mut levels) = (Vec::new(), Vec::new(), Vec::new());
    for (place, date) in dates.iter().enumerate() {
        let Some((advances, declines)) = up.value_on(*date).zip(down.value_on(*date)) else {
            continue;
        };
        let Some(level) = line.push(Breadth { advances, declines }) else {
            continue;
        };
        days.ad[place] = level;
        if spx[place].is_finite() {
            places.push(place);
            closes.push(spx[place]);
            levels.push(level);
        }
    }
    let history = divergence_history(&closes, &levels, params);
    for (bar, found) in history.iter().enumerate() {
        let (Some(found), Some(&place)) = (found, places.get(bar)) else {
            continue;
        };
        days.under_high[place] = under_high(found, params);
        days.divergence[place] = found.divergence;
        if let Some(kind) = found.divergence {
            let from = extreme_bar(&levels, bar, kind, params.bars);
            days.flag(kind, place, places.get(from).copied().unwrap_or(place));
        }
    }
    days
}

/// Deviations below the high; the limit stands `depth` of them below it.
fn under_high(found: &BreadthDivergence, params: &BreadthParams) -> f64 {
    let deviation = (found.high.ad_extreme - found.high.ad_limit) / params.depth;
    (found.high.ad_extreme - found.ad) / deviation
}

/// The bar of the window's extreme that a divergence is measured from.
fn extreme_bar(levels: &[f64], bar: usize, kind: Divergence, bars: usize) -> usize {
    let from = (bar + 1).saturating_sub(bars);
    let window = (from..=bar).filter(|at| *at < levels.len());
    let order = |a: &usize, b: &usize| levels[*a].total_cmp(&levels[*b]);
    let found = match kind {
        Divergence::Negative => window.max_by(order),
        Divergence::Positive => window.min_by(order),
    };
    found.unwrap_or(bar)
}

impl BreadthDays {
    /// Adds a flagged day to the stretch under way, or begins one.
    fn flag(&mut self, kind: Divergence, place: usize, from: usize) {
        match self.marks.last_mut() {
            Some(mark) if mark.kind == kind && place - mark.last <= PAUSE => mark.last = place,
            Some(_) | None => self.marks.push(DivergenceMark {
                kind,
                from,
                first: place,
                last: place,
            }),
        }
    }
}
