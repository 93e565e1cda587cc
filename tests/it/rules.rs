//! The rules on facts that are supposed: each fires and passes, none passes silently without what it needs.

use std::sync::OnceLock;

use palisade::document::Account;
use palisade::fact::{AssumedMarks, BookInputs, Derived, FactId, FactInputs, FactValue, Facts};
use palisade::policy::{Numbers as _, RuleKind, RulePack};
use palisade::risk::band::{VegaBasis, VegaSign};
use palisade::rule::{Effect, Finding, Findings, ModifierKind, Reading, RuleState, Stance};
use palisade::valuation::{Inputs, MarketCache, Valuation};

use crate::made_library::made_library;

/// A fact supposed.
type Supposed = (FactId, FactValue);

fn number(id: FactId, value: f64) -> Supposed {
    (id, FactValue::Number(value))
}

fn flag(id: FactId, value: bool) -> Supposed {
    (id, FactValue::Flag(value))
}

fn state(id: FactId, value: &'static str) -> Supposed {
    (id, FactValue::State(value))
}

fn text(id: FactId, value: &str) -> Supposed {
    (id, FactValue::Text(value.to_owned()))
}

/// The alvh pack evaluating every rule there is.
pub fn pack() -> RulePack {
    RulePack {
        evaluates: RuleKind::ALL.to_vec(),
        ..RulePack::alvh().clone()
    }
}

/// A quiet day with a book in order: every rule passes.
#[expect(clippy::too_many_lines, reason = "one fact a line")]
fn calm() -> Vec<Supposed> {
    vec![
        number(FactId::Synthetics, 0.0),
        number(FactId::NakedShorts, 0.0),
        number(FactId::GammaOfCredit, 20.0),
        number(FactId::BreakEvenMargin, 1.3),
        number(FactId::BreakEvenLow, 1.4),
        number(FactId::BreakEvenHigh, 1.3),
        number(FactId::ShortDelta, 0.15),
        number(FactId::ShortDistance, 1.1),
        number(FactId::Vix, 17.0),
        number(FactId::Edr, 1.07),
        number(FactId::NetVegaNormalised, -0.05),
        number(FactId::NetVegaLiteral, -0.10),
        number(FactId::Width, 20.0),
        number(FactId::Condors, 10.0),
        flag(FactId::InflationElevated, false),
        flag(FactId::SpxHot, false),
        flag(FactId::PeExpanding, false),
        number(FactId::ThetaCapture, 1.0),
        number(FactId::BreadthAge, 60.0),
        number(FactId::LayersCompressAge, 60.0),
        number(FactId::ThetaRatio, 0.2),
        number(FactId::ThetaRatioCondors, 0.3),
        number(FactId::WaccBalance, 30.0),
        number(FactId::Wacc, 9.0),
        number(FactId::FirstContracts, 4.0),
        number(FactId::SecondContracts, 4.0),
        number(FactId::ThirdContracts, 2.0),
        number(FactId::FirstDte, 28.0),
        number(FactId::SecondDte, 105.0),
        number(FactId::ThirdDte, 210.0),
        number(FactId::FirstOfCost, 0.9),
        flag(FactId::FrontSignal, false),
        flag(FactId::FrontTies, false),
        state(FactId::CapmVerdict, "fair"),
        number(FactId::HedgeDebitPct, 12.0),
        number(FactId::HedgeThetaPct, 15.0),
        number(FactId::HedgeSpendPct, 0.5),
        number(FactId::CostFirst, 1.0),
        number(FactId::CostSecond, 1.1),
        number(FactId::CostThird, 1.2),
        number(FactId::CostVxx, 2.0),
        number(FactId::CostUvxy, 2.1),
        number(FactId::CostSvxy, 2.2),
        number(FactId::CostVixm, 1.5),
        number(FactId::MaxLossOfAccount, 1.5),
        flag(FactId::EventNoNew, false),
        flag(FactId::EventWindow, false),
        text(FactId::EventInWindow, "none"),
        state(FactId::Regime, "Promoter"),
        text(FactId::RegimeForcedBy, "none"),
        text(FactId::RegimePending, "none"),
        state(FactId::BigTopPhase, "Off"),
        number(FactId::BigTopPoints, 1.0),
        flag(FactId::BreadthNegative, false),
        flag(FactId::ConcentrationOn, false),
        flag(FactId::GrowthWidens, false),
        flag(FactId::ReerShift, false),
        number(FactId::ReerZ, 0.4),
        flag(FactId::PcfHigh, false),
        number(FactId::Rolls, 0.0),
        number(FactId::ThresholdsAge, 10.0),
        number(FactId::RegimeChanges60, 0.0),
        number(FactId::IgnoredBreaches, 0.0),
        number(FactId::Adjustments10, 0.0),
        number(FactId::Reversals10, 0.0),
        number(FactId::Cm30, 14.0),
        number(FactId::SecondUnit, 0.5),
        number(FactId::FirstUnit, 0.6),
    ]
}

