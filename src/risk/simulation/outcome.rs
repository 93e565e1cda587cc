//! What a distribution of profits and losses says: mean with its error, the 5th and 95th percentile, both ends.

/// Summary of the profit and loss over the paths of a simulation, in dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Mean.
    pub expected_usd: f64,
    /// Standard error of the mean, the paths of a pair counted as one draw.
    pub standard_error_usd: f64,
    /// 5th percentile, linear between order statistics (type 7 of Hyndman and Fan 1996).
    pub p05_usd: f64,
    /// 95th percentile.
    pub p95_usd: f64,
    /// Mean of the worst 5 % of the paths.
    pub expected_shortfall_usd: f64,
    /// Worst path.
    pub worst_usd: f64,
    /// Best path.
    pub best_usd: f64,
    /// Share of the paths with a profit, 0 to 1.
    pub profit_share: f64,
}

/// Summarises profits and losses whose antithetic pairs stand side by side; zeros when there are none.
pub fn outcome(pl_usd: &[f64]) -> Outcome {
    if pl_usd.is_empty() {
        return Outcome::default();
    }
    let count = pl_usd.len() as f64;
    let expected_usd = pl_usd.iter().sum::<f64>() / count;
    let mut sorted = pl_usd.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let tail = sorted.len().div_ceil(20);
    Outcome {
        expected_usd,
        standard_error_usd: pair_error(pl_usd, expected_usd),
        p05_usd: percentile(&sorted, 0.05),
        p95_usd: percentile(&sorted, 0.95),
        expected_shortfall_usd: sorted[..tail].iter().sum::<f64>() / tail as f64,
        worst_usd: sorted[0],
        best_usd: sorted[sorted.len() - 1],
        profit_share: pl_usd.iter().filter(|pl| **pl > 0.0).count() as f64 / count,
    }
}

fn pair_error(pl_usd: &[f64], mean: f64) -> f64 {
    let pairs = pl_usd.len() / 2;
    if pairs < 2 {
        return 0.0;
    }
    let squares: f64 = pl_usd
        .chunks_exact(2)
        .map(|pair| (0.5 * (pair[0] + pair[1]) - mean).powi(2))
        .sum();
    let count = pairs as f64;
    (squares / (count - 1.0) / count).sqrt()
}

/// Percentile of ascending values, linear between order statistics.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    let weight = place - below as f64;
    sorted[below] + weight * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::outcome;

    #[test]
    fn a_known_distribution_has_its_known_summary() {
        let pl: Vec<f64> = (0..=100).map(f64::from).map(|x| x - 40.0).collect();
        let found = outcome(&pl);
        assert_eq!((found.expected_usd, found.p05_usd), (10.0, -35.0));
        assert_eq!(found.p95_usd, 55.0);
        assert_eq!((found.worst_usd, found.best_usd), (-40.0, 60.0));
        assert!((found.expected_shortfall_usd + 37.5).abs() < 1e-12);
        assert!((found.profit_share - 60.0 / 101.0).abs() < 1e-12);
    }

    #[test]
    fn pairs_that_cancel_have_no_error() {
        let found = outcome(&[5.0, -5.0, 3.0, -3.0, 1.0, -1.0]);
        assert_eq!((found.expected_usd, found.standard_error_usd), (0.0, 0.0));
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(outcome(&[]).best_usd, 0.0);
    }
}
