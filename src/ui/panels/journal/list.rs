//! The campaigns of the folder: found, ordered, chosen and opened.

mod chosen;
mod query;
mod table;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use egui::{Id, Key, Ui};

use self::chosen::{choose, chosen_line, is_called};
use self::query::Query;
use super::selection::{Selection, selection_id};
use crate::journal::IndexRow;
use crate::ui::icons::{Icon, icon_button, icon_button_hinted};
use crate::ui::journal_lists::JournalList;
use crate::ui::made_once::made_once;
use crate::ui::tables::{self, Taking};
use crate::ui::theme::{GAP, PAD, ROW_HEIGHT, TIGHT, tokens};
use crate::ui::widgets::data_table::{LongTable, to_csv};
use crate::ui::widgets::{
    self, DataTable, PickerRow, Row, TextField, bare, empty_state, panel_body, picker, scroll_below,
};
use crate::ui::workspace::WorkspaceEdit;
use crate::ui::{Action, Actions, JournalEdit, PanelContext, fonts, format};

/// Width of the filter at most, in points.
const FILTER: f32 = 376.0;
/// Room beside the filter for count, views and their buttons, in points.
const BESIDE: f32 = 264.0;

/// The name of a view being kept, while it is.
fn naming_id() -> Id {
    selection_id().with("naming")
}

/// What is made of a list once.
struct Made {
    rows: Vec<Row>,
    /// What words are looked for in, lower case, of each row.
    words: Arc<Vec<String>>,
    /// Place of each file.
    places: HashMap<String, usize>,
}

/// The rows in sight, made once for a list and a filter.
struct Found {
    made: Arc<Made>,
    shown: Arc<Vec<usize>>,
    key: u64,
}

/// Rows and words of the list, made once for it.
fn made(ui: &Ui, ctx: &PanelContext<'_>) -> Arc<Made> {
    let list = ctx.journal.list;
    let revision = (ctx.journal.list_revision, list.len());
    made_once(ui, selection_id().with("rows"), revision, || Made {
        rows: list.iter().map(table::row).collect(),
        words: Arc::new(list.iter().map(query::words).collect()),
        places: (list.iter().enumerate())
            .map(|(place, row)| (row.file.clone(), place))
            .collect(),
    })
}

/// What words are looked for in, lower case, of each campaign of the folder.
pub(super) fn words_of_rows(ui: &Ui, ctx: &PanelContext<'_>) -> Arc<Vec<String>> {
    Arc::clone(&made(ui, ctx).words)
}

/// Places of the campaigns that meet a filter; `words` are those of each.
pub(super) fn meeting(list: &[IndexRow], words: &[String], filter: &str) -> Vec<usize> {
    let query = Query::parse(filter);
    let all = list.iter().zip(words).enumerate();
    all.filter(|(_, (row, words))| query.meets(row, words))
        .map(|(index, _)| index)
        .collect()
}

fn found(ui: &Ui, ctx: &PanelContext<'_>, filter: &str) -> Found {
    let list = ctx.journal.list;
    let made = made(ui, ctx);
    let key = ((ctx.journal.list_revision, list.len()), filter.to_owned());
    let hash = egui::epaint::util::hash(&key);
    let shown = made_once(ui, selection_id().with("shown"), key, || {
        meeting(list, &made.words, filter)
    });
    Found {
        made,
        shown,
        key: hash,
    }
}

/// The buttons of the head.
pub(super) fn buttons(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let hint = "Reads the folder of campaigns again";
    if icon_button_hinted(ui, Icon::Roll, "List anew", hint).clicked() {
        actions.push(Action::Journal(JournalEdit::Reload));
    }
    let copy = icon_button(ui, Icon::Copy, "Copy campaigns as CSV")
        .on_hover_text("The campaigns chosen, or all that the filter shows");
    if copy.clicked() {
        let memory = Selection::load(ui.ctx());
        let found = found(ui, ctx, &memory.filter);
        let is_wanted = |index: &&usize| {
            let file = ctx.journal.list.get(**index).map(|row| &row.file);
            memory.chosen.is_empty() || file.is_some_and(|file| memory.chosen.contains(file))
        };
        let wanted = found.shown.iter().filter(is_wanted);
        let rows: Vec<Row> = wanted
            .filter_map(|index| found.made.rows.get(*index).cloned())
            .collect();
        let text = |_form| to_csv(&table::columns(), &rows);
        tables::take(ui.ctx(), "Campaigns", Taking::CopyCsv, &text);
    }
}

