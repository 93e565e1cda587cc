//! A field that opens a list to pick from, for expiries, instruments and sets.

use egui::{
    Align2, Popup, PopupCloseBehavior, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, vec2,
};

use super::hint;
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, tokens};
use crate::ui::{fonts, icons, icons::Icon};

/// One row of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PickerRow {
    /// What is picked, at the left: `Thu 6 Aug 26`.
    pub main: String,
    /// A figure before the detail, in mono: `45`.
    pub figure: String,
    /// More, at the right in the faint colour: `DTE   SPXW · PM`.
    pub detail: String,
    /// Draws a line above, where a new group begins.
    pub starts_group: bool,
}

impl PickerRow {
    /// A row with only its main text.
    pub fn new(main: impl Into<String>) -> Self {
        Self {
            main: main.into(),
            ..Self::default()
        }
    }

    /// With a figure and detail at the right.
    pub fn detail(mut self, figure: impl Into<String>, detail: impl Into<String>) -> Self {
        self.figure = figure.into();
        self.detail = detail.into();
        self
    }
}

/// Shows the field with the selected row (or `placeholder`) and returns the row picked in this frame.
///
/// `label` is the accessible name and must be unique in the `Ui`. The list has its own scroll when
/// it is long, opens scrolled to the selected row, and closes on a pick, Esc or a click outside.
pub fn picker(
    ui: &mut Ui,
    label: &str,
    selected: Option<usize>,
    rows: &[PickerRow],
    width: f32,
) -> Option<usize> {
    let id = ui.make_persistent_id(("picker", label));
    let (rect, _space) = ui.allocate_exact_size(vec2(width, FIELD_HEIGHT), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    let empty = PickerRow::new("Choose…");
    let row = selected.and_then(|index| rows.get(index)).unwrap_or(&empty);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), label);
        info.current_text_value = Some(row.main.clone());
        info
    });
    let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    paint_field(ui, rect, row, &response, is_open);
    let mut picked = None;
    Popup::menu(&response)
        .gap(2.0)
        .width(width.max(120.0))
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .accessible_name(label)
        .show(|ui| picked = list(ui, selected, rows));
    hint(response, label, label);
    picked
}

fn list(ui: &mut Ui, selected: Option<usize>, rows: &[PickerRow]) -> Option<usize> {
    let mut picked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().max_height(288.0).show(ui, |ui| {
        for (index, row) in rows.iter().enumerate() {
            let is_selected = selected == Some(index);
            let response = list_row(ui, row, is_selected);
            if is_selected && !ui.input(|i| i.pointer.is_moving()) && ui.is_sizing_pass() {
                response.scroll_to_me(Some(egui::Align::Center));
            }
            if response.clicked() {
                picked = Some(index);
            }
        }
    });
    picked
}

fn list_row(ui: &mut Ui, row: &PickerRow, is_selected: bool) -> Response {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("{} {} {}", row.main, row.figure, row.detail);
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, name.trim()));
    if is_selected {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.accent_bg);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    if row.starts_group {
        ui.painter()
            .hline(rect.x_range(), rect.top(), Stroke::new(1.0, t.line));
    }
    paint_row(ui, rect.shrink2(vec2(8.0, 0.0)), row);
    icons::focus_ring(ui, rect.shrink(1.0), &response);
    response
}

fn paint_field(ui: &Ui, rect: Rect, row: &PickerRow, response: &Response, is_open: bool) {
    let t = tokens(ui);
    let edge = if is_open || response.has_focus() {
        t.accent
    } else if response.hovered() {
        t.tx3
    } else {
        t.edge
    };
    let stroke = Stroke::new(1.0, edge);
    ui.painter()
        .rect(rect, RADIUS_FIELD, t.field, stroke, StrokeKind::Inside);
    let caret = Rect::from_center_size(rect.right_center() - vec2(13.0, 0.0), vec2(12.0, 12.0));
    icons::paint(ui.painter(), caret, Icon::Caret, t.tx3);
    let text = rect
        .with_min_x(rect.left() + 8.0)
        .with_max_x(rect.right() - 24.0);
    paint_row(ui, text, row);
    icons::focus_ring(ui, rect, response);
}

fn paint_row(ui: &Ui, rect: Rect, row: &PickerRow) {
    let t = tokens(ui);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    fonts::write(
        &painter,
        rect.left_center(),
        Align2::LEFT_CENTER,
        &row.main,
        (fonts::inter(fonts::BODY), t.tx),
    );
    let detail = fonts::write(
        &painter,
        rect.right_center(),
        Align2::RIGHT_CENTER,
        &row.detail,
        (fonts::inter(fonts::SMALL), t.tx3),
    );
    if !row.figure.is_empty() {
        fonts::write(
            &painter,
            detail.left_center() - vec2(4.0, 0.0),
            Align2::RIGHT_CENTER,
            &row.figure,
            (fonts::mono(fonts::SMALL), t.tx2),
        );
    }
}
