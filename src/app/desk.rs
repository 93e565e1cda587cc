//! The desk in its window: reads events, draws the panels, and carries out what they ask for.

use std::path::{Path, PathBuf};

use egui::{Context, Modifiers, Ui, ViewportCommand};
use jiff::Timestamp;

use super::files::{FileEvent, Files, ImportedChain};
use super::sample_campaign;
use super::session::Session;
use crate::document::{Campaign, Command, Recovery, Store};
use crate::market::Marks;
use crate::ui::dialogs::{AfterSaving, Answer, Dialog, PathPurpose, RecoveryRow, dialog_ui};
use crate::ui::dock::Dock;
use crate::ui::status_strip::status_strip_ui;
use crate::ui::theme::{self, SEAM, tokens};
use crate::ui::top_strip::{StripState, top_strip_ui};
use crate::ui::widgets::{Toast, ToastKind, Toasts};
use crate::ui::workspace::ThemeChoice;
use crate::ui::{Action, Actions, PanelContext, UiCommand, Workspace, WorkspaceEdit};

/// The whole program behind the window.
#[derive(Debug)]
pub struct Desk {
    session: Session,
    workspace: Workspace,
    saved_workspace: Workspace,
    dock: Dock,
    toasts: Toasts<UiCommand>,
    dialog: Option<Dialog>,
    recoveries: Vec<Recovery>,
    recent: Vec<PathBuf>,
    files: Files,
    may_close: bool,
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

    fn reload_recent(&mut self) {
        let recent = self.session.store().and_then(|store| store.recent().ok());
        self.recent = recent.map_or_else(Vec::new, |recent| {
            recent
                .files
                .into_iter()
                .filter(|file| file.exists())
                .collect()
        });
    }

    fn show_recoveries(&mut self) {
        if self.recoveries.is_empty() {
            return;
        }
        let rows = self.recoveries.iter().map(recovery_row).collect();
        self.dialog = Some(Dialog::Recovery(rows));
    }

    fn say(&mut self, kind: ToastKind, words: impl Into<String>) {
        self.toasts.push(Toast::new(kind, words));
    }

    fn frame_ui(&mut self, ui: &mut Ui) -> Actions {
        let mut actions = Actions::default();
        let derived = self.session.derived();
        let ctx = PanelContext {
            campaign: self.session.campaign(),
            valuation: &derived.valuation,
            curves: &derived.curves,
            greeks: &derived.greeks,
            workspace: &self.workspace,
            pack: self.session.pack(),
            account: &self.session.account,
            before: self.session.before.as_ref(),
            now: Timestamp::now(),
        };
        let strip = StripState {
            is_dirty: self.session.is_dirty(),
            undo: self.session.history().undo_label(),
            redo: self.session.history().redo_label(),
            recent: &self.recent,
        };
        let t = tokens(ui);
        let fill = |color| egui::Frame::NONE.fill(color);
        egui::Panel::top("top strip")
            .show_separator_line(false)
            .frame(fill(t.panel))
            .show(ui, |ui| {
                top_strip_ui(ui, &ctx, &strip, &mut actions);
            });
        egui::Panel::bottom("status strip")
            .show_separator_line(false)
            .frame(fill(t.panel))
            .show(ui, |ui| {
                status_strip_ui(ui, &ctx, &mut actions);
            });
        let ground = fill(t.app).inner_margin(SEAM);
        egui::CentralPanel::no_frame()
            .frame(ground)
            .show(ui, |ui| self.dock.ui(ui, &ctx, &mut actions));
        actions
    }

