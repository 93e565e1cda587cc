//! Decisions on the sample campaign: bases, laws, and what the choices lead to.

use std::sync::OnceLock;

use super::{
    CandidateKind, Decision, DecisionError, DecisionInputs, DecisionParams, HedgeGoal, TestKind,
    decide,
};
use crate::document::{Account, Campaign, campaign_from_ron};
use crate::fact::{AssumedMarks, BookInputs, FactInputs, Facts};
use crate::instrument::{Position, PositionId};
use crate::policy::RulePack;
use crate::risk::simulation::{RunControl, SimulationError};
use crate::rule::Stance;
use crate::valuation::{Inputs, MarketCache, Valuation};

/// Everything that inputs borrow.
struct Made {
    campaign: Campaign,
    valuation: Valuation,
    account: Account,
    facts: Facts,
}

impl Made {
    fn of(campaign: Campaign) -> Self {
        let account = Account::default();
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
        };
        let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
        let facts = Facts::gather(&FactInputs::of_book(
            BookInputs {
                campaign: &campaign,
                valuation: &valuation,
                account: &account,
                assumed: AssumedMarks::default(),
            },
            None,
        ));
        Self {
            campaign,
            valuation,
            account,
            facts,
        }
    }

    fn inputs(&self, paths: usize) -> DecisionInputs<'_> {
        DecisionInputs {
            campaign: &self.campaign,
            valuation: &self.valuation,
            pack: RulePack::alvh(),
            account: &self.account,
            facts: &self.facts,
            params: DecisionParams {
                paths,
                ..DecisionParams::default()
            },
        }
    }
}

fn sample() -> Campaign {
    let text = include_str!("../../assets/samples/condor.ron");
    campaign_from_ron(text).expect("the sample reads")
}

fn decided(campaign: Campaign, paths: usize) -> Decision {
    let made = Made::of(campaign);
    decide(&made.inputs(paths), &RunControl::default()).expect("there is something to decide")
}

/// The sample's decision on few paths, made once.
fn of_sample() -> &'static Decision {
    static DECISION: OnceLock<Decision> = OnceLock::new();
    DECISION.get_or_init(|| decided(sample(), 400))
}

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected} ± {tolerance}"
    );
}

#[test]
fn show() {
    let decision = decided(sample(), 2000);
    eprintln!("{:?}", decision.basis);
    for choice in decision.choices.iter().chain(&decision.rejected) {
        let f = &choice.figures;
        eprintln!(
            "{:<55} cost {:>8.0} fr {:>5.0} real {:>6.0} car {:>6.0} V {:?} th {:>6.1} m {:>6.0} cap {:>6.0} E {:>6.0}±{:>4.0} p05 {:>7.0} w {:>7.0} b {:>6.0} tails {:?} irr {:?} be {:?} score {:.3} {:?} drifts {:?} preset {:?} ml {:.0}",
            choice.candidate.name,
            f.cost_usd(),
            f.friction_usd(),
            f.realised_usd,
            f.carried_usd,
            f.vega.map(|v| (v.literal, v.normalised)),
            f.theta_per_day_usd,
            f.margin_usd,
            f.capital_usd,
            f.outcome.expected_usd,
            f.outcome.standard_error_usd,
            f.outcome.p05_usd,
            f.outcome.worst_usd,
            f.outcome.best_usd,
            f.tails_usd,
            f.irr,
            f.break_evens,
            choice.score.total,
            choice.score.parts,
            f.drifts.map(|d| d.expected_pl_usd as i64),
            f.worst_preset(),
            f.max_loss_usd
        );
        for n in &choice.candidate.notes {
            eprintln!("      {n}");
        }
        if let Some(a) = &choice.acceptance {
            for t in &a.tests {
                if !t.passes {
                    eprintln!("      FAIL {:?}: {}", t.kind, t.sentence);
                }
            }
        }
    }
    eprintln!(
        "{:?} pref {}",
        decision.order,
        decision.preferred().candidate.name
    );
    for c in &decision.map.comparisons {
        eprintln!("{}", c.sentence);
    }
    eprintln!(
        "{} {} {:?} {}",
        decision.stress.held_loss_usd,
        decision.stress.allowed_usd,
        decision.stress.chosen,
        decision.stress.frontier.len()
    );
    for p in &decision.stress.frontier {
        eprintln!("{:?}", p);
    }
}
