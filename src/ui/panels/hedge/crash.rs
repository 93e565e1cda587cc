//! What instant crashes and the named presets would do to condors, layers and net; and both tails.

mod compared;

use egui::Ui;

use crate::risk::figures::{LayerFacts, ScenarioRow};
use crate::ui::export::is_picture;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{ROW_DENSE, Tone, tokens};
use crate::ui::widgets::{
    Cell, Column, DataTable, NowThen, Row, Tail, both_tails, copy_button, hint, section, segmented,
};
use crate::ui::{PanelContext, fonts, format};
use crate::valuation::TailFacts;

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    #[default]
    Crash,
    Presets,
}

/// Shows the crash table or the presets, with a switch between them and a copy button.
pub(super) fn scenarios(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let id = ui.make_persistent_id("scenario view");
    let mut view: View = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let layers = &ctx.valuation.layers;
    let (columns, rows) = match (view, ctx.compared()) {
        (View::Crash, None) => (crash_columns(), crash_rows(&ctx.valuation.crash, layers)),
        (View::Presets, None) => (preset_columns(), preset_rows(&ctx.valuation.presets)),
        (View::Crash, Some(now)) => compared::table(&now.crash, &ctx.valuation.crash),
        (View::Presets, Some(now)) => compared::table(&now.presets, &ctx.valuation.presets),
    };
    ui.horizontal(|ui| {
        let title = match view {
            View::Crash => "Crash table",
            View::Presets => "Presets",
        };
        ui.label(fonts::title(title).color(tokens(ui).tx2));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            if is_picture(ui.ctx()) {
                return;
            }
            ui.spacing_mut().item_spacing.x = 4.0;
            copy_button(ui, "scenario table", &columns, &rows);
            let choices = [(View::Crash, "Crash"), (View::Presets, "Presets")];
            segmented(ui, "Scenarios", &mut view, &choices);
        });
    });
    ui.data_mut(|data| data.insert_temp(id, view));
    DataTable::new("Scenarios", &columns, &rows)
        .row_height(ROW_DENSE)
        .gutter(6.0)
        .show(ui);
    let shown = match view {
        View::Crash => &ctx.valuation.crash,
        View::Presets => &ctx.valuation.presets,
    };
    note(ui, ctx, view, shown);
}

fn note(ui: &mut Ui, ctx: &PanelContext<'_>, view: View, rows: &[ScenarioRow]) {
    let unit = match view {
        View::Crash => "At once, $ thousands",
        View::Presets => "At each horizon, $ thousands",
    };
    let unit = ctx.compared().map_or_else(
        || unit.to_owned(),
        |now| {
            format!(
                "{unit} of the net, from SPX {} now and {} in the what-if; condors and layers on hover",
                format::fixed(now.market.spx, 0),
                format::fixed(ctx.valuation.market.spx, 0),
            )
        },
    );
    let extrapolated = rows.iter().any(|row| row.is_extrapolated);
    let at_limit = rows.iter().any(|row| row.at_limit);
    let more = match (extrapolated, at_limit) {
        (true, true) => "; ext: beyond data, VIX at limit",
        (true, false) => "; ext: beyond data",
        (false, true) => "; VIX at limit",
        (false, false) => "",
    };
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_space(1.0);
        icons::show(ui, Icon::Info, t.tx3);
        let words = fonts::caption(format!("{unit}{more}")).color(t.tx3);
        ui.add(egui::Label::new(words).wrap());
    });
}

fn crash_columns() -> Vec<Column> {
    let number = |title: &str, hint: &str| Column::num(title).hint(hint);
    vec![
        Column::text("SPX")
            .compact()
            .hint("Simple move of SPX at once"),
        number("VIX", "VIX after the move, by the model"),
        number("Condor", "Profit or loss of the SPX legs"),
        number("1st", "Profit or loss of the First layer"),
        number("2nd", "Profit or loss of the Second layer"),
        number("3rd", "Profit or loss of the Third layer"),
        number("Net", "Profit or loss of the whole book"),
    ]
}

fn crash_rows(rows: &[ScenarioRow], layers: &[LayerFacts; 3]) -> Vec<Row> {
    rows.iter()
        .map(|row| {
            let tone = Tones::of(row);
            let unit = if row.is_extrapolated { "% ext" } else { "%" };
            let mut cells = vec![
                Cell::num(format::signed(row.spx_pct, 0))
                    .unit(unit)
                    .tone(tone.quiet),
                Cell::num(format::fixed(row.vix, 1)).tone(tone.quiet),
                Cell::num(format::usd_thousands(row.condors_usd)).tone(tone.condor),
            ];
            for (layer, usd) in layers.iter().zip(row.layers_usd) {
                let text = if layer.contracts == 0 && usd == 0.0 {
                    format::NONE.to_owned()
                } else {
                    format::usd_thousands(usd)
                };
                cells.push(Cell::num(text).tone(tone.quiet));
            }
            cells.push(
                Cell::num(format::usd_thousands(row.net_usd))
                    .tone(tone.net)
                    .strong(),
            );
            Row::new(cells).hint(row_words(row))
        })
        .collect()
}