/// What makes a rule speak.
fn speaking(rule: RuleKind) -> Vec<Supposed> {
    match rule {
        RuleKind::Synthetics => vec![number(FactId::NakedShorts, 10.0)],
        RuleKind::GammaCheck => vec![number(FactId::GammaOfCredit, 51.0)],
        RuleKind::BreakEvens => vec![number(FactId::BreakEvenMargin, 0.69)],
        RuleKind::Threatened => vec![number(FactId::ShortDelta, 0.25)],
        RuleKind::RollBack => vec![number(FactId::Vix, 13.0), number(FactId::Edr, 0.82)],
        RuleKind::Inflation => vec![
            number(FactId::NetVegaNormalised, -0.45),
            flag(FactId::InflationElevated, true),
        ],
        RuleKind::VegaCut => vec![
            flag(FactId::SpxHot, true),
            flag(FactId::PeExpanding, true),
            number(FactId::ThetaCapture, 0.8),
        ],
        RuleKind::Evaluate => vec![
            number(FactId::BreadthAge, 2.0),
            number(FactId::LayersCompressAge, 4.0),
        ],
        RuleKind::NetVegaBand => vec![number(FactId::NetVegaNormalised, -0.16)],
        RuleKind::ThetaFloor => vec![number(FactId::ThetaRatio, 0.07)],
        RuleKind::WaccBalance => vec![number(FactId::WaccBalance, 8.0)],
        RuleKind::LayerEntry => vec![
            number(FactId::SecondContracts, 0.0),
            number(FactId::Vix, 14.0),
        ],
        RuleKind::LayerRoll => vec![number(FactId::SecondDte, 60.0)],
        RuleKind::Monetise => vec![number(FactId::FirstOfCost, 2.0)],
        RuleKind::FirstSignal => vec![flag(FactId::FrontSignal, true)],
        RuleKind::SecondRichness => vec![state(FactId::CapmVerdict, "rich")],
        RuleKind::HedgeDebit => vec![number(FactId::HedgeDebitPct, 29.0)],
        RuleKind::HedgeTheta => vec![number(FactId::HedgeThetaPct, 31.0)],
        RuleKind::HedgeSpend => vec![number(FactId::HedgeSpendPct, 2.1)],
        RuleKind::EtpCost => vec![number(FactId::CostVixm, 0.7)],
        RuleKind::PositionCap => vec![number(FactId::MaxLossOfAccount, 11.0)],
        RuleKind::EntryScaling => vec![number(FactId::Vix, 21.0)],
        RuleKind::EventWindow => vec![flag(FactId::EventWindow, true)],
        RuleKind::Regime => vec![state(FactId::Regime, "Steward")],
        RuleKind::BigTop => vec![
            state(FactId::BigTopPhase, "Press"),
            number(FactId::BigTopPoints, 3.0),
        ],
        RuleKind::Concentration => vec![flag(FactId::ConcentrationOn, true)],
        RuleKind::Growth => vec![flag(FactId::GrowthWidens, true)],
        RuleKind::ExchangeRate => vec![flag(FactId::ReerShift, true), number(FactId::ReerZ, -1.6)],
        RuleKind::CashFlow => vec![flag(FactId::PcfHigh, true)],
        RuleKind::RollLimit => vec![number(FactId::Rolls, 3.0)],
        RuleKind::Loyalty => vec![
            number(FactId::ThresholdsAge, 61.0),
            number(FactId::RegimeChanges60, 2.0),
        ],
        RuleKind::Churn => vec![number(FactId::Adjustments10, 4.0)],
        RuleKind::TailHedge => vec![
            number(FactId::Cm30, 16.0),
            number(FactId::FirstContracts, 0.0),
        ],
    }
}

