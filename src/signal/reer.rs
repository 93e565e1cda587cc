//! Shift of the real effective exchange rate: a three-month change that stands out among the last five years'.

use super::params::signal_params;
use crate::indicator::{Incremental as _, ZScore};

signal_params! {
    /// Parameters of the flag.
    ReerParams of reer: ReerNumbers {
        change_months: usize,
        window_months: usize,
        limit: f64,
        expected_move_factor: f64,
    }
}

/// The flag with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReerShift {
    /// Whether the rate has shifted: no widening of the band, a larger expected move.
    pub is_on: bool,
    /// The last change, %.
    pub change_pct: f64,
    /// Its standard score.
    pub z: f64,
    /// Factor on the expected move: 1 when the flag is down.
    pub expected_move_factor: f64,
}

/// Reads monthly values of the index; `None` without a value now or with too few changes.
pub fn reer_shift(monthly: &[f64], params: &ReerParams) -> Option<ReerShift> {
    let changes: Vec<f64> = monthly
        .windows(params.change_months + 1)
        .map(|months| 100.0 * (months[months.len() - 1] / months[0] - 1.0))
        .collect();
    let change_pct = *changes.last()?;
    let z = ZScore::new(params.window_months)
        .over(&changes)
        .pop()
        .flatten()?;
    let is_on = z.abs() >= params.limit;
    Some(ReerShift {
        is_on,
        change_pct,
        z,
        expected_move_factor: if is_on {
            params.expected_move_factor
        } else {
            1.0
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_after_calm() {
        let mut months: Vec<f64> = (0..63).map(|month| 100.0 + f64::from(month % 2)).collect();
        let calm = reer_shift(&months, &ReerParams::default()).expect("enough months");
        assert!(!calm.is_on && calm.expected_move_factor == 1.0);
        months[62] = 92.0;
        let found = reer_shift(&months, &ReerParams::default()).expect("enough months");
        assert!(found.is_on && found.z < -1.5 && found.expected_move_factor == 1.1);
        assert!((found.change_pct + 100.0 * (1.0 - 92.0 / 101.0)).abs() < 1e-9);
        assert_eq!(reer_shift(&months[1..], &ReerParams::default()), None);
        assert_eq!(reer_shift(&[], &ReerParams::default()), None);
    }
}
