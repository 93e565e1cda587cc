//! The charts of the past, one above the other on one axis of days: pan, zoom, crosshair and their head.

use egui::{
    Align, Align2, EventFilter, Key, Layout, Pos2, Rect, Response, Role, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};
use jiff::civil::Date;

use super::lane::Days;
use super::window::{self, Range, Window};
use super::{INSET, caption_at, paint, readout};
use crate::series::Library;
use crate::signal::Timeline;
use crate::ui::icons::{self, Icon};
use crate::ui::plot::{Ink, Label};
use crate::ui::theme::{HEAD_HEIGHT, RADIUS_PANEL, tokens};
use crate::ui::widgets::segmented;
use crate::ui::{PanelContext, fonts, format};

/// Room for figures at the left, in points.
const LEFT: f32 = 52.0;
/// Room for names and last values at the right, in points.
const RIGHT: f32 = 108.0;
/// Room for dates below, in points.
const BELOW: f32 = 24.0;
/// Closest distance of two dates, in points.
const DATE_SPACING: f32 = 64.0;
/// Points of scrolling that zoom by a factor of e.
const SCROLL_PER_E: f32 = 320.0;
/// Zoom of one key press.
const KEY_ZOOM: f64 = 1.25;
/// Months between dates.
const MONTHS: [i32; 8] = [1, 3, 6, 12, 24, 60, 120, 240];

/// Everything that the charts are drawn from.
pub(super) type Source<'a> = (&'a PanelContext<'a>, &'a Library, &'a Timeline);

/// Shows head and charts in `place`. With `has_wheel` the wheel zooms; else only together with Ctrl.
pub(super) fn charts_ui(ui: &mut Ui, place: Rect, source: Source<'_>, has_wheel: bool) {
    let (_, _, timeline) = source;
    ui.painter()
        .rect_filled(place, RADIUS_PANEL, tokens(ui).plot);
    let (head, body) = place.split_top_bottom_at_y(place.top() + HEAD_HEIGHT);
    let mut window = window::current(ui.ctx(), timeline);
    charts_head(ui, head, timeline, &mut window);
    let frame = Rect::from_min_max(
        pos2(body.left() + LEFT, body.top()),
        pos2(body.right() - RIGHT, body.bottom() - BELOW),
    );
    let response = ui.interact(
        body.with_max_x(frame.right()),
        ui.scope_id().with("signals history"),
        Sense::click_and_drag(),
    );
    let days = |window| Days {
        timeline,
        window,
        left: frame.left(),
        right: frame.right(),
    };
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    window = moved(ui, &response, &days(window), has_wheel);
    window = keyed(ui, &response, window, timeline);
    window::keep(ui.ctx(), timeline, window);
    let days = days(window);
    let dates = date_ticks(&days);
    for (place, _) in &dates {
        let x = icons::snap(ui, pos2(days.x(*place as f64), 0.0)).x;
        let ink = Stroke::new(1.0, tokens(ui).grid);
        ui.painter().vline(x, frame.y_range(), ink);
    }
    let lanes = paint::paint(ui, days, frame);
    let pointer = response
        .hover_pos()
        .filter(|at| frame.contains(*at) && !response.dragged());
    let seen = pointer.and_then(|at| nearest(&days, at));
    let pill = seen.map(|place| crosshair(ui, &days, frame, place));
    for (place, words) in dates {
        date(ui, &days, frame, (place, &words), pill);
    }
    let words = seen.map(|at| readout::show(ui, &days, &lanes, (frame, at)));
    let words = words.or_else(|| response.has_focus().then(|| days_words(&days)).flatten());
    icons::focus_ring(ui, frame, &response);
    let name = "History: contango, MACD, SPX and A/D line, layers, RSI";
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, name);
        info.current_text_value.clone_from(&words);
        info
    });
}