/// Shows the list; `true` when the review of some of it is asked for.
pub(super) fn list(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) -> bool {
    let journal = &ctx.journal;
    let mut memory = Selection::load(ui.ctx());
    let mut is_asked = false;
    panel_body(ui, |ui| {
        let is_told = |&(_, of): &(usize, usize)| of > 0 || journal.list.is_empty();
        if let Some((done, of)) = journal.loading.filter(is_told) {
            loading(ui, done, of);
        }
        if let Some(trouble) = journal.trouble {
            ui.label(fonts::caption(trouble).color(tokens(ui).dn));
        }
    });
    if journal.list.is_empty() {
        if journal.loading.is_none() {
            let sentence =
                "Campaigns saved in the desk’s own folder are listed here with what they came to.";
            super::empty_with_sample(ui, ("No campaigns yet", sentence), actions);
        }
        return false;
    }
    panel_body(ui, |ui| {
        let found = found(ui, ctx, &memory.filter);
        let places = &found.made.places;
        if !memory.chosen.iter().all(|file| places.contains_key(file)) {
            Arc::make_mut(&mut memory.chosen).retain(|file| places.contains_key(file));
        }
        bar(ui, ctx, (&mut memory, found.shown.len()), actions);
        not_understood(ui, &memory.filter);
        is_asked = chosen_line(ui, ctx, (&mut memory, found.shown.len()));
    });
    let found = found(ui, ctx, &memory.filter);
    if found.shown.is_empty() {
        let sentence = "Esc in the filter shows all again.";
        empty_state(ui, "No campaign meets the filter", sentence, None);
    } else {
        rows(ui, ctx, (&mut memory, &found), actions);
    }
    is_asked |= is_called(ui, &mut memory);
    memory.store(ui.ctx());
    is_asked
}

/// The rows that the filter left.
fn rows(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (memory, found): (&mut Selection, &Found),
    actions: &mut Actions,
) {
    let journal = &ctx.journal;
    let file = |index: usize| journal.list.get(index).map(|row| row.file.as_str());
    let place = |file: &str| found.made.places.get(file).copied();
    let chosen = memory.chosen.iter().filter_map(|file| place(file));
    let chosen: BTreeSet<usize> = chosen.collect();
    let columns = table::columns();
    let shown = scroll_below(ui, "journal campaigns", ROW_HEIGHT, |ui| {
        DataTable::new("Campaigns", &columns, &found.made.rows)
            .inset(PAD)
            .gutter(GAP)
            .selectable(journal.open_file.and_then(place))
            .sortable()
            .sticky()
            .long(LongTable {
                key: found.key,
                shown: &found.shown,
                order: memory.order,
                chosen: &chosen,
            })
            .show(ui)
    });
    memory.order = shown.order;
    if let Some(index) = shown.clicked {
        choose(ui, memory, index, &shown.shown, &file);
    }
    if let Some(file) = shown.opened.and_then(file)
        && journal.open_file != Some(file)
    {
        actions.push(Action::Journal(JournalEdit::Open(file.to_owned())));
    }
}

fn loading(ui: &mut Ui, done: usize, of: usize) {
    let t = tokens(ui);
    let words = if of == 0 {
        "Reading the folder of campaigns…".to_owned()
    } else {
        let (done, of) = (format::count(done), format::count(of));
        format!("Reading campaigns: {done} of {of}…")
    };
    ui.label(fonts::caption(words).color(t.tx2));
}

