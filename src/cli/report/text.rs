//! The report as aligned plain text, in sections.

use std::io::{self, Write};

use super::Report;
use super::layout::{Table, pairs};
use crate::calendar::new_york;
use crate::market::CurveSource;
use crate::risk::band::VegaBasis;
use crate::risk::figures::{BandStatus, CondorFacts, Gauge, LayerFacts, PAY_LEVELS, ScenarioRow};
use crate::ui::format::{
    NONE, date, fixed, pct, points, quantity, signed, strike, trimmed, usd, usd_signed, vol,
};

/// The one line that every report ends with.
const DISCLAIMER: &str =
    "For education: model estimates from the marks above, not advice and not a broker's figures.";

/// Writes the whole report.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let campaign = &report.session.campaign;
    let as_of = report.valuation.market.as_of.to_zoned(new_york());
    writeln!(out, "{}", campaign.name)?;
    let when = as_of.strftime("%a %-d %b %Y %H:%M");
    writeln!(
        out,
        "Palisade {}, marks of {when} New York",
        env!("CARGO_PKG_VERSION")
    )?;
    section(out, "Market", &market(report))?;
    section(out, "Legs", &legs(report))?;
    for condor in &report.valuation.condors {
        section(out, &condor_title(condor), &condor_facts(condor))?;
    }
    section(out, "Book", &book(report))?;
    section(out, "Layers", &layers(report))?;
    section(out, "Net vega per condor", &net_vega(report))?;
    section(out, "Budgets", &budgets(report))?;
    section(
        out,
        "Instant moves of SPX, P/L in dollars",
        &scenarios(&report.valuation.crash),
    )?;
    section(
        out,
        "Presets, P/L in dollars",
        &scenarios(&report.valuation.presets),
    )?;
    section(out, "Assumed, left out or unusual", &problems(report))?;
    writeln!(out, "\n{DISCLAIMER}")
}