fn charts_head(ui: &mut Ui, place: Rect, timeline: &Timeline, window: &mut Window) {
    let inner = place.shrink2(vec2(INSET, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    row.add(egui::Label::new(fonts::title("History")).extend());
    row.add_space(4.0);
    let mut range = window.range;
    segmented(&mut row, "Range", &mut range, &Range::ALL).on_hover_text(
        "How far back the charts reach. Drag to pan, scroll to zoom, double-click to fit; \
         on a chart that has the focus: arrows pan, plus and minus zoom, Home and End go to either end",
    );
    if let Some(range) = range.filter(|range| Some(*range) != window.range) {
        *window = Window::of(timeline, range);
    }
    let places = window.places(timeline);
    let ends = timeline
        .dates
        .get(places.start)
        .zip(timeline.dates.get(places.end.saturating_sub(1)));
    let t = tokens(ui);
    if let Some((from, to)) = ends {
        let words = format!(
            "{} to {}, {} closes",
            format::date(*from),
            format::date(*to),
            format::count(places.len())
        );
        row.add_space(4.0);
        if row.available_width() > 380.0 {
            row.label(fonts::caption(words).color(t.tx3));
        }
    }
    let layout = Layout::right_to_left(Align::Center);
    let mut end = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    if icons::icon_button_hinted(
        &mut end,
        Icon::Fit,
        "Fit history",
        "Show the whole history; a double click on a chart does the same",
    )
    .clicked()
    {
        *window = Window::of(timeline, Range::All);
    }
    if inner.width() > 560.0 {
        let key = |ui: &mut Ui, words: &str, ink| {
            let (rect, _) = ui.allocate_exact_size(vec2(64.0, 16.0), Sense::hover());
            let bar = Rect::from_center_size(rect.left_center() + vec2(6.0, 0.0), vec2(12.0, 4.0));
            ui.painter().rect_filled(bar, 2, ink);
            caption_at(
                ui,
                rect.left_center() + vec2(16.0, 0.0),
                words,
                tokens(ui).tx2,
            );
        };
        key(&mut end, "Steward", t.cond);
        key(&mut end, "Promoter", t.tx2);
    }
}

/// The window after drag, wheel and double click.
fn moved(ui: &Ui, response: &Response, days: &Days<'_>, has_wheel: bool) -> Window {
    let (window, timeline) = (days.window, days.timeline);
    if response.double_clicked() {
        return Window::of(timeline, Range::All);
    }
    if response.dragged() {
        let by = -f64::from(response.drag_delta().x / days.points_per_day());
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        return window.panned(by, timeline);
    }
    let Some(at) = response
        .hover_pos()
        .filter(|_at| response.contains_pointer())
    else {
        return window;
    };
    let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta(), i.zoom_delta()));
    let mut next = window;
    if (pinch - 1.0).abs() > 1e-4 {
        next = next.zoomed(1.0 / f64::from(pinch), days.place(at.x), timeline);
    } else if has_wheel && scroll.y != 0.0 {
        let factor = f64::from((-scroll.y / SCROLL_PER_E).exp());
        next = next.zoomed(factor, days.place(at.x), timeline);
    }
    if scroll.x != 0.0 {
        next = next.panned(-f64::from(scroll.x / days.points_per_day()), timeline);
    }
    next
}

/// The window after the keys that a focused chart takes: arrows pan by a tenth of it, with Shift by half; plus
/// and minus zoom about its middle; Home and End go to the first day and the last.
fn keyed(ui: &Ui, response: &Response, window: Window, timeline: &Timeline) -> Window {
    if !response.has_focus() || response.dragged() {
        return window;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let keys: Vec<(Key, bool)> = ui.input(|i| i.events.iter().filter_map(key_of).collect());
    keys.into_iter().fold(window, |window, (key, is_far)| {
        let step = window.days() * if is_far { 0.5 } else { 0.1 };
        let middle = window.low + 0.5 * window.days();
        let last = timeline.dates.len() as f64;
        if key == Key::ArrowLeft {
            window.panned(-step, timeline)
        } else if key == Key::ArrowRight {
            window.panned(step, timeline)
        } else if key == Key::Plus || key == Key::Equals {
            window.zoomed(1.0 / KEY_ZOOM, middle, timeline)
        } else if key == Key::Minus {
            window.zoomed(KEY_ZOOM, middle, timeline)
        } else if key == Key::Home {
            window.panned(-window.low, timeline)
        } else if key == Key::End {
            window.panned(last - window.high, timeline)
        } else {
            window
        }
    })
}

/// A key press without Ctrl or Alt, and whether Shift is down.
fn key_of(event: &egui::Event) -> Option<(Key, bool)> {
    let egui::Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return None;
    };
    let is_plain = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
    is_plain.then_some((*key, modifiers.shift))
}

