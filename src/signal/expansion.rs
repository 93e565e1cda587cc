//! Expansion: SPX runs hot while its price to earnings rises.
//!
//! With slow theta and short vega it asks to cut the short vega by hedging instead of rolling; RSI alone
//! triggers nothing.

use super::params::signal_params;
use crate::indicator::{quantile, rsi};

signal_params! {
    /// Parameters of the condition.
    ExpansionParams of expansion: ExpansionNumbers {
        rsi_period: usize,
        rsi_limit: f64,
        hot_closes: usize,
        window_closes: usize,
        rise_bars: usize,
        rise: f64,
        year_bars: usize,
        high_share: f64,
    }
}

/// The condition with its numbers; a part that is not known is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expansion {
    /// Whether both parts hold.
    pub is_on: bool,
    /// Whether RSI stays above its limit.
    pub is_hot: Option<bool>,
    /// Whether price to earnings expands.
    pub is_expanding: Option<bool>,
    /// RSI at the last close.
    pub rsi: Option<f64>,
    /// Hot closes among the last ones.
    pub hot_closes: usize,
    /// Trailing price to earnings.
    pub price_to_earnings: Option<f64>,
    /// Its change over a quarter, decimal.
    pub change: Option<f64>,
    /// Its level from which on it stands in the year's high quarter.
    pub high_level: Option<f64>,
}

/// Reads SPX closes and trailing price to earnings, both daily; each may be empty.
pub fn expansion(closes: &[f64], price_to_earnings: &[f64], params: &ExpansionParams) -> Expansion {
    let strengths = rsi(closes, params.rsi_period);
    let last = &strengths[strengths.len().saturating_sub(params.window_closes)..];
    let hot_closes = last
        .iter()
        .flatten()
        .filter(|rsi| **rsi > params.rsi_limit)
        .count();
    let is_known = last.len() == params.window_closes && last.iter().all(Option::is_some);
    let is_hot = is_known.then_some(hot_closes >= params.hot_closes);
    let is_ratio = |value: &f64| value.is_finite() && *value > 0.0;
    let ratio = price_to_earnings.last().copied().filter(is_ratio);
    let back = |bars: usize| Some(&price_to_earnings[price_to_earnings.len().checked_sub(bars)?..]);
    let change = back(params.rise_bars + 1)
        .and_then(|bars| bars.first().copied().filter(is_ratio))
        .zip(ratio)
        .map(|(then, now)| now / then - 1.0);
    let high_level = back(params.year_bars).and_then(|year| quantile(year, params.high_share));
    let by_change = change.map(|change| change >= params.rise);
    let by_level = high_level.zip(ratio).map(|(level, now)| now >= level);
    let is_expanding = match (by_change, by_level) {
        (None, None) => None,
        (change, level) => Some(change == Some(true) || level == Some(true)),
    };
    Expansion {
        is_on: is_hot == Some(true) && is_expanding == Some(true),
        is_hot,
        is_expanding,
        rsi: strengths.last().copied().flatten(),
        hot_closes,
        price_to_earnings: ratio,
        change,
        high_level,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn climbing() -> Vec<f64> {
        (0..40).map(|day| 6000.0 + 10.0 * f64::from(day)).collect()
    }

    /// A quarter of flat ratios with a last one.
    fn ratios(last: f64) -> Vec<f64> {
        let mut ratios = vec![24.0; 64];
        ratios[63] = last;
        ratios
    }

    #[test]
    fn hot_and_expanding() {
        let params = ExpansionParams::default();
        let found = expansion(&climbing(), &ratios(24.73), &params);
        assert!(found.is_on && found.hot_closes == 5 && found.rsi == Some(100.0));
        assert!(!expansion(&climbing(), &ratios(24.7), &params).is_on);
        let mut falling = climbing();
        falling[37..].copy_from_slice(&[6100.0, 6000.0, 5900.0]);
        let cooled = expansion(&falling, &ratios(25.0), &params);
        assert_eq!(
            (cooled.is_hot, cooled.hot_closes, cooled.is_expanding),
            (Some(false), 2, Some(true))
        );
    }

    #[test]
    fn the_high_quarter_of_a_year_counts_too() {
        let params = ExpansionParams::default();
        let falling: Vec<f64> = (0..252).map(|day| 24.0 - 0.01 * f64::from(day)).collect();
        assert_eq!(expansion(&[], &falling, &params).is_expanding, Some(false));
        let high: Vec<f64> = (0..252).map(|day| 24.0 + 0.001 * f64::from(day)).collect();
        let found = expansion(&[], &high, &params);
        assert_eq!(
            (found.is_expanding, found.is_hot, found.is_on),
            (Some(true), None, false)
        );
        assert_eq!(expansion(&climbing(), &[24.0], &params).is_expanding, None);
    }
}
