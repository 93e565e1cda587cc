//! What the book gains or loses in the crash table and under the presets, split by layer.

use super::book::{Book, GroupValues};
use super::figures::ScenarioRow;
use super::presets::{CRASH_MOVES_PCT, PRESETS, Preset, VixRule, is_extrapolated};
use super::scenario::{Moment, Path, Scenario};
use crate::units::DAYS_PER_YEAR;

/// The crash table: instant simple moves of SPX, VIX by the model.
pub fn crash_rows(book: &Book) -> Vec<ScenarioRow> {
    let now = book.values_now();
    CRASH_MOVES_PCT
        .iter()
        .map(|spx_pct| {
            let move_only = Preset {
                name: "",
                spx_pct: *spx_pct,
                trading_days: 0,
                stress: book.params.stress_multiple,
                curve_tau_days: book.params.curve_tau_days,
                vix: VixRule::ByModel,
            };
            row(book, &now, &move_only)
        })
        .collect()
}

/// Every preset at its own horizon.
pub fn preset_rows(book: &Book) -> Vec<ScenarioRow> {
    let now = book.values_now();
    PRESETS
        .iter()
        .map(|preset| row(book, &now, preset))
        .collect()
}

fn row(book: &Book, now: &GroupValues, preset: &Preset) -> ScenarioRow {
    let moment = if preset.trading_days == 0 {
        Moment::NOW
    } else {
        book.moment_in_trading_days(preset.trading_days)
    };
    let scenario = Scenario::of_preset(preset, moment);
    let path = Path::to_move(&book.params, book.origin(), scenario, preset.spx_pct);
    let then = book.values(&path);
    let layers_usd = std::array::from_fn(|layer| then.layers[layer][0] - now.layers[layer][0]);
    let vix = path.vix[0];
    ScenarioRow {
        name: preset.name,
        spx_pct: preset.spx_pct,
        trading_days: preset.trading_days,
        vix,
        curve: curve_after(book, &path),
        condors_usd: then.spx[0] - now.spx[0],
        layers_usd,
        other_usd: then.other_vix[0] - now.other_vix[0],
        net_usd: then.net_at(0) - now.net_at(0),
        is_extrapolated: is_extrapolated(preset.spx_pct),
        at_limit: vix != book.market.vix
            && (vix >= path.response.cap || vix <= path.response.floor),
    }
}

/// The listed futures after a move, in points; one that has settled shows VIX.
pub fn curve_after(book: &Book, path: &Path) -> Vec<f64> {
    let params = path.scenario.params(&book.params);
    let elapsed = path.scenario.moment.elapsed_years * DAYS_PER_YEAR;
    let curve = &book.market.curve;
    curve
        .points
        .iter()
        .map(|point| {
            let left = (point.days - elapsed).max(0.0);
            let rolled = if elapsed == 0.0 {
                point.price
            } else {
                curve.price(left)
            };
            let base = point.price + params.curve_roll_down * (rolled - point.price);
            let beta = super::joint::curve_beta(&params, left);
            let (floor, cap) = (params.vix_floor.min(base), params.vix_cap.max(base));
            if left == 0.0 {
                path.vix[0]
            } else {
                (base * (beta * path.log_vix[0]).exp()).clamp(floor, cap)
            }
        })
        .collect()
}
