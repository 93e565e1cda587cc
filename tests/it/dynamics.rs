//! How SPX vol follows a move, in every mode: today unchanged, parity, finite, and the ratio each mode claims.

use jiff::civil::date;
use palisade::calendar::parse_as_of;
use palisade::document::{Campaign, campaign_from_ron, campaign_to_ron};
use palisade::instrument::{Contract, Leg, Position, PositionId, Right, Role, Root};
use palisade::market::{Market, Marks, ModelParams, ParamKey, SmileMode};
use palisade::risk::book::LegModel;
use palisade::risk::scenario::{Moment, Path, Scenario};
use palisade::risk::spx_option::SpxOption;
use palisade::risk::ssr::{implied_ssr, ssr_at};
use palisade::valuation::Valuation;
use proptest::prelude::*;

use crate::worked_condor::value;

const SPX: f64 = 6000.0;

fn leg(expiry: jiff::civil::Date, strike: f64, right: Right, quantity: i32) -> Leg {
    let contract = Contract::option(Root::Spxw, expiry, strike, right).expect("a contract");
    Leg::new(contract, quantity, 10.0).expect("a leg")
}

/// Typed levels only: prior smiles; the legs given.
fn valued(vix: f64, mode: SmileMode, legs: Vec<Leg>) -> Valuation {
    let as_of = parse_as_of("2026-06-22T15:00").expect("an instant");
    let marks = Marks {
        rate: 0.043,
        dividend: 0.013,
        ..Marks::new(as_of, SPX, vix)
    };
    let mut campaign = Campaign::new("Dynamics", as_of, marks);
    campaign.model.smile_mode = mode;
    campaign.positions = vec![Position {
        id: PositionId(1),
        name: "Held".to_owned(),
        role: Role::Other,
        legs,
        opened: None,
    }];
    value(&campaign)
}

fn condor() -> Vec<Leg> {
    let august = date(2026, 8, 6);
    vec![
        leg(august, 5590.0, Right::Put, 10),
        leg(august, 5640.0, Right::Put, -10),
        leg(august, 6305.0, Right::Call, -10),
        leg(august, 6355.0, Right::Call, 10),
    ]
}

/// Net value at one scenario.
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

/// The first SPX leg's model.
fn first_option(valuation: &Valuation) -> SpxOption {
    let option = valuation.book.legs.iter().find_map(|leg| match &leg.model {
        LegModel::Spx(option) => Some(*option),
        LegModel::Vix(_) => None,
    });
    option.expect("an SPX leg")
}

/// ATM vol on a path of one point: the vol struck at the forward there.
fn atm_vol(option: &SpxOption, params: &ModelParams, market: &Market, path: &Path) -> f64 {
    let years = option.years - path.scenario.moment.elapsed_years;
    let carry = (option.forward / option.spot).powf(years / option.years);
    let struck = SpxOption {
        strike: path.spots[0] * option.index_scale * carry,
        residual_vol: 0.0,
        ..*option
    };
    struck.vols_along((params, market), path)[0]
}

/// The SSR that a valuation's scenarios show: ATM vol at spots just above and below, over the skew there.
fn shown_ssr(valuation: &Valuation, days: f64) -> f64 {
    let book = &valuation.book;
    let option = first_option(valuation);
    let moment = if days == 0.0 {
        Moment::NOW
    } else {
        book.moment_in_days(days)
    };
    let step: f64 = 1e-4;
    let at = |ln: f64| {
        let path = book.path(book.scenario(moment), vec![SPX * ln.exp()]);
        atm_vol(&option, &book.params, &book.market, &path)
    };
    let path = book.path(book.scenario(moment), vec![SPX]);
    let years = option.years - moment.elapsed_years;
    let carry = (option.forward / option.spot).powf(years / option.years);
    let beside = |k: f64| {
        let struck = SpxOption {
            strike: SPX * carry * k.exp(),
            residual_vol: 0.0,
            ..option
        };
        struck.vols_along((&book.params, book.market.as_ref()), &path)[0]
    };
    let skew = (beside(step) - beside(-step)) / (2.0 * step);
    (at(step) - at(-step)) / (2.0 * step) / skew
}

