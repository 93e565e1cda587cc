//! Packs of the first schema: layers, band, budgets and levels without signals, rules and decision.
//!
//! What they lack is taken from the pack `alvh`, and the pack then says so in its own description: nothing is
//! filled in unseen.

use serde::Deserialize;

use super::layer_template::LayerTemplate;
use super::pack::{
    self, BreakEvenLevels, Budgets, EntryWindows, PACK_SCHEMA, RulePack, ThetaFloor, VegaBand,
};
use super::text::{self, TextError};
use super::threshold::Threshold;

/// The first schema.
pub(super) const SCHEMA: u32 = 1;

/// Begins the line that tells what was filled in.
const FILLED: &str = "Filled from";

/// A pack of the first schema, as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "RulePack")]
struct PackOne {
    #[serde(rename = "schema")]
    _schema: u32,
    id: String,
    version: u32,
    title: String,
    about: String,
    layers: Vec<LayerTemplate>,
    entry: EntryWindows,
    monetise: MonetiseOne,
    vega_band: VegaBand,
    theta: ThetaFloor,
    budgets: Budgets,
    break_evens: BreakEvenLevels,
}

/// Gains of the first layer, before anything was said of the proceeds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MonetiseOne {
    vix_from: Threshold,
    marked_at: Threshold,
    share_sold: Threshold,
}

/// Reads a pack of the first schema as one of today; unchecked.
pub(super) fn read(ron: &str) -> Result<RulePack, TextError> {
    let old: PackOne = text::read(ron, SCHEMA)?;
    Ok(today(old))
}

fn today(old: PackOne) -> RulePack {
    let filler = RulePack::alvh();
    let about = format!(
        "{} {FILLED} {} version {}: signals, rules, precedence, decision, and what becomes of the First layer's gains.",
        old.about, filler.id, filler.version
    );
    RulePack {
        schema: PACK_SCHEMA,
        id: old.id,
        version: old.version,
        based_on: Some(filler.reference()),
        title: old.title,
        about: about.trim_start().to_owned(),
        layers: old.layers,
        entry: old.entry,
        monetise: pack::Monetise {
            vix_from: old.monetise.vix_from,
            marked_at: old.monetise.marked_at,
            share_sold: old.monetise.share_sold,
            ..filler.monetise.clone()
        },
        vega_band: old.vega_band,
        theta: old.theta,
        budgets: old.budgets,
        break_evens: old.break_evens,
        signals: filler.signals.clone(),
        rules: filler.rules.clone(),
        evaluates: filler.evaluates.clone(),
        precedence: filler.precedence.clone(),
        decision: filler.decision.clone(),
    }
}

impl RulePack {
    /// What was taken from a shipped pack when a pack of an earlier schema was read, in a sentence.
    pub fn filled_note(&self) -> Option<&str> {
        self.about.rfind(FILLED).map(|at| &self.about[at..])
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{PackRef, Provenance, RulePack};

    /// A pack as the first schema had it, with one number of its own.
    const OLD: &str = include_str!("../../tests/golden/pack_schema_1.ron");

    #[test]
    fn a_pack_of_the_first_schema_is_read_and_says_what_was_filled_in() {
        let (pack, alvh) = (RulePack::from_ron(OLD).expect("valid"), RulePack::alvh());
        let own = PackRef {
            id: "my pack".to_owned(),
            version: 4,
        };
        assert_eq!(pack.reference(), own);
        let low = &pack.vega_band.low;
        assert_eq!((low.value, low.source), (-0.12, Provenance::Palisade));
        let changes: Vec<String> = pack.changes().into_iter().map(|one| one.path).collect();
        assert_eq!(changes, ["vega_band.low"], "the rest is alvh's");
        assert_eq!(pack.base(), alvh);
        assert_eq!(pack.precedence, alvh.precedence);
        assert!(
            pack.about
                .starts_with("A tighter band. Filled from alvh version 2: signals")
        );
        let note = pack.filled_note().expect("it was filled");
        assert!(note.starts_with("Filled from") && alvh.filled_note().is_none());
        // written again it is a pack of today
        let again = RulePack::from_ron(&pack.to_ron().expect("text"));
        assert_eq!(again.as_ref(), Ok(&pack));
    }

    #[test]
    fn damage_in_an_old_pack_is_refused_with_its_place() {
        for (from, to, expected) in [
            ("value: -0.12", "value: low", "float"),
            ("value: -0.12", "value: 0.5", "more than 0.5"),
            ("    theta: (", "    theta_floor: (", "`theta`"),
        ] {
            let line = 1 + OLD[..OLD.find(from).expect(from)].matches('\n').count();
            let error = RulePack::from_ron(&OLD.replacen(from, to, 1)).expect_err(to);
            assert!(error.expected.contains(expected), "{error}");
            assert!(error.place.line.abs_diff(line) <= 1, "{line}: {error}");
        }
    }
}
