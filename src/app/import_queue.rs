//! A broker's file in the desk: read on a thread of its own, held under review, and taken over when the reader says so.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::Context;
use jiff::tz::TimeZone;

use super::desk::Desk;
use super::import_read::read_with_others;
use super::import_take::LastImport;
use super::report::Report;
use super::session::Session;
use crate::document::journal::{ImportQueue, OtherCampaign, QueueEdit};
use crate::document::{Home, Store};
use crate::import::broker::{BrokerFile, ReadOptions};
use crate::instrument::{Contract, LayerKind};
use crate::ui::panels::PanelKind;
use crate::ui::widgets::ToastKind;
use crate::ui::{ImportEdit, ImportView};

/// Zone of clocks that a file states without one, unless the reader says another.
const FIRST_ZONE: &str = "America/New_York";

/// What the thread has to say.
#[derive(Debug)]
enum News {
    /// The file, and the campaigns of the folder that have to do with it.
    Read(Box<BrokerFile>, Vec<OtherCampaign>),
    /// Why there is none.
    Failed(String),
}

/// The import's place in the desk.
#[derive(Debug)]
pub(super) struct ImportDesk {
    sender: Sender<News>,
    receiver: Receiver<News>,
    /// The file that is read or under review.
    path: Option<PathBuf>,
    /// Name of the file that is being read.
    reading: Option<String>,
    zone: String,
    /// Where the campaign lived for which the file was read.
    home: Option<Home>,
    queue: Option<ImportQueue>,
    /// What was taken over last.
    last: Option<LastImport>,
}

impl Default for ImportDesk {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            path: None,
            reading: None,
            zone: FIRST_ZONE.to_owned(),
            home: None,
            queue: None,
            last: None,
        }
    }
}

impl ImportDesk {
    /// What panels see.
    pub(super) fn view(&self) -> ImportView<'_> {
        ImportView {
            queue: self.queue.as_ref(),
            reading: self.reading.as_deref(),
            zone: &self.zone,
        }
    }

    /// The file under review.
    pub(super) fn queue(&self) -> Option<&ImportQueue> {
        self.queue.as_ref()
    }

    /// Whether the file was read for the campaign of that home.
    pub(super) fn is_for(&self, home: &Home) -> bool {
        self.home.as_ref() == Some(home)
    }

    /// The file is taken over.
    pub(super) fn done(&mut self, last: LastImport) {
        self.queue = None;
        self.last = Some(last);
    }

    /// What was taken over last, to be taken back.
    pub(super) fn take_last(&mut self) -> Option<LastImport> {
        self.last.take()
    }

    /// It was not taken back.
    pub(super) fn keep_last(&mut self, last: LastImport) {
        self.last = Some(last);
    }

    /// Reads a file on a thread of its own.
    fn read(&mut self, path: PathBuf, session: &Session, wake: impl Fn() + Send + 'static) {
        if self.reading.is_some() {
            return;
        }
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let campaign = session.campaign();
        let legs = campaign.positions.iter().flat_map(|held| &held.legs);
        let held: Vec<(Contract, i32)> = legs.map(|leg| (leg.contract, leg.quantity)).collect();
        let options = ReadOptions {
            zone: TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC),
            account: None,
            held,
        };
        let folder = session.store().map(Store::campaigns_dir);
        self.home = Some(session.home().clone());
        let own = session.home().file().map(Path::to_owned);
        let (source, told) = (path.clone(), name.clone());
        let lost = News::Failed(format!(
            "{name}: the work broke off by a fault of the program"
        ));
        let report = Report::new(self.sender.clone(), wake, lost);
        let started = std::thread::Builder::new()
            .name("palisade-import".to_owned())
            .spawn(move || {
                let place = folder.as_deref().map(|folder| (folder, own.as_deref()));
                let news = match read_with_others(&source, &told, options, place) {
                    Ok((file, others)) => News::Read(Box::new(file), others),
                    Err(why) => News::Failed(why),
                };
                report.send(news);
            });
        match started {
            Ok(_) => (self.path, self.reading) = (Some(path), Some(name)),
            Err(error) => tracing::error!("no thread for an import: {error}"),
        }
    }
}

impl Desk {
    /// Reads a broker's file and puts it under review.
    pub(super) fn import_fills(&mut self, ctx: &Context, path: PathBuf) {
        let waker = ctx.clone();
        self.import
            .read(path, &self.session, move || waker.request_repaint());
    }

    /// Reads the file under review again.
    pub(super) fn read_again(&mut self, ctx: &Context) {
        if let Some(path) = self.import.path.clone() {
            self.import_fills(ctx, path);
        }
    }

    /// Takes in what was read.
    pub(super) fn follow_import(&mut self) {
        let news: Vec<News> = self.import.receiver.try_iter().collect();
        for news in news {
            self.import.reading = None;
            match news {
                News::Failed(why) => self.say(ToastKind::Error, why),
                News::Read(file, others) => {
                    let days = self.layer_days();
                    let campaign = self.session.history().current();
                    let queue = ImportQueue::of(*file, campaign, &others, days);
                    self.import.queue = Some(queue);
                    self.dock.focus(PanelKind::Journal);
                }
            }
        }
    }

    /// Days to expiry that each hedge layer aims for, by the rule pack in force.
    fn layer_days(&self) -> [(LayerKind, i32); 3] {
        let pack = self.session.pack();
        let usual = crate::import::broker::ReviewOptions::default().layer_days;
        usual.map(|(kind, days)| {
            let template = pack.layer(kind);
            let aimed =
                template.map_or_else(|| f64::from(days), |template| template.target_dte.value);
            (kind, aimed.round() as i32)
        })
    }

    pub(super) fn change_import(&mut self, ctx: &Context, edit: ImportEdit) {
        match edit {
            ImportEdit::Change(change) => self.change_queue(change),
            ImportEdit::Zone(zone) => {
                self.import.zone = zone;
                self.read_again(ctx);
            }
            ImportEdit::TakeOver => self.take_over(ctx),
            ImportEdit::Cancel => self.import.queue = None,
        }
    }

    fn change_queue(&mut self, change: QueueEdit) {
        if let Some(queue) = &mut self.import.queue
            && !queue.change(change)
        {
            self.say(ToastKind::Info, "These do not go together");
        }
    }
}
