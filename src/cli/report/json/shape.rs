//! The keys of the JSON report, in their order.
//!
//! Every key is always there; `null` means that an input is missing, and `problems` says which.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::instrument::Root;

/// The object.
#[derive(Serialize)]
pub struct JsonReport {
    pub as_of: Timestamp,
    pub market: MarketPart,
    pub legs: Vec<LegPart>,
    pub condors: Vec<CondorPart>,
    pub book: BookPart,
    pub greeks: GreeksPart,
    pub hedge: HedgePart,
    pub scenarios: Vec<ScenarioPart>,
    pub regime: Option<RegimePart>,
    pub facts: Vec<FactPart>,
    pub rules: Vec<RulePart>,
    pub verdict: VerdictPart,
    pub candidates: Option<Vec<CandidatePart>>,
    pub problems: Vec<String>,
}

/// One choice; dollars, shares as decimals. `failed` names the first test that a rejected roll did not pass.
#[derive(Serialize)]
pub struct CandidatePart {
    pub name: String,
    pub stance: &'static str,
    pub cost: f64,
    pub expected_pl: f64,
    pub p05: f64,
    pub worst: f64,
    pub net_vega_per_condor_points: Option<f64>,
    pub theta_per_day: f64,
    pub margin: f64,
    pub break_evens: Option<[f64; 2]>,
    pub irr: Option<f64>,
    pub score: f64,
    pub failed: Option<String>,
}

/// The regime after the last close before the marks.
#[derive(Serialize)]
pub struct RegimePart {
    pub state: &'static str,
    pub slope_pct: f64,
    pub macd: f64,
    pub signal: f64,
    pub hist: f64,
    pub source: &'static str,
}

/// One fact; `null` where it is missing.
#[derive(Serialize)]
pub struct FactPart {
    pub id: &'static str,
    pub value: Option<FactNumber>,
    pub unit: &'static str,
    pub source: Option<String>,
    pub as_of: Option<Date>,
}

/// What a rule of the pack found, in the pack's order.
#[derive(Serialize)]
pub struct RulePart {
    pub id: &'static str,
    pub title: &'static str,
    pub state: &'static str,
    pub stance: Option<&'static str>,
    pub why: String,
    pub threshold: Option<f64>,
    pub distance_to_flip: Option<f64>,
    pub unit: Option<&'static str>,
    pub flips: Option<String>,
    pub missing: Vec<&'static str>,
    pub provenance: &'static str,
}

/// What to do.
#[derive(Serialize)]
pub struct VerdictPart {
    pub stance: &'static str,
    pub sentence: String,
    pub because: Vec<&'static str>,
    pub against: Vec<&'static str>,
    pub missing: Vec<&'static str>,
    pub not_judged: Vec<&'static str>,
    pub trades: Vec<TradePart>,
}

/// A trade that the verdict proposes.
#[derive(Serialize)]
pub struct TradePart {
    pub root: Root,
    pub kind: Option<&'static str>,
    pub strike: Option<f64>,
    pub expiry: Date,
    pub quantity: i32,
    pub price: f64,
}

/// A fact's value: a number, yes or no, or words.
#[derive(Serialize)]
#[serde(untagged)]
pub enum FactNumber {
    Number(f64),
    Flag(bool),
    Words(String),
}

/// The marks.
#[derive(Serialize)]
pub struct MarketPart {
    pub spx: f64,
    pub rate: Option<f64>,
    pub dividend: Option<f64>,
    pub vix: Option<f64>,
    pub vix_futures: Option<Vec<FuturePart>>,
    pub contango_pct: Option<f64>,
}

/// One VIX future that was given.
#[derive(Serialize)]
pub struct FuturePart {
    pub expiry: Date,
    pub days: f64,
    pub price: f64,
}

/// One leg, in position dollars: SPX legs per index point, VIX legs per point of their future.
#[derive(Serialize)]
pub struct LegPart {
    pub root: Root,
    pub kind: Option<&'static str>,
    pub strike: Option<f64>,
    pub expiry: Date,
    pub years: f64,
    pub quantity: i32,
    pub entry: f64,
    pub forward: f64,
    pub iv: Option<f64>,
    pub mark: f64,
    pub value: f64,
    pub delta: f64,
    pub gamma: f64,
    pub theta_per_day: f64,
    pub vega_per_point: f64,
}

/// One condor.
#[derive(Serialize)]
pub struct CondorPart {
    pub name: String,
    pub expiry: Date,
    pub contracts: i32,
    pub width: f64,
    pub credit_points: f64,
    pub credit: f64,
    pub max_profit: f64,
    pub max_loss: f64,
    pub break_evens: [f64; 2],
    pub expected_move_points: Option<f64>,
    pub break_even_margin: Option<[f64; 2]>,
    pub probability_of_profit: Option<f64>,
    pub probability_of_profit_flat: Option<f64>,
    pub probability_of_touch: Option<[f64; 2]>,
    pub reg_t_margin: f64,
    pub portfolio_margin: f64,
}

/// The book as a whole.
#[derive(Serialize)]
pub struct BookPart {
    pub contracts: i32,
    pub width: Option<f64>,
    pub reg_t_margin: f64,
    pub portfolio_margin: f64,
    pub other_legs: Vec<usize>,
}

/// Sums of Greeks; those of layers are on their own futures and stand apart.
#[derive(Serialize)]
pub struct GreeksPart {
    pub condors: OwnGreeks,
    pub layers: Vec<LayerPart>,
    pub hedge: NetGreeks,
    pub net: NetGreeks,
}

/// Greeks in position dollars: per point, per day, per vol point, per 1 % of rate.
#[derive(Serialize)]
pub struct OwnGreeks {
    pub value: f64,
    pub delta: f64,
    pub gamma: f64,
    pub theta_per_day: f64,
    pub vega_per_point: f64,
    pub rho_per_pct: f64,
}

/// The Greeks of one layer.
#[derive(Serialize)]
pub struct LayerPart {
    pub layer: &'static str,
    #[serde(flatten)]
    pub greeks: OwnGreeks,
}

/// Value and theta of everything, vega in SPX terms, delta and gamma of the SPX legs alone.
#[derive(Serialize)]
pub struct NetGreeks {
    pub value: f64,
    pub theta_per_day: f64,
    pub vega_per_point: Option<f64>,
    pub delta: f64,
    pub gamma: f64,
}

/// The hedge in SPX vega.
#[derive(Serialize)]
pub struct HedgePart {
    pub convention: &'static str,
    pub net_vega_per_condor_points: Option<f64>,
    pub net_vega_normalised: Option<f64>,
    pub contributions: Option<Vec<ContributionPart>>,
    pub vix_option_vega_per_point: f64,
    pub debit: f64,
    pub pct_of_credit: Option<f64>,
}

/// One part of net vega per condor.
#[derive(Serialize)]
pub struct ContributionPart {
    pub name: String,
    pub points: f64,
}

/// One preset, in dollars of profit or loss.
#[derive(Serialize)]
pub struct ScenarioPart {
    pub spx_pct: f64,
    pub days: u32,
    pub vix: f64,
    pub curve: Vec<f64>,
    pub condor: f64,
    pub layers: [f64; 3],
    pub net: f64,
}
