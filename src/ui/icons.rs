//! The icon set: strokes in a 16-unit box, drawn with a painter, and the icon button.
//!
//! States are told apart by shape as well as by colour: pass is a ticked circle, near a clock, below
//! a triangle, breach an octagon.

mod strokes;

use std::f32::consts::TAU;

use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use self::strokes::Part::{self, Arc, Circle, Closed, Dot, Path};
use super::theme::{ICON, ICON_TARGET, RADIUS_FIELD, tokens};
use super::widgets::hint;

/// One icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Save, a diskette.
    Save,
    /// Open, a folder.
    Open,
    /// Search, a lens.
    Search,
    /// Settings, a gear.
    Gear,
    /// Light theme.
    Sun,
    /// Dark theme.
    Moon,
    /// What-if.
    Flask,
    /// Hedge.
    Shield,
    /// Roll: two arrows round.
    Roll,
    /// Hold.
    Pause,
    /// Close, remove, cancel.
    Close,
    /// Opens downward.
    Caret,
    /// Leads on, or opens a folded part.
    CaretRight,
    /// Leads back.
    CaretLeft,
    /// Pick a day.
    Calendar,
    /// Back to what was shown before.
    Back,
    /// Add.
    Plus,
    /// Take away.
    Minus,
    /// More commands.
    Dots,
    /// Fit to view.
    Fit,
    /// Open as its own window.
    PopOut,
    /// Copy.
    Copy,
    /// Export: an arrow out of a tray.
    Export,
    /// Show or hide.
    Eye,
    /// Age of a mark.
    Clock,
    /// Remark.
    Info,
    /// Attention; the same triangle as [`Icon::Below`].
    Warning,
    /// Valid input: a bare tick.
    Tick,
    /// Sorted ascending.
    ArrowUp,
    /// Sorted descending.
    ArrowDown,
    /// State: passes.
    Pass,
    /// State: near its threshold, or armed.
    Near,
    /// State: below its threshold.
    Below,
    /// State: breached.
    Breach,
    /// The product's mark: three stakes.
    Palisade,
}

impl Icon {
    const fn parts(self) -> &'static [Part] {
        match self {
            Self::Undo => strokes::UNDO,
            Self::Redo => strokes::REDO,
            Self::Save => strokes::SAVE,
            Self::Open => strokes::OPEN,
            Self::Search => strokes::SEARCH,
            Self::Gear => strokes::GEAR,
            Self::Sun => strokes::SUN,
            Self::Moon => strokes::MOON,
            Self::Flask => strokes::FLASK,
            Self::Shield => strokes::SHIELD,
            Self::Roll => strokes::ROLL,
            Self::Pause => strokes::PAUSE,
            Self::Close => strokes::CLOSE,
            Self::Caret => strokes::CARET,
            Self::CaretRight => strokes::CARET_RIGHT,
            Self::CaretLeft => strokes::CARET_LEFT,
            Self::Calendar => strokes::CALENDAR,
            Self::Back => strokes::ARROW_LEFT,
            Self::Plus => strokes::PLUS,
            Self::Minus => strokes::MINUS,
            Self::Dots => strokes::DOTS,
            Self::Fit => strokes::FIT,
            Self::PopOut => strokes::POP_OUT,
            Self::Copy => strokes::COPY,
            Self::Export => strokes::EXPORT,
            Self::Eye => strokes::EYE,
            Self::Clock | Self::Near => strokes::CLOCK,
            Self::Info => strokes::INFO,
            Self::Warning | Self::Below => strokes::TRIANGLE,
            Self::Tick => strokes::TICK,
            Self::ArrowUp => strokes::ARROW_UP,
            Self::ArrowDown => strokes::ARROW_DOWN,
            Self::Pass => strokes::PASS,
            Self::Breach => strokes::OCTAGON,
            Self::Palisade => strokes::STAKES,
        }
    }

    /// All icons, for galleries and tests.
    pub const ALL: [Self; 35] = [
        Self::Undo,
        Self::Redo,
        Self::Save,
        Self::Open,
        Self::Search,
        Self::Gear,
        Self::Sun,
        Self::Moon,
        Self::Flask,
        Self::Shield,
        Self::Roll,
        Self::Pause,
        Self::Close,
        Self::Caret,
        Self::CaretRight,
        Self::CaretLeft,
        Self::Calendar,
        Self::Back,
        Self::Plus,
        Self::Minus,
        Self::Dots,
        Self::Fit,
        Self::PopOut,
        Self::Copy,
        Self::Export,
        Self::Eye,
        Self::Clock,
        Self::Info,
        Self::Warning,
        Self::Tick,
        Self::ArrowUp,
        Self::ArrowDown,
        Self::Pass,
        Self::Breach,
        Self::Palisade,
    ];
}

