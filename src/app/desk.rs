//! The desk in its window: reads events, draws the panels, and carries out what they ask for.

use std::path::PathBuf;

use egui::{Context, Ui, ViewportCommand};

use super::advice::AdviceDesk;
use super::exporting::Waiting;
use super::files::Files;
use super::focus::FocusKeeper;
use super::import_queue::ImportDesk;
use super::journal_desk::JournalDesk;
use super::keeping::Keeper;
use super::library::LibraryDesk;
use super::look::show_look;
use super::packs::PackDesk;
use super::past::Past;
use super::sample_campaign;
use super::session::Session;
use crate::document::{Attempt, Recovery, Store};
use crate::ui::apply_bar::{self, apply_bar_ui, is_bar_due};
use crate::ui::dialogs::{Dialog, dialog_ui};
use crate::ui::dock::{Dock, is_hand_down};
use crate::ui::glossary::{GlossaryView, glossary_ui};
use crate::ui::palette::Palette;
use crate::ui::past_bar::{self, past_bar_ui};
use crate::ui::status_strip::status_strip_ui;
use crate::ui::theme::{self, SEAM, tokens};
use crate::ui::top_strip::{StripState, top_strip_ui};
use crate::ui::widgets::{Toast, ToastKind, Toasts};
use crate::ui::workspace::ThemeChoice;
use crate::ui::{Action, Actions, PanelContext, UiCommand, Workspace};

/// The whole program behind the window.
#[derive(Debug)]
pub struct Desk {
    pub(super) session: Session,
    pub(super) workspace: Workspace,
    pub(super) keeper: Keeper,
    pub(super) dock: Dock,
    pub(super) toasts: Toasts<UiCommand>,
    pub(super) dialog: Option<Dialog>,
    pub(super) palette: Option<Palette>,
    pub(super) glossary: GlossaryView,
    pub(super) focus: FocusKeeper,
    pub(super) recoveries: Vec<Recovery>,
    pub(super) recent: Vec<PathBuf>,
    pub(super) files: Files,
    pub(super) library: LibraryDesk,
    pub(super) packs: PackDesk,
    pub(super) advice: AdviceDesk,
    pub(super) journal: JournalDesk,
    /// The past moment that is shown, if one is.
    pub(super) past: Option<Box<Past>>,
    pub(super) import: ImportDesk,
    /// The panel that was worked in last.
    pub(super) worked_in: Option<crate::ui::panels::PanelKind>,
    /// An export that waits for a path.
    pub(super) waiting: Option<Waiting>,
    pub(super) may_close: bool,
    /// The window's title as it was set last.
    titled: String,
    /// SPX range of the plots before the what-if, which comes back after it.
    plot_range: Option<(f64, f64)>,
}

impl Desk {
    /// Starts on `file`, else on the last campaign, else on the sample.
    pub fn new(
        ctx: &Context,
        store: Option<Store>,
        workspace: Workspace,
        file: Option<PathBuf>,
    ) -> Self {
        theme::install_with(ctx, workspace.colours);
        // the desk has a scale of its own, which it remembers
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        show_look(ctx, &workspace);
        let recoveries = store.as_ref().map_or_else(Vec::new, |store| {
            store.pending_recovery().unwrap_or_else(|error| {
                tracing::warn!("{error}");
                Vec::new()
            })
        });
        let dock = workspace.layout.as_deref().map(Dock::read);
        let (dock, dock_trouble) = match dock {
            Some(Ok(dock)) => (dock, None),
            Some(Err(why)) => (Dock::default(), Some(why)),
            None => (Dock::default(), None),
        };
        let mut session = Session::unsaved(store, sample_campaign(), true, &workspace);
        let waker = ctx.clone();
        session.start_saving(move || waker.request_repaint());
        let mut desk = Self {
            session,
            keeper: Keeper::default(),
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
            library: LibraryDesk::default(),
            packs: PackDesk::default(),
            advice: AdviceDesk::default(),
            journal: JournalDesk::default(),
            past: None,
            import: ImportDesk::default(),
            worked_in: None,
            waiting: None,
            may_close: false,
            titled: String::new(),
            plot_range: None,
        };
        if let Some(why) = dock_trouble {
            let words = "The last layout cannot be read, so the default is shown; saved ones stay";
            desk.say(ToastKind::Info, format!("{words} ({why})"));
        }
        desk.load_library(ctx);
        desk.load_journal(ctx);
        desk.reload_packs();
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

    /// What the rules find and the choices that are compared.
    pub fn advice(&self) -> crate::ui::AdviceView<'_> {
        self.advice.view()
    }

    /// The session in sight: that of a past moment while one is shown.
    pub fn shown(&self) -> &Session {
        let past = self.past.as_deref();
        past.map_or(&self.session, |past| &past.session)
    }

