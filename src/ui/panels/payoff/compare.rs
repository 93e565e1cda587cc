//! The snapshots in a table under the plot: the book as held, A, B, C and the what-if under way.

use egui::{Id, Rect, ScrollArea, Ui, UiBuilder};

use crate::risk::figures::BandStatus;
use crate::ui::context::PanelContext;
use crate::ui::format;
use crate::ui::theme::{PAD, Tone, tokens};
use crate::ui::what_if::WhatIfView;
use crate::ui::widgets::{Cell, Column, DataTable, Row};
use crate::valuation::compare::{Compared, against, as_held};

/// Height of a row in points.
const ROW: f32 = 20.0;
/// Air under the last row, in points.
const FOOT: f32 = 4.0;
/// The plot keeps at least so much; where there is less, the table takes its place.
const PLOT_KEEPS: f32 = 120.0;

fn slot() -> Id {
    Id::unique("palisade_compare_is_open")
}

/// Whether the table is shown.
pub fn is_open(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp::<bool>(slot()))
        .unwrap_or(false)
}

/// Shows or hides the table.
pub fn set_open(ui: &Ui, is_open: bool) {
    ui.data_mut(|data| data.insert_temp(slot(), is_open));
    ui.ctx().request_repaint();
}

/// The part of the plot's body that the table takes, with its foot at `bottom`; `None` while it is closed.
pub fn place(ui: &Ui, view: &WhatIfView<'_>, body: Rect) -> Option<Rect> {
    if !is_open(ui) {
        return None;
    }
    let rows = view.snapshots.len() + 3;
    let height = ROW * rows as f32 + FOOT;
    let top = if body.height() - height >= PLOT_KEEPS {
        body.bottom() - height
    } else {
        body.top()
    };
    Some(body.with_min_y(top))
}

/// Shows the table in its place.
pub fn show(ui: &mut Ui, ctx: &PanelContext<'_>, view: &WhatIfView<'_>, place: Rect) {
    let t = tokens(ui);
    ui.painter().rect_filled(place, 0.0, t.panel);
    let line = egui::Stroke::new(1.0, t.line);
    ui.painter()
        .hline(place.x_range(), place.top().round() + 0.5, line);
    let (columns, rows) = table(ctx, view);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(place.shrink2(egui::vec2(0.0, 1.0))));
    ScrollArea::vertical()
        .id_salt("comparison of what-ifs")
        .auto_shrink(false)
        .show(&mut inner, |ui| {
            DataTable::new("Comparison of what-ifs", &columns, &rows)
                .row_height(ROW)
                .gutter(8.0)
                .inset(PAD)
                .sortable()
                .show(ui);
        });
}

/// Columns and rows, in the order of their making.
pub fn table(ctx: &PanelContext<'_>, view: &WhatIfView<'_>) -> (Vec<Column>, Vec<Row>) {
    let mut rows = vec![row(("Now", "as held"), &as_held(view.now), 0, Who::Held)];
    let real = (view.campaign, view.now);
    rows.extend(view.snapshots.iter().map(|kept| {
        let line = against(real, (&kept.campaign, &kept.valuation));
        let letter = kept.letter.to_string();
        row((&letter, &kept.name), &line, kept.scenario.days, Who::Kept)
    }));
    let current = against(real, (ctx.campaign, ctx.valuation));
    let on = view.drafts.iter().filter(|draft| draft.is_on).count();
    let words = match on {
        0 => "as held".to_owned(),
        1 => "1 trade".to_owned(),
        count => format!("{count} trades"),
    };
    rows.push(row(
        ("Current", &words),
        &current,
        view.scenario.days,
        Who::Current,
    ));
    (columns(), rows)
}

fn columns() -> Vec<Column> {
    let number = |title: &str, hint: &str| Column::num(title).hint(hint);
    vec![
        Column::text("What-if").hint("The book as held, the snapshots, and the what-if under way"),
        number("SPX", "SPX that is assumed, points"),
        number("VIX", "VIX that is assumed, points"),
        number("T+", "Calendar days ahead"),
        number(
            "P/L",
            "Profit since entry at the scenario, $; what the drafts realise is in it, fees are not",
        ),
        number(
            "Max loss",
            "Largest loss of the SPX legs at expiry, $, with what their drafts realise; – when legs outside a condor leave it open",
        ),
        number("Delta", "SPX legs, $ per SPX point"),
        number(
            "Theta",
            "The book with its hedge's roll-down, $ per calendar day",
        ),
        number(
            "Vega",
            "Net vega per condor as the band judges it, pt per vol point",
        ),
        number("Margin", "The margin that the rules use, $"),
        number(
            "Cost",
            "Received for the drafts (− paid) at the model's prices now, $, before fees",
        ),
    ]
}

/// Whose row it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Held,
    Kept,
    Current,
}

fn row((title, words): (&str, &str), line: &Compared, days: u32, who: Who) -> Row {
    let tone = match who {
        Who::Held => Tone::Quiet,
        Who::Kept => Tone::Plain,
        Who::Current => Tone::WhatIf,
    };
    let money = |usd: f64| Cell::num(format::signed(usd, 0)).sort(usd);
    let lost = line.max_loss_usd.map_or_else(
        || Cell::num(format::NONE).tone(Tone::Faint),
        |usd| money(usd).tone(tone),
    );
    let vega = line.vega.map_or_else(
        || Cell::num(format::NONE).tone(Tone::Faint),
        |(value, status)| {
            let ink = match status {
                BandStatus::Inside { .. } => Tone::Good,
                BandStatus::Short { .. } | BandStatus::Long { .. } => Tone::Warn,
            };
            Cell::num(format::signed(value, 2)).sort(value).tone(ink)
        },
    );
    let cost = if line.cost_usd == 0.0 {
        Cell::num(format::NONE).tone(Tone::Faint).sort(0.0)
    } else {
        money(line.cost_usd).tone(tone)
    };
    let name = Cell::text(format!("{title}  {words}")).tone(tone);
    let name = if who == Who::Current {
        name.strong()
    } else {
        name
    };
    Row::new(vec![
        name,
        Cell::num(format::fixed(line.spx, 0))
            .sort(line.spx)
            .tone(tone),
        Cell::num(format::fixed(line.vix, 1))
            .sort(line.vix)
            .tone(tone),
        Cell::num(days.to_string()).sort(f64::from(days)).tone(tone),
        money(line.pl_usd)
            .tone(Tone::of_sign(line.pl_usd.round()))
            .strong(),
        lost,
        Cell::num(format::signed(line.delta_usd, 1))
            .sort(line.delta_usd)
            .tone(tone),
        money(line.theta_per_day_usd).tone(tone),
        vega,
        Cell::num(format::fixed(line.margin_usd, 0))
            .sort(line.margin_usd)
            .tone(tone),
        cost,
    ])
    .hint(band_words(line))
}

/// Where the vega stands, in words: not by its colour alone.
fn band_words(line: &Compared) -> String {
    match line.vega {
        None => "No net vega without a condor".to_owned(),
        Some((value, status)) => {
            let place = match status {
                BandStatus::Inside { left } => {
                    format!("in the band, {} to its nearer edge", format::fixed(left, 2))
                }
                BandStatus::Short { by } => format!("{} short of the band", format::fixed(by, 2)),
                BandStatus::Long { by } => format!("{} beyond the band", format::fixed(by, 2)),
            };
            format!("Net vega {}: {place}", format::signed(value, 2))
        }
    }
}
