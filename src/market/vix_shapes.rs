//! Shapes that can stand in for marks of VIX futures, and what a hand makes of a curve it pulls at.
//!
//! Measured on the daily settlements of the first eight monthly futures and the VIX closes from 2013-01-02
//! to 2026-04-17 (3,344 days, `docs/model.md`): futures over spot VIX at fixed tenors, medians over the days
//! of a kind. Typical is not fair: a shape is an assumption, and its marks say so.

use jiff::Timestamp;
use jiff::civil::Date;

use super::marks::{FutureMark, VIX_LIMITS};
use super::vix_curve::{MEDIAN_DAYS, VixCurve, linear, median_price, vix_days};
use crate::instrument::Root;

/// Futures over spot VIX at [`MEDIAN_DAYS`] on days of steep contango: 60-day over 30-day price from the
/// 70th to the 80th percentile of all days, +6.9 to +8.1 % around the 75th at +7.5 % (335 days).
const CONTANGO: [f64; 7] = [1.089, 1.200, 1.265, 1.315, 1.350, 1.379, 1.412];
/// The same on days of backwardation: the 60-day price below the 30-day price (495 days, 15 % of all).
const BACKWARDATION: [f64; 7] = [0.970, 0.939, 0.929, 0.925, 0.925, 0.923, 0.919];
/// Step of a price that is moved freely, VIX points.
const FREE_STEP: f64 = 0.01;

/// A curve that can stand in for marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurveShape {
    /// The historical median for this level of VIX.
    Median,
    /// Every future at spot VIX.
    Flat,
    /// Steep contango: the 75th percentile of the 60-day over the 30-day price.
    Contango,
    /// The median of the days on which the 60-day price was below the 30-day price.
    Backwardation,
}

impl CurveShape {
    /// All shapes, in the order shown.
    pub const ALL: [Self; 4] = [
        Self::Median,
        Self::Flat,
        Self::Contango,
        Self::Backwardation,
    ];

    /// Its name on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Median => "Median for this VIX",
            Self::Flat => "Flat at VIX",
            Self::Contango => "Contango, 75th percentile",
            Self::Backwardation => "Backwardation, typical",
        }
    }

    /// What it is, in a sentence without a full stop.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Median => {
                "Median settlements at this level of VIX, 2013 to 2026; follows VIX when it is marked anew"
            }
            Self::Flat => "Every future at spot VIX: no roll-down",
            Self::Contango => {
                "Median futures over VIX on days near the 75th percentile of the 60-day over the 30-day price, \
                 +7.5 % (335 of 3,344 days, 2013 to 2026)"
            }
            Self::Backwardation => {
                "Median futures over VIX on days with the 60-day price below the 30-day price (495 of 3,344 \
                 days, 2013 to 2026)"
            }
        }
    }

    /// Price in VIX points of a future `days` calendar days ahead at a level of VIX.
    pub fn price(self, vix: f64, days: f64) -> f64 {
        let scaled = |ratios: [f64; 7]| {
            let points = ratios.map(|ratio| ratio * vix);
            linear(vix, MEDIAN_DAYS.into_iter().zip(points), days)
        };
        match self {
            Self::Median => median_price(vix, days),
            Self::Flat => vix,
            Self::Contango => scaled(CONTANGO),
            Self::Backwardation => scaled(BACKWARDATION),
        }
    }

    /// The marks that give a curve this shape at its own expiries, to the tick.
    ///
    /// The median needs none: a campaign without marks rests on it.
    pub fn marks(self, curve: &VixCurve) -> Vec<FutureMark> {
        if self == Self::Median {
            return Vec::new();
        }
        let expiries = curve.points.iter().map(|point| point.expiry);
        expiries
            .map(|expiry| {
                let price = self.price(curve.spot, curve.days_to(expiry));
                FutureMark::assumed(expiry, within(snapped(price, tick(price))))
            })
            .collect()
    }
}

/// How a hand moves a point of the curve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CurveManner {
    /// To the cent rather than to the future's tick.
    pub is_free: bool,
    /// Every future moves by as much.
    pub moves_all: bool,
}

/// The marks that a curve stands for when it is edited: those that are marked and have not settled, else
/// the points of the curve as assumptions.
pub fn marks_of(curve: &VixCurve, marks: &[FutureMark]) -> Vec<FutureMark> {
    let points = curve.points.iter();
    points
        .map(|point| {
            let known = marks.iter().find(|mark| mark.expiry == point.expiry);
            known
                .copied()
                .unwrap_or_else(|| FutureMark::assumed(point.expiry, to_cents(point.price)))
        })
        .collect()
}

