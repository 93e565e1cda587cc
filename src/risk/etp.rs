//! VIX exchange-traded products as hedge layers: index weights, SPX-equivalent vega, carry, scenario return.
//!
//! The products follow the S&P 500 VIX futures indices, which roll a little every day. On day t an index
//! holds `CRW_1 = dr / dt` of its first contract and `1 − dr / dt` of its last, `dt` being the business days
//! of the roll period from one VIX settlement (inclusive) to the next (exclusive) and `dr` those left after
//! today; the Mid-Term index also holds one each of the contracts between (S&P Dow Jones Indices, "S&P VIX
//! Futures Indices Methodology"; iPath VXX pricing supplement, November 2022). The return of a day is that of
//! the contracts held since the day before, `Σ CRW P_t / Σ CRW P_{t−1} − 1`.
//!
//! A leveraged product multiplies *daily* returns, so over several days it depends on the way and not only
//! on where the index ends: scenario returns are compounded day by day.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::band::Convention;
use super::book::{Book, LegModel};
use super::build::leg_model;
use super::figures::LayerFacts;
use super::joint::{VegaReference, log_return_pct};
use super::scenario::{Moment, Path};
use super::vega_convention::{FutureAt, points_per_vol_point};
use super::vega_slopes::VegaSlopes;
use crate::calendar::{add_trading_days, business_days_within, new_york_date, vix_monthly_expiry};
use crate::instrument::{Contract, Root};
use crate::market::params::Source;
use crate::units::{DAYS_PER_YEAR, OPTION_MULTIPLIER};

/// Months in a year, for the carry of a month.
const MONTHS: f64 = 12.0;

/// Longest horizon of a scenario return, trading days.
pub const LONGEST_HORIZON: u32 = 63;

/// Which index a product follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FuturesIndex {
    /// First and second monthly future.
    ShortTerm,
    /// Fourth to seventh monthly future.
    MidTerm,
}

impl FuturesIndex {
    /// Place of the first contract in the row of monthly futures, from 0.
    fn first(self) -> usize {
        match self {
            Self::ShortTerm => 0,
            Self::MidTerm => 3,
        }
    }

    /// Number of contracts during a roll.
    fn count(self) -> usize {
        match self {
            Self::ShortTerm => 2,
            Self::MidTerm => 4,
        }
    }
}

/// A VIX exchange-traded product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Etp {
    /// iPath Series B S&P 500 VIX Short-Term Futures ETN.
    #[default]
    Vxx,
    /// `ProShares` Ultra VIX Short-Term Futures ETF.
    Uvxy,
    /// `ProShares` Short VIX Short-Term Futures ETF.
    Svxy,
    /// `ProShares` VIX Mid-Term Futures ETF.
    Vixm,
}

impl Etp {
    /// All products, in the order shown.
    pub const ALL: [Self; 4] = [Self::Vxx, Self::Uvxy, Self::Svxy, Self::Vixm];

    /// Its ticker.
    pub fn label(self) -> &'static str {
        match self {
            Self::Vxx => "VXX",
            Self::Uvxy => "UVXY",
            Self::Svxy => "SVXY",
            Self::Vixm => "VIXM",
        }
    }

    /// The index that it follows.
    pub fn index(self) -> FuturesIndex {
        match self {
            Self::Vxx | Self::Uvxy | Self::Svxy => FuturesIndex::ShortTerm,
            Self::Vixm => FuturesIndex::MidTerm,
        }
    }

    /// Multiple of the index's daily return.
    pub fn leverage(self) -> f64 {
        match self {
            Self::Vxx | Self::Vixm => 1.0,
            Self::Uvxy => 1.5,
            Self::Svxy => -0.5,
        }
    }

    /// Fee a year as a share of the value, decimal.
    pub fn fee_per_year(self) -> f64 {
        match self {
            Self::Vxx => 0.0089,
            Self::Uvxy | Self::Svxy => 0.0095,
            Self::Vixm => 0.0085,
        }
    }

    /// Where leverage and fee come from.
    pub fn source(self) -> (Source, &'static str) {
        match self {
            Self::Vxx => (
                Source::Verified,
                "iPath pricing supplement, November 2022: 0.89 % a year, act/365",
            ),
            Self::Uvxy => (
                Source::Assumption,
                "ProShares: 1.5 times daily since 28 February 2018, 0.95 % a year; check the prospectus",
            ),
            Self::Svxy => (
                Source::Assumption,
                "ProShares: −0.5 times daily since 28 February 2018, 0.95 % a year; check the prospectus",
            ),
            Self::Vixm => (
                Source::Assumption,
                "ProShares: 0.85 % a year; check the prospectus",
            ),
        }
    }
}

