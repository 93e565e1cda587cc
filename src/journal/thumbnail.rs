//! What was done, step by step, each with the payoff of the book before and after it.
//!
//! A step is an entry of the journal, or the fills of one day and kind that belong to none. Its payoff lines hold what
//! fills have brought in so far beside what the book is worth, so that a realised loss stays in sight; they are priced
//! at the station at the step or the first one after it.

use std::sync::Arc;

use jiff::Timestamp;

use super::as_it_was::PastMoment;
use super::ledger::{Ledger, LedgerFill};
use super::station::Station;
use super::summary::CampaignReview;
use crate::calendar::{new_york_date, new_york_instant};
use crate::document::Campaign;
use crate::instrument::{EntryId, Position, TradeAction};
use crate::risk::book::Book;
use crate::risk::curves::{CurveRequest, LineDate, PayoffCurves};

/// Evenly spaced points of a line.
const POINTS: usize = 41;
/// Half of the range of SPX shown, as a share of it.
const HALF_RANGE: f64 = 0.09;

/// The payoff of a book, small. Profit of the campaign so far, in dollars, at each level of SPX.
#[derive(Clone, Debug, PartialEq)]
pub struct Thumbnail {
    /// SPX at each point, ascending.
    pub spots: Vec<f64>,
    /// SPX of the station.
    pub spx: f64,
    /// Profit at once.
    pub now_usd: Vec<f64>,
    /// Profit at the nearest expiry of SPX options; as at once where nothing expires.
    pub expiry_usd: Vec<f64>,
}

/// One thing done.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When: the entry, or the first of the fills.
    pub at: Timestamp,
    /// The journal's entry; `None` for fills of none.
    pub entry: Option<EntryId>,
    /// What was done; `None` when it was decided to leave everything as it is.
    pub action: Option<TradeAction>,
    /// Its fills, oldest first.
    pub fills: Vec<LedgerFill>,
    /// SPX at the station that it is priced at.
    pub spx: f64,
    /// The book before; `None` when nothing was held, and nothing had been before.
    pub before: Option<Thumbnail>,
    /// The book after; `None` when nothing is held, and nothing has been.
    pub after: Option<Thumbnail>,
}

impl Step {
    /// The moment at which it can be looked at.
    pub const fn moment(&self) -> PastMoment {
        PastMoment {
            at: self.at,
            entry: self.entry,
        }
    }

    /// Premium received less paid, fees taken off, dollars.
    pub fn cash_usd(&self) -> f64 {
        let cash = |fill: &LedgerFill| fill.premium_usd() - fill.fees_usd;
        self.fills.iter().map(cash).sum()
    }
}

impl CampaignReview {
    /// As [`CampaignReview::of`], with the steps of the timeline: some milliseconds more for each step.
    pub fn with_steps(campaign: &Campaign) -> Self {
        let review = Self::of(campaign);
        let steps = steps(campaign, &review.ledger, &review.stations);
        Self { steps, ..review }
    }
}

/// The steps of a campaign, oldest first.
pub fn steps(campaign: &Campaign, ledger: &Ledger, stations: &[Station]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let bare = |at, entry, action| Step {
        at,
        entry,
        action,
        fills: Vec::new(),
        spx: campaign.marks.spx,
        before: None,
        after: None,
    };
    for entry in &campaign.journal.entries {
        let at = new_york_instant(entry.at);
        steps.push(bare(at, Some(entry.id), entry.action));
    }
    for fill in &ledger.fills {
        let is_own = |step: &Step| match (step.entry, fill.entry) {
            (Some(entry), Some(own)) => entry == own,
            (None, None) => {
                step.action == Some(fill.action) && new_york_date(step.at) == new_york_date(fill.at)
            }
            (Some(_), None) | (None, Some(_)) => false,
        };
        let place = steps.iter().position(is_own).unwrap_or_else(|| {
            steps.push(bare(fill.at, fill.entry, Some(fill.action)));
            steps.len() - 1
        });
        if let Some(step) = steps.get_mut(place) {
            step.fills.push(fill.clone());
        }
    }
    // The order of the fills counts, and the entry's own time where it has none.
    steps.sort_by_key(|step| {
        (
            step.fills.first().map_or(step.at, |fill| fill.at),
            step.entry,
        )
    });
    draw(&mut steps, campaign, ledger, stations);
    steps
}

/// Prices the book around each step. Steps of one instant follow each other: the book of the one is the start of
/// the next.
fn draw(steps: &mut [Step], campaign: &Campaign, ledger: &Ledger, stations: &[Station]) {
    let mut done: Vec<LedgerFill> = Vec::new();
    for step in steps {
        let at = step.fills.last().map_or(step.at, |fill| fill.at);
        let later = stations.partition_point(|station| station.at < at);
        let Some(station) = stations.get(later).or_else(|| stations.last()) else {
            return;
        };
        step.spx = station.spx;
        step.before = thumbnail(campaign, ledger, &done, station);
        done.extend(step.fills.iter().cloned());
        step.after = if step.fills.is_empty() {
            step.before.clone()
        } else {
            thumbnail(campaign, ledger, &done, station)
        };
    }
}

fn thumbnail(
    campaign: &Campaign,
    ledger: &Ledger,
    done: &[LedgerFill],
    station: &Station,
) -> Option<Thumbnail> {
    if done.is_empty() {
        return None;
    }
    let held = ledger.book_of(done);
    let entered: f64 = held.iter().map(entry_usd).sum();
    let paid: f64 = done
        .iter()
        .map(|fill| fill.usd_per_point() * fill.price + fill.fees_usd)
        .sum();
    // The lines below measure from the entry of what is held; what closed legs brought comes on top.
    let realised = entered - paid;
    let book = Book::of(&held, Arc::clone(&station.market), campaign.model.clone());
    let request = CurveRequest {
        low: station.spx * (1.0 - HALF_RANGE),
        high: station.spx * (1.0 + HALF_RANGE),
        points: POINTS,
        days_ahead: Vec::new(),
    };
    let curves = PayoffCurves::of(&book, &request);
    let net = |date: LineDate| -> Option<Vec<f64>> {
        let line = curves.line(date)?;
        let points = 0..curves.spots.len();
        Some(points.map(|at| line.profit.net_at(at) + realised).collect())
    };
    let now_usd = net(LineDate::Today)?;
    let expiry = curves.lines.iter().find_map(|line| match line.date {
        LineDate::Expiry(_) => net(line.date),
        LineDate::Today | LineDate::Ahead(_) => None,
    });
    let expiry_usd = expiry.unwrap_or_else(|| now_usd.clone());
    Some(Thumbnail {
        spots: curves.spots,
        spx: station.spx,
        now_usd,
        expiry_usd,
    })
}

/// What is held at its entry prices, dollars.
fn entry_usd(position: &Position) -> f64 {
    let legs = position.legs.iter();
    legs.map(|leg| f64::from(leg.quantity) * leg.contract.multiplier() * leg.entry_price)
        .sum()
}
