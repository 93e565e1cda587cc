//! Builders: structures as lists of legs, and the structure that a list of legs forms.
//!
//! A structure names what is traded, in units of one. Its quantity is positive when bought and
//! negative when sold, and *buying* always means paying its net price: the dear vertical leg, or the
//! inside of a condor. So the desk's condors have negative quantities and a positive net price, the
//! credit.

use jiff::civil::Date;

use super::condor::condor_shape;
use super::contract::{Contract, ContractError};
use super::leg::{Leg, LegError};
use super::right::Right;
use super::root::Root;
use crate::calendar::{ExpirySeries, is_listed_expiry};

/// The options of one root and expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OptionSeries {
    /// Product family, an option root.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
}

impl OptionSeries {
    /// VIX options of that day: root `VIX` on a monthly expiry, `VIXW` on any other day.
    pub fn vix(expiry: Date) -> Self {
        let monthly = is_listed_expiry(ExpirySeries::VixMonthly, expiry);
        let root = if monthly { Root::Vix } else { Root::Vixw };
        Self { root, expiry }
    }

    /// The SPX and SPXW series listed on the day `from`, by expiry; the AM-settled one first where a
    /// day has both.
    pub fn spx_listed(from: Date) -> Vec<Self> {
        let mut listed: Vec<Self> = [Root::Spx, Root::Spxw]
            .into_iter()
            .flat_map(|root| {
                let expiries = root.listed_expiries(from).into_iter();
                expiries.map(move |expiry| Self { root, expiry })
            })
            .collect();
        listed.sort_by_key(|series| (series.expiry, series.root));
        listed
    }

    fn option(self, strike: f64, right: Right) -> Result<Contract, ContractError> {
        Contract::option(self.root, self.expiry, strike, right)
    }
}

/// A tradable combination in units of one: make it with the constructors, which check it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Structure(Shape);

/// The kinds of structure; contracts by ascending strike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    IronCondor([Contract; 4]),
    Vertical([Contract; 2], Right),
    Single(Contract),
}

