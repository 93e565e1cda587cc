//! One proposal as a row: whether it is taken over, what it does, and where it goes.

use std::collections::BTreeSet;

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::{Columns, ask, at, inside, time, write};
use crate::document::journal::{Destination, ImportQueue, QueueEdit};
use crate::import::broker::{BrokerFill, Proposal};
use crate::instrument::{LayerKind, Role, TradeAction};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{PickerRow, picker, switch};
use crate::ui::{Actions, fonts, format};

/// What a structure can be for.
const ROLES: [Role; 5] = [
    Role::Condor,
    Role::Layer(LayerKind::First),
    Role::Layer(LayerKind::Second),
    Role::Layer(LayerKind::Third),
    Role::Other,
];

/// A row under way: the proposal, its first fill, its place and the columns.
struct Shown<'a> {
    queue: &'a ImportQueue,
    proposal: &'a Proposal,
    first: &'a BrokerFill,
    rect: Rect,
    columns: Columns,
    name: String,
    salt: String,
}

/// Shows a proposal within a row.
pub(super) fn proposal_row(
    ui: &mut Ui,
    queue: &ImportQueue,
    (place, rect): (usize, Rect),
    open: &mut BTreeSet<u64>,
    actions: &mut Actions,
) {
    let Some(proposal) = queue.review.proposals.get(place) else {
        return;
    };
    let first = proposal.fills.first();
    let Some(first) = first.and_then(|fill| queue.review.fills.get(*fill)) else {
        return;
    };
    let when = time(first.at);
    let shown = Shown {
        queue,
        proposal,
        first,
        rect,
        columns: Columns::of(rect.left(), rect.width()),
        name: format!("{} {} {when}", proposal.action, proposal.structure),
        salt: format!("proposal {}", proposal.id),
    };
    let edge = egui::Stroke::new(1.0, tokens(ui).line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, edge);
    take(ui, &shown, actions);
    fold(ui, &shown, open);
    let ink = tokens(ui).tx2;
    let small = fonts::mono(fonts::SMALL);
    write(
        ui,
        at(rect, shown.columns.time),
        (&when, false),
        (small, ink),
    );
    inside(ui, at(rect, shown.columns.action), &shown.salt, |ui| {
        action(ui, proposal, actions);
    });
    structure(ui, &shown);
    inside(ui, at(rect, shown.columns.role), &shown.salt, |ui| {
        role(ui, proposal, actions);
    });
    figures(ui, &shown);
    inside(ui, at(rect, shown.columns.campaign), &shown.salt, |ui| {
        campaign(ui, queue, proposal, actions);
    });
}

fn take(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let mut include = shown.proposal.include;
    let label = format!("Take over {}", shown.name);
    let place = at(shown.rect, shown.columns.take);
    let is_turned = inside(ui, place, &shown.salt, |ui| {
        switch(ui, &mut include, Tone::Accent, &label)
            .on_hover_text("Whether it enters the journal")
            .changed()
    });
    if is_turned {
        ask(actions, QueueEdit::Include(shown.proposal.id, include));
    }
}

fn fold(ui: &mut Ui, shown: &Shown<'_>, open: &mut BTreeSet<u64>) {
    let id = shown.proposal.id;
    let icon = if open.contains(&id) {
        Icon::Caret
    } else {
        Icon::CaretRight
    };
    let label = format!("Fills of {}", shown.name);
    let place = at(shown.rect, shown.columns.open);
    let is_turned = inside(ui, place, &shown.salt, |ui| {
        icon_button(ui, icon, &label).clicked()
    });
    if is_turned && !open.remove(&id) {
        open.insert(id);
    }
}

