//! The fee schedule of the campaign, number by number.

use egui::{Align2, ScrollArea, Ui};

use super::editing::Editing;
use super::parts::{caption, place, row, span};
use crate::document::Command;
use crate::instrument::FeeSchedule;
use crate::ui::fonts;
use crate::ui::theme::{FIELD_HEIGHT, Tone};
use crate::ui::widgets::{NumberField, bare};

/// Width of the popup in points.
const WIDTH: f32 = 264.0;

/// One number of the schedule: its name, and where it stands.
type Fee = (&'static str, fn(&mut FeeSchedule) -> &mut f64);

/// Every number in dollars per contract, in the order shown.
const FEES: [Fee; 16] = [
    ("Broker", |fees| &mut fees.broker_usd),
    ("Clearing and regulatory", |fees| &mut fees.clearing_usd),
    ("SPX below 1 point", |fees| &mut fees.spx_below_1_usd),
    ("SPX from 1 point", |fees| &mut fees.spx_from_1_usd),
    ("VIX alone, to 0.10", |fees| {
        &mut fees.vix_single.to_0_10_usd
    }),
    ("VIX alone, to 0.99", |fees| {
        &mut fees.vix_single.to_0_99_usd
    }),
    ("VIX alone, to 1.99", |fees| {
        &mut fees.vix_single.to_1_99_usd
    }),
    ("VIX alone, from 2", |fees| &mut fees.vix_single.from_2_usd),
    ("VIX in a package, to 0.10", |fees| {
        &mut fees.vix_package.to_0_10_usd
    }),
    ("VIX in a package, to 0.99", |fees| {
        &mut fees.vix_package.to_0_99_usd
    }),
    ("VIX in a package, to 1.99", |fees| {
        &mut fees.vix_package.to_1_99_usd
    }),
    ("VIX in a package, from 2", |fees| {
        &mut fees.vix_package.from_2_usd
    }),
    ("XSP, small orders", |fees| &mut fees.xsp_small_usd),
    ("XSP, large orders", |fees| &mut fees.xsp_large_usd),
    ("VX future", |fees| &mut fees.vx_usd),
    ("VXM future", |fees| &mut fees.vxm_usd),
];

/// Shows the schedule; each number is committed alone.
pub(super) fn fees_popup(ui: &mut Ui, editing: &mut Editing<'_>) {
    ui.set_width(WIDTH);
    ui.label(fonts::title("Fee schedule"));
    ui.label(fonts::caption(
        "Dollars per contract and fill; the exchange's part by product and premium",
    ));
    ui.add_space(4.0);
    ScrollArea::vertical().max_height(336.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for fee in FEES {
            fee_row(ui, editing, fee);
        }
    });
    ui.add_space(4.0);
    let is_default = editing.campaign().settings.fees == FeeSchedule::default();
    ui.add_enabled_ui(!is_default, |ui| {
        let hint = "The usual customer rates, and 0.65 for the broker";
        if bare(ui, "Reset to defaults").on_hover_text(hint).clicked() {
            editing.push(with_fees(editing, FeeSchedule::default()));
        }
    });
}

fn fee_row(ui: &mut Ui, editing: &mut Editing<'_>, (name, number): Fee) {
    let line = row(ui, FIELD_HEIGHT);
    caption(
        ui,
        line.left_center(),
        Align2::LEFT_CENTER,
        name,
        Tone::Quiet,
    );
    let mut fees = editing.campaign().settings.fees;
    let mut fee = *number(&mut fees);
    let label = format!("{name} fee");
    let rect = span(line, line.width() - 84.0, line.width() - 8.0);
    let committed = place(ui, rect, name, |ui| {
        NumberField::new(&mut fee, &label)
            .unit("$")
            .hint("Dollars per contract, 0 to 100")
            .range(0.0..=100.0)
            .step(0.01)
            .shift_step(0.1)
            .alt_step(0.001)
            .width(rect.width())
            .show(ui)
            .committed
    });
    if let Some(fee) = committed {
        *number(&mut fees) = fee;
        editing.push(with_fees(editing, fees));
    }
}

fn with_fees(editing: &Editing<'_>, fees: FeeSchedule) -> Command {
    let mut settings = editing.campaign().settings.clone();
    settings.fees = fees;
    Command::SetSettings(settings)
}
