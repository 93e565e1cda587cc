//! Every number of the shipped pack changes something: what is decided, not what is told of it.
//!
//! A number that only stands in sentences would be a promise that nothing keeps. Each one is set to other values, and
//! the facts of history, the findings over the linter's cases, the book's figures and the choices are made anew until
//! one of them differs. Words and limits as they are told are left out of the comparison, but for two rules whose
//! answer is a number: how many tiers are open, and what share buys a tail hedge.

use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use palisade::calendar::new_york_instant;
use palisade::decision::{
    Decision, DecisionInputs, DecisionParams, EvaluationStamp, Standing, VerdictChoices, decide,
};
use palisade::document::{Account, Campaign};
use palisade::fact::{
    AssumedMarks, BookInputs, Derived, FactId, FactInputs, FactValue, Facts, SignalParams,
};
use palisade::instrument::{PositionId, Role};
use palisade::journal::{Cents, JournalFacts, ThetaStep};
use palisade::policy::{Clause, RuleKind, RulePack};
use palisade::risk::simulation::RunControl;
use palisade::rule::{Findings, LintGrid, Reading, Stance};
use palisade::series::Library;
use palisade::valuation::{Inputs, MarketCache, Valuation, layer_sizes::layer_sizes};

use crate::made_library::made_library;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(made_library)
}

/// The shipped pack with every rule evaluated and every clause deciding: what another pack may do with its numbers.
fn shipped() -> RulePack {
    let mut pack = RulePack::alvh().clone();
    pack.evaluates = RuleKind::ALL.to_vec();
    if !pack.precedence.contains(&Clause::TailHedge) {
        pack.precedence.push(Clause::TailHedge);
    }
    pack
}

/// Numbers that stand beside another that decides alone in the made history: what that one is set to, so that they
/// have a say.
fn context(path: &str) -> &'static [(&'static str, f64)] {
    match path {
        "signals.inflation.core_monthly_pct" => &[
            ("signals.inflation.yearly_pct", 50.0),
            ("signals.inflation.surprise_pp", 50.0),
        ],
        "signals.inflation.surprise_pp" => &[
            ("signals.inflation.yearly_pct", 50.0),
            ("signals.inflation.core_monthly_pct", 50.0),
        ],
        "signals.cash_flow.over_median" => &[("signals.cash_flow.rise", 0.0)],
        "signals.cash_flow.rise" => &[("signals.cash_flow.over_median", 0.5)],
        "signals.growth.healthy_saar_pct" => &[("signals.growth.stable_bp", 1000.0)],
        _ => &[],
    }
}

/// Other values for a number: near and far, on both sides.
fn others(value: f64) -> Vec<f64> {
    let scaled = [0.5, 2.0, 0.1, 0.9, 1.1, 20.0].map(|factor| factor * value);
    let moved = [1.0, -1.0, 3.0, -3.0, 1000.0, -1000.0].map(|step| value + step);
    let may_be_negative = value <= 0.0;
    (scaled.into_iter().chain(moved))
        .filter(|other| *other != value && (may_be_negative || *other >= 0.0))
        .collect()
}

type Told = Vec<String>;

fn values(facts: &Facts) -> Told {
    facts
        .iter()
        .map(|fact| format!("{:?}", fact.value.as_ref().ok()))
        .collect()
}

/// Days at whose close history is looked at.
fn days() -> impl Iterator<Item = Timestamp> {
    let first = date(2024, 1, 8);
    (0..60).map(move |step: i32| {
        let day: Date = first.saturating_add((step * 17).days());
        new_york_instant(day.at(16, 30, 0, 0))
    })
}

/// Facts of history under the signals' numbers.
fn of_history(pack: &RulePack) -> impl Iterator<Item = Told> {
    let derived = Derived::with(library(), SignalParams::of(pack));
    days().map(move |as_of| values(&Facts::gather(&FactInputs::of_history(&derived, as_of))))
}

