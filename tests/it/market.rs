//! The market resolved from marks: worked figures, exact repricing, parity, and what cannot be used.

use std::sync::Arc;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use palisade::calendar::new_york_instant;
use palisade::instrument::{Contract, Right, Root, Strike};
use palisade::market::{
    Chain, ChainExpiry, CurveSource, FutureMark, Mark, MarkTrouble, Market, Marks, ModelParams,
    OptionMark, SmileSource, VolSource,
};
use proptest::prelude::*;

fn option(root: Root, expiry: Date, strike: f64, right: Right) -> Contract {
    let strike = Strike::new(strike).expect("a strike");
    Contract::Option {
        root,
        expiry,
        strike,
        right,
    }
}

fn mark(contract: Contract, mark: Mark) -> OptionMark {
    OptionMark { contract, mark }
}

/// Marks exactly `days` before a contract settles: S 6000, r 4.3 %, q 1.3 %, VIX 17.
fn marks_before(contract: &Contract, days: i64) -> Marks {
    let as_of = contract.settlement_instant() - SignedDuration::from_hours(24 * days);
    let mut marks = Marks::new(as_of, 6000.0, 17.0);
    (marks.rate, marks.dividend) = (0.043, 0.013);
    marks
}

fn resolve(marks: &Marks, needed: &[Contract]) -> Market {
    let (market, problems) = Market::of(marks, &ModelParams::default(), needed);
    assert_eq!(problems, []);
    market
}

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected}"
    );
}

const EXPIRY: Date = date(2026, 8, 21);

/// The worked condor of 45 days: contract, vol, price.
fn condor() -> [(Contract, f64, f64); 4] {
    [
        (
            option(Root::Spxw, EXPIRY, 5640.0, Right::Put),
            0.1948,
            35.704226,
        ),
        (
            option(Root::Spxw, EXPIRY, 5590.0, Right::Put),
            0.2017,
            30.822781,
        ),
        (
            option(Root::Spxw, EXPIRY, 6305.0, Right::Call),
            0.1288,
            22.456582,
        ),
        (
            option(Root::Spxw, EXPIRY, 6355.0, Right::Call),
            0.1271,
            15.242080,
        ),
    ]
}

fn condor_marks() -> Marks {
    let legs = condor();
    let mut marks = marks_before(&legs[0].0, 45);
    marks.quotes = legs
        .iter()
        .map(|(c, vol, _)| mark(*c, Mark::Vol(*vol)))
        .collect();
    marks
}

#[test]
fn worked_condor_prices_from_vol_marks() {
    let market = resolve(&condor_marks(), &[]);
    let smile = market.smile(Root::Spxw, EXPIRY).expect("quoted");
    close(smile.forward, 6022.2329, 1e-4);
    assert_eq!(smile.source, SmileSource::Ssvi);
    for (contract, vol, price) in condor() {
        let quoted = market.price_vol(&contract).expect("an option");
        assert_eq!(quoted.source, VolSource::Mark);
        close(quoted.vol, vol, 1e-14);
        close(market.price(&contract), price, 1e-6);
    }
    let [a, b, c, d] = condor().map(|(contract, ..)| market.price(&contract));
    close(a - b + c - d, 12.0959, 1e-4);
}

#[test]
fn worked_vix_calls_price_on_their_own_future() {
    for (days, future, strike, vol, price) in [
        (30, 18.36, 22.0, 1.09, 1.08540),
        (110, 19.84, 24.0, 0.83, 2.17468),
        (220, 20.80, 25.0, 0.72, 3.12160),
    ] {
        let expiry = date(2026, 8, 19);
        let call = option(Root::Vix, expiry, strike, Right::Call);
        let mut marks = marks_before(&call, days);
        marks.vx = vec![FutureMark::entered(expiry, future)];
        marks.quotes = vec![mark(call, Mark::Vol(vol))];
        let market = resolve(&marks, &[]);
        close(
            market.price_vol(&call).expect("an option").forward,
            future,
            0.0,
        );
        close(market.price(&call), price, 1e-5);
        close(
            market.price(&Contract::Future {
                root: Root::Vx,
                expiry,
            }),
            future,
            0.0,
        );
    }
}

#[test]
fn vix_parity_holds_on_the_future_and_fails_on_spot() {
    let expiry = date(2024, 11, 20);
    let pair = [Right::Call, Right::Put].map(|right| option(Root::Vix, expiry, 17.0, right));
    let mut marks = marks_before(&pair[0], 170);
    (marks.vix, marks.rate) = (13.11, 0.053);
    let difference = |future: f64, marks: &mut Marks| {
        marks.vx = vec![FutureMark::entered(expiry, future)];
        let market = resolve(marks, &pair);
        market.price(&pair[0]) - market.price(&pair[1])
    };
    close(difference(16.94, &mut marks), -0.05854, 1e-4);
    let on_spot = difference(13.11, &mut marks);
    close(on_spot + 0.05854, -3.7, 0.1);
}

