//! What can be held: contracts, legs, positions, the structures that build them, and trades.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`right`] | call or put |
//! | [`strike`] | a strike that can be compared, hashed and sorted |
//! | [`root`] | product families and their contract terms |
//! | [`contract`] | one listed option or future |
//! | [`leg`] | a signed quantity of a contract, and what was paid for it |
//! | [`condor`] | the iron condor seen in four legs, and loose legs grouped into condors |
//! | [`wings`] | two short spreads of one size, of one expiry or of two: what counts as a condor |
//! | [`position`] | legs held together for one purpose |
//! | [`structure`] | builders: structures as lists of legs |
//! | [`quick_entry`] | one line of text ↔ legs |
//! | [`fees`] | commissions, exchange fees and the half-spread paid to trade |
//! | [`trade`] | rows of the journal |
//!
//! Signs, once for the room: a **quantity** is positive when long and negative when short; a
//! **price** is in points per unit and never negative; **fees** are dollars paid, never negative;
//! **cash** in dollars is positive when received. Dollars = quantity × multiplier × points.

pub mod condor;
pub mod contract;
pub mod fees;
mod filling;
pub mod leg;
pub mod position;
pub mod quick_entry;
pub mod right;
pub mod root;
pub mod strike;
pub mod structure;
pub mod trade;
pub mod wings;

pub use condor::{CondorGroups, CondorLeg, CondorView, group_condors};
pub use contract::{Contract, ContractError, ListingIssue};
pub use fees::{FeeSchedule, SlippageModel};
pub use filling::{fill_legs, realised_usd};
pub use leg::{Leg, LegError};
pub use position::{LayerKind, Position, PositionId, Role};
pub use quick_entry::{QuickEntry, QuickEntryError, format_quick_entry, parse_quick_entry};
pub use right::Right;
pub use root::{Root, RootError, Underlying};
pub use strike::Strike;
pub use structure::{OptionSeries, Structure, StructureError};
pub use trade::{EntryId, Note, Trade, TradeAction, TradeId};
pub use wings::{Side, Wings};
