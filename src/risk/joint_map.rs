//! Profit and loss on the plane of SPX moves and VIX levels at one day: the joint map.
//!
//! SPX and VIX move freely of each other; the VIX curve follows VIX by the tenor beta and SPX vols follow
//! it by theirs, so the smile is transported in every cell. A row of the map is one scenario path at one
//! VIX level, priced by the engine that prices everything else. Every figure is the change from now, so
//! the point of today on the day of today is exactly zero.

mod cache;
pub mod contour;
mod landmarks;
mod point;

use super::book::{Book, Group, layer_index};
use super::curves::{Component, nearest_spx_expiry};
use super::joint::{VixResponse, log_return_pct};
use super::presets::VixRule;
use super::scenario::{Moment, Scenario};
use crate::calendar::new_york_date;
use crate::units::DAYS_PER_YEAR;

pub use cache::JointMapCache;
pub use landmarks::{CoupledPath, REFERENCE_CLOSES, ReferenceClose, coupled_path};
pub use point::{JointPoint, TenorMove, implied_stress};

/// Columns of the map unless asked otherwise.
pub const COLUMNS: usize = 61;
/// Rows of the map unless asked otherwise.
pub const ROWS: usize = 41;
/// Horizon in trading days whose response sets how far up a map reaches.
const REACH_TRADING_DAYS: f64 = 5.0;

/// Which part of the plane is mapped, how finely, and for which day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JointMapRequest {
    /// Lowest and highest simple SPX move in %.
    pub spx_pct: (f64, f64),
    /// Lowest and highest VIX after the shock, in points.
    pub vix: (f64, f64),
    /// Nodes across.
    pub columns: usize,
    /// Nodes up.
    pub rows: usize,
    /// Calendar days ahead; 0 is now.
    pub days: u32,
}

/// A request that maps nothing.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum JointMapError {
    /// The SPX range is empty, not finite or loses everything.
    #[error("SPX moves from {0} to {1} %: expected a rising range above −100 %")]
    SpxRange(f64, f64),
    /// The VIX range is empty, not finite or not positive.
    #[error("VIX from {0} to {1}: expected a rising range above 0")]
    VixRange(f64, f64),
    /// Fewer than two nodes in a direction.
    #[error("{0} × {1} nodes: expected at least 2 × 2")]
    Nodes(usize, usize),
}

impl JointMapRequest {
    /// The default map over a range of SPX moves: VIX from the model's floor to a level that holds the
    /// model's own answer to the worst move, with one residual standard deviation on top.
    pub fn around(book: &Book, spx_pct: (f64, f64), days: u32) -> Self {
        let (params, now) = (&book.params, book.market.vix);
        let response = VixResponse::at(params, now, REACH_TRADING_DAYS, 1.0);
        let (_, reach) = response.band(log_return_pct(spx_pct.0));
        let high = 5.0 * (reach.max(1.5 * now) / 5.0).ceil();
        Self {
            spx_pct,
            vix: (params.vix_floor.min(now), high.min(response.cap)),
            columns: COLUMNS,
            rows: ROWS,
            days,
        }
    }

    /// SPX moves of the columns in simple % and VIX of the rows in points, with today's VIX as a node.
    ///
    /// # Errors
    /// [`JointMapError`] when the request's ranges or nodes map nothing.
    pub fn nodes(&self, vix_now: f64) -> Result<(Vec<f64>, Vec<f64>), JointMapError> {
        self.check()?;
        let columns = nodes(self.spx_pct, self.columns, 0.0);
        Ok((columns, nodes(self.vix, self.rows, vix_now)))
    }

    fn check(&self) -> Result<(), JointMapError> {
        let rises =
            |(low, high): (f64, f64), floor: f64| low > floor && low < high && high.is_finite();
        if !rises(self.spx_pct, -100.0) {
            return Err(JointMapError::SpxRange(self.spx_pct.0, self.spx_pct.1));
        }
        if !rises(self.vix, 0.0) {
            return Err(JointMapError::VixRange(self.vix.0, self.vix.1));
        }
        if self.columns < 2 || self.rows < 2 {
            return Err(JointMapError::Nodes(self.columns, self.rows));
        }
        Ok(())
    }
}

/// Change from now in dollars on every node, by component; row-major, the lowest VIX first.
#[derive(Clone, Debug, PartialEq)]
pub struct JointMap {
    /// Simple SPX moves of the columns in %, ascending.
    pub spx_pct: Vec<f64>,
    /// VIX of the rows in points, ascending.
    pub vix: Vec<f64>,
    /// Calendar days ahead.
    pub days: u32,
    condor: Vec<f64>,
    layers: [Vec<f64>; 3],
    hedges: Vec<f64>,
    net: Vec<f64>,
}

