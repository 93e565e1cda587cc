//! Model-free variance of one expiry from its quotes, and the index of two expiries, as Cboe defines VIX.
//!
//! σ² = (2/T) Σ (ΔK/K²) e^(RT) Q(K) − (1/T) (F/K0 − 1)²: out-of-the-money mids from the money outwards, without
//! those that have no bid, until two strikes in a row have none (Cboe, Volatility Index Methodology).

/// Quotes of one strike, points; 0 where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StrikeQuotes {
    /// Strike, points.
    pub strike: f64,
    /// Bid and ask of the call.
    pub call: [f64; 2],
    /// Bid and ask of the put.
    pub put: [f64; 2],
}

/// Strikes without a bid in a row that end the strip.
const ENDING_ZERO_BIDS: usize = 2;

/// Fewest options in a strip: the money and one on either side.
const MIN_OPTIONS: usize = 3;

/// Largest price of an outermost option, over that at the money, of a strip that reaches far enough.
const LARGEST_TAIL: f64 = 0.02;

/// The variance of one expiry and what it was made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelFree {
    /// Years to the expiry.
    pub years: f64,
    /// Forward by parity at the strike where call and put are nearest, points.
    pub forward: f64,
    /// The strike at or next below the forward, points.
    pub centre: f64,
    /// Strikes in the strip.
    pub strikes: usize,
    /// Lowest strike of the strip, points.
    pub lowest: f64,
    /// Highest strike of the strip, points.
    pub highest: f64,
    /// Price of the dearer outermost option over that at the money: small when the strip reaches far enough.
    pub tail: f64,
    /// Σ (ΔK/K²) e^(RT) Q(K).
    pub contributions: f64,
    /// σ², per year.
    pub variance: f64,
}

impl ModelFree {
    /// Whether the strip reaches far enough for its variance to mean something. An export of the strikes near
    /// the money alone is cut off: what lies beyond it is missing from the sum.
    pub fn reaches_out(&self) -> bool {
        self.tail <= LARGEST_TAIL
    }

    /// Vol, decimal; 0 where the variance is not positive.
    pub fn vol(&self) -> f64 {
        self.variance.max(0.0).sqrt()
    }
}

fn mid(quote: [f64; 2]) -> f64 {
    f64::midpoint(quote[0], quote[1])
}

/// Variance of one expiry from its strikes in ascending order and the growth e^(RT) to it (1 / discount).
///
/// `None` without a strike at which both call and put have a bid, with fewer than three options in the strip, or
/// for years that are not positive.
pub fn model_free_variance(board: &[StrikeQuotes], years: f64, growth: f64) -> Option<ModelFree> {
    let has_both = |row: &&StrikeQuotes| row.call[0] > 0.0 && row.put[0] > 0.0;
    let difference = |row: &StrikeQuotes| mid(row.call) - mid(row.put);
    let nearest = board
        .iter()
        .filter(has_both)
        .min_by(|x, y| difference(x).abs().total_cmp(&difference(y).abs()))?;
    let forward = nearest.strike + growth * difference(nearest);
    let centre = board
        .partition_point(|row| row.strike <= forward)
        .checked_sub(1)?;
    let strip = strip(board, centre);
    if strip.len() < MIN_OPTIONS || years.is_nan() || years <= 0.0 {
        return None;
    }
    let contributions = growth * sum_of_widths(&strip);
    let k0 = board[centre].strike;
    let money = strip.iter().find(|option| option.0 == k0)?.1;
    let variance = (2.0 * contributions - (forward / k0 - 1.0).powi(2)) / years;
    variance.is_finite().then(|| ModelFree {
        years,
        forward,
        centre: k0,
        strikes: strip.len(),
        lowest: strip[0].0,
        highest: strip[strip.len() - 1].0,
        tail: strip[0].1.max(strip[strip.len() - 1].1) / money,
        contributions,
        variance,
    })
}

/// (strike, mid) of the options that count, ascending in strike; at the money the mean of call and put.
fn strip(board: &[StrikeQuotes], centre: usize) -> Vec<(f64, f64)> {
    let outwards = |rows: &mut dyn Iterator<Item = (f64, [f64; 2])>| {
        let (mut found, mut zeros) = (Vec::new(), 0);
        for (strike, quote) in rows {
            if quote[0] > 0.0 {
                zeros = 0;
                found.push((strike, mid(quote)));
                continue;
            }
            zeros += 1;
            if zeros == ENDING_ZERO_BIDS {
                break;
            }
        }
        found
    };
    let money = &board[centre];
    let mut strip = outwards(
        &mut board[..centre]
            .iter()
            .rev()
            .map(|row| (row.strike, row.put)),
    );
    strip.reverse();
    strip.push((money.strike, f64::midpoint(mid(money.call), mid(money.put))));
    strip.extend(outwards(
        &mut board[centre + 1..].iter().map(|row| (row.strike, row.call)),
    ));
    strip
}

