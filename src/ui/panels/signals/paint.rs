//! What the charts show: bands, lines, histogram, divergence marks and last values.

use egui::{Align2, Color32, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::lane::{Days, Lane};
use crate::signal::Regime;
use crate::signal::Timeline;
use crate::signal::breadth_divergence::Divergence;
use crate::signal::timeline::{BandState, RibbonState};
use crate::ui::plot::fill;
use crate::ui::plot::line::{LineLook, stroke};
use crate::ui::theme::tokens;
use crate::ui::widgets::gauge::hatch;
use crate::ui::{fonts, format, icons};

/// Height of the ribbon with its gap, in points.
const RIBBON: f32 = 12.0;
/// Shares of the height: contango, MACD, SPX, layers, RSI.
const SHARES: [f32; 5] = [0.25, 0.18, 0.27, 0.17, 0.13];
/// Narrowest band that carries its word, in points.
const WORDY: f32 = 64.0;
/// Days in view above which dashes would only blur.
const DASHES: f64 = 800.0;
/// Days that the A/D line may end before the others and still be today's.
const FRESH: usize = 10;
/// RSI above which SPX is hot.
const HOT: f64 = 65.0;

/// The charts as drawn, for the readout's dots.
pub(super) struct Lanes<'a> {
    pub contango: Lane<'a>,
    pub macd: Lane<'a>,
    pub spx: Lane<'a>,
    pub ad: Lane<'a>,
    pub layers: Lane<'a>,
    pub rsi: Lane<'a>,
}

/// Paints all charts into `frame` from top to bottom.
pub(super) fn paint<'a>(ui: &Ui, days: Days<'a>, frame: Rect) -> Lanes<'a> {
    let timeline = days.timeline;
    ribbon(ui, &days, frame);
    let mut top = frame.top() + RIBBON;
    let height = frame.bottom() - top;
    let mut next = |share: f32| {
        let rect = Rect::from_min_max(
            pos2(frame.left(), top),
            pos2(frame.right(), (top + share * height).round()),
        );
        top = rect.bottom();
        rect
    };
    let places = SHARES.map(&mut next);
    rules(ui, &places[1..], frame);
    let reach = |values: &[f64]| days.reach(values);
    let zero = |reach: Option<(f64, f64)>| {
        let (low, high) = reach.unwrap_or((-1.0, 1.0));
        (low.min(0.0), high.max(0.0))
    };
    let both = |a: Option<(f64, f64)>, b: Option<(f64, f64)>| match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (one, other) => one.or(other),
    };
    let macd_reach = both(reach(&timeline.macd), reach(&timeline.macd_hist));
    let levels = timeline.levels.iter().map(|level| reach(level));
    let levels = levels.fold(None, both).unwrap_or((10.0, 20.0));
    let rsi_reach = reach(&timeline.rsi).unwrap_or((30.0, 70.0));
    let lanes = Lanes {
        contango: Lane::new(ui, days, places[0], zero(reach(&timeline.contango_pct))),
        macd: Lane::new(ui, days, places[1], zero(macd_reach)),
        spx: Lane::new(
            ui,
            days,
            places[2],
            reach(&timeline.spx).unwrap_or((0.0, 1.0)),
        ),
        ad: Lane::new(
            ui,
            days,
            places[2],
            reach(&timeline.ad).unwrap_or((0.0, 1.0)),
        ),
        layers: Lane::new(ui, days, places[3], levels),
        rsi: Lane::new(
            ui,
            days,
            places[4],
            (rsi_reach.0.min(30.0), rsi_reach.1.max(70.0)),
        ),
    };
    contango(ui, &lanes.contango);
    macd(ui, &lanes.macd);
    spx(ui, &lanes.spx, &lanes.ad);
    layers(ui, &lanes.layers);
    rsi(ui, &lanes.rsi);
    lanes
}