/// The structure's name, and the badge of what was imported before.
fn structure(ui: &Ui, shown: &Shown<'_>) {
    let t = tokens(ui);
    let proposal = shown.proposal;
    let mut room = at(shown.rect, shown.columns.structure);
    if proposal.duplicate {
        let font = fonts::inter(fonts::SMALL);
        let words = fonts::galley(ui.painter(), "known", (font, t.warn));
        let centre = pos2(room.right() - words.size().x / 2.0 - 6.0, room.center().y);
        let badge = Rect::from_center_size(centre, words.size() + vec2(8.0, 2.0));
        let edge = egui::Stroke::new(1.0, t.warn);
        ui.painter()
            .rect_stroke(badge, 4.0, edge, egui::StrokeKind::Inside);
        ui.painter()
            .galley(badge.center() - words.size() / 2.0, words, t.warn);
        room.set_right(badge.left() - 4.0);
    }
    let ink = if proposal.include { t.tx } else { t.tx3 };
    let font = fonts::inter(fonts::BODY);
    write(ui, room, (&proposal.structure, false), (font, ink));
    let before = if proposal.duplicate {
        "\nImported before"
    } else {
        ""
    };
    let (count, line) = (proposal.fills.len(), shown.first.line);
    let year = shown.first.at.year();
    let hint = format!(
        "{} {year}\n{count} fills, from line {line}{before}",
        shown.name
    );
    let id = ui.scope_id().with((&shown.salt, "name"));
    let over = ui.interact(room, id, Sense::hover());
    over.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &shown.name));
    over.on_hover_text(hint);
}

/// Fills, cash and what is realised.
fn figures(ui: &Ui, shown: &Shown<'_>) {
    let t = tokens(ui);
    let (review, proposal) = (&shown.queue.review, shown.proposal);
    let mono = fonts::mono(fonts::BODY);
    let tone = |value: f64| {
        if proposal.include {
            t.text(Tone::of_sign(value))
        } else {
            t.tx3
        }
    };
    let put = |span: (f32, f32), words: &str, ink| {
        write(ui, at(shown.rect, span), (words, true), (mono.clone(), ink));
    };
    let cash = review.premium_usd(proposal.id) - review.fees_usd(proposal.id);
    put(shown.columns.cash, &format::usd_signed(cash), tone(cash));
    if let Some(span) = shown.columns.fills {
        put(span, &proposal.fills.len().to_string(), t.tx2);
    }
    if let Some(span) = shown.columns.realised {
        let known = review.realised_usd(proposal.id);
        let words = known.map_or_else(|| "–".to_owned(), format::usd_signed);
        put(span, &words, known.map_or(t.tx3, tone));
    }
}

fn action(ui: &mut Ui, proposal: &Proposal, actions: &mut Actions) {
    let rows = TradeAction::ALL.map(|action| PickerRow::new(action.label()));
    let now = TradeAction::ALL
        .iter()
        .position(|known| *known == proposal.action);
    let label = format!("Action of {}", proposal.structure);
    let picked = picker(ui, &label, now, &rows, ui.available_width());
    if let Some(picked) = picked.and_then(|index| TradeAction::ALL.get(index)) {
        ask(actions, QueueEdit::Action(proposal.id, *picked));
    }
}

fn role(ui: &mut Ui, proposal: &Proposal, actions: &mut Actions) {
    let rows = ROLES.map(|role| PickerRow::new(role.label()));
    let now = ROLES.iter().position(|known| *known == proposal.role);
    let label = format!("Purpose of {}", proposal.structure);
    let picked = picker(ui, &label, now, &rows, ui.available_width());
    if let Some(picked) = picked.and_then(|index| ROLES.get(index)) {
        ask(actions, QueueEdit::Role(proposal.id, *picked));
    }
}

fn campaign(ui: &mut Ui, queue: &ImportQueue, proposal: &Proposal, actions: &mut Actions) {
    let known = queue.review.campaigns.iter().enumerate();
    let mut rows: Vec<PickerRow> = known
        .map(|(place, known)| match queue.destination(place) {
            Destination::Here => PickerRow::new("This campaign"),
            Destination::File(other) => PickerRow::new(format!("File: {}", other.name)),
            Destination::New => PickerRow::new(format!("New: {}", known.name)),
        })
        .collect();
    rows.push(PickerRow::new("Another new one"));
    let label = format!("Campaign of {}", proposal.structure);
    let width = ui.available_width();
    if let Some(place) = picker(ui, &label, Some(proposal.campaign), &rows, width) {
        ask(actions, QueueEdit::Campaign(proposal.id, place));
    }
}