/// The filter, how many meet it, and the views that are kept.
fn bar(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (memory, found): (&mut Selection, usize),
    actions: &mut Actions,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let kept: Option<String> = ui.data(|data| data.get_temp(naming_id()));
        if let Some(name) = kept {
            return naming(ui, (memory, name), actions);
        }
        let width = (ui.available_width() - BESIDE).clamp(160.0, FILTER);
        let field = TextField::new(&mut memory.filter, "Filter campaigns")
            .hint("tag:condor since:2025")
            .icon(Icon::Search)
            .mono(true)
            .width(width)
            .show(ui);
        let is_left = field.cancelled
            || (field.response.has_focus() && ui.input(|i| i.key_pressed(Key::Escape)));
        field.response.on_hover_text(query::HELP);
        if is_left {
            memory.filter.clear();
        }
        let count = format::count(found);
        ui.label(fonts::num_small(count).color(tokens(ui).tx3))
            .on_hover_text("Campaigns that meet the filter");
        views(ui, ctx, memory, actions);
    });
    ui.add_space(TIGHT);
}

/// The views that are kept, and the buttons to keep and to forget one.
fn views(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Selection, actions: &mut Actions) {
    let lists = &ctx.workspace.journal_lists;
    let is_all = memory.filter.trim().is_empty() && memory.order.is_none();
    let is_shown = |list: &JournalList| list.filter == memory.filter && list.order == memory.order;
    let kept = lists.iter().position(is_shown);
    let selected = if is_all {
        Some(0)
    } else {
        kept.map(|place| place + 1)
    };
    let mut rows = vec![PickerRow::new("All")];
    rows.extend(lists.iter().map(|list| PickerRow::new(list.name.clone())));
    let picked = picker(ui, "View of the list", selected, &rows, 120.0);
    match picked.map(|place| place.checked_sub(1).and_then(|place| lists.get(place))) {
        Some(Some(list)) => {
            memory.filter.clone_from(&list.filter);
            memory.order = list.order;
        }
        Some(None) => {
            memory.filter.clear();
            memory.order = None;
        }
        None => {}
    }
    if let Some(list) = kept.and_then(|place| lists.get(place)) {
        let forget = icon_button(ui, Icon::Close, &format!("Forget the view {}", list.name));
        if forget.clicked() {
            let name = list.name.clone();
            actions.workspace(WorkspaceEdit::ForgetJournalList(name));
        }
    } else if !is_all {
        let keep = icon_button(ui, Icon::Save, "Keep this view…")
            .on_hover_text("Keeps filter and order under a name");
        if keep.clicked() {
            set_naming(ui, Some(memory.filter.trim().to_owned()));
        }
    }
}

/// The name of a view being kept, in place of the filter.
fn naming(ui: &mut Ui, (memory, mut name): (&Selection, String), actions: &mut Actions) {
    let field = TextField::new(&mut name, "Name of the view")
        .hint("Name of the view")
        .width((ui.available_width() - BESIDE).clamp(160.0, FILTER))
        .show(ui);
    let is_kept = widgets::primary(ui, "Keep view").clicked() || field.submitted;
    let is_left = bare(ui, "Cancel").clicked() || field.cancelled;
    if is_kept && !name.trim().is_empty() {
        set_naming(ui, None);
        actions.workspace(WorkspaceEdit::KeepJournalList(JournalList {
            name,
            filter: memory.filter.clone(),
            order: memory.order,
        }));
    } else {
        set_naming(ui, (!is_left).then_some(name));
    }
}

fn set_naming(ui: &Ui, name: Option<String>) {
    ui.data_mut(|data| match name {
        Some(name) => {
            data.insert_temp(naming_id(), name);
        }
        None => data.remove::<String>(naming_id()),
    });
}

fn not_understood(ui: &mut Ui, filter: &str) {
    let unknown = Query::parse(filter).unknown;
    if !unknown.is_empty() {
        let words = format!("Not understood, and left out: {}", unknown.join("  "));
        ui.label(fonts::caption(words).color(tokens(ui).warn))
            .on_hover_text(query::HELP);
    }
}