/// All that the sample's book and the made library say, calm where it matters.
pub fn calm_facts() -> Facts {
    static FACTS: OnceLock<Facts> = OnceLock::new();
    let facts = FACTS.get_or_init(|| {
        let derived = Derived::of(&made_library());
        let campaign = palisade::app::sample_campaign();
        let account = Account {
            equity_usd: Some(500_000.0),
            ..Account::default()
        };
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
            slopes: Err(palisade::valuation::VegaSlopesError::NoHistory),
        };
        let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
        let book = BookInputs {
            campaign: &campaign,
            valuation: &valuation,
            account: &account,
            assumed: AssumedMarks::default(),
        };
        let mut facts = Facts::gather(&FactInputs::of_book(book, Some(&derived)));
        suppose(&mut facts, calm());
        facts
    });
    facts.clone()
}

fn suppose(facts: &mut Facts, values: Vec<Supposed>) {
    for (id, value) in values {
        facts.suppose(id, value);
    }
}

/// Calm but for some facts.
pub fn but(values: Vec<Supposed>) -> Facts {
    let mut facts = calm_facts();
    suppose(&mut facts, values);
    facts
}

/// The calm day on which a rule passes: two tiers instead of three are worth a word.
fn calm_for(rule: RuleKind) -> Facts {
    if rule == RuleKind::EntryScaling {
        but(vec![number(FactId::Vix, 14.0)])
    } else {
        calm_facts()
    }
}

fn found(facts: &Facts, rule: RuleKind, reading: Reading) -> Finding {
    let findings = Findings::evaluate(facts, &pack(), reading);
    findings.by(rule).expect("evaluated").clone()
}

/// Every sentence says something, every number stands in the pack, every distance is a number.
#[track_caller]
fn assert_complete(finding: &Finding) {
    let key = finding.rule.key();
    assert!(
        !finding.sentence.is_empty() && finding.sentence.ends_with('.'),
        "{key}: {}",
        finding.sentence
    );
    assert!(
        !finding.headline.is_empty() && !finding.headline.ends_with('.'),
        "{key}: {}",
        finding.headline
    );
    for words in [&finding.sentence, &finding.headline, &finding.flips] {
        for bad in ["NaN", "inf ", " -", "  ", "..", "boxs"] {
            assert!(!words.contains(bad), "{key}: {bad:?} in {words}");
        }
    }
    let pack = pack();
    for used in &finding.thresholds {
        let number = pack.number(&used.path).expect("a number of the pack");
        assert_eq!(
            (number.value, number.unit, number.source),
            (used.base, used.unit, used.provenance),
            "{}",
            used.path
        );
    }
    if finding.state != RuleState::NoData {
        assert!(!finding.flips.is_empty(), "{key} says what would flip it");
        assert!(
            finding.distance.is_none_or(|room| room.value.is_finite()),
            "{key}"
        );
        assert!(finding.missing.is_empty(), "{key}: {:?}", finding.missing);
    }
}

#[test]
fn every_rule_passes_on_a_calm_day_and_speaks_when_it_should() {
    let reading = Reading::default();
    for rule in RuleKind::ALL {
        let passes = found(&calm_for(*rule), *rule, reading);
        assert_complete(&passes);
        assert_eq!(
            passes.state,
            RuleState::Pass,
            "{}: {}",
            rule.key(),
            passes.sentence
        );
        assert_eq!(passes.stance, None, "{}", rule.key());
        let speaks = found(&but(speaking(*rule)), *rule, reading);
        assert_complete(&speaks);
        let says = [RuleState::Info, RuleState::Alert, RuleState::Breach];
        assert!(
            says.contains(&speaks.state),
            "{}: {}",
            rule.key(),
            speaks.sentence
        );
        assert!(!speaks.inputs.is_empty(), "{}", rule.key());
    }
}

