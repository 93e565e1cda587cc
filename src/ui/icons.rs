//! The icon set: strokes in a 16-unit box, drawn with a painter, and the icon button.
//!
//! States are told apart by shape as well as by colour: pass is a ticked circle, near a clock, below
//! a triangle, breach an octagon.

use std::f32::consts::{PI, TAU};

use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::theme::{ICON, ICON_TARGET, RADIUS_FIELD, tokens};

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

/// A piece of an icon, in units of the 16-unit box.
enum Part {
    /// An open line.
    Path(&'static [(f32, f32)]),
    /// A closed outline.
    Closed(&'static [(f32, f32)]),
    /// Centre and radius.
    Circle(f32, f32, f32),
    /// Centre, radius, first and last angle (clockwise from the right).
    Arc(f32, f32, f32, f32, f32),
    /// A filled dot: centre and radius.
    Dot(f32, f32, f32),
}

use Part::{Arc, Circle, Closed, Dot, Path};

const UNDO: &[Part] = &[
    Path(&[(5.6, 2.8), (2.4, 6.0), (5.6, 9.2)]),
    Path(&[(2.4, 6.0), (10.0, 6.0)]),
    Arc(10.0, 9.5, 3.5, -PI / 2.0, PI / 2.0),
    Path(&[(10.0, 13.0), (6.4, 13.0)]),
];
const REDO: &[Part] = &[
    Path(&[(10.4, 2.8), (13.6, 6.0), (10.4, 9.2)]),
    Path(&[(13.6, 6.0), (6.0, 6.0)]),
    Arc(6.0, 9.5, 3.5, -PI * 1.5, -PI / 2.0),
    Path(&[(6.0, 13.0), (9.6, 13.0)]),
];
const SAVE: &[Part] = &[
    Closed(&[
        (2.5, 2.5),
        (10.8, 2.5),
        (13.5, 5.2),
        (13.5, 13.5),
        (2.5, 13.5),
    ]),
    Path(&[(5.0, 2.5), (5.0, 6.0), (10.0, 6.0), (10.0, 2.5)]),
    Path(&[(4.8, 13.5), (4.8, 9.3), (11.2, 9.3), (11.2, 13.5)]),
];
const OPEN: &[Part] = &[Closed(&[
    (1.8, 13.0),
    (1.8, 3.4),
    (6.2, 3.4),
    (7.8, 5.2),
    (14.2, 5.2),
    (14.2, 13.0),
])];
const SEARCH: &[Part] = &[Circle(7.0, 7.0, 4.6), Path(&[(10.4, 10.4), (14.0, 14.0)])];
const GEAR: &[Part] = &[
    Circle(8.0, 8.0, 2.0),
    Circle(8.0, 8.0, 4.8),
    Path(&[(8.0, 3.2), (8.0, 1.4)]),
    Path(&[(8.0, 12.8), (8.0, 14.6)]),
    Path(&[(3.2, 8.0), (1.4, 8.0)]),
    Path(&[(12.8, 8.0), (14.6, 8.0)]),
    Path(&[(4.6, 4.6), (3.4, 3.4)]),
    Path(&[(11.4, 11.4), (12.6, 12.6)]),
    Path(&[(4.6, 11.4), (3.4, 12.6)]),
    Path(&[(11.4, 4.6), (12.6, 3.4)]),
];
const SUN: &[Part] = &[
    Circle(8.0, 8.0, 3.0),
    Path(&[(8.0, 2.4), (8.0, 1.2)]),
    Path(&[(8.0, 13.6), (8.0, 14.8)]),
    Path(&[(2.4, 8.0), (1.2, 8.0)]),
    Path(&[(13.6, 8.0), (14.8, 8.0)]),
    Path(&[(4.0, 4.0), (3.2, 3.2)]),
    Path(&[(12.0, 12.0), (12.8, 12.8)]),
    Path(&[(4.0, 12.0), (3.2, 12.8)]),
    Path(&[(12.0, 4.0), (12.8, 3.2)]),
];
const MOON: &[Part] = &[Closed(&[
    (9.2, 2.2),
    (7.4, 4.2),
    (6.9, 6.4),
    (7.6, 8.5),
    (9.4, 10.0),
    (11.6, 10.4),
    (13.8, 9.6),
    (12.6, 11.9),
    (10.6, 13.4),
    (8.0, 13.8),
    (5.4, 13.1),
    (3.3, 11.3),
    (2.3, 8.8),
    (2.5, 6.2),
    (3.9, 3.9),
    (6.2, 2.5),
])];
const FLASK: &[Part] = &[
    Path(&[(5.6, 2.0), (10.4, 2.0)]),
    Closed(&[
        (6.6, 2.0),
        (6.6, 6.2),
        (3.0, 12.6),
        (3.6, 13.8),
        (12.4, 13.8),
        (13.0, 12.6),
        (9.4, 6.2),
        (9.4, 2.0),
    ]),
    Path(&[(4.8, 10.2), (11.2, 10.2)]),
];
const SHIELD: &[Part] = &[Closed(&[
    (8.0, 1.8),
    (13.2, 3.6),
    (13.2, 7.8),
    (12.4, 10.4),
    (10.6, 12.6),
    (8.0, 14.2),
    (5.4, 12.6),
    (3.6, 10.4),
    (2.8, 7.8),
    (2.8, 3.6),
])];
const ROLL: &[Part] = &[
    Arc(8.0, 8.0, 5.4, -PI, -PI * 0.16),
    Path(&[(13.4, 2.4), (13.0, 5.8), (9.8, 5.4)]),
    Arc(8.0, 8.0, 5.4, 0.0, PI * 0.84),
    Path(&[(2.6, 13.6), (3.0, 10.2), (6.2, 10.6)]),
];
const PAUSE: &[Part] = &[
    Path(&[(5.6, 3.2), (5.6, 12.8)]),
    Path(&[(10.4, 3.2), (10.4, 12.8)]),
];
const CLOSE: &[Part] = &[
    Path(&[(4.0, 4.0), (12.0, 12.0)]),
    Path(&[(12.0, 4.0), (4.0, 12.0)]),
];
const CARET: &[Part] = &[Path(&[(4.4, 6.2), (8.0, 9.8), (11.6, 6.2)])];
const CARET_RIGHT: &[Part] = &[Path(&[(6.2, 4.4), (9.8, 8.0), (6.2, 11.6)])];
const PLUS: &[Part] = &[
    Path(&[(8.0, 3.0), (8.0, 13.0)]),
    Path(&[(3.0, 8.0), (13.0, 8.0)]),
];
const MINUS: &[Part] = &[Path(&[(3.0, 8.0), (13.0, 8.0)])];
const DOTS: &[Part] = &[Dot(3.6, 8.0, 1.1), Dot(8.0, 8.0, 1.1), Dot(12.4, 8.0, 1.1)];
const FIT: &[Part] = &[
    Path(&[(2.4, 5.8), (2.4, 2.4), (5.8, 2.4)]),
    Path(&[(10.2, 2.4), (13.6, 2.4), (13.6, 5.8)]),
    Path(&[(13.6, 10.2), (13.6, 13.6), (10.2, 13.6)]),
    Path(&[(5.8, 13.6), (2.4, 13.6), (2.4, 10.2)]),
];
const POP_OUT: &[Part] = &[
    Path(&[(9.4, 2.6), (13.4, 2.6), (13.4, 6.6)]),
    Path(&[(13.4, 2.6), (7.6, 8.4)]),
    Path(&[
        (6.6, 3.6),
        (2.6, 3.6),
        (2.6, 13.4),
        (12.4, 13.4),
        (12.4, 9.4),
    ]),
];
const COPY: &[Part] = &[
    Closed(&[(5.6, 5.6), (13.6, 5.6), (13.6, 13.6), (5.6, 13.6)]),
    Path(&[
        (3.2, 10.4),
        (2.4, 10.4),
        (2.4, 2.4),
        (10.4, 2.4),
        (10.4, 3.2),
    ]),
];
const EYE: &[Part] = &[
    Closed(&[
        (1.4, 8.0),
        (3.2, 5.6),
        (5.4, 4.2),
        (8.0, 3.7),
        (10.6, 4.2),
        (12.8, 5.6),
        (14.6, 8.0),
        (12.8, 10.4),
        (10.6, 11.8),
        (8.0, 12.3),
        (5.4, 11.8),
        (3.2, 10.4),
    ]),
    Circle(8.0, 8.0, 2.0),
];
const RING: Part = Circle(8.0, 8.0, 6.0);
const CLOCK: &[Part] = &[RING, Path(&[(8.0, 4.6), (8.0, 8.0), (10.4, 9.6)])];
const INFO: &[Part] = &[RING, Path(&[(8.0, 7.6), (8.0, 11.0)]), Dot(8.0, 5.2, 0.85)];
const TICK: &[Part] = &[Path(&[(2.8, 8.4), (6.2, 11.8), (13.2, 4.4)])];
const ARROW_UP: &[Part] = &[
    Path(&[(8.0, 13.0), (8.0, 3.4)]),
    Path(&[(4.2, 7.0), (8.0, 3.2), (11.8, 7.0)]),
];
const ARROW_DOWN: &[Part] = &[
    Path(&[(8.0, 3.0), (8.0, 12.6)]),
    Path(&[(4.2, 9.0), (8.0, 12.8), (11.8, 9.0)]),
];
const PASS: &[Part] = &[RING, Path(&[(5.3, 8.2), (7.2, 10.1), (10.8, 6.0)])];
const TRIANGLE: &[Part] = &[
    Closed(&[(8.0, 2.4), (14.2, 13.2), (1.8, 13.2)]),
    Path(&[(8.0, 6.4), (8.0, 9.4)]),
    Dot(8.0, 11.3, 0.8),
];
const OCTAGON: &[Part] = &[
    Closed(&[
        (5.5, 2.0),
        (10.5, 2.0),
        (14.0, 5.5),
        (14.0, 10.5),
        (10.5, 14.0),
        (5.5, 14.0),
        (2.0, 10.5),
        (2.0, 5.5),
    ]),
    Path(&[(8.0, 4.8), (8.0, 8.6)]),
    Dot(8.0, 11.0, 0.85),
];
const STAKES: &[Part] = &[
    Path(&[(1.6, 13.6), (1.6, 8.2), (3.3, 5.4), (5.0, 8.2), (5.0, 13.6)]),
    Path(&[
        (5.0, 13.6),
        (5.0, 5.0),
        (8.0, 1.8),
        (11.0, 5.0),
        (11.0, 13.6),
    ]),
    Path(&[(8.0, 13.6), (8.0, 6.4)]),
    Path(&[
        (11.0, 13.6),
        (11.0, 8.2),
        (12.7, 5.4),
        (14.4, 8.2),
        (14.4, 13.6),
    ]),
];

impl Icon {
    const fn parts(self) -> &'static [Part] {
        match self {
            Self::Undo => UNDO,
            Self::Redo => REDO,
            Self::Save => SAVE,
            Self::Open => OPEN,
            Self::Search => SEARCH,
            Self::Gear => GEAR,
            Self::Sun => SUN,
            Self::Moon => MOON,
            Self::Flask => FLASK,
            Self::Shield => SHIELD,
            Self::Roll => ROLL,
            Self::Pause => PAUSE,
            Self::Close => CLOSE,
            Self::Caret => CARET,
            Self::CaretRight => CARET_RIGHT,
            Self::Plus => PLUS,
            Self::Minus => MINUS,
            Self::Dots => DOTS,
            Self::Fit => FIT,
            Self::PopOut => POP_OUT,
            Self::Copy => COPY,
            Self::Eye => EYE,
            Self::Clock | Self::Near => CLOCK,
            Self::Info => INFO,
            Self::Warning | Self::Below => TRIANGLE,
            Self::Tick => TICK,
            Self::ArrowUp => ARROW_UP,
            Self::ArrowDown => ARROW_DOWN,
            Self::Pass => PASS,
            Self::Breach => OCTAGON,
            Self::Palisade => STAKES,
        }
    }

    /// All icons, for galleries and tests.
    pub const ALL: [Self; 31] = [
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
        Self::Plus,
        Self::Minus,
        Self::Dots,
        Self::Fit,
        Self::PopOut,
        Self::Copy,
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

/// As [`icon_button`], in a colour of its own.
pub fn icon_button_colored(ui: &mut Ui, icon: Icon, label: &str, color: Color32) -> Response {
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
    response.on_hover_text(label)
}

/// Draws the ring of keyboard focus 1 point outside `rect` when `response` has it.
pub fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
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
