//! A campaign in a few numbers: what lists, reviews and the index of all campaigns rest on.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::attribution::Attribution;
use super::counterfactual::{DecisionOutcome, decision_outcomes, weighed_contracts};
use super::irr::IrrKind;
use super::ledger::Ledger;
use super::offset::{HedgeEvent, hedge_events};
use super::outcome::Outcome;
use super::parts::Cents;
use super::station::Station;
use super::thresholds::{Room, Trim, rooms_of};
use super::thumbnail::Step;
use super::worth::{NotTaken, not_taken};
use crate::calendar::new_york_date;
use crate::document::Campaign;
use crate::document::journal::{DecisionRecord, JournalEntry};
use crate::instrument::{Contract, LayerKind};
use crate::policy::{RuleKind, RulePack};

/// Key of the fact that names the regime.
const REGIME_FACT: &str = "regime";
/// Key of the fact of the implied equity premium, percent.
const ERP_FACT: &str = "erp";

/// A campaign in a few numbers.
///
/// What grows with its days and decisions is no part of its serialised form: the index keeps it in lines of its own, so
/// that the rest lists at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignSummary {
    /// Its name.
    pub name: String,
    /// The plan it follows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub setup: String,
    /// Its own tags and those of its entries, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Day of the first fill, New York.
    pub opened: Option<Date>,
    /// Day of the last fill once nothing is held.
    pub closed: Option<Date>,
    /// Calendar days held.
    pub days_held: i32,
    /// Profit, cents.
    pub profit_cents: i64,
    /// Profit of SPX contracts, cents.
    pub spx_cents: i64,
    /// Profit of the layers, First to Third, cents.
    pub layer_cents: [i64; 3],
    /// Profit of VIX contracts outside the layers, cents.
    pub other_cents: i64,
    /// Net premium of SPX openings and rolls, dollars.
    pub credit_usd: f64,
    /// Premium paid for VIX options, dollars.
    pub hedge_cost_usd: f64,
    /// Fees, dollars.
    pub fees_usd: f64,
    /// Rolls.
    pub rolls: u32,
    /// Largest margin, dollars.
    pub margin_usd: f64,
    /// Return on it, decimal a year.
    pub irr: Option<f64>,
    /// Whether that is a MIRR.
    #[serde(default)]
    pub is_mirr: bool,
    /// Largest fall of the running profit, cents, 0 or more.
    pub drawdown_cents: i64,
    /// Rule pack and version, such as `alvh 2`.
    pub pack: String,
    /// Layers that were ever held.
    pub layers: [bool; 3],
    /// Profit by day, cents, of each station's day: calendar and equity curve.
    #[serde(skip)]
    pub days: Vec<(Date, i64)>,
    /// Falls of SPX with a hedge held: what was promised and delivered, oldest first.
    #[serde(skip)]
    pub events: Vec<HedgeEvent>,
    /// Its decisions, oldest first.
    #[serde(skip)]
    pub decisions: Vec<DecisionSummary>,
}

/// A decision in a few words and numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecisionSummary {
    /// New York day.
    pub on: Date,
    /// What the verdict asked for.
    pub verdict: String,
    /// What was done: the stance of the choice taken; `None` when it was none of them.
    pub taken: Option<String>,
    /// Which trim that was, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_trim: Option<Trim>,
    /// Which trim the verdict's choice was, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict_trim: Option<Trim>,
    /// Regime as it was: the state's own word.
    #[serde(default)]
    pub regime: Option<String>,
    /// Implied equity risk premium, percent.
    #[serde(default)]
    pub erp_pct: Option<f64>,
    /// The rules that asked for something.
    #[serde(default)]
    pub fired: Vec<RuleKind>,
    /// How far facts stood from the numbers that can be refined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<Room>,
    /// What was done, in a few words.
    #[serde(default)]
    pub done: String,
    /// What was done against holding, cents, at the last marks.
    pub done_cents: i64,
    /// What the verdict's choice would have made against holding, cents, at the last marks.
    #[serde(default)]
    pub verdict_cents: Option<i64>,
    /// Whether every price behind these values rests on entered or imported marks.
    #[serde(default)]
    pub is_marked: bool,
    /// Whether those behind what was done alone do.
    #[serde(default)]
    pub is_done_marked: bool,
    /// The choices not taken, one a stance, the best-scored stance first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_taken: Vec<NotTaken>,
}

