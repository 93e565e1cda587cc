//! What came of decisions near a threshold: of doing what its rule asks for or stands against, and of not doing it.
//!
//! A rule that speaks asks for something, or stands against it. What doing that was worth against leaving everything
//! as it was is known from the fills where it was done; where it was not, the verdict's choice marked later tells, and
//! without one the choice of that kind that scored best then. Decisions are put in bins by how far the fact stood from
//! the threshold, as a share of the threshold.

use serde::Serialize;

use super::interval::Measured;
use super::summary::{CampaignSummary, DecisionSummary};
use super::thresholds::{Refined, act};
use crate::policy::RuleKind;

/// How far the two bins next to a threshold reach, as a share of it.
pub const NEAR: f64 = 0.10;

/// Where a fact stood, as a share of the threshold; negative beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Bin {
    /// More than 10 % beyond.
    FarBeyond,
    /// Up to 10 % beyond: the rule has just fired.
    JustBeyond,
    /// Up to 10 % before: the rule would fire soon.
    JustBefore,
    /// More than 10 % before.
    FarBefore,
}

impl Bin {
    /// Every bin, from beyond to before.
    pub const ALL: [Self; 4] = [
        Self::FarBeyond,
        Self::JustBeyond,
        Self::JustBefore,
        Self::FarBefore,
    ];

    /// Its name on the screen and in exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::FarBeyond => "More than 10 % beyond",
            Self::JustBeyond => "Up to 10 % beyond",
            Self::JustBefore => "Up to 10 % before",
            Self::FarBefore => "More than 10 % before",
        }
    }

    fn of(share: f64) -> Option<Self> {
        if share < -NEAR {
            Some(Self::FarBeyond)
        } else if share < 0.0 {
            Some(Self::JustBeyond)
        } else if share <= NEAR {
            Some(Self::JustBefore)
        } else {
            // What is no number stands nowhere.
            (share > NEAR).then_some(Self::FarBefore)
        }
    }
}

/// What came of a rule's decisions in one bin: of doing what it asks for or stands against. Dollars a decision, against
/// holding.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BinEvidence {
    /// Which.
    pub bin: Bin,
    /// What it made, where it was done.
    pub acted_usd: Option<Measured>,
    /// What it would have made, where it was not.
    pub forgone_usd: Option<Measured>,
    /// Both together: what acting is worth.
    pub acting_usd: Option<Measured>,
    /// How many of the values rest on the model, where marks are missing.
    pub modelled: usize,
}

impl BinEvidence {
    /// Decisions behind it.
    pub fn n(&self) -> usize {
        self.acting_usd.map_or(0, |figure| figure.n())
    }
}

/// What came of the decisions at one threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleEvidence {
    /// The rule.
    pub rule: RuleKind,
    /// Path of the threshold in the pack.
    pub path: &'static str,
    /// What the rule asks for or stands against, in words.
    pub wants: String,
    /// Its bins, from beyond to before.
    pub bins: Vec<BinEvidence>,
}

impl RuleEvidence {
    /// Decisions behind it.
    pub fn n(&self) -> usize {
        self.bins.iter().map(BinEvidence::n).sum()
    }
}

/// What came of the decisions of campaigns at each threshold that can be refined, in the order of
/// [`Refined::all`].
pub fn evidence(campaigns: &[&CampaignSummary]) -> Vec<RuleEvidence> {
    let all = Refined::all();
    let mut outcomes: Vec<[Outcomes; 4]> = all.iter().map(|_| Default::default()).collect();
    for decision in campaigns.iter().flat_map(|campaign| &campaign.decisions) {
        for room in &decision.rooms {
            let at = (all.get(room.place())).zip(outcomes.get_mut(room.place()));
            if let (Some((refined, bins)), Some(bin)) = (at, Bin::of(room.share())) {
                bins[bin as usize].take(decision, refined.wants.acts());
            }
        }
    }
    let told = |(refined, bins): (&Refined, [Outcomes; 4])| RuleEvidence {
        rule: refined.rule,
        path: refined.path,
        wants: refined.wants.words(),
        bins: Bin::ALL
            .into_iter()
            .zip(bins)
            .map(|(bin, outcomes)| outcomes.told(bin))
            .collect(),
    };
    all.iter().zip(outcomes).map(told).collect()
}

/// Dollars of acting, decision by decision.
#[derive(Default)]
struct Outcomes {
    acted: Vec<f64>,
    forgone: Vec<f64>,
    modelled: usize,
}

impl Outcomes {
    fn take(&mut self, decision: &DecisionSummary, acts: &[&str]) {
        let is_one = |stance: &str, trim| acts.contains(&act(stance, trim));
        let is_asked = is_one(&decision.verdict, decision.verdict_trim);
        let taken = decision.taken.as_deref();
        let (list, cents, is_marked) = if taken.is_some_and(|it| is_one(it, decision.taken_trim)) {
            let cents = Some(decision.done_cents);
            (&mut self.acted, cents, decision.is_done_marked)
        } else if decision.taken.is_none() && decision.done_cents != 0 {
            // something was done that is none of the choices: it may have been this
            return;
        } else if let (true, Some(cents)) = (is_asked, decision.verdict_cents) {
            (&mut self.forgone, Some(cents), decision.is_marked)
        } else {
            let mut offered = decision.not_taken.iter();
            let best = offered.find(|choice| is_one(&choice.stance, choice.trim));
            let is_marked = best.is_some_and(|choice| choice.is_marked);
            let cents = best.map(|choice| choice.value_cents);
            (&mut self.forgone, cents, is_marked)
        };
        if let Some(cents) = cents {
            list.push(usd(cents));
            self.modelled += usize::from(!is_marked);
        }
    }

