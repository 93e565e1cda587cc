//! The table of numbers that can be refined, in the order of the rules.

use super::{Refined, Side, Source, TRIM_CONDORS, TRIM_HEDGE, Wants, When};
use crate::policy::RuleKind as Rule;

const ROLL: &[&str] = &["Roll"];
const HEDGE: &[&str] = &["Hedge"];
/// A smaller hedge.
const LESS_HEDGE: &[&str] = &[TRIM_HEDGE];
/// A smaller book.
const LESS: &[&str] = &[TRIM_CONDORS, "Close"];
/// Less gamma.
const CALMER: &[&str] = &["Roll", TRIM_CONDORS, "Close"];
/// The verdict's answer to a break-even or a threatened strike: a roll, else a hedge, else the end.
const DEFEND: &[&str] = &["Roll", "Hedge", "Close"];
/// The answer to theta below its floor: a roll, else less of the hedge that drags on it.
const EARN: &[&str] = &["Roll", TRIM_HEDGE];
/// Roll and hedge side by side.
const EVALUATE: &[&str] = &["Roll", "Hedge"];
/// Roll or hedge where short of volatility, less hedge where long.
const TO_LIMIT: &[&str] = &["Roll", "Hedge", TRIM_HEDGE];
/// What the band asks for on either side.
const TO_BAND: &[&str] = &["Hedge", TRIM_HEDGE];
/// Any adjustment.
const ANY: &[&str] = &["Roll", "Hedge", TRIM_CONDORS, TRIM_HEDGE, "Close"];
/// Percent into shares.
const PCT: f64 = 0.01;

const fn fact(key: &'static str) -> Source {
    Source::Fact(key, 1.0)
}

const fn pct(key: &'static str) -> Source {
    Source::Fact(key, PCT)
}

const fn above(rule: Rule, path: &'static str, source: Source, wants: Wants) -> Refined {
    Refined {
        rule,
        path,
        wants,
        side: Side::Above,
        source,
        when: When::Always,
    }
}

const fn below(rule: Rule, path: &'static str, source: Source, wants: Wants) -> Refined {
    Refined {
        side: Side::Below,
        ..above(rule, path, source, wants)
    }
}

const fn when(refined: Refined, when: When) -> Refined {
    Refined { when, ..refined }
}

use Wants::{Asks, Forbids};
use When::{Flags, Speaking, WithAll, WithAny};

