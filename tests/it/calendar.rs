//! Calendar and instruments against published tables, and properties that hold for every input.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use palisade::calendar::{
    BusinessClock, ExpirySeries, SettlementTime, add_trading_days, business_days_between,
    early_close, is_business_day, is_listed_expiry, listed_expiries, nearest_vix_monthly,
    new_york_instant, next_business_day, parse_as_of, prev_business_day, settlement_instant,
    spx_monthly_expiry, third_friday, trading_days_in, vix_monthly_expiry, years_between,
};
use palisade::instrument::{
    CondorView, Contract, Leg, OptionSeries, Right, Root, Structure, format_quick_entry,
    group_condors, parse_quick_entry,
};
use proptest::prelude::*;

/// Year, weekday closures, early closes and sessions, as `pandas_market_calendars` 5.5.0 has them
/// for the NYSE (month and day, two digits each).
const NYSE: [(i16, &str, &str, i32); 16] = [
    (
        2020,
        "0101 0120 0217 0410 0525 0703 0907 1126 1225",
        "1127 1224",
        253,
    ),
    (
        2021,
        "0101 0118 0215 0402 0531 0705 0906 1125 1224",
        "1126",
        252,
    ),
    (
        2022,
        "0117 0221 0415 0530 0620 0704 0905 1124 1226",
        "1125",
        251,
    ),
    (
        2023,
        "0102 0116 0220 0407 0529 0619 0704 0904 1123 1225",
        "0703 1124",
        250,
    ),
    (
        2024,
        "0101 0115 0219 0329 0527 0619 0704 0902 1128 1225",
        "0703 1129 1224",
        252,
    ),
    (
        2025,
        "0101 0109 0120 0217 0418 0526 0619 0704 0901 1127 1225",
        "0703 1128 1224",
        250,
    ),
    (
        2026,
        "0101 0119 0216 0403 0525 0619 0703 0907 1126 1225",
        "1127 1224",
        251,
    ),
    (
        2027,
        "0101 0118 0215 0326 0531 0618 0705 0906 1125 1224",
        "1126",
        251,
    ),
    (
        2028,
        "0117 0221 0414 0529 0619 0704 0904 1123 1225",
        "0703 1124",
        251,
    ),
    (
        2029,
        "0101 0115 0219 0330 0528 0619 0704 0903 1122 1225",
        "0703 1123 1224",
        251,
    ),
    (
        2030,
        "0101 0121 0218 0419 0527 0619 0704 0902 1128 1225",
        "0703 1129 1224",
        251,
    ),
    (
        2031,
        "0101 0120 0217 0411 0526 0619 0704 0901 1127 1225",
        "0703 1128 1224",
        251,
    ),
    (
        2032,
        "0101 0119 0216 0326 0531 0618 0705 0906 1125 1224",
        "1126",
        252,
    ),
    (
        2033,
        "0117 0221 0415 0530 0620 0704 0905 1124 1226",
        "1125",
        251,
    ),
    (
        2034,
        "0102 0116 0220 0407 0529 0619 0704 0904 1123 1225",
        "0703 1124",
        250,
    ),
    (
        2035,
        "0101 0115 0219 0323 0528 0619 0704 0903 1122 1225",
        "0703 1123 1224",
        251,
    ),
];

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    date(year, 1, 1)
        .series(1.day())
        .take_while(move |day| day.year() == year)
}

fn months() -> impl Iterator<Item = Date> {
    date(2020, 1, 1)
        .series(1.month())
        .take_while(|month| month.year() <= 2035)
}

#[test]
fn every_day_of_sixteen_years_agrees_with_the_published_calendar() {
    for (year, closures, early, sessions) in NYSE {
        for day in days_of(year) {
            let key = day.strftime("%m%d").to_string();
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let open = !weekend && !closures.split(' ').any(|closed| closed == key);
            assert_eq!(is_business_day(day), open, "{day}");
            assert_eq!(
                early_close(day).is_some(),
                early.split(' ').any(|short| short == key),
                "{day}"
            );
        }
        assert_eq!(trading_days_in(year), sessions, "{year}");
    }
}

#[test]
fn monthlies_off_their_usual_weekday_are_exactly_the_known_ones() {
    let off = |rule: fn(Date) -> Date, usual: Weekday| -> Vec<String> {
        months()
            .map(rule)
            .filter(|day| day.weekday() != usual)
            .map(|day| day.to_string())
            .collect()
    };
    assert_eq!(
        off(vix_monthly_expiry, Weekday::Wednesday),
        [
            "2022-03-15",
            "2024-06-18",
            "2025-03-18",
            "2026-05-19",
            "2027-05-18",
            "2030-03-19",
            "2030-06-18",
            "2032-05-18",
            "2033-03-15",
        ]
    );
    assert_eq!(
        off(spx_monthly_expiry, Weekday::Friday),
        [
            "2022-04-14",
            "2025-04-17",
            "2026-06-18",
            "2027-06-17",
            "2030-04-18",
            "2032-06-17",
            "2033-04-14",
        ]
    );
}

