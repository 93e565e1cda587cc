//! A what-if is the joint scenario seen as a market: every leg reprices as the scenario engine says.

use palisade::document::Campaign;
use palisade::risk::what_if::{WhatIfScenario, what_if_marks, what_if_path};
use palisade::valuation::Valuation;

use crate::worked_condor::{value, worked_campaign};

fn in_scenario(campaign: &Campaign, valuation: &Valuation, what_if: &WhatIfScenario) -> Valuation {
    let marks = what_if_marks(&valuation.book, &campaign.marks, what_if);
    marks
        .validate()
        .expect("marks that a trader could have typed");
    value(&Campaign {
        marks,
        ..campaign.clone()
    })
}

#[test]
fn every_leg_reprices_as_the_scenario_engine_says() {
    let campaign = worked_campaign();
    let valuation = value(&campaign);
    let scenarios = [
        WhatIfScenario {
            days: 4,
            ..WhatIfScenario::today(5900.0)
        },
        WhatIfScenario {
            vix: Some(31.0),
            ..WhatIfScenario::today(5700.0)
        },
        WhatIfScenario {
            vix: Some(13.0),
            days: 20,
            ..WhatIfScenario::today(6250.0)
        },
        WhatIfScenario {
            days: 35,
            ..WhatIfScenario::today(6000.0)
        },
    ];
    for what_if in scenarios {
        let path = what_if_path(&valuation.book, &what_if);
        let values = valuation.book.values(&path);
        let shocked = in_scenario(&campaign, &valuation, &what_if);
        let (found, expected) = (shocked.facts.spx.value_usd, values.spx[0]);
        assert!(
            (found - expected).abs() < 0.005,
            "{what_if:?}: SPX legs {found}, engine {expected}"
        );
        let (found, expected) = (shocked.facts.vix.value_usd, values.hedges_at(0));
        assert!(
            (found - expected).abs() < 0.5,
            "{what_if:?}: VIX legs {found}, engine {expected}"
        );
    }
}

#[test]
fn today_changes_no_price() {
    let campaign = worked_campaign();
    let valuation = value(&campaign);
    let shocked = in_scenario(&campaign, &valuation, &WhatIfScenario::today(6000.0));
    for (now, then) in valuation.rows.iter().zip(&shocked.rows) {
        let (now, then) = (now.price_points, then.price_points);
        assert!(
            (now - then).abs() < 1e-9 * now.max(1.0),
            "{now} became {then}"
        );
    }
}

#[test]
fn a_vol_shift_moves_only_its_expiry_by_its_vega() {
    let campaign = worked_campaign();
    let valuation = value(&campaign);
    let mut what_if = WhatIfScenario::today(6000.0);
    let expiry = campaign.positions[0].legs[0].contract.expiry();
    what_if.set_vol_shift(expiry, 0.1);
    let shocked = in_scenario(&campaign, &valuation, &what_if);
    let moved = shocked.facts.spx.value_usd - valuation.facts.spx.value_usd;
    let vega = 0.1 * valuation.facts.spx.vega_per_vol_point_usd;
    assert!(
        (moved - vega).abs() < 0.02 * vega.abs(),
        "{moved} against {vega}"
    );
    let vix = shocked.facts.vix.value_usd - valuation.facts.vix.value_usd;
    assert!(vix.abs() < 1e-6, "{vix}");
}
