//! Thresholds refined by what came of acting on them and of not acting (METHOD section 10).
//!
//! A rule that fires says to act; what acting was worth against leaving everything as it was is known from the fills
//! where it was acted on, and from the verdict's choice marked later where it was not. Decisions are put in bins by how
//! far the fact stood from the threshold, as a share of the threshold. Two bins next to it speak: acting *just beyond*
//! it lost money → the rule fires too soon; acting *just before* it, early, made money → it fires too late.
//!
//! Such a bin moves the threshold only with 20 decisions or more and an interval of the mean that leaves zero out. The
//! number aimed at is the far edge of the bin, shrunk towards the number the pack came with by n / (n + k), k = 40: the
//! empirical-Bayes estimate of Efron and Morris (1975) with the pack's number as prior mean and the evidence of 40
//! decisions as its weight. And no threshold moves by more than 10 % in a month, earlier changes included.

use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;

use super::interval::Measured;
use super::summary::{CampaignSummary, DecisionSummary};
use crate::document::Command;
use crate::document::journal::{DecisionRecord, FindingRecord, JournalCommand, ThresholdChange};
use crate::policy::{RuleKind, RulePack};

/// Largest change of a threshold in a month, as a share of it.
pub const LARGEST_STEP: f64 = 0.10;
/// Weight of the pack's own number, in decisions.
pub const PRIOR_DECISIONS: f64 = 40.0;
/// Hours of the month within which changes add up.
const MONTH_HOURS: i64 = 30 * 24;
/// The word for leaving everything as it is in decision records.
const HOLD: &str = "Hold";

/// A threshold that a rule's distance to flip is measured from.
#[derive(Clone, Copy, Debug)]
struct Tuned {
    rule: RuleKind,
    path: &'static str,
    /// Whether the rule fires sooner when the number is raised.
    sooner_up: bool,
    /// What the rule asks for at this threshold, where it has one on either side.
    stance: Option<&'static str>,
}

/// The thresholds that can be refined: those of rules whose distance to flip is the room to one number.
const TUNED: [Tuned; 5] = [
    Tuned {
        rule: RuleKind::ThetaFloor,
        path: "theta.floor",
        sooner_up: true,
        stance: None,
    },
    Tuned {
        rule: RuleKind::BreakEvens,
        path: "break_evens.alert",
        sooner_up: true,
        stance: None,
    },
    Tuned {
        rule: RuleKind::Threatened,
        path: "rules.threat.short_delta",
        sooner_up: false,
        stance: None,
    },
    Tuned {
        rule: RuleKind::NetVegaBand,
        path: "vega_band.low",
        sooner_up: true,
        stance: Some("Hedge"),
    },
    Tuned {
        rule: RuleKind::NetVegaBand,
        path: "vega_band.high",
        sooner_up: false,
        stance: Some("Trim"),
    },
];

/// The numbers from which a decision's distances to flip were measured: path and number used.
pub(super) fn limits_of(record: &DecisionRecord) -> Vec<(String, f64)> {
    let taken = record.taken_choice().map(|choice| choice.stance.as_str());
    let used = |tuned: &Tuned| {
        let finding = record.finding(tuned.rule)?;
        let asked = finding.stance.as_deref().or(taken);
        let is_its = tuned.stance.is_none_or(|stance| asked == Some(stance));
        let limit = limit(finding, tuned.path).filter(|_| is_its)?;
        Some((tuned.path.to_owned(), limit))
    };
    TUNED.iter().filter_map(used).collect()
}

fn limit(finding: &FindingRecord, path: &str) -> Option<f64> {
    let used = finding.limits.iter().find(|limit| limit.path == path)?;
    Some(used.value)
}

/// Where a fact stood, as a share of the threshold; negative beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
        if share < -LARGEST_STEP {
            Some(Self::FarBeyond)
        } else if share < 0.0 {
            Some(Self::JustBeyond)
        } else if share <= LARGEST_STEP {
            Some(Self::JustBefore)
        } else {
            // What is no number stands nowhere.
            (share > LARGEST_STEP).then_some(Self::FarBefore)
        }
    }
}

