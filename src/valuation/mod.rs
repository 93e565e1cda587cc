//! Everything that follows from a document: pure, total, recomputed when the document changes.
//!
//! A leg that cannot be priced becomes a [`Problem`] in the list, never a blank screen.

mod book_facts;
pub mod change;
pub mod compare;
pub mod greek_curves;
mod hedge_facts;
mod hedge_order;
mod journal_totals;
pub mod layer_sizes;
mod market_cache;
mod position_facts;
mod problems;
mod tails;

use std::sync::Arc;

use crate::document::{Account, Campaign};
use crate::indicator::TRADING_DAYS_PER_YEAR;
use crate::instrument::{LayerKind, PositionId, Wings};
use crate::market::Market;
use crate::policy::RulePack;
use crate::risk::band::{Band, Convention, VegaBasis};
use crate::risk::book::{Book, layer_index};
use crate::risk::condor::{CondorRules, condor_facts};
use crate::risk::curves::{CurveRequest, PayoffCurves};
use crate::risk::exposure::leg_rows;
use crate::risk::figures::{
    BandStatus, BookFacts, CondorFacts, Gauge, LayerFacts, LegRow, NetVega, Problem, ScenarioRow,
    SizingRow,
};
use crate::risk::hedge::{VegaFrame, layer_facts, net_vega, vega_reference};
use crate::risk::outcomes::{crash_rows, preset_rows};
use crate::risk::vega_slopes::VegaSlopes;
use crate::units::OPTION_MULTIPLIER;

pub use crate::risk::vega_slopes::VegaSlopesError;
pub use change::{ChangeRow, ChangeUnit, change_rows};
pub use greek_curves::{GREEK_POINTS, GreekCurves, GreekRequest};
pub use hedge_facts::{HedgeOffer, hedge_offers};
pub use hedge_order::HedgeOrder;
pub use journal_totals::JournalTotals;
pub use market_cache::MarketCache;
pub use position_facts::HedgePart;
pub use tails::{TailFacts, worst_tails};

/// What a valuation needs besides the campaign.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The rule pack in force.
    pub pack: &'a RulePack,
    /// The account that the campaign belongs to.
    pub account: &'a Account,
    /// How VIX futures have moved with VIX of late, or why that is not known: for the regression convention.
    pub slopes: Result<&'a Arc<VegaSlopes>, VegaSlopesError>,
}

/// The valued campaign.
#[derive(Clone, Debug)]
pub struct Valuation {
    /// The market resolved from the marks.
    pub market: Arc<Market>,
    /// The book, ready for scenarios.
    pub book: Book,
    /// Every leg, in the order of the document.
    pub rows: Vec<LegRow>,
    /// The condors, those with their sides in two expiries included.
    pub condors: Vec<CondorFacts>,
    /// The three layers, First to Third.
    pub layers: [LayerFacts; 3],
    /// The book as a whole.
    pub facts: BookFacts,
    /// What vega is measured per.
    pub frame: VegaFrame,
    /// The band as it applies to standard signs.
    pub band: Band,
    /// Net vega; `None` without SPX legs.
    pub net_vega: Option<NetVega>,
    /// How a point of a VIX future counts: the campaign's choice, but damped where the regression has no
    /// history.
    pub convention: Convention,
    /// Why the regression has no history.
    pub regression_missing: Option<VegaSlopesError>,
    /// Budgets.
    pub gauges: Vec<Gauge>,
    /// What each instrument would need to reach the band.
    pub sizing: Vec<SizingRow>,
    /// Instant SPX moves.
    pub crash: Vec<ScenarioRow>,
    /// The named presets.
    pub presets: Vec<ScenarioRow>,
    /// What could not be valued or is assumed.
    pub problems: Vec<Problem>,
    basis: VegaBasis,
}

impl Valuation {
    /// Values a campaign. `cache` keeps the market while the marks do not change.
    pub fn of(campaign: &Campaign, inputs: Inputs<'_>, cache: &mut MarketCache) -> Self {
        let (market, market_problems) = cache.market(campaign);
        let book = Book::of(
            &campaign.positions,
            Arc::clone(&market),
            campaign.model.clone(),
        );
        let (rows, failed) = leg_rows(&book, &campaign.marks);
        let condors = condors(campaign, &book, &rows);
        let pack_band = &inputs.pack.vega_band;
        let band = Band {
            low: pack_band.low.value,
            high: pack_band.high.value,
        }
        .under(campaign.settings.vega_sign);
        let frame = VegaFrame {
            slopes: inputs.slopes.ok().cloned(),
            ..frame(&book, &rows, &condors, pack_band.reference_width.value)
        };
        let regression_missing = inputs.slopes.err();
        let chosen = campaign.settings.convention;
        let rule = chosen.in_force(frame.slopes.is_some());
        let layers = LayerKind::ALL.map(|kind| layer_facts(&book, &rows, kind, &frame, rule));
        let net_vega = frame
            .reference
            .map(|_| net_vega(&book, &rows, &frame, band, rule));
        let facts = book_facts::book_facts(campaign, &book, &rows, &condors, &layers);
        let gauges = hedge_facts::gauges(
            inputs,
            &facts,
            &layers,
            crate::calendar::new_york_date(market.as_of),
        );
        let mut valuation = Self {
            crash: crash_rows(&book),
            presets: preset_rows(&book),
            problems: problems::problems(campaign, &market, &market_problems, &failed)
                .into_iter()
                .chain(problems::regression(chosen, regression_missing))
                .collect(),
            sizing: Vec::new(),
            basis: campaign.settings.vega_basis,
            market,
            book,
            rows,
            condors,
            layers,
            facts,
            frame,
            band,
            net_vega,
            convention: rule,
            regression_missing,
            gauges,
        };
        valuation.sizing = hedge_facts::sizing(&valuation, campaign, inputs.pack);
        valuation
    }

