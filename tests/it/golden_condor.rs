//! Iron condors end to end against figures computed with `QuantLib`, `optionlab` and closed forms
//! (`tests/golden/condor_visible.json`): money to half a cent, probabilities and Greeks to 1e-9.

use std::path::Path;

use jiff::ToSpan as _;
use jiff::civil::date;
use palisade::calendar::{new_york_date, parse_as_of};
use palisade::document::Campaign;
use palisade::instrument::{Contract, Leg, Position, PositionId, Right, Role, Root};
use palisade::market::{Mark, Marks, OptionMark, SmileMode};
use palisade::risk::curves::{Component, value_at};
use palisade::risk::probability::{Level, expected_move_points};
use palisade::risk::scenario::{Moment, Scenario};
use palisade::valuation::Valuation;
use serde_json::Value;

use crate::worked_condor::value;

struct Case {
    id: String,
    input: Value,
    expected: Value,
    valuation: Valuation,
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().expect("the golden file holds numbers")
}

/// A campaign that holds the case: legs marked at their vols, expiry so many days ahead to the minute.
fn campaign(input: &Value) -> Campaign {
    let as_of = parse_as_of("2026-06-01T16:00").expect("an instant");
    let days = input["days"].as_i64().expect("whole days");
    let expiry = new_york_date(as_of)
        .checked_add(days.days())
        .expect("a day");
    assert!(
        expiry < date(2026, 11, 1),
        "no change of the clock in between"
    );
    let mut marks = Marks {
        rate: number(input, "rate"),
        dividend: number(input, "dividend"),
        ..Marks::new(as_of, number(input, "spot"), 17.0)
    };
    let mut legs = Vec::new();
    for leg in input["legs"].as_array().expect("legs") {
        let right = if leg["kind"] == "call" {
            Right::Call
        } else {
            Right::Put
        };
        let contract =
            Contract::option(Root::Spxw, expiry, number(leg, "strike"), right).expect("a contract");
        marks.quotes.push(OptionMark {
            contract,
            mark: Mark::Vol(number(leg, "iv")),
        });
        let quantity = leg["qty"].as_i64().expect("whole contracts") as i32;
        legs.push(Leg::new(contract, quantity, number(leg, "premium")).expect("a leg"));
    }
    let mut campaign = Campaign::new("Golden", as_of, marks);
    campaign.model.smile_mode = SmileMode::StickyStrike;
    campaign.positions.push(Position {
        id: PositionId(1),
        name: "Iron condor".to_owned(),
        role: Role::Condor,
        legs,
        opened: None,
    });
    campaign
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/condor_visible.json");
    let text = std::fs::read_to_string(path).expect("the golden file");
    let all: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(all.len(), 5);
    all.into_iter()
        .map(|case| Case {
            id: case["id"].as_str().expect("an id").to_owned(),
            valuation: value(&campaign(&case["input"])),
            input: case["input"].clone(),
            expected: case["expected"].clone(),
        })
        .collect()
}

impl Case {
    fn check(&self, what: &str, found: f64, expected: f64, tolerance: f64) {
        let miss = (found - expected).abs();
        assert!(
            miss <= tolerance,
            "{} {what}: found {found}, expected {expected} ± {tolerance}",
            self.id
        );
    }

    fn relative(&self, what: &str, found: f64, expected: f64) {
        self.check(what, found, expected, 1e-9 * expected.abs());
    }
}

#[test]
fn money_at_expiry() {
    for case in cases() {
        let condor = &case.valuation.condors[0];
        case.check(
            "credit points",
            condor.credit_points,
            number(&case.expected, "credit_points"),
            1e-9,
        );
        case.check(
            "credit",
            condor.credit_usd,
            number(&case.expected, "credit_usd"),
            0.005,
        );
        case.check(
            "max profit",
            condor.max_profit_usd,
            number(&case.expected, "max_profit"),
            0.005,
        );
        case.check(
            "max loss",
            condor.max_loss_usd,
            number(&case.expected, "max_loss"),
            0.005,
        );
        case.check(
            "low",
            condor.break_evens[0],
            number(&case.expected, "be_low"),
            0.005,
        );
        case.check(
            "high",
            condor.break_evens[1],
            number(&case.expected, "be_high"),
            0.005,
        );
        case.check(
            "Reg-T",
            condor.reg_t_margin_usd,
            number(&case.expected, "regt"),
            0.005,
        );
        case.check(
            "TIMS",
            condor.portfolio_margin_usd,
            number(&case.expected, "tims"),
            0.005,
        );
    }
}

