//! Which fills of a file were imported before, and into which campaign.
//!
//! A fill is known by its key. Another format of the same broker names it otherwise, or has no seconds and no order:
//! then a trade of the journal that is alike, contract, quantity, price and minute, makes it known too; one that was
//! written by hand, by its day. Every trade makes one fill known.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use super::fill::{BrokerFill, Fingerprint};
use crate::instrument::Contract;

/// Points within which two prices are the same.
const SAME_POINTS: f64 = 0.005;

/// A fill that a journal has, whole, however many positions it was written to.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownFill {
    /// What was traded.
    pub contract: Contract,
    /// Contracts, negative when sold.
    pub quantity: i32,
    /// Price per unit in points.
    pub price: f64,
    /// New York time.
    pub at: DateTime,
    /// Its key; `None` when it was written by hand.
    pub key: Option<Fingerprint>,
    /// Its campaign, by any stable name.
    pub campaign: String,
}

impl KnownFill {
    fn is_alike(&self, fill: &BrokerFill) -> bool {
        let minute = |at: DateTime| (at.date(), at.hour(), at.minute());
        let is_same_time = if self.key.is_some() {
            minute(self.at) == minute(fill.at)
        } else {
            self.at.date() == fill.at.date()
        };
        is_same_time
            && self.contract == fill.contract
            && self.quantity == fill.quantity
            && (self.price - fill.price).abs() < SAME_POINTS
    }
}

/// What is known of every fill of a file.
pub(super) struct Known {
    /// Whether it was imported before.
    pub is_known: Vec<bool>,
    /// The campaign that has it.
    pub homes: Vec<Option<String>>,
}

impl Known {
    /// By the keys that the caller has, and by its journal.
    pub(super) fn of(fills: &[BrokerFill], keys: &[Fingerprint], journal: &[KnownFill]) -> Self {
        let keys: BTreeSet<Fingerprint> = keys.iter().copied().collect();
        let homes: BTreeMap<Fingerprint, &str> = journal
            .iter()
            .filter_map(|known| Some((known.key?, known.campaign.as_str())))
            .collect();
        let own: BTreeSet<Fingerprint> = fills.iter().map(|fill| fill.key).collect();
        // what is known by its key makes no other fill known
        let others = journal
            .iter()
            .filter(|known| known.key.is_none_or(|key| !own.contains(&key)));
        let mut alike = whole_again(others);
        let mut found = Self {
            is_known: Vec::with_capacity(fills.len()),
            homes: Vec::with_capacity(fills.len()),
        };
        for fill in fills {
            let mut home = homes.get(&fill.key).map(|home| (*home).to_owned());
            let mut is_known = keys.contains(&fill.key) || home.is_some();
            if !is_known && let Some(place) = alike.iter().position(|known| known.is_alike(fill)) {
                home = Some(alike.swap_remove(place).campaign);
                is_known = true;
            }
            found.is_known.push(is_known);
            found.homes.push(home);
        }
        found
    }
}

/// Fills with their parts put together that went to several campaigns: another format states the whole of them.
fn whole_again<'a>(fills: impl Iterator<Item = &'a KnownFill>) -> Vec<KnownFill> {
    let mut whole: Vec<KnownFill> = Vec::new();
    let mut of_key: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for fill in fills {
        let known = fill.key.and_then(|key| of_key.get(&key).copied());
        if let Some(first) = known.and_then(|place| whole.get_mut(place)) {
            first.quantity = first.quantity.saturating_add(fill.quantity);
            continue;
        }
        of_key.extend(fill.key.map(|key| (key, whole.len())));
        whole.push(fill.clone());
    }
    whole
}
