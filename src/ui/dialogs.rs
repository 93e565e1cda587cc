//! The few dialogs of the desk: unsaved changes, recovery, a typed path, shortcuts, about.

mod layouts;

use egui::{Context, Ui};

use super::command::UiCommand;
use super::export::FileKind;
use super::fonts;
use super::layouts::LayoutEdit;
use super::shortcut_sheet;
use super::theme::tokens;
use super::widgets::{ButtonKind, TextField, button, modal, primary, secondary};

pub use layouts::LayoutsForm;

/// Why a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPurpose {
    /// Open a campaign or a chain.
    Open,
    /// Save the campaign.
    Save,
    /// Import an option chain.
    ImportChain,
    /// Import a broker's fills or positions.
    ImportFills,
    /// Choose the folder of market history.
    HistoryFolder,
    /// Copy a file into that folder.
    HistoryFile,
    /// Import a rule pack.
    ImportPack,
    /// Write a rule pack.
    ExportPack,
    /// Write a picture, figures or a report.
    Export(FileKind),
}

/// Unsaved changes that an earlier desk left behind, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryRow {
    /// The campaign's name.
    pub name: String,
    /// Where it belongs, or that it was never saved.
    pub origin: String,
    /// Why it cannot be read, if so.
    pub trouble: Option<String>,
}

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Changes would be lost; what the user was about to do.
    Unsaved(AfterSaving),
    /// Unsaved changes of an earlier desk.
    Recovery(Vec<RecoveryRow>),
    /// A path, where no file dialog answers.
    Path(PathPurpose, String),
    /// Saved layouts.
    Layouts(LayoutsForm),
    /// Every shortcut.
    Shortcuts,
    /// Version and licence.
    About,
}

/// What waits until unsaved changes are dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterSaving {
    /// Close the desk.
    Quit,
    /// Run a command that replaces the campaign.
    Run(UiCommand),
    /// Open a file.
    Open(std::path::PathBuf),
}

/// What the user answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Pending,
    /// Close the dialog.
    Dismiss,
    /// Save, then go on.
    Save(AfterSaving),
    /// Go on without saving.
    Discard(AfterSaving),
    /// Take over the changes of that row.
    Recover(usize),
    /// Throw the changes of that row away.
    DiscardRecovery(usize),
    /// Do this with layouts; the dialog stays.
    Layout(LayoutEdit),
    /// Use this path.
    Path(PathPurpose, String),
}

/// Shows the dialog and tells the answer.
pub fn dialog_ui(ctx: &Context, dialog: &mut Dialog, name: &str) -> Answer {
    match dialog {
        Dialog::Unsaved(then) => unsaved(ctx, then, name),
        Dialog::Recovery(rows) => recovery(ctx, rows),
        Dialog::Path(purpose, path) => path_dialog(ctx, *purpose, path),
        Dialog::Layouts(form) => layouts::layouts(ctx, form),
        Dialog::Shortcuts => shortcuts(ctx),
        Dialog::About => about(ctx),
    }
}

fn outcome(inner: Answer, should_close: bool) -> Answer {
    if inner == Answer::Pending && should_close {
        Answer::Dismiss
    } else {
        inner
    }
}

fn text(ui: &mut Ui, words: impl Into<String>) {
    let ink = tokens(ui).tx2;
    ui.label(fonts::body(words).color(ink));
}

fn unsaved(ctx: &Context, then: &AfterSaving, name: &str) -> Answer {
    let shown = modal(ctx, "unsaved", "Unsaved changes", 380.0, |ui| {
        text(ui, format!("“{name}” has changes that no file has."));
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let save = primary(ui, "Save");
            if save.clicked() {
                return Answer::Save(then.clone());
            }
            if button(ui, ButtonKind::Danger, None, "Discard").clicked() {
                return Answer::Discard(then.clone());
            }
            if secondary(ui, "Cancel").clicked() {
                Answer::Dismiss
            } else {
                Answer::Pending
            }
        })
        .inner
    });
    outcome(shown.inner, shown.should_close)
}

fn recovery(ctx: &Context, rows: &[RecoveryRow]) -> Answer {
    let shown = modal(ctx, "recovery", "Unsaved changes were found", 460.0, |ui| {
        text(
            ui,
            "An earlier desk ended without saving these. Nothing is deleted unless you discard it.",
        );
        let mut answer = Answer::Pending;
        for (index, row) in rows.iter().enumerate() {
            ui.add_space(8.0);
            ui.label(fonts::title(&row.name));
            text(ui, row.trouble.as_deref().unwrap_or(&row.origin));
            ui.horizontal(|ui| {
                ui.push_id(index, |ui| {
                    if row.trouble.is_none() && secondary(ui, "Open these changes").clicked() {
                        answer = Answer::Recover(index);
                    }
                    if button(ui, ButtonKind::Danger, None, "Discard").clicked() {
                        answer = Answer::DiscardRecovery(index);
                    }
                });
            });
        }
        ui.add_space(12.0);
        if secondary(ui, "Decide later").clicked() {
            Answer::Dismiss
        } else {
            answer
        }
    });
    outcome(shown.inner, shown.should_close)
}