/// The contracts of an index at the close of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct RollWeights {
    /// Business days of the roll period.
    pub period_days: i32,
    /// Business days of the period after today.
    pub days_left: i32,
    /// Expiry and relative number of contracts, nearest first.
    pub contracts: Vec<(Date, f64)>,
}

/// What an index holds at the close of `day`.
pub fn roll_weights(index: FuturesIndex, day: Date) -> RollWeights {
    let monthlies: Vec<Date> = (-1..=8)
        .map(|ahead: i32| vix_monthly_expiry(day.first_of_month().saturating_add(ahead.months())))
        .collect();
    let next = monthlies
        .partition_point(|expiry| *expiry <= day)
        .clamp(1, monthlies.len() - index.first() - index.count());
    let period_days = business_days_within(monthlies[next - 1]..monthlies[next]);
    let tomorrow = day.saturating_add(1.day());
    let days_left = business_days_within(tomorrow..monthlies[next]);
    let share = f64::from(days_left) / f64::from(period_days.max(1));
    let held = &monthlies[next + index.first()..next + index.first() + index.count()];
    let last = held.len() - 1;
    let contracts = held.iter().enumerate().map(|(place, expiry)| {
        let number = match place {
            0 => share,
            place if place == last => 1.0 - share,
            _between => 1.0,
        };
        (*expiry, number)
    });
    RollWeights {
        period_days,
        days_left,
        contracts: contracts.collect(),
    }
}

/// A holding of one product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EtpHolding {
    /// The product.
    pub etp: Etp,
    /// Price of a share in dollars, > 0.
    pub price_usd: f64,
    /// Shares held; negative when sold short.
    pub shares: f64,
    /// Fee a year, decimal.
    pub fee_per_year: f64,
}

/// A future in an index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EtpComponent {
    /// Its expiry.
    pub expiry: Date,
    /// Calendar days to its settlement.
    pub days: f64,
    /// Its price today, VIX points.
    pub price: f64,
    /// Share of the index's value in it, 0 to 1.
    pub weight: f64,
}

/// What a holding is worth to the hedge.
#[derive(Clone, Debug, PartialEq)]
pub struct EtpFacts {
    /// The holding.
    pub holding: EtpHolding,
    /// What the index holds.
    pub components: Vec<EtpComponent>,
    /// Value in dollars.
    pub value_usd: f64,
    /// SPX-equivalent vega of a share in points of a ×100 product; `None` without a condor to measure by.
    pub vega_points_per_share: Option<f64>,
    /// SPX-equivalent vega of the holding, dollars per vol point of the condor's ATM vol.
    pub equivalent_vega_usd: Option<f64>,
    /// Carry of a month by the method's rule, as a share of the value: `−leverage · (F2 / F1 − 1) − fee / 12`.
    pub carry_per_month: f64,
    /// The same of the holding in dollars.
    pub carry_per_month_usd: f64,
}

/// The factor that vega is measured by.
#[derive(Clone, Debug, PartialEq)]
pub struct VegaMeasure {
    /// The condor expiry; `None` without SPX legs.
    pub reference: Option<VegaReference>,
    /// How a point of a VIX future counts.
    pub convention: Convention,
    /// How futures have moved with VIX of late, for the regression.
    pub slopes: Option<std::sync::Arc<VegaSlopes>>,
}

