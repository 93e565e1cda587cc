//! The P/L table on the screen: dates on top, levels at the left, heat in three steps behind signed figures.

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::grid::Grid;
use crate::ui::theme::{PAD, RADIUS_BAR, ROW_HEIGHT, Tokens, tokens};
use crate::ui::widgets::gauge;
use crate::ui::{fonts, format, icons};

/// Room for level and move at the left, in points.
pub(super) const LABEL_WIDTH: f32 = 108.0;
/// Opacity of the three steps of heat over the panel.
const HEAT: [f32; 3] = [0.11, 0.23, 0.37];
/// Upper end of the steps, as a share of the largest figure of its side.
const STEPS: [f64; 2] = [0.25, 0.6];
/// Figures smaller than this share have no heat.
const LEAST: f64 = 0.015;

/// Left and right end of a column.
fn span(area: Rect, columns: usize, index: usize) -> (f32, f32) {
    let left = area.left() + LABEL_WIDTH;
    let width = (area.right() - left) / columns as f32;
    (
        left + width * index as f32,
        left + width * (index + 1) as f32,
    )
}

/// A row of the table over the panel's width.
fn line(ui: &mut Ui) -> Rect {
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (rect, _space) = ui.allocate_exact_size(size, Sense::hover());
    rect.shrink2(vec2(PAD, 0.0))
}

/// The line of dates.
pub(super) fn heads(ui: &mut Ui, grid: &Grid) {
    let t = tokens(ui);
    let area = line(ui);
    let small = fonts::inter(fonts::SMALL);
    let spx = pos2(area.left() + 8.0, area.center().y);
    fonts::write(
        ui.painter(),
        spx,
        Align2::LEFT_CENTER,
        "SPX",
        (small.clone(), t.tx3),
    );
    let count = grid.table.columns.len();
    for (index, column) in grid.table.columns.iter().enumerate() {
        let (left, right) = span(area, count, index);
        let rect = area.with_min_x(left).with_max_x(right);
        let is_today = column.date == grid.today;
        let is_assumed = grid.assumed.is_some_and(|(_, date)| date == column.date);
        let (ink, is_strong) = match (is_assumed, is_today, column.date == grid.last) {
            (true, ..) => (t.wi, true),
            (false, true, _) => (t.accent, true),
            (false, false, true) => (t.tx, true),
            (false, false, false) => (t.tx3, false),
        };
        let font = if is_strong {
            fonts::inter_strong(fonts::SMALL)
        } else {
            small.clone()
        };
        let words = format::date_short(column.date);
        let at = rect.right_center() - vec2(8.0, 0.0);
        let drawn = fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &words, (font, ink));
        if is_today {
            // told apart by more than its colour
            let bar = Rect::from_min_max(
                pos2(drawn.left(), rect.bottom() - 3.0),
                pos2(drawn.right(), rect.bottom() - 1.0),
            );
            ui.painter().rect_filled(bar, RADIUS_BAR, t.accent);
        }
        let id = ui.scope_id().with(("pl head", index));
        let head = ui.interact(rect, id, Sense::hover());
        let name = format!("{words}, {}", grid.ahead(column.date));
        head.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        let more = if column.date == grid.last {
            "\nThe nearest expiry: settlement values"
        } else {
            ""
        };
        head.on_hover_text(format!("{name}{more}"));
    }
}

/// The lines of levels.
pub(super) fn rows(ui: &mut Ui, grid: &Grid) {
    for row in 0..grid.table.spots.len() {
        let area = line(ui);
        level(ui, grid, row, area);
        let count = grid.table.columns.len();
        for column in 0..count {
            let (left, right) = span(area, count, column);
            let rect = area.with_min_x(left).with_max_x(right);
            cell(ui, grid, (row, column), rect);
        }
    }
}

