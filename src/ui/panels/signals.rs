//! The signals panel: term structure, linked charts of the past, facts with their formulas, and events.

mod charts;
mod empty;
mod events;
mod facts;
mod lane;
mod paint;
mod readout;
mod term;
mod window;

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use crate::series::Library;
use crate::signal::{Regime, Timeline};
use crate::ui::export::{DataSet, csv, export_button, say_subject};
use crate::ui::icons::Icon;
use crate::ui::panels::PanelKind;
use crate::ui::theme::{PAD, SEAM, Tone, tokens};
use crate::ui::widgets::{ButtonKind, Chip, button, panel_head_with, progress, scroll_body};
use crate::ui::{Action, Actions, LibraryEdit, PanelContext, fonts, format};

/// Narrowest panel with facts in a column of their own, in points.
const TWO_COLUMNS: f32 = 860.0;
/// Width of that column, in points.
const SIDE: f32 = 368.0;
/// Room in the strip at the top that its chip must leave to the marks, in points.
const STRIP_ROOM: f32 = 840.0;
/// Least height of the charts, in points.
const LEAST_CHARTS: f32 = 420.0;
/// Height of the term structure with its head: a share of the panel, between these, in points.
const TERM: [f32; 2] = [168.0, 240.0];

/// Shows the signals panel over the whole of `ui`.
pub fn signals_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    head(ui, ctx, actions);
    let known = ctx.library.filter(|library| !library.is_empty());
    let (Some(library), Some(timeline)) = (known, ctx.history.timeline) else {
        scroll_body(ui, "signals empty", |ui| empty::empty_ui(ui, ctx, actions));
        return;
    };
    say_subject(ui.ctx(), || {
        let places = window::current(ui.ctx(), timeline).places(timeline);
        let day = |place: usize| timeline.dates.get(place).map(|day| format::date(*day));
        match (day(places.start), day(places.end.saturating_sub(1))) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (None, _) | (_, None) => String::new(),
        }
    });
    let area = ui.available_rect_before_wrap();
    if area.width() >= TWO_COLUMNS {
        let split = area.right() - SIDE;
        let left = area.with_max_x(split - SEAM);
        let mut column = child(ui, left);
        scrolled(&mut column, "signals charts", |ui| {
            plots(ui, ctx, (library, timeline), left.height());
        });
        let t = tokens(ui);
        ui.painter()
            .rect_filled(area.with_min_x(split - SEAM).with_max_x(split), 0.0, t.app);
        let mut column = child(ui, area.with_min_x(split));
        scrolled(&mut column, "signals side", |ui| {
            facts::facts_ui(ui, ctx, actions);
            events::events_ui(ui, ctx, library);
        });
    } else {
        scrolled(ui, "signals all", |ui| {
            plots(ui, ctx, (library, timeline), 0.0);
            facts::facts_ui(ui, ctx, actions);
            events::events_ui(ui, ctx, library);
        });
    }
}

fn child(ui: &mut Ui, place: Rect) -> Ui {
    let layout = Layout::top_down(Align::Min);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
    child.set_clip_rect(place.intersect(ui.clip_rect()));
    child
}

fn scrolled(ui: &mut Ui, name: &str, show: impl FnOnce(&mut Ui)) {
    scroll_body(ui, name, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        show(ui);
    });
}

/// The term structure above the charts, together as high as the panel where that is enough.
fn plots(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (library, timeline): (&Library, &Timeline),
    height: f32,
) {
    let width = ui.available_width();
    let term_height = (0.34 * height).clamp(TERM[0], TERM[1]).round();
    let rest = (height - term_height - SEAM).max(LEAST_CHARTS);
    if let Some(term) = &timeline.term {
        let (place, _space) =
            ui.allocate_exact_size(vec2(width, term_height), egui::Sense::hover());
        term::term_ui(ui, place, term);
    }
    let (seam, _space) = ui.allocate_exact_size(vec2(width, SEAM), egui::Sense::hover());
    ui.painter().rect_filled(seam, 0.0, tokens(ui).app);
    let size = vec2(width, rest.floor());
    let (place, _space) = ui.allocate_exact_size(size, egui::Sense::hover());
    // where the panel scrolls, the wheel is for that
    let has_wheel = height >= term_height + SEAM + LEAST_CHARTS;
    charts::charts_ui(ui, place, (ctx, library, timeline), has_wheel);
}

fn head(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    panel_head_with(
        ui,
        "Signals",
        |ui| {
            if let Some(timeline) = ctx.history.timeline {
                regime_chip(ui, timeline);
                divergence_chip(ui, timeline);
                layers_chip(ui, timeline);
            }
        },
        |ui| {
            let import = button(ui, ButtonKind::Secondary, None, "Import…").on_hover_text(
                "Copy a file of Cboe, FRED, Yahoo or Shiller into the folder of market history, and read it",
            );
            if import.clicked() {
                actions.push(Action::Library(LibraryEdit::ImportFile));
            }
            export(ui, ctx, actions);
            if let Some(loading) = ctx.history.loading {
                if progress(ui, "Reading market history", loading.share) {
                    actions.push(Action::Library(LibraryEdit::Cancel));
                }
            } else if let Some(last) = ctx.library.and_then(|library| library.last_day()) {
                let words = format!("Close of {}", format::date(last));
                ui.label(fonts::caption(words).color(tokens(ui).tx2))
                    .on_hover_text("The last day with a close of SPX or VIX, or a future's price");
            }
        },
    );
}