fn cases() -> &'static [Facts] {
    static CASES: OnceLock<Vec<Facts>> = OnceLock::new();
    CASES.get_or_init(|| {
        let campaign = palisade::app::sample_campaign();
        let market = Arc::clone(&valued(&campaign, RulePack::alvh()).market);
        let grid = LintGrid::of(&campaign, &market, RulePack::alvh()).expect("a reference condor");
        let mut cases: Vec<Facts> = grid
            .iter()
            .step_by(40)
            .map(|case| case.facts.clone())
            .collect();
        for level in [10.0, 20.0, 40.0, 60.0] {
            let mut facts = cases[0].clone();
            facts.suppose(FactId::Cm30, FactValue::Number(level));
            facts.suppose(FactId::FirstContracts, FactValue::Number(0.0));
            facts.suppose(FactId::Vix, FactValue::Number(level));
            facts.suppose(FactId::EventNoNew, FactValue::Flag(false));
            facts.suppose(FactId::Regime, FactValue::State("Promoter"));
            facts.suppose(FactId::MacdBars, FactValue::Number(300.0));
            cases.push(facts);
        }
        cases
    })
}

/// What the rules find over the linter's cases.
fn of_rules(pack: &RulePack) -> impl Iterator<Item = Told> {
    cases().iter().map(|facts| found(facts, pack))
}

fn found(facts: &Facts, pack: &RulePack) -> Told {
    let findings = Findings::evaluate(facts, pack, Reading::default());
    let rules = findings.iter().map(|found| {
        let distance = found.distance.map(|distance| distance.value);
        let answers = [RuleKind::EntryScaling, RuleKind::TailHedge].contains(&found.rule);
        let answer = answers.then_some(&found.headline);
        format!(
            "{:?} {:?} {:?} {distance:?} {answer:?}",
            found.rule, found.state, found.stance
        )
    });
    let modifiers = findings.modifiers().iter();
    let changed = modifiers.map(|modifier| format!("{:?} {}", modifier.effect, modifier.amount));
    rules.chain(changed).collect()
}

fn account() -> Account {
    Account {
        equity_usd: Some(400_000.0),
        ..Account::default()
    }
}

fn valued(campaign: &Campaign, pack: &RulePack) -> Valuation {
    let inputs = Inputs {
        pack,
        account: &account(),
        slopes: Err(palisade::valuation::VegaSlopesError::NoHistory),
    };
    Valuation::of(campaign, inputs, &mut MarketCache::default())
}

/// A book to decide on, what is supposed of it, and with history or without.
struct Book {
    campaign: Campaign,
    supposed: Vec<(FactId, FactValue)>,
}

fn expiring(day: Date) -> Campaign {
    let mut campaign = palisade::app::sample_campaign();
    for leg in &mut campaign.positions[0].legs {
        leg.contract = leg.contract.with_expiry(day);
    }
    campaign
}

fn books() -> Vec<Book> {
    let sample = palisade::app::sample_campaign;
    let number = FactValue::Number;
    let state = FactValue::State;
    let book = |campaign: Campaign, supposed: &[(FactId, FactValue)]| Book {
        campaign,
        supposed: supposed.to_vec(),
    };
    let mut paid = sample();
    for position in &mut paid.positions {
        if matches!(position.role, Role::Layer(_)) {
            for leg in &mut position.legs {
                leg.quantity *= 12;
            }
        }
    }
    let mut far = sample();
    for leg in &mut far.positions[0].legs {
        let outward = 400.0 * leg.contract.right().map_or(0.0, |right| right.sign());
        let strike = leg.contract.strike().expect("an option") + outward;
        leg.contract = leg.contract.with_strike(strike).expect("a strike");
    }
    let mut busy = sample();
    let bought = busy.trades[4].clone();
    for (days, quantity) in [(1, 4), (2, -4), (7, 4), (14, -4)] {
        let mut trade = bought.clone();
        trade.quantity = quantity;
        trade.at = trade.at.saturating_sub(days.days());
        busy.trades.push(trade);
    }
    let mut wide = sample();
    wide.positions
        .retain(|position| position.id == PositionId(1));
    vec![
        book(sample(), &[(FactId::Regime, state("Steward"))]),
        book(busy, &[]),
        book(
            paid,
            &[
                (FactId::FirstOfCost, number(2.5)),
                (FactId::VixClose, number(15.0)),
                (FactId::VixSma5, number(16.0)),
                (FactId::VixBelowHigh, number(20.0)),
            ],
        ),
        book(expiring(date(2026, 11, 24)), &[]),
        book(expiring(date(2026, 12, 4)), &[]),
        book(far, &[]),
        book(
            wide,
            &[
                (FactId::BigTopPhase, state("Press")),
                (FactId::BreadthNegative, FactValue::Flag(false)),
            ],
        ),
    ]
}

