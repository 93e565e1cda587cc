//! A broker's file under review.

use super::{Table, count, figure, table, words};
use crate::document::journal::ImportQueue;
use crate::ui::format::{points, trimmed};
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
