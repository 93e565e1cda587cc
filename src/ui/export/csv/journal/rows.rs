//! Rows of the journal's tables.

use super::{
    Reviewed, kind, layer, maybe, number, source_of_entry, source_of_marks, time, usd, yes_no,
};
use crate::document::JournalEntry;
use crate::document::journal::Moment;
use crate::journal::{
    Cause, Cents, ChoiceOutcome, DecisionOutcome, DecisionSummary, LedgerFill, StationSource,
    WorthSeries,
};

pub(super) fn fills(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let ledger = &of.review.ledger;
    let row = |fill: &LedgerFill| {
        let entry = fill.entry.and_then(|id| of.campaign.journal.entry(id));
        let trade = fill
            .trade
            .and_then(|id| of.campaign.trades.iter().find(|trade| trade.id == id));
        let contract = &fill.key.contract;
        let mut row = start(of);
        row.extend([
            time(fill.at),
            ledger.name(fill.key.position).to_owned(),
            layer(fill.layer),
            fill.action.label().to_owned(),
            contract.root().symbol().to_owned(),
            kind(contract).to_owned(),
            maybe(contract.strike()),
            contract.expiry().to_string(),
            fill.quantity.to_string(),
            number(fill.price),
            number(fill.fees_usd),
            number(fill.premium_usd()),
            fill.trade.map_or_else(String::new, |id| id.0.to_string()),
            fill.entry.map_or_else(String::new, |id| id.0.to_string()),
            entry.map_or_else(String::new, |entry| entry.title.clone()),
            trade.map_or_else(String::new, |trade| trade.reason.clone()),
            trade.map_or_else(String::new, |trade| trade.key.clone()),
        ]);
        row
    };
    ledger.fills.iter().map(row).collect()
}

pub(super) fn entries(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let mut entries: Vec<_> = of.campaign.journal.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.at, entry.id));
    let row = |entry: &JournalEntry| {
        let fills = of.review.ledger.fills.iter();
        let own: Vec<&LedgerFill> = fills.filter(|fill| fill.entry == Some(entry.id)).collect();
        let cash = own
            .iter()
            .map(|fill| fill.premium_usd() - fill.fees_usd)
            .sum();
        let verdict = entry.decision.as_ref();
        let mut row = start(of);
        row.extend([
            entry.id.0.to_string(),
            entry.at.to_string(),
            entry
                .action
                .map_or("Hold", |action| action.label())
                .to_owned(),
            entry.title.clone(),
            entry.reason.clone(),
            entry.tags.join(", "),
            source_of_entry(&entry.source),
            own.len().to_string(),
            number(cash),
            verdict.map_or_else(String::new, |record| record.verdict.stance.clone()),
        ]);
        row
    };
    entries.into_iter().map(row).collect()
}

pub(super) fn moments(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let row = |moment: &Moment| {
        let marks = &moment.marks;
        let futures: Vec<String> = (marks.vx.iter())
            .map(|future| format!("{}={}", future.expiry, number(future.price)))
            .collect();
        let chain = moment
            .chain
            .and_then(|at| of.campaign.journal.chains.get(at));
        let mut row = start(of);
        row.extend([
            moment.id.0.to_string(),
            time(moment.at()),
            source_of_marks(&moment.source),
            number(marks.spx),
            number(marks.vix),
            maybe(marks.vvix),
            number(marks.rate),
            number(marks.dividend),
            futures.join(" "),
            marks.quotes.len().to_string(),
            chain.map_or_else(String::new, |chain| chain.source_name.clone()),
        ]);
        row
    };
    of.campaign.journal.moments.iter().map(row).collect()
}

pub(super) fn attribution(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let split = &of.review.attribution;
    let mut rows = Vec::new();
    let mut running = Cents(0);
    for interval in &split.intervals {
        let source = match &interval.source {
            StationSource::Kept(source) => source_of_marks(source),
            StationSource::Now => "Marks now".to_owned(),
        };
        for ((key, of_layer), parts) in split.legs.iter().zip(&interval.legs) {
            for cause in Cause::ALL {
                let cents = parts.of(cause);
                if cents == Cents(0) {
                    continue;
                }
                running += cents;
                let mut row = start(of);
                row.extend([
                    time(interval.from),
                    time(interval.to),
                    source.clone(),
                    number(interval.spx),
                    number(interval.vix),
                    of.review.ledger.name(key.position).to_owned(),
                    layer(*of_layer),
                    key.contract.label(),
                    cause.key().to_owned(),
                    usd(cents),
                    usd(running),
                    key.contract.expiry().to_string(),
                ]);
                rows.push(row);
            }
        }
    }
    rows
}

