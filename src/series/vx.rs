//! VIX futures of the past: by contract, and as the curve of each day.

use jiff::civil::Date;

/// Multiplier change: before this day the exchange quoted ten times the points of today.
pub const TENFOLD_BEFORE: Date = jiff::civil::date(2007, 3, 26);

/// Prices beyond these are no VIX futures, points. (The highest settlements of 2008 and 2020 stood below
/// 80; tenfold prices stand above 100.)
pub const PRICE_RANGE: [f64; 2] = [5.0, 120.0];

/// A day of a contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VxBar {
    /// The trading day; always before the expiry.
    pub date: Date,
    /// Settlement price, points; the close where the file has no settlement.
    pub settle: f64,
    /// Contracts traded, where the file says.
    pub volume: Option<u32>,
    /// Contracts open, where the file says.
    pub open_interest: Option<u32>,
}

/// One contract's life.
#[derive(Clone, Debug, PartialEq)]
pub struct VxContract {
    /// The day it settles on, at the open.
    pub expiry: Date,
    /// Its trading days, ascending, each once.
    pub bars: Vec<VxBar>,
    /// Final settlement value (the special opening quotation), points, once settled.
    pub final_settlement: Option<f64>,
}

impl VxContract {
    /// The bar of the very day.
    pub fn bar_on(&self, date: Date) -> Option<&VxBar> {
        let index = self.bars.binary_search_by_key(&date, |bar| bar.date).ok()?;
        self.bars.get(index)
    }

    /// The settlement price of the very day, points.
    pub fn settle_on(&self, date: Date) -> Option<f64> {
        self.bar_on(date).map(|bar| bar.settle)
    }
}

/// A future's price on a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VxPoint {
    /// The day it settles on.
    pub expiry: Date,
    /// Settlement price of the day, points.
    pub settle: f64,
}

/// The futures of one day that had not settled by then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VxCurve<'a> {
    /// The day.
    pub date: Date,
    /// Futures by expiry, nearest first; never empty.
    pub points: &'a [VxPoint],
}

impl VxCurve<'_> {
    /// Calendar days from the curve's day to a point's expiry.
    pub fn days_to(&self, point: &VxPoint) -> i32 {
        (point.expiry - self.date).get_days()
    }
}

/// All contracts, and the same prices by day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VxHistory {
    contracts: Vec<VxContract>,
    days: Vec<Date>,
    /// Position in `points` of each day's first, and at the end their number.
    starts: Vec<usize>,
    points: Vec<VxPoint>,
}

impl VxHistory {
    /// Makes the history of contracts in any order, one per expiry.
    pub fn new(mut contracts: Vec<VxContract>) -> Self {
        contracts.sort_by_key(|contract| contract.expiry);
        let mut all: Vec<(Date, VxPoint)> = contracts
            .iter()
            .flat_map(|contract| {
                contract.bars.iter().map(|bar| {
                    let point = VxPoint {
                        expiry: contract.expiry,
                        settle: bar.settle,
                    };
                    (bar.date, point)
                })
            })
            .filter(|(date, point)| *date < point.expiry)
            .collect();
        // stable: contracts are already in the order of their expiry
        all.sort_by_key(|(date, _)| *date);
        let mut history = Self {
            contracts,
            days: Vec::new(),
            starts: Vec::new(),
            points: Vec::with_capacity(all.len()),
        };
        for (date, point) in all {
            if history.days.last() != Some(&date) {
                history.days.push(date);
                history.starts.push(history.points.len());
            }
            history.points.push(point);
        }
        history.starts.push(history.points.len());
        history
    }

    /// All contracts by expiry.
    pub fn contracts(&self) -> &[VxContract] {
        &self.contracts
    }

    /// The contract that settles on a day.
    pub fn contract(&self, expiry: Date) -> Option<&VxContract> {
        let found = self
            .contracts
            .binary_search_by_key(&expiry, |contract| contract.expiry);
        self.contracts.get(found.ok()?)
    }

    /// Whether there is no price at all.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Days with at least one price, ascending.
    pub fn days(&self) -> &[Date] {
        &self.days
    }

    /// The curve at a position of [`Self::days`].
    pub fn curve_at(&self, index: usize) -> Option<VxCurve<'_>> {
        let date = *self.days.get(index)?;
        let (from, to) = (*self.starts.get(index)?, *self.starts.get(index + 1)?);
        let points = self.points.get(from..to)?;
        Some(VxCurve { date, points })
    }

    /// The curve of the very day.
    pub fn curve_on(&self, date: Date) -> Option<VxCurve<'_>> {
        self.curve_at(self.days.binary_search(&date).ok()?)
    }

    /// The last curve of `date` or before, however old.
    pub fn curve_on_or_before(&self, date: Date) -> Option<VxCurve<'_>> {
        let after = self.days.partition_point(|day| *day <= date);
        self.curve_at(after.checked_sub(1)?)
    }

    /// The curves of all days, ascending.
    pub fn curves(&self) -> impl DoubleEndedIterator<Item = VxCurve<'_>> + '_ {
        (0..self.days.len()).filter_map(|index| self.curve_at(index))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{VxBar, VxContract, VxHistory};

    fn contract(expiry: Date, bars: &[(Date, f64)]) -> VxContract {
        let bar = |&(date, settle): &(Date, f64)| VxBar {
            date,
            settle,
            volume: None,
            open_interest: None,
        };
        VxContract {
            expiry,
            bars: bars.iter().map(bar).collect(),
            final_settlement: None,
        }
    }

    #[test]
    fn prices_by_contract_and_by_day_are_the_same() {
        let day = |day| date(2026, 7, day);
        let august = contract(date(2026, 8, 19), &[(day(20), 18.7), (day(22), 18.9)]);
        let july = contract(
            day(22),
            &[(day(20), 18.0), (day(21), 18.1), (day(22), 19.0)],
        );
        let history = VxHistory::new(vec![august, july]);
        assert_eq!(history.days(), [day(20), day(21), day(22)]);
        let settles = |date| {
            let curve = history.curve_on(date).expect("a curve");
            curve.points.iter().map(|p| p.settle).collect::<Vec<_>>()
        };
        assert_eq!(settles(day(20)), [18.0, 18.7]);
        assert_eq!(settles(day(22)), [18.9], "July has settled at the open");
        let curve = history.curve_on_or_before(day(25)).expect("a curve");
        assert_eq!((curve.date, curve.days_to(&curve.points[0])), (day(22), 28));
        assert_eq!(history.curve_on_or_before(day(1)), None);
        let contract = history.contract(day(22)).expect("July");
        assert_eq!(contract.settle_on(day(21)), Some(18.1));
        assert_eq!(history.curves().count(), 3);
        assert!(VxHistory::new(Vec::new()).is_empty());
    }
}
