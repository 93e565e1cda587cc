//! A level of spot VIX where none was given: from the SPX vols at hand, else from the front future.

use crate::instrument::Leg;
use crate::market::smile_prior::prior;
use crate::market::{Market, Marks, ModelParams, SmileSource};
use crate::units::DAYS_PER_YEAR;

/// Days to which VIX looks ahead.
const VIX_DAYS: f64 = 30.0;
/// What a level of VIX may be, points.
const LIMITS: [f64; 2] = [5.0, 150.0];
/// A level at which the prior's ratio of at-the-money vol to VIX is read; the ratio is the same at any.
const ANY_VIX: f64 = 20.0;
/// Passes: the level shapes the smile a little, which shapes the level.
const PASSES: usize = 3;

/// The level, and a line that says where it comes from; `None` when nothing gives one.
///
/// The quoted SPX expiry nearest to 30 days gives 100 × at-the-money vol over the median ratio of
/// at-the-money vol to VIX at its tenor. Without one, the nearest VIX future stands for spot.
pub fn assumed_vix(marks: &Marks, legs: &[Leg]) -> Option<(f64, String)> {
    let contracts: Vec<_> = legs.iter().map(|leg| leg.contract).collect();
    let mut marks = marks.clone();
    let mut found = None;
    for _ in 0..PASSES {
        let (market, _) = Market::of(&marks, &ModelParams::default(), &contracts);
        let Some((vix, days)) = from_smiles(&market) else {
            break;
        };
        marks.vix = vix;
        found = Some((vix, days));
    }
    if let Some((vix, days)) = found {
        let how = format!(
            "vix: assumed {vix:.2} from the at-the-money vol {days:.0} days ahead; give --vix to replace it"
        );
        return Some((vix, how));
    }
    let (market, _) = Market::of(&marks, &ModelParams::default(), &[]);
    let front = marks
        .vx
        .iter()
        .find(|future| market.curve.listed(future.expiry).is_some())?;
    let how = format!(
        "vix: assumed {:.2}, the price of the front future; give --vix to replace it",
        front.price
    );
    Some((front.price, how))
}

/// VIX by the quoted expiry nearest to 30 days, and its days.
fn from_smiles(market: &Market) -> Option<(f64, f64)> {
    let distance = |years: f64| (years * DAYS_PER_YEAR - VIX_DAYS).abs();
    let smile = market
        .smiles
        .iter()
        .filter(|smile| smile.source != SmileSource::Prior)
        .min_by(|a, b| distance(a.years).total_cmp(&distance(b.years)))?;
    let slice = prior(ANY_VIX, smile.years);
    let ratio = (slice.theta / smile.years).sqrt() / (ANY_VIX / 100.0);
    let vix = (100.0 * smile.atm_vol / ratio).clamp(LIMITS[0], LIMITS[1]);
    vix.is_finite()
        .then_some((vix, smile.years * DAYS_PER_YEAR))
}
