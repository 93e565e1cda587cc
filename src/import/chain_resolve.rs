//! A chain as read → forwards by put-call parity, out-of-the-money vols, fitted smiles.
//!
//! The discount comes from one rate; only the forward is taken from parity, because regressing both is
//! noisy at short tenors. Mids are used throughout.

use jiff::Timestamp;
use jiff::civil::{Date, Time, time};

use super::cboe_chain::{RawChain, RawQuote, RawRow};
use crate::calendar::{
    early_close, is_business_day, new_york, new_york_instant, prev_business_day,
    settlement_instant, years_between,
};
use crate::instrument::{Right, Root};
use crate::market::smile_prior::prior_at_vol;
use crate::market::{
    Carry, Chain, ChainExpiry, ExpiryVariance, Smile, SmileQuote, SmileTerms, VolIndex, vol_index,
};
use crate::pricing::{ModelFree, Quote, StrikeQuotes, implied_vol, model_free_variance};

/// Strikes nearest the money from which the forward is taken.
const PARITY_STRIKES: usize = 24;

/// Strikes further than this from the money (in log) say nothing about the forward.
const PARITY_RANGE: f64 = 0.1;

/// Opening of the regular session, New York.
const OPEN: Time = time(9, 30, 0, 0);

/// Last minute of index-option trading in a regular session and in a short one, New York.
const LAST_QUOTE: [Time; 2] = [time(16, 15, 0, 0), time(13, 15, 0, 0)];

/// A resolved chain with what a table of it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainReport {
    /// What the campaign keeps.
    pub chain: Chain,
    /// One entry per expiry of the chain, in its order.
    pub expiries: Vec<ExpiryReport>,
    /// Expiries that had settled at the as-of, left out.
    pub settled: Vec<(Root, Date)>,
    /// The 30-day index by Cboe's formula, where expiries lie on either side of 30 days.
    pub vol_index: Option<VolIndex>,
}

/// One expiry with its fit.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpiryReport {
    /// The fitted smile: root, expiry, years, forward, discount, at-the-money vol, skew, fit error.
    pub smile: Smile,
    /// Strikes whose put-call parity gave the forward; 0 when it was interpolated from other expiries.
    pub parity_strikes: usize,
    /// Every quote with an ask, calls and puts, ascending in strike.
    pub quotes: Vec<QuoteReport>,
    /// Variance of the whole strip by Cboe's formula, from a forward of its own; `None` where the file cuts
    /// the strip off.
    pub model_free: Option<ModelFree>,
}

/// One option of the chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuoteReport {
    /// Strike, points.
    pub strike: f64,
    /// Call or put.
    pub right: Right,
    /// Bid and ask as read.
    pub raw: RawQuote,
    /// Mid of a two-sided market.
    pub mid: Option<f64>,
    /// Implied vol of the mid on the expiry's forward, decimal.
    pub iv: Option<f64>,
}

/// The instant that a chain's quotes belong to: the file's own time, or the end of the last session that
/// had opened by then (16:15 New York, 13:15 on a short day), whichever is earlier.
pub fn quote_instant(file_time: Timestamp) -> Timestamp {
    let local = file_time.to_zoned(new_york());
    let today = local.date();
    let session = if is_business_day(today) && local.time() >= OPEN {
        today
    } else {
        prev_business_day(today)
    };
    let last = LAST_QUOTE[usize::from(early_close(session).is_some())];
    file_time.min(new_york_instant(session.to_datetime(last)))
}

