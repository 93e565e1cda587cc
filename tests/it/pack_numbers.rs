//! Every number of the shipped pack changes something: what is decided, not what is told of it.
//!
//! A number that only stands in sentences would be a promise that nothing keeps. Each one is set to other values, and
//! the facts of history, the findings over the linter's cases, the book's figures and the choices are made anew until
//! one of them differs. Words and limits as they are told are left out of the comparison.

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
use palisade::policy::{Clause, RuleKind, RulePack};
use palisade::risk::simulation::RunControl;
use palisade::rule::{Findings, LintGrid, Reading, Stance};
use palisade::series::Library;
use palisade::valuation::{Inputs, MarketCache, Valuation, layer_sizes::layer_sizes};

use crate::made_library::made_library;

/// Numbers that change nothing yet, each with what it waits for. Empty of anything else.
const WAITING: [(&str, &str); 1] = [(
    "rules.vega_cut.slow_days",
    "the journal keeps no attribution of its results, so theta is never judged over days",
)];

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
    let first = date(2025, 1, 6);
    (0..24).map(move |step: i32| {
        let day: Date = first.saturating_add((step * 27).days());
        new_york_instant(day.at(16, 30, 0, 0))
    })
}

/// Facts of history under the signals' numbers.
fn of_history(pack: &RulePack) -> Told {
    let derived = Derived::with(library(), SignalParams::of(pack));
    days()
        .flat_map(|as_of| values(&Facts::gather(&FactInputs::of_history(&derived, as_of))))
        .collect()
}

fn cases() -> &'static [Facts] {
    static CASES: OnceLock<Vec<Facts>> = OnceLock::new();
    CASES.get_or_init(|| {
        let campaign = palisade::app::sample_campaign();
        let market = Arc::clone(&valued(&campaign, RulePack::alvh()).market);
        let grid = LintGrid::of(&campaign, &market, RulePack::alvh()).expect("a reference condor");
        grid.iter()
            .step_by(13)
            .map(|case| case.facts.clone())
            .collect()
    })
}

/// What the rules find over the linter's cases.
fn of_rules(pack: &RulePack) -> impl Iterator<Item = Told> {
    cases().iter().map(|facts| {
        let findings = Findings::evaluate(facts, pack, Reading::default());
        let rules = findings.iter().map(|found| {
            let distance = found.distance.map(|distance| distance.value);
            format!(
                "{:?} {:?} {:?} {distance:?}",
                found.rule, found.state, found.stance
            )
        });
        let modifiers = findings.modifiers().iter();
        let changed =
            modifiers.map(|modifier| format!("{:?} {}", modifier.effect, modifier.amount));
        rules.chain(changed).collect()
    })
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
    let mut wide = sample();
    wide.positions
        .retain(|position| position.id == PositionId(1));
    vec![
        book(sample(), &[(FactId::Regime, state("Steward"))]),
        book(
            paid,
            &[
                (FactId::FirstOfCost, number(2.5)),
                (FactId::VixClose, number(15.0)),
                (FactId::VixSma5, number(16.0)),
                (FactId::VixBelowHigh, number(14.0)),
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
    let mut facts = Facts::gather(&FactInputs::of_book(inputs, history));
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
        let mut told = values(&facts_of(&book, &campaign, &valuation, Some(derived)));
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
            format!(
                "{:?} {trades:?} {} {} {}",
                choice.candidate.kind,
                choice.score.total,
                choice.candidate.notes.len(),
                choice.is_accepted()
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

/// Outcomes of the shipped numbers, made once.
struct Base {
    history: Told,
    rules: Vec<Told>,
    books: Vec<Told>,
    choices: Vec<Told>,
    hysteresis: Told,
}

impl Base {
    fn of(pack: &RulePack) -> Self {
        Self {
            history: of_history(pack),
            rules: of_rules(pack).collect(),
            books: of_books(pack).collect(),
            choices: of_choices(pack).collect(),
            hysteresis: of_hysteresis(pack),
        }
    }

    /// Whether anything differs under another pack; the quick comparisons come first.
    fn differs(&self, pack: &RulePack, is_signal: bool) -> bool {
        of_hysteresis(pack) != self.hysteresis
            || of_rules(pack)
                .zip(&self.rules)
                .any(|(found, base)| found != *base)
            || of_books(pack)
                .zip(&self.books)
                .any(|(found, base)| found != *base)
            || (is_signal && of_history(pack) != self.history)
            || of_choices(pack)
                .zip(&self.choices)
                .any(|(found, base)| found != *base)
    }
}

#[test]
fn every_number_of_the_shipped_pack_changes_something() {
    let pack = shipped();
    let base = Base::of(&pack);
    let idle = |path: &str| {
        let value = pack.number(path).expect("a number").value;
        !others(value).into_iter().any(|other| {
            let mut changed = pack.clone();
            changed.number_mut(path).expect("a number").value = other;
            base.differs(&changed, path.starts_with("signals."))
        })
    };
    let paths: Vec<String> = pack.slots().into_iter().map(|slot| slot.path).collect();
    let half = paths.len().div_ceil(2);
    let found: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (paths.chunks(half))
            .map(|some| {
                let idle = &idle;
                scope.spawn(move || some.iter().filter(|path| idle(path)).cloned().collect())
            })
            .collect();
        let found = threads
            .into_iter()
            .map(|thread| thread.join().expect("it ends"));
        found.collect::<Vec<Vec<String>>>().concat()
    });
    let mut found = found;
    found.sort();
    let mut waiting: Vec<&str> = WAITING.iter().map(|(path, _)| *path).collect();
    waiting.sort_unstable();
    assert_eq!(found, waiting, "numbers that change nothing");
}
