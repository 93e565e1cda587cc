//! Which choice gains most by the horizon, on the plane of SPX and VIX, and the same in words.

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::decision::{ChoiceMap, Decision};
use crate::rule::Stance;
use crate::ui::theme::{PAD, Tokens, tokens};
use crate::ui::widgets::StanceLook as _;
use crate::ui::widgets::panel_body;
use crate::ui::{PanelContext, fonts, format, icons};

/// Height of the picture, in points.
const HEIGHT: f32 = 260.0;
/// Room for the axes' figures: left, bottom, in points.
const MARGIN: [f32; 2] = [36.0, 20.0];
/// Width of the words beside the picture, in points.
const WORDS: f32 = 320.0;

/// Shows the map with its words beside or below it.
pub(super) fn map_ui(ui: &mut Ui, ctx: &PanelContext<'_>, decision: &Decision) {
    let is_wide = ui.available_width() >= WORDS + 360.0;
    panel_body(ui, |ui| {
        if is_wide {
            ui.horizontal_top(|ui| {
                let width = ui.available_width() - WORDS - PAD;
                picture(ui, ctx, decision, width);
                ui.add_space(PAD);
                ui.vertical(|ui| words(ui, decision));
            });
        } else {
            let width = ui.available_width();
            picture(ui, ctx, decision, width);
            words(ui, decision);
        }
    });
}

/// The stance of the winner in a cell.
fn stance(decision: &Decision, cell: usize) -> Option<Stance> {
    let winner = *decision.map.winners.get(cell)?;
    let place = *decision.map.choices.get(winner)?;
    Some(decision.choices.get(place)?.stance())
}

/// The colour of a stance on the map.
fn ink(t: &Tokens, stance: Stance) -> Color32 {
    let full = match stance {
        Stance::Hold => t.tx3,
        Stance::Roll => t.accent,
        Stance::Hedge => t.layer(1),
        Stance::Trim => t.warn,
        Stance::Close => t.dn,
        Stance::NoAdvice | Stance::Fix | Stance::Evaluate => t.line,
    };
    // opaque, since neighbouring cells overlap by a hair
    t.plot.blend(full.gamma_multiply(0.45))
}

fn picture(ui: &mut Ui, ctx: &PanelContext<'_>, decision: &Decision, width: f32) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let map = &decision.map;
    let name = "Map of the best choice by SPX and VIX";
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    let frame = rect
        .with_min_x(rect.left() + MARGIN[0])
        .with_max_y(rect.bottom() - MARGIN[1]);
    ui.painter().rect_filled(frame, 0.0, t.plot);
    cells(ui, &t, decision, frame);
    names(ui, &t, decision, frame);
    axes(ui, (&t, map), frame, rect);
    let vix = ctx.valuation.market.vix;
    if let Some(at) = place(map, frame, 0.0, vix) {
        ui.painter().circle_stroke(at, 4.0, Stroke::new(2.0, t.tx));
    }
    if let Some(pointer) = response.hover_pos().filter(|at| frame.contains(*at)) {
        response.on_hover_ui_at_pointer(|ui| readout(ui, decision, frame, pointer));
    }
}

/// Where a level stands; `None` outside of the map.
fn place(map: &ChoiceMap, frame: Rect, spx_pct: f64, vix: f64) -> Option<egui::Pos2> {
    let share = |axis: &[f64], value: f64| {
        let (first, last) = (*axis.first()?, *axis.last()?);
        let share = (value - first) / (last - first);
        (0.0..=1.0).contains(&share).then_some(share as f32)
    };
    let (x, y) = (share(&map.spx_pct, spx_pct)?, share(&map.vix, vix)?);
    Some(pos2(
        frame.left() + x * frame.width(),
        frame.bottom() - y * frame.height(),
    ))
}

/// One cell's rectangle.
fn cell_rect(map: &ChoiceMap, frame: Rect, cell: usize) -> Rect {
    let (columns, rows) = (map.spx_pct.len(), map.vix.len());
    let (column, row) = (cell % columns, cell / columns);
    let size = vec2(frame.width() / columns as f32, frame.height() / rows as f32);
    let corner = pos2(
        frame.left() + column as f32 * size.x,
        frame.bottom() - (row + 1) as f32 * size.y,
    );
    Rect::from_min_size(corner, size)
}

fn cells(ui: &Ui, t: &Tokens, decision: &Decision, frame: Rect) {
    let map = &decision.map;
    let columns = map.spx_pct.len();
    let painter = ui.painter().with_clip_rect(frame);
    for cell in 0..map.winners.len() {
        let Some(own) = stance(decision, cell) else {
            continue;
        };
        let rect = cell_rect(map, frame, cell);
        painter.rect_filled(rect.expand(0.5), 0.0, ink(t, own));
    }
    let edge = Stroke::new(1.5, t.contour);
    for cell in 0..map.winners.len() {
        let rect = cell_rect(map, frame, cell);
        let differs = |other: usize| {
            map.winners
                .get(other)
                .is_some_and(|it| *it != map.winners[cell])
        };
        if (cell + 1) % columns != 0 && differs(cell + 1) {
            painter.vline(rect.right(), rect.y_range(), edge);
        }
        if differs(cell + columns) {
            painter.hline(rect.x_range(), rect.top(), edge);
        }
    }
}

