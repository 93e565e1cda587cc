//! Prices of legs on the nodes of a map, kept by leg: a dragged strike reprices its own leg alone.

use std::sync::Arc;

use super::at_vix;
use crate::market::{Market, ModelParams};
use crate::risk::book::{Book, BookLeg, LegModel};
use crate::risk::joint::log_return_pct;
use crate::risk::scenario::Moment;

/// What all legs of a map share. The market is held, so that its address tells it from any other.
#[derive(Clone, Debug)]
struct Frame {
    market: Arc<Market>,
    params: ModelParams,
    moment: Moment,
    spx_pct: Vec<f64>,
    vix: Vec<f64>,
}

impl Frame {
    fn is_of(&self, book: &Book, moment: Moment, (spx_pct, vix): (&[f64], &[f64])) -> bool {
        Arc::ptr_eq(&self.market, &book.market)
            && self.params == book.params
            && self.moment == moment
            && self.spx_pct == spx_pct
            && self.vix == vix
    }
}

/// One leg's prices in points: now, and on every node.
#[derive(Clone, Debug)]
struct LegPrices {
    model: LegModel,
    now: f64,
    prices: Vec<f64>,
}

/// Prices of the legs of the last map.
#[derive(Clone, Debug, Default)]
pub struct JointMapCache {
    frame: Option<Frame>,
    legs: Vec<LegPrices>,
    priced: usize,
}

impl JointMapCache {
    /// Legs priced by the last update.
    pub fn priced(&self) -> usize {
        self.priced
    }

    /// Price now and on every node of a leg, in points; `None` for a leg that cannot be priced.
    pub(super) fn leg(&self, model: &LegModel) -> Option<(f64, &[f64])> {
        let known = self.legs.iter().find(|known| known.model == *model)?;
        Some((known.now, &known.prices))
    }

    /// Prices the legs that are missing and forgets those that the book no longer holds.
    pub(super) fn update(&mut self, book: &Book, moment: Moment, nodes: (&[f64], &[f64])) {
        let is_same = self
            .frame
            .as_ref()
            .is_some_and(|frame| frame.is_of(book, moment, nodes));
        if !is_same {
            self.legs.clear();
            self.frame = Some(Frame {
                market: Arc::clone(&book.market),
                params: book.params.clone(),
                moment,
                spx_pct: nodes.0.to_vec(),
                vix: nodes.1.to_vec(),
            });
        }
        let is_held = |known: &LegPrices| book.legs.iter().any(|leg| leg.model == known.model);
        self.legs.retain(is_held);
        let mut missing: Vec<&BookLeg> = Vec::new();
        for leg in &book.legs {
            let is_known = self.leg(&leg.model).is_some()
                || missing.iter().any(|other| other.model == leg.model);
            if !is_known {
                missing.push(leg);
            }
        }
        self.priced = missing.len();
        self.legs.extend(price(book, moment, nodes, &missing));
    }
}

/// Prices legs on every node, row by row: legs of one expiry share the work of a row.
fn price(
    book: &Book,
    moment: Moment,
    (spx_pct, vix): (&[f64], &[f64]),
    legs: &[&BookLeg],
) -> Vec<LegPrices> {
    let today = book.path(book.scenario(Moment::NOW), vec![book.market.spx]);
    let mut pricer = book.pricer(&today);
    let mut found: Vec<(&BookLeg, LegPrices)> = Vec::new();
    for leg in legs {
        if let Some(now) = pricer.prices(leg).ok().and_then(|now| now.first().copied()) {
            let prices = Vec::with_capacity(spx_pct.len() * vix.len());
            let model = leg.model.clone();
            found.push((leg, LegPrices { model, now, prices }));
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let spots: Vec<f64> = spx_pct.iter().map(|pct| spot(book, *pct)).collect();
    for level in vix {
        let path = book.path(at_vix(book, moment, *level), spots.clone());
        let mut pricer = book.pricer(&path);
        for (leg, known) in &mut found {
            if let Ok(prices) = pricer.prices(leg) {
                known.prices.extend(prices);
            }
        }
    }
    let whole = spx_pct.len() * vix.len();
    found
        .into_iter()
        .filter(|(_, known)| known.prices.len() == whole)
        .map(|(_, known)| known)
        .collect()
}

/// SPX after a simple move in %; exactly today's without one.
pub(super) fn spot(book: &Book, spx_pct: f64) -> f64 {
    if spx_pct == 0.0 {
        book.market.spx
    } else {
        book.market.spx * (log_return_pct(spx_pct) / 100.0).exp()
    }
}