impl DecisionSummary {
    /// Whether what was done is what the verdict asked for; `None` when it asked for nothing that can be followed.
    pub fn followed(&self) -> Option<bool> {
        let asks = !matches!(self.verdict.as_str(), "No advice" | "Evaluate");
        asks.then(|| self.taken.as_deref() == Some(self.verdict.as_str()))
    }
}

impl CampaignSummary {
    /// Profit.
    pub fn profit(&self) -> Cents {
        Cents(self.profit_cents)
    }

    /// Profit of all VIX contracts.
    pub fn hedge_profit(&self) -> Cents {
        Cents(self.layer_cents.iter().sum::<i64>() + self.other_cents)
    }

    /// Whether something is held.
    pub fn is_open(&self) -> bool {
        self.opened.is_some() && self.closed.is_none()
    }

    /// Premium paid for VIX options over the credit, percent; `None` without a credit.
    pub fn hedge_cost_pct(&self) -> Option<f64> {
        (self.credit_usd > 0.0).then(|| 100.0 * self.hedge_cost_usd / self.credit_usd)
    }
}

/// Everything that is worked out of one campaign's journal.
#[derive(Clone, Debug)]
pub struct CampaignReview {
    /// Its fills.
    pub ledger: Ledger,
    /// Its stations.
    pub stations: Vec<Station>,
    /// What it came to.
    pub outcome: Outcome,
    /// Its profit by cause.
    pub attribution: Attribution,
    /// Its decisions with what came of them.
    pub decisions: Vec<DecisionOutcome>,
    /// Falls of SPX with a hedge held: what was promised and delivered.
    pub events: Vec<HedgeEvent>,
    /// All of it in a few numbers.
    pub summary: CampaignSummary,
    /// What was done, step by step; only of a review made [`with steps`](Self::with_steps).
    pub steps: Vec<Step>,
}

impl CampaignReview {
    /// Works through a campaign: some tens of milliseconds for a campaign marked daily.
    pub fn of(campaign: &Campaign) -> Self {
        let ledger = Ledger::of(campaign);
        let mut contracts: Vec<Contract> =
            ledger.legs().iter().map(|(key, _)| key.contract).collect();
        contracts.extend(weighed_contracts(campaign));
        let mut once: Vec<Contract> = Vec::with_capacity(contracts.len());
        for contract in contracts {
            if !once.contains(&contract) {
                once.push(contract);
            }
        }
        let stations = Station::all(campaign, &once);
        let (outcome, attribution) = Outcome::between(campaign, &ledger, &stations);
        let decisions = decision_outcomes(campaign, &ledger, &stations);
        let events = hedge_events(&campaign.model, &ledger, &stations, &attribution);
        let mut summary = summary(campaign, &ledger, &outcome, &attribution, &decisions);
        summary.events.clone_from(&events);
        Self {
            ledger,
            stations,
            outcome,
            attribution,
            decisions,
            events,
            summary,
            steps: Vec::new(),
        }
    }
}

