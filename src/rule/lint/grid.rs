//! The scenarios of the linter: the reference book over SPX, VIX and days, hedged by several multiples, each
//! with a spread of histories.

use std::sync::Arc;

use crate::document::{Account, Campaign};
use crate::fact::{AssumedMarks, BookInputs, FactId, FactInputs, FactValue, Facts};
use crate::market::Market;
use crate::policy::RulePack;
use crate::risk::book::Book;
use crate::risk::pick::PickError;
use crate::risk::what_if::{WhatIfScenario, what_if_marks};
use crate::rule::reference::{ReferenceHedge, reference_campaign};
use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

/// Moves of SPX in %.
const MOVES_PCT: [f64; 6] = [-8.0, -5.0, -2.0, 0.0, 2.0, 4.0];
/// Levels of VIX, points; `None` is the one that the joint model gives.
const VIX: [Option<f64>; 5] = [None, Some(12.0), Some(16.0), Some(22.0), Some(32.0)];
/// Days ahead.
const DAYS: [u32; 3] = [0, 20, 38];
/// The pack's layers, so many times.
const HEDGES: [f64; 4] = [0.0, 1.0, 3.0, 12.0];
/// Histories that each book is set in.
const HISTORIES: u64 = 6;
/// Largest loss that the account is supposed to allow, so that its rules can be judged.
const EQUITY_USD: f64 = 250_000.0;

/// One case: facts, and how often the pack's layers are held in it.
#[derive(Clone, Debug, PartialEq)]
pub struct LintCase {
    /// All facts.
    pub facts: Facts,
    /// Multiple of the pack's layers; 0 is a bare condor.
    pub hedge: f64,
}

/// The cases that rules are run over.
#[derive(Clone, Debug, PartialEq)]
pub struct LintGrid {
    cases: Vec<LintCase>,
}

impl LintGrid {
    /// Values the reference book over the grid, in the market and with the model and settings of a campaign.
    ///
    /// # Errors
    /// [`PickError`] when the market lists no such condor.
    pub fn of(own: &Campaign, market: &Arc<Market>, pack: &RulePack) -> Result<Self, PickError> {
        let campaign = reference_campaign(own, market, pack, ReferenceHedge::Layered)?;
        let book = Book::of(
            &campaign.positions,
            Arc::clone(market),
            campaign.model.clone(),
        );
        let account = Account {
            equity_usd: Some(EQUITY_USD),
            ..Account::default()
        };
        let mut cases = Vec::new();
        let mut cache = MarketCache::default();
        let mut draws = Draws(1);
        for days in DAYS {
            for spx_pct in MOVES_PCT {
                for vix in VIX {
                    let scenario = WhatIfScenario {
                        vix,
                        days,
                        ..WhatIfScenario::today(market.spx * (1.0 + spx_pct / 100.0))
                    };
                    let mut moved = campaign.clone();
                    moved.marks = what_if_marks(&book, &campaign.marks, &scenario);
                    let facts = facts_of(&moved, pack, &account, &mut cache);
                    for hedge in HEDGES {
                        for _ in 0..HISTORIES {
                            let mut facts = facts.clone();
                            scale_hedge(&mut facts, hedge);
                            suppose_history(&mut facts, &mut draws);
                            cases.push(LintCase { facts, hedge });
                        }
                    }
                }
            }
        }
        Ok(Self { cases })
    }

    /// The cases.
    pub fn iter(&self) -> std::slice::Iter<'_, LintCase> {
        self.cases.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }
}

