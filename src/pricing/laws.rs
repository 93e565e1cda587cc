//! What holds for every option, tested on random ones: parity, bounds, monotony, slopes, round trips.

use proptest::prelude::*;

use super::*;

/// A proptest run of the module's usual length.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

prop_compose! {
    /// Index options: an hour to three years, 3 to 150 % vol, strikes within ±60 %.
    fn spot_option()(
        call in any::<bool>(),
        spot in 10.0..10_000.0,
        moneyness in 0.4..1.6,
        years in 0.0001..3.0,
        rate in -0.02..0.12,
        dividend in 0.0..0.06,
        vol in 0.03..1.5,
    ) -> SpotInput {
        let right = if call { Right::Call } else { Right::Put };
        SpotInput { right, spot, strike: spot * moneyness, years, rate, dividend, vol }
    }
}

prop_compose! {
    /// The same options on their forwards.
    fn forward_option()(option in spot_option()) -> BlackInput {
        let SpotInput { right, strike, vol, years, rate, .. } = option;
        let discount = (-rate * years).exp();
        BlackInput { right, forward: option.forward(), strike, vol, years, discount }
    }
}

/// Standard deviations between strike and forward.
fn distance(option: &SpotInput) -> f64 {
    (option.forward() / option.strike).ln().abs() / (option.vol * option.years.sqrt())
}

/// Two-sided slope of `f` in one input, by Richardson extrapolation of central differences.
fn slope(f: impl Fn(f64) -> f64, step: f64) -> f64 {
    let central = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    (4.0 * central(step / 2.0) - central(step)) / 3.0
}

