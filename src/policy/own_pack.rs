//! A trader's own pack: made from a shipped one, changed number by number, compared and reset.
//!
//! Nothing here changes a pack in place. An edit gives a new pack whose version is one higher, so that what
//! was decided under the old numbers can still say which they were.

use std::fmt::Write as _;

use super::layer_template::{HedgeInstrument, LayerTemplate};
use super::pack::RulePack;
use super::pack_check::PackFault;
use super::threshold::{Provenance, Threshold, Unit};

/// A number that differs from the shipped pack's.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberChange<'a> {
    /// Its path.
    pub path: String,
    /// Its unit.
    pub unit: Unit,
    /// As it is shipped; `None` where the shipped pack has no such number.
    pub shipped: Option<&'static Threshold>,
    /// As it is in this pack.
    pub own: &'a Threshold,
}

impl RulePack {
    /// Whether it is one of the packs that come with the program, unchanged.
    pub fn is_shipped(&self) -> bool {
        Self::shipped().contains(&self)
    }

    /// The shipped pack that it is compared with: the one it came from, else `alvh`.
    pub fn base(&self) -> &'static Self {
        let named = self.based_on.clone().unwrap_or_else(|| self.reference());
        Self::find(&named).unwrap_or_else(Self::alvh)
    }

    /// The shipped number of a path; layers are matched by their kind, not their place.
    pub fn shipped_number(&self, path: &str) -> Option<&'static Threshold> {
        let base = self.base();
        let Some((index, rest)) = layer_path(path) else {
            return base.number(path);
        };
        let kind = self.layers.get(index)?.kind;
        let place = base.layers.iter().position(|layer| layer.kind == kind)?;
        base.number(&format!("layers[{place}].{rest}"))
    }

    /// A copy that is the trader's own: version 1, with the shipped pack named as its base.
    pub fn to_own(&self, id: impl Into<String>) -> Self {
        let title = if self.is_shipped() {
            format!("{} (own)", self.title)
        } else {
            self.title.clone()
        };
        Self {
            id: id.into(),
            version: 1,
            title,
            based_on: Some(self.base().reference()),
            ..self.clone()
        }
    }

    /// What an edit begins with: an own copy of a shipped pack, or the own pack one version on.
    pub(super) fn next(&self) -> Self {
        if self.is_shipped() {
            self.to_own(format!("{} (own)", self.id))
        } else {
            Self {
                version: self.version.saturating_add(1),
                ..self.clone()
            }
        }
    }

    /// The pack with another number; the same pack when that is its number already.
    ///
    /// # Errors
    /// [`PackFault`] when there is no such number, or the pack would make no sense with it.
    pub fn with_number(&self, path: &str, value: f64) -> Result<Self, PackFault> {
        let old = self.number(path).ok_or_else(|| no_number(path))?;
        if old.value == value {
            return Ok(self.clone());
        }
        let shipped = self.shipped_number(path);
        let changed = match shipped.filter(|shipped| shipped.value == value) {
            Some(shipped) => shipped.clone(),
            None => Threshold {
                value,
                source: Provenance::Own,
                ..old.clone()
            },
        };
        let mut next = self.next();
        *next.number_mut(path).ok_or_else(|| no_number(path))? = changed;
        next.check()?;
        Ok(next)
    }

    /// The pack with another reason for a number.
    ///
    /// # Errors
    /// [`PackFault`] when there is no such number, or no reason.
    pub fn with_reason(&self, path: &str, why: &str) -> Result<Self, PackFault> {
        let old = self.number(path).ok_or_else(|| no_number(path))?;
        if old.why == why.trim() {
            return Ok(self.clone());
        }
        let mut next = self.next();
        let number = next.number_mut(path).ok_or_else(|| no_number(path))?;
        why.trim().clone_into(&mut number.why);
        next.check()?;
        Ok(next)
    }

    /// The pack with every number under some paths as it is shipped, and the rules evaluated and their
    /// precedence, which have paths too; the empty path means all of them.
    ///
    /// # Errors
    /// [`PackFault`] when a number that is reset does not suit one that is not.
    pub fn with_reset(&self, under: &[String]) -> Result<Self, PackFault> {
        let changes = self.changes();
        let reset: Vec<_> = changes
            .iter()
            .filter(|change| under.iter().any(|under| is_under(&change.path, under)))
            .filter_map(|change| Some((change.path.clone(), change.shipped?.clone())))
            .collect();
        let is_all = under.iter().any(String::is_empty);
        let layers = self.layers_reset();
        let mut next = self.next();
        next.reset_rules(under);
        let same_rules = next.evaluates == self.evaluates && next.precedence == self.precedence;
        if reset.is_empty() && same_rules && (!is_all || layers == self.layers) {
            return Ok(self.clone());
        }
        if is_all {
            next.layers = layers;
        }
        for (path, shipped) in reset {
            if let Some(number) = next.number_mut(&path) {
                *number = shipped;
            }
        }
        next.check()?;
        Ok(next)
    }

    /// The layers, each of what the shipped pack makes it of.
    fn layers_reset(&self) -> Vec<LayerTemplate> {
        let base = self.base();
        let reset = |layer: &LayerTemplate| base.layer(layer.kind).unwrap_or(layer).clone();
        self.layers.iter().map(reset).collect()
    }

    /// The pack under another name on the screen.
    ///
    /// # Errors
    /// [`PackFault`] for a name that is none.
    pub fn with_title(&self, title: &str) -> Result<Self, PackFault> {
        if self.title == title.trim() {
            return Ok(self.clone());
        }
        let mut next = self.next();
        title.trim().clone_into(&mut next.title);
        next.check()?;
        Ok(next)
    }

    /// The numbers that differ from the shipped pack's, in the order of the file.
    pub fn changes(&self) -> Vec<NumberChange<'_>> {
        if self.is_shipped() {
            return Vec::new();
        }
        let base: std::collections::BTreeMap<String, &'static Threshold> = self
            .base()
            .slots()
            .into_iter()
            .map(|slot| (slot.path, slot.threshold))
            .collect();
        let mut changes = Vec::new();
        for slot in self.slots() {
            let shipped = match layer_path(&slot.path) {
                Some(_) => self.shipped_number(&slot.path),
                None => base.get(&slot.path).copied(),
            };
            if shipped != Some(slot.threshold) {
                changes.push(NumberChange {
                    path: slot.path,
                    unit: slot.unit,
                    shipped,
                    own: slot.threshold,
                });
            }
        }
        changes
    }

    /// The difference to the shipped pack as text, a line a number.
    pub fn diff_text(&self) -> String {
        let base = self.base();
        let mut text = format!(
            "{} version {} against {} version {}\n",
            self.id, self.version, base.id, base.version
        );
        let changes = self.changes();
        if changes.is_empty() {
            text.push_str("no number differs\n");
        }
        for layer in &self.layers {
            let was = base.layer(layer.kind).map(|layer| layer.instrument);
            if was != Some(layer.instrument) {
                let was = was.map_or("none", HedgeInstrument::label);
                let (title, now) = (&layer.title, layer.instrument.label());
                let _infallible = writeln!(text, "layer {title}: {was} → {now}");
            }
        }
        for line in self.rule_lines() {
            text.push_str(&line);
            text.push('\n');
        }
        for NumberChange {
            path,
            unit,
            shipped,
            own,
        } in changes
        {
            let was =
                shipped.map_or_else(|| "none".to_owned(), |shipped| shipped.value.to_string());
            let _infallible = writeln!(
                text,
                "{path}: {was} → {} {} ({}: {})",
                own.value,
                unit.label(),
                own.source.label(),
                own.why
            );
        }
        text
    }
}

