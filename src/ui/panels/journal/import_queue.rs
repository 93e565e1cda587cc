//! A broker's file under review: what it would do, row by row, and what was read of it besides.

mod rows;
mod tables;

use egui::{Layout, Sense, Ui, vec2};

use crate::document::journal::{Destination, ImportQueue, QueueEdit};
use crate::ui::theme::{FIELD_HEIGHT, GAP, Tone, tokens};
use crate::ui::widgets::{
    PickerRow, elided, panel_body, panel_head_with, picker, primary, scroll_body, secondary,
    segmented, switch,
};
use crate::ui::{Action, Actions, ImportEdit, JournalEdit, PanelContext, fonts, format};

/// Zones of clocks that files state without one: name in the zone database and on the screen.
const ZONES: [(&str, &str); 9] = [
    ("America/New_York", "New York"),
    ("America/Chicago", "Chicago"),
    ("America/Denver", "Denver"),
    ("America/Los_Angeles", "Los Angeles"),
    ("Europe/London", "London"),
    ("Europe/Berlin", "Berlin"),
    ("Asia/Singapore", "Singapore"),
    ("Australia/Sydney", "Sydney"),
    ("UTC", "UTC"),
];

/// What is shown of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Fills,
    Holdings,
    Totals,
    Problems,
    LeftOut,
    Assumed,
}

/// Asks for a decision about the file.
fn ask(actions: &mut Actions, edit: QueueEdit) {
    send(actions, ImportEdit::Change(edit));
}

fn send(actions: &mut Actions, edit: ImportEdit) {
    actions.push(Action::Journal(JournalEdit::Import(edit)));
}

/// Shows the file under review in place of the journal; `false` when there is none.
pub(super) fn import_queue(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) -> bool {
    let import = ctx.journal.import;
    if let Some(name) = import.reading {
        panel_body(ui, |ui| {
            ui.add_space(GAP);
            let ink = tokens(ui).tx2;
            ui.label(fonts::caption(format!("Reading {name} …")).color(ink));
        });
    }
    let Some(queue) = import.queue else {
        return false;
    };
    let id = ui.make_persistent_id("import part");
    let mut part: Part = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let parts = parts(queue);
    if !parts.iter().any(|(known, _)| *known == part) {
        part = parts.first().map_or(Part::Fills, |(first, _)| *first);
    }
    let choices: Vec<(Part, &str)> = parts
        .iter()
        .map(|(part, words)| (*part, words.as_str()))
        .collect();
    let choose = |ui: &mut Ui| {
        segmented(ui, "Import", &mut part, &choices);
    };
    let is_reading = import.reading.is_some();
    panel_head_with(ui, "Import", choose, |ui| {
        buttons(ui, (queue, is_reading), actions);
    });
    ui.data_mut(|data| data.insert_temp(id, part));
    panel_body(ui, |ui| about(ui, ctx, queue, actions));
    match part {
        Part::Fills => rows::rows(ui, queue, actions),
        Part::Holdings => scroll_body(ui, "import holdings", |ui| {
            panel_body(ui, |ui| tables::holdings(ui, queue, actions));
        }),
        Part::Totals => scroll_body(ui, "import totals", |ui| {
            panel_body(ui, |ui| tables::totals(ui, queue));
        }),
        Part::Problems => scroll_body(ui, "import problems", |ui| {
            panel_body(ui, |ui| tables::problems(ui, queue));
        }),
        Part::LeftOut => scroll_body(ui, "import left out", |ui| {
            panel_body(ui, |ui| tables::left_out(ui, queue));
        }),
        Part::Assumed => scroll_body(ui, "import assumed", |ui| {
            panel_body(ui, |ui| tables::assumed(ui, queue));
        }),
    }
    true
}

/// The parts that hold anything, each with its word and number.
fn parts(queue: &ImportQueue) -> Vec<(Part, String)> {
    let file = &queue.file;
    let mut parts = Vec::new();
    let mut add = |part, word: &str, count: usize| {
        if count > 0 {
            parts.push((part, format!("{word} {count}")));
        }
    };
    add(Part::Fills, "Fills", queue.review.fills.len());
    add(Part::Holdings, "Positions", queue.holdings.len());
    let differing = queue.disagreeing();
    if !queue.checks.is_empty() {
        let words = if differing == 0 {
            "Totals agree".to_owned()
        } else {
            format!("Totals {differing} differ")
        };
        parts.push((Part::Totals, words));
    }
    let mut add = |part, word: &str, count: usize| {
        if count > 0 {
            parts.push((part, format!("{word} {count}")));
        }
    };
    add(Part::Problems, "Problems", file.problems.len());
    add(Part::LeftOut, "Left out", file.skipped.len());
    add(Part::Assumed, "Assumed", file.assumptions.len());
    parts
}

