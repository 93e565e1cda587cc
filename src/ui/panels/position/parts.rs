//! Small parts that the cards share: placing, writing, menu rows and what is remembered between frames.

use std::any::Any;

use egui::{
    Align, Align2, Id, Layout, Pos2, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::calendar::new_york;
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, Tone, tokens};
use crate::ui::{fonts, format, icons, widgets};

/// Shows contents in a place of a row; `salt` tells the places of a row apart.
pub(super) fn place<R>(ui: &mut Ui, rect: Rect, salt: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .id_salt(salt)
        .layout(Layout::left_to_right(Align::Center));
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing.x = 4.0;
    add(&mut child)
}

/// Takes a row of the available width.
pub(super) fn row(ui: &mut Ui, height: f32) -> Rect {
    let size = vec2(ui.available_width(), height);
    ui.allocate_exact_size(size, Sense::hover()).0
}

/// The part of a row between two distances from its left edge.
pub(super) fn span(row: Rect, from: f32, to: f32) -> Rect {
    row.with_min_x(row.left() + from)
        .with_max_x(row.left() + to)
}

/// A figure in a row, with its meaning on hover. Returns where it stands.
pub(super) fn figure(
    ui: &Ui,
    (at, anchor): (Pos2, Align2),
    words: &str,
    tone: Tone,
    (name, hint): (&str, &str),
) -> Rect {
    let ink = tokens(ui).text(tone);
    let font = fonts::mono(fonts::SMALL);
    let rect = fonts::write(ui.painter(), at, anchor, words, (font, ink));
    explain(ui, rect, (name, words), hint);
    rect
}

/// Names what was painted for assistive tools, and explains it on hover.
pub(super) fn explain(ui: &Ui, rect: Rect, (name, words): (&str, &str), hint: &str) {
    let id = ui.scope_id().with(("explain", name));
    let response = ui.interact(rect, id, Sense::hover());
    let label = format!("{name} {words}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label.trim()));
    widgets::hint(response, name, hint);
}

/// Words in the caption style.
pub(super) fn caption(ui: &Ui, at: Pos2, anchor: Align2, words: &str, tone: Tone) -> Rect {
    let ink = tokens(ui).text(tone);
    fonts::write(
        ui.painter(),
        at,
        anchor,
        words,
        (fonts::inter(fonts::SMALL), ink),
    )
}

/// One row of a menu: words at the left, what it brings at the right.
pub(super) fn menu_item(ui: &mut Ui, words: &str, note: &str) -> Response {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), words));
    if ui.is_enabled() && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    let ink = if ui.is_enabled() { t.tx } else { t.tx3 };
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let at = inner.left_center();
    fonts::write(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        words,
        (fonts::inter(fonts::BODY), ink),
    );
    caption(
        ui,
        inner.right_center(),
        Align2::RIGHT_CENTER,
        note,
        Tone::Faint,
    );
    icons::focus_ring(ui, rect.shrink(1.0), &response);
    response
}

/// A line between groups of a menu.
pub(super) fn menu_line(ui: &mut Ui) {
    let rect = row(ui, 9.0);
    let stroke = Stroke::new(1.0, tokens(ui).line);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}

/// A reason in red.
pub(super) fn reason(ui: &mut Ui, words: &str) -> Response {
    let ink = tokens(ui).dn;
    ui.add(egui::Label::new(fonts::caption(words).color(ink)).wrap())
}

/// What is remembered under a name while the desk runs.
pub(super) fn recall<T: 'static + Any + Clone + Send + Sync + Default>(
    ui: &Ui,
    key: impl std::hash::Hash + std::fmt::Debug,
) -> T {
    ui.data(|data| data.get_temp(Id::unique(("position_panel", key))))
        .unwrap_or_default()
}

/// Remembers something under a name while the desk runs.
pub(super) fn remember<T: 'static + Any + Clone + Send + Sync>(
    ui: &Ui,
    key: impl std::hash::Hash + std::fmt::Debug,
    value: T,
) {
    ui.data_mut(|data| data.insert_temp(Id::unique(("position_panel", key)), value));
}

/// An instant as New York reads it: `23 Nov 15:00 ET`.
pub(super) fn instant(at: jiff::Timestamp) -> String {
    at.to_zoned(new_york())
        .strftime("%-d %b %H:%M ET")
        .to_string()
}

/// One row of a list to pick from; the selected one is lit.
pub(super) fn list_item(ui: &mut Ui, words: &str, note: &str, is_selected: bool) -> Response {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), FIELD_HEIGHT - 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("{words} {note}");
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::ListBoxOption,
            ui.is_enabled(),
            is_selected,
            name.trim(),
        )
    });
    if is_selected {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.accent_bg);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let font = (fonts::mono(fonts::SMALL), t.tx);
    fonts::write(
        ui.painter(),
        inner.left_center(),
        Align2::LEFT_CENTER,
        words,
        font,
    );
    let font = (fonts::mono(fonts::SMALL), t.tx3);
    fonts::write(
        ui.painter(),
        inner.right_center(),
        Align2::RIGHT_CENTER,
        note,
        font,
    );
    response
}

/// Dollars per day to a tenth, with their sign: `−$16.0`.
pub(super) fn usd_tenths(value: f64) -> String {
    let text = format::signed(value, 1);
    match text.strip_prefix(['+', format::MINUS]) {
        Some(digits) => format!("{}${digits}", &text[..text.len() - digits.len()]),
        None => format!("${text}"),
    }
}