#[test]
fn without_quotes_everything_is_assumed_from_vix() {
    let put = option(Root::Spxw, EXPIRY, 5640.0, Right::Put);
    let call = option(Root::Vix, date(2026, 8, 19), 22.0, Right::Call);
    let market = resolve(&marks_before(&put, 46), &[put, call]);
    assert_eq!(market.curve.source, CurveSource::MedianForVix);
    assert!(market.vvix_assumed);
    close(market.vvix, 91.6, 1e-9);
    for contract in [put, call] {
        let source = market.price_vol(&contract).expect("an option").source;
        assert_eq!(source, VolSource::Assumed);
    }
    let smile = market.smile(Root::Spxw, EXPIRY).expect("needed");
    close(smile.atm_vol, 0.88 * 0.17, 1e-12);
    let unseen = market
        .smile_at(Root::Spx, date(2026, 9, 18))
        .expect("ahead");
    close(unseen.atm_vol, market.atm_vol_at(unseen.years), 1e-12);
}

#[test]
fn a_quoted_expiry_sets_the_level_of_its_neighbours() {
    let near = option(Root::Spxw, date(2026, 8, 31), 5640.0, Right::Put);
    let flat = resolve(&marks_before(&condor()[0].0, 45), &[near]);
    let market = resolve(&condor_marks(), &[near]);
    let atm = |market: &Market, expiry| market.smile(Root::Spxw, expiry).expect("there").atm_vol;
    let level = atm(&market, EXPIRY) / flat.atm_vol_at(45.0 / 365.0);
    close(
        atm(&market, date(2026, 8, 31)) / atm(&flat, date(2026, 8, 31)),
        level,
        1e-9,
    );
    assert_eq!(
        market.price_vol(&near).expect("an option").source,
        VolSource::Assumed
    );
}

