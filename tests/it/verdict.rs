//! The verdict: precedence, conflicts, what is missing, and what the choices add.

use palisade::decision::{
    CandidateKind, HedgeGoal, Verdict, VerdictChoice as Choice, VerdictChoices as Choices,
    VerdictInputs,
};
use palisade::document::{Account, Campaign};
use palisade::fact::{AssumedMarks, BookInputs, FactId, FactInputs, FactValue, Facts};
use palisade::instrument::Role;
use palisade::policy::{Clause, RuleKind, RulePack};
use palisade::rule::{Findings, Reading, RuleState, Stance};
use palisade::valuation::{Inputs, MarketCache, Valuation};
use proptest::prelude::*;

use crate::rules::{but, calm_facts};

/// A fact supposed.
type Supposed = (FactId, FactValue);

fn number(id: FactId, value: f64) -> (FactId, FactValue) {
    (id, FactValue::Number(value))
}

fn flag(id: FactId, value: bool) -> (FactId, FactValue) {
    (id, FactValue::Flag(value))
}

fn decide(facts: &Facts, choices: Option<&Choices>) -> Verdict {
    let pack = RulePack::alvh();
    let findings = Findings::evaluate(facts, pack, Reading::default());
    Verdict::of(&VerdictInputs {
        facts,
        findings: &findings,
        pack,
        choices,
    })
}

fn choice(name: &str, stance: Stance, score: f64) -> Choice {
    Choice {
        name: name.to_owned(),
        stance,
        kinds: match stance {
            Stance::Hedge => vec![CandidateKind::Hedge(HedgeGoal::Band)],
            Stance::Trim => vec![CandidateKind::TrimHedge],
            Stance::NoAdvice
            | Stance::Fix
            | Stance::Hold
            | Stance::Roll
            | Stance::Close
            | Stance::Evaluate => Vec::new(),
        },
        place: 0,
        stops_short: None,
        score: Some(score),
        cost_pct_of_credit: Some(1.0),
        trades: Vec::new(),
    }
}

fn choices(rows: &[(&str, Stance, f64)]) -> Choices {
    let all = rows
        .iter()
        .map(|(name, stance, score)| choice(name, *stance, *score));
    Choices { all: all.collect() }
}

#[test]
fn nothing_that_fires_is_hold_with_the_nearest_limit_first() {
    let verdict = decide(&calm_facts(), None);
    assert_eq!((verdict.stance, verdict.clause), (Stance::Hold, None));
    assert!(verdict.missing.is_empty() && verdict.not_judged.is_empty());
    assert!(!verdict.flips.is_empty());
    assert_eq!(verdict.sentence, "Hold: nothing asks for a change.");
}

#[test]
fn net_vega_in_a_cpi_week_is_evaluated_when_short_and_trimmed_when_long() {
    let week = |net: f64| {
        but(vec![
            number(FactId::NetVegaNormalised, net),
            number(FactId::NetVegaLiteral, net),
            flag(FactId::InflationElevated, true),
            flag(FactId::EventWindow, true),
        ])
    };
    let short = decide(&week(-0.45), None);
    assert_eq!(
        (short.stance, short.clause),
        (Stance::Evaluate, Some(Clause::InflationBreach))
    );
    // the band asks to hedge: shown as a conflict, not averaged
    let band = short
        .against
        .iter()
        .find(|one| one.rule == RuleKind::NetVegaBand);
    assert_eq!(band.expect("a conflict").stance, Some(Stance::Hedge));
    let long = decide(&week(0.45), None);
    assert_eq!(
        (long.stance, long.clause),
        (Stance::Trim, Some(Clause::InflationBreach))
    );
    assert!(long.because.contains(&RuleKind::NetVegaBand));
    assert!(!long.sentence.contains("buy"), "{}", long.sentence);
}

