//! Profit by its causes: stacked bars, the net as a line, and a legend that reads out what is under the pointer.

use egui::{Align2, Color32, Pos2, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::stacks::{Look, Series, Stacks};
use crate::calendar::new_york_date;
use crate::journal::Cents;
use crate::ui::plot::axis::ticks;
use crate::ui::theme::{GAP, Tokens, Tone, tokens};
use crate::ui::widgets::{elided, hint};
use crate::ui::{fonts, format};

/// Width of the legend, in points.
const LEGEND: f32 = 208.0;
/// Width of the figures at the left, in points.
const LEFT: f32 = 44.0;
/// Height of the days below, in points.
const BELOW: f32 = 20.0;
/// Height of a row of the legend, in points.
const ROW: f32 = 16.0;
/// Widest bar, in points.
const WIDEST: f32 = 40.0;

/// Shows chart and legend over a height.
pub(in crate::ui::panels::journal) fn chart(ui: &mut Ui, stacks: &Stacks, height: f32) {
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let frame = rect
        .with_min_x(rect.left() + LEFT)
        .with_max_x(rect.right() - LEGEND - GAP)
        .with_max_y(rect.bottom() - BELOW);
    let count = stacks.stops.len();
    if count == 0 || frame.width() < 48.0 || frame.height() < 32.0 {
        return;
    }
    let slot = (frame.width() / count as f32).min(4.0 * WIDEST);
    let hovered = response
        .hover_pos()
        .filter(|at| frame.expand(4.0).contains(*at))
        .map(|at| {
            let place = ((at.x - frame.left()) / slot).floor().max(0.0) as usize;
            place.min(count - 1)
        });
    let words = format!(
        "Profit by its causes, {}",
        format::usd_signed(stacks.total.usd())
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &words));
    let plot = Plot::of(stacks, frame, slot);
    plot.axes(ui, stacks, rect);
    plot.bars(ui, stacks, hovered);
    plot.net(ui, stacks);
    if let Some(place) = hovered {
        let x = plot.middle(place);
        let stroke = Stroke::new(1.0, tokens(ui).edge);
        ui.painter().vline(x, frame.y_range(), stroke);
    }
    legend(ui, rect.with_min_x(rect.right() - LEGEND), stacks, hovered);
}

/// Where values stand.
struct Plot {
    frame: Rect,
    slot: f32,
    low: f64,
    high: f64,
}

impl Plot {
    fn of(stacks: &Stacks, frame: Rect, slot: f32) -> Self {
        let (low, high) = stacks.range();
        let air = (0.06 * (high - low)).max(1.0);
        Self {
            frame,
            slot,
            low: low - air,
            high: high + air,
        }
    }

    fn y(&self, usd: f64) -> f32 {
        let share = (usd - self.low) / (self.high - self.low);
        self.frame.bottom() - self.frame.height() * share as f32
    }

    fn middle(&self, place: usize) -> f32 {
        self.frame.left() + self.slot * (place as f32 + 0.5)
    }

    fn axes(&self, ui: &Ui, stacks: &Stacks, rect: Rect) {
        let t = tokens(ui);
        let painter = ui.painter();
        let font = fonts::mono(fonts::SMALL);
        for value in ticks((self.low, self.high), self.frame.height(), 36.0) {
            let y = crate::ui::icons::snap(ui, pos2(0.0, self.y(value))).y;
            let ink = if value == 0.0 { t.edge } else { t.grid };
            painter.hline(self.frame.x_range(), y, Stroke::new(1.0, ink));
            let at = pos2(self.frame.left() - 8.0, y);
            let words = format::usd_k(value).replace('$', "");
            fonts::write(
                painter,
                at,
                Align2::RIGHT_CENTER,
                &words,
                (font.clone(), t.tx3),
            );
        }
        let y = rect.bottom() - BELOW / 2.0;
        let mut free = f32::NEG_INFINITY;
        for (place, stop) in stacks.stops.iter().enumerate() {
            let words = format::date_short(new_york_date(stop.at));
            let galley = fonts::galley(painter, &words, (font.clone(), t.tx3));
            let half = galley.size().x / 2.0;
            let x = self.middle(place).max(self.frame.left() + half - LEFT);
            if x - half >= free && x + half <= self.frame.right() + 8.0 {
                fonts::write(
                    painter,
                    pos2(x, y),
                    Align2::CENTER_CENTER,
                    &words,
                    (font.clone(), t.tx3),
                );
                free = x + half + 16.0;
            }
        }
    }

    fn bars(&self, ui: &Ui, stacks: &Stacks, hovered: Option<usize>) {
        let t = tokens(ui);
        let width = (self.slot - 2.0).clamp(1.0, WIDEST);
        for (place, stop) in stacks.stops.iter().enumerate() {
            let (mut up, mut down) = (0.0_f64, 0.0_f64);
            for series in &stacks.series {
                let usd = series.values.get(place).map_or(0.0, |cents| cents.usd());
                let from = if usd < 0.0 { &mut down } else { &mut up };
                let (start, end) = (*from, *from + usd);
                *from = end;
                let bar = Rect::from_two_pos(
                    pos2(self.middle(place) - width / 2.0, self.y(start)),
                    pos2(self.middle(place) + width / 2.0, self.y(end)),
                );
                // Marks of the model are paler than those that were entered.
                let strength = match (stop.is_model, hovered) {
                    (true, _) => 0.55,
                    (false, Some(at)) if at != place => 0.8,
                    (false, _) => 1.0,
                };
                paint_part(ui, bar, series.look, (&t, strength));
            }
        }
    }