/// Every number that can be refined.
#[rustfmt::skip]
pub(super) const REFINED: &[Refined] = &[
    above(Rule::GammaCheck, "rules.structure.gamma_of_credit", pct("book.gamma_pct"), Asks(CALMER)),
    below(Rule::BreakEvens, "break_evens.pass", Source::Moves("be.margin"), Asks(DEFEND)),
    below(Rule::BreakEvens, "break_evens.alert", Source::Moves("be.margin"), Asks(DEFEND)),
    above(Rule::Threatened, "rules.threat.short_delta", fact("short.delta"), Asks(DEFEND)),
    below(Rule::Threatened, "rules.threat.short_distance", Source::Moves("short.distance"), Asks(DEFEND)),
    when(above(Rule::Threatened, "signals.daily_range.line_pct", fact("edr"), Asks(ROLL)), Speaking),
    when(above(Rule::Threatened, "rules.threat.forward_vix", fact("vix"), Asks(ROLL)), Speaking),
    above(Rule::Inflation, "vega_band.limit", Source::NetVegaSize, Asks(TO_LIMIT)),
    when(above(Rule::Inflation, "signals.inflation.yearly_pct", Source::Larger("cpi.yoy", "ppi.yoy"), Asks(TO_LIMIT)), Speaking),
    when(above(Rule::Inflation, "signals.inflation.core_monthly_pct", fact("core_cpi.mom"), Asks(TO_LIMIT)), Speaking),
    when(above(Rule::Inflation, "signals.inflation.surprise_pp", fact("cpi.surprise"), Asks(TO_LIMIT)), Speaking),
    when(below(Rule::VegaCut, "rules.vega_cut.slow_capture", fact("theta.capture"), Asks(HEDGE)), Flags(&["spx.hot", "pe.expanding"])),
    when(above(Rule::VegaCut, "signals.expansion.rsi_limit", fact("spx.rsi14"), Asks(HEDGE)), Flags(&["pe.expanding"])),
    when(above(Rule::VegaCut, "signals.expansion.hot_closes", fact("spx.rsi_hot"), Asks(HEDGE)), Flags(&["pe.expanding"])),
    when(above(Rule::VegaCut, "signals.expansion.rise", pct("pe.change_63d"), Asks(HEDGE)), Flags(&["spx.hot"])),
    when(above(Rule::VegaCut, "signals.expansion.high_share", pct("pe.percentile_1y"), Asks(HEDGE)), Flags(&["spx.hot"])),
    when(above(Rule::Evaluate, "signals.breadth.depth", fact("breadth.ad_below"), Asks(EVALUATE)), Flags(&["layers.compress"])),
    when(below(Rule::Evaluate, "signals.compression.share", fact("layers.of_average"), Asks(EVALUATE)), Flags(&["breadth.div_neg"])),
    below(Rule::Evaluate, "signals.evaluate.bars", Source::Larger("breadth.div_age", "layers.compress_age"), Asks(EVALUATE)),
    below(Rule::NetVegaBand, "vega_band.low", Source::NetVega, Asks(HEDGE)),
    above(Rule::NetVegaBand, "vega_band.high", Source::NetVega, Asks(LESS_HEDGE)),
    below(Rule::ThetaFloor, "theta.floor", pct("theta.ratio"), Asks(EARN)),
    below(Rule::LayerEntry, "entry.open_below", fact("vix"), Asks(HEDGE)),
    above(Rule::LayerEntry, "entry.hold_above", fact("vix"), Forbids(HEDGE)),
    below(Rule::LayerRoll, "layers[0].roll_dte", fact("first.dte"), Asks(HEDGE)),
    below(Rule::LayerRoll, "layers[1].roll_dte", fact("second.dte"), Asks(HEDGE)),
    below(Rule::LayerRoll, "layers[2].roll_dte", fact("third.dte"), Asks(HEDGE)),
    when(above(Rule::Monetise, "monetise.vix_from", fact("vix"), Asks(LESS_HEDGE)), WithAll(&["monetise.marked_at"])),
    when(above(Rule::Monetise, "monetise.marked_at", fact("first.of_cost"), Asks(LESS_HEDGE)), WithAll(&["monetise.vix_from"])),
    above(Rule::FirstSignal, "signals.front_vol.stdevs", fact("vx1.change_sd"), Asks(HEDGE)),
    above(Rule::FirstSignal, "signals.front_vol.over_average", pct("vx1.over_sma5"), Asks(HEDGE)),
    above(Rule::HedgeDebit, "budgets.hedge_debit_warn", pct("hedge.debit_pct"), Forbids(HEDGE)),
    above(Rule::HedgeDebit, "budgets.hedge_debit", pct("hedge.debit_pct"), Forbids(HEDGE)),
    above(Rule::HedgeDebit, "budgets.hedge_debit_alarm", pct("hedge.debit_pct"), Forbids(HEDGE)),
    above(Rule::HedgeTheta, "budgets.hedge_theta", pct("hedge.theta_pct"), Forbids(HEDGE)),
    above(Rule::HedgeSpend, "budgets.trailing_spend", pct("hedge.spend_pct"), Forbids(HEDGE)),
    above(Rule::PositionCap, "rules.position_cap.most", pct("book.max_loss_pct"), Asks(LESS)),
    above(Rule::PositionCap, "rules.position_cap.steward_warn", pct("book.max_loss_pct"), Asks(LESS)),
    below(Rule::EventWindow, "signals.events.before", fact("event.sessions"), Asks(HEDGE)),
    above(Rule::Regime, "signals.regime.vix_limit", fact("vix"), Asks(HEDGE)),
    above(Rule::BigTop, "signals.big_top.press_points", fact("bigtop.points"), Forbids(HEDGE)),
    above(Rule::BigTop, "signals.big_top.build_points", fact("bigtop.points"), Forbids(HEDGE)),
    when(above(Rule::Concentration, "signals.concentration.weight_rise_pp", fact("top10.change_63d"), Asks(EARN)), Flags(&["rates.flattening"])),
    when(above(Rule::Concentration, "signals.concentration.weight_level_pct", fact("top10.weight"), Asks(EARN)), Flags(&["rates.flattening"])),
    when(below(Rule::Concentration, "signals.concentration.flattening_bp", fact("rates.2s10s_21d"), Asks(EARN)), WithAny(&["signals.concentration.weight_rise_pp", "signals.concentration.weight_level_pct"])),
    when(above(Rule::Growth, "signals.growth.healthy_saar_pct", fact("gdp.saar"), Forbids(TO_BAND)), WithAll(&["signals.growth.stable_bp"])),
    when(below(Rule::Growth, "signals.growth.stable_bp", Source::Size("rates.diff_63d"), Forbids(TO_BAND)), WithAll(&["signals.growth.healthy_saar_pct"])),
    above(Rule::ExchangeRate, "signals.reer.limit", Source::Size("reer.z60m"), Asks(DEFEND)),
    when(above(Rule::CashFlow, "signals.cash_flow.over_median", fact("pcf.of_median"), Asks(DEFEND)), WithAny(&["signals.cash_flow.alert_expected_moves", "signals.cash_flow.short_strike_delta"])),
    when(above(Rule::CashFlow, "signals.cash_flow.rise", pct("pcf.change_1q"), Asks(DEFEND)), WithAny(&["signals.cash_flow.alert_expected_moves", "signals.cash_flow.short_strike_delta"])),
    when(below(Rule::CashFlow, "signals.cash_flow.alert_expected_moves", Source::Moves("be.margin"), Asks(DEFEND)), Flags(&["pcf.high"])),
    when(above(Rule::CashFlow, "signals.cash_flow.short_strike_delta", fact("short.delta"), Asks(DEFEND)), Flags(&["pcf.high"])),
    above(Rule::RollLimit, "rules.roll.most_rolls", fact("journal.rolls"), Forbids(ROLL)),
    above(Rule::Churn, "rules.false_binary.churn_adjustments", fact("journal.adjust_10d"), Forbids(ANY)),
    above(Rule::TailHedge, "rules.tail_hedge.none_to", fact("vx.cm30"), Asks(HEDGE)),
    above(Rule::TailHedge, "rules.tail_hedge.high_to", fact("vx.cm30"), Forbids(HEDGE)),
];
