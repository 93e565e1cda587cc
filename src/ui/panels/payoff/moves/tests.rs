//! Laws of pulling strikes: the grid, the order, company, and prices.

use super::*;
use crate::document::{Campaign, campaign_from_ron};
use crate::market::Market;

fn sample() -> Campaign {
    campaign_from_ron(include_str!("../../../../../assets/samples/condor.ron"))
        .expect("the sample reads")
}

/// The sample's condor and its market: 6245/6295/7060/7110, legs in that order.
fn desk() -> (Position, Market) {
    let campaign = sample();
    let contracts: Vec<Contract> = campaign
        .positions
        .iter()
        .flat_map(|p| &p.legs)
        .map(|leg| leg.contract)
        .collect();
    let (market, _) = Market::of(&campaign.marks, &campaign.model, &contracts);
    (campaign.positions[0].clone(), market)
}

fn strikes(position: &Position) -> Vec<f64> {
    position
        .legs
        .iter()
        .filter_map(|leg| leg.contract.strike())
        .collect()
}

const PLAIN: Manner = Manner {
    is_free: false,
    moves_all: false,
    mirrors: false,
};

#[test]
fn one_leg_snaps_to_the_grid_and_is_priced_there() {
    let (condor, market) = desk();
    let moved = pulled(
        &condor,
        Grip::Leg(2),
        31.4,
        PLAIN,
        Pricer { market: &market },
    );
    assert_eq!(strikes(&moved), [6245.0, 6295.0, 7090.0, 7110.0]);
    let model = market.price(&moved.legs[2].contract);
    assert!((moved.legs[2].entry_price - model).abs() <= 0.005 + 1e-9);
    assert_eq!(moved.legs[3], condor.legs[3]);
    let back = pulled(
        &condor,
        Grip::Leg(2),
        1.9,
        PLAIN,
        Pricer { market: &market },
    );
    assert_eq!(back, condor);
}

#[test]
fn alt_moves_by_whole_points() {
    let (condor, market) = desk();
    let free = Manner {
        is_free: true,
        ..PLAIN
    };
    let moved = pulled(&condor, Grip::Leg(1), 3.2, free, Pricer { market: &market });
    assert_eq!(strikes(&moved)[1], 6298.0);
}

#[test]
fn shift_moves_all_and_ctrl_mirrors() {
    let (condor, market) = desk();
    let pricer = Pricer { market: &market };
    let all = pulled(
        &condor,
        Grip::Leg(1),
        -20.0,
        Manner {
            moves_all: true,
            ..PLAIN
        },
        pricer,
    );
    assert_eq!(strikes(&all), [6225.0, 6275.0, 7040.0, 7090.0]);
    let mirrors = Manner {
        mirrors: true,
        ..PLAIN
    };
    let short = pulled(&condor, Grip::Leg(1), -20.0, mirrors, pricer);
    assert_eq!(strikes(&short), [6245.0, 6275.0, 7080.0, 7110.0]);
    let long = pulled(&condor, Grip::Leg(3), 40.0, mirrors, pricer);
    assert_eq!(strikes(&long), [6205.0, 6295.0, 7060.0, 7150.0]);
    let spread = pulled(&condor, Grip::Spread([2, 3]), 15.0, mirrors, pricer);
    assert_eq!(strikes(&spread), [6230.0, 6280.0, 7075.0, 7125.0]);
}

#[test]
fn strikes_never_cross() {
    let (condor, market) = desk();
    let pricer = Pricer { market: &market };
    let cases = [
        (Grip::Leg(0), 500.0, PLAIN),
        (Grip::Leg(1), -500.0, PLAIN),
        (Grip::Leg(1), 5000.0, PLAIN),
        (Grip::Leg(2), 5000.0, PLAIN),
        (Grip::Leg(3), -9000.0, PLAIN),
        (Grip::Spread([0, 1]), 9000.0, PLAIN),
        (
            Grip::Leg(1),
            700.0,
            Manner {
                mirrors: true,
                ..PLAIN
            },
        ),
        (
            Grip::Leg(2),
            -9000.0,
            Manner {
                moves_all: true,
                ..PLAIN
            },
        ),
        (
            Grip::Leg(0),
            -9000.0,
            Manner {
                is_free: true,
                ..PLAIN
            },
        ),
    ];
    for (grip, by, manner) in cases {
        let moved = pulled(&condor, grip, by, manner, pricer);
        let k = strikes(&moved);
        assert!(
            k[0] < k[1] && k[1] <= k[2] && k[2] < k[3] && k[0] > 0.0,
            "{grip:?} {by}: {k:?}"
        );
        assert!(moved.condor().is_some(), "{grip:?} {by}: {k:?}");
        assert_ne!(k, strikes(&condor), "{grip:?} {by} went nowhere");
    }
    let close = pulled(&condor, Grip::Leg(1), -500.0, PLAIN, pricer);
    assert_eq!(strikes(&close)[1], 6250.0);
}

#[test]
fn nudges_step_over_the_grid_and_onto_it() {
    let (mut condor, market) = desk();
    let pricer = Pricer { market: &market };
    assert_eq!(
        strikes(&nudged(&condor, Grip::Leg(1), 1, PLAIN, pricer))[1],
        6300.0
    );
    assert_eq!(
        strikes(&nudged(&condor, Grip::Leg(1), -5, PLAIN, pricer))[1],
        6270.0
    );
    condor.legs[1].contract = condor.legs[1]
        .contract
        .with_strike(6297.0)
        .expect("a strike");
    assert_eq!(
        strikes(&nudged(&condor, Grip::Leg(1), 1, PLAIN, pricer))[1],
        6300.0
    );
    assert_eq!(
        strikes(&nudged(&condor, Grip::Leg(1), -1, PLAIN, pricer))[1],
        6295.0
    );
}

#[test]
fn loose_legs_of_one_series_keep_their_order() {
    let (condor, market) = desk();
    let mut vertical = condor.clone();
    vertical.legs.drain(2..);
    let moved = pulled(
        &vertical,
        Grip::Leg(0),
        400.0,
        PLAIN,
        Pricer { market: &market },
    );
    assert_eq!(strikes(&moved), [6290.0, 6295.0]);
}
