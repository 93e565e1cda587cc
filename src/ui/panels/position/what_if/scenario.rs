//! What is assumed: SPX, VIX, days, vol and the rate, each by slider and by number; and the presets.

use egui::Ui;

use super::line::{Line, holding};
use super::vol_shift;
use crate::calendar::new_york_date;
use crate::document::scenarios::{RATE_PCT, SPX_PCT};
use crate::risk::presets::{PRESETS, Preset, VixRule};
use crate::risk::what_if::{WhatIfScenario, last_expiry_days};
use crate::ui::format;
use crate::ui::panels::position::editing::Editing;
use crate::ui::panels::position::parts::place;
use crate::ui::theme::{TIGHT, Tone};
use crate::ui::what_if::{WhatIfEdit, WhatIfView};
use crate::ui::widgets::{Chip, NumberField, Slider, segmented};

/// How far the SPX slider reaches, as a share of the mark.
const SPX_REACH: f64 = 0.25;

/// Every row, then the presets.
pub(super) fn rows(ui: &mut Ui, editing: &mut Editing<'_>, view: &WhatIfView<'_>) {
    let mut next = view.scenario.clone();
    // a slider belongs to the line above it, and brings its own room
    ui.spacing_mut().item_spacing.y = 0.0;
    spx(ui, view, &mut next);
    vix(ui, editing, view, &mut next);
    days(ui, editing, view, &mut next);
    vol_shift::rows(ui, editing, view, &mut next);
    rate(ui, view, &mut next);
    ui.spacing_mut().item_spacing.y = TIGHT;
    ui.add_space(TIGHT);
    presets(ui, view, &mut next);
    if next != *view.scenario {
        editing.what_if(WhatIfEdit::Scenario(next));
    }
}

fn tone(is_moved: bool) -> Tone {
    if is_moved { Tone::WhatIf } else { Tone::Plain }
}

fn spx(ui: &mut Ui, view: &WhatIfView<'_>, next: &mut WhatIfScenario) {
    let now = view.campaign.marks.spx;
    let mut level = view.scenario.spx;
    let is_moved = level.to_bits() != now.to_bits();
    let mut pct = 100.0 * (level / now - 1.0);
    let bounds = SPX_PCT.map(|pct| now * (1.0 + pct / 100.0));
    ui.push_id("spx", |ui| {
        let mut line = Line::begin(ui, "SPX");
        if line.reset(ui, is_moved, "SPX") {
            next.spx = now;
        }
        let field = NumberField::new(&mut pct, "SPX move")
            .hint("Simple move from the mark in %")
            .unit("%")
            .decimals(2)
            .signed()
            .range(SPX_PCT[0]..=SPX_PCT[1])
            .step(0.5)
            .shift_step(2.5)
            .alt_step(0.1)
            .tone(tone(is_moved));
        if let Some(pct) = line.field(ui, 72.0, field) {
            next.spx = (now * (1.0 + pct / 100.0) * 100.0).round() / 100.0;
        }
        let field = NumberField::new(&mut level, "SPX level")
            .hint("SPX that is assumed, in points; the mark stays")
            .range(bounds[0]..=bounds[1])
            .step(5.0)
            .shift_step(25.0)
            .alt_step(1.0)
            .tone(tone(is_moved));
        if let Some(level) = line.field(ui, 80.0, field) {
            next.spx = level;
        }
        line.now(ui, is_moved, &format::fixed(now, 0));
        let range = holding(
            now * (1.0 - SPX_REACH)..=now * (1.0 + SPX_REACH),
            view.scenario.spx,
        );
        let words = format!("{}, {} %", format::fixed(level, 0), format::signed(pct, 1));
        let moved = Slider::new(view.scenario.spx, now, range, "What-if SPX")
            .steps([5.0, 25.0, 1.0])
            .words(&words)
            .hint("SPX that is assumed. Arrows 5 points, Shift 25, Alt 1; a double click goes back to the mark");
        if let Some(level) = moved.show(ui).changed {
            next.spx = level;
        }
    });
}

fn vix(ui: &mut Ui, editing: &Editing<'_>, view: &WhatIfView<'_>, next: &mut WhatIfScenario) {
    let now = view.campaign.marks.vix;
    let model = (100.0 * editing.ctx.valuation.market.vix).round() / 100.0;
    let shown = view.scenario.vix.unwrap_or(model);
    let params = &view.campaign.model;
    let bounds = params.vix_floor.min(now)..=params.vix_cap.max(now);
    let is_moved = (shown - now).abs() > 5e-3;
    ui.push_id("vix", |ui| {
        let mut line = Line::begin(ui, "VIX");
        if line.reset(ui, view.scenario.vix.is_some(), "VIX") {
            next.vix = None;
        }
        let mut level = shown;
        let field = NumberField::new(&mut level, "VIX level")
            .hint("VIX that is assumed, in points. Typing one frees it from the model")
            .range(bounds.clone())
            .step(0.5)
            .shift_step(2.0)
            .alt_step(0.1)
            .tone(tone(is_moved));
        if let Some(level) = line.field(ui, 60.0, field) {
            next.vix = Some(level);
        }
        line.now(ui, is_moved, &format::fixed(now, 2));
        let mut is_free = view.scenario.vix.is_some();
        let choices = [(false, "Model"), (true, "Free")];
        let choice = place(ui, line.rest(), "coupling", |ui| {
            segmented(ui, "VIX", &mut is_free, &choices)
        });
        let choice = choice.on_hover_text(
            "Model: VIX follows SPX as the joint model answers the move. Free: VIX stands where you put it",
        );
        if choice.changed() {
            next.vix = is_free.then_some(model);
        }
        let range = holding(bounds, shown);
        let words = format!(
            "{}, {}",
            format::fixed(shown, 1),
            if is_free { "free" } else { "by model" }
        );
        let moved = Slider::new(shown, now, range, "What-if VIX")
            .steps([0.5, 2.0, 0.1])
            .words(&words)
            .hint("VIX that is assumed; moving it frees it from the model. Arrows 0.5 points, Shift 2, Alt 0.1");
        if let Some(level) = moved.show(ui).changed {
            next.vix = Some(level);
        }
    });
}

