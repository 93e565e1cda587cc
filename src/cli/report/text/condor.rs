//! One condor as text: money, levels, odds, margin and Greeks.

use super::super::layout::Block;
use crate::risk::figures::CondorFacts;
use crate::ui::format::{NONE, date, fixed, pct, points, signed, strike, usd, usd_signed, vol};

/// Name, size, strikes and expiry.
pub(super) fn title(condor: &CondorFacts) -> String {
    let strikes = condor.strikes.map(strike).join(" / ");
    let [puts, calls] = condor.side_expiries.map(date);
    let expiry = if puts == calls {
        puts
    } else {
        format!("puts {puts}, calls {calls}")
    };
    format!(
        "{}: {} × {strikes}, {expiry}, {} days",
        condor.name, condor.contracts, condor.days
    )
}

/// Everything known of it, a line each.
pub(super) fn facts(condor: &CondorFacts) -> Block {
    let mut rows = money(condor);
    rows.extend(odds(condor));
    rows.extend(greeks(condor));
    Block::pairs(&rows)
}

/// A name and what stands beside it.
type Row = (&'static str, String);

/// Two numbers, the lower side first.
fn both(pair: [f64; 2], decimals: usize) -> String {
    pair.map(|value| fixed(value, decimals)).join(" / ")
}

fn money(condor: &CondorFacts) -> Vec<Row> {
    let credit = (points(condor.credit_points), usd(condor.credit_usd));
    let (profit, loss) = (usd(condor.max_profit_usd), usd(-condor.max_loss_usd));
    let estimate = usd(condor.portfolio_margin_usd);
    vec![
        ("Credit", format!("{} points, {}", credit.0, credit.1)),
        ("Largest profit / loss", format!("{profit} / {loss}")),
        ("Open P/L", usd_signed(condor.open_pl_usd)),
        ("Reg-T margin", usd(condor.reg_t_margin_usd)),
        ("Portfolio margin", format!("{estimate}  (estimate)")),
        ("Break-evens", both(condor.break_evens, 2)),
    ]
}

/// What the smile says; nothing once the condor has settled.
fn odds(condor: &CondorFacts) -> Vec<Row> {
    if condor.years <= 0.0 {
        return vec![("Probabilities", format!("{NONE}  (settled)"))];
    }
    let (expected, atm) = (points(condor.expected_move_points), vol(condor.atm_vol));
    let (margin, log) = (
        both(condor.break_even_margin, 2),
        both(condor.break_even_margin_log, 2),
    );
    let (smile, flat) = (
        pct(condor.probability_of_profit, 1),
        pct(condor.probability_of_profit_flat, 1),
    );
    let touch = both(condor.probability_of_touch.map(|touch| 100.0 * touch), 1);
    vec![
        (
            "Expected move",
            format!("{expected} points at {atm} % ATM vol"),
        ),
        (
            "Break-even distance",
            format!("{margin} expected moves; log {log}"),
        ),
        (
            "Probability of profit",
            format!("{smile} % by the smile, {flat} % at one vol"),
        ),
        ("Probability of touch", format!("{touch} %")),
    ]
}

fn greeks(condor: &CondorFacts) -> Vec<Row> {
    let greeks = &condor.greeks;
    let (delta, gamma) = (signed(greeks.delta_usd, 1), signed(greeks.gamma_usd, 3));
    let (theta, vega) = (greeks.theta_per_day_usd, greeks.vega_per_vol_point_usd);
    vec![
        (
            "Delta, gamma",
            format!("{delta}, {gamma} $ per index point"),
        ),
        ("Theta", format!("{} a day", usd_signed(theta))),
        ("Vega", format!("{} per vol point", usd_signed(vega))),
        (
            "Rho",
            format!("{} per 1 % of rate", usd_signed(greeks.rho_per_pct_usd)),
        ),
    ]
}
