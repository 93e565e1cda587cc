//! A small table of figures: right-aligned, tabular, sorted, filtered, and copied as text.

mod cell;
mod copy;
mod filter;
mod long;
mod text;

use egui::{Align, Align2, Id, Key, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

pub use cell::{Cell, Column, Row};
pub use copy::{copy_button, offer_table};
use filter::Filter;
pub use filter::{filter_field, matches_filter};
pub use long::{LongTable, TableOrder};
pub use text::{to_csv, to_tsv};

use super::hint;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::made_once::made_once;
use crate::ui::theme::{ROW_HEIGHT, tokens};

/// Gap between two columns, in points.
const GUTTER: f32 = 12.0;

/// Builder of a table.
#[must_use = "call `show`"]
pub struct DataTable<'a> {
    id: &'a str,
    columns: &'a [Column],
    rows: &'a [Row],
    row_height: f32,
    is_sortable: bool,
    is_selectable: bool,
    selected: Option<usize>,
    filter: Filter,
    inset: f32,
    gutter: f32,
    is_sticky: bool,
    long: Option<LongTable<'a>>,
}

/// What happened to a table in this frame; row indices are those of the slice that was given.
#[derive(Debug)]
pub struct TableResponse {
    /// The whole table.
    pub response: Response,
    /// Row that was clicked, when rows are selectable.
    pub clicked: Option<usize>,
    /// Row that was double-clicked, or on which Enter was pressed, when rows are selectable.
    pub opened: Option<usize>,
    /// Row under the pointer.
    pub hovered: Option<usize>,
    /// The order that the reader asked for, after this frame's clicks.
    pub order: Option<TableOrder>,
    /// The rows that the filter left, in the order shown.
    pub shown: Vec<usize>,
}

impl<'a> DataTable<'a> {
    /// A table; `id` is unique in its `Ui` and names it for assistive tools.
    pub const fn new(id: &'a str, columns: &'a [Column], rows: &'a [Row]) -> Self {
        Self {
            id,
            columns,
            rows,
            row_height: ROW_HEIGHT,
            is_sortable: false,
            is_selectable: false,
            selected: None,
            filter: Filter::Off,
            inset: 0.0,
            gutter: GUTTER,
            is_sticky: false,
            long: None,
        }
    }

    /// Height of a row, 24 when not set.
    pub const fn row_height(mut self, height: f32) -> Self {
        self.row_height = height;
        self
    }

    /// A click on a head sorts by that column, a second one turns the order, a third ends it.
    pub const fn sortable(mut self) -> Self {
        self.is_sortable = true;
        self
    }

    /// A field above filters the rows once there are more than twelve.
    pub const fn filterable(mut self) -> Self {
        self.filter = Filter::ForMany;
        self
    }

    /// A field above filters the rows, however few they are.
    pub const fn with_filter(mut self) -> Self {
        self.filter = Filter::On;
        self
    }

    /// Rows react to clicks; `selected` is drawn as such.
    pub const fn selectable(mut self, selected: Option<usize>) -> Self {
        self.is_selectable = true;
        self.selected = selected;
        self
    }

    /// Space inside the left and right edge, so that row grounds can reach the panel's edge.
    pub const fn inset(mut self, inset: f32) -> Self {
        self.inset = inset;
        self
    }

    /// Gap between two columns, 12 when not set.
    pub const fn gutter(mut self, gutter: f32) -> Self {
        self.gutter = gutter;
        self
    }

    /// The heads stay in sight when the rows scroll away under them.
    pub const fn sticky(mut self) -> Self {
        self.is_sticky = true;
        self
    }

    /// With rows that its caller keeps, filters and orders; see [`LongTable`].
    pub const fn long(mut self, long: LongTable<'a>) -> Self {
        self.long = Some(long);
        self
    }

