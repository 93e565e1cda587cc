//! The market data panel: every mark of the campaign, the VIX curve, quotes, chain and smiles.

mod chain_box;
mod marks_form;
mod quotes;
mod smiles;
mod vx_curve;

use egui::{Align2, Layout, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::super::widgets::{divider, panel_body};
use crate::ui::theme::{FIELD_HEIGHT, GAP, tokens};
use crate::ui::{Actions, PanelContext, fonts};

/// Gap between two columns, in points.
const COLUMN_GAP: f32 = 24.0;
/// Narrowest panel that takes three columns, in points.
const THREE_COLUMNS: f32 = 640.0;

/// One column of the panel.
type Section<'a> = &'a mut dyn FnMut(&mut Ui);

/// Shows the market data panel over the whole of `ui`.
pub fn market_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ScrollArea::vertical()
        .id_salt("market body")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(4.0);
            panel_body(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                entered(ui, ctx, actions);
                divider(ui);
                smiles::smiles(ui, ctx);
                ui.add_space(GAP);
            });
        });
}

/// Marks, VIX curve and quotes: side by side, or one below the other where the panel is narrow.
fn entered(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    // each column has its own list, since all three are borrowed at once
    let mut asked: [Actions; 3] = Default::default();
    let [of_marks, of_curve, of_quotes] = &mut asked;
    let mut marks = |ui: &mut Ui| marks_form::marks_form(ui, ctx, of_marks);
    let mut curve = |ui: &mut Ui| vx_curve::vx_curve(ui, ctx, of_curve);
    let mut quotes = |ui: &mut Ui| {
        quotes::quotes(ui, ctx, of_quotes);
        divider(ui);
        chain_box::chain_box(ui, ctx, of_quotes);
    };
    columns(
        ui,
        [(0.27, &mut marks), (0.31, &mut curve), (0.42, &mut quotes)],
    );
    for action in asked.iter_mut().flat_map(Actions::take) {
        actions.push(action);
    }
}

/// Lays sections out by their share of the width.
fn columns(ui: &mut Ui, sections: [(f32, Section<'_>); 3]) {
    let area = ui.available_rect_before_wrap();
    if area.width() < THREE_COLUMNS {
        for (index, (_share, show)) in sections.into_iter().enumerate() {
            if index > 0 {
                divider(ui);
            }
            show(ui);
        }
        return;
    }
    let room = area.width() - 2.0 * COLUMN_GAP;
    let mut left = area.left();
    let mut bottom = area.top();
    for (share, show) in sections {
        let width = (room * share).floor();
        let place =
            egui::Rect::from_min_size(egui::pos2(left, area.top()), vec2(width, area.height()));
        let builder = UiBuilder::new()
            .max_rect(place)
            .layout(Layout::top_down(egui::Align::Min));
        let mut column = ui.new_child(builder);
        column.set_width(width);
        show(&mut column);
        bottom = bottom.max(column.min_rect().bottom());
        left += width + COLUMN_GAP;
    }
    ui.allocate_rect(
        egui::Rect::from_min_max(area.min, egui::pos2(area.right(), bottom)),
        Sense::hover(),
    );
}

/// A row with a name at the left and what `control` adds at the right edge.
fn form_row<R>(ui: &mut Ui, label: &str, meaning: &str, control: impl FnOnce(&mut Ui) -> R) -> R {
    let inner = ui.horizontal_top(|ui| {
        let width = ui.available_width();
        let (rect, response) = ui.allocate_exact_size(vec2(64.0, FIELD_HEIGHT), Sense::hover());
        let font = fonts::inter(fonts::SMALL);
        ui.painter().text(
            rect.left_center(),
            Align2::LEFT_CENTER,
            label,
            font,
            tokens(ui).tx2,
        );
        response.on_hover_text(meaning);
        ui.add_space((width - 64.0 - FIELD_WIDTH - 8.0).max(0.0) - 8.0);
        control(ui)
    });
    ui.add_space(4.0);
    inner.inner
}

/// Width of the fields of the form, in points.
const FIELD_WIDTH: f32 = 120.0;
