//! The journal in the desk: the campaign in the window is worked through, and the folder of campaigns listed, each
//! on a thread of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::Context;

use super::desk::Desk;
use super::report::Report;
use super::session::Session;
use crate::document::{Campaign, Command, Home};
use crate::journal::{CampaignReview, IndexFiles, IndexRow, JournalFacts, JournalIndex};
use crate::ui::widgets::ToastKind;
use crate::ui::{JournalEdit, JournalView};

/// What a thread has to say.
#[derive(Debug)]
enum News {
    /// A campaign is worked through.
    Reviewed(Arc<Campaign>, Box<CampaignReview>),
    /// The working thread ended without an answer.
    Failed(Arc<Campaign>),
    /// So many of so many files are read.
    Listing(usize, usize),
    /// The folder is listed: first without days and decisions, then with them.
    Listed(Result<JournalIndex, String>),
    /// A saved campaign has its new row.
    Indexed(Box<IndexRow>),
}

/// The journal's place in the desk.
#[derive(Debug)]
pub(super) struct JournalDesk {
    sender: Sender<News>,
    receiver: Receiver<News>,
    review: Option<(Arc<Campaign>, Arc<CampaignReview>)>,
    /// What the review says to the rules.
    facts: Option<Arc<JournalFacts>>,
    /// The campaign that is being worked through.
    working: Option<Arc<Campaign>>,
    index: JournalIndex,
    /// Rows of campaigns saved while the folder is being listed.
    late: Vec<IndexRow>,
    /// Whether the folder is to be listed once more when it is listed.
    is_wanted_again: bool,
    revision: u64,
    open_file: Option<String>,
    loading: Option<(usize, usize)>,
    trouble: Option<String>,
    /// The campaign whose row was written last.
    indexed: Option<Arc<Campaign>>,
    stop: Arc<AtomicBool>,
}

impl Default for JournalDesk {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            review: None,
            facts: None,
            working: None,
            index: JournalIndex::default(),
            late: Vec::new(),
            is_wanted_again: false,
            revision: 0,
            open_file: None,
            loading: None,
            trouble: None,
            indexed: None,
            stop: Arc::default(),
        }
    }
}

impl Drop for JournalDesk {
    fn drop(&mut self) {
        self.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

impl JournalDesk {
    /// What panels see.
    pub(super) fn view<'a>(&'a self, session: &Session) -> JournalView<'a> {
        let now = session.history().current();
        let review = self.review.as_ref();
        JournalView {
            past: None,
            review: review.map(|(_, review)| review),
            campaign: review.map(|(campaign, _)| campaign),
            is_stale: review.is_none_or(|(campaign, _)| !Arc::ptr_eq(campaign, now)),
            list: &self.index.rows,
            is_whole: self.index.is_whole,
            list_revision: self.revision,
            open_file: self.open_file.as_deref(),
            loading: self.loading,
            trouble: self.trouble.as_deref(),
            import: crate::ui::ImportView::default(),
        }
    }

    /// What the journal says to the rules: as it was worked through last, of this campaign and no other.
    fn facts(&self, session: &Session) -> Option<Arc<JournalFacts>> {
        let (of, _) = self.review.as_ref()?;
        let now = session.history().current();
        let is_same = (of.created, &of.name) == (now.created, &now.name);
        self.facts.clone().filter(|_| is_same)
    }

    /// Lists the folder of campaigns anew.
    pub(super) fn load(&mut self, session: &Session, wake: impl Fn() + Send + 'static) {
        let Some(store) = session.store.as_ref() else {
            return;
        };
        if self.loading.is_some() {
            // What is being listed may be older than what was just written.
            self.is_wanted_again = true;
            return;
        }
        let (folder, files) = (store.campaigns_dir(), IndexFiles::within(store.root()));
        let (sender, stop) = (self.sender.clone(), Arc::clone(&self.stop));
        self.loading = Some((0, 0));
        self.spawn(move || {
            let tell = |news| {
                sender.send(news).ok();
                wake();
            };
            let lost = "reading the folder of campaigns broke off: list it anew".to_owned();
            let report = Report::new(sender.clone(), &wake, News::Listed(Err(lost)));
            report.send(News::Listed(list(&folder, &files, &stop, &tell)));
        });
    }