/// A journal in which theta slowed down day by day.
fn journal(now: Timestamp) -> JournalFacts {
    let step = |ago: i64| ThetaStep {
        from: now - (24 * (ago + 1)).hours(),
        to: now - (24 * ago).hours(),
        projected: Cents(10_000),
        realised: Cents(8000 + 500 * ago),
    };
    JournalFacts {
        theta: (0..10).rev().map(step).collect(),
    }
}

/// The facts of a book under a pack, with what is supposed of them.
fn facts_of(
    book: &Book,
    campaign: &Campaign,
    valuation: &Valuation,
    history: Option<&Derived>,
) -> Facts {
    let account = account();
    let inputs = BookInputs {
        campaign,
        valuation,
        account: &account,
        assumed: AssumedMarks::default(),
    };
    let journal = journal(campaign.marks.as_of);
    let inputs = FactInputs::of_book(inputs, history).with_journal(Some(&journal));
    let mut facts = Facts::gather(&inputs);
    for (id, value) in &book.supposed {
        facts.suppose(*id, value.clone());
    }
    facts
}

/// The campaign with the pack as its own.
fn under(campaign: &Campaign, pack: &RulePack) -> Campaign {
    let mut campaign = campaign.clone();
    campaign.own_pack = Some(Arc::new(pack.clone()));
    campaign.pack = pack.reference();
    campaign
}

/// Figures of the books, without choices.
fn of_books(pack: &RulePack) -> impl Iterator<Item = Told> {
    books().into_iter().map(move |book| {
        let campaign = under(&book.campaign, pack);
        let valuation = valued(&campaign, pack);
        let derived = history();
        let facts = facts_of(&book, &campaign, &valuation, Some(derived));
        let mut told = values(&facts);
        told.extend(found(&facts, pack));
        told.push(format!("{:?}", valuation.gauges));
        told.push(format!("{:?}", valuation.sizing));
        told.push(format!("{:?}", layer_sizes(&valuation, pack)));
        told
    })
}

/// The made history under the shipped numbers.
fn history() -> &'static Derived {
    static HISTORY: OnceLock<Derived> = OnceLock::new();
    HISTORY.get_or_init(|| Derived::with(library(), SignalParams::of(RulePack::alvh())))
}

/// The choices of the books, in few paths.
fn of_choices(pack: &RulePack) -> impl Iterator<Item = Told> {
    books().into_iter().map(move |book| {
        let campaign = under(&book.campaign, pack);
        let (valuation, account) = (valued(&campaign, pack), account());
        let facts = facts_of(&book, &campaign, &valuation, None);
        let params = DecisionParams::of(pack);
        let inputs = DecisionInputs {
            campaign: &campaign,
            valuation: &valuation,
            pack,
            account: &account,
            facts: &facts,
            params: DecisionParams {
                paths: params.paths / 250,
                ..params
            },
        };
        let decision = decide(&inputs, &RunControl::default()).expect("there is something held");
        choices(&decision)
    })
}

fn choices(decision: &Decision) -> Told {
    let all = decision.choices.iter().chain(&decision.rejected);
    let mut told: Told = all
        .map(|choice| {
            let trades: Vec<_> = (choice.candidate.trades.iter())
                .map(|trade| (trade.contract, trade.quantity))
                .collect();
            let tests = choice.acceptance.iter().flat_map(|found| &found.tests);
            let passed: Vec<bool> = tests.map(|test| test.passes).collect();
            format!(
                "{:?} {trades:?} {} {} {passed:?}",
                choice.candidate.kind,
                choice.score.total,
                choice.candidate.notes.len(),
            )
        })
        .collect();
    let taken = VerdictChoices::of(decision);
    told.push(format!(
        "{} {:?} {}",
        decision.preferred,
        decision.stress.chosen,
        taken.all.len()
    ));
    told
}

