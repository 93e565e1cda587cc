//! Profit between stations, split by cause and by leg, to the cent.
//!
//! A leg held over an interval gains its change of price; first-order Greeks at the start of the interval say why
//! (Taylor's expansion of the price in index, time, vol and future; the causes are listed in [`Cause`]). What they do
//! not say is named unexplained, never spread over the others. A fill enters at its price and is carried to the end of
//! its interval at that station's price, so intervals add up to cash and value exactly, and whole cents of running
//! totals make every sum exact.

use jiff::Timestamp;

use super::ledger::{Ledger, LedgerFill, LegKey};
use super::parts::{Cause, Cents, Parts};
use super::station::{Station, StationSource, UnitRow};
use super::tempo::ThetaStep;
use crate::calendar::years_between;
use crate::document::Campaign;
use crate::instrument::{Contract, LayerKind, TradeAction, Underlying};
use crate::units::DAYS_PER_YEAR;

/// Profit from one station to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributionInterval {
    /// The station before; the first interval begins with the first fill.
    pub from: Timestamp,
    /// The station at its end.
    pub to: Timestamp,
    /// Where the marks at its end come from.
    pub source: StationSource,
    /// SPX at its end.
    pub spx: f64,
    /// VIX at its end.
    pub vix: f64,
    /// Profit of each leg by cause, in the order of [`Attribution::legs`].
    pub legs: Vec<Parts>,
}

impl AttributionInterval {
    /// All legs together.
    pub fn sum(&self) -> Parts {
        self.legs.iter().copied().sum()
    }
}

/// A campaign's profit, split.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Its legs, in the order in which they were first traded, with their layers.
    pub legs: Vec<(LegKey, Option<LayerKind>)>,
    /// The intervals, oldest first.
    pub intervals: Vec<AttributionInterval>,
    /// Contracts that no station can price; nothing is said of them.
    pub unpriced: Vec<Contract>,
}

impl Attribution {
    /// The whole profit: cash of all fills, fees taken off, and what is held at the last marks.
    pub fn total(&self) -> Cents {
        self.sum().total()
    }

    /// The whole profit by cause.
    pub fn sum(&self) -> Parts {
        self.intervals.iter().map(AttributionInterval::sum).sum()
    }

    /// Profit of each leg over all intervals, by cause.
    pub fn by_leg(&self) -> Vec<(LegKey, Option<LayerKind>, Parts)> {
        let of_leg = |place: usize| {
            self.intervals
                .iter()
                .map(|interval| interval.legs[place])
                .sum()
        };
        let legs = self.legs.iter().enumerate();
        legs.map(|(place, (key, layer))| (*key, *layer, of_leg(place)))
            .collect()
    }

    /// Profit of the SPX side (`None`) or of one layer in an interval.
    pub fn of_group(&self, interval: &AttributionInterval, layer: Option<LayerKind>) -> Parts {
        let legs = self.legs.iter().zip(&interval.legs);
        legs.filter(|((_, of), _)| *of == layer)
            .map(|(_, parts)| *parts)
            .sum()
    }

    /// Running totals at the end of each interval.
    pub fn running(&self) -> Vec<(Timestamp, Parts)> {
        let mut sum = Parts::default();
        let running = self.intervals.iter().map(|interval| {
            sum += interval.sum();
            (interval.to, sum)
        });
        running.collect()
    }

    /// Theta realised over theta projected in the intervals that begin at an instant or later: what is left of the profit when
    /// everything but the passing of time is taken off, over what theta and roll-down promised. `None` without intervals of a day
    /// or more, or where nothing was promised. METHOD: theta capture.
    pub fn theta_capture(&self, after: Timestamp) -> Option<f64> {
        let mut sum = Parts::default();
        let mut days = 0.0;
        for interval in self
            .intervals
            .iter()
            .filter(|interval| interval.from >= after)
        {
            sum += interval.sum();
            days += calendar_days(interval.from, interval.to);
        }
        let step = ThetaStep::of(after, after, &sum);
        if days < 1.0 || step.projected.0 <= 0 {
            return None;
        }
        Some(step.realised.usd() / step.projected.usd())
    }
}

/// Splits the profit of a campaign between its stations.
pub fn attribute(campaign: &Campaign) -> Attribution {
    let ledger = Ledger::of(campaign);
    let legs = ledger.legs();
    let contracts: Vec<Contract> = legs.iter().map(|(key, _)| key.contract).collect();
    let stations = Station::all(campaign, &contracts);
    attribute_between(&ledger, &stations)
}

/// Splits the profit of a ledger between given stations, oldest first.
pub fn attribute_between(ledger: &Ledger, stations: &[Station]) -> Attribution {
    let legs = ledger.legs();
    let mut attribution = Attribution::default();
    let mut states = vec![LegState::default(); legs.len()];
    let Some(first) = ledger.fills.first() else {
        return attribution;
    };
    // A station before the first fill has nothing to value.
    let unused = stations.partition_point(|station| station.at < first.at);
    let mut before: Option<&Station> = None;
    for station in &stations[unused..] {
        let after = before.map_or(Timestamp::MIN, |before| before.at);
        let fills = ledger.between(after, station.at);
        let parts = legs.iter().zip(&mut states).map(|((key, layer), state)| {
            let own: Vec<&LedgerFill> = fills.iter().filter(|fill| fill.key == *key).collect();
            let span = Span {
                before,
                station,
                key,
                layer: *layer,
            };
            state.pass(&span, &own)
        });
        attribution.intervals.push(AttributionInterval {
            from: before.map_or(first.at, |before| before.at),
            to: station.at,
            source: station.source.clone(),
            spx: station.spx,
            vix: station.vix,
            legs: parts.collect(),
        });
        before = Some(station);
    }
    let contracts = legs.iter().map(|(key, _)| key.contract);
    attribution.unpriced = contracts
        .filter(|contract| {
            stations
                .iter()
                .all(|station| station.unit(contract).is_none())
        })
        .collect();
    attribution.legs = legs;
    attribution
}