/// Agreement to 1e-5 of the natural size of the number.
fn close(found: f64, expected: f64, size: f64) -> bool {
    (found - expected).abs() <= 1e-5 * expected.abs() + 1e-6 * size
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn put_call_parity(option in spot_option()) {
        let other = SpotInput { right: option.right.opposite(), ..option };
        let difference = (bsm(&option) - bsm(&other)) * option.right.sign();
        let asset = option.spot * (-option.dividend * option.years).exp();
        let cash = option.strike * (-option.rate * option.years).exp();
        let size = asset.max(cash);
        prop_assert!((difference.price - (asset - cash)).abs() <= 1e-14 * size);
        prop_assert!((difference.delta - asset / option.spot).abs() <= 1e-14);
        prop_assert!((difference.rho - option.years * cash).abs() <= 1e-13 * size);
        prop_assert_eq!(difference.gamma, 0.0);
        prop_assert_eq!(difference.vega, 0.0);
        prop_assert_eq!(difference.volga, 0.0);
    }

    #[test]
    fn between_intrinsic_and_bound(option in forward_option()) {
        let price = black76_price(&option);
        let BlackInput { right, forward, strike, years, discount, .. } = option;
        let quote = Quote { right, forward, strike, years, discount, price };
        prop_assert!(price >= quote.intrinsic() * (1.0 - 1e-13));
        prop_assert!(price <= quote.upper_bound());
    }

    #[test]
    fn monotone_in_strike_and_vol(option in forward_option(), step in 1.001..1.3_f64) {
        let price = black76_price(&option);
        let noise = 1e-14 * option.forward.max(option.strike);
        let higher_strike = black76_price(&BlackInput { strike: option.strike * step, ..option });
        prop_assert!(option.right.sign() * (price - higher_strike) >= -noise);
        let higher_vol = black76_price(&BlackInput { vol: option.vol * step, ..option });
        prop_assert!(higher_vol >= price - noise);
    }

    #[test]
    fn greeks_are_the_slopes_of_the_price(option in spot_option()) {
        prop_assume!(distance(&option) < 5.0);
        let greeks = bsm(&option);
        let SpotInput { spot, vol, years, rate, .. } = option;
        let width = spot * vol * years.sqrt();
        let at_spot = |h: f64| bsm(&SpotInput { spot: spot + h, ..option });
        let at_vol = |h: f64| bsm(&SpotInput { vol: vol + h, ..option });
        let later = |h: f64| bsm(&SpotInput { years: years - h, ..option });
        let at_rate = |h: f64| bsm(&SpotInput { rate: rate + h, ..option });
        let (ds, dv, dt) = (0.02 * width, 0.01 * vol, 0.01 * years);
        let vega_size = spot * years.sqrt();
        let pairs = [
            ("delta", slope(|h| at_spot(h).price, ds), greeks.delta, 1.0),
            ("gamma", slope(|h| at_spot(h).delta, ds), greeks.gamma, 1.0 / width),
            ("vega", slope(|h| at_vol(h).price, dv), greeks.vega, vega_size),
            ("theta", slope(|h| later(h).price, dt), greeks.theta, width / years),
            ("rho", slope(|h| at_rate(h).price, 1e-4), greeks.rho, spot * years),
            ("vanna", slope(|h| at_vol(h).delta, dv), greeks.vanna, 1.0 / vol),
            ("volga", slope(|h| at_vol(h).vega, dv), greeks.volga, vega_size / vol),
            ("charm", slope(|h| later(h).delta, dt), greeks.charm, 1.0 / years),
        ];
        for (name, bumped, found, size) in pairs {
            prop_assert!(close(found, bumped, size), "{name}: {found} but bumped {bumped}");
        }
    }

    #[test]
    fn greeks_on_a_future_are_slopes_too(option in spot_option()) {
        prop_assume!(distance(&option) < 5.0);
        let SpotInput { right, strike, years, rate, vol, .. } = option;
        let input = ForwardInput { right, forward: option.forward(), strike, years, rate, vol };
        let greeks = black76(&input);
        let width = input.forward * vol * years.sqrt();
        let at = |h: f64| black76(&ForwardInput { forward: input.forward + h, ..input });
        let later = |h: f64| black76(&ForwardInput { years: years - h, ..input });
        let at_rate = |h: f64| black76(&ForwardInput { rate: rate + h, ..input }).price;
        let (df, dt) = (0.02 * width, 0.01 * years);
        prop_assert!(close(greeks.delta, slope(|h| at(h).price, df), 1.0));
        prop_assert!(close(greeks.theta, slope(|h| later(h).price, dt), width / years));
        prop_assert!(close(greeks.rho, slope(at_rate, 1e-4), input.forward * years));
        prop_assert!(close(greeks.charm, slope(|h| later(h).delta, dt), 1.0 / years));
    }

    #[test]
    fn implied_vol_round_trip(option in forward_option()) {
        let BlackInput { right, forward, strike, years, discount, vol } = option;
        let price = black76_price(&option);
        let quote = Quote { right, forward, strike, years, discount, price };
        let time_value = price - quote.intrinsic();
        prop_assume!(time_value > 1e-9 * forward.max(strike));
        let found = implied_vol(&quote).unwrap();
        prop_assert!((found / vol - 1.0).abs() < 1e-6, "{found} for {vol}");
        let again = black76_price(&BlackInput { vol: found, ..option });
        prop_assert!((again - price).abs() <= 1e-14 * forward.max(strike));
    }

    #[test]
    fn out_of_the_money_vols_survive_tiny_prices(
        option in forward_option(),
        deviations in 4.0..25.0_f64,
    ) {
        let BlackInput { forward, vol, years, discount, .. } = option;
        let stdev = (vol * years.sqrt()).min(1.0);
        let vol = stdev / years.sqrt();
        let strike = forward * (deviations * stdev).exp();
        let option = BlackInput { right: Right::Call, strike, vol, ..option };
        let price = black76_price(&option);
        prop_assert!(price > 0.0);
        let quote = Quote { right: Right::Call, forward, strike, years, discount, price };
        prop_assert!((implied_vol(&quote).unwrap() / vol - 1.0).abs() < 1e-11);
    }

    #[test]
    fn no_time_is_intrinsic(option in spot_option()) {
        let expired = SpotInput { years: 0.0, ..option };
        let greeks = bsm(&expired);
        prop_assert_eq!(greeks.price, option.right.intrinsic(option.spot, option.strike));
        prop_assert_eq!(greeks.to_array()[2..].iter().map(|x| x.abs()).sum::<f64>(), 0.0);
        let past = bsm(&SpotInput { years: -1.0, ..option });
        prop_assert_eq!(past, greeks);
    }

    #[test]
    fn no_vol_is_discounted_intrinsic(option in spot_option()) {
        let greeks = bsm(&SpotInput { vol: 0.0, ..option });
        let discount = (-option.rate * option.years).exp();
        let intrinsic = discount * option.right.intrinsic(option.forward(), option.strike);
        prop_assert!((greeks.price - intrinsic).abs() <= 1e-13 * option.spot.max(option.strike));
        prop_assert!(greeks.is_finite());
        prop_assert_eq!((greeks.gamma, greeks.vega, greeks.volga), (0.0, 0.0, 0.0));
    }

    #[test]
    fn lines_equal_single_options(
        option in spot_option(),
        moves in prop::collection::vec((0.5..1.5_f64, 0.0..2.0_f64), 0..150),
    ) {
        let SpotInput { right, strike, years, rate, dividend, .. } = option;
        let spot: Vec<f64> = moves.iter().map(|(m, _)| m * option.spot).collect();
        let vol: Vec<f64> = moves.iter().map(|&(_, vol)| vol).collect();
        let mut columns = GreeksColumns::default();
        let line = SpotLine { right, strike, years, rate, dividend };
        line.greeks_slice(&spot, &vol, &mut columns).unwrap();
        let on_forward = ForwardLine { right, strike, years, rate };
        let mut forward_columns = GreeksColumns::default();
        on_forward.greeks_slice(&spot, &vol, &mut forward_columns).unwrap();
        let mut prices = vec![f64::NAN; spot.len()];
        let price_line = PriceLine { right, strike, years, discount: 0.97 };
        price_line.price_slice(&spot, &vol, &mut prices).unwrap();
        for (i, (&spot, &vol)) in spot.iter().zip(&vol).enumerate() {
            prop_assert_eq!(columns.get(i), Some(bsm(&SpotInput { spot, vol, ..option })));
            let future = ForwardInput { right, forward: spot, strike, years, rate, vol };
            prop_assert_eq!(forward_columns.get(i), Some(black76(&future)));
            let input = BlackInput { right, forward: spot, strike, vol, years, discount: 0.97 };
            prop_assert_eq!(prices[i], black76_price(&input));
            prop_assert_eq!(prices[i], price_line.price(spot, vol));
        }
        prop_assert_eq!(columns.get(spot.len()), None);
    }

    #[test]
    fn nothing_panics_and_bad_numbers_do_not_become_prices(
        values in prop::array::uniform6(prop::num::f64::ANY),
        call in any::<bool>(),
    ) {
        let [spot, strike, years, rate, dividend, vol] = values;
        let right = if call { Right::Call } else { Right::Put };
        let input = SpotInput { right, spot, strike, years, rate, dividend, vol };
        let greeks = bsm(&input);
        if input.validate().is_ok() {
            prop_assert!(!greeks.price.is_nan());
        }
        if spot.is_nan() || strike.is_nan() || years.is_nan() || vol.is_nan() {
            prop_assert!(greeks.price.is_nan());
        }
        let quote = Quote { right, forward: spot, strike, years, discount: rate, price: vol };
        if let Ok(vol) = implied_vol(&quote) {
            prop_assert!(vol > 0.0 && vol.is_finite());
        }
    }
}

