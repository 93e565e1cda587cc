//! What a card of the timeline says of a step.

use crate::document::Campaign;
use crate::document::journal::{DecisionRecord, JournalEntry};
use crate::instrument::TradeAction;
use crate::journal::{CampaignReview, Cents, DecisionOutcome, Step};
use crate::ui::icons::Icon;

/// Whether what was done is what the verdict asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Followed {
    /// It is.
    Yes,
    /// Something else was done.
    Against,
}

/// The best of the choices that were not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotTaken {
    /// Its name.
    pub name: String,
    /// What it would have made over what was done, at the last marks.
    pub against: Cents,
    /// Whether that rests on entered or imported marks alone.
    pub is_marked: bool,
}

/// What is told of a step.
#[derive(Clone, Debug)]
pub(super) struct Told<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its entry.
    pub entry: Option<&'a JournalEntry>,
    /// What was weighed.
    pub record: Option<&'a DecisionRecord>,
    /// What came of it.
    pub outcome: Option<&'a DecisionOutcome>,
}

impl<'a> Told<'a> {
    /// What is told of a step of a campaign.
    pub(super) fn of(campaign: &'a Campaign, review: &'a CampaignReview, step: &'a Step) -> Self {
        let entry = step.entry.and_then(|id| campaign.journal.entry(id));
        let outcomes = &review.decisions;
        Self {
            step,
            entry,
            record: entry.and_then(|entry| entry.decision.as_deref()),
            outcome: entry.and_then(|entry| outcomes.iter().find(|of| of.entry == entry.id)),
        }
    }

    /// What was done in a word.
    pub(super) fn action(&self) -> &'static str {
        self.step.action.map_or("Hold", TradeAction::label)
    }

    /// The icon of what was done.
    pub(super) fn icon(&self) -> Icon {
        match self.step.action {
            Some(TradeAction::Open) => Icon::Plus,
            Some(TradeAction::Close) => Icon::Close,
            Some(TradeAction::Roll) => Icon::Roll,
            Some(TradeAction::Hedge) => Icon::Shield,
            Some(TradeAction::Trim) => Icon::Minus,
            Some(TradeAction::Monetise) => Icon::Tick,
            Some(TradeAction::Settle) => Icon::Calendar,
            Some(TradeAction::Adjust) => Icon::Gear,
            None => Icon::Pause,
        }
    }

    /// Whether the verdict was followed; `None` where it asked for nothing that can be.
    pub(super) fn followed(&self) -> Option<Followed> {
        let record = self.record?;
        let asked = record.verdict.stance.as_str();
        if matches!(asked, "No advice" | "Evaluate") {
            return None;
        }
        let taken = record.taken_choice().map(|choice| choice.stance.as_str());
        let is_same = taken == Some(asked);
        Some(if is_same {
            Followed::Yes
        } else {
            Followed::Against
        })
    }

    /// Why: the trader's reason, else what the verdict said, else the title, else the fills' own reason.
    pub(super) fn why(&self, campaign: &Campaign) -> String {
        let own = self.entry.map(|entry| entry.reason.clone());
        let said = self.record.map(|record| record.verdict.sentence.clone());
        let title = self.entry.map(|entry| entry.title.clone());
        let of_fill = self.step.fills.iter().find_map(|fill| {
            let trade = campaign.trade(fill.trade?)?;
            Some(trade.reason.clone())
        });
        let words = [own, said, title, of_fill];
        let said = words
            .into_iter()
            .flatten()
            .find(|words| !words.trim().is_empty());
        said.unwrap_or_else(|| {
            if self.step.fills.iter().all(|fill| fill.trade.is_none()) {
                "Held without a fill in the log: taken over at its entry price".to_owned()
            } else {
                String::new()
            }
        })
    }

    /// Of the choices that were not taken, the one that would have made most by now.
    pub(super) fn not_taken(&self) -> Option<NotTaken> {
        let outcome = self.outcome?;
        let choices = outcome.choices.iter().filter(|choice| !choice.is_taken);
        choices
            .filter_map(|choice| {
                Some(NotTaken {
                    name: choice.name.clone(),
                    against: outcome.against_done(choice)?,
                    is_marked: choice.last()?.is_marked,
                })
            })
            .max_by_key(|choice| choice.against)
    }

    /// The pack under which it was decided.
    pub(super) fn pack(&self) -> String {
        self.record.map_or_else(String::new, |record| {
            format!("{} {}", record.pack.id, record.pack.version)
        })
    }

    /// Where the values of what was not taken come from.
    pub(super) fn source(&self) -> &'static str {
        match self.not_taken() {
            Some(choice) if choice.is_marked => "entered marks",
            Some(_) => "model",
            None if self.step.fills.is_empty() => "",
            None => "as booked",
        }
    }
}