#[test]
fn what_is_missing_never_passes_silently() {
    let reading = Reading::default();
    for rule in RuleKind::ALL {
        let mut needed = 0;
        for facts in [calm_for(*rule), but(speaking(*rule))] {
            let whole = found(&facts, *rule, reading);
            for id in &whole.inputs {
                let mut facts = facts.clone();
                facts.suppose_missing(*id);
                let without = found(&facts, *rule, reading);
                assert_complete(&without);
                if without.state == RuleState::NoData {
                    needed += 1;
                    assert_eq!(without.missing, [*id], "{}", rule.key());
                    assert!(without.sentence.contains(id.key()), "{}", without.sentence);
                    assert_eq!((without.stance, without.distance), (None, None));
                } else {
                    // what is known decides it whatever the missing one is
                    let same = (without.state, without.stance) == (whole.state, whole.stance);
                    assert!(
                        same,
                        "{} without {}: {}",
                        rule.key(),
                        id.key(),
                        without.sentence
                    );
                }
            }
            // facts told beside make it stricter at most
            for id in &whole.context {
                let mut facts = facts.clone();
                facts.suppose_missing(*id);
                let without = found(&facts, *rule, reading);
                assert_complete(&without);
                let is_milder = without.state < whole.state;
                assert!(
                    !is_milder,
                    "{} without {}: {}",
                    rule.key(),
                    id.key(),
                    without.sentence
                );
            }
        }
        assert!(needed > 0, "{} rests on nothing", rule.key());
        let nothing = Facts::unknown(calm_facts().as_of());
        let silent = found(&nothing, *rule, reading);
        assert_eq!(silent.state, RuleState::NoData, "{}", rule.key());
        assert!(silent.sentence.contains("needs "), "{}", silent.sentence);
    }
}

#[test]
fn what_a_rule_uses_is_what_it_says_that_it_reads() {
    for rule in RuleKind::ALL {
        for facts in [calm_facts(), but(speaking(*rule))] {
            for used in found(&facts, *rule, Reading::default()).thresholds {
                assert!(rule.reads(&used.path), "{} uses {}", rule.key(), used.path);
            }
        }
    }
}

/// The facts of a METHOD test: net vega both ways and an inflation flag.
fn vega(normalised: f64, elevated: bool) -> Facts {
    but(vec![
        number(FactId::NetVegaNormalised, normalised),
        number(FactId::NetVegaLiteral, 2.0 * normalised),
        flag(FactId::InflationElevated, elevated),
    ])
}

#[test]
fn the_band_and_its_inflation_breach_have_two_sides() {
    let economic = Reading::default();
    let band = |net: f64, reading| found(&vega(net, false), RuleKind::NetVegaBand, reading).stance;
    assert_eq!(band(-0.16, economic), Some(Stance::Hedge));
    assert_eq!(band(-0.14, economic), None);
    assert_eq!(band(0.24, economic), None);
    assert_eq!(band(0.26, economic), Some(Stance::Trim));
    let breach = |net: f64, elevated| {
        let finding = found(&vega(net, elevated), RuleKind::Inflation, economic);
        (finding.state, finding.stance)
    };
    assert_eq!(
        breach(-0.45, true),
        (RuleState::Breach, Some(Stance::Evaluate))
    );
    assert_eq!(breach(0.45, true), (RuleState::Breach, Some(Stance::Trim)));
    assert_eq!(breach(-0.45, false), (RuleState::Alert, None));
    assert_eq!(breach(-0.39, true), (RuleState::Pass, None));
    let words = found(&vega(0.45, true), RuleKind::Inflation, economic).sentence;
    assert!(
        words.contains("calls are never bought") && words.contains("seldom binds"),
        "{words}"
    );
}

#[test]
fn the_literal_sign_mirrors_the_band() {
    let literal = Reading {
        sign: VegaSign::Literal,
        ..Reading::default()
    };
    let band = |net: f64| {
        let finding = found(&vega(net, false), RuleKind::NetVegaBand, literal);
        (finding.stance, finding.distance.expect("a distance").value)
    };
    // exposure 0.26 and −0.16
    assert_eq!(band(-0.26).0, Some(Stance::Hedge));
    assert_eq!(band(0.16).0, Some(Stance::Trim));
    assert_eq!(band(-0.24).0, None);
    assert!((band(-0.24).1 - 0.01).abs() < 1e-9);
}

