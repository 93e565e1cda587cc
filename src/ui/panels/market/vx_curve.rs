//! The VIX futures: entered prices or the median curve, one row for each expiry.

use egui::{Align2, Popup, Sense, Ui, vec2};
use jiff::civil::Date;

use crate::calendar::{nearest_vix_monthly, new_york_date};
use crate::document::Command;
use crate::instrument::Root;
use crate::market::{CurveSource, FutureMark};
use crate::ui::export::{DataSet, csv, export_button};
use crate::ui::icons::{Icon, icon_button};
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
    let is_median = curve.source == CurveSource::MedianForVix;
    for point in &curve.points {
        point_row(ui, ctx, (point.expiry, point.price), actions);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        add_future(ui, ctx, actions);
        let data = || csv::vx_curve(&ctx.valuation.market.curve);
        export_button(ui, None, &[DataSet::new("vx-curve", &data)], actions);
        if is_median {
            ui.label(fonts::caption("median curve: assumption").color(tokens(ui).warn))
                .on_hover_text("Historical medians for this VIX; enter a price to replace them");
        } else if bare(ui, "Use median curve")
            .on_hover_text(
                "Drops the entered futures: the median curve for this VIX, an assumption",
            )
            .clicked()
        {
            actions.edit(Command::SetVxCurve(Vec::new()));
        }
    });
}

fn point_row(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (expiry, price): (Date, f64),
    actions: &mut Actions,
) {
    let marks = &ctx.campaign.marks;
    let is_entered = marks.vx.iter().any(|mark| mark.expiry == expiry);
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
        if is_entered && icon_button(ui, Icon::Close, &format!("Remove {label}")).clicked() {
            actions.edit(Command::SetFuture {
                expiry,
                price: None,
            });
        }
    });
    ui.add_space(4.0);
}

/// One price of the curve. On the median curve it makes all the others entered too, so that one edit
/// does not flatten the rest.
fn priced(ctx: &PanelContext<'_>, expiry: Date, price: f64) -> Command {
    let curve = &ctx.valuation.market.curve;
    if curve.source == CurveSource::Entered {
        return Command::SetFuture {
            expiry,
            price: Some(price),
        };
    }
    let marks = curve.points.iter().map(|point| FutureMark {
        expiry: point.expiry,
        price: if point.expiry == expiry {
            price
        } else {
            point.price
        },
    });
    Command::SetVxCurve(marks.collect())
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

/// Adds an expiry at the price that the curve gives it today.
fn priced_new(ctx: &PanelContext<'_>, expiry: Date) -> Command {
    let curve = &ctx.valuation.market.curve;
    let price = (curve.future_for(expiry) * 100.0).round() / 100.0;
    if curve.source == CurveSource::Entered {
        return Command::SetFuture {
            expiry,
            price: Some(price),
        };
    }
    let mut marks: Vec<FutureMark> = curve
        .points
        .iter()
        .map(|point| FutureMark {
            expiry: point.expiry,
            price: point.price,
        })
        .collect();
    marks.push(FutureMark { expiry, price });
    marks.sort_by_key(|mark| mark.expiry);
    Command::SetVxCurve(marks)
}

fn is_monthly(today: Date, expiry: Date) -> bool {
    nearest_vix_monthly(today, format::days_between(today, expiry)) == expiry
}
