//! What-ifs side by side: the figures of a book as a scenario leaves it, what its trades realise included.
//!
//! Trades are priced in the market as it is now. Closing a contract realises its gain since entry; that gain
//! stays in the profit and in the largest loss, so that a what-if which buys something back is not flattered.

use std::collections::BTreeSet;

use super::Valuation;
use crate::document::Campaign;
use crate::instrument::{Contract, Position, PositionId, Underlying};
use crate::risk::figures::BandStatus;

/// One line of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// SPX in points.
    pub spx: f64,
    /// VIX in points.
    pub vix: f64,
    /// Profit since entry at those levels, in dollars, what the trades realise included; fees left out.
    pub pl_usd: f64,
    /// Largest loss of the SPX legs at expiry as a profit (negative is a loss), in dollars, what the trades in
    /// SPX realise included; `None` when legs outside a condor leave it open.
    pub max_loss_usd: Option<f64>,
    /// Delta of the SPX legs, dollars per SPX point.
    pub delta_usd: f64,
    /// Theta of the book with the roll-down of its hedge, dollars per calendar day.
    pub theta_per_day_usd: f64,
    /// Net vega per condor as the band judges it, index points per vol point, and where it stands.
    pub vega: Option<(f64, BandStatus)>,
    /// The margin that the rules use, dollars.
    pub margin_usd: f64,
    /// Dollars received for the trades (negative when paid), at the model's prices now, before fees; futures
    /// cost no premium.
    pub cost_usd: f64,
}

/// The trades between two books, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traded {
    /// Dollars received (negative when paid), before fees.
    pub cash_usd: f64,
    /// Gain since entry of the SPX contracts closed, dollars.
    pub realised_spx_usd: f64,
    /// Gain since entry of the VIX contracts closed, dollars.
    pub realised_vix_usd: f64,
}

/// The book as held, in the market as it is.
pub fn as_held(now: &Valuation) -> Compared {
    compared(Traded::default(), now)
}

/// A what-if (`then`, valued at its scenario) beside the book as held.
pub fn against(
    (real, now): (&Campaign, &Valuation),
    (drafted, then): (&Campaign, &Valuation),
) -> Compared {
    compared(traded((real, now), drafted), then)
}

fn compared(traded: Traded, then: &Valuation) -> Compared {
    let facts = &then.facts;
    let is_bounded = facts
        .other_legs
        .iter()
        .filter_map(|index| then.rows.get(*index))
        .all(|row| row.contract.underlying() != Underlying::Spx);
    let condors: f64 = then.condors.iter().map(|condor| -condor.max_loss_usd).sum();
    Compared {
        spx: then.market.spx,
        vix: then.market.vix,
        pl_usd: facts.open_pl_usd + traded.realised_spx_usd + traded.realised_vix_usd,
        max_loss_usd: is_bounded.then_some(condors + traded.realised_spx_usd),
        delta_usd: facts.spx.delta_usd,
        theta_per_day_usd: facts.net_theta_per_day_usd,
        vega: then.judged_vega(),
        margin_usd: facts.margin_usd,
        cost_usd: traded.cash_usd,
    }
}

/// What it takes to get from the book as held to another, at the model's prices now.
pub fn traded((real, now): (&Campaign, &Valuation), drafted: &Campaign) -> Traded {
    let ids: BTreeSet<PositionId> = [real, drafted]
        .into_iter()
        .flat_map(|campaign| campaign.positions.iter().map(|position| position.id))
        .collect();
    let mut sum = Traded::default();
    for id in ids {
        let (held, wanted) = (real.position(id), drafted.position(id));
        let contracts: BTreeSet<Contract> = [held, wanted]
            .into_iter()
            .flatten()
            .flat_map(|position| position.legs.iter().map(|leg| leg.contract))
            .collect();
        for contract in contracts {
            let had = quantity_and_entry(held, &contract);
            let trade = quantity_and_entry(wanted, &contract).0 - had.0;
            if trade != 0 {
                let price = now.market.price(&contract);
                sum.add(had, (&contract, trade, price));
            }
        }
    }
    sum
}

