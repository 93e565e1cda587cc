//! Fills that were corrected or removed, and what stood there before.

use egui::Ui;

use crate::calendar::new_york;
use crate::instrument::Trade;
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{GAP, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row};
use crate::ui::{PanelContext, fonts, format};

/// Shows the fold; nothing where nothing was corrected.
pub(super) fn corrections(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let lines = &ctx.campaign.journal.audit;
    if lines.is_empty() {
        return;
    }
    let id = ui.make_persistent_id("corrections");
    let mut is_open: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.add_space(GAP);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let icon = if is_open {
            Icon::Caret
        } else {
            Icon::CaretRight
        };
        is_open ^= icon_button(ui, icon, "Show corrections").clicked();
        ui.label(fonts::title("Corrections"));
        let count = format::count(lines.len());
        ui.label(fonts::num(count).color(tokens(ui).tx3));
    });
    ui.data_mut(|data| data.insert_temp(id, is_open));
    if !is_open {
        return;
    }
    let columns = [
        Column::text("Corrected")
            .compact()
            .hint("New York time of the correction"),
        Column::text("Before"),
        Column::text("After"),
    ];
    let rows: Vec<Row> = lines
        .iter()
        .rev()
        .map(|line| {
            let at = line.at.map_or_else(
                || "–".to_owned(),
                |at| {
                    let local = at.to_zoned(new_york());
                    format!("{} {}", format::date(local.date()), local.strftime("%H:%M"))
                },
            );
            let after = line
                .after
                .as_ref()
                .map_or_else(|| "Removed".to_owned(), words);
            let before = words(&line.before);
            Row::new(vec![
                Cell::text(at).tone(Tone::Quiet),
                Cell::text(before.clone()).tone(Tone::Quiet),
                Cell::text(after.clone()),
            ])
            .hint(format!("{before}\n{after}"))
        })
        .collect();
    DataTable::new("Corrections", &columns, &rows).show(ui);
}

/// A fill in a line.
fn words(trade: &Trade) -> String {
    format!(
        "{} {} @ {}, fees {}, {}",
        format::quantity(i64::from(trade.quantity)),
        trade.contract.label(),
        format::points(trade.price),
        format::usd_cents(trade.fees_usd),
        trade.action.label(),
    )
}
