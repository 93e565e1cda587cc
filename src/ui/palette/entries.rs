//! What the palette lists: commands, panels, files, choices, structures to add, and terms.

use egui::Context;

use crate::document::Command;
use crate::market::{ModelParams, ParamKey, SmileMode};
use crate::policy::Glossary;
use crate::risk::curves::Component;
use crate::risk::greek_curves::GreekMetric;
use crate::ui::command::shortcut_text;
use crate::ui::dock::LayoutPreset;
use crate::ui::export::Export;
use crate::ui::export::csv::journal::JournalTable;
use crate::ui::layouts::LayoutEdit;
use crate::ui::panels::PanelKind;
use crate::ui::panels::position::{AddKind, add_structure};
use crate::ui::tables::{self, Offered, TableRequest, Taking, lower_first};
use crate::ui::top_strip::StripState;
use crate::ui::workspace::ThemeChoice;
use crate::ui::{Action, Actions, PanelContext, UiCommand, WhatIfEdit, WorkspaceEdit};

/// What an entry does.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "some hundred entries live while the palette is open"
)]
pub enum Run {
    /// Ask for an action.
    Act(Action),
    /// Add a structure off today's market.
    Add(AddKind),
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Stays the same between starts, for what was used last.
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it does.
    pub detail: String,
    /// Other names it is found by.
    pub also: Vec<String>,
    /// Its shortcut as text.
    pub shortcut: Option<String>,
    /// What it belongs to, where there is no shortcut.
    pub group: &'static str,
    /// Why it cannot be run now.
    pub disabled: Option<String>,
    /// What it does when chosen.
    pub run: Run,
}

impl Entry {
    /// An entry with nothing but a name.
    pub fn new(key: impl Into<String>, title: impl Into<String>, run: Run) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            detail: String::new(),
            also: Vec::new(),
            shortcut: None,
            group: "",
            disabled: None,
            run,
        }
    }

    /// With other names.
    pub fn also(mut self, names: Vec<String>) -> Self {
        self.also = names;
        self
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    fn group(mut self, group: &'static str) -> Self {
        self.group = group;
        self
    }

    /// Whether it defines a term.
    pub fn is_term(&self) -> bool {
        matches!(self.run, Run::Act(Action::Define(_)))
    }

    /// Whether it takes a table along.
    pub fn is_table(&self) -> bool {
        matches!(self.run, Run::Act(Action::Table(_)))
    }

    /// What stands beside the name: why it cannot be run, else what it does.
    pub fn remark(&self) -> &str {
        self.disabled.as_deref().unwrap_or(&self.detail)
    }

    /// Its name for assistive tools.
    pub fn name(&self) -> String {
        self.disabled.as_ref().map_or_else(
            || self.title.clone(),
            |why| format!("{}: {why}", self.title),
        )
    }

    /// Carries it out: every entry ends in actions.
    pub fn run(&self, ctx: &PanelContext<'_>, actions: &mut Actions) {
        match &self.run {
            Run::Act(action) => actions.push(action.clone()),
            Run::Add(kind) => add_structure(*kind, ctx, actions),
        }
        actions.workspace(WorkspaceEdit::PaletteUsed(self.key.clone()));
    }
}

/// Every entry, in the order of an empty palette.
pub fn entries(egui: &Context, ctx: &PanelContext<'_>, state: &StripState<'_>) -> Vec<Entry> {
    let mut all = commands(egui, state);
    all.extend(panels(egui));
    all.extend(layouts(ctx));
    all.extend(structures());
    all.extend(choices(ctx));
    all.extend(what_ifs(ctx));
    all.extend(tables_in_view(egui, state.worked_in));
    all.extend(journal_tables());
    all.extend(files(state));
    all.extend(terms());
    all
}

