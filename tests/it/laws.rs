//! Laws that hold for every book and scenario: parity, additivity, Greeks against bumps, no move no change.

use jiff::civil::date;
use palisade::calendar::parse_as_of;
use palisade::document::Campaign;
use palisade::instrument::{Contract, LayerKind, Leg, Position, PositionId, Right, Role, Root};
use palisade::market::{Marks, SmileMode};
use palisade::risk::curves::{Component, CurveRequest};
use palisade::risk::scenario::{Moment, Scenario};
use palisade::valuation::Valuation;
use proptest::prelude::*;

use crate::worked_condor::value;

const SPX: f64 = 6000.0;

/// A campaign with nothing but typed levels: prior smiles, median curve.
fn bare(vix: f64) -> Campaign {
    let as_of = parse_as_of("2026-06-22T15:00").expect("an instant");
    let marks = Marks {
        rate: 0.043,
        dividend: 0.013,
        ..Marks::new(as_of, SPX, vix)
    };
    Campaign::new("Law", as_of, marks)
}

fn option(root: Root, expiry: jiff::civil::Date, strike: f64, right: Right) -> Contract {
    Contract::option(root, expiry, strike, right).expect("a contract")
}

fn holding(role: Role, legs: Vec<Leg>) -> Position {
    Position {
        id: PositionId(1),
        name: "Held".to_owned(),
        role,
        legs,
        opened: None,
    }
}

fn spx(strike: f64, right: Right, quantity: i32) -> Leg {
    Leg::new(
        option(Root::Spxw, date(2026, 8, 6), strike, right),
        quantity,
        10.0,
    )
    .expect("a leg")
}

fn vix(strike: f64, right: Right, quantity: i32) -> Leg {
    Leg::new(
        option(Root::Vix, date(2026, 9, 16), strike, right),
        quantity,
        2.0,
    )
    .expect("a leg")
}

fn valued(vix_level: f64, mode: SmileMode, positions: Vec<Position>) -> Valuation {
    let mut campaign = bare(vix_level);
    campaign.model.smile_mode = mode;
    campaign.positions = positions;
    value(&campaign)
}

/// Net value of the book at one joint scenario.
fn net(valuation: &Valuation, spot: f64, days: f64, stress: f64) -> f64 {
    let book = &valuation.book;
    let moment = if days == 0.0 {
        Moment::NOW
    } else {
        book.moment_in_days(days)
    };
    let scenario = Scenario {
        stress,
        ..book.scenario(moment)
    };
    book.values(&book.path(scenario, vec![spot])).net_at(0)
}

