//! Which rules a trader's own pack evaluates and which clause decides first, changed as its numbers are.

use super::own_pack::is_under;
use super::pack::RulePack;
use super::pack_check::PackFault;
use super::rule_kind::{Clause, RuleKind};

/// Path of the rules that are evaluated.
pub const RULES_PATH: &str = "evaluates";
/// Path of the precedence.
pub const PRECEDENCE_PATH: &str = "precedence";

impl RulePack {
    /// The pack with a rule evaluated or not. A clause that decides by the rule goes and comes with it: it
    /// comes back where the shipped pack has it.
    ///
    /// # Errors
    /// [`PackFault`] when the pack would make no sense.
    pub fn with_rule(&self, rule: RuleKind, is_on: bool) -> Result<Self, PackFault> {
        if self.evaluates.contains(&rule) == is_on {
            return Ok(self.clone());
        }
        let mut next = self.next();
        if is_on {
            let base = self.base();
            put_back(&mut next.evaluates, rule, &base.evaluates);
            let own = base.precedence.iter().filter(|one| one.rules()[0] == rule);
            for clause in own {
                put_back(&mut next.precedence, *clause, &base.precedence);
            }
        } else {
            next.evaluates.retain(|one| *one != rule);
            next.drop_clauses();
        }
        next.check()?;
        Ok(next)
    }

    /// The pack with these clauses deciding, in this order.
    ///
    /// # Errors
    /// [`PackFault`] for a clause named twice, or one whose rule is not evaluated.
    pub fn with_precedence(&self, clauses: &[Clause]) -> Result<Self, PackFault> {
        if self.precedence == clauses {
            return Ok(self.clone());
        }
        let mut next = self.next();
        next.precedence = clauses.to_vec();
        next.check()?;
        Ok(next)
    }

    /// The rules that are evaluated here and not in the shipped pack, or the other way round.
    pub fn switched_rules(&self) -> Vec<RuleKind> {
        let base = self.base();
        let differs =
            |rule: &RuleKind| self.evaluates.contains(rule) != base.evaluates.contains(rule);
        RuleKind::ALL.iter().copied().filter(differs).collect()
    }

    /// Whether other clauses decide than in the shipped pack, or in another order.
    pub fn has_own_precedence(&self) -> bool {
        self.precedence != self.base().precedence
    }

    /// Puts rules and precedence back where a path asks for it.
    pub(super) fn reset_rules(&mut self, under: &[String]) {
        let asks = |path: &str| under.iter().any(|under| is_under(path, under));
        let base = self.base();
        if asks(RULES_PATH) {
            self.evaluates.clone_from(&base.evaluates);
            self.drop_clauses();
        }
        if asks(PRECEDENCE_PATH) {
            self.precedence.clone_from(&base.precedence);
            for clause in &base.precedence {
                let rule = clause.rules()[0];
                if !self.evaluates.contains(&rule) {
                    put_back(&mut self.evaluates, rule, &base.evaluates);
                }
            }
        }
    }

    /// Takes clauses out whose rule is not evaluated.
    fn drop_clauses(&mut self) {
        let evaluates = &self.evaluates;
        self.precedence
            .retain(|clause| evaluates.contains(&clause.rules()[0]));
    }

    /// Rules and precedence in lines of the difference to the shipped pack.
    pub(super) fn rule_lines(&self) -> Vec<String> {
        let word = |is_on: bool| if is_on { "evaluated" } else { "not evaluated" };
        let mut lines: Vec<String> = (self.switched_rules().into_iter())
            .map(|rule| {
                let is_on = self.evaluates.contains(&rule);
                format!("rule {}: {} → {}", rule.key(), word(!is_on), word(is_on))
            })
            .collect();
        if self.has_own_precedence() {
            let (was, now) = (words(&self.base().precedence), words(&self.precedence));
            lines.push(format!("precedence: {was} → {now}"));
        }
        lines
    }
}

fn words(clauses: &[Clause]) -> String {
    if clauses.is_empty() {
        return "none".to_owned();
    }
    let labels: Vec<&str> = clauses.iter().map(|clause| clause.label()).collect();
    labels.join(", ")
}

/// Puts an item into a list before the first one that follows it in `order`; at the end without one.
fn put_back<T: Copy + PartialEq>(list: &mut Vec<T>, item: T, order: &[T]) {
    if list.contains(&item) {
        return;
    }
    let place = |item: &T| order.iter().position(|one| one == item);
    let own = place(&item);
    let follows = |other: &T| own.is_some() && place(other) > own;
    let at = list.iter().position(follows).unwrap_or(list.len());
    list.insert(at, item);
}

#[cfg(test)]
mod tests {
    use super::{PRECEDENCE_PATH, RULES_PATH};
    use crate::policy::{Clause, RuleKind, RulePack};

    #[test]
    fn a_rule_takes_its_clause_along_and_brings_it_back_to_its_place() {
        let alvh = RulePack::alvh();
        let without = alvh.with_rule(RuleKind::Inflation, false).expect("valid");
        assert!(!without.evaluates.contains(&RuleKind::Inflation));
        assert!(!without.precedence.contains(&Clause::InflationBreach));
        assert_eq!(without.switched_rules(), [RuleKind::Inflation]);
        assert!(without.diff_text().contains(
            "rule inflation_breach: evaluated → not evaluated\nprecedence: fix structure, break-even or threat, "
        ));
        let back = without.with_rule(RuleKind::Inflation, true).expect("valid");
        assert_eq!(back.evaluates, alvh.evaluates);
        assert_eq!(back.precedence, alvh.precedence);
        assert_eq!(back.version, without.version + 1);
        // as it is already: no edit
        assert_eq!(
            back.with_rule(RuleKind::Inflation, true).as_ref(),
            Ok(&back)
        );
        // a rule that the shipped pack leaves out comes last
        let more = alvh.with_rule(RuleKind::TailHedge, true).expect("valid");
        assert_eq!(more.evaluates.last(), Some(&RuleKind::TailHedge));
        assert_eq!(more.precedence, alvh.precedence);
    }

    #[test]
    fn the_order_changes_and_both_are_reset_by_their_paths() {
        let alvh = RulePack::alvh();
        let mut order = alvh.precedence.clone();
        order.swap(2, 3);
        let own = alvh
            .with_precedence(&order)
            .and_then(|pack| pack.with_rule(RuleKind::Churn, false))
            .expect("valid");
        assert!(own.has_own_precedence());
        let reset = |path: &str| own.with_reset(&[path.to_owned()]).expect("valid");
        let rules = reset(RULES_PATH);
        assert!(rules.switched_rules().is_empty() && rules.has_own_precedence());
        let precedence = reset(PRECEDENCE_PATH);
        assert!(!precedence.has_own_precedence());
        assert_eq!(precedence.switched_rules(), [RuleKind::Churn]);
        let all = reset("");
        assert!(all.switched_rules().is_empty() && !all.has_own_precedence());
        assert_eq!(own.with_reset(&["budgets".to_owned()]).as_ref(), Ok(&own));
        // what makes no sense is refused
        alvh.with_precedence(&[Clause::TailHedge])
            .expect_err("its rule is not evaluated");
        alvh.with_precedence(&[Clause::VegaBand; 2])
            .expect_err("twice");
    }
}