/// The lines between the charts.
fn rules(ui: &Ui, places: &[Rect], frame: Rect) {
    let stroke = Stroke::new(1.0, tokens(ui).line);
    for place in places {
        let all = place
            .with_max_x(frame.right() + 108.0)
            .with_min_x(frame.left() - 52.0);
        let y = icons::snap(ui, place.min).y;
        ui.painter().hline(all.x_range(), y, stroke);
    }
}

/// The regime as a strip on top; a transition is a gap.
fn ribbon(ui: &Ui, days: &Days<'_>, frame: Rect) {
    let t = tokens(ui);
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    for span in &days.timeline.ribbon {
        let ink = match span.state {
            RibbonState::Is(Regime::Promoter) => t.tx2,
            RibbonState::Is(Regime::Steward) => t.cond.gamma_multiply(0.7),
            RibbonState::Transition => continue,
        };
        let (from, to) = (
            days.x(span.first as f64 - 0.5),
            days.x(span.last as f64 + 0.5),
        );
        if to < frame.left() || from > frame.right() {
            continue;
        }
        let bar = Rect::from_x_y_ranges(from..=to.max(from + 1.0), frame.top()..=frame.top() + 4.0);
        painter.rect_filled(bar, 0.0, ink);
    }
}

/// Steward as a soft ground, hatched where it is forced.
fn bands(lane: &Lane<'_>, has_words: bool) {
    let (days, frame, t) = (&lane.days, lane.frame, &lane.t);
    for span in &days.timeline.bands {
        let (from, to) = (
            days.x(span.first as f64 - 0.5),
            days.x(span.last as f64 + 0.5),
        );
        if to < frame.left() || from > frame.right() {
            continue;
        }
        let place = frame
            .with_min_x(from.max(frame.left()))
            .with_max_x(to.min(frame.right()));
        let ground = t.cond.gamma_multiply(0.10);
        match span.state {
            BandState::Promoter => {}
            BandState::Steward => {
                lane.painter.rect_filled(place, 0.0, ground);
            }
            BandState::Forced => {
                lane.painter.rect_filled(place, 0.0, ground);
                if place.width() >= 6.0 {
                    hatch(
                        &lane.painter,
                        place,
                        Stroke::new(1.0, t.cond.gamma_multiply(0.16)),
                    );
                }
            }
        }
        if has_words && place.width() >= WORDY {
            let at = pos2(place.center().x, frame.bottom() - 10.0);
            let font = fonts::inter(fonts::SMALL);
            fonts::write(
                &lane.painter,
                at,
                Align2::CENTER_CENTER,
                span.state.label(),
                (font, t.tx3),
            );
        }
    }
}

fn contango(ui: &Ui, lane: &Lane<'_>) {
    let (t, timeline) = (&lane.t, lane.days.timeline);
    bands(lane, true);
    lane.grid(ui, |value| format::signed(value, 0));
    let zero = lane.y(0.0);
    let loss = t.dn.gamma_multiply(0.14);
    for line in lane.lines(&timeline.contango_pct) {
        fill::profit_and_loss(&lane.painter, &line, zero, (Color32::TRANSPARENT, loss));
        if lane.days.window.days() < DASHES {
            let ink = Stroke::new(1.0, t.dn.gamma_multiply(0.3));
            fill::hatch_loss(&lane.painter, &line, zero, ink);
        }
        stroke(&lane.painter, lane.frame, &line, LineLook::solid(t.tx, 1.5));
    }
    let value = Timeline::last_of(&timeline.contango_pct);
    let words = value.map(|(_, pct)| format!("{} %", format::signed(pct, 2)));
    last(ui, lane, "Contango", &[(words, t.tx)]);
}

