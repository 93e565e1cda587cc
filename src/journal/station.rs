//! The contracts of a campaign, valued at an instant for which there are marks.

use std::sync::Arc;

use jiff::Timestamp;

use crate::document::Campaign;
use crate::document::journal::MomentSource;
use crate::instrument::{Contract, Leg, Position, PositionId, Role, Underlying};
use crate::market::{CurveSource, Market, Marks, ModelParams, VixCurve, VolSource};
use crate::risk::book::{Book, LegModel};
use crate::risk::exposure::{leg_of, leg_rows};
use crate::risk::figures::LegRow;

/// Where the marks of a station come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StationSource {
    /// Marks kept in the journal.
    Kept(MomentSource),
    /// The marks of the campaign now.
    Now,
}

/// One contract, one unit of it, at an instant. Greeks are per unit of the contract's own price in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitRow {
    /// The contract.
    pub contract: Contract,
    /// Price in points.
    pub price: f64,
    /// Own vol, decimal; 0 for a future and for what has settled.
    pub vol: f64,
    /// Vol at the money of its expiry, decimal; of a VIX contract its own vol.
    pub level_vol: f64,
    /// Its VIX future, points; 0 for SPX options.
    pub future: f64,
    /// Per SPX point, for a VIX contract per point of its future.
    pub delta: f64,
    /// Change of delta per such point.
    pub gamma: f64,
    /// Points per calendar day.
    pub theta_per_day: f64,
    /// Points per vol point.
    pub vega_per_vol_point: f64,
    /// Whether it has settled.
    pub is_expired: bool,
    /// Whether its price rests on quotes of its own expiry, and not on the model alone.
    pub is_marked: bool,
}

/// A market at an instant, with every contract of the campaign valued in it.
#[derive(Clone, Debug)]
pub struct Station {
    /// The instant.
    pub at: Timestamp,
    /// Where its marks come from.
    pub source: StationSource,
    /// SPX, points.
    pub spx: f64,
    /// Spot VIX, points.
    pub vix: f64,
    /// The market, for books other than the one held.
    pub market: Arc<Market>,
    /// How far VIX futures are taken to roll along their curve, as a share.
    pub roll_down_share: f64,
    rows: Vec<UnitRow>,
}

impl Station {
    /// Values contracts at marks.
    pub fn of(
        marks: &Marks,
        params: &ModelParams,
        contracts: &[Contract],
        source: StationSource,
    ) -> Self {
        let (market, _problems) = Market::of(marks, params, contracts);
        let market = Arc::new(market);
        let book = Book::of(&[units(contracts)], Arc::clone(&market), params.clone());
        let (rows, _failed) = leg_rows(&book, marks);
        let rows = rows.iter().map(|row| unit_row(&book, row)).collect();
        Self {
            at: marks.as_of,
            source,
            spx: marks.spx,
            vix: marks.vix,
            market,
            roll_down_share: params.curve_roll_down,
            rows,
        }
    }

    /// The stations of a campaign: every moment kept not after its marks, and its marks. Oldest first.
    pub fn all(campaign: &Campaign, contracts: &[Contract]) -> Vec<Self> {
        let journal = &campaign.journal;
        let now = &campaign.marks;
        let kept = journal
            .moments
            .iter()
            .filter(|moment| moment.at() < now.as_of);
        let mut stations: Vec<Self> = kept
            .map(|moment| {
                let marks = journal.marks_of(moment);
                let source = StationSource::Kept(moment.source.clone());
                Self::of(&marks, &campaign.model, contracts, source)
            })
            .collect();
        // Of two sets of marks of one instant, the one kept last counts.
        stations.reverse();
        stations.dedup_by_key(|station| station.at);
        stations.reverse();
        stations.push(Self::of(
            now,
            &campaign.model,
            contracts,
            StationSource::Now,
        ));
        stations
    }

    /// A contract, if it could be priced.
    pub fn unit(&self, contract: &Contract) -> Option<&UnitRow> {
        self.rows.iter().find(|row| row.contract == *contract)
    }

    /// The curve of VIX futures.
    pub fn curve(&self) -> &VixCurve {
        &self.market.curve
    }
}

/// One of each contract, as a position.
fn units(contracts: &[Contract]) -> Position {
    let one = |contract: &Contract| Leg {
        contract: *contract,
        quantity: 1,
        entry_price: 0.0,
        fees_usd: 0.0,
    };
    Position {
        id: PositionId(0),
        name: String::new(),
        role: Role::Other,
        legs: contracts.iter().map(one).collect(),
        opened: None,
    }
}

fn unit_row(book: &Book, row: &LegRow) -> UnitRow {
    let is_vix = row.contract.underlying() == Underlying::Vix;
    let scale = if is_vix {
        1.0
    } else {
        row.contract.root().index_scale()
    };
    let level_vol = leg_of(book, row).map_or(row.vol, |leg| match &leg.model {
        LegModel::Spx(option) => option.atm_vol,
        LegModel::Vix(_) => row.vol,
    });
    UnitRow {
        contract: row.contract,
        price: row.price_points,
        vol: row.vol,
        level_vol,
        future: if is_vix { row.forward } else { 0.0 },
        delta: row.greeks.delta * scale,
        gamma: row.greeks.gamma * scale * scale,
        theta_per_day: row.greeks.theta_per_day(),
        vega_per_vol_point: row.greeks.vega_per_vol_point(),
        is_expired: row.is_expired,
        is_marked: is_marked(book, row),
    }
}

/// Whether its price rests on quotes of its own expiry, entered or imported.
fn is_marked(book: &Book, row: &LegRow) -> bool {
    let curve = &book.market.curve;
    match row.vol_source {
        Some(source) => source != VolSource::Assumed,
        None => {
            curve.source == CurveSource::Entered && curve.listed(row.contract.expiry()).is_some()
        }
    }
}
