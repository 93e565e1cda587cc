//! What capital costs: the return that a beta requires, and the weighted average with borrowed money.

/// Return that a beta requires: riskless + beta × premium. Decimals per year.
pub fn capm_return(riskless: f64, beta: f64, equity_premium: f64) -> f64 {
    riskless + beta * equity_premium
}

/// Inputs of the weighted average cost of capital. Rates are decimals per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaccInput {
    /// Share of own money, 0 to 1; the rest is borrowed.
    pub equity_share: f64,
    /// Riskless rate.
    pub riskless: f64,
    /// Beta of the portfolio.
    pub beta: f64,
    /// Equity risk premium.
    pub equity_premium: f64,
    /// Rate paid on margin loans.
    pub margin_rate: f64,
    /// Share of interest that taxes give back, 0 to 1.
    pub tax_rate: f64,
}

impl WaccInput {
    /// Own money only, at the market's risk: the method's defaults (equity share 1, beta 1), without premium.
    pub fn all_equity(riskless: f64) -> Self {
        Self {
            equity_share: 1.0,
            riskless,
            beta: 1.0,
            equity_premium: 0.0,
            margin_rate: riskless,
            tax_rate: 0.0,
        }
    }
}

/// Weighted average cost of capital, decimal per year:
/// equity share × (riskless + beta × premium) + borrowed share × margin rate × (1 − tax).
pub fn wacc(input: &WaccInput) -> f64 {
    let equity = capm_return(input.riskless, input.beta, input.equity_premium);
    let debt = input.margin_rate * (1.0 - input.tax_rate);
    input.equity_share * equity + (1.0 - input.equity_share) * debt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights() {
        let mixed = WaccInput {
            equity_share: 0.75,
            riskless: 0.04,
            beta: 1.2,
            equity_premium: 0.05,
            margin_rate: 0.08,
            tax_rate: 0.25,
        };
        assert!((wacc(&mixed) - (0.75 * 0.10 + 0.25 * 0.06)).abs() < 1e-15);
        assert_eq!(wacc(&WaccInput::all_equity(0.043)), 0.043);
    }
}