/// The days in view in words.
fn days_words(days: &Days<'_>) -> Option<String> {
    let places = days.window.places(days.timeline);
    let dates = &days.timeline.dates;
    let (from, to) = (
        dates.get(places.start)?,
        dates.get(places.end.checked_sub(1)?)?,
    );
    Some(format!("{} to {}", format::date(*from), format::date(*to)))
}

/// The day nearest to the pointer.
fn nearest(days: &Days<'_>, at: Pos2) -> Option<usize> {
    let place = days.place(at.x).round();
    let last = days.timeline.dates.len().checked_sub(1)?;
    Some((place.max(0.0) as usize).min(last))
}

/// First days of months with the dates that stand below them.
fn date_ticks(days: &Days<'_>) -> Vec<(usize, String)> {
    let per_month = days.points_per_day() * 21.0;
    let step = MONTHS
        .into_iter()
        .find(|months| per_month * *months as f32 >= DATE_SPACING)
        .unwrap_or(MONTHS[MONTHS.len() - 1]);
    let month = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let places = days.window.places(days.timeline);
    let dates = &days.timeline.dates;
    places
        .filter(|place| *place > 0)
        .filter(|place| {
            let (now, before) = (month(dates[*place]), month(dates[*place - 1]));
            now != before && now.rem_euclid(step) == 0
        })
        .map(|place| {
            let date = dates[place];
            let words = match (step, date.month()) {
                (12.., _) => date.strftime("%Y").to_string(),
                (_, 1) => date.strftime("%b %y").to_string(),
                (_, _) => date.strftime("%b").to_string(),
            };
            (place, words)
        })
        .collect()
}

fn date(ui: &Ui, days: &Days<'_>, frame: Rect, (place, words): (usize, &str), pill: Option<Rect>) {
    let at = pos2(days.x(place as f64), frame.bottom() + 0.5 * BELOW);
    let font = fonts::inter(fonts::SMALL);
    let ink = tokens(ui).tx3;
    let size = fonts::galley(ui.painter(), words, (font.clone(), ink)).size();
    let rect = Align2::CENTER_CENTER.anchor_size(at, size);
    let is_free = pill.is_none_or(|pill| !pill.expand(4.0).intersects(rect));
    if is_free && rect.left() > frame.left() - 20.0 && rect.right() < frame.right() + 20.0 {
        fonts::write(ui.painter(), at, Align2::CENTER_CENTER, words, (font, ink));
    }
}

/// The line through all charts and its date on the axis; returns the date's ground.
fn crosshair(ui: &Ui, days: &Days<'_>, frame: Rect, place: usize) -> Rect {
    let t = tokens(ui);
    let x = icons::snap(ui, pos2(days.x(place as f64), 0.0)).x;
    ui.painter()
        .vline(x, frame.y_range(), Stroke::new(1.0, t.tx3));
    let words = format::date_weekday(days.timeline.dates[place]);
    let at = pos2(x, frame.bottom() + 0.5 * BELOW);
    let room = frame.with_max_y(frame.bottom() + BELOW);
    Label::figure(words, Ink::Outlined(t.tx3, t.tx), at, Align2::CENTER_CENTER)
        .inside(ui.painter(), room)
        .paint(ui.painter(), &t)
}
