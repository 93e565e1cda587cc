//! The journal as one JSON object: every key always there, `null` where something is not known.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::{Worked, review_of};
use crate::calendar::new_york;
use crate::instrument::{Contract, LayerKind};
use crate::journal::{
    Adjustment, CampaignSummary, Cause, Cents, ChoiceOutcome, DecisionOutcome, DecisionSummary,
    Parts, Review, RuleEvidence, evidence,
};
use crate::policy::RuleKind;

/// The object.
#[derive(Serialize)]
pub(super) struct JsonJournal {
    campaigns: Vec<CampaignPart>,
    total: TotalPart,
    review: Review,
    thresholds: Vec<RuleEvidence>,
}

/// One campaign; dollars, positive is a gain.
#[derive(Serialize)]
struct CampaignPart {
    file: String,
    name: String,
    setup: Option<String>,
    tags: Vec<String>,
    pack: String,
    opened: Option<Date>,
    closed: Option<Date>,
    days_held: i32,
    profit_usd: f64,
    spx_profit_usd: f64,
    layer_profit_usd: [f64; 3],
    other_profit_usd: f64,
    credit_usd: f64,
    hedge_cost_usd: f64,
    hedge_cost_pct: Option<f64>,
    fees_usd: f64,
    margin_usd: f64,
    irr_per_year: Option<f64>,
    irr_kind: Option<&'static str>,
    rolls: u32,
    drawdown_usd: f64,
    attribution: BTreeMap<&'static str, f64>,
    legs: Vec<LegPart>,
    decisions: Vec<DecisionPart>,
    days: Vec<DayPart>,
    unpriced: Vec<String>,
    discrepancies: Vec<DiscrepancyPart>,
}

#[derive(Serialize)]
struct LegPart {
    structure: String,
    layer: Option<&'static str>,
    contract: String,
    profit_usd: f64,
    attribution: BTreeMap<&'static str, f64>,
}

#[derive(Serialize)]
struct DayPart {
    on: Date,
    profit_usd: f64,
}

#[derive(Serialize)]
struct DiscrepancyPart {
    contract: String,
    by_fills: i32,
    held: i32,
}

#[derive(Serialize)]
struct DecisionPart {
    entry: u64,
    at: DateTime,
    verdict: String,
    taken: Option<String>,
    followed: Option<bool>,
    reason: String,
    regime: Option<String>,
    erp_pct: Option<f64>,
    fired: Vec<&'static str>,
    done_usd: f64,
    is_marked: bool,
    choices: Vec<ChoicePart>,
    worth: Vec<WorthPart>,
}

/// What rolling or hedging was worth at a decision; dollars over holding, but for `value_usd` of what was not done,
/// which is over what was done.
#[derive(Serialize)]
struct WorthPart {
    of: &'static str,
    is_taken: bool,
    done: String,
    done_usd: f64,
    not_done: String,
    not_done_usd: f64,
    value_usd: f64,
    is_marked: bool,
}

/// A choice that could have been taken; its value over holding at the last marks.
#[derive(Serialize)]
struct ChoicePart {
    name: String,
    stance: String,
    is_taken: bool,
    value_usd: Option<f64>,
    against_done_usd: Option<f64>,
    is_marked: Option<bool>,
}

/// All campaigns together.
#[derive(Serialize)]
struct TotalPart {
    campaigns: usize,
    open: usize,
    profit_usd: f64,
    fees_usd: f64,
    attribution: BTreeMap<&'static str, f64>,
}

impl JsonJournal {
    pub(super) fn of(worked: &[Worked]) -> Self {
        let all = || worked.iter().map(|one| &one.review);
        let profit: Cents = all().map(|review| review.summary.profit()).sum();
        Self {
            campaigns: worked.iter().map(campaign).collect(),
            total: TotalPart {
                campaigns: worked.len(),
                open: all().filter(|review| review.summary.is_open()).count(),
                profit_usd: profit.usd(),
                fees_usd: whole_cents(all().map(|review| review.summary.fees_usd).sum()),
                attribution: by_cause(&all().map(|review| review.attribution.sum()).sum()),
            },
            review: review_of(worked),
            thresholds: thresholds_of(worked),
        }
    }
}

/// What came of the decisions of closed campaigns at every threshold with any.
fn thresholds_of(worked: &[Worked]) -> Vec<RuleEvidence> {
    let all = worked.iter().map(|one| &one.review.summary);
    let closed: Vec<&CampaignSummary> = all.filter(|it| it.closed.is_some()).collect();
    let mut thresholds = evidence(&closed);
    thresholds.retain(|threshold| threshold.n() > 0);
    thresholds
}

