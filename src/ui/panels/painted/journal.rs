//! The journal: a broker's file under review, and every table of the campaign with every digit.

use super::{Table, count, figure, table, words};
use crate::document::journal::ImportQueue;
use crate::ui::PanelContext;
use crate::ui::export::csv::journal::{JournalTable, Reviewed};
use crate::ui::format::{points, trimmed};
use crate::ui::tables::{self, Form, csv_as_tabs};
use crate::ui::widgets::Cell;

/// The fills of a broker's file with what is to become of them.
pub(super) fn proposals(queue: &ImportQueue) -> Table {
    let heads = [
        "Take over",
        "Time",
        "Action",
        "Structure",
        "Purpose",
        "Campaign",
        "Contract",
        "Qty",
        "Price, pt",
        "Fees, $",
        "Line",
    ];
    let review = &queue.review;
    let fills = review.proposals.iter().flat_map(|proposal| {
        let campaign = review.campaigns.get(proposal.campaign);
        let campaign = campaign.map_or("", |campaign| campaign.name.as_str());
        let fills = proposal.fills.iter();
        let fills = fills.filter_map(|place| review.fills.get(*place));
        fills.map(move |fill| {
            [
                words(if proposal.include { "yes" } else { "no" }),
                words(fill.at.to_string()),
                words(proposal.action.label()),
                words(proposal.structure.as_str()),
                words(proposal.role.label()),
                words(campaign),
                words(fill.contract.label()),
                count(fill.quantity),
                Cell::num(trimmed(fill.price, 4)),
                figure(fill.fees_usd, 2),
                Cell::num(fill.line.to_string()),
            ]
        })
    });
    table(heads, fills)
}

/// Positions of a statement beside the book's.
pub(super) fn holdings(queue: &ImportQueue) -> Table {
    let heads = [
        "Contract",
        "File",
        "Book",
        "Fills",
        "Difference",
        "Price, pt",
        "Added",
    ];
    let rows = queue.holdings.iter().map(|row| {
        [
            words(row.contract.label()),
            count(row.stated),
            count(row.held),
            count(row.filled),
            count(row.difference()),
            row.price
                .map_or_else(|| words(""), |price| Cell::num(points(price))),
            words(if row.is_added { "yes" } else { "no" }),
        ]
    });
    table(heads, rows)
}

/// Offers the tables of the campaign in the window, once it is worked through.
pub(super) fn campaign(ui: &egui::Ui, ctx: &PanelContext<'_>) {
    let known = ctx.journal.review.zip(ctx.journal.campaign);
    let Some((review, campaign)) = known else {
        return;
    };
    let reviewed = Reviewed {
        file: ctx.journal.open_file.unwrap_or(&campaign.name),
        campaign,
        review,
    };
    for table in JournalTable::ALL {
        tables::offer(ui.ctx(), &table.title(), None, &|form| {
            let text = table.csv(&[reviewed]);
            match form {
                Form::Tabs => csv_as_tabs(&text),
                Form::Csv => text,
            }
        });
    }
}