/// One leg over one interval.
struct Span<'a> {
    before: Option<&'a Station>,
    station: &'a Station,
    key: &'a LegKey,
    layer: Option<LayerKind>,
}

/// A leg as it stands at a station.
#[derive(Clone, Copy, Debug, Default)]
struct LegState {
    /// Contracts held.
    quantity: i32,
    /// How it was valued.
    row: Option<UnitRow>,
    /// Its price; the last one known where it could not be valued.
    price: Option<f64>,
    /// Profit so far, dollars.
    exact_usd: f64,
    /// The same as it was given out in cents.
    booked: Cents,
}

impl LegState {
    /// Goes on to the station; the profit of the interval by cause.
    fn pass(&mut self, span: &Span<'_>, fills: &[&LedgerFill]) -> Parts {
        let multiplier = span.key.contract.multiplier();
        let row = span.station.unit(&span.key.contract).copied();
        let price = self.price_at(row.as_ref(), fills);
        let mut causes: Vec<(Cause, f64)> = Vec::new();
        let mut gain_usd = 0.0;
        let usd_per_point = f64::from(self.quantity) * multiplier;
        if let (Some(last), Some(price)) = (self.price, price) {
            gain_usd += usd_per_point * (price - last);
        }
        if let (Some(before), Some(from), Some(to)) = (span.before, &self.row, &row)
            && self.quantity != 0
            && !from.is_expired
        {
            let moved = moved_points(span, before, from, to);
            causes.extend(
                moved
                    .into_iter()
                    .map(|(cause, points)| (cause, usd_per_point * points)),
            );
        }
        for fill in fills {
            let against_marks = fill.usd_per_point() * (price.unwrap_or(fill.price) - fill.price);
            causes.extend([(Cause::Fills, against_marks), (Cause::Fees, -fill.fees_usd)]);
            gain_usd += against_marks - fill.fees_usd;
            self.quantity += fill.quantity;
        }
        self.row = row;
        self.price = price;
        self.exact_usd += gain_usd;
        self.book(&causes)
    }

    /// What the leg is worth at a station: settled, what it settled at, and no other price after that.
    fn price_at(&self, row: Option<&UnitRow>, fills: &[&LedgerFill]) -> Option<f64> {
        let settled = fills.iter().find(|fill| fill.action == TradeAction::Settle);
        if let Some(settled) = settled {
            return Some(settled.price);
        }
        if self.row.is_some_and(|last| last.is_expired) && self.price.is_some() {
            return self.price;
        }
        let known = row.map(|row| row.price).filter(|price| price.is_finite());
        known
            .or(self.price)
            .or_else(|| fills.first().map(|fill| fill.price))
    }

    /// The interval in cents: running totals are rounded, so that no rounding adds up; the rest is unexplained.
    fn book(&mut self, causes: &[(Cause, f64)]) -> Parts {
        let total = Cents::from_usd(self.exact_usd) - self.booked;
        self.booked += total;
        let mut parts = Parts::default();
        for (cause, usd) in causes {
            parts.add(*cause, Cents::from_usd(*usd));
        }
        let rest = total - parts.total();
        parts.add(Cause::Unexplained, rest);
        parts
    }
}

/// What the Greeks at the start say of one unit's change of price, in points.
fn moved_points(
    span: &Span<'_>,
    before: &Station,
    from: &UnitRow,
    to: &UnitRow,
) -> Vec<(Cause, f64)> {
    let years_left = from.contract.years(before.at);
    let days = calendar_days(before.at, span.station.at).min(years_left * DAYS_PER_YEAR);
    let theta = (Cause::Theta, from.theta_per_day * days);
    // What has settled has no vol any more: its vega says nothing.
    let vol_points = |from_vol: f64, to_vol: f64| {
        if to.is_expired {
            0.0
        } else {
            100.0 * (to_vol - from_vol)
        }
    };
    let own = vol_points(from.vol, to.vol);
    match from.contract.underlying() {
        Underlying::Spx => {
            let move_points = span.station.spx - before.spx;
            let level = vol_points(from.level_vol, to.level_vol);
            vec![
                theta,
                (Cause::Delta, from.delta * move_points),
                (Cause::Gamma, 0.5 * from.gamma * move_points * move_points),
                (Cause::Vega, from.vega_per_vol_point * level),
                (Cause::Skew, from.vega_per_vol_point * (own - level)),
            ]
        }
        Underlying::Vix => {
            let all = to.future - from.future;
            let rolled = rolled_points(before, from.contract.expiry(), days);
            let beyond = all - rolled;
            let future = span.layer.map_or(Cause::OtherVixFuture, Cause::VixFuture);
            vec![
                theta,
                (Cause::RollDown, from.delta * rolled),
                (future, from.delta * beyond + 0.5 * from.gamma * all * all),
                (Cause::VolOfVol, from.vega_per_vol_point * own),
            ]
        }
    }
}

/// How far the future of an expiry rolls along the curve of a station in some calendar days, points.
fn rolled_points(before: &Station, expiry: jiff::civil::Date, days: f64) -> f64 {
    let curve = before.curve();
    let to_expiry = curve.days_to(expiry);
    let rolled = curve.price((to_expiry - days).max(0.0)) - curve.price(to_expiry);
    rolled * before.roll_down_share
}

fn calendar_days(from: Timestamp, to: Timestamp) -> f64 {
    years_between(from, to) * DAYS_PER_YEAR
}
