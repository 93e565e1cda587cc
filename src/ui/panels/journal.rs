//! The journal tab: the campaign's timeline, all campaigns, fills and notes.
//!
//! | file | what it shows |
//! | --- | --- |
//! | `campaign` | the timeline of the campaign in the window, and its profit by cause |
//! | `list` | the campaigns of the folder |
//! | `fills` | the fills as a table, and their forms |
//! | `import_queue` | a broker's file under review, in place of all else |
//! | `record` | something done, of any kind, as one entry with its fills, prefilled for what is held |
//! | `trade_form` | a fill being corrected |
//! | `details_form` | setup, tags, own fields and pictures of the campaign |
//! | `review` | what the closed campaigns taught |
//! | `selection` | what list and review share: filter, campaigns chosen, what the review looks at |
//! | `worth_chart` | what rolling or hedging was worth, decision by decision |
//! | `corrections` | fills that were corrected, as they were |
//! | `export` | the menu of tables and the report |
//! | `pictures` | what a report shows of the journal |
//! | `notes` | the dated notes, and their form |

mod at_field;
mod campaign;
mod corrections;
mod details_form;
mod draft;
mod export;
mod fills;
mod import_queue;
mod list;
mod note_form;
mod notes;
pub mod pictures;
mod record;
mod record_draft;
mod review;
mod selection;
mod trade_form;
mod worth_chart;

use egui::{Stroke, Ui, UiBuilder};
use jiff::Timestamp;

use self::details_form::DetailsDraft;
use self::draft::Draft;
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{self, panel_body, panel_head_with, scroll_body, scroll_part, segmented};
use crate::ui::workspace::WorkspaceEdit;
use crate::ui::{Action, Actions, JournalPage, PanelContext, UiCommand};

/// Width of the list beside the campaign, in points.
const LIST: f32 = 540.0;
/// Width from which they stand beside each other, in points.
const WIDE: f32 = 1080.0;
/// Height from which they do, in points.
const TALL: f32 = 420.0;

/// Height below which nothing is shown beneath a form, in points.
const LEAST_BODY: f32 = 64.0;
/// Height of a card's edges, in points.
const EDGES: f32 = 24.0;

/// Every view with its word, in the order of the head.
const PAGES: [(JournalPage, &str); 5] = [
    (JournalPage::Campaign, "Campaign"),
    (JournalPage::List, "Campaigns"),
    (JournalPage::Review, "Review"),
    (JournalPage::Fills, "Fills"),
    (JournalPage::Notes, "Notes"),
];

/// What the panel remembers between frames: the entry being written, and which campaign it is of.
#[derive(Clone, Default)]
struct Memory {
    draft: Option<Draft>,
    /// The entry as it was begun: with nothing written in it, another may take its place.
    begun: Option<Draft>,
    of: Option<Of>,
}

/// Which campaign a draft is of: its numbers mean something else in another one.
#[derive(Clone, PartialEq, Eq)]
struct Of {
    created: Timestamp,
    name: String,
    file: Option<String>,
}

impl Of {
    fn new(ctx: &PanelContext<'_>) -> Self {
        Self {
            created: ctx.campaign.created,
            name: ctx.campaign.name.clone(),
            file: ctx.journal.open_file.map(str::to_owned),
        }
    }

    /// Whether it is the same campaign still, renamed or given a file meanwhile.
    fn is_same(&self, now: &Self) -> bool {
        let is_same_file = self.file.is_some() && self.file == now.file;
        let is_moved = self.file.is_some() && now.file.is_some() && self.file != now.file;
        self.created == now.created && !is_moved && (self.name == now.name || is_same_file)
    }
}

/// Shows the journal panel over the whole of `ui`.
pub fn journal_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    if import_queue::import_queue(ui, ctx, actions) {
        return;
    }
    let id = ui.make_persistent_id("journal");
    let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if ctx.journal.past.is_some() {
        // Nothing is written there; what was being written waits for the way back.
        let mut looking = Memory::default();
        head(ui, ctx, &mut looking, actions);
        return body(ui, ctx, &mut looking, actions);
    }
    let now = Of::new(ctx);
    if memory.of.as_ref().is_some_and(|of| !of.is_same(&now)) {
        memory.draft = None;
    }
    memory.of = Some(now);
    beginning(&mut memory, actions, |memory, actions| {
        head(ui, ctx, memory, actions);
    });
    if let Some(draft) = &mut memory.draft {
        let is_done = panel_body(ui, |ui| form(ui, ctx, draft, actions)).inner;
        if is_done {
            memory.draft = None;
        }
    }
    if memory.draft.is_none() || ui.available_height() >= LEAST_BODY {
        beginning(&mut memory, actions, |memory, actions| {
            body(ui, ctx, memory, actions);
        });
    }
    ui.data_mut(|data| data.insert_temp(id, memory));
}

