//! The glossary: every term of the method, the model and the field, with formula, unit and source.
//!
//! The file `assets/glossary.ron` is compiled in and read once. A control finds its term by its own name
//! ([`Glossary::find`]), so that a new field with a known word in its name needs no further wiring.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::text::{self, TextError};

/// The newest glossary schema this program reads.
const SCHEMA: u32 = 1;

/// The glossary as compiled into the program.
const SHIPPED: &str = include_str!("../../assets/glossary.ron");

/// Names shorter than this, in characters, are found alone or at an end of a longer name, not inside.
const SHORTEST_WITHIN: usize = 4;

/// Where a term belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum TermKind {
    /// Options, futures and finance at large.
    Field,
    /// Palisade's joint SPX × VIX model.
    Model,
    /// The layered-hedge method.
    Method,
}

impl TermKind {
    /// All kinds, in the order shown.
    pub const ALL: [Self; 3] = [Self::Field, Self::Model, Self::Method];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Field => "Field",
            Self::Model => "Model",
            Self::Method => "Method",
        }
    }
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Short name, unique, in lower case with hyphens.
    pub id: String,
    /// The term as a heading, in sentence case.
    pub term: String,
    /// Other names, among them the labels of controls and figures that the term explains; lower case.
    pub aliases: Vec<String>,
    /// Where it belongs.
    pub kind: TermKind,
    /// What it means, in two to four sentences.
    pub meaning: String,
    /// Its formula as plain text, where it has one.
    #[serde(default)]
    pub formula: Option<String>,
    /// Unit and sign convention.
    pub unit: String,
    /// Who stands behind it: a work, a rulebook, the method, or Palisade itself.
    pub source: String,
    /// Ids of related terms.
    pub see: Vec<String>,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryFile {
    #[serde(rename = "schema")]
    _schema: u32,
    terms: Vec<Term>,
}

/// All terms, sorted by heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glossary {
    terms: Vec<Term>,
    names: BTreeMap<String, usize>,
}

impl Glossary {
    /// The glossary shipped with the program.
    ///
    /// # Panics
    /// Never: the file is part of the program, and a test reads it.
    pub fn shipped() -> &'static Self {
        static SHIPPED_ONCE: OnceLock<Glossary> = OnceLock::new();
        SHIPPED_ONCE.get_or_init(|| {
            Self::from_ron(SHIPPED).expect("the shipped glossary is valid; a test reads it")
        })
    }

    /// Reads a glossary.
    ///
    /// # Errors
    /// [`TextError`] with line and column of the damage.
    pub fn from_ron(text: &str) -> Result<Self, TextError> {
        let file: GlossaryFile = text::read(text, SCHEMA)?;
        let mut names = BTreeMap::new();
        for (index, term) in file.terms.iter().enumerate() {
            let own = [&term.term, &term.id];
            for name in own.into_iter().chain(&term.aliases) {
                names.entry(normalised(name)).or_insert(index);
            }
        }
        Ok(Self {
            terms: file.terms,
            names,
        })
    }

    /// Every term, sorted by heading.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The term of that id.
    pub fn get(&self, id: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.id == id)
    }

    /// The term that explains a control or a figure of this name: the one with that very name, else the
    /// one whose name stands in it as whole words, nearest to the end, where the noun is, and the longest
    /// (`Short put mark` → `Mark`).
    pub fn find(&self, name: &str) -> Option<&Term> {
        let name = normalised(name);
        if let Some(index) = self.names.get(&name) {
            return self.terms.get(*index);
        }
        let within = self.names.iter().filter_map(|(known, index)| {
            let end = end_of_words(&name, known)?;
            let length = known.chars().count();
            let is_outer = end == known.len() || end == name.len();
            let may_stand = length >= SHORTEST_WITHIN || (length > 1 && is_outer);
            may_stand.then_some((end, length, *index))
        });
        let (_, _, index) = within.max()?;
        self.terms.get(index)
    }
}

