//! CAPM overlay of a layer: what holding its future costs by today's curve, against what its beta makes fair.
//!
//! A future that falls when SPX rises has a negative beta, so its fair return is negative: the fair price of
//! insurance. The carry is the roll-down of today's curve; no view of where VIX goes enters.

use super::beta::Beta;
use super::cost_of_capital::capm_return;

/// Calendar days in a year.
const DAYS_PER_YEAR: f64 = 365.0;

/// Return that a future is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RequiredReturn {
    /// Riskless + beta × premium, as the method writes it.
    #[default]
    Total,
    /// Beta × premium: a future ties up no money.
    Excess,
}

/// Inputs of the overlay. Rates are decimals per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CapmInput {
    /// Beta of the layer's constant-maturity future on SPX, with its error.
    pub beta: Beta,
    /// Riskless rate.
    pub riskless: f64,
    /// Equity risk premium.
    pub equity_premium: f64,
    /// Roll-down of today's curve at the layer's tenor, see [`roll_carry`].
    pub carry_per_year: f64,
    /// Which return is required.
    pub form: RequiredReturn,
}

/// Where the carry stands beside the required return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cheapness {
    /// The layer costs more than its beta explains, by more than one standard error.
    Rich,
    /// Within one standard error.
    Fair,
    /// It costs less.
    Cheap,
}

/// The overlay's numbers, decimals per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CapmOverlay {
    /// Return that the beta requires; negative for insurance.
    pub required: f64,
    /// Its standard error, from that of beta.
    pub required_se: f64,
    /// Carry of today's curve; negative in contango.
    pub carry: f64,
    /// Carry less beta × premium: negative is overpaying, positive a hedge cheaper than its beta.
    pub alpha: f64,
    /// The verdict.
    pub cheapness: Cheapness,
}

/// Sets a layer's carry against its beta.
pub fn capm_overlay(input: &CapmInput) -> CapmOverlay {
    let excess = input.beta.beta * input.equity_premium;
    let required = match input.form {
        RequiredReturn::Total => capm_return(input.riskless, input.beta.beta, input.equity_premium),
        RequiredReturn::Excess => excess,
    };
    let required_se = (input.beta.se * input.equity_premium).abs();
    let carry = input.carry_per_year;
    let cheapness = if carry < required - required_se {
        Cheapness::Rich
    } else if carry > required + required_se {
        Cheapness::Cheap
    } else {
        Cheapness::Fair
    };
    CapmOverlay {
        required,
        required_se,
        carry,
        alpha: carry - excess,
        cheapness,
    }
}

/// Carry of a future along today's curve, decimal per year: ln(price at the shorter tenor / price) × 365 / days.
/// `None` unless prices and days are positive.
pub fn roll_carry(price: f64, price_after: f64, days: f64) -> Option<f64> {
    let carry = (price_after / price).ln() * DAYS_PER_YEAR / days;
    (price > 0.0 && price_after > 0.0 && days > 0.0 && carry.is_finite()).then_some(carry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(carry_per_year: f64) -> CapmInput {
        CapmInput {
            beta: Beta {
                beta: -1.6,
                se: 0.2,
                alpha: 0.0,
                r_squared: 0.5,
                correlation: -0.7,
                observations: 252,
            },
            riskless: 0.04,
            equity_premium: 0.045,
            carry_per_year,
            form: RequiredReturn::Total,
        }
    }

    #[test]
    fn insurance_has_a_fair_negative_return() {
        // required 0.04 − 0.072 = −0.032, one error 0.009
        let verdict = |carry| capm_overlay(&input(carry)).cheapness;
        assert_eq!(verdict(-0.05), Cheapness::Rich);
        assert_eq!(verdict(-0.035), Cheapness::Fair);
        assert_eq!(verdict(-0.02), Cheapness::Cheap);
        let overlay = capm_overlay(&input(-0.10));
        assert!(
            (overlay.required + 0.032).abs() < 1e-15 && (overlay.required_se - 0.009).abs() < 1e-15
        );
        assert!((overlay.alpha + 0.028).abs() < 1e-15);
        let excess = CapmInput {
            form: RequiredReturn::Excess,
            ..input(-0.10)
        };
        assert!((capm_overlay(&excess).required + 0.072).abs() < 1e-15);
    }

    #[test]
    fn contango_costs() {
        let carry = roll_carry(20.0, 19.0, 36.5).expect("a carry");
        assert!((carry - 10.0 * 0.95_f64.ln()).abs() < 1e-12);
        assert_eq!(roll_carry(20.0, 19.0, 0.0), None);
        assert_eq!(roll_carry(0.0, 19.0, 30.0), None);
    }
}
