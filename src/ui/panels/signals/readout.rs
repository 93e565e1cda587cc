//! The card at the crosshair: every chart's value of one day, with a dot on each line.

use egui::{Color32, Rect, Stroke, Ui, pos2, vec2};

use super::lane::{Days, Lane};
use super::paint::Lanes;
use crate::signal::breadth_divergence::Divergence;
use crate::ui::format;
use crate::ui::plot::card::{CardCell, CardTable};
use crate::ui::theme::tokens;

/// Distance of the card from the crosshair, in points.
const AWAY: f32 = 16.0;

/// Paints dots and card of the day at `place`; returns the card in words.
pub(super) fn show(
    ui: &Ui,
    days: &Days<'_>,
    lanes: &Lanes<'_>,
    (frame, place): (Rect, usize),
) -> String {
    let (t, timeline) = (tokens(ui), days.timeline);
    dots(ui, days, lanes, place);
    let rows = rows(ui, days, place);
    let state = timeline
        .band_at(place)
        .map_or("No regime", |band| band.label());
    let vix = text(timeline.vix[place], |v| {
        format!("VIX {}", format::points(v))
    });
    let mut words = format!("{}: {state}", format::date(timeline.dates[place]));
    if let Some(part) = &vix {
        words.push_str(", ");
        words.push_str(part);
    }
    for (name, value, _) in &rows {
        words.push_str(", ");
        words.push_str(name);
        words.push(' ');
        words.push_str(value);
    }
    let table = CardTable {
        title: vec![CardCell::new(state, t.tx).strong(true)],
        remark: vix
            .into_iter()
            .map(|vix| CardCell::new(vix, t.tx2))
            .collect(),
        has_word_title: true,
        rows: rows
            .into_iter()
            .map(|(name, value, ink)| vec![CardCell::new(name, t.tx2), CardCell::new(value, ink)])
            .collect(),
        least_width: 184.0,
        ..CardTable::default()
    };
    lay(ui, (days, frame, place), &table);
    words
}

fn text(value: f64, write: impl Fn(f64) -> String) -> Option<String> {
    value.is_finite().then(|| write(value))
}

/// A dot on every line.
fn dots(ui: &Ui, days: &Days<'_>, lanes: &Lanes<'_>, place: usize) {
    let (t, timeline) = (tokens(ui), days.timeline);
    let dot = |lane: &Lane<'_>, values: &[f64]| {
        let value = values[place];
        if value.is_finite() {
            let ring = Stroke::new(1.5, t.plot);
            lane.painter.circle(lane.at(place, value), 3.0, t.tx, ring);
        }
    };
    dot(&lanes.contango, &timeline.contango_pct);
    dot(&lanes.macd, &timeline.macd_hist);
    dot(&lanes.ad, &timeline.ad);
    dot(&lanes.spx, &timeline.spx);
    for level in &timeline.levels {
        dot(&lanes.layers, level);
    }
    dot(&lanes.rsi, &timeline.rsi);
}

/// Name, value and ink of every chart that has a value on the day.
fn rows(ui: &Ui, days: &Days<'_>, place: usize) -> Vec<(&'static str, String, Color32)> {
    let (t, timeline) = (tokens(ui), days.timeline);
    let cells = [
        (
            "Contango",
            text(timeline.contango_pct[place], |v| {
                format!("{} %", format::signed(v, 2))
            }),
        ),
        (
            "Histogram",
            text(timeline.macd_hist[place], |v| format::signed(v, 2)),
        ),
        ("SPX", text(timeline.spx[place], format::points)),
        (
            "A/D under 20-d high",
            text(timeline.ad_under_high[place], |v| {
                format!("{} σ", format::fixed(v, 2))
            }),
        ),
        (
            "Layers' spread",
            text(timeline.spread[place], format::points),
        ),
        (
            "RSI(14)",
            text(timeline.rsi[place], |v| format::fixed(v, 1)),
        ),
    ];
    let shown = cells.into_iter().filter_map(|(name, value)| {
        let is_flagged =
            name.starts_with("A/D") && timeline.divergence[place] == Some(Divergence::Negative);
        Some((name, value?, if is_flagged { t.warn } else { t.tx }))
    });
    shown.collect()
}

/// Paints the card beside the crosshair, on the side with more room.
fn lay(ui: &Ui, (days, frame, place): (&Days<'_>, Rect, usize), table: &CardTable) {
    let card = table.lay_out(ui.painter());
    let x = days.x(place as f64);
    let left = if x > frame.center().x {
        x - AWAY - card.size.x
    } else {
        x + AWAY
    };
    let pointer = ui
        .input(|i| i.pointer.hover_pos())
        .map_or_else(|| frame.center().y, |at| at.y);
    let top = (pointer - 0.5 * card.size.y)
        .clamp(frame.top(), (frame.bottom() - card.size.y).max(frame.top()));
    let at = Rect::from_min_size(pos2(left.round(), top.round()), card.size + vec2(0.0, 0.0));
    card.paint(ui.painter(), &tokens(ui), at);
}
