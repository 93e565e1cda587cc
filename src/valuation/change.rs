//! What a what-if changes: the figures of the book now and at the scenario, side by side.

use super::Valuation;
use crate::risk::band::VegaBasis;
use crate::risk::figures::BandStatus;
use crate::units::DAYS_PER_YEAR;

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeUnit {
    /// Whole dollars, always with their sign: P/L, credit, Greeks.
    UsdSigned,
    /// Whole dollars of which a sign says nothing: margin, largest loss.
    Usd,
    /// Dollars per SPX point squared: gamma, to cents.
    UsdCents,
    /// Index points: levels.
    Points,
    /// Index points per vol point per condor, to three decimals.
    VegaPoints,
    /// A ratio, shown in %.
    Ratio,
}

/// Which way a figure had better go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither way is good as such.
    Neither,
}

/// One figure now and in the what-if.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeRow {
    /// Name, in sentence case.
    pub label: &'static str,
    /// Unit after the name, such as `/ day`; empty when the figure carries it.
    pub per: &'static str,
    /// What it means and how it comes about.
    pub hint: &'static str,
    /// How it is written.
    pub unit: ChangeUnit,
    /// Now; `None` when the book has no such figure.
    pub now: Option<f64>,
    /// In the what-if.
    pub what_if: Option<f64>,
    /// Whether the change is for the better (1), for the worse (−1) or neither (0).
    pub gain: f64,
}

impl ChangeRow {
    /// What-if less now; `None` when either is missing.
    pub fn change(&self) -> Option<f64> {
        Some(self.what_if? - self.now?)
    }
}

type Figure = fn(&Valuation) -> Option<f64>;

/// The rows that follow from a valuation alone: label, per, hint, unit, better, figure.
const ROWS: [(&str, &str, &str, ChangeUnit, Better, Figure); 17] = [
    (
        "Credit",
        "",
        "Net entry credit of all condors, in dollars",
        ChangeUnit::UsdSigned,
        Better::Up,
        |v| Some(v.facts.credit_usd),
    ),
    (
        "Max loss",
        "",
        "Largest loss of the condors at expiry, without the hedge, in dollars",
        ChangeUnit::UsdSigned,
        Better::Up,
        |v| sum_of_condors(v, |condor| -condor.max_loss_usd),
    ),
    (
        "Break-even, low",
        "",
        "SPX at expiry where the condor alone earns nothing; of several condors the highest",
        ChangeUnit::Points,
        Better::Down,
        |v| {
            v.condors
                .iter()
                .map(|condor| condor.break_evens[0])
                .reduce(f64::max)
        },
    ),
    (
        "Break-even, high",
        "",
        "SPX at expiry where the condor alone earns nothing; of several condors the lowest",
        ChangeUnit::Points,
        Better::Up,
        |v| {
            v.condors
                .iter()
                .map(|condor| condor.break_evens[1])
                .reduce(f64::min)
        },
    ),
    (
        "Profit probability",
        "",
        "Probability of a profit at expiry by the smile at each break-even; of several condors the lowest",
        ChangeUnit::Ratio,
        Better::Up,
        |v| {
            v.condors
                .iter()
                .map(|condor| condor.probability_of_profit)
                .reduce(f64::min)
        },
    ),
    (
        "Delta",
        "/ pt",
        "SPX delta of the SPX legs, dollars per index point",
        ChangeUnit::UsdSigned,
        Better::Neither,
        |v| Some(v.facts.spx.delta_usd),
    ),
    (
        "Gamma",
        "/ pt²",
        "Change of the SPX delta per index point, in dollars",
        ChangeUnit::UsdCents,
        Better::Neither,
        |v| Some(v.facts.spx.gamma_usd),
    ),
    (
        "Theta, net",
        "/ day",
        "Theta of the SPX legs, decay and roll-down of the hedge, dollars per calendar day",
        ChangeUnit::UsdSigned,
        Better::Up,
        |v| Some(v.facts.net_theta_per_day_usd),
    ),
    (
        "Vega, net",
        "/ vol pt",
        "SPX vega and the SPX-vega equivalent of every VIX leg, dollars per vol point",
        ChangeUnit::UsdSigned,
        Better::Neither,
        net_vega_usd,
    ),
    (
        "Net vega",
        "/ condor",
        "The figure that the band judges: index points per vol point per condor",
        ChangeUnit::VegaPoints,
        Better::Neither,
        |v| Some(v.judged_vega()?.0),
    ),
    (
        "Condors",
        "/ condor",
        "The condors' part of net vega",
        ChangeUnit::VegaPoints,
        Better::Neither,
        |v| part_of_vega(v, 0),
    ),
    (
        "First layer",
        "/ condor",
        "The First layer's part of net vega",
        ChangeUnit::VegaPoints,
        Better::Neither,
        |v| part_of_vega(v, 1),
    ),
    (
        "Second layer",
        "/ condor",
        "The Second layer's part of net vega",
        ChangeUnit::VegaPoints,
        Better::Neither,
        |v| part_of_vega(v, 2),
    ),
    (
        "Third layer",
        "/ condor",
        "The Third layer's part of net vega",
        ChangeUnit::VegaPoints,
        Better::Neither,
        |v| part_of_vega(v, 3),
    ),
    (
        "Margin",
        "",
        "The margin that the rules use: the broker's if entered, else Reg-T, in dollars",
        ChangeUnit::Usd,
        Better::Down,
        |v| Some(v.facts.margin_usd),
    ),
    (
        "Hedge debit",
        "",
        "What the VIX options cost at entry, in dollars",
        ChangeUnit::Usd,
        Better::Down,
        |v| Some(v.facts.hedge_debit_usd),
    ),
    (
        "Hedge cost",
        "/ month",
        "Decay and roll-down of the layers at today's pace over 365 / 12 days, in dollars; negative when the hedge earns",
        ChangeUnit::Usd,
        Better::Down,
        |v| Some(-v.hedge_carry_per_day_usd() * DAYS_PER_YEAR / 12.0),
    ),
];