/// Σ (ΔK/K²) Q: half the distance between the neighbours, at the ends the distance to the only one.
fn sum_of_widths(strip: &[(f64, f64)]) -> f64 {
    let last = strip.len() - 1;
    let term = |(place, &(strike, price)): (usize, &(f64, f64))| {
        let (low, high) = (place.saturating_sub(1), (place + 1).min(last));
        let width = (strip[high].0 - strip[low].0) / (high - low) as f64;
        width / (strike * strike) * price
    };
    strip.iter().enumerate().map(term).sum()
}

/// The index of a tenor in years from two expiries: total variance linear in time, annualised, as vol in
/// decimals. `None` when both expiries are the same instant or the variance comes out negative.
pub fn interpolated_vol(near: &ModelFree, next: &ModelFree, tenor_years: f64) -> Option<f64> {
    let span = next.years - near.years;
    let total = (near.years * near.variance * (next.years - tenor_years)
        + next.years * next.variance * (tenor_years - near.years))
        / span;
    let vol = (total / tenor_years).sqrt();
    (span > 0.0 && vol.is_finite()).then_some(vol)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::{BlackInput, Right, black76_price};

    /// A dense strip of a flat smile.
    fn flat(forward: f64, vol: f64, years: f64) -> Vec<StrikeQuotes> {
        let price = |strike, right| {
            let value = black76_price(&BlackInput {
                right,
                forward,
                strike,
                years,
                discount: (-0.04 * years).exp(),
                vol,
            });
            [value; 2]
        };
        (200..2000)
            .map(|step| {
                let strike = f64::from(step) * 5.0;
                StrikeQuotes {
                    strike,
                    call: price(strike, Right::Call),
                    put: price(strike, Right::Put),
                }
            })
            .collect()
    }

    #[test]
    fn a_flat_smile_gives_its_vol_back() {
        let growth = (0.04_f64 * 0.1).exp();
        let found = model_free_variance(&flat(5003.0, 0.2, 0.1), 0.1, growth).expect("a variance");
        assert!((found.forward - 5003.0).abs() < 1e-6 && found.centre == 5000.0);
        assert!(found.reaches_out());
        assert!((found.vol() - 0.2).abs() < 2e-5, "{}", found.vol());
        let next = model_free_variance(&flat(5010.0, 0.2, 0.15), 0.15, (0.04_f64 * 0.15).exp());
        let index = interpolated_vol(&found, &next.expect("a variance"), 0.12).expect("an index");
        assert!((index - 0.2).abs() < 2e-5);
    }

    /// Strikes 80, 90 … 120 around a forward of 100.
    fn small() -> Vec<StrikeQuotes> {
        let row = |strike, call: f64, put: f64| StrikeQuotes {
            strike,
            call: [call, call],
            put: [put, put],
        };
        vec![
            row(70.0, 30.0, 0.5),
            row(80.0, 20.5, 0.6),
            row(90.0, 11.0, 1.0),
            row(100.0, 4.0, 4.0),
            row(110.0, 1.0, 11.0),
            row(120.0, 0.5, 20.5),
            row(140.0, 0.4, 40.0),
        ]
    }

    #[test]
    fn one_missing_bid_is_skipped_and_two_end_the_strip() {
        let variance =
            |board: &[StrikeQuotes]| model_free_variance(board, 0.1, 1.0).expect("a variance");
        let whole = variance(&small());
        assert_eq!(
            (whole.strikes, whole.lowest, whole.highest),
            (7, 70.0, 140.0)
        );
        assert!(whole.tail == 0.125 && !whole.reaches_out(), "0.5 beside 4");
        let mut one = small();
        one[1].put[0] = 0.0;
        let skipped = variance(&one);
        assert_eq!((skipped.strikes, skipped.lowest), (6, 70.0));
        // the width at 90 is half of 70 to 100, that of 70 the distance to 90
        let by_hand = 20.0 / 4900.0 * 0.5
            + 15.0 / 8100.0
            + 10.0 / 10000.0 * 4.0
            + 10.0 / 12100.0
            + 15.0 / 14400.0 * 0.5
            + 20.0 / 19600.0 * 0.4;
        assert!((skipped.contributions - by_hand).abs() < 1e-15);
        let mut two = one.clone();
        two[2].put[0] = 0.0;
        assert_eq!(variance(&two).lowest, 100.0, "70 lies beyond two zero bids");
    }

    #[test]
    fn what_cannot_be_had_is_none() {
        assert_eq!(model_free_variance(&[], 0.1, 1.0), None);
        assert_eq!(model_free_variance(&small(), 0.0, 1.0), None);
        assert_eq!(model_free_variance(&small()[..2], 0.1, 1.0), None);
        let one = model_free_variance(&small(), 0.1, 1.0).expect("a variance");
        assert_eq!(interpolated_vol(&one, &one, 0.1), None);
    }
}
