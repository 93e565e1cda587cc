//! Writes a decision down: facts, findings, verdict and choices as the journal keeps them.

use super::decide::{Choice, Decision};
use super::verdict::Verdict;
use super::{Candidate, PlannedTrade};
use crate::document::journal::{
    ChoiceRecord, ChoiceTrade, DecisionRecord, EntrySource, FactRecord, FindingRecord,
    JournalCommand, JournalEntry, LimitRecord, MomentSource, RecordedValue, VerdictRecord,
};
use crate::document::{Campaign, Command, CommandError};
use crate::fact::{Fact, FactValue, Facts};
use crate::instrument::{EntryId, TradeAction};
use crate::rule::{Finding, Findings};

/// What was known and weighed.
#[derive(Clone, Copy, Debug)]
pub struct Weighed<'a> {
    /// The book that it is about, as it was held.
    pub campaign: &'a Campaign,
    /// The facts.
    pub facts: &'a Facts,
    /// What the rules found.
    pub findings: &'a Findings,
    /// The verdict.
    pub verdict: &'a Verdict,
    /// The choices, where they were compared for this very book.
    pub decision: Option<&'a Decision>,
}

impl Weighed<'_> {
    /// The record of it. `taken` counts the offered choices first, then the refused ones.
    pub fn record(&self, taken: Option<usize>) -> DecisionRecord {
        let Campaign {
            positions,
            model,
            settings,
            marks,
            ..
        } = self.campaign;
        let choices = self.decision.map_or_else(Vec::new, |decision| {
            decision
                .choices
                .iter()
                .chain(&decision.rejected)
                .map(choice_record)
                .collect()
        });
        DecisionRecord {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            moment: self.campaign.moment_number(marks),
            positions: positions.clone(),
            model: model.clone(),
            settings: settings.clone(),
            // the very one that judged: a reference may be answered by a later version
            pack: self.campaign.rule_pack().reference(),
            facts: self.facts.iter().map(fact_record).collect(),
            findings: self.findings.iter().map(finding_record).collect(),
            verdict: self.verdict_record(),
            choices,
            taken,
        }
    }

    fn verdict_record(&self) -> VerdictRecord {
        let verdict = self.verdict;
        let against = verdict
            .against
            .iter()
            .map(|conflict| conflict.words.clone());
        VerdictRecord {
            stance: verdict.stance.label().to_owned(),
            sentence: verdict.sentence.clone(),
            clause: verdict.clause,
            because: verdict.because.clone(),
            against: against.collect(),
            choice: verdict.choice.filter(|_| self.decision.is_some()),
        }
    }

    /// The commands that keep the marks and write an entry with the record; the number that the entry gets.
    fn entry_commands(&self, entry: JournalEntry, taken: Option<usize>) -> (Vec<Command>, EntryId) {
        let record = self.record(taken);
        let marks = &self.campaign.marks;
        let is_new = self.campaign.journal.moment(record.moment).is_none();
        let id = EntryId(self.campaign.next_id + u64::from(is_new));
        let keep = JournalCommand::KeepMoment {
            marks: Box::new(marks.clone()),
            source: MomentSource::Decision,
        };
        let add = JournalCommand::AddEntry(JournalEntry {
            decision: Some(std::sync::Arc::new(record)),
            ..entry
        });
        (vec![Command::Journal(keep), Command::Journal(add)], id)
    }

    /// The commands that take a choice: its trades in the book and in the journal, with all that was weighed.
    /// Applied as one batch they are one step of undo.
    ///
    /// # Errors
    /// [`CommandError`] when the campaign has no numbers left.
    pub fn take(
        &self,
        candidate: &Candidate,
        taken: Option<usize>,
        reason: &str,
    ) -> Result<Vec<Command>, CommandError> {
        let entry = JournalEntry {
            reason: reason.to_owned(),
            source: EntrySource::Choice,
            ..JournalEntry::new(self.now(), action(candidate), title(&candidate.name))
        };
        let (mut commands, id) = self.entry_commands(entry, taken);
        let after = self.campaign.applied(Command::Batch(commands.clone()))?;
        commands.extend(candidate.commands(&after, reason, Some(id)));
        Ok(commands)
    }

    /// The commands that write down that everything stays as it is, with all that was weighed.
    pub fn leave(&self, reason: &str) -> Vec<Command> {
        let entry = JournalEntry {
            reason: reason.to_owned(),
            source: EntrySource::Choice,
            ..JournalEntry::new(self.now(), None, "Hold")
        };
        let holds = self.decision.map(|_| 0);
        self.entry_commands(entry, holds).0
    }

    fn now(&self) -> jiff::civil::DateTime {
        crate::calendar::new_york().to_datetime(self.campaign.marks.as_of)
    }
}

/// The action that stands for all trades of a choice: that of the first, which names the kind.
fn action(candidate: &Candidate) -> Option<TradeAction> {
    candidate.trades.first().map(|trade| trade.action)
}

/// A name cut to what a title may hold.
fn title(name: &str) -> String {
    name.chars().take(120).collect()
}

fn fact_record(fact: &Fact) -> FactRecord {
    FactRecord {
        id: fact.id.key().to_owned(),
        value: match &fact.value {
            Ok(FactValue::Number(number)) => RecordedValue::Number(*number),
            Ok(FactValue::Flag(flag)) => RecordedValue::Flag(*flag),
            Ok(FactValue::State(words)) => RecordedValue::Words((*words).to_owned()),
            Ok(FactValue::Text(words)) => RecordedValue::Words(words.clone()),
            Err(missing) => RecordedValue::Missing {
                why: missing.why.clone(),
                import_what: missing.import_what.clone(),
            },
        },
        source: fact.source.clone(),
        as_of: fact.as_of,
    }
}

fn finding_record(finding: &Finding) -> FindingRecord {
    let limits = finding.thresholds.iter().map(|used| LimitRecord {
        path: used.path.clone(),
        value: used.value,
        base: used.base,
    });
    FindingRecord {
        rule: finding.rule,
        state: finding.state.label().to_owned(),
        stance: finding.stance.map(|stance| stance.label().to_owned()),
        headline: finding.headline.clone(),
        sentence: finding.sentence.clone(),
        limits: limits.collect(),
        distance: finding.distance.map(|room| room.value),
        flips: finding.flips.clone(),
    }
}

fn choice_record(choice: &Choice) -> ChoiceRecord {
    let figures = &choice.figures;
    let failed = choice.acceptance.as_ref().and_then(|tests| tests.failed());
    ChoiceRecord {
        name: choice.candidate.name.clone(),
        stance: choice.stance().label().to_owned(),
        refused: failed.map(|test| test.sentence.clone()),
        trades: choice.candidate.trades.iter().map(choice_trade).collect(),
        cost_usd: figures.cost_usd(),
        friction_usd: figures.friction_usd(),
        expected_pl_usd: figures.outcome.expected_usd,
        p05_usd: figures.outcome.p05_usd,
        worst_usd: figures.outcome.worst_usd,
        net_vega_points: figures.vega.map(|vega| vega.literal),
        theta_per_day_usd: figures.theta_per_day_usd,
        margin_usd: figures.margin_usd,
        break_evens: figures.break_evens.map(|both| both.levels),
        irr: figures.irr,
        score: Some(choice.score.total),
    }
}

fn choice_trade(trade: &PlannedTrade) -> ChoiceTrade {
    ChoiceTrade {
        position: trade.position,
        layer: trade.layer,
        contract: trade.contract,
        quantity: trade.quantity,
        price: trade.price_points,
        fees_usd: trade.fees_usd + trade.slippage_usd,
    }
}
