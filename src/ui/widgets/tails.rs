//! Both tails of the crash table as bars: what is lost, and what the hedge gives back.

use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2,
};

use super::bars::{BAR, paint_now_tick};
use super::now_then::NowThen;
use crate::ui::fonts;
use crate::ui::theme::{RADIUS_BAR, Tokens, tokens};

/// One tail of the crash table.
#[derive(Clone, Debug, PartialEq)]
pub struct Tail {
    /// `Down` or `Up`.
    pub label: String,
    /// What the condor alone loses, in dollars, not negative.
    pub loss_usd: f64,
    /// What the hedge gives back of it, in dollars; negative when it adds to the loss.
    pub offset_usd: f64,
    /// The offset as text: `39 %`, `none`.
    pub offset: String,
    /// The net as text; in a what-if as it is and as it would be.
    pub net: NowThen,
    /// What is lost net as the book is held, in dollars, while a what-if is on: a tick stands there.
    pub now_lost_usd: Option<f64>,
}

/// Shows both tails, one row each, on one common scale.
pub fn both_tails(ui: &mut Ui, tails: &[Tail]) -> Response {
    const TAIL_ROW: f32 = 24.0;
    let size = vec2(ui.available_width(), TAIL_ROW * tails.len() as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let largest = tails
        .iter()
        .map(|tail| {
            let lost = tail.loss_usd.max(tail.loss_usd - tail.offset_usd);
            lost.max(tail.now_lost_usd.unwrap_or(0.0))
        })
        .filter(|usd| usd.is_finite())
        .fold(0.0, f64::max);
    for (index, tail) in tails.iter().enumerate() {
        let top = rect.top() + index as f32 * TAIL_ROW;
        let row = Rect::from_min_size(Pos2::new(rect.left(), top), vec2(rect.width(), TAIL_ROW));
        paint_tail(ui.painter(), &tokens(ui), row, (tail, largest));
    }
    let words: Vec<String> = tails
        .iter()
        .map(|tail| {
            let net = tail.net.words();
            format!("{} {net}, hedge offset {}", tail.label, tail.offset)
        })
        .collect();
    let name = format!("Both tails: {}", words.join("; "));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    response
}

fn paint_tail(painter: &Painter, t: &Tokens, row: Rect, (tail, largest): (&Tail, f64)) {
    let y = row.center().y;
    let small = || fonts::inter(fonts::SMALL);
    let mono = || fonts::mono(fonts::SMALL);
    write(
        painter,
        row.left_center(),
        Align2::LEFT_CENTER,
        (&tail.label, small(), t.tx2),
    );
    let ink = if tail.loss_usd > tail.offset_usd {
        t.dn
    } else {
        t.up
    };
    let place = (row.right_center(), Align2::RIGHT_CENTER);
    tail.net.paint(painter, t, place, (mono(), mono(), ink));
    let is_moved = tail.net.is_moved();
    if !is_moved {
        let at = Pos2::new(row.right() - 52.0, y);
        write(
            painter,
            at,
            Align2::RIGHT_CENTER,
            (&tail.offset, small(), t.tx3),
        );
    }
    let area = row
        .with_min_x(row.left() + 44.0)
        .with_max_x(row.right() - if is_moved { 116.0 } else { 104.0 });
    if largest <= 0.0 || area.width() <= 0.0 {
        return;
    }
    let width = |usd: f64| area.width() * (usd.max(0.0) / largest).min(1.0) as f32;
    let kept = width(tail.loss_usd - tail.offset_usd);
    let bar = |from: f32, to: f32| {
        Rect::from_min_max(
            Pos2::new(area.left() + from, y - BAR / 2.0),
            Pos2::new(area.left() + to, y + BAR / 2.0),
        )
    };
    if kept > 0.5 {
        painter.rect_filled(bar(0.0, kept), RADIUS_BAR, t.dn.gamma_multiply(0.85));
    }
    if tail.offset_usd > 0.0 {
        let end = width(tail.loss_usd);
        painter.rect_filled(bar(kept + 1.0, end.max(kept + 1.0)), RADIUS_BAR, t.layer2);
    }
    if let Some(now) = tail.now_lost_usd {
        paint_now_tick(painter, t, Pos2::new(area.left() + width(now), y));
    }
}

fn write(painter: &Painter, at: Pos2, align: Align2, (text, font, ink): (&str, FontId, Color32)) {
    fonts::write(painter, at, align, text, (font, ink));
}