fn macd(ui: &Ui, lane: &Lane<'_>) {
    let (t, timeline) = (&lane.t, lane.days.timeline);
    bands(lane, false);
    lane.grid(ui, |value| format::signed(value, 1));
    let zero = lane.y(0.0);
    let width = (0.7 * lane.days.points_per_day()).max(1.0);
    for line in lane.lines(&timeline.macd_hist) {
        for at in line {
            let ink = if at.y <= zero { t.up } else { t.dn };
            let bar = Rect::from_two_pos(
                pos2(at.x - 0.5 * width, zero),
                pos2(at.x + 0.5 * width, at.y),
            );
            lane.painter.rect_filled(bar, 0.0, ink.gamma_multiply(0.75));
        }
    }
    lane.draw(&timeline.macd, LineLook::solid(t.cond, 1.25));
    let signal = if lane.days.window.days() < DASHES {
        LineLook::dashed(t.tx3, 1.0, (3.0, 3.0))
    } else {
        LineLook::solid(t.tx3.gamma_multiply(0.6), 1.0)
    };
    lane.draw(&timeline.macd_signal, signal);
    let of = |values: &[f64]| Timeline::last_of(values).map(|(_, value)| format::signed(value, 2));
    let hist = Timeline::last_of(&timeline.macd_hist).map_or(0.0, |(_, value)| value);
    let ink = if hist < 0.0 { t.dn } else { t.up };
    let pair = of(&timeline.macd).zip(of(&timeline.macd_signal));
    let pair = pair.map(|(macd, signal)| format!("{macd} {signal}"));
    last(
        ui,
        lane,
        "MACD 12/26/9",
        &[(of(&timeline.macd_hist), ink), (pair, t.tx3)],
    );
}

fn spx(ui: &Ui, lane: &Lane<'_>, ad: &Lane<'_>) {
    let (t, timeline) = (&lane.t, lane.days.timeline);
    lane.grid(ui, |value| format::fixed(value, 0));
    ad.draw(&timeline.ad, LineLook::solid(t.cond, 1.25));
    lane.draw(&timeline.spx, LineLook::solid(t.tx, 1.5));
    for mark in &timeline.divergences {
        let (from, to) = (lane.days.x(mark.from as f64), lane.days.x(mark.last as f64));
        if to < lane.frame.left() || from > lane.frame.right() {
            continue;
        }
        let ink = Stroke::new(1.5, t.warn);
        for (lane, values) in [(lane, &timeline.spx), (ad, &timeline.ad)] {
            let (a, b) = (values[mark.from], values[mark.last]);
            if a.is_finite() && b.is_finite() && to - from > 3.0 {
                let ends = [lane.at(mark.from, a), lane.at(mark.last, b)];
                lane.painter.line_segment(ends, ink);
            }
        }
        let foot = lane.frame.bottom() - 4.0;
        let ticks = pos2(lane.days.x(mark.first as f64 - 0.4), foot);
        let end = pos2(
            lane.days.x(mark.last as f64 + 0.4).max(ticks.x + 1.5),
            foot + 4.0,
        );
        lane.painter
            .rect_filled(Rect::from_two_pos(ticks, end), 0.0, t.warn);
        let close = timeline.spx[mark.first];
        if close.is_finite() && lane.days.points_per_day() > 0.4 {
            let side = match mark.kind {
                Divergence::Negative => -1.0,
                Divergence::Positive => 1.0,
            };
            let tip = lane.at(mark.first, close) + vec2(0.0, side * 14.0);
            let foot = tip - vec2(0.0, side * 8.0);
            let corners = vec![tip, foot + vec2(5.0, 0.0), foot - vec2(5.0, 0.0)];
            lane.painter
                .add(Shape::closed_line(corners, Stroke::new(1.25, t.warn)));
        }
    }
    let close = Timeline::last_of(&timeline.spx).map(|(_, close)| format::points(close));
    let ad_last = Timeline::last_of(&timeline.ad).map(|(place, _)| place);
    let is_fresh = ad_last.is_some_and(|place| place + FRESH >= timeline.dates.len());
    let ad_words = ad_last.map(|place| match timeline.dates.get(place) {
        Some(date) if !is_fresh => format!("A/D to {}", date.strftime("%b %y")),
        Some(_) | None => "A/D line".to_owned(),
    });
    let below = Timeline::last_of(&timeline.ad_under_high)
        .filter(|_last| is_fresh)
        .map(|(_, sd)| format!("{} σ under", format::fixed(sd, 1)));
    last(
        ui,
        lane,
        "SPX",
        &[(close, t.tx), (ad_words, t.cond), (below, t.tx3)],
    );
}