fn commands(egui: &Context, state: &StripState<'_>) -> Vec<Entry> {
    let listed = UiCommand::ALL
        .into_iter()
        .filter(|command| *command != UiCommand::Palette);
    listed
        .map(|command| {
            let key = format!("command {command:?}");
            let run = Run::Act(Action::Run(command));
            let mut entry = Entry::new(key, command.label(), run)
                .detail(command.tooltip())
                .group("Command");
            entry.shortcut = command
                .shortcut()
                .map(|shortcut| shortcut_text(egui, &shortcut));
            let steps = [
                (UiCommand::Undo, state.undo, "Nothing to undo"),
                (UiCommand::Redo, state.redo, "Nothing to redo"),
            ];
            for (_, step, none) in steps.into_iter().filter(|step| step.0 == command) {
                match step {
                    Some(step) => step.clone_into(&mut entry.detail),
                    None => entry.disabled = Some(none.to_owned()),
                }
            }
            entry
        })
        .collect()
}

fn panels(egui: &Context) -> Vec<Entry> {
    PanelKind::ALL
        .into_iter()
        .map(|kind| {
            let title = format!("Go to {}", kind.label());
            let run = Run::Act(Action::Reach(kind));
            let mut entry = Entry::new(format!("panel {kind:?}"), title, run).group("Panel");
            entry.shortcut = kind
                .shortcut()
                .map(|shortcut| shortcut_text(egui, &shortcut));
            entry
        })
        .collect()
}

fn layouts(ctx: &PanelContext<'_>) -> Vec<Entry> {
    let entry = |name: &str, meaning: &str, edit: LayoutEdit| {
        let run = Run::Act(Action::Layout(edit));
        Entry::new(format!("layout {name}"), format!("Layout: {name}"), run)
            .detail(meaning)
            .group("Desk")
    };
    let shipped = LayoutPreset::ALL
        .into_iter()
        .map(|preset| entry(preset.label(), preset.tooltip(), LayoutEdit::Preset(preset)));
    let saved = ctx.workspace.layouts.names();
    let saved = saved.map(|name| entry(name, "Saved by you", LayoutEdit::Load(name.to_owned())));
    shipped.chain(saved).collect()
}

fn structures() -> Vec<Entry> {
    AddKind::ALL
        .into_iter()
        .map(|kind| {
            let (words, note) = kind.words();
            let title = format!("Add {}", lower_first(words));
            Entry::new(format!("add {kind:?}"), title, Run::Add(kind))
                .detail(note)
                .group("Book")
        })
        .collect()
}

/// Choices that panels offer as switches, by name.
fn choices(ctx: &PanelContext<'_>) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut add = |title: String, group, is_chosen: bool, action| {
        let mut entry = Entry::new(title.clone(), title, Run::Act(action)).group(group);
        entry.disabled = is_chosen.then(|| "Chosen already".to_owned());
        all.push(entry);
    };
    let workspace = ctx.workspace;
    for (theme, name) in [(ThemeChoice::Dark, "Dark"), (ThemeChoice::Light, "Light")] {
        let action = Action::Workspace(WorkspaceEdit::Theme(theme));
        let is_chosen = workspace.theme == theme;
        add(format!("{name} theme"), "Desk", is_chosen, action);
    }
    for component in Component::ALL {
        let action = Action::Workspace(WorkspaceEdit::Component(component));
        let is_chosen = workspace.component == component;
        let title = format!("Plot {}", lower_first(component.label()));
        add(title, "Plots", is_chosen, action);
    }
    for greek in GreekMetric::ALL {
        let action = Action::Workspace(WorkspaceEdit::Greek(greek));
        let is_chosen = workspace.greek == greek;
        let title = format!("Plot {}", lower_first(greek.label()));
        add(title, "Plots", is_chosen, action);
    }
    let model = &ctx.campaign.model;
    for mode in SmileMode::ALL {
        let changed = ModelParams {
            smile_mode: mode,
            ..model.clone()
        };
        let action = Action::Edit(Command::SetModel(changed));
        let is_chosen = model.smile_mode == mode;
        add(
            format!("Smile: {}", mode.label()),
            "Model",
            is_chosen,
            action,
        );
    }
    for (value, name) in [(1.0, "base"), (1.35, "stress"), (3.0, "squeeze")] {
        let key = ParamKey::StressMultiple;
        let action = Action::Edit(Command::SetParam { key, value });
        let is_chosen = model.value(key) == value;
        add(
            format!("Stress multiple {value}: {name}"),
            "Model",
            is_chosen,
            action,
        );
    }
    all
}