#[test]
fn marks_that_cannot_be_used_are_named_and_left_out() {
    let mut marks = condor_marks();
    let deep = option(Root::Spxw, EXPIRY, 6600.0, Right::Put);
    let past = option(Root::Spxw, date(2026, 6, 1), 5640.0, Right::Put);
    let intrinsic = option(Root::Vix, date(2026, 8, 19), 10.0, Right::Call);
    marks.quotes.push(mark(deep, Mark::Price(400.0)));
    marks.quotes.push(mark(past, Mark::Price(1.0)));
    marks.quotes.push(mark(intrinsic, Mark::Price(2.0)));
    marks.vx = vec![
        FutureMark::entered(date(2026, 6, 17), 17.0),
        FutureMark::entered(date(2026, 8, 19), 18.0),
    ];
    let (market, problems) = Market::of(&marks, &ModelParams::default(), &[]);
    let mut named: Vec<Contract> = problems.iter().map(|problem| problem.contract).collect();
    named.sort_unstable();
    let settled = Contract::Future {
        root: Root::Vx,
        expiry: date(2026, 6, 17),
    };
    assert_eq!(
        named,
        [deep, past, intrinsic, settled]
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let trouble = |contract| {
        &problems
            .iter()
            .find(|p| p.contract == contract)
            .expect("named")
            .trouble
    };
    assert!(matches!(trouble(deep), MarkTrouble::Price(_)));
    assert_eq!(trouble(past), &MarkTrouble::Settled);
    let message = problems
        .iter()
        .find(|p| p.contract == deep)
        .expect("named")
        .to_string();
    assert!(
        message.starts_with("SPXW 21 Aug 26 6,600 P: no vol gives this price"),
        "{message}"
    );
    assert_eq!(market.curve.points.len(), 1);
    assert_eq!(
        market.smile(Root::Spxw, EXPIRY).expect("quoted").rejected,
        1
    );
    // the other marks still hold
    close(market.price(&condor()[0].0), 35.704226, 1e-6);
    let gone = market.price_vol(&past).expect("an option");
    assert_eq!((gone.years, gone.vol), (0.0, 0.0));
    close(market.price(&past), 0.0, 0.0);
}

/// A chain of one expiry with a flat smile of 20 % whose forward lies 0.5 % over spot.
fn chain(as_of: Timestamp) -> Chain {
    Chain {
        source_name: "made.csv".to_owned(),
        as_of,
        spot: 6000.0,
        rate: 0.043,
        expiries: vec![ChainExpiry {
            root: Root::Spxw,
            expiry: EXPIRY,
            forward: 6030.0,
            discount: 0.995,
            quotes: (0..40)
                .map(|i| (5000.0 + 50.0 * f64::from(i), 0.20))
                .collect(),
            rejected: 2,
        }],
    }
}

#[test]
fn own_quotes_win_over_the_chain_and_the_forward_follows_the_spot() {
    let own = option(Root::Spxw, EXPIRY, 5600.0, Right::Call);
    let mut marks = marks_before(&own, 45);
    marks.chain = Some(Arc::new(chain(marks.as_of)));
    marks.quotes = vec![mark(own, Mark::Vol(0.25))];
    marks.validate().expect("valid");
    let market = resolve(&marks, &[]);
    let smile = market.smile(Root::Spxw, EXPIRY).expect("in the chain");
    close(smile.forward, 6030.0, 1e-9);
    assert_eq!(
        (smile.source, smile.rejected, smile.quotes.len()),
        (SmileSource::Svi, 2, 40)
    );
    close(smile.vol(5600.0, Right::Call), 0.25, 1e-14);
    close(smile.vol(5600.0, Right::Put), 0.25, 1e-14);
    close(smile.vol(5550.0, Right::Put), 0.20, 1e-14);
    // an unquoted expiry halfway takes half the carry
    let before = market.spx_forward(Root::Spx, smile.years / 2.0);
    close((before / 6000.0).ln(), 1.005f64.ln() / 2.0, 1e-12);
    marks.spx = 6060.0;
    let moved = resolve(&marks, &[]);
    close(
        moved
            .smile(Root::Spxw, EXPIRY)
            .expect("in the chain")
            .forward,
        6030.0 * 1.01,
        1e-9,
    );
}

#[test]
fn xsp_is_a_tenth_of_spxw() {
    let mut marks = condor_marks();
    let xsp = option(Root::Xsp, EXPIRY, 564.0, Right::Put);
    let market = resolve(&marks, &[xsp]);
    close(
        10.0 * market.price(&xsp),
        market.price(&condor()[0].0),
        1e-9,
    );
    // its own mark wins, and leaves SPXW alone
    marks.quotes.push(mark(xsp, Mark::Price(4.0)));
    let market = resolve(&marks, &[]);
    close(market.price(&xsp), 4.0, 4e-9);
    close(market.price(&condor()[0].0), 35.704226, 1e-6);
}

#[test]
fn am_and_pm_contracts_of_one_date_have_their_own_smiles_and_times() {
    let third_friday = date(2026, 8, 21);
    let [am, pm] =
        [Root::Spx, Root::Spxw].map(|root| option(root, third_friday, 5600.0, Right::Put));
    let market = resolve(&marks_before(&pm, 45), &[am, pm]);
    let [am, pm] = [am, pm].map(|contract| market.price_vol(&contract).expect("an option"));
    close((pm.years - am.years) * 8760.0, 6.5, 1e-9);
    assert_eq!(market.smiles.len(), 2);
}

#[test]
fn the_median_curve_answers_for_every_listed_expiry() {
    let as_of = new_york_instant(date(2026, 6, 24).at(16, 15, 0, 0));
    let market = resolve(&Marks::new(as_of, 6000.0, 17.3), &[]);
    let first = market.curve.future_for(date(2026, 7, 22));
    assert!((18.1..19.1).contains(&first), "{first}");
    assert!(market.curve.contango_pct().expect("listed") > 0.0);
    let weekly = Contract::Future {
        root: Root::Vx,
        expiry: date(2026, 7, 8),
    };
    assert!((17.3..first).contains(&market.price(&weekly)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn price_marks_reprice_to_nine_digits_and_unquoted_pairs_keep_parity(
        vols in prop::collection::vec(0.08..0.9f64, 1..12),
        vix_vols in prop::collection::vec(0.4..2.0f64, 1..5),
        probe in 4800.0..7200.0f64,
        root in prop::sample::select(vec![Root::Spx, Root::Spxw, Root::Xsp]),
        days in 1i64..200,
    ) {
        let scale = root.index_scale();
        let strikes: Vec<f64> = (0..vols.len()).map(|i| scale * (5400.0 + 110.0 * i as f64)).collect();
        let contract = |strike: f64| {
            let right = if strike < scale * 6000.0 { Right::Put } else { Right::Call };
            option(root, EXPIRY, strike, right)
        };
        let mut marks = marks_before(&contract(strikes[0]), days);
        marks.quotes = strikes.iter().zip(&vols).map(|(k, vol)| mark(contract(*k), Mark::Vol(*vol))).collect();
        for (i, vol) in vix_vols.iter().enumerate() {
            let call = option(Root::Vix, date(2026, 9, 16), 16.0 + 3.0 * i as f64, Right::Call);
            marks.quotes.push(mark(call, Mark::Vol(*vol)));
        }
        // marks by vol give prices; marks by those prices must give them back
        let by_vol = resolve(&marks, &[]);
        for quote in &mut marks.quotes {
            quote.mark = Mark::Price(by_vol.price(&quote.contract));
        }
        marks.quotes.retain(|quote| quote.mark.value() > 1e-6);
        let by_price = resolve(&marks, &[]);
        for quote in &marks.quotes {
            let (found, price) = (by_price.price(&quote.contract), quote.mark.value());
            prop_assert!((found / price - 1.0).abs() <= 1e-9, "{}: {found} {price}", quote.contract);
        }
        let pair = [Right::Call, Right::Put].map(|right| option(root, EXPIRY, (scale * probe).round(), right));
        let [call, put] = pair.map(|one| by_price.price(&one));
        let terms = by_price.price_vol(&pair[0]).expect("an option");
        let forward = terms.discount * (terms.forward - (scale * probe).round());
        prop_assert!((call - put - forward).abs() < 1e-9 * 6000.0);
    }
}
