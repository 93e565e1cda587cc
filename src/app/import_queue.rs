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

/// A file that is read or was, and how.
#[derive(Clone, Debug)]
struct Source {
    path: PathBuf,
    /// Zone of its clocks where it states none.
    zone: String,
    /// Where the campaign lived for which it was read.
    home: Home,
}

/// The import's place in the desk.
#[derive(Debug)]
pub(super) struct ImportDesk {
    sender: Sender<News>,
    receiver: Receiver<News>,
    /// The file that is being read, and its name.
    reading: Option<(Source, String)>,
    /// The file that is read next: what was asked for while another was read.
    next: Option<PathBuf>,
    /// Zone for the file that is read next.
    zone: String,
    /// The file under review.
    shown: Option<Source>,
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
            reading: None,
            next: None,
            zone: FIRST_ZONE.to_owned(),
            shown: None,
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
            reading: self.reading.as_ref().map(|(_, name)| name.as_str()),
            zone: self.shown.as_ref().map_or(&self.zone, |shown| &shown.zone),
        }
    }

    /// The file under review.
    pub(super) fn queue(&self) -> Option<&ImportQueue> {
        self.queue.as_ref()
    }

    /// Whether the file was read for the campaign of that home.
    pub(super) fn is_for(&self, home: &Home) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.home == *home)
    }

    /// Whether a file is being read, which will take the place of the one under review.
    pub(super) fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// The file is taken over.
    pub(super) fn done(&mut self, last: LastImport) {
        self.drop_queue();
        self.last = Some(last);
    }

    fn drop_queue(&mut self) {
        self.queue = None;
        self.shown = None;
    }

    /// What was taken over last, to be taken back.
    pub(super) fn take_last(&mut self) -> Option<LastImport> {
        self.last.take()
    }

    /// It was not taken back.
    pub(super) fn keep_last(&mut self, last: LastImport) {
        self.last = Some(last);
    }

    /// Reads a file on a thread of its own; behind the one that is being read, if one is.
    fn read(&mut self, path: PathBuf, session: &Session, wake: impl Fn() + Send + 'static) {
        if self.is_reading() {
            self.next = Some(path);
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
        let asked = Source {
            path: path.clone(),
            zone: self.zone.clone(),
            home: session.home().clone(),
        };
        let own = session.home().file().map(Path::to_owned);
        let (source, told) = (path, name.clone());
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
            Ok(_) => self.reading = Some((asked, name)),
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

    /// Reads the file that was asked for last again.
    pub(super) fn read_again(&mut self, ctx: &Context) {
        let import = &self.import;
        let reading = import.reading.as_ref().map(|(source, _)| &source.path);
        let shown = import.shown.as_ref().map(|source| &source.path);
        if let Some(path) = import.next.as_ref().or(reading).or(shown).cloned() {
            self.import_fills(ctx, path);
        }
    }

    /// Takes in what was read, and reads what was asked for meanwhile.
    pub(super) fn follow_import(&mut self, ctx: &Context) {
        let news: Vec<News> = self.import.receiver.try_iter().collect();
        for news in news {
            let read = self.import.reading.take();
            match news {
                News::Failed(why) => {
                    // what is under review stays as it was read, and its zone with it
                    let shown = self.import.shown.as_ref();
                    if let Some(shown) = shown.filter(|_| self.import.next.is_none()) {
                        self.import.zone.clone_from(&shown.zone);
                    }
                    self.say(ToastKind::Error, why);
                }
                News::Read(file, others) => {
                    self.import.shown = read.map(|(source, _)| source);
                    let days = self.layer_days();
                    let campaign = self.session.history().current();
                    let queue = ImportQueue::of(*file, campaign, &others, days);
                    self.import.queue = Some(queue);
                    self.dock.focus(PanelKind::Journal);
                }
            }
            if let Some(path) = self.import.next.take() {
                self.import_fills(ctx, path);
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
            ImportEdit::Cancel => self.import.drop_queue(),
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
