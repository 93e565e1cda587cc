//! Scenarios that are kept with the campaign by name: what they hold, what they may hold, their edits.

use serde::{Deserialize, Serialize};

use super::campaign::Campaign;
use super::command::CommandError;
use super::fault::{Fault, within};
use crate::risk::scenario_moves::ScenarioMoves;

/// Most scenarios that a campaign keeps.
pub const MOST_SCENARIOS: usize = 100;
/// Longest name in characters.
const MAX_NAME: usize = 60;
/// Longest note in characters.
const MAX_NOTE: usize = 2000;

/// SPX moves in %: from almost nothing left to doubled.
pub const SPX_PCT: [f64; 2] = [-95.0, 100.0];
/// VIX moves in %; the level itself is held within the model's floor and cap when it is used.
pub const VIX_PCT: [f64; 2] = [-90.0, 1000.0];
/// Vol points added to an expiry.
pub const VOL_POINTS: [f64; 2] = [-50.0, 150.0];
/// Percentage points added to the rate.
pub const RATE_PCT: [f64; 2] = [-10.0, 20.0];
/// Calendar days ahead: ten years.
pub const MOST_DAYS: u32 = 3650;

/// A scenario with its name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedScenario {
    /// Its name, one of its own in the campaign.
    pub name: String,
    /// What it assumes, as moves from the marks.
    #[serde(default)]
    pub moves: ScenarioMoves,
    /// What the trader noted about it; may be empty.
    #[serde(default)]
    pub note: String,
}

impl SavedScenario {
    /// Checks name, note and every number.
    ///
    /// # Errors
    /// The first value that cannot be, with its path.
    pub fn check(&self) -> Result<(), Fault> {
        let odd = self.name.chars().any(char::is_control);
        if self.name.trim().is_empty() || odd || self.name.chars().count() > MAX_NAME {
            let expected = format!("a name of 1 to {MAX_NAME} characters in one line");
            return Err(Fault::new("name", format!("{:?}", self.name), expected));
        }
        let length = self.note.chars().count();
        if length > MAX_NOTE {
            let expected = format!("at most {MAX_NOTE} characters");
            return Err(Fault::new("note", format!("{length} characters"), expected));
        }
        check_moves(&self.moves).map_err(|fault| fault.within("moves"))
    }
}

fn check_moves(moves: &ScenarioMoves) -> Result<(), Fault> {
    within("spx_pct", moves.spx_pct, SPX_PCT, "% of SPX")?;
    if let Some(pct) = moves.vix_pct {
        within("vix_pct", pct, VIX_PCT, "% of VIX")?;
    }
    let days = [0.0, f64::from(MOST_DAYS)];
    within("days", f64::from(moves.days), days, "calendar days")?;
    within("vol_points", moves.vol_points, VOL_POINTS, "vol points")?;
    for (index, (expiry, points)) in moves.vol_shifts.iter().enumerate() {
        let path = format!("vol_shifts[{index}]");
        within(&path, *points, VOL_POINTS, "vol points")?;
        if moves.vol_shifts[..index]
            .iter()
            .any(|(other, _)| other == expiry)
        {
            let found = format!("{expiry} a second time");
            return Err(Fault::new(path, found, "each expiry once"));
        }
    }
    within("rate_pct", moves.rate_pct, RATE_PCT, "percentage points")
}

impl Campaign {
    pub(super) fn check_scenarios(&self) -> Result<(), Fault> {
        let count = self.scenarios.len();
        if count > MOST_SCENARIOS {
            let expected = format!("at most {MOST_SCENARIOS} scenarios");
            return Err(Fault::new("scenarios", count.to_string(), expected));
        }
        for (index, scenario) in self.scenarios.iter().enumerate() {
            let place = format!("scenarios[{index}]");
            scenario.check().map_err(|fault| fault.within(&place))?;
            let mut earlier = self.scenarios[..index].iter();
            if earlier.any(|other| other.name == scenario.name) {
                return Err(Fault::new(
                    format!("{place}.name"),
                    format!("{:?} a second time", scenario.name),
                    "a name of its own",
                ));
            }
        }
        Ok(())
    }

    fn check_scenario_place(&self, index: usize) -> Result<(), CommandError> {
        let count = self.scenarios.len();
        if index < count {
            Ok(())
        } else {
            Err(CommandError::NoScenario(index, count))
        }
    }

    pub(super) fn add_scenario(&mut self, scenario: SavedScenario) -> Result<(), CommandError> {
        self.scenarios.push(trimmed(scenario));
        self.check_scenarios().map_err(CommandError::from)
    }

