//! Buttons with words: primary (one per view), quiet, bare, and the what-if's own.

use egui::{
    Align2, Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::hint;
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, Tokens, tokens};
use crate::ui::{fonts, icons, icons::Icon};

/// Weight of a button in its view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ButtonKind {
    /// The one thing to do here; at most once in a view.
    Primary,
    /// An ordinary command.
    Secondary,
    /// A command among others, without a ground until the pointer comes.
    Bare,
    /// Add something: a dashed outline over the full width.
    Dashed,
    /// The primary of the what-if.
    WhatIf,
    /// Throws something away.
    Danger,
    /// An outlined switch that is off, such as `What-if` in the top strip.
    Outlined,
}

struct Paint {
    fill: Color32,
    stroke: Stroke,
    ink: Color32,
    is_strong: bool,
}

impl ButtonKind {
    fn paint(self, t: &Tokens, is_hot: bool) -> Paint {
        let plain = |fill, ink, is_strong| Paint {
            fill,
            stroke: Stroke::NONE,
            ink,
            is_strong,
        };
        let lit = |color: Color32| {
            if is_hot {
                color.gamma_multiply(0.88)
            } else {
                color
            }
        };
        match self {
            Self::Primary => plain(lit(t.accent), t.on_accent, true),
            Self::WhatIf => plain(lit(t.wi), t.on_accent, true),
            Self::Danger => plain(if is_hot { t.edge } else { t.dn_bg }, t.dn, true),
            Self::Secondary => plain(if is_hot { t.edge } else { t.hover }, t.tx, true),
            Self::Bare => plain(
                if is_hot {
                    t.hover
                } else {
                    Color32::TRANSPARENT
                },
                if is_hot { t.tx } else { t.tx2 },
                false,
            ),
            Self::Dashed | Self::Outlined => Paint {
                fill: if is_hot {
                    t.hover
                } else {
                    Color32::TRANSPARENT
                },
                stroke: Stroke::new(1.0, t.edge),
                ink: if is_hot { t.tx } else { t.tx2 },
                is_strong: false,
            },
        }
    }
}

/// The one primary button of a view.
pub fn primary(ui: &mut Ui, words: &str) -> Response {
    button(ui, ButtonKind::Primary, None, words)
}

/// An ordinary button.
pub fn secondary(ui: &mut Ui, words: &str) -> Response {
    button(ui, ButtonKind::Secondary, None, words)
}

/// A button without a ground.
pub fn bare(ui: &mut Ui, words: &str) -> Response {
    button(ui, ButtonKind::Bare, None, words)
}

/// The dashed button at the foot of a list, over the available width.
pub fn dashed(ui: &mut Ui, words: &str) -> Response {
    button(ui, ButtonKind::Dashed, Some(Icon::Plus), words)
}

/// A button of any kind, with an icon before its words when one is given.
pub fn button(ui: &mut Ui, kind: ButtonKind, icon: Option<Icon>, words: &str) -> Response {
    let t = tokens(ui);
    let is_strong = kind.paint(&t, false).is_strong;
    let font = if is_strong {
        fonts::inter_strong(fonts::BODY)
    } else {
        fonts::inter(fonts::BODY)
    };
    let galley = fonts::galley(ui.painter(), words, (font, Color32::PLACEHOLDER));
    let icon_width = if icon.is_some() { 18.0 } else { 0.0 };
    let content = galley.size().x.ceil() + icon_width;
    let width = if kind == ButtonKind::Dashed {
        ui.available_width()
    } else {
        content + 16.0
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, FIELD_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), words));
    let mut look = kind.paint(&t, response.hovered() && ui.is_enabled());
    if !ui.is_enabled() {
        look.ink = t.tx3;
        look.fill = if look.fill == Color32::TRANSPARENT {
            look.fill
        } else {
            t.hover
        };
    }
    paint_ground(ui, kind, rect, &look);
    let left = rect.center().x - content / 2.0;
    if let Some(icon) = icon {
        let centre = egui::pos2(left + 7.0, rect.center().y);
        let ink = if kind == ButtonKind::Outlined && icon == Icon::Flask {
            t.wi
        } else {
            look.ink
        };
        let box_ = Rect::from_center_size(centre, vec2(14.0, 14.0));
        icons::paint(ui.painter(), box_, icon, ink);
    }
    let at = egui::pos2(left + icon_width, rect.center().y);
    let place = Align2::LEFT_CENTER.anchor_size(at, galley.size());
    ui.painter().galley(place.min, galley, look.ink);
    icons::focus_ring(ui, rect, &response);
    hint::note(&response, words);
    response
}

fn paint_ground(ui: &Ui, kind: ButtonKind, rect: Rect, look: &Paint) {
    if kind == ButtonKind::Dashed {
        ui.painter().rect_filled(rect, RADIUS_FIELD, look.fill);
        let r = rect.shrink(0.5);
        let ring = [
            r.left_top(),
            r.right_top(),
            r.right_bottom(),
            r.left_bottom(),
            r.left_top(),
        ];
        ui.painter()
            .extend(egui::Shape::dashed_line(&ring, look.stroke, 3.0, 3.0));
    } else {
        ui.painter().rect(
            rect,
            RADIUS_FIELD,
            look.fill,
            look.stroke,
            StrokeKind::Inside,
        );
    }
}
