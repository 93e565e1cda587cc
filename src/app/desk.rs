//! The desk in its window: reads events, draws the panels, and carries out what they ask for.

use std::path::PathBuf;

use egui::{Context, Ui, ViewportCommand};

use super::files::Files;
use super::focus::FocusKeeper;
use super::sample_campaign;
use super::session::Session;
use crate::document::{Recovery, Store};
use crate::ui::apply_bar::apply_bar_ui;
use crate::ui::dialogs::{Dialog, dialog_ui};
use crate::ui::dock::Dock;
use crate::ui::glossary::{GlossaryView, glossary_ui};
use crate::ui::palette::Palette;
use crate::ui::status_strip::status_strip_ui;
use crate::ui::theme::{self, SEAM, tokens};
use crate::ui::top_strip::{StripState, top_strip_ui};
use crate::ui::widgets::{Toast, ToastKind, Toasts};
use crate::ui::workspace::ThemeChoice;
use crate::ui::{Action, Actions, PanelContext, UiCommand, WhatIfView, Workspace};

/// The whole program behind the window.
#[derive(Debug)]
pub struct Desk {
    pub(super) session: Session,
    pub(super) workspace: Workspace,
    pub(super) saved_workspace: Workspace,
    pub(super) dock: Dock,
    pub(super) toasts: Toasts<UiCommand>,
    pub(super) dialog: Option<Dialog>,
    pub(super) palette: Option<Palette>,
    pub(super) glossary: GlossaryView,
    pub(super) focus: FocusKeeper,
    pub(super) recoveries: Vec<Recovery>,
    pub(super) recent: Vec<PathBuf>,
    pub(super) files: Files,
    pub(super) may_close: bool,
}

impl Desk {
    /// Starts on `file`, else on the last campaign, else on the sample.
    pub fn new(
        ctx: &Context,
        store: Option<Store>,
        workspace: Workspace,
        file: Option<PathBuf>,
    ) -> Self {
        theme::install(ctx);
        ctx.set_theme(egui_theme(workspace.theme));
        let recoveries = store.as_ref().map_or_else(Vec::new, |store| {
            store.pending_recovery().unwrap_or_else(|error| {
                tracing::warn!("{error}");
                Vec::new()
            })
        });
        let dock = workspace
            .layout
            .as_deref()
            .map_or_else(Dock::default, Dock::from_text);
        let mut session = Session::unsaved(store, sample_campaign(), true, &workspace);
        let waker = ctx.clone();
        session.start_saving(move || waker.request_repaint());
        let mut desk = Self {
            session,
            saved_workspace: workspace.clone(),
            workspace,
            dock,
            toasts: Toasts::default(),
            dialog: None,
            palette: None,
            glossary: GlossaryView::default(),
            focus: FocusKeeper::default(),
            recoveries,
            recent: Vec::new(),
            files: Files::default(),
            may_close: false,
        };
        desk.reload_recent();
        if let Some(path) = file.or_else(|| desk.recent.first().cloned()) {
            desk.open(ctx, &path);
        }
        desk.show_recoveries();
        desk
    }

    /// The document and what follows from it.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The user's choices about the desk.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    pub(super) fn reload_recent(&mut self) {
        let recent = self.session.store().and_then(|store| store.recent().ok());
        self.recent = recent.map_or_else(Vec::new, |recent| {
            recent
                .files
                .into_iter()
                .filter(|file| file.exists())
                .collect()
        });
    }

    pub(super) fn say(&mut self, kind: ToastKind, words: impl Into<String>) {
        self.toasts.push(Toast::new(kind, words));
    }

    fn frame_ui(&mut self, ui: &mut Ui) -> Actions {
        let mut actions = Actions::default();
        let ctx = panel_context(&self.session, &self.workspace);
        let strip = StripState {
            is_dirty: self.session.is_dirty(),
            undo: self.session.undo_history().undo_label(),
            redo: self.session.undo_history().redo_label(),
            recent: &self.recent,
        };
        let t = tokens(ui);
        let fill = |color| egui::Frame::NONE.fill(color);
        let bar = |panel: egui::Panel, color| panel.show_separator_line(false).frame(fill(color));
        bar(egui::Panel::top("top strip"), t.panel)
            .show(ui, |ui| top_strip_ui(ui, &ctx, &strip, &mut actions));
        bar(egui::Panel::bottom("status strip"), t.panel)
            .show(ui, |ui| status_strip_ui(ui, &ctx, &mut actions));
        if ctx.what_if.is_some() {
            bar(egui::Panel::bottom("apply bar"), t.wi_bg)
                .show(ui, |ui| apply_bar_ui(ui, &ctx, &mut actions));
        }
        let ground = fill(t.app).inner_margin(SEAM);
        egui::CentralPanel::no_frame()
            .frame(ground)
            .show(ui, |ui| self.dock.ui(ui, &ctx, &mut actions));
        if ctx.what_if.is_some() {
            what_if_edge(ui);
        }
        actions
    }

    pub(super) fn shortcuts(ctx: &Context, actions: &mut Actions) {
        // Longer chords first: Ctrl+Shift+Z must not be taken for Ctrl+Z.
        let mut commands: Vec<UiCommand> = UiCommand::ALL.to_vec();
        commands.sort_by_key(|command| {
            command
                .shortcut()
                .is_none_or(|shortcut| !shortcut.modifiers.shift)
        });
        let is_typing = ctx.text_edit_focused();
        for command in commands {
            let Some(shortcut) = command.shortcut() else {
                continue;
            };
            let edits_text =
                matches!(command, UiCommand::Undo | UiCommand::Redo) || command.types_text();
            if is_typing && edits_text {
                continue;
            }
            let second = command.second_shortcut();
            let pressed = if command.types_text() {
                ctx.input(|input| input.key_pressed(shortcut.logical_key))
            } else {
                ctx.input_mut(|input| {
                    input.consume_shortcut(&shortcut)
                        || second.is_some_and(|second| input.consume_shortcut(&second))
                })
            };
            if pressed {
                actions.push(Action::Run(command));
            }
        }
        Self::panel_shortcuts(ctx, actions);
    }

    fn collect_saves(&mut self) {
        for report in self.session.collect_saves() {
            if let Err(error) = report.result {
                self.say(
                    ToastKind::Error,
                    format!("{error}. Your changes stay in memory; save elsewhere"),
                );
            }
        }
    }

    /// Keeps the workspace once it has been still for a moment.
    fn keep_workspace(&mut self, ctx: &Context) {
        let size = ctx
            .input(|input| input.viewport().inner_rect)
            .map(|rect| [rect.width(), rect.height()]);
        if size.is_some() {
            self.workspace.window_size = size;
        }
        if ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        self.workspace.layout = self.dock.to_text();
        let same = Workspace {
            plot_range: None,
            ..self.workspace.clone()
        } == self.saved_workspace;
        if same {
            return;
        }
        self.saved_workspace = Workspace {
            plot_range: None,
            ..self.workspace.clone()
        };
        if let Some(Err(error)) = self
            .session
            .store()
            .map(|store| store.save_workspace(&self.saved_workspace))
        {
            tracing::warn!("{error}");
        }
    }

    fn title(&self, ctx: &Context) {
        let dot = if self.session.is_dirty() { " •" } else { "" };
        let title = format!("{}{dot} – Palisade", self.session.campaign().name);
        if ctx.input(|input| input.viewport().title.as_deref() != Some(title.as_str())) {
            ctx.send_viewport_cmd(ViewportCommand::Title(title));
        }
    }
}

