//! The facts of one iron condor: credit, extremes, break-evens, probabilities, margin. Its sides may stand in two
//! expiries: each is then measured by its own.

use jiff::civil::Date;

use super::book::Book;
use super::exposure::spx_greeks;
use super::figures::{CondorFacts, LegRow, SpxGreeks};
use super::margin::{UnequalWings, condor_margin_usd, portfolio_margin_usd, portfolio_moves};
use super::probability::{Barrier, Level, expected_move_points};
use super::scenario::{Moment, Path, Scenario};
use crate::instrument::{Position, Side, Wings};
use crate::market::{ModelParams, Smile, SmileMode};
use crate::pricing::Right;
use crate::units::OPTION_MULTIPLIER;

/// Entry terms of a short iron condor, from which everything at expiry follows. Points per condor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CondorTerms {
    /// Strikes: long put, short put, short call, long call.
    pub strikes: [f64; 4],
    /// Number of condors.
    pub contracts: u32,
    /// Net entry credit per condor in points; negative when it was paid for.
    pub credit_points: f64,
}

impl CondorTerms {
    /// The terms of a condor read off its legs.
    pub fn of(wings: &Wings) -> Self {
        Self {
            strikes: wings.strikes(),
            contracts: wings.contracts.unsigned_abs(),
            credit_points: wings.credit_points(),
        }
    }

    /// Profit at expiry per condor in points when the index settles at `settlement`.
    pub fn profit_points(&self, settlement: f64) -> f64 {
        let [long_put, short_put, short_call, long_call] = self.strikes;
        let put_spread = (short_put - settlement).max(0.0) - (long_put - settlement).max(0.0);
        let call_spread = (settlement - short_call).max(0.0) - (settlement - long_call).max(0.0);
        self.credit_points - put_spread - call_spread
    }

    /// Dollars of the whole position per point of one condor.
    pub fn usd_per_point(&self) -> f64 {
        f64::from(self.contracts) * OPTION_MULTIPLIER
    }

    /// Largest profit and largest loss at expiry in dollars; the loss is a positive number.
    pub fn extremes_usd(&self) -> (f64, f64) {
        let worst = self
            .strikes
            .map(|strike| self.profit_points(strike))
            .into_iter()
            .fold(f64::INFINITY, f64::min);
        (
            self.credit_points * self.usd_per_point(),
            -worst * self.usd_per_point(),
        )
    }

    /// Break-evens at expiry: short strikes moved out by the credit.
    pub fn break_evens(&self) -> [f64; 2] {
        [
            self.strikes[1] - self.credit_points,
            self.strikes[2] + self.credit_points,
        ]
    }

    /// Widths of the put and the call wing in points.
    pub fn widths(&self) -> [f64; 2] {
        [
            self.strikes[1] - self.strikes[0],
            self.strikes[3] - self.strikes[2],
        ]
    }
}

/// Settings that the facts of a condor depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CondorRules {
    /// Margin of unequal wings.
    pub unequal_wings: UnequalWings,
    /// Hedge debit per condor in points that the break-evens must earn back too; 0 leaves it out.
    pub hedge_debit_points: f64,
}

