//! Elevated inflation: the condition under which a breach of the vega limit is over-exposure.

use jiff::civil::Date;

use super::dated::latest;
use super::params::signal_params;

signal_params! {
    /// Parameters of the condition.
    InflationParams of inflation: InflationNumbers {
        yearly_pct: f64,
        core_monthly_pct: f64,
        surprise_pp: f64,
    }
}

/// What the condition is read from: price indices by month, any base, and the last surprise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct InflationInput<'a> {
    /// Consumer price index.
    pub cpi: &'a [(Date, f64)],
    /// Producer price index.
    pub ppi: &'a [(Date, f64)],
    /// Consumer price index without food and energy.
    pub core_cpi: &'a [(Date, f64)],
    /// Last print less its forecast, percentage points.
    pub surprise_pp: Option<f64>,
}

/// The condition with its numbers; a part that is not known is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inflation {
    /// Whether any part holds; `None` when none is known.
    pub is_elevated: Option<bool>,
    /// Consumer prices over a year, %.
    pub cpi_yearly_pct: Option<f64>,
    /// Producer prices over a year, %.
    pub ppi_yearly_pct: Option<f64>,
    /// Core consumer prices over a month, %.
    pub core_monthly_pct: Option<f64>,
    /// Last print less its forecast, percentage points.
    pub surprise_pp: Option<f64>,
    /// Month of the last consumer price index.
    pub as_of: Option<Date>,
}

/// Reads price indices.
pub fn inflation(input: &InflationInput<'_>, params: &InflationParams) -> Inflation {
    let cpi_yearly_pct = change_pct(input.cpi, 12);
    let ppi_yearly_pct = change_pct(input.ppi, 12);
    let core_monthly_pct = change_pct(input.core_cpi, 1);
    let parts = [
        cpi_yearly_pct.map(|change| change >= params.yearly_pct),
        ppi_yearly_pct.map(|change| change >= params.yearly_pct),
        core_monthly_pct.map(|change| change >= params.core_monthly_pct),
        input
            .surprise_pp
            .map(|surprise| surprise >= params.surprise_pp),
    ];
    let is_known = parts.iter().any(Option::is_some);
    Inflation {
        is_elevated: is_known.then(|| parts.contains(&Some(true))),
        cpi_yearly_pct,
        ppi_yearly_pct,
        core_monthly_pct,
        surprise_pp: input.surprise_pp,
        as_of: latest(input.cpi).map(|(month, _)| month),
    }
}

/// Change of the last value on that of the same day so many months before, %; found by date, so that a month
/// without a print shifts nothing.
fn change_pct(monthly: &[(Date, f64)], months: i32) -> Option<f64> {
    let (last, now) = latest(monthly)?;
    let index = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    let is_then = |one: &&(Date, f64)| index(one.0) == index(last) - months && one.1 > 0.0;
    let then = monthly.iter().rev().find(is_then)?;
    Some(100.0 * (now / then.1 - 1.0))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;

    /// Thirteen months whose last is `yearly` % above the first and `monthly` % above the one before.
    fn months(yearly: f64, monthly: f64) -> Vec<(Date, f64)> {
        let last = 100.0 * (1.0 + yearly / 100.0);
        (0..13_i64)
            .map(|month| {
                let value = match month {
                    0 => 100.0,
                    12 => last,
                    _ => last / (1.0 + monthly / 100.0),
                };
                (
                    date(2025, 5, 1)
                        .checked_add(month.months())
                        .expect("a month"),
                    value,
                )
            })
            .collect()
    }

    #[test]
    fn any_part_is_enough() {
        let read = |cpi: f64, ppi: f64, core: f64, surprise_pp| {
            let (cpi, ppi, core) = (months(cpi, 0.1), months(ppi, 0.1), months(2.0, core));
            let input = InflationInput {
                cpi: &cpi,
                ppi: &ppi,
                core_cpi: &core,
                surprise_pp,
            };
            inflation(&input, &InflationParams::default()).is_elevated
        };
        assert_eq!(read(2.9, 2.9, 0.39, Some(0.1)), Some(false));
        assert_eq!(read(3.01, 0.0, 0.0, None), Some(true));
        assert_eq!(read(0.0, 3.01, 0.0, None), Some(true));
        assert_eq!(read(0.0, 0.0, 0.41, None), Some(true));
        assert_eq!(read(0.0, 0.0, 0.0, Some(0.2)), Some(true));
    }

    #[test]
    fn a_missing_month_is_unknown() {
        let params = InflationParams::default();
        assert_eq!(
            inflation(&InflationInput::default(), &params).is_elevated,
            None
        );
        let mut cpi = months(5.0, 0.1);
        cpi.remove(0);
        let input = InflationInput {
            cpi: &cpi,
            ..InflationInput::default()
        };
        let found = inflation(&input, &params);
        assert_eq!((found.cpi_yearly_pct, found.is_elevated), (None, None));
        assert_eq!(found.as_of, Some(date(2026, 5, 1)));
    }
}
