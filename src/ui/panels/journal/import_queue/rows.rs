//! The proposals of a broker's file as rows that open to their fills.

use std::collections::BTreeSet;

use egui::{Align, Align2, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};
use jiff::civil::DateTime;

use super::ask;
use crate::document::journal::{ImportQueue, QueueEdit};
use crate::import::broker::{Effect, Proposal};
use crate::instrument::{LayerKind, Role, TradeAction};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{GAP, PAD, Tone, tokens};
use crate::ui::widgets::{CommitField, PickerRow, bare, elided, picker, switch};
use crate::ui::{Actions, fonts, format};

/// Height of a row, in points.
const HEIGHT: f32 = 28.0;
/// Width from which the rows say their fills and what they realise, in points.
const WIDE: f32 = 880.0;
/// Gap between two columns, in points.
const GUTTER: f32 = 8.0;

/// What a structure can be for.
const ROLES: [Role; 5] = [
    Role::Condor,
    Role::Layer(LayerKind::First),
    Role::Layer(LayerKind::Second),
    Role::Layer(LayerKind::Third),
    Role::Other,
];

/// A row on the screen.
#[derive(Clone, Copy)]
enum Line {
    /// A proposal, by its place.
    Proposal(usize),
    /// The name and the buttons of the proposal of that place.
    Tools(usize),
    /// A fill of the proposal of that place.
    Fill(usize, usize),
}

/// Left ends and widths of the columns.
struct Columns {
    take: (f32, f32),
    open: (f32, f32),
    time: (f32, f32),
    action: (f32, f32),
    structure: (f32, f32),
    role: (f32, f32),
    fills: Option<(f32, f32)>,
    cash: (f32, f32),
    realised: Option<(f32, f32)>,
    campaign: (f32, f32),
}

impl Columns {
    fn of(left: f32, width: f32) -> Self {
        let is_wide = width >= WIDE;
        let campaign = if is_wide { 160.0 } else { 112.0 };
        let mut right = left + width;
        let mut from_right = |width: f32| {
            right -= width + GUTTER;
            (right + GUTTER, width)
        };
        let campaign = from_right(campaign);
        let realised = is_wide.then(|| from_right(76.0));
        let cash = from_right(76.0);
        let fills = is_wide.then(|| from_right(32.0));
        let role = from_right(104.0);
        let mut x = left;
        let mut from_left = |width: f32| {
            x += width + GUTTER;
            (x - width - GUTTER, width)
        };
        let take = from_left(28.0);
        let open = from_left(24.0);
        let time = from_left(80.0);
        let action = from_left(92.0);
        let structure = (x, (right - x).max(40.0));
        Self {
            take,
            open,
            time,
            action,
            structure,
            role,
            fills,
            cash,
            realised,
            campaign,
        }
    }
}

/// Shows the proposals over the rest of the panel.
pub(super) fn rows(ui: &mut Ui, queue: &ImportQueue, actions: &mut Actions) {
    let id = ui.make_persistent_id("import open");
    let mut open: BTreeSet<u64> = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let width = ui.available_width() - 2.0 * PAD;
    heads(ui, queue, width, actions);
    let mut lines = Vec::new();
    for (place, proposal) in queue.review.proposals.iter().enumerate() {
        lines.push(Line::Proposal(place));
        if open.contains(&proposal.id) {
            lines.push(Line::Tools(place));
            let fills = proposal.fills.iter();
            lines.extend(fills.map(|fill| Line::Fill(place, *fill)));
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("import rows")
        .auto_shrink(false)
        .show_rows(ui, HEIGHT, lines.len(), |ui, shown| {
            for line in lines.get(shown).unwrap_or_default() {
                let size = vec2(ui.available_width(), HEIGHT);
                let (rect, _space) = ui.allocate_exact_size(size, Sense::hover());
                let rect = Rect::from_min_size(
                    pos2(rect.left() + PAD, rect.top()),
                    vec2(width, HEIGHT),
                );
                match *line {
                    Line::Proposal(place) => {
                        proposal_row(ui, queue, (place, rect), &mut open, actions);
                    }
                    Line::Tools(place) => tools_row(ui, queue, (place, rect), actions),
                    Line::Fill(place, fill) => fill_row(ui, queue, (place, fill), rect, actions),
                }
            }
        });
    ui.data_mut(|data| data.insert_temp(id, open));
}

fn heads(ui: &mut Ui, queue: &ImportQueue, width: f32, actions: &mut Actions) {
    let (rect, _space) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let columns = Columns::of(rect.left() + PAD, width);
    let proposals = queue.review.proposals.iter();
    let mut is_all = proposals.clone().any(|known| known.include)
        && proposals.clone().all(|known| known.include || known.duplicate);
    let place = at(rect, columns.take);
    let changed = inside(ui, place, "all", |ui| {
        switch(ui, &mut is_all, Tone::Accent, "Take over all")
            .on_hover_text("Switches everything that is new on or off")
            .changed()
    });
    if changed {
        ask(actions, QueueEdit::IncludeAll(is_all));
    }
    let heads = [
        (Some(columns.time), "Time", false),
        (Some(columns.action), "Action", false),
        (Some(columns.structure), "Structure", false),
        (Some(columns.role), "For", false),
        (columns.fills, "Fills", true),
        (Some(columns.cash), "Cash, $", true),
        (columns.realised, "Realised, $", true),
        (Some(columns.campaign), "Campaign", false),
    ];
    let ink = tokens(ui).tx3;
    for (span, words, is_right) in heads {
        let Some(span) = span else { continue };
        write(ui, at(rect, span), (words, is_right), (fonts::inter(fonts::SMALL), ink));
    }
}

/// The rectangle of a column within a row.
fn at(row: Rect, (left, width): (f32, f32)) -> Rect {
    Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height()))
}

