//! A VIX future held without end: its daily returns chained, so a roll is no jump.
//!
//! The return of a day is that of the contract which is the n-th after that day's close, taken from the
//! close before: the position is rolled at the close before an expiry, by ratio. The level starts at the first
//! price; later it is an index of what holding made, not a price that traded.

use super::vx_day::VxDay;

/// A chained future, day by day.
#[derive(Clone, Debug, PartialEq)]
pub struct Continuous {
    position: usize,
    last: Option<VxDay>,
    level: Option<f64>,
}

impl Continuous {
    /// Of the `position`-th future, 1 for the nearest; 0 counts as 1.
    pub fn new(position: usize) -> Self {
        Self {
            position: position.max(1),
            last: None,
            level: None,
        }
    }

    /// Takes the next day; gives the chained level after it. A day on which that contract, or every one
    /// behind it, lacks a price today or on the day before gives `None`; the chain then goes on from it.
    pub fn push(&mut self, day: &VxDay) -> Option<f64> {
        let first = day.nth(self.position)?;
        let last = self.last.replace(day.clone());
        let (Some(last), Some(level)) = (last, self.level) else {
            self.level = Some(first.price);
            return self.level;
        };
        let held = &day.futures()[self.position - 1..];
        let growth = held
            .iter()
            .find_map(|future| Some(future.price / last.price_of(future.expiry)?))?;
        self.level = Some(level * growth);
        self.level
    }
}

/// The chained level on each day.
pub fn continuous_series(days: &[VxDay], position: usize) -> Vec<Option<f64>> {
    let mut chain = Continuous::new(position);
    days.iter().map(|day| chain.push(day)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::vx_day::tests::day;
    use super::*;

    #[test]
    fn a_roll_is_no_return() {
        let days = [
            day(date(2013, 2, 11), None, &[(2, 14.0), (37, 16.0)]),
            day(date(2013, 2, 12), None, &[(1, 14.7), (36, 16.8)]),
            day(date(2013, 2, 13), None, &[(35, 16.8), (63, 18.0)]),
            day(date(2013, 2, 14), None, &[(34, 17.64), (62, 18.0)]),
        ];
        let levels = continuous_series(&days, 1);
        assert_eq!(levels[0], Some(14.0));
        let growth: Vec<f64> = levels
            .windows(2)
            .map(|pair| pair[1].expect("a level") / pair[0].expect("a level"))
            .collect();
        for (found, wanted) in growth.iter().zip([1.05, 1.0, 1.05]) {
            assert!((found - wanted).abs() < 1e-12, "{growth:?}");
        }
    }

    #[test]
    fn a_missing_contract_breaks_and_resumes_the_chain() {
        let days = [
            day(date(2013, 2, 11), None, &[(30, 14.0)]),
            day(date(2013, 2, 12), None, &[(40, 16.0)]),
            day(date(2013, 2, 13), None, &[(39, 17.6)]),
        ];
        let levels = continuous_series(&days, 1);
        assert_eq!(levels[1], None);
        assert!((levels[2].expect("resumed") - 15.4).abs() < 1e-12);
        assert_eq!(Continuous::new(2).push(&days[0]), None);
    }
}
