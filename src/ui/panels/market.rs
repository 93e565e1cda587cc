//! The market data panel: every mark of the campaign, the VIX curve, quotes, chain and smiles.

mod chain_box;
mod chain_table;
mod library;
mod marks_form;
mod quotes;
mod smiles;
mod term_structure;
mod typed;
mod vx_curve;

use egui::{Align2, Layout, Sense, Ui, UiBuilder, vec2};

use crate::ui::export::is_picture;
use crate::ui::theme::{FIELD_HEIGHT, GAP, tokens};
use crate::ui::widgets::{divider, hint, panel_body, scroll_body};
use crate::ui::{Actions, PanelContext, fonts};

/// Gap between two columns, in points.
const COLUMN_GAP: f32 = 20.0;
/// Narrowest body that takes three columns, in points.
const THREE_COLUMNS: f32 = 700.0;
/// Narrowest body that takes two columns, in points.
const TWO_COLUMNS: f32 = 480.0;
/// Width of the column of marks, in points.
const MARKS_WIDTH: f32 = LABEL_WIDTH + FIELD_WIDTH;
/// Width of the names in the form, in points.
const LABEL_WIDTH: f32 = 56.0;

/// One column of the panel.
type Section<'a> = &'a mut dyn FnMut(&mut Ui);

/// Shows the market data panel over the whole of `ui`.
pub fn market_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    if is_picture(ui.ctx()) {
        // of all that the panel holds, its plot is what a picture shows
        term_structure::picture(ui, ctx, actions);
        return;
    }
    scroll_body(ui, "market body", |ui| {
        ui.add_space(4.0);
        panel_body(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            entered(ui, ctx, actions);
            divider(ui);
            term_structure::term_structure(ui, ctx, actions);
            divider(ui);
            smiles::smiles(ui, ctx);
            if let Some(chain) = &ctx.campaign.marks.chain {
                divider(ui);
                chain_table::chain_table(ui, chain);
            }
            divider(ui);
            library::library_ui(ui, ctx, actions);
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
    let width = ui.available_width();
    if width >= THREE_COLUMNS {
        let rest = width - MARKS_WIDTH - 2.0 * COLUMN_GAP;
        let widths = [MARKS_WIDTH, (rest * 0.41).floor(), (rest * 0.59).floor()];
        let [one, two, three] = widths;
        columns(
            ui,
            &mut [(one, &mut marks), (two, &mut curve), (three, &mut quotes)],
        );
    } else if width >= TWO_COLUMNS {
        let left = (width * 0.4).floor();
        let mut first = |ui: &mut Ui| {
            marks(ui);
            divider(ui);
            curve(ui);
        };
        let right = width - left - COLUMN_GAP;
        columns(ui, &mut [(left, &mut first), (right, &mut quotes)]);
    } else {
        marks(ui);
        divider(ui);
        curve(ui);
        divider(ui);
        quotes(ui);
    }
    for action in asked.iter_mut().flat_map(Actions::take) {
        actions.push(action);
    }
}

/// Lays sections out side by side at their widths.
fn columns(ui: &mut Ui, sections: &mut [(f32, Section<'_>)]) {
    let area = ui.available_rect_before_wrap();
    let mut left = area.left();
    let mut bottom = area.top();
    for (width, show) in sections {
        let size = vec2(*width, area.height());
        let place = egui::Rect::from_min_size(egui::pos2(left, area.top()), size);
        let builder = UiBuilder::new()
            .max_rect(place)
            .layout(Layout::top_down(egui::Align::Min));
        let mut column = ui.new_child(builder);
        column.set_width(*width);
        show(&mut column);
        bottom = bottom.max(column.min_rect().bottom());
        left += *width + COLUMN_GAP;
    }
    let end = egui::pos2(area.right(), bottom);
    ui.allocate_rect(egui::Rect::from_min_max(area.min, end), Sense::hover());
}

/// A row with a name at the left and what `control` adds at the right edge.
fn form_row<R>(ui: &mut Ui, label: &str, meaning: &str, control: impl FnOnce(&mut Ui) -> R) -> R {
    let inner = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let width = (ui.available_width() - FIELD_WIDTH).max(LABEL_WIDTH);
        let (rect, response) = ui.allocate_exact_size(vec2(width, FIELD_HEIGHT), Sense::hover());
        let font = fonts::inter(fonts::SMALL);
        let at = rect.left_center();
        ui.painter()
            .text(at, Align2::LEFT_CENTER, label, font, tokens(ui).tx2);
        hint(response, label, meaning);
        control(ui)
    });
    ui.add_space(4.0);
    inner.inner
}

/// Width of the fields of the form, in points.
const FIELD_WIDTH: f32 = 136.0;