fn sum_of_condors(
    valuation: &Valuation,
    of: fn(&crate::risk::figures::CondorFacts) -> f64,
) -> Option<f64> {
    let condors = &valuation.condors;
    (!condors.is_empty()).then(|| condors.iter().map(of).sum())
}

/// Net vega of the whole book in dollars per vol point of the condors' ATM vol.
fn net_vega_usd(valuation: &Valuation) -> Option<f64> {
    let net = valuation.net_vega.as_ref()?;
    Some(net.literal * valuation.frame.condors * crate::units::OPTION_MULTIPLIER)
}

/// One contribution to net vega under the basis that the band judges.
fn part_of_vega(valuation: &Valuation, index: usize) -> Option<f64> {
    let part = valuation.net_vega.as_ref()?.contributions.get(index)?;
    Some(match valuation.basis() {
        VegaBasis::WidthNormalised => part.normalised,
        VegaBasis::Literal => part.points,
    })
}

/// Distance of the judged net vega from the band: 0 inside.
fn outside_band(valuation: &Valuation) -> Option<f64> {
    Some(match valuation.judged_vega()?.1 {
        BandStatus::Inside { .. } => 0.0,
        BandStatus::Short { by } | BandStatus::Long { by } => by,
    })
}

/// Every figure now and in the what-if. `realised_usd` is what the drafts that close contracts realise: it
/// belongs to the P/L at the scenario, since those contracts are no longer in its book.
pub fn change_rows(now: &Valuation, what_if: &Valuation, realised_usd: f64) -> Vec<ChangeRow> {
    let (before, after) = (
        now.facts.open_pl_usd,
        what_if.facts.open_pl_usd + realised_usd,
    );
    let profit = ChangeRow {
        label: "P/L",
        per: "since entry",
        hint: "Gain since entry, at the marks now and at the scenario, with what the drafts realise; fees left out",
        unit: ChangeUnit::UsdSigned,
        now: Some(before),
        what_if: Some(after),
        gain: sign(after - before),
    };
    let rest = ROWS
        .into_iter()
        .map(|(label, per, hint, unit, better, figure)| {
            let (before, after) = (figure(now), figure(what_if));
            let change = before.zip(after).map_or(0.0, |(a, b)| b - a);
            let gain = match better {
                Better::Up => sign(change),
                Better::Down => -sign(change),
                Better::Neither => 0.0,
            };
            ChangeRow {
                label,
                per,
                hint,
                unit,
                now: before,
                what_if: after,
                gain,
            }
        });
    let mut rows: Vec<ChangeRow> = std::iter::once(profit).chain(rest).collect();
    let toward = outside_band(now).zip(outside_band(what_if));
    if let (Some((before, after)), Some(row)) =
        (toward, rows.iter_mut().find(|row| row.label == "Net vega"))
    {
        row.gain = sign(before - after);
    }
    rows
}