/// Title, words and verb of the dialog; an export says its own words.
fn path_words(purpose: PathPurpose) -> (&'static str, &'static str, &'static str) {
    match purpose {
        PathPurpose::Export(_) => ("Export", "", "Save"),
        PathPurpose::Open => (
            "Open a file",
            "A campaign (.ron) or a Cboe quotes file (.csv).",
            "Open",
        ),
        PathPurpose::Save => (
            "Save as",
            "The path of the campaign's file, ending in .ron.",
            "Save",
        ),
        PathPurpose::ImportFills => (
            "Import fills",
            "A file of thinkorswim, tastytrade or OptionNET Explorer, or fills as a table (.csv).",
            "Read",
        ),
        PathPurpose::ImportPack => (
            "Import a rule pack",
            "A rule pack (.ron), as this desk exports it.",
            "Import",
        ),
        PathPurpose::ExportPack => (
            "Export the rule pack",
            "The path of the pack's file, ending in .ron.",
            "Save",
        ),
        PathPurpose::HistoryFolder => (
            "Folder of market history",
            "A folder with files of Cboe, FRED or Yahoo; folders in it are read too.",
            "Read",
        ),
        PathPurpose::HistoryFile => (
            "Import market history",
            "A file of Cboe, FRED, Yahoo or Shiller; it is copied into the folder.",
            "Import",
        ),
        PathPurpose::ImportChain => (
            "Import an option chain",
            "A Cboe delayed-quotes file (.csv).",
            "Import",
        ),
    }
}

fn path_dialog(ctx: &Context, purpose: PathPurpose, path: &mut String) -> Answer {
    let (title, words, verb) = path_words(purpose);
    let words = match purpose {
        PathPurpose::Export(kind) => format!("The path of the {}.", kind.label()),
        PathPurpose::Open
        | PathPurpose::Save
        | PathPurpose::ImportChain
        | PathPurpose::ImportFills
        | PathPurpose::ImportPack
        | PathPurpose::ExportPack
        | PathPurpose::HistoryFolder
        | PathPurpose::HistoryFile => words.to_owned(),
    };
    let shown = modal(ctx, "path", title, 460.0, |ui| {
        text(ui, words);
        ui.add_space(8.0);
        let field = TextField::new(path, "Path")
            .mono(true)
            .width(ui.available_width())
            .show(ui);
        if !ui.ctx().memory(|memory| memory.focused().is_some()) {
            field.response.request_focus();
        }
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if (primary(ui, verb).clicked() || field.submitted) && !path.trim().is_empty() {
                return Answer::Path(purpose, path.trim().to_owned());
            }
            if secondary(ui, "Cancel").clicked() {
                Answer::Dismiss
            } else {
                Answer::Pending
            }
        })
        .inner
    });
    outcome(shown.inner, shown.should_close)
}

fn shortcuts(ctx: &Context) -> Answer {
    let width = 2.0 * shortcut_sheet::COLUMN + shortcut_sheet::GUTTER;
    let shown = modal(ctx, "shortcuts", "Shortcuts", width, |ui| {
        let height = ui.ctx().content_rect().height() - 144.0;
        egui::ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, shortcut_sheet::shortcut_sheet);
        ui.add_space(12.0);
        if secondary(ui, "Close").clicked() {
            Answer::Dismiss
        } else {
            Answer::Pending
        }
    });
    outcome(shown.inner, shown.should_close)
}

fn about(ctx: &Context) -> Answer {
    let shown = modal(ctx, "about", "Palisade", 420.0, |ui| {
        let version = env!("CARGO_PKG_VERSION");
        text(
            ui,
            format!("Version {version}, commit {}", env!("PALISADE_COMMIT")),
        );
        text(ui, "MIT or Apache-2.0");
        ui.add_space(8.0);
        text(
            ui,
            "Educational software: it explains positions and a published method under one open model. \
             It never places orders, gives no advice, and does not present the method's thresholds as proven.",
        );
        ui.add_space(12.0);
        if secondary(ui, "Close").clicked() {
            Answer::Dismiss
        } else {
            Answer::Pending
        }
    });
    outcome(shown.inner, shown.should_close)
}
