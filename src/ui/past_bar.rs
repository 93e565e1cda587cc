//! The bar of a past moment: which one the desk shows, the way to others, and back to now.

use egui::{Align, Key, Layout, Ui, UiBuilder, vec2};

use super::action::{Action, Actions};
use super::context::PanelContext;
use super::icons::{self, Icon, icon_button_hinted};
use super::journal_view::{JournalEdit, PastView};
use super::theme::{PAD, tokens};
use super::widgets::{ButtonKind, Slider, button};
use super::{fonts, format};
use crate::calendar::new_york;

/// Height of the bar.
pub const HEIGHT: f32 = 40.0;

/// Shows the bar while the desk shows a past moment; nothing otherwise. Esc goes back to now.
pub fn past_bar_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let Some(past) = ctx.journal.past else { return };
    let t = tokens(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, t.panel);
    ui.painter()
        .hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, t.accent));
    let inner = rect.shrink2(vec2(PAD, 0.0));
    let in_layout = |layout| UiBuilder::new().max_rect(inner).layout(layout);
    let mut right = ui.new_child(in_layout(Layout::right_to_left(Align::Center)));
    let back = button(&mut right, ButtonKind::Primary, None, "Back to now")
        .on_hover_text("Shows the book and the marks of now again (Esc)");
    let is_escaped =
        !ui.ctx().text_edit_focused() && ui.input(|input| input.key_pressed(Key::Escape));
    if back.clicked() || is_escaped {
        actions.push(Action::Journal(JournalEdit::Past(None)));
    }
    let mut left = ui.new_child(in_layout(Layout::left_to_right(Align::Center)));
    left.set_max_width((right.min_rect().left() - PAD - inner.left()).max(0.0));
    icons::show(&mut left, Icon::Eye, t.accent);
    left.label(fonts::title("The desk as it was").color(t.accent));
    left.label(fonts::num(when(past)).color(t.tx));
    steps(&mut left, past, actions);
    let words = fonts::caption("Nothing can be changed here").color(t.tx3);
    left.add(egui::Label::new(words).truncate());
}

/// `Thu 15 Oct 26 15:00`.
fn when(past: PastView<'_>) -> String {
    let local = new_york().to_datetime(past.at);
    format!("{} {}", format::date(local.date()), local.strftime("%H:%M"))
}

/// The moment before, a slider over all of them, the one after.
fn steps(ui: &mut Ui, past: PastView<'_>, actions: &mut Actions) {
    let last = past.instants.len().saturating_sub(1);
    let place = past.instants.partition_point(|at| *at < past.at).min(last);
    let mut go = |to: Option<usize>| {
        if let Some(at) = to.and_then(|to| past.instants.get(to)) {
            actions.push(Action::Journal(JournalEdit::Past(Some(*at))));
        }
    };
    let before = icon_button_hinted(
        ui,
        Icon::CaretLeft,
        "Moment before",
        "The moment kept before this one",
    );
    if before.clicked() {
        go(place.checked_sub(1));
    }
    ui.scope(|ui| {
        ui.set_max_width(220.0);
        let slid = Slider::new(place as f64, last as f64, 0.0..=last as f64, "Past moment")
            .steps([1.0, 5.0, 1.0])
            .show(ui);
        if let Some(to) = slid.changed {
            go(Some(to.round() as usize));
        }
    });
    let after = icon_button_hinted(
        ui,
        Icon::CaretRight,
        "Moment after",
        "The moment kept after this one",
    );
    if after.clicked() {
        go(Some(place + 1));
    }
}
