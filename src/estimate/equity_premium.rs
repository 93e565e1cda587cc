//! Equity risk premium implied by an index level and what it pays out.
//!
//! ```text
//! Gordon                  r = D1/P + g
//! two stages (Damodaran)  P = Σ CF_t/(1+r)^t + CF_n (1+g)/((r−g)(1+r)^n)
//! ```
//!
//! Cash flows are dividends and buybacks. The premium is r less the riskless rate.

use thiserror::Error;

/// Steps of the bisection; enough for the last bit of a rate.
const STEPS: usize = 100;

/// Largest return looked for, per year.
const MAX_RETURN: f64 = 0.5;

/// Smallest distance of the return from the terminal growth.
const MIN_SPREAD: f64 = 1e-6;

/// Why no premium is implied.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum PremiumError {
    /// A number that makes no sense.
    #[error("{field}: found '{found}': expected {expected}")]
    Field {
        /// The field.
        field: &'static str,
        /// What was found.
        found: f64,
        /// What is expected.
        expected: &'static str,
    },
    /// No return up to 50 % a year explains the index.
    #[error("no return between the terminal growth and 50 % a year explains an index of {index}")]
    NoReturn {
        /// The index, points.
        index: f64,
    },
}

/// A return and its excess over the riskless rate, decimals per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImpliedPremium {
    /// r, the return at which the payments are worth the index.
    pub total_return: f64,
    /// r less the riskless rate.
    pub premium: f64,
}

/// Payments that grow at one rate for ever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gordon {
    /// Price or index, points.
    pub price: f64,
    /// Dividend of the last year, points.
    pub dividend: f64,
    /// Its growth, decimal per year.
    pub growth: f64,
}

impl Gordon {
    /// The implied return and premium.
    ///
    /// # Errors
    /// [`PremiumError::Field`] unless price and dividend are positive and the growth is a number.
    pub fn implied(&self, riskless: f64) -> Result<ImpliedPremium, PremiumError> {
        positive("price", self.price)?;
        positive("dividend", self.dividend)?;
        finite("growth", self.growth)?;
        finite("riskless", riskless)?;
        let total_return = self.dividend * (1.0 + self.growth) / self.price + self.growth;
        Ok(ImpliedPremium {
            total_return,
            premium: total_return - riskless,
        })
    }
}

/// Payments that grow fast for some years and slowly ever after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoStage {
    /// Index, points.
    pub index: f64,
    /// Dividends and buybacks of the last year, index points.
    pub cash_flow: f64,
    /// Growth in the first stage, decimal per year.
    pub growth: f64,
    /// Growth ever after, decimal per year; usually the ten-year yield.
    pub terminal_growth: f64,
    /// Years of the first stage, at least 1.
    pub years: usize,
}

impl TwoStage {
    /// The payments of the first stage, index points.
    pub fn cash_flows(&self) -> Vec<f64> {
        let mut flow = self.cash_flow;
        (0..self.years)
            .map(|_| {
                flow *= 1.0 + self.growth;
                flow
            })
            .collect()
    }

    /// The payments of the first stage when their growth falls in equal steps from `growth` in the first year to
    /// `terminal_growth` in the last, index points.
    pub fn fading_cash_flows(&self) -> Vec<f64> {
        let steps = self.years.saturating_sub(1).max(1) as f64;
        let mut flow = self.cash_flow;
        (0..self.years)
            .map(|year| {
                let share = year as f64 / steps;
                flow *= 1.0 + self.growth + share * (self.terminal_growth - self.growth);
                flow
            })
            .collect()
    }

    /// The implied return and premium.
    ///
    /// # Errors
    /// As [`implied_from_cash_flows`].
    pub fn implied(&self, riskless: f64) -> Result<ImpliedPremium, PremiumError> {
        positive("cash_flow", self.cash_flow)?;
        finite("growth", self.growth)?;
        implied_from_cash_flows(
            self.index,
            &self.cash_flows(),
            self.terminal_growth,
            riskless,
        )
    }
}

