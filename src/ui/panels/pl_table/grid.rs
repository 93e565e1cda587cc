//! What the table shows: rows, columns, figures and which of them are marked; and the same as text.

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::{Choices, Shown, cache};
use crate::calendar::new_york_date;
use crate::risk::curves::Component;
use crate::risk::pl_table::{PlTable, PlTableRequest, last_date, table_dates, table_spots};
use crate::ui::widgets::{Cell, Column, Row};
use crate::ui::{PanelContext, format};

/// How much fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Rows of levels.
    pub rows: usize,
    /// Columns of dates.
    pub columns: usize,
}

/// The table of this frame.
pub(super) struct Grid {
    /// The figures.
    pub table: Arc<PlTable>,
    /// Whether they are a difference.
    pub is_change: bool,
    /// Which part of the book.
    pub component: Component,
    /// SPX now, real.
    pub spot: f64,
    /// Today, real.
    pub today: Date,
    /// The last column's date.
    pub last: Date,
    /// SPX and date that a what-if assumes.
    pub assumed: Option<(f64, Date)>,
    /// The largest loss and profit, for the heat.
    pub extremes: (f64, f64),
}

impl Grid {
    /// Prices the table, or takes it from the last frame.
    pub fn of(ui: &Ui, ctx: &PanelContext<'_>, choices: &Choices, room: Room) -> Self {
        let now = ctx.what_if.map_or(ctx.valuation, |view| view.now);
        let today = new_york_date(now.market.as_of);
        let assumed = ctx.what_if.map(|_| {
            let market = &ctx.valuation.market;
            (market.spx, new_york_date(market.as_of))
        });
        let last = last_date(&ctx.valuation.book);
        let spot = now.market.spx;
        let request = PlTableRequest {
            component: ctx.workspace.component,
            spots: table_spots(spot, choices.step_points, room.rows, assumed.map(|at| at.0)),
            dates: table_dates(
                (today, last),
                choices.every_days,
                room.columns,
                assumed.map(|at| at.1),
            ),
        };
        let slot = |name: &str| ui.scope_id().with(("pl table", name));
        let held = || cache::table(ui, slot("now"), &now.book, &request);
        let draft = || cache::table(ui, slot("what-if"), &ctx.valuation.book, &request);
        let is_change = ctx.what_if.is_some() && choices.shown == Shown::Change;
        let table = match (ctx.what_if.is_some(), choices.shown) {
            (false, _) | (true, Shown::Now) => held(),
            (true, Shown::WhatIf) => draft(),
            (true, Shown::Change) => Arc::new(draft().less(&held())),
        };
        Self {
            extremes: table.extremes(),
            component: ctx.workspace.component,
            table,
            is_change,
            spot,
            today,
            last,
            assumed,
        }
    }

    /// Move from today's spot to a level, as a ratio.
    pub fn move_to(&self, level: f64) -> f64 {
        level / self.spot - 1.0
    }

    /// A figure as the table writes it.
    pub fn figure(&self, row: usize, column: usize) -> String {
        self.table
            .cell(row, column)
            .map_or_else(|| format::NONE.to_owned(), |value| format::signed(value, 0))
    }

    /// Days from today to a date, as `T+4`; today has its own word.
    pub fn ahead(&self, date: Date) -> String {
        match format::days_between(self.today, date) {
            0 => "today".to_owned(),
            days => format!("T+{days}"),
        }
    }

    /// A cell in words: for the tooltip and for assistive tools.
    pub fn words(&self, row: usize, column: usize) -> String {
        let (level, at) = (self.table.spots[row], &self.table.columns[column]);
        let what = if self.is_change {
            "change by the what-if"
        } else {
            "profit since entry"
        };
        let vix = at.vix.get(row).map_or_else(String::new, |vix| {
            format!("\nVIX {} by the model", format::points(*vix))
        });
        let figure = self.table.cell(row, column).map_or_else(
            || "no figure: before the day of the what-if".to_owned(),
            format::usd_signed,
        );
        format!(
            "SPX {} on {} ({}): {figure}\n{}: {what}{vix}",
            format::strike(level),
            format::date_short(at.date),
            self.ahead(at.date),
            self.component.label(),
        )
    }

    /// The table's columns as text columns.
    pub fn text_columns(&self) -> Vec<Column> {
        let dates = self.table.columns.iter();
        [Column::num("SPX"), Column::num("Move %")]
            .into_iter()
            .chain(dates.map(|column| Column::num(column.date.to_string())))
            .collect()
    }

    /// The table's rows as text rows.
    pub fn text_rows(&self) -> Vec<Row> {
        let rows = self.table.spots.iter().enumerate();
        rows.map(|(row, level)| {
            let figures = (0..self.table.columns.len()).map(|column| self.figure(row, column));
            let cells = [
                format::fixed(*level, 2),
                format::pct_signed(self.move_to(*level), 2),
            ]
            .into_iter()
            .chain(figures);
            Row::new(cells.map(Cell::num).collect())
        })
        .collect()
    }
}
