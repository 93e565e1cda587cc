//! Greeks against SPX: the book's sensitivities along the same joint scenario as the payoff lines.
//!
//! Delta, gamma, vanna, volga and charm are those of SPX legs. Theta includes the decay and the roll-down
//! of VIX legs; vega includes their SPX-vega equivalent, at the state of each point.

use super::book::{Book, BookLeg, Group, LegModel};
use super::curves::Component;
use super::hedge::VegaFrame;
use super::joint::{curve_beta, iv_beta};
use super::scenario::{Moment, Path};
use crate::pricing::GreeksColumns;
use crate::units::{DAYS_PER_YEAR, OPTION_MULTIPLIER, VOL_POINT};

/// A Greek that can be plotted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum GreekMetric {
    /// Dollars per SPX point.
    Delta,
    /// Change of delta per SPX point.
    Gamma,
    /// Dollars per calendar day.
    Theta,
    /// Dollars per vol point of the condor's ATM vol.
    #[default]
    Vega,
    /// Change of delta per vol point.
    Vanna,
    /// Change of vega per vol point.
    Volga,
    /// Change of delta per calendar day.
    Charm,
}

impl GreekMetric {
    /// All metrics, in the order shown.
    pub const ALL: [Self; 7] = [
        Self::Delta,
        Self::Gamma,
        Self::Theta,
        Self::Vega,
        Self::Vanna,
        Self::Volga,
        Self::Charm,
    ];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Delta => "Delta",
            Self::Gamma => "Gamma",
            Self::Theta => "Theta",
            Self::Vega => "Vega",
            Self::Vanna => "Vanna",
            Self::Volga => "Volga",
            Self::Charm => "Charm",
        }
    }

    /// Unit of the dollar figure.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Delta => "$ per SPX pt",
            Self::Gamma => "$ per SPX pt²",
            Self::Theta => "$ per day",
            Self::Vega => "$ per vol pt",
            Self::Vanna => "$ per SPX pt per vol pt",
            Self::Volga => "$ per vol pt²",
            Self::Charm => "$ per SPX pt per day",
        }
    }

    /// The metric's column, per share and in the units of the plot.
    fn column(self, greeks: &GreeksColumns) -> (&[f64], f64) {
        match self {
            Self::Delta => (&greeks.delta, 1.0),
            Self::Gamma => (&greeks.gamma, 1.0),
            Self::Theta => (&greeks.theta, 1.0 / DAYS_PER_YEAR),
            Self::Vega => (&greeks.vega, VOL_POINT),
            Self::Vanna => (&greeks.vanna, VOL_POINT),
            Self::Volga => (&greeks.volga, VOL_POINT * VOL_POINT),
            Self::Charm => (&greeks.charm, 1.0 / DAYS_PER_YEAR),
        }
    }

    /// How often the metric differentiates by the index: each time brings in the index scale.
    fn index_power(self) -> i32 {
        match self {
            Self::Delta | Self::Vanna | Self::Charm => 1,
            Self::Gamma => 2,
            Self::Theta | Self::Vega | Self::Volga => 0,
        }
    }
}

/// One metric of one component along spots, in dollars.
pub fn greek_line(
    book: &Book,
    frame: &VegaFrame,
    metric: GreekMetric,
    component: Component,
    (moment, spots): (Moment, &[f64]),
) -> Vec<f64> {
    let path = book.path(book.scenario(moment), spots.to_vec());
    let mut total = vec![0.0; spots.len()];
    let mut pricer = book.pricer(&path);
    for leg in book
        .legs
        .iter()
        .filter(|leg| includes(component, leg.group))
    {
        let Ok(greeks) = pricer.greeks(leg) else {
            continue;
        };
        match &leg.model {
            LegModel::Spx(option) if option.years_left(&path) > 0.0 => {
                add_spx(&mut total, leg, metric, &greeks, option.index_scale);
            }
            LegModel::Vix(vix) if vix.years_left(&path) > 0.0 => {
                add_vix(&mut total, (book, frame, &path), leg, metric, &greeks);
            }
            LegModel::Spx(_) | LegModel::Vix(_) => {}
        }
    }
    total
}

fn includes(component: Component, group: Group) -> bool {
    match component {
        Component::Condor => group == Group::Spx,
        Component::Layer(kind) => group == Group::Layer(kind),
        Component::Hedges => group != Group::Spx,
        Component::Net => true,
    }
}

fn add_spx(
    total: &mut [f64],
    leg: &BookLeg,
    metric: GreekMetric,
    greeks: &GreeksColumns,
    scale: f64,
) {
    let (column, unit) = metric.column(greeks);
    let factor = leg.usd_per_point() * unit * scale.powi(metric.index_power());
    for (sum, value) in total.iter_mut().zip(column) {
        *sum += factor * value;
    }
}

fn add_vix(
    total: &mut [f64],
    (book, frame, path): (&Book, &VegaFrame, &Path),
    leg: &BookLeg,
    metric: GreekMetric,
    greeks: &GreeksColumns,
) {
    let LegModel::Vix(vix) = &leg.model else {
        return;
    };
    let usd = leg.usd_per_point();
    let days = vix.years_left(path) * DAYS_PER_YEAR;
    match metric {
        GreekMetric::Theta => {
            let step = days.min(1.0);
            let curve = &book.market.curve;
            let roll =
                (curve.price(days - step) - curve.price(days)) / step * book.params.curve_roll_down;
            for (index, sum) in total.iter_mut().enumerate() {
                *sum += usd * (greeks.theta[index] / DAYS_PER_YEAR + greeks.delta[index] * roll);
            }
        }
        GreekMetric::Vega => {
            let futures = vix.futures(&book.params, book.market.as_ref(), path);
            for (index, sum) in total.iter_mut().enumerate() {
                let per_point = per_vol_point(book, frame, path, (futures[index], days), index);
                *sum += usd * greeks.delta[index] * per_point;
            }
        }
        GreekMetric::Delta
        | GreekMetric::Gamma
        | GreekMetric::Vanna
        | GreekMetric::Volga
        | GreekMetric::Charm => {}
    }
}

/// Points of a future per vol point of the reference expiry, at one point of a path.
fn per_vol_point(
    book: &Book,
    frame: &VegaFrame,
    path: &Path,
    (future, days): (f64, f64),
    index: usize,
) -> f64 {
    let Some(reference) = frame.reference else {
        return 0.0;
    };
    let left = (reference.days - path.scenario.moment.elapsed_days()).max(0.0);
    let beta = iv_beta(&book.params, left);
    let atm = reference.atm_vol * (beta * path.log_vix[index]).exp();
    future * curve_beta(&book.params, days) / (atm * 100.0 * beta)
}

/// Dollars of the position → index points per condor.
pub fn points_per_condor(usd: f64, condors: f64) -> f64 {
    usd / (OPTION_MULTIPLIER * condors.max(1.0))
}