#[test]
fn each_mode_shows_the_ratio_that_it_claims() {
    for expiry in [date(2026, 7, 17), date(2026, 9, 18), date(2027, 6, 17)] {
        let legs = || vec![leg(expiry, 6000.0, Right::Put, -1)];
        let by_vix = valued(18.0, SmileMode::VixDriven, legs());
        let said = implied_ssr(&by_vix.book);
        assert_eq!(said.len(), 1);
        let claimed = said[0].by_vix.expect("a skewed smile");
        let shown = shown_ssr(&by_vix, 0.0);
        assert!(
            (shown - claimed).abs() < 2e-3,
            "{expiry}: {shown} against {claimed}"
        );

        let by_ssr = valued(18.0, SmileMode::Ssr, legs());
        let shown = shown_ssr(&by_ssr, 0.0);
        assert!((shown - said[0].by_rule).abs() < 2e-3, "{expiry}: {shown}");

        let moneyness = valued(18.0, SmileMode::StickyMoneyness, legs());
        assert!(shown_ssr(&moneyness, 0.0).abs() < 1e-9, "{expiry}");

        let strike = valued(18.0, SmileMode::StickyStrike, legs());
        let option = first_option(&strike);
        let book = &strike.book;
        let path = book.path(book.scenario(Moment::NOW), vec![5500.0, 6000.0, 6500.0]);
        let vols = option.vols_along((&book.params, book.market.as_ref()), &path);
        assert!(vols.iter().all(|vol| *vol == option.vol_today()));
    }
}

#[test]
fn the_ratio_holds_later_too_against_the_skew_of_the_time_left() {
    let by_ssr = valued(
        18.0,
        SmileMode::Ssr,
        vec![leg(date(2026, 9, 18), 6000.0, Right::Put, -1)],
    );
    for ahead in [10.0, 40.0, 75.0] {
        let days = (first_option(&by_ssr).years * 365.0) - ahead;
        let expected = ssr_at(&by_ssr.book.params, days);
        let shown = shown_ssr(&by_ssr, ahead);
        assert!(
            (shown - expected).abs() < 2e-3,
            "T+{ahead}: {shown} against {expected}"
        );
    }
}

#[test]
fn modes_rank_a_fall_by_their_ratio() {
    // a short put struck below: the more vol rises, the more it loses; 30 d VIX-driven is near SSR 1.6
    let fall = |mode| {
        net(
            &valued(
                17.0,
                mode,
                vec![leg(date(2026, 7, 22), 5700.0, Right::Put, -1)],
            ),
            5820.0,
            0.0,
            1.0,
        )
    };
    let (vix, ssr, moneyness) = (
        fall(SmileMode::VixDriven),
        fall(SmileMode::Ssr),
        fall(SmileMode::StickyMoneyness),
    );
    assert!(
        ssr < moneyness && vix < moneyness,
        "{vix} {ssr} {moneyness}"
    );
    assert!((vix / ssr - 1.0).abs() < 0.08, "{vix} against {ssr}");
}

#[test]
fn a_file_keeps_its_mode_and_one_without_the_new_parameters_reads() {
    let sample = include_str!("../../assets/samples/condor.ron");
    assert!(!sample.contains("ssr_level") || sample.contains("ssr_max"));
    let mut campaign = campaign_from_ron(sample).expect("the sample reads");
    for mode in SmileMode::ALL {
        campaign.model.smile_mode = mode;
        campaign
            .model
            .set(ParamKey::SsrLevel, 1.8)
            .expect("in range");
        let text = campaign_to_ron(&campaign).expect("it writes");
        let back = campaign_from_ron(&text).expect("it reads");
        assert_eq!(back.model.smile_mode, mode);
        let kept: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("ssr_"))
            .collect();
        let without = kept.join("\n");
        let old = campaign_from_ron(&without).expect("an older file reads");
        assert_eq!(old.model.ssr_level, 1.6);
    }
}