/// Which stance is shown after one and after two evaluations that differ from the first.
fn of_hysteresis(pack: &RulePack) -> Told {
    let needed = pack.decision.tilt.evaluations.value.round() as u32;
    let at = |day: i8| EvaluationStamp {
        as_of: new_york_instant(date(2026, 11, day).at(15, 0, 0, 0)),
        decided: 1,
    };
    let mut standing = Standing::after(None, Stance::Hold, None, at(2), needed);
    let mut told = Vec::new();
    for day in 3..9 {
        let clause = Some(Clause::VegaBand);
        standing = Standing::after(Some(standing), Stance::Hedge, clause, at(day), needed);
        told.push(format!("{:?}", standing.shown));
    }
    told
}

/// Outcomes of a pack, made once.
struct Base {
    history: Vec<Told>,
    rules: Vec<Told>,
    books: Vec<Told>,
    choices: Vec<Told>,
    hysteresis: Told,
}

impl Base {
    fn of(pack: &RulePack) -> Self {
        Self {
            history: of_history(pack).collect(),
            rules: of_rules(pack).collect(),
            books: of_books(pack).collect(),
            choices: of_choices(pack).collect(),
            hysteresis: of_hysteresis(pack),
        }
    }

    /// Whether anything differs under another pack; what a number of its kind changes first is looked at first.
    fn differs(&self, pack: &RulePack, path: &str) -> bool {
        let (history, choices) = (
            || differ(of_history(pack), &self.history),
            || differ(of_choices(pack), &self.choices),
        );
        let is_signal = path.starts_with("signals.");
        let is_decision = path.starts_with("decision.") || path.starts_with("rules.roll.");
        of_hysteresis(pack) != self.hysteresis
            || (is_decision && choices())
            || differ(of_rules(pack), &self.rules)
            || (is_signal && history())
            || differ(of_books(pack), &self.books)
            || (!is_decision && choices())
    }
}

fn differ(found: impl Iterator<Item = Told>, base: &[Told]) -> bool {
    found.zip(base).any(|(found, base)| found != *base)
}

/// Whether a number changes nothing, whatever it is set to.
fn is_idle(pack: &RulePack, base: &Base, path: &str) -> bool {
    let value = pack.number(path).expect("a number").value;
    !others(value).into_iter().any(|other| {
        let mut changed = pack.clone();
        changed.number_mut(path).expect("a number").value = other;
        base.differs(&changed, path)
    })
}

#[test]
fn every_number_of_the_shipped_pack_changes_something() {
    let pack = shipped();
    let base = Base::of(&pack);
    let idle = |path: &str| {
        let set = context(path);
        if set.is_empty() {
            return is_idle(&pack, &base, path);
        }
        let mut pack = pack.clone();
        for (other, value) in set {
            pack.number_mut(other).expect("a number").value = *value;
        }
        let base: Vec<Told> = of_history(&pack).collect();
        let value = pack.number(path).expect("a number").value;
        !others(value).into_iter().any(|other| {
            let mut changed = pack.clone();
            changed.number_mut(path).expect("a number").value = other;
            differ(of_history(&changed), &base)
        })
    };
    let paths: Vec<String> = pack.slots().into_iter().map(|slot| slot.path).collect();
    // Every second number on a thread of its own.
    let mut found: Vec<String> = std::thread::scope(|scope| {
        let threads = [0, 1].map(|start| {
            let (idle, paths) = (&idle, &paths);
            scope.spawn(move || -> Vec<String> {
                let own = paths.iter().skip(start).step_by(2);
                own.filter(|path| idle(path)).cloned().collect()
            })
        });
        threads
            .map(|thread| thread.join().expect("it ends"))
            .concat()
    });
    found.sort();
    assert_eq!(found, [""; 0], "numbers that change nothing");
}
