//! The facts registry: every fact is gathered, none looks ahead, none depends on the order of the book.

use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use palisade::calendar::new_york_instant;
use palisade::document::{Account, Campaign};
use palisade::fact::{
    AssumedMarks, BookInputs, Derived, FactId, FactInputs, FactValue, Facts, regime_of,
};
use palisade::import::LibraryLoader;
use palisade::market::Marks;
use palisade::policy::RulePack;
use palisade::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};
use proptest::prelude::*;

use crate::made_library::{cut, made_library};

fn library() -> &'static palisade::series::Library {
    static LIBRARY: OnceLock<palisade::series::Library> = OnceLock::new();
    LIBRARY.get_or_init(made_library)
}

fn derived() -> &'static Derived {
    static DERIVED: OnceLock<Derived> = OnceLock::new();
    DERIVED.get_or_init(|| Derived::of(library()))
}

fn after_close(day: Date) -> Timestamp {
    new_york_instant(day.at(16, 30, 0, 0))
}

/// The sample's book under its own marks.
fn book_facts(campaign: &Campaign, account: &Account, history: Option<&Derived>) -> Facts {
    let pack = RulePack::alvh();
    let inputs = Inputs {
        pack,
        account,
        slopes: Err(VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(campaign, inputs, &mut MarketCache::default());
    let book = BookInputs {
        campaign,
        valuation: &valuation,
        account,
        assumed: AssumedMarks::default(),
    };
    Facts::gather(&FactInputs::of_book(book, history))
}

fn account() -> Account {
    Account {
        equity_usd: Some(500_000.0),
        ..Account::default()
    }
}

fn campaign() -> Campaign {
    palisade::app::sample_campaign()
}

/// Equal values; reasons of what is missing may differ in words.
#[track_caller]
fn assert_same(found: &Facts, expected: &Facts, what: &str) {
    for (found, expected) in found.iter().zip(expected) {
        let id = found.id.key();
        match (&found.value, &expected.value) {
            (Ok(value), Ok(other)) => {
                assert_eq!(value, other, "{what}: {id}");
                assert_eq!(found.as_of, expected.as_of, "{what}: {id}");
                assert_eq!(found.age_days, expected.age_days, "{what}: {id}");
            }
            (Err(_), Err(_)) => {}
            (value, other) => assert_eq!(value, other, "{what}: {id}"),
        }
    }
}

#[test]
fn with_book_and_library_every_fact_is_known() {
    let facts = book_facts(&campaign(), &account(), Some(derived()));
    let missing: Vec<(&str, &str)> = facts
        .iter()
        .filter_map(|fact| Some((fact.id.key(), fact.missing()?.why.as_str())))
        .collect();
    // the journal keeps neither decisions nor attribution
    let expected = [
        "journal.thresholds_age",
        "journal.ignored_60d",
        "theta.capture",
    ];
    let names: Vec<&str> = missing.iter().map(|one| one.0).collect();
    assert_eq!(names, expected, "{missing:#?}");
    assert_eq!(facts.known(), FactId::all().len() - expected.len());
    for fact in &facts {
        if fact.value.is_ok() {
            assert!(!fact.source.is_empty(), "{}", fact.id.key());
            assert!(fact.as_of.is_some() && fact.age_days >= Some(0));
        }
    }
}

#[test]
fn without_anything_every_fact_says_what_to_import() {
    let facts = Facts::gather(&FactInputs {
        as_of: after_close(date(2025, 6, 2)),
        book: None,
        history: None,
        journal: None,
        params: palisade::fact::SignalParams::default(),
    });
    assert_eq!(facts.known(), 0);
    for fact in &facts {
        let missing = fact.missing().expect("nothing is known");
        assert_ne!(missing.why, "not gathered", "{}", fact.id.key());
        assert!(!missing.import_what.is_empty(), "{}", fact.id.key());
    }
}

#[test]
fn marks_alone_give_the_facts_of_the_book() {
    let facts = book_facts(&campaign(), &Account::default(), None);
    for id in [
        FactId::Condors,
        FactId::NetVegaLiteral,
        FactId::ThetaRatio,
        FactId::WaccBalance,
        FactId::BreakEvenMargin,
        FactId::HedgeDebitPct,
        FactId::Edr,
        FactId::Cm30,
        FactId::XContangoCm,
    ] {
        assert!(
            facts.number(id).is_some(),
            "{}: {:?}",
            id.key(),
            facts.get(id)
        );
    }
    for id in [FactId::Regime, FactId::Equity, FactId::VegaRegression] {
        assert!(facts.get(id).missing().is_some(), "{}", id.key());
    }
    let edr = facts.number(FactId::Edr).expect("known");
    let vix = facts.number(FactId::Vix).expect("known");
    assert!((edr - vix / 252.0_f64.sqrt()).abs() < 1e-12);
}

#[test]
fn a_library_cut_at_a_day_says_the_same() {
    for day in [
        date(2019, 3, 14),
        date(2020, 2, 3),
        date(2023, 7, 14),
        date(2025, 3, 3),
        date(2025, 11, 28),
    ] {
        let as_of = after_close(day);
        let whole = Facts::gather(&FactInputs::of_history(derived(), as_of));
        let cut = Derived::of(&cut(library(), day));
        let known = Facts::gather(&FactInputs::of_history(&cut, as_of));
        assert_same(&known, &whole, &day.to_string());
        assert_eq!(derived().regime_at(as_of), cut.regime_at(as_of), "{day}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn a_real_library_cut_at_a_day_says_the_same() {
    let Some(folder) = std::env::var_os("PALISADE_DATA").map(PathBuf::from) else {
        println!("skipped: PALISADE_DATA names no folder with market data");
        return;
    };
    let library = LibraryLoader::new([folder]).load().expect("a library");
    let derived = Derived::of(&library);
    for day in [
        date(2014, 10, 16),
        date(2018, 2, 6),
        date(2020, 3, 18),
        date(2023, 9, 29),
        date(2026, 2, 11),
    ] {
        let as_of = after_close(day);
        let whole = Facts::gather(&FactInputs::of_history(&derived, as_of));
        let cut = Derived::of(&cut(&library, day));
        let known = Facts::gather(&FactInputs::of_history(&cut, as_of));
        assert_same(&known, &whole, &day.to_string());
        for id in [FactId::Regime, FactId::XContangoCm, FactId::RichSecond] {
            assert!(whole.get(id).value.is_ok(), "{day}: {:?}", whole.get(id));
        }
    }
}

#[test]
fn before_the_close_the_day_before_counts() {
    let day = date(2025, 3, 4);
    let noon = new_york_instant(day.at(12, 0, 0, 0));
    let facts = Facts::gather(&FactInputs::of_history(derived(), noon));
    let close = facts.get(FactId::SpxClose);
    assert_eq!(
        (close.as_of, close.age_days),
        (Some(date(2025, 3, 3)), Some(1))
    );
    let facts = Facts::gather(&FactInputs::of_history(derived(), after_close(day)));
    let close = facts.get(FactId::SpxClose);
    assert_eq!((close.as_of, close.age_days), (Some(day), Some(0)));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one formula a line")]
fn facts_of_history_are_what_their_formulas_say() {
    let day = date(2025, 3, 3);
    let facts = Facts::gather(&FactInputs::of_history(derived(), after_close(day)));
    let number = |id: FactId| {
        facts
            .number(id)
            .unwrap_or_else(|| panic!("{:?}", facts.get(id)))
    };
    let near = |id: FactId, expected: f64| {
        let found = number(id);
        let tolerance = 1e-9 * expected.abs().max(1.0);
        assert!(
            (found - expected).abs() <= tolerance,
            "{}: {found}, expected {expected}",
            id.key()
        );
    };
    let series = |id| library().series(id).expect("made");
    let value = |id, date| series(id).value_on(date).expect("made");
    use palisade::series::SeriesId;
    near(
        FactId::XContangoCm,
        100.0 * (number(FactId::Cm60) / number(FactId::Cm30) - 1.0),
    );
    near(
        FactId::MacdHist,
        number(FactId::MacdLine) - number(FactId::MacdSignal),
    );
    near(FactId::VixClose, value(SeriesId::Vix, day));
    near(
        FactId::IvRv,
        number(FactId::VixClose) / number(FactId::SpxRv20),
    );
    let levels = [FactId::Cm30, FactId::Cm110, FactId::Cm220].map(number);
    let spread = levels.iter().fold(f64::MIN, |a, b| a.max(*b))
        - levels.iter().fold(f64::MAX, |a, b| a.min(*b));
    near(FactId::LayersSpread, spread);
    // January's CPI is out by the third of March, February's is not
    let month = date(2025, 1, 1);
    let yearly = value(SeriesId::Cpi, month) / value(SeriesId::Cpi, date(2024, 1, 1)) - 1.0;
    near(FactId::CpiYoy, 100.0 * yearly);
    assert_eq!(facts.get(FactId::CpiYoy).as_of, Some(month));
    // the fourth quarter is out 30 days after its end
    let quarter =
        value(SeriesId::RealGdp, date(2024, 10, 1)) / value(SeriesId::RealGdp, date(2024, 7, 1));
    near(FactId::GdpSaar, 100.0 * (quarter.powi(4) - 1.0));
    near(FactId::Wacc, number(FactId::Riskless) + number(FactId::Erp));
    near(FactId::Erp, number(FactId::ErpTwoStage));
    near(
        FactId::CapmAlpha,
        number(FactId::CapmCarry) - number(FactId::CapmBeta) * number(FactId::Erp),
    );
    near(
        FactId::CapmRequired,
        number(FactId::Riskless) + number(FactId::CapmBeta) * number(FactId::Erp),
    );
    near(FactId::RspSpy63, {
        let days = series(SeriesId::Rsp).up_to(day);
        let then = days.dates()[days.len() - 64];
        let ratio = |date| value(SeriesId::Rsp, date) / value(SeriesId::Spy, date);
        100.0 * (ratio(day) / ratio(then) - 1.0)
    });
    assert_eq!(
        facts.words(FactId::EventNext),
        Some("CPI 2025-03-12"),
        "{:?}",
        facts.get(FactId::EventNext)
    );
    // from Monday, 3 March, to the Wednesday of the week after
    near(FactId::EventSessions, 7.0);
    assert_eq!(facts.flag(FactId::EventWindow), Some(false));
    let regime = regime_of(library(), after_close(day)).expect("a regime");
    assert_eq!(facts.words(FactId::Regime), Some(regime.regime.label()));
    near(FactId::MacdNeeded, regime.hist_needed);
    assert!(regime.history.len() > 5 && regime.history.iter().all(|change| change.date <= day));
}

#[test]
fn facts_of_the_book_are_what_the_valuation_says() {
    let (campaign, account) = (campaign(), account());
    let pack = RulePack::alvh();
    let inputs = Inputs {
        pack,
        account: &account,
        slopes: Err(VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
    let facts = book_facts(&campaign, &account, Some(derived()));
    let number = |id: FactId| {
        facts
            .number(id)
            .unwrap_or_else(|| panic!("{:?}", facts.get(id)))
    };
    let net = valuation.net_vega.as_ref().expect("a condor");
    assert_eq!(number(FactId::NetVegaLiteral), net.literal);
    assert_eq!(number(FactId::NetVegaNormalised), net.normalised);
    let parts = [
        FactId::VegaCondors,
        FactId::VegaFirst,
        FactId::VegaSecond,
        FactId::VegaThird,
    ];
    let sum: f64 = parts.into_iter().map(number).sum();
    assert!((sum - net.literal).abs() < 1e-12);
    // long VIX calls lift it above the condors alone
    let regression = number(FactId::VegaRegression);
    let error = number(FactId::VegaRegressionSe);
    assert!(regression > number(FactId::VegaCondors));
    assert!(error > 0.0);
    let balance = 100.0 * (number(FactId::ThetaNet) - number(FactId::GammaLoss)) * 365.0
        / number(FactId::Margin);
    assert!((number(FactId::WaccBalance) - balance).abs() < 1e-9);
    assert_eq!(number(FactId::Synthetics), 0.0);
    assert_eq!(number(FactId::NakedShorts), 0.0);
    assert_eq!(
        number(FactId::ShortDelta),
        number(FactId::ShortPutDelta).max(number(FactId::ShortCallDelta))
    );
}

#[test]
fn assumed_marks_make_no_facts() {
    let (campaign, account) = (campaign(), Account::default());
    let inputs = Inputs {
        pack: RulePack::alvh(),
        account: &account,
        slopes: Err(VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
    let book = BookInputs {
        campaign: &campaign,
        valuation: &valuation,
        account: &account,
        assumed: AssumedMarks {
            vix: true,
            rate: true,
        },
    };
    let facts = Facts::gather(&FactInputs::of_book(book, None));
    for id in [FactId::Vix, FactId::Edr, FactId::Riskless] {
        assert!(facts.get(id).missing().is_some(), "{}", id.key());
    }
}

#[test]
fn a_half_rolled_condor_shows_synthetics_and_naked_shorts() {
    let mut campaign = campaign();
    let condor = campaign
        .positions
        .iter()
        .position(|position| position.condor().is_some())
        .expect("the sample has a condor");
    campaign.positions[condor]
        .legs
        .retain(|leg| leg.quantity < 0);
    campaign.positions[condor].role = palisade::instrument::Role::Other;
    let facts = book_facts(&campaign, &Account::default(), None);
    let shorts: i32 = campaign.positions[condor]
        .legs
        .iter()
        .map(|leg| -leg.quantity)
        .sum();
    assert_eq!(facts.number(FactId::NakedShorts), Some(f64::from(shorts)));
    assert_eq!(
        facts
            .get(FactId::Width)
            .missing()
            .map(|missing| missing.why.as_str()),
        Some("no condor in the book")
    );
}

fn close(value: &FactValue, other: &FactValue) -> bool {
    match (value.number(), other.number()) {
        (Some(value), Some(other)) => (value - other).abs() <= 1e-9 * value.abs().max(1.0),
        _ => value == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_positions_changes_nothing(order in Just((0..campaign().positions.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let campaign = campaign();
        let mut shuffled = campaign.clone();
        shuffled.positions = order.iter().map(|at| campaign.positions[*at].clone()).collect();
        let (plain, other) = (
            book_facts(&campaign, &account(), Some(derived())),
            book_facts(&shuffled, &account(), Some(derived())),
        );
        for (fact, other) in plain.iter().zip(&other) {
            match (&fact.value, &other.value) {
                (Ok(value), Ok(same)) => prop_assert!(close(value, same), "{}: {value:?}, {same:?}", fact.id.key()),
                (value, same) => prop_assert_eq!(value.is_ok(), same.is_ok()),
            }
        }
    }
}

#[test]
fn marks_keep_their_day() {
    // the sample's marks stand before or at the library's last day, so closes are not younger than marks
    let campaign = campaign();
    let marks: &Marks = &campaign.marks;
    let facts = book_facts(&campaign, &account(), Some(derived()));
    assert_eq!(facts.as_of(), marks.as_of);
    for fact in &facts {
        assert!(fact.age_days.is_none_or(|age| age >= 0));
    }
}
