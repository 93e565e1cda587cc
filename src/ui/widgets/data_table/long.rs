//! A table of thousands of rows: its caller keeps and filters them, and only those in sight are looked at.

use std::collections::BTreeSet;

use egui::{Id, Rect, Ui, vec2};
use serde::{Deserialize, Serialize};

use super::DataTable;
use crate::ui::made_once::made_once;

/// Column and direction that the reader asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TableOrder {
    /// Place of the column, from 0.
    pub column: usize,
    /// Largest first.
    pub is_descending: bool,
}

/// What a caller keeps of a long table. Its columns have fixed widths, but for the one that grows.
#[derive(Clone, Copy, Debug)]
pub struct LongTable<'a> {
    /// Another for other rows, or another choice of them: what follows from them is kept by it.
    pub key: u64,
    /// The rows that the caller's filter left.
    pub shown: &'a [usize],
    /// The order asked for.
    pub order: Option<TableOrder>,
    /// The rows that are chosen.
    pub chosen: &'a BTreeSet<usize>,
}

impl DataTable<'_> {
    /// Where the heads stand: above the rows, or at the top of what is in sight of a table that keeps them there.
    pub(super) fn head(&self, ui: &Ui, table: Rect) -> Rect {
        let last = (table.bottom() - 2.0 * self.row_height).max(table.top());
        let top = if self.is_sticky {
            table.top().max(ui.clip_rect().top().min(last))
        } else {
            table.top()
        };
        Rect::from_min_size(
            egui::pos2(table.left(), top),
            vec2(table.width(), self.row_height),
        )
    }

    /// The order asked for: the caller's, else the one that was clicked.
    pub(super) fn order(&self, ui: &Ui, id: Id) -> Option<TableOrder> {
        match self.long {
            Some(long) => long.order,
            None => ui.data(|data| data.get_temp(id)).flatten(),
        }
    }

    /// The rows in the order asked for; of a long table sorted once.
    pub(super) fn in_order(
        &self,
        ui: &Ui,
        id: Id,
        rows: Vec<usize>,
        order: Option<TableOrder>,
    ) -> Vec<usize> {
        match self.long {
            Some(long) => made_once(ui, id.with("sorted"), (long.key, order), || {
                self.sorted(rows, order)
            })
            .as_ref()
            .clone(),
            None => self.sorted(rows, order),
        }
    }

    /// The first row to look at and how many: of a long table those in sight.
    pub(super) fn seen(&self, ui: &Ui, table: Rect, count: usize) -> (usize, usize) {
        if self.long.is_none() {
            return (0, count);
        }
        let clip = ui.clip_rect();
        let above = (clip.top() - table.top()) / self.row_height - 1.0;
        let first = (above.max(0.0) as usize).min(count);
        let seen = (clip.height() / self.row_height).ceil().max(0.0) as usize + 1;
        (first, seen)
    }

    /// Whether a row is one of those chosen.
    pub(super) fn is_chosen(&self, index: usize) -> bool {
        self.long
            .is_some_and(|long| self.is_selectable && long.chosen.contains(&index))
    }
}