/// Why a structure cannot be built, or its legs not be made.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum StructureError {
    /// Strikes that do not ascend.
    #[error("strikes must ascend: {0} is followed by {1}")]
    CrossedStrikes(f64, f64),
    /// A list of prices that does not fit the legs.
    #[error("{given} prices for {needed} legs")]
    PriceCount {
        /// Prices given.
        given: usize,
        /// Legs of the structure.
        needed: usize,
    },
    /// A net price that is negative or not a finite number.
    #[error("net price {0}: expected points, 0 or more")]
    NetPrice(f64),
    /// Terms that make no contract.
    #[error(transparent)]
    Contract(#[from] ContractError),
    /// Numbers that make no leg.
    #[error(transparent)]
    Leg(#[from] LegError),
}

impl Structure {
    /// An iron condor (an iron butterfly when the inner strikes are equal).
    ///
    /// # Errors
    /// [`StructureError`] when the strikes cross or the series is no option.
    pub fn iron_condor(series: OptionSeries, strikes: [f64; 4]) -> Result<Self, StructureError> {
        let [outer_put, inner_put, inner_call, outer_call] = strikes;
        ascend(outer_put, inner_put)?;
        if inner_put > inner_call {
            return Err(StructureError::CrossedStrikes(inner_put, inner_call));
        }
        ascend(inner_call, outer_call)?;
        Ok(Self(Shape::IronCondor([
            series.option(outer_put, Right::Put)?,
            series.option(inner_put, Right::Put)?,
            series.option(inner_call, Right::Call)?,
            series.option(outer_call, Right::Call)?,
        ])))
    }

    /// A vertical spread between two ascending strikes. Bought, it is long the dear leg: the higher
    /// put or the lower call.
    ///
    /// # Errors
    /// [`StructureError`] when the strikes cross or the series is no option.
    pub fn vertical(
        series: OptionSeries,
        right: Right,
        strikes: [f64; 2],
    ) -> Result<Self, StructureError> {
        let [low, high] = strikes;
        ascend(low, high)?;
        let legs = [series.option(low, right)?, series.option(high, right)?];
        Ok(Self(Shape::Vertical(legs, right)))
    }

    /// One contract.
    pub fn single(contract: Contract) -> Self {
        Self(Shape::Single(contract))
    }

    /// A VIX call of that expiry (root by [`OptionSeries::vix`]).
    ///
    /// # Errors
    /// [`StructureError::Contract`] when the strike is no positive number.
    pub fn vix_call(expiry: Date, strike: f64) -> Result<Self, StructureError> {
        Ok(Self::single(
            OptionSeries::vix(expiry).option(strike, Right::Call)?,
        ))
    }

    /// A VIX call spread between two ascending strikes.
    ///
    /// # Errors
    /// [`StructureError`] when the strikes cross or are no positive numbers.
    pub fn vix_call_spread(expiry: Date, strikes: [f64; 2]) -> Result<Self, StructureError> {
        Self::vertical(OptionSeries::vix(expiry), Right::Call, strikes)
    }

    /// A VIX future, root `VX` or `VXM`.
    ///
    /// # Errors
    /// [`StructureError::Contract`] when the root is no future.
    pub fn vix_future(root: Root, expiry: Date) -> Result<Self, StructureError> {
        Ok(Self::single(Contract::future(root, expiry)?))
    }

    /// The contracts of one bought unit by ascending strike, each +1 (bought) or −1 (sold).
    pub fn parts(&self) -> Vec<(Contract, i32)> {
        match self.0 {
            Shape::IronCondor(legs) => legs.into_iter().zip([-1, 1, 1, -1]).collect(),
            Shape::Vertical(legs, Right::Put) => legs.into_iter().zip([-1, 1]).collect(),
            Shape::Vertical(legs, Right::Call) => legs.into_iter().zip([1, -1]).collect(),
            Shape::Single(contract) => vec![(contract, 1)],
        }
    }

    /// `IC`, `PV` (put vertical), `CV` (call vertical), or `C`, `P`, and nothing for a future.
    pub fn code(&self) -> &'static str {
        match self.0 {
            Shape::IronCondor(_) => "IC",
            Shape::Vertical(_, Right::Put) => "PV",
            Shape::Vertical(_, Right::Call) => "CV",
            Shape::Single(contract) => match contract.right() {
                Some(Right::Call) => "C",
                Some(Right::Put) => "P",
                None => "",
            },
        }
    }

    /// Points between the strikes (the wider wing of a condor): no net price can be above it.
    /// `None` for a single contract.
    pub fn width_points(&self) -> Option<f64> {
        let between = |low: Contract, high: Contract| Some(high.strike()? - low.strike()?);
        match self.0 {
            Shape::IronCondor([a, b, c, d]) => Some(between(a, b)?.max(between(c, d)?)),
            Shape::Vertical([low, high], _) => between(low, high),
            Shape::Single(_) => None,
        }
    }

    /// Net price in points of one unit: what the bought unit costs, and the sold one brings.
    ///
    /// # Errors
    /// [`StructureError::PriceCount`] when there is not one price for each of [`Self::parts`].
    pub fn net_price(&self, prices: &[f64]) -> Result<f64, StructureError> {
        let parts = self.parts();
        same_count(prices.len(), parts.len())?;
        Ok(parts
            .iter()
            .zip(prices)
            .map(|((_, ratio), price)| f64::from(*ratio) * price)
            .sum())
    }

    /// The legs of so many units (negative when sold) at one price for each of [`Self::parts`].
    ///
    /// # Errors
    /// [`StructureError`] when the count of prices is wrong or a leg is.
    pub fn legs(&self, quantity: i32, prices: &[f64]) -> Result<Vec<Leg>, StructureError> {
        let parts = self.parts();
        same_count(prices.len(), parts.len())?;
        parts
            .iter()
            .zip(prices)
            .map(|((contract, ratio), price)| {
                let quantity = quantity.saturating_mul(*ratio);
                Ok(Leg::new(*contract, quantity, *price)?)
            })
            .collect()
    }

    /// Prices for the legs that add up to a traded net price and stay nearest to `model` prices: the
    /// difference is shared equally, and no leg goes below 0. Without a model (an empty slice) the
    /// legs that the net price pays for carry it alone.
    ///
    /// # Errors
    /// [`StructureError`] when the count is wrong or the net price is not 0 or more.
    pub fn split_net_price(&self, net: f64, model: &[f64]) -> Result<Vec<f64>, StructureError> {
        if !(net >= 0.0 && net.is_finite()) {
            return Err(StructureError::NetPrice(net));
        }
        let parts = self.parts();
        let mut prices: Vec<f64> = if model.is_empty() {
            vec![0.0; parts.len()]
        } else {
            same_count(model.len(), parts.len())?;
            model
                .iter()
                .map(|p| if p.is_finite() { p.max(0.0) } else { 0.0 })
                .collect()
        };
        for _ in 0..=parts.len() {
            let missing = net - self.net_price(&prices)?;
            let moves = |ratio: i32, price: f64| f64::from(ratio) * missing > 0.0 || price > 0.0;
            let movable = parts
                .iter()
                .zip(&prices)
                .filter(|((_, r), p)| moves(*r, **p))
                .count();
            if movable == 0 {
                break;
            }
            let share = missing / movable as f64;
            for ((_, ratio), price) in parts.iter().zip(&mut prices) {
                if moves(*ratio, *price) {
                    *price = (*price + f64::from(*ratio) * share).max(0.0);
                }
            }
        }
        Ok(prices)
    }

    /// The structure that legs form, its quantity, and the legs' places in the order of
    /// [`Self::parts`]; `None` when they form no structure.
    pub fn recognise(legs: &[Leg]) -> Option<(Self, i32, Vec<usize>)> {
        match legs {
            [only] => Some((Self::single(only.contract), only.quantity, vec![0])),
            [_, _] => Self::recognise_vertical(legs),
            [_, _, _, _] => {
                let (order, quantity) = condor_shape(legs)?;
                let contracts = order.map(|index| legs[index].contract);
                Some((Self(Shape::IronCondor(contracts)), quantity, order.to_vec()))
            }
            _ => None,
        }
    }

    fn recognise_vertical(legs: &[Leg]) -> Option<(Self, i32, Vec<usize>)> {
        let mut order = vec![0, 1];
        order.sort_by_key(|index| legs[*index].contract);
        let (low, high) = (legs[order[0]], legs[order[1]]);
        let series = OptionSeries {
            root: low.contract.root(),
            expiry: low.contract.expiry(),
        };
        let right = low.contract.right()?;
        let same = high.contract.root() == series.root
            && high.contract.expiry() == series.expiry
            && high.contract.right() == Some(right)
            && low.quantity.checked_neg() == Some(high.quantity);
        let strikes = [low.contract.strike()?, high.contract.strike()?];
        let structure = Self::vertical(series, right, strikes)
            .ok()
            .filter(|_| same)?;
        let dear = match right {
            Right::Put => high,
            Right::Call => low,
        };
        Some((structure, dear.quantity, order))
    }
}

