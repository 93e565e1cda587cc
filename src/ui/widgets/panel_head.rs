//! The head of a panel: its title, its controls, and where both stand in a pane with tabs.

use egui::{Align, InnerResponse, Layout, Rect, Response, Sense, Ui, UiBuilder, vec2};

use crate::ui::export::picture;
use crate::ui::fonts;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::theme::{GAP, HEAD_HEIGHT, PAD};

/// The 36-point head of a panel: title at the left, `right` laid out from the right edge.
pub fn panel_head<R>(
    ui: &mut Ui,
    title: &str,
    right: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    panel_head_with(ui, title, |_ui| {}, right)
}

/// As [`panel_head`], with more beside the title, such as a segmented control. In a pane with tabs the
/// head stands on the row of the tabs as far as it has room there: all of it, or else `right`. Where both
/// do not fit into one row of their own, `right` gets a second one, and what is beside the title scrolls
/// where it is wider still.
pub fn panel_head_with<R>(
    ui: &mut Ui,
    title: &str,
    beside: impl FnOnce(&mut Ui),
    right: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    if picture::is_picture(ui.ctx()) {
        return no_head(ui, beside, right);
    }
    let tabs = take_head_room(ui);
    // how wide both sides were in the last frame
    let id = ui.scope_id().with(("panel head", title));
    let known: Option<[f32; 2]> = ui.data(|data| data.get_temp(id));
    let widths = known.unwrap_or_default();
    let tabs = tabs.filter(|_tabs| known.is_some());
    let place = HeadPlace::of(tabs.map(|tabs| tabs.width()), widths);
    let (rows, response) = own_rows(ui, place, widths);
    let line = |own: Rect| match (place, tabs) {
        (HeadPlace::WithTabs, Some(tabs)) => (tabs, tabs),
        (HeadPlace::Shared, Some(tabs)) => (own, tabs),
        (HeadPlace::Own, _) | (HeadPlace::WithTabs | HeadPlace::Shared, None) => {
            (own, own.translate(vec2(0.0, rows.height() - own.height())))
        }
    };
    let own = rows.with_max_y(rows.top() + HEAD_HEIGHT.min(rows.height()));
    let (first, last) = line(own.shrink2(vec2(PAD, 0.0)));
    let mut left = part(ui, first, Layout::left_to_right(Align::Center));
    if !tab_carries_title(&left) {
        left.add(egui::Label::new(fonts::title(title)).extend());
        left.add_space(2.0);
    }
    let title_width = left.min_rect().width();
    let beside_width = if widths[0] > first.width() {
        let scroll = egui::ScrollArea::horizontal()
            .id_salt("panel head")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
        scroll.show(&mut left, beside).content_size.x
    } else {
        beside(&mut left);
        left.min_rect().width() - title_width
    };
    let mut end = part(ui, last, Layout::right_to_left(Align::Center));
    end.spacing_mut().item_spacing.x = 4.0;
    head_corner(&mut end);
    let inner = right(&mut end);
    let now = [title_width + beside_width, end.min_rect().width()];
    let is_other = |known: [f32; 2]| (0..2).any(|side| (known[side] - now[side]).abs() > 0.5);
    if known.is_none_or(is_other) {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.ctx().request_repaint();
    }
    InnerResponse::new(inner, response)
}

/// Where a head stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeadPlace {
    /// All of it on the row of the tabs.
    WithTabs,
    /// Its right end on the row of the tabs, the rest on a row below.
    Shared,
    /// On a row of its own, or two.
    Own,
}

impl HeadPlace {
    /// By the width left on the row of the tabs, if there are any, and those of both sides.
    fn of(tabs: Option<f32>, [left, right]: [f32; 2]) -> Self {
        let Some(tabs) = tabs else {
            return Self::Own;
        };
        let between = if left > 0.0 && right > 0.0 { GAP } else { 0.0 };
        if left + between + right <= tabs {
            Self::WithTabs
        } else if left > 0.0 && right > 0.0 && right <= tabs {
            Self::Shared
        } else {
            Self::Own
        }
    }
}

/// The rows that a head takes of its panel: none, one or two.
fn own_rows(ui: &mut Ui, place: HeadPlace, [left, right]: [f32; 2]) -> (Rect, Response) {
    let width = ui.available_width();
    let rows = match place {
        HeadPlace::WithTabs => {
            let none = Rect::from_min_size(ui.next_widget_position(), vec2(width, 0.0));
            let id = ui.next_auto_id().with("panel head");
            return (none, ui.interact(none, id, Sense::hover()));
        }
        HeadPlace::Own if right > 0.0 && left + GAP + right > width - 2.0 * PAD => 2.0,
        HeadPlace::Shared | HeadPlace::Own => 1.0,
    };
    // the head's height holds the gap to what follows
    let gap = ui.spacing().item_spacing.y;
    let size = vec2(width, rows * HEAD_HEIGHT - gap);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let whole = Rect::from_min_size(rect.min, vec2(width, rows * HEAD_HEIGHT));
    (whole, response)
}

/// One side of a head; on the row of the tabs it paints outside of its panel.
fn part(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    let mut part = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    if rect.bottom() <= ui.clip_rect().top() + 1.0 {
        part.set_clip_rect(rect);
    }
    part
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

fn head_room_id() -> egui::Id {
    egui::Id::unique("head room")
}

/// Offers the head that is drawn next what is free on the row of the tabs above it.
pub fn offer_head_room(ctx: &egui::Context, room: Option<Rect>) {
    ctx.data_mut(|data| data.insert_temp(head_room_id(), room));
}

/// Width that is free on the row of the tabs for the head that is drawn next; 0 without tabs.
pub fn head_room(ctx: &egui::Context) -> f32 {
    let room: Option<Rect> = ctx.data(|data| data.get_temp(head_room_id())).flatten();
    room.map_or(0.0, |room| room.width())
}

/// Air between the row of the tabs and a body that starts right below it, because the head stands there.
pub fn air_below_head(ui: &mut Ui, head: &Response) {
    if head.rect.height() < 1.0 && !picture::is_picture(ui.ctx()) {
        ui.add_space(GAP);
    }
}

/// The offer, for one head.
fn take_head_room(ctx: &egui::Context) -> Option<Rect> {
    ctx.data_mut(|data| data.remove_temp::<Option<Rect>>(head_room_id()))
        .flatten()
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

#[cfg(test)]
mod tests {
    use super::HeadPlace;

    #[test]
    fn a_head_moves_to_the_tabs_as_far_as_it_fits_there() {
        assert_eq!(HeadPlace::of(None, [0.0, 0.0]), HeadPlace::Own);
        assert_eq!(
            HeadPlace::of(Some(208.0), [100.0, 100.0]),
            HeadPlace::WithTabs
        );
        assert_eq!(
            HeadPlace::of(Some(207.0), [100.0, 100.0]),
            HeadPlace::Shared
        );
        assert_eq!(HeadPlace::of(Some(99.0), [100.0, 100.0]), HeadPlace::Own);
        assert_eq!(HeadPlace::of(Some(90.0), [0.0, 100.0]), HeadPlace::Own);
        assert_eq!(
            HeadPlace::of(Some(100.0), [0.0, 100.0]),
            HeadPlace::WithTabs
        );
    }
}