fn mode() -> impl Strategy<Value = SmileMode> {
    prop::sample::select(SmileMode::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// No move and no time change nothing, to the last bit.
    #[test]
    fn no_move_no_change(vix in 9.5..80.0_f64, stress in 0.0..6.0_f64, mode in mode()) {
        let valuation = valued(vix, mode, condor());
        prop_assert_eq!(net(&valuation, SPX, 0.0, stress), valuation.book.values_now().net_at(0));
    }

    /// Today's prices do not depend on the mode.
    #[test]
    fn today_is_one_for_all_modes(vix in 9.5..80.0_f64) {
        let now = SmileMode::ALL.map(|mode| valued(vix, mode, condor()).book.values_now().net_at(0));
        for other in now {
            prop_assert!((other - now[0]).abs() <= 1e-9 * now[0].abs().max(1.0), "{now:?}");
        }
    }

    /// A call less a put is a forward in every mode, after every move and time.
    #[test]
    fn parity_survives(
        vix in 10.0..60.0_f64, strike in 800..1400_i32, spot in 3000.0..8000.0_f64,
        days in 0.0..44.0_f64, mode in mode(),
    ) {
        let (strike, august) = (f64::from(strike) * 5.0, date(2026, 8, 6));
        let legs = vec![leg(august, strike, Right::Call, 1), leg(august, strike, Right::Put, -1)];
        let valuation = valued(vix, mode, legs);
        let moment = valuation.book.moment_in_days(days);
        let years = valuation.rows[0].years - moment.elapsed_years;
        let carry = ((0.043 - 0.013) * years).exp();
        let expected = 100.0 * (-0.043 * years).exp() * (spot * carry - strike);
        let path = valuation.book.path(valuation.book.scenario(moment), vec![spot]);
        let found = valuation.book.values(&path).net_at(0);
        prop_assert!((found - expected).abs() <= 1e-9 * (100.0 * SPX), "{found} against {expected}");
    }

    /// Every value and every vol stays finite, and vols keep to their limits.
    #[test]
    fn everything_is_finite(
        vix in 5.0..150.0_f64, spot in 100.0..15_000.0_f64, days in 0.0..60.0_f64, mode in mode(),
        level in 0.0..4.0_f64, exponent in -1.0..1.0_f64,
    ) {
        let mut valuation = valued(vix, mode, condor());
        valuation.book.params.ssr_level = level;
        valuation.book.params.ssr_exponent = exponent;
        prop_assert!(net(&valuation, spot, days, 1.0).is_finite());
        let option = first_option(&valuation);
        let moment = valuation.book.moment_in_days(days.min(40.0));
        let path = valuation.book.path(valuation.book.scenario(moment), vec![spot]);
        let vol = option.vols_along((&valuation.book.params, valuation.book.market.as_ref()), &path)[0];
        prop_assert!((0.03..=2.5).contains(&vol), "{vol}");
    }

    /// In SSR mode ATM vol never rises with SPX.
    #[test]
    fn vol_falls_as_spx_rises(vix in 10.0..50.0_f64, a in 4000.0..8000.0_f64, b in 4000.0..8000.0_f64) {
        let valuation = valued(vix, SmileMode::Ssr, condor());
        let option = first_option(&valuation);
        let book = &valuation.book;
        let at = |spot: f64| {
            let path = book.path(book.scenario(Moment::NOW), vec![spot]);
            atm_vol(&option, &book.params, &book.market, &path)
        };
        prop_assert!(at(a.min(b)) >= at(a.max(b)) - 1e-12);
    }
}
