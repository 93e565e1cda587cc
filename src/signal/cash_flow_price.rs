//! Price to cash flow well above its median and rising: intervene earlier.

use super::params::signal_params;
use crate::indicator::quantile;

signal_params! {
    /// Parameters of the flag.
    CashFlowParams of cash_flow: CashFlowNumbers {
        quarters: usize,
        over_median: f64,
        rise: f64,
        alert_expected_moves: f64,
        short_strike_delta: f64,
    }
}

/// The flag with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CashFlowPrice {
    /// Whether to intervene earlier.
    pub is_on: bool,
    /// Price to cash flow.
    pub ratio: f64,
    /// Its median.
    pub median: f64,
    /// Its change on the quarter, decimal.
    pub change: f64,
}

/// Reads quarterly ratios; `None` with less than five years of them.
pub fn cash_flow_price(quarterly: &[f64], params: &CashFlowParams) -> Option<CashFlowPrice> {
    let window = &quarterly[quarterly.len().checked_sub(params.quarters)?..];
    let [.., before, ratio] = *window else {
        return None;
    };
    let is_usable = |value: &f64| value.is_finite() && *value > 0.0;
    if !window.iter().all(is_usable) {
        return None;
    }
    let median = quantile(window, 0.5)?;
    let change = ratio / before - 1.0;
    Some(CashFlowPrice {
        is_on: ratio > params.over_median * median && change >= params.rise,
        ratio,
        median,
        change,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn high_and_rising() {
        let params = CashFlowParams::default();
        let mut ratios = vec![15.0; 20];
        ratios[18] = 16.0;
        ratios[19] = 16.9;
        let found = cash_flow_price(&ratios, &params).expect("five years");
        assert!(found.is_on && found.median == 15.0);
        ratios[19] = 16.7;
        assert!(
            !cash_flow_price(&ratios, &params).expect("five years").is_on,
            "4.4 %"
        );
        (ratios[18], ratios[19]) = (15.0, 16.4);
        assert!(
            !cash_flow_price(&ratios, &params).expect("five years").is_on,
            "9.3 % over"
        );
        assert_eq!(cash_flow_price(&ratios[1..], &params), None);
        ratios[3] = 0.0;
        assert_eq!(cash_flow_price(&ratios, &params), None);
    }
}
