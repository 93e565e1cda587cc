//! The journal tab: the campaign's timeline, all campaigns, fills and notes.
//!
//! | file | what it shows |
//! | --- | --- |
//! | `campaign` | the timeline of the campaign in the window, and its profit by cause |
//! | `list` | the campaigns of the folder |
//! | `fills` | the fills as a table, and their forms |
//! | `import_queue` | a broker's file under review, in place of all else |
//! | `record` | several fills that are one entry, prefilled for what is held |
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
mod log_form;
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

use self::details_form::DetailsDraft;
use self::draft::Draft;
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{self, panel_body, panel_head_with, scroll_body, segmented};
use crate::ui::{Actions, PanelContext};

/// Width of the list beside the campaign, in points.
const LIST: f32 = 540.0;
/// Width from which they stand beside each other, in points.
const WIDE: f32 = 1080.0;
/// Height from which they do, in points.
const TALL: f32 = 420.0;

/// Which view is in front.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    /// The campaign in the window.
    #[default]
    Campaign,
    /// All campaigns.
    List,
    /// What the closed campaigns taught.
    Review,
    /// The fills of the campaign in the window.
    Fills,
    /// Its notes.
    Notes,
}

impl View {
    /// Every view with its word, in the order of the head.
    const CHOICES: [(Self, &'static str); 5] = [
        (Self::Campaign, "Campaign"),
        (Self::List, "Campaigns"),
        (Self::Review, "Review"),
        (Self::Fills, "Fills"),
        (Self::Notes, "Notes"),
    ];
}

/// What the panel remembers between frames: the view in front and the entry being written.
#[derive(Clone, Default)]
struct Memory {
    view: View,
    draft: Option<Draft>,
}

/// Shows the journal panel over the whole of `ui`.
pub fn journal_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    if import_queue::import_queue(ui, ctx, actions) {
        return;
    }
    let id = ui.make_persistent_id("journal");
    let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    head(ui, ctx, &mut memory, actions);
    if let Some(draft) = &mut memory.draft {
        let is_done = panel_body(ui, |ui| form(ui, ctx, draft, actions)).inner;
        if is_done {
            memory.draft = None;
        }
    }
    body(ui, ctx, &mut memory, actions);
    ui.data_mut(|data| data.insert_temp(id, memory));
}

/// The views side by side, and at the right edge what can be done in the one in front.
fn head(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory, actions: &mut Actions) {
    let before = memory.view;
    let mut view = memory.view;
    let choose = |ui: &mut Ui| {
        segmented(ui, "Journal", &mut view, &View::CHOICES);
    };
    panel_head_with(ui, "Journal", choose, |ui| {
        export::export(ui, actions);
        head_buttons(ui, ctx, memory, actions);
    });
    memory.view = view;
    if view != before {
        memory.draft = None;
    }
}

/// The buttons of the head, from the right edge.
fn head_buttons(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory, actions: &mut Actions) {
    match memory.view {
        View::Campaign => {
            let details = widgets::secondary(ui, "Details…")
                .on_hover_text("Setup, tags, fields of your own, and pictures of this campaign");
            if details.clicked() {
                memory.draft = Some(Draft::Details(Box::new(DetailsDraft::new(ctx))));
            }
            campaign::buttons(ui, ctx, actions);
        }
        View::List => list::buttons(ui, ctx, actions),
        View::Review => review::buttons(ui, ctx),
        View::Fills => fills::buttons(ui, ctx, &mut memory.draft, actions),
        View::Notes => notes::buttons(ui, ctx, &mut memory.draft),
    }
}

fn body(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory, actions: &mut Actions) {
    match memory.view {
        View::Campaign => campaign::campaign(ui, ctx, actions),
        View::List => {
            if list_and_campaign(ui, ctx, actions) {
                memory.view = View::Review;
            }
        }
        View::Review => review::review(ui, ctx, actions),
        View::Fills => scroll_body(ui, "journal fills", |ui| {
            panel_body(ui, |ui| fills::fills(ui, ctx, &mut memory.draft));
        }),
        View::Notes => scroll_body(ui, "journal notes", |ui| {
            panel_body(ui, |ui| notes::notes(ui, ctx, &mut memory.draft));
        }),
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
        match draft {
            Draft::Trade(draft) => trade_form::trade_form(ui, ctx, draft, actions),
            Draft::Log(draft) => log_form::log_form(ui, ctx, draft, actions),
            Draft::Details(draft) => details_form::details_form(ui, draft, actions),
            Draft::Record(draft) => record::record(ui, ctx, draft, actions),
            Draft::Note(draft) => note_form::note_form(ui, ctx, draft, actions),
        }
    })
    .inner;
    ui.add_space(GAP);
    is_done
}