    fn told(&self, bin: Bin) -> BinEvidence {
        let both: Vec<f64> = self.acted.iter().chain(&self.forgone).copied().collect();
        BinEvidence {
            bin,
            acted_usd: Measured::mean(&self.acted),
            forgone_usd: Measured::mean(&self.forgone),
            acting_usd: Measured::mean(&both),
            modelled: self.modelled,
        }
    }
}

/// Cents in dollars.
fn usd(cents: i64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::super::review::tests::campaign;
    use super::super::thresholds::{Room, Trim};
    use super::*;

    pub(in super::super) const PATH: &str = "rules.threat.short_delta";

    /// A decision about a threatened strike, with its room to 0.25 delta as a share of it.
    pub(in super::super) fn decision(
        room: f64,
        taken: &str,
        done_cents: i64,
        verdict_cents: i64,
    ) -> DecisionSummary {
        DecisionSummary {
            on: date(2026, 2, 3),
            verdict: "Roll".to_owned(),
            taken: Some(taken.to_owned()),
            fired: vec![RuleKind::Threatened],
            rooms: Room::of(PATH, room).into_iter().collect(),
            done_cents,
            verdict_cents: Some(verdict_cents),
            is_marked: true,
            is_done_marked: true,
            ..DecisionSummary::default()
        }
    }

    /// Half of them acted on, with results around a mean.
    pub(in super::super) fn decided(n: i64, room: f64, mean_usd: i64) -> CampaignSummary {
        let mut summary = campaign(1, 0);
        summary.decisions = (0..n)
            .map(|place| {
                let cents = 100 * mean_usd + 500 * (place % 3 - 1);
                match place % 2 {
                    0 => decision(room, "Roll", cents, cents),
                    _ => decision(room, "Hold", 0, cents),
                }
            })
            .collect();
        summary
    }

    #[test]
    fn acting_and_not_acting_stand_side_by_side() {
        let summary = decided(40, -0.04, -50);
        let found = evidence(&[&summary]);
        let threat = found.iter().find(|it| it.path == PATH).expect("there");
        let beyond = threat.bins[1];
        let n = |figure: Option<Measured>| figure.map(|figure| figure.n());
        assert_eq!(
            (n(beyond.acted_usd), n(beyond.forgone_usd)),
            (Some(20), Some(20))
        );
        assert_eq!(n(beyond.acting_usd), Some(40));
        assert!(beyond.acting_usd.expect("some").seen() < -40.0);
        assert!(threat.bins[2].acting_usd.is_none());
    }

    #[test]
    fn where_it_was_not_done_the_best_choice_of_its_kind_tells_and_others_do_not() {
        let choice = |stance: &str, value_cents| super::super::worth::NotTaken {
            name: stance.to_owned(),
            stance: stance.to_owned(),
            trim: None,
            value_cents,
            is_marked: false,
        };
        let held = DecisionSummary {
            verdict: "Hold".to_owned(),
            not_taken: vec![
                choice("Trim", 900),
                choice("Hedge", 300),
                choice("Roll", 700),
            ],
            ..decision(0.04, "Hold", 0, 0)
        };
        let trimmed = DecisionSummary {
            not_taken: Vec::new(),
            ..DecisionSummary {
                taken: Some("Trim".to_owned()),
                ..held.clone()
            }
        };
        let unknown = DecisionSummary {
            taken: None,
            done_cents: 5,
            ..held.clone()
        };
        let mut summary = campaign(1, 0);
        summary.decisions = vec![held, trimmed, unknown];
        let found = evidence(&[&summary]);
        let threat = found.iter().find(|it| it.path == PATH).expect("there");
        let before = &threat.bins[2];
        assert_eq!(
            (threat.n(), before.n(), before.modelled, before.acted_usd),
            (1, 1, 1, None)
        );
        // A hedge answers a threatened strike as a roll does; it scored better, a trim is no answer.
        assert_eq!(before.forgone_usd.map(|it| it.seen()), Some(3.0));
        assert_eq!(threat.wants, "asks for roll, hedge or close");
    }

    #[test]
    fn a_trim_of_condors_says_nothing_of_a_number_that_asks_for_less_hedge() {
        const HIGH: &str = "vega_band.high";
        const CAP: &str = "rules.position_cap.most";
        let trimmed = |trim| DecisionSummary {
            taken_trim: Some(trim),
            rooms: [HIGH, CAP]
                .into_iter()
                .filter_map(|path| Room::of(path, -0.04))
                .collect(),
            ..decision(-0.04, "Trim", 700, 0)
        };
        let mut summary = campaign(1, 0);
        summary.decisions = vec![
            trimmed(Trim::Condors),
            trimmed(Trim::Condors),
            trimmed(Trim::Hedge),
        ];
        let found = evidence(&[&summary]);
        let acted = |path: &str| {
            let of = found.iter().find(|it| it.path == path).expect("there");
            of.bins[1].acted_usd.map(|figure| figure.n())
        };
        assert_eq!((acted(HIGH), acted(CAP)), (Some(1), Some(2)));
    }
}
