//! What single positions do as hedges, what the hedge sums up to, and the fees of closing it all.

use super::Valuation;
use crate::document::Campaign;
use crate::instrument::PositionId;
use crate::risk::band::Convention;
use crate::risk::exposure::{leg_of, roll_down_per_day_usd, vix_greeks};
use crate::risk::figures::CondorFacts;
use crate::risk::hedge::unit_vega_points;

/// What VIX legs cost and do, of one position or of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HedgePart {
    /// Premium paid at entry in dollars; negative when received, 0 for futures.
    pub cost_usd: f64,
    /// Decay per calendar day at a fixed future, dollars.
    pub decay_per_day_usd: f64,
    /// Roll-down along today's curve per calendar day, dollars.
    pub roll_down_per_day_usd: f64,
    /// SPX-equivalent vega per condor, index points per vol point.
    pub contribution_points: f64,
}

impl HedgePart {
    /// Decay and roll-down per calendar day, dollars.
    pub fn carry_per_day_usd(&self) -> f64 {
        self.decay_per_day_usd + self.roll_down_per_day_usd
    }
}

impl Valuation {
    /// The VIX legs of one position as a hedge under a convention; all zero without any.
    pub fn hedge_of(&self, position: PositionId, rule: Convention) -> HedgePart {
        self.hedge_where(rule, |owner| owner == position)
    }

    /// All VIX legs of the book as a hedge under a convention.
    pub fn hedge_total(&self, rule: Convention) -> HedgePart {
        self.hedge_where(rule, |_| true)
    }

    fn hedge_where(&self, rule: Convention, is_counted: impl Fn(PositionId) -> bool) -> HedgePart {
        let mut part = HedgePart::default();
        for row in self.rows.iter().filter(|row| is_counted(row.position)) {
            let Some(leg) = leg_of(&self.book, row) else {
                continue;
            };
            let quantity = f64::from(row.quantity);
            if matches!(leg.model, crate::risk::book::LegModel::Spx(_)) {
                continue;
            }
            if row.contract.strike().is_some() {
                part.cost_usd += leg.usd_per_point() * row.entry_points;
            }
            part.decay_per_day_usd += vix_greeks(row).theta_per_day_usd;
            part.roll_down_per_day_usd += roll_down_per_day_usd(&self.book, leg, row);
            let unit = unit_vega_points(&self.book, leg, row, &self.frame, rule);
            part.contribution_points += quantity * unit / self.frame.condors;
        }
        part
    }

    /// Commission and fees, in dollars, of closing every live leg at its model price by the schedule.
    pub fn closing_fees_usd(&self, campaign: &Campaign) -> f64 {
        self.rows
            .iter()
            .filter(|row| !row.is_expired)
            .map(|row| {
                let is_package = campaign
                    .position(row.position)
                    .is_some_and(|position| position.legs.len() > 1);
                let fees = &campaign.settings.fees;
                fees.fees_usd(&row.contract, row.price_points, row.quantity, is_package)
            })
            .sum()
    }
}

impl CondorFacts {
    /// Entry credit as a share of the wider wing.
    pub fn credit_share_of_width(&self) -> f64 {
        self.credit_points / self.width_points
    }

    /// Dollars per index point of one condor.
    pub fn delta_per_condor_usd(&self) -> f64 {
        self.greeks.delta_usd / f64::from(self.contracts.max(1))
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Account, campaign_from_ron};
    use crate::instrument::LayerKind;
    use crate::policy::RulePack;
    use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

    #[test]
    fn positions_add_up_to_their_layers_and_to_the_total() {
        let text = include_str!("../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        let (account, mut cache) = (Account::default(), MarketCache::default());
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        let valuation = Valuation::of(&campaign, inputs, &mut cache);
        let rule = campaign.settings.convention;
        let total = valuation.hedge_total(rule);
        let mut sum = 0.0;
        for kind in LayerKind::ALL {
            let layer = valuation.layer(kind);
            let own = campaign
                .positions
                .iter()
                .find(|position| position.role.layer() == Some(kind))
                .expect("the sample holds every layer");
            let part = valuation.hedge_of(own.id, rule);
            assert!((part.cost_usd - layer.cost_usd).abs() < 1e-9);
            assert!((part.carry_per_day_usd() - layer.carry_per_day_usd()).abs() < 1e-9);
            assert!((part.contribution_points - layer.contribution_points).abs() < 1e-12);
            sum += part.contribution_points;
        }
        assert!((total.contribution_points - sum).abs() < 1e-12);
        assert!((total.cost_usd - valuation.facts.hedge_debit_usd).abs() < 1e-9);
        // 40 SPX contracts at 0.65 + 0.45 + 0.03, and ten VIX calls
        let fees = valuation.closing_fees_usd(&campaign);
        assert!(
            (fees - (45.2 + 4.0 * 1.08 + 6.0 * 1.13)).abs() < 1e-9,
            "{fees}"
        );
    }

    #[test]
    fn condor_shares() {
        let text = include_str!("../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        let (account, mut cache) = (Account::default(), MarketCache::default());
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        let valuation = Valuation::of(&campaign, inputs, &mut cache);
        let condor = &valuation.condors[0];
        assert!((condor.credit_share_of_width() - 12.1 / 50.0).abs() < 1e-9);
        assert!((condor.delta_per_condor_usd() * 10.0 - condor.greeks.delta_usd).abs() < 1e-9);
    }
}
