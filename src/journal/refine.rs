//! Thresholds refined by what came of acting on them and of not acting (METHOD section 10).
//!
//! Of the bins of [`evidence`](super::evidence()) the two next to a threshold speak: where its rule asks, acting
//! *just beyond* it that lost money → the rule fires too soon; acting *just before* it, early, that made money → it
//! fires too late. Where it stands against something, the other way round.
//!
//! Such a bin moves the threshold only with 20 decisions or more and an interval of the mean that leaves zero out. The
//! number aimed at is the far edge of the bin, shrunk towards the number the pack came with by n / (n + k), k = 40: the
//! empirical-Bayes estimate of Efron and Morris (1975) with the pack's number as prior mean and the evidence of 40
//! decisions as its weight. And no threshold moves by more than 10 % in a month, earlier changes included; one that
//! counts whole things moves by whole ones.

use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;

use super::evidence::{Bin, BinEvidence, NEAR, RuleEvidence};
use super::interval::Measured;
use super::thresholds::{Refined, Wants, can_step};
use crate::document::Command;
use crate::document::journal::{JournalCommand, ThresholdChange};
use crate::policy::{RuleKind, RulePack, Unit};

/// Largest change of a threshold in a month, as a share of it.
pub const LARGEST_STEP: f64 = 0.10;
/// Weight of the pack's own number, in decisions.
pub const PRIOR_DECISIONS: f64 = 40.0;
/// Hours of the month within which changes add up.
const MONTH_HOURS: i64 = 30 * 24;

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

/// The changes of a pack that the [`evidence`](super::evidence()) speaks for. `changes` are those taken over earlier: with them no
/// threshold moves by more than [`LARGEST_STEP`] in a month.
pub fn suggestions(
    evidence: &[RuleEvidence],
    pack: &RulePack,
    changes: &[ThresholdChange],
    now: Timestamp,
) -> Vec<Suggestion> {
    let suggested = |(refined, evidence): (&Refined, &RuleEvidence)| {
        let bin = |bin: Bin| evidence.bins.iter().find(|it| it.bin == bin);
        let (beyond, before) = (bin(Bin::JustBeyond)?, bin(Bin::JustBefore)?);
        // Of two bins that both speak, the one beyond counts: it is what the threshold did, the other what it did not.
        suggestion(refined, beyond, (pack, changes), now)
            .or_else(|| suggestion(refined, before, (pack, changes), now))
    };
    let all = Refined::all().iter().zip(evidence);
    all.filter(|(refined, _)| pack.evaluates.contains(&refined.rule))
        .filter_map(suggested)
        .collect()
}

fn suggestion(
    refined: &Refined,
    bin: &BinEvidence,
    (pack, changes): (&RulePack, &[ThresholdChange]),
    now: Timestamp,
) -> Option<Suggestion> {
    let acting = bin.acting_usd?;
    let claim = acting.claim().ok().filter(super::Claim::is_off_zero)?;
    let is_right = match refined.wants {
        Wants::Asks(_) => claim.value > 0.0,
        Wants::Forbids(_) => claim.value < 0.0,
    };
    // Beyond, speaking has to have been wrong; before, it would have to have been right.
    let sooner = match bin.bin {
        Bin::JustBeyond if !is_right => false,
        Bin::JustBefore if is_right => true,
        Bin::FarBeyond | Bin::JustBeyond | Bin::JustBefore | Bin::FarBefore => return None,
    };
    let number = pack.number(refined.path).filter(|it| can_step(it))?;
    let (from, unit) = (number.value, number.unit);
    let shipped = pack
        .shipped_number(refined.path)
        .map_or(from, |number| number.value);
    let direction = if sooner == refined.is_sooner_up() {
        1.0
    } else {
        -1.0
    };
    let to = moved(from, shipped, direction, acting.n());
    let to = whole(bounded(to, from, refined.path, changes, now), from, unit);
    // Shrinking or the bound may leave nothing of it, or turn it round: then nothing is suggested.
    if (to - from) * direction <= 1e-9 * from.abs() {
        return None;
    }
    Some(Suggestion {
        rule: refined.rule,
        path: refined.path.to_owned(),
        from,
        to,
        shipped,
        n: acting.n(),
        acting_usd: acting,
        evidence: sentence(bin.bin, &acting, (refined.wants, sooner)),
    })
}

/// The same in whole steps where only whole numbers make sense; never further than it was.
fn whole(to: f64, from: f64, unit: Unit) -> f64 {
    if unit.is_whole() {
        from + (to - from + 1e-9_f64.copysign(to - from)).trunc()
    } else {
        to
    }
}