/// The return at which yearly payments, growing for ever at `terminal_growth` after the last, are worth the
/// index; found by bisection, since the value falls with the return.
///
/// # Errors
/// [`PremiumError::Field`] unless the index and every payment are positive and the rates are numbers;
/// [`PremiumError::NoReturn`] when no return up to 50 % fits.
pub fn implied_from_cash_flows(
    index: f64,
    cash_flows: &[f64],
    terminal_growth: f64,
    riskless: f64,
) -> Result<ImpliedPremium, PremiumError> {
    positive("index", index)?;
    finite("terminal_growth", terminal_growth)?;
    finite("riskless", riskless)?;
    let Some(&last) = cash_flows.last() else {
        return Err(PremiumError::Field {
            field: "years",
            found: 0.0,
            expected: "at least 1",
        });
    };
    cash_flows
        .iter()
        .try_for_each(|&flow| positive("cash_flow", flow))?;
    let excess = |r: f64| {
        let mut discount = 1.0;
        let first: f64 = cash_flows
            .iter()
            .map(|flow| {
                discount /= 1.0 + r;
                flow * discount
            })
            .sum();
        first + last * (1.0 + terminal_growth) / (r - terminal_growth) * discount - index
    };
    let (mut low, mut high) = (terminal_growth + MIN_SPREAD, MAX_RETURN);
    if low >= high || low <= -1.0 || excess(low) < 0.0 || excess(high) > 0.0 {
        return Err(PremiumError::NoReturn { index });
    }
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if excess(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let total_return = f64::midpoint(low, high);
    Ok(ImpliedPremium {
        total_return,
        premium: total_return - riskless,
    })
}

fn positive(field: &'static str, found: f64) -> Result<(), PremiumError> {
    if found.is_finite() && found > 0.0 {
        return Ok(());
    }
    let expected = "a number above 0";
    Err(PremiumError::Field {
        field,
        found,
        expected,
    })
}

fn finite(field: &'static str, found: f64) -> Result<(), PremiumError> {
    if found.is_finite() && found > -1.0 {
        return Ok(());
    }
    let expected = "a decimal rate above -1";
    Err(PremiumError::Field {
        field,
        found,
        expected,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_examples() {
        let flows = [44.96, 48.56, 52.44, 56.64, 61.17];
        let implied = implied_from_cash_flows(1248.29, &flows, 0.0439, 0.0439).expect("a premium");
        assert!((implied.total_return - 0.0846827).abs() < 1e-7);
        assert!((implied.premium - 0.0407827).abs() < 1e-7);
    }

    #[test]
    fn fading_growth_pays_less() {
        let stages = TwoStage {
            index: 1211.92,
            cash_flow: 35.15,
            growth: 0.085,
            terminal_growth: 0.0422,
            years: 5,
        };
        let fading = stages.fading_cash_flows();
        assert!((fading[0] - 35.15 * 1.085).abs() < 1e-12);
        assert!((fading[4] / fading[3] - 1.0422).abs() < 1e-12);
        let faded = implied_from_cash_flows(1211.92, &fading, 0.0422, 0.0422).expect("a premium");
        let plain = stages.implied(0.0422).expect("a premium");
        assert!(faded.premium < plain.premium && faded.premium > 0.03);
        let one = TwoStage { years: 1, ..stages };
        assert_eq!(one.fading_cash_flows(), one.cash_flows());
    }

    #[test]
    fn one_rate_throughout_is_gordon() {
        let two = TwoStage {
            index: 83.2,
            cash_flow: 4.0,
            growth: 0.04,
            terminal_growth: 0.04,
            years: 7,
        };
        let gordon = Gordon {
            price: 83.2,
            dividend: 4.0,
            growth: 0.04,
        };
        let [left, right] =
            [two.implied(0.03), gordon.implied(0.03)].map(|one| one.expect("a premium"));
        assert!((left.total_return - 0.09).abs() < 1e-12);
        assert!((left.premium - right.premium).abs() < 1e-12);
    }

    #[test]
    fn nonsense_is_refused() {
        let stage = TwoStage {
            index: 1211.92,
            cash_flow: 0.0,
            growth: 0.085,
            terminal_growth: 0.0422,
            years: 5,
        };
        assert!(matches!(
            stage.implied(0.04),
            Err(PremiumError::Field {
                field: "cash_flow",
                ..
            })
        ));
        let paid = TwoStage {
            cash_flow: 35.15,
            ..stage
        };
        assert!(matches!(
            TwoStage { years: 0, ..paid }.implied(0.04),
            Err(PremiumError::Field { field: "years", .. })
        ));
        let dear = TwoStage { index: 5.0, ..paid };
        assert_eq!(
            dear.implied(0.04),
            Err(PremiumError::NoReturn { index: 5.0 })
        );
        assert!(
            TwoStage {
                index: f64::NAN,
                ..paid
            }
            .implied(0.04)
            .is_err()
        );
    }
}
