//! The numbers of a pack in sections: layers, then rule by rule, then what no rule reads. Data alone.

use crate::instrument::LayerKind;
use crate::policy::{HedgeInstrument, RuleKind, RulePack, Slot};

/// Numbers that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// Name of its own.
    pub title: String,
    /// What it is about, in a line.
    pub note: String,
    /// Places of its numbers among all; each number stands in one section.
    pub numbers: Vec<usize>,
    /// The layer that it describes, and what that is made of.
    pub layer: Option<(LayerKind, HedgeInstrument)>,
    /// Numbers that its rule reads too and that stand in a section before.
    pub elsewhere: Vec<String>,
}

/// Every number of a pack in one section each, in the order of the screen.
pub(super) fn sections(pack: &RulePack, slots: &[Slot<'_>]) -> Vec<Section> {
    let mut taken = vec![false; slots.len()];
    let mut all = layers(pack, slots, &mut taken);
    for rule in RuleKind::ALL {
        if pack.evaluates.contains(rule) {
            all.extend(of_rule(*rule, slots, &mut taken));
        }
    }
    all.extend(rest(slots, &taken));
    all
}

fn layers(pack: &RulePack, slots: &[Slot<'_>], taken: &mut [bool]) -> Vec<Section> {
    let layer = |(index, layer): (usize, &crate::policy::LayerTemplate)| {
        let prefix = format!("layers[{index}].");
        Section {
            title: format!("Layer {}", layer.title),
            note: format!("{}: watches {}", layer.role, layer.watches),
            layer: Some((layer.kind, layer.instrument)),
            numbers: take(slots, taken, |path| path.starts_with(&prefix)),
            elsewhere: Vec::new(),
        }
    };
    pack.layers.iter().enumerate().map(layer).collect()
}

/// A rule's numbers; `None` for a rule that reads none.
fn of_rule(rule: RuleKind, slots: &[Slot<'_>], taken: &mut [bool]) -> Option<Section> {
    let elsewhere: Vec<String> = slots
        .iter()
        .zip(taken.iter())
        .filter(|(slot, is_taken)| **is_taken && rule.reads(&slot.path))
        .filter(|(slot, _)| !slot.path.starts_with("layers["))
        .map(|(slot, _)| full_name(&slot.path))
        .collect();
    let numbers = take(slots, taken, |path| rule.reads(path));
    let is_empty = numbers.is_empty() && elsewhere.is_empty();
    (!is_empty).then(|| Section {
        title: rule.title().to_owned(),
        note: rule.question().to_owned(),
        layer: None,
        numbers,
        elsewhere,
    })
}

/// What no rule of the pack reads, by its group in the file.
fn rest(slots: &[Slot<'_>], taken: &[bool]) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        if taken[at] {
            continue;
        }
        let group = slot.path.rsplit_once('.').map_or("", |(group, _)| group);
        let (title, note) = named_group(group);
        match all.last_mut() {
            Some(last) if last.title == title => last.numbers.push(at),
            Some(_) | None => all.push(Section {
                title,
                note,
                numbers: vec![at],
                layer: None,
                elsewhere: Vec::new(),
            }),
        }
    }
    all
}

/// Title and note of a group of the file.
fn named_group(group: &str) -> (String, String) {
    let (head, rest) = group.split_once('.').unwrap_or((group, ""));
    let (title, note) = match head {
        "signals" => (
            "Signal",
            "what the method reads in series; no rule judges it alone",
        ),
        "decision" => ("Decision", "how choices are compared"),
        "rules" => ("Not evaluated", "a rule that this pack leaves out"),
        _ => ("", "numbers that no rule of this pack reads"),
    };
    let words = words_of(if rest.is_empty() { head } else { rest });
    if title.is_empty() {
        (sentence(&words), note.to_owned())
    } else {
        (format!("{title}: {words}"), note.to_owned())
    }
}

fn take(slots: &[Slot<'_>], taken: &mut [bool], wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    let mut numbers = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        if !taken[at] && wanted(&slot.path) {
            taken[at] = true;
            numbers.push(at);
        }
    }
    numbers
}

impl Section {
    /// The names of its numbers within it, each of its own: `vega_band.low` is “Low”, or “Vega band low” where
    /// another number is low too.
    pub(super) fn labels(&self, slots: &[Slot<'_>]) -> Vec<String> {
        let paths = || self.numbers.iter().map(|at| slots[*at].path.as_str());
        let short: Vec<String> = paths().map(number_label).collect();
        let is_alone = |label: &String| short.iter().filter(|other| *other == label).count() == 1;
        paths()
            .zip(&short)
            .map(|(path, label)| {
                if is_alone(label) {
                    label.clone()
                } else {
                    sentence(&full_name(path))
                }
            })
            .collect()
    }
}

fn number_label(path: &str) -> String {
    let last = path.rsplit_once('.').map_or(path, |(_, last)| last);
    sentence(&words_of(last))
}

/// The name of a number with its group: “vega band low”.
fn full_name(path: &str) -> String {
    let mut parts = path.rsplit('.').take(2).collect::<Vec<_>>();
    parts.reverse();
    words_of(&parts.join("_"))
}

/// A name of the file in words; what only repeats the unit is left out.
fn words_of(name: &str) -> String {
    let words = name.split('_').filter_map(|word| match word {
        "vix" => Some("VIX"),
        "vix9d" => Some("VIX9D"),
        "spx" => Some("SPX"),
        "rsi" => Some("RSI"),
        "dte" => Some("DTE"),
        "hv" => Some("HV"),
        "wacc" => Some("WACC"),
        "reer" => Some("REER"),
        "saar" => Some("annualised"),
        "pct" | "pp" | "bp" => None,
        word => Some(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Words with a capital at the beginning.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{number_label, sections};
    use crate::instrument::LayerKind;
    use crate::policy::{HedgeInstrument, RulePack};

    #[test]
    fn every_number_stands_in_one_section_under_a_name_of_its_own() {
        for pack in RulePack::shipped() {
            let slots = pack.slots();
            let all = sections(pack, &slots);
            let titles: BTreeSet<_> = all.iter().map(|section| &section.title).collect();
            assert_eq!(titles.len(), all.len(), "{titles:?}");
            let mut places: Vec<usize> = all.iter().flat_map(|s| s.numbers.clone()).collect();
            places.sort_unstable();
            assert_eq!(places, (0..slots.len()).collect::<Vec<_>>());
            for section in &all {
                let labels: BTreeSet<_> = section.labels(&slots).into_iter().collect();
                assert_eq!(labels.len(), section.numbers.len(), "{section:?}");
            }
        }
    }

    #[test]
    fn rules_name_what_they_read_and_where_it_stands() {
        let pack = RulePack::alvh();
        let slots = pack.slots();
        let all = sections(pack, &slots);
        let band = all.iter().find(|section| section.title == "Net vega band");
        let band = band.expect("the rule");
        assert_eq!(band.labels(&slots), ["Low", "High", "Widen"]);
        assert_eq!(band.elsewhere, ["vega band reference width"]);
        assert_eq!(all[0].title, "Layer First");
        let first = (LayerKind::First, HedgeInstrument::VixCall);
        assert_eq!(all[0].layer, Some(first));
        assert_eq!(number_label("signals.regime.vix_limit"), "VIX limit");
    }
}
