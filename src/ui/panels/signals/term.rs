//! The term structure of VIX futures: today, a week and a month ago, and what such a VIX usually has.

use egui::{Align2, Color32, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{INSET, caption_at};
use crate::signal::TermChart;
use crate::signal::timeline::{LEVEL_TENORS_DAYS, TermCurve};
use crate::ui::plot::axis::ticks;
use crate::ui::plot::label::spread;
use crate::ui::plot::line::{LineLook, stroke, y_at};
use crate::ui::plot::{Ink, Label, fill};
use crate::ui::theme::{HEAD_HEIGHT, Tokens, tokens};
use crate::ui::{fonts, format, icons};

const NAMES: [&str; 3] = ["First", "Second", "Third"];
/// Half the diagonal of a tenor's diamond, in points.
const DIAMOND: f32 = 5.0;

struct Scene<'a> {
    t: Tokens,
    frame: Rect,
    x: (f64, f64),
    y: (f64, f64),
    term: &'a TermChart,
}

impl Scene<'_> {
    fn at(&self, (days, price): (f64, f64)) -> Pos2 {
        let along = |value: f64, (low, high): (f64, f64)| ((value - low) / (high - low)) as f32;
        pos2(
            self.frame.left() + self.frame.width() * along(days, self.x),
            self.frame.bottom() - self.frame.height() * along(price, self.y),
        )
    }

    fn line(&self, curve: &TermCurve) -> Vec<Pos2> {
        curve.points.iter().map(|point| self.at(*point)).collect()
    }
}

/// Shows the plot with its head in `place`.
pub(super) fn term_ui(ui: &Ui, place: Rect, term: &TermChart) {
    let t = tokens(ui);
    ui.painter().rect_filled(place, 0.0, t.plot);
    let (head, body) = place.split_top_bottom_at_y(place.top() + HEAD_HEIGHT);
    title(ui, head, term);
    let frame = Rect::from_min_max(
        pos2(body.left() + 52.0, body.top() + 12.0),
        pos2(body.right() - 108.0, body.bottom() - 24.0),
    );
    let response = ui.interact(
        body,
        ui.scope_id().with("vx term structure"),
        Sense::hover(),
    );
    let scene = scene(t, frame, term);
    let painter = ui
        .painter()
        .with_clip_rect(frame.expand(1.0).intersect(ui.clip_rect()));
    grid(ui, &scene);
    let today = scene.line(&term.today);
    if let Some(vix) = term.vix {
        let zero = scene.at((0.0, vix)).y;
        let soft = (t.accent.gamma_multiply(0.10), Color32::TRANSPARENT);
        fill::profit_and_loss(&painter, &today, zero, soft);
        fill::hatch_loss(
            &painter,
            &today,
            zero,
            Stroke::new(1.0, t.accent.gamma_multiply(0.30)),
        );
    }
    band(&painter, &scene);
    for (curve, dash) in [(&term.month_ago, (2.0, 3.0)), (&term.week_ago, (6.0, 3.0))] {
        if let Some(curve) = curve {
            let look = LineLook::dashed(t.accent, 1.25, dash);
            stroke(&painter, frame, &scene.line(curve), look);
        }
    }
    spot(ui, &scene);
    stroke(&painter, frame, &today, LineLook::solid(t.accent, 2.0));
    for at in today.iter().skip(1) {
        painter.circle(*at, 2.5, t.plot, Stroke::new(1.5, t.accent));
    }
    tenors(ui, &scene);
    names(ui, &scene);
    let words = crosshair(ui, &scene, &today);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, "VX term structure");
        info.current_text_value.clone_from(&words);
        info
    });
}

fn title(ui: &Ui, head: Rect, term: &TermChart) {
    let t = tokens(ui);
    let at = head.left_center() + vec2(INSET, 0.0);
    let font = fonts::inter_strong(fonts::BODY);
    let end = fonts::write(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        "VX term structure",
        (font, t.tx),
    );
    let words = if term.band.is_empty() {
        format!(
            "close of {}, days to settlement",
            format::date(term.today.date)
        )
    } else {
        format!(
            "close of {} · median and quartiles of {} days since {} with VIX within {}",
            format::date(term.today.date),
            format::count(term.alike),
            term.since.year(),
            format::trimmed(term.near_points, 1)
        )
    };
    let room = Rect::from_min_max(
        pos2(end.right() + 12.0, head.top()),
        pos2(head.right() - INSET, head.bottom()),
    );
    crate::ui::widgets::elided(
        ui.painter(),
        room,
        &words,
        fonts::inter(fonts::SMALL),
        t.tx3,
    );
}