fn mode() -> impl Strategy<Value = SmileMode> {
    prop_oneof![Just(SmileMode::VixDriven), Just(SmileMode::StickyStrike)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// A call less a put is a forward, before and after every scenario.
    #[test]
    fn put_call_parity_survives_every_scenario(
        vix_level in 10.0..60.0_f64,
        strike in 800..1400_i32,
        spot in 3000.0..8000.0_f64,
        days in 0.0..44.0_f64,
        stress in 0.0..3.0_f64,
        mode in mode(),
    ) {
        let strike = f64::from(strike) * 5.0;
        let pair = holding(Role::Other, vec![spx(strike, Right::Call, 1), spx(strike, Right::Put, -1)]);
        let valuation = valued(vix_level, mode, vec![pair]);
        let moment = valuation.book.moment_in_days(days);
        let years = valuation.rows[0].years - moment.elapsed_years;
        let carry = ((0.043 - 0.013) * years).exp();
        let expected = 100.0 * (-0.043 * years).exp() * (spot * carry - strike);
        let scenario = Scenario { stress, ..valuation.book.scenario(moment) };
        let found = valuation.book.values(&valuation.book.path(scenario, vec![spot])).net_at(0);
        prop_assert!((found - expected).abs() <= 1e-9 * (100.0 * SPX), "{found} against {expected}");
    }

    /// No move and no time change nothing, to the last bit, whatever the stress.
    #[test]
    fn no_move_no_change(vix_level in 9.5..80.0_f64, stress in 0.0..6.0_f64, mode in mode()) {
        let valuation = valued(vix_level, mode, vec![
            holding(Role::Condor, vec![
                spx(5590.0, Right::Put, 10), spx(5640.0, Right::Put, -10),
                spx(6305.0, Right::Call, -10), spx(6355.0, Right::Call, 10),
            ]),
            Position { id: PositionId(2), ..holding(Role::Layer(LayerKind::Second), vec![vix(22.0, Right::Call, 4)]) },
        ]);
        prop_assert_eq!(net(&valuation, SPX, 0.0, stress), valuation.book.values_now().net_at(0));
    }

    /// The book is the sum of its legs.
    #[test]
    fn values_add_up(spot in 4500.0..7500.0_f64, days in 0.0..40.0_f64, quantity in 1..50_i32) {
        let one = |legs: Vec<Leg>| valued(18.0, SmileMode::VixDriven, vec![holding(Role::Other, legs)]);
        let (a, b) = (spx(5600.0, Right::Put, -quantity), vix(25.0, Right::Call, quantity));
        let together = net(&one(vec![a, b]), spot, days, 1.0);
        // The ATM term structure does not depend on what is held, so the legs alone give the same values.
        let apart = net(&one(vec![a]), spot, days, 1.0) + net(&one(vec![b]), spot, days, 1.0);
        prop_assert!((together - apart).abs() <= 1e-9 * together.abs().max(1.0), "{together} against {apart}");
    }

    /// Delta and gamma are what a small move of SPX does while every vol stays.
    #[test]
    fn greeks_are_central_bumps_at_fixed_vols(strike in 1000..1350_i32, is_call in any::<bool>()) {
        let right = if is_call { Right::Call } else { Right::Put };
        let leg = spx(f64::from(strike) * 5.0, right, 1);
        let valuation = valued(17.0, SmileMode::StickyStrike, vec![holding(Role::Other, vec![leg])]);
        let step = 0.5;
        let (up, mid, down) = (
            net(&valuation, SPX + step, 0.0, 1.0),
            net(&valuation, SPX, 0.0, 1.0),
            net(&valuation, SPX - step, 0.0, 1.0),
        );
        let delta = (up - down) / (2.0 * step);
        let gamma = (up - 2.0 * mid + down) / (step * step);
        let greeks = valuation.facts.spx;
        prop_assert!((delta - greeks.delta_usd).abs() < 1e-3, "{delta} against {}", greeks.delta_usd);
        prop_assert!((gamma - greeks.gamma_usd).abs() < 1e-3, "{gamma} against {}", greeks.gamma_usd);
    }

    /// More VIX calls never lower net vega, and never by anything but their unit.
    #[test]
    fn vix_calls_only_raise_net_vega(contracts in 1..60_i32, strike in 14..40_i32) {
        let condor = holding(Role::Condor, vec![
            spx(5590.0, Right::Put, 10), spx(5640.0, Right::Put, -10),
            spx(6305.0, Right::Call, -10), spx(6355.0, Right::Call, 10),
        ]);
        let hedge = |contracts| Position {
            id: PositionId(2),
            ..holding(Role::Layer(LayerKind::First), vec![vix(f64::from(strike), Right::Call, contracts)])
        };
        let literal = |positions| {
            valued(17.0, SmileMode::VixDriven, positions).net_vega.expect("SPX legs").literal
        };
        let fewer = literal(vec![condor.clone(), hedge(contracts)]);
        let more = literal(vec![condor, hedge(contracts + 1)]);
        prop_assert!(more >= fewer);
    }

    /// Per-condor figures do not depend on the number of condors.
    #[test]
    fn scaling_the_book_leaves_per_condor_figures(scale in 1..20_i32) {
        let book = |k: i32| valued(17.0, SmileMode::VixDriven, vec![
            holding(Role::Condor, vec![
                spx(5590.0, Right::Put, k), spx(5640.0, Right::Put, -k),
                spx(6305.0, Right::Call, -k), spx(6355.0, Right::Call, k),
            ]),
            Position { id: PositionId(2), ..holding(Role::Layer(LayerKind::First), vec![vix(22.0, Right::Call, k)]) },
        ]);
        let (one, many) = (book(1), book(scale));
        let net = |valuation: &Valuation| valuation.net_vega.as_ref().expect("SPX legs").literal;
        prop_assert!((net(&one) - net(&many)).abs() < 1e-9);
        prop_assert!((one.condors[0].credit_points - many.condors[0].credit_points).abs() < 1e-12);
        prop_assert!((one.condors[0].probability_of_profit - many.condors[0].probability_of_profit).abs() < 1e-12);
    }

    /// Whatever is typed, every drawn number is finite.
    #[test]
    fn every_line_is_finite(
        vix_level in 5.0..150.0_f64,
        low in 100.0..5900.0_f64,
        days in 1..400_u32,
        mode in mode(),
    ) {
        let valuation = valued(vix_level, mode, vec![
            holding(Role::Condor, vec![
                spx(5590.0, Right::Put, 1), spx(5640.0, Right::Put, -1),
                spx(6305.0, Right::Call, -1), spx(6355.0, Right::Call, 1),
            ]),
            Position { id: PositionId(2), ..holding(Role::Layer(LayerKind::Third), vec![vix(22.0, Right::Put, -3)]) },
        ]);
        let request = CurveRequest { low, high: 12_000.0, points: 51, days_ahead: vec![days] };
        let curves = valuation.curves(&request);
        for line in &curves.lines {
            for component in Component::ALL {
                prop_assert!(component.of(&line.profit).iter().all(|value| value.is_finite()));
            }
        }
        prop_assert!(valuation.crash.iter().chain(&valuation.presets).all(|row| row.net_usd.is_finite()));
    }
}