/// A valid option to spoil field by field.
const GOOD: SpotInput = SpotInput {
    right: Right::Call,
    spot: 100.0,
    strike: 100.0,
    years: 1.0,
    rate: 0.04,
    dividend: 0.01,
    vol: 0.2,
};

#[test]
fn every_refusal_names_its_field() {
    GOOD.validate().unwrap();
    type Spoil = fn(&mut SpotInput);
    let cases: [(&str, Spoil); 9] = [
        ("spot", |o| o.spot = f64::NAN),
        ("spot", |o| o.spot = 0.0),
        ("strike", |o| o.strike = -1.0),
        ("strike", |o| o.strike = f64::INFINITY),
        ("years", |o| o.years = -1e-9),
        ("rate", |o| o.rate = f64::NEG_INFINITY),
        ("dividend", |o| o.dividend = f64::NAN),
        ("vol", |o| o.vol = -0.01),
        ("vol", |o| o.vol = 10.01),
    ];
    for (field, spoil) in cases {
        let mut input = GOOD;
        spoil(&mut input);
        assert_eq!(input.validate().unwrap_err().field(), field, "{input:?}");
    }
}

#[test]
fn a_refusal_reads_as_found_and_expected() {
    let text = SpotInput { vol: 12.0, ..GOOD }
        .validate()
        .unwrap_err()
        .to_string();
    assert_eq!(
        text,
        "vol: found '12': expected a decimal vol from 0 to 10 (0.20 = 20 %)"
    );
    let SpotInput {
        right,
        strike,
        vol,
        years,
        ..
    } = GOOD;
    let black = BlackInput {
        right,
        forward: 20.0,
        strike,
        vol,
        years,
        discount: 0.0,
    };
    assert_eq!(black.validate().unwrap_err().field(), "discount");
}