#[test]
fn both_widths_stand_side_by_side() {
    let facts = but(vec![
        number(FactId::NetVegaNormalised, -0.10),
        number(FactId::NetVegaLiteral, -0.50),
    ]);
    let normalised = found(&facts, RuleKind::NetVegaBand, Reading::default());
    assert_eq!(normalised.stance, None);
    for part in ["−0.100", "−0.500", "inside", "short, hedge"] {
        assert!(
            normalised.sentence.contains(part),
            "{}",
            normalised.sentence
        );
    }
    // between the edges of the two signs the readings part
    let between = found(
        &vega(-0.2, false),
        RuleKind::NetVegaBand,
        Reading::default(),
    );
    let mirrored = "Under the literal sign the band is −0.25 to +0.15: inside.";
    assert_eq!(between.stance, Some(Stance::Hedge));
    assert!(between.sentence.contains(mirrored), "{}", between.sentence);
    let literal = Reading {
        basis: VegaBasis::Literal,
        ..Reading::default()
    };
    assert_eq!(
        found(&facts, RuleKind::NetVegaBand, literal).stance,
        Some(Stance::Hedge)
    );
}

#[test]
fn growth_widens_the_band_but_never_in_steward_a_window_or_after_a_shift() {
    let at = |more: Vec<Supposed>| {
        let mut values = vec![
            number(FactId::NetVegaNormalised, -0.17),
            flag(FactId::GrowthWidens, true),
        ];
        values.extend(more);
        found(&but(values), RuleKind::NetVegaBand, Reading::default())
    };
    let widened = at(Vec::new());
    assert_eq!(widened.state, RuleState::Pass);
    let low = &widened.thresholds[0];
    assert!((low.value + 0.18).abs() < 1e-12 && low.base == -0.15);
    assert!(
        low.changed_by
            .as_ref()
            .is_some_and(|by| by.contains("widened 20 %"))
    );
    for more in [
        state(FactId::Regime, "Steward"),
        flag(FactId::EventWindow, true),
        flag(FactId::ReerShift, true),
    ] {
        assert_eq!(at(vec![more]).stance, Some(Stance::Hedge));
    }
    let mut unknown = but(vec![
        number(FactId::NetVegaNormalised, -0.17),
        flag(FactId::GrowthWidens, true),
    ]);
    unknown.suppose_missing(FactId::ReerShift);
    let strict = found(&unknown, RuleKind::NetVegaBand, Reading::default());
    assert_eq!(strict.stance, Some(Stance::Hedge));
    assert!(
        strict.sentence.contains("not judged: reer.shift"),
        "{}",
        strict.sentence
    );
}

#[test]
fn concentration_tightens_the_floor_outside_of_event_windows() {
    let at = |more: Vec<Supposed>| {
        let mut values = vec![
            number(FactId::ThetaRatio, 0.09),
            flag(FactId::ConcentrationOn, true),
        ];
        values.extend(more);
        found(&but(values), RuleKind::ThetaFloor, Reading::default())
    };
    let tightened = at(Vec::new());
    assert_eq!(
        (tightened.state, tightened.stance),
        (RuleState::Breach, Some(Stance::Trim))
    );
    assert!((tightened.thresholds[0].value - 0.00092).abs() < 1e-12);
    assert_eq!(
        at(vec![flag(FactId::EventWindow, true)]).state,
        RuleState::Pass
    );
    let mut unknown = but(vec![number(FactId::ThetaRatio, 0.09)]);
    unknown.suppose_missing(FactId::ConcentrationOn);
    let near = found(&unknown, RuleKind::ThetaFloor, Reading::default());
    assert_eq!((near.state, near.stance), (RuleState::Alert, None));
}

