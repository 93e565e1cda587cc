//! What rolling and hedging were worth, decision by decision, with the running sum.
//!
//! Where it was done, a roll or hedge is worth what its own fills have made since, over leaving everything as it was.
//! Where it was on offer and not done, it is worth what it would have made over what was done. Of several on offer the
//! one that scored best *then* counts: a choice picked by how it turned out would be hindsight. Both are at the last
//! marks of their campaign, fees and half-spread taken off.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::counterfactual::DecisionOutcome;
use super::review::DecisionValue;
use super::summary::{CampaignSummary, DecisionSummary};
use super::thresholds::Trim;
use crate::document::journal::DecisionRecord;

/// What a series is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Adjustment {
    /// Moving condors in time.
    Rolling,
    /// Buying volatility.
    Hedging,
}

impl Adjustment {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Rolling, Self::Hedging];

    /// Its name on the screen and in exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rolling => "Rolling",
            Self::Hedging => "Hedging",
        }
    }

    /// The word for it in decision records.
    pub fn stance(self) -> &'static str {
        match self {
            Self::Rolling => "Roll",
            Self::Hedging => "Hedge",
        }
    }
}

/// A choice that was not taken: of those that do the same the one that scored best when it was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotTaken {
    /// What would have been done, in a few words.
    pub name: String,
    /// What it asked for.
    pub stance: String,
    /// Which trim it would have been, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trim: Option<Trim>,
    /// What it would have made over holding by the last marks, cents.
    pub value_cents: i64,
    /// Whether that rests on entered or imported marks alone.
    pub is_marked: bool,
}

/// The choices of a decision that were not taken, one of each thing that can be done, the best-scored first.
pub(super) fn not_taken(record: &DecisionRecord, decided: &DecisionOutcome) -> Vec<NotTaken> {
    let score = |place: usize| {
        let choice = record.choices.get(place);
        choice
            .and_then(|choice| choice.score)
            .unwrap_or(f64::NEG_INFINITY)
    };
    let mut offered: Vec<_> = decided.choices.iter().filter(|it| !it.is_taken).collect();
    offered.sort_by(|a, b| score(b.place).total_cmp(&score(a.place)));
    let mut best: Vec<NotTaken> = Vec::new();
    for choice in offered {
        let Some(last) = choice.last() else { continue };
        let trim = record.choices.get(choice.place).and_then(Trim::of);
        let is_same = |known: &NotTaken| (&known.stance, known.trim) == (&choice.stance, trim);
        if !best.iter().any(is_same) {
            best.push(NotTaken {
                trim,
                name: choice.name.clone(),
                stance: choice.stance.clone(),
                value_cents: last.value.0,
                is_marked: last.is_marked,
            });
        }
    }
    best
}

/// What an adjustment was worth at one decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Worth {
    /// Whether it was done; otherwise it was on offer.
    pub is_taken: bool,
    /// What was done.
    pub done: String,
    /// What that has made over holding, cents.
    pub done_cents: i64,
    /// What was not done: the adjustment where it was on offer, else the choice that scored best beside it.
    pub not_done: String,
    /// What that would have made over holding, cents.
    pub not_done_cents: i64,
    /// What the adjustment is worth: over holding where it was done, over what was done where it was not. Cents.
    pub value_cents: i64,
    /// Whether that value rests on entered or imported marks alone; otherwise the model stands in.
    pub is_marked: bool,
}

impl DecisionSummary {
    /// What an adjustment was worth here; `None` where it was neither done nor on offer.
    pub fn worth(&self, of: Adjustment) -> Option<Worth> {
        let is_own = |it: &&NotTaken| it.stance == of.stance();
        let is_taken = self.taken.as_deref() == Some(of.stance());
        let (other, value_cents, is_marked) = if is_taken {
            let other = self.not_taken.iter().find(|it| !is_own(it));
            (other, self.done_cents, self.is_done_marked)
        } else {
            let offered = self.not_taken.iter().find(is_own)?;
            let over = offered.value_cents - self.done_cents;
            let is_marked = offered.is_marked && self.is_done_marked;
            (Some(offered), over, is_marked)
        };
        Some(Worth {
            is_taken,
            done: self.done.clone(),
            done_cents: self.done_cents,
            not_done: other.map_or_else(|| "Hold".to_owned(), |other| other.name.clone()),
            not_done_cents: other.map_or(0, |other| other.value_cents),
            value_cents,
            is_marked,
        })
    }
}

/// A decision of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorthPoint {
    /// Its place among the decisions of its campaign, from 0.
    #[serde(skip)]
    pub place: usize,
    /// New York day of the decision.
    pub on: Date,
    /// Name of its campaign.
    pub campaign: String,
    /// What it was worth.
    #[serde(flatten)]
    pub worth: Worth,
    /// Sum of the values so far, this one included, cents.
    pub running_cents: i64,
}