#[test]
fn slices_of_different_lengths_are_refused() {
    let line = PriceLine {
        right: Right::Call,
        strike: 100.0,
        years: 1.0,
        discount: 1.0,
    };
    let error = line
        .price_slice(&[100.0; 3], &[0.2; 2], &mut [0.0; 3])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "vol: found 2 values: expected 3, as in the other columns"
    );
    let short = &[1.0][..];
    let input = BatchInput {
        right_sign: short,
        underlying: short,
        strike: short,
        years: short,
        rate: &[],
        dividend: &[],
        vol: short,
    };
    let mut out = GreeksColumns::default();
    assert_eq!(black76_batch(&input, &mut out).unwrap_err().field(), "rate");
    assert_eq!(bsm_batch(&input, &mut out).unwrap_err().field(), "rate");
}

#[test]
fn at_the_strike_nothing_is_infinite() {
    for (years, vol) in [
        (0.0, 0.2),
        (0.5, 0.0),
        (0.0, 0.0),
        (1e-300, 1e-300),
        (1e-12, 1e-8),
    ] {
        for right in Right::ALL {
            let (spot, strike) = (6000.0, 6000.0);
            let input = SpotInput {
                right,
                spot,
                strike,
                years,
                rate: 0.0,
                dividend: 0.0,
                vol,
            };
            let greeks = bsm(&input);
            assert!(greeks.is_finite(), "{input:?}: {greeks:?}");
            assert!(greeks.price.abs() < 1e-9, "{input:?}: {greeks:?}");
        }
    }
}

#[test]
fn reference_distribution_gives_the_same_price() {
    let (forward, strike, vol, years, discount) = (6022.2329, 5640.0, 0.1948, 45.0 / 365.0, 0.9947);
    let stdev = vol * f64::sqrt(years);
    let d1 = libm::log(forward / strike) / stdev + 0.5 * stdev;
    let expected = discount * (strike * cdf(stdev - d1) - forward * cdf(-d1));
    let input = BlackInput {
        right: Right::Put,
        forward,
        strike,
        vol,
        years,
        discount,
    };
    assert!((black76_price(&input) / expected - 1.0).abs() < 1e-13);
}

#[test]
fn a_forward_implies_its_dividend() {
    let dividend = implied_dividend(6000.0, 6022.2329, 0.043, 45.0 / 365.0);
    assert!((dividend - 0.013).abs() < 1e-7, "{dividend}");
    assert_eq!(implied_dividend(6000.0, 6022.0, 0.043, 0.0), 0.0);
}
