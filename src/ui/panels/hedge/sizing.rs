//! “Size to band”: fills what the budget allows at a press, says how far it gets, and opens the list.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Popup, PopupCloseBehavior, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2,
};

use super::order_table::{add, order_table};
use crate::instrument::{LayerKind, Root};
use crate::risk::band::VegaBasis;
use crate::risk::figures::{BandStatus, NetVega, SizingRow};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{GAP, RADIUS_FIELD, Tokens, tokens};
use crate::ui::{Actions, PanelContext, fonts, format, widgets};

/// Height of the row, in points.
const HEIGHT: f32 = 36.0;

/// Shows the button, its sentence and, when asked for, the list of instruments.
pub(super) fn size_to_band(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    net: &NetVega,
    actions: &mut Actions,
) {
    let rows = &ctx.valuation.sizing;
    let best = best_row(rows).filter(|row| row.within_budget > 0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.set_height(HEIGHT);
        let press = ui
            .add_enabled_ui(rows.iter().any(|row| row.contracts > 0), |ui| {
                widgets::primary(ui, "Size to band")
            })
            .inner
            .on_hover_text(press_words(best))
            .on_disabled_hover_text("No instrument is needed to reach the band");
        let lines = sentence(ctx, net);
        let more = more_button(ui, &lines);
        let list = Popup::default_response_id(&more);
        match (press.clicked(), best) {
            (true, Some(row)) => add(ctx, actions, row, row.within_budget),
            (true, None) => Popup::open_id(ui.ctx(), list),
            (false, _) => {}
        }
        Popup::menu(&more)
            .gap(4.0)
            .width(order_table_width(ui))
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name("Hedge instruments")
            .show(|ui| order_table(ui, ctx, actions));
    });
}

/// As wide as the list needs, where the window has the room.
fn order_table_width(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().width() - 40.0).min(super::order_table::WIDTH)
}

/// The instrument that a press fills: the Second layer's, else the first that the budget allows.
fn best_row(rows: &[SizingRow]) -> Option<&SizingRow> {
    let second = rows
        .iter()
        .find(|row| row.layer == Some(LayerKind::Second) && row.within_budget > 0);
    second.or_else(|| {
        rows.iter()
            .find(|row| row.within_budget > 0 && row.layer.is_some())
    })
}

fn press_words(best: Option<&SizingRow>) -> String {
    best.map_or_else(
        || "The hedge budget is used up; opens the list of instruments".to_owned(),
        |row| {
            format!(
                "Buys {} {} at {} within the hedge budget: one undo step",
                row.within_budget,
                row.contract.label(),
                format::points(row.price_points)
            )
        },
    )
}

/// Words and whether they are a figure.
type Piece = (String, bool);

/// The two lines beside the button.
fn sentence(ctx: &PanelContext<'_>, net: &NetVega) -> [Vec<Piece>; 2] {
    let words = |text: &str| (text.to_owned(), false);
    let figure = |text: String| (text, true);
    let status = ctx
        .valuation
        .judged_vega()
        .map_or_else(|| net.normalised_status, |(_figure, status)| status);
    match status {
        BandStatus::Inside { left } => [
            vec![
                words("In the band, "),
                figure(format::fixed(left, 2)),
                words(" to its edge"),
            ],
            vec![words("Compare instruments")],
        ],
        BandStatus::Long { by } => [
            vec![
                words("Long by "),
                figure(format::fixed(by, 2)),
                words(": trim the hedge"),
            ],
            vec![words("Compare instruments")],
        ],
        BandStatus::Short { .. } => short_sentence(ctx),
    }
}

fn short_sentence(ctx: &PanelContext<'_>) -> [Vec<Piece>; 2] {
    let rows = &ctx.valuation.sizing;
    let words = |text: String| (text, false);
    let first = match best_row(rows) {
        Some(row) => {
            let reached = match ctx.valuation.basis() {
                VegaBasis::WidthNormalised => row.reached_normalised,
                VegaBasis::Literal => row.reached_literal,
            };
            let verb = if row.within_budget < row.contracts {
                "Budget stops at"
            } else {
                "Reached by"
            };
            vec![
                words(format!(
                    "{verb} +{} {}, ",
                    row.within_budget,
                    short_name(row)
                )),
                (format::signed(reached, 2), true),
            ]
        }
        None => vec![words("The hedge budget is used up".to_owned())],
    };
    let second = rows.iter().find(|row| row.layer == Some(LayerKind::Second));
    let future = rows.iter().find(|row| row.contract.root() == Root::Vxm);
    let options: Vec<String> = [second, future]
        .into_iter()
        .flatten()
        .filter(|row| row.contracts > 0)
        .map(|row| format!("{} {}", row.contracts, short_name(row)))
        .collect();
    let last = if options.is_empty() {
        "Compare instruments".to_owned()
    } else {
        format!("In the band: {}", options.join(" or "))
    };
    [first, vec![words(last)]]
}

fn short_name(row: &SizingRow) -> &'static str {
    match row.layer {
        Some(LayerKind::First) => "First",
        Some(LayerKind::Second) => "Second",
        Some(LayerKind::Third) => "Third",
        None => row.contract.root().symbol(),
    }
}

/// The two lines as one quiet button that opens the list.
fn more_button(ui: &mut Ui, lines: &[Vec<Piece>; 2]) -> Response {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Compare hedge instruments"));
    if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    for (index, line) in lines.iter().enumerate() {
        let galley = painter.layout_job(line_job(&t, line));
        let y = rect.top() + 10.0 + 16.0 * index as f32 - galley.size().y / 2.0;
        painter.galley(Pos2::new(rect.left() + 4.0, y), galley, t.tx2);
    }
    let caret = Rect::from_center_size(
        Pos2::new(rect.right() - 8.0, rect.top() + 26.0),
        vec2(11.0, 11.0),
    );
    icons::paint(&painter, caret, Icon::Caret, t.tx3);
    icons::focus_ring(ui, rect, &response);
    let spoken: Vec<String> = lines
        .iter()
        .map(|line| line.iter().map(|piece| piece.0.as_str()).collect())
        .collect();
    response.on_hover_text(format!(
        "{}\nOpens the list of instruments with what each would cost",
        spoken.join("\n")
    ))
}

fn line_job(t: &Tokens, line: &[Piece]) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (text, is_figure) in line {
        let (font, ink) = if *is_figure {
            (fonts::mono(fonts::SMALL), t.tx)
        } else {
            (fonts::inter(fonts::SMALL), t.tx2)
        };
        job.append(text, 0.0, TextFormat::simple(font, ink));
    }
    job
}

/// Writes right-aligned text of a list; shared with the list's own file.
pub(super) fn right_text(ui: &Ui, at: Pos2, text: &str, font: egui::FontId, ink: egui::Color32) {
    ui.painter().text(at, Align2::RIGHT_CENTER, text, font, ink);
}