#[test]
fn the_first_clause_that_fires_decides() {
    let rows: [(Vec<Supposed>, Clause, Stance); 7] = [
        (
            vec![number(FactId::ThetaRatio, 0.07)],
            Clause::ThetaFloor,
            Stance::Trim,
        ),
        (
            vec![number(FactId::NetVegaNormalised, -0.2)],
            Clause::VegaBand,
            Stance::Hedge,
        ),
        (
            vec![
                number(FactId::BreadthAge, 1.0),
                number(FactId::LayersCompressAge, 0.0),
            ],
            Clause::Evaluate,
            Stance::Evaluate,
        ),
        (
            vec![
                flag(FactId::SpxHot, true),
                flag(FactId::PeExpanding, true),
                number(FactId::ThetaCapture, 0.8),
            ],
            Clause::VegaCut,
            Stance::Hedge,
        ),
        (
            vec![
                number(FactId::NetVegaNormalised, -0.5),
                flag(FactId::InflationElevated, true),
            ],
            Clause::InflationBreach,
            Stance::Evaluate,
        ),
        (
            vec![number(FactId::BreakEvenMargin, 0.5)],
            Clause::BreakEvenBreach,
            Stance::Roll,
        ),
        (
            vec![number(FactId::NakedShorts, 1.0)],
            Clause::FixStructure,
            Stance::Fix,
        ),
    ];
    // each on top of those before it, which stand lower
    let mut values = Vec::new();
    for (more, clause, stance) in rows {
        values.extend(more);
        let verdict = decide(&but(values.clone()), None);
        assert_eq!((verdict.clause, verdict.stance), (Some(clause), stance));
        assert!(
            verdict
                .because
                .iter()
                .any(|rule| clause.rules().contains(rule))
        );
        assert!(!verdict.flips.is_empty());
    }
}

#[test]
fn a_breach_rolls_when_a_roll_is_accepted_else_hedges_or_closes() {
    let facts = but(vec![number(FactId::BreakEvenMargin, 0.5)]);
    let with = |rows: &[(&str, Stance, f64)]| decide(&facts, Some(&choices(rows)));
    let rolled = with(&[
        ("Roll to 15 January", Stance::Roll, -0.5),
        ("Close", Stance::Close, 0.3),
    ]);
    assert_eq!(rolled.stance, Stance::Roll);
    let closed = with(&[("Close", Stance::Close, 0.3), ("Hedge", Stance::Hedge, 0.1)]);
    assert_eq!(closed.stance, Stance::Close);
    assert!(
        closed.sentence.contains("no roll is accepted"),
        "{}",
        closed.sentence
    );
    let hedged = with(&[("Close", Stance::Close, 0.1), ("Hedge", Stance::Hedge, 0.3)]);
    assert_eq!(hedged.stance, Stance::Hedge);
    // a lean to the roll says nothing of a close; a tie goes to the hedge where the regime says so
    let level = |regime: &'static str| {
        let facts = but(vec![
            number(FactId::BreakEvenMargin, 0.5),
            (FactId::Regime, FactValue::State(regime)),
        ]);
        let rows = [
            ("Close", Stance::Close, 0.12),
            ("Hedge", Stance::Hedge, 0.10),
        ];
        decide(&facts, Some(&choices(&rows))).stance
    };
    assert_eq!(level("Promoter"), Stance::Close);
    assert_eq!(level("Steward"), Stance::Hedge);
}

#[test]
fn a_tie_goes_by_regime_and_a_signal_turns_it_to_the_hedge() {
    let diverging = |more: Vec<(FactId, FactValue)>| {
        let mut values = vec![
            number(FactId::BreadthAge, 1.0),
            number(FactId::LayersCompressAge, 0.0),
        ];
        values.extend(more);
        but(values)
    };
    let rows = |roll: f64, hedge: f64| {
        choices(&[
            ("Roll out", Stance::Roll, roll),
            ("Buy calls", Stance::Hedge, hedge),
        ])
    };
    let compared = |facts: &Facts, roll: f64, hedge: f64| {
        decide(facts, Some(&rows(roll, hedge)))
            .compared
            .expect("compared")
    };
    // Promoter adds 0.05 to the roll, so the hedge needs that much to tie
    let promoter = diverging(Vec::new());
    assert!(compared(&promoter, 0.10, 0.16).contains("a tie, which goes to the roll"));
    assert!(compared(&promoter, 0.10, 0.20).contains("Buy calls comes first"));
    assert!(compared(&promoter, 0.10, 0.11).contains("Roll out comes first"));
    let steward = diverging(vec![(FactId::Regime, FactValue::State("Steward"))]);
    assert!(compared(&steward, 0.16, 0.10).contains("a tie, which goes to the hedge"));
    let signal = diverging(vec![flag(FactId::FrontTies, true)]);
    assert!(compared(&signal, 0.10, 0.16).contains("a tie, which goes to the hedge"));
}