/// Lower case, one kind of hyphen, single spaces.
fn normalised(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            '−' | '–' | '‑' => '-',
            other => other,
        })
        .collect();
    plain
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where `words` ends in `text` for the last time, cut off by neither a letter nor a digit on either side.
fn end_of_words(text: &str, words: &str) -> Option<usize> {
    let is_part = |letter: char| letter.is_alphanumeric();
    let whole = text.match_indices(words).filter(|(at, found)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    });
    whole.map(|(at, found)| at + found.len()).last()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Glossary, SHIPPED, TermKind, normalised};
    use crate::market::ParamKey;

    fn glossary() -> Glossary {
        Glossary::from_ron(SHIPPED).expect("the shipped glossary reads")
    }

    #[test]
    fn it_is_large_sorted_and_of_all_kinds() {
        let glossary = glossary();
        let terms = glossary.terms();
        assert!(terms.len() >= 90, "{}", terms.len());
        let headings: Vec<String> = terms.iter().map(|term| term.term.to_lowercase()).collect();
        assert!(headings.is_sorted());
        for kind in TermKind::ALL {
            let count = terms.iter().filter(|term| term.kind == kind).count();
            assert!(count >= 20, "{kind:?}: {count}");
        }
    }

    #[test]
    fn ids_and_names_are_unique_and_links_lead_somewhere() {
        let glossary = glossary();
        let mut seen = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for term in glossary.terms() {
            assert!(ids.insert(&term.id), "{} twice", term.id);
            let own = std::iter::once(&term.term).chain(&term.aliases);
            for name in own {
                assert!(seen.insert(normalised(name)), "{name} twice");
            }
        }
        for term in glossary.terms() {
            for other in &term.see {
                assert!(ids.contains(other), "{} points to {other}", term.id);
                assert_ne!(other, &term.id);
            }
        }
    }

    #[test]
    fn every_term_says_what_it_is_and_who_says_so() {
        for term in glossary().terms() {
            let sentences = term.meaning.matches(['.', '?']).count();
            assert!(term.meaning.len() > 60 && sentences >= 1, "{}", term.id);
            assert!(term.meaning.ends_with('.'), "{}", term.id);
            assert!(term.source.len() > 5, "{} names no source", term.id);
            assert!(!term.unit.trim().is_empty(), "{} has no unit", term.id);
            assert!(
                term.formula
                    .as_ref()
                    .is_none_or(|formula| !formula.trim().is_empty())
            );
            if term.kind == TermKind::Method {
                let is_honest =
                    term.source.contains("no public evidence") || term.source.contains("Palisade");
                assert!(is_honest, "{}: {}", term.id, term.source);
            }
            for alias in &term.aliases {
                assert_eq!(alias, &normalised(alias), "{}", term.id);
            }
        }
    }

    #[test]
    fn every_parameter_of_the_model_has_a_term() {
        let glossary = glossary();
        for key in ParamKey::ALL {
            let label = key.spec().label;
            let known = glossary.names.contains_key(&normalised(label));
            assert!(known, "no term names “{label}”");
        }
    }

    #[test]
    fn a_name_finds_its_term_alone_or_within_a_longer_one() {
        let glossary = glossary();
        let id = |name: &str| glossary.find(name).map(|term| term.id.as_str());
        assert_eq!(id("Vanna"), Some("vanna"));
        assert_eq!(id("  break-even   LOW "), Some("break-even"));
        assert_eq!(id("Short put strike 2"), Some("short-strike"));
        assert_eq!(id("Short put mark"), Some("mark"));
        assert_eq!(id("VX 17 Mar 27"), Some("vx"));
        assert_eq!(id("Short put vol"), Some("implied-volatility"));
        assert_eq!(id("Account equity"), Some("trailing-spend"));
        assert_eq!(id("Undo"), None);
        assert_eq!(id("am"), Some("am-settlement"));
        assert_eq!(id("I am here"), None);
        assert_eq!(id("marketplace"), None);
    }

    #[test]
    fn damage_is_named_with_its_place() {
        let error = Glossary::from_ron("(schema: 1, terms: [(id: 3)])").expect_err("a number");
        assert_eq!(error.place.line, 1);
        assert!(Glossary::from_ron("(schema: 2, terms: [])").is_err());
    }
}