impl JointMap {
    /// Maps a book. Only legs that `cache` does not hold for the same market, day and nodes are priced.
    ///
    /// # Errors
    /// [`JointMapError`] when the request's ranges or nodes map nothing.
    pub fn of(
        book: &Book,
        request: &JointMapRequest,
        cache: &mut JointMapCache,
    ) -> Result<Self, JointMapError> {
        let (spx_pct, vix) = request.nodes(book.market.vix)?;
        cache.update(book, moment(book, request.days), (&spx_pct, &vix));
        let zeros = || vec![0.0; spx_pct.len() * vix.len()];
        let mut map = Self {
            days: request.days,
            condor: zeros(),
            layers: [zeros(), zeros(), zeros()],
            hedges: zeros(),
            net: zeros(),
            spx_pct,
            vix,
        };
        for leg in &book.legs {
            if let Some((now, prices)) = cache.leg(&leg.model) {
                map.add(leg.group, leg.usd_per_point(), (now, prices));
            }
        }
        for (net, (condor, hedges)) in map.net.iter_mut().zip(map.condor.iter().zip(&map.hedges)) {
            *net = condor + hedges;
        }
        Ok(map)
    }

    fn add(&mut self, group: Group, usd: f64, (now, prices): (f64, &[f64])) {
        let sums: &mut [&mut Vec<f64>] = match group {
            Group::Spx => &mut [&mut self.condor],
            Group::Layer(kind) => &mut [&mut self.layers[layer_index(kind)], &mut self.hedges],
            Group::OtherVix => &mut [&mut self.hedges],
        };
        for sum in sums {
            for (total, price) in sum.iter_mut().zip(prices) {
                *total += usd * (price - now);
            }
        }
    }

    /// The change of a component on every node, in dollars.
    pub fn value(&self, component: Component) -> &[f64] {
        match component {
            Component::Condor => &self.condor,
            Component::Layer(kind) => &self.layers[layer_index(kind)],
            Component::Hedges => &self.hedges,
            Component::Net => &self.net,
        }
    }

    /// A component as a grid for contours and colours.
    pub fn grid(&self, component: Component) -> contour::Grid<'_> {
        contour::Grid {
            xs: &self.spx_pct,
            ys: &self.vix,
            values: self.value(component),
        }
    }

    /// All nodes as CSV, one line each: move, VIX, and the change by component in dollars and cents.
    pub fn csv(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::from("days,spx_move_pct,vix");
        for component in Component::ALL {
            let name = component.label().to_lowercase();
            text.push(',');
            text.push_str(&name);
            text.push_str("_usd");
        }
        text.push('\n');
        for (row, vix) in self.vix.iter().enumerate() {
            for (column, pct) in self.spx_pct.iter().enumerate() {
                let index = row * self.spx_pct.len() + column;
                // writing to a string cannot fail
                write!(text, "{},{pct:.4},{vix:.4}", self.days).unwrap_or_default();
                for component in Component::ALL {
                    write!(text, ",{:.2}", self.value(component)[index]).unwrap_or_default();
                }
                text.push('\n');
            }
        }
        text
    }
}

/// Evenly spaced nodes, with the one nearest to `through` moved onto it, so that today is a node.
fn nodes((low, high): (f64, f64), count: usize, through: f64) -> Vec<f64> {
    let step = (high - low) / (count - 1) as f64;
    let mut nodes: Vec<f64> = (0..count).map(|index| low + step * index as f64).collect();
    nodes[count - 1] = high;
    if low < through && through < high {
        let nearest = ((through - low) / step).round() as usize;
        nodes[nearest.clamp(1, count.saturating_sub(2).max(1))] = through;
    }
    nodes
}

/// The last day of a map in calendar days from now: the nearest SPX expiry, or the last VIX leg's.
pub fn last_day(book: &Book) -> u32 {
    let today = new_york_date(book.market.as_of);
    let spx = nearest_spx_expiry(book).map(|(date, _)| date);
    let vix = || book.legs.iter().map(|leg| leg.leg.contract.expiry()).max();
    let last = spx.or_else(vix).unwrap_or(today);
    u32::try_from((last - today).get_days()).unwrap_or(0)
}

/// The moment of a map's day; on the day of the nearest SPX expiry that expiry has settled.
pub fn moment(book: &Book, days: u32) -> Moment {
    if days == 0 {
        return Moment::NOW;
    }
    let moment = book.moment_in_days(f64::from(days));
    match nearest_spx_expiry(book) {
        Some((_, years)) if days >= last_day(book) => Moment {
            elapsed_years: years.max(f64::from(days) / DAYS_PER_YEAR),
            ..moment
        },
        Some(_) | None => moment,
    }
}

/// The scenario of a row: VIX at a level, whatever SPX does.
fn at_vix(book: &Book, moment: Moment, vix: f64) -> Scenario {
    Scenario {
        vix: VixRule::Moved {
            pct: 100.0 * (vix / book.market.vix - 1.0),
        },
        ..book.scenario(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::nodes;

    #[test]
    fn today_is_a_node_and_the_ends_stay() {
        let found = nodes((-14.0, 8.0), 61, 0.0);
        assert_eq!((found[0], found[60], found.len()), (-14.0, 8.0, 61));
        assert_eq!(found[38], 0.0);
        assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(nodes((9.0, 55.0), 2, 17.0).len(), 2);
        assert_eq!(nodes((9.0, 55.0), 3, 95.0), [9.0, 32.0, 55.0]);
    }
}