#[test]
fn without_history_the_book_still_speaks_and_says_what_was_not_judged() {
    let mut facts = but(vec![number(FactId::NetVegaNormalised, -0.2)]);
    for id in [
        FactId::BreadthAge,
        FactId::LayersCompressAge,
        FactId::SpxHot,
        FactId::PeExpanding,
        FactId::ThetaCapture,
        FactId::Regime,
    ] {
        facts.suppose_missing(id);
    }
    let verdict = decide(&facts, None);
    assert_eq!(
        (verdict.stance, verdict.clause),
        (Stance::Hedge, Some(Clause::VegaBand))
    );
    assert_eq!(verdict.not_judged, [RuleKind::VegaCut, RuleKind::Evaluate]);
    assert!(
        verdict.sentence.contains("not judged for want of history"),
        "{}",
        verdict.sentence
    );
    assert!(verdict.missing.is_empty());
    // a macro print that is missing does not silence a break-even breach
    let mut breach = but(vec![
        number(FactId::BreakEvenMargin, 0.5),
        number(FactId::NetVegaNormalised, -0.5),
    ]);
    breach.suppose_missing(FactId::InflationElevated);
    assert_eq!(decide(&breach, None).stance, Stance::Roll);
}

#[test]
fn without_a_figure_of_the_book_there_is_no_advice() {
    for id in [
        FactId::BreakEvenMargin,
        FactId::NetVegaNormalised,
        FactId::ThetaRatio,
        FactId::ShortDelta,
    ] {
        let mut facts = calm_facts();
        facts.suppose_missing(id);
        let verdict = decide(&facts, None);
        assert_eq!(verdict.stance, Stance::NoAdvice, "{}", id.key());
        assert_eq!(verdict.missing, [id]);
        assert!(verdict.sentence.contains(id.key()), "{}", verdict.sentence);
    }
}

#[test]
fn a_budget_stands_against_a_hedge_and_the_last_roll_against_a_roll() {
    let over = but(vec![
        number(FactId::NetVegaNormalised, -0.2),
        number(FactId::HedgeDebitPct, 60.0),
    ]);
    let verdict = decide(&over, None);
    assert_eq!(verdict.stance, Stance::Hedge);
    assert!(
        verdict
            .against
            .iter()
            .any(|one| one.rule == RuleKind::HedgeDebit && one.stance.is_none())
    );
    let rolled = but(vec![
        number(FactId::BreakEvenMargin, 0.5),
        number(FactId::Rolls, 3.0),
    ]);
    let verdict = decide(&rolled, None);
    assert!(
        verdict
            .against
            .iter()
            .any(|one| one.rule == RuleKind::RollLimit)
    );
}

