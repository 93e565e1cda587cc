//! The verdict as a chip in the strip at the top of the desk.

use egui::Ui;

use crate::decision::Verdict;
use crate::policy::RuleKind;
use crate::risk::figures::BandStatus;
use crate::rule::Stance;
use crate::ui::panels::PanelKind;
use crate::ui::recorded_words::judged_now;
use crate::ui::widgets::stance_badge;
use crate::ui::{Action, Actions, PanelContext, format};

/// Room in the strip at the top that the chip must leave to the marks, in points.
const STRIP_ROOM: f32 = 560.0;

/// The verdict in the strip at the top of the desk; a click brings this panel to the front. Returns whether
/// there was one, and room for it.
pub fn strip_chip(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) -> bool {
    if ui.available_width() < STRIP_ROOM {
        return false;
    }
    if let Some((_, record)) = ctx.journal.recorded() {
        let said = &record.verdict;
        let stance = Stance::of_label(&said.stance).unwrap_or(Stance::NoAdvice);
        let reason = said.because.first().map_or("", |rule| rule.title());
        let words = format!("As recorded: {}\nOpen the rules", said.sentence);
        let chip = stance_badge(ui, None, stance, (reason, "")).on_hover_text(words);
        if chip.clicked() {
            actions.push(Action::Focus(PanelKind::Rules));
        }
        return true;
    }
    let Some(verdict) = ctx.advice.verdict else {
        return false;
    };
    let stance = ctx.advice.stance().unwrap_or(verdict.stance);
    let before = ctx.advice.before.map(|before| before.stance);
    let (reason, figure) = why(ctx, verdict);
    let judged = judged_now(ctx).map_or_else(String::new, |words| format!("{words}\n"));
    let chip = stance_badge(ui, before, stance, (reason, &figure))
        .on_hover_text(format!("{judged}{}\nOpen the rules", verdict.sentence));
    if chip.clicked() {
        actions.push(Action::Focus(PanelKind::Rules));
    }
    true
}

/// The first reason in a few words: for the band of net vega by how much it is left, else the rule's title.
fn why(ctx: &PanelContext<'_>, verdict: &Verdict) -> (&'static str, String) {
    let Some(rule) = verdict.because.first() else {
        return ("", String::new());
    };
    let band = (ctx.valuation.judged_vega()).filter(|_net| *rule == RuleKind::NetVegaBand);
    let (reason, by) = match band.map(|(_, status)| status) {
        Some(BandStatus::Short { by }) => ("short vega by", by),
        Some(BandStatus::Long { by }) => ("long vega by", by),
        Some(BandStatus::Inside { .. }) | None => return (rule.title(), String::new()),
    };
    (reason, format::fixed(by, 2))
}