/// The facts of a holding in today's market.
pub fn etp_facts(book: &Book, measure: &VegaMeasure, holding: EtpHolding) -> EtpFacts {
    let components = components(book, holding.etp.index());
    let leverage = holding.etp.leverage();
    let per_value = measure.reference.map(|reference| {
        let share = |part: &EtpComponent| {
            let future = FutureAt {
                expiry: part.expiry,
                price: part.price,
                days: part.days,
            };
            let by = (reference, measure.slopes.as_deref());
            let points = points_per_vol_point(book, future, by, measure.convention);
            part.weight * points / part.price
        };
        leverage * components.iter().map(share).sum::<f64>()
    });
    let value_usd = holding.price_usd * holding.shares;
    let carry_per_month = -leverage * month_on_curve(&components) - holding.fee_per_year / MONTHS;
    EtpFacts {
        value_usd,
        vega_points_per_share: per_value.map(|vega| holding.price_usd * vega / OPTION_MULTIPLIER),
        equivalent_vega_usd: per_value.map(|vega| value_usd * vega),
        carry_per_month,
        carry_per_month_usd: value_usd * carry_per_month,
        components,
        holding,
    }
}

/// What an index holds now and at what prices.
fn components(book: &Book, index: FuturesIndex) -> Vec<EtpComponent> {
    let weights = roll_weights(index, new_york_date(book.market.as_of));
    let curve = &book.market.curve;
    let priced: Vec<(Date, f64, f64)> = weights
        .contracts
        .iter()
        .map(|(expiry, number)| {
            let price = curve.future_for(*expiry);
            (*expiry, price, number * price)
        })
        .collect();
    let total: f64 = priced.iter().map(|(.., value)| value).sum();
    priced
        .into_iter()
        .map(|(expiry, price, value)| EtpComponent {
            expiry,
            days: curve.days_to(expiry),
            price,
            weight: value / total,
        })
        .collect()
}

/// How much dearer the curve is one month on: `F2 / F1 − 1`, over several contracts per step.
fn month_on_curve(components: &[EtpComponent]) -> f64 {
    match components {
        [first, .., last] => {
            let steps = (components.len() - 1) as f64;
            (last.price / first.price).powf(1.0 / steps) - 1.0
        }
        [] | [_] => 0.0,
    }
}

/// Return of a holding's share over a scenario, as a share of today's value (0 at no move and no time).
///
/// SPX goes straight, in logs, to a simple move of `spx_pct` over `trading_days` (0: at once), VIX and its
/// futures follow by the joint model, the index rolls every day, and each day's value earns the T-bill rate
/// less the fee. Never below −1: a product that loses everything in a day is closed. The horizon stops at
/// [`LONGEST_HORIZON`].
pub fn etp_return(book: &Book, holding: &EtpHolding, spx_pct: f64, trading_days: u32) -> f64 {
    let log_move = log_return_pct(spx_pct.max(-99.0)) / 100.0;
    let steps = trading_days.clamp(1, LONGEST_HORIZON);
    let today = new_york_date(book.market.as_of);
    let leverage = holding.etp.leverage();
    let net_rate = book.market.rate - holding.fee_per_year;
    let mut growth = 1.0;
    let mut before = one_point(book, Moment::NOW, 0.0);
    let mut held_from = today;
    for step in 1..=steps {
        let (moment, to) = if trading_days == 0 {
            (Moment::NOW, today)
        } else {
            (
                book.moment_in_trading_days(step),
                add_trading_days(today, step.cast_signed()),
            )
        };
        let after = one_point(book, moment, log_move * f64::from(step) / f64::from(steps));
        let weights = roll_weights(holding.etp.index(), held_from);
        let value = |path: &Path| -> f64 {
            let parts = weights.contracts.iter();
            parts
                .map(|(expiry, number)| number * future_on(book, *expiry, path))
                .sum()
        };
        let index_return = value(&after) / value(&before) - 1.0;
        let years = moment.elapsed_years - before.scenario.moment.elapsed_years;
        growth *= (1.0 + leverage * index_return + net_rate * years).max(0.0);
        (before, held_from) = (after, to);
    }
    growth - 1.0
}

fn one_point(book: &Book, moment: Moment, log_move: f64) -> Path {
    let spot = if log_move == 0.0 {
        book.market.spx
    } else {
        book.market.spx * log_move.exp()
    };
    book.path(book.scenario(moment), vec![spot])
}

