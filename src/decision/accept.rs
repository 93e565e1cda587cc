//! Which rolls are accepted: a list of tests, each with its numbers. A roll that fails one is shown with it.

use super::candidate::Candidate;
use super::figures::Figures;
use super::inputs::{Basis, DecisionInputs};
use super::trims::condors_of;
use super::words::{number, usd};
use crate::fact::FactId;

/// What is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestKind {
    /// Same or fewer contracts.
    Contracts,
    /// Net credit after costs.
    NetCredit,
    /// Break-evens outside the expected move.
    BreakEvens,
    /// Net vega in the band, or nearer to it than holding.
    NetVega,
    /// Theta at the floor, or not below holding.
    Theta,
    /// Expected profit not below holding.
    ExpectedProfit,
    /// Return on margin not below holding.
    Irr,
    /// Margin not up by more than allowed.
    Margin,
    /// Rolls of the campaign.
    Rolls,
}

impl TestKind {
    /// What is asked, in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Contracts => "Same or fewer contracts",
            Self::NetCredit => "Net credit after costs",
            Self::BreakEvens => "Break-evens outside the expected move",
            Self::NetVega => "Net vega in the band, or nearer than holding",
            Self::Theta => "Theta at the floor, or not below holding",
            Self::ExpectedProfit => "Expected P/L not below holding",
            Self::Irr => "Return on margin not below holding",
            Self::Margin => "Margin not much higher",
            Self::Rolls => "Rolls of the campaign",
        }
    }
}

/// One test of a roll.
#[derive(Clone, Debug, PartialEq)]
pub struct AcceptanceTest {
    /// What is tested.
    pub kind: TestKind,
    /// Whether it passes. A missing number does not pass.
    pub passes: bool,
    /// What was found; `None` when it is not known.
    pub found: Option<f64>,
    /// What it was held against.
    pub limit: f64,
    /// Both in words.
    pub sentence: String,
}

/// All tests of a roll, in the order of the method.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// The tests.
    pub tests: Vec<AcceptanceTest>,
}

impl Acceptance {
    /// Whether all pass.
    pub fn is_accepted(&self) -> bool {
        self.tests.iter().all(|test| test.passes)
    }

    /// The first test that fails.
    pub fn failed(&self) -> Option<&AcceptanceTest> {
        self.tests.iter().find(|test| !test.passes)
    }
}

/// What is said of a choice that raises the loss to gamma on a day's move by more than the pack allows over
/// holding: a flag beside the choice, which rejects nothing.
pub(super) fn gamma_flag(
    inputs: &DecisionInputs<'_>,
    figures: &Figures,
    hold: &Figures,
) -> Option<String> {
    let allowed = inputs.pack.rules.structure.gamma_rise.value;
    let (after, before) = (figures.gamma_loss_1d_usd?, hold.gamma_loss_1d_usd?);
    let is_flagged = before > 0.0 && after > before * (1.0 + allowed) + HAIR;
    is_flagged.then(|| {
        format!(
            "A day's move of one standard deviation costs {} by gamma after {} by holding: {} % more, above {} %",
            usd(after),
            usd(before),
            number(100.0 * (after / before - 1.0), 0),
            number(100.0 * allowed, 0)
        )
    })
}

/// A hair that rounding may differ by.
const HAIR: f64 = 1e-9;

/// Tests a roll against holding.
pub(super) fn acceptance(
    inputs: &DecisionInputs<'_>,
    basis: &Basis,
    (candidate, figures): (&Candidate, &Figures),
    hold: &Figures,
) -> Acceptance {
    let tests = vec![
        contracts(inputs, candidate),
        net_credit(inputs, figures),
        break_evens(basis, figures),
        net_vega(basis, figures, hold),
        theta(basis, figures, hold),
        expected(figures, hold),
        irr(basis, figures, hold),
        margin(inputs, figures, hold),
        rolls(inputs),
    ];
    Acceptance { tests }
}

fn test(
    kind: TestKind,
    found: Option<f64>,
    (limit, passes): (f64, bool),
    sentence: String,
) -> AcceptanceTest {
    AcceptanceTest {
        kind,
        passes: passes && found.is_some(),
        found,
        limit,
        sentence,
    }
}

fn contracts(inputs: &DecisionInputs<'_>, candidate: &Candidate) -> AcceptanceTest {
    let held = condors_of(&inputs.campaign.positions);
    let after = condors_of(&candidate.positions);
    let sentence = format!("{after} condors after {held}");
    test(
        TestKind::Contracts,
        Some(f64::from(after)),
        (f64::from(held), after <= held),
        sentence,
    )
}

