//! The bar of a what-if: what is assumed, what the drafts would trade, and the way out of it.

use egui::{Align, Context, Id, Layout, Ui, UiBuilder, vec2};

use super::action::{Action, Actions};
use super::context::PanelContext;
use super::icons::{self, Icon};
use super::theme::{PAD, tokens};
use super::what_if::{Draft, DraftTotals, WhatIfEdit, WhatIfView};
use super::widgets::{ButtonKind, button};
use super::{fonts, format};

/// Height of the bar.
pub const HEIGHT: f32 = 40.0;

/// Whether the bar has its place: while a what-if is on (`is_on`), but not before the drag that began it has
/// ended, so that nothing moves under the hand.
pub fn is_bar_due(ctx: &Context, is_on: bool) -> bool {
    let id = Id::unique("palisade_apply_bar_is_due");
    let was_due = ctx.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let is_due = is_on && (was_due || ctx.dragged_id().is_none());
    if is_due != was_due {
        ctx.data_mut(|data| data.insert_temp(id, is_due));
        ctx.request_repaint();
    }
    is_due
}

/// Shows the bar while a what-if is on; nothing otherwise.
pub fn apply_bar_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let Some(view) = ctx.what_if else { return };
    let t = tokens(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, t.wi_bg);
    ui.painter()
        .hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, t.wi));
    let inner = rect.shrink2(vec2(PAD, 0.0));
    let in_layout = |layout| UiBuilder::new().max_rect(inner).layout(layout);
    let mut right = ui.new_child(in_layout(Layout::right_to_left(Align::Center)));
    exits(&mut right, &view, actions);
    let mut left = ui.new_child(in_layout(Layout::left_to_right(Align::Center)));
    left.set_max_width((right.min_rect().left() - PAD - inner.left()).max(0.0));
    icons::show(&mut left, Icon::Flask, t.wi);
    left.label(fonts::title("What-if").color(t.wi));
    let assumed = fonts::num(assumed(ctx, &view)).color(t.wi);
    left.add(egui::Label::new(assumed).truncate());
    let drafted = fonts::body(drafted(view.drafts)).color(t.tx2);
    left.add(egui::Label::new(drafted).truncate());
}

fn exits(ui: &mut Ui, view: &WhatIfView<'_>, actions: &mut Actions) {
    let on = view.drafts.iter().filter(|draft| draft.is_on).count();
    let words = format!("Apply {on} draft trade{}", if on == 1 { "" } else { "s" });
    ui.add_enabled_ui(on > 0, |ui| {
        let apply = button(ui, ButtonKind::WhatIf, None, &words);
        let hint = "Put the drafts into the book as one undo step; the scenario is never applied";
        if apply.on_hover_text(hint).clicked() {
            actions.push(Action::WhatIf(WhatIfEdit::Apply));
        }
    });
    let discard = button(ui, ButtonKind::Secondary, None, "Discard");
    if discard
        .on_hover_text("End the what-if; nothing real has changed")
        .clicked()
    {
        actions.push(Action::WhatIf(WhatIfEdit::Discard));
    }
}

/// `SPX 6,720 → 6,350 · VIX 17.0 → 27.0 · T+7`.
fn assumed(ctx: &PanelContext<'_>, view: &WhatIfView<'_>) -> String {
    let (now, then) = (&view.now.market, &ctx.valuation.market);
    format!(
        "SPX {} → {}  ·  VIX {} → {}  ·  T+{}",
        format::fixed(now.spx, 0),
        format::fixed(then.spx, 0),
        format::fixed(now.vix, 1),
        format::fixed(then.vix, 1),
        view.scenario.days
    )
}

fn drafted(drafts: &[Draft]) -> String {
    if drafts.is_empty() {
        return "Edits of the book become drafts; marks stay as they are".to_owned();
    }
    let totals = DraftTotals::of(drafts);
    let off = drafts.len() - totals.on;
    let trades = if totals.on == 1 { "trade" } else { "trades" };
    let others = match off {
        0 => String::new(),
        count => format!(", {count} off"),
    };
    format!(
        "{} draft {trades}{others}: {} at model prices, fees {}",
        totals.on,
        format::usd_signed(totals.cash_usd),
        format::usd_cents(totals.fees_usd),
    )
}
