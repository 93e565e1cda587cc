//! Dollars and cents by cause. Whole cents, so that parts add up to the profit exactly and not nearly.

use std::ops::{Add, AddAssign, Neg, Sub};

use crate::instrument::LayerKind;

/// Whole cents; positive is a gain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub i64);

impl Cents {
    /// The nearest cent to an amount of dollars; what is no number is nothing.
    pub fn from_usd(usd: f64) -> Self {
        let cents = (usd * 100.0).round();
        Self(if cents.is_finite() { cents as i64 } else { 0 })
    }

    /// Dollars.
    pub fn usd(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Add for Cents {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Cents {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Cents {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl std::iter::Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self(0), Add::add)
    }
}

/// What made or lost money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The index moved: delta of SPX options times the move.
    Delta,
    /// … and moved far: half their gamma times the move squared.
    Gamma,
    /// Time passed: theta of all options times calendar days.
    Theta,
    /// The vol of an SPX option's expiry rose or fell as a whole: vega times the change at the money.
    Vega,
    /// The rest of the change of an SPX option's own vol: skew, and the slide along it.
    Skew,
    /// A VIX future moved other than by the passing of time: delta and gamma of what rests on it.
    VixFuture(LayerKind),
    /// The same for VIX contracts outside the layers.
    OtherVixFuture,
    /// Vol of VIX options: their vega times the change of their own vol.
    VolOfVol,
    /// VIX futures rolled along the curve as it stood: delta times what the passing of time alone moved.
    RollDown,
    /// Fills against the marks that value them first: slippage, and what moved between fill and marks.
    Fills,
    /// Commission and fees.
    Fees,
    /// What is left: cross terms, higher orders, rates, and marks that jump.
    Unexplained,
}

impl Cause {
    /// Every cause, in the order of tables and of stacks.
    pub const ALL: [Self; 14] = [
        Self::Theta,
        Self::Delta,
        Self::Gamma,
        Self::Vega,
        Self::Skew,
        Self::VixFuture(LayerKind::First),
        Self::VixFuture(LayerKind::Second),
        Self::VixFuture(LayerKind::Third),
        Self::OtherVixFuture,
        Self::VolOfVol,
        Self::RollDown,
        Self::Fills,
        Self::Fees,
        Self::Unexplained,
    ];

    /// Its name on the screen and in exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Delta => "Delta",
            Self::Gamma => "Gamma",
            Self::Theta => "Theta",
            Self::Vega => "Vega (level)",
            Self::Skew => "Skew",
            Self::VixFuture(LayerKind::First) => "VIX future, First layer",
            Self::VixFuture(LayerKind::Second) => "VIX future, Second layer",
            Self::VixFuture(LayerKind::Third) => "VIX future, Third layer",
            Self::OtherVixFuture => "VIX future, other",
            Self::VolOfVol => "Vol of vol",
            Self::RollDown => "Roll-down",
            Self::Fills => "Fills against marks",
            Self::Fees => "Fees",
            Self::Unexplained => "Unexplained",
        }
    }

    /// Its key in JSON and CSV.
    pub fn key(self) -> &'static str {
        match self {
            Self::Delta => "delta",
            Self::Gamma => "gamma",
            Self::Theta => "theta",
            Self::Vega => "vega",
            Self::Skew => "skew",
            Self::VixFuture(LayerKind::First) => "vix_future_first",
            Self::VixFuture(LayerKind::Second) => "vix_future_second",
            Self::VixFuture(LayerKind::Third) => "vix_future_third",
            Self::OtherVixFuture => "vix_future_other",
            Self::VolOfVol => "vol_of_vol",
            Self::RollDown => "roll_down",
            Self::Fills => "fills",
            Self::Fees => "fees",
            Self::Unexplained => "unexplained",
        }
    }

    /// What it means, in a line.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Delta => "Delta of SPX options times the move of SPX",
            Self::Gamma => "Half the gamma of SPX options times the move squared",
            Self::Theta => "Theta of SPX and VIX options times calendar days",
            Self::Vega => "Vega of SPX options times the change of their expiry's vol at the money",
            Self::Skew => "Vega of SPX options times the rest of the change of their own vol",
            Self::VixFuture(_) | Self::OtherVixFuture => {
                "Delta and gamma against the own VIX future, times its move beyond the roll-down"
            }
            Self::VolOfVol => "Vega of VIX options times the change of their own vol",
            Self::RollDown => {
                "Delta against the own VIX future, times its way along the curve as it stood"
            }
            Self::Fills => "Fills against the first marks after them",
            Self::Fees => "Commission and fees",
            Self::Unexplained => "Cross terms, higher orders, rates, marks that jump",
        }
    }

    fn place(self) -> usize {
        match self {
            Self::Theta => 0,
            Self::Delta => 1,
            Self::Gamma => 2,
            Self::Vega => 3,
            Self::Skew => 4,
            Self::VixFuture(LayerKind::First) => 5,
            Self::VixFuture(LayerKind::Second) => 6,
            Self::VixFuture(LayerKind::Third) => 7,
            Self::OtherVixFuture => 8,
            Self::VolOfVol => 9,
            Self::RollDown => 10,
            Self::Fills => 11,
            Self::Fees => 12,
            Self::Unexplained => 13,
        }
    }
}

/// Cents by cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts([Cents; 14]);

impl Parts {
    /// The cents of one cause.
    pub fn of(&self, cause: Cause) -> Cents {
        self.0[cause.place()]
    }

    /// Adds to a cause.
    pub fn add(&mut self, cause: Cause, cents: Cents) {
        self.0[cause.place()] += cents;
    }

    /// All causes together: the profit.
    pub fn total(&self) -> Cents {
        self.0.iter().copied().sum()
    }

    /// Whether nothing is in it.
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|cents| cents.0 == 0)
    }
}

impl AddAssign for Parts {
    fn add_assign(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl std::iter::Sum for Parts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, parts| {
            sum += parts;
            sum
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_its_own_place_in_the_order_of_tables() {
        for (place, cause) in Cause::ALL.into_iter().enumerate() {
            assert_eq!(cause.place(), place, "{}", cause.label());
        }
    }

    #[test]
    fn cents_round_to_the_nearest_and_add_up() {
        assert_eq!(Cents::from_usd(1.006), Cents(101));
        assert_eq!(Cents::from_usd(-0.004), Cents(0));
        assert_eq!(Cents::from_usd(f64::NAN), Cents(0));
        let mut parts = Parts::default();
        parts.add(Cause::Theta, Cents(250));
        parts.add(Cause::Fees, Cents(-100));
        let twice: Parts = [parts, parts].into_iter().sum();
        assert_eq!(
            (twice.total(), twice.of(Cause::Theta)),
            (Cents(300), Cents(500))
        );
        assert!(Parts::default().is_zero() && !twice.is_zero());
    }
}