    /// Shows the table over the available width.
    pub fn show(self, ui: &mut Ui) -> TableResponse {
        let id = ui.make_persistent_id(("data_table", self.id));
        let mut order = self.order(ui, id);
        let rows = match self.long {
            Some(long) => long.shown.to_vec(),
            None => filter::shown_rows(ui, (id, self.id), self.rows, self.filter),
        };
        let size = vec2(
            ui.available_width(),
            self.row_height * (rows.len() + 1) as f32,
        );
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, self.id));
        let spans = self.spans(ui, id, rect.shrink2(vec2(self.inset, 0.0)));
        let head = self.head(ui, rect);
        if !self.is_sticky {
            self.heads(ui, (id, head), &spans, &mut order);
        }
        let mut result = TableResponse {
            response,
            clicked: None,
            opened: None,
            hovered: None,
            order,
            shown: self.in_order(ui, id, rows, order),
        };
        let all = result.shown.clone().into_iter().enumerate();
        let (first, count) = self.seen(ui, rect, result.shown.len());
        for (place, index) in all.skip(first).take(count) {
            let top = rect.top() + self.row_height * (place + 1) as f32;
            let line = Rect::from_min_size(
                egui::pos2(rect.left(), top),
                vec2(rect.width(), self.row_height),
            );
            self.row(ui, id, (line, index, &spans), &mut result);
        }
        if self.is_sticky {
            // after the rows, so that they pass beneath it
            if head.top() > rect.top() {
                ui.painter().rect_filled(head, 0.0, tokens(ui).panel);
                let line = Stroke::new(1.0, tokens(ui).line);
                ui.painter().hline(head.x_range(), head.bottom(), line);
            }
            self.heads(ui, (id, head), &spans, &mut order);
            result.order = order;
        }
        ui.data_mut(|data| data.insert_temp(id, order));
        self.take_along(ui, &result);
        result
    }

    /// Indices of rows in the order asked for; cells without a sort value come last.
    fn sorted(&self, mut indices: Vec<usize>, order: Option<TableOrder>) -> Vec<usize> {
        if let Some(TableOrder {
            column,
            is_descending,
        }) = order
        {
            let key = |index: &usize| self.rows[*index].cells.get(column);
            indices.sort_by(|a, b| cell::compare(key(a), key(b), is_descending));
        }
        indices
    }

    /// Widths of the columns by their words, measured again when those change.
    fn natural_widths(&self, ui: &Ui, id: Id) -> Vec<f32> {
        let scale = ui.pixels_per_point().to_bits();
        let words = (self.columns, self.is_dense(), scale);
        let key = match self.long {
            Some(long) => egui::epaint::util::hash((words, long.key)),
            None => egui::epaint::util::hash((words, self.rows)),
        };
        let widths = made_once(ui, id.with("widths"), key, || {
            let columns = self.columns.iter().enumerate();
            let width = |(index, column): (usize, &Column)| {
                let natural = || {
                    let cells = self.rows.iter().filter_map(|row| row.cells.get(index));
                    cells
                        .map(|cell| cell.width(ui, self.is_dense()))
                        .fold(column.width(ui), f32::max)
                };
                match self.long {
                    Some(_) if column.grows => 0.0,
                    Some(_) | None => column.fixed_width.unwrap_or_else(natural),
                }
            };
            columns.map(width).collect::<Vec<f32>>()
        });
        widths.as_ref().clone()
    }

    /// Left and right end of every column: natural widths, the rest goes to the growing one.
    fn spans(&self, ui: &Ui, id: Id, area: Rect) -> Vec<(f32, f32)> {
        let mut widths = self.natural_widths(ui, id);
        let gaps = self.gutter * self.columns.len().saturating_sub(1) as f32;
        let spare = area.width() - gaps - widths.iter().sum::<f32>();
        let growing = self.columns.iter().position(|column| column.grows);
        match (growing, widths.len()) {
            (Some(index), _) => widths[index] = (widths[index] + spare).max(24.0),
            (None, 0 | 1) => {}
            (None, count) if spare > 0.0 => {
                let share = spare / (count - 1) as f32;
                widths.iter_mut().skip(1).for_each(|width| *width += share);
            }
            (None, _) => {}
        }
        let mut left = area.left();
        widths
            .into_iter()
            .map(|width| {
                let span = (left, left + width);
                left += width + self.gutter;
                span
            })
            .collect()
    }

    fn is_dense(&self) -> bool {
        self.row_height < ROW_HEIGHT
    }

    fn heads(
        &self,
        ui: &Ui,
        (id, head): (Id, Rect),
        spans: &[(f32, f32)],
        order: &mut Option<TableOrder>,
    ) {
        let t = tokens(ui);
        for (index, (column, (left, right))) in self.columns.iter().zip(spans).enumerate() {
            let rect = head.with_min_x(*left).with_max_x(*right);
            let mut ink = t.tx3;
            if self.is_sortable {
                let response = ui.interact(rect, id.with(("head", index)), Sense::click());
                response.widget_info(|| {
                    let name = format!("Sort by {}", column.title);
                    WidgetInfo::labeled(Role::Button, true, name)
                });
                if response.hovered() {
                    ink = t.tx;
                }
                if response.clicked() {
                    *order = turned(*order, index);
                }
                icons::focus_ring(ui, rect.shrink(2.0), &response);
                hint(response, &column.title, &column.hint_or_title());
            } else {
                let response = ui.interact(rect, id.with(("head", index)), Sense::hover());
                hint(response, &column.title, &column.hint);
            }
            let (at, anchor) = anchored(rect, column.align);
            let font = fonts::inter(fonts::SMALL);
            let drawn = fonts::write(ui.painter(), at, anchor, &column.title, (font, ink));
            if let Some(order) = order.filter(|order| order.column == index) {
                paint_order(ui, drawn, column.align, order);
            }
        }
    }

    fn row(
        &self,
        ui: &Ui,
        id: Id,
        (line, index, spans): (Rect, usize, &[(f32, f32)]),
        result: &mut TableResponse,
    ) {
        let t = tokens(ui);
        let row = &self.rows[index];
        let sense = if self.is_selectable {
            Sense::click()
        } else {
            Sense::hover()
        };
        let response = ui.interact(line, id.with(("row", index)), sense);
        let is_selected = self.is_selectable && self.selected == Some(index);
        let is_marked = is_selected || self.is_chosen(index);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_marked, row.words()));
        if response.clicked() {
            result.clicked = Some(index);
        }
        let is_entered = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if self.is_selectable && (response.double_clicked() || is_entered) {
            result.opened = Some(index);
        }
        if !ui.is_rect_visible(line) {
            // scrolled away: named and reachable, but nothing to draw
            return;
        }
        if is_selected {
            if !self.is_left_out(index) {
                ui.painter().rect_filled(line, 0.0, t.accent_bg);
            }
            let edge = line.with_max_x(line.left() + 2.0);
            ui.painter().rect_filled(edge, 0.0, t.accent);
        } else if self.is_chosen(index) {
            ui.painter().rect_filled(line, 0.0, t.accent_bg);
        } else if let Some(tone) = row.ground {
            ui.painter().rect_filled(line, 0.0, t.ground(tone));
        } else if self.is_selectable && response.hovered() {
            ui.painter().rect_filled(line, 0.0, t.hover);
        }
        if row.has_line_above {
            let y = icons::snap(ui, line.left_top()).y;
            ui.painter()
                .hline(line.x_range(), y, Stroke::new(1.0, t.line));
        }
        for ((cell, column), (left, right)) in row.cells.iter().zip(self.columns).zip(spans) {
            let rect = line.with_min_x(*left).with_max_x(*right);
            cell.paint(ui, rect, column.align, self.is_dense());
        }
        if response.hovered() {
            result.hovered = Some(index);
        }
        icons::focus_ring(ui, line.shrink(2.0), &response);
        if !row.hint.is_empty() {
            response.on_hover_text(&row.hint);
        }
    }
}