#[test]
fn greeks_of_the_position() {
    for case in cases() {
        let (greeks, expected) = (&case.valuation.condors[0].greeks, &case.expected["greeks"]);
        case.relative("value", greeks.value_usd, number(expected, "value"));
        case.relative("delta", greeks.delta_usd, number(expected, "delta"));
        case.relative("gamma", greeks.gamma_usd, number(expected, "gamma"));
        case.relative(
            "vega",
            greeks.vega_per_vol_point_usd,
            number(expected, "vega_per_point"),
        );
        case.relative(
            "theta",
            greeks.theta_per_day_usd,
            number(expected, "theta_per_day"),
        );
        case.relative(
            "rho",
            greeks.rho_per_pct_usd,
            number(expected, "rho_per_pct"),
        );
    }
}

#[test]
fn probability_at_one_vol_and_the_expected_move() {
    for case in cases() {
        let (spot, years, vol) = (
            number(&case.input, "spot"),
            number(&case.input, "years"),
            number(&case.input, "atm_vol"),
        );
        let forward =
            spot * ((number(&case.input, "rate") - number(&case.input, "dividend")) * years).exp();
        let below = |strike| {
            Level {
                forward,
                strike,
                vol,
                vol_slope_per_point: 0.0,
                years,
            }
            .probability_below()
        };
        let [low, high] = case.valuation.condors[0].break_evens;
        case.check(
            "PoP",
            below(high) - below(low),
            number(&case.expected, "pop"),
            1e-9,
        );
        let expected_move = expected_move_points(spot, vol, years);
        case.relative(
            "expected move",
            expected_move,
            number(&case.expected, "expected_move"),
        );
    }
}

#[test]
fn profit_before_and_at_expiry_at_fixed_vols() {
    for case in cases() {
        let (book, surface) = (&case.valuation.book, &case.expected["surface"]);
        let spots: Vec<f64> = serde_json::from_value(surface["spots"].clone()).expect("spots");
        let entry = book.entry_values().spx[0];
        let days: Vec<f64> = serde_json::from_value(surface["days"].clone()).expect("days");
        for (days, row) in days.iter().zip(surface["pl"].as_array().expect("rows")) {
            let expected: Vec<f64> = serde_json::from_value(row.clone()).expect("numbers");
            let moment = Moment {
                elapsed_years: days / 365.0,
                trading_days: days.round(),
            };
            let scenario = Scenario::at(&book.params, moment);
            let values = book.values(&book.path(scenario, spots.clone()));
            for (index, expected) in expected.iter().enumerate() {
                let what = format!("P/L at {} after {days} days", spots[index]);
                case.check(&what, values.spx[index] - entry, *expected, 0.005);
            }
        }
    }
}

#[test]
fn the_drawn_expiry_line_is_the_golden_one() {
    for case in cases() {
        let spot = number(&case.input, "spot");
        let request = palisade::risk::curves::CurveRequest {
            low: spot * 0.8,
            high: spot * 1.2,
            points: 401,
            days_ahead: Vec::new(),
        };
        let curves = case.valuation.curves(&request);
        let line = Component::Condor.of(&curves.lines[0].profit);
        let golden: Vec<[f64; 2]> =
            serde_json::from_value(case.expected["expiry_curve"].clone()).expect("points");
        for [spot, expected] in golden {
            if let Some(found) = value_at(&curves.spots, &line, spot) {
                case.check(&format!("expiry P/L at {spot}"), found, expected, 0.005);
            }
        }
    }
}
