//! What a unit of hedge brings and costs: one more call of a layer, and exchange-traded products.

use super::book::no_condor;
use super::collector::{Collector, Lookup};
use super::facts::BookInputs;
use super::id::FactId;
use super::value::Missing;
use crate::instrument::{LayerKind, Position, PositionId, Role};
use crate::risk::etp::{Etp, EtpHolding, VegaMeasure, etp_facts};
use crate::risk::exposure::{draft_row, roll_down_per_day_usd, vix_greeks};
use crate::risk::hedge::unit_vega_points;
use crate::units::{DAYS_PER_YEAR, OPTION_MULTIPLIER};

/// Days of a month, for carry.
const DAYS_PER_MONTH: f64 = DAYS_PER_YEAR / 12.0;

pub(super) fn gather(facts: &mut Collector<'_>) {
    let rows = [
        (LayerKind::First, FactId::FirstUnit, FactId::CostFirst),
        (LayerKind::Second, FactId::SecondUnit, FactId::CostSecond),
        (LayerKind::Third, FactId::ThirdUnit, FactId::CostThird),
    ];
    for (kind, unit, cost) in rows {
        let found = call(facts, kind);
        let value = found.as_ref().map(|(unit, _)| facts.of_book(*unit));
        facts.number(unit, value.map_err(Clone::clone));
        let value = found.as_ref().map(|(_, cost)| facts.of_book(*cost));
        facts.number(cost, value.map_err(Clone::clone));
    }
    for (etp, id) in [
        (Etp::Vxx, FactId::CostVxx),
        (Etp::Uvxy, FactId::CostUvxy),
        (Etp::Svxy, FactId::CostSvxy),
        (Etp::Vixm, FactId::CostVixm),
    ] {
        let found = product(facts, etp);
        facts.number(id, found);
    }
}

/// Vega in points of one more call of a layer, and its cost of a month for a dollar of vega.
fn call(facts: &Collector<'_>, kind: LayerKind) -> Result<(f64, f64), Missing> {
    let BookInputs {
        campaign,
        valuation,
        ..
    } = facts.the_book()?;
    let book = &valuation.book;
    let sized = valuation.sizing.iter().find(|row| row.layer == Some(kind));
    let contract = sized.ok_or_else(no_condor)?.contract;
    let holder = Position {
        id: PositionId(u64::MAX),
        name: String::new(),
        role: Role::Layer(kind),
        legs: Vec::new(),
        opened: None,
    };
    let leg = book.draft_leg(contract, 1, &holder);
    let row = draft_row(book, &leg).map_err(|_problem| no_condor())?;
    let rule = campaign.settings.convention;
    let points = unit_vega_points(book, &leg, &row, &valuation.frame, rule);
    let carry = vix_greeks(&row).theta_per_day_usd + roll_down_per_day_usd(book, &leg, &row);
    Ok((
        points,
        -carry * DAYS_PER_MONTH / (points * OPTION_MULTIPLIER),
    ))
}

/// Cost of a month of a product for a dollar of vega; the price of a share cancels out.
fn product(facts: &Collector<'_>, etp: Etp) -> Lookup<f64> {
    let BookInputs {
        campaign,
        valuation,
        ..
    } = facts.the_book()?;
    let measure = VegaMeasure {
        reference: valuation.frame.reference,
        convention: campaign.settings.convention,
        slopes: valuation.slopes().ok().cloned(),
    };
    let holding = EtpHolding {
        etp,
        price_usd: 1.0,
        shares: 1.0,
        fee_per_year: etp.fee_per_year(),
    };
    let found = etp_facts(&valuation.book, &measure, holding);
    let vega = found.equivalent_vega_usd.ok_or_else(no_condor)?;
    Ok(facts.of_book(-found.carry_per_month_usd / vega))
}
