//! The Greeks plot: one sensitivity of the chosen component against SPX, today and on the days ahead.
//!
//! It shares its SPX range and its cursor with the payoff plot, and draws only what
//! [`GreekCurves`](crate::valuation::GreekCurves) holds; points are dollars per condor and multiplier.

mod cursor;

use egui::{Align2, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::risk::curves::{Component, LineDate};
use crate::risk::greek_curves::{GreekMetric, points_per_condor};
use crate::ui::action::Actions;
use crate::ui::context::PanelContext;
use crate::ui::export::{DataSet, csv, export_button, say_subject};
use crate::ui::panels::PanelKind;
use crate::ui::panels::payoff::{lines, spot};
use crate::ui::plot::canvas::ground;
use crate::ui::plot::line::{LineLook, points, stroke};
use crate::ui::plot::line_end::{LineEnd, line_ends};
use crate::ui::plot::view::{spot_range, values_range};
use crate::ui::plot::{Canvas, CanvasSpec, Ink, Label, View, Viewer, axis, canvas};
use crate::ui::theme::{Tokens, tokens};
use crate::ui::widgets::{
    empty_state, group_hint, head_room, panel_head_with, segmented, segmented_tight,
};
use crate::ui::workspace::{GreekUnit, WorkspaceEdit};
use crate::ui::{format, icons};
use crate::valuation::Valuation;

/// One line, ready to draw.
struct Shown<'a> {
    name: String,
    spots: &'a [f64],
    values: Vec<f64>,
    polyline: Vec<Pos2>,
    look: LineLook,
    is_today: bool,
}

/// The Greeks plot.
pub fn greeks_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    head(ui, ctx, actions);
    let body = ui.available_rect_before_wrap();
    if ctx.valuation.book.legs.is_empty() {
        let sentence = "Type a condor in the quick entry, and its Greeks are drawn here over SPX.";
        empty_state(ui, "No Greeks yet", sentence, None);
        return;
    }
    ui.allocate_rect(body, egui::Sense::hover());
    ground(ui, body);
    say_subject(ui.ctx(), || {
        let greeks = ctx.greeks;
        let alone = if greeks.condor_today.is_empty() {
            ""
        } else {
            ", condors alone dashed grey"
        };
        let (metric, part) = (greeks.metric.label(), greeks.component.label());
        format!("{metric} of {part}{alone}")
    });
    plot(ui, ctx, body, actions);
}

/// Room on the row of the tabs below which the Greeks stand tight, in points.
const ROOMY: f32 = 496.0;

fn head(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let (mut metric, mut unit) = (ctx.workspace.greek, ctx.workspace.greek_unit);
    let (before_metric, before_unit) = (metric, unit);
    let room = head_room(ui);
    panel_head_with(
        ui,
        "Greeks",
        |ui| {
            let choices = GreekMetric::ALL.map(|metric| (metric, metric.label()));
            let response = if room > 0.0 && room < ROOMY {
                let shown = choices.map(|(_, word)| word);
                segmented_tight(ui, "Greek", &mut metric, &choices, &shown)
            } else {
                segmented(ui, "Greek", &mut metric, &choices)
            };
            group_hint(response, "The sensitivity drawn over SPX, now and ahead");
        },
        |ui| {
            let data = || csv::greeks(ctx.greeks);
            export_button(
                ui,
                Some(PanelKind::Greeks),
                &[DataSet::new("greeks", &data)],
                actions,
            );
            let choices = [(GreekUnit::Dollars, "$"), (GreekUnit::Points, "pt")];
            let response = segmented(ui, "Greek unit", &mut unit, &choices);
            response.on_hover_text("Dollars of the whole book, or index points per condor");
        },
    );
    if metric != before_metric {
        actions.workspace(WorkspaceEdit::Greek(metric));
    }
    if unit != before_unit {
        actions.workspace(WorkspaceEdit::GreekUnit(unit));
    }
}

/// The figures of a line in the chosen unit.
fn in_unit(ctx: &PanelContext<'_>, values: &[f64]) -> Vec<f64> {
    in_unit_of(ctx, ctx.valuation, values)
}

/// The figures of a line of a valued book in the chosen unit.
fn in_unit_of(ctx: &PanelContext<'_>, valuation: &Valuation, values: &[f64]) -> Vec<f64> {
    match ctx.workspace.greek_unit {
        GreekUnit::Dollars => values.to_vec(),
        GreekUnit::Points => {
            let condors = valuation.frame.condors;
            values
                .iter()
                .map(|usd| points_per_condor(*usd, condors))
                .collect()
        }
    }
}

/// The band's edges in the chosen unit.
fn band(ctx: &PanelContext<'_>) -> Option<[f64; 2]> {
    let (low, high) = ctx.greeks.vega_band_usd?;
    let edges = in_unit(ctx, &[low, high]);
    Some([*edges.first()?, *edges.last()?])
}