/// What came of a rule's decisions in one bin. Dollars a decision, against holding.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BinEvidence {
    /// Which.
    pub bin: Bin,
    /// What acting made, where it was acted.
    pub acted_usd: Option<Measured>,
    /// What the verdict's choice would have made, where it was not acted on.
    pub forgone_usd: Option<Measured>,
    /// Both together: what acting is worth.
    pub acting_usd: Option<Measured>,
}

/// What came of the decisions at one threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleEvidence {
    /// The rule.
    pub rule: RuleKind,
    /// Path of the threshold in the pack.
    pub path: &'static str,
    /// Its bins, from beyond to before.
    pub bins: Vec<BinEvidence>,
}

/// A change of a threshold that the journal speaks for. Nothing changes until the trader accepts it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// The rule.
    pub rule: RuleKind,
    /// Path in the pack.
    pub path: String,
    /// The number now, in its own unit.
    pub from: f64,
    /// The number suggested, in its own unit.
    pub to: f64,
    /// The number that the pack came with, towards which it is shrunk.
    pub shipped: f64,
    /// Decisions behind it.
    pub n: usize,
    /// What acting was worth in the bin that speaks for it, dollars a decision, with its interval.
    pub acting_usd: Measured,
    /// The evidence, in a sentence with its numbers.
    pub evidence: String,
}

impl Suggestion {
    /// The change of the pack together with its record in the journal: one step of undo.
    pub fn command(&self, now: Timestamp) -> Command {
        let note = ThresholdChange {
            at: now,
            path: self.path.clone(),
            from: self.from,
            to: self.to,
            n: u32::try_from(self.n).unwrap_or(u32::MAX),
            evidence: self.evidence.clone(),
        };
        Command::Batch(vec![
            Command::SetPackNumber {
                path: self.path.clone(),
                value: self.to,
            },
            Command::Journal(JournalCommand::NoteThreshold(note)),
        ])
    }
}

/// What came of the decisions of campaigns at each threshold that can be refined.
pub fn evidence(campaigns: &[&CampaignSummary]) -> Vec<RuleEvidence> {
    TUNED
        .iter()
        .map(|tuned| rule_evidence(tuned, campaigns))
        .collect()
}

fn rule_evidence(tuned: &Tuned, campaigns: &[&CampaignSummary]) -> RuleEvidence {
    let decisions = || campaigns.iter().flat_map(|campaign| &campaign.decisions);
    let of_bin = |bin: Bin| {
        let own = || decisions().filter(|it| bin_of(tuned, it) == Some(bin));
        let acted: Vec<f64> = own()
            .filter(|it| acted(it))
            .map(|it| usd(it.done_cents))
            .collect();
        let forgone: Vec<f64> = own()
            .filter(|it| !acted_or_unknown(it) && it.verdict != HOLD)
            .filter_map(|it| it.verdict_cents.map(usd))
            .collect();
        let both: Vec<f64> = acted.iter().chain(&forgone).copied().collect();
        BinEvidence {
            bin,
            acted_usd: Measured::mean(&acted),
            forgone_usd: Measured::mean(&forgone),
            acting_usd: Measured::mean(&both),
        }
    };
    RuleEvidence {
        rule: tuned.rule,
        path: tuned.path,
        bins: Bin::ALL.map(of_bin).into(),
    }
}

/// Whether one of the choices was taken that changes something.
fn acted(decision: &DecisionSummary) -> bool {
    decision.taken.as_deref().is_some_and(|taken| taken != HOLD)
}

/// Something else may have been done where none of the choices was taken.
fn acted_or_unknown(decision: &DecisionSummary) -> bool {
    acted(decision) || (decision.taken.is_none() && decision.done_cents != 0)
}

fn bin_of(tuned: &Tuned, decision: &DecisionSummary) -> Option<Bin> {
    let room = (decision.distances.iter()).find(|(rule, _)| *rule == tuned.rule)?;
    let limit = (decision.limits.iter()).find(|(path, _)| path == tuned.path)?;
    Bin::of(room.1 / limit.1.abs())
}

