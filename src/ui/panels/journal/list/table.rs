//! A campaign as a row of the list.

use crate::calendar::new_york_instant;
use crate::journal::{CampaignSummary, IndexRow};
use crate::ui::format;
use crate::ui::theme::Tone;
use crate::ui::widgets::{Cell, Column, Row};

/// Hedge cost from which it is told as a lot, percent of the credit: the upper half of METHOD's range of 10 to 25.
const DEAR_HEDGE_PCT: f64 = 17.5;

/// The columns.
pub(super) fn columns() -> [Column; 7] {
    [
        Column::text("Campaign"),
        Column::num("Opened")
            .width_of(68.0)
            .hint("New York day of the first fill"),
        Column::num("Days")
            .width_of(32.0)
            .hint("Calendar days held, up to the marks while it is open"),
        Column::num("P/L $")
            .width_of(64.0)
            .hint("Profit in dollars, fees taken off; of an open campaign at its last marks"),
        Column::num("IRR %")
            .width_of(44.0)
            .hint("Return on the largest margin, percent a year"),
        Column::num("Hedge %")
            .width_of(52.0)
            .hint("Premium paid for VIX options, percent of the credit"),
        Column::text("Tags")
            .width_of(92.0)
            .hint("Own tags and those of the entries"),
    ]
}

/// A campaign, or why its file could not be read.
pub(super) fn row(row: &IndexRow) -> Row {
    match &row.campaign {
        Ok(campaign) => readable(row, campaign),
        Err(why) => {
            let mut cells = vec![Cell::text(row.file.clone()).tone(Tone::Bad)];
            cells.extend((0..5).map(|_| Cell::num(format::NONE).tone(Tone::Faint)));
            cells.push(Cell::text("cannot be read").tone(Tone::Bad));
            Row::new(cells).hint(format!("{}\n{why}", row.file))
        }
    }
}

fn readable(row: &IndexRow, campaign: &CampaignSummary) -> Row {
    let none = || Cell::num(format::NONE).tone(Tone::Faint);
    let opened = campaign.opened.map_or_else(none, |day| {
        let stamp = new_york_instant(day.at(0, 0, 0, 0)).as_second() as f64;
        Cell::num(format::date(day)).tone(Tone::Quiet).sort(stamp)
    });
    let has_fills = campaign.opened.is_some();
    let days = if has_fills {
        let days = f64::from(campaign.days_held);
        Cell::num(format::fixed(days, 0))
            .tone(Tone::Quiet)
            .sort(days)
    } else {
        none()
    };
    let profit = if has_fills {
        let usd = campaign.profit().usd();
        Cell::num(format::signed(usd, 0))
            .tone(Tone::of_sign(usd))
            .sort(usd)
    } else {
        none()
    };
    let irr = campaign.irr.map_or_else(none, |irr| {
        Cell::num(format::signed(100.0 * irr, 0)).sort(irr)
    });
    let hedge = match campaign.hedge_cost_pct() {
        Some(pct) if campaign.hedge_cost_usd > 0.0 => {
            let tone = if pct >= DEAR_HEDGE_PCT {
                Tone::Warn
            } else {
                Tone::Quiet
            };
            Cell::num(format::fixed(pct, 0)).tone(tone).sort(pct)
        }
        Some(_) => Cell::num("none").tone(Tone::Faint).sort(0.0),
        None => none(),
    };
    Row::new(vec![
        Cell::text(campaign.name.clone()),
        opened,
        days,
        profit,
        irr,
        hedge,
        tags(campaign),
    ])
    .hint(hint(row, campaign))
}

fn tags(campaign: &CampaignSummary) -> Cell {
    let own = campaign.tags.iter().map(String::as_str);
    if campaign.is_open() {
        let words: Vec<&str> = std::iter::once("open").chain(own).collect();
        Cell::text(words.join(", ")).tone(Tone::Accent)
    } else {
        let words: Vec<&str> = own.collect();
        Cell::text(words.join(", ")).tone(Tone::Faint)
    }
}

fn hint(row: &IndexRow, campaign: &CampaignSummary) -> String {
    let mut lines = vec![campaign.name.clone()];
    if !campaign.setup.is_empty() {
        lines.push(format!("Setup: {}", campaign.setup));
    }
    if let Some(day) = campaign.closed {
        lines.push(format!("Closed {}", format::date(day)));
    }
    if campaign.is_mirr {
        lines.push("IRR is a modified one: its flows change sign more than once".to_owned());
    }
    lines.push(format!("Pack {} · {}", campaign.pack, row.file));
    lines.push("Double-click or Enter opens it".to_owned());
    lines.join("\n")
}
