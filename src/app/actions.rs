//! Carries out what panels, menus and shortcuts ask for.

use std::path::Path;

use egui::{Context, ViewportCommand};

use super::desk::Desk;
use super::sample_campaign;
use crate::document::{Attempt, Campaign, Command};
use crate::market::Marks;
use crate::ui::dialogs::{AfterSaving, Dialog, PathPurpose};
use crate::ui::dock::Dock;
use crate::ui::export::FileKind;
use crate::ui::panels::PanelKind;
use crate::ui::tables::{self, Taking};
use crate::ui::widgets::ToastKind;
use crate::ui::workspace::ThemeChoice;
use crate::ui::{Action, JournalPage, UiCommand, WorkspaceEdit, scale};

impl Desk {
    pub(super) fn apply(&mut self, ctx: &Context, frame: &eframe::Frame, actions: Vec<Action>) {
        for action in self.allowed(actions) {
            match action {
                Action::Edit(command) => self.edit(command),
                Action::Drag(command) => {
                    if let Err(error) = self.session.drag(command) {
                        tracing::debug!("refused in a drag: {error}");
                    }
                }
                Action::EndDrag => self.session.end_gesture(),
                Action::CancelDrag => self.session.cancel_gesture(),
                Action::Workspace(edit) => self.change_workspace(ctx, edit),
                Action::Run(command) => self.run(ctx, frame, command),
                Action::OpenPath(path) => self.open_guarded(ctx, path),
                Action::SavePath(path) => self.save_to(&path),
                Action::SetEquity(equity_usd) => {
                    if let Err(error) = self.session.set_equity(equity_usd) {
                        self.say(ToastKind::Error, error.to_string());
                    }
                }
                Action::Focus(kind) => self.dock.focus(kind),
                Action::WhatIf(edit) => self.change_what_if(edit),
                Action::Export(export) => self.export(ctx, frame, export),
                Action::Table(request) => tables::ask(ctx, request),
                Action::Layout(edit) => self.change_layout(edit),
                Action::Reach(kind) => self.reach(kind),
                Action::Define(id) => self.define(&id),
                Action::Library(edit) => self.change_library(ctx, frame, edit),
                Action::Pack(edit) => self.change_packs(ctx, edit),
                Action::Advice(edit) if self.look_at_past(&edit) => {}
                Action::Advice(edit) => self.change_advice(edit),
                Action::Journal(edit) => self.change_journal(ctx, edit),
                Action::Notify(words) => self.say(ToastKind::Info, words),
            }
            ctx.request_repaint();
        }
    }

    pub(super) fn edit(&mut self, command: Command) {
        if let Err(error) = self.session.edit(command) {
            self.say(ToastKind::Error, error.to_string());
        }
    }

    pub(super) fn run(&mut self, ctx: &Context, frame: &eframe::Frame, command: UiCommand) {
        match command {
            UiCommand::New | UiCommand::OpenSample | UiCommand::OpenJournalSample
                if self.session.needs_saving() =>
            {
                self.dialog = Some(Dialog::Unsaved(AfterSaving::Run(command)));
            }
            UiCommand::New => self.start_new(),
            UiCommand::OpenSample => self.session.start(sample_campaign(), true, &self.workspace),
            UiCommand::OpenJournalSample => self.start_journal_sample(),
            UiCommand::Open => self.ask(ctx, frame, PathPurpose::Open),
            UiCommand::ImportChain => self.ask(ctx, frame, PathPurpose::ImportChain),
            UiCommand::ImportFills => self.ask(ctx, frame, PathPurpose::ImportFills),
            UiCommand::TakeBackImport => self.take_back_import(ctx),
            UiCommand::SaveAs => self.ask(ctx, frame, PathPurpose::Save),
            UiCommand::Save => self.save(),
            UiCommand::ExportReport => {
                self.ask(ctx, frame, PathPurpose::Export(FileKind::Markdown));
            }
            UiCommand::CopyTable => self.take_table(ctx, Taking::Copy),
            UiCommand::SaveTable => self.take_table(ctx, Taking::SaveCsv),
            UiCommand::ImportPack => self.ask_for_pack(ctx, frame, false),
            UiCommand::ExportPack => self.ask_for_pack(ctx, frame, true),
            UiCommand::KeepPack => self.keep_pack(),
            UiCommand::DuplicatePack => self.duplicate_pack(),
            UiCommand::RestorePack => self.restore_pack(),
            UiCommand::Undo => {
                self.session.undo();
            }
            UiCommand::Redo => {
                self.session.redo();
            }
            UiCommand::WhatIf => self.toggle_what_if(),
            UiCommand::RestoreWhatIf => self.restore_what_if(),
            UiCommand::ToggleTheme => {
                let other = match self.workspace.theme {
                    ThemeChoice::Dark => ThemeChoice::Light,
                    ThemeChoice::Light => ThemeChoice::Dark,
                };
                self.change_workspace(ctx, WorkspaceEdit::Theme(other));
            }
            UiCommand::ScaleUp => self.change_scale(ctx, scale::larger_pct),
            UiCommand::ScaleDown => self.change_scale(ctx, scale::smaller_pct),
            UiCommand::ScaleReset => self.change_scale(ctx, |_| scale::NORMAL_PCT),
            UiCommand::Layouts => self.show_layouts(),
            UiCommand::ResetLayout => self.dock = Dock::default(),
            UiCommand::GatherWindows => self.dock.gather(),
            UiCommand::ClearRecent => self.clear_recent(),
            UiCommand::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            UiCommand::About => self.dialog = Some(Dialog::About),
            UiCommand::Palette => self.open_palette(),
            UiCommand::Glossary => self.toggle_glossary(ctx),
            UiCommand::NextPanel => self.dock.step(true),
            UiCommand::PreviousPanel => self.dock.step(false),
            UiCommand::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// An empty campaign on the marks of the current one, so that nothing has to be typed twice.
    pub(super) fn start_new(&mut self) {
        let now = super::clock();
        let old = &self.session.campaign().marks;
        let marks = Marks {
            quotes: Vec::new(),
            ..old.clone()
        };
        let campaign = Campaign::new("New campaign", now, marks);
        self.session.start(campaign, true, &self.workspace);
    }

    /// The campaign that is over, with its journal in front.
    pub(super) fn start_journal_sample(&mut self) {
        self.session
            .start(super::journal_sample(), true, &self.workspace);
        self.workspace.journal_page = JournalPage::Campaign;
        self.reach(PanelKind::Journal);
    }

    pub(super) fn ask(&mut self, ctx: &Context, frame: &eframe::Frame, purpose: PathPurpose) {
        let waker = ctx.clone();
        let name = self.proposed_name(purpose);
        self.files
            .ask(purpose, frame, &name, move || waker.request_repaint());
    }

    pub(super) fn save(&mut self) {
        match self.session.save() {
            Ok(path) => {
                self.say(ToastKind::Success, format!("Saved {}", path.display()));
                self.reload_recent();
            }
            Err(error) => self.say(ToastKind::Error, error.told(Attempt::Save)),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path) {
        match self.session.save_to(path) {
            Ok(()) => {
                self.say(ToastKind::Success, format!("Saved {}", path.display()));
                self.reload_recent();
            }
            Err(error) => self.say(ToastKind::Error, error.told(Attempt::Save)),
        }
    }
}
