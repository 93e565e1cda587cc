//! Keeps the resolved market while marks, parameters and the expiries held stay the same.
//!
//! Fitting smiles is the slow part of a valuation; dragging a strike changes neither a mark nor an expiry.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::document::Campaign;
use crate::instrument::{Contract, Root};
use crate::market::{Market, MarketProblem, Marks, ModelParams};

/// The last market and what it was resolved from.
#[derive(Clone, Debug, Default)]
pub struct MarketCache {
    last: Option<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    marks: Marks,
    params: ModelParams,
    expiries: BTreeSet<(Root, Date)>,
    market: Arc<Market>,
    problems: Vec<MarketProblem>,
}

impl MarketCache {
    /// The market of a campaign, resolved anew only when something that it depends on changed.
    pub fn market(&mut self, campaign: &Campaign) -> (Arc<Market>, Vec<MarketProblem>) {
        let contracts: Vec<Contract> = campaign
            .positions
            .iter()
            .flat_map(|position| &position.legs)
            .map(|leg| leg.contract)
            .collect();
        let expiries: BTreeSet<(Root, Date)> = contracts
            .iter()
            .map(|contract| (contract.root(), contract.expiry()))
            .collect();
        let same = |entry: &Entry| {
            entry.expiries == expiries
                && entry.params == campaign.model
                && entry.marks == campaign.marks
        };
        if let Some(entry) = self.last.as_ref().filter(|entry| same(entry)) {
            return (Arc::clone(&entry.market), entry.problems.clone());
        }
        let (market, problems) = Market::of(&campaign.marks, &campaign.model, &contracts);
        let market = Arc::new(market);
        self.last = Some(Entry {
            marks: campaign.marks.clone(),
            params: campaign.model.clone(),
            expiries,
            market: Arc::clone(&market),
            problems: problems.clone(),
        });
        (market, problems)
    }
}
