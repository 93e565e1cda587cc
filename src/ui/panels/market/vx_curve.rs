//! The VIX futures: entered prices or the median curve, one row for each expiry.

use egui::{Align2, Popup, Sense, Ui, vec2};
use jiff::civil::Date;

use super::term_structure::reveal;
use crate::calendar::{nearest_vix_monthly, new_york_date};
use crate::document::Command;
use crate::instrument::Root;
use crate::market::vix_shapes::{marks_of, replaced, settled};
use crate::market::{CurveSource, FutureMark};
use crate::ui::export::{DataSet, csv, export_button};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::panels::PanelKind;
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::widgets::{ButtonKind, NumberField, bare, button, section};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Width of a price field, in points.
const PRICE: f32 = 68.0;
/// Expiries that the picker offers at most.
const OFFERED: usize = 12;

/// Shows the curve over the width of its column.
pub(super) fn vx_curve(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let curve = &ctx.valuation.market.curve;
    let contango = curve.contango_pct().map_or_else(String::new, |pct| {
        format!("contango {} %", format::signed(pct, 1))
    });
    section(ui, "VX futures", &contango);
    for point in &curve.points {
        point_row(ui, ctx, (point.expiry, point.price), actions);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        add_future(ui, ctx, actions);
        let data = || csv::vx_curve(&ctx.valuation.market.curve);
        export_button(
            ui,
            Some(PanelKind::Market),
            &[DataSet::new("vx-curve", &data).titled("VX curve")],
            actions,
        );
        if bare(ui, "Show plot")
            .on_hover_text("Goes to the term structure below, where futures can be dragged")
            .clicked()
        {
            reveal(ui);
        }
    });
    assumption(ui, curve.source);
    settled_marks(ui, ctx, actions);
}

/// Says that prices of the curve are assumed.
fn assumption(ui: &mut Ui, source: CurveSource) {
    let (words, meaning) = match source {
        CurveSource::MedianForVix => (
            "median curve: assumption",
            "Historical medians for this VIX; enter a price to replace them",
        ),
        CurveSource::Assumed => (
            "preset: assumption",
            "Put there by a preset of the term structure; enter prices to replace them",
        ),
        CurveSource::PartlyAssumed => (
            "partly assumed",
            "The faint prices are assumptions; enter them to make them yours",
        ),
        CurveSource::Entered => ("", ""),
    };
    if source.is_assumed() {
        ui.label(fonts::caption(words).color(tokens(ui).warn))
            .on_hover_text(meaning);
    }
}

/// Says how many marks have settled, and takes them out.
fn settled_marks(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let marks = &ctx.campaign.marks;
    let count = settled(marks.as_of, &marks.vx);
    if count > 0
        && bare(ui, &format!("Remove {count} settled"))
            .on_hover_text("Marks of futures that have settled; they are no longer on the curve")
            .clicked()
    {
        let curve = &ctx.valuation.market.curve;
        let kept = if curve.source == CurveSource::MedianForVix {
            Vec::new()
        } else {
            marks_of(curve, &marks.vx)
        };
        actions.edit(Command::SetVxCurve(kept));
    }
}

fn point_row(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (expiry, price): (Date, f64),
    actions: &mut Actions,
) {
    let marks = &ctx.campaign.marks;
    let mark = marks.vx.iter().find(|mark| mark.expiry == expiry);
    let is_entered = mark.is_some_and(|mark| !mark.is_assumed);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let t = tokens(ui);
        let name_width = ui.available_width() - PRICE - 28.0 - 4.0;
        let (rect, _space) = ui.allocate_exact_size(vec2(name_width, FIELD_HEIGHT), Sense::hover());
        let font = fonts::inter(fonts::BODY);
        let at = rect.left_center();
        ui.painter()
            .text(at, Align2::LEFT_CENTER, format::date(expiry), font, t.tx);
        let days = format::days_between(new_york_date(marks.as_of), expiry);
        let words = format!("{days} d");
        let font = fonts::mono(fonts::SMALL);
        ui.painter().text(
            rect.right_center(),
            Align2::RIGHT_CENTER,
            words,
            font,
            t.tx3,
        );
        let label = format!("VX {}", format::date(expiry));
        let mut value = price;
        let tone = if is_entered { Tone::Plain } else { Tone::Faint };
        let field = NumberField::new(&mut value, &label)
            .hint("Price of the future in VIX points")
            .tone(tone)
            .range(5.0..=150.0)
            .step(0.05)
            .shift_step(0.25)
            .alt_step(0.01)
            .width(PRICE)
            .show(ui);
        if let Some(price) = field.committed {
            actions.edit(priced(ctx, expiry, price));
        }
        if mark.is_some() && icon_button(ui, Icon::Close, &format!("Remove {label}")).clicked() {
            actions.edit(Command::SetFuture {
                expiry,
                price: None,
            });
        }
    });
    ui.add_space(4.0);
}

/// One price of the curve. On an assumed curve the others stay, as assumptions, so that one edit does not
/// flatten the rest.
fn priced(ctx: &PanelContext<'_>, expiry: Date, price: f64) -> Command {
    if ctx
        .campaign
        .marks
        .vx
        .iter()
        .any(|mark| mark.expiry == expiry)
    {
        return Command::SetFuture {
            expiry,
            price: Some(price),
        };
    }
    with_mark(ctx, FutureMark::entered(expiry, price))
}

/// The curve as marks, with one more or another one.
fn with_mark(ctx: &PanelContext<'_>, mark: FutureMark) -> Command {
    let curve = &ctx.valuation.market.curve;
    let mut marks = marks_of(curve, &ctx.campaign.marks.vx);
    marks.retain(|other| other.expiry != mark.expiry);
    marks.push(mark);
    marks.sort_by_key(|mark| mark.expiry);
    let old = &ctx.campaign.marks;
    Command::SetVxCurve(replaced(old.as_of, &old.vx, marks))
}

/// The picker of listed monthlies that are not on the curve yet.
fn add_future(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let today = new_york_date(ctx.campaign.marks.as_of);
    let curve = &ctx.valuation.market.curve;
    let mut offered: Vec<Date> = Root::Vx
        .listed_expiries(today)
        .into_iter()
        .filter(|expiry| *expiry > today && is_monthly(today, *expiry))
        .filter(|expiry| curve.listed(*expiry).is_none())
        .collect();
    offered.truncate(OFFERED);
    if offered.is_empty() {
        return;
    }
    let button = button(ui, ButtonKind::Bare, Some(Icon::Plus), "Add expiry")
        .on_hover_text("Adds a listed monthly future at the price that the curve gives it");
    Popup::menu(&button).gap(2.0).show(|ui| {
        for expiry in &offered {
            let days = format::days_between(today, *expiry);
            let words = format!("{} · {days} d", format::date_weekday(*expiry));
            if bare(ui, &words).clicked() {
                actions.edit(priced_new(ctx, *expiry));
                ui.close();
            }
        }
    });
}

/// Adds an expiry at the price that the curve gives it today: interpolated, so an assumption.
fn priced_new(ctx: &PanelContext<'_>, expiry: Date) -> Command {
    let curve = &ctx.valuation.market.curve;
    let price = (curve.future_for(expiry) * 100.0).round() / 100.0;
    with_mark(ctx, FutureMark::assumed(expiry, price))
}

fn is_monthly(today: Date, expiry: Date) -> bool {
    nearest_vix_monthly(today, format::days_between(today, expiry)) == expiry
}