fn preset_columns() -> Vec<Column> {
    let number = |title: &str, hint: &str| Column::num(title).hint(hint);
    vec![
        Column::text("Preset").compact(),
        number("SPX", "Simple move of SPX"),
        number("d", "Horizon in trading days"),
        number("VIX", "VIX at the horizon"),
        number("Condor", "Profit or loss of the SPX legs"),
        number("Hedge", "Profit or loss of every VIX leg"),
        number("Net", "Profit or loss of the whole book"),
    ]
}

fn preset_rows(rows: &[ScenarioRow]) -> Vec<Row> {
    rows.iter()
        .map(|row| {
            let tone = Tones::of(row);
            let unit = if row.is_extrapolated { "ext" } else { "" };
            Row::new(vec![
                Cell::text(row.name).tone(tone.quiet),
                Cell::num(format::signed(row.spx_pct, 0))
                    .unit(unit)
                    .tone(tone.quiet),
                Cell::num(row.trading_days.to_string()).tone(tone.quiet),
                Cell::num(format::fixed(row.vix, 1)).tone(tone.quiet),
                Cell::num(format::usd_thousands(row.condors_usd)).tone(tone.condor),
                Cell::num(format::usd_thousands(row.hedge_usd())).tone(tone.quiet),
                Cell::num(format::usd_thousands(row.net_usd))
                    .tone(tone.net)
                    .strong(),
            ])
            .hint(row_words(row))
        })
        .collect()
}

/// Tones of a row; all faint beyond the data.
struct Tones {
    quiet: Tone,
    condor: Tone,
    net: Tone,
}

impl Tones {
    fn of(row: &ScenarioRow) -> Self {
        if row.is_extrapolated {
            return Self {
                quiet: Tone::Faint,
                condor: Tone::Faint,
                net: Tone::Faint,
            };
        }
        Self {
            quiet: Tone::Quiet,
            condor: Tone::of_sign(row.condors_usd),
            net: Tone::of_sign(row.net_usd),
        }
    }
}

/// The row in full, with the VIX futures that it assumes.
fn row_words(row: &ScenarioRow) -> String {
    let curve: Vec<String> = row
        .curve
        .iter()
        .take(4)
        .map(|price| format::points(*price))
        .collect();
    let limit = if row.at_limit {
        ", stopped at its limit"
    } else {
        ""
    };
    let beyond = if row.is_extrapolated {
        "\nExtrapolated: beyond the sample of the model"
    } else {
        ""
    };
    format!(
        "SPX {} %: VIX {}{limit}, futures {}\nSPX legs {}, VIX legs {}, net {}{beyond}",
        format::signed(row.spx_pct, 1),
        format::points(row.vix),
        curve.join(" · "),
        format::usd_signed(row.condors_usd),
        format::usd_signed(row.hedge_usd()),
        format::usd_signed(row.net_usd),
    )
}

/// Shows the worst fall and the worst rise of the crash table with what the hedge gives back.
pub(super) fn tails(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let names = ["Down", "Up"];
    let drawn: Vec<Tail> = names
        .into_iter()
        .zip(ctx.valuation.tails())
        .enumerate()
        .filter_map(|(index, (name, facts))| {
            let now = ctx.compared().and_then(|now| now.tails()[index]);
            facts.map(|facts| tail(name, (now, facts)))
        })
        .collect();
    let note = if drawn.iter().any(|tail| tail.net.is_moved()) {
        "worst row, now → what-if"
    } else {
        "worst row, hedge offset"
    };
    section(ui, "Both tails", note);
    let words = "Red: what is lost net. Sand: what the hedge gives back of the condors' loss. A hedge of \
         VIX calls gives nothing back when SPX rises.";
    hint(both_tails(ui, &drawn), "Both tails", words);
}

/// A tail as shown, and as the book is held while a what-if is on.
fn tail(name: &str, (now, facts): (Option<TailFacts>, TailFacts)) -> Tail {
    let offset = facts.offset_pct.map_or_else(
        || "none".to_owned(),
        |pct| format!("{} %", format::fixed(pct, 0)),
    );
    Tail {
        label: name.to_owned(),
        loss_usd: (-facts.condors_usd).max(0.0),
        offset_usd: facts.hedge_usd,
        offset,
        net: NowThen::of(
            now.map(|now| now.net_usd),
            facts.net_usd,
            format::usd_k,
            format::usd_signed,
        ),
        now_lost_usd: now.map(|now| (-now.net_usd).max(0.0)),
    }
}
