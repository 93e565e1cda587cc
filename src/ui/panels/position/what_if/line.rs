//! One row of the scenario: name, today's figure, fields, the way back, and a slider beneath.

use std::ops::RangeInclusive;

use egui::{Align2, Pos2, Rect, Ui};

use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::panels::position::parts::{caption, place, row};
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::widgets::NumberField;
use crate::ui::{fonts, format};

/// A line that is filled from its right end.
pub(super) struct Line {
    rect: Rect,
    right: f32,
}

impl Line {
    /// Takes a line of the available width and writes its name at the left.
    pub fn begin(ui: &mut Ui, name: &str) -> Self {
        let rect = row(ui, FIELD_HEIGHT);
        let drawn = caption(
            ui,
            rect.left_center(),
            Align2::LEFT_CENTER,
            name,
            Tone::Quiet,
        );
        Self {
            rect: rect.with_min_x(drawn.right() + 4.0),
            right: rect.right(),
        }
    }

    /// Takes a place off the right end.
    pub fn take(&mut self, width: f32) -> Rect {
        let rect = self
            .rect
            .with_min_x(self.right - width)
            .with_max_x(self.right);
        self.right -= width + 4.0;
        rect
    }

    /// The button that puts the row back; its place stays empty while there is nothing to put back.
    pub fn reset(&mut self, ui: &mut Ui, is_moved: bool, name: &str) -> bool {
        let rect = self.take(FIELD_HEIGHT);
        if !is_moved {
            return false;
        }
        let label = format!("Reset {name}");
        place(ui, rect, "reset", |ui| {
            icon_button_hinted(ui, Icon::Undo, &label, "Back to today").clicked()
        })
    }

    /// A field; returns what was committed.
    pub fn field(&mut self, ui: &mut Ui, width: f32, field: NumberField<'_>) -> Option<f64> {
        let rect = self.take(width);
        place(ui, rect, "field", |ui| {
            field.width(width).show(ui).committed
        })
    }

    /// Today's figure before the fields, faint, with an arrow, where another one is assumed.
    pub fn now(&mut self, ui: &Ui, is_moved: bool, words: &str) {
        if !is_moved {
            return;
        }
        let t = tokens(ui);
        let at = Pos2::new(self.right - 2.0, self.rect.center().y);
        let words = format!("{words} →");
        let font = (fonts::mono(fonts::SMALL), t.tx3);
        let drawn = fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &words, font);
        self.right = drawn.left() - 8.0;
    }

    /// Words before the fields, such as the day that the scenario looks at.
    pub fn words(&mut self, ui: &Ui, words: &str, tone: Tone) {
        let at = Pos2::new(self.right - 2.0, self.rect.center().y);
        let drawn = caption(ui, at, Align2::RIGHT_CENTER, words, tone);
        self.right = drawn.left() - 8.0;
    }

    /// What is left between the name and the fields, for a control of its own.
    pub fn rest(&self) -> Rect {
        self.rect.with_max_x(self.right)
    }
}

/// A range that holds a value that lies outside of it.
pub(super) fn holding(range: RangeInclusive<f64>, value: f64) -> RangeInclusive<f64> {
    range.start().min(value)..=range.end().max(value)
}

/// A figure that stands for vol points: two decimals at most, with its sign.
pub(super) fn vol_points(points: f64) -> String {
    format!("{} pt", format::signed(points, 1))
}
