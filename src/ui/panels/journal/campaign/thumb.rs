//! The payoff of a book, small: at expiry as a strong line over its losses, at once in the colour of now.

use egui::{Align2, Pos2, Rect, Stroke, StrokeKind, Ui, pos2};

use crate::journal::Thumbnail;
use crate::ui::fonts;
use crate::ui::plot::fill;
use crate::ui::theme::{RADIUS_FIELD, tokens};

/// The range of dollars that shows several books beside each other.
pub(in crate::ui::panels::journal) fn range<'a>(
    all: impl IntoIterator<Item = &'a Thumbnail>,
) -> (f64, f64) {
    let values = all
        .into_iter()
        .flat_map(|thumb| thumb.now_usd.iter().chain(&thumb.expiry_usd));
    let (low, high) = values
        .filter(|usd| usd.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), usd| {
            (low.min(*usd), high.max(*usd))
        });
    let air = (0.12 * (high - low)).max(1.0);
    (low - air, high + air)
}

/// Paints a book, or that none is held.
pub(in crate::ui::panels::journal) fn paint(
    ui: &Ui,
    rect: Rect,
    thumb: Option<&Thumbnail>,
    (low, high): (f64, f64),
) {
    let t = tokens(ui);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let edge = Stroke::new(1.0, t.grid);
    painter.rect(rect, RADIUS_FIELD, t.plot, edge, StrokeKind::Inside);
    let y = |usd: f64| {
        let share = ((usd - low) / (high - low)).clamp(-1.0, 2.0);
        rect.bottom() - rect.height() * share as f32
    };
    let zero = y(0.0);
    painter.hline(rect.x_range(), zero, Stroke::new(1.0, t.edge));
    let Some(thumb) = thumb else {
        let font = fonts::inter(fonts::SMALL);
        let ink = (font, t.tx3);
        let at = pos2(
            rect.center().x,
            zero.clamp(rect.top() + 8.0, rect.bottom() - 8.0),
        );
        let galley = fonts::galley(&painter, "no position", ink.clone());
        if galley.size().x <= rect.width() {
            let ground = Rect::from_center_size(at, galley.size());
            painter.rect_filled(ground, 0.0, t.plot);
            fonts::write(&painter, at, Align2::CENTER_CENTER, "no position", ink);
        }
        return;
    };
    let (Some(first), Some(last)) = (thumb.spots.first(), thumb.spots.last()) else {
        return;
    };
    let x = |spx: f64| rect.left() + rect.width() * ((spx - first) / (last - first)) as f32;
    let line = |values: &[f64]| -> Vec<Pos2> {
        let points = thumb.spots.iter().zip(values);
        points.map(|(spx, usd)| pos2(x(*spx), y(*usd))).collect()
    };
    let expiry = line(&thumb.expiry_usd);
    let grounds = (t.up_bg, t.dn_bg);
    fill::profit_and_loss(&painter, &expiry, zero, grounds);
    fill::hatch_loss(
        &painter,
        &expiry,
        zero,
        Stroke::new(1.0, t.dn.gamma_multiply(0.35)),
    );
    painter.vline(
        x(thumb.spx),
        rect.y_range(),
        Stroke::new(1.0, t.accent.gamma_multiply(0.7)),
    );
    painter.line(line(&thumb.now_usd), Stroke::new(1.5, t.accent));
    painter.line(expiry, Stroke::new(1.5, t.tx));
}
