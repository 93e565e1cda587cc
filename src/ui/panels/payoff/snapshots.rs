//! The foot of the plot in a what-if: the snapshots as chips with their dashes, keeping one, and comparing.

use egui::{Align2, Id, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::compare;
use super::lines::snapshot_look;
use crate::ui::action::{Action, Actions};
use crate::ui::context::PanelContext;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{PAD, RADIUS_FIELD, Tokens, tokens};
use crate::ui::what_if::{MAX_SNAPSHOTS, Snapshot, WhatIfEdit, WhatIfView};
use crate::ui::widgets::{copy_button, elided};

/// Height of a chip in points.
const CHIP: f32 = 20.0;
/// Widest and narrowest chip in points.
const WIDTHS: (f32, f32) = (152.0, 56.0);
/// Room for the buttons beside the chips, in points.
const BUTTONS: f32 = 214.0;
/// Length of the piece of line on a chip, in points.
const SAMPLE: f32 = 18.0;

/// Shows the foot over its rectangle.
pub fn foot(ui: &mut Ui, ctx: &PanelContext<'_>, rect: Rect, actions: &mut Actions) {
    let Some(view) = ctx.what_if else { return };
    let t = tokens(ui);
    let top = rect.top().round() + 0.5;
    ui.painter()
        .hline(rect.x_range(), top, Stroke::new(1.0, t.line));
    let inner = rect.shrink2(vec2(PAD, 0.0)).translate(vec2(0.0, 0.5));
    let left = chips(ui, &view, inner, actions);
    take_button(ui, &view, (inner, left), actions);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut right = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
    right.spacing_mut().item_spacing.x = 4.0;
    compare_button(&mut right, &t);
    if compare::is_open(ui) {
        let (columns, rows) = compare::table(ctx, &view);
        copy_button(&mut right, "comparison", &columns, &rows);
    }
}

/// The chips; returns where they end.
fn chips(ui: &Ui, view: &WhatIfView<'_>, inner: Rect, actions: &mut Actions) -> f32 {
    let count = view.snapshots.len();
    let room = (inner.width() - BUTTONS) / count.max(1) as f32 - 4.0;
    let width = room.clamp(WIDTHS.1, WIDTHS.0).floor();
    let mut left = inner.left();
    for (index, kept) in view.snapshots.iter().enumerate() {
        let corner = pos2(left, inner.center().y - CHIP / 2.0);
        let rect = Rect::from_min_size(corner, vec2(width, CHIP));
        chip(ui, (index, kept), rect, actions);
        left += width + 4.0;
    }
    left
}

fn chip(ui: &Ui, (index, kept): (usize, &Snapshot), rect: Rect, actions: &mut Actions) {
    let t = tokens(ui);
    let id = Id::unique(("palisade_snapshot", index));
    let body = ui.interact(rect, id, Sense::click());
    let cross =
        Rect::from_center_size(pos2(rect.right() - 10.0, rect.center().y), vec2(CHIP, CHIP));
    let remove = ui.interact(cross, id.with("remove"), Sense::click());
    let name = format!("Snapshot {}, {}", kept.letter, kept.name);
    body.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let gone = format!("Remove snapshot {}", kept.letter);
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, &gone));
    let fill = if body.hovered() { t.hover } else { t.panel };
    let edge = Stroke::new(1.0, t.edge);
    ui.painter()
        .rect(rect, RADIUS_FIELD, fill, edge, StrokeKind::Inside);
    let y = rect.center().y;
    let letter = fonts::write(
        ui.painter(),
        pos2(rect.left() + 7.0, y),
        Align2::LEFT_CENTER,
        &kept.letter.to_string(),
        (fonts::inter_strong(fonts::SMALL), t.wi),
    );
    let from = letter.right() + 5.0;
    sample(ui, &t, kept.letter, (from, y));
    let room = rect
        .with_min_x(from + SAMPLE + 5.0)
        .with_max_x(cross.left() + 1.0);
    if room.width() > 20.0 {
        let font = fonts::inter(fonts::SMALL);
        elided(ui.painter(), room, &kept.name, font, t.tx);
    }
    let ink = if remove.hovered() { t.tx } else { t.tx3 };
    let icon = Rect::from_center_size(cross.center(), vec2(10.0, 10.0));
    icons::paint(ui.painter(), icon, Icon::Close, ink);
    icons::focus_ring(ui, rect, &body);
    icons::focus_ring(ui, cross.shrink(2.0), &remove);
    if remove.on_hover_text(gone).clicked() {
        actions.push(Action::WhatIf(WhatIfEdit::DropSnapshot(index)));
    } else if body
        .on_hover_text(format!(
            "{name}\nClick to go back to it: its drafts and its scenario"
        ))
        .clicked()
    {
        actions.push(Action::WhatIf(WhatIfEdit::Restore(index)));
    }
}

