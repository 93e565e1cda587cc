//! What was done and what came of it: fills and marks kept → the book of any day, and profit split by its causes.
//!
//! Prices come from the marks and the model by the ordinary valuation of the book ([`crate::risk`]); this room adds no
//! formula of its own for them.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`ledger`] | every fill in time, those that the journal lacks implied; the book of any instant |
//! | [`station`] | the contracts of a campaign, valued at an instant for which marks are kept |
//! | [`parts`] | dollars and cents by cause, adding up exactly |
//! | [`attribution`] | profit between stations by cause and by leg |
//! | [`counterfactual`] | choices not taken, marked later |
//! | [`irr`](mod@irr) | XIRR and MIRR of dated flows |
//! | [`outcome`] | what a campaign came to |
//! | [`index`] | all campaigns of a folder, a line each |
//! | [`summary`] | a campaign worked through, and in a few numbers |
//! | [`thumbnail`] | what was done step by step, with the payoff before and after |
//! | [`interval`] | figures of a sample with their intervals; no claim under n = 20 |
//! | [`curve`] | profit by day, month and year; the running sum and its falls |
//! | [`groups`] | by what campaigns are grouped and filtered |
//! | [`review`] | what closed campaigns taught |

pub mod attribution;
pub mod counterfactual;
pub mod curve;
pub mod groups;
pub mod index;
pub mod interval;
pub mod irr;
pub mod ledger;
pub mod outcome;
pub mod parts;
pub mod review;
pub mod station;
pub mod summary;
#[cfg(test)]
mod tests;
pub mod thumbnail;

pub use attribution::{Attribution, AttributionInterval, attribute};
pub use counterfactual::{
    ChoiceOutcome, DecisionOutcome, ValuePoint, decision_outcomes, weighed_contracts,
};
pub use curve::{EquityCurve, EquityPoint, ProfitCalendar};
pub use groups::{ErpBucket, Filter, GroupBy, layers_label};
pub use index::{INDEX_FILE, IndexRow, JournalIndex, Refreshed};
pub use interval::{CLAIM_N, Claim, Measured, TooFew};
pub use irr::{CashFlow, Irr, IrrKind, irr};
pub use ledger::{Discrepancy, Ledger, LedgerFill, LegKey};
pub use outcome::{Outcome, drawdown};
pub use parts::{Cause, Cents, Parts};
pub use review::{DecisionValue, Discipline, Group, Results, Review};
pub use station::{Station, StationSource, UnitRow};
pub use summary::{CampaignReview, CampaignSummary, DecisionSummary};
pub use thumbnail::{Step, Thumbnail, steps};
