//! A held expiry's smile as a picture needs it: fitted curve, quotes with what the fit leaves, legs held.
//!
//! SPX smiles are fitted slices in log-moneyness, VIX smiles a template in standardised moneyness; both are
//! given by strike and by `z = ln(K / F) / (sigma_ATM √T)`, so that one picture serves both.

use jiff::civil::Date;

use super::book::Book;
use crate::instrument::{Contract, Right, Root, Underlying};
use crate::market::{Smile, VixSmile};
use crate::units::DAYS_PER_YEAR;

/// Points of the curve.
const POINTS: usize = 161;
/// Least range of standardised moneyness shown, low and high, for SPX and for VIX.
const LEAST_RANGE: [(f64, f64); 2] = [(-2.6, 1.9), (-1.3, 2.6)];
/// Air around the outermost quote or leg, standard deviations.
const AIR: f64 = 0.25;
/// Farthest from the money that is shown, standard deviations.
const FARTHEST: f64 = 8.0;

/// A place on the smile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmilePoint {
    /// Strike in points of the smile's own index.
    pub strike: f64,
    /// Standardised moneyness.
    pub z: f64,
    /// Vol, decimal.
    pub vol: f64,
}

/// A quote and what the fit leaves of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuotePoint {
    /// Where it stands; the vol is the quoted one.
    pub at: SmilePoint,
    /// Call or put.
    pub right: Right,
    /// The fit at its strike, decimal.
    pub fit_vol: f64,
    /// Entered by the user, not read from a chain.
    pub is_own: bool,
}

impl QuotePoint {
    /// Quoted less fitted vol, decimal.
    pub fn residual_vol(&self) -> f64 {
        self.at.vol - self.fit_vol
    }
}

/// A leg held in the expiry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LegPoint {
    /// Where it stands; the vol is the one that it is priced on.
    pub at: SmilePoint,
    /// Call or put.
    pub right: Right,
    /// Net signed contracts of this option over all positions.
    pub quantity: i32,
    /// The fit at its strike, decimal.
    pub fit_vol: f64,
}

impl LegPoint {
    /// The vol that the leg is priced on less the fitted one, decimal.
    pub fn residual_vol(&self) -> f64 {
        self.at.vol - self.fit_vol
    }
}

/// How the curve was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SmileFacts {
    /// Forward of the index, or the VIX future.
    pub forward: f64,
    /// Vol at the forward, decimal.
    pub atm_vol: f64,
    /// d vol / dk at the money; `None` for the VIX template, which has one slope on either side.
    pub skew: Option<f64>,
    /// In words, how much it rests on quotes.
    pub source: &'static str,
    /// Whether no quote stands behind it.
    pub is_assumed: bool,
    /// Quotes fitted.
    pub quotes: usize,
    /// Quotes that gave no vol.
    pub rejected: usize,
    /// Weighted root mean square of the residuals, decimal; `None` without quotes.
    pub rms_vol: Option<f64>,
    /// Whether the curve was searched for butterfly arbitrage by Durrleman's condition.
    pub is_checked: bool,
    /// Strike with the worst butterfly arbitrage, if any.
    pub arbitrage_strike: Option<f64>,
    /// Strikes between which the slice is evaluated; outside, its vol is flat.
    pub trusted: (f64, f64),
}

/// The smile of a held expiry.
#[derive(Clone, Debug, PartialEq)]
pub struct SmileView {
    /// Product family.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
    /// Calendar days to settlement.
    pub days: f64,
    /// How the curve was found.
    pub facts: SmileFacts,
    /// The fit alone, ascending in strike.
    pub curve: Vec<SmilePoint>,
    /// The quotes, ascending in strike.
    pub quotes: Vec<QuotePoint>,
    /// The legs, ascending in strike.
    pub legs: Vec<LegPoint>,
}

impl SmileView {
    /// The curve's vol at a standardised moneyness, between its points; `None` outside.
    pub fn fit_at(&self, z: f64) -> Option<SmilePoint> {
        let upper = self.curve.partition_point(|point| point.z < z);
        let (low, high) = (
            self.curve.get(upper.checked_sub(1)?)?,
            self.curve.get(upper)?,
        );
        let share = (z - low.z) / (high.z - low.z);
        let mix = |a: f64, b: f64| a + share * (b - a);
        Some(SmilePoint {
            strike: low.strike * (high.strike / low.strike).powf(share),
            z,
            vol: mix(low.vol, high.vol),
        })
    }

    /// Standardised moneyness of a strike on this smile.
    pub fn z_of(&self, strike: f64) -> f64 {
        let stdev = self.facts.atm_vol * (self.days / DAYS_PER_YEAR).sqrt();
        (strike / self.facts.forward).ln() / stdev
    }
}