pub(super) fn decisions(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let summaries = &of.review.summary.decisions;
    let row = |(outcome, summary): (&DecisionOutcome, &DecisionSummary)| {
        let entry = of.campaign.journal.entry(outcome.entry)?;
        let record = entry.decision.as_ref()?;
        let fired: Vec<&str> = summary.fired.iter().map(|rule| rule.key()).collect();
        let taken = summary.taken.clone();
        let mut row = start(of);
        row.extend([
            outcome.entry.0.to_string(),
            entry.at.to_string(),
            summary.verdict.clone(),
            record.verdict.sentence.clone(),
            taken.unwrap_or_else(|| "none of the choices".to_owned()),
            summary.followed().map_or_else(String::new, yes_no),
            entry.reason.clone(),
            summary.regime.clone().unwrap_or_default(),
            maybe(summary.erp_pct),
            fired.join(", "),
            usd(outcome.done_last()),
            yes_no(summary.is_marked),
            format!("{} {}", record.pack.id, record.pack.version),
        ]);
        Some(row)
    };
    let outcomes = of.review.decisions.iter().zip(summaries);
    outcomes.filter_map(row).collect()
}

pub(super) fn choices(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for outcome in &of.review.decisions {
        let Some(entry) = of.campaign.journal.entry(outcome.entry) else {
            continue;
        };
        let records = entry.decision.iter().flat_map(|record| {
            let taken = record.taken;
            record
                .choices
                .iter()
                .enumerate()
                .map(move |choice| (taken, choice))
        });
        for (taken, (place, choice)) in records {
            let later = outcome.choices.iter().find(|later| later.place == place);
            let last = later.and_then(ChoiceOutcome::last);
            let against = later.and_then(|later| outcome.against_done(later));
            let mut row = start(of);
            row.extend([
                outcome.entry.0.to_string(),
                entry.at.to_string(),
                place.to_string(),
                choice.name.clone(),
                choice.stance.clone(),
                choice.refused.clone().unwrap_or_default(),
                yes_no(taken == Some(place)),
                number(choice.cost_usd),
                number(choice.friction_usd),
                number(choice.expected_pl_usd),
                number(choice.p05_usd),
                number(choice.worst_usd),
                number(choice.margin_usd),
                maybe(choice.irr),
                maybe(choice.score),
                last.map_or_else(String::new, |point| usd(point.value)),
                against.map_or_else(String::new, usd),
                last.map_or_else(String::new, |point| yes_no(point.is_marked)),
            ]);
            rows.push(row);
        }
    }
    rows
}

pub(super) fn choice_values(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for outcome in &of.review.decisions {
        for choice in &outcome.choices {
            rows.extend(choice.values.iter().map(|point| {
                let mut row = start(of);
                row.extend([
                    outcome.entry.0.to_string(),
                    time(outcome.at),
                    choice.place.to_string(),
                    choice.name.clone(),
                    time(point.at),
                    usd(point.value),
                    yes_no(point.is_marked),
                ]);
                row
            }));
        }
    }
    rows
}

/// What rolling and hedging were worth, decision by decision; the running sum is of one campaign, and of what was done
/// or of what was not.
pub(super) fn worth(of: &Reviewed<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for series in WorthSeries::all(&[&of.review.summary]) {
        for point in series.points {
            // A summary has its decisions in the order of the review that it is of.
            let Some(outcome) = of.review.decisions.get(point.place) else {
                continue;
            };
            let worth = point.worth;
            let mut row = start(of);
            row.extend([
                outcome.entry.0.to_string(),
                time(outcome.at),
                series.of.label().to_owned(),
                yes_no(worth.is_taken),
                worth.done,
                usd(Cents(worth.done_cents)),
                worth.not_done,
                usd(Cents(worth.not_done_cents)),
                usd(Cents(worth.value_cents)),
                usd(Cents(point.running_cents)),
                yes_no(worth.is_marked),
            ]);
            rows.push(row);
        }
    }
    rows
}

fn start(of: &Reviewed<'_>) -> Vec<String> {
    vec![of.file.to_owned(), of.campaign.name.clone()]
}