/// −1, 0 or 1; what is too small to matter in any unit counts as nothing.
fn sign(value: f64) -> f64 {
    if value.abs() > 1e-9 {
        value.signum()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::{ChangeRow, change_rows};
    use crate::document::{Account, Campaign, Command, campaign_from_ron};
    use crate::instrument::PositionId;
    use crate::policy::RulePack;
    use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

    fn sample() -> Campaign {
        let text = include_str!("../../assets/samples/condor.ron");
        campaign_from_ron(text).expect("the sample reads")
    }

    fn value(campaign: &Campaign) -> Valuation {
        let account = Account::default();
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        Valuation::of(campaign, inputs, &mut MarketCache::default())
    }

    fn row<'a>(rows: &'a [ChangeRow], label: &str) -> &'a ChangeRow {
        let found = rows.iter().find(|row| row.label == label);
        found.expect("a row of that name")
    }

    #[test]
    fn nothing_assumed_changes_nothing() {
        let now = value(&sample());
        for row in change_rows(&now, &now, 0.0) {
            assert!(row.now.is_some(), "{}", row.label);
            assert_eq!((row.change(), row.gain), (Some(0.0), 0.0), "{}", row.label);
        }
    }

    #[test]
    fn what_a_closing_draft_realises_stays_in_the_profit() {
        let mut campaign = sample();
        let layer = PositionId(2);
        campaign.positions[1].legs[0].entry_price = 1.0;
        let now = value(&campaign);
        let realised: f64 = now.rows_of(layer).map(|row| row.open_pl_usd).sum();
        let closed = campaign
            .applied(Command::RemovePosition { id: layer })
            .expect("it is held");
        let rows = change_rows(&now, &value(&closed), realised);
        let profit = row(&rows, "P/L").change().expect("both are known");
        assert!(
            profit.abs() < 1e-6,
            "closing at the marks earns nothing: {profit}"
        );
        assert!(realised.abs() > 1.0, "the layer has gained or lost");
        let cost = row(&rows, "Hedge debit");
        assert!(cost.change().expect("known") < 0.0 && cost.gain > 0.0);
    }

    #[test]
    fn the_parts_of_vega_add_up_and_the_gain_is_towards_the_band() {
        let campaign = sample();
        let now = value(&campaign);
        let bare = [2, 3, 4].into_iter().fold(campaign, |campaign, id| {
            let gone = Command::RemovePosition { id: PositionId(id) };
            campaign.applied(gone).expect("a layer")
        });
        let without = value(&bare);
        let rows = change_rows(&without, &now, 0.0);
        let parts = ["Condors", "First layer", "Second layer", "Third layer"];
        let sum: f64 = parts
            .iter()
            .filter_map(|part| row(&rows, part).what_if)
            .sum();
        let net = row(&rows, "Net vega");
        assert!((sum - net.what_if.expect("there are SPX legs")).abs() < 1e-9);
        assert!(net.change().expect("known") > 0.0, "a long hedge adds vega");
        assert_eq!(net.gain, 1.0, "and brings a short book nearer to the band");
        let back = change_rows(&now, &without, 0.0);
        assert_eq!(row(&back, "Net vega").gain, -1.0);
    }

    #[test]
    fn a_book_without_condors_has_no_break_evens() {
        let campaign = sample();
        let hedges = campaign
            .applied(Command::RemovePosition { id: PositionId(1) })
            .expect("the condor");
        let rows = change_rows(&value(&campaign), &value(&hedges), 0.0);
        for label in ["Break-even, low", "Max loss", "Net vega"] {
            let row = row(&rows, label);
            assert_eq!((row.what_if, row.change(), row.gain), (None, None, 0.0));
            assert!(row.now.is_some());
        }
    }
}
