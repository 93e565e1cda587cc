//! The choices of a report: compared on one basis, as text and as the part `candidates` of the JSON.

use super::Report;
use super::json::shape::CandidatePart;
use super::layout::{Block, Table};
use crate::decision::{Choice, Decision, DecisionInputs, DecisionParams, decide};
use crate::document::Account;
use crate::risk::simulation::RunControl;
use crate::ui::format::{NONE, date, fixed, pct, signed, usd};

/// Rejected rolls that the text lists; the JSON has all.
const MOST_REJECTED: usize = 12;

/// Compares the choices on so many paths; why not, in words.
pub(super) fn decided(
    report: &Report<'_>,
    account: &Account,
    paths: usize,
) -> Result<Decision, String> {
    let inputs = DecisionInputs {
        campaign: &report.session.campaign,
        valuation: &report.valuation,
        pack: report.pack,
        account,
        facts: &report.facts,
        params: DecisionParams {
            paths,
            ..DecisionParams::of(report.pack)
        },
    };
    decide(&inputs, &RunControl::default()).map_err(|error| error.to_string())
}

/// The parts of the JSON: choices first, then the rolls that failed a test.
pub(super) fn parts(decision: &Decision) -> Vec<CandidatePart> {
    let all = decision.choices.iter().chain(&decision.rejected);
    all.map(part).collect()
}

fn part(choice: &Choice) -> CandidatePart {
    let figures = &choice.figures;
    let failed = choice.acceptance.as_ref().and_then(|tests| tests.failed());
    CandidatePart {
        name: choice.candidate.name.clone(),
        stance: choice.stance().label(),
        cost: figures.cost_usd(),
        expected_pl: figures.outcome.expected_usd,
        p05: figures.outcome.p05_usd,
        worst: figures.outcome.worst_usd,
        net_vega_per_condor_points: figures.vega.map(|vega| vega.literal),
        theta_per_day: figures.theta_per_day_usd,
        margin: figures.margin_usd,
        break_evens: figures.break_evens.map(|found| found.levels),
        irr: figures.irr,
        score: choice.score.total,
        failed: failed.map(|test| format!("{}: {}", test.kind.label(), test.sentence)),
    }
}

/// What was assumed, as `subject: message`.
pub(super) fn problems(report: &Report<'_>) -> Vec<String> {
    match &report.decision {
        None => vec!["candidates: left out".to_owned()],
        Some(Err(why)) => vec![format!("candidates: {why}")],
        Some(Ok(decision)) => {
            let assumptions = decision.basis.assumptions.iter();
            assumptions
                .map(|words| format!("candidates: {words}"))
                .collect()
        }
    }
}

/// The section of the text report; empty without a decision.
pub(super) fn section(report: &Report<'_>) -> Vec<Block> {
    let Some(Ok(decision)) = &report.decision else {
        return Vec::new();
    };
    let mut blocks = vec![
        Block::line(basis(report, decision)),
        table(decision),
        Block::Lines(notes(decision)),
    ];
    blocks.retain(|block| !block.lines().is_empty());
    blocks
}

fn basis(report: &Report<'_>, decision: &Decision) -> String {
    let basis = &decision.basis;
    let [none, default, twice] = decision.hold().figures.drifts;
    format!(
        "To {} ({} trading days), {} paths from seed {}, SPX drift {} % a year, cost of capital {} %. \
         Holding is expected to make {} at that drift, {} without and {} at twice.",
        date(basis.horizon),
        basis.trading_days,
        fixed(report.paths as f64, 0),
        DecisionParams::of(report.pack).seed,
        pct(basis.drift_per_year, 1),
        pct(basis.wacc, 1),
        usd(default.expected_pl_usd),
        usd(none.expected_pl_usd),
        usd(twice.expected_pl_usd),
    )
}

fn table(decision: &Decision) -> Block {
    let mut table = Table::new(&[
        "choice", "cost", "expected", "5 %", "worst", "95 %", "vega", "theta", "margin", "IRR %",
        "score", "",
    ]);
    for place in &decision.order {
        let choice = &decision.choices[*place];
        let figures = &choice.figures;
        let outcome = &figures.outcome;
        let mark = if *place == decision.preferred {
            "preferred"
        } else {
            ""
        };
        table.row([
            choice.candidate.name.clone(),
            signed(figures.cost_usd(), 0),
            signed(outcome.expected_usd, 0),
            signed(outcome.p05_usd, 0),
            signed(outcome.worst_usd, 0),
            signed(outcome.p95_usd, 0),
            figures
                .vega
                .map_or_else(|| NONE.to_owned(), |vega| signed(vega.judged, 2)),
            signed(figures.theta_per_day_usd, 0),
            fixed(figures.margin_usd, 0),
            figures
                .irr
                .map_or_else(|| NONE.to_owned(), |irr| pct(irr, 1)),
            signed(choice.score.total, 2),
            mark.to_owned(),
        ]);
    }
    Block::Table(table)
}

fn notes(decision: &Decision) -> Vec<String> {
    let mut lines: Vec<String> = decision
        .choices
        .iter()
        .flat_map(|choice| {
            let name = &choice.candidate.name;
            choice
                .candidate
                .notes
                .iter()
                .map(move |note| format!("{name}. {note}"))
        })
        .collect();
    let rejected = decision.rejected.iter();
    lines.extend(rejected.take(MOST_REJECTED).filter_map(|choice| {
        let failed = choice.acceptance.as_ref()?.failed()?;
        Some(format!(
            "Rejected: {}. {}",
            choice.candidate.name, failed.sentence
        ))
    }));
    let more = decision.rejected.len().saturating_sub(MOST_REJECTED);
    if more > 0 {
        lines.push(format!("Rejected: {more} more rolls"));
    }
    lines.extend(
        decision
            .map
            .comparisons
            .iter()
            .map(|found| found.sentence.clone()),
    );
    lines
}
