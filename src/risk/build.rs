//! Positions × market → the book: each leg with the model that a scenario needs.

use std::sync::Arc;

use super::book::{Book, BookLeg, LegModel, group_of};
use super::spx_option::SpxOption;
use super::vix_leg::{VixLeg, VixOptionTerms};
use crate::calendar::{business_days_between, new_york_date};
use crate::instrument::{Contract, Leg, Position, Underlying};
use crate::market::{Market, ModelParams, SviSlice};

impl Book {
    /// The book of `positions` in a market.
    pub fn of(positions: &[Position], market: Arc<Market>, params: ModelParams) -> Self {
        let legs = positions
            .iter()
            .flat_map(|position| {
                position
                    .legs
                    .iter()
                    .enumerate()
                    .map(move |(index, leg)| (position, index, leg))
            })
            .map(|(position, index, leg)| BookLeg {
                position: position.id,
                index,
                leg: *leg,
                group: group_of(position.role, &leg.contract),
                model: leg_model(&market, &leg.contract),
            })
            .collect();
        Self {
            legs,
            market,
            params,
        }
    }

    /// A leg of so many contracts as the book would hold it, priced at its model price today.
    pub fn draft_leg(&self, contract: Contract, quantity: i32, position: &Position) -> BookLeg {
        let leg = Leg {
            contract,
            quantity,
            entry_price: self.market.price(&contract),
            fees_usd: 0.0,
        };
        BookLeg {
            position: position.id,
            index: position.legs.len(),
            leg,
            group: group_of(position.role, &contract),
            model: leg_model(&self.market, &contract),
        }
    }
}

/// The model of a contract in a market.
pub(super) fn leg_model(market: &Market, contract: &Contract) -> LegModel {
    match contract.underlying() {
        Underlying::Spx => LegModel::Spx(spx_option(market, contract)),
        Underlying::Vix => LegModel::Vix(vix_leg(market, contract)),
    }
}

fn spx_option(market: &Market, contract: &Contract) -> SpxOption {
    let root = contract.root();
    let right = contract.right().unwrap_or(crate::pricing::Right::Call);
    let strike = contract.strike().unwrap_or(market.spx);
    let index_scale = root.index_scale();
    let spot = market.spx * index_scale;
    let settled = SpxOption {
        right,
        strike,
        index_scale,
        years: 0.0,
        forward: spot,
        spot,
        rate: market.rate,
        atm_vol: 0.0,
        svi: SviSlice::flat(0.0, 0.0),
        residual_vol: 0.0,
        k_range: (0.0, 0.0),
    };
    let Some(smile) = market.smile_at(root, contract.expiry()) else {
        return settled;
    };
    SpxOption {
        years: smile.years,
        forward: smile.forward,
        atm_vol: smile.atm_vol,
        svi: smile.svi,
        residual_vol: smile.vol(strike, right) - smile.fit_vol(smile.moneyness(strike)),
        k_range: (smile.k_min, smile.k_max),
        ..settled
    }
}

fn vix_leg(market: &Market, contract: &Contract) -> VixLeg {
    let expiry = contract.expiry();
    let today = new_york_date(market.as_of);
    let option = contract
        .strike()
        .zip(contract.right())
        .and_then(|(strike, right)| {
            market.vix_smile_at(expiry).map(|smile| VixOptionTerms {
                right,
                strike,
                smile: smile.into_owned(),
            })
        });
    VixLeg {
        years: market.years_to(contract.root(), expiry),
        trading_days: f64::from(business_days_between(today, expiry).max(0)),
        future: market.curve.future_for(expiry),
        vvix: market.vvix,
        rate: market.rate,
        strike_and_right: contract.strike().zip(contract.right()),
        option,
    }
}