/// Level and move at the left of a row.
fn level(ui: &Ui, grid: &Grid, row: usize, area: Rect) {
    let t = tokens(ui);
    let level = grid.table.spots[row];
    let is_spot = level == grid.spot;
    let is_assumed = grid.assumed.is_some_and(|(spot, _)| spot == level);
    let (ink, font) = match (is_assumed, is_spot) {
        (true, _) => (t.wi, fonts::mono_strong(fonts::SMALL)),
        (false, true) => (t.accent, fonts::mono_strong(fonts::SMALL)),
        (false, false) => (t.tx2, fonts::mono(fonts::SMALL)),
    };
    let painter = ui.painter();
    if is_spot {
        let bar = area.with_max_x(area.left() + 2.0).shrink2(vec2(0.0, 4.0));
        painter.rect_filled(bar, RADIUS_BAR, t.accent);
    }
    let at = area.left_center() + vec2(8.0, 0.0);
    let words = format::strike(level);
    fonts::write(painter, at, Align2::LEFT_CENTER, &words, (font, ink));
    let unit_at = pos2(area.left() + LABEL_WIDTH - 8.0, area.center().y);
    let unit = fonts::write(
        painter,
        unit_at,
        Align2::RIGHT_CENTER,
        "%",
        (fonts::inter(fonts::SMALL), t.tx3),
    );
    fonts::write(
        painter,
        unit.left_center() - vec2(2.0, 0.0),
        Align2::RIGHT_CENTER,
        &format::pct_signed(grid.move_to(level), 1),
        (fonts::mono(fonts::SMALL), t.tx3),
    );
}

fn cell(ui: &Ui, grid: &Grid, (row, column): (usize, usize), rect: Rect) {
    let t = tokens(ui);
    let value = grid.table.cell(row, column);
    let ground = Rect::from_min_max(rect.min, rect.max - vec2(1.0, 1.0));
    let heat = value.and_then(|value| heat(&t, value, grid.extremes));
    if let Some(fill) = heat {
        ui.painter().rect_filled(ground, 0.0, fill);
        if value.is_some_and(|value| value < 0.0) {
            gauge::hatch(ui.painter(), ground, Stroke::new(1.0, t.loss_hatch()));
        }
    }
    let ink = match value {
        None => t.tx3,
        Some(_) if heat.is_none() => t.tx2,
        Some(_) => t.tx,
    };
    fonts::write(
        ui.painter(),
        ground.right_center() - vec2(8.0, 0.0),
        Align2::RIGHT_CENTER,
        &grid.figure(row, column),
        (fonts::mono(fonts::SMALL), ink),
    );
    let is_assumed = grid.assumed.is_some_and(|(spot, date)| {
        spot == grid.table.spots[row] && date == grid.table.columns[column].date
    });
    let is_now = grid.assumed.is_none()
        && grid.table.spots[row] == grid.spot
        && grid.table.columns[column].date == grid.today;
    let response = ui.interact(
        ground,
        ui.scope_id().with(("pl cell", row, column)),
        Sense::hover(),
    );
    let edge = match (is_assumed, is_now, response.hovered()) {
        (true, ..) => Some((1.5, t.wi)),
        (false, true, _) => Some((1.0, t.accent)),
        (false, false, true) => Some((1.0, t.tx3)),
        (false, false, false) => None,
    };
    if let Some((width, ink)) = edge {
        let box_ = Rect::from_min_max(icons::snap(ui, ground.min), icons::snap(ui, ground.max));
        ui.painter()
            .rect_stroke(box_, 0.0, Stroke::new(width, ink), StrokeKind::Inside);
    }
    let words = grid.words(row, column);
    response.widget_info(|| {
        let name = words.lines().next().unwrap_or_default();
        WidgetInfo::labeled(Role::Cell, true, name)
    });
    response.on_hover_text(words);
}

/// The ground of a figure: three steps by its share of the largest of its side.
fn heat(t: &Tokens, value: f64, (loss, profit): (f64, f64)) -> Option<Color32> {
    let (share, ink) = if value < 0.0 {
        (-value / loss, t.dn)
    } else {
        (value / profit, t.up)
    };
    if !share.is_finite() || share < LEAST {
        return None;
    }
    let step = STEPS.iter().filter(|end| share > **end).count();
    Some(ink.gamma_multiply(HEAT[step]))
}

#[cfg(test)]
mod tests {
    use super::heat;
    use crate::ui::theme::Tokens;

    #[test]
    fn heat_has_three_steps_on_each_side_and_none_near_zero() {
        let t = Tokens::dark();
        let of = |value| heat(&t, value, (1000.0, 100.0));
        assert_eq!(of(0.0), None);
        assert_eq!(of(1.0), None);
        let steps = [
            of(20.0),
            of(40.0),
            of(90.0),
            of(-200.0),
            of(-400.0),
            of(-990.0),
        ];
        assert!(steps.iter().all(Option::is_some));
        for (index, step) in steps.iter().enumerate() {
            assert!(steps[..index].iter().all(|other| other != step));
        }
        assert_eq!(heat(&t, -5.0, (0.0, 0.0)), None, "no scale, no heat");
        assert_eq!(heat(&t, f64::NAN, (10.0, 10.0)), None);
    }
}
