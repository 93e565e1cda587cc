//! Market history and facts as CSV.

use std::ops::Range;

use super::{heads, number, table};
use crate::fact::{Fact, FactValue, Facts};
use crate::signal::Timeline;
use crate::signal::breadth_divergence::Divergence;
use crate::signal::timeline::TermChart;

/// The series of the signals' charts on some of their days, a row a day; what is not known is empty.
#[must_use]
pub fn history(timeline: &Timeline, places: Range<usize>) -> String {
    let names = [
        "date",
        "spx_points",
        "rsi14",
        "ad_line_issues",
        "divergence",
        "vix_points",
        "contango_pct",
        "macd_pp",
        "macd_signal_pp",
        "macd_hist_pp",
        "regime",
        "vx_30d_points",
        "vx_110d_points",
        "vx_220d_points",
        "layer_spread_points",
        "layers_compressed",
    ];
    let row = |place: usize| {
        let at = |values: &[f64]| values.get(place).map_or_else(String::new, |v| number(*v));
        let divergence = match timeline.divergence[place] {
            Some(Divergence::Negative) => "negative",
            Some(Divergence::Positive) => "positive",
            None => "",
        };
        let regime = timeline.band_at(place).map_or("", |band| band.label());
        let [first, second, third] = &timeline.levels;
        let compressed = if timeline.spread[place].is_finite() {
            yes_no(timeline.is_compressed[place])
        } else {
            ""
        };
        vec![
            timeline.dates[place].to_string(),
            at(&timeline.spx),
            at(&timeline.rsi),
            at(&timeline.ad),
            divergence.to_owned(),
            at(&timeline.vix),
            at(&timeline.contango_pct),
            at(&timeline.macd),
            at(&timeline.macd_signal),
            at(&timeline.macd_hist),
            regime.to_owned(),
            at(first),
            at(second),
            at(third),
            at(&timeline.spread),
            compressed.to_owned(),
        ]
    };
    let end = places.end.min(timeline.dates.len());
    table(&heads(&names), (places.start..end).map(row))
}

/// The curves of the term-structure chart: a row for each future, and the median and middle half of earlier
/// curves at a VIX like today's under their own names.
#[must_use]
pub fn term_curves(term: &TermChart) -> String {
    let names = heads(&["curve", "date", "days", "vx_points"]);
    let curves = [
        ("today", Some(&term.today)),
        ("week ago", term.week_ago.as_ref()),
        ("month ago", term.month_ago.as_ref()),
    ];
    let of_days = curves.into_iter().flat_map(|(name, curve)| {
        curve.into_iter().flat_map(move |curve| {
            let row = move |(days, price): &(f64, f64)| {
                let date = curve.date.to_string();
                vec![name.to_owned(), date, number(*days), number(*price)]
            };
            curve.points.iter().map(row)
        })
    });
    let alike = term.band.iter().flat_map(|band| {
        [
            ("lower quartile at this VIX", band.low),
            ("median at this VIX", band.median),
            ("upper quartile at this VIX", band.high),
        ]
        .map(|(name, price)| {
            vec![
                name.to_owned(),
                String::new(),
                number(band.days),
                number(price),
            ]
        })
    });
    table(&names, of_days.chain(alike))
}

/// Every fact, a row each: value and unit, or why there is none and what would mend it.
#[must_use]
pub fn facts(facts: &Facts) -> String {
    let names = [
        "id", "value", "unit", "source", "as_of", "age_days", "missing", "import", "meaning",
        "formula",
    ];
    let row = |fact: &Fact| {
        let value = match &fact.value {
            Ok(FactValue::Number(value)) => number(*value),
            Ok(FactValue::Flag(flag)) => yes_no(*flag).to_owned(),
            Ok(FactValue::State(words)) => (*words).to_owned(),
            Ok(FactValue::Text(words)) => words.clone(),
            Err(_) => String::new(),
        };
        let (why, import) = fact.missing().map_or(("", ""), |missing| {
            (missing.why.as_str(), missing.import_what.as_str())
        });
        let day = fact.as_of.map_or_else(String::new, |day| day.to_string());
        let age = fact
            .age_days
            .map_or_else(String::new, |days| days.to_string());
        vec![
            fact.id.key().to_owned(),
            value,
            fact.id.spec().unit.label().to_owned(),
            fact.source.clone(),
            day,
            age,
            why.to_owned(),
            import.to_owned(),
            fact.id.meaning().to_owned(),
            fact.id.formula().to_owned(),
        ]
    };
    table(&heads(&names), facts.iter().map(row))
}

fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}