/// Checks that the second strike is above the first.
fn ascend(low: f64, high: f64) -> Result<(), StructureError> {
    if low >= high {
        return Err(StructureError::CrossedStrikes(low, high));
    }
    Ok(())
}

/// Checks that there is one price per leg.
fn same_count(given: usize, needed: usize) -> Result<(), StructureError> {
    if given == needed {
        Ok(())
    } else {
        Err(StructureError::PriceCount { given, needed })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::CondorView;

    const SERIES: OptionSeries = OptionSeries {
        root: Root::Spx,
        expiry: date(2027, 1, 15),
    };

    fn condor() -> Structure {
        Structure::iron_condor(SERIES, [6000.0, 6050.0, 6950.0, 7000.0]).expect("valid")
    }

    #[test]
    fn a_sold_condor_is_a_condor_with_its_credit() {
        let prices = [30.8, 35.7, 22.45, 15.25];
        let legs = condor().legs(-10, &prices).expect("legs");
        assert_eq!(
            legs.iter().map(|leg| leg.quantity).collect::<Vec<_>>(),
            [10, -10, -10, 10]
        );
        let view = CondorView::of(&legs).expect("a condor");
        let net = condor().net_price(&prices).expect("four prices");
        assert!((view.credit_points() - net).abs() < 1e-12);
        assert!((net - 12.1).abs() < 1e-9);
    }

    #[test]
    fn bought_verticals_are_long_the_dear_leg() {
        let quantities = |right| {
            let spread = Structure::vertical(SERIES, right, [5590.0, 5640.0]).expect("valid");
            let legs = spread.legs(2, &[1.0, 1.0]).expect("legs");
            (legs[0].quantity, legs[1].quantity)
        };
        assert_eq!(quantities(Right::Put), (-2, 2));
        assert_eq!(quantities(Right::Call), (2, -2));
    }

    #[test]
    fn a_third_friday_lists_both_settlements() {
        let listed = OptionSeries::spx_listed(date(2026, 6, 24));
        let roots = |day| -> Vec<Root> {
            let on_day = listed.iter().filter(|series| series.expiry == day);
            on_day.map(|series| series.root).collect()
        };
        assert_eq!(roots(date(2026, 7, 17)), [Root::Spx, Root::Spxw]);
        assert_eq!(roots(date(2026, 7, 16)), [Root::Spxw]);
        assert!(listed.is_sorted_by_key(|series| series.expiry));
    }

    #[test]
    fn crossed_and_foreign_terms_are_refused() {
        assert_eq!(
            Structure::vertical(SERIES, Right::Put, [50.0, 50.0]),
            Err(StructureError::CrossedStrikes(50.0, 50.0))
        );
        assert!(Structure::iron_condor(SERIES, [6000.0, 6990.0, 6950.0, 7000.0]).is_err());
        assert!(Structure::iron_condor(SERIES, [f64::NAN, 6050.0, 6950.0, 7000.0]).is_err());
        let future = OptionSeries {
            root: Root::Vx,
            ..SERIES
        };
        assert!(Structure::vertical(future, Right::Put, [40.0, 50.0]).is_err());
        assert!(Structure::vix_future(Root::Vix, date(2026, 9, 16)).is_err());
        assert!(condor().legs(-10, &[1.0]).is_err());
    }

    #[test]
    fn vix_builders_choose_the_root_by_the_day() {
        let root = |day| {
            Structure::vix_call(day, 22.0).expect("valid").parts()[0]
                .0
                .root()
        };
        assert_eq!(root(date(2026, 9, 16)), Root::Vix);
        assert_eq!(root(date(2026, 9, 9)), Root::Vixw);
        let spread = Structure::vix_call_spread(date(2026, 9, 16), [22.0, 30.0]).expect("valid");
        assert_eq!((spread.code(), spread.width_points()), ("CV", Some(8.0)));
    }

    #[test]
    fn a_net_price_without_a_model_rests_on_the_paid_legs() {
        let prices = condor().split_net_price(6.4, &[]).expect("prices");
        assert_eq!(prices, [0.0, 3.2, 3.2, 0.0]);
    }

    #[test]
    fn a_net_price_moves_the_model_as_little_as_it_can() {
        let model = [30.0, 35.0, 22.0, 15.0];
        let prices = condor().split_net_price(14.0, &model).expect("prices");
        assert_eq!(prices, [29.5, 35.5, 22.5, 14.5]);
        let tight = condor()
            .split_net_price(0.0, &[0.1, 5.0, 0.1, 0.2])
            .expect("prices");
        assert!(
            condor().net_price(&tight).expect("four").abs() < 1e-12,
            "{tight:?}"
        );
        assert!(tight.iter().all(|price| *price >= 0.0));
        assert!(condor().split_net_price(-1.0, &model).is_err());
        assert!(condor().split_net_price(f64::NAN, &model).is_err());
    }

    #[test]
    fn recognises_what_it_builds() {
        let structures = [
            condor(),
            Structure::vertical(SERIES, Right::Put, [5590.0, 5640.0]).expect("valid"),
            Structure::vix_call_spread(date(2026, 9, 16), [22.0, 30.0]).expect("valid"),
            Structure::vix_future(Root::Vxm, date(2026, 9, 16)).expect("valid"),
        ];
        for structure in structures {
            for quantity in [-3, 3] {
                let prices = vec![1.0; structure.parts().len()];
                let mut legs = structure.legs(quantity, &prices).expect("legs");
                legs.reverse();
                let (found, count, _) = Structure::recognise(&legs).expect("recognised");
                assert_eq!((found, count), (structure, quantity));
            }
        }
    }
}
