//! Open positions that a broker states, beside the book.

use super::OtherCampaign;
use crate::document::campaign::Campaign;
use crate::document::command::Command;
use crate::import::broker::BrokerFile;
use crate::instrument::{CondorView, Contract, Leg, Position, PositionId, Role};

/// One contract that a broker's statement or the book holds.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldingRow {
    /// Line of the file, from 1; `None` for what the book alone holds.
    pub line: Option<u64>,
    /// What is held.
    pub contract: Contract,
    /// Contracts by the file, negative when short.
    pub stated: i32,
    /// Contracts by the book, negative when short.
    pub held: i32,
    /// Contracts that other campaigns hold, negative when short.
    pub elsewhere: i32,
    /// Contracts that the fills taken over with it add, signed.
    pub filled: i32,
    /// Average price per unit in points by the file; its mark where it states none.
    pub price: Option<f64>,
    /// Whether the difference is to become a position.
    pub is_added: bool,
}

impl HoldingRow {
    /// The file's contracts less those of the book and of other campaigns once the fills are in.
    pub fn difference(&self) -> i32 {
        self.stated - self.held - self.elsewhere - self.filled
    }

    /// Whether no campaign has contracts that the file has, at a price that is known.
    pub fn can_be_added(&self) -> bool {
        self.price.is_some()
            && self.difference().signum() == self.stated.signum()
            && self.difference() != 0
    }
}

/// Every contract that a statement or the book holds, those of the statement first, with what `others` hold of it.
/// Empty for a file that states no holdings.
pub fn compare_holdings(
    campaign: &Campaign,
    others: &[OtherCampaign],
    file: &BrokerFile,
) -> Vec<HoldingRow> {
    let mut rows: Vec<HoldingRow> = Vec::new();
    for holding in &file.holdings {
        let price = holding.price.or(holding.mark);
        match rows.iter_mut().find(|row| row.contract == holding.contract) {
            Some(row) => row.stated += holding.quantity,
            None => rows.push(HoldingRow {
                line: Some(holding.line),
                contract: holding.contract,
                stated: holding.quantity,
                held: 0,
                elsewhere: 0,
                filled: 0,
                price,
                is_added: false,
            }),
        }
    }
    if rows.is_empty() {
        return rows;
    }
    let legs = campaign.positions.iter().flat_map(|held| &held.legs);
    for leg in legs {
        match rows.iter_mut().find(|row| row.contract == leg.contract) {
            Some(row) => row.held += leg.quantity,
            None => rows.push(HoldingRow {
                line: None,
                contract: leg.contract,
                stated: 0,
                held: leg.quantity,
                elsewhere: 0,
                filled: 0,
                price: None,
                is_added: false,
            }),
        }
    }
    for lot in others.iter().flat_map(|other| &other.held) {
        if let Some(row) = rows.iter_mut().find(|row| row.contract == lot.contract) {
            row.elsewhere += lot.quantity;
        }
    }
    rows
}

/// The commands that add the chosen differences as positions: options on SPX of one expiry together, every contract
/// on VIX by itself.
pub fn holding_commands(rows: &[HoldingRow]) -> Vec<Command> {
    let chosen = rows.iter().filter(|row| row.is_added && row.can_be_added());
    let mut groups: Vec<(Position, Contract)> = Vec::new();
    for row in chosen {
        let leg = Leg {
            contract: row.contract,
            quantity: row.difference(),
            entry_price: row.price.unwrap_or(0.0),
            fees_usd: 0.0,
        };
        let same = |known: &Contract| {
            known.root() == row.contract.root()
                && known.expiry() == row.contract.expiry()
                && known.underlying() == crate::instrument::Underlying::Spx
        };
        match groups.iter_mut().find(|(_, first)| same(first)) {
            Some((position, _)) => position.legs.push(leg),
            None => groups.push((
                Position {
                    id: PositionId(0),
                    name: row.contract.label(),
                    role: Role::Other,
                    legs: vec![leg],
                    opened: None,
                },
                row.contract,
            )),
        }
    }
    let finished = groups.into_iter().map(|(mut position, first)| {
        if CondorView::of(&position.legs).is_some() {
            position.role = Role::Condor;
            position.name = format!("Condor {}", first.expiry());
        }
        Command::AddPosition(position)
    });
    finished.collect()
}