fn summary(
    campaign: &Campaign,
    ledger: &Ledger,
    outcome: &Outcome,
    attribution: &Attribution,
    decisions: &[DecisionOutcome],
) -> CampaignSummary {
    let day = |at: Timestamp| new_york_date(at);
    let held = |kind: LayerKind| ledger.fills.iter().any(|fill| fill.layer == Some(kind));
    CampaignSummary {
        name: campaign.name.clone(),
        setup: campaign.journal.details.setup.clone(),
        tags: tags(campaign),
        opened: outcome.opened.map(day),
        closed: outcome.closed.map(day),
        days_held: outcome.days_held,
        profit_cents: outcome.profit.0,
        spx_cents: outcome.spx_profit.0,
        layer_cents: outcome.layer_profit.map(|cents| cents.0),
        other_cents: outcome.other_profit.0,
        credit_usd: outcome.credit_usd,
        hedge_cost_usd: outcome.hedge_cost_usd,
        fees_usd: outcome.fees_usd,
        rolls: u32::try_from(outcome.rolls).unwrap_or(u32::MAX),
        margin_usd: outcome.margin_usd,
        irr: outcome.irr.map(|irr| irr.per_year),
        is_mirr: outcome.irr.is_some_and(|irr| irr.kind == IrrKind::Mirr),
        drawdown_cents: outcome.drawdown.0,
        pack: format!("{} {}", campaign.pack.id, campaign.pack.version),
        layers: LayerKind::ALL.map(held),
        days: profit_by_day(attribution, outcome),
        events: Vec::new(),
        decisions: decisions
            .iter()
            .filter_map(|decided| {
                let entry = campaign.journal.entry(decided.entry)?;
                let record = entry.decision.as_deref()?;
                let pack = campaign.journal.pack(&record.pack);
                Some(decision_summary((entry, record, pack), decided))
            })
            .collect(),
    }
}

fn tags(campaign: &Campaign) -> Vec<String> {
    let journal = &campaign.journal;
    let of_entries = journal.entries.iter().flat_map(|entry| &entry.tags);
    let mut tags: Vec<String> = journal
        .details
        .tags
        .iter()
        .chain(of_entries)
        .cloned()
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// Profit of each day on which a station ends; nothing after the campaign's end.
fn profit_by_day(attribution: &Attribution, outcome: &Outcome) -> Vec<(Date, i64)> {
    let mut days: Vec<(Date, i64)> = Vec::new();
    for interval in &attribution.intervals {
        let cents = interval.sum().total().0;
        let on = new_york_date(
            outcome
                .closed
                .map_or(interval.to, |end| interval.to.min(end)),
        );
        match days.last_mut().filter(|(day, _)| *day == on) {
            Some((_, sum)) => *sum += cents,
            None if cents != 0 => days.push((on, cents)),
            None => {}
        }
    }
    days
}

/// What was done in a few words: the choice taken, else the entry's title.
fn done_words(entry: &JournalEntry, record: &DecisionRecord) -> String {
    let words = record
        .taken_choice()
        .map_or(&entry.title, |choice| &choice.name);
    let action = entry.action.map_or("Hold", |action| action.label());
    if words.is_empty() { action } else { words }.to_owned()
}

fn decision_summary(
    (entry, record, pack): (&JournalEntry, &DecisionRecord, Option<&RulePack>),
    decided: &DecisionOutcome,
) -> DecisionSummary {
    let last = |place: Option<usize>| {
        let choice = decided
            .choices
            .iter()
            .find(|choice| Some(choice.place) == place)?;
        choice.last()
    };
    let of_verdict = last(record.verdict.choice);
    let is_marked = |point: Option<super::counterfactual::ValuePoint>| {
        point.is_none_or(|point| point.is_marked)
    };
    DecisionSummary {
        on: entry.at.date(),
        verdict: record.verdict.stance.clone(),
        taken: record.taken_choice().map(|choice| choice.stance.clone()),
        taken_trim: record.taken_choice().and_then(Trim::of),
        verdict_trim: (record.verdict.choice)
            .and_then(|place| record.choices.get(place))
            .and_then(Trim::of),
        regime: record.words(REGIME_FACT).map(str::to_owned),
        erp_pct: record.number(ERP_FACT),
        fired: record
            .findings
            .iter()
            .filter(|finding| finding.fires())
            .map(|finding| finding.rule)
            .collect(),
        rooms: rooms_of(record, pack),
        done: done_words(entry, record),
        done_cents: decided.done_last().0,
        verdict_cents: of_verdict.map(|point| point.value.0),
        is_marked: is_marked(decided.done.last().copied()) && is_marked(of_verdict),
        is_done_marked: is_marked(decided.done.last().copied()),
        not_taken: not_taken(record, decided),
    }
}