/// The changes of a pack that decisions speak for. `changes` are those taken over earlier: with them no threshold moves
/// by more than [`LARGEST_STEP`] in a month.
pub fn suggestions(
    campaigns: &[&CampaignSummary],
    pack: &RulePack,
    changes: &[ThresholdChange],
    now: Timestamp,
) -> Vec<Suggestion> {
    let suggested = |tuned: &Tuned| {
        let evidence = rule_evidence(tuned, campaigns);
        let [beyond, before] = [1, 2].map(|place| &evidence.bins[place]);
        // Of two bins that both speak, the one beyond counts: it is what the threshold did, the other what it did not.
        suggestion(tuned, beyond, pack, changes, now)
            .or_else(|| suggestion(tuned, before, pack, changes, now))
    };
    TUNED.iter().filter_map(suggested).collect()
}

fn suggestion(
    tuned: &Tuned,
    bin: &BinEvidence,
    pack: &RulePack,
    changes: &[ThresholdChange],
    now: Timestamp,
) -> Option<Suggestion> {
    let acting = bin.acting_usd?;
    let claim = acting.claim().ok().filter(super::Claim::is_off_zero)?;
    // Beyond, acting has to have lost; before, it has to have gained.
    let sooner = match bin.bin {
        Bin::JustBeyond if claim.value < 0.0 => false,
        Bin::JustBefore if claim.value > 0.0 => true,
        Bin::FarBeyond | Bin::JustBeyond | Bin::JustBefore | Bin::FarBefore => return None,
    };
    let from = pack.number(tuned.path)?.value;
    let shipped = pack
        .shipped_number(tuned.path)
        .map_or(from, |number| number.value);
    let direction = if sooner == tuned.sooner_up { 1.0 } else { -1.0 };
    let to = moved(from, shipped, direction, acting.n());
    let to = bounded(to, from, tuned.path, changes, now);
    // Shrinking or the bound may leave nothing of it, or turn it round: then nothing is suggested.
    if (to - from) * direction <= 1e-9 * from.abs() {
        return None;
    }
    Some(Suggestion {
        rule: tuned.rule,
        path: tuned.path.to_owned(),
        from,
        to,
        shipped,
        n: acting.n(),
        acting_usd: acting,
        evidence: sentence(bin.bin, &acting, sooner),
    })
}

/// The far edge of the bin, shrunk towards the shipped number.
fn moved(from: f64, shipped: f64, direction: f64, n: usize) -> f64 {
    let aim = from + direction * LARGEST_STEP * from.abs();
    let weight = n as f64 / (n as f64 + PRIOR_DECISIONS);
    shipped + weight * (aim - shipped)
}

/// Within the largest step of what the number was a month ago, changes of the month included.
fn bounded(to: f64, from: f64, path: &str, changes: &[ThresholdChange], now: Timestamp) -> f64 {
    let since = now
        .saturating_sub(MONTH_HOURS.hours())
        .unwrap_or(Timestamp::MIN);
    let of_month = changes
        .iter()
        .filter(|change| change.path == path && change.at > since && change.at <= now);
    let start = of_month
        .min_by_key(|change| change.at)
        .map_or(from, |change| change.from);
    let room = LARGEST_STEP * start.abs();
    to.clamp(start - room, start + room)
}

fn sentence(bin: Bin, acting: &Measured, sooner: bool) -> String {
    let n = acting.n();
    let [low, high] = acting.interval().unwrap_or([f64::NAN; 2]).map(words);
    let mean = words(acting.seen());
    let place = bin.label().to_lowercase();
    let lesson = if sooner { "too late" } else { "too soon" };
    format!(
        "Acting {place} the threshold was worth {mean} a decision against holding (n = {n}, 95 % interval {low} to {high}): it fires {lesson}"
    )
}

/// Whole dollars with a sign.
fn words(usd: f64) -> String {
    let sign = if usd < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}${:.0}", usd.abs())
}

