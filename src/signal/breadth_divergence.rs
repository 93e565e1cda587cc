//! Breadth divergence: SPX at its high without its issues (negative), or at its low with them (positive).

use super::params::signal_params;
use crate::indicator::{ema, stdev};

signal_params! {
    /// Parameters of the breadth divergence.
    BreadthParams of breadth: BreadthNumbers {
        bars: usize,
        near_extreme: f64,
        depth: f64,
        fast: usize,
        slow: usize,
    }
}

/// Which way breadth diverges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divergence {
    /// SPX near its high, the A/D line well below its own.
    Negative,
    /// SPX near its low, the A/D line well above its own; for information.
    Positive,
}

/// One side's comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// SPX extreme of the window, points.
    pub spx_extreme: f64,
    /// The close that counts as near to it, points.
    pub spx_limit: f64,
    /// A/D extreme of the window, issues.
    pub ad_extreme: f64,
    /// The level that the A/D line has to have left, issues.
    pub ad_limit: f64,
}

/// Breadth at one bar, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreadthDivergence {
    /// The divergence, if there is one.
    pub divergence: Option<Divergence>,
    /// SPX close, points.
    pub close: f64,
    /// A/D line, issues.
    pub ad: f64,
    /// Its fast average, issues.
    pub ad_fast: f64,
    /// Its slow average, issues.
    pub ad_slow: f64,
    /// Against the highs.
    pub high: Side,
    /// Against the lows.
    pub low: Side,
}

/// Breadth at the last bar of SPX closes and an A/D line of the same days; `None` while it warms up, when the
/// slices differ in length or the last bars hold a gap.
pub fn breadth_divergence(
    closes: &[f64],
    ad_line: &[f64],
    params: &BreadthParams,
) -> Option<BreadthDivergence> {
    divergence_history(closes, ad_line, params).pop().flatten()
}

/// Breadth at each bar.
pub fn divergence_history(
    closes: &[f64],
    ad_line: &[f64],
    params: &BreadthParams,
) -> Vec<Option<BreadthDivergence>> {
    if closes.len() != ad_line.len() {
        return vec![None; closes.len()];
    }
    let changes: Vec<f64> = ad_line.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let spread = stdev(&changes, params.bars);
    let (fast, slow) = (ema(ad_line, params.fast), ema(ad_line, params.slow));
    (0..closes.len())
        .map(|bar| {
            let from = (bar + 1).checked_sub(params.bars)?;
            let days = Days {
                closes: &closes[from..=bar],
                ad: &ad_line[from..=bar],
                spread: spread[bar.checked_sub(1)?]?,
                averages: [fast[bar]?, slow[bar]?],
            };
            days.judge(params)
        })
        .collect()
}

/// The window that ends at a bar.
struct Days<'a> {
    closes: &'a [f64],
    ad: &'a [f64],
    spread: f64,
    averages: [f64; 2],
}

impl Days<'_> {
    fn judge(&self, params: &BreadthParams) -> Option<BreadthDivergence> {
        if self
            .closes
            .iter()
            .chain(self.ad)
            .any(|value| !value.is_finite())
        {
            return None;
        }
        let (close, ad) = (*self.closes.last()?, *self.ad.last()?);
        let depth = params.depth * self.spread * (params.bars as f64).sqrt();
        let extreme = |values: &[f64], of: fn(f64, f64) -> f64| values.iter().copied().reduce(of);
        let side = |of: fn(f64, f64) -> f64, sign: f64| {
            let (spx_extreme, ad_extreme) = (extreme(self.closes, of)?, extreme(self.ad, of)?);
            Some(Side {
                spx_extreme,
                spx_limit: spx_extreme * (1.0 - sign * params.near_extreme),
                ad_extreme,
                ad_limit: ad_extreme - sign * depth,
            })
        };
        let (high, low) = (side(f64::max, 1.0)?, side(f64::min, -1.0)?);
        let [ad_fast, ad_slow] = self.averages;
        let is_negative = close >= high.spx_limit && ad <= high.ad_limit && ad_fast < ad_slow;
        let is_positive = close <= low.spx_limit && ad >= low.ad_limit && ad_fast > ad_slow;
        let divergence = match (is_negative, is_positive) {
            (true, _) => Some(Divergence::Negative),
            (false, true) => Some(Divergence::Positive),
            (false, false) => None,
        };
        Some(BreadthDivergence {
            divergence,
            close,
            ad,
            ad_fast,
            ad_slow,
            high,
            low,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 60 bars: SPX climbs by a tenth of a percent a bar, issues turn at bar 40.
    fn market(turn: f64) -> (Vec<f64>, Vec<f64>) {
        let closes = (0..60).map(|bar| 5000.0 * 1.001_f64.powi(bar)).collect();
        let ad = (0..60)
            .scan(0.0, |line, bar| {
                let wobble = if bar % 2 == 0 { 300.0 } else { -100.0 };
                *line += if bar < 40 { wobble } else { turn + wobble };
                Some(*line)
            })
            .collect();
        (closes, ad)
    }

    #[test]
    fn a_high_without_issues() {
        let params = BreadthParams::default();
        let (closes, ad) = market(-600.0);
        let found = breadth_divergence(&closes, &ad, &params).expect("warm");
        assert_eq!(found.divergence, Some(Divergence::Negative));
        assert!(found.ad < found.high.ad_limit && found.ad_fast < found.ad_slow);
        let history = divergence_history(&closes, &ad, &params);
        assert!(history[28].is_none() && history[29].is_some());
        assert_eq!(history[45].expect("warm").divergence, None, "not yet");
        let (closes, ad) = market(0.0);
        assert_eq!(
            breadth_divergence(&closes, &ad, &params)
                .expect("warm")
                .divergence,
            None
        );
    }

    #[test]
    fn a_low_with_issues_is_the_mirror() {
        let params = BreadthParams::default();
        let (closes, ad) = market(-600.0);
        let mirrored: Vec<f64> = closes.iter().map(|close| 2.5e7 / close).collect();
        let up: Vec<f64> = ad.iter().map(|line| -line).collect();
        let found = breadth_divergence(&mirrored, &up, &params).expect("warm");
        assert_eq!(found.divergence, Some(Divergence::Positive));
    }

    #[test]
    fn off_the_high_or_with_a_gap_nothing_is_said() {
        let params = BreadthParams::default();
        let (mut closes, ad) = market(-600.0);
        closes[59] *= 0.99;
        assert_eq!(
            breadth_divergence(&closes, &ad, &params)
                .expect("warm")
                .divergence,
            None
        );
        closes[50] = f64::NAN;
        assert_eq!(breadth_divergence(&closes, &ad, &params), None);
        assert_eq!(breadth_divergence(&closes[1..], &ad, &params), None);
    }
}