fn net_credit(inputs: &DecisionInputs<'_>, figures: &Figures) -> AcceptanceTest {
    let condors = f64::from(figures.condors.max(1));
    let credit = -figures.cost_usd() / condors;
    let least = inputs.params.roll.least_credit_usd;
    let sentence = format!(
        "{} a condor after costs, at least {} asked",
        usd(credit),
        usd(least)
    );
    test(
        TestKind::NetCredit,
        Some(credit),
        (least, credit >= least - HAIR),
        sentence,
    )
}

fn break_evens(basis: &Basis, figures: &Figures) -> AcceptanceTest {
    let pass = basis.break_even_pass;
    let found = figures.break_evens.map(|found| found.nearest_em());
    let sentence = found.map_or_else(
        || "No break-evens".to_owned(),
        |em| {
            format!(
                "The nearer break-even is {} expected moves away with all losses carried, {} asked",
                number(em, 2),
                number(pass, 2)
            )
        },
    );
    let passes = found.is_some_and(|em| em >= pass - HAIR);
    test(TestKind::BreakEvens, found, (pass, passes), sentence)
}

fn net_vega(basis: &Basis, figures: &Figures, hold: &Figures) -> AcceptanceTest {
    let outside = |figures: &Figures| figures.vega.map(|vega| vega.outside);
    let limit = outside(hold).unwrap_or(0.0);
    let found = outside(figures);
    let sentence = figures.vega.map_or_else(
        || "No net vega".to_owned(),
        |vega| {
            format!(
                "Net vega {} against the band {} to {}; holding lies {} outside",
                number(vega.judged, 2),
                number(basis.band.low, 2),
                number(basis.band.high, 2),
                number(limit, 2)
            )
        },
    );
    let passes = found.is_some_and(|outside| outside <= limit + HAIR);
    test(TestKind::NetVega, found, (limit, passes), sentence)
}

fn theta(basis: &Basis, figures: &Figures, hold: &Figures) -> AcceptanceTest {
    let held = hold.theta_share.unwrap_or(0.0);
    let limit = basis.theta_floor.min(held);
    let sentence = figures.theta_share.map_or_else(
        || "No margin to measure theta by".to_owned(),
        |share| {
            format!(
                "{} % of margin a day; the floor is {} %, holding earns {} %",
                number(100.0 * share, 3),
                number(100.0 * basis.theta_floor, 3),
                number(100.0 * held, 3)
            )
        },
    );
    let passes = figures
        .theta_share
        .is_some_and(|share| share >= limit - HAIR);
    test(
        TestKind::Theta,
        figures.theta_share,
        (limit, passes),
        sentence,
    )
}

fn expected(figures: &Figures, hold: &Figures) -> AcceptanceTest {
    let (found, limit) = (figures.outcome.expected_usd, hold.outcome.expected_usd);
    let sentence = format!("{} expected, {} by holding", usd(found), usd(limit));
    test(
        TestKind::ExpectedProfit,
        Some(found),
        (limit, found >= limit - HAIR),
        sentence,
    )
}

fn irr(basis: &Basis, figures: &Figures, hold: &Figures) -> AcceptanceTest {
    let limit = hold.irr.unwrap_or(0.0);
    let percent = |share: f64| number(100.0 * share, 1);
    let sentence = figures.irr.map_or_else(
        || "No margin to measure a return by".to_owned(),
        |irr| {
            format!(
                "{} % a year on margin, {} % by holding; capital costs {} %",
                percent(irr),
                percent(limit),
                percent(basis.wacc)
            )
        },
    );
    let passes = figures.irr.is_some_and(|irr| irr >= limit - HAIR);
    test(TestKind::Irr, figures.irr, (limit, passes), sentence)
}

fn margin(inputs: &DecisionInputs<'_>, figures: &Figures, hold: &Figures) -> AcceptanceTest {
    let rise = inputs.params.roll.margin_rise;
    let limit = hold.margin_usd * (1.0 + rise);
    let sentence = format!(
        "{} after {}, at most {} % more",
        usd(figures.margin_usd),
        usd(hold.margin_usd),
        number(100.0 * rise, 0)
    );
    test(
        TestKind::Margin,
        Some(figures.margin_usd),
        (limit, figures.margin_usd <= limit + HAIR),
        sentence,
    )
}

fn rolls(inputs: &DecisionInputs<'_>) -> AcceptanceTest {
    let most = inputs.params.roll.most_rolls;
    let found = inputs.facts.number(FactId::Rolls).map(|rolls| rolls + 1.0);
    let sentence = found.map_or_else(
        || "The number of rolls so far is not known".to_owned(),
        |rolls| format!("Roll {} of at most {}", number(rolls, 0), number(most, 0)),
    );
    let passes = found.is_some_and(|rolls| rolls <= most + HAIR);
    test(TestKind::Rolls, found, (most, passes), sentence)
}
