//! A broker's file in the desk: read on a thread of its own, held under review, and taken over when the reader says so.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::Context;
use jiff::tz::TimeZone;

use super::desk::Desk;
use super::report::Report;
use super::session::Session;
use crate::document::journal::{ImportQueue, QueueEdit};
use crate::document::{Campaign, Command, Store, save_campaign};
use crate::import::broker::{BrokerFile, Fingerprint, ReadOptions, decode, read_broker};
use crate::instrument::{Contract, LayerKind};
use crate::market::Marks;
use crate::ui::panels::PanelKind;
use crate::ui::widgets::{Toast, ToastKind};
use crate::ui::{ImportEdit, ImportView, UiCommand};

/// Zone of clocks that a file states without one, unless the reader says another.
const FIRST_ZONE: &str = "America/New_York";

/// What the thread has to say.
#[derive(Debug)]
enum News {
    /// The file, and the keys of fills that campaigns of the folder have.
    Read(Box<BrokerFile>, Vec<Fingerprint>),
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
    queue: Option<ImportQueue>,
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
            queue: None,
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
        let own = session.home().file().map(Path::to_owned);
        let (source, told) = (path.clone(), name.clone());
        let lost = News::Failed(format!(
            "{name}: the work broke off by a fault of the program"
        ));
        let report = Report::new(self.sender.clone(), wake, lost);
        let started = std::thread::Builder::new()
            .name("palisade-import".to_owned())
            .spawn(move || {
                let news = match read_file(&source, &told, &options) {
                    Ok(file) => {
                        let known = folder
                            .map_or_else(Vec::new, |folder| known_keys(&folder, own.as_deref()));
                        News::Read(Box::new(file), known)
                    }
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

fn read_file(path: &Path, name: &str, options: &ReadOptions) -> Result<BrokerFile, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    read_broker(name, &decode(&bytes), options).map_err(|problem| problem.to_string())
}

/// Keys of fills in the files of a folder, without one file. The files are searched and not parsed: there may be
/// thousands, and a key stands nowhere else.
fn known_keys(folder: &Path, without: Option<&Path>) -> Vec<Fingerprint> {
    let mut keys = Vec::new();
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in files.map(|file| file.path()) {
        let is_campaign = path.extension().is_some_and(|end| end == "ron");
        if !is_campaign || Some(path.as_path()) == without {
            continue;
        }
        if let Ok(text) = std::fs::read_to_string(&path) {
            keys.extend(keys_in(&text));
        }
    }
    keys
}

fn keys_in(text: &str) -> impl Iterator<Item = Fingerprint> {
    text.split("key:").skip(1).filter_map(|rest| {
        let (key, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        Fingerprint::parse(key)
    })
}

/// An empty campaign for fills that belong to none.
fn new_campaign(name: &str, marks: &Marks) -> Campaign {
    let marks = Marks {
        quotes: Vec::new(),
        ..marks.clone()
    };
    Campaign::new(name, super::clock(), marks)
}

impl Desk {
    /// Reads a broker's file and puts it under review.
    pub(super) fn import_fills(&mut self, ctx: &Context, path: PathBuf) {
        let waker = ctx.clone();
        self.import
            .read(path, &self.session, move || waker.request_repaint());
    }

    /// Takes in what was read.
    pub(super) fn follow_import(&mut self) {
        let news: Vec<News> = self.import.receiver.try_iter().collect();
        for news in news {
            self.import.reading = None;
            match news {
                News::Failed(why) => self.say(ToastKind::Error, why),
                News::Read(file, known) => {
                    let days = self.layer_days();
                    let campaign = self.session.history().current();
                    let queue = ImportQueue::of(*file, campaign, &known, days);
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
            let aimed = template.map_or(f64::from(days), |template| template.target_dte.value);
            (kind, aimed.round() as i32)
        })
    }

    pub(super) fn change_import(&mut self, ctx: &Context, edit: ImportEdit) {
        match edit {
            ImportEdit::Change(change) => self.change_queue(change),
            ImportEdit::Zone(zone) => {
                self.import.zone = zone;
                if let Some(path) = self.import.path.clone() {
                    self.import_fills(ctx, path);
                }
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

    /// Takes the chosen fills over: into the campaign in the window as one step, into new files for other campaigns.
    fn take_over(&mut self, ctx: &Context) {
        let Some(queue) = self.import.queue.clone() else {
            return;
        };
        if self.session.is_what_if() {
            let words = "Fills are taken over into the book as held: leave the what-if first";
            return self.say(ToastKind::Info, words);
        }
        match self.take_all(&queue) {
            Ok(words) => {
                self.import.queue = None;
                let toast = Toast::new(ToastKind::Success, words);
                self.toasts.push(toast.action("Undo", UiCommand::Undo));
                self.load_journal(ctx);
            }
            Err(why) => self.say(ToastKind::Error, why),
        }
    }

    /// Everything is worked out before anything is written; then the new files come first, since the step in the
    /// window can be undone and they cannot.
    fn take_all(&mut self, queue: &ImportQueue) -> Result<String, String> {
        let campaign = self.session.campaign();
        let here = queue
            .for_here(campaign)
            .map_err(|error| error.to_string())?;
        let mut others = Vec::new();
        for place in queue.elsewhere() {
            let name = queue.review.campaigns.get(place).map(|known| &known.name);
            let mut other = new_campaign(name.map_or("Imported", String::as_str), &campaign.marks);
            let taken = queue
                .for_place(&other, place)
                .map_err(|error| error.to_string())?;
            let fills = taken.fills;
            other
                .apply(Command::Batch(taken.commands))
                .map_err(|error| error.to_string())?;
            others.push((other, fills));
        }
        if !others.is_empty() && self.session.store().is_none() {
            return Err("There is no folder for new campaigns: move the fills to this one".into());
        }
        let mut words = Vec::new();
        for (other, fills) in &others {
            let Some(store) = self.session.store() else {
                break;
            };
            let path = store.new_campaign_path(&other.name);
            save_campaign(&path, other).map_err(|error| error.to_string())?;
            let file = path.file_name().map(|name| name.to_string_lossy());
            let file = file.unwrap_or_default();
            words.push(format!(
                "{fills} fills into the new campaign {} ({file})",
                other.name
            ));
        }
        if !here.commands.is_empty() {
            self.session
                .edit(Command::Batch(here.commands))
                .map_err(|error| error.to_string())?;
        }
        if here.fills > 0 || words.is_empty() {
            words.insert(0, format!("{} fills into this campaign", here.fills));
        }
        let added = queue.added_holdings();
        if added > 0 {
            words.push(format!("{added} positions of the statement"));
        }
        if here.unplaced > 0 {
            let loose = here.unplaced;
            words.push(format!("{loose} of them close what the book does not hold"));
        }
        Ok(format!("Taken over: {}", words.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, keys_in};

    #[test]
    fn keys_are_found_in_the_text_of_a_campaign_however_it_is_spaced() {
        let text =
            "(trades: [(key: \"00000000000000ff\"), (key:\"0000000000000001\"), (key: \"name\")])";
        let keys: Vec<Fingerprint> = keys_in(text).collect();
        assert_eq!(keys, [Fingerprint(255), Fingerprint(1)]);
    }
}
