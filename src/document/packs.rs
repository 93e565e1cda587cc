//! The rule pack of a campaign: chosen, changed on a copy, checked with the file.

use std::sync::Arc;

use super::campaign::Campaign;
use super::command::CommandError;
use super::fault::Fault;
use crate::policy::{Clause, PackFault, PackRef, RuleKind, RulePack};

impl Campaign {
    /// Lets a shipped pack rule.
    pub(super) fn choose_pack(&mut self, pack: PackRef) -> Result<(), CommandError> {
        if RulePack::find(&pack).is_none() {
            let found = format!("{} version {}", pack.id, pack.version);
            let fault = Fault::new("pack", found, "a rule pack that comes with the program");
            return Err(fault.into());
        }
        (self.pack, self.own_pack) = (pack, None);
        Ok(())
    }

    /// Gives the campaign a pack of its own; a shipped one is only named.
    pub(super) fn use_pack(&mut self, pack: Arc<RulePack>) -> Result<(), CommandError> {
        pack.check().map_err(Fault::from)?;
        self.pack = pack.reference();
        let is_shipped = RulePack::shipped().contains(&pack.as_ref());
        self.own_pack = (!is_shipped).then_some(pack);
        Ok(())
    }

    /// Changes the pack in force; one that stays as it is stays what it is.
    pub(super) fn change_pack(
        &mut self,
        change: impl FnOnce(&RulePack) -> Result<RulePack, PackFault>,
    ) -> Result<(), CommandError> {
        let old = self.rule_pack();
        let next = change(old).map_err(Fault::from)?;
        if next == *old {
            return Ok(());
        }
        self.use_pack(Arc::new(next))
    }

    /// Lets a rule of the pack be evaluated, or not.
    pub(super) fn evaluate_rule(
        &mut self,
        rule: RuleKind,
        is_on: bool,
    ) -> Result<(), CommandError> {
        self.change_pack(|pack| pack.with_rule(rule, is_on))
    }

    /// Sets which clauses of the pack decide, the first first.
    pub(super) fn order_clauses(&mut self, clauses: &[Clause]) -> Result<(), CommandError> {
        self.change_pack(|pack| pack.with_precedence(clauses))
    }

    /// Checks the own pack, and that it is the one that the campaign names.
    pub(super) fn check_pack(&self) -> Result<(), Fault> {
        let Some(own) = &self.own_pack else {
            return Ok(());
        };
        own.check()
            .map_err(|fault| Fault::from(fault).within("own_pack"))?;
        if own.reference() != self.pack {
            let found = format!("{} version {}", self.pack.id, self.pack.version);
            let expected = format!("{} version {}, the own pack", own.id, own.version);
            return Err(Fault::new("pack", found, expected));
        }
        Ok(())
    }
}

impl From<PackFault> for Fault {
    fn from(fault: PackFault) -> Self {
        Self::new(fault.path, fault.found, fault.expected)
    }
}