/// A piece of the snapshot's line.
fn sample(ui: &Ui, t: &Tokens, letter: char, (left, y): (f32, f32)) {
    let look = snapshot_look(t, letter);
    let y = icons::snap(ui, pos2(left, y)).y;
    let way = [pos2(left, y), pos2(left + SAMPLE, y)];
    let stroke = Stroke::new(look.width, look.ink);
    match look.dash {
        // dots of a pixel would vanish between the pixels
        Some((dash, gap)) if dash < 2.0 => {
            let count = (SAMPLE / (dash + gap)) as usize;
            for place in 0..=count {
                let at = pos2(left + 1.0 + (dash + gap) * place as f32, y);
                ui.painter().circle_filled(at, 1.0, look.ink);
            }
        }
        Some((dash, gap)) => {
            let dashes = Shape::dashed_line(&way, stroke, dash, gap);
            ui.painter().extend(dashes);
        }
        None => {
            ui.painter().line_segment(way, stroke);
        }
    }
}

fn take_button(ui: &Ui, view: &WhatIfView<'_>, (inner, left): (Rect, f32), actions: &mut Actions) {
    let corner = pos2(left, inner.center().y - CHIP / 2.0);
    let oldest = view
        .snapshots
        .first()
        .filter(|_oldest| view.snapshots.len() >= MAX_SNAPSHOTS);
    let more = oldest.map_or_else(
        || format!("Up to {MAX_SNAPSHOTS} are kept"),
        |oldest| format!("{} goes: {MAX_SNAPSHOTS} are kept", oldest.letter),
    );
    let response = word_button(ui, (Some(Icon::Plus), "Snapshot"), corner, false)
        .on_hover_text(format!(
            "Keep this what-if to compare with: its line on the plot, its figures in the table. {more}"
        ));
    if response.clicked() {
        actions.push(Action::WhatIf(WhatIfEdit::TakeSnapshot));
    }
}

fn compare_button(ui: &mut Ui, t: &Tokens) {
    let is_open = compare::is_open(ui);
    let words = "Compare";
    let font = fonts::inter(fonts::SMALL);
    let galley = fonts::galley(ui.painter(), words, (font, t.tx2));
    let size = vec2(galley.size().x.ceil() + 30.0, CHIP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, words));
    let ink = if response.hovered() || is_open {
        t.tx
    } else {
        t.tx2
    };
    if response.hovered() || is_open {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter()
        .galley_with_override_text_color(at, galley, ink);
    let caret =
        Rect::from_center_size(pos2(rect.right() - 12.0, rect.center().y), vec2(11.0, 11.0));
    let icon = if is_open {
        Icon::Caret
    } else {
        Icon::CaretRight
    };
    icons::paint(ui.painter(), caret, icon, ink);
    icons::focus_ring(ui, rect, &response);
    let hint = "Scenario, profit, largest loss, Greeks, margin and cost of the snapshots, of the current what-if and of the book as held";
    if response.on_hover_text(hint).clicked() {
        compare::set_open(ui, !is_open);
    }
}

/// A small button with an icon, placed by its corner.
fn word_button(
    ui: &Ui,
    (icon, words): (Option<Icon>, &str),
    corner: egui::Pos2,
    is_on: bool,
) -> egui::Response {
    let t = tokens(ui);
    let font = fonts::inter(fonts::SMALL);
    let galley = fonts::galley(ui.painter(), words, (font, t.tx2));
    let lead = if icon.is_some() { 16.0 } else { 0.0 };
    let size = vec2(galley.size().x.ceil() + lead + 14.0, CHIP);
    let rect = Rect::from_min_size(corner, size);
    let response = ui.interact(rect, Id::unique(("palisade_foot", words)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    let is_lit = response.hovered() || is_on;
    if is_lit {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    let ink = if is_lit { t.tx } else { t.tx2 };
    if let Some(icon) = icon {
        let at = pos2(rect.left() + 12.0, rect.center().y);
        let place = Rect::from_center_size(at, vec2(11.0, 11.0));
        icons::paint(ui.painter(), place, icon, ink);
    }
    let at = pos2(
        rect.left() + 7.0 + lead,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter()
        .galley_with_override_text_color(at, galley, ink);
    icons::focus_ring(ui, rect, &response);
    response
}