    fn net(&self, ui: &Ui, stacks: &Stacks) {
        let t = tokens(ui);
        let points = stacks.net.iter().enumerate();
        let line: Vec<Pos2> = points
            .map(|(place, cents)| pos2(self.middle(place), self.y(cents.usd())))
            .collect();
        ui.painter().line(line.clone(), Stroke::new(4.0, t.panel));
        ui.painter().line(line.clone(), Stroke::new(2.0, t.tx));
        if let Some(last) = line.last() {
            ui.painter().circle_filled(*last, 4.5, t.tx);
            ui.painter().circle_filled(*last, 2.5, t.panel);
        }
    }
}

/// How far the lightest and the darkest shade of the condor's colour go towards paper and ink.
const SHADES: [f32; 2] = [0.5, 0.6];

fn ink_of(look: Look, t: &Tokens) -> Color32 {
    match look {
        Look::Condor(shade) => {
            // Light is light in both themes: the largest part is pale, the smallest stand out from it.
            let (light, dark) = if t.is_dark {
                (t.tx, t.panel)
            } else {
                (t.panel, t.tx)
            };
            let away = 2.0 * (shade - 0.5);
            if away < 0.0 {
                t.cond.lerp_to_gamma(light, -away * SHADES[0])
            } else {
                t.cond.lerp_to_gamma(dark, away * SHADES[1])
            }
        }
        Look::Layer(place) => t.layer(place),
        Look::Fees => t.dn,
        Look::Rest => t.tx3,
    }
}

fn paint_part(ui: &Ui, bar: Rect, look: Look, (t, strength): (&Tokens, f32)) {
    if bar.height() <= 0.0 {
        return;
    }
    let ink = ink_of(look, t).gamma_multiply(strength);
    match look {
        Look::Condor(_) | Look::Layer(_) => {
            let gap = if bar.height() > 3.0 { 0.5 } else { 0.0 };
            ui.painter()
                .rect_filled(bar.shrink2(vec2(0.0, gap)), 0.0, ink);
        }
        Look::Fees | Look::Rest => {
            let stroke = Stroke::new(1.0, ink);
            ui.painter()
                .rect_stroke(bar, 0.0, stroke, StrokeKind::Inside);
        }
    }
}

/// Totals, or what is under the pointer.
fn legend(ui: &mut Ui, rect: Rect, stacks: &Stacks, hovered: Option<usize>) {
    let builder = egui::UiBuilder::new().max_rect(rect);
    let mut legend = ui.new_child(builder);
    ScrollArea::vertical()
        .id_salt("attribution legend")
        .auto_shrink(false)
        .show(&mut legend, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let (head, net) = match hovered.and_then(|at| Some((at, stacks.stops.get(at)?))) {
                Some((at, stop)) => {
                    let day = format::date_short(new_york_date(stop.at));
                    let marks = if stop.is_model { ", model" } else { "" };
                    let words = format!("{day}, SPX {}{marks}", format::fixed(stop.spx, 0));
                    (words, stacks.net.get(at).copied().unwrap_or_default())
                }
                None => ("Net".to_owned(), stacks.total),
            };
            row(
                ui,
                (&head, "All parts together: the profit, exactly"),
                None,
                net,
            );
            for series in &stacks.series {
                let value = match hovered {
                    Some(at) => series.values.get(at).copied().unwrap_or_default(),
                    None => series.total,
                };
                row(ui, (&series.name, &series.meaning), Some(series), value);
            }
        });
}

fn row(ui: &mut Ui, (name, meaning): (&str, &str), series: Option<&Series>, value: Cents) {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let mark = Rect::from_center_size(rect.left_center() + vec2(5.0, 0.0), vec2(8.0, 8.0));
    if let Some(series) = series {
        paint_part(ui, mark, series.look, (&t, 1.0));
    } else {
        let line = Stroke::new(2.0, t.tx);
        ui.painter().hline(mark.x_range(), mark.center().y, line);
    }
    let usd = value.usd();
    let words = format::usd_signed(usd);
    let (font, ink) = match series {
        None => (fonts::mono_strong(fonts::SMALL), t.text(Tone::of_sign(usd))),
        Some(_) => (fonts::mono(fonts::SMALL), t.tx),
    };
    let at = rect.right_center() - vec2(4.0, 0.0);
    let drawn = fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &words, (font, ink));
    let room = rect
        .with_min_x(rect.left() + 16.0)
        .with_max_x(drawn.left() - 6.0);
    let (font, ink) = match series {
        None => (fonts::inter_strong(fonts::SMALL), t.tx),
        Some(_) => (fonts::inter(fonts::SMALL), t.tx2),
    };
    elided(ui.painter(), room, name, font, ink);
    let label = format!("{name} {words}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &label));
    hint(response, name, meaning);
}
