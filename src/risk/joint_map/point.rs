//! One point of a map, repriced exactly: the change by component, the futures, and the stress it implies.

use super::{at_vix, moment};
use crate::instrument::LayerKind;
use crate::risk::book::{Book, BookLeg, Group, LegModel};
use crate::risk::curves::Component;
use crate::risk::joint::{VixResponse, log_return_pct};
use crate::risk::scenario::Path;
use crate::units::DAYS_PER_YEAR;

/// Smallest simple SPX move in % that implies a stress multiple: below it any VIX would need a huge one.
const LEAST_MOVE_PCT: f64 = 0.25;

/// The VIX future of a layer, now and at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TenorMove {
    /// Calendar days to its settlement today.
    pub days: f64,
    /// Price now, in points.
    pub now: f64,
    /// Price at the point, in points; once settled, the VIX that it settled on.
    pub here: f64,
}

/// Everything about one point of the plane at one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JointPoint {
    /// Simple SPX move in %.
    pub spx_pct: f64,
    /// SPX in points.
    pub spx: f64,
    /// VIX in points.
    pub vix: f64,
    /// Change of the SPX legs from now, in dollars.
    pub condor_usd: f64,
    /// Change of each layer from now, in dollars.
    pub layers_usd: [f64; 3],
    /// Change of VIX legs outside the layers from now, in dollars.
    pub other_usd: f64,
    /// The future under the largest leg of each layer; `None` for an empty layer.
    pub futures: [Option<TenorMove>; 3],
    /// VIX as the model answers this SPX move under the book's own stress multiple, in points.
    pub model_vix: f64,
    /// The stress multiple under which the model's path runs through the point.
    pub implied_stress: Option<f64>,
}

impl JointPoint {
    /// Reprices the book at a simple SPX move in % and a VIX level in points, so many days ahead.
    pub fn of(book: &Book, days: u32, (spx_pct, vix): (f64, f64)) -> Self {
        let moment = moment(book, days);
        let scenario = at_vix(book, moment, vix);
        let path = Path::to_move(&book.params, book.origin(), scenario, spx_pct);
        let (then, now) = (book.values(&path), book.values_now());
        let change = |group: Group| then.group(group)[0] - now.group(group)[0];
        let params = &book.params;
        let stress = params.stress_multiple;
        let response = VixResponse::at(params, book.market.vix, moment.trading_days, stress);
        Self {
            spx_pct,
            spx: path.spots[0],
            vix,
            condor_usd: change(Group::Spx),
            layers_usd: LayerKind::ALL.map(|kind| change(Group::Layer(kind))),
            other_usd: change(Group::OtherVix),
            futures: LayerKind::ALL.map(|kind| tenor_move(book, &path, kind)),
            model_vix: response.vix_after(log_return_pct(spx_pct)),
            implied_stress: implied_stress(&response, spx_pct, vix),
        }
    }

    /// Change of all VIX legs from now, in dollars.
    pub fn hedges_usd(&self) -> f64 {
        self.layers_usd.iter().sum::<f64>() + self.other_usd
    }

    /// Change of the whole book from now, in dollars.
    pub fn net_usd(&self) -> f64 {
        self.condor_usd + self.hedges_usd()
    }

    /// Change of a component from now, in dollars.
    pub fn component_usd(&self, component: Component) -> f64 {
        match component {
            Component::Condor => self.condor_usd,
            Component::Layer(kind) => self.layers_usd[crate::risk::book::layer_index(kind)],
            Component::Hedges => self.hedges_usd(),
            Component::Net => self.net_usd(),
        }
    }
}

/// The future under the largest leg of a layer.
fn tenor_move(book: &Book, path: &Path, kind: LayerKind) -> Option<TenorMove> {
    let legs = book
        .legs
        .iter()
        .filter(|leg| leg.group == Group::Layer(kind));
    let largest: &BookLeg = legs.max_by_key(|leg| leg.leg.quantity.unsigned_abs())?;
    match &largest.model {
        LegModel::Vix(leg) if leg.years > 0.0 => {
            let params = path.scenario.params(&book.params);
            let futures = leg.futures(&params, book.market.as_ref(), path);
            Some(TenorMove {
                days: leg.years * DAYS_PER_YEAR,
                now: leg.future,
                here: *futures.first()?,
            })
        }
        LegModel::Vix(_) | LegModel::Spx(_) => None,
    }
}

/// The stress multiple m whose path runs through an SPX move and a VIX level: the response is linear in m,
/// `m = (V − V0 − mr·(mean − V0)) / (a·k·(exp(−R/k) − 1))`. `None` for a move too small to tell.
pub fn implied_stress(response: &VixResponse, spx_pct: f64, vix: f64) -> Option<f64> {
    if spx_pct.abs() < LEAST_MOVE_PCT {
        return None;
    }
    let at = |stress: f64| {
        VixResponse {
            stress,
            ..*response
        }
        .unclamped(log_return_pct(spx_pct))
    };
    let (without, with_one) = (at(0.0), at(1.0));
    let stress = (vix - without) / (with_one - without);
    stress.is_finite().then_some(stress)
}

#[cfg(test)]
mod tests {
    use super::implied_stress;
    use crate::market::params::ModelParams;
    use crate::risk::joint::{VixResponse, log_return_pct};

    #[test]
    fn the_stress_of_a_point_on_a_path_is_the_path_s() {
        for (days, stress, move_pct) in [(0.0, 1.0, -5.0), (5.0, 1.35, -3.0), (21.0, 3.0, 4.0)] {
            let response = VixResponse::at(&ModelParams::default(), 17.0, days, stress);
            let vix = response.unclamped(log_return_pct(move_pct));
            let found = implied_stress(&response, move_pct, vix).expect("the move is large");
            assert!((found - stress).abs() < 1e-12, "{found}");
        }
        let response = VixResponse::at(&ModelParams::default(), 17.0, 0.0, 1.0);
        assert_eq!(implied_stress(&response, 0.1, 20.0), None);
    }
}
