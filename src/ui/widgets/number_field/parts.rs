//! The parts of a number field on the screen: step zones, text, unit, name and tooltip.

use egui::text::{CCursorRange, LayoutJob};
use egui::{
    Align, Align2, EventFilter, Frame, Id, Layout, Margin, Modifiers, Rect, Response, Role, Sense,
    TextBuffer, TextEdit, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::{Memory, NumberField};
use crate::ui::theme::tokens;
use crate::ui::widgets::hint;
use crate::ui::{fonts, icons, icons::Icon};

/// Width of a step zone inside the field, in points.
const STEPPER: f32 = 18.0;
/// Space between the field's edge and its text, in points.
const INSET: f32 = 8.0;

/// Width at which the reason of a refusal wraps, in points.
const ERROR_WIDTH: f32 = 280.0;

/// Gap between a figure and its unit, in points.
const UNIT_GAP: f32 = 4.0;

impl NumberField<'_> {
    /// The two zones; they take clicks but not the keyboard.
    pub(super) fn step_zones(&self, ui: &Ui, id: Id, rect: Rect) -> Option<(f64, Modifiers)> {
        if !self.look.has_steppers {
            return None;
        }
        let t = tokens(ui);
        let mut pressed = None;
        let left = rect.with_max_x(rect.left() + STEPPER);
        let right = rect.with_min_x(rect.right() - STEPPER);
        for (zone, icon, direction, verb) in [
            (left, Icon::Minus, -1.0, "lower"),
            (right, Icon::Plus, 1.0, "raise"),
        ] {
            let response = ui.interact(zone, id.with(verb), Sense::CLICK);
            let name = format!("{}: {verb}", self.label);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
            let ink = if response.hovered() { t.tx } else { t.tx3 };
            let mark = Rect::from_center_size(zone.center(), vec2(11.0, 11.0));
            icons::paint(ui.painter(), mark, icon, ink);
            if response.clicked() {
                pressed = Some((direction, ui.input(|i| i.modifiers)));
            }
        }
        pressed
    }

    /// The text part; selects everything when the keyboard arrives.
    pub(super) fn edit(&self, ui: &mut Ui, id: Id, rect: Rect, memory: &mut Memory) -> Response {
        let t = tokens(ui);
        let zone = if self.look.has_steppers { STEPPER } else { 0.0 };
        let inner = rect.shrink2(vec2(zone, 0.0));
        let is_tight = self.look.has_steppers || self.look.is_quiet;
        let inset = if is_tight { 2.0 } else { INSET };
        let unit_width = self.paint_unit(ui, inner, inset);
        let align = if self.look.has_steppers {
            Align2::CENTER_CENTER
        } else {
            Align2::RIGHT_CENTER
        };
        let margin = Margin {
            left: inset as i8,
            right: (inset + unit_width) as i8,
            top: 4,
            bottom: 4,
        };
        let builder = UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center));
        let mut child = ui.new_child(builder);
        let ink = if memory.error.is_some() {
            t.dn
        } else if ui.is_enabled() {
            t.text(self.tone)
        } else {
            t.tx3
        };
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _wrap: f32| {
            let format = fonts::format(fonts::mono(fonts::BODY), ink);
            let mut job = LayoutJob::single_section(text.as_str().to_owned(), format);
            job.break_on_newline = false;
            job.halign = align.x();
            job.keep_trailing_whitespace = true;
            ui.fonts_mut(|f| f.layout_job(job))
        };
        let output = TextEdit::singleline(&mut memory.text)
            .id(id)
            .layouter(&mut layouter)
            .frame(Frame::NONE.inner_margin(margin))
            .align(align)
            .desired_width(inner.width())
            .min_size(inner.size())
            .event_filter(EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            })
            .show(&mut child);
        let response = output.response.response;
        memory.selects_all |= response.gained_focus();
        if memory.selects_all && response.has_focus() {
            let mut state = output.state;
            let all = CCursorRange::select_all_str(&memory.text);
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), id);
        }
        // a press selects on its way down and may move the cursor until it is released
        memory.selects_all &= ui.input(|i| i.pointer.any_down());
        response
    }

    /// Writes the unit at the right end and returns the room that it takes.
    fn paint_unit(&self, ui: &Ui, inner: Rect, inset: f32) -> f32 {
        if self.unit.is_empty() {
            return 0.0;
        }
        let at = inner.right_center() - vec2(inset, 0.0);
        let font = fonts::inter(fonts::SMALL);
        let drawn = fonts::write(
            ui.painter(),
            at,
            Align2::RIGHT_CENTER,
            self.unit,
            (font, tokens(ui).tx3),
        );
        drawn.width().ceil() + UNIT_GAP
    }

    pub(super) fn describe(&self, ui: &Ui, response: &Response) {
        ui.accesskit_node_builder(response.id, |node| {
            node.set_role(Role::SpinButton);
            node.set_label(self.label.to_owned());
            node.set_numeric_value(*self.value);
            if *self.range.start() > f64::MIN {
                node.set_min_numeric_value(*self.range.start());
            }
            if *self.range.end() < f64::MAX {
                node.set_max_numeric_value(*self.range.end());
            }
            node.set_numeric_value_step(self.steps[0]);
        });
    }

    pub(super) fn tooltip(
        &self,
        response: Response,
        error: Option<&str>,
        is_fresh: bool,
    ) -> Response {
        if let Some(error) = error {
            let kept = self.written();
            let text = format!("{}: {error}. Still {kept}; Esc brings it back.", self.label);
            if response.has_focus() || is_fresh {
                response.show_tooltip_ui(|ui| {
                    ui.set_max_width(ERROR_WIDTH);
                    ui.label(text);
                });
                return response;
            }
            return response.on_hover_text(text);
        }
        let mut text = self.label.to_owned();
        if !self.unit.is_empty() {
            text = format!("{text}, {}", self.unit);
        }
        if !self.hint.is_empty() {
            text = format!("{text}\n{}", self.hint);
        }
        hint(response, self.label, &text)
    }
}