/// Shows something within a rectangle of the row.
fn inside<R>(ui: &mut Ui, rect: Rect, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .id_salt((name, rect.left() as i32))
        .layout(Layout::left_to_right(Align::Center));
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing.x = 4.0;
    add(&mut child)
}

fn write(
    ui: &Ui,
    rect: Rect,
    (words, is_right): (&str, bool),
    (font, ink): (egui::FontId, egui::Color32),
) {
    if is_right {
        ui.painter()
            .text(rect.right_center(), Align2::RIGHT_CENTER, words, font, ink);
    } else {
        elided(ui.painter(), rect, words, font, ink);
    }
}

/// `24 Jun 10:15`; the year stands in the tooltip.
fn time(at: DateTime) -> String {
    at.strftime("%-d %b %H:%M").to_string()
}

fn proposal_row(
    ui: &mut Ui,
    queue: &ImportQueue,
    (place, rect): (usize, Rect),
    open: &mut BTreeSet<u64>,
    actions: &mut Actions,
) {
    let Some(proposal) = queue.review.proposals.get(place) else {
        return;
    };
    let t = tokens(ui);
    let Some(first) = proposal.fills.first().and_then(|fill| queue.review.fills.get(*fill)) else {
        return;
    };
    let columns = Columns::of(rect.left(), rect.width());
    let id = proposal.id;
    let line = rect.bottom() - 0.5;
    let stroke = egui::Stroke::new(1.0, t.line);
    ui.painter().hline(rect.x_range(), line, stroke);
    let name = format!("{} {} {}", proposal.action, proposal.structure, time(first.at));
    let mut include = proposal.include;
    let salt = format!("proposal {id}");
    let taken = inside(ui, at(rect, columns.take), &salt, |ui| {
        switch(ui, &mut include, Tone::Accent, &format!("Take over {name}"))
            .on_hover_text("Whether it enters the journal")
            .changed()
    });
    if taken {
        ask(actions, QueueEdit::Include(id, include));
    }
    let is_open = open.contains(&id);
    let icon = if is_open { Icon::Caret } else { Icon::CaretRight };
    let turned = inside(ui, at(rect, columns.open), &salt, |ui| {
        icon_button(ui, icon, &format!("Fills of {name}")).clicked()
    });
    if turned && !open.remove(&id) {
        open.insert(id);
    }
    let ink = if proposal.include { t.tx } else { t.tx3 };
    let body = fonts::inter(fonts::BODY);
    let mono = fonts::mono(fonts::BODY);
    let small = fonts::mono(fonts::SMALL);
    write(ui, at(rect, columns.time), (&time(first.at), false), (small, t.tx2));
    inside(ui, at(rect, columns.action), &salt, |ui| action(ui, proposal, actions));
    let mut room = at(rect, columns.structure);
    if proposal.duplicate {
        let font = fonts::inter(fonts::SMALL);
        let words = fonts::galley(ui.painter(), "known", (font, t.warn));
        let badge = Rect::from_center_size(
            pos2(room.right() - words.size().x / 2.0 - 6.0, room.center().y),
            words.size() + vec2(8.0, 2.0),
        );
        let edge = egui::Stroke::new(1.0, t.warn);
        ui.painter()
            .rect_stroke(badge, 4.0, edge, egui::StrokeKind::Inside);
        ui.painter()
            .galley(badge.center() - words.size() / 2.0, words, t.warn);
        room.set_right(badge.left() - 4.0);
    }
    write(ui, room, (&proposal.structure, false), (body, ink));
    let hint = format!(
        "{name} {}\n{} fills, from line {}{}",
        first.at.year(),
        proposal.fills.len(),
        first.line,
        if proposal.duplicate { "\nImported before" } else { "" },
    );
    let over = ui.interact(room, ui.id().with((&salt, "name")), Sense::hover());
    over.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    over.on_hover_text(hint);
    inside(ui, at(rect, columns.role), &salt, |ui| role(ui, proposal, actions));
    let cash = queue.review.premium_usd(id) - queue.review.fees_usd(id);
    let tone = |value: f64| {
        if proposal.include { t.text(Tone::of_sign(value)) } else { t.tx3 }
    };
    let cash_words = format::usd_signed(cash);
    write(ui, at(rect, columns.cash), (&cash_words, true), (mono.clone(), tone(cash)));
    if let Some(span) = columns.fills {
        let count = proposal.fills.len().to_string();
        write(ui, at(rect, span), (&count, true), (mono.clone(), t.tx2));
    }
    if let Some(span) = columns.realised {
        let known = queue.review.realised_usd(id);
        let words = known.map_or_else(|| "–".to_owned(), format::usd_signed);
        let ink = known.map_or(t.tx3, tone);
        write(ui, at(rect, span), (&words, true), (mono, ink));
    }
    inside(ui, at(rect, columns.campaign), &salt, |ui| campaign(ui, queue, proposal, actions));
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
        .map(|(place, known)| {
            if place == queue.here {
                PickerRow::new("This campaign")
            } else {
                PickerRow::new(format!("New: {}", known.name))
            }
        })
        .collect();
    rows.push(PickerRow::new("Another new one"));
    let label = format!("Campaign of {}", proposal.structure);
    let width = ui.available_width();
    if let Some(place) = picker(ui, &label, Some(proposal.campaign), &rows, width) {
        ask(actions, QueueEdit::Campaign(proposal.id, place));
    }
}

