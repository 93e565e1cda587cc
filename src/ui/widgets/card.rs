//! Panels, cards and the lines between sections.

use egui::{Frame, InnerResponse, Margin, Response, Sense, Stroke, Ui, vec2};

use crate::ui::fonts;
use crate::ui::theme::{CARD_PAD, PAD, RADIUS_PANEL, SECTION_GAP, tokens};

/// The frame of a pane on the seam-coloured ground: panel fill, radius 6; violet-edged in a what-if.
pub fn panel_frame(ui: &Ui, is_what_if: bool) -> Frame {
    let t = tokens(ui);
    let stroke = if is_what_if {
        Stroke::new(1.0, t.wi.gamma_multiply(0.38))
    } else {
        Stroke::NONE
    };
    Frame::NONE
        .fill(t.panel)
        .corner_radius(RADIUS_PANEL)
        .stroke(stroke)
}

/// A panel body: the available width with the panel's margin left and right.
pub fn panel_body<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::NONE
        .inner_margin(Margin::symmetric(PAD as i8, 0))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
}

/// A card over the available width: card fill, 1-point line, radius 6, margin 8.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let t = tokens(ui);
    Frame::NONE
        .fill(t.card)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(RADIUS_PANEL)
        .inner_margin(CARD_PAD)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
}

/// A 1-point line over the available width, with half a section gap above and below.
pub fn divider(ui: &mut Ui) -> Response {
    let size = vec2(ui.available_width(), SECTION_GAP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let y = crate::ui::icons::snap(ui, rect.center()).y;
    ui.painter()
        .hline(rect.x_range(), y, Stroke::new(1.0, tokens(ui).line));
    response
}

/// The head of a section inside a panel: words of weight 600, and a faint note at the right edge.
pub fn section(ui: &mut Ui, words: &str, note: &str) -> Response {
    let size = vec2(ui.available_width(), 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let t = tokens(ui);
    let painter = ui.painter();
    let font = fonts::inter_strong(fonts::BODY);
    fonts::write(
        painter,
        rect.left_center(),
        egui::Align2::LEFT_CENTER,
        words,
        (font, t.tx2),
    );
    let font = fonts::inter(fonts::SMALL);
    fonts::write(
        painter,
        rect.right_center(),
        egui::Align2::RIGHT_CENTER,
        note,
        (font, t.tx3),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, words));
    response
}
