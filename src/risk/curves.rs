//! Payoff lines: profit and loss against SPX at expiry, today and in between, by group.
//!
//! Every line is priced by the joint scenario: along a line VIX and its curve follow SPX by the model, and
//! a band shows the same line under the squeeze multiple. Strikes are vertices of every line, so kinks are
//! never cut. Profit is measured from the entry prices.

use jiff::civil::Date;

use super::book::{Book, Group, GroupValues, LegModel};
use super::scenario::{Moment, Path, Scenario};
use crate::instrument::LayerKind;

/// Stress multiple of the band: a vol squeeze.
pub const BAND_STRESS: f64 = 3.0;

/// What a curve shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Component {
    /// SPX legs alone.
    Condor,
    /// One hedge layer.
    Layer(LayerKind),
    /// All VIX legs.
    Hedges,
    /// The whole book.
    #[default]
    Net,
}

impl Component {
    /// All components, in the order shown.
    pub const ALL: [Self; 6] = [
        Self::Condor,
        Self::Layer(LayerKind::First),
        Self::Layer(LayerKind::Second),
        Self::Layer(LayerKind::Third),
        Self::Hedges,
        Self::Net,
    ];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Condor => "Condor",
            Self::Layer(LayerKind::First) => "First",
            Self::Layer(LayerKind::Second) => "Second",
            Self::Layer(LayerKind::Third) => "Third",
            Self::Hedges => "Hedges",
            Self::Net => "Net",
        }
    }

    /// Whether the component holds VIX legs, so that it depends on the VIX model.
    pub fn has_vix(self) -> bool {
        self != Self::Condor
    }

    /// The component's values along a path.
    pub fn of(self, values: &GroupValues) -> Vec<f64> {
        let points = 0..values.spx.len();
        match self {
            Self::Condor => values.spx.clone(),
            Self::Layer(kind) => values.group(Group::Layer(kind)).to_vec(),
            Self::Hedges => points.map(|index| values.hedges_at(index)).collect(),
            Self::Net => points.map(|index| values.net_at(index)).collect(),
        }
    }
}

/// When a line is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineDate {
    /// Now.
    Today,
    /// So many calendar days ahead.
    Ahead(u32),
    /// The settlement of the nearest SPX expiry.
    Expiry(Date),
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct PayoffLine {
    /// When.
    pub date: LineDate,
    /// VIX at each spot.
    pub vix: Vec<f64>,
    /// Profit since entry at each spot, by group, in dollars.
    pub profit: GroupValues,
    /// Profit of the book under the squeeze multiple, in dollars; empty without VIX legs.
    pub squeezed_net: Vec<f64>,
}

/// What to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveRequest {
    /// Lowest SPX.
    pub low: f64,
    /// Highest SPX.
    pub high: f64,
    /// Evenly spaced points; strikes come on top.
    pub points: usize,
    /// Calendar days ahead of the lines between today and expiry.
    pub days_ahead: Vec<u32>,
}

/// All payoff lines on one grid of spots.
#[derive(Clone, Debug, PartialEq)]
pub struct PayoffCurves {
    /// SPX at each point, ascending.
    pub spots: Vec<f64>,
    /// Expiry first, then today, then the days ahead.
    pub lines: Vec<PayoffLine>,
}