    /// What the rules find of what is in sight.
    pub fn advice_shown(&self) -> crate::ui::AdviceView<'_> {
        let past = self.past.as_deref();
        past.map_or(&self.advice, |past| &past.advice).view()
    }

    /// The panels' places and windows.
    pub fn dock(&self) -> &Dock {
        &self.dock
    }

    /// The market's history, once it is read.
    pub fn market_history(&self) -> Option<&std::sync::Arc<crate::series::Library>> {
        self.library.read()
    }

    pub(super) fn say(&mut self, kind: ToastKind, words: impl Into<String>) {
        self.toasts.push(Toast::new(kind, words));
    }

    fn frame_ui(&mut self, ui: &mut Ui) -> Actions {
        let mut actions = Actions::default();
        let past = self.past.as_deref();
        let session = past.map_or(&self.session, |past| &past.session);
        let advice = past.map_or(&self.advice, |past| &past.advice);
        let ctx = session.panel_context(&self.workspace, super::clock());
        let ctx = self.library.seen(&PanelContext {
            advice: advice.view(),
            journal: crate::ui::JournalView {
                past: past.map(Past::view),
                import: self.import.view(),
                ..self.journal.view(&self.session)
            },
            packs: self.packs.view(session, self.library.prepared()),
            ..ctx
        });
        let strip = StripState {
            is_dirty: self.session.is_dirty(),
            undo: self.session.undo_label().filter(|_| past.is_none()),
            redo: self.session.redo_label().filter(|_| past.is_none()),
            recent: &self.recent,
            windows_out: self.dock.windows().len(),
            worked_in: self.worked_in,
        };
        let t = tokens(ui);
        let fill = |color| egui::Frame::NONE.fill(color);
        let bar = |panel: egui::Panel, color| panel.show_separator_line(false).frame(fill(color));
        bar(egui::Panel::top("top strip"), t.panel)
            .show(ui, |ui| top_strip_ui(ui, &ctx, &strip, &mut actions));
        bar(egui::Panel::bottom("status strip"), t.panel)
            .show(ui, |ui| status_strip_ui(ui, &ctx, &mut actions));
        if is_bar_due(ui, ctx.what_if.is_some()) {
            bar(egui::Panel::bottom("apply bar"), t.wi_bg)
                .show(ui, |ui| apply_bar_ui(ui, &ctx, &mut actions));
        }
        if ctx.journal.past.is_some() {
            bar(egui::Panel::bottom("past bar"), t.panel)
                .show(ui, |ui| past_bar_ui(ui, &ctx, &mut actions));
        }
        let ground = fill(t.app).inner_margin(SEAM);
        egui::CentralPanel::no_frame()
            .frame(ground)
            .show(ui, |ui| self.dock.ui(ui, &ctx, &mut actions));
        let has_dialog = self.dialog.is_some();
        let keys = |window: &Context, actions: &mut Actions| {
            if !has_dialog {
                Self::shortcuts(window, actions);
            }
        };
        self.dock.windows_ui(ui.ctx(), &ctx, &mut actions, &keys);
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
                let keys = std::iter::once(shortcut).chain(second);
                ctx.input_mut(|input| keys.into_iter().any(|keys| input.consume_shortcut(&keys)))
            };
            if pressed {
                actions.push(Action::Run(command));
            }
        }
        Self::panel_shortcuts(ctx, actions);
    }

    pub(super) fn collect_saves(&mut self) {
        for report in self.session.collect_saves() {
            if let Err(error) = report.result {
                self.say(ToastKind::Error, error.told(Attempt::Autosave));
            } else {
                let path = report.target.path().display();
                self.say(ToastKind::Success, format!("Saved again to {path}"));
            }
        }
    }

    /// Height of the bar above the status strip, points; 0 without one.
    fn bar_height(&self) -> f32 {
        if self.past.is_some() {
            past_bar::HEIGHT
        } else if self.session.is_what_if() {
            apply_bar::HEIGHT
        } else {
            0.0
        }
    }

    fn title(&mut self, ctx: &Context) {
        let dot = if self.session.is_dirty() { " •" } else { "" };
        let title = format!("{}{dot} – Palisade", self.session.campaign().name);
        // what the window reports lags behind: asked again each frame, the desk would never rest
        if self.titled != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
    }
}

impl eframe::App for Desk {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.collect_saves();
        self.take_file_events(&ctx);
        self.take_library_events(&ctx);
        let mut actions = Actions::default();
        self.take_shortcuts(&ctx, &mut actions);
        self.session.refresh(&self.workspace);
        self.follow_pack(&ctx);
        self.follow_advice(&ctx);
        self.follow_journal(&ctx);
        self.follow_past(&ctx);
        self.follow_import(&ctx);
        let mut asked = self.frame_ui(ui);
        self.note_panel();
        self.settle_tables(&ctx, frame);
        self.toasts.lift(self.bar_height());
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
        let all = if self.session.before.is_some() {
            // keys that come in the frame in which the hand lets go are of the time after it
            [asked.take(), actions.take()].concat()
        } else {
            [actions.take(), asked.take()].concat()
        };
        let had_dialog = self.dialog.is_some();
        let was_what_if = self.session.is_what_if();
        let is_held = is_hand_down(&ctx);
        if !was_what_if && !is_held {
            self.plot_range = self.workspace.plot_range;
        }
        self.apply(&ctx, frame, all);
        if was_what_if && !self.session.is_what_if() {
            self.workspace.plot_range = self.plot_range;
        }
        if !is_held {
            self.session.settle_scenario();
        }
        if let Some(answer) = answer {
            self.answer(&ctx, frame, answer);
        }
        self.focus.keep(&ctx, self.is_covered());
        self.session.autosave();
        self.guard_close(&ctx);
        if self.dialog.is_some() && !had_dialog && !self.dock.windows().is_empty() {
            // asked for in a panel's window, perhaps: dialogs stand in the desk's
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
        self.keep_workspace(&ctx);
        self.title(&ctx);
        // The age of the marks is shown in minutes.
        ctx.request_repaint_after(std::time::Duration::from_secs(30));
        // who drives the window from outside can wait for it
        tracing::trace!("frame");
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.write_workspace();
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

/// The violet edge of the window while a what-if is on.
fn what_if_edge(ui: &Ui) {
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("what-if edge"));
    let edge = egui::Stroke::new(2.0, tokens(ui).wi);
    let window = ui.ctx().content_rect();
    ui.ctx()
        .layer_painter(layer)
        .rect_stroke(window, 0.0, edge, egui::StrokeKind::Inside);
}
