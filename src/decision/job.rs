//! A decision to be made on a thread of its own: inputs that own what they hold.

use std::sync::Arc;

use super::decide::{Decision, DecisionError, decide};
use super::inputs::DecisionInputs;
use super::params::DecisionParams;
use crate::document::{Account, Campaign};
use crate::fact::Facts;
use crate::policy::RulePack;
use crate::risk::simulation::RunControl;
use crate::valuation::Valuation;

/// Everything that a decision needs, shared with whoever asked for it.
#[derive(Clone, Debug)]
pub struct DecisionJob {
    /// The campaign.
    pub campaign: Arc<Campaign>,
    /// Its valuation.
    pub valuation: Arc<Valuation>,
    /// The rule pack in force.
    pub pack: Arc<RulePack>,
    /// The account.
    pub account: Arc<Account>,
    /// The facts of the same instant.
    pub facts: Arc<Facts>,
    /// The numbers of the decision.
    pub params: DecisionParams,
}

impl DecisionJob {
    /// The inputs.
    pub fn inputs(&self) -> DecisionInputs<'_> {
        DecisionInputs {
            campaign: &self.campaign,
            valuation: &self.valuation,
            pack: &self.pack,
            account: &self.account,
            facts: &self.facts,
            params: self.params,
        }
    }

    /// Makes the decision.
    ///
    /// # Errors
    /// As [`decide`].
    pub fn run(&self, control: &RunControl) -> Result<Decision, DecisionError> {
        decide(&self.inputs(), control)
    }
}