fn layers(ui: &Ui, lane: &Lane<'_>) {
    let (t, timeline) = (&lane.t, lane.days.timeline);
    lane.grid(ui, |value| format::trimmed(value, 1));
    for (index, level) in timeline.levels.iter().enumerate() {
        lane.draw(level, LineLook::solid(t.layer(index), 1.25));
    }
    let foot = lane.frame.bottom() - 4.0;
    let width = lane.days.points_per_day().max(1.0);
    for place in lane.days.window.places(timeline) {
        if timeline.is_compressed[place] {
            let x = lane.days.x(place as f64);
            let tick = Rect::from_x_y_ranges(x - 0.5 * width..=x + 0.5 * width, foot..=foot + 4.0);
            lane.painter.rect_filled(tick, 0.0, t.warn);
        }
    }
    let of = |values: &[f64]| Timeline::last_of(values).map(|(_, value)| format::points(value));
    let spread = of(&timeline.spread).map(|spread| format!("spread {spread}"));
    last(ui, lane, "Layers", &[(spread, t.tx)]);
}

fn rsi(ui: &Ui, lane: &Lane<'_>) {
    let (t, timeline) = (&lane.t, lane.days.timeline);
    let is_low = lane.frame.height() < 72.0;
    for level in [30.0, 50.0] {
        if is_low && level > 30.0 {
            continue;
        }
        let y = icons::snap(ui, pos2(0.0, lane.y(level))).y;
        lane.painter
            .hline(lane.frame.x_range(), y, Stroke::new(1.0, t.grid));
        lane.figure(ui, level, &format::fixed(level, 0), t.tx3);
    }
    let hot = lane.y(HOT);
    let ends = [pos2(lane.frame.left(), hot), pos2(lane.frame.right(), hot)];
    stroke(
        &lane.painter,
        lane.frame,
        &ends,
        LineLook::dashed(t.warn, 1.0, (3.0, 3.0)),
    );
    lane.figure(ui, HOT, &format::fixed(HOT, 0), t.warn);
    for line in lane.lines(&timeline.rsi) {
        let ground = t.warn.gamma_multiply(0.2);
        fill::profit_and_loss(&lane.painter, &line, hot, (ground, Color32::TRANSPARENT));
        stroke(
            &lane.painter,
            lane.frame,
            &line,
            LineLook::solid(t.tx, 1.25),
        );
    }
    let value = Timeline::last_of(&timeline.rsi).map(|(_, value)| format::fixed(value, 1));
    last(ui, lane, "RSI(14)", &[(value, t.tx)]);
}

/// The chart's name and its last values at the right edge.
fn last(ui: &Ui, lane: &Lane<'_>, name: &str, values: &[(Option<String>, Color32)]) {
    let left = lane.frame.right() + 10.0;
    let known: Vec<(&String, Color32)> = values
        .iter()
        .filter_map(|(words, ink)| Some((words.as_ref()?, *ink)))
        .collect();
    let lines = known.len() + 1;
    let mut y = lane.frame.center().y - 7.5 * (lines - 1) as f32;
    super::caption_at(ui, pos2(left, y), name, lane.t.tx2);
    if known.is_empty() {
        let place = pos2(left, y + 15.0);
        super::caption_at(ui, place, "no data", lane.t.tx3);
    }
    for (words, ink) in known {
        y += 15.0;
        let font = fonts::mono(fonts::SMALL);
        fonts::write(
            ui.painter(),
            pos2(left, y),
            Align2::LEFT_CENTER,
            words,
            (font, ink),
        );
    }
}
