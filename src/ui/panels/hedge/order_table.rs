//! The list behind “Size to band”: what each instrument costs and reaches, and the buttons that buy it.

use egui::{
    Align, Align2, Layout, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::layer_sizes::method_sizes;
use super::sizing::right_text;
use crate::risk::figures::SizingRow;
use crate::ui::theme::{ROW_HEIGHT, tokens};
use crate::ui::widgets::{self, ButtonKind};
use crate::ui::{Action, Actions, PanelContext, fonts, format};
use crate::valuation::HedgeOrder;

/// Width of the list with room for every column, in points.
pub(super) const WIDTH: f32 = 660.0;
/// Room for the two buttons at the right, in points.
const BUTTONS: f32 = 164.0;
/// Heads of the figure columns and the right edge of each, in points from the left.
const COLUMNS: [(&str, f32); 7] = [
    ("Price", 190.0),
    ("Unit vega", 250.0),
    ("To band", 302.0),
    ("Cost", 360.0),
    ("% of credit", 424.0),
    ("Carry / day", 488.0),
    ("", 488.0),
];

/// Shows the list; a button asks for the purchase and closes it.
pub(super) fn order_table(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.set_width(
        WIDTH
            .min(ui.available_width())
            .max(WIDTH.min(ui.ctx().content_rect().width() - 40.0)),
    );
    ui.spacing_mut().item_spacing.y = 0.0;
    head(ui);
    for row in &ctx.valuation.sizing {
        if let Some(contracts) = line(ui, row) {
            add(ctx, actions, row, contracts);
            ui.close();
        }
    }
    ui.add_space(4.0);
    let edge = format::signed(ctx.valuation.band.low, 2);
    ui.label(fonts::caption(format!(
        "To the band's edge at {edge}. A future costs no debit, so no budget; its margin is apart. \
         Cost as % of the condors' credit."
    )));
    method_sizes(ui, ctx);
}

/// Asks for the purchase of `contracts` of a row's instrument.
pub(super) fn add(ctx: &PanelContext<'_>, actions: &mut Actions, row: &SizingRow, contracts: i32) {
    let order = HedgeOrder {
        layer: row.layer,
        contract: row.contract,
        contracts,
        price_points: row.price_points,
    };
    if let Some(command) = order.command(ctx.campaign) {
        actions.edit(command);
        actions.push(Action::Notify(format!(
            "Added {contracts} {} at {}",
            row.contract.label(),
            format::points(row.price_points)
        )));
    }
}

fn head(ui: &mut Ui) {
    let t = tokens(ui);
    let (rect, _space) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let small = || fonts::inter(fonts::SMALL);
    let y = rect.center().y;
    ui.painter().text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        "Instrument",
        small(),
        t.tx3,
    );
    for (title, right) in COLUMNS {
        right_text(ui, Pos2::new(rect.left() + right, y), title, small(), t.tx3);
    }
    let ends = [rect.right() - BUTTONS + 78.0, rect.right()];
    for (title, right) in ["In budget", "To band"].into_iter().zip(ends) {
        right_text(ui, Pos2::new(right, y), title, small(), t.tx3);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, t.line));
}

/// One instrument; the number of contracts asked for in this frame.
fn line(ui: &mut Ui, row: &SizingRow) -> Option<i32> {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), ROW_HEIGHT + 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let y = rect.center().y;
    let layer = row.layer.map_or("", |layer| layer.short_label());
    let name = format!("{} {layer}", row.contract.label());
    ui.painter().text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        name.trim_end(),
        fonts::inter(fonts::BODY),
        t.tx,
    );
    let is_option = row.contract.strike().is_some();
    let cost = if is_option {
        format::usd(row.cost_usd)
    } else {
        "none".to_owned()
    };
    let figures = [
        format::points(row.price_points),
        format::signed(row.unit_vega_points, 3),
        format::quantity(i64::from(row.contracts)),
        cost,
        if is_option {
            format::fixed(row.cost_pct_of_credit, 1)
        } else {
            format::NONE.to_owned()
        },
        format::usd_signed(row.carry_per_day_usd),
    ];
    for (figure, (_title, right)) in figures.iter().zip(COLUMNS) {
        right_text(
            ui,
            Pos2::new(rect.left() + right, y),
            figure,
            fonts::mono(fonts::SMALL),
            t.tx,
        );
    }
    response.on_hover_text(format!(
        "{}: {} index points of SPX vega each; those within the budget reach {} normalised, {} literal",
        row.contract.label(),
        format::signed(row.unit_vega_points, 4),
        format::signed(row.reached_normalised, 2),
        format::signed(row.reached_literal, 2)
    ));
    let left = rect.right() - BUTTONS;
    let places = [
        (left, 78.0, row.within_budget, "within budget"),
        (left + 86.0, 78.0, row.contracts, "to the band"),
    ];
    let mut asked = None;
    for (left, width, contracts, aim) in places {
        let place = Rect::from_min_size(Pos2::new(left, rect.top() + 2.0), vec2(width, ROW_HEIGHT));
        if add_button(ui, place, row, (contracts, aim)) {
            asked = Some(contracts);
        }
    }
    asked
}

fn add_button(ui: &mut Ui, place: Rect, row: &SizingRow, (contracts, aim): (i32, &str)) -> bool {
    let builder = UiBuilder::new()
        .max_rect(place)
        .layout(Layout::right_to_left(Align::Center));
    let mut child = ui.new_child(builder);
    if contracts <= 0 {
        child.label(fonts::caption("none").color(tokens(ui).tx3));
        return false;
    }
    let words = format!("Add {contracts}");
    let response = widgets::button(&mut child, ButtonKind::Secondary, None, &words);
    let name = format!("Add {contracts} {} {aim}", row.contract.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_text(&name).clicked()
}
