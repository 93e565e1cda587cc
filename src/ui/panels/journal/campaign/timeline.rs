//! The way of SPX with a point at each step, and the steps as cards beside each other.

use egui::{Id, Pos2, Rect, ScrollArea, Sense, Stroke, Ui, Vec2, pos2, vec2};
use jiff::Timestamp;

use super::card;
use super::words::Told;
use crate::document::Campaign;
use crate::journal::CampaignReview;
use crate::ui::fonts;
use crate::ui::theme::{GAP, tokens};

/// Height of the way of SPX, in points.
const TRACK: f32 = 40.0;
/// Height from which there is room for it, in points.
const ROOM_FOR_TRACK: f32 = 264.0;
/// Height of a card at most, in points.
const TALLEST: f32 = 316.0;
/// Height of a card at least, in points.
const SHORTEST: f32 = 72.0;

/// Shows the timeline over a height; the step that is chosen.
pub(super) fn timeline(
    ui: &mut Ui,
    (campaign, review): (&Campaign, &CampaignReview),
    height: f32,
    selected: &mut Option<usize>,
) {
    let steps = &review.steps;
    let has_track = height >= ROOM_FOR_TRACK && review.stations.len() > 1;
    let track = has_track.then(|| {
        let size = vec2(ui.available_width(), TRACK);
        ui.allocate_exact_size(size, Sense::hover()).0
    });
    let rest = if has_track {
        height - TRACK - GAP
    } else {
        height
    };
    let card_height = (rest - 12.0).clamp(SHORTEST, TALLEST);
    let mut places: Vec<Rect> = Vec::with_capacity(steps.len());
    // A card that was just chosen comes into what is left of the strip beside its detail.
    let wanted = Id::unique("journal card wanted");
    let in_sight: Option<usize> = ui.data_mut(|data| data.remove_temp(wanted));
    let shown = ScrollArea::horizontal()
        .id_salt("journal cards")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(GAP);
            ui.horizontal(|ui| {
                for (place, step) in steps.iter().enumerate() {
                    let told = Told::of(campaign, review, step);
                    let is_selected = *selected == Some(place);
                    let response = card::card(ui, (campaign, &told), card_height, is_selected);
                    places.push(response.rect);
                    if response.clicked() {
                        *selected = (!is_selected).then_some(place);
                        ui.data_mut(|data| data.insert_temp(wanted, place));
                        ui.ctx().request_repaint();
                    }
                    if response.gained_focus() || in_sight == Some(place) {
                        response.scroll_to_me(None);
                    }
                }
            });
        });
    if let Some(track) = track {
        paint_track(ui, track, review, (&places, shown.inner_rect, *selected));
    }
}

/// The way of SPX on the screen.
struct Way {
    from: Timestamp,
    span_s: f64,
    plot: Rect,
    points: Vec<Pos2>,
}

impl Way {
    fn of(review: &CampaignReview, rect: Rect) -> Option<Self> {
        let first = review.steps.first()?;
        let stations = review.stations.iter();
        let mut line: Vec<(Timestamp, f64)> = stations
            .filter(|station| station.at >= first.at)
            .map(|station| (station.at, station.spx))
            .collect();
        if line.first().is_some_and(|(at, _)| first.at < *at) {
            line.insert(0, (first.at, first.spx));
        }
        let ((from, _), (to, _)) = (*line.first()?, *line.last()?);
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = line.iter().fold(ends, |(low, high), (_, spx)| {
            (low.min(*spx), high.max(*spx))
        });
        let frame = rect.shrink2(vec2(8.0, 0.0));
        let plot = frame
            .with_min_y(frame.top() + 6.0)
            .with_max_y(frame.bottom() - 14.0);
        let mut way = Self {
            from,
            span_s: to.duration_since(from).as_secs_f64().max(1.0),
            plot,
            points: Vec::with_capacity(line.len()),
        };
        for (at, spx) in line {
            let share = (spx - low) / (high - low).max(1e-9);
            let y = plot.bottom() - plot.height() * share as f32;
            way.points.push(pos2(way.x(at), y));
        }
        Some(way)
    }

    fn x(&self, at: Timestamp) -> f32 {
        let share = at.duration_since(self.from).as_secs_f64() / self.span_s;
        self.plot.left() + self.plot.width() * share.clamp(0.0, 1.0) as f32
    }

    fn point(&self, at: Timestamp) -> Pos2 {
        let x = self.x(at);
        let y = crate::ui::plot::line::y_at(&self.points, x);
        pos2(x, y.unwrap_or_else(|| self.plot.center().y))
    }
}

/// SPX across stations and steps, with a point at each step and a way to its card.
fn paint_track(
    ui: &Ui,
    rect: Rect,
    review: &CampaignReview,
    (cards, seen, selected): (&[Rect], Rect, Option<usize>),
) {
    let t = tokens(ui);
    let Some(way) = Way::of(review, rect) else {
        return;
    };
    let painter = ui.painter();
    painter.line(way.points.clone(), Stroke::new(1.5, t.tx3));
    for (place, (step, card)) in review.steps.iter().zip(cards).enumerate() {
        let point = way.point(step.at);
        let is_selected = selected == Some(place);
        let ink = if is_selected { t.accent } else { t.edge };
        let target = card.left() + 16.0;
        if seen.x_range().contains(target) {
            let middle = rect.bottom() - 4.0;
            let corners = vec![
                point,
                pos2(point.x, middle),
                pos2(target, middle),
                pos2(target, card.top()),
            ];
            painter.line(corners, Stroke::new(1.0, ink));
        }
    }
    for (place, step) in review.steps.iter().enumerate() {
        let point = way.point(step.at);
        if selected == Some(place) {
            painter.circle_filled(point, 8.0, t.accent.gamma_multiply(0.25));
            painter.circle_filled(point, 4.0, t.accent);
        } else {
            painter.circle_filled(point, 4.5, t.panel);
            painter.circle_filled(point, 3.5, t.tx);
        }
    }
    let starts_low = way
        .points
        .first()
        .is_some_and(|at| at.y > way.plot.center().y);
    let y = if starts_low {
        way.plot.top()
    } else {
        way.plot.bottom()
    };
    let at = pos2(way.plot.left() + 14.0, y);
    let font = fonts::inter(fonts::SMALL);
    fonts::write(painter, at, egui::Align2::LEFT_CENTER, "SPX", (font, t.tx3));
}