/// The place of a layer and the rest of its path.
fn layer_path(path: &str) -> Option<(usize, &str)> {
    let (index, rest) = path.strip_prefix("layers[")?.split_once("].")?;
    Some((index.parse().ok()?, rest))
}

/// Whether a path lies under another: itself, its group, or anything under the empty path.
pub(super) fn is_under(path: &str, under: &str) -> bool {
    under.is_empty()
        || path
            .strip_prefix(under)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn no_number(path: &str) -> PackFault {
    PackFault {
        path: path.to_owned(),
        found: "no number of that name".to_owned(),
        expected: "a number of the pack".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::RulePack;
    use crate::policy::Provenance;

    const LIMIT: &str = "signals.regime.vix_limit";

    #[test]
    fn an_edit_of_a_shipped_pack_makes_an_own_one_and_grows_its_version() {
        let alvh = RulePack::alvh();
        let own = alvh.with_number(LIMIT, 25.0).expect("valid");
        assert_eq!((own.id.as_str(), own.version), ("alvh (own)", 1));
        assert!(!own.is_shipped() && alvh.is_shipped());
        assert_eq!(own.base(), alvh);
        let number = own.number(LIMIT).expect("it is there");
        assert_eq!((number.value, number.source), (25.0, Provenance::Own));
        let next = own.with_number("vega_band.low", -0.2).expect("valid");
        assert_eq!(next.version, 2);
        // the same number again is no edit
        assert_eq!(next.with_number("vega_band.low", -0.2).as_ref(), Ok(&next));
        let paths: Vec<_> = next.changes().into_iter().map(|c| c.path).collect();
        assert_eq!(paths, ["vega_band.low", LIMIT]);
    }

    #[test]
    fn reset_takes_back_a_number_a_group_or_all() {
        let own = RulePack::alvh()
            .with_number(LIMIT, 25.0)
            .and_then(|pack| pack.with_number("signals.regime.closes", 3.0))
            .and_then(|pack| pack.with_number("layers[1].roll_dte", 50.0))
            .expect("valid");
        for (under, left) in [(LIMIT, 2), ("signals", 1), ("layers[1]", 2), ("", 0)] {
            let reset = own.with_reset(&[under.to_owned()]).expect("valid");
            assert_eq!(reset.changes().len(), left, "{under}");
            assert_eq!(reset.version, own.version + 1);
        }
        assert_eq!(own.with_reset(&["budgets".to_owned()]).as_ref(), Ok(&own));
        // typed back by hand, source and reason are the pack's again
        let typed = own.with_number(LIMIT, 20.0).expect("valid");
        assert_eq!(
            typed.number(LIMIT),
            RulePack::alvh().number(LIMIT),
            "{LIMIT}"
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_its_path() {
        let alvh = RulePack::alvh();
        for (path, value, expected) in [
            ("vega_band.high", -0.3, "more than -0.15"),
            ("signals.regime.closes", 1.5, "a whole number of closes"),
            ("signals.regime.closes", 0.0, "a number from 1"),
            ("budgets.hedge_debit", f64::NAN, "a number from"),
            ("budgets.none", 1.0, "a number of the pack"),
        ] {
            let fault = alvh.with_number(path, value).expect_err(path);
            assert!(fault.path.starts_with(path), "{fault}");
            assert!(fault.expected.contains(expected), "{fault}");
        }
        alvh.with_title(" ").expect_err("no title");
        alvh.with_reason(LIMIT, "").expect_err("no reason");
    }

    #[test]
    fn the_difference_is_text_with_both_numbers() {
        let own = RulePack::alvh().with_number(LIMIT, 25.0).expect("valid");
        assert_eq!(
            own.diff_text(),
            "alvh (own) version 1 against alvh version 2\n\
             signals.regime.vix_limit: 20 → 25 VIX pt (own: above it Steward, whatever the slope does)\n"
        );
        assert!(RulePack::vxth().changes().is_empty());
        let vxth = RulePack::vxth().with_number("layers[0].target_delta", 0.25);
        assert_eq!(vxth.expect("valid").base(), RulePack::vxth());
    }
}