/// A heading and its lines; nothing without lines.
fn section(out: &mut dyn Write, title: &str, lines: &[String]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

fn market(report: &Report<'_>) -> Vec<String> {
    let (market, missing) = (&report.valuation.market, report.missing());
    let assumed = |is_so: bool| if is_so { "  (assumed)" } else { "" };
    let mut lines = pairs(&[
        ("SPX", fixed(market.spx, 2)),
        (
            "Rate",
            format!("{} %{}", pct(market.rate, 2), assumed(missing.rate)),
        ),
        (
            "Dividend yield",
            format!("{} %{}", pct(market.dividend, 2), assumed(missing.dividend)),
        ),
        (
            "VIX",
            format!("{}{}", points(market.vix), assumed(missing.vix)),
        ),
        (
            "VVIX",
            format!("{}{}", fixed(market.vvix, 1), assumed(market.vvix_assumed)),
        ),
        (
            "Contango VX2/VX1",
            market.curve.contango_pct().map_or_else(
                || NONE.to_owned(),
                |contango| {
                    format!(
                        "{} %{}",
                        signed(contango, 2),
                        assumed(market.curve.source == CurveSource::MedianForVix)
                    )
                },
            ),
        ),
    ]);
    let mut futures = Table::new(&["VX future", "days", "price"]);
    for point in &market.curve.points {
        futures.row([
            date(point.expiry),
            fixed(point.days, 1),
            points(point.price),
        ]);
    }
    lines.extend(futures.lines());
    lines
}

fn legs(report: &Report<'_>) -> Vec<String> {
    let mut table = Table::new(&[
        "leg",
        "contracts",
        "entry",
        "mark",
        "forward",
        "vol %",
        "from",
        "value $",
        "open P/L $",
    ]);
    for row in &report.valuation.rows {
        let of_option = |text: String| {
            if row.vol_source.is_some() {
                text
            } else {
                NONE.to_owned()
            }
        };
        let source = row.vol_source.map_or(NONE, crate::market::VolSource::label);
        table.row([
            row.contract.label(),
            quantity(row.quantity.into()),
            points(row.entry_points),
            points(row.price_points),
            points(row.forward),
            of_option(vol(row.vol)),
            source.to_owned(),
            fixed(row.value_usd, 0),
            signed(row.open_pl_usd, 0),
        ]);
    }
    table.lines()
}

fn condor_title(condor: &CondorFacts) -> String {
    let strikes = condor.strikes.map(strike).join(" / ");
    format!(
        "{}: {} × {strikes}, {}, {} days",
        condor.name,
        condor.contracts,
        date(condor.expiry),
        condor.days
    )
}

fn condor_facts(condor: &CondorFacts) -> Vec<String> {
    let both = |pair: [f64; 2], decimals| pair.map(|value| fixed(value, decimals)).join(" / ");
    let odds = |text: String| {
        if condor.years > 0.0 {
            text
        } else {
            format!("{NONE}  (settled)")
        }
    };
    let greeks = &condor.greeks;
    pairs(&[
        (
            "Credit",
            format!(
                "{} points, {}",
                points(condor.credit_points),
                usd(condor.credit_usd)
            ),
        ),
        (
            "Largest profit / loss",
            format!(
                "{} / {}",
                usd(condor.max_profit_usd),
                usd(-condor.max_loss_usd)
            ),
        ),
        ("Break-evens", both(condor.break_evens, 2)),
        (
            "Expected move",
            odds(format!(
                "{} points at {} % ATM vol",
                points(condor.expected_move_points),
                vol(condor.atm_vol)
            )),
        ),
        (
            "Break-even distance",
            odds(format!(
                "{} expected moves; log {}",
                both(condor.break_even_margin, 2),
                both(condor.break_even_margin_log, 2)
            )),
        ),
        (
            "Probability of profit",
            odds(format!(
                "{} % by the smile, {} % at one vol",
                pct(condor.probability_of_profit, 1),
                pct(condor.probability_of_profit_flat, 1)
            )),
        ),
        (
            "Probability of touch",
            odds(format!(
                "{} %",
                condor
                    .probability_of_touch
                    .map(|touch| pct(touch, 1))
                    .join(" / ")
            )),
        ),
        ("Reg-T margin", usd(condor.reg_t_margin_usd)),
        (
            "Portfolio margin",
            format!("{}  (estimate)", usd(condor.portfolio_margin_usd)),
        ),
        (
            "Delta, gamma",
            format!(
                "{}, {} $ per index point",
                signed(greeks.delta_usd, 1),
                signed(greeks.gamma_usd, 3)
            ),
        ),
        (
            "Theta",
            format!("{} a day", usd_signed(greeks.theta_per_day_usd)),
        ),
        (
            "Vega",
            format!(
                "{} per vol point",
                usd_signed(greeks.vega_per_vol_point_usd)
            ),
        ),
        (
            "Rho",
            format!("{} per 1 % of rate", usd_signed(greeks.rho_per_pct_usd)),
        ),
        ("Open P/L", usd_signed(condor.open_pl_usd)),
    ])
}

fn book(report: &Report<'_>) -> Vec<String> {
    let facts = &report.valuation.facts;
    let share = facts.theta_pct_of_margin.map_or_else(String::new, |share| {
        format!(", {} % of margin", signed(share, 3))
    });
    let floor = 100.0 * report.pack.theta.floor.value;
    pairs(&[
        (
            "Condors",
            format!(
                "{}, {} points wide",
                facts.contracts,
                trimmed(facts.width_points, 2)
            ),
        ),
        ("Credit", usd(facts.credit_usd)),
        ("Hedge debit", usd(facts.hedge_debit_usd)),
        ("Cash taken in", usd(facts.net_cash_in_usd)),
        ("Fees to open", usd(facts.fees_usd)),
        ("Half-spread to close", usd(facts.slippage_usd)),
        (
            "Margin",
            format!(
                "{} SPX (Reg-T), {} VIX; {} used by the rules",
                usd(facts.reg_t_margin_usd),
                usd(facts.vix_margin_usd),
                usd(facts.margin_usd)
            ),
        ),
        (
            "Portfolio margin",
            format!("{}  (estimate)", usd(facts.portfolio_margin_usd)),
        ),
        (
            "Theta, roll-down included",
            format!(
                "{} a day{share} (floor {} %)",
                usd_signed(facts.net_theta_per_day_usd),
                trimmed(floor, 3)
            ),
        ),
        ("Open P/L", usd_signed(facts.open_pl_usd)),
    ])
}

fn layers(report: &Report<'_>) -> Vec<String> {
    let held: Vec<&LayerFacts> = report
        .valuation
        .layers
        .iter()
        .filter(|layer| layer.contracts != 0 || layer.greeks.value_usd != 0.0)
        .collect();
    if held.is_empty() {
        return vec!["no VIX legs".to_owned()];
    }
    let at_vix = PAY_LEVELS.map(|level| format!("$ at VIX {level}"));
    let mut header = vec![
        "layer",
        "contracts",
        "cost $",
        "value $",
        "delta $",
        "decay $/d",
        "roll-down $/d",
        "SPX vega $",
        "own vega $",
    ];
    header.extend(at_vix.iter().map(String::as_str));
    let mut table = Table::new(&header);
    for layer in held {
        let fixed_cells = [
            layer.kind.label().to_owned(),
            quantity(layer.contracts.into()),
            fixed(layer.cost_usd, 0),
            fixed(layer.greeks.value_usd, 0),
            signed(layer.greeks.delta_usd, 1),
            signed(layer.greeks.theta_per_day_usd, 1),
            signed(layer.roll_down_per_day_usd, 1),
            signed(layer.equivalent_vega_usd, 1),
            signed(layer.greeks.vega_per_vol_point_usd, 1),
        ];
        table.row(
            fixed_cells
                .into_iter()
                .chain(layer.value_at_vix_usd.map(|value| fixed(value, 0))),
        );
    }
    let mut lines = table.lines();
    lines.push("Own delta and vega are per point of the layer's VIX future and of its own vol; SPX vega is the hedge's equivalent.".to_owned());
    lines
}

fn net_vega(report: &Report<'_>) -> Vec<String> {
    let valuation = &report.valuation;
    let Some(net) = &valuation.net_vega else {
        return vec!["needs an SPX option that lives".to_owned()];
    };
    let wide = trimmed(valuation.frame.reference_width_points, 1);
    let judged = |basis| {
        if valuation.basis() == basis {
            "  (judged)"
        } else {
            ""
        }
    };
    let band = &valuation.band;
    let mut lines = pairs(&[
        (
            "Band",
            format!(
                "{} to {} points per vol point",
                signed(band.low, 2),
                signed(band.high, 2)
            ),
        ),
        (
            "At this width",
            format!(
                "{}: {}{}",
                signed(net.literal, 3),
                standing(net.literal_status),
                judged(VegaBasis::Literal)
            ),
        ),
        (
            "Scaled to reference",
            format!(
                "{} at {wide} points wide: {}{}",
                signed(net.normalised, 3),
                standing(net.normalised_status),
                judged(VegaBasis::WidthNormalised)
            ),
        ),
    ]);
    let mut parts = Table::new(&["part", "points", "scaled"]);
    for part in &net.contributions {
        parts.row([
            part.name.clone(),
            signed(part.points, 3),
            signed(part.normalised, 3),
        ]);
    }
    lines.extend(parts.lines());
    let mut conventions = Table::new(&["convention", "points", "scaled"]);
    for (name, literal, normalised) in &net.by_convention {
        conventions.row([
            (*name).to_owned(),
            signed(*literal, 3),
            signed(*normalised, 3),
        ]);
    }
    lines.extend(conventions.lines());
    lines.extend(sizes(report));
    lines
}

/// What would lift net vega to the band's lower edge, instrument by instrument.
fn sizes(report: &Report<'_>) -> Vec<String> {
    let sizing = &report.valuation.sizing;
    if sizing.iter().all(|row| row.contracts == 0) {
        return Vec::new();
    }
    let mut table = Table::new(&[
        "to the lower edge with",
        "price",
        "contracts",
        "cost $",
        "% of credit",
        "within budget",
        "reaches",
    ]);
    for row in sizing {
        table.row([
            row.contract.label(),
            points(row.price_points),
            row.contracts.to_string(),
            fixed(row.cost_usd, 0),
            fixed(row.cost_pct_of_credit, 1),
            row.within_budget.to_string(),
            signed(row.reached_literal, 3),
        ]);
    }
    table.lines()
}

fn standing(status: BandStatus) -> String {
    match status {
        BandStatus::Inside { left } => format!("inside, {} to the nearer edge", fixed(left, 3)),
        BandStatus::Short { by } => format!("short vega by {}", fixed(by, 3)),
        BandStatus::Long { by } => format!("over-hedged by {}", fixed(by, 3)),
    }
}

fn budgets(report: &Report<'_>) -> Vec<String> {
    let mut table = Table::new(&["budget", "used %", "allowed %", ""]);
    for gauge in &report.valuation.gauges {
        let used = gauge
            .used_pct
            .map_or_else(|| NONE.to_owned(), |used| fixed(used, 1));
        table.row([
            gauge.label.to_owned(),
            used,
            trimmed(gauge.limit_pct, 2),
            gauge_word(gauge),
        ]);
    }
    table.lines()
}

fn gauge_word(gauge: &Gauge) -> String {
    let beyond = |limit: Option<f64>| {
        gauge
            .used_pct
            .zip(limit)
            .is_some_and(|(used, limit)| used > limit)
    };
    let word = if let Some(reason) = gauge.missing {
        reason
    } else if beyond(gauge.alarm_pct) {
        "far beyond"
    } else if beyond(Some(gauge.limit_pct)) {
        "beyond"
    } else if beyond(gauge.warn_pct) {
        "near the limit"
    } else {
        "within"
    };
    word.to_owned()
}

fn scenarios(rows: &[ScenarioRow]) -> Vec<String> {
    let named = rows.iter().any(|row| !row.name.is_empty());
    let mut header = vec![
        "SPX %", "VIX", "condors", "1st", "2nd", "3rd", "other", "net",
    ];
    if named {
        header.splice(0..0, ["preset", "trading days"]);
    }
    header.push("");
    let mut table = Table::new(&header);
    for row in rows {
        let mut cells = vec![
            signed(row.spx_pct, 0),
            points(row.vix),
            signed(row.condors_usd, 0),
        ];
        cells.extend(row.layers_usd.map(|layer| signed(layer, 0)));
        cells.extend([signed(row.other_usd, 0), signed(row.net_usd, 0)]);
        if named {
            cells.splice(0..0, [row.name.to_owned(), row.trading_days.to_string()]);
        }
        let marks = [
            (row.is_extrapolated, "extrapolated"),
            (row.at_limit, "VIX at its limit"),
        ];
        let words: Vec<&str> = marks
            .iter()
            .filter(|mark| mark.0)
            .map(|mark| mark.1)
            .collect();
        cells.push(words.join(", "));
        table.row(cells);
    }
    table.lines()
}

fn problems(report: &Report<'_>) -> Vec<String> {
    report.problems()
}