/// Cents in dollars.
fn usd(cents: i64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::review::tests::campaign;
    use super::*;
    use crate::document::Campaign;
    use crate::market::Marks;

    const PATH: &str = "rules.threat.short_delta";

    fn now() -> Timestamp {
        "2026-03-02T15:00:00Z".parse().expect("a time")
    }

    /// A decision about a threatened strike, with its distance to 0.25 delta.
    fn decision(room: f64, taken: &str, done_cents: i64, verdict_cents: i64) -> DecisionSummary {
        DecisionSummary {
            on: date(2026, 2, 3),
            verdict: "Roll".to_owned(),
            taken: Some(taken.to_owned()),
            regime: None,
            erp_pct: None,
            fired: vec![RuleKind::Threatened],
            distances: vec![(RuleKind::Threatened, room)],
            limits: vec![(PATH.to_owned(), 0.25)],
            done_cents,
            verdict_cents: Some(verdict_cents),
            is_marked: true,
        }
    }

    /// Half of them acted on, with results around a mean.
    fn decided(n: i64, room: f64, mean_usd: i64) -> CampaignSummary {
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

    fn suggested(summary: &CampaignSummary, changes: &[ThresholdChange]) -> Vec<Suggestion> {
        suggestions(&[summary], RulePack::alvh(), changes, now())
    }

    #[test]
    fn acting_and_not_acting_stand_side_by_side() {
        let summary = decided(40, -0.01, -50);
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
    fn a_rule_that_fires_too_soon_is_loosened_by_what_the_evidence_carries() {
        let found = suggested(&decided(40, -0.01, -50), &[]);
        let one = &found[0];
        // 0.25 + 10 % = 0.275; weight 40 / 80; the pack's own number is 0.25.
        assert_eq!((one.path.as_str(), one.from, one.n), (PATH, 0.25, 40));
        assert!((one.to - 0.2625).abs() < 1e-12, "{one:?}");
        assert!(one.evidence.contains("n = 40") && one.evidence.contains("too soon"));
        let early = suggested(&decided(40, 0.01, 50), &[]);
        assert!((early[0].to - 0.2375).abs() < 1e-12, "{early:?}");
    }

    #[test]
    fn nothing_is_suggested_under_twenty_or_where_zero_is_in_the_interval() {
        assert_eq!(suggested(&decided(19, -0.01, -50), &[]), []);
        assert_eq!(suggested(&decided(60, -0.01, 0), &[]), []);
        assert_eq!(suggested(&decided(60, -0.01, 50), &[]), [], "acting pays");
        assert_eq!(suggested(&decided(60, -0.20, -50), &[]), [], "far beyond");
    }

    #[test]
    fn changes_of_a_month_add_up_to_ten_percent() {
        let mut pack = RulePack::alvh().clone();
        pack.number_mut(PATH).expect("there").value = 0.27;
        let change = |at: &str| ThresholdChange {
            at: at.parse().expect("a time"),
            path: PATH.to_owned(),
            from: 0.25,
            to: 0.27,
            n: 30,
            evidence: String::new(),
        };
        let summary = decided(10_000, -0.01, -50);
        let to = |at: &str| suggestions(&[&summary], &pack, &[change(at)], now())[0].to;
        assert!((to("2026-02-20T15:00:00Z") - 0.275).abs() < 1e-12);
        assert!(to("2026-01-20T15:00:00Z") > 0.29);
    }

    #[test]
    fn a_suggestion_accepted_is_in_the_pack_and_in_the_journal_and_is_one_step_of_undo() {
        let one = suggested(&decided(40, -0.01, -50), &[]).remove(0);
        let campaign = Campaign::new("Test", now(), Marks::new(now(), 6000.0, 17.0));
        let after = campaign.applied(one.command(now())).expect("applied");
        assert_eq!(
            after.rule_pack().number(PATH).map(|it| it.value),
            Some(one.to)
        );
        let noted = &after.journal.thresholds[0];
        assert_eq!((noted.from, noted.to, noted.n), (0.25, one.to, 40));
        assert_eq!(noted.evidence, one.evidence);
    }

    #[test]
    fn every_path_is_a_number_of_the_shipped_pack() {
        for tuned in TUNED {
            assert!(
                RulePack::alvh().number(tuned.path).is_some(),
                "{}",
                tuned.path
            );
        }
    }
}