/// Draws `icon` in the largest square at the centre of `rect`, with 1.5-unit strokes.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let side = rect.width().min(rect.height());
    let scale = side / 16.0;
    let origin = rect.center() - Vec2::splat(side / 2.0);
    let stroke = Stroke::new((1.5 * scale).max(1.0), color);
    let at = |(x, y): (f32, f32)| origin + vec2(x, y) * scale;
    for part in icon.parts() {
        match part {
            Path(points) => open_line(painter, points.iter().copied().map(at).collect(), stroke),
            Closed(points) => {
                let outline = points.iter().copied().map(at).collect();
                painter.add(Shape::closed_line(outline, stroke));
            }
            Circle(x, y, radius) => {
                painter.circle_stroke(at((*x, *y)), radius * scale, stroke);
            }
            Arc(x, y, radius, from, to) => {
                let steps = 20.0 * (to - from).abs() / TAU;
                let count = steps.ceil().max(4.0) as usize;
                let points = (0..=count).map(|step| {
                    let angle = from + (to - from) * step as f32 / count as f32;
                    at((x + radius * angle.cos(), y + radius * angle.sin()))
                });
                open_line(painter, points.collect(), stroke);
            }
            Dot(x, y, radius) => {
                painter.circle_filled(at((*x, *y)), radius * scale, color);
            }
        }
    }
}

/// A line with round caps.
fn open_line(painter: &Painter, points: Vec<Pos2>, stroke: Stroke) {
    if stroke.width > 1.6 {
        for end in [points.first(), points.last()].into_iter().flatten() {
            painter.circle_filled(*end, stroke.width / 2.0, stroke.color);
        }
    }
    painter.add(Shape::line(points, stroke));
}

/// Puts an icon of 14 points into the layout, without interaction.
pub fn show(ui: &mut Ui, icon: Icon, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(ICON), Sense::hover());
    paint(ui.painter(), rect, icon, color);
    response
}

/// An icon button: 24-point target, 14-point icon; `label` is its accessible name and its tooltip.
pub fn icon_button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    let t = tokens(ui);
    icon_button_colored(ui, icon, label, t.tx2)
}

/// As [`icon_button`], with a tooltip that says more than the name.
pub fn icon_button_hinted(ui: &mut Ui, icon: Icon, label: &str, hint: &str) -> Response {
    let t = tokens(ui);
    bare_icon_button(ui, icon, label, t.tx2).on_hover_text(hint)
}

/// As [`icon_button`], in a colour of its own.
pub fn icon_button_colored(ui: &mut Ui, icon: Icon, label: &str, color: Color32) -> Response {
    bare_icon_button(ui, icon, label, color).on_hover_text(label)
}

fn bare_icon_button(ui: &mut Ui, icon: Icon, label: &str, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(ICON_TARGET), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    let t = tokens(ui);
    let is_lit = response.hovered() || response.has_focus();
    if response.hovered() && ui.is_enabled() {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    let ink = if !ui.is_enabled() {
        t.edge
    } else if is_lit && color == t.tx2 {
        t.tx
    } else {
        color
    };
    let box_ = Rect::from_center_size(rect.center(), Vec2::splat(ICON));
    paint(ui.painter(), box_, icon, ink);
    focus_ring(ui, rect, &response);
    hint::note(&response, label);
    response
}

/// Draws the ring of keyboard focus 1 point outside `rect` when `response` has it, and scrolls there when
/// it has just come.
pub fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
    scroll_to_focus(ui, response);
    if response.has_focus() {
        let stroke = Stroke::new(1.5, tokens(ui).accent);
        ui.painter().rect_stroke(
            rect.expand(1.0),
            RADIUS_FIELD + 1,
            stroke,
            egui::StrokeKind::Outside,
        );
    }
}

/// Brings a control into view when the Tab key has just reached it.
pub fn scroll_to_focus(ui: &Ui, response: &Response) {
    if response.gained_focus() && ui.input(|input| !input.pointer.any_down()) {
        ui.scroll_to_rect(response.rect.expand(4.0), None);
    }
}

/// Snaps a position to the centre of its pixel, so that a 1-point stroke is crisp.
#[must_use]
pub fn snap(ui: &Ui, at: Pos2) -> Pos2 {
    let scale = ui.ctx().pixels_per_point();
    let centre = |x: f32| ((x * scale).floor() + 0.5) / scale;
    pos2(centre(at.x), centre(at.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::raster;
    use crate::ui::theme::Tokens;
    use egui::Context;

    fn picture(icon: Icon) -> Vec<u8> {
        raster::render(&Context::default(), vec2(16.0, 16.0), 2.0, |ui| {
            let rect = Rect::from_min_size(Pos2::ZERO, Vec2::splat(16.0));
            paint(ui.painter(), rect, icon, Tokens::dark().tx);
        })
        .expect("a small picture")
        .pixels
    }

    #[test]
    fn every_icon_stays_in_its_box_and_leaves_ink() {
        for icon in Icon::ALL {
            for part in icon.parts() {
                let points: Vec<(f32, f32)> = match part {
                    Path(points) | Closed(points) => points.to_vec(),
                    Circle(x, y, r) | Arc(x, y, r, _, _) | Dot(x, y, r) => {
                        vec![(x - r, y - r), (x + r, y + r)]
                    }
                };
                for (x, y) in points {
                    assert!((0.75..=15.25).contains(&x), "{icon:?} x {x}");
                    assert!((0.75..=15.25).contains(&y), "{icon:?} y {y}");
                }
            }
            let inked = picture(icon).chunks(4).filter(|p| p[0] > 90).count();
            assert!(inked > 12, "{icon:?} has {inked} pixels");
        }
    }

    #[test]
    fn the_four_states_have_four_shapes() {
        let states = [Icon::Pass, Icon::Near, Icon::Below, Icon::Breach].map(picture);
        for (index, one) in states.iter().enumerate() {
            assert!(states[index + 1..].iter().all(|other| other != one));
        }
    }
}