/// The next order after a click on a head: ascending, descending, none.
fn turned(order: Option<TableOrder>, column: usize) -> Option<TableOrder> {
    match order {
        Some(order) if order.column == column && order.is_descending => None,
        Some(order) if order.column == column => Some(TableOrder {
            column,
            is_descending: true,
        }),
        Some(_) | None => Some(TableOrder {
            column,
            is_descending: false,
        }),
    }
}

fn anchored(rect: Rect, align: Align) -> (egui::Pos2, Align2) {
    match align {
        Align::Min => (rect.left_center(), Align2::LEFT_CENTER),
        Align::Center => (rect.center(), Align2::CENTER_CENTER),
        Align::Max => (rect.right_center(), Align2::RIGHT_CENTER),
    }
}

fn paint_order(ui: &Ui, head: Rect, align: Align, order: TableOrder) {
    let icon = if order.is_descending {
        Icon::ArrowDown
    } else {
        Icon::ArrowUp
    };
    let x = match align {
        Align::Min => head.right() + 7.0,
        Align::Center | Align::Max => head.left() - 7.0,
    };
    let box_ = Rect::from_center_size(egui::pos2(x, head.center().y), vec2(9.0, 9.0));
    icons::paint(ui.painter(), box_, icon, tokens(ui).accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_turns_through_three_orders() {
        let first = turned(None, 2);
        assert!(first.is_some_and(|o| o.column == 2 && !o.is_descending));
        let second = turned(first, 2);
        assert!(second.is_some_and(|o| o.is_descending));
        assert!(turned(second, 2).is_none());
        assert!(turned(second, 1).is_some_and(|o| o.column == 1 && !o.is_descending));
    }

    #[test]
    fn sorting_keeps_cells_without_value_last() {
        let columns = [Column::text("Row"), Column::num("Value")];
        let row = |name: &str, value: f64| {
            let cell = if value.is_finite() {
                Cell::num(name).sort(value)
            } else {
                Cell::num("–")
            };
            Row::new(vec![Cell::text(name), cell])
        };
        let rows = [row("a", 2.0), row("b", f64::NAN), row("c", -1.0)];
        let table = DataTable::new("t", &columns, &rows);
        let by = |is_descending| {
            let order = TableOrder {
                column: 1,
                is_descending,
            };
            table.sorted(vec![0, 1, 2], Some(order))
        };
        assert_eq!(by(false), [2, 0, 1]);
        assert_eq!(by(true), [0, 2, 1]);
        assert_eq!(table.sorted(vec![2, 1], None), [2, 1]);
    }
}
