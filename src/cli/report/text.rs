//! The report as aligned plain text, in sections.

mod condor;
mod hedge;
mod scenarios;

use std::io::{self, Write};

use super::Report;
use super::layout::{Block, Table};
use crate::calendar::new_york;
use crate::ui::format::{
    NONE, date, fixed, pct, points, quantity, signed, trimmed, usd, usd_signed, vol,
};

/// The one line that every report ends with.
pub(in crate::cli) const DISCLAIMER: &str =
    "For education: model estimates from the marks above, not advice and not a broker's figures.";

/// A heading with what stands under it.
pub(super) struct Section {
    /// The heading.
    pub title: String,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// The instant of the marks, in New York.
pub(super) fn as_of(report: &Report<'_>) -> String {
    let as_of = report.valuation.market.as_of.to_zoned(new_york());
    as_of.strftime("%a %-d %b %Y %H:%M").to_string()
}

/// The report's sections in order; those without content are there too.
pub(super) fn sections(report: &Report<'_>) -> Vec<Section> {
    let section = |title: &str, blocks: Vec<Block>| Section {
        title: title.to_owned(),
        blocks,
    };
    let valuation = &report.valuation;
    let mut sections = vec![
        section("Market", market(report)),
        section("Legs", vec![legs(report)]),
    ];
    sections.extend(valuation.condors.iter().map(|facts| {
        let title = condor::title(facts);
        section(&title, vec![condor::facts(facts)])
    }));
    let crash = scenarios::table(&valuation.crash);
    let presets = scenarios::table(&valuation.presets);
    sections.extend([
        section("Book", vec![book(report)]),
        section("Layers", hedge::layers(report)),
        section("Net vega per condor", hedge::net_vega(report)),
        section("Budgets", vec![hedge::budgets(report)]),
        section("Regime and signals", super::facts::section(report)),
        section("Verdict", super::advice::verdict_section(report)),
        section("Rules", super::advice::rules_section(report)),
        section("Instant moves of SPX, P/L in dollars", vec![crash]),
        section("Presets, P/L in dollars", vec![presets]),
        section("Choices, in dollars", super::candidates::section(report)),
        section(
            "Assumed, left out or unusual",
            vec![Block::Lines(report.problems())],
        ),
    ]);
    sections
}

/// Writes the whole report.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", report.session.campaign.name)?;
    let when = as_of(report);
    writeln!(
        out,
        "Palisade {}, marks of {when} New York",
        env!("CARGO_PKG_VERSION")
    )?;
    for Section { title, blocks } in sections(report) {
        let lines: Vec<String> = blocks.iter().flat_map(Block::lines).collect();
        if !lines.is_empty() {
            writeln!(out, "\n{title}")?;
            lines
                .iter()
                .try_for_each(|line| writeln!(out, "  {line}"))?;
        }
    }
    writeln!(out, "\n{DISCLAIMER}")
}

fn market(report: &Report<'_>) -> Vec<Block> {
    let (market, missing) = (&report.valuation.market, report.missing());
    let assumed = |is_so: bool| if is_so { "  (assumed)" } else { "" };
    let pairs = Block::pairs(&[
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
                        assumed(market.curve.source.is_assumed())
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
    vec![pairs, Block::Table(futures)]
}

fn legs(report: &Report<'_>) -> Block {
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
    Block::Table(table)
}

fn book(report: &Report<'_>) -> Block {
    let facts = &report.valuation.facts;
    let share = facts.theta_pct_of_margin.map_or_else(String::new, |share| {
        format!(", {} % of margin", signed(share, 3))
    });
    let floor = 100.0 * report.pack.theta.floor.value;
    Block::pairs(&[
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
