//! What a layer of the hedge is made of, how far out and how much: the pack's templates.

use serde::{Deserialize, Serialize};

use super::numbers::Slot;
use super::pack::RulePack;
use super::pack_check::PackFault;
use super::threshold::{Provenance, Sign, Threshold, Unit};
use crate::instrument::{LayerKind, Root};

/// What a layer of the hedge is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HedgeInstrument {
    /// Long calls on the VIX.
    VixCall,
    /// Call spreads on the VIX, the lower strike bought.
    VixCallSpread,
    /// VIX futures, long or short.
    VxFuture,
    /// Mini VIX futures, long or short.
    VxmFuture,
}

impl HedgeInstrument {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 4] = [
        Self::VixCall,
        Self::VixCallSpread,
        Self::VxFuture,
        Self::VxmFuture,
    ];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::VixCall => "VIX call",
            Self::VixCallSpread => "VIX call spread",
            Self::VxFuture => "VX future",
            Self::VxmFuture => "VXM future",
        }
    }

    /// The future's root; `None` for options.
    pub fn future(self) -> Option<Root> {
        match self {
            Self::VixCall | Self::VixCallSpread => None,
            Self::VxFuture => Some(Root::Vx),
            Self::VxmFuture => Some(Root::Vxm),
        }
    }
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
    /// Points between the strikes of a call spread, which needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread_width: Option<Threshold>,
}

/// The width of a spread that the trader has not set yet, in VIX points.
fn first_width() -> Threshold {
    Threshold {
        value: 10.0,
        unit: Unit::VixPoints,
        sign: Sign::Magnitude,
        source: Provenance::Own,
        why: "points between the strikes: what the spread can pay at most".to_owned(),
    }
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
        if let Some(threshold) = &self.spread_width {
            visit(Slot {
                path: format!("{prefix}.spread_width"),
                threshold,
                unit: Unit::VixPoints,
            });
        }
    }

    /// What its own numbers do not say: first fault as field and what is wrong with it.
    pub(super) fn check(&self) -> Result<(), PackFault> {
        let fault = |path: &str, found: String, expected: &str| {
            Err(PackFault {
                path: path.to_owned(),
                found,
                expected: expected.to_owned(),
            })
        };
        let width = self.spread_width.as_ref().map(|width| width.value);
        if self.instrument == HedgeInstrument::VixCallSpread && width.is_none() {
            return fault(
                "spread_width",
                "nothing".to_owned(),
                "points between the strikes of a VixCallSpread",
            );
        }
        if width == Some(0.0) {
            return fault("spread_width.value", "0".to_owned(), "points above zero");
        }
        let contracts = self.per_ten_condors.value;
        if contracts < 0.0 && self.instrument.future().is_none() {
            return fault(
                "per_ten_condors.value",
                contracts.to_string(),
                "0 or more: only futures are held short",
            );
        }
        Ok(())
    }

    pub(super) fn number_mut(&mut self, name: &str) -> Option<&mut Threshold> {
        match name {
            "target_dte" => Some(&mut self.target_dte),
            "target_delta" => Some(&mut self.target_delta),
            "per_ten_condors" => Some(&mut self.per_ten_condors),
            "roll_dte" => Some(&mut self.roll_dte),
            "spread_width" => self.spread_width.as_mut(),
            _ => None,
        }
    }
}

impl RulePack {
    /// The pack with a layer made of something else. A spread gets a width when it has none; the contracts of
    /// a future may be negative from then on, those of options may not.
    ///
    /// # Errors
    /// [`PackFault`] when the pack has no such layer.
    pub fn with_instrument(
        &self,
        kind: LayerKind,
        instrument: HedgeInstrument,
    ) -> Result<Self, PackFault> {
        let old = self.layer(kind).ok_or_else(|| PackFault {
            path: "layers".to_owned(),
            found: format!("no layer {kind:?}"),
            expected: "a layer of the pack".to_owned(),
        })?;
        if old.instrument == instrument {
            return Ok(self.clone());
        }
        let mut next = self.next();
        for layer in next.layers.iter_mut().filter(|layer| layer.kind == kind) {
            layer.instrument = instrument;
            let contracts = &mut layer.per_ten_condors;
            if instrument.future().is_some() {
                contracts.sign = Sign::LongVega;
            } else {
                contracts.value = contracts.value.abs();
                contracts.sign = Sign::Magnitude;
            }
            if instrument == HedgeInstrument::VixCallSpread {
                layer.spread_width.get_or_insert_with(first_width);
            }
        }
        next.check()?;
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::HedgeInstrument;
    use crate::instrument::LayerKind;
    use crate::policy::RulePack;

    const SECOND: LayerKind = LayerKind::Second;

    #[test]
    fn a_layer_becomes_a_spread_or_a_future_and_a_call_again() {
        let alvh = RulePack::alvh();
        let spread = alvh.with_instrument(SECOND, HedgeInstrument::VixCallSpread);
        let spread = spread.expect("valid");
        assert_eq!(
            spread.number("layers[1].spread_width").expect("set").value,
            10.0
        );
        alvh.with_number("layers[1].per_ten_condors", -2.0)
            .expect_err("calls are not held short");
        let future = spread.with_instrument(SECOND, HedgeInstrument::VxmFuture);
        let short = future
            .and_then(|pack| pack.with_number("layers[1].per_ten_condors", -2.0))
            .expect("futures may be");
        let text = short.to_ron().expect("text");
        assert_eq!(RulePack::from_ron(&text).as_ref(), Ok(&short));
        let call = short.with_instrument(SECOND, HedgeInstrument::VixCall);
        let call = call.expect("valid");
        assert_eq!(
            call.number("layers[1].per_ten_condors").expect("set").value,
            2.0
        );
        let all = call.with_reset(&[String::new()]).expect("valid");
        assert_eq!(all.layers, alvh.layers);
    }

    #[test]
    fn a_spread_without_a_width_is_refused_in_its_place() {
        let text = RulePack::alvh().to_ron().expect("text");
        let text = text.replacen("instrument: VixCall,", "instrument: VixCallSpread,", 1);
        let error = RulePack::from_ron(&text).expect_err("no width");
        assert!(error.expected.contains("between the strikes"), "{error}");
    }
}
