//! Vol points on every SPX expiry, and on single ones when the list is open.

use egui::Ui;
use jiff::civil::Date;

use super::line::{Line, holding, vol_points};
use crate::document::scenarios::VOL_POINTS;
use crate::risk::what_if::{WhatIfScenario, spx_expiries};
use crate::ui::format;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::panels::position::editing::Editing;
use crate::ui::panels::position::parts::{place, recall, remember};
use crate::ui::theme::Tone;
use crate::ui::what_if::WhatIfView;
use crate::ui::widgets::{NumberField, Slider};

/// How far the sliders reach, in vol points.
const REACH: std::ops::RangeInclusive<f64> = -10.0..=20.0;

/// The row of all expiries, and those of single ones.
pub(super) fn rows(
    ui: &mut Ui,
    editing: &Editing<'_>,
    view: &WhatIfView<'_>,
    next: &mut WhatIfScenario,
) {
    let mut expiries = spx_expiries(&view.now.book);
    expiries.extend(spx_expiries(&editing.ctx.valuation.book));
    expiries.sort();
    expiries.dedup();
    let mut is_open: bool = recall(ui, "vol by expiry");
    let shifted = view.scenario.vol_shifts.len();
    ui.push_id("vol", |ui| {
        let all = Shift {
            name: "Vol shift, all expiries",
            label: "all expiries",
            points: view.scenario.vol_points,
        };
        let chosen = shift_row(ui, &all, |ui, line| {
            if expiries.is_empty() {
                return;
            }
            let icon = if is_open {
                Icon::Caret
            } else {
                Icon::CaretRight
            };
            let hint = match shifted {
                0 => "Shift single expiries on top".to_owned(),
                count => format!("Shift single expiries on top: {count} shifted"),
            };
            place(ui, line.rest(), "open", |ui| {
                if icon_button_hinted(ui, icon, "Vol shift by expiry", &hint).clicked() {
                    is_open = !is_open;
                    remember(ui, "vol by expiry", is_open);
                }
            });
        });
        if let Some(points) = chosen {
            next.vol_points = points;
        }
    });
    if is_open {
        for expiry in expiries {
            single(ui, (expiry, view.scenario.vol_shift(expiry)), next);
        }
    }
}

fn single(ui: &mut Ui, (expiry, points): (Date, f64), next: &mut WhatIfScenario) {
    let label = format::date_short(expiry);
    let shift = Shift {
        name: &format!("    {label}, on top"),
        label: &label,
        points,
    };
    ui.push_id(("vol", expiry), |ui| {
        if let Some(points) = shift_row(ui, &shift, |_ui, _line| {}) {
            next.set_vol_shift(expiry, points);
        }
    });
}

struct Shift<'a> {
    name: &'a str,
    label: &'a str,
    points: f64,
}

fn shift_row(ui: &mut Ui, shift: &Shift<'_>, beside: impl FnOnce(&mut Ui, &Line)) -> Option<f64> {
    let mut points = shift.points;
    let is_moved = points != 0.0;
    let mut line = Line::begin(ui, shift.name);
    let label = format!("vol shift, {}", shift.label);
    let back = line.reset(ui, is_moved, &label).then_some(0.0);
    let name = format!("Vol points, {}", shift.label);
    let field = NumberField::new(&mut points, &name)
        .hint("Vol points added to every strike, beyond what the scenario itself does to the smile")
        .unit("pt")
        .decimals(1)
        .signed()
        .range(VOL_POINTS[0]..=VOL_POINTS[1])
        .step(0.5)
        .shift_step(2.0)
        .alt_step(0.1)
        .tone(if is_moved { Tone::WhatIf } else { Tone::Plain });
    let typed = line.field(ui, 72.0, field);
    beside(ui, &line);
    let name = format!("What-if vol, {}", shift.label);
    let words = vol_points(shift.points);
    let moved = Slider::new(shift.points, 0.0, holding(REACH, shift.points), &name)
        .steps([0.5, 2.0, 0.1])
        .words(&words)
        .hint("Vol points added. Arrows 0.5, Shift 2, Alt 0.1");
    let slid = moved.show(ui).changed;
    back.or(typed).or(slid)
}
