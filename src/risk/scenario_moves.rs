//! A what-if scenario as moves from the marks, so that a kept scenario means the same on any day.
//!
//! Every market figure is a change: SPX and VIX in %, vol in points, the rate in percentage points. A
//! scenario kept as "−5 %" is 5 % below whatever SPX is marked at when it is used again; as a level it
//! would turn into another scenario with every day that passes. Days are counted from the marks, too.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::what_if::{WhatIfScenario, hundredths};
use crate::market::Marks;

/// What a scenario assumes, relative to the marks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScenarioMoves {
    /// Simple move of SPX in %.
    pub spx_pct: f64,
    /// Simple move of VIX in % when it moves freely; `None`: VIX follows SPX by the model.
    pub vix_pct: Option<f64>,
    /// Calendar days ahead of the marks.
    pub days: u32,
    /// Vol points added to every strike of every SPX expiry.
    pub vol_points: f64,
    /// Vol points added to single SPX expiries on top; an expiry that is not held plays no part.
    pub vol_shifts: Vec<(Date, f64)>,
    /// Percentage points added to the rate; 0 keeps it.
    pub rate_pct: f64,
}

/// A change to four decimals: finer would only carry rounding of levels into the file.
fn tidy(change: f64) -> f64 {
    (1e4 * change).round() / 1e4 + 0.0
}

fn move_pct(from: f64, to: f64) -> f64 {
    tidy(100.0 * (to / from - 1.0))
}

impl ScenarioMoves {
    /// The moves that lead from the marks to a scenario, each to four decimals.
    pub fn of(scenario: &WhatIfScenario, marks: &Marks) -> Self {
        Self {
            spx_pct: move_pct(marks.spx, scenario.spx),
            vix_pct: scenario.vix.map(|vix| move_pct(marks.vix, vix)),
            days: scenario.days,
            vol_points: scenario.vol_points,
            vol_shifts: scenario.vol_shifts.clone(),
            rate_pct: scenario
                .rate
                .map_or(0.0, |rate| tidy(100.0 * (rate - marks.rate))),
        }
    }

    /// The scenario that the moves lead to from the marks; levels to the hundredth of a point.
    pub fn at(&self, marks: &Marks) -> WhatIfScenario {
        let moved = |level: f64, pct: f64| {
            if pct == 0.0 {
                level
            } else {
                hundredths(level * (1.0 + pct / 100.0))
            }
        };
        WhatIfScenario {
            spx: moved(marks.spx, self.spx_pct),
            vix: self.vix_pct.map(|pct| moved(marks.vix, pct)),
            days: self.days,
            vol_points: self.vol_points,
            vol_shifts: self.vol_shifts.clone(),
            rate: (self.rate_pct != 0.0).then(|| marks.rate + self.rate_pct / 100.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::ScenarioMoves;
    use crate::market::Marks;
    use crate::risk::what_if::WhatIfScenario;

    #[test]
    fn a_fall_of_five_per_cent_stays_one_at_other_marks() {
        let monday = Marks::new(Timestamp::UNIX_EPOCH, 6000.0, 17.0);
        let scenario = WhatIfScenario {
            vix: Some(25.5),
            days: 7,
            ..WhatIfScenario::today(5700.0)
        };
        let moves = ScenarioMoves::of(&scenario, &monday);
        assert_eq!((moves.spx_pct, moves.vix_pct), (-5.0, Some(50.0)));
        let next_week = Marks::new(Timestamp::UNIX_EPOCH, 6200.0, 20.0);
        let again = moves.at(&next_week);
        assert_eq!((again.spx, again.vix), (5890.0, Some(30.0)));
        assert_eq!(again.days, 7);
    }

    #[test]
    fn at_the_same_marks_the_same_scenario_comes_back() {
        let mut marks = Marks::new(Timestamp::UNIX_EPOCH, 6719.83, 17.06);
        marks.rate = 0.0415;
        let scenario = WhatIfScenario {
            spx: 6384.25,
            vix: Some(31.4),
            days: 12,
            vol_points: 1.5,
            vol_shifts: vec![(date(2026, 8, 7), -0.5)],
            rate: Some(0.0375),
        };
        let back = ScenarioMoves::of(&scenario, &marks).at(&marks);
        assert!((back.rate.unwrap_or_default() - 0.0375).abs() < 1e-12);
        assert_eq!(
            WhatIfScenario {
                rate: scenario.rate,
                ..back
            },
            scenario
        );
        let today = WhatIfScenario::today(marks.spx);
        assert_eq!(ScenarioMoves::of(&today, &marks).at(&marks), today);
    }
}