fn plot(ui: &mut Ui, ctx: &PanelContext<'_>, body: Rect, actions: &mut Actions) {
    let t = tokens(ui);
    let lines: Vec<Vec<f64>> = ctx
        .greeks
        .lines
        .iter()
        .map(|(_, values)| in_unit(ctx, values))
        .collect();
    let alone = in_unit(ctx, &ctx.greeks.condor_today);
    let held = held(ctx);
    let edges = band(ctx);
    let ranged = lines.iter().map(Vec::as_slice).chain([alone.as_slice()]);
    let ranged = ranged.chain(held.iter().map(Vec::as_slice));
    let needed = values_range(ranged.chain(edges.iter().map(<[f64; 2]>::as_slice)));
    let canvas = show_canvas(ui, ctx, (body, needed), actions);
    let spots = &ctx.greeks.spots;
    let mut shown = shown(&t, &canvas, ctx, lines);
    shown.extend(held.and_then(|values| held_shown(&t, &canvas, ctx, values)));
    if let Some(edges) = edges {
        band_ground(ui, &t, &canvas, edges);
    }
    axis::grid(ui, &canvas);
    if !alone.is_empty() {
        let look = LineLook::dashed(t.cond, 1.0, lines::CONDOR_DASH);
        stroke(
            &canvas.painter,
            canvas.frame,
            &points(&canvas, spots, &alone),
            look,
        );
    }
    for line in shown.iter().rev() {
        stroke(&canvas.painter, canvas.frame, &line.polyline, line.look);
    }
    spot_lines(ui, &t, &canvas, ctx);
    captions(&t, &canvas, ctx, &shown);
    let text = |value: f64| axis_text(ctx, &canvas, value);
    let pills = cursor::marks(ui, &t, &canvas, (&shown, &text));
    axis::figures(ui, &canvas, text, &pills);
    let ends = shown.iter().filter_map(|line| {
        Some(LineEnd {
            words: line.name.clone(),
            ink: line.look.ink,
            is_strong: line.is_today,
            y: line.polyline.last()?.y,
        })
    });
    line_ends(&canvas, &t, ends.collect());
}

fn show_canvas(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (body, needed): (Rect, (f64, f64)),
    actions: &mut Actions,
) -> Canvas {
    let subject = (
        ctx.greeks.metric.label(),
        ctx.greeks.component.label(),
        ctx.workspace.greek_unit == GreekUnit::Points,
    );
    let viewer = Viewer {
        plot: egui::Id::unique("palisade_greeks_view"),
        subject: egui::Id::unique(subject),
        is_what_if: ctx.what_if.is_some(),
    };
    let is_held = ui.ctx().dragged_id().is_some();
    let spec = CanvasSpec {
        name: "Greeks plot",
        area: body.with_min_y(body.top() + 8.0),
        view: View {
            x: spot_range(&ctx.greeks.spots, ctx.valuation.market.spx),
            y: viewer.value_range(ui.ctx(), needed, is_held),
        },
        pans_value: viewer.is_value_chosen(ui.ctx()),
        is_frozen: ctx.before.is_some() || spot::current(ui.ctx()).is_some(),
    };
    let canvas = canvas(ui, spec);
    viewer.apply(ui.ctx(), canvas.asked, actions);
    canvas
}

/// Today's line of the book as held, beside a what-if.
fn held(ctx: &PanelContext<'_>) -> Option<Vec<f64>> {
    let view = ctx.what_if?;
    let (_, values) = view.now_greeks.lines.first()?;
    let values = in_unit_of(ctx, view.now, values);
    let own = in_unit(ctx, &ctx.greeks.lines.first()?.1);
    let is_same = view.now_greeks.spots == ctx.greeks.spots && own == values;
    (!is_same).then_some(values)
}

fn held_shown<'a>(
    t: &Tokens,
    canvas: &Canvas,
    ctx: &PanelContext<'a>,
    values: Vec<f64>,
) -> Option<Shown<'a>> {
    let spots = ctx.what_if?.now_greeks.spots.as_slice();
    Some(Shown {
        name: "Now, today".to_owned(),
        polyline: points(canvas, spots, &values),
        spots,
        values,
        look: lines::held_look(t, LineDate::Today),
        is_today: false,
    })
}

/// The dated lines with their looks.
fn shown<'a>(
    t: &Tokens,
    canvas: &Canvas,
    ctx: &PanelContext<'a>,
    values: Vec<Vec<f64>>,
) -> Vec<Shown<'a>> {
    let mut ahead = 0;
    let dated = ctx.greeks.lines.iter().map(|(date, _)| *date).zip(values);
    dated
        .map(|(date, values)| {
            let look = lines::look(t, date, ahead, ctx.what_if.is_some());
            ahead += usize::from(matches!(date, LineDate::Ahead(_)));
            Shown {
                name: lines::name_in(ctx, date),
                polyline: points(canvas, &ctx.greeks.spots, &values),
                spots: &ctx.greeks.spots,
                values,
                look,
                is_today: date == LineDate::Today,
            }
        })
        .collect()
}

