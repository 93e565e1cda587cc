//! Regime and facts of a report: as JSON, as a short table, and what is missing.

use std::collections::BTreeMap;

use super::Report;
use super::json::shape::{FactNumber, FactPart, RegimePart};
use super::layout::{Block, Table};
use crate::fact::{Fact, FactId, FactValue};
use crate::ui::format::{NONE, date, fixed, signed};

/// The facts that a text report shows; all of them stand in the JSON.
const SHORT_LIST: [FactId; 22] = [
    FactId::Regime,
    FactId::RegimeBase,
    FactId::RegimeForcedBy,
    FactId::XContangoCm,
    FactId::MacdHist,
    FactId::Cm30,
    FactId::Cm110,
    FactId::Cm220,
    FactId::LayersCompress,
    FactId::FrontSignal,
    FactId::RichSecondZ,
    FactId::CapmAlpha,
    FactId::Edr,
    FactId::IvRv,
    FactId::SpxRsi14,
    FactId::SpxOfHigh252,
    FactId::BreadthNegative,
    FactId::BigTopPhase,
    FactId::EventNext,
    FactId::InflationElevated,
    FactId::Erp,
    FactId::Wacc,
];

/// The regime; `null` without enough history.
pub(super) fn regime(report: &Report<'_>) -> Option<RegimePart> {
    let found = report.regime.as_ref()?;
    Some(RegimePart {
        state: found.label(),
        slope_pct: found.slope_pct,
        macd: found.macd,
        signal: found.signal,
        hist: found.hist,
        source: found.source.label(),
    })
}

/// Every fact in the order of the registry.
pub(super) fn facts(report: &Report<'_>) -> Vec<FactPart> {
    report.facts.iter().map(part).collect()
}

fn part(fact: &Fact) -> FactPart {
    let value = fact.value.as_ref().ok().map(|value| match value {
        FactValue::Number(number) => FactNumber::Number(number + 0.0), // no "-0.0"
        FactValue::Flag(flag) => FactNumber::Flag(*flag),
        FactValue::State(words) => FactNumber::Words((*words).to_owned()),
        FactValue::Text(words) => FactNumber::Words(words.clone()),
    });
    FactPart {
        id: fact.id.key(),
        unit: fact.id.unit().label(),
        source: value.is_some().then(|| fact.source.clone()),
        as_of: fact.as_of,
        value,
    }
}

/// Why facts are missing: one line for each thing that would mend it.
pub(super) fn problems(report: &Report<'_>) -> Vec<String> {
    let mut reasons: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for fact in &report.facts {
        if let Some(missing) = fact.missing() {
            let reason = (missing.import_what.as_str(), missing.why.as_str());
            reasons.entry(reason).or_default().push(fact.id.key());
        }
    }
    let mut lines: Vec<String> = reasons
        .into_iter()
        .map(|((import_what, why), keys)| {
            let keys = keys.join(", ");
            if import_what.is_empty() {
                format!("facts {keys}: {why}")
            } else {
                format!("facts {keys}: {why}; needs {import_what}")
            }
        })
        .collect();
    if report.regime.is_none() {
        let why = report
            .facts
            .get(FactId::Regime)
            .missing()
            .map_or("no market history", |missing| missing.why.as_str());
        let hint = if report.has_history {
            ""
        } else {
            " (give --history DIR)"
        };
        lines.insert(0, format!("regime: {why}{hint}"));
    }
    lines
}

/// The short list, where there is history to read it from.
pub(super) fn section(report: &Report<'_>) -> Vec<Block> {
    if !report.has_history {
        return Vec::new();
    }
    let mut table = Table::new(&["fact", "value", "from", "as of", "meaning"]);
    for id in SHORT_LIST {
        let fact = report.facts.get(id);
        table.row([
            id.key().to_owned(),
            value(fact),
            if fact.source.is_empty() {
                NONE.to_owned()
            } else {
                fact.source.clone()
            },
            fact.as_of.map_or_else(|| NONE.to_owned(), date),
            id.meaning().to_owned(),
        ]);
    }
    let count = format!(
        "{} of {} facts are known; --json has them all.",
        report.facts.known(),
        FactId::all().len()
    );
    vec![Block::Table(table), Block::line(count)]
}

fn value(fact: &Fact) -> String {
    let unit = fact.id.unit();
    match &fact.value {
        Ok(FactValue::Number(number)) => {
            let number = if unit.is_signed() {
                signed(*number, unit.decimals())
            } else {
                fixed(*number, unit.decimals())
            };
            format!("{number} {}", unit.label()).trim_end().to_owned()
        }
        Ok(FactValue::Flag(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
        Ok(FactValue::State(words)) => (*words).to_owned(),
        Ok(FactValue::Text(words)) => words.clone(),
        Err(missing) => format!("missing: {}", missing.why),
    }
}
