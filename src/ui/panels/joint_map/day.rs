//! The day of the map: a slider from now to expiry, by the hand or the arrow keys.

use egui::{
    Align2, CursorIcon, EventFilter, Id, Key, Rect, Response, Role, Sense, Stroke, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::state::Scene;
use crate::calendar::new_york_date;
use crate::ui::theme::tokens;
use crate::ui::{fonts, format, icons};

/// Room for the word at the left.
const WORD: f32 = 32.0;
/// Room for the figures at the right.
const FIGURES: f32 = 112.0;
/// Calendar days between ticks.
const TICK_DAYS: u32 = 7;

/// Shows the slider and returns the day that was asked for.
pub fn slider(ui: &Ui, scene: &Scene<'_>, room: Rect) -> Option<u32> {
    let (days, last) = (scene.choices.days, scene.last_day);
    let track = Rect::from_min_max(
        pos2(room.left() + WORD + 6.0, room.top()),
        pos2(room.right() - FIGURES, room.bottom()),
    );
    let id = Id::unique("palisade_joint_map_day");
    let response = ui.interact(track.expand2(vec2(8.0, 0.0)), id, Sense::click_and_drag());
    let words = said(scene, days);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, true, "Day of the map");
        info.value = Some(f64::from(days));
        info.current_text_value = Some(format!("{} {}", words.0, words.1));
        info
    });
    let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    let share = |days: u32| days as f32 / last.max(1) as f32;
    let x = |days: u32| track.left() + track.width() * share(days);
    paint(ui, (room, track), (days, last), (&x, &response, &words));
    let pointed = response
        .interact_pointer_pos()
        .filter(|_at| response.dragged() || response.clicked())
        .map(|at| {
            let share = ((at.x - track.left()) / track.width()).clamp(0.0, 1.0);
            (share * last as f32).round() as u32
        });
    if response.clicked() {
        response.request_focus();
    }
    let asked = pointed.or_else(|| keyed(ui, &response, (days, last)));
    response.on_hover_text("Calendar days ahead, from now to the nearest SPX expiry");
    asked.filter(|asked| *asked != days)
}

/// `T+7` and its date.
fn said(scene: &Scene<'_>, days: u32) -> (String, String) {
    let today = new_york_date(scene.book.market.as_of);
    let date = today.checked_add(jiff::Span::new().days(i64::from(days)));
    let date = date.map_or_else(|_far| String::new(), format::date_short);
    let name = if days == 0 {
        "Now".to_owned()
    } else {
        format!("T+{days}")
    };
    (name, date)
}

fn keyed(ui: &Ui, response: &Response, (days, last): (u32, u32)) -> Option<u32> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let is_pressed = |key: Key| ui.input(|i| i.key_pressed(key));
    if is_pressed(Key::ArrowRight) {
        Some((days + 1).min(last))
    } else if is_pressed(Key::ArrowLeft) {
        Some(days.saturating_sub(1))
    } else if is_pressed(Key::Home) {
        Some(0)
    } else if is_pressed(Key::End) {
        Some(last)
    } else {
        None
    }
}

/// Where a day stands, the response, and the words at the right.
type Shown<'a> = (&'a dyn Fn(u32) -> f32, &'a Response, &'a (String, String));

fn paint(
    ui: &Ui,
    (room, track): (Rect, Rect),
    (days, last): (u32, u32),
    (x, response, words): Shown<'_>,
) {
    let t = tokens(ui);
    let painter = ui.painter();
    let y = icons::snap(ui, track.center()).y;
    painter.text(
        pos2(room.left(), y),
        Align2::LEFT_CENTER,
        "Day",
        fonts::inter(fonts::SMALL),
        t.tx3,
    );
    let rail = Rect::from_x_y_ranges(track.x_range(), y - 1.0..=y + 1.0);
    painter.rect_filled(rail, 1, t.edge);
    for tick in (0..=last).step_by(TICK_DAYS as usize) {
        let x = icons::snap(ui, pos2(x(tick), y)).x;
        painter.vline(x, y - 4.0..=y + 4.0, Stroke::new(1.0, t.edge));
    }
    painter.rect_filled(rail.with_max_x(x(days)), 1, t.accent);
    let knob = pos2(x(days), y);
    if response.hovered() || response.dragged() || response.has_focus() {
        painter.circle_filled(knob, 11.0, t.accent.gamma_multiply(0.22));
    }
    painter.circle(knob, 6.0, t.tx, Stroke::new(2.0, t.plot));
    let ring = Rect::from_center_size(knob, Vec2::splat(16.0));
    icons::focus_ring(ui, ring, response);
    let (name, date) = words;
    let figures = pos2(track.right() + 16.0, y);
    let font = fonts::mono_strong(fonts::BODY);
    let said = painter.text(figures, Align2::LEFT_CENTER, name, font, t.tx);
    let at = pos2(said.right().max(figures.x + 34.0) + 10.0, y);
    let font = fonts::mono(fonts::SMALL);
    painter.text(at, Align2::LEFT_CENTER, date, font, t.tx3);
}
