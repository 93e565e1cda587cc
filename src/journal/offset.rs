//! Promised against delivered: what the hedge was said to make when SPX falls, and what it made.
//!
//! At each interval between stations in which SPX fell by [`EVENT_FALL_PCT`] or more with VIX contracts held, the joint
//! model of the station before (docs/model.md) values the very book that was held there for that very move of SPX and
//! the days that passed, with VIX and its futures by the model: the promise. The attribution of the interval, fills and
//! fees left out, is what was delivered.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::attribution::{Attribution, AttributionInterval};
use super::interval::Measured;
use super::ledger::Ledger;
use super::parts::{Cause, Cents};
use super::station::Station;
use super::summary::CampaignSummary;
use crate::calendar::{new_york_date, years_between};
use crate::instrument::{LayerKind, Underlying};
use crate::market::ModelParams;
use crate::risk::book::{Book, Group, GroupValues, layer_index};
use crate::units::DAYS_PER_YEAR;

/// A fall of SPX that counts as an event, percent. A setting of the program.
pub const EVENT_FALL_PCT: f64 = 2.0;

/// Cents of the SPX side, of each layer, and of VIX contracts outside the layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SidesCents {
    /// SPX contracts.
    pub spx: i64,
    /// The layers, First to Third.
    pub layers: [i64; 3],
    /// Other VIX contracts.
    pub other: i64,
}

impl SidesCents {
    /// All VIX contracts.
    pub fn hedge(&self) -> i64 {
        self.layers.iter().sum::<i64>() + self.other
    }

    /// Share of the SPX side's loss that the hedge made good, percent; `None` where it lost nothing.
    pub fn offset_pct(&self) -> Option<f64> {
        (self.spx < 0).then(|| -100.0 * self.hedge() as f64 / self.spx as f64)
    }

    fn of_values(now: &GroupValues, then: &GroupValues) -> Self {
        let change = |group: Group| {
            let sum = |values: &GroupValues| values.group(group).iter().sum::<f64>();
            Cents::from_usd(sum(then) - sum(now)).0
        };
        Self {
            spx: change(Group::Spx),
            layers: LayerKind::ALL.map(|kind| change(Group::Layer(kind))),
            other: change(Group::OtherVix),
        }
    }

    /// What was held at the start of an interval made; fills of the interval and fees are left out.
    fn of_interval(split: &Attribution, interval: &AttributionInterval) -> Self {
        let mut sides = Self::default();
        for ((key, layer), parts) in split.legs.iter().zip(&interval.legs) {
            let made = parts.total() - parts.of(Cause::Fills) - parts.of(Cause::Fees);
            let side = match (key.contract.underlying(), *layer) {
                (Underlying::Spx, _) => &mut sides.spx,
                (Underlying::Vix, Some(kind)) => &mut sides.layers[layer_index(kind)],
                (Underlying::Vix, None) => &mut sides.other,
            };
            *side += made.0;
        }
        sides
    }
}

/// A fall of SPX with a hedge held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HedgeEvent {
    /// New York day of the station before.
    pub from: Date,
    /// New York day of the station after.
    pub to: Date,
    /// The move of SPX, percent, negative.
    pub spx_pct: f64,
    /// VIX before, points.
    pub vix_before: f64,
    /// VIX as the model promised it, points.
    pub vix_promised: f64,
    /// VIX after, points.
    pub vix_after: f64,
    /// What the model promised, cents.
    pub promised: SidesCents,
    /// What was delivered, cents.
    pub delivered: SidesCents,
}

/// The falls of SPX of a campaign, with promise and delivery, oldest first.
pub fn hedge_events(
    params: &ModelParams,
    ledger: &Ledger,
    stations: &[Station],
    split: &Attribution,
) -> Vec<HedgeEvent> {
    let mut pairs = stations.windows(2);
    std::iter::from_fn(|| pairs.next())
        .filter_map(|pair| event(params, ledger, (&pair[0], &pair[1]), split))
        .collect()
}