/// Marks whose settlement has passed: they stay in the file but no longer on the curve.
pub fn settled(as_of: Timestamp, marks: &[FutureMark]) -> usize {
    let is_past = |mark: &&FutureMark| vix_days(as_of, mark.expiry) <= 0.0;
    marks.iter().filter(is_past).count()
}

/// New marks of what is on the curve, beside the old ones that have settled: no edit of the curve drops
/// those silently.
pub fn replaced(as_of: Timestamp, old: &[FutureMark], new: Vec<FutureMark>) -> Vec<FutureMark> {
    let is_past = |mark: &&FutureMark| vix_days(as_of, mark.expiry) <= 0.0;
    old.iter().filter(is_past).copied().chain(new).collect()
}

/// The marks with the future of `held` pulled to `price`: it becomes the user's own mark. Where all move,
/// the others keep what they rest on, and none leaves the range of a mark.
pub fn pulled(
    origin: &[FutureMark],
    held: Date,
    price: f64,
    manner: CurveManner,
) -> Vec<FutureMark> {
    let Some(from) = origin.iter().find(|mark| mark.expiry == held) else {
        return origin.to_vec();
    };
    let step = step(from.price, manner);
    moved(origin, held, snapped(price, step) - from.price, manner)
}

/// The marks after so many steps up (negative: down) of the future of `held`; off the grid the first step
/// leads onto it.
pub fn nudged(
    origin: &[FutureMark],
    held: Date,
    steps: i32,
    manner: CurveManner,
) -> Vec<FutureMark> {
    let Some(from) = origin.iter().find(|mark| mark.expiry == held) else {
        return origin.to_vec();
    };
    let step = step(from.price, manner);
    let (share, count) = (from.price / step, f64::from(steps));
    let is_on_grid = (share - share.round()).abs() < 1e-6;
    let places = match (is_on_grid, steps > 0) {
        (true, _) => share.round() + count,
        (false, true) => share.floor() + count,
        (false, false) => share.ceil() + count,
    };
    moved(origin, held, places * step - from.price, manner)
}

/// All marks moved by so many points, as far as the range of a mark allows; what they rest on stays.
pub fn shifted(origin: &[FutureMark], by: f64) -> Vec<FutureMark> {
    let by = within_range(origin, by);
    let marks = origin.iter();
    marks
        .map(|mark| FutureMark {
            price: to_cents(mark.price + by),
            ..*mark
        })
        .collect()
}

fn moved(origin: &[FutureMark], held: Date, by: f64, manner: CurveManner) -> Vec<FutureMark> {
    let is_held = |mark: &FutureMark| mark.expiry == held;
    let movers: Vec<FutureMark> = origin
        .iter()
        .copied()
        .filter(|mark| manner.moves_all || is_held(mark))
        .collect();
    let by = within_range(&movers, by);
    if by.abs() < FREE_STEP / 2.0 {
        return origin.to_vec();
    }
    let marks = origin.iter();
    marks
        .map(|mark| match (is_held(mark), manner.moves_all) {
            (true, _) => FutureMark::entered(mark.expiry, to_cents(mark.price + by)),
            (false, true) => FutureMark {
                price: to_cents(mark.price + by),
                ..*mark
            },
            (false, false) => *mark,
        })
        .collect()
}

/// The part of a move that keeps every mark within its limits.
fn within_range(marks: &[FutureMark], by: f64) -> f64 {
    let [low, high] = VIX_LIMITS;
    marks.iter().fold(by, |by, mark| {
        by.clamp((low - mark.price).min(0.0), (high - mark.price).max(0.0))
    })
}

fn within(price: f64) -> f64 {
    price.clamp(VIX_LIMITS[0], VIX_LIMITS[1])
}

fn tick(price: f64) -> f64 {
    Root::Vx.tick_points(price)
}

fn step(price: f64, manner: CurveManner) -> f64 {
    if manner.is_free {
        FREE_STEP
    } else {
        tick(price)
    }
}

fn snapped(price: f64, step: f64) -> f64 {
    to_cents((price / step).round() * step)
}