fn scene(t: Tokens, frame: Rect, term: &TermChart) -> Scene<'_> {
    let curves = [
        Some(&term.today),
        term.week_ago.as_ref(),
        term.month_ago.as_ref(),
    ];
    let points = curves
        .into_iter()
        .flatten()
        .flat_map(|curve| curve.points.iter().copied());
    let last = term.today.points.last().map_or(60.0, |point| point.0);
    let end = last.max(LEVEL_TENORS_DAYS[2]) * 1.03;
    let band = term.band.iter().filter(|band| band.days <= end);
    let prices = points
        .map(|point| point.1)
        .chain(band.flat_map(|band| [band.low, band.high]));
    let (low, high) = prices.fold((f64::MAX, f64::MIN), |(low, high), price| {
        (low.min(price), high.max(price))
    });
    let range = (high - low).max(2.0);
    Scene {
        t,
        frame,
        x: (0.0, end),
        y: (low - 0.12 * range, high + 0.12 * range),
        term,
    }
}

fn grid(ui: &Ui, scene: &Scene<'_>) {
    let (t, frame) = (&scene.t, scene.frame);
    let font = fonts::mono(fonts::SMALL);
    for price in ticks(scene.y, frame.height(), 30.0) {
        let y = icons::snap(ui, scene.at((0.0, price))).y;
        ui.painter()
            .hline(frame.x_range(), y, Stroke::new(1.0, t.grid));
        let words = format::trimmed(price, 1);
        let at = pos2(frame.left() - 8.0, y);
        fonts::write(
            ui.painter(),
            at,
            Align2::RIGHT_CENTER,
            &words,
            (font.clone(), t.tx3),
        );
    }
    let step = if frame.width() > 480.0 { 30 } else { 60 };
    for days in (0..=scene.x.1 as i32).step_by(step) {
        let x = icons::snap(ui, scene.at((f64::from(days), 0.0))).x;
        ui.painter()
            .vline(x, frame.y_range(), Stroke::new(1.0, t.grid));
        let words = if days == 0 {
            "0 d".to_owned()
        } else {
            days.to_string()
        };
        let at = pos2(x, frame.bottom() + 12.0);
        fonts::write(
            ui.painter(),
            at,
            Align2::CENTER_CENTER,
            &words,
            (font.clone(), t.tx3),
        );
    }
}

/// Quartiles as a soft band, the median dashed in it.
fn band(painter: &egui::Painter, scene: &Scene<'_>) {
    let (t, band) = (&scene.t, &scene.term.band);
    let line = |of: fn(&crate::signal::timeline::TermBand) -> f64| -> Vec<Pos2> {
        band.iter()
            .map(|point| scene.at((point.days, of(point))))
            .collect()
    };
    fill::between(
        painter,
        &line(|b| b.high),
        &line(|b| b.low),
        t.cond.gamma_multiply(0.12),
    );
    let look = LineLook::dashed(t.cond, 1.25, (3.0, 3.0));
    stroke(painter, scene.frame, &line(|b| b.median), look);
}

fn spot(ui: &Ui, scene: &Scene<'_>) {
    let Some(vix) = scene.term.vix else {
        return;
    };
    let (t, frame) = (&scene.t, scene.frame);
    let y = icons::snap(ui, scene.at((0.0, vix))).y;
    let ends = [pos2(frame.left(), y), pos2(frame.right(), y)];
    stroke(
        ui.painter(),
        frame,
        &ends,
        LineLook::dashed(t.tx3, 1.0, (2.0, 3.0)),
    );
    if let Some(pct) = scene.term.contango_pct {
        let name = if pct < 0.0 {
            "backwardation"
        } else {
            "contango"
        };
        let words = format!("{name}, {} % from 30 to 60 d", format::signed(pct, 1));
        let at = pos2(frame.left() + 0.52 * frame.width(), y);
        let at = at + vec2(0.0, if pct < 0.0 { 12.0 } else { -12.0 });
        caption_at(ui, at, &words, t.tx2);
    }
}

