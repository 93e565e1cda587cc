//! The hedge for a stress: the least cost a day for each loss, as a line and as a table.

use egui::{Align2, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::decision::{Decision, FrontierPoint, StressHedge};
use crate::ui::theme::{PAD, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, empty_state, panel_body};
use crate::ui::{fonts, format};

/// Height of the picture, in points.
const HEIGHT: f32 = 200.0;
/// Room for the axes' figures: left, bottom, in points.
const MARGIN: [f32; 2] = [56.0, 20.0];
/// Rows of the table at most; the frontier is thinned to them.
const ROWS: usize = 12;

/// Shows the frontier.
pub(super) fn stress_ui(ui: &mut Ui, decision: &Decision) {
    let t = tokens(ui);
    let stress = &decision.stress;
    if stress.frontier.is_empty() {
        let sentence = "The book loses nothing in the stress, or no hedge is offered for it";
        panel_body(ui, |ui| empty_state(ui, "No frontier", sentence, None));
        return;
    }
    panel_body(ui, |ui| {
        ui.label(fonts::body(sentence(stress)).color(t.tx));
        ui.add_space(4.0);
        picture(ui, stress);
        ui.add_space(4.0);
        table(ui, stress);
    });
}

fn sentence(stress: &StressHedge) -> String {
    let scenario = format!(
        "SPX {} %, VIX by the model",
        format::signed(stress.spx_pct, 0)
    );
    let lost = format::usd(stress.held_loss_usd);
    let allowed = format::usd(stress.allowed_usd);
    match stress.chosen.and_then(|place| stress.frontier.get(place)) {
        Some(point) if point.loss_usd <= stress.allowed_usd => format!(
            "{scenario}: held it loses {lost}; {allowed} is allowed. The least cost a day that keeps to it: {} for {} a day",
            lots(point),
            format::usd(point.cost_per_day_usd)
        ),
        Some(point) => format!(
            "{scenario}: held it loses {lost}; {allowed} is allowed, which the budget does not reach. {} gets to {}",
            lots(point),
            format::usd(point.loss_usd)
        ),
        None => format!("{scenario}: held it loses {lost}"),
    }
}

fn lots(point: &FrontierPoint) -> String {
    let words: Vec<String> = (point.lots.iter())
        .filter(|(_, _, count)| *count > 0)
        .map(|(layer, contract, count)| {
            let layer = layer.map_or("", |layer| layer.label());
            format!("{count} {layer} {}", contract.label()).replace("  ", " ")
        })
        .collect();
    if words.is_empty() {
        "nothing bought".to_owned()
    } else {
        words.join(" and ")
    }
}

/// The picture's scales.
struct Chart {
    frame: Rect,
    cost_usd: f64,
    loss_usd: f64,
    /// The loss allowed, or where its line stands when it lies far above all losses.
    allowed_usd: f64,
}

impl Chart {
    fn of(stress: &StressHedge, rect: Rect) -> Self {
        let costs = stress.frontier.iter().map(|point| point.cost_per_day_usd);
        // an allowance far above the loss would leave the line flat at the foot
        let allowed_usd = stress.allowed_usd.min(1.2 * stress.held_loss_usd);
        Self {
            frame: rect
                .with_min_x(rect.left() + MARGIN[0])
                .with_max_y(rect.bottom() - MARGIN[1]),
            cost_usd: costs.fold(1.0, f64::max),
            loss_usd: stress.held_loss_usd.max(allowed_usd).max(1.0),
            allowed_usd,
        }
    }

    fn at(&self, cost_usd: f64, loss_usd: f64) -> Pos2 {
        let up = (loss_usd / (1.1 * self.loss_usd)).clamp(0.0, 1.0) as f32;
        pos2(
            self.frame.left() + self.frame.width() * (cost_usd / self.cost_usd) as f32,
            self.frame.bottom() - self.frame.height() * up,
        )
    }

    fn place(&self, point: &FrontierPoint) -> Pos2 {
        self.at(point.cost_per_day_usd, point.loss_usd)
    }
}

fn picture(ui: &mut Ui, stress: &StressHedge) {
    let t = tokens(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let name = "Loss in the stress against cost a day";
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    let chart = Chart::of(stress, rect);
    ui.painter().rect_filled(chart.frame, 0.0, t.plot);
    grid(ui, &chart, rect.bottom());
    allowance(ui, &chart, stress);
    let mut line: Vec<Pos2> = Vec::new();
    for point in &stress.frontier {
        let here = chart.place(point);
        if let Some(last) = line.last() {
            line.push(pos2(here.x, last.y));
        }
        line.push(here);
    }
    let painter = ui.painter();
    painter.add(Shape::line(line, Stroke::new(2.0, t.accent)));
    if let Some(point) = stress.chosen.and_then(|place| stress.frontier.get(place)) {
        painter.circle_filled(chart.place(point), 4.0, t.accent);
        painter.circle_stroke(chart.place(point), 6.0, Stroke::new(1.5, t.tx));
    }
    hover(ui, response, stress, &chart);
}

fn grid(ui: &Ui, chart: &Chart, foot: f32) {
    let (t, painter) = (tokens(ui), ui.painter());
    let mono = || fonts::mono(fonts::SMALL);
    for step in 0..=4_u32 {
        let share = f64::from(step) / 4.0;
        let (cost, loss) = (share * chart.cost_usd, share * chart.loss_usd);
        let at = chart.at(cost, loss);
        painter.hline(chart.frame.x_range(), at.y, Stroke::new(1.0, t.grid));
        let end = pos2(chart.frame.left() - 6.0, at.y);
        let words = format::usd(loss);
        fonts::write(painter, end, Align2::RIGHT_CENTER, &words, (mono(), t.tx3));
        let words = format!("{}/d", format::usd(cost));
        let anchor = match step {
            0 => Align2::LEFT_BOTTOM,
            4 => Align2::RIGHT_BOTTOM,
            _ => Align2::CENTER_BOTTOM,
        };
        fonts::write(painter, pos2(at.x, foot), anchor, &words, (mono(), t.tx3));
    }
}

/// The loss allowed, as a dashed line.
fn allowance(ui: &Ui, chart: &Chart, stress: &StressHedge) {
    let (t, painter) = (tokens(ui), ui.painter());
    let y = chart.at(0.0, chart.allowed_usd).y.floor() + 0.5;
    let ends = [pos2(chart.frame.left(), y), pos2(chart.frame.right(), y)];
    let stroke = Stroke::new(1.0, t.warn);
    painter.extend(Shape::dashed_line(&ends, stroke, 4.0, 3.0));
    let above = if chart.allowed_usd < stress.allowed_usd {
        " (above)"
    } else {
        ""
    };
    let words = format!("allowed {}{above}", format::usd(stress.allowed_usd));
    let font = fonts::inter(fonts::SMALL);
    let at = ends[1] - vec2(4.0, 2.0);
    fonts::write(painter, at, Align2::RIGHT_BOTTOM, &words, (font, t.warn));
}

fn hover(ui: &Ui, response: egui::Response, stress: &StressHedge, chart: &Chart) {
    let pointer = response.hover_pos();
    let Some(pointer) = pointer.filter(|at| chart.frame.contains(*at)) else {
        return;
    };
    let distance = |point: &&FrontierPoint| (chart.place(point).x - pointer.x).abs();
    let nearest = (stress.frontier.iter()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
    if let Some(point) = nearest {
        let ring = Stroke::new(1.5, tokens(ui).tx);
        ui.painter().circle_stroke(chart.place(point), 4.0, ring);
        response.on_hover_text_at_pointer(format!(
            "{}\nLoss {}, cost {} a day, debit {}",
            lots(point),
            format::usd(point.loss_usd),
            format::usd(point.cost_per_day_usd),
            format::usd(point.debit_usd)
        ));
    }
}

fn table(ui: &mut Ui, stress: &StressHedge) {
    let columns = [
        Column::text("Bought"),
        Column::num("Loss").hint("Loss in the stress, $; a gain is written with its sign"),
        Column::num("Cost / day").hint("Decay and roll-down of what is bought, $ per calendar day"),
        Column::num("Debit").hint("Paid now, $"),
    ];
    let step = stress.frontier.len().div_ceil(ROWS).max(1);
    let shown: Vec<(usize, &FrontierPoint)> = (stress.frontier.iter().enumerate())
        .filter(|(place, _)| place % step == 0 || Some(*place) == stress.chosen)
        .collect();
    let rows: Vec<Row> = shown
        .iter()
        .map(|(place, point)| {
            let row = Row::new(vec![
                Cell::text(lots(point)),
                Cell::num(format::usd(point.loss_usd)).sort(point.loss_usd),
                Cell::num(format::usd(point.cost_per_day_usd)).sort(point.cost_per_day_usd),
                Cell::num(format::usd(point.debit_usd)).sort(point.debit_usd),
            ]);
            if Some(*place) == stress.chosen {
                row.ground(Tone::Accent)
            } else {
                row
            }
        })
        .collect();
    DataTable::new("Hedges for the stress", &columns, &rows)
        .sortable()
        .inset(PAD)
        .show(ui);
}