/// The facts of a condor whose legs stand in `rows`.
pub fn condor_facts(
    book: &Book,
    position: &Position,
    wings: &Wings,
    rows: &[LegRow],
    rules: CondorRules,
) -> CondorFacts {
    let contracts = wings.contracts;
    let terms = CondorTerms::of(wings);
    let measured = CondorTerms {
        credit_points: terms.credit_points - rules.hedge_debit_points,
        ..terms
    };
    let (max_profit_usd, mut max_loss_usd) = terms.extremes_usd();
    let [put_width, call_width] = terms.widths();
    let mut reg_t_margin_usd =
        condor_margin_usd(put_width, call_width, contracts, rules.unequal_wings);
    if !wings.is_one_series() {
        // Both can lose, so each is margined as a spread.
        max_loss_usd = wings.max_loss_usd();
        reg_t_margin_usd = wings.points_at_risk() * wings.usd_per_point();
    }
    let own: Vec<&LegRow> = rows
        .iter()
        .filter(|row| row.position == position.id)
        .collect();
    let greeks: SpxGreeks = own.iter().map(|row| spx_greeks(row)).sum();
    let levels = measured.break_evens();
    let odds = [
        SideOdds::of(book, &wings.put, levels[0]),
        SideOdds::of(book, &wings.call, levels[1]),
    ];
    let living = odds.iter().flatten();
    let nearest = living.min_by(|a, b| a.years.total_cmp(&b.years));
    let expiry = nearest.map_or_else(|| wings.nearest_expiry(), |side| side.expiry);
    let of_nearest = |take: fn(&SideOdds) -> f64| nearest.map_or(0.0, take);
    let each =
        |take: fn(&SideOdds) -> f64| odds.each_ref().map(|side| side.as_ref().map_or(0.0, take));
    CondorFacts {
        position: position.id,
        name: position.name.clone(),
        expiry,
        side_expiries: wings.sides().map(Side::expiry),
        days: (own.iter().find(|row| row.contract.expiry() == expiry)).map_or(0, |row| row.days),
        years: of_nearest(|side| side.years),
        side_years: each(|side| side.years),
        contracts,
        strikes: terms.strikes,
        width_points: put_width.max(call_width),
        credit_points: terms.credit_points,
        credit_usd: terms.credit_points * terms.usd_per_point(),
        max_profit_usd,
        max_loss_usd,
        break_evens: levels,
        expected_move_points: of_nearest(|side| side.expected_move_points),
        side_moves_points: each(|side| side.expected_move_points),
        break_even_margin: each(|side| side.margin),
        break_even_margin_log: each(|side| side.margin_log),
        probability_of_profit: between(&odds, |side| side.below),
        probability_of_profit_flat: between(&odds, |side| side.below_flat),
        probability_of_touch: each(|side| side.touch),
        reg_t_margin_usd,
        portfolio_margin_usd: portfolio_margin(book, position),
        atm_vol: of_nearest(|side| side.atm_vol),
        greeks,
        open_pl_usd: own.iter().map(|row| row.open_pl_usd).sum(),
    }
}

/// What the smile of a side's expiry says of its break-even and its short strike.
struct SideOdds {
    expiry: Date,
    years: f64,
    atm_vol: f64,
    expected_move_points: f64,
    /// Distance of the break-even in expected moves, and in deviations of the log price.
    margin: f64,
    margin_log: f64,
    /// Probability to settle below the break-even, by the smile and at one ATM vol.
    below: f64,
    below_flat: f64,
    /// Probability that the short strike is touched.
    touch: f64,
}

/// Probability to settle between both break-evens; a side that has settled takes nothing from it, and 0 once
/// both have.
fn between(odds: &[Option<SideOdds>; 2], below: fn(&SideOdds) -> f64) -> f64 {
    let [low, high] = odds;
    if low.is_none() && high.is_none() {
        return 0.0;
    }
    let (high, low) = (
        high.as_ref().map_or(1.0, below),
        low.as_ref().map_or(0.0, below),
    );
    (high - low).clamp(0.0, 1.0)
}

