//! The journal as plain text.

use std::io::{self, Write};

use super::Worked;
use super::json::irr_kind;
use crate::cli::report::layout::{Block, Table};
use crate::cli::report::text::DISCLAIMER;
use crate::journal::{Cause, Cents, ChoiceOutcome, DecisionOutcome, DecisionSummary, Parts};
use crate::ui::format::{count, date, fixed, pct_signed, usd_signed};

/// What stands where nothing is known.
const NOTHING: &str = "–";

pub(super) fn write(worked: &[Worked], out: &mut dyn Write) -> io::Result<()> {
    section("Campaigns", &[Block::Table(list(worked))], false, out)?;
    for one in worked {
        let blocks = [
            Block::Table(by_cause(&one.review.attribution.sum())),
            Block::Table(decisions(one)),
            Block::Lines(remarks(one)),
        ];
        section(&one.review.summary.name, &blocks, true, out)?;
    }
    if worked.len() > 1 {
        let all: Parts = worked.iter().map(|one| one.review.attribution.sum()).sum();
        let title = format!("All {} campaigns", count(worked.len()));
        section(&title, &[Block::Table(by_cause(&all))], true, out)?;
    }
    writeln!(out, "\n{DISCLAIMER}")
}

fn section(title: &str, blocks: &[Block], is_apart: bool, out: &mut dyn Write) -> io::Result<()> {
    if is_apart {
        writeln!(out)?;
    }
    writeln!(out, "{title}")?;
    let full = blocks.iter().map(Block::lines).filter(|it| !it.is_empty());
    for (place, lines) in full.enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        for line in lines {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// A line for each campaign.
fn list(worked: &[Worked]) -> Table {
    let mut table = Table::new(&[
        "campaign",
        "opened",
        "closed",
        "days",
        "P/L",
        "credit",
        "hedge cost %",
        "return % a year",
        "rolls",
        "drawdown",
        "",
    ]);
    for one in worked {
        let summary = &one.review.summary;
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| NOTHING.to_owned(), date);
        let closed = if summary.is_open() {
            "open".to_owned()
        } else {
            day(summary.closed)
        };
        let irr = summary.irr.zip(irr_kind(summary));
        table.row([
            summary.name.clone(),
            day(summary.opened),
            closed,
            summary.days_held.to_string(),
            usd_signed(summary.profit().usd()),
            usd_signed(summary.credit_usd),
            summary
                .hedge_cost_pct()
                .map_or_else(|| NOTHING.to_owned(), |pct| fixed(pct, 1)),
            irr.map_or_else(
                || NOTHING.to_owned(),
                |(irr, kind)| format!("{} {kind}", pct_signed(irr, 1)),
            ),
            summary.rolls.to_string(),
            usd_signed(-Cents(summary.drawdown_cents).usd()),
            one.file.clone(),
        ]);
    }
    table
}

/// Profit by cause; what is nothing is left out.
fn by_cause(parts: &Parts) -> Table {
    let mut table = Table::new(&["profit by cause", "$"]);
    for cause in Cause::ALL {
        let cents = parts.of(cause);
        if cents != Cents(0) {
            table.row([cause.label().to_owned(), usd_signed(cents.usd())]);
        }
    }
    if !parts.is_zero() {
        table.row(["Profit".to_owned(), usd_signed(parts.total().usd())]);
    }
    table
}

/// What was decided, and what of the choices not taken would have done best by now.
fn decisions(of: &Worked) -> Table {
    let mut table = Table::new(&["decided", "verdict", "done", "rules", "made", "by", ""]);
    let outcomes = of.review.decisions.iter().zip(&of.review.summary.decisions);
    for (outcome, summary) in outcomes {
        table.row([
            date(summary.on),
            summary.verdict.clone(),
            summary.taken.clone().unwrap_or_else(|| "other".to_owned()),
            match summary.followed() {
                Some(true) => "followed",
                Some(false) => "broken",
                None => NOTHING,
            }
            .to_owned(),
            usd_signed(outcome.done_last().usd()),
            basis(summary).to_owned(),
            not_taken(outcome),
        ]);
    }
    table
}

fn basis(summary: &DecisionSummary) -> &'static str {
    if summary.is_marked { "marks" } else { "model" }
}

/// The choices not taken with what they would have made over holding.
fn not_taken(outcome: &DecisionOutcome) -> String {
    let value = |choice: &ChoiceOutcome| {
        let last = choice.last()?;
        let model = if last.is_marked { "" } else { " by the model" };
        Some(format!(
            "{} {}{model}",
            choice.name,
            usd_signed(last.value.usd())
        ))
    };
    let choices = outcome.choices.iter().filter(|choice| !choice.is_taken);
    let values: Vec<String> = choices.filter_map(value).collect();
    if values.is_empty() {
        String::new()
    } else {
        format!("not taken: {}", values.join("; "))
    }
}

fn remarks(of: &Worked) -> Vec<String> {
    let unpriced = of.review.attribution.unpriced.iter();
    let unpriced = unpriced.map(|contract| format!("{}: cannot be priced", contract.label()));
    let differ = of.review.ledger.discrepancies.iter().map(|row| {
        let (label, fills, held) = (row.key.contract.label(), row.by_fills, row.held);
        format!("{label}: fills say {fills} contracts, the book holds {held}")
    });
    unpriced.chain(differ).collect()
}