fn event(
    params: &ModelParams,
    ledger: &Ledger,
    (before, after): (&Station, &Station),
    split: &Attribution,
) -> Option<HedgeEvent> {
    let spx_pct = 100.0 * (after.spx / before.spx - 1.0);
    if spx_pct > -EVENT_FALL_PCT {
        return None;
    }
    let mut intervals = split.intervals.iter();
    let interval = intervals.find(|it| (it.from, it.to) == (before.at, after.at))?;
    let held = ledger.book_at(before.at);
    let is_vix = |leg: &crate::instrument::Leg| leg.contract.underlying() == Underlying::Vix;
    if !held.iter().flat_map(|position| &position.legs).any(is_vix) {
        return None;
    }
    let book = Book::of(&held, std::sync::Arc::clone(&before.market), params.clone());
    let days = years_between(before.at, after.at) * DAYS_PER_YEAR;
    let path = book.path(book.scenario(book.moment_in_days(days)), vec![after.spx]);
    Some(HedgeEvent {
        from: new_york_date(before.at),
        to: new_york_date(after.at),
        spx_pct,
        vix_before: before.vix,
        vix_promised: path.vix.first().copied()?,
        vix_after: after.vix,
        promised: SidesCents::of_values(&book.values_now(), &book.values(&path)),
        delivered: SidesCents::of_interval(split, interval),
    })
}

/// Promise and delivery over many falls.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OffsetReview {
    /// Share of the SPX side's loss that was promised to be made good, percent an event.
    pub promised_pct: Option<Measured>,
    /// The share that was made good, percent an event.
    pub delivered_pct: Option<Measured>,
    /// Delivered less promised, percent points an event.
    pub beyond_promise_pct: Option<Measured>,
    /// Promised and delivered by each layer, First to Third, dollars an event in which it moved.
    pub layers: [(Option<Measured>, Option<Measured>); 3],
}

impl OffsetReview {
    /// Of the events of campaigns.
    pub fn of(campaigns: &[&CampaignSummary]) -> Self {
        let events = || campaigns.iter().flat_map(|campaign| &campaign.events);
        let pairs: Vec<(f64, f64)> = events()
            .filter_map(|it| Some((it.promised.offset_pct()?, it.delivered.offset_pct()?)))
            .collect();
        let of = |take: fn(&(f64, f64)) -> f64| {
            let sample: Vec<f64> = pairs.iter().map(take).collect();
            Measured::mean(&sample)
        };
        let layer = |place: usize| {
            let own = || events().filter(move |it| it.promised.layers[place] != 0);
            let usd = |cents: i64| cents as f64 / 100.0;
            let promised: Vec<f64> = own().map(|it| usd(it.promised.layers[place])).collect();
            let delivered: Vec<f64> = own().map(|it| usd(it.delivered.layers[place])).collect();
            (Measured::mean(&promised), Measured::mean(&delivered))
        };
        Self {
            promised_pct: of(|(promised, _)| *promised),
            delivered_pct: of(|(_, delivered)| *delivered),
            beyond_promise_pct: of(|(promised, delivered)| delivered - promised),
            layers: [0, 1, 2].map(layer),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::review::tests::campaign;
    use super::*;

    #[test]
    fn an_offset_is_a_share_of_the_loss() {
        let sides = SidesCents {
            spx: -10_000,
            layers: [1500, 1000, 0],
            other: 500,
        };
        assert_eq!((sides.hedge(), sides.offset_pct()), (3000, Some(30.0)));
        assert_eq!(SidesCents::default().offset_pct(), None);
    }

    #[test]
    fn promise_and_delivery_stand_beside_each_other_over_events() {
        let event = |delivered: i64| HedgeEvent {
            from: date(2026, 3, 2),
            to: date(2026, 3, 3),
            spx_pct: -2.5,
            vix_before: 17.0,
            vix_promised: 22.0,
            vix_after: 21.0,
            promised: SidesCents {
                spx: -10_000,
                layers: [0, 2000, 0],
                other: 0,
            },
            delivered: SidesCents {
                spx: -10_000,
                layers: [0, delivered, 0],
                other: 0,
            },
        };
        let mut one = campaign(1, 0);
        one.events = vec![event(1000), event(2000)];
        let found = OffsetReview::of(&[&one]);
        let seen = |figure: Option<Measured>| figure.map(|it| (it.seen(), it.n()));
        assert_eq!(seen(found.promised_pct), Some((20.0, 2)));
        assert_eq!(seen(found.delivered_pct), Some((15.0, 2)));
        assert_eq!(seen(found.beyond_promise_pct), Some((-5.0, 2)));
        assert_eq!(seen(found.layers[1].1), Some((15.0, 2)));
        assert_eq!(found.layers[0], (None, None));
    }
}
