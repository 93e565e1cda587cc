//! One chart of the stack: its frame, its value range, and lines cut down to the pixels there are.

use egui::{Align2, Painter, Pos2, Rect, Stroke, Ui, pos2};

use super::window::Window;
use crate::indicator::extremes;
use crate::signal::Timeline;
use crate::ui::plot::axis::ticks;
use crate::ui::plot::line::{LineLook, stroke};
use crate::ui::theme::{Tokens, tokens};
use crate::ui::{fonts, icons};

/// Closest distance of two ticks, in points.
const SPACING: f32 = 30.0;

/// What all charts share: the days and their screen positions.
#[derive(Clone, Copy)]
pub(super) struct Days<'a> {
    pub timeline: &'a Timeline,
    pub window: Window,
    /// From left to right of every frame.
    pub left: f32,
    pub right: f32,
}

impl Days<'_> {
    pub(super) fn x(&self, place: f64) -> f32 {
        let share = (place - self.window.low) / self.window.days();
        self.left + (self.right - self.left) * share as f32
    }

    /// Position under a screen x.
    pub(super) fn place(&self, x: f32) -> f64 {
        let share = f64::from((x - self.left) / (self.right - self.left).max(1.0));
        self.window.low + share * self.window.days()
    }

    pub(super) fn points_per_day(&self) -> f32 {
        (self.right - self.left) / self.window.days() as f32
    }

    fn columns(&self) -> usize {
        (self.right - self.left).max(1.0) as usize
    }

    /// Lowest and highest of values in view.
    pub(super) fn reach(&self, values: &[f64]) -> Option<(f64, f64)> {
        let places = self.window.places(self.timeline);
        let seen = values.get(places)?.iter().copied();
        seen.filter(|value| value.is_finite())
            .fold(None, |reach: Option<(f64, f64)>, value| {
                let (low, high) = reach.unwrap_or((value, value));
                Some((low.min(value), high.max(value)))
            })
    }
}

/// A chart.
pub(super) struct Lane<'a> {
    pub days: Days<'a>,
    pub frame: Rect,
    pub y: (f64, f64),
    pub painter: Painter,
    pub t: Tokens,
}

impl<'a> Lane<'a> {
    /// A chart over `frame` whose values reach from `y.0` to `y.1`, with a little air.
    pub(super) fn new(ui: &Ui, days: Days<'a>, frame: Rect, (low, high): (f64, f64)) -> Self {
        let air = 0.10 * (high - low).max(1e-9);
        Self {
            days,
            frame,
            y: (low - air, high + air),
            painter: ui.painter().with_clip_rect(frame.intersect(ui.clip_rect())),
            t: tokens(ui),
        }
    }

    pub(super) fn y(&self, value: f64) -> f32 {
        let share = (value - self.y.0) / (self.y.1 - self.y.0);
        self.frame.bottom() - self.frame.height() * share as f32
    }

    pub(super) fn at(&self, place: usize, value: f64) -> Pos2 {
        pos2(self.days.x(place as f64), self.y(value))
    }

    /// Lines of values in view on the screen.
    pub(super) fn lines(&self, values: &[f64]) -> Vec<Vec<Pos2>> {
        let places = self.days.window.places(self.days.timeline);
        let lines = extremes(values, places, self.days.columns());
        let on_screen = |line: &Vec<(usize, f64)>| {
            line.iter()
                .map(|(place, value)| self.at(*place, *value))
                .collect()
        };
        lines.iter().map(on_screen).collect()
    }

    pub(super) fn draw(&self, values: &[f64], look: LineLook) {
        for line in self.lines(values) {
            stroke(&self.painter, self.frame, &line, look);
        }
    }

    /// Horizontal grid with figures at the left; the zero line stands out.
    pub(super) fn grid(&self, ui: &Ui, text: impl Fn(f64) -> String) {
        for value in ticks(self.y, self.frame.height(), SPACING) {
            let y = icons::snap(ui, pos2(0.0, self.y(value))).y;
            let ink = if value == 0.0 {
                self.t.edge
            } else {
                self.t.grid
            };
            self.painter
                .hline(self.frame.x_range(), y, Stroke::new(1.0, ink));
            self.figure(ui, value, &text(value), self.t.tx3);
        }
    }

    /// A figure at the left of the frame.
    pub(super) fn figure(&self, ui: &Ui, value: f64, words: &str, ink: egui::Color32) {
        let y = self.y(value);
        if y < self.frame.top() + 5.0 || y > self.frame.bottom() - 5.0 {
            return;
        }
        let at = pos2(self.frame.left() - 8.0, y);
        let font = fonts::mono(fonts::SMALL);
        fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, words, (font, ink));
    }
}
