//! Layer compression: the levels that the layers watch draw together.
//!
//! R is the largest less the smallest of the three levels. The level version, a setting, reads VIX itself instead.

use super::params::signal_params;
use crate::indicator::{macd, rsi, sma};

signal_params! {
    /// Parameters of the compression.
    CompressionParams of compression: CompressionNumbers {
        bars: usize,
        share: f64,
        back: usize,
        vix_average: usize,
        rsi_period: usize,
        rsi_limit: f64,
    }
}

/// The layers' range at one bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerCompression {
    /// Whether they compress.
    pub is_compressed: bool,
    /// R, VIX points.
    pub range: f64,
    /// Its average, VIX points.
    pub average: f64,
    /// R some bars ago, VIX points.
    pub before: f64,
}

/// Compression at the last bar of the three layers' levels, VIX points; `None` while it warms up or when the
/// slices differ in length.
pub fn layer_compression(
    levels: [&[f64]; 3],
    params: &CompressionParams,
) -> Option<LayerCompression> {
    compression_history(levels, params).pop().flatten()
}

/// Compression at each bar; bars on which a level is missing are passed over.
pub fn compression_history(
    levels: [&[f64]; 3],
    params: &CompressionParams,
) -> Vec<Option<LayerCompression>> {
    let length = levels[0].len();
    if levels.iter().any(|level| level.len() != length) {
        return vec![None; length];
    }
    let ranges: Vec<f64> = (0..length)
        .map(|bar| {
            let [first, second, third] = levels.map(|level| level[bar]);
            let range = first.max(second).max(third) - first.min(second).min(third);
            range + 0.0 * (first + second + third) // a missing level makes the range missing
        })
        .collect();
    let averages = sma(&ranges, params.bars);
    (0..length)
        .map(|bar| {
            let (range, average) = (ranges[bar], averages[bar]?);
            let before = ranges[bar.checked_sub(params.back)?];
            before.is_finite().then_some(LayerCompression {
                is_compressed: range <= params.share * average && range < before,
                range,
                average,
                before,
            })
        })
        .collect()
}

/// The level version at one bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelCompression {
    /// Whether all three hold.
    pub is_compressed: bool,
    /// VIX, points.
    pub vix: f64,
    /// Its average, points.
    pub average: f64,
    /// Its RSI.
    pub rsi: f64,
    /// Its MACD, points.
    pub macd: f64,
    /// The MACD's signal line, points.
    pub signal: f64,
}

/// The level version at the last of a row of VIX closes; `None` while it warms up.
pub fn level_compression(vix: &[f64], params: &CompressionParams) -> Option<LevelCompression> {
    let level = *vix.last()?;
    let average = sma(vix, params.vix_average).pop()??;
    let strength = rsi(vix, params.rsi_period).pop()??;
    let bar = macd(vix).pop()??;
    Some(LevelCompression {
        is_compressed: level < average && strength < params.rsi_limit && bar.macd < bar.signal,
        vix: level,
        average,
        rsi: strength,
        macd: bar.macd,
        signal: bar.signal,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(ranges: &[f64]) -> [Vec<f64>; 3] {
        let middle = |range: &f64| 18.0 + 0.3 * range;
        [
            ranges.iter().map(|_| 18.0).collect(),
            ranges.iter().map(middle).collect(),
            ranges.iter().map(|range| 18.0 + range).collect(),
        ]
    }

    fn judge(ranges: &[f64]) -> Option<LayerCompression> {
        let levels = levels(ranges);
        layer_compression(
            levels.each_ref().map(Vec::as_slice),
            &CompressionParams::default(),
        )
    }

    #[test]
    fn small_and_falling() {
        let mut ranges = vec![4.0; 30];
        assert!(!judge(&ranges).expect("warm").is_compressed);
        ranges.extend([3.5, 3.0, 2.5]);
        let found = judge(&ranges).expect("warm");
        assert!(found.is_compressed && (found.range - 2.5).abs() < 1e-12);
        assert!((found.average - (17.0 * 4.0 + 9.0) / 20.0).abs() < 1e-12);
        ranges.extend([2.4, 2.2, 2.1, 2.3, 2.55]);
        assert!(
            !judge(&ranges).expect("warm").is_compressed,
            "wider than five bars ago"
        );
    }

    #[test]
    fn gaps_and_short_series() {
        assert_eq!(judge(&[4.0; 19]), None);
        let mut ranges = vec![4.0; 30];
        ranges[29] = f64::NAN;
        assert_eq!(judge(&ranges), None);
        let short: [&[f64]; 3] = [&[1.0], &[1.0, 2.0], &[1.0]];
        assert_eq!(
            layer_compression(short, &CompressionParams::default()),
            None
        );
    }

    #[test]
    fn the_level_version_wants_a_calming_vix() {
        let params = CompressionParams::default();
        let calming: Vec<f64> = (0..60)
            .map(|bar| {
                if bar < 40 {
                    20.0 + f64::from(bar % 3)
                } else {
                    22.0 - 0.25 * f64::from(bar - 40)
                }
            })
            .collect();
        let found = level_compression(&calming, &params).expect("warm");
        assert!(found.is_compressed, "{found:?}");
        let rising: Vec<f64> = calming.iter().map(|vix| 40.0 - vix).collect();
        assert!(
            !level_compression(&rising, &params)
                .expect("warm")
                .is_compressed
        );
        assert_eq!(level_compression(&calming[..20], &params), None);
    }
}