impl<'a> IntoIterator for &'a LintGrid {
    type Item = &'a LintCase;
    type IntoIter = std::slice::Iter<'a, LintCase>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn facts_of(
    campaign: &Campaign,
    pack: &RulePack,
    account: &Account,
    cache: &mut MarketCache,
) -> Facts {
    let inputs = Inputs {
        pack,
        account,
        slopes: Err(VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(campaign, inputs, cache);
    let book = BookInputs {
        campaign,
        valuation: &valuation,
        account,
        assumed: AssumedMarks::default(),
    };
    Facts::gather(&FactInputs::of_book(book, None))
}

/// The same book with its layers held so many times: everything that is a sum over the hedge is scaled.
fn scale_hedge(facts: &mut Facts, multiple: f64) {
    let number = |facts: &Facts, id: FactId| facts.number(id).unwrap_or(0.0);
    let layers = [FactId::VegaFirst, FactId::VegaSecond, FactId::VegaThird];
    let hedge_vega: f64 = layers.iter().map(|id| number(facts, *id)).sum();
    let literal = number(facts, FactId::VegaCondors) + multiple * hedge_vega;
    let before = number(facts, FactId::NetVegaLiteral);
    let scale = if before == 0.0 {
        1.0
    } else {
        number(facts, FactId::NetVegaNormalised) / before
    };
    let hedge_theta = multiple * number(facts, FactId::ThetaHedge);
    let theta = number(facts, FactId::ThetaCondors) + hedge_theta;
    let margin = number(facts, FactId::Margin).max(1.0);
    let debit = multiple * number(facts, FactId::HedgeDebit);
    let theta_loss = number(facts, FactId::GammaLoss);
    let rows = [
        (FactId::NetVegaLiteral, literal),
        (FactId::NetVegaNormalised, scale * literal),
        (FactId::ThetaHedge, hedge_theta),
        (FactId::ThetaNet, theta),
        (FactId::ThetaRatio, 100.0 * theta / margin),
        (
            FactId::WaccBalance,
            100.0 * 365.0 * (theta - theta_loss) / margin,
        ),
        (FactId::HedgeDebit, debit),
        (
            FactId::HedgeDebitPct,
            multiple * number(facts, FactId::HedgeDebitPct),
        ),
        (
            FactId::HedgeThetaPct,
            multiple * number(facts, FactId::HedgeThetaPct),
        ),
        (FactId::HedgeCarry, 365.0 * hedge_theta),
        (
            FactId::FirstContracts,
            multiple * number(facts, FactId::FirstContracts),
        ),
        (
            FactId::SecondContracts,
            multiple * number(facts, FactId::SecondContracts),
        ),
        (
            FactId::ThirdContracts,
            multiple * number(facts, FactId::ThirdContracts),
        ),
    ];
    for (id, value) in rows {
        if facts.number(id).is_some() && value.is_finite() {
            facts.suppose(id, FactValue::Number(value));
        }
    }
}

/// Draws that are the same every time.
struct Draws(u64);

impl Draws {
    /// A whole number below `count`.
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn number(&mut self, facts: &mut Facts, id: FactId, values: &[f64]) -> f64 {
        let value = values[self.below(values.len())];
        facts.suppose(id, FactValue::Number(value));
        value
    }

    fn flag(&mut self, facts: &mut Facts, id: FactId) -> bool {
        let value = self.below(2) == 1;
        facts.suppose(id, FactValue::Flag(value));
        value
    }

    fn state(&mut self, facts: &mut Facts, id: FactId, values: &[&'static str]) -> &'static str {
        let value = values[self.below(values.len())];
        facts.suppose(id, FactValue::State(value));
        value
    }
}

/// Supposes what only history and journal can say, each on either side of its limits.
fn suppose_history(facts: &mut Facts, draws: &mut Draws) {
    use FactId as Id;
    for id in [
        Id::InflationElevated,
        Id::SpxHot,
        Id::PeExpanding,
        Id::FrontSignal,
        Id::EventWindow,
        Id::EventNoNew,
        Id::ConcentrationOn,
        Id::BreadthNegative,
        Id::PcfHigh,
    ] {
        draws.flag(facts, id);
    }
    let numbers: [(FactId, &[f64]); 12] = [
        (Id::ThetaCapture, &[0.6, 1.0]),
        (Id::BreadthAge, &[0.0, 3.0, 60.0]),
        (Id::LayersCompressAge, &[0.0, 3.0, 60.0]),
        (Id::HedgeSpendPct, &[0.5, 3.0]),
        (Id::MaxLossOfAccount, &[1.0, 5.0, 15.0]),
        (Id::Rolls, &[0.0, 1.0, 3.0, 4.0]),
        (Id::Adjustments10, &[0.0, 2.0, 5.0]),
        (Id::Reversals10, &[0.0, 0.0, 1.0]),
        (Id::ThresholdsAge, &[5.0, 80.0]),
        (Id::RegimeChanges60, &[0.0, 1.0, 3.0]),
        (Id::IgnoredBreaches, &[0.0, 1.0, 4.0]),
        (Id::Wacc, &[7.0, 10.0]),
    ];
    for (id, values) in numbers {
        draws.number(facts, id, values);
    }
    let z = draws.number(facts, Id::ReerZ, &[-2.0, -0.5, 0.5, 2.0]);
    facts.suppose(Id::ReerShift, FactValue::Flag(z.abs() > 1.5));
    // one book in eight is broken
    for id in [Id::Synthetics, Id::NakedShorts] {
        draws.number(facts, id, &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0]);
    }
    let regime = draws.state(facts, Id::Regime, &["Steward", "Promoter"]);
    let in_window = facts.flag(Id::EventWindow) == Some(true);
    let may_widen = regime == "Promoter" && !in_window && draws.below(2) == 1;
    facts.suppose(Id::GrowthWidens, FactValue::Flag(may_widen));
    draws.state(facts, Id::CapmVerdict, &["cheap", "fair", "rich"]);
    draws.number(facts, Id::CapmCarry, &[-40.0, -10.0, 5.0]);
    draws.number(facts, Id::CapmRequired, &[-30.0, -15.0]);
    let points = draws.number(facts, Id::BigTopPoints, &[0.0, 2.0, 3.0]);
    let phase = match points {
        3.0 => "Press",
        2.0 => "Build",
        _ => "Off",
    };
    facts.suppose(Id::BigTopPhase, FactValue::State(phase));
}
