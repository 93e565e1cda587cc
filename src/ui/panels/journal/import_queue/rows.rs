//! The proposals of a broker's file as rows that open to their fills.

mod proposal;

use std::collections::BTreeSet;

use egui::{Align, Align2, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};
use jiff::civil::DateTime;

use super::ask;
use crate::document::journal::{ImportQueue, QueueEdit};
use crate::import::broker::Effect;
use crate::ui::theme::{GAP, PAD, Tone, tokens};
use crate::ui::widgets::{CommitField, bare, elided, switch};
use crate::ui::{Actions, fonts, format};

/// Height of a row, in points.
const HEIGHT: f32 = 28.0;
/// Width from which the rows say their fills and what they realise, in points.
const WIDE: f32 = 880.0;
/// Gap between two columns, in points.
const GUTTER: f32 = 8.0;

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
        let campaign = if is_wide { 160.0 } else { 124.0 };
        let mut right = left + width;
        let mut from_right = |width: f32| {
            right -= width + GUTTER;
            (right + GUTTER, width)
        };
        let campaign = from_right(campaign);
        let realised = is_wide.then(|| from_right(76.0));
        let cash = from_right(76.0);
        let fills = is_wide.then(|| from_right(32.0));
        let role = from_right(112.0);
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
                let rect =
                    Rect::from_min_size(pos2(rect.left() + PAD, rect.top()), vec2(width, HEIGHT));
                match *line {
                    Line::Proposal(place) => {
                        proposal::proposal_row(ui, queue, (place, rect), &mut open, actions);
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
        && proposals
            .clone()
            .all(|known| known.include || known.duplicate);
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
        write(
            ui,
            at(rect, span),
            (words, is_right),
            (fonts::inter(fonts::SMALL), ink),
        );
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
    let above = place
        .checked_sub(1)
        .and_then(|above| queue.review.proposals.get(above));
    let left = Columns::of(rect.left(), rect.width()).time.0;
    let salt = format!("tools {}", proposal.id);
    inside(ui, rect.with_min_x(left), &salt, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let name = CommitField::new("Name of the structure", &proposal.structure)
            .tooltip("The position's name in the book, and the title of the journal's entry")
            .width(200.0)
            .show(ui, |text| {
                if text.is_empty() {
                    Err("a name".to_owned())
                } else {
                    Ok(text.to_owned())
                }
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
    write(
        ui,
        at(rect, columns.time),
        (&number, false),
        (small.clone(), t.tx3),
    );
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
    let room = rect
        .with_min_x(left)
        .with_max_x(columns.role.0 + columns.role.1);
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
