//! One step of the timeline as a card: what was done, the book before and after, cash, verdict, and what was not taken.

use egui::{Align2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::thumb;
use super::words::{Followed, Told};
use crate::document::Campaign;
use crate::ui::theme::{CARD_PAD, RADIUS_PANEL, Tone, tokens};
use crate::ui::widgets::elided;
use crate::ui::{fonts, format, icons, icons::Icon};

/// Width of a card, in points.
pub(super) const WIDTH: f32 = 176.0;
/// Height of a card's rows, in points.
const ROW: f32 = 20.0;
/// Height of the box of what was not taken, in points.
const BOX: f32 = 44.0;
/// Gap between the two payoffs, in points.
const BETWEEN: f32 = 12.0;

/// Shows a card of a height and tells of clicks.
pub(super) fn card(
    ui: &mut Ui,
    (campaign, told): (&Campaign, &Told<'_>),
    height: f32,
    is_selected: bool,
) -> Response {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, height), Sense::click());
    let why = told.why(campaign);
    let name = format!(
        "{} {}, {}",
        told.action(),
        format::date(crate::calendar::new_york_date(told.step.at)),
        format::usd_signed(told.step.cash_usd())
    );
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, &name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let edge = match (is_selected, response.hovered()) {
        (true, _) => Stroke::new(1.0, t.accent),
        (false, true) => Stroke::new(1.0, t.edge),
        (false, false) => Stroke::new(1.0, t.line),
    };
    let ground = if is_selected { t.accent_bg } else { t.card };
    ui.painter()
        .rect(rect, RADIUS_PANEL, ground, edge, StrokeKind::Inside);
    icons::focus_ring(ui, rect.shrink(2.0), &response);
    let inside = rect.shrink(CARD_PAD);
    let mut y = head(ui, inside, told);
    let thumb_height = (0.34 * height - 16.0).clamp(28.0, 84.0);
    payoffs(ui, inside, (y, thumb_height), told);
    y += thumb_height + 8.0;
    if y + ROW <= inside.bottom() {
        y = cash(ui, inside, y, told);
        below(ui, inside.with_min_y(y), told, &why);
    }
    let hint = if why.is_empty() {
        name
    } else {
        format!("{name}\n{why}")
    };
    response.on_hover_text(hint)
}

fn head(ui: &Ui, inside: Rect, told: &Told<'_>) -> f32 {
    let t = tokens(ui);
    let middle = inside.top() + ROW / 2.0;
    let icon = Rect::from_center_size(pos2(inside.left() + 6.0, middle), vec2(12.0, 12.0));
    icons::paint(ui.painter(), icon, told.icon(), t.tx2);
    let font = fonts::inter_strong(fonts::BODY);
    let at = pos2(inside.left() + 20.0, middle);
    fonts::write(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        told.action(),
        (font, t.tx),
    );
    let day = format::date_short(crate::calendar::new_york_date(told.step.at));
    let at = pos2(inside.right(), middle);
    let font = fonts::mono(fonts::SMALL);
    fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &day, (font, t.tx2));
    inside.top() + ROW + 4.0
}

fn payoffs(ui: &Ui, inside: Rect, (top, height): (f32, f32), told: &Told<'_>) {
    let t = tokens(ui);
    let (before, after) = (told.step.before.as_ref(), told.step.after.as_ref());
    let range = thumb::range(before.into_iter().chain(after));
    let size = vec2((inside.width() - BETWEEN) / 2.0, height);
    let left = Rect::from_min_size(pos2(inside.left(), top), size);
    let right = Rect::from_min_size(pos2(inside.right() - size.x, top), size);
    thumb::paint(ui, left, before, range);
    thumb::paint(ui, right, after, range);
    let middle = pos2(inside.center().x, top + height / 2.0);
    let arrow = Rect::from_center_size(middle, vec2(8.0, 8.0));
    icons::paint(ui.painter(), arrow, Icon::CaretRight, t.tx3);
}

fn cash(ui: &Ui, inside: Rect, top: f32, told: &Told<'_>) -> f32 {
    let t = tokens(ui);
    let usd = told.step.cash_usd();
    let is_nothing = usd.abs() < 0.5;
    let word = match (told.step.fills.is_empty(), usd >= 0.0) {
        (true, _) => "Nothing traded",
        (false, _) if is_nothing => "No cash",
        (false, true) => "Credit",
        (false, false) => "Cost",
    };
    let middle = top + ROW / 2.0;
    let font = fonts::inter(fonts::SMALL);
    let at = pos2(inside.left(), middle);
    fonts::write(ui.painter(), at, Align2::LEFT_CENTER, word, (font, t.tx2));
    if !told.step.fills.is_empty() {
        let ink = if usd >= 0.0 && !is_nothing {
            t.up
        } else {
            t.tx
        };
        let at = pos2(inside.right(), middle);
        let words = format::usd_signed(usd);
        let font = fonts::mono(fonts::BODY);
        fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &words, (font, ink));
    }
    top + ROW + 4.0
}

