//! From the condors' vega through each layer to the net, drawn against the band.

use egui::Ui;

use crate::risk::band::VegaBasis;
use crate::risk::figures::{Contribution, NetVega};
use crate::ui::widgets::{LedgerPart, LedgerRow, VegaLedger, hint, vega_ledger};
use crate::ui::{PanelContext, format};

/// Shows the ledger in the unit that the band judges.
pub(super) fn ledger(ui: &mut Ui, ctx: &PanelContext<'_>, net: &NetVega) {
    let basis = ctx.valuation.basis();
    let drawn = |points: f64, normalised: f64| match basis {
        VegaBasis::WidthNormalised => normalised,
        VegaBasis::Literal => points,
    };
    let mut rows: Vec<LedgerRow> = net
        .contributions
        .iter()
        .enumerate()
        .filter(|(index, part)| *index < 4 || part.points != 0.0)
        .map(|(index, part)| contribution_row(index, part, drawn(part.points, part.normalised)))
        .collect();
    rows.push(LedgerRow {
        label: "Net".to_owned(),
        part: LedgerPart::Net,
        drawn: drawn(net.literal, net.normalised),
        first: format::signed(net.normalised, 2),
        second: format::signed(net.literal, 2),
    });
    let band = ctx.valuation.band;
    let ledger = VegaLedger {
        rows,
        band: (band.low, band.high),
        band_text: (format::signed(band.low, 2), format::signed(band.high, 2)),
        heads: ("Norm.".to_owned(), "Literal".to_owned()),
    };
    let words = "SPX-equivalent vega per condor, index points per vol point of the condor's at-the-money \
         vol. Each bar begins where the one above ended; the part of the net outside the band is \
         hatched. The VIX options' own vega is no part of it.";
    hint(vega_ledger(ui, &ledger), "SPX-equivalent vega", words);
}

fn contribution_row(index: usize, part: &Contribution, drawn: f64) -> LedgerRow {
    let (kind, decimals) = match index.checked_sub(1) {
        None => (LedgerPart::Condor, 2),
        Some(layer) => (LedgerPart::Layer(layer), 3),
    };
    LedgerRow {
        label: part.name.clone(),
        part: kind,
        drawn,
        first: format::signed(part.normalised, decimals),
        second: format::signed(part.points, decimals),
    }
}
