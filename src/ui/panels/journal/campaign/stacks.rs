//! The profit of a campaign as stacks: a series for each cause, leg or layer, a value for each interval.

use jiff::Timestamp;

use crate::document::journal::MomentSource;
use crate::instrument::{LayerKind, Underlying};
use crate::journal::{Attribution, AttributionInterval, Cause, Cents, StationSource};

/// What the profit is split by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::ui::panels::journal) enum By {
    /// By cause.
    #[default]
    Greek,
    /// By contract.
    Leg,
    /// The SPX side and each layer.
    Layer,
}

/// Whether intervals add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::ui::panels::journal) enum Span {
    /// From the first fill on.
    #[default]
    Sum,
    /// Each interval alone.
    Daily,
}

/// How a series is told from the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui::panels::journal) enum Look {
    /// A shade of the condor's colour, 0 the lightest to 1.
    Condor(f32),
    /// A layer, from 0.
    Layer(usize),
    /// An outline: fees.
    Fees,
    /// An outline: what is not explained.
    Rest,
}

/// One part of the stacks.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels::journal) struct Series {
    /// Its name.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// How it is drawn.
    pub look: Look,
    /// A value for each interval.
    pub values: Vec<Cents>,
    /// Over all intervals.
    pub total: Cents,
}

/// An interval's end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui::panels::journal) struct Stop {
    /// When.
    pub at: Timestamp,
    /// SPX, points.
    pub spx: f64,
    /// Whether options are priced by the model alone there.
    pub is_model: bool,
}

/// Everything that the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels::journal) struct Stacks {
    /// The parts; those without any value are left out.
    pub series: Vec<Series>,
    /// The intervals' ends.
    pub stops: Vec<Stop>,
    /// All parts together at each of them.
    pub net: Vec<Cents>,
    /// All parts over all intervals.
    pub total: Cents,
}

impl Stacks {
    /// Splits a profit.
    pub(in crate::ui::panels::journal) fn of(split: &Attribution, by: By, span: Span) -> Self {
        let mut series = match by {
            By::Greek => by_cause(split),
            By::Leg => by_leg(split),
            By::Layer => by_layer(split),
        };
        series.retain(|series| series.values.iter().any(|cents| cents.0 != 0));
        for series in &mut series {
            series.total = series.values.iter().copied().sum();
            if span == Span::Sum {
                add_up(&mut series.values);
            }
        }
        let stops = split.intervals.iter().map(|interval| Stop {
            at: interval.to,
            spx: interval.spx,
            is_model: interval.source == StationSource::Kept(MomentSource::History),
        });
        let net = |place: usize| -> Cents {
            let values = series.iter().filter_map(|series| series.values.get(place));
            values.copied().sum()
        };
        Self {
            net: (0..split.intervals.len()).map(net).collect(),
            stops: stops.collect(),
            total: series.iter().map(|series| series.total).sum(),
            series,
        }
    }

    /// The lowest and the highest end of a stack, zero included, dollars.
    pub(super) fn range(&self) -> (f64, f64) {
        let mut range = (0.0_f64, 0.0_f64);
        for place in 0..self.stops.len() {
            let (mut low, mut high) = (0.0, 0.0);
            for series in &self.series {
                let usd = series.values.get(place).map_or(0.0, |cents| cents.usd());
                if usd < 0.0 { low += usd } else { high += usd }
            }
            range = (range.0.min(low), range.1.max(high));
        }
        range
    }
}

fn add_up(values: &mut [Cents]) {
    let mut sum = Cents(0);
    for value in values {
        sum += *value;
        *value = sum;
    }
}

fn series(
    split: &Attribution,
    (name, meaning, look): (String, String, Look),
    value: impl Fn(&AttributionInterval) -> Cents,
) -> Series {
    Series {
        name,
        meaning,
        look,
        values: split.intervals.iter().map(value).collect(),
        total: Cents(0),
    }
}

fn by_cause(split: &Attribution) -> Vec<Series> {
    let causes = Cause::ALL.into_iter();
    causes
        .map(|cause| {
            let words = (
                cause.label().to_owned(),
                cause.meaning().to_owned(),
                look_of(cause),
            );
            series(split, words, |interval| interval.sum().of(cause))
        })
        .collect()
}