impl SideOdds {
    /// `None` once the side has settled: nothing is uncertain any more.
    fn of(book: &Book, spread: &Side, break_even: f64) -> Option<Self> {
        let contract = spread.short.contract;
        let (root, right, strike) = (contract.root(), contract.right()?, contract.strike()?);
        let smile = book.market.smile_at(root, contract.expiry())?;
        let spot = book.market.spx * root.index_scale();
        let (years, atm_vol, forward) = (smile.years, smile.atm_vol, smile.forward);
        let expected = expected_move_points(spot, atm_vol, years);
        let outward = right.sign();
        let below = |flat: bool| level(&smile, break_even, flat).probability_below();
        let stdev = atm_vol * years.sqrt();
        let margin_log = if stdev > 0.0 {
            ((break_even / forward).ln() + 0.5 * stdev * stdev) / stdev
        } else {
            0.0
        };
        let drift = if years > 0.0 {
            (forward / spot).ln() / years
        } else {
            0.0
        };
        let barrier = Barrier {
            spot,
            level: strike,
            vol: smile.vol(strike, right),
            years,
            drift,
        };
        Some(Self {
            expiry: contract.expiry(),
            years,
            atm_vol,
            expected_move_points: expected,
            margin: if expected > 0.0 {
                outward * (break_even - spot) / expected
            } else {
                0.0
            },
            margin_log: outward * margin_log,
            below: below(false),
            below_flat: below(true),
            touch: barrier.probability_of_touch(),
        })
    }
}

/// The right that is out of the money at a strike: the one that is quoted.
fn side(strike: f64, forward: f64) -> Right {
    if strike < forward {
        Right::Put
    } else {
        Right::Call
    }
}

/// A level on the smile, with the slope of vol there, or on one flat ATM vol.
fn level(smile: &Smile, strike: f64, flat: bool) -> Level {
    let (vol, vol_slope_per_point) = if flat {
        (smile.atm_vol, 0.0)
    } else {
        (
            smile.vol(strike, side(strike, smile.forward)),
            smile.vol_slope_per_point(strike),
        )
    };
    Level {
        forward: smile.forward,
        strike,
        vol,
        vol_slope_per_point,
        years: smile.years,
    }
}

/// The portfolio estimate of one SPX position: ten instant moves at fixed vols.
fn portfolio_margin(book: &Book, position: &Position) -> f64 {
    let legs: Vec<_> = book
        .legs
        .iter()
        .filter(|leg| leg.position == position.id)
        .collect();
    let (path, params) = fixed_vol_path(book);
    let fixed = Book {
        params,
        ..book.clone()
    };
    let mut profits = vec![0.0; path.len() - 1];
    for leg in &legs {
        let Ok(prices) = fixed.pricer(&path).prices(leg) else {
            continue;
        };
        let now = prices[prices.len() - 1];
        for (profit, price) in profits.iter_mut().zip(&prices) {
            *profit += leg.usd_per_point() * (price - now);
        }
    }
    let contracts = legs.iter().map(|leg| leg.leg.quantity.abs()).sum();
    portfolio_margin_usd(&profits, contracts)
}

/// The ten moves of the portfolio estimate, then no move, with every vol held.
fn fixed_vol_path(book: &Book) -> (Path, ModelParams) {
    let params = ModelParams {
        smile_mode: SmileMode::StickyStrike,
        ..book.params.clone()
    };
    let spots = portfolio_moves()
        .chain([0.0])
        .map(|step| book.market.spx * (1.0 + step))
        .collect();
    let scenario = Scenario::at(&params, Moment::NOW);
    (
        Path::through(&params, book.origin(), scenario, spots),
        params,
    )
}

#[cfg(test)]
mod tests {
    use super::CondorTerms;

    const WORKED: CondorTerms = CondorTerms {
        strikes: [5590.0, 5640.0, 6305.0, 6355.0],
        contracts: 10,
        credit_points: 12.095_952,
    };

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!(
            (found - expected).abs() <= tolerance,
            "found {found}, expected {expected}"
        );
    }

    #[test]
    fn the_worked_condor_s_expiry_is_pinned() {
        let (profit, loss) = WORKED.extremes_usd();
        near(profit, 12_095.952, 1e-6);
        near(loss, 37_904.048, 1e-6);
        let [low, high] = WORKED.break_evens();
        near(low, 5627.904, 1e-3);
        near(high, 6317.096, 1e-3);
    }

    #[test]
    fn profit_is_zero_at_the_break_evens() {
        for level in WORKED.break_evens() {
            near(WORKED.profit_points(level), 0.0, 1e-12);
        }
    }
}