    fn shortcuts(ctx: &Context, actions: &mut Actions) {
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
            let edits_text = matches!(command, UiCommand::Undo | UiCommand::Redo)
                || shortcut.modifiers == Modifiers::NONE;
            if is_typing && edits_text {
                continue;
            }
            let pressed = if command == UiCommand::Shortcuts {
                ctx.input(|input| input.key_pressed(shortcut.logical_key))
            } else {
                ctx.input_mut(|input| input.consume_shortcut(&shortcut))
            };
            if pressed {
                actions.push(Action::Run(command));
            }
        }
    }

    fn apply(&mut self, ctx: &Context, frame: &eframe::Frame, actions: Vec<Action>) {
        for action in actions {
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
                Action::Notify(words) => self.say(ToastKind::Info, words),
            }
            ctx.request_repaint();
        }
    }

    fn edit(&mut self, command: Command) {
        if let Err(error) = self.session.edit(command) {
            self.say(ToastKind::Error, error.to_string());
        }
    }

    fn change_workspace(&mut self, ctx: &Context, edit: WorkspaceEdit) {
        self.workspace.apply(edit);
        ctx.set_theme(egui_theme(self.workspace.theme));
    }

    fn run(&mut self, ctx: &Context, frame: &eframe::Frame, command: UiCommand) {
        match command {
            UiCommand::New | UiCommand::OpenSample if self.session.needs_saving() => {
                self.dialog = Some(Dialog::Unsaved(AfterSaving::Run(command)));
            }
            UiCommand::New => self.start_new(),
            UiCommand::OpenSample => self.session.start(sample_campaign(), true, &self.workspace),
            UiCommand::Open => self.ask(ctx, frame, PathPurpose::Open),
            UiCommand::ImportChain => self.ask(ctx, frame, PathPurpose::ImportChain),
            UiCommand::SaveAs => self.ask(ctx, frame, PathPurpose::Save),
            UiCommand::Save => self.save(),
            UiCommand::Undo => {
                self.session.undo();
            }
            UiCommand::Redo => {
                self.session.redo();
            }
            UiCommand::ToggleTheme => {
                let other = match self.workspace.theme {
                    ThemeChoice::Dark => ThemeChoice::Light,
                    ThemeChoice::Light => ThemeChoice::Dark,
                };
                self.change_workspace(ctx, WorkspaceEdit::Theme(other));
            }
            UiCommand::ResetLayout => self.dock = Dock::default(),
            UiCommand::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            UiCommand::About => self.dialog = Some(Dialog::About),
            UiCommand::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// An empty campaign on the marks of the current one, so that nothing has to be typed twice.
    fn start_new(&mut self) {
        let now = Timestamp::now();
        let old = &self.session.campaign().marks;
        let marks = Marks {
            quotes: Vec::new(),
            chain: None,
            ..old.clone()
        };
        let campaign = Campaign::new("New campaign", now, marks);
        self.session.start(campaign, true, &self.workspace);
    }

    fn ask(&mut self, ctx: &Context, frame: &eframe::Frame, purpose: PathPurpose) {
        let waker = ctx.clone();
        let name = self.session.campaign().name.clone();
        self.files
            .ask(purpose, frame, &name, move || waker.request_repaint());
    }

    fn save(&mut self) {
        match self.session.save() {
            Ok(path) => {
                self.say(ToastKind::Success, format!("Saved {}", path.display()));
                self.reload_recent();
            }
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }

    fn save_to(&mut self, path: &Path) {
        match self.session.save_to(path) {
            Ok(()) => {
                self.say(ToastKind::Success, format!("Saved {}", path.display()));
                self.reload_recent();
            }
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }

    fn open_guarded(&mut self, ctx: &Context, path: PathBuf) {
        let is_chain = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        if !is_chain && self.session.needs_saving() {
            self.dialog = Some(Dialog::Unsaved(AfterSaving::Open(path)));
        } else {
            self.open(ctx, &path);
        }
    }

    /// Opens a campaign, or imports a chain: a quotes file is no campaign.
    fn open(&mut self, ctx: &Context, path: &Path) {
        if path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("csv"))
        {
            let waker = ctx.clone();
            let rate = self.session.campaign().marks.rate;
            self.files
                .import_chain(path.to_owned(), rate, move || waker.request_repaint());
            return;
        }
        match self.session.open(path, &self.workspace) {
            Ok(None) => {}
            Ok(Some(process)) => self.say(
                ToastKind::Info,
                format!(
                    "Another desk (process {process}) has this campaign open: the last to save wins"
                ),
            ),
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
        self.reload_recent();
    }

    fn take_file_events(&mut self, ctx: &Context) {
        for event in self.files.events() {
            match event {
                FileEvent::Chosen(_, path) if path.as_os_str().is_empty() => {}
                FileEvent::Chosen(PathPurpose::Save, path) => self.save_to(&path),
                FileEvent::Chosen(PathPurpose::Open | PathPurpose::ImportChain, path) => {
                    self.open_guarded(ctx, path)
                }
                FileEvent::NoDialog(purpose) => {
                    let folder = self
                        .session
                        .store()
                        .map(Store::campaigns_dir)
                        .unwrap_or_default();
                    let start = match purpose {
                        PathPurpose::Save => {
                            folder.join(format!("{}.ron", self.session.campaign().name))
                        }
                        PathPurpose::Open => folder.join(""),
                        PathPurpose::ImportChain => PathBuf::new(),
                    };
                    self.dialog = Some(Dialog::Path(purpose, start.display().to_string()));
                }
                FileEvent::Chain(path, read) => self.take_chain(&path, read),
            }
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        for file in dropped {
            self.open_guarded(ctx, file.path().to_owned());
        }
    }

    fn take_chain(&mut self, path: &Path, read: Result<ImportedChain, String>) {
        let imported = match read {
            Ok(imported) => imported,
            Err(error) => return self.say(ToastKind::Error, error),
        };
        let expiries = imported.chain.expiries.len();
        let left_out = match imported.problems.first() {
            Some(first) => format!(
                "; {} rows left out, the first: {first}",
                imported.problems.len()
            ),
            None => String::new(),
        };
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if let Err(error) = self.session.edit(Command::ImportChain(imported.chain)) {
            return self.say(ToastKind::Error, error.to_string());
        }
        let words = format!("Imported {expiries} expiries from {name}{left_out}");
        self.toasts
            .push(Toast::new(ToastKind::Success, words).action("Undo", UiCommand::Undo));
    }

    fn answer(&mut self, ctx: &Context, frame: &eframe::Frame, answer: Answer) {
        match answer {
            Answer::Pending => return,
            Answer::Dismiss => self.dialog = None,
            Answer::Save(then) => {
                self.dialog = None;
                match self.session.save() {
                    Ok(_) => self.go_on(ctx, frame, then),
                    Err(error) => self.say(ToastKind::Error, error.to_string()),
                }
            }
            Answer::Discard(then) => {
                self.dialog = None;
                self.session.forget_recovery();
                self.go_on(ctx, frame, then);
            }
            Answer::Recover(index) => self.recover(index),
            Answer::DiscardRecovery(index) => self.discard_recovery(index),
            Answer::Path(purpose, path) => {
                self.dialog = None;
                let path = PathBuf::from(path);
                match purpose {
                    PathPurpose::Save => self.save_to(&path),
                    PathPurpose::Open | PathPurpose::ImportChain => self.open_guarded(ctx, path),
                }
            }
        }
        ctx.request_repaint();
    }

    fn go_on(&mut self, ctx: &Context, frame: &eframe::Frame, then: AfterSaving) {
        match then {
            AfterSaving::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            AfterSaving::Run(UiCommand::New) => self.start_new(),
            AfterSaving::Run(UiCommand::OpenSample) => {
                self.session.start(sample_campaign(), true, &self.workspace);
            }
            AfterSaving::Run(command) => self.run(ctx, frame, command),
            AfterSaving::Open(path) => self.open(ctx, &path),
        }
    }

    fn recover(&mut self, index: usize) {
        self.dialog = None;
        let recovery = self.recoveries.remove(index);
        match recovery.campaign {
            Ok(campaign) => {
                self.session
                    .recover(campaign, recovery.origin.as_deref(), &self.workspace);
                self.session.autosave();
                self.drop_recovery_file(&recovery.path);
                self.say(
                    ToastKind::Success,
                    "Unsaved changes are open again; save to keep them",
                );
            }
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
        self.show_recoveries();
    }

    fn discard_recovery(&mut self, index: usize) {
        self.dialog = None;
        let recovery = self.recoveries.remove(index);
        self.drop_recovery_file(&recovery.path);
        self.show_recoveries();
    }

    fn drop_recovery_file(&mut self, path: &Path) {
        let own = self
            .session
            .store()
            .map(|store| store.autosave_target(self.session.home()).path().to_owned());
        if own.as_deref() == Some(path) {
            return;
        }
        let dropped = self
            .session
            .store()
            .map(|store| store.discard_recovery(path));
        if let Some(Err(error)) = dropped {
            self.say(ToastKind::Error, error.to_string());
        }
    }

    fn guard_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if self.session.needs_saving() && !self.may_close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Unsaved(AfterSaving::Quit));
        } else {
            self.session.end_gesture();
            if !self.may_close {
                self.session.flush();
            }
        }
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
        if self.dialog.is_none() {
            Self::shortcuts(&ctx, &mut actions);
        }
        self.session.refresh(&self.workspace);
        let mut asked = self.frame_ui(ui);
        if let Some(command) = self.toasts.show(&ctx) {
            asked.push(Action::Run(command));
        }
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

fn egui_theme(choice: ThemeChoice) -> egui::ThemePreference {
    match choice {
        ThemeChoice::Dark => egui::ThemePreference::Dark,
        ThemeChoice::Light => egui::ThemePreference::Light,
    }
}

fn recovery_row(recovery: &Recovery) -> RecoveryRow {
    let origin = recovery.origin.as_ref().map_or_else(
        || "Never saved to a file".to_owned(),
        |path| {
            let age = if recovery.newer_than_file {
                "newer than"
            } else {
                "older than"
            };
            format!("Changes to {}, {age} the file", path.display())
        },
    );
    let (name, trouble) = match &recovery.campaign {
        Ok(campaign) => (campaign.name.clone(), None),
        Err(error) => ("Unreadable changes".to_owned(), Some(error.to_string())),
    };
    RecoveryRow {
        name,
        origin,
        trouble,
    }
}