/// What an adjustment was worth over many decisions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorthSeries {
    /// Which.
    pub of: Adjustment,
    /// Whether of the decisions at which it was done; otherwise of those at which it was on offer and not done.
    pub is_taken: bool,
    /// Sum, mean with its n and interval, and how many rest on the model.
    pub value: DecisionValue,
    /// The decisions, oldest first.
    pub points: Vec<WorthPoint>,
}

impl WorthSeries {
    /// Of the decisions of campaigns.
    pub fn of(campaigns: &[&CampaignSummary], of: Adjustment, is_taken: bool) -> Self {
        let mut points: Vec<WorthPoint> = Vec::new();
        for campaign in campaigns {
            let decisions = campaign.decisions.iter().enumerate();
            let own = decisions.filter_map(|(place, decision)| {
                let worth = decision.worth(of).filter(|it| it.is_taken == is_taken)?;
                Some(WorthPoint {
                    place,
                    on: decision.on,
                    campaign: campaign.name.clone(),
                    worth,
                    running_cents: 0,
                })
            });
            points.extend(own);
        }
        points.sort_by_key(|point| point.on);
        let mut running = 0;
        for point in &mut points {
            running += point.worth.value_cents;
            point.running_cents = running;
        }
        let values = points
            .iter()
            .map(|point| (point.worth.value_cents, point.worth.is_marked));
        Self {
            of,
            is_taken,
            value: DecisionValue::of_values(values),
            points,
        }
    }

    /// Rolling and hedging, each where it was done and where it was not.
    pub fn all(campaigns: &[&CampaignSummary]) -> Vec<Self> {
        let both = Adjustment::ALL.into_iter();
        both.flat_map(|of| [true, false].map(|is_taken| Self::of(campaigns, of, is_taken)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::review::tests::campaign;
    use super::*;

    fn decision(day: i8, taken: &str, done_cents: i64, offered: &[(&str, i64)]) -> DecisionSummary {
        DecisionSummary {
            on: date(2026, 3, day),
            verdict: "Roll".to_owned(),
            taken: Some(taken.to_owned()),
            done: format!("{taken} of {day}"),
            done_cents,
            is_done_marked: day != 9,
            not_taken: offered
                .iter()
                .map(|(stance, cents)| NotTaken {
                    name: format!("A {stance}"),
                    stance: (*stance).to_owned(),
                    trim: None,
                    value_cents: *cents,
                    is_marked: *stance != "Close",
                })
                .collect(),
            ..DecisionSummary::default()
        }
    }

    fn two() -> [CampaignSummary; 2] {
        let (mut one, mut two) = (campaign(1, 0), campaign(2, 0));
        one.decisions = vec![
            decision(9, "Roll", 500, &[("Close", -200), ("Hold", 0)]),
            decision(20, "Hold", 0, &[("Hedge", -70), ("Roll", 300)]),
        ];
        two.decisions = vec![
            decision(2, "Roll", -100, &[]),
            decision(11, "Hedge", 40, &[("Roll", 90)]),
        ];
        [one, two]
    }

    fn series(of: Adjustment, is_taken: bool) -> WorthSeries {
        let [one, two] = two();
        WorthSeries::of(&[&one, &two], of, is_taken)
    }

    #[test]
    fn what_was_done_adds_up_in_time_over_holding() {
        let rolled = series(Adjustment::Rolling, true);
        let told: Vec<(i8, i64, i64, bool)> = rolled
            .points
            .iter()
            .map(|it| {
                let worth = &it.worth;
                (
                    it.on.day(),
                    worth.value_cents,
                    it.running_cents,
                    worth.is_marked,
                )
            })
            .collect();
        assert_eq!(told, [(2, -100, -100, true), (9, 500, 400, false)]);
        assert_eq!((rolled.value.sum_cents, rolled.value.modelled), (400, 1));
        assert_eq!(rolled.value.mean_usd.map(|it| it.n()), Some(2));
        let last = &rolled.points[1].worth;
        assert_eq!(
            (last.not_done.as_str(), last.not_done_cents),
            ("A Close", -200)
        );
        // Nothing was compared: holding stands beside it.
        assert_eq!(rolled.points[0].worth.not_done, "Hold");
    }

    #[test]
    fn what_was_on_offer_stands_over_what_was_done() {
        let left = series(Adjustment::Rolling, false);
        let told: Vec<(&str, i64)> = left
            .points
            .iter()
            .map(|it| (it.worth.done.as_str(), it.worth.value_cents))
            .collect();
        assert_eq!(told, [("Hedge of 11", 50), ("Hold of 20", 300)]);
        assert_eq!(left.points[1].running_cents, 350);
        let hedges = series(Adjustment::Hedging, false);
        assert_eq!(hedges.points.len(), 1);
        assert_eq!(hedges.value.sum_cents, -70);
    }
}