#[test]
fn theta_below_its_floor_rolls_unless_the_hedge_is_the_cause() {
    let at = |net: f64, alone: f64| {
        let facts = but(vec![
            number(FactId::ThetaRatio, net),
            number(FactId::ThetaRatioCondors, alone),
        ]);
        found(&facts, RuleKind::ThetaFloor, Reading::default())
    };
    assert_eq!(at(0.07, 0.3).stance, Some(Stance::Trim));
    assert_eq!(at(0.06, 0.07).stance, Some(Stance::Roll));
    let negative = at(-0.02, 0.3);
    assert!(
        negative.sentence.contains("negative")
            && negative.sentence.contains("a bare condor clears it")
    );
    assert_eq!(at(0.08, 0.3).state, RuleState::Pass);
    let slow = found(
        &but(vec![number(FactId::ThetaCapture, 0.84)]),
        RuleKind::ThetaFloor,
        Reading::default(),
    );
    assert_eq!(slow.state, RuleState::Alert);
}

#[test]
fn break_evens_pass_alert_and_breach_by_expected_moves() {
    let at = |margin: f64, more: Vec<Supposed>| {
        let mut values = vec![number(FactId::BreakEvenMargin, margin)];
        values.extend(more);
        found(&but(values), RuleKind::BreakEvens, Reading::default()).state
    };
    assert_eq!(at(1.0, vec![]), RuleState::Pass);
    assert_eq!(at(0.99, vec![]), RuleState::Alert);
    assert_eq!(at(0.7, vec![]), RuleState::Alert);
    assert_eq!(at(0.69, vec![]), RuleState::Breach);
    // a shift of the exchange rate makes the expected move a tenth larger
    let shifted = || vec![flag(FactId::ReerShift, true)];
    assert_eq!(at(1.09, shifted()), RuleState::Alert);
    assert_eq!(at(0.76, shifted()), RuleState::Breach);
    // price over cash flow moves the alert to 1.1
    let high = || vec![flag(FactId::PcfHigh, true)];
    assert_eq!(at(1.09, high()), RuleState::Alert);
    assert_eq!(at(0.76, high()), RuleState::Alert);
    let mut unknown = but(vec![number(FactId::BreakEvenMargin, 1.05)]);
    unknown.suppose_missing(FactId::ReerShift);
    let near = found(&unknown, RuleKind::BreakEvens, Reading::default());
    assert_eq!(near.state, RuleState::Alert);
    assert!(near.sentence.contains("not known"), "{}", near.sentence);
}

#[test]
fn a_threat_rolls_forward_only_when_the_market_moves() {
    let at = |values| found(&but(values), RuleKind::Threatened, Reading::default());
    let moving = at(vec![number(FactId::ShortDelta, 0.25)]);
    assert_eq!(moving.stance, Some(Stance::Roll));
    assert!(
        moving
            .sentence
            .contains("redundant: EDR above 0.94 % is VIX above 14.9")
    );
    let calm = at(vec![
        number(FactId::ShortDelta, 0.25),
        number(FactId::Vix, 14.0),
        number(FactId::Edr, 0.88),
    ]);
    assert_eq!((calm.state, calm.stance), (RuleState::Alert, None));
    for near in [
        number(FactId::ShortDistance, 0.74),
        number(FactId::BreakEvenMargin, 0.69),
    ] {
        assert_eq!(at(vec![near]).stance, Some(Stance::Roll));
    }
    // earlier by a tenth while price over cash flow is high
    let earlier = at(vec![
        number(FactId::ShortDelta, 0.22),
        flag(FactId::PcfHigh, true),
    ]);
    assert_eq!(earlier.stance, Some(Stance::Roll));
}

#[test]
fn short_vega_is_cut_only_when_all_three_hold() {
    let all = speaking(RuleKind::VegaCut);
    let at = |values: Vec<Supposed>| found(&but(values), RuleKind::VegaCut, Reading::default());
    let cut = at(all.clone());
    assert_eq!(cut.stance, Some(Stance::Hedge));
    // −0.05 judged is −0.10 literal over ten condors: 30 % is 0.3 points, 40 % is 0.4
    for part in ["30 % to −0.035 takes 1 Second", "35 %", "40 %"] {
        assert!(cut.sentence.contains(part), "{}", cut.sentence);
    }
    for (without, _) in &all {
        let calm = calm();
        let back = calm
            .into_iter()
            .find(|one| one.0 == *without)
            .expect("calm");
        let mut values = all.clone();
        values.push(back);
        assert_eq!(at(values).state, RuleState::Pass);
    }
    let mut long = all;
    long.push(number(FactId::NetVegaNormalised, 0.05));
    long.push(number(FactId::NetVegaLiteral, 0.10));
    assert_eq!(at(long).state, RuleState::Pass);
}

