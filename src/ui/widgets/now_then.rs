//! A figure as it is and as a what-if would have it: `−0.25 → −0.16`, the first faint, the second violet.
//!
//! A figure that the what-if leaves as it is stands alone and plain, so that violet always means a change.

use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2,
};

use crate::ui::fonts;
use crate::ui::theme::{FIELD_HEIGHT, Tokens, tokens};

/// Gap between the figures and the arrow, in points.
const GAP: f32 = 4.0;

/// Two figures of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NowThen {
    /// The figure as it is; `None` outside a what-if, and where the what-if leaves the figure as it is.
    pub now: Option<String>,
    /// The figure to read: the what-if's while one is on.
    pub new: String,
    /// How far it moves, for the hover; empty when it does not.
    pub change: String,
}

impl NowThen {
    /// A figure that no what-if touches.
    pub fn plain(new: impl Into<String>) -> Self {
        Self {
            new: new.into(),
            ..Self::default()
        }
    }

    /// The figure `new`, with what it is `now` where that reads otherwise. `change` writes the difference.
    pub fn of(
        now: Option<f64>,
        new: f64,
        text: impl Fn(f64) -> String,
        change: impl Fn(f64) -> String,
    ) -> Self {
        let written = text(new);
        let before = now.map(|now| (text(now), new - now));
        match before.filter(|(before, _)| *before != written) {
            None => Self::plain(written),
            Some((before, by)) => Self {
                now: Some(before),
                new: written,
                change: if by.is_finite() {
                    change(by)
                } else {
                    String::new()
                },
            },
        }
    }

    /// Whether the what-if moves the figure.
    pub const fn is_moved(&self) -> bool {
        self.now.is_some()
    }

    /// Both figures in words, for assistive tools: `−0.25, in the what-if −0.16`.
    pub fn words(&self) -> String {
        match &self.now {
            None => self.new.clone(),
            Some(now) => format!("{now}, in the what-if {}", self.new),
        }
    }

    /// A line for the hover: `Now −0.25, what-if −0.16, change +0.09`; empty for a figure that stays.
    pub fn hint(&self) -> String {
        match &self.now {
            None => String::new(),
            Some(now) if self.change.is_empty() => format!("Now {now}, what-if {}", self.new),
            Some(now) => format!("Now {now}, what-if {}, change {}", self.new, self.change),
        }
    }

    /// `hint` before other explanations, each on a line of its own.
    pub fn hint_with(&self, more: &str) -> String {
        let own = self.hint();
        match (own.is_empty(), more.is_empty()) {
            (true, _) => more.to_owned(),
            (false, true) => own,
            (false, false) => format!("{own}\n{more}"),
        }
    }

    /// Width of both figures and the arrow, in points.
    pub fn width(&self, painter: &Painter, (now, new): (FontId, FontId)) -> f32 {
        let ink = Color32::PLACEHOLDER;
        let of = |words: &str, font| fonts::galley(painter, words, (font, ink)).size().x;
        let before = self
            .now
            .as_ref()
            .map_or(0.0, |before| of(&format!("{before} →"), now.clone()) + GAP);
        before + of(&self.new, new)
    }

    /// Paints both figures at a place, on one line; only the left and right anchors are meant. `fonts` are
    /// those of the figure as it is and of the new one; `ink` is that of a figure that stays.
    pub fn paint(
        &self,
        painter: &Painter,
        t: &Tokens,
        (at, anchor): (Pos2, Align2),
        (now, new, ink): (FontId, FontId, Color32),
    ) -> Rect {
        let Some(before) = &self.now else {
            return fonts::write(painter, at, anchor, &self.new, (new, ink));
        };
        let before = format!("{before} →");
        if anchor.x() == egui::Align::Max {
            let drawn = fonts::write(painter, at, anchor, &self.new, (new, t.wi));
            let left = Pos2::new(drawn.left() - GAP, at.y);
            let was = fonts::write(painter, left, anchor, &before, (now, t.tx3));
            drawn.union(was)
        } else {
            let was = fonts::write(painter, at, anchor, &before, (now, t.tx3));
            let right = Pos2::new(was.right() + GAP, at.y);
            let drawn = fonts::write(painter, right, anchor, &self.new, (new, t.wi));
            drawn.union(was)
        }
    }
}

/// The figures inline at the size of body text, named `name` for assistive tools; `ink` is that of a figure
/// that stays.
pub fn now_then(ui: &mut Ui, name: &str, figure: &NowThen, ink: Color32) -> Response {
    let font = fonts::mono(fonts::BODY);
    let width = figure.width(ui.painter(), (font.clone(), font.clone()));
    let (rect, response) = ui.allocate_exact_size(vec2(width.ceil(), FIELD_HEIGHT), Sense::hover());
    let place = (rect.left_center(), Align2::LEFT_CENTER);
    let look = (font.clone(), font, ink);
    figure.paint(ui.painter(), &tokens(ui), place, look);
    let words = format!("{name} {}", figure.words());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response
}

#[cfg(test)]
mod tests {
    use super::NowThen;
    use crate::ui::format;

    fn figure(now: Option<f64>, new: f64) -> NowThen {
        let text = |value: f64| format::signed(value, 2);
        NowThen::of(now, new, text, text)
    }

    #[test]
    fn a_figure_that_moves_says_both_and_the_change() {
        let moved = figure(Some(-0.25), -0.16);
        assert_eq!(moved.words(), "−0.25, in the what-if −0.16");
        assert_eq!(moved.hint(), "Now −0.25, what-if −0.16, change +0.09");
        assert_eq!(moved.hint_with("Model"), format!("{}\nModel", moved.hint()));
    }

    #[test]
    fn a_figure_that_reads_the_same_stands_alone() {
        for same in [figure(None, 1.0), figure(Some(1.001), 1.0)] {
            assert!(!same.is_moved());
            assert_eq!((same.words().as_str(), same.hint().as_str()), ("+1.00", ""));
            assert_eq!(same.hint_with("Model"), "Model");
        }
    }
}
