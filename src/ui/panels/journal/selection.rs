//! What list and review share of the campaigns: the filter, those that are chosen, and which the review looks at.
//!
//! It lives in egui's memory and is never saved. Campaigns that are gone from the folder drop out of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Context, Id, Ui};

use super::list::{meeting, words_of_rows};
use crate::journal::{CampaignSummary, IndexRow};
use crate::ui::PanelContext;
use crate::ui::made_once::made_once;
use crate::ui::widgets::data_table::TableOrder;

/// Most campaigns that are named where a scope is told.
const NAMED: usize = 3;

/// Which campaigns the review looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// All of the folder.
    #[default]
    All,
    /// Those that meet the list's filter.
    Filter,
    /// Those that meet the filter of a view that is kept, by its name.
    View(String),
    /// Those chosen in the list.
    Chosen,
}

/// What list and review remember between frames.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    /// What is typed into the filter.
    pub filter: String,
    /// How the list is ordered.
    pub order: Option<TableOrder>,
    /// Files that are chosen; shared, as it is read several times a frame.
    pub chosen: Arc<BTreeSet<String>>,
    /// The file from which Shift chooses on.
    pub anchor: Option<String>,
    /// What the review looks at.
    pub scope: Scope,
}

pub(super) fn selection_id() -> Id {
    Id::unique("journal list")
}

impl Selection {
    /// As it is kept.
    pub(super) fn load(ctx: &Context) -> Self {
        ctx.data(|data| data.get_temp(selection_id()))
            .unwrap_or_default()
    }

    /// Keeps it for the next frame.
    pub(super) fn store(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(selection_id(), self));
    }

    /// The scope that is looked at: what is gone falls back to all.
    fn scope(&self, ctx: &PanelContext<'_>) -> Scope {
        let is_there = match &self.scope {
            Scope::All => true,
            Scope::Chosen => self.chosen_of(ctx.journal.list).next().is_some(),
            Scope::Filter => !self.filter.trim().is_empty(),
            Scope::View(name) => {
                let mut views = ctx.workspace.journal_lists.iter();
                views.any(|view| view.name == *name)
            }
        };
        if is_there {
            self.scope.clone()
        } else {
            Scope::All
        }
    }

    fn chosen_of<'a>(&self, list: &'a [IndexRow]) -> impl Iterator<Item = usize> + use<'a, '_> {
        let rows = list.iter().enumerate();
        rows.filter(|(_, row)| self.chosen.contains(&row.file))
            .map(|(place, _)| place)
    }
}

/// The campaigns that are looked at.
#[derive(Debug)]
pub(super) struct Scoped {
    /// Which they are.
    pub scope: Scope,
    /// Places in the list of those that can be read.
    pub places: Vec<usize>,
    /// Names of the first of them, and how many more.
    pub names: String,
    /// Another for other campaigns: what is made of them can be kept by it.
    pub key: u64,
}

impl Scoped {
    /// The campaigns in a few numbers.
    pub(super) fn campaigns<'a>(&self, list: &'a [IndexRow]) -> Vec<&'a CampaignSummary> {
        let rows = self.places.iter().filter_map(|place| list.get(*place));
        rows.filter_map(|row| row.campaign.as_ref().ok()).collect()
    }
}

/// A scope that can be chosen, with what it is called and how many campaigns it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub scope: Scope,
    pub words: String,
    pub count: usize,
}

/// Every scope that can be chosen.
pub(super) fn offers(ui: &Ui, ctx: &PanelContext<'_>) -> Arc<Vec<Offer>> {
    let selection = Selection::load(ui.ctx());
    let list = ctx.journal.list;
    let key = (
        (ctx.journal.list_revision, list.len()),
        selection.filter.clone(),
        Arc::clone(&selection.chosen),
        ctx.workspace.journal_lists.clone(),
    );
    made_once(ui, selection_id().with("offers"), key, || {
        let words = words_of_rows(ui, ctx);
        let offer = |scope, words, count| Offer {
            scope,
            words,
            count,
        };
        let mut all = vec![offer(Scope::All, "All campaigns".to_owned(), list.len())];
        let chosen = selection.chosen_of(list).count();
        if chosen > 0 {
            all.push(offer(Scope::Chosen, "Selected".to_owned(), chosen));
        }
        let filter = selection.filter.trim();
        if !filter.is_empty() {
            let count = meeting(list, &words, filter).len();
            all.push(offer(Scope::Filter, format!("Filter {filter}"), count));
        }
        all.extend(ctx.workspace.journal_lists.iter().map(|view| {
            let count = meeting(list, &words, &view.filter).len();
            let scope = Scope::View(view.name.clone());
            offer(scope, format!("View {}", view.name), count)
        }));
        all
    })
}

/// The campaigns that the review looks at, worked out anew when list or scope change.
pub(super) fn scoped(ui: &Ui, ctx: &PanelContext<'_>) -> Arc<Scoped> {
    let selection = Selection::load(ui.ctx());
    let list = ctx.journal.list;
    let scope = selection.scope(ctx);
    let filter = match &scope {
        Scope::All | Scope::Chosen => String::new(),
        Scope::Filter => selection.filter.clone(),
        Scope::View(name) => {
            let mut views = ctx.workspace.journal_lists.iter();
            let view = views.find(|view| view.name == *name);
            view.map_or_else(String::new, |view| view.filter.clone())
        }
    };
    let chosen = (scope == Scope::Chosen).then(|| Arc::clone(&selection.chosen));
    let revision = (ctx.journal.list_revision, list.len());
    let key = (revision, scope.clone(), filter.clone(), chosen);
    made_once(ui, selection_id().with("scoped"), key, || {
        let mut places: Vec<usize> = match scope {
            Scope::All => (0..list.len()).collect(),
            Scope::Chosen => selection.chosen_of(list).collect(),
            Scope::Filter | Scope::View(_) => meeting(list, &words_of_rows(ui, ctx), &filter),
        };
        places.retain(|place| list[*place].campaign.is_ok());
        let name = |place: &usize| {
            list[*place]
                .campaign
                .as_ref()
                .ok()
                .map(|it| it.name.as_str())
        };
        let first: Vec<&str> = places.iter().filter_map(name).take(NAMED).collect();
        let more = places.len().saturating_sub(first.len());
        let names = match (first.join(", "), more) {
            (names, 0) => names,
            (names, more) => format!("{names} and {} more", crate::ui::format::count(more)),
        };
        let key = egui::epaint::util::hash((revision, &scope, &places));
        Scoped {
            scope,
            places,
            names,
            key,
        }
    })
}
