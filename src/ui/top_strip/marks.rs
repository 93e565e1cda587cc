//! The marks in the top strip: levels, contango and the age of all of it.

use egui::{Response, Ui};

use crate::ui::context::PanelContext;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::tokens;
use crate::ui::widgets::{NowThen, now_then};
use crate::ui::{fonts, format};

/// Marks older than this are greyed and their age warns, in seconds.
const STALE_AFTER_S: i64 = 3 * 3600;

pub(super) fn marks(ui: &mut Ui, ctx: &PanelContext<'_>, is_narrow: bool) {
    let market = &ctx.real_valuation().market;
    let age_s = (ctx.now.as_second() - market.as_of.as_second()).max(0);
    let is_stale = age_s > STALE_AFTER_S;
    for (label, value) in mark_figures(ctx, is_narrow) {
        if !fits(ui, label, &value) {
            return;
        }
        let hint = value.hint_with(&marks_text(ctx));
        pair(ui, label, &value, is_stale).on_hover_text(hint);
    }
    if let Some(contango_pct) = market
        .curve
        .contango_pct()
        .filter(|_pct| ctx.what_if.is_none())
    {
        let contango = NowThen::plain(format!("{} %", format::signed(contango_pct, 1)));
        if !fits(ui, "Contango", &contango) {
            return;
        }
        pair(ui, "Contango", &contango, is_stale)
            .on_hover_text("VX2 / VX1 − 1 of the listed futures; negative is backwardation");
    }
    let t = tokens(ui);
    let age = format::age(age_s);
    let words = if is_narrow {
        age
    } else {
        format!("{} · {age}", instant(market.as_of))
    };
    if !fits(ui, &words, &NowThen::default()) {
        return;
    }
    let (icon, ink) = if is_stale {
        (t.warn, t.warn)
    } else {
        (t.tx3, t.tx2)
    };
    icons::show(ui, Icon::Clock, icon);
    ui.label(fonts::caption(words).color(ink))
        .on_hover_text(marks_text(ctx));
    if let Some(view) = ctx.what_if.filter(|view| view.scenario.days > 0) {
        let words = format!("T+{}", view.scenario.days);
        ui.label(fonts::num(words).color(t.wi))
            .on_hover_text("Calendar days ahead that the what-if assumes");
    }
}

/// The levels of the strip; in a what-if as they are and as it assumes them, and then fewer.
fn mark_figures(ctx: &PanelContext<'_>, is_narrow: bool) -> Vec<(&'static str, NowThen)> {
    let (real, shown) = (&ctx.real_valuation().market, &ctx.valuation.market);
    let level = |now: f64, new: f64| {
        NowThen::of(
            Some(now),
            new,
            |level| format::fixed(level, 2),
            |by| format::signed(by, 2),
        )
    };
    let mut figures = vec![
        ("SPX", level(real.spx, shown.spx)),
        ("VIX", level(real.vix, shown.vix)),
    ];
    let futures: &[&'static str] = match (is_narrow, ctx.what_if.is_some()) {
        (true, _) => &[],
        (false, true) => &["VX1"],
        (false, false) => &["VX1", "VX2"],
    };
    let monthlies = real.curve.monthlies();
    for (label, now) in futures.iter().zip(monthlies) {
        // the same future: the what-if may stand after the first one's settlement
        let new = shown
            .curve
            .points
            .iter()
            .find(|point| point.expiry == now.expiry);
        let new = new.map_or(now.price, |point| point.price);
        figures.push((*label, level(now.price, new)));
    }
    figures
}

/// Whether a pair of words and figure still has room.
fn fits(ui: &Ui, label: &str, value: &NowThen) -> bool {
    let ink = tokens(ui).tx;
    let words = fonts::galley(ui.painter(), label, (fonts::inter(fonts::SMALL), ink));
    let mono = fonts::mono(fonts::BODY);
    let figure = value.width(ui.painter(), (mono.clone(), mono));
    words.size().x + figure + 24.0 <= ui.available_width()
}

fn pair(ui: &mut Ui, label: &str, value: &NowThen, is_stale: bool) -> Response {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.label(fonts::caption(label).color(t.tx3));
    let ink = if is_stale { t.tx3 } else { t.tx };
    let response = now_then(ui, label, value, ink);
    ui.add_space(6.0);
    response
}

/// New York time of the marks.
fn instant(as_of: jiff::Timestamp) -> String {
    let local = as_of.to_zoned(crate::calendar::new_york());
    format!(
        "{} {} ET",
        format::date_short(local.date()),
        local.strftime("%H:%M")
    )
}

fn marks_text(ctx: &PanelContext<'_>) -> String {
    let market = &ctx.real_valuation().market;
    format!(
        "Marks of {}. VX curve {}. Change them in Market data.",
        instant(market.as_of),
        market.curve.source.label()
    )
}
