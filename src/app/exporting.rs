//! Takes pictures, figures and reports out of the desk: to the clipboard, or to a file that the user names.

use std::path::{Path, PathBuf};

use egui::{ColorImage, Context};

use super::desk::Desk;
use super::files::ReportJob;
use crate::document::Store;
use crate::ui::dialogs::PathPurpose;
use crate::ui::export::{Export, FileKind, Look, picture};
use crate::ui::raster::RasterError;
use crate::ui::widgets::ToastKind;

/// Text or picture that waits for a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    /// Name of the file, without an ending.
    pub name: String,
    /// What it will hold.
    pub bytes: Vec<u8>,
}

impl Desk {
    /// Carries an export out as far as it goes without a path.
    pub(super) fn export(&mut self, ctx: &Context, frame: &eframe::Frame, export: Export) {
        match export {
            Export::CopyPicture(panel) => {
                let context = self.shown().panel_context(&self.workspace, super::clock());
                let context = self.library.seen(&context);
                let look = Look::of_desk(self.workspace.theme, ctx);
                match picture::picture(panel, &context, look) {
                    Ok(made) => {
                        let size = [made.width as usize, made.height as usize];
                        ctx.copy_image(ColorImage::from_rgba_premultiplied(size, &made.pixels));
                        self.say(ToastKind::Success, format!("Copied {}", panel.label()));
                    }
                    Err(error) => self.say(ToastKind::Error, error.to_string()),
                }
            }
            Export::SavePicture(panel, kind) => {
                let context = self.shown().panel_context(&self.workspace, super::clock());
                let context = self.library.seen(&context);
                let look = Look::of_desk(self.workspace.theme, ctx);
                let made = picture::picture_file(panel, &context, kind, look);
                let part = panel.label().to_lowercase().replace([' ', '/'], "-");
                self.keep(made, &part, |desk| {
                    desk.ask(ctx, frame, PathPurpose::Export(kind));
                });
            }
            Export::Journal(table, taking) => self.take_journal_table(ctx, table, taking),
            Export::Campaigns(taking) => self.take_campaigns(ctx, taking),
            Export::SaveCsv { name, text } => {
                let ask =
                    |desk: &mut Self| desk.ask(ctx, frame, PathPurpose::Export(FileKind::Csv));
                self.keep(Ok(text.into_bytes()), &name, ask);
            }
        }
    }

    /// Keeps what is to be written and asks where.
    fn keep(
        &mut self,
        made: Result<Vec<u8>, RasterError>,
        part: &str,
        ask: impl FnOnce(&mut Self),
    ) {
        // the open dialog belongs to what waits already
        if self.files.is_asking {
            return self.say(ToastKind::Info, "A file dialog is open already");
        }
        match made {
            Ok(bytes) => {
                let name = format!("{} {part}", self.session.campaign().name);
                self.waiting = Some(Waiting { name, bytes });
                ask(self);
            }
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }

    /// The name that a dialog proposes, without an ending.
    pub(super) fn proposed_name(&self, purpose: PathPurpose) -> String {
        let own = self.session.campaign().name.as_str();
        let name = match (purpose, &self.waiting) {
            (PathPurpose::ImportPack | PathPurpose::ExportPack, _) => {
                self.session.pack().id.as_str()
            }
            (PathPurpose::Export(FileKind::Png | FileKind::Svg | FileKind::Csv), Some(waiting)) => {
                waiting.name.as_str()
            }
            (
                PathPurpose::Export(_)
                | PathPurpose::Open
                | PathPurpose::Save
                | PathPurpose::ImportChain
                | PathPurpose::ImportFills
                | PathPurpose::HistoryFolder
                | PathPurpose::HistoryFile,
                _,
            ) => own,
        };
        name.replace(['/', '\\', ':'], "-")
    }

    /// Where a typed path for an export begins.
    pub(super) fn export_start(&self, kind: FileKind) -> PathBuf {
        let store = self.session.store();
        let folder = store.map(Store::campaigns_dir).unwrap_or_default();
        let name = self.proposed_name(PathPurpose::Export(kind));
        folder.join(format!("{name}.{}", kind.extension()))
    }

    /// Writes what waits, or the report, to a path; a path without an ending gets its own.
    pub(super) fn export_to(&mut self, ctx: &Context, kind: FileKind, path: &Path) {
        let path = with_ending(path, kind);
        let waker = ctx.clone();
        let wake = move || waker.request_repaint();
        match kind {
            FileKind::Markdown => {
                let derived = self.session.derived();
                let job = ReportJob {
                    campaign: self.session.campaign().clone(),
                    valuation: derived.valuation.clone(),
                    workspace: self.workspace.clone(),
                    account: self.session.account.clone(),
                    history: self.library.prepared().cloned(),
                };
                self.say(ToastKind::Info, "Writing the report and its pictures…");
                self.files.write_report(path, job, wake);
            }
            FileKind::Png | FileKind::Svg | FileKind::Csv => {
                if let Some(waiting) = self.waiting.take() {
                    self.files.write(path, waiting.bytes, wake);
                }
            }
        }
    }
}

fn with_ending(path: &Path, kind: FileKind) -> PathBuf {
    if path.extension().is_some() {
        path.to_owned()
    } else {
        path.with_extension(kind.extension())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_added_only_where_there_is_none() {
        let named = |path: &str| with_ending(Path::new(path), FileKind::Csv);
        assert_eq!(named("plots/payoff"), Path::new("plots/payoff.csv"));
        assert_eq!(named("plots/payoff.txt"), Path::new("plots/payoff.txt"));
    }
}