    /// Takes in what the threads said, and works the campaign through when it has changed; not in a gesture.
    pub(super) fn follow(&mut self, session: &Session, wake: impl Fn() + Send + Clone + 'static) {
        let news: Vec<News> = self.receiver.try_iter().collect();
        for news in news {
            self.take(news);
        }
        if self.loading.is_none() && std::mem::take(&mut self.is_wanted_again) {
            self.load(session, wake.clone());
        }
        self.open_file = own_file(session).as_ref().and_then(|path| file_name(path));
        let now = session.history().current();
        let is_done = self
            .review
            .as_ref()
            .is_some_and(|(of, _)| Arc::ptr_eq(of, now));
        if session.before.is_none() && self.working.is_none() && !is_done {
            self.work(now, wake.clone());
        }
        if is_done {
            self.index_if_saved(session, wake);
        }
    }

    fn take(&mut self, news: News) {
        match news {
            News::Reviewed(campaign, review) => {
                self.working = None;
                self.facts = Some(Arc::new(JournalFacts::of(&review.attribution)));
                self.review = Some((campaign, Arc::new(*review)));
            }
            News::Failed(campaign) => {
                tracing::error!(
                    "the journal of {} could not be worked through",
                    campaign.name
                );
                self.working = None;
            }
            News::Listing(done, of) => self.loading = Some((done, of)),
            News::Listed(listed) => {
                self.take_list(listed);
                self.revision += 1;
            }
            News::Indexed(row) => {
                if self.loading.is_some() {
                    self.late.push((*row).clone());
                }
                self.index.put(*row);
                self.revision += 1;
            }
        }
    }

    fn take_list(&mut self, listed: Result<JournalIndex, String>) {
        let is_last = listed.as_ref().is_ok_and(|index| index.is_whole) || listed.is_err();
        match listed {
            // A list that is whole stays in sight until the next one is.
            Ok(index) if self.index.is_whole && !index.is_whole => {}
            Ok(index) => (self.index, self.trouble) = (index, None),
            Err(trouble) => self.trouble = Some(trouble),
        }
        for row in &self.late {
            self.index.put(row.clone());
        }
        if is_last {
            self.loading = None;
            self.late.clear();
        }
    }

    fn work(&mut self, campaign: &Arc<Campaign>, wake: impl Fn() + Send + 'static) {
        let (sender, campaign) = (self.sender.clone(), Arc::clone(campaign));
        self.working = Some(Arc::clone(&campaign));
        self.spawn(move || {
            let guard = Failing {
                campaign: Some(campaign),
                sender,
            };
            guard.work();
            wake();
        });
    }

    /// Writes the row of a campaign of the folder once its file is what was worked through.
    fn index_if_saved(&mut self, session: &Session, wake: impl Fn() + Send + 'static) {
        let Some((campaign, review)) = self.review.clone() else {
            return;
        };
        let is_indexed = self
            .indexed
            .as_ref()
            .is_some_and(|of| Arc::ptr_eq(of, &campaign));
        let (Some(path), Some(store)) = (own_file(session), &session.store) else {
            return;
        };
        if is_indexed || session.is_dirty() || !path.exists() {
            return;
        }
        self.indexed = Some(Arc::clone(&campaign));
        let (sender, index) = (self.sender.clone(), IndexFiles::within(store.root()));
        self.spawn(move || {
            match IndexRow::saved(&path, &campaign, review.summary.clone()) {
                Ok(Some(row)) => {
                    // The files are what counts: a row that is not written is made anew from them at the next start.
                    if let Err(error) = index.append(&row) {
                        tracing::warn!("cannot write the journal's index: {error}");
                    }
                    sender.send(News::Indexed(Box::new(row))).ok();
                    wake();
                }
                // Saved anew since: the row of that state follows.
                Ok(None) => {}
                Err(error) => tracing::warn!("cannot read {}: {error}", path.display()),
            }
        });
    }