#[test]
fn short_sessions_move_pm_settlement_only() {
    let short = date(2026, 11, 27);
    let local = |hour, minute| new_york_instant(short.at(hour, minute, 0, 0));
    assert_eq!(
        settlement_instant(short, SettlementTime::Close),
        local(13, 0)
    );
    assert_eq!(
        settlement_instant(short, SettlementTime::Open),
        local(9, 30)
    );
}

#[test]
fn clocks_differ_little_at_forty_five_days() {
    let as_of = parse_as_of("2026-01-05T16:00").expect("valid");
    let settlement = parse_as_of("2026-02-19T16:00").expect("valid");
    let calendar = years_between(as_of, settlement);
    let business = BusinessClock::default().years_between(as_of, settlement);
    assert!(
        (business / calendar - 1.0).abs() < 0.03,
        "{business} against {calendar}"
    );
}

fn day() -> impl Strategy<Value = Date> {
    (0_i64..365 * 16).prop_map(|ahead| date(2020, 1, 1).saturating_add(ahead.days()))
}

fn series() -> impl Strategy<Value = ExpirySeries> {
    prop_oneof![
        Just(ExpirySeries::SpxAm),
        Just(ExpirySeries::SpxPm),
        Just(ExpirySeries::VixMonthly),
        Just(ExpirySeries::VixWeekly),
    ]
}

/// A structure whose expiry is listed, its quantity and its net price in hundredths.
fn holding() -> impl Strategy<Value = (Structure, i32, f64)> {
    let quantity = prop_oneof![-500_i32..=-1, 1_i32..=500];
    (
        any::<prop::sample::Index>(),
        0_u8..8,
        4_u32..1200,
        1_u32..8,
        quantity,
        0_u32..=500,
    )
        .prop_map(|(which, kind, base, width, quantity, cents)| {
            let today = date(2026, 6, 24);
            let expiry = |root: Root| *which.get(&root.listed_expiries(today));
            let (low, step) = (f64::from(base) * 5.0, f64::from(width) * 5.0);
            let of = |root: Root| OptionSeries {
                root,
                expiry: expiry(root),
            };
            let four = [low, low + step, low + 3.0 * step, low + 4.0 * step];
            let structure = match kind {
                0 => Structure::iron_condor(of(Root::Spx), four),
                1 => Structure::iron_condor(of(Root::Spxw), four),
                2 => Structure::vertical(of(Root::Xsp), Right::Put, [low, low + step]),
                3 => Structure::vertical(of(Root::Spxw), Right::Call, [low, low + step]),
                4 => Structure::vix_call(expiry(Root::Vix), low),
                5 => Structure::vix_call_spread(expiry(Root::Vixw), [low, low + step]),
                6 => Structure::vix_future(Root::Vx, expiry(Root::Vx)),
                _ => Structure::vix_future(Root::Vxm, expiry(Root::Vxm)),
            };
            (
                structure.expect("ascending strikes"),
                quantity,
                f64::from(cents.max(1)) / 100.0,
            )
        })
}

