//! The stance Evaluate: negative divergence and compression within a few bars of each other.

use super::breadth_divergence::{BreadthDivergence, Divergence};
use super::layer_compression::LayerCompression;
use super::params::signal_params;

signal_params! {
    /// Parameters of the stance.
    #[derive(Eq)]
    EvaluateParams of evaluate: EvaluateNumbers {
        bars: usize,
    }
}

/// Whether to set a roll beside a hedge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvaluateStance {
    /// Whether both have held within the window.
    pub is_on: bool,
    /// Bars since negative divergence held last, 0 for today; `None` if not within the history.
    pub bars_since_divergence: Option<usize>,
    /// Bars since the layers were compressed last, 0 for today.
    pub bars_since_compression: Option<usize>,
}

/// Reads both histories, which end at the same bar.
pub fn evaluate_stance(
    divergence: &[Option<BreadthDivergence>],
    compression: &[Option<LayerCompression>],
    params: &EvaluateParams,
) -> EvaluateStance {
    let is_negative = |bar: &Option<BreadthDivergence>| {
        bar.is_some_and(|bar| bar.divergence == Some(Divergence::Negative))
    };
    let is_compressed = |bar: &Option<LayerCompression>| bar.is_some_and(|bar| bar.is_compressed);
    let bars_since_divergence = divergence.iter().rev().position(is_negative);
    let bars_since_compression = compression.iter().rev().position(is_compressed);
    let is_recent = |bars: Option<usize>| bars.is_some_and(|bars| bars < params.bars);
    EvaluateStance {
        is_on: is_recent(bars_since_divergence) && is_recent(bars_since_compression),
        bars_since_divergence,
        bars_since_compression,
    }
}

#[cfg(test)]
mod tests {
    use super::super::breadth_divergence::Side;
    use super::*;

    fn divergence(held: bool) -> BreadthDivergence {
        let side = Side {
            spx_extreme: 1.0,
            spx_limit: 1.0,
            ad_extreme: 1.0,
            ad_limit: 1.0,
        };
        BreadthDivergence {
            divergence: held.then_some(Divergence::Negative),
            close: 1.0,
            ad: 1.0,
            ad_fast: 1.0,
            ad_slow: 1.0,
            high: side,
            low: side,
        }
    }

    fn compression(is_compressed: bool) -> LayerCompression {
        LayerCompression {
            is_compressed,
            range: 1.0,
            average: 1.0,
            before: 1.0,
        }
    }

    #[test]
    fn both_within_five_bars() {
        let params = EvaluateParams::default();
        let mut breadth = vec![None, Some(divergence(true))];
        let layers = [false, true].map(|held| Some(compression(held)));
        assert!(evaluate_stance(&breadth, &layers, &params).is_on);
        breadth.extend([Some(divergence(false)); 3]);
        let found = evaluate_stance(&breadth, &layers, &params);
        assert_eq!((found.is_on, found.bars_since_divergence), (true, Some(3)));
        breadth.extend([Some(divergence(false)); 2]);
        assert!(!evaluate_stance(&breadth, &layers, &params).is_on);
        let never = evaluate_stance(&[], &layers, &params);
        assert_eq!((never.is_on, never.bars_since_divergence), (false, None));
    }
}