    /// The slopes that it was valued with, for another valuation beside it.
    ///
    /// # Errors
    /// Why there were none.
    pub fn slopes(&self) -> Result<&Arc<VegaSlopes>, VegaSlopesError> {
        let missing = self.regression_missing;
        let slopes = self.frame.slopes.as_ref();
        slopes.ok_or_else(|| missing.unwrap_or(VegaSlopesError::NoHistory))
    }

    /// Payoff lines of the valued book.
    pub fn curves(&self, request: &CurveRequest) -> PayoffCurves {
        PayoffCurves::of(&self.book, request)
    }

    /// The rows of a position, in the order of its legs.
    pub fn rows_of(&self, position: PositionId) -> impl Iterator<Item = &LegRow> {
        self.rows.iter().filter(move |row| row.position == position)
    }

    /// The facts of a condor.
    pub fn condor(&self, position: PositionId) -> Option<&CondorFacts> {
        self.condors
            .iter()
            .find(|condor| condor.position == position)
    }

    /// The facts of a layer.
    pub fn layer(&self, kind: LayerKind) -> &LayerFacts {
        &self.layers[layer_index(kind)]
    }

    /// The net vega that the band judges under the chosen basis, with its status.
    pub fn judged_vega(&self) -> Option<(f64, BandStatus)> {
        let net = self.net_vega.as_ref()?;
        Some(match self.basis {
            VegaBasis::WidthNormalised => (net.normalised, net.normalised_status),
            VegaBasis::Literal => (net.literal, net.literal_status),
        })
    }

    /// The largest gap in points between an entered mark and the model's price of it; `None` without marks.
    pub fn largest_mark_gap_points(&self) -> Option<f64> {
        let gaps = self
            .rows
            .iter()
            .filter_map(|row| row.mark_points.map(|mark| (row.price_points - mark).abs()));
        gaps.reduce(f64::max)
    }

    /// Loss to gamma on a move of one standard deviation in a day, ½ |Γ| (S σ / √252)², dollars, 0 or more; σ is
    /// the ATM vol of the expiry with the largest vega. `None` without SPX options.
    pub fn gamma_loss_1d_usd(&self) -> Option<f64> {
        let vol = self.frame.reference?.atm_vol;
        let day_points = self.market.spx * vol / TRADING_DAYS_PER_YEAR.sqrt();
        Some(0.5 * self.facts.spx.gamma_usd.abs() * day_points * day_points)
    }

    /// The basis that the band judges.
    pub fn basis(&self) -> VegaBasis {
        self.basis
    }
}

fn condors(campaign: &Campaign, book: &Book, rows: &[LegRow]) -> Vec<CondorFacts> {
    let held: Vec<_> = campaign
        .positions
        .iter()
        .filter_map(|position| Some((position, Wings::of(position)?)))
        .collect();
    let count: f64 = held
        .iter()
        .map(|(_, wings)| f64::from(wings.contracts))
        .sum();
    let rules = CondorRules {
        unequal_wings: campaign.settings.unequal_wings_margin,
        hedge_debit_points: if campaign.settings.hedge_debit_in_break_evens && count > 0.0 {
            book_facts::hedge_debit_usd(rows) / (OPTION_MULTIPLIER * count)
        } else {
            0.0
        },
    };
    held.iter()
        .map(|(position, wings)| condor_facts(book, position, wings, rows, rules))
        .collect()
}

fn frame(
    book: &Book,
    rows: &[LegRow],
    condors: &[CondorFacts],
    reference_width_points: f64,
) -> VegaFrame {
    let contracts: f64 = condors
        .iter()
        .map(|condor| f64::from(condor.contracts))
        .sum();
    let weighted: f64 = condors
        .iter()
        .map(|condor| f64::from(condor.contracts) * condor.width_points)
        .sum();
    VegaFrame {
        condors: contracts.max(1.0),
        width_points: if contracts > 0.0 {
            weighted / contracts
        } else {
            reference_width_points
        },
        reference_width_points,
        reference: vega_reference(book, rows),
        slopes: None,
    }
}