proptest! {
    #[test]
    fn stepping_and_counting_are_inverse(from in day(), sessions in -300_i32..300) {
        let to = add_trading_days(from, sessions);
        prop_assert!(sessions == 0 || is_business_day(to));
        let back = business_days_between(from, to);
        // Stepping back from a closed day reaches a session that is not counted from outside it.
        prop_assert!(back == sessions || (sessions < 0 && !is_business_day(from) && back == sessions + 1));
    }

    #[test]
    fn neighbours_leave_no_session_between(from in day()) {
        let (before, after) = (prev_business_day(from), next_business_day(from));
        prop_assert!(before < from && from < after);
        let between = business_days_between(before, after) - 1;
        prop_assert_eq!(between, i32::from(is_business_day(from)));
    }

    #[test]
    fn listed_expiries_ascend_and_follow_their_rule(series in series(), from in day()) {
        let listed = listed_expiries(series, from);
        prop_assert!(!listed.is_empty());
        prop_assert!(listed.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(listed[0] >= from);
        for expiry in listed {
            prop_assert!(is_business_day(expiry) && is_listed_expiry(series, expiry), "{}", expiry);
        }
    }

    #[test]
    fn vix_expires_thirty_days_before_the_next_third_friday(month in day()) {
        let expiry = vix_monthly_expiry(month);
        prop_assert_eq!((expiry.year(), expiry.month()), (month.year(), month.month()));
        let friday = third_friday(month.first_of_month().saturating_add(1.month()));
        let apart = (friday - expiry).get_days();
        prop_assert!((30..=32).contains(&apart), "{} days", apart);
    }

    #[test]
    fn no_vix_monthly_is_nearer_to_the_target(from in day(), target in 1_i32..400) {
        let chosen = nearest_vix_monthly(from, target);
        let miss = |expiry: Date| ((expiry - from).get_days() - target).abs();
        prop_assert!(chosen > from);
        for ahead in 0..16_i32 {
            let other = vix_monthly_expiry(from.first_of_month().saturating_add(ahead.months()));
            prop_assert!(other <= from || miss(chosen) <= miss(other), "{} beats {}", other, chosen);
        }
    }

    #[test]
    fn years_shrink_as_time_passes(expiry in day(), minutes in 1_i64..500_000) {
        let settlement = settlement_instant(expiry, SettlementTime::Close);
        let earlier = settlement - minutes.minutes();
        let years = years_between(earlier, settlement);
        prop_assert!((years * 525_600.0 - minutes as f64).abs() < 1e-6);
        prop_assert_eq!(years_between(settlement, earlier), 0.0);
    }

    #[test]
    fn quick_entry_reads_back_what_it_wrote((structure, quantity, net) in holding()) {
        let prices = structure.split_net_price(net, &[]).expect("a net price");
        let mut legs = structure.legs(quantity, &prices).expect("legs");
        legs.reverse();
        let line = format_quick_entry(&legs).expect("a structure has a line");
        let entry = parse_quick_entry(&line, date(2026, 6, 24));
        let entry = entry.map_err(|error| TestCaseError::fail(format!("{line}: {error}")))?;
        prop_assert_eq!(entry.structure, structure);
        prop_assert_eq!(entry.quantity, quantity);
        prop_assert!((entry.price.expect("written") - net).abs() < 1e-6);
    }

    #[test]
    fn quick_entry_never_panics_and_points_into_the_line(line in "[-+0-9A-Za-z/@., −]{0,40}") {
        if let Err(error) = parse_quick_entry(&line, date(2026, 6, 24)) {
            prop_assert_eq!(line.get(error.range()), Some(error.found.as_str()));
            prop_assert!(!error.expected.is_empty());
        }
    }

    #[test]
    fn split_prices_add_up_and_stay_positive(
        (structure, _, net) in holding(),
        model in prop::collection::vec(0.0..60.0_f64, 4),
    ) {
        let model = &model[..structure.parts().len()];
        let prices = structure.split_net_price(net, model).expect("a net price");
        prop_assert!(prices.iter().all(|price| *price >= 0.0));
        prop_assert!((structure.net_price(&prices).expect("counted") - net).abs() < 1e-9);
    }

    #[test]
    fn grouping_uses_every_leg_once(order in Just((0..10_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let series = OptionSeries { root: Root::Spxw, expiry: date(2026, 8, 6) };
        let build = |strikes| {
            let condor = Structure::iron_condor(series, strikes).expect("ascending");
            condor.legs(-10, &[1.0, 3.0, 3.0, 1.0]).expect("legs")
        };
        let mut all = build([5590.0, 5640.0, 6305.0, 6355.0]);
        all.extend(build([5500.0, 5600.0, 6400.0, 6450.0]));
        all.extend(Structure::vix_call(date(2026, 9, 16), 22.0).expect("valid").legs(4, &[1.0]).expect("legs"));
        let other = Contract::option(Root::Spxw, date(2026, 8, 6), 5000.0, Right::Put).expect("valid");
        all.push(Leg::new(other, 3, 1.0).expect("valid"));
        let legs: Vec<Leg> = order.iter().map(|index| all[*index]).collect();
        let groups = group_condors(&legs);
        let mut used: Vec<usize> = groups.condors.iter().flatten().copied().chain(groups.other.clone()).collect();
        used.sort_unstable();
        prop_assert_eq!(used, (0..10).collect::<Vec<_>>());
        prop_assert_eq!(groups.condors.len(), 2);
        for condor in groups.condors {
            prop_assert!(CondorView::of(&condor.map(|index| legs[index])).is_some());
        }
    }

    #[test]
    fn contracts_sort_by_root_expiry_and_strike(a in 1_u32..200_000, b in 1_u32..200_000) {
        let put = |eighths: u32| {
            let strike = f64::from(eighths) / 8.0;
            Contract::option(Root::Spxw, date(2026, 8, 6), strike, Right::Put).expect("valid")
        };
        prop_assert_eq!(put(a).cmp(&put(b)), a.cmp(&b));
        prop_assert_eq!(put(a).strike(), Some(f64::from(a) / 8.0));
        let text = ron::to_string(&put(a)).expect("serialises");
        prop_assert_eq!(ron::from_str::<Contract>(&text), Ok(put(a)));
    }
}
