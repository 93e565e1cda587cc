//! What stands here without history: what to import, where to get it, and how to begin.

use egui::Ui;

use crate::ui::panels::PanelKind;
use crate::ui::theme::tokens;
use crate::ui::widgets::{Metric, bare, metric_row, panel_body, primary, secondary};
use crate::ui::{Action, Actions, LibraryEdit, PanelContext, fonts};

/// Series, what they are for, and where their files come from.
const FILES: [(&str, &str, &str); 6] = [
    (
        "VX futures",
        "regime, term structure, layers",
        "Cboe: VX_YYYY-MM-DD.csv, one file a contract",
    ),
    ("VIX", "regime, median curve", "Cboe: VIX_History.csv"),
    (
        "SPX",
        "RSI, highs, divergence",
        "FRED: SP500.csv, or Yahoo: ^GSPC",
    ),
    (
        "NYSE advances, declines",
        "A/D line",
        "a table with date, advances, declines",
    ),
    (
        "CPI, GDP, yields",
        "inflation, growth, curve",
        "FRED: CPIAUCSL, GDPC1, DGS2, DGS10, T10Y2Y",
    ),
    (
        "P/E, CAPE, earnings",
        "valuation",
        "Shiller's monthly table",
    ),
];

/// Shows the empty panel.
pub(super) fn empty_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.add_space((0.12 * ui.available_height()).clamp(12.0, 96.0).round());
    panel_body(ui, |ui| {
        let width = ui.available_width().min(640.0);
        let indent = (0.5 * (ui.available_width() - width)).max(0.0);
        ui.horizontal(|ui| {
            ui.add_space(indent);
            ui.vertical(|ui| {
                ui.set_width(width);
                contents(ui, ctx, actions);
            });
        });
    });
}

fn contents(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let t = tokens(ui);
    let is_loading = ctx.history.loading.is_some();
    let title = if is_loading {
        "Reading market history"
    } else {
        "No market history yet"
    };
    ui.label(fonts::title(title));
    let words = "Regime, term structure, breadth and the facts of the rules are read from files that you download. \
                 Put them into one folder; folders in it are read too. Nothing leaves this computer.";
    ui.label(fonts::body(words).color(t.tx2));
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        if primary(ui, "Choose folder…")
            .on_hover_text("Read market history from a folder of yours, now and at every start")
            .clicked()
        {
            actions.push(Action::Library(LibraryEdit::ChooseFolder));
        }
        if secondary(ui, "Import file…")
            .on_hover_text("Copy one file into the folder of market history")
            .clicked()
        {
            actions.push(Action::Library(LibraryEdit::ImportFile));
        }
        if bare(ui, "Type today's marks")
            .on_hover_text("Enter single values by hand in Market data")
            .clicked()
        {
            actions.push(Action::Focus(PanelKind::Market));
        }
    });
    ui.label(fonts::caption("Or drop a folder or files on the window").color(t.tx3));
    if let Some(trouble) = ctx.history.trouble {
        ui.label(fonts::caption(trouble).color(t.dn));
    }
    ui.add_space(12.0);
    for (name, purpose, source) in FILES {
        metric_row(ui, &Metric::new(format!("{name}: {purpose}"), source));
    }
}