/// The structure's name, and merging with the row above.
fn tools_row(
    ui: &mut Ui,
    queue: &ImportQueue,
    (place, rect): (usize, Rect),
    actions: &mut Actions,
) {
    let Some(proposal) = queue.review.proposals.get(place) else {
        return;
    };
    let above = place.checked_sub(1).and_then(|above| queue.review.proposals.get(above));
    let left = Columns::of(rect.left(), rect.width()).time.0;
    let salt = format!("tools {}", proposal.id);
    inside(ui, rect.with_min_x(left), &salt, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let name = CommitField::new("Name of the structure", &proposal.structure)
            .tooltip("The position's name in the book, and the title of the journal's entry")
            .width(200.0)
            .show(ui, |text| {
                if text.is_empty() { Err("a name".to_owned()) } else { Ok(text.to_owned()) }
            });
        if let Some(name) = name {
            ask(actions, QueueEdit::Structure(proposal.id, name));
        }
        let fits = above.filter(|above| above.duplicate == proposal.duplicate);
        ui.add_enabled_ui(fits.is_some(), |ui| {
            let merge = bare(ui, "Merge with the row above")
                .on_hover_text("Both become one action with all their fills")
                .on_disabled_hover_text("There is no row above that it goes with");
            if let (true, Some(above)) = (merge.clicked(), fits) {
                ask(actions, QueueEdit::Merge(above.id, proposal.id));
            }
        });
    });
}

fn fill_row(
    ui: &mut Ui,
    queue: &ImportQueue,
    (place, fill): (usize, usize),
    rect: Rect,
    actions: &mut Actions,
) {
    let proposal = queue.review.proposals.get(place);
    let (Some(proposal), Some(shown)) = (proposal, queue.review.fills.get(fill)) else {
        return;
    };
    let t = tokens(ui);
    let columns = Columns::of(rect.left(), rect.width());
    let small = fonts::inter(fonts::SMALL);
    let mono = fonts::mono(fonts::SMALL);
    let number = format!("line {}", shown.line);
    write(ui, at(rect, columns.time), (&number, false), (small.clone(), t.tx3));
    let effect = match shown.effect {
        Effect::Open => "opens",
        Effect::Close => "closes",
        Effect::Unknown => "",
    };
    let words = format!(
        "{} {} @ {}   fees {}   {effect}",
        format::quantity(i64::from(shown.quantity)),
        shown.contract.label(),
        format::points(shown.price),
        format::usd_cents(shown.fees_usd),
    );
    let left = columns.action.0;
    let room = rect.with_min_x(left).with_max_x(columns.role.0 + columns.role.1);
    write(ui, room, (words.trim_end(), false), (mono, t.tx2));
    if proposal.fills.len() > 1 {
        let salt = format!("split {fill}");
        let split = inside(ui, at(rect, columns.campaign), &salt, |ui| {
            bare(ui, "Split off")
                .on_hover_text("This fill becomes an action of its own")
                .clicked()
        });
        if split {
            ask(actions, QueueEdit::Split(proposal.id, vec![fill]));
        }
    }
}