    pub(super) fn replace_scenario(
        &mut self,
        index: usize,
        scenario: SavedScenario,
    ) -> Result<(), CommandError> {
        self.check_scenario_place(index)?;
        self.scenarios[index] = trimmed(scenario);
        self.check_scenarios().map_err(CommandError::from)
    }

    pub(super) fn remove_scenario(&mut self, index: usize) -> Result<(), CommandError> {
        self.check_scenario_place(index)?;
        self.scenarios.remove(index);
        Ok(())
    }
}

fn trimmed(scenario: SavedScenario) -> SavedScenario {
    SavedScenario {
        name: scenario.name.trim().to_owned(),
        ..scenario
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{MOST_SCENARIOS, SavedScenario};
    use crate::document::{Campaign, Command};
    use crate::market::Marks;
    use crate::risk::scenario_moves::ScenarioMoves;

    fn campaign() -> Campaign {
        let now = jiff::Timestamp::UNIX_EPOCH;
        Campaign::new("July", now, Marks::new(now, 6000.0, 17.0))
    }

    fn sell_off(name: &str) -> SavedScenario {
        SavedScenario {
            name: name.to_owned(),
            moves: ScenarioMoves {
                spx_pct: -5.0,
                days: 1,
                ..ScenarioMoves::default()
            },
            note: String::new(),
        }
    }

    #[test]
    fn a_scenario_is_added_renamed_and_removed() {
        let mut campaign = campaign();
        let mut apply = |command| campaign.apply(command).map(|()| campaign.scenarios.clone());
        let kept = apply(Command::AddScenario(sell_off("  Sell-off "))).expect("kept");
        assert_eq!(kept, [sell_off("Sell-off")]);
        let renamed = Command::ReplaceScenario {
            index: 0,
            scenario: sell_off("Monday"),
        };
        assert_eq!(apply(renamed).expect("renamed"), [sell_off("Monday")]);
        let gone = Command::RemoveScenario { index: 0 };
        assert_eq!(apply(gone.clone()).expect("removed"), []);
        let error = apply(gone).expect_err("nothing left").to_string();
        assert_eq!(error, "scenario 0 is not in this campaign, which has 0");
    }

    #[test]
    fn nonsense_is_refused_with_its_place() {
        let shifts = |shifts| ScenarioMoves {
            vol_shifts: shifts,
            ..ScenarioMoves::default()
        };
        let expiry = date(2026, 8, 7);
        let absurd = [
            (sell_off(" "), "scenarios[1].name"),
            (sell_off("A\nB"), "scenarios[1].name"),
            (sell_off("Sell-off"), "\"Sell-off\" a second time"),
            (
                SavedScenario {
                    moves: ScenarioMoves {
                        spx_pct: f64::NAN,
                        ..ScenarioMoves::default()
                    },
                    ..sell_off("B")
                },
                "scenarios[1].moves.spx_pct: found NaN",
            ),
            (
                SavedScenario {
                    moves: ScenarioMoves {
                        days: 4000,
                        ..ScenarioMoves::default()
                    },
                    ..sell_off("B")
                },
                "expected calendar days from 0 to 3650",
            ),
            (
                SavedScenario {
                    moves: shifts(vec![(expiry, f64::INFINITY)]),
                    ..sell_off("B")
                },
                "moves.vol_shifts[0]: found inf",
            ),
            (
                SavedScenario {
                    moves: shifts(vec![(expiry, 1.0), (expiry, 2.0)]),
                    ..sell_off("B")
                },
                "each expiry once",
            ),
        ];
        let mut campaign = campaign();
        campaign
            .apply(Command::AddScenario(sell_off("Sell-off")))
            .expect("kept");
        for (scenario, part) in absurd {
            let error = campaign
                .applied(Command::AddScenario(scenario))
                .expect_err(part)
                .to_string();
            assert!(error.contains(part), "{part}: {error}");
        }
    }

    #[test]
    fn a_campaign_keeps_a_hundred_scenarios_and_no_more() {
        let mut campaign = campaign();
        for index in 0..MOST_SCENARIOS {
            let more = sell_off(&format!("S{index}"));
            campaign.apply(Command::AddScenario(more)).expect("room");
        }
        let full = campaign.applied(Command::AddScenario(sell_off("One more")));
        let error = full.expect_err("no more room").to_string();
        assert!(error.contains("at most 100 scenarios"), "{error}");
    }
}
