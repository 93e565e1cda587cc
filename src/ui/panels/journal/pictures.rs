//! What a report shows of the journal: profit by cause, running profit, and the payoff before and after each step,
//! drawn as the desk draws them.

use egui::{Align2, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::campaign::stacks::{By, Span, Stacks};
use super::campaign::{chart, thumb};
use super::review::equity;
use crate::calendar::{new_york, new_york_date};
use crate::document::Campaign;
use crate::journal::{CampaignReview, EquityCurve, Step, Thumbnail};
use crate::ui::export::picture::part_png;
use crate::ui::export::{Look, PartWords};
use crate::ui::plot::axis::ticks;
use crate::ui::raster::RasterError;
use crate::ui::theme::{GAP, PAD, Tokens, tokens};
use crate::ui::{fonts, format};

/// Width and height of a picture over time, in points.
const WIDE: egui::Vec2 = vec2(960.0, 420.0);
/// Width and height of a picture of a step, in points.
const STEP: egui::Vec2 = vec2(960.0, 320.0);
/// Room for the arrow between the payoffs, in points.
const ARROW: f32 = 40.0;
/// Room for the figures left of a payoff, and for those below, in points.
const AXIS: [f32; 2] = [48.0, 20.0];

/// The profit by its causes, summed up; `None` without intervals.
///
/// # Errors
/// [`RasterError`] when the encoder refuses.
pub fn attribution(
    campaign: &Campaign,
    review: &CampaignReview,
    look: Look<'_>,
) -> Result<Option<Vec<u8>>, RasterError> {
    let stacks = Stacks::of(&review.attribution, By::Greek, Span::Sum);
    if stacks.stops.is_empty() {
        return Ok(None);
    }
    let words = PartWords {
        title: "Profit by its causes",
        campaign: &campaign.name,
        basis: "Summed up from the first fill; the line is the net profit, bars of days without marks are paler",
    };
    let draw = |ui: &mut Ui| {
        let room = ui.available_rect_before_wrap().shrink2(vec2(PAD, GAP));
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
        chart::chart(&mut inside, &stacks, room.height());
    };
    part_png(words, WIDE, look, &draw).map(Some)
}

/// The running profit at every set of marks, over its falls; `None` without intervals.
///
/// # Errors
/// [`RasterError`] when the encoder refuses.
pub fn running_profit(
    campaign: &Campaign,
    review: &CampaignReview,
    look: Look<'_>,
) -> Result<Option<Vec<u8>>, RasterError> {
    let intervals = review.attribution.intervals.iter();
    let curve = EquityCurve::of(
        intervals.map(|interval| (new_york_date(interval.to), interval.sum().total().0)),
    );
    if curve.points.len() < 2 {
        return Ok(None);
    }
    let words = PartWords {
        title: "Profit of the campaign",
        campaign: &campaign.name,
        basis: "Of the whole campaign, fees taken off, at every set of marks; below, how far it stood under its height",
    };
    let draw = |ui: &mut Ui| {
        let room = ui.available_rect_before_wrap().shrink2(vec2(PAD, GAP));
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
        let rest = room.height() - 64.0;
        equity::running_profit(&mut inside, &curve, [0.76 * rest, 0.24 * rest]);
    };
    part_png(words, WIDE, look, &draw).map(Some)
}

/// The payoff of the campaign before and after a step; `title` says the step.
///
/// # Errors
/// [`RasterError`] when the encoder refuses.
pub fn step(
    campaign: &Campaign,
    step: &Step,
    title: &str,
    look: Look<'_>,
) -> Result<Vec<u8>, RasterError> {
    let at = step.at.to_zoned(new_york());
    let basis = format!(
        "{} New York  ·  SPX {}  ·  cash {}  ·  profit of the campaign so far: blue at once, the strong line at the \
         nearest expiry",
        at.strftime("%a %-d %b %Y %H:%M"),
        format::fixed(step.spx, 2),
        format::usd_signed(step.cash_usd()),
    );
    let words = PartWords {
        title,
        campaign: &campaign.name,
        basis: &basis,
    };
    part_png(words, STEP, look, &|ui| before_and_after(ui, step))
}

fn before_and_after(ui: &Ui, step: &Step) {
    let room = ui.available_rect_before_wrap().shrink2(vec2(PAD, GAP));
    let half = (room.width() - ARROW) / 2.0;
    let books = [step.before.as_ref(), step.after.as_ref()];
    let range = thumb::range(books.into_iter().flatten());
    let places = [
        room.with_max_x(room.left() + half),
        room.with_min_x(room.right() - half),
    ];
    for ((book, place), head) in books.into_iter().zip(places).zip(["Before", "After"]) {
        payoff(ui, place, (book, head), range);
    }
    arrow(ui, room.center(), tokens(ui).tx3);
}

/// A payoff with its figures: dollars at the left, SPX below.
fn payoff(ui: &Ui, place: Rect, (book, head): (Option<&Thumbnail>, &str), range: (f64, f64)) {
    let t = tokens(ui);
    let small = fonts::inter_strong(fonts::SMALL);
    let at = place.left_top() + vec2(AXIS[0], 6.0);
    fonts::write(ui.painter(), at, Align2::LEFT_CENTER, head, (small, t.tx2));
    let frame = Rect::from_min_max(
        place.left_top() + vec2(AXIS[0], 16.0),
        place.right_bottom() - vec2(0.0, AXIS[1]),
    );
    thumb::paint(ui, frame, book, range);
    dollars(ui, frame, range, &t);
    let Some(book) = book else { return };
    let (Some(first), Some(last)) = (book.spots.first(), book.spots.last()) else {
        return;
    };
    let middle = f64::midpoint(*first, *last);
    let y = frame.bottom() + AXIS[1] / 2.0;
    let font = fonts::mono(fonts::SMALL);
    for (x, anchor, spx) in [
        (frame.left(), Align2::LEFT_CENTER, *first),
        (frame.center().x, Align2::CENTER_CENTER, middle),
        (frame.right(), Align2::RIGHT_CENTER, *last),
    ] {
        let words = format::fixed(spx, 0);
        fonts::write(
            ui.painter(),
            pos2(x, y),
            anchor,
            &words,
            (font.clone(), t.tx3),
        );
    }
}

fn dollars(ui: &Ui, frame: Rect, (low, high): (f64, f64), t: &Tokens) {
    let font = fonts::mono(fonts::SMALL);
    for value in ticks((low, high), frame.height(), 36.0) {
        let share = (value - low) / (high - low);
        let y = frame.bottom() - frame.height() * share as f32;
        let words = format::usd_k(value).replace('$', "");
        let at = pos2(frame.left() - 8.0, y);
        fonts::write(
            ui.painter(),
            at,
            Align2::RIGHT_CENTER,
            &words,
            (font.clone(), t.tx3),
        );
    }
}

fn arrow(ui: &Ui, middle: Pos2, ink: egui::Color32) {
    let stroke = Stroke::new(1.5, ink);
    let (from, to) = (middle - vec2(8.0, 0.0), middle + vec2(8.0, 0.0));
    ui.painter().line_segment([from, to], stroke);
    for side in [-4.0, 4.0] {
        ui.painter()
            .line_segment([to, to + vec2(-5.0, side)], stroke);
    }
}
