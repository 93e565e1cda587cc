//! What a layer of the hedge is made of, how far out and how much: the pack's templates.

use serde::{Deserialize, Serialize};

use super::numbers::Slot;
use super::threshold::{Threshold, Unit};
use crate::instrument::LayerKind;

/// What a layer of the hedge is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HedgeInstrument {
    /// Long calls on the VIX.
    VixCall,
}

/// One layer of the hedge: what to hold, how far out, how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerTemplate {
    /// Which layer.
    pub kind: LayerKind,
    /// Name on the screen.
    pub title: String,
    /// The signal this layer watches.
    pub watches: String,
    /// What it is for.
    pub role: String,
    /// What it is made of.
    pub instrument: HedgeInstrument,
    /// Days to expiry to aim for.
    pub target_dte: Threshold,
    /// Delta on the expiry's own future to aim for.
    pub target_delta: Threshold,
    /// Contracts for every ten condors.
    pub per_ten_condors: Threshold,
    /// Roll when no more than this many days are left.
    pub roll_dte: Threshold,
}

impl LayerTemplate {
    pub(super) fn numbers<'a>(&'a self, prefix: &str, visit: &mut dyn FnMut(Slot<'a>)) {
        for (name, threshold, unit) in [
            ("target_dte", &self.target_dte, Unit::CalendarDays),
            ("target_delta", &self.target_delta, Unit::Delta),
            (
                "per_ten_condors",
                &self.per_ten_condors,
                Unit::ContractsPerTenCondors,
            ),
            ("roll_dte", &self.roll_dte, Unit::CalendarDays),
        ] {
            visit(Slot {
                path: format!("{prefix}.{name}"),
                threshold,
                unit,
            });
        }
    }

    pub(super) fn number_mut(&mut self, name: &str) -> Option<&mut Threshold> {
        match name {
            "target_dte" => Some(&mut self.target_dte),
            "target_delta" => Some(&mut self.target_delta),
            "per_ten_condors" => Some(&mut self.per_ten_condors),
            "roll_dte" => Some(&mut self.roll_dte),
            _ => None,
        }
    }
}
