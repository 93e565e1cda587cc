//! The imported option chain in a few words, and the two ways to import one.

use std::path::PathBuf;

use egui::Ui;

use crate::calendar::new_york;
use crate::document::Command;
use crate::market::Chain;
use crate::ui::theme::tokens;
use crate::ui::widgets::{CommitField, Metric, bare, metric_row, secondary, section};
use crate::ui::{Action, Actions, PanelContext, UiCommand, fonts, format};

/// Shows the chain that the campaign holds, and how to import one.
pub(super) fn chain_box(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    section(ui, "Option chain", "");
    if let Some(chain) = &ctx.campaign.marks.chain {
        summary(ui, chain);
    } else {
        let words = "None imported: vols come from your marks and the prior.";
        ui.label(fonts::caption(words).color(tokens(ui).tx3));
        ui.add_space(4.0);
    }
    ui.horizontal(|ui| {
        if secondary(ui, UiCommand::ImportChain.label())
            .on_hover_text(UiCommand::ImportChain.hint(ui.ctx()))
            .clicked()
        {
            actions.push(Action::Run(UiCommand::ImportChain));
        }
        if ctx.campaign.marks.chain.is_some()
            && bare(ui, "Clear chain")
                .on_hover_text("Drops the chain; other marks stay")
                .clicked()
        {
            actions.edit(Command::ClearChain);
        }
    });
    ui.add_space(4.0);
    let width = ui.available_width();
    let path = CommitField::new("Open a file by path", "")
        .hint("Open a file by path…")
        .tooltip("Path of a campaign or of a Cboe quotes file, where no file dialog answers")
        .width(width)
        .show(ui, read_path);
    if let Some(path) = path {
        actions.push(Action::OpenPath(path));
    }
}

fn read_path(text: &str) -> Result<PathBuf, String> {
    let text = text.trim().trim_matches('"');
    if text.is_empty() {
        return Err("type the path of a file".to_owned());
    }
    Ok(PathBuf::from(text))
}

fn summary(ui: &mut Ui, chain: &Chain) {
    let as_of = chain.as_of.to_zoned(new_york());
    let quotes: usize = chain.expiries.iter().map(|entry| entry.quotes.len()).sum();
    let rejected: usize = chain.expiries.iter().map(|entry| entry.rejected).sum();
    let counts = format!(
        "{} of {} expiries, {} without a vol",
        format::count(quotes),
        format::count(chain.expiries.len()),
        format::count(rejected)
    );
    for (label, value) in [
        ("Source", chain.source_name.clone()),
        ("As of", as_of.strftime("%-d %b %y %H:%M ET").to_string()),
        ("SPX then", format::points(chain.spot)),
        ("Quotes", counts),
    ] {
        metric_row(ui, &Metric::new(label, value));
    }
    ui.add_space(4.0);
}