#[test]
fn vix_says_when_layers_are_opened_and_condors_sold() {
    let entry = |vix: f64| {
        let facts = but(vec![
            number(FactId::ThirdContracts, 0.0),
            number(FactId::Vix, vix),
        ]);
        let finding = found(&facts, RuleKind::LayerEntry, Reading::default());
        (finding.state, finding.stance)
    };
    assert_eq!(entry(14.9), (RuleState::Alert, Some(Stance::Hedge)));
    assert_eq!(entry(17.0), (RuleState::Info, Some(Stance::Hedge)));
    // a high VIX says hold, and never close
    assert_eq!(entry(20.1), (RuleState::Info, None));
    let scaling = |vix: f64| {
        let finding = found(
            &but(vec![number(FactId::Vix, vix)]),
            RuleKind::EntryScaling,
            Reading::default(),
        );
        finding.headline
    };
    assert!(scaling(14.0).starts_with("3 tiers"));
    assert!(scaling(15.0).starts_with("2 tiers"));
    assert!(scaling(20.5).starts_with("no new condors"));
}

#[test]
fn the_tail_hedge_follows_the_published_levels() {
    let at = |forward: f64| {
        let facts = but(vec![
            number(FactId::Cm30, forward),
            number(FactId::FirstContracts, 0.0),
        ]);
        found(&facts, RuleKind::TailHedge, Reading::default())
    };
    assert_eq!(at(15.0).state, RuleState::Pass);
    assert!(at(15.1).headline.contains("1 %"));
    assert!(at(30.1).headline.contains("0.5 %"));
    assert_eq!(at(50.1).state, RuleState::Pass);
}

#[test]
fn modifiers_say_why_and_whether_they_could_be_judged() {
    let on = but(vec![
        flag(FactId::ConcentrationOn, true),
        flag(FactId::GrowthWidens, true),
        flag(FactId::PcfHigh, true),
        state(FactId::BigTopPhase, "Press"),
    ]);
    let findings = Findings::evaluate(&on, &pack(), Reading::default());
    let modifiers = findings.modifiers();
    assert_eq!((modifiers.widen(), modifiers.tighten()), (0.2, 0.15));
    assert_eq!(modifiers.vega_target(), Some(-0.10));
    assert_eq!(modifiers.size(), 1.0);
    let sized = but(vec![
        state(FactId::Regime, "Steward"),
        flag(FactId::EventWindow, true),
    ]);
    let sized = Findings::evaluate(&sized, &pack(), Reading::default());
    assert!((sized.modifiers().size() - 0.375).abs() < 1e-12);
    let nothing = Facts::unknown(on.as_of());
    let unknown = Findings::evaluate(&nothing, &pack(), Reading::default());
    for modifier in unknown.modifiers() {
        assert_eq!(modifier.effect, Effect::Unknown, "{:?}", modifier.kind);
        assert!(modifier.reason.contains("not known"), "{}", modifier.reason);
    }
    assert_eq!(unknown.modifiers().iter().count(), ModifierKind::ALL.len());
}

#[test]
fn a_number_of_the_pack_changes_what_its_rules_say() {
    let mut pack = pack();
    let facts = but(vec![number(FactId::NetVegaNormalised, -0.16)]);
    let stance = |pack: &RulePack| {
        let findings = Findings::evaluate(&facts, pack, Reading::default());
        findings
            .by(RuleKind::NetVegaBand)
            .expect("evaluated")
            .stance
    };
    assert_eq!(stance(&pack), Some(Stance::Hedge));
    pack.vega_band.at_mut("low").expect("low").value = -0.2;
    assert_eq!(stance(&pack), None);
}