impl eframe::App for Desk {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.collect_saves();
        self.take_file_events(&ctx);
        let mut actions = Actions::default();
        self.take_shortcuts(&ctx, &mut actions);
        self.session.refresh(&self.workspace);
        let mut asked = self.frame_ui(ui);
        if let Some(command) = self.toasts.show(&ctx) {
            asked.push(Action::Run(command));
        }
        glossary_ui(&ctx, &mut self.glossary, &self.workspace, &mut asked);
        self.show_palette(&ctx, &mut asked);
        let name = self.session.campaign().name.clone();
        let answer = self
            .dialog
            .as_mut()
            .map(|dialog| dialog_ui(&ctx, dialog, &name));
        let mut all = actions.take();
        all.extend(asked.take());
        self.apply(&ctx, frame, all);
        if let Some(answer) = answer {
            self.answer(&ctx, frame, answer);
        }
        self.focus.keep(&ctx, self.is_covered());
        self.session.autosave();
        self.guard_close(&ctx);
        self.keep_workspace(&ctx);
        self.title(&ctx);
        // The age of the marks is shown in minutes.
        ctx.request_repaint_after(std::time::Duration::from_secs(30));
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.extreme_bg_color.to_normalized_gamma_f32()
    }
}

pub(super) fn egui_theme(choice: ThemeChoice) -> egui::ThemePreference {
    match choice {
        ThemeChoice::Dark => egui::ThemePreference::Dark,
        ThemeChoice::Light => egui::ThemePreference::Light,
    }
}

/// What panels read: the what-if's figures while one is on, else the real ones.
pub(super) fn panel_context<'a>(
    session: &'a Session,
    workspace: &'a Workspace,
) -> PanelContext<'a> {
    let real = session.derived();
    let what_if = session
        .what_if
        .as_ref()
        .and_then(|what_if| Some((what_if, what_if.derived.as_ref()?)));
    let shown = what_if.map(|(_, derived)| derived);
    PanelContext {
        campaign: shown.map_or_else(|| session.campaign(), |shown| &shown.campaign),
        valuation: shown.map_or(&real.valuation, |shown| &shown.valuation),
        curves: shown.map_or(&real.curves, |shown| &shown.curves),
        greeks: shown.map_or(&real.greeks, |shown| &shown.greeks),
        workspace,
        pack: session.pack(),
        account: &session.account,
        before: session.before.as_ref(),
        what_if: what_if.map(|(what_if, derived)| WhatIfView {
            scenario: &what_if.scenario,
            drafts: &derived.drafts,
            snapshots: &what_if.snapshots,
            campaign: session.campaign(),
            now: &real.valuation,
            now_curves: &real.curves,
        }),
        now: super::clock(),
    }
}

/// The violet edge of the window while a what-if is on.
fn what_if_edge(ui: &Ui) {
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("what-if edge"));
    let edge = egui::Stroke::new(2.0, tokens(ui).wi);
    let window = ui.ctx().content_rect();
    ui.ctx()
        .layer_painter(layer)
        .rect_stroke(window, 0.0, edge, egui::StrokeKind::Inside);
}