/// The layers' tenors: a line, a diamond on today's curve, and the level on a pill.
fn tenors(ui: &Ui, scene: &Scene<'_>) {
    let t = &scene.t;
    for (index, (tenor, level)) in LEVEL_TENORS_DAYS.iter().zip(scene.term.levels).enumerate() {
        let Some(level) = level else {
            continue;
        };
        let at = scene.at((*tenor, level));
        let ink = t.layer(index);
        let ends = [
            pos2(at.x, scene.frame.top()),
            pos2(at.x, scene.frame.bottom()),
        ];
        stroke(
            ui.painter(),
            scene.frame,
            &ends,
            LineLook::dashed(ink, 1.0, (2.0, 3.0)),
        );
        let corners = [
            vec2(0.0, -DIAMOND),
            vec2(DIAMOND, 0.0),
            vec2(0.0, DIAMOND),
            vec2(-DIAMOND, 0.0),
        ];
        let corners = corners.iter().map(|corner| at + *corner).collect();
        let shape = Shape::convex_polygon(corners, ink, Stroke::new(1.5, t.plot));
        ui.painter().add(shape);
        let name = pos2(at.x, scene.frame.top() - 8.0);
        let font = fonts::inter_strong(fonts::SMALL);
        fonts::write(
            ui.painter(),
            name,
            Align2::CENTER_CENTER,
            NAMES[index],
            (font, ink),
        );
        let pill = Ink::Outlined(t.edge, t.tx);
        let below = at + vec2(0.0, 12.0);
        Label::figure(format::points(level), pill, below, Align2::CENTER_TOP)
            .inside(ui.painter(), scene.frame)
            .paint(ui.painter(), t);
    }
}

/// The lines' names at the right edge.
fn names(ui: &Ui, scene: &Scene<'_>) {
    let (t, frame, term) = (&scene.t, scene.frame, scene.term);
    let end = |curve: &TermCurve| curve.points.last().map(|point| scene.at(*point));
    let mut found: Vec<(String, Color32, Pos2)> = Vec::new();
    let mut add = |words: &str, ink, at: Option<Pos2>| {
        found.extend(at.map(|at| (words.to_owned(), ink, at)));
    };
    add("Today", t.accent, end(&term.today));
    add("Week ago", t.accent, term.week_ago.as_ref().and_then(end));
    add("Month ago", t.accent, term.month_ago.as_ref().and_then(end));
    let median = term
        .band
        .last()
        .map(|band| scene.at((band.days, band.median)));
    add("Median", t.tx3, median);
    let spot = term
        .vix
        .map(|vix| pos2(frame.right(), scene.at((0.0, vix)).y));
    let words = term.vix.map(|vix| format!("VIX {}", format::points(vix)));
    add(&words.unwrap_or_default(), t.tx3, spot);
    found.sort_by(|a, b| a.2.y.total_cmp(&b.2.y));
    let mut ys: Vec<f32> = found.iter().map(|(_, _, at)| at.y).collect();
    spread(&mut ys, 15.0, (frame.top() - 4.0, frame.bottom() + 4.0));
    for ((words, ink, at), y) in found.iter().zip(ys) {
        let hair = Stroke::new(1.0, ink.gamma_multiply(0.4));
        let from = pos2(at.x.min(frame.right()), at.y);
        ui.painter()
            .line_segment([from, pos2(frame.right() + 8.0, y)], hair);
        let font = if words == "Today" {
            fonts::inter_strong(fonts::SMALL)
        } else {
            fonts::inter(fonts::SMALL)
        };
        let place = pos2(frame.right() + 10.0, y);
        fonts::write(
            ui.painter(),
            place,
            Align2::LEFT_CENTER,
            words,
            (font, *ink),
        );
    }
}

/// Today's price and the median under the pointer; returns them in words.
fn crosshair(ui: &Ui, scene: &Scene<'_>, today: &[Pos2]) -> Option<String> {
    let frame = scene.frame;
    let at = ui.input(|i| i.pointer.hover_pos())?;
    if !frame.contains(at) || !ui.rect_contains_pointer(frame) {
        return None;
    }
    let (t, share) = (&scene.t, f64::from((at.x - frame.left()) / frame.width()));
    let y = y_at(today, at.x)?;
    let price =
        scene.y.0 + f64::from((frame.bottom() - y) / frame.height()) * (scene.y.1 - scene.y.0);
    ui.painter()
        .vline(at.x, frame.y_range(), Stroke::new(1.0, t.tx3));
    ui.painter()
        .circle(pos2(at.x, y), 3.0, t.accent, Stroke::new(1.5, t.plot));
    let days = format!("{} d", format::fixed(share * scene.x.1, 0));
    let foot = pos2(at.x, frame.bottom() + 12.0);
    Label::figure(
        &days,
        Ink::Outlined(t.tx3, t.tx),
        foot,
        Align2::CENTER_CENTER,
    )
    .paint(ui.painter(), t);
    let words = format::points(price);
    Label::figure(
        &words,
        Ink::Outlined(t.edge, t.tx),
        pos2(at.x + 8.0, y - 8.0),
        Align2::LEFT_BOTTOM,
    )
    .inside(ui.painter(), frame)
    .paint(ui.painter(), t);
    Some(format!("{days}: {words}"))
}