/// The charts as a picture; series in view, term structure and facts as CSV.
fn export(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let timeline = ctx.history.timeline;
    let window = timeline.map(|timeline| window::current(ui.ctx(), timeline));
    let series = || match (timeline, window) {
        (Some(timeline), Some(window)) => csv::history(timeline, window.places(timeline)),
        (None, _) | (_, None) => String::new(),
    };
    let term = || {
        let term = timeline.and_then(|timeline| timeline.term.as_ref());
        term.map_or_else(String::new, csv::term_curves)
    };
    let facts = || ctx.history.facts.map_or_else(String::new, csv::facts);
    let mut sets = Vec::new();
    if timeline.is_some() {
        sets.push(DataSet::new("history", &series).named("series in view"));
    }
    if timeline.is_some_and(|timeline| timeline.term.is_some()) {
        sets.push(DataSet::new("vx-term-structure", &term).named("term structure"));
    }
    if ctx.history.facts.is_some() {
        sets.push(DataSet::new("facts", &facts).named("facts"));
    }
    let picture = timeline.map(|_| PanelKind::Signals);
    if picture.is_some() || !sets.is_empty() {
        export_button(ui, picture, &sets, actions);
    }
}

/// The regime with what forces it and what MACD says beneath.
fn regime_chip(ui: &mut Ui, timeline: &Timeline) {
    let words = match &timeline.regime {
        Ok(found) => {
            let forces: Vec<&str> = found.forced_by.iter().map(|force| force.label()).collect();
            let mut words = if forces.is_empty() {
                String::new()
            } else {
                format!("forced: {}", forces.join(", "))
            };
            if found.regime != found.underlying {
                words.push_str(" · by MACD ");
                words.push_str(found.underlying.label());
            }
            if let Some(last) = found.history.last() {
                words.push_str(" since ");
                words.push_str(&format::date(last.date));
            }
            words
        }
        Err(error) => error.to_string(),
    };
    let label = timeline
        .regime
        .as_ref()
        .map_or("unknown", |found| found.label());
    let icon = match &timeline.regime {
        Ok(found) if found.regime == Regime::Promoter => Icon::Roll,
        Ok(_) | Err(_) => Icon::Shield,
    };
    Chip::new(Tone::Plain)
        .icon(icon)
        .text("Regime")
        .strong(label)
        .text(words.trim())
        .show(ui)
        .on_hover_text(regime_hint(timeline));
}

/// The regime's figures in words.
fn regime_hint(timeline: &Timeline) -> String {
    match &timeline.regime {
        Ok(found) => format!(
            "{}: X {} %, MACD {} − signal {} = {}, {} needed for a change; close of {}",
            found.source.label(),
            format::signed(found.slope_pct, 2),
            format::signed(found.macd, 2),
            format::signed(found.signal, 2),
            format::signed(found.hist, 2),
            format::fixed(found.hist_needed, 2),
            format::date(found.date)
        ),
        Err(error) => format!("{error}. Import the VX settlements of Cboe"),
    }
}

/// The regime in the strip at the top of the desk; a click brings this panel to the front.
pub fn strip_chip(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    // the marks at the left need their room more
    if ui.available_width() < STRIP_ROOM {
        return;
    }
    let Some(timeline) = ctx.history.timeline else {
        return;
    };
    let Ok(found) = &timeline.regime else {
        return;
    };
    let chip = Chip::new(Tone::Plain)
        .icon(Icon::Roll)
        .text("Regime")
        .strong(found.label())
        .clickable()
        .show(ui)
        .on_hover_text(format!("{}. Open the signals", regime_hint(timeline)));
    if chip.clicked() {
        actions.push(Action::Focus(PanelKind::Signals));
    }
}

fn divergence_chip(ui: &mut Ui, timeline: &Timeline) {
    let Some((last, _)) = Timeline::last_of(&timeline.ad) else {
        return;
    };
    let recent = timeline
        .divergences
        .last()
        .filter(|mark| last - mark.last <= 5);
    let hint = "SPX within 0.5 % of its 20-day high while the A/D line stands well below its own";
    if let Some(mark) = recent {
        let ago = match last - mark.last {
            0 => "now".to_owned(),
            1 => "1 session ago".to_owned(),
            more => format!("{more} sessions ago"),
        };
        Chip::new(Tone::Warn)
            .icon(Icon::Warning)
            .strong("A/D divergence")
            .text(&ago)
            .show(ui)
            .on_hover_text(hint);
    }
}

fn layers_chip(ui: &mut Ui, timeline: &Timeline) {
    let Some((last, spread)) = Timeline::last_of(&timeline.spread) else {
        return;
    };
    let is_compressed = timeline.is_compressed[last];
    let words = if is_compressed {
        "compressing"
    } else {
        "not compressing"
    };
    let tone = if is_compressed {
        Tone::Warn
    } else {
        Tone::Plain
    };
    Chip::new(tone)
        .text("Layers")
        .strong(words)
        .show(ui)
        .on_hover_text(format!(
            "Spread of the 30-, 110- and 220-day futures: {} VIX points",
            format::points(spread)
        ));
}

/// Words in the caption style at a place.
fn caption_at(ui: &Ui, at: egui::Pos2, words: &str, ink: egui::Color32) -> Rect {
    let font = fonts::inter(fonts::SMALL);
    fonts::write(
        ui.painter(),
        pos2(at.x, at.y),
        egui::Align2::LEFT_CENTER,
        words,
        (font, ink),
    )
}

/// Inner margin of the plots' heads, in points.
const INSET: f32 = PAD;
