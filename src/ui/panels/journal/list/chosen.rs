//! The campaigns that are chosen: by clicks and keys, and the way to their review.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::super::selection::{Scope, Selection};
use crate::ui::theme::{TIGHT, Tone, tokens};
use crate::ui::widgets::{bare, secondary};
use crate::ui::{PanelContext, fonts, format};

/// The keys that review what is chosen.
fn review_keys() -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, Key::R)
}

/// Whether the keys ask for the review of what is chosen.
pub(super) fn is_called(ui: &Ui, memory: &mut Selection) -> bool {
    let is_called =
        !memory.chosen.is_empty() && ui.input_mut(|input| input.consume_shortcut(&review_keys()));
    if is_called {
        memory.scope = Scope::Chosen;
    }
    is_called
}

/// How many are chosen, what they came to together, and the way to their review, or to that of what the filter shows;
/// `true` when it is taken.
pub(super) fn chosen_line(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (memory, found): (&mut Selection, usize),
) -> bool {
    let is_filtered = !memory.filter.trim().is_empty() && found > 0;
    if memory.chosen.len() < 2 && !is_filtered {
        return false;
    }
    let mut is_asked = false;
    ui.horizontal(|ui| {
        if memory.chosen.len() < 2 {
            let review = secondary(ui, "Review filtered")
                .on_hover_text("Reviews the campaigns that the filter shows");
            if review.clicked() {
                (memory.scope, is_asked) = (Scope::Filter, true);
            }
            return;
        }
        chosen_words(ui, ctx, memory);
        let keys = ui.ctx().format_shortcut(&review_keys());
        let meaning = format!("Reviews the campaigns chosen, and no others  ({keys})");
        if secondary(ui, "Review selected")
            .on_hover_text(meaning)
            .clicked()
        {
            (memory.scope, is_asked) = (Scope::Chosen, true);
        }
        if bare(ui, "Choose none").clicked() {
            memory.chosen = Arc::default();
        }
    });
    ui.add_space(TIGHT);
    is_asked
}

fn chosen_words(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &Selection) {
    let chosen = ctx
        .journal
        .list
        .iter()
        .filter(|row| memory.chosen.contains(&row.file))
        .filter_map(|row| row.campaign.as_ref().ok());
    let usd = chosen.map(|campaign| campaign.profit().usd()).sum::<f64>();
    let t = tokens(ui);
    let words = format!("{} chosen", format::count(memory.chosen.len()));
    ui.label(fonts::caption(words).color(t.tx2));
    ui.label(fonts::num_small(format::usd_signed(usd)).color(t.text(Tone::of_sign(usd))))
        .on_hover_text("What they came to together, dollars");
}

/// A click chooses one row; with Ctrl it adds or takes away, with Shift it chooses all from the last one.
pub(super) fn choose<'a>(
    ui: &Ui,
    memory: &mut Selection,
    index: usize,
    shown: &[usize],
    file: &impl Fn(usize) -> Option<&'a str>,
) {
    let Some(own) = file(index).map(str::to_owned) else {
        return;
    };
    let modifiers = ui.input(|input| input.modifiers);
    let place = |wanted: &str| shown.iter().position(|at| file(*at) == Some(wanted));
    let from = memory.anchor.as_deref().and_then(place);
    if let (true, Some(from), Some(to)) = (modifiers.shift, from, place(&own)) {
        let span = from.min(to)..=from.max(to);
        let files = shown[span].iter().filter_map(|at| file(*at));
        memory.chosen = Arc::new(files.map(str::to_owned).collect());
        return;
    }
    if !modifiers.command {
        memory.chosen = Arc::new(BTreeSet::from([own.clone()]));
    } else if !Arc::make_mut(&mut memory.chosen).remove(&own) {
        Arc::make_mut(&mut memory.chosen).insert(own.clone());
    }
    memory.anchor = Some(own);
}
