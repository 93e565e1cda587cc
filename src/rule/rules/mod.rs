//! The rules, one file each: facts and numbers of the pack in, a finding out.

mod big_top;
mod break_evens;
mod budget;
mod cash_flow;
mod churn;
mod concentration;
mod entry_scaling;
mod etp_cost;
mod evaluate;
mod event_window;
mod exchange_rate;
mod first_signal;
mod gamma_check;
mod growth;
mod hedge_debit;
mod hedge_spend;
mod hedge_theta;
mod inflation;
mod layer;
mod layer_entry;
mod layer_roll;
mod loyalty;
mod monetise;
mod net_vega_band;
mod position_cap;
mod regime;
mod roll_back;
mod roll_limit;
mod second_richness;
mod synthetics;
mod tail_hedge;
mod theta_floor;
mod threatened;
mod vega;
mod vega_cut;
mod wacc_balance;

use super::case::RuleInputs;
use super::finding::Finding;
use crate::policy::RuleKind;

/// What a rule finds.
pub(super) fn evaluate(rule: RuleKind, inputs: &RuleInputs<'_>) -> Finding {
    match rule {
        RuleKind::Synthetics => synthetics::evaluate(inputs),
        RuleKind::GammaCheck => gamma_check::evaluate(inputs),
        RuleKind::BreakEvens => break_evens::evaluate(inputs),
        RuleKind::Threatened => threatened::evaluate(inputs),
        RuleKind::RollBack => roll_back::evaluate(inputs),
        RuleKind::Inflation => inflation::evaluate(inputs),
        RuleKind::VegaCut => vega_cut::evaluate(inputs),
        RuleKind::Evaluate => evaluate::evaluate(inputs),
        RuleKind::NetVegaBand => net_vega_band::evaluate(inputs),
        RuleKind::ThetaFloor => theta_floor::evaluate(inputs),
        RuleKind::WaccBalance => wacc_balance::evaluate(inputs),
        RuleKind::LayerEntry => layer_entry::evaluate(inputs),
        RuleKind::LayerRoll => layer_roll::evaluate(inputs),
        RuleKind::Monetise => monetise::evaluate(inputs),
        RuleKind::FirstSignal => first_signal::evaluate(inputs),
        RuleKind::SecondRichness => second_richness::evaluate(inputs),
        RuleKind::HedgeDebit => hedge_debit::evaluate(inputs),
        RuleKind::HedgeTheta => hedge_theta::evaluate(inputs),
        RuleKind::HedgeSpend => hedge_spend::evaluate(inputs),
        RuleKind::EtpCost => etp_cost::evaluate(inputs),
        RuleKind::PositionCap => position_cap::evaluate(inputs),
        RuleKind::EntryScaling => entry_scaling::evaluate(inputs),
        RuleKind::EventWindow => event_window::evaluate(inputs),
        RuleKind::Regime => regime::evaluate(inputs),
        RuleKind::BigTop => big_top::evaluate(inputs),
        RuleKind::Concentration => concentration::evaluate(inputs),
        RuleKind::Growth => growth::evaluate(inputs),
        RuleKind::ExchangeRate => exchange_rate::evaluate(inputs),
        RuleKind::CashFlow => cash_flow::evaluate(inputs),
        RuleKind::RollLimit => roll_limit::evaluate(inputs),
        RuleKind::Loyalty => loyalty::evaluate(inputs),
        RuleKind::Churn => churn::evaluate(inputs),
        RuleKind::TailHedge => tail_hedge::evaluate(inputs),
    }
}