fn what_ifs(ctx: &PanelContext<'_>) -> Vec<Entry> {
    let is_on = ctx.what_if.is_some();
    let drafts = ctx.what_if.map_or(0, |view| {
        view.drafts.iter().filter(|draft| draft.is_on).count()
    });
    let none = || "No what-if is on".to_owned();
    [
        (
            "Begin a what-if",
            WhatIfEdit::Enter,
            is_on.then(|| "It is on already".to_owned()),
        ),
        (
            "Apply the drafts of the what-if",
            WhatIfEdit::Apply,
            (drafts == 0).then(|| {
                if is_on {
                    "No draft is on".to_owned()
                } else {
                    none()
                }
            }),
        ),
        (
            "Discard the what-if",
            WhatIfEdit::Discard,
            (!is_on).then(none),
        ),
    ]
    .into_iter()
    .map(|(title, edit, disabled)| {
        let mut entry = Entry::new(title, title, Run::Act(Action::WhatIf(edit))).group("What-if");
        entry.disabled = disabled;
        entry
    })
    .collect()
}

/// The tables that panels in view drew, those of the panel that is worked in first.
fn tables_in_view(egui: &Context, worked_in: Option<PanelKind>) -> Vec<Entry> {
    let mut all = tables::offered(egui);
    // those of the journal are listed below, in view or not
    let is_journal = |name: &str| JournalTable::ALL.iter().any(|table| table.title() == name);
    all.retain(|table| !is_journal(&table.name));
    all.sort_by_key(|table| Some(table.panel) != worked_in);
    let entry = |(table, taking): (&Offered, Taking)| {
        let (name, panel) = (&table.name, table.panel);
        let request = TableRequest {
            panel,
            name: name.clone(),
            taking,
        };
        let key = format!("table {panel:?} {name} {taking:?}");
        let run = Run::Act(Action::Table(request));
        Entry::new(key, taking.of(name), run)
            .detail(taking.meaning())
            .group(panel.label())
            .also(vec![format!("{} table", panel.label())])
    };
    let both = |table| [Taking::Copy, Taking::SaveCsv].map(|taking| (table, taking));
    all.iter().flat_map(both).map(entry).collect()
}

/// The journal as tables with every digit, whether its panel is in view or not.
fn journal_tables() -> Vec<Entry> {
    let of = |name: String, export: &dyn Fn(Taking) -> Export| {
        [Taking::Copy, Taking::SaveCsv].map(|taking| {
            let run = Run::Act(Action::Export(export(taking)));
            Entry::new(format!("{name} {taking:?}"), taking.of(&name), run)
                .detail("With every digit and units in the heads")
                .group("Journal")
        })
    };
    let tables = JournalTable::ALL.into_iter();
    let tables =
        tables.flat_map(|table| of(table.title(), &|taking| Export::Journal(table, taking)));
    let list = of("Journal campaigns".to_owned(), &Export::Campaigns);
    tables.chain(list).collect()
}

fn files(state: &StripState<'_>) -> Vec<Entry> {
    state
        .recent
        .iter()
        .map(|path| {
            let name = path
                .file_stem()
                .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            let shown = path.display().to_string();
            let run = Run::Act(Action::OpenPath(path.clone()));
            Entry::new(format!("file {shown}"), format!("Open {name}"), run)
                .detail(shown)
                .group("Recent")
        })
        .collect()
}

fn terms() -> Vec<Entry> {
    Glossary::shipped()
        .terms()
        .iter()
        .map(|term| {
            let first = term.meaning.split_inclusive(". ").next();
            let run = Run::Act(Action::Define(term.id.clone()));
            Entry::new(
                format!("term {}", term.id),
                format!("Define: {}", term.term),
                run,
            )
            .detail(first.unwrap_or_default().trim_end().trim_end_matches('.'))
            .group("Glossary")
            .also(term.aliases.clone())
        })
        .collect()
}
