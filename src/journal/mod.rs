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
//! | [`as_it_was`](mod@as_it_was) | the campaign at a past instant |
//! | [`attribution`] | profit between stations by cause and by leg |
//! | [`counterfactual`] | choices not taken, marked later |
//! | [`from_history`] | days without marks of their own, from market history |
//! | [`irr`](mod@irr) | XIRR and MIRR of dated flows |
//! | [`outcome`] | what a campaign came to |
//! | [`index`] | all campaigns of a folder, a line each |
//! | [`summary`] | a campaign worked through, and in a few numbers |
//! | [`thumbnail`] | what was done step by step, with the payoff before and after |
//! | [`tempo`] | theta earned over theta projected, ready for the rules |
//! | [`thresholds`] | which numbers of a pack can be refined, and how far decisions stood from each |
//! | [`evidence`](mod@evidence) | what came of acting and of not acting near a threshold |
//! | [`refine`] | thresholds refined by that evidence |
//! | [`worth`] | what rolling and hedging were worth, decision by decision |
//! | [`offset`] | what the hedge was promised to make in falls, and made |
//! | [`interval`] | figures of a sample with their intervals; no claim under n = 20 |
//! | [`curve`] | profit by day, month and year; the running sum and its falls |
//! | [`groups`] | by what campaigns are grouped and filtered |
//! | [`review`] | what closed campaigns taught |

pub mod as_it_was;
pub mod attribution;
pub mod counterfactual;
pub mod curve;
pub mod evidence;
pub mod from_history;
pub mod groups;
pub mod index;
pub mod interval;
pub mod irr;
pub mod ledger;
pub mod offset;
pub mod outcome;
pub mod parts;
pub mod refine;
pub mod review;
pub mod station;
pub mod summary;
pub mod tempo;
#[cfg(test)]
mod tests;
pub mod thresholds;
pub mod thumbnail;
pub mod worth;

pub use as_it_was::{PastMoment, as_decided, as_it_was, decision_of, past_moments};
pub use attribution::{Attribution, AttributionInterval, attribute};
pub use counterfactual::{
    ChoiceOutcome, DecisionOutcome, ValuePoint, decision_outcomes, weighed_contracts,
};
pub use curve::{EquityCurve, EquityPoint, ProfitCalendar};
pub use evidence::{Bin, BinEvidence, RuleEvidence, evidence};
pub use from_history::{HistoryDays, history_moments};
pub use groups::{ErpBucket, Filter, GroupBy, layers_label};
pub use index::{IndexFiles, IndexRow, JournalIndex, Refreshed};
pub use interval::{CLAIM_N, Claim, Measured, TooFew};
pub use irr::{CashFlow, Irr, IrrKind, irr};
pub use ledger::{Discrepancy, Ledger, LedgerFill, LegKey};
pub use offset::{HedgeEvent, OffsetReview, SidesCents, hedge_events};
pub use outcome::{Outcome, drawdown};
pub use parts::{Cause, Cents, Parts};
pub use refine::{Suggestion, suggestions};
pub use review::{DecisionValue, Discipline, Group, Results, Review};
pub use station::{Station, StationSource, UnitRow};
pub use summary::{CampaignReview, CampaignSummary, DecisionSummary};
pub use tempo::{JournalFacts, ThetaCapture, ThetaStep};
pub use thresholds::{Refined, Room, Unrefined, Wants, Why, unrefined};
pub use thumbnail::{Step, Thumbnail, steps};
pub use worth::{Adjustment, NotTaken, Worth, WorthPoint, WorthSeries};