/// Each region's name at the middle of its cells, so that the colour is not all that tells.
fn names(ui: &Ui, t: &Tokens, decision: &Decision, frame: Rect) {
    let map = &decision.map;
    for winner in 0..map.choices.len() {
        let won: Vec<usize> = (0..map.winners.len())
            .filter(|cell| map.winners[*cell] == winner)
            .collect();
        let Some(own) = won.first().and_then(|cell| stance(decision, *cell)) else {
            continue;
        };
        if won.len() * 60 < map.winners.len() {
            continue;
        }
        let Some(cell) = roomiest(map, winner) else {
            continue;
        };
        let at = cell_rect(map, frame, cell).center();
        let font = fonts::inter_strong(fonts::BODY);
        fonts::write(
            ui.painter(),
            at,
            Align2::CENTER_CENTER,
            own.label(),
            (font, t.tx),
        );
    }
}

/// The cell of a region with the most room around it for a word, which is wider than high.
fn roomiest(map: &ChoiceMap, winner: usize) -> Option<usize> {
    let columns = map.spx_pct.len();
    let rows = map.vix.len();
    let is_own = |column: usize, row: usize| map.winners[row * columns + column] == winner;
    let run = |cell: usize| {
        let (column, row) = (cell % columns, cell / columns);
        let left = (0..column).rev().take_while(|at| is_own(*at, row)).count();
        let right = (column + 1..columns)
            .take_while(|at| is_own(*at, row))
            .count();
        let down = (0..row).rev().take_while(|at| is_own(column, *at)).count();
        let up = (row + 1..rows).take_while(|at| is_own(column, *at)).count();
        left.min(right).min(3 * down.min(up))
    };
    let own = (0..map.winners.len()).filter(|cell| map.winners[*cell] == winner);
    own.max_by_key(|cell| run(*cell))
}

fn axes(ui: &Ui, (t, map): (&Tokens, &ChoiceMap), frame: Rect, rect: Rect) {
    let painter = ui.painter();
    let font = || fonts::mono(fonts::SMALL);
    for spx_pct in [-10.0, -5.0, 0.0, 5.0] {
        let Some(at) = map
            .vix
            .first()
            .and_then(|vix| place(map, frame, spx_pct, *vix))
        else {
            continue;
        };
        painter.vline(at.x, frame.y_range(), Stroke::new(1.0, t.grid));
        let words = format!("{} %", format::signed(spx_pct, 0));
        fonts::write(
            painter,
            pos2(at.x, rect.bottom()),
            Align2::CENTER_BOTTOM,
            &words,
            (font(), t.tx3),
        );
    }
    for step in 1..=9_u32 {
        let vix = 10.0 * f64::from(step);
        let Some(at) = map
            .spx_pct
            .first()
            .and_then(|spx| place(map, frame, *spx, vix))
        else {
            continue;
        };
        painter.hline(frame.x_range(), at.y, Stroke::new(1.0, t.grid));
        let words = format::fixed(vix, 0);
        let end = pos2(frame.left() - 6.0, at.y);
        fonts::write(painter, end, Align2::RIGHT_CENTER, &words, (font(), t.tx3));
    }
    let small = fonts::inter(fonts::SMALL);
    let corner = pos2(rect.left(), frame.top() + 6.0);
    fonts::write(painter, corner, Align2::LEFT_CENTER, "VIX", (small, t.tx3));
}

fn readout(ui: &mut Ui, decision: &Decision, frame: Rect, at: egui::Pos2) {
    let map = &decision.map;
    let (columns, rows) = (map.spx_pct.len(), map.vix.len());
    let column = ((at.x - frame.left()) / frame.width() * columns as f32) as usize;
    let row = ((frame.bottom() - at.y) / frame.height() * rows as f32) as usize;
    let cell = row.min(rows - 1) * columns + column.min(columns - 1);
    ui.label(fonts::caption_strong(format!(
        "SPX {} %, VIX {}",
        format::signed(map.spx_pct[column.min(columns - 1)], 1),
        format::fixed(map.vix[row.min(rows - 1)], 1)
    )));
    for (index, place) in map.choices.iter().enumerate() {
        let choice = &decision.choices[*place];
        let usd = map.pl_usd[index][cell];
        let words = format!("{}  {}", choice.stance().label(), format::usd_signed(usd));
        let is_best = map.winners[cell] == index;
        ui.label(if is_best {
            fonts::num_small_strong(words)
        } else {
            fonts::num_small(words)
        });
    }
}

fn words(ui: &mut Ui, decision: &Decision) {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.y = 4.0;
    let day = format::date(decision.basis.horizon);
    ui.label(
        fonts::caption(format!(
            "P/L from now to {day}, costs taken off; the ring is today"
        ))
        .color(t.tx3),
    );
    for place in &decision.map.choices {
        let choice = &decision.choices[*place];
        ui.horizontal(|ui| {
            let (swatch, _space) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
            ui.painter()
                .rect_filled(swatch, 2.0, ink(&t, choice.stance()));
            icons::show(ui, choice.stance().icon(), t.tx2);
            ui.label(fonts::caption_strong(choice.stance().label()).color(t.tx));
            ui.add(
                egui::Label::new(fonts::caption(&choice.candidate.name).color(t.tx2)).truncate(),
            );
        });
    }
    ui.add_space(4.0);
    for comparison in &decision.map.comparisons {
        let right = format::pct(comparison.boundary.right_share, 0);
        ui.add(egui::Label::new(fonts::body(&comparison.sentence).color(t.tx)).wrap())
            .on_hover_text(format!(
                "Right in {right} of the map's cells; two limits cannot say more"
            ));
    }
}