/// Without the dust of floating point: no VIX future trades finer.
fn to_cents(price: f64) -> f64 {
    (price * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::new_york_instant;
    use crate::market::CurveSource;
    use jiff::civil::date;

    fn as_of() -> Timestamp {
        new_york_instant(date(2026, 1, 5).at(15, 0, 0, 0))
    }

    fn marks() -> Vec<FutureMark> {
        vec![
            FutureMark::entered(date(2026, 1, 21), 16.0),
            FutureMark::assumed(date(2026, 2, 18), 17.02),
            FutureMark::entered(date(2026, 3, 18), 17.5),
        ]
    }

    fn prices(marks: &[FutureMark]) -> Vec<f64> {
        marks.iter().map(|mark| mark.price).collect()
    }

    #[test]
    fn shapes_have_their_slopes_at_any_vix() {
        for vix in [11.0, 17.0, 34.0] {
            let slope = |shape: CurveShape| shape.price(vix, 60.0) / shape.price(vix, 30.0) - 1.0;
            assert_eq!(slope(CurveShape::Flat), 0.0);
            let contango = slope(CurveShape::Contango);
            assert!((0.069..0.081).contains(&contango), "{contango}");
            assert!((-0.03..-0.01).contains(&slope(CurveShape::Backwardation)));
            for shape in CurveShape::ALL {
                assert_eq!(shape.price(vix, 0.0), vix, "{shape:?} meets spot");
            }
        }
        assert!((CurveShape::Contango.price(20.0, 48.0) - 24.0).abs() < 1e-12);
        assert!((CurveShape::Backwardation.price(30.0, 900.0) - 27.57).abs() < 1e-12);
    }

    #[test]
    fn a_shape_is_put_on_the_curves_own_expiries_as_an_assumption() {
        let curve = VixCurve::of_marks(as_of(), 15.0, &marks());
        let shaped = CurveShape::Backwardation.marks(&curve);
        assert_eq!(shaped.len(), 3);
        for mark in &shaped {
            assert!(mark.is_assumed && mark.price < 15.0);
            let ticks = mark.price / 0.05;
            assert!((ticks - ticks.round()).abs() < 1e-6, "{mark:?}");
        }
        let curve = VixCurve::of_marks(as_of(), 15.0, &shaped);
        assert_eq!(curve.source, CurveSource::Assumed);
        assert_eq!(CurveShape::Median.marks(&curve), []);
        let low = VixCurve::of_marks(as_of(), 5.0, &marks());
        let floor = CurveShape::Backwardation.marks(&low);
        assert!(floor.iter().all(|mark| mark.price == 5.0), "{floor:?}");
    }

    #[test]
    fn a_curve_without_marks_is_edited_from_its_assumed_points() {
        let curve = VixCurve::of_marks(as_of(), 15.0, &[]);
        let start = marks_of(&curve, &[]);
        assert_eq!(start.len(), 8);
        assert!(start.iter().all(|mark| mark.is_assumed));
        let gone = FutureMark::entered(date(2025, 12, 17), 16.0);
        let all: Vec<_> = std::iter::once(gone).chain(marks()).collect();
        let curve = VixCurve::of_marks(as_of(), 15.0, &all);
        assert_eq!(marks_of(&curve, &all), marks());
        assert_eq!(settled(as_of(), &all), 1);
        assert_eq!(replaced(as_of(), &all, marks()), all);
        assert_eq!(replaced(as_of(), &all, Vec::new()), [gone]);
    }

    #[test]
    fn a_pulled_point_snaps_and_is_the_users_own() {
        let held = date(2026, 2, 18);
        let one = pulled(&marks(), held, 18.337, CurveManner::default());
        assert_eq!(prices(&one), [16.0, 18.35, 17.5]);
        assert!(!one[1].is_assumed);
        let free = CurveManner {
            is_free: true,
            moves_all: false,
        };
        assert_eq!(prices(&pulled(&marks(), held, 18.337, free))[1], 18.34);
        let still = pulled(&marks(), held, 17.021, free);
        assert_eq!(still, marks(), "nothing moved, nothing claimed");
        let unknown = pulled(&marks(), date(2026, 4, 15), 18.0, free);
        assert_eq!(unknown, marks());
    }

    #[test]
    fn all_points_move_in_parallel_and_stay_in_range() {
        let all = CurveManner {
            is_free: false,
            moves_all: true,
        };
        let held = date(2026, 1, 21);
        let up = pulled(&marks(), held, 17.0, all);
        assert_eq!(prices(&up), [17.0, 18.02, 18.5]);
        assert!(up[1].is_assumed && !up[0].is_assumed);
        let floor = pulled(&marks(), held, -40.0, all);
        assert_eq!(prices(&floor), [5.0, 6.02, 6.5]);
        assert_eq!(prices(&shifted(&marks(), -1.0)), [15.0, 16.02, 16.5]);
        assert_eq!(prices(&shifted(&marks(), 900.0)), [148.5, 149.52, 150.0]);
    }

    #[test]
    fn steps_lead_onto_the_tick() {
        let held = date(2026, 2, 18);
        let step = |steps| prices(&nudged(&marks(), held, steps, CurveManner::default()))[1];
        assert_eq!((step(1), step(2), step(-1)), (17.05, 17.1, 17.0));
        let january = date(2026, 1, 21);
        let down = nudged(&marks(), january, -2, CurveManner::default());
        assert_eq!(prices(&down)[0], 15.9);
    }
}