fn days(ui: &mut Ui, editing: &Editing<'_>, view: &WhatIfView<'_>, next: &mut WhatIfScenario) {
    let chosen = view.scenario.days;
    let held = last_expiry_days(&view.now.book);
    let drafted = last_expiry_days(&editing.ctx.valuation.book);
    let drafted = if drafted > 0 { drafted + chosen } else { 0 };
    let last = held.max(drafted).max(chosen);
    let day = new_york_date(editing.ctx.valuation.market.as_of);
    ui.push_id("days", |ui| {
        let mut line = Line::begin(ui, "Days forward");
        if line.reset(ui, chosen > 0, "days") {
            next.days = 0;
        }
        let mut count = f64::from(chosen);
        let field = NumberField::new(&mut count, "Days forward")
            .hint("Calendar days ahead of the marks, to the last expiry held")
            .unit("d")
            .decimals(0)
            .range(0.0..=f64::from(last))
            .step(1.0)
            .shift_step(7.0)
            .alt_step(1.0)
            .tone(tone(chosen > 0));
        if let Some(days) = line.field(ui, 60.0, field) {
            next.days = days.round() as u32;
        }
        let words = format!("{}, T+{chosen}", format::date_weekday(day));
        let ink = if chosen > 0 {
            Tone::WhatIf
        } else {
            Tone::Faint
        };
        line.words(ui, &words, ink);
        if last == 0 {
            return;
        }
        let range = 0.0..=f64::from(last);
        let moved = Slider::new(f64::from(chosen), 0.0, range, "What-if day")
            .steps([1.0, 7.0, 1.0])
            .words(&words)
            .hint("Calendar days ahead. Arrows one day, Shift a week");
        if let Some(days) = moved.show(ui).changed {
            next.days = days.round() as u32;
        }
    });
}

fn rate(ui: &mut Ui, view: &WhatIfView<'_>, next: &mut WhatIfScenario) {
    let now = view.campaign.marks.rate;
    let mut rate = view.scenario.rate.unwrap_or(now);
    let is_moved = rate.to_bits() != now.to_bits();
    let put = |rate: f64| (rate.to_bits() != now.to_bits()).then_some(rate);
    ui.push_id("rate", |ui| {
        let mut line = Line::begin(ui, "Rate");
        if line.reset(ui, is_moved, "rate") {
            next.rate = None;
        }
        let bounds = RATE_PCT.map(|pct| now + pct / 100.0);
        let field = NumberField::new(&mut rate, "Rate level")
            .hint("Continuously compounded rate that is assumed for every expiry")
            .unit("%")
            .percent(true)
            .range(bounds[0]..=bounds[1])
            .step(0.0025)
            .shift_step(0.01)
            .alt_step(0.0005)
            .tone(tone(is_moved));
        if let Some(rate) = line.field(ui, 72.0, field) {
            next.rate = put(rate);
        }
        line.now(ui, is_moved, &format::pct(now, 2));
        let range = holding(holding(0.0..=0.08, now), rate);
        let words = format!("{} %", format::pct(rate, 2));
        let moved = Slider::new(rate, now, range, "What-if rate")
            .steps([0.0025, 0.01, 0.0005])
            .words(&words)
            .hint("Rate that is assumed. Arrows 0.25 points, Shift 1, Alt 0.05");
        if let Some(rate) = moved.show(ui).changed {
            next.rate = put(rate);
        }
    });
}

/// The named scenarios of the joint map, each a press away.
fn presets(ui: &mut Ui, view: &WhatIfView<'_>, next: &mut WhatIfScenario) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = TIGHT;
        for preset in &PRESETS {
            let chip = Chip::new(Tone::Plain).text(preset.name).clickable();
            let response = chip.show(ui).on_hover_text(preset_words(preset));
            if response.clicked() {
                let chosen = WhatIfScenario::of_preset(&view.now.book, preset);
                *next = WhatIfScenario {
                    vol_points: next.vol_points,
                    vol_shifts: next.vol_shifts.clone(),
                    rate: next.rate,
                    ..chosen
                };
            }
        }
    });
}

fn preset_words(preset: &Preset) -> String {
    let vix = match preset.vix {
        VixRule::ByModel => format!(
            "VIX by the model, m = {}",
            format::trimmed(preset.stress, 2)
        ),
        VixRule::Moved { pct } => format!("VIX {} %, whatever SPX does", format::signed(pct, 0)),
    };
    format!(
        "{}: SPX {} % in {} trading days, {vix}. Vol shifts and the rate stay",
        preset.name,
        format::signed(preset.spx_pct, 0),
        preset.trading_days,
    )
}
