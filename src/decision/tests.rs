//! Decisions on the sample campaign.

mod basis;
mod carried;
mod hedging;
mod one_sided;
mod rolling;

use std::sync::OnceLock;

use super::{Decision, DecisionInputs, DecisionParams, Verdict, VerdictInputs, Weighed, decide};
use crate::document::{Account, Campaign, campaign_from_ron};
use crate::fact::{AssumedMarks, BookInputs, FactInputs, Facts};
use crate::policy::RulePack;
use crate::risk::simulation::RunControl;
use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

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
            slopes: Err(VegaSlopesError::NoHistory),
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
                ..DecisionParams::of(RulePack::alvh())
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
fn a_recorded_decision_reopens_with_the_very_findings_that_it_had() {
    use crate::rule::{Findings, Reading, RuleState, lint_journal, recorded_facts};
    let made = Made::of(sample());
    let findings = Findings::evaluate(
        &made.facts,
        RulePack::alvh(),
        Reading::from(&made.campaign.settings),
    );
    let verdict = Verdict::of(&VerdictInputs {
        facts: &made.facts,
        findings: &findings,
        pack: RulePack::alvh(),
        choices: None,
    });
    let weighed = |findings, facts| {
        let weighed = Weighed {
            campaign: &made.campaign,
            facts,
            findings,
            verdict: &verdict,
            decision: None,
        };
        weighed.record(None)
    };
    let record = weighed(&findings, &made.facts);
    let facts = recorded_facts(&record, made.facts.as_of());
    let again = Findings::evaluate(&facts, RulePack::alvh(), Reading::from(&record.settings));
    assert_eq!(weighed(&again, &facts), record);
    // Twenty times the same decision: each rule that could be judged always speaks, or never does.
    let many = [&record; 20];
    let judged = findings.iter().filter(|it| it.state != RuleState::NoData);
    assert_eq!(lint_journal(RulePack::alvh(), &many).len(), judged.count());
    assert_eq!(lint_journal(RulePack::alvh(), &many[1..]), []);
}