fn look_of(cause: Cause) -> Look {
    match cause {
        Cause::Theta => Look::Condor(0.0),
        Cause::Vega => Look::Condor(0.35),
        Cause::Delta => Look::Condor(0.55),
        Cause::Skew => Look::Condor(0.7),
        Cause::Gamma => Look::Condor(0.9),
        Cause::Fills => Look::Condor(1.0),
        Cause::VixFuture(kind) => Look::Layer(layer_place(kind)),
        Cause::OtherVixFuture | Cause::VolOfVol => Look::Layer(1),
        Cause::RollDown => Look::Layer(2),
        Cause::Fees => Look::Fees,
        Cause::Unexplained => Look::Rest,
    }
}

fn layer_place(kind: LayerKind) -> usize {
    match kind {
        LayerKind::First => 0,
        LayerKind::Second => 1,
        LayerKind::Third => 2,
    }
}

fn by_leg(split: &Attribution) -> Vec<Series> {
    let spx_legs = split
        .legs
        .iter()
        .filter(|(key, _)| key.contract.underlying() == Underlying::Spx)
        .count();
    let mut shade = 0;
    let mut all = Vec::with_capacity(split.legs.len());
    for (place, (key, layer)) in split.legs.iter().enumerate() {
        let look = if key.contract.underlying() == Underlying::Spx {
            shade += 1;
            Look::Condor((shade - 1) as f32 / spx_legs.max(2) as f32)
        } else {
            Look::Layer(layer.map_or(1, layer_place))
        };
        let name = key.contract.label();
        let meaning = "All causes of this contract, fees taken off".to_owned();
        all.push(series(split, (name, meaning, look), |interval| {
            interval
                .legs
                .get(place)
                .map_or(Cents(0), |parts| parts.total())
        }));
    }
    all
}

fn by_layer(split: &Attribution) -> Vec<Series> {
    let groups = [
        (None, "Condor", Look::Condor(0.3)),
        (Some(LayerKind::First), "First layer", Look::Layer(0)),
        (Some(LayerKind::Second), "Second layer", Look::Layer(1)),
        (Some(LayerKind::Third), "Third layer", Look::Layer(2)),
    ];
    groups
        .into_iter()
        .map(|(layer, name, look)| {
            let meaning = match layer {
                None => "All that is in no layer, fees taken off",
                Some(_) => "The layer, fees taken off",
            };
            series(
                split,
                (name.to_owned(), meaning.to_owned(), look),
                |interval| split.of_group(interval, layer).total(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::journal::{JournalCommand, MomentSource};
    use crate::document::{Command, campaign_from_ron};
    use crate::journal::attribute;

    fn split() -> Attribution {
        let text = include_str!("../../../../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        let mut later = campaign.marks.clone();
        later.as_of += jiff::SignedDuration::from_hours(72);
        later.spx += 40.0;
        later.quotes.clear();
        let keep = JournalCommand::KeepMoment {
            marks: Box::new(campaign.marks.clone()),
            source: MomentSource::Entered,
        };
        let mut campaign = campaign.applied(Command::Journal(keep)).expect("kept");
        campaign.marks = later;
        attribute(&campaign)
    }

    #[test]
    fn however_it_is_split_the_parts_add_up_to_the_profit() {
        let split = split();
        assert!(split.intervals.len() >= 2);
        for by in [By::Greek, By::Leg, By::Layer] {
            let sum = Stacks::of(&split, by, Span::Sum);
            let daily = Stacks::of(&split, by, Span::Daily);
            assert_eq!(sum.total, split.total(), "{by:?}");
            assert_eq!(sum.net.last(), Some(&split.total()), "{by:?}");
            assert_eq!(daily.net.iter().copied().sum::<Cents>(), split.total());
            let (low, high) = sum.range();
            assert!(low <= 0.0 && high >= 0.0 && low < high, "{by:?}");
            let held = |net: &Cents| (low..=high).contains(&net.usd());
            assert!(sum.net.iter().all(held), "{by:?}");
        }
    }
}
