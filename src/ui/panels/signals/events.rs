//! The calendar of meetings and releases that are still to come.

use egui::{Align2, Sense, Ui, vec2};

use crate::calendar::new_york_date;
use crate::series::{Event, EventKind, Library};
use crate::signal::{EventParams, MacroEvent, event_window};
use crate::ui::theme::tokens;
use crate::ui::widgets::{divider, panel_body, section};
use crate::ui::{PanelContext, fonts, format};

/// Most events shown.
const MOST: usize = 8;
/// Height of a row, in points.
const ROW: f32 = 22.0;

/// Shows the next events after the instant of the marks.
pub(super) fn events_ui(ui: &mut Ui, ctx: &PanelContext<'_>, library: &Library) {
    let as_of = ctx.real_valuation().market.as_of;
    let today = new_york_date(as_of);
    let all: Vec<MacroEvent> = library
        .events()
        .iter()
        .map(|event| (*event).into())
        .collect();
    let window = event_window(as_of, &all, &EventParams::of(&ctx.pack.signals.events));
    let in_window = |event: &Event| {
        let mut near = window.events.iter();
        near.any(|near| (near.date, near.kind) == (event.date, event.kind))
    };
    panel_body(ui, |ui| {
        divider(ui);
        section(ui, "Events", "window T−2 … T+1 sessions");
        let events = library.events().iter();
        let next: Vec<&Event> = events
            .filter(|event| event.date >= today || in_window(event))
            .take(MOST)
            .collect();
        for event in &next {
            row(
                ui,
                **event,
                in_window(event),
                format::days_between(today, event.date),
            );
        }
        if next.is_empty() {
            let words = "No dates after the marks. Add them as typed rows in Market data, or import a list: date, event";
            ui.label(fonts::caption(words).color(tokens(ui).tx3));
        }
        let words =
            "FOMC days come with Palisade to the end of 2027; a list of yours takes their place";
        ui.label(fonts::caption(words).color(tokens(ui).tx3)).on_hover_text(
            "Any table with the columns date and event in the folder of market history: FOMC, CPI, PPI, Jobs, GDP. \
             It counts alone for each kind and year that it names; typed rows only add to what there is",
        );
        ui.add_space(12.0);
    });
}

fn row(ui: &mut Ui, event: Event, is_near: bool, days: i32) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let mono = fonts::mono(fonts::SMALL);
    let day = event.date.strftime("%a %-d %b").to_string();
    let ink = if is_near { t.warn } else { t.tx2 };
    let painter = ui.painter();
    fonts::write(
        painter,
        rect.left_center(),
        Align2::LEFT_CENTER,
        &day,
        (mono.clone(), ink),
    );
    let at = rect.left_center() + vec2(92.0, 0.0);
    let name = long_name(event.kind);
    fonts::write(
        painter,
        at,
        Align2::LEFT_CENTER,
        name,
        (fonts::inter(fonts::SMALL), t.tx),
    );
    let when = if is_near {
        "in window".to_owned()
    } else {
        format!("in {days} d")
    };
    fonts::write(
        painter,
        rect.right_center(),
        Align2::RIGHT_CENTER,
        &when,
        (mono, if is_near { t.warn } else { t.tx3 }),
    );
    let words = format!("{day} {name} {when}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.on_hover_text(
        "Inside the window sizes are halved; no new condor from a session before until the release",
    );
}

fn long_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Fomc => "FOMC decision",
        EventKind::Cpi => "CPI",
        EventKind::Ppi => "PPI",
        EventKind::Jobs => "Employment",
        EventKind::Gdp => "GDP",
    }
}