    fn spawn(&mut self, work: impl FnOnce() + Send + 'static) {
        let started = std::thread::Builder::new()
            .name("palisade-journal".to_owned())
            .spawn(work);
        if let Err(error) = started {
            tracing::error!("no thread for the journal: {error}");
            (self.working, self.loading) = (None, None);
        }
    }
}

/// Says that no answer comes when the work ends without one.
struct Failing {
    campaign: Option<Arc<Campaign>>,
    sender: Sender<News>,
}

impl Failing {
    fn work(mut self) {
        let Some(campaign) = self.campaign.clone() else {
            return;
        };
        let review = Box::new(CampaignReview::with_steps(&campaign));
        self.campaign = None;
        self.sender.send(News::Reviewed(campaign, review)).ok();
    }
}

impl Drop for Failing {
    fn drop(&mut self) {
        if let Some(campaign) = self.campaign.take() {
            self.sender.send(News::Failed(campaign)).ok();
        }
    }
}

/// Lists a folder: tells of its rows as soon as they are there, and gives them back with days and decisions.
fn list(
    folder: &Path,
    files: &IndexFiles,
    stop: &AtomicBool,
    tell: &dyn Fn(News),
) -> Result<JournalIndex, String> {
    let mut progress = |done, of| tell(News::Listing(done, of));
    let mut index = JournalIndex::load(files);
    let trouble = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let refreshed = index
        .refresh(folder, stop, &mut progress)
        .map_err(trouble)?;
    tell(News::Listed(Ok(index.clone())));
    let read = index.fill(files, folder, stop, &mut progress);
    let is_changed = refreshed.read + refreshed.gone + read > 0 || index.is_worn();
    // Without an index all files are read again at the next start, so a failure here loses nothing.
    if let Err(error) = is_changed.then(|| index.save(files)).transpose() {
        tracing::warn!("{error}");
    }
    Ok(index)
}

/// The file of the campaign in the window, when it lies in the user's folder.
fn own_file(session: &Session) -> Option<PathBuf> {
    match &session.home {
        Home::Own(path) => Some(path.clone()),
        Home::Elsewhere(_) | Home::Unsaved(_) => None,
    }
}

fn file_name(path: &std::path::Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

impl Desk {
    /// Brings the journal up to the campaign in the window.
    pub(super) fn follow_journal(&mut self, ctx: &Context) {
        let waker = ctx.clone();
        self.journal
            .follow(&self.session, move || waker.request_repaint());
        self.session.journal_facts = self.journal.facts(&self.session);
    }

    /// Lists the folder of campaigns.
    pub(super) fn load_journal(&mut self, ctx: &Context) {
        let waker = ctx.clone();
        self.journal
            .load(&self.session, move || waker.request_repaint());
    }

    pub(super) fn change_journal(&mut self, ctx: &Context, edit: JournalEdit) {
        match edit {
            JournalEdit::Open(file) => {
                let path = self
                    .session
                    .store
                    .as_ref()
                    .map(|store| store.campaigns_dir().join(file));
                if let Some(path) = path {
                    self.open_guarded(ctx, path);
                }
            }
            JournalEdit::Reload => self.load_journal(ctx),
            JournalEdit::Hold(reason) => self.write_hold(&reason),
            JournalEdit::KeepMarks => self.keep_marks(),
            JournalEdit::AddHistoryDays => self.add_history_days(),
            JournalEdit::Past(moment) => self.show_past(moment),
            JournalEdit::Face(face) => self.show_face(face),
            JournalEdit::Import(edit) => self.change_import(ctx, edit),
        }
    }

    fn write_hold(&mut self, reason: &str) {
        let campaign = Arc::clone(self.session.history().current());
        let Some(weighed) = self.advice.weighed(&campaign) else {
            let words = "A decision is about the book as held: leave the what-if first";
            self.say(ToastKind::Info, words);
            return;
        };
        let commands = weighed.leave(reason);
        match self.session.edit(Command::Batch(commands)) {
            Ok(()) => self.say(ToastKind::Success, "The decision to hold is in the journal"),
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }
}
