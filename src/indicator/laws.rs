//! Laws of the indicators on random series.

use proptest::prelude::*;

use super::*;

fn series() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(1.0..100.0_f64, 0..120)
}

/// Compares what is there, and that the same is there.
fn close(left: &[Option<f64>], right: &[Option<f64>], tolerance: f64) -> Result<(), TestCaseError> {
    prop_assert_eq!(left.len(), right.len());
    for (l, r) in left.iter().zip(right) {
        match (l, r) {
            (Some(l), Some(r)) => {
                prop_assert!((l - r).abs() <= tolerance * (1.0 + r.abs()), "{} {}", l, r);
            }
            (None, None) => {}
            (l, r) => prop_assert!(false, "{:?} {:?}", l, r),
        }
    }
    Ok(())
}

/// Every single-valued indicator along a slice.
fn all(values: &[f64]) -> [Vec<Option<f64>>; 8] {
    let hist = macd(values).into_iter().map(|bar| bar.map(|bar| bar.hist));
    [
        sma(values, 7),
        ema(values, 7),
        stdev(values, 7),
        hist.collect(),
        rsi(values, 7),
        z_score(values, 7),
        percentile_rank(values, 7),
        realised_vol(values, 7),
    ]
}

proptest! {
    #[test]
    fn a_beginning_does_not_know_the_end(values in series(), cut in 0.0..1.0_f64) {
        let cut = (cut * values.len() as f64) as usize;
        for (whole, part) in all(&values).iter().zip(all(&values[..cut])) {
            prop_assert_eq!(&whole[..cut], &part[..]);
        }
    }

    #[test]
    fn a_gap_changes_nothing_after_it(values in series(), place in 0.0..1.0_f64) {
        let place = (place * values.len() as f64) as usize;
        let mut gapped = values.clone();
        gapped.insert(place, f64::NAN);
        for (mut with, without) in all(&gapped).into_iter().zip(all(&values)) {
            prop_assert_eq!(with.remove(place), None);
            prop_assert_eq!(with, without);
        }
    }

    #[test]
    fn scale_laws(values in series(), factor in 0.1..10.0_f64) {
        let scaled: Vec<f64> = values.iter().map(|value| value * factor).collect();
        let times = [factor, factor, factor, factor, 1.0, 1.0, 1.0, 1.0];
        for ((plain, big), times) in all(&values).iter().zip(all(&scaled)).zip(times) {
            let expected: Vec<Option<f64>> = plain.iter().map(|x| x.map(|x| x * times)).collect();
            close(&big, &expected, 1e-9)?;
        }
    }

    #[test]
    fn shift_laws(values in series(), shift in 0.0..50.0_f64) {
        let moved: Vec<f64> = values.iter().map(|value| value + shift).collect();
        let by = [shift, shift, 0.0, 0.0, 0.0, 0.0, 0.0];
        for ((plain, moved), by) in all(&values).iter().zip(all(&moved)).zip(by) {
            let expected: Vec<Option<f64>> = plain.iter().map(|x| x.map(|x| x + by)).collect();
            close(&moved, &expected, 1e-9)?;
        }
    }

    #[test]
    fn averages_stay_within_their_values(values in series()) {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for average in sma(&values, 5).into_iter().chain(ema(&values, 5)).flatten() {
            prop_assert!(average >= low - 1e-9 && average <= high + 1e-9);
        }
        for index in rsi(&values, 14).into_iter().flatten() {
            prop_assert!((0.0..=100.0).contains(&index));
        }
    }

    #[test]
    fn deviations_agree_with_the_definition(values in series()) {
        let plain: Vec<Option<f64>> = (0..values.len())
            .map(|end| {
                let last = values[..=end].iter().rev().take(7);
                (end >= 6).then(|| {
                    let mean = last.clone().sum::<f64>() / 7.0;
                    (last.map(|x| x * x).sum::<f64>() / 7.0 - mean * mean).max(0.0).sqrt()
                })
            })
            .collect();
        close(&stdev(&values, 7), &plain, 1e-6)?;
    }
}
