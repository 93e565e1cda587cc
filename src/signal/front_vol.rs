//! Immediate volatility signal of the first layer, read from the nearest VIX future.
//!
//! Changes and averages follow one contract back through its days, so that the change to the next contract is
//! no signal.

use jiff::civil::Date;

use super::params::signal_params;
use crate::indicator::{VxDay, VxPrice};

signal_params! {
    /// Parameters of the signal.
    FrontVolParams of front_vol: FrontVolNumbers {
        stdevs: f64,
        bars: usize,
        average: usize,
        over_average: f64,
        hold_closes: usize,
    }
}

/// The signal at one close, with its numbers. A part that is not known is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrontVol {
    /// The day.
    pub date: Date,
    /// Whether any part fires.
    pub is_on: bool,
    /// Whether it fired here or on the close before, so that ties turn to hedge.
    pub turns_ties: bool,
    /// The nearest future.
    pub front: VxPrice,
    /// Its change on the day, points.
    pub change: Option<f64>,
    /// Deviation of the daily changes before, points.
    pub change_stdev: Option<f64>,
    /// Whether the change stands out.
    pub by_change: Option<bool>,
    /// The second future's price, points.
    pub second: Option<f64>,
    /// Whether the front stands above the second.
    pub by_backwardation: Option<bool>,
    /// The front contract's average, points.
    pub average: Option<f64>,
    /// Whether it stands well above it.
    pub by_average: Option<bool>,
}

/// The signal at the last day; `None` without a future on it.
pub fn front_vol(days: &[VxDay], params: &FrontVolParams) -> Option<FrontVol> {
    let mut found = at_close(days, params)?;
    found.turns_ties = (0..params.hold_closes.min(days.len()))
        .filter_map(|back| at_close(&days[..days.len() - back], params))
        .any(|close| close.is_on);
    Some(found)
}

/// The signal of the last close alone.
fn at_close(days: &[VxDay], params: &FrontVolParams) -> Option<FrontVol> {
    let (today, earlier) = days.split_last()?;
    let front = today.nth(1)?;
    let change = change_of(days);
    let change_stdev = deviation(earlier, params.bars);
    let second = today.nth(2).map(|future| future.price);
    let average = average_of(days, front.expiry, params.average);
    let by_change = change
        .zip(change_stdev)
        .map(|(change, stdev)| change > 0.0 && change >= params.stdevs * stdev);
    let by_backwardation = second.map(|second| front.price > second);
    let by_average = average.map(|average| front.price >= average * (1.0 + params.over_average));
    let is_on = [by_change, by_backwardation, by_average].contains(&Some(true));
    Some(FrontVol {
        date: today.date(),
        is_on,
        turns_ties: is_on,
        front,
        change,
        change_stdev,
        by_change,
        second,
        by_backwardation,
        average,
        by_average,
    })
}

/// Change of the last day's front contract against the day before, points.
fn change_of(days: &[VxDay]) -> Option<f64> {
    let [.., before, today] = days else {
        return None;
    };
    let front = today.nth(1)?;
    Some(front.price - before.price_of(front.expiry)?)
}

/// Population standard deviation of the last `bars` daily changes; `None` when there are fewer.
fn deviation(days: &[VxDay], bars: usize) -> Option<f64> {
    let changes: Vec<f64> = (0..days.len())
        .rev()
        .filter_map(|end| change_of(&days[..=end]))
        .take(bars)
        .collect();
    let count = changes.len() as f64;
    (changes.len() == bars && bars > 0).then(|| {
        let mean = changes.iter().sum::<f64>() / count;
        let squares: f64 = changes.iter().map(|change| (change - mean).powi(2)).sum();
        (squares / count).sqrt()
    })
}

/// Mean of a contract's last `bars` prices, the last day's among them.
fn average_of(days: &[VxDay], expiry: Date, bars: usize) -> Option<f64> {
    let from = days.len().checked_sub(bars.max(1))?;
    let prices: Option<Vec<f64>> = days[from..]
        .iter()
        .map(|day| day.price_of(expiry))
        .collect();
    prices.map(|prices| prices.iter().sum::<f64>() / prices.len() as f64)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::add_trading_days;

    /// Two contracts over days; `front` gives the first one's price by day.
    fn days(count: i32, front: impl Fn(i32) -> f64) -> Vec<VxDay> {
        let expiries = [date(2026, 9, 16), date(2026, 10, 21)];
        (0..count)
            .map(|day| {
                let price = front(day);
                let futures = expiries.map(|expiry| VxPrice {
                    expiry,
                    price: if expiry == expiries[0] { price } else { 19.0 },
                });
                VxDay::new(add_trading_days(date(2026, 5, 1), day), None, &futures)
            })
            .collect()
    }

    fn calm(day: i32) -> f64 {
        17.0 + if day % 2 == 0 { 0.1 } else { -0.1 }
    }

    fn read(days: &[VxDay]) -> FrontVol {
        front_vol(days, &FrontVolParams::default()).expect("a future")
    }

    #[test]
    fn a_day_that_stands_out() {
        let still = read(&days(70, calm));
        assert_eq!(
            (still.is_on, still.turns_ties, still.by_change),
            (false, false, Some(false))
        );
        let jump = |size: f64| {
            days(70, move |day| {
                if day == 69 {
                    calm(68) + size
                } else {
                    calm(day)
                }
            })
        };
        // changes alternate by 0.2: their deviation is 0.2
        assert!((read(&jump(0.5)).change_stdev.expect("known") - 0.2).abs() < 1e-9);
        let fired = read(&jump(0.41));
        assert_eq!(
            (fired.by_change, fired.by_average, fired.by_backwardation),
            (Some(true), Some(false), Some(false))
        );
        assert!(!read(&jump(0.39)).is_on);
        assert!(!read(&jump(-3.0)).is_on, "a fall is no signal");
    }

    #[test]
    fn ties_turn_for_two_closes() {
        let fired = |last: i32| {
            days(last, |day| {
                if day >= 69 {
                    calm(68) + 0.45
                } else {
                    calm(day)
                }
            })
        };
        assert!(read(&fired(70)).is_on);
        let next = read(&fired(71));
        assert!(!next.is_on && next.turns_ties, "{next:?}");
        assert!(!read(&fired(72)).turns_ties);
    }

    #[test]
    fn backwardation_and_average() {
        let over = read(&days(10, |day| if day == 9 { 19.1 } else { 19.05 }));
        assert_eq!(
            (over.by_backwardation, over.by_average, over.by_change),
            (Some(true), Some(false), None)
        );
        let far = read(&days(10, |day| if day == 9 { 18.5 } else { 17.0 }));
        assert_eq!((far.by_average, far.is_on), (Some(true), true));
        assert!((far.average.expect("known") - 17.3).abs() < 1e-12);
    }

    #[test]
    fn the_next_contract_is_no_jump() {
        // the front leaves at 14, the next stood and stands at 16.5
        let (first, next) = (date(2026, 6, 17), date(2026, 7, 22));
        let listed = |day: Date| {
            let futures =
                [(first, 14.0), (next, 16.5)].map(|(expiry, price)| VxPrice { expiry, price });
            VxDay::new(day, None, &futures)
        };
        let days: Vec<VxDay> = (-9..=0)
            .map(|day| listed(add_trading_days(first, day)))
            .collect();
        let found = read(&days);
        assert_eq!(
            (found.front.expiry, found.change, found.is_on),
            (next, Some(0.0), false)
        );
    }
}