/// The far edge of the bin, shrunk towards the shipped number.
fn moved(from: f64, shipped: f64, direction: f64, n: usize) -> f64 {
    let aim = from + direction * NEAR * from.abs();
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

fn sentence(bin: Bin, acting: &Measured, (wants, sooner): (Wants, bool)) -> String {
    let n = acting.n();
    let [low, high] = acting.interval().unwrap_or([f64::NAN; 2]).map(words);
    let mean = words(acting.seen());
    let place = bin.label().to_lowercase();
    let lesson = if sooner { "too late" } else { "too soon" };
    let what = match wants {
        Wants::Asks(_) => format!("Acting {place}"),
        Wants::Forbids(_) => format!("Doing what it stands against {place}"),
    };
    format!(
        "{what} the threshold was worth {mean} a decision against holding (n = {n}, 95 % interval {low} to {high}): it fires {lesson}"
    )
}

/// Whole dollars with a sign.
fn words(usd: f64) -> String {
    let sign = if usd < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}${:.0}", usd.abs())
}

#[cfg(test)]
mod tests {
    use super::super::evidence::evidence;
    use super::super::evidence::tests::{PATH, decided, decision};
    use super::super::review::tests::campaign;
    use super::super::summary::{CampaignSummary, DecisionSummary};
    use super::super::thresholds::Room;
    use super::*;
    use crate::document::Campaign;
    use crate::market::Marks;

    fn now() -> Timestamp {
        "2026-03-02T15:00:00Z".parse().expect("a time")
    }

    fn suggested(summary: &CampaignSummary, changes: &[ThresholdChange]) -> Vec<Suggestion> {
        suggestions(&evidence(&[summary]), RulePack::alvh(), changes, now())
    }

    #[test]
    fn a_rule_that_fires_too_soon_is_loosened_by_what_the_evidence_carries() {
        let found = suggested(&decided(40, -0.04, -50), &[]);
        let one = &found[0];
        // 0.25 + 10 % = 0.275; weight 40 / 80; the pack's own number is 0.25.
        assert_eq!((one.path.as_str(), one.from, one.n), (PATH, 0.25, 40));
        assert!((one.to - 0.2625).abs() < 1e-12, "{one:?}");
        assert!(one.evidence.contains("n = 40") && one.evidence.contains("too soon"));
        let early = suggested(&decided(40, 0.04, 50), &[]);
        assert!((early[0].to - 0.2375).abs() < 1e-12, "{early:?}");
    }

    #[test]
    fn nothing_is_suggested_under_twenty_or_where_zero_is_in_the_interval() {
        assert_eq!(suggested(&decided(19, -0.04, -50), &[]), []);
        assert_eq!(suggested(&decided(60, -0.04, 0), &[]), []);
        assert_eq!(suggested(&decided(60, -0.04, 50), &[]), [], "acting pays");
        assert_eq!(suggested(&decided(60, -0.80, -50), &[]), [], "far beyond");
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
        let summary = decided(10_000, -0.04, -50);
        let to = |at: &str| suggestions(&evidence(&[&summary]), &pack, &[change(at)], now())[0].to;
        assert!((to("2026-02-20T15:00:00Z") - 0.275).abs() < 1e-12);
        assert!(to("2026-01-20T15:00:00Z") > 0.29);
    }

    #[test]
    fn a_suggestion_accepted_is_in_the_pack_and_in_the_journal_and_is_one_step_of_undo() {
        let one = suggested(&decided(40, -0.04, -50), &[]).remove(0);
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
    fn what_a_rule_stands_against_teaches_the_other_way_round() {
        const DEBIT: &str = "budgets.hedge_debit";
        let hedged = |room: f64, usd: i64| {
            let mut summary = campaign(1, 0);
            summary.decisions = (0..40)
                .map(|place| DecisionSummary {
                    verdict: "Hedge".to_owned(),
                    rooms: Room::of(DEBIT, room).into_iter().collect(),
                    ..decision(0.0, "Hedge", 100 * usd + 300 * (place % 3 - 1), 0)
                })
                .collect();
            suggested(&summary, &[])
        };
        let from = RulePack::alvh().number(DEBIT).expect("there").value;
        // Hedging beyond the budget paid: it may be larger. Hedging before it lost: smaller.
        let looser = hedged(-0.05, 60);
        assert!(
            looser[0].to > from && looser[0].to <= 1.1 * from,
            "{looser:?}"
        );
        assert!(
            looser[0]
                .evidence
                .starts_with("Doing what it stands against")
        );
        assert!(hedged(0.05, -60)[0].to < from);
        assert_eq!(hedged(-0.05, -60), [], "it was right to stand against it");
    }

    #[test]
    fn whole_numbers_move_by_whole_ones_or_not_at_all() {
        let rolled = |path: &str, room: f64| {
            let mut summary = campaign(1, 0);
            summary.decisions = (0..60)
                .map(|place| DecisionSummary {
                    verdict: "Hedge".to_owned(),
                    rooms: Room::of(path, room).into_iter().collect(),
                    ..decision(0.0, "Hedge", 6000 + 300 * (place % 3 - 1), 0)
                })
                .collect();
            suggested(&summary, &[])
        };
        // 60 days, n = 60: 6 × 0.6 = 3.6, whole days.
        let later = &rolled("layers[1].roll_dte", 0.05)[0];
        assert_eq!((later.from, later.to), (60.0, 63.0));
        assert_eq!(rolled("signals.events.before", 0.05), [], "2 sessions");
        assert_eq!(whole(57.2, 60.0, Unit::CalendarDays), 58.0);
    }
}