/// Shows what may begin a form. One that has something written in it gives way to no other.
fn beginning(
    memory: &mut Memory,
    actions: &mut Actions,
    show: impl FnOnce(&mut Memory, &mut Actions),
) {
    let open = memory.draft.clone();
    show(memory, actions);
    if memory.draft == open {
        return;
    }
    if open.is_some() && open != memory.begun {
        memory.draft = open;
        let words = "Save or cancel first what is being written in the journal";
        actions.push(Action::Notify(words.to_owned()));
    } else {
        memory.begun.clone_from(&memory.draft);
    }
}

/// The views side by side, and at the right edge what can be done in the one in front.
fn head(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory, actions: &mut Actions) {
    let mut page = ctx.workspace.journal_page;
    let choose = |ui: &mut Ui| {
        segmented(ui, "Journal", &mut page, &PAGES);
    };
    panel_head_with(ui, "Journal", choose, |ui| {
        export::export(ui, actions);
        head_buttons(ui, ctx, memory, actions);
    });
    if page != ctx.workspace.journal_page {
        actions.workspace(WorkspaceEdit::JournalPage(page));
    }
}

/// The buttons of the head, from the right edge.
fn head_buttons(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory, actions: &mut Actions) {
    let is_past = ctx.journal.past.is_some();
    match ctx.workspace.journal_page {
        JournalPage::Campaign | JournalPage::Fills | JournalPage::Notes if is_past => {}
        JournalPage::Campaign => {
            record::button(ui, ctx, &mut memory.draft);
            let details = widgets::secondary(ui, "Details…")
                .on_hover_text("Setup, tags, fields of your own, and pictures of this campaign");
            if details.clicked() {
                memory.draft = Some(Draft::Details(Box::new(DetailsDraft::new(ctx))));
            }
            campaign::buttons(ui, ctx, actions);
        }
        JournalPage::List => list::buttons(ui, ctx, actions),
        JournalPage::Review => review::buttons(ui, ctx),
        JournalPage::Fills => fills::buttons(ui, ctx, &mut memory.draft, actions),
        JournalPage::Notes => notes::buttons(ui, ctx, &mut memory.draft),
    }
}

fn body(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory, actions: &mut Actions) {
    match ctx.workspace.journal_page {
        JournalPage::Campaign => campaign::campaign(ui, ctx, actions),
        JournalPage::List => {
            if list_and_campaign(ui, ctx, actions) {
                actions.workspace(WorkspaceEdit::JournalPage(JournalPage::Review));
            }
        }
        JournalPage::Review => review::review(ui, ctx, actions),
        JournalPage::Fills => scroll_body(ui, "journal fills", |ui| {
            panel_body(ui, |ui| fills::fills(ui, ctx, &mut memory.draft));
        }),
        JournalPage::Notes => scroll_body(ui, "journal notes", |ui| {
            panel_body(ui, |ui| notes::notes(ui, ctx, &mut memory.draft));
        }),
    }
}

/// A view that has nothing to show, and the way to a campaign that has.
fn empty_with_sample(ui: &mut Ui, (title, sentence): (&str, &str), actions: &mut Actions) {
    let command = UiCommand::OpenJournalSample;
    let sample = widgets::empty_state(ui, title, sentence, Some(command.label()));
    let is_asked = sample.is_some_and(|it| it.on_hover_text(command.tooltip()).clicked());
    if is_asked {
        actions.push(Action::Run(command));
    }
}

/// The list, and where there is room the campaign in the window beside it; `true` when a review is asked for.
fn list_and_campaign(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) -> bool {
    let room = ui.available_rect_before_wrap();
    if room.width() < WIDE || room.height() < TALL {
        return list::list(ui, ctx, actions);
    }
    let mut left = ui.new_child(UiBuilder::new().max_rect(room.with_max_x(room.left() + LIST)));
    let is_asked = list::list(&mut left, ctx, actions);
    let seam = left.max_rect().right() + GAP / 2.0;
    let stroke = Stroke::new(1.0, tokens(ui).line);
    ui.painter().vline(seam, room.y_range(), stroke);
    let mut right = ui.new_child(UiBuilder::new().max_rect(room.with_min_x(seam + GAP / 2.0)));
    campaign::campaign(&mut right, ctx, actions);
    is_asked
}

/// The form of the entry being written; `true` when it is done.
fn form(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut Draft, actions: &mut Actions) -> bool {
    let is_done = widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let room = (ui.available_height() - EDGES).max(EDGES);
        match draft {
            // it scrolls by itself, and keeps its buttons in sight
            Draft::Record(draft) => record::record(ui, ctx, draft, actions),
            Draft::Trade(draft) => trade_form::trade_form(ui, ctx, draft, actions),
            Draft::Note(draft) => note_form::note_form(ui, ctx, draft, actions),
            Draft::Details(draft) => scroll_part(ui, "journal details", room, |ui| {
                details_form::details_form(ui, draft, actions)
            }),
        }
    })
    .inner;
    ui.add_space(GAP);
    is_done
}