/// The nearest settlement of an SPX leg: its date and years.
pub fn nearest_spx_expiry(book: &Book) -> Option<(Date, f64)> {
    book.legs
        .iter()
        .filter_map(|leg| match &leg.model {
            LegModel::Spx(option) if option.years > 0.0 => {
                Some((leg.leg.contract.expiry(), option.years))
            }
            LegModel::Spx(_) | LegModel::Vix(_) => None,
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Evenly spaced spots with every SPX strike inserted.
pub fn spot_grid(book: &Book, request: &CurveRequest) -> Vec<f64> {
    let steps = request.points.max(2) - 1;
    let width = request.high - request.low;
    let even = (0..=steps).map(|step| request.low + width * step as f64 / steps as f64);
    let strikes = book.legs.iter().filter_map(|leg| match &leg.model {
        LegModel::Spx(option) => Some(option.strike / option.index_scale),
        LegModel::Vix(_) => None,
    });
    let mut spots: Vec<f64> = even
        .chain(strikes.filter(|strike| *strike > request.low && *strike < request.high))
        .collect();
    spots.sort_by(f64::total_cmp);
    spots.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    spots
}

impl PayoffCurves {
    /// Prices every line of a request.
    pub fn of(book: &Book, request: &CurveRequest) -> Self {
        let spots = spot_grid(book, request);
        let entry = book.entry_values();
        let expiry = nearest_spx_expiry(book);
        let mut dates: Vec<(LineDate, Moment)> = Vec::new();
        if let Some((date, years)) = expiry {
            let days = years * crate::units::DAYS_PER_YEAR;
            let moment = Moment {
                elapsed_years: years,
                ..book.moment_in_days(days)
            };
            dates.push((LineDate::Expiry(date), moment));
        }
        dates.push((LineDate::Today, Moment::NOW));
        let last = expiry.map_or(f64::INFINITY, |(_, years)| {
            years * crate::units::DAYS_PER_YEAR
        });
        for days in &request.days_ahead {
            if f64::from(*days) < last {
                dates.push((
                    LineDate::Ahead(*days),
                    book.moment_in_days(f64::from(*days)),
                ));
            }
        }
        let lines = dates
            .into_iter()
            .map(|(date, moment)| line(book, &spots, &entry, date, moment))
            .collect();
        Self { spots, lines }
    }

    /// Adds dollars to every line of a group: what was realised and stays in the sum.
    pub fn add_to_all(&mut self, group: Group, usd: f64) {
        for line in &mut self.lines {
            line.profit.add_to(group, usd);
            line.squeezed_net.iter_mut().for_each(|value| *value += usd);
        }
    }

    /// The line of a date, if it was asked for.
    pub fn line(&self, date: LineDate) -> Option<&PayoffLine> {
        self.lines.iter().find(|line| line.date == date)
    }
}

fn line(
    book: &Book,
    spots: &[f64],
    entry: &GroupValues,
    date: LineDate,
    moment: Moment,
) -> PayoffLine {
    let path = book.path(book.scenario(moment), spots.to_vec());
    let profit = since(book.values(&path), entry);
    let has_vix = book.legs.iter().any(|leg| leg.group != Group::Spx);
    let banded = has_vix && !matches!(date, LineDate::Ahead(_));
    let squeezed_net = if banded {
        squeezed(book, spots, entry, moment)
    } else {
        Vec::new()
    };
    PayoffLine {
        date,
        vix: path.vix,
        profit,
        squeezed_net,
    }
}

fn squeezed(book: &Book, spots: &[f64], entry: &GroupValues, moment: Moment) -> Vec<f64> {
    let scenario = Scenario {
        stress: BAND_STRESS,
        ..book.scenario(moment)
    };
    let path: Path = book.path(scenario, spots.to_vec());
    Component::Net.of(&since(book.values(&path), entry))
}

/// Values less what was paid.
fn since(mut values: GroupValues, entry: &GroupValues) -> GroupValues {
    let subtract =
        |line: &mut Vec<f64>, paid: f64| line.iter_mut().for_each(|value| *value -= paid);
    subtract(&mut values.spx, entry.spx[0]);
    for (layer, paid) in values.layers.iter_mut().zip(&entry.layers) {
        subtract(layer, paid[0]);
    }
    subtract(&mut values.other_vix, entry.other_vix[0]);
    values
}

/// Where a line crosses zero, ascending; exact on straight pieces.
pub fn crossings(spots: &[f64], profits: &[f64]) -> Vec<f64> {
    let mut found = Vec::new();
    for (index, pair) in profits.windows(2).enumerate() {
        let (from, to) = (pair[0], pair[1]);
        if from == 0.0 && (index == 0 || profits[index - 1] != 0.0) && to != 0.0 {
            found.push(spots[index]);
        } else if from * to < 0.0 {
            let share = from / (from - to);
            found.push(spots[index] + share * (spots[index + 1] - spots[index]));
        }
    }
    found
}

/// The value of a line at any spot, linear between its points; `None` outside.
pub fn value_at(spots: &[f64], values: &[f64], spot: f64) -> Option<f64> {
    let upper = spots.partition_point(|point| *point < spot);
    if upper == 0 {
        return (spots.first() == Some(&spot)).then(|| values[0]);
    }
    let (from, to) = (*spots.get(upper - 1)?, *spots.get(upper)?);
    let share = (spot - from) / (to - from);
    Some(values[upper - 1] + share * (values[upper] - values[upper - 1]))
}

#[cfg(test)]
mod tests {
    use super::{crossings, value_at};

    #[test]
    fn crossings_are_exact_on_straight_pieces() {
        let spots = [0.0, 10.0, 20.0, 30.0];
        assert_eq!(crossings(&spots, &[-10.0, 10.0, 10.0, -30.0]), [5.0, 22.5]);
        assert_eq!(crossings(&spots, &[1.0, 2.0, 3.0, 4.0]), [0.0_f64; 0]);
    }

    #[test]
    fn values_between_points_are_linear_and_outside_there_are_none() {
        let spots = [0.0, 10.0];
        assert_eq!(value_at(&spots, &[1.0, 3.0], 5.0), Some(2.0));
        assert_eq!(value_at(&spots, &[1.0, 3.0], 0.0), Some(1.0));
        assert_eq!(value_at(&spots, &[1.0, 3.0], 11.0), None);
        assert_eq!(value_at(&spots, &[1.0, 3.0], -1.0), None);
    }
}
