//! From the condors' vega through each layer to the net, drawn against the band.

use egui::Ui;

use crate::risk::band::VegaBasis;
use crate::risk::figures::NetVega;
use crate::ui::widgets::{LedgerPart, LedgerRow, VegaLedger, hint, vega_ledger};
use crate::ui::{PanelContext, format};

/// A figure both ways: literal and normalised, index points per vol point per condor.
#[derive(Clone, Copy)]
struct Both {
    literal: f64,
    normalised: f64,
}

impl Both {
    fn drawn(self, basis: VegaBasis) -> f64 {
        match basis {
            VegaBasis::WidthNormalised => self.normalised,
            VegaBasis::Literal => self.literal,
        }
    }
}

/// Shows the ledger in the unit that the band judges.
pub(super) fn ledger(ui: &mut Ui, ctx: &PanelContext<'_>, net: &NetVega) {
    let now = ctx.compared().and_then(|now| now.net_vega.as_ref());
    let basis = ctx.valuation.basis();
    let rows = parts(net)
        .into_iter()
        .enumerate()
        .map(|(index, (label, part, figure))| {
            let held = now.and_then(|now| parts(now).get(index).map(|part| part.2));
            let decimals = match part {
                LedgerPart::Condor | LedgerPart::Net => 2,
                LedgerPart::Layer(_) => 3,
            };
            row((label, part, decimals), (held, figure), basis)
        })
        .filter(|row| {
            let is_template = !matches!(row.part, LedgerPart::Layer(layer) if layer > 2);
            is_template || row.drawn != 0.0 || row.now.is_some_and(|now| now != 0.0)
        })
        .collect();
    let band = ctx.valuation.band;
    let heads = if now.is_some() {
        ("Now", "What-if")
    } else {
        ("Norm.", "Literal")
    };
    let ledger = VegaLedger {
        rows,
        band: (band.low, band.high),
        band_text: (format::signed(band.low, 2), format::signed(band.high, 2)),
        heads: (heads.0.to_owned(), heads.1.to_owned()),
    };
    let meaning = "SPX-equivalent vega per condor, index points per vol point of the condor's at-the-money \
         vol. Each bar begins where the one above ended; the part of the net outside the band is \
         hatched. The VIX options' own vega is no part of it.";
    let response = vega_ledger(ui, &ledger);
    let words = match now {
        None => meaning.to_owned(),
        Some(now) => format!(
            "{meaning}\nThe ticks stand where the bars of the book as held end.\n{}",
            in_full(now, net)
        ),
    };
    hint(response, "SPX-equivalent vega", &words);
}

/// Condors, layers, the rest and the net, with their names.
fn parts(net: &NetVega) -> Vec<(String, LedgerPart, Both)> {
    let contributions = net.contributions.iter().enumerate();
    let mut parts: Vec<(String, LedgerPart, Both)> = contributions
        .map(|(index, part)| {
            let kind = index
                .checked_sub(1)
                .map_or(LedgerPart::Condor, LedgerPart::Layer);
            let figure = Both {
                literal: part.points,
                normalised: part.normalised,
            };
            (part.name.clone(), kind, figure)
        })
        .collect();
    let figure = Both {
        literal: net.literal,
        normalised: net.normalised,
    };
    parts.push(("Net".to_owned(), LedgerPart::Net, figure));
    parts
}

fn row(
    (label, part, decimals): (String, LedgerPart, usize),
    (held, figure): (Option<Both>, Both),
    basis: VegaBasis,
) -> LedgerRow {
    let text = |value: f64| format::signed(value, decimals);
    let (first, second) = match held {
        None => (text(figure.normalised), text(figure.literal)),
        Some(held) => (text(held.drawn(basis)), text(figure.drawn(basis))),
    };
    LedgerRow {
        label,
        part,
        drawn: figure.drawn(basis),
        now: held.map(|held| held.drawn(basis)),
        first,
        second,
    }
}

/// Every part both ways, now and in the what-if.
fn in_full(now: &NetVega, then: &NetVega) -> String {
    let lines = parts(now).into_iter().zip(parts(then));
    let lines: Vec<String> = lines
        .map(|((label, _, now), (_, _, then))| {
            let text = |value: f64| format::signed(value, 3);
            format!(
                "{label}: normalised {} → {}, literal {} → {}",
                text(now.normalised),
                text(then.normalised),
                text(now.literal),
                text(then.literal),
            )
        })
        .collect();
    lines.join("\n")
}
