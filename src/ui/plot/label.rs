//! Words and pills over a plot, and which of them have room.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, vec2};

use crate::ui::fonts;
use crate::ui::theme::{RADIUS_FIELD, Tokens};

/// How words stand on the plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// In this colour, on nothing: where no line can run.
    Bare(Color32),
    /// In this colour, on a scrap of the canvas' own colour, so that lines do not run through them.
    Plain(Color32),
    /// A solid pill of the first colour with words in the second.
    Solid(Color32, Color32),
    /// An outlined pill: stroke, then words.
    Outlined(Color32, Color32),
}

/// Words at a place.
#[derive(Clone, Debug)]
pub struct Label {
    /// The words.
    pub words: String,
    /// Their font.
    pub font: FontId,
    /// Their look.
    pub ink: Ink,
    /// The point that they belong to.
    pub at: Pos2,
    /// The side of the words that touches the point.
    pub anchor: Align2,
}

impl Label {
    /// A figure in small mono.
    pub fn figure(words: impl Into<String>, ink: Ink, at: Pos2, anchor: Align2) -> Self {
        let font = fonts::mono(fonts::SMALL);
        Self {
            words: words.into(),
            font,
            ink,
            at,
            anchor,
        }
    }

    /// Words in the caption style.
    pub fn words(words: impl Into<String>, ink: Ink, at: Pos2, anchor: Align2) -> Self {
        let font = fonts::inter(fonts::SMALL);
        Self {
            words: words.into(),
            font,
            ink,
            at,
            anchor,
        }
    }

    /// In weight 600.
    pub fn strong(mut self) -> Self {
        self.font = if self.font.family == egui::FontFamily::Monospace {
            fonts::mono_strong(self.font.size)
        } else {
            fonts::inter_strong(self.font.size)
        };
        self
    }

    fn pad(&self) -> egui::Vec2 {
        match self.ink {
            Ink::Bare(_) | Ink::Plain(_) => vec2(2.0, 0.0),
            Ink::Solid(..) | Ink::Outlined(..) => vec2(5.0, 1.5),
        }
    }

    /// The ground that the label would cover.
    pub fn rect(&self, painter: &Painter) -> Rect {
        let galley =
            painter.layout_no_wrap(self.words.clone(), self.font.clone(), Color32::PLACEHOLDER);
        let size = galley.size() + 2.0 * self.pad();
        self.anchor
            .anchor_size(self.at, vec2(size.x.ceil(), size.y.round()))
    }

    /// The label moved as little as needed to lie inside a rectangle.
    pub fn inside(mut self, painter: &Painter, room: Rect) -> Self {
        let rect = self.rect(painter);
        let shift =
            |low: f32, high: f32, from: f32, to: f32| (low - from).max(0.0) + (high - to).min(0.0);
        self.at.x += shift(room.left(), room.right(), rect.left(), rect.right());
        self.at.y += shift(room.top(), room.bottom(), rect.top(), rect.bottom());
        self
    }

    /// Paints the label and returns the ground that it covers.
    pub fn paint(&self, painter: &Painter, t: &Tokens) -> Rect {
        let rect = self.rect(painter);
        let ink = match self.ink {
            Ink::Bare(ink) => ink,
            Ink::Plain(ink) => {
                painter.rect_filled(rect, 2, t.plot.gamma_multiply(0.9));
                ink
            }
            Ink::Solid(fill, ink) => {
                painter.rect_filled(rect, RADIUS_FIELD, fill);
                ink
            }
            Ink::Outlined(edge, ink) => {
                painter.rect(
                    rect,
                    RADIUS_FIELD,
                    t.pop,
                    Stroke::new(1.0, edge),
                    StrokeKind::Inside,
                );
                ink
            }
        };
        painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            &self.words,
            self.font.clone(),
            ink,
        );
        rect
    }
}

/// The ground that is taken already: labels ask before they are painted.
#[derive(Clone, Debug, Default)]
pub struct Taken(Vec<Rect>);

impl Taken {
    /// Marks ground as taken.
    pub fn add(&mut self, rect: Rect) {
        self.0.push(rect);
    }

    /// Whether nothing stands on the ground yet.
    pub fn is_free(&self, rect: Rect) -> bool {
        self.0.iter().all(|other| !other.intersects(rect))
    }

    /// All taken ground.
    pub fn rects(&self) -> &[Rect] {
        &self.0
    }

    /// Paints a label if it has room, and takes its ground. Returns whether it was painted.
    pub fn paint_if_free(&mut self, painter: &Painter, t: &Tokens, label: &Label) -> bool {
        let is_free = self.is_free(label.rect(painter));
        if is_free {
            self.add(label.paint(painter, t));
        }
        is_free
    }
}

/// Moves sorted centres apart so that neighbours stand at least `gap` apart inside a range, each as near
/// as that allows to where it wants to be. Too many for the range share it evenly.
pub fn spread(centres: &mut [f32], gap: f32, (low, high): (f32, f32)) {
    let count = centres.len();
    if count == 0 {
        return;
    }
    let gap = gap.min((high - low).max(0.0) / count as f32);
    let mut floor = low + gap / 2.0;
    for centre in centres.iter_mut() {
        *centre = centre.max(floor);
        floor = *centre + gap;
    }
    let mut ceiling = high - gap / 2.0;
    for centre in centres.iter_mut().rev() {
        *centre = centre.min(ceiling);
        ceiling = *centre - gap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centres_spread_inside_their_range() {
        let mut ys = [10.0, 11.0, 12.0, 60.0];
        spread(&mut ys, 15.0, (0.0, 100.0));
        assert!(
            ys.windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-3),
            "{ys:?}"
        );
        assert_eq!(ys[3], 60.0);
        let mut low = [95.0, 96.0];
        spread(&mut low, 15.0, (0.0, 100.0));
        assert_eq!(low, [77.5, 92.5]);
        let mut many = [5.0; 10];
        spread(&mut many, 15.0, (0.0, 100.0));
        assert!(many[0] >= 0.0 && many[9] <= 100.0, "{many:?}");
    }
}
