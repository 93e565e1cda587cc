//! The marks of the index, the rate, the VIX and their instant, each typed in place.

use egui::Ui;

use super::{FIELD_WIDTH, form_row};
use crate::calendar::{new_york, new_york_instant, parse_moment};
use crate::document::Command;
use crate::ui::panels::expiring_on;
use crate::ui::widgets::date_field::{CLOSE, written};
use crate::ui::widgets::{CommitField, DATE_HINT, DateDays, DateLook, NumberField, section};
use crate::ui::{Actions, PanelContext, format};

/// Shows the form over the width of its column.
pub(super) fn marks_form(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let seconds = ctx.now.as_second() - ctx.campaign.marks.as_of.as_second();
    section(ui, "Marks", &format::age(seconds));
    as_of(ui, ctx, actions);
    spx_and_vix(ui, ctx, actions);
    vvix(ui, ctx, actions);
    carry(ui, ctx, actions);
}

fn as_of(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let local = ctx.campaign.marks.as_of.to_zoned(new_york()).datetime();
    let shown = written(local, true);
    let meaning = "Instant of all marks, New York time";
    let look = DateLook {
        has_time: true,
        today: local.date(),
        marks: &|day| expiring_on(ctx.campaign, day),
        days: DateDays::Every,
    };
    let tooltip = format!("{meaning}; a day alone means its close. {DATE_HINT}");
    let moment = form_row(ui, "As of", meaning, |ui| {
        CommitField::new("As of", &shown)
            .date(look)
            .figure()
            .width(FIELD_WIDTH)
            .tooltip(&tooltip)
            .show(ui, |text| {
                parse_moment(text, CLOSE).map_err(|refused| refused.to_string())
            })
    });
    if let Some(moment) = moment {
        actions.edit(Command::SetAsOf(new_york_instant(moment)));
    }
}

fn spx_and_vix(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let marks = &ctx.campaign.marks;
    let mut spx = marks.spx;
    let changed = form_row(ui, "SPX", "S&P 500 index, points", |ui| {
        NumberField::new(&mut spx, "SPX")
            .hint("Every forward and every option price follows it")
            .unit("pt")
            .range(1.0..=1e6)
            .step(5.0)
            .shift_step(25.0)
            .alt_step(1.0)
            .width(FIELD_WIDTH)
            .show(ui)
            .committed
    });
    if let Some(spx) = changed {
        actions.edit(Command::SetSpx(spx));
    }
    let mut vix = marks.vix;
    let changed = form_row(ui, "VIX", "Spot VIX, points", |ui| {
        NumberField::new(&mut vix, "VIX")
            .hint("Level of the VIX path and of vols that are not quoted")
            .unit("pt")
            .range(5.0..=150.0)
            .step(0.25)
            .shift_step(1.0)
            .alt_step(0.05)
            .width(FIELD_WIDTH)
            .show(ui)
            .committed
    });
    if let Some(vix) = changed {
        actions.edit(Command::SetVix(vix));
    }
}

fn vvix(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let assumed = format!("assumed {}", format::fixed(ctx.valuation.market.vvix, 1));
    let shown = ctx
        .campaign
        .marks
        .vvix
        .map_or_else(String::new, format::points);
    let changed = form_row(ui, "VVIX", "Vol of VIX options, points", |ui| {
        CommitField::new("VVIX", &shown)
            .hint(&assumed)
            .figure()
            .width(FIELD_WIDTH)
            .tooltip("Vol of VIX options in points. Empty: assumed from VIX by the model")
            .show_optional(ui, 20.0..=400.0)
    });
    if let Some(vvix) = changed {
        actions.edit(Command::SetVvix(vvix));
    }
}

fn carry(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let marks = &ctx.campaign.marks;
    let percent = |ui: &mut Ui, label: &str, meaning: &str, mut value: f64| {
        form_row(ui, label, meaning, |ui| {
            NumberField::new(&mut value, label)
                .hint("Continuously compounded, per year")
                .percent(true)
                .unit("%")
                .range(-0.5..=0.5)
                .step(0.0005)
                .shift_step(0.0025)
                .alt_step(0.0001)
                .width(FIELD_WIDTH)
                .show(ui)
                .committed
        })
    };
    let rate = percent(ui, "Rate", "Continuously compounded rate", marks.rate);
    let dividend = percent(
        ui,
        "Dividend",
        "Dividend yield of the index",
        marks.dividend,
    );
    if let Some(rate) = rate {
        actions.edit(Command::SetRate(rate));
    }
    if let Some(dividend) = dividend {
        actions.edit(Command::SetDividend(dividend));
    }
}