/// The band that the net vega should lie in, with dashed edges.
fn band_ground(ui: &Ui, t: &Tokens, canvas: &Canvas, [low, high]: [f64; 2]) {
    let frame = canvas.frame;
    let (top, bottom) = (canvas.y(high), canvas.y(low));
    let ground = Rect::from_x_y_ranges(frame.x_range(), top..=bottom).intersect(frame);
    if ground.is_positive() {
        canvas.painter.rect_filled(ground, 0, t.profit_fill());
    }
    for y in [top, bottom] {
        let y = icons::snap(ui, pos2(0.0, y)).y;
        let way = [pos2(frame.left(), y), pos2(frame.right(), y)];
        let edge = Stroke::new(1.0, t.up.gamma_multiply(0.8));
        canvas
            .painter
            .extend(Shape::dashed_line(&way, edge, 3.0, 3.0));
    }
}

/// The real spot in the accent, and in a what-if the scenario's in violet.
fn spot_lines(ui: &Ui, t: &Tokens, canvas: &Canvas, ctx: &PanelContext<'_>) {
    let line = |spot: f64, ink| {
        let x = icons::snap(ui, pos2(canvas.x(spot), 0.0)).x;
        let stroke = Stroke::new(1.0, ink);
        canvas.painter.vline(x, canvas.frame.y_range(), stroke);
    };
    let real = ctx.real_valuation().market.spx;
    line(real, t.accent.gamma_multiply(0.55));
    if ctx.what_if.is_some() {
        line(ctx.valuation.market.spx, t.wi.gamma_multiply(0.8));
    }
}

/// Height of the plot from which the band says its numbers, in points.
const ROOM_FOR_BAND: f32 = 72.0;

/// The band's numbers, and the unit.
fn captions(t: &Tokens, canvas: &Canvas, ctx: &PanelContext<'_>, shown: &[Shown<'_>]) {
    let frame = canvas.frame;
    // in a low plot the words would lie across the lines
    if ctx.greeks.vega_band_usd.is_some() && frame.height() >= ROOM_FOR_BAND {
        let band = ctx.valuation.band;
        let words = format!(
            "Band {} … {}",
            format::signed(band.low, 2),
            format::signed(band.high, 2)
        );
        let top = band_top(canvas, ctx);
        let label = Label::words(
            words,
            Ink::Plain(t.up),
            pos2(frame.left() + 5.0, top + 3.0),
            Align2::LEFT_TOP,
        );
        label
            .inside(&canvas.painter, frame)
            .paint(&canvas.painter, t);
    }
    let unit = match ctx.workspace.greek_unit {
        GreekUnit::Dollars => ctx.greeks.metric.unit().to_owned(),
        GreekUnit::Points => ctx.greeks.metric.unit().replace('$', "pt per condor,"),
    };
    let note = if ctx.greeks.component == Component::Condor || !has_spx_only(ctx.greeks.metric) {
        unit
    } else {
        format!("{unit}, SPX legs only")
    };
    let corners = [
        (
            frame.right_bottom() + vec2(-5.0, -3.0),
            Align2::RIGHT_BOTTOM,
        ),
        (frame.left_bottom() + vec2(5.0, -3.0), Align2::LEFT_BOTTOM),
        (frame.right_top() + vec2(-5.0, 3.0), Align2::RIGHT_TOP),
    ];
    let labels =
        corners.map(|(at, anchor)| Label::words(note.clone(), Ink::Plain(t.tx3), at, anchor));
    let crossed = |label: &Label| {
        let rect = label.rect(&canvas.painter);
        let inside = |line: &&Shown<'_>| line.polyline.iter().any(|at| rect.contains(*at));
        shown.iter().filter(inside).count()
    };
    if let Some(label) = labels.iter().min_by_key(|label| crossed(label)) {
        label.paint(&canvas.painter, t);
    }
}

fn band_top(canvas: &Canvas, ctx: &PanelContext<'_>) -> f32 {
    let top = canvas.frame.top();
    band(ctx).map_or(top, |[_, high]| canvas.y(high).max(top))
}

/// Greeks that VIX legs do not take part in, because theirs are on another underlying.
fn has_spx_only(metric: GreekMetric) -> bool {
    match metric {
        GreekMetric::Theta | GreekMetric::Vega => false,
        GreekMetric::Delta
        | GreekMetric::Gamma
        | GreekMetric::Vanna
        | GreekMetric::Volga
        | GreekMetric::Charm => true,
    }
}

/// A figure at the value axis or on a pill: as many decimals as the visible range needs.
fn axis_text(ctx: &PanelContext<'_>, canvas: &Canvas, value: f64) -> String {
    let (low, high) = canvas.view().y;
    let height = (high - low).abs();
    let decimals = if height > 0.0 {
        (2.0 - height.log10().floor()).clamp(0.0, 6.0) as usize
    } else {
        0
    };
    let decimals = match ctx.workspace.greek_unit {
        GreekUnit::Dollars => decimals.min(4),
        GreekUnit::Points => decimals,
    };
    format::signed(value, decimals.saturating_sub(1))
}
