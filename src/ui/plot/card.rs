//! A small table on a floating card: the readout at the cursor, and the figures of a drag.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::ui::fonts;
use crate::ui::theme::{RADIUS_PANEL, Tokens};

/// Height of a row in points.
pub const ROW: f32 = 18.0;
/// Inner margin in points.
pub const PAD: f32 = 10.0;
/// Gap between columns in points.
const GAP: f32 = 12.0;

/// One cell.
#[derive(Clone, Debug)]
pub struct CardCell {
    /// The text.
    pub words: String,
    /// Its colour.
    pub ink: Color32,
    /// Weight 600.
    pub is_strong: bool,
}

impl CardCell {
    /// A cell in ordinary weight.
    pub fn new(words: impl Into<String>, ink: Color32) -> Self {
        Self {
            words: words.into(),
            ink,
            is_strong: false,
        }
    }

    /// In weight 600.
    pub const fn strong(mut self, is_strong: bool) -> Self {
        self.is_strong = is_strong;
        self
    }
}

/// A table with a title line; the first column stands left in words, the others right in figures.
#[derive(Clone, Debug, Default)]
pub struct CardTable {
    /// Title at the left.
    pub title: Vec<CardCell>,
    /// Remark at the right of the title.
    pub remark: Vec<CardCell>,
    /// Whether the title is a sentence rather than figures.
    pub has_word_title: bool,
    /// Heads of the columns, the first one over the words; none when empty.
    pub heads: Vec<CardCell>,
    /// The rows.
    pub rows: Vec<Vec<CardCell>>,
    /// Room kept at the foot for more, in points.
    pub foot: f32,
    /// Least width in points, margins included.
    pub least_width: f32,
}

/// A table measured and ready to paint.
pub struct LaidOut {
    /// Size of the card.
    pub size: Vec2,
    title: Vec<(Arc<Galley>, Color32)>,
    remark: Vec<(Arc<Galley>, Color32)>,
    rows: Vec<Vec<(Arc<Galley>, Color32)>>,
    widths: Vec<f32>,
}

fn galley(painter: &Painter, cell: &CardCell, is_words: bool) -> (Arc<Galley>, Color32) {
    let font = match (is_words, cell.is_strong) {
        (true, true) => fonts::inter_strong(fonts::SMALL),
        (true, false) => fonts::inter(fonts::SMALL),
        (false, true) => fonts::mono_strong(fonts::SMALL),
        (false, false) => fonts::mono(fonts::SMALL),
    };
    let galley = painter.layout_no_wrap(cell.words.clone(), font, cell.ink);
    (galley, cell.ink)
}

impl CardTable {
    /// Measures the card.
    pub fn lay_out(&self, painter: &Painter) -> LaidOut {
        let row = |cells: &Vec<CardCell>, is_head: bool| -> Vec<(Arc<Galley>, Color32)> {
            let cells = cells.iter().enumerate();
            cells
                .map(|(column, cell)| galley(painter, cell, is_head || column == 0))
                .collect()
        };
        let line = |cells: &[CardCell], is_words: bool| -> Vec<(Arc<Galley>, Color32)> {
            cells
                .iter()
                .map(|cell| galley(painter, cell, is_words))
                .collect()
        };
        let mut rows: Vec<Vec<(Arc<Galley>, Color32)>> = Vec::new();
        if !self.heads.is_empty() {
            rows.push(row(&self.heads, true));
        }
        rows.extend(self.rows.iter().map(|cells| row(cells, false)));
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<f32> = (0..columns)
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(column));
                cells
                    .map(|(galley, _)| galley.size().x.ceil())
                    .fold(0.0, f32::max)
            })
            .collect();
        let title = line(&self.title, self.has_word_title);
        let remark = line(&self.remark, false);
        let run = |cells: &[(Arc<Galley>, Color32)]| -> f32 {
            cells.iter().map(|(galley, _)| galley.size().x + 6.0).sum()
        };
        let table = widths.iter().sum::<f32>() + GAP * widths.len().saturating_sub(1) as f32;
        let inner = table.max(run(&title) + run(&remark) + GAP);
        let lines = rows.len() + usize::from(!title.is_empty());
        let size = vec2(
            (inner + 2.0 * PAD).max(self.least_width).ceil(),
            lines as f32 * ROW + 2.0 * (PAD - 3.0) + self.foot,
        );
        LaidOut {
            size,
            title,
            remark,
            rows,
            widths,
        }
    }
}

impl LaidOut {
    /// Paints the card into its place; returns the ground kept at the foot.
    pub fn paint(self, painter: &Painter, t: &Tokens, rect: Rect) -> Rect {
        painter.rect(
            rect,
            RADIUS_PANEL,
            t.pop,
            Stroke::new(1.0, t.edge),
            StrokeKind::Inside,
        );
        let (left, right) = (rect.left() + PAD, rect.right() - PAD);
        let mut y = rect.top() + PAD - 3.0 + ROW / 2.0;
        if !self.title.is_empty() {
            run(painter, self.title, left, y);
            let width: f32 = self
                .remark
                .iter()
                .map(|(galley, _)| galley.size().x + 6.0)
                .sum();
            run(painter, self.remark, right + 6.0 - width, y);
            y += ROW;
        }
        let rights = column_rights(&self.widths, right);
        for row in self.rows {
            for (column, (galley, ink)) in row.into_iter().enumerate() {
                let (at, anchor) = if column == 0 {
                    (pos2(left, y), Align2::LEFT_CENTER)
                } else {
                    (pos2(rights[column], y), Align2::RIGHT_CENTER)
                };
                let place = anchor.anchor_size(at, galley.size());
                painter.galley(place.min, galley, ink);
            }
            y += ROW;
        }
        Rect::from_min_max(
            pos2(left, y - ROW / 2.0),
            pos2(right, rect.bottom() - PAD + 3.0),
        )
    }
}

fn run(painter: &Painter, cells: Vec<(Arc<Galley>, Color32)>, left: f32, y: f32) {
    let mut x = left;
    for (galley, ink) in cells {
        let width = galley.size().x;
        let place = Align2::LEFT_CENTER.anchor_size(pos2(x, y), galley.size());
        painter.galley(place.min, galley, ink);
        x += width + 6.0;
    }
}

/// Right edges of the columns, the last one at `right`.
fn column_rights(widths: &[f32], right: f32) -> Vec<f32> {
    let mut rights = vec![right; widths.len()];
    for column in (0..widths.len().saturating_sub(1)).rev() {
        rights[column] = rights[column + 1] - widths[column + 1] - GAP;
    }
    rights
}