/// The buttons of the head, from the right edge.
fn buttons(ui: &mut Ui, (queue, is_reading): (&ImportQueue, bool), actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let (fills, held) = (queue.included_fills(), queue.added_holdings());
    let words = match (fills, held) {
        (1, 0) => "Take over 1 fill".to_owned(),
        (_, 0) => format!("Take over {fills} fills"),
        (0, 1) => "Add 1 position".to_owned(),
        (0, _) => format!("Add {held} positions"),
        (_, _) => format!("Take over {fills} fills and {held} positions"),
    };
    ui.add_enabled_ui(fills + held > 0 && !is_reading, |ui| {
        let take = primary(ui, &words)
            .on_hover_text(
                "Writes what is switched on into this journal as one step, and what belongs to other \
                 campaigns into their files, existing and new ones of your folder",
            )
            .on_disabled_hover_text(if is_reading {
                "A file is being read; what it says comes in place of this"
            } else {
                "Nothing is switched on"
            });
        if take.clicked() {
            send(actions, ImportEdit::TakeOver);
        }
    });
    let cancel = secondary(ui, "Cancel import");
    if cancel
        .on_hover_text("Takes nothing over; the file stays as it is")
        .clicked()
    {
        send(actions, ImportEdit::Cancel);
    }
}

/// What the file is, where its fills go, and the choices about all of it.
fn about(ui: &mut Ui, ctx: &PanelContext<'_>, queue: &ImportQueue, actions: &mut Actions) {
    let t = tokens(ui);
    let file = &queue.file;
    let right = Layout::right_to_left(egui::Align::Center);
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    ui.allocate_ui_with_layout(size, right, |ui| {
        choices(ui, ctx, queue, actions);
        let room = ui.available_rect_before_wrap();
        let (rect, response) = ui.allocate_exact_size(room.size(), Sense::hover());
        let title = fonts::inter_strong(fonts::BODY);
        let name = elided(
            ui.painter(),
            rect.shrink2(vec2(2.0, 0.0)),
            &file.name,
            title,
            t.tx,
        );
        let account = file.account.as_deref();
        let kind = account.map_or_else(
            || file.kind.label().to_owned(),
            |account| format!("{} · {account}", file.kind.label()),
        );
        let rest = rect.with_min_x(name.right() + GAP).shrink2(vec2(2.0, 0.0));
        if rest.width() > 64.0 {
            elided(ui.painter(), rest, &kind, fonts::inter(fonts::SMALL), t.tx3);
        }
        response.on_hover_text(format!("{}\n{kind}", file.name));
    });
    if queue.duplicates() > 0 {
        let words = format!(
            "{} imported before, switched off",
            format::count(queue.duplicates())
        );
        ui.label(fonts::caption(words).color(t.warn))
            .on_hover_text("Actions whose fills the journal has already");
    }
    if let Some(words) = elsewhere(queue) {
        ui.label(fonts::caption(words).color(t.tx2))
            .on_hover_text(ELSEWHERE);
    }
    ui.add_space(4.0);
}

/// What is written beside the campaign in the window.
const ELSEWHERE: &str = "What closes contracts goes to the campaign that holds them; each row says which, and it is \
    yours to change. Undo takes back this campaign's part alone; Take back import takes back all of it, while nothing \
    else has changed those files";

/// How many other campaigns are written, by file and anew; nothing when there is none.
fn elsewhere(queue: &ImportQueue) -> Option<String> {
    let (mut files, mut new) = (Vec::new(), 0);
    for place in queue.elsewhere() {
        match queue.destination(place) {
            Destination::File(other) => files.push(other.name.as_str()),
            Destination::New | Destination::Here => new += 1,
        }
    }
    let files = match files.as_slice() {
        [] => None,
        [one] => Some(format!("Goes into the file of {one} as well")),
        all => Some(format!(
            "Goes into {} other files as well: {}",
            all.len(),
            all.join(", ")
        )),
    };
    let new = match new {
        0 => None,
        1 => Some("1 new campaign becomes a file of your folder".to_owned()),
        _ => Some(format!("{new} new campaigns become files of your folder")),
    };
    let all: Vec<String> = files.into_iter().chain(new).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn choices(ui: &mut Ui, ctx: &PanelContext<'_>, queue: &ImportQueue, actions: &mut Actions) {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.x = 4.0;
    if !queue.review.fills.is_empty() {
        let mut follows = queue.follows;
        let hint = "Positions change as the fills say. Off: only the journal is written";
        if switch(ui, &mut follows, Tone::Accent, "Book follows")
            .on_hover_text(hint)
            .changed()
        {
            ask(actions, QueueEdit::Follow(follows));
        }
        ui.label(fonts::caption("Book follows").color(t.tx2))
            .on_hover_text(hint);
    }
    if queue.file.assumed_zone.is_some() {
        ui.add_space(4.0);
        let rows = ZONES.map(|(_, words)| PickerRow::new(words));
        let now = ctx.journal.import.zone;
        let selected = ZONES.iter().position(|(name, _)| *name == now);
        let picked = picker(ui, "Zone of the file's clock", selected, &rows, 104.0);
        if let Some((name, _)) = picked.and_then(|index| ZONES.get(index)) {
            send(actions, ImportEdit::Zone((*name).to_owned()));
        }
        ui.label(fonts::caption("Clock").color(t.tx2))
            .on_hover_text(
                "The file states times without a zone. Another zone reads the file again; \
             decisions made so far are lost",
            );
    }
}