fn worth(summary: &DecisionSummary) -> Vec<WorthPart> {
    let of = |of: Adjustment| {
        let worth = summary.worth(of)?;
        Some(WorthPart {
            of: of.label(),
            is_taken: worth.is_taken,
            done: worth.done,
            done_usd: Cents(worth.done_cents).usd(),
            not_done: worth.not_done,
            not_done_usd: Cents(worth.not_done_cents).usd(),
            value_usd: Cents(worth.value_cents).usd(),
            is_marked: worth.is_marked,
        })
    };
    Adjustment::ALL.into_iter().filter_map(of).collect()
}

fn campaign(of: &Worked) -> CampaignPart {
    let (review, summary) = (&of.review, &of.review.summary);
    let cents = |cents: i64| Cents(cents).usd();
    let day = |(on, made): &(Date, i64)| DayPart {
        on: *on,
        profit_usd: cents(*made),
    };
    CampaignPart {
        file: of.file.clone(),
        name: summary.name.clone(),
        setup: (!summary.setup.is_empty()).then(|| summary.setup.clone()),
        tags: summary.tags.clone(),
        pack: summary.pack.clone(),
        opened: summary.opened,
        closed: summary.closed,
        days_held: summary.days_held,
        profit_usd: cents(summary.profit_cents),
        spx_profit_usd: cents(summary.spx_cents),
        layer_profit_usd: summary.layer_cents.map(cents),
        other_profit_usd: cents(summary.other_cents),
        credit_usd: whole_cents(summary.credit_usd),
        hedge_cost_usd: whole_cents(summary.hedge_cost_usd),
        hedge_cost_pct: summary.hedge_cost_pct(),
        fees_usd: whole_cents(summary.fees_usd),
        margin_usd: whole_cents(summary.margin_usd),
        irr_per_year: summary.irr,
        irr_kind: irr_kind(summary),
        rolls: summary.rolls,
        drawdown_usd: cents(summary.drawdown_cents),
        attribution: by_cause(&review.attribution.sum()),
        legs: legs(of),
        decisions: (review.decisions.iter().zip(&summary.decisions))
            .filter_map(|(outcome, summary)| decision(of, outcome, summary))
            .collect(),
        days: summary.days.iter().map(day).collect(),
        unpriced: (review.attribution.unpriced.iter())
            .map(Contract::label)
            .collect(),
        discrepancies: (review.ledger.discrepancies.iter())
            .map(|row| DiscrepancyPart {
                contract: row.key.contract.label(),
                by_fills: row.by_fills,
                held: row.held,
            })
            .collect(),
    }
}

/// Dollars without what adding them up left behind the cents.
fn whole_cents(usd: f64) -> f64 {
    Cents::from_usd(usd).usd()
}

/// Which return it is, if there is one.
pub(super) fn irr_kind(summary: &CampaignSummary) -> Option<&'static str> {
    summary
        .irr
        .map(|_| if summary.is_mirr { "MIRR" } else { "XIRR" })
}

fn legs(of: &Worked) -> Vec<LegPart> {
    let leg = |(key, layer, parts): (crate::journal::LegKey, Option<LayerKind>, Parts)| LegPart {
        structure: of.review.ledger.name(key.position).to_owned(),
        layer: layer.map(LayerKind::label),
        contract: key.contract.label(),
        profit_usd: parts.total().usd(),
        attribution: by_cause(&parts),
    };
    of.review
        .attribution
        .by_leg()
        .into_iter()
        .map(leg)
        .collect()
}

/// Dollars of every cause by its key.
fn by_cause(parts: &Parts) -> BTreeMap<&'static str, f64> {
    Cause::ALL
        .into_iter()
        .map(|cause| (cause.key(), parts.of(cause).usd()))
        .collect()
}

fn decision(
    of: &Worked,
    outcome: &DecisionOutcome,
    summary: &DecisionSummary,
) -> Option<DecisionPart> {
    let entry = of.campaign.journal.entry(outcome.entry)?;
    let choice = |choice: &ChoiceOutcome| ChoicePart {
        name: choice.name.clone(),
        stance: choice.stance.clone(),
        is_taken: choice.is_taken,
        value_usd: choice.last().map(|point| point.value.usd()),
        against_done_usd: outcome.against_done(choice).map(Cents::usd),
        is_marked: choice.last().map(|point| point.is_marked),
    };
    Some(DecisionPart {
        entry: outcome.entry.0,
        at: outcome.at.to_zoned(new_york()).datetime(),
        verdict: summary.verdict.clone(),
        taken: summary.taken.clone(),
        followed: summary.followed(),
        reason: entry.reason.clone(),
        regime: summary.regime.clone(),
        erp_pct: summary.erp_pct,
        fired: summary.fired.iter().copied().map(RuleKind::key).collect(),
        done_usd: outcome.done_last().usd(),
        is_marked: summary.is_marked,
        choices: outcome.choices.iter().map(choice).collect(),
        worth: worth(summary),
    })
}
