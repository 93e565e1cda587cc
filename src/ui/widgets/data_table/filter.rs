//! The filter of a table: a field above it, and which rows match.

use egui::{Align, Id, Key, Layout, Ui, vec2};

use super::Row;
use crate::ui::icons::Icon;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::TextField;
use crate::ui::{fonts, format};

/// Tables with more rows than this have the field by themselves.
const MANY: usize = 12;
/// Width of the field, in points.
const WIDTH: f32 = 220.0;

/// Room that the count beside it needs, in points; without it the field stands alone.
const COUNT: f32 = 64.0;

/// When a table has a filter field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Filter {
    /// Never.
    #[default]
    Off,
    /// When there are many rows.
    ForMany,
    /// Always.
    On,
}

impl Filter {
    fn is_shown(self, rows: usize, text: &str) -> bool {
        match self {
            Self::Off => false,
            // with a text in it the field stays, whatever the table shrinks to
            Self::ForMany => rows > MANY || !text.is_empty(),
            Self::On => true,
        }
    }
}

/// Whether every word asked for is found in `text`, whatever its case; a hyphen finds a minus sign.
#[must_use]
pub fn matches_filter(asked: &str, text: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(format::MINUS, "-");
    let text = plain(text);
    plain(asked)
        .split_whitespace()
        .all(|word| text.contains(word))
}

/// Indices of the rows that match, in their order.
pub(super) fn matching(rows: &[Row], asked: &str) -> Vec<usize> {
    let indices = rows.iter().enumerate();
    indices
        .filter(|(_index, row)| asked.trim().is_empty() || matches_filter(asked, &row.words()))
        .map(|(index, _row)| index)
        .collect()
}

/// A field for words to look for, with how many of `all` are `found`. Esc empties it.
pub fn filter_field(ui: &mut Ui, name: &str, text: &mut String, (found, all): (usize, usize)) {
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let label = format!("Filter {}", name.to_lowercase());
        let field = TextField::new(text, &label)
            .hint("Filter…")
            .icon(Icon::Search)
            .width(WIDTH.min(size.x))
            .show(ui);
        let is_left = field.cancelled
            || (field.response.has_focus() && ui.input(|i| i.key_pressed(Key::Escape)));
        field.response.on_hover_text(
            "Rows that hold all these words, in any order; Esc shows all rows again",
        );
        if is_left {
            text.clear();
            ui.ctx().request_repaint();
        }
        if !text.trim().is_empty() && size.x >= WIDTH + COUNT {
            let words = format!("{} of {}", format::count(found), format::count(all));
            ui.label(fonts::caption(words).color(tokens(ui).tx3));
        }
    });
    ui.add_space(4.0);
}

/// Shows the field where the table has one, and tells the rows that match.
pub(super) fn shown_rows(
    ui: &mut Ui,
    (id, name): (Id, &str),
    rows: &[Row],
    filter: Filter,
) -> Vec<usize> {
    let id = id.with("filter");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if !filter.is_shown(rows.len(), &text) {
        return (0..rows.len()).collect();
    }
    let found = matching(rows, &text).len();
    filter_field(ui, name, &mut text, (found, rows.len()));
    let shown = matching(rows, &text);
    ui.data_mut(|data| data.insert_temp(id, text));
    shown
}

#[cfg(test)]
mod tests {
    use super::{Filter, matches_filter, matching};
    use crate::ui::widgets::{Cell, Row};

    #[test]
    fn all_words_must_be_found_in_any_order_and_case() {
        let text = "SPXW 8 Jan 27 6,245 P −10";
        assert!(matches_filter("jan spxw", text));
        assert!(matches_filter("-10", text), "a hyphen finds the minus sign");
        assert!(matches_filter("", text));
        assert!(!matches_filter("jan vix", text));
    }

    #[test]
    fn rows_keep_their_indices() {
        let row = |name: &str| Row::new(vec![Cell::text(name), Cell::num("17.5").unit("pt")]);
        let rows = [row("VIX call"), row("SPX put"), row("VIX put")];
        assert_eq!(matching(&rows, "vix"), [0, 2]);
        assert_eq!(matching(&rows, "put 17.5"), [1, 2]);
        assert_eq!(matching(&rows, "  "), [0, 1, 2]);
        assert!(matching(&rows, "xsp").is_empty());
    }

    #[test]
    fn the_field_shows_for_many_rows_and_stays_while_it_holds_words() {
        assert!(!Filter::ForMany.is_shown(12, ""));
        assert!(Filter::ForMany.is_shown(13, ""));
        assert!(Filter::ForMany.is_shown(3, "vix"));
        assert!(Filter::On.is_shown(0, "") && !Filter::Off.is_shown(99, "x"));
    }
}
