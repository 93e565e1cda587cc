//! The head of the term structure: what it rests on, and the presets.

use egui::{Align, Layout, Popup, Ui, vec2};

use crate::document::Command;
use crate::market::CurveShape;
use crate::market::vix_shapes::{marks_of, replaced, shifted};
use crate::ui::icons::Icon;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{ButtonKind, bare, button};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Width of the menu, in points.
const MENU: f32 = 232.0;
/// The shifts offered, VIX points.
const SHIFTS: [f64; 2] = [1.0, -1.0];

/// Shows the head over the width of `ui`.
pub(super) fn head(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(fonts::title("Term structure").color(t.tx2))
            .on_hover_text(
                "VIX futures by days to settlement, VIX points. Drag a future: Shift moves all, Alt \
                 leaves the 0.05 tick, Esc gives it up. With a handle in focus the arrow keys do the same",
            );
        let source = ctx.valuation.market.curve.source;
        let ink = if source.is_assumed() { t.warn } else { t.tx3 };
        ui.label(fonts::caption(source.label()).color(ink));
        let right = Layout::right_to_left(Align::Center);
        ui.with_layout(right, |ui| presets(ui, ctx, actions));
    });
}

fn presets(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let response = button(ui, ButtonKind::Secondary, Some(Icon::Caret), "Presets").on_hover_text(
        "Puts a typical curve in place of the futures: one undo step, marked as assumed",
    );
    Popup::menu(&response)
        .gap(4.0)
        .width(MENU)
        .accessible_name("Curve presets")
        .show(|ui| menu(ui, ctx, actions));
}

fn menu(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let curve = &ctx.valuation.market.curve;
    let old = &ctx.campaign.marks;
    for shape in CurveShape::ALL {
        if bare(ui, shape.label())
            .on_hover_text(shape.meaning())
            .clicked()
        {
            let marks = replaced(old.as_of, &old.vx, shape.marks(curve));
            actions.edit(Command::SetVxCurve(marks));
            ui.close();
        }
    }
    for by in SHIFTS {
        let words = format!("Parallel, {} pt", format::signed(by, 0));
        if bare(ui, &words)
            .on_hover_text("Moves every future by as much; each keeps what it rests on")
            .clicked()
        {
            let marks = shifted(&marks_of(curve, &old.vx), by);
            let marks = replaced(old.as_of, &old.vx, marks);
            actions.edit(Command::SetVxCurve(marks));
            ui.close();
        }
    }
}
