//! What the journal says to the rules: how much of the theta that was projected was earned.
//!
//! Facts are gathered in every frame of a drag, so this comes ready-made from a campaign that was worked through.

use jiff::Timestamp;
use jiff::civil::Date;

use super::attribution::Attribution;
use super::parts::{Cause, Cents, Parts};
use crate::calendar::new_york_date;

/// Theta between two stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThetaStep {
    /// The station before.
    pub from: Timestamp,
    /// The station at its end.
    pub to: Timestamp,
    /// What decay and roll-down promised at the station before.
    pub projected: Cents,
    /// The profit less every part that is not the passing of time.
    pub realised: Cents,
}

impl ThetaStep {
    /// Of the parts of an interval.
    pub fn of(from: Timestamp, to: Timestamp, parts: &Parts) -> Self {
        let time = [Cause::Theta, Cause::RollDown, Cause::Unexplained];
        let other = Cause::ALL.into_iter().filter(|cause| !time.contains(cause));
        let moved: Cents = other.map(|cause| parts.of(cause)).sum();
        Self {
            from,
            to,
            projected: parts.of(Cause::Theta) + parts.of(Cause::RollDown),
            realised: parts.total() - moved,
        }
    }
}

/// Theta realised over theta projected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThetaCapture {
    /// Realised over projected.
    pub ratio: f64,
    /// Calendar days that it is over.
    pub days: i32,
    /// New York day of its last station.
    pub to: Date,
}

/// What rules learn from a campaign's journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalFacts {
    /// Theta between stations, oldest first.
    pub theta: Vec<ThetaStep>,
}

impl JournalFacts {
    /// Of a campaign's profit by cause.
    pub fn of(attribution: &Attribution) -> Self {
        let steps = attribution.intervals.iter();
        Self {
            theta: steps
                .map(|interval| ThetaStep::of(interval.from, interval.to, &interval.sum()))
                .collect(),
        }
    }

    /// Theta realised over theta projected in the last stations up to a day, as many as it takes to span at least so
    /// many calendar days. `None` where the marks do not reach so far, or where nothing was promised.
    ///
    /// METHOD section 5: the change of price less its delta, gamma and vega parts, over three days or more; a VIX
    /// future's move and the vol of its options are such parts of VIX contracts.
    pub fn theta_capture(&self, until: Date, least_days: f64) -> Option<ThetaCapture> {
        let (mut projected, mut realised) = (Cents(0), Cents(0));
        let known = (self.theta.iter().rev()).skip_while(|step| new_york_date(step.to) > until);
        let mut last = None;
        for step in known {
            let to = *last.get_or_insert_with(|| new_york_date(step.to));
            projected += step.projected;
            realised += step.realised;
            let days = (to - new_york_date(step.from)).get_days();
            if f64::from(days) >= least_days.max(1.0) {
                return (projected.0 > 0).then(|| ThetaCapture {
                    ratio: realised.usd() / projected.usd(),
                    days,
                    to,
                });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::new_york_instant;

    fn step(day: i8, days: i8, projected: i64, realised: i64) -> ThetaStep {
        let at = |day| new_york_instant(date(2026, 6, day).at(16, 0, 0, 0));
        ThetaStep {
            from: at(day),
            to: at(day + days),
            projected: Cents(projected),
            realised: Cents(realised),
        }
    }

    #[test]
    fn as_many_stations_count_as_it_takes_to_span_the_days() {
        let journal = JournalFacts {
            theta: vec![
                step(1, 1, 100, 900),
                step(2, 2, 100, 50),
                step(4, 1, 100, 90),
            ],
        };
        let capture = |day, days| {
            let found = journal.theta_capture(date(2026, 6, day), days);
            found.map(|found| (found.ratio, found.days))
        };
        assert_eq!(capture(5, 1.0), Some((0.9, 1)));
        assert_eq!(capture(5, 3.0), Some((0.7, 3)));
        assert_eq!(capture(4, 2.0), Some((0.5, 2)), "nothing later is read");
        assert_eq!(capture(5, 5.0), None);
    }

    #[test]
    fn what_moved_is_no_theta() {
        let mut parts = Parts::default();
        for cause in Cause::ALL {
            parts.add(cause, Cents(1000));
        }
        let step = ThetaStep::of(Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH, &parts);
        // Decay and roll-down; realised has the unexplained rest too.
        assert_eq!((step.projected, step.realised), (Cents(2000), Cents(3000)));
    }
}