/// A monthly VIX future on a path of one point.
fn future_on(book: &Book, expiry: Date, path: &Path) -> f64 {
    let contract = Contract::Future {
        root: Root::Vx,
        expiry,
    };
    let params = path.scenario.params(&book.params);
    match leg_model(&book.market, &contract) {
        LegModel::Vix(vix) => vix.futures(&params, book.market.as_ref(), path)[0],
        LegModel::Spx(_) => path.vix[0],
    }
}

/// What a unit of SPX vega costs a month, by instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct VegaCost {
    /// The instrument: a ticker or a layer.
    pub name: &'static str,
    /// SPX-equivalent vega, dollars per vol point; negative for short volatility.
    pub vega_usd: f64,
    /// Carry of a month, dollars; negative when it costs.
    pub carry_per_month_usd: f64,
}

impl VegaCost {
    /// The row of a holding; `None` without a condor to measure by.
    pub fn of_etp(facts: &EtpFacts) -> Option<Self> {
        Some(Self {
            name: facts.holding.etp.label(),
            vega_usd: facts.equivalent_vega_usd?,
            carry_per_month_usd: facts.carry_per_month_usd,
        })
    }

    /// The row of a layer: decay and roll-down over a month; `None` when it holds nothing.
    pub fn of_layer(layer: &LayerFacts) -> Option<Self> {
        (layer.contracts != 0).then(|| Self {
            name: layer.kind.label(),
            vega_usd: layer.equivalent_vega_usd,
            carry_per_month_usd: layer.carry_per_day_usd() * DAYS_PER_YEAR / MONTHS,
        })
    }

    /// Dollars a month for each dollar per vol point of vega held: what long vega costs, or what short vega
    /// earns. Negative when long vega is paid to be held. `None` without vega.
    pub fn per_vega_month(&self) -> Option<f64> {
        let cost = -self.carry_per_month_usd / self.vega_usd;
        cost.is_finite().then_some(cost)
    }
}

#[cfg(test)]
mod tests {
    use super::{Etp, FuturesIndex, roll_weights};
    use jiff::civil::date;

    #[test]
    fn the_published_roll_of_a_day_comes_out() {
        // period 15 April to 19 May 2026: 24 business days, 12 of them after 30 April
        let roll = roll_weights(FuturesIndex::ShortTerm, date(2026, 4, 30));
        assert_eq!((roll.period_days, roll.days_left), (24, 12));
        assert_eq!(
            roll.contracts,
            [(date(2026, 5, 19), 0.5), (date(2026, 6, 17), 0.5)]
        );
        let mid = roll_weights(FuturesIndex::MidTerm, date(2026, 4, 30));
        let numbers: Vec<f64> = mid.contracts.iter().map(|(_, number)| *number).collect();
        assert_eq!(numbers, [0.5, 1.0, 1.0, 0.5]);
        assert_eq!(mid.contracts[0].0, date(2026, 8, 19));
        assert_eq!(mid.contracts[3].0, date(2026, 11, 18));
    }

    #[test]
    fn a_roll_ends_in_the_next_contract_and_begins_anew() {
        let eve = roll_weights(FuturesIndex::ShortTerm, date(2026, 5, 18));
        assert_eq!(eve.contracts[0], (date(2026, 5, 19), 0.0));
        let day = roll_weights(FuturesIndex::ShortTerm, date(2026, 5, 19));
        assert_eq!(day.contracts[0].0, date(2026, 6, 17));
        assert_eq!(day.days_left, day.period_days - 1);
    }

    #[test]
    fn every_day_of_years_has_whole_weights() {
        for day in date(2024, 1, 1)
            .series(jiff::Span::new().days(1))
            .take(1500)
        {
            for etp in Etp::ALL {
                let roll = roll_weights(etp.index(), day);
                let sum: f64 = roll.contracts.iter().map(|(_, number)| number).sum();
                let whole = (etp.index().count() - 1) as f64;
                assert!((sum - whole).abs() < 1e-12, "{day}");
                assert!(roll.contracts.iter().all(|(expiry, _)| *expiry > day));
                assert!((15..=26).contains(&roll.period_days), "{day} {roll:?}");
            }
        }
    }
}
