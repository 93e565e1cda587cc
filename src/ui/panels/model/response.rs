//! The spot-VIX response by horizon, one row of six figures each, changed in place.

use egui::{Align2, Sense, Ui, vec2};

use crate::document::Command;
use crate::market::ModelParams;
use crate::market::params::{VIX_MAP, VixMapRow};
use crate::ui::icons::Icon;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{ButtonKind, NumberField, button, section};
use crate::ui::{Actions, PanelContext, fonts, format};

/// One figure of a row: head, unit and meaning, range, step, and where it lives.
struct Figure {
    title: &'static str,
    meaning: &'static str,
    range: [f64; 2],
    step: f64,
    slot: fn(&mut VixMapRow) -> &mut f64,
}

const FIGURES: [Figure; 5] = [
    Figure {
        title: "Slope",
        meaning: "VIX points per −1 % SPX at small moves",
        range: [0.0, 10.0],
        step: 0.05,
        slot: |row| &mut row.slope_pts_per_pct,
    },
    Figure {
        title: "Convexity %",
        meaning: "The response grows as exp(−move / this): smaller is more convex",
        range: [1.0, 200.0],
        step: 0.5,
        slot: |row| &mut row.convexity_pct,
    },
    Figure {
        title: "Reversion",
        meaning: "Share of the gap to the mean that closes over the horizon",
        range: [0.0, 1.0],
        step: 0.01,
        slot: |row| &mut row.reversion,
    },
    Figure {
        title: "Mean pt",
        meaning: "Level that VIX reverts to",
        range: [5.0, 80.0],
        step: 0.1,
        slot: |row| &mut row.mean_pts,
    },
    Figure {
        title: "Residual",
        meaning: "Standard deviation of ln VIX around the response, for the band",
        range: [0.0, 1.0],
        step: 0.005,
        slot: |row| &mut row.residual_ln_sd,
    },
];

/// Width of a figure's column, in points.
const COLUMN: f32 = 88.0;
/// Width of the horizon's column, in points.
const FIRST: f32 = 96.0;

/// Shows the table; an edit replaces the model, one undo step.
pub(super) fn response(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    section(
        ui,
        "VIX response to SPX by horizon",
        "estimated, daily closes 2016 to 2026",
    );
    let is_changed = ctx.campaign.model.vix_map != VIX_MAP;
    heads(ui);
    for (index, row) in ctx.campaign.model.vix_map.iter().enumerate() {
        if let Some(changed) = row_fields(ui, *row) {
            let mut model: ModelParams = ctx.campaign.model.clone();
            model.vix_map[index] = changed;
            actions.edit(Command::SetModel(model));
        }
    }
    if is_changed
        && button(ui, ButtonKind::Bare, Some(Icon::Undo), "Reset VIX response")
            .on_hover_text("Puts every row back to its shipped figures")
            .clicked()
    {
        actions.edit(Command::SetModel(ModelParams {
            vix_map: VIX_MAP.to_vec(),
            ..ctx.campaign.model.clone()
        }));
    }
}

fn heads(ui: &mut Ui) {
    let (rect, _space) =
        ui.allocate_exact_size(vec2(ui.available_width(), FIELD_HEIGHT), Sense::hover());
    let ink = tokens(ui).tx3;
    let small = || fonts::inter(fonts::SMALL);
    ui.painter().text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        "Horizon",
        small(),
        ink,
    );
    for (index, figure) in FIGURES.iter().enumerate() {
        let right = rect.left() + FIRST + COLUMN * (index as f32 + 1.0) - 8.0;
        let at = egui::pos2(right, rect.center().y);
        ui.painter()
            .text(at, Align2::RIGHT_CENTER, figure.title, small(), ink);
    }
}

/// The fields of one row; the row as changed in this frame.
fn row_fields(ui: &mut Ui, mut row: VixMapRow) -> Option<VixMapRow> {
    let horizon = if row.trading_days == 0.0 {
        "At once".to_owned()
    } else if row.trading_days == 1.0 {
        "1 session".to_owned()
    } else {
        format!("{} sessions", format::trimmed(row.trading_days, 1))
    };
    let mut is_changed = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let size = vec2(FIRST - 8.0, FIELD_HEIGHT);
        let (rect, _space) = ui.allocate_exact_size(size, Sense::hover());
        let font = fonts::inter(fonts::BODY);
        ui.painter().text(
            rect.left_center(),
            Align2::LEFT_CENTER,
            &horizon,
            font,
            tokens(ui).tx,
        );
        for figure in &FIGURES {
            let label = format!("{} {}", figure.title, horizon.to_lowercase());
            let typed = NumberField::new((figure.slot)(&mut row), &label)
                .hint(figure.meaning)
                .decimals(3)
                .trimmed()
                .range(figure.range[0]..=figure.range[1])
                .step(figure.step)
                .shift_step(figure.step * 10.0)
                .alt_step(figure.step / 10.0)
                .width(COLUMN - 8.0)
                .show(ui);
            is_changed |= typed.committed.is_some();
        }
    });
    ui.add_space(4.0);
    is_changed.then_some(row)
}