/// Verdict, reason, what was not taken and the pack, as far as there is room.
fn below(ui: &Ui, mut room: Rect, told: &Told<'_>, why: &str) {
    let t = tokens(ui);
    let stroke = Stroke::new(1.0, t.line);
    if room.height() < 16.0 {
        return;
    }
    ui.painter().hline(room.x_range(), room.top() - 2.0, stroke);
    if let Some(record) = told.record {
        verdict(
            ui,
            room.with_max_y(room.top() + ROW),
            &record.verdict.stance,
            told.followed(),
        );
        room.min.y += ROW;
    }
    let (pack, source) = (told.pack(), told.source());
    if room.height() >= ROW && !(pack.is_empty() && source.is_empty()) {
        let foot = room.with_min_y(room.bottom() - 12.0);
        let font = fonts::inter(fonts::SMALL);
        let ink = (font, t.tx3);
        fonts::write(
            ui.painter(),
            foot.left_center(),
            Align2::LEFT_CENTER,
            &pack,
            ink.clone(),
        );
        fonts::write(
            ui.painter(),
            foot.right_center(),
            Align2::RIGHT_CENTER,
            source,
            ink,
        );
        room.max.y -= ROW;
    }
    if let Some(choice) = told.not_taken().filter(|_| room.height() >= BOX + 18.0) {
        let place = room.with_min_y(room.bottom() - BOX);
        not_taken(ui, place, &choice);
        room.max.y = place.top() - 6.0;
    }
    reason(ui, room, why);
}

fn verdict(ui: &Ui, row: Rect, stance: &str, followed: Option<Followed>) {
    let t = tokens(ui);
    let font = fonts::inter_strong(fonts::SMALL);
    let drawn = fonts::write(
        ui.painter(),
        row.left_center(),
        Align2::LEFT_CENTER,
        stance,
        (font, t.tx),
    );
    let font = fonts::inter(fonts::SMALL);
    let at = drawn.right_center() + vec2(6.0, 0.0);
    let word = fonts::write(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        "verdict",
        (font.clone(), t.tx3),
    );
    let Some(followed) = followed else {
        return;
    };
    let (icon, words, ink) = match followed {
        Followed::Yes => (Icon::Tick, "followed", t.up),
        Followed::Against => (Icon::Warning, "against", t.warn),
    };
    let galley = fonts::galley(ui.painter(), words, (font.clone(), ink));
    let left = row.right() - galley.size().x;
    if left - 18.0 >= word.right() {
        fonts::write(
            ui.painter(),
            row.right_center(),
            Align2::RIGHT_CENTER,
            words,
            (font, ink),
        );
    }
    let centre = pos2(left.max(word.right() + 18.0) - 10.0, row.center().y);
    icons::paint(
        ui.painter(),
        Rect::from_center_size(centre, vec2(11.0, 11.0)),
        icon,
        ink,
    );
}

fn not_taken(ui: &Ui, place: Rect, choice: &super::words::NotTaken) {
    let t = tokens(ui);
    let stroke = Stroke::new(1.0, t.edge);
    let corners = [
        place.left_top(),
        place.right_top(),
        place.right_bottom(),
        place.left_bottom(),
        place.left_top(),
    ];
    ui.painter()
        .extend(egui::Shape::dashed_line(&corners, stroke, 3.0, 3.0));
    let inner = place.shrink2(vec2(8.0, 4.0));
    let first = inner.with_max_y(inner.center().y);
    let second = inner.with_min_y(inner.center().y);
    let font = fonts::inter(fonts::SMALL);
    let drawn = fonts::write(
        ui.painter(),
        first.left_center(),
        Align2::LEFT_CENTER,
        "Not taken:",
        (font.clone(), t.tx2),
    );
    let rest = first.with_min_x(drawn.right() + 4.0);
    elided(ui.painter(), rest, &choice.name, font.clone(), t.tx);
    let usd = choice.against.usd();
    let ink = t.text(Tone::of_sign(usd));
    let words = format::usd_signed(usd);
    let drawn = fonts::write(
        ui.painter(),
        second.left_center(),
        Align2::LEFT_CENTER,
        &words,
        (fonts::mono(fonts::SMALL), ink),
    );
    let at = drawn.right_center() + vec2(4.0, 0.0);
    fonts::write(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        "against this",
        (font, t.tx2),
    );
}

/// The reason, broken into as many lines as there is room for.
fn reason(ui: &Ui, room: Rect, why: &str) {
    let lines = (room.height() / fonts::ROW).floor() as usize;
    if lines == 0 || why.is_empty() {
        return;
    }
    let t = tokens(ui);
    let mut format = fonts::format(fonts::inter(fonts::SMALL), t.tx2);
    format.line_height = Some(fonts::ROW);
    let mut job = egui::text::LayoutJob::single_section(why.to_owned(), format);
    job.wrap.max_width = room.width();
    job.wrap.max_rows = lines.min(4);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(room.min, galley, t.tx2);
}
