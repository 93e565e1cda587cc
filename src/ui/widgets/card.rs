//! Panels, their heads, cards and the lines between sections.

use egui::{
    Align, Frame, InnerResponse, Layout, Margin, Response, Sense, Stroke, Ui, UiBuilder, vec2,
};

use crate::ui::export::picture;
use crate::ui::fonts;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::theme::{CARD_PAD, GAP, HEAD_HEIGHT, PAD, RADIUS_PANEL, SECTION_GAP, tokens};

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

/// The 36-point head of a panel: title at the left, `right` laid out from the right edge.
pub fn panel_head<R>(
    ui: &mut Ui,
    title: &str,
    right: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    panel_head_with(ui, title, |_ui| {}, right)
}

/// As [`panel_head`], with more beside the title, such as a segmented control. Where both do not fit into
/// one row, `right` gets a row of its own, and what is beside the title scrolls where it is wider still.
pub fn panel_head_with<R>(
    ui: &mut Ui,
    title: &str,
    beside: impl FnOnce(&mut Ui),
    right: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    if picture::is_picture(ui.ctx()) {
        return no_head(ui, beside, right);
    }
    // the head's height holds the gap to what follows
    let (gap, width) = (ui.spacing().item_spacing.y, ui.available_width());
    // how wide both sides were in the last frame
    let id = ui.scope_id().with(("panel head", title));
    let [left_width, right_width]: [f32; 2] = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let room = width - 2.0 * PAD;
    let has_two_rows = right_width > 0.0 && left_width + GAP + right_width > room;
    let rows = if has_two_rows { 2.0 } else { 1.0 };
    let size = vec2(width, rows * HEAD_HEIGHT - gap);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let first = rect.with_max_y(rect.top() + HEAD_HEIGHT);
    let inner = first.shrink2(vec2(PAD, 0.0));
    let below = inner.translate(vec2(0.0, if has_two_rows { HEAD_HEIGHT } else { 0.0 }));
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center)),
    );
    if !tab_carries_title(ui) {
        left.add(egui::Label::new(fonts::title(title)).extend());
        left.add_space(2.0);
    }
    let title_width = left.min_rect().width();
    let beside_width = if left_width > room {
        let scroll = egui::ScrollArea::horizontal()
            .id_salt("panel head")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
        scroll.show(&mut left, beside).content_size.x
    } else {
        beside(&mut left);
        left.min_rect().width() - title_width
    };
    let mut end = ui.new_child(
        UiBuilder::new()
            .max_rect(below)
            .layout(Layout::right_to_left(Align::Center)),
    );
    end.spacing_mut().item_spacing.x = 4.0;
    head_corner(&mut end);
    let inner = right(&mut end);
    let widths = [title_width + beside_width, end.min_rect().width()];
    ui.data_mut(|data| data.insert_temp(id, widths));
    InnerResponse::new(inner, response)
}

/// The head in a picture: nothing is seen of it, since the picture has lines of its own.
fn no_head<R>(
    ui: &mut Ui,
    beside: impl FnOnce(&mut Ui),
    right: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let mut hidden = picture::hidden(ui);
    beside(&mut hidden);
    let inner = right(&mut hidden);
    InnerResponse::new(inner, hidden.response())
}

/// Says for what is drawn next whether a tab above it already carries the panel's title.
pub fn set_tab_carries_title(ctx: &egui::Context, carries: bool) {
    ctx.data_mut(|data| data.insert_temp(tab_title_id(), carries));
}

/// Whether the tab above carries the title, so that the head need not repeat it.
pub fn tab_carries_title(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp(tab_title_id()))
        .unwrap_or(false)
}

fn tab_title_id() -> egui::Id {
    egui::Id::unique("tab carries title")
}

/// The button at the right end of a panel's head that the dock asked for.
#[derive(Clone)]
struct HeadCorner {
    label: String,
    hint: &'static str,
    is_drawn: bool,
    is_pressed: bool,
}

fn head_corner_id() -> egui::Id {
    egui::Id::unique("head corner")
}

/// Offers the head that is drawn next a pop-out button at its right end, by its accessible name.
pub fn offer_head_corner(ctx: &egui::Context, label: Option<String>, hint: &'static str) {
    let corner = label.map(|label| HeadCorner {
        label,
        hint,
        is_drawn: false,
        is_pressed: false,
    });
    ctx.data_mut(|data| data.insert_temp(head_corner_id(), corner));
}

/// Takes the offer back and tells whether the button was pressed.
pub fn head_corner_pressed(ctx: &egui::Context) -> bool {
    let corner = ctx.data_mut(|data| data.remove_temp::<Option<HeadCorner>>(head_corner_id()));
    corner.flatten().is_some_and(|corner| corner.is_pressed)
}

/// Draws the button once, in the first head after the offer.
fn head_corner(ui: &mut Ui) {
    let stored = ui.data(|data| data.get_temp::<Option<HeadCorner>>(head_corner_id()));
    let Some(corner) = stored.flatten().filter(|corner| !corner.is_drawn) else {
        return;
    };
    let button = icon_button_hinted(ui, Icon::PopOut, &corner.label, corner.hint);
    let drawn = HeadCorner {
        is_drawn: true,
        is_pressed: button.clicked(),
        ..corner
    };
    ui.data_mut(|data| data.insert_temp(head_corner_id(), Some(drawn)));
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
