//! Net vega as the rules judge it: the reading chosen and the other beside it.

use super::super::case::Case;
use super::super::words::{signed, trimmed};
use crate::fact::FactId;
use crate::risk::band::{VegaBasis, VegaSign};

/// Net vega two ways, points per vol point per condor; positive is long vega.
#[derive(Clone, Copy)]
pub(super) struct Net {
    /// The figure that the reading judges.
    pub judged: f64,
    /// The figure that it does not.
    pub other: f64,
    /// Judged figure over the literal one.
    pub scale: f64,
}

/// Reads both figures; both are needed, since the rule states both.
pub(super) fn net(case: &mut Case<'_>) -> Option<Net> {
    let normalised = case.number(FactId::NetVegaNormalised);
    let literal = case.number(FactId::NetVegaLiteral);
    let (normalised, literal) = (normalised?, literal?);
    Some(match case.reading.basis {
        VegaBasis::WidthNormalised => Net {
            judged: normalised,
            other: literal,
            scale: scale(case),
        },
        VegaBasis::Literal => Net {
            judged: literal,
            other: normalised,
            scale: 1.0,
        },
    })
}

/// Normalised over literal.
fn scale(case: &mut Case<'_>) -> f64 {
    let reference = case.pack.vega_band.reference_width.value;
    let width = case.beside(FactId::Width).filter(|width| *width > 0.0);
    width.map_or(1.0, |width| reference / width)
}

/// "Width-normalised net vega −0.286", and the other with the wings' width.
pub(super) fn named(case: &mut Case<'_>, net: Net) -> [String; 2] {
    let width = case.beside(FactId::Width).map_or_else(
        || "literal".to_owned(),
        |width| format!("literal, for wings {} points wide,", trimmed(width, 1)),
    );
    let reference = trimmed(case.pack.vega_band.reference_width.value, 1);
    let normalised = format!("width-normalised to {reference} points");
    let (judged, other) = match case.reading.basis {
        VegaBasis::WidthNormalised => (normalised, width),
        VegaBasis::Literal => (width, normalised),
    };
    [
        format!("net vega {judged} {}", signed(net.judged, 3)),
        format!("{other} {}", signed(net.other, 3)),
    ]
}

/// What the sign means under the reading.
pub(super) fn sign_words(sign: VegaSign) -> &'static str {
    match sign {
        VegaSign::Economic => {
            "Economic sign: negative is short vega, which loses when volatility expands"
        }
        VegaSign::Literal => {
            "Literal sign: the text's exposure is minus net vega, so the band is mirrored"
        }
    }
}

/// Contracts of a layer that lift the judged net vega by `gap`, rounded up; `None` while unit or number of
/// condors is not known.
pub(super) fn contracts(case: &mut Case<'_>, unit: FactId, net: Net, gap: f64) -> Option<f64> {
    let (unit, condors) = (case.beside(unit)?, case.beside(FactId::Condors)?);
    if unit <= 0.0 || condors <= 0.0 || net.scale <= 0.0 {
        return None;
    }
    Some((condors * gap / net.scale / unit - 1e-9).ceil().max(0.0))
}