/// Resolves a chain at an instant with a continuously compounded rate.
pub fn resolve_chain(raw: &RawChain, as_of: Timestamp, rate: f64) -> ChainReport {
    let mut settled = Vec::new();
    let mut boards = Vec::new();
    for rows in raw
        .rows
        .chunk_by(|x, y| (x.root, x.expiry) == (y.root, y.expiry))
    {
        let (root, expiry) = (rows[0].root, rows[0].expiry);
        let years = years_between(as_of, settlement_instant(expiry, root.settlement_time()));
        if years > 0.0 {
            boards.push(Board::new(rows, years, (-rate * years).exp()));
        } else {
            settled.push((root, expiry));
        }
    }
    let nearest = boards.iter().filter(|board| board.parity_strikes > 0);
    let nearest = nearest.min_by(|x, y| x.years.total_cmp(&y.years));
    let spot = raw.spot.or_else(|| nearest.map(|board| board.forward));
    let mut chain = Chain {
        source_name: raw.source_name.clone(),
        as_of,
        spot: spot.unwrap_or(0.0),
        rate,
        expiries: boards
            .iter()
            .filter(|board| board.parity_strikes > 0)
            .map(|board| board.entry(&[]))
            .collect(),
    };
    let carry = Carry::of_chain(&chain, rate);
    for board in boards.iter_mut().filter(|board| board.parity_strikes == 0) {
        board.forward = chain.spot * carry.log_carry(board.years).exp();
    }
    boards.retain(|board| board.forward.is_finite() && board.forward > 0.0);
    let expiries: Vec<ExpiryReport> = boards.iter().map(Board::report).collect();
    chain.expiries = boards
        .iter()
        .zip(&expiries)
        .map(|(board, report)| board.entry(&report.smile.quotes))
        .zip(&expiries)
        .map(|(entry, report)| ChainExpiry {
            rejected: report.smile.rejected,
            ..entry
        })
        .collect();
    let variances: Vec<ExpiryVariance> = expiries.iter().filter_map(variance_of).collect();
    ChainReport {
        chain,
        expiries,
        settled,
        vol_index: vol_index(&variances),
    }
}

fn variance_of(report: &ExpiryReport) -> Option<ExpiryVariance> {
    Some(ExpiryVariance {
        root: report.smile.root,
        expiry: report.smile.expiry,
        model_free: report.model_free?,
    })
}

/// The rows of one expiry and what they are priced on.
struct Board<'a> {
    rows: &'a [RawRow],
    years: f64,
    discount: f64,
    forward: f64,
    parity_strikes: usize,
}

/// One strike with two-sided markets in both rights.
struct Pair {
    strike: f64,
    /// Call mid less put mid.
    difference: f64,
    /// Sum of both spreads.
    spread: f64,
}

impl<'a> Board<'a> {
    fn new(rows: &'a [RawRow], years: f64, discount: f64) -> Self {
        let (forward, parity_strikes) = parity_forward(rows, discount).unwrap_or((f64::NAN, 0));
        Self {
            rows,
            years,
            discount,
            forward,
            parity_strikes,
        }
    }

    fn entry(&self, quotes: &[SmileQuote]) -> ChainExpiry {
        ChainExpiry {
            root: self.rows[0].root,
            expiry: self.rows[0].expiry,
            forward: self.forward,
            discount: self.discount,
            quotes: quotes
                .iter()
                .map(|quote| (quote.strike, quote.vol))
                .collect(),
            rejected: 0,
        }
    }

    fn report(&self) -> ExpiryReport {
        let quotes: Vec<QuoteReport> = self
            .rows
            .iter()
            .flat_map(|row| {
                [
                    (Right::Call, row.call, row.strike),
                    (Right::Put, row.put, row.strike),
                ]
            })
            .filter(|(_, raw, _)| raw.ask > 0.0)
            .map(|(right, raw, strike)| self.quote(strike, right, raw))
            .collect();
        let usable: Vec<SmileQuote> = quotes
            .iter()
            .filter(|quote| quote.right == self.out_of_the_money(quote.strike))
            .filter_map(|quote| {
                let (strike, right) = (quote.strike, quote.right);
                quote.iv.map(|vol| SmileQuote {
                    strike,
                    right,
                    vol,
                    is_own: false,
                })
            })
            .collect();
        let rejected = self.rows.len() - usable.len();
        let terms = SmileTerms {
            root: self.rows[0].root,
            expiry: self.rows[0].expiry,
            years: self.years,
            forward: self.forward,
            discount: self.discount,
        };
        let level = self.level(&usable);
        let mut smile = Smile::fit(terms, usable, prior_at_vol(level, self.years));
        smile.rejected += rejected;
        ExpiryReport {
            smile,
            parity_strikes: self.parity_strikes,
            quotes,
            model_free: self.model_free(),
        }
    }

    fn model_free(&self) -> Option<ModelFree> {
        let strip: Vec<StrikeQuotes> = self
            .rows
            .iter()
            .map(|row| StrikeQuotes {
                strike: row.strike,
                call: [row.call.bid, row.call.ask],
                put: [row.put.bid, row.put.ask],
            })
            .collect();
        model_free_variance(&strip, self.years, 1.0 / self.discount).filter(ModelFree::reaches_out)
    }

    fn quote(&self, strike: f64, right: Right, raw: RawQuote) -> QuoteReport {
        let mid = raw.mid();
        let iv = mid.and_then(|price| {
            implied_vol(&Quote {
                right,
                forward: self.forward,
                strike,
                years: self.years,
                discount: self.discount,
                price,
            })
            .ok()
        });
        QuoteReport {
            strike,
            right,
            raw,
            mid,
            iv,
        }
    }