/// The facts and findings of a campaign's own book, without history.
fn of_campaign(campaign: &Campaign) -> (Facts, Findings, Verdict) {
    let (pack, account) = (RulePack::alvh(), Account::default());
    let inputs = Inputs {
        pack,
        account: &account,
        slopes: Err(palisade::valuation::VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(campaign, inputs, &mut MarketCache::default());
    let book = BookInputs {
        campaign,
        valuation: &valuation,
        account: &account,
        assumed: AssumedMarks::default(),
    };
    let facts = Facts::gather(&FactInputs::of_book(book, None));
    let findings = Findings::evaluate(&facts, pack, Reading::from(&campaign.settings));
    let verdict = Verdict::of(&VerdictInputs {
        facts: &facts,
        findings: &findings,
        pack,
        choices: None,
    });
    (facts, findings, verdict)
}

#[test]
fn no_position_is_nothing_to_advise() {
    let mut campaign = palisade::app::sample_campaign();
    campaign.positions.clear();
    let (.., verdict) = of_campaign(&campaign);
    assert_eq!(verdict.stance, Stance::NoAdvice);
    assert!(
        verdict.sentence.starts_with("Nothing to advise"),
        "{}",
        verdict.sentence
    );
    assert!(verdict.trades.is_empty() && verdict.because.is_empty() && verdict.against.is_empty());
}

#[test]
fn the_sample_s_verdict_is_that_of_its_net_vega() {
    let (_, findings, verdict) = of_campaign(&palisade::app::sample_campaign());
    for finding in &findings {
        assert!(!finding.sentence.contains("NaN"), "{}", finding.sentence);
    }
    let band = findings.by(RuleKind::NetVegaBand).expect("evaluated");
    assert_ne!(band.state, RuleState::NoData);
    assert!(verdict.missing.is_empty(), "{}", verdict.sentence);
}

/// The same book with positions and legs in another order.
fn reversed(campaign: &Campaign) -> Campaign {
    let mut other = campaign.clone();
    other.positions.reverse();
    for position in &mut other.positions {
        position.legs.reverse();
    }
    other
}

#[test]
fn the_verdict_never_depends_on_row_order() {
    let campaign = palisade::app::sample_campaign();
    let (_, findings, verdict) = of_campaign(&campaign);
    let (_, turned, other) = of_campaign(&reversed(&campaign));
    assert_eq!(
        (verdict.stance, verdict.sentence),
        (other.stance, other.sentence)
    );
    for (one, other) in findings.iter().zip(&turned) {
        assert_eq!(
            (one.state, one.stance, &one.headline),
            (other.state, other.stance, &other.headline)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn more_vix_calls_never_lower_net_vega(layer in 0_usize..3, more in 1_i32..60) {
        let campaign = palisade::app::sample_campaign();
        let mut larger = campaign.clone();
        let mut layers: Vec<_> = larger.positions.iter_mut().filter(|held| held.role != Role::Condor).collect();
        let count = layers.len();
        for leg in &mut layers[layer % count].legs {
            leg.quantity += more;
        }
        let (before, ..) = of_campaign(&campaign);
        let (after, ..) = of_campaign(&larger);
        for id in [FactId::NetVegaLiteral, FactId::NetVegaNormalised] {
            let (before, after) = (before.number(id).expect("known"), after.number(id).expect("known"));
            prop_assert!(after >= before, "{}: {before} to {after}", id.key());
        }
    }

    #[test]
    fn a_larger_book_has_the_same_figures_per_condor(k in 2_i32..9) {
        let campaign = palisade::app::sample_campaign();
        let mut larger = campaign.clone();
        for leg in larger.positions.iter_mut().flat_map(|held| &mut held.legs) {
            leg.quantity *= k;
        }
        for trade in &mut larger.trades {
            trade.quantity *= k;
            trade.fees_usd *= f64::from(k);
        }
        let (before, _, verdict) = of_campaign(&campaign);
        let (after, _, scaled) = of_campaign(&larger);
        for id in [
            FactId::NetVegaLiteral,
            FactId::NetVegaNormalised,
            FactId::ThetaRatio,
            FactId::BreakEvenMargin,
            FactId::ShortDelta,
            FactId::HedgeDebitPct,
            FactId::GammaOfCredit,
            FactId::CostSecond,
            FactId::CostVxx,
        ] {
            let (before, after) = (before.number(id).expect("known"), after.number(id).expect("known"));
            prop_assert!((before - after).abs() <= 1e-9 * before.abs().max(1.0), "{}: {before} and {after}", id.key());
        }
        prop_assert_eq!(verdict.stance, scaled.stance);
    }
}

#[test]
fn a_long_book_never_sells_condors_and_a_hedge_says_where_it_stops() {
    let net = |value: f64| {
        but(vec![
            number(FactId::NetVegaNormalised, value),
            number(FactId::NetVegaLiteral, value),
        ])
    };
    let halves = Choice {
        kinds: vec![CandidateKind::TrimCondors],
        place: 1,
        ..choice("Halve the condors", Stance::Trim, 0.9)
    };
    let sells = Choice {
        place: 2,
        ..choice("Sell 3 Third calls", Stance::Trim, 0.1)
    };
    let all = Choices {
        all: vec![halves.clone(), sells],
    };
    let verdict = decide(&net(0.30), Some(&all));
    assert_eq!((verdict.stance, verdict.choice), (Stance::Trim, Some(2)));
    let verdict = decide(&net(0.30), Some(&Choices { all: vec![halves] }));
    assert_eq!((verdict.stance, verdict.choice), (Stance::Trim, None));
    assert!(verdict.sentence.contains("no trim is among"));

    let stress = Choice {
        kinds: vec![CandidateKind::Hedge(HedgeGoal::Stress)],
        ..choice("Limit the loss", Stance::Hedge, 0.9)
    };
    let band = Choice {
        place: 4,
        stops_short: Some("in the band: 28 Second calls or 7 VXM".to_owned()),
        ..choice(
            "Hedge toward the band, budget stops at −0.23: 6 Second calls",
            Stance::Hedge,
            0.1,
        )
    };
    let all = Choices {
        all: vec![stress, band],
    };
    let verdict = decide(&net(-0.286), Some(&all));
    assert_eq!((verdict.stance, verdict.choice), (Stance::Hedge, Some(4)));
    let says = "budget stops at −0.23: 6 Second calls; in the band: 28 Second calls or 7 VXM";
    assert!(verdict.sentence.contains(says), "{}", verdict.sentence);
}