/// One kind of smile, by strike.
enum Source<'a> {
    Spx(&'a Smile),
    Vix(&'a VixSmile),
}

impl Source<'_> {
    fn years(&self) -> f64 {
        match self {
            Self::Spx(smile) => smile.years,
            Self::Vix(smile) => smile.years,
        }
    }

    fn facts(&self) -> SmileFacts {
        match self {
            Self::Spx(smile) => SmileFacts {
                forward: smile.forward,
                atm_vol: smile.atm_vol,
                skew: Some(smile.atm_skew()),
                source: smile.source.label(),
                is_assumed: smile.quotes.is_empty(),
                quotes: smile.quotes.len(),
                rejected: smile.rejected,
                rms_vol: (!smile.quotes.is_empty()).then_some(smile.rms_vol),
                is_checked: true,
                arbitrage_strike: smile.arbitrage_at.map(|k| smile.forward * k.exp()),
                trusted: (
                    smile.forward * smile.k_min.exp(),
                    smile.forward * smile.k_max.exp(),
                ),
            },
            Self::Vix(smile) => SmileFacts {
                forward: smile.future,
                atm_vol: smile.atm_vol,
                skew: None,
                source: if smile.is_assumed() {
                    "template, assumed"
                } else {
                    "template, level fitted"
                },
                is_assumed: smile.is_assumed(),
                quotes: smile.quotes.len(),
                rejected: smile.rejected,
                rms_vol: root_mean_square(
                    smile
                        .quote_residuals()
                        .map(|residual| residual.vol_residual),
                ),
                is_checked: false,
                arbitrage_strike: None,
                trusted: (0.0, f64::INFINITY),
            },
        }
    }

    fn fit_vol(&self, strike: f64) -> f64 {
        match self {
            Self::Spx(smile) => smile.fit_vol(smile.moneyness(strike)),
            Self::Vix(smile) => smile.fit_vol(smile.z(strike)),
        }
    }

    fn vol(&self, strike: f64, right: Right) -> f64 {
        match self {
            Self::Spx(smile) => smile.vol(strike, right),
            Self::Vix(smile) => smile.vol(strike, right),
        }
    }

    fn quotes(&self) -> &[crate::market::SmileQuote] {
        match self {
            Self::Spx(smile) => &smile.quotes,
            Self::Vix(smile) => &smile.quotes,
        }
    }
}

fn root_mean_square(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0.0, 0.0), |(count, sum), value| {
        (count + 1.0, sum + value * value)
    });
    (count > 0.0).then(|| (sum / count).sqrt())
}

/// The smiles of the option expiries held that have not settled: SPX first, then VIX, by expiry.
pub fn smile_views(book: &Book) -> Vec<SmileView> {
    let mut held: Vec<(bool, Date, Root)> = book
        .legs
        .iter()
        .map(|leg| leg.leg.contract)
        .filter(|contract| contract.strike().is_some())
        .map(|contract| {
            let is_vix = contract.underlying() == Underlying::Vix;
            (is_vix, contract.expiry(), contract.root())
        })
        .collect();
    held.sort_unstable();
    held.dedup();
    held.into_iter()
        .filter_map(|(is_vix, expiry, root)| view(book, is_vix, (root, expiry)))
        .collect()
}

fn view(book: &Book, is_vix: bool, (root, expiry): (Root, Date)) -> Option<SmileView> {
    if is_vix {
        let smile = book.market.vix_smile_at(expiry)?;
        Some(drawn(book, &Source::Vix(&smile), (root, expiry)))
    } else {
        let smile = book.market.smile_at(root, expiry)?;
        Some(drawn(book, &Source::Spx(&smile), (root, expiry)))
    }
}

fn drawn(book: &Book, source: &Source<'_>, (root, expiry): (Root, Date)) -> SmileView {
    let facts = source.facts();
    let stdev = facts.atm_vol * source.years().sqrt();
    let at = |strike: f64, vol: f64| SmilePoint {
        strike,
        z: (strike / facts.forward).ln() / stdev,
        vol,
    };
    let quotes: Vec<QuotePoint> = source
        .quotes()
        .iter()
        .map(|quote| QuotePoint {
            at: at(quote.strike, quote.vol),
            right: quote.right,
            fit_vol: source.fit_vol(quote.strike),
            is_own: quote.is_own,
        })
        .collect();
    let legs: Vec<LegPoint> = net_legs(book, root, expiry)
        .into_iter()
        .map(|(strike, right, quantity)| LegPoint {
            at: at(strike, source.vol(strike, right)),
            right,
            quantity,
            fit_vol: source.fit_vol(strike),
        })
        .collect();
    let shown = legs
        .iter()
        .map(|leg| leg.at.z)
        .chain(quotes.iter().map(|quote| quote.at.z));
    let least = LEAST_RANGE[usize::from(matches!(source, Source::Vix(_)))];
    let (low, high) = shown
        .map(|z| z.clamp(-FARTHEST, FARTHEST))
        .fold(least, |(low, high), z| {
            (low.min(z - AIR), high.max(z + AIR))
        });
    let curve = (0..POINTS)
        .map(|index| {
            let z = low + (high - low) * index as f64 / (POINTS - 1) as f64;
            let strike = facts.forward * (z * stdev).exp();
            SmilePoint {
                strike,
                z,
                vol: source.fit_vol(strike),
            }
        })
        .collect();
    SmileView {
        root,
        expiry,
        days: source.years() * DAYS_PER_YEAR,
        facts,
        curve,
        quotes,
        legs,
    }
}

/// Net contracts of every option of an expiry, ascending in strike; those that net to nothing are left out.
fn net_legs(book: &Book, root: Root, expiry: Date) -> Vec<(f64, Right, i32)> {
    let mut net: Vec<(f64, Right, i32)> = Vec::new();
    for leg in &book.legs {
        let Contract::Option {
            root: own,
            expiry: day,
            strike,
            right,
        } = leg.leg.contract
        else {
            continue;
        };
        if (own, day) != (root, expiry) {
            continue;
        }
        let strike = strike.points();
        match net
            .iter_mut()
            .find(|(at, side, _)| *at == strike && *side == right)
        {
            Some((.., quantity)) => *quantity += leg.leg.quantity,
            None => net.push((strike, right, leg.leg.quantity)),
        }
    }
    net.retain(|(.., quantity)| *quantity != 0);
    net.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    net
}
