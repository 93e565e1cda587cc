//! Entries that the journal lacks, written when their contracts are closed.

use jiff::civil::DateTime;

use super::{PlannedTrade, held};
use crate::document::Campaign;
use crate::fact::is_in_journal;
use crate::instrument::{Trade, TradeAction, TradeId, Underlying};

/// The entry of SPX contracts that a trade closes, where the journal does not have it: without it the journal
/// would read the closing trade as an opening one, and the roll would hide what it lost.
pub(super) fn unwritten_entry(
    campaign: &Campaign,
    trade: &PlannedTrade,
    at: DateTime,
) -> Option<Trade> {
    let position = campaign.position(trade.position?)?;
    let contract = trade.contract;
    let (quantity, price) = held(Some(position), &contract);
    let closes = quantity.signum() * trade.quantity.signum() < 0;
    let is_written = is_in_journal(campaign, position, contract);
    if !closes || is_written || contract.underlying() != Underlying::Spx {
        return None;
    }
    let legs = position.legs.iter().filter(|leg| leg.contract == contract);
    Some(Trade {
        id: TradeId(0),
        at: (position.opened).map_or(at, |day| day.at(12, 0, 0, 0).min(at)),
        action: TradeAction::Open,
        contract,
        quantity,
        price,
        fees_usd: legs.map(|leg| leg.fees_usd).sum(),
        reason: "Entry of the position, which the journal did not have".to_owned(),
        position: Some(position.id),
        layer: position.role.layer(),
        entry: None,
        key: String::new(),
    })
}