    fn out_of_the_money(&self, strike: f64) -> Right {
        if strike < self.forward {
            Right::Put
        } else {
            Right::Call
        }
    }

    /// Vol of the strike nearest the money, as the level of the prior; 20 % without any.
    fn level(&self, quotes: &[SmileQuote]) -> f64 {
        let distance = |quote: &&SmileQuote| (quote.strike - self.forward).abs();
        quotes
            .iter()
            .min_by(|x, y| distance(x).total_cmp(&distance(y)))
            .map_or(0.2, |quote| quote.vol)
    }
}

/// The forward by parity and the strikes used: the median over strikes near the money of
/// K + (C − P) / discount, weighted against wide markets.
fn parity_forward(rows: &[RawRow], discount: f64) -> Option<(f64, usize)> {
    let mut pairs: Vec<Pair> = rows
        .iter()
        .filter_map(|row| {
            Some(Pair {
                strike: row.strike,
                difference: row.call.mid()? - row.put.mid()?,
                spread: row.call.spread() + row.put.spread(),
            })
        })
        .collect();
    let centre = pairs
        .iter()
        .min_by(|x, y| x.difference.abs().total_cmp(&y.difference.abs()))
        .map(|pair| pair.strike + pair.difference / discount)?;
    let away = |pair: &Pair| (pair.strike / centre).ln().abs();
    pairs.retain(|pair| away(pair) < PARITY_RANGE);
    pairs.sort_by(|x, y| away(x).total_cmp(&away(y)));
    pairs.truncate(PARITY_STRIKES);
    let estimates: Vec<(f64, f64)> = pairs
        .iter()
        .map(|pair| {
            let forward = pair.strike + pair.difference / discount;
            (forward, 1.0 / (pair.spread + 0.05).powi(2))
        })
        .collect();
    let used = estimates.len();
    weighted_median(estimates).map(|forward| (forward, used))
}

/// The value at which half the weight lies below, interpolated between neighbours.
fn weighted_median(mut values: Vec<(f64, f64)>) -> Option<f64> {
    values.sort_by(|x, y| x.0.total_cmp(&y.0));
    let half = values.iter().map(|value| value.1).sum::<f64>() / 2.0;
    let mut low: Option<(f64, f64)> = None;
    let mut below = 0.0;
    for (value, weight) in values {
        let centre = below + weight / 2.0;
        if centre >= half {
            return Some(match low {
                Some((last, at)) if centre > at => {
                    last + (value - last) * (half - at) / (centre - at)
                }
                Some(_) | None => value,
            });
        }
        low = Some((value, centre));
        below += weight;
    }
    low.map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::{quote_instant, weighted_median};
    use crate::calendar::new_york_instant;
    use jiff::civil::date;

    #[test]
    fn quotes_belong_to_the_last_session_that_had_opened() {
        let at =
            |day: jiff::civil::Date, hour, minute| new_york_instant(day.at(hour, minute, 0, 0));
        let (thursday, friday) = (date(2026, 3, 12), date(2026, 3, 13));
        let close = at(friday, 16, 15);
        assert_eq!(
            quote_instant(at(date(2026, 3, 14), 7, 34)),
            close,
            "Saturday"
        );
        assert_eq!(quote_instant(at(friday, 17, 34)), close, "evening");
        assert_eq!(
            quote_instant(at(friday, 10, 30)),
            at(friday, 10, 30),
            "in session"
        );
        assert_eq!(
            quote_instant(at(friday, 8, 0)),
            at(thursday, 16, 15),
            "before the open"
        );
        let short = date(2026, 11, 27);
        assert_eq!(
            quote_instant(at(short, 20, 0)),
            at(short, 13, 15),
            "short session"
        );
    }

    #[test]
    fn median_by_weight() {
        assert_eq!(weighted_median(vec![]), None);
        assert_eq!(weighted_median(vec![(5.0, 2.0)]), Some(5.0));
        assert_eq!(
            weighted_median(vec![(3.0, 1.0), (1.0, 1.0), (2.0, 1.0)]),
            Some(2.0)
        );
        assert_eq!(weighted_median(vec![(1.0, 1.0), (2.0, 1.0)]), Some(1.5));
        let heavy = weighted_median(vec![(1.0, 1.0), (2.0, 100.0), (9.0, 1.0)]);
        assert!((heavy.expect("a median") - 2.0).abs() < 0.01);
    }
}