impl Traded {
    /// Adds one trade: contracts held and their entry price before it, and what is traded at which price.
    fn add(
        &mut self,
        (had, entry_points): (i32, f64),
        (contract, trade, price_points): (&Contract, i32, f64),
    ) {
        if contract.strike().is_some() {
            self.cash_usd -= f64::from(trade) * contract.multiplier() * price_points;
        }
        if had.signum() * trade.signum() < 0 {
            let closed = trade.abs().min(had.abs()) * had.signum();
            let gain = f64::from(closed) * contract.multiplier() * (price_points - entry_points);
            match contract.underlying() {
                Underlying::Spx => self.realised_spx_usd += gain,
                Underlying::Vix => self.realised_vix_usd += gain,
            }
        }
    }
}

/// Signed contracts that a position holds, and their mean entry price in points.
fn quantity_and_entry(position: Option<&Position>, contract: &Contract) -> (i32, f64) {
    let legs = position.map_or(&[][..], |position| &position.legs);
    let (mut quantity, mut sum, mut count) = (0, 0.0, 0.0);
    for leg in legs.iter().filter(|leg| leg.contract == *contract) {
        quantity += leg.quantity;
        sum += f64::from(leg.quantity.abs()) * leg.entry_price;
        count += f64::from(leg.quantity.abs());
    }
    (quantity, if count > 0.0 { sum / count } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::{against, as_held, traded};
    use crate::document::{Account, Campaign, campaign_from_ron};
    use crate::policy::RulePack;
    use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

    fn sample() -> Campaign {
        let text = include_str!("../../assets/samples/condor.ron");
        campaign_from_ron(text).expect("the sample reads")
    }

    fn value(campaign: &Campaign) -> Valuation {
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &Account::default(),
            slopes: Err(VegaSlopesError::NoHistory),
        };
        Valuation::of(campaign, inputs, &mut MarketCache::default())
    }

    #[test]
    fn the_book_as_held_trades_nothing() {
        let real = sample();
        let now = value(&real);
        assert_eq!(against((&real, &now), (&real, &now)), as_held(&now));
        let held = as_held(&now);
        assert_eq!((held.cost_usd, held.pl_usd), (0.0, now.facts.open_pl_usd));
        let lost = held.max_loss_usd.expect("one condor is bounded");
        assert_eq!(lost, -now.condors[0].max_loss_usd);
    }

    #[test]
    fn closing_everything_realises_the_whole_profit() {
        let real = sample();
        let now = value(&real);
        let mut closed = real.clone();
        closed.positions.clear();
        let line = against((&real, &now), (&closed, &value(&closed)));
        assert!((line.pl_usd - now.facts.open_pl_usd).abs() < 0.01);
        let worth = now.facts.spx.value_usd + now.facts.vix.value_usd;
        assert!((line.cost_usd - worth).abs() < 0.01, "sold for its value");
        assert_eq!((line.delta_usd, line.vega), (0.0, None));
    }

    #[test]
    fn a_rolled_strike_keeps_the_profit_of_today() {
        let real = sample();
        let now = value(&real);
        let mut rolled = real.clone();
        let leg = &mut rolled.positions[0].legs[2];
        leg.contract = leg.contract.with_strike(7075.0).expect("a strike");
        leg.entry_price = now.market.price(&leg.contract);
        let then = value(&rolled);
        let line = against((&real, &now), (&rolled, &then));
        let change = line.pl_usd - now.facts.open_pl_usd;
        assert!(
            change.abs() < 0.01,
            "trading at the model's price costs nothing: {change}"
        );
        let trades = traded((&real, &now), &rolled);
        assert!(trades.cash_usd < 0.0 && trades.realised_vix_usd == 0.0);
        let lost = line.max_loss_usd.expect("still a condor");
        let expected = trades.realised_spx_usd - then.condors[0].max_loss_usd;
        assert!((lost - expected).abs() < 1e-9);
    }

    #[test]
    fn legs_outside_a_condor_leave_the_largest_loss_open() {
        let real = sample();
        let mut other = real.clone();
        other.positions[0].legs.truncate(2);
        other.positions[0].role = crate::instrument::Role::Other;
        assert_eq!(as_held(&value(&other)).max_loss_usd, None);
    }
}
