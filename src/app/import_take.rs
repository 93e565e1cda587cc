//! Fills under review become part of campaigns: of the one in the window as a step, of others as files, all or none.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::desk::Desk;
use crate::document::journal::{Destination, ImportQueue};
use crate::document::{
    Attempt, Campaign, CampaignLock, Command, Home, LockState, Store, load_campaign, save_campaign,
    write_file,
};
use crate::market::Marks;
use crate::ui::UiCommand;
use crate::ui::widgets::{Toast, ToastKind};

/// A file that an import wrote.
#[derive(Debug)]
struct Written {
    path: PathBuf,
    /// What stood there before; `None` for a file that the import made.
    before: Option<Vec<u8>>,
    after: Vec<u8>,
}

impl Written {
    /// Puts back what was there.
    fn restore(&self) -> Result<(), String> {
        match &self.before {
            Some(bytes) => write_file(&self.path, bytes).map_err(|error| error.told(Attempt::Keep)),
            None => fs::remove_file(&self.path)
                .map_err(|error| format!("cannot remove {}: {error}", self.path.display())),
        }
    }

    /// Whether the file is as the import left it.
    fn is_untouched(&self) -> bool {
        fs::read(&self.path).is_ok_and(|bytes| bytes == self.after)
    }

    /// Puts the import's own bytes there again.
    fn write_again(&self) -> Result<(), String> {
        write_file(&self.path, &self.after).map_err(|error| error.told(Attempt::Keep))
    }

    fn name(&self) -> String {
        file_name(&self.path)
    }
}

/// The import that was taken over last, for as long as it can be taken back.
#[derive(Debug)]
pub(super) struct LastImport {
    /// What the campaign in the window took over, if it did.
    here: Option<Here>,
    written: Vec<Written>,
}

/// The campaign in the window before it took anything over and after it, and where it lived then.
#[derive(Debug)]
struct Here {
    before: Arc<Campaign>,
    after: Arc<Campaign>,
    home: Home,
}

/// A campaign beside the one in the window, worked out and not yet written.
struct Other {
    campaign: Campaign,
    /// Its file, if it has one already, with what stands there and the lock on it.
    file: Option<(PathBuf, Vec<u8>, Option<CampaignLock>)>,
    fills: usize,
    unplaced: usize,
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// An empty campaign for fills that belong to none.
fn new_campaign(name: &str, marks: &Marks) -> Campaign {
    let marks = Marks {
        quotes: Vec::new(),
        ..marks.clone()
    };
    Campaign::new(name, super::clock(), marks)
}

/// The lock on a file against other desks; none where the folder knows no locks.
fn lock_on(store: &Store, path: &Path) -> Result<Option<CampaignLock>, String> {
    match store.lock(&store.home_of(path)) {
        LockState::Held(lock) => Ok(Some(lock)),
        LockState::Unknown => Ok(None),
        LockState::Taken { process } => {
            let who = process.map_or_else(String::new, |process| format!(" (process {process})"));
            Err(format!("{} is open in another desk{who}", file_name(path)))
        }
    }
}

/// A campaign of the folder as its file is now, under a lock against other desks.
fn campaign_of(store: &Store, file: &str) -> Result<Other, String> {
    let path = store.campaigns_dir().join(file);
    let lock = lock_on(store, &path)
        .map_err(|why| format!("{why}: close it there, or move its fills to another campaign"))?;
    let before =
        fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let campaign = load_campaign(&path).map_err(|error| error.to_string())?;
    Ok(Other {
        campaign,
        file: Some((path, before, lock)),
        fills: 0,
        unplaced: 0,
    })
}

impl Desk {
    /// Takes the chosen fills over: into the campaign in the window as one step, into files for other campaigns.
    pub(super) fn take_over(&mut self, ctx: &Context) {
        let Some(queue) = self.import.queue().cloned() else {
            return;
        };
        if self.session.is_what_if() {
            let words = "Fills are taken over into the book as held: leave the what-if first";
            return self.say(ToastKind::Info, words);
        }
        if self.import.is_reading() {
            return self.say(ToastKind::Info, "The file is still being read: wait for it");
        }
        if !self.import.is_for(self.session.home()) {
            let words = "Another campaign is open since: the file is read again for it";
            self.say(ToastKind::Info, words);
            return self.read_again(ctx);
        }
        match self.take_all(&queue) {
            Ok((words, last)) => {
                self.import.done(last);
                let toast = Toast::new(ToastKind::Success, words);
                let back = UiCommand::TakeBackImport;
                self.toasts.push(toast.action("Take back", back));
                self.load_journal(ctx);
            }
            Err(why) => self.say(ToastKind::Error, why),
        }
    }

    /// The campaigns beside the one in the window, with what they take over; nothing is written.
    fn others_of(&self, queue: &ImportQueue) -> Result<Vec<Other>, String> {
        let mut others = Vec::new();
        for place in queue.elsewhere() {
            let mut other = match (queue.destination(place), self.session.store()) {
                (Destination::File(known), Some(store)) => campaign_of(store, &known.file)?,
                (Destination::Here | Destination::New, Some(_)) => {
                    let name = queue.review.campaigns.get(place).map(|known| &known.name);
                    let name = name.map_or("Imported", String::as_str);
                    Other {
                        campaign: new_campaign(name, &self.session.campaign().marks),
                        file: None,
                        fills: 0,
                        unplaced: 0,
                    }
                }
                (_, None) => {
                    let why = "There is no folder for other campaigns: move the fills to this one";
                    return Err(why.to_owned());
                }
            };
            let taken = queue
                .for_place(&other.campaign, place)
                .map_err(|error| format!("{}: {error}", other.campaign.name))?;
            (other.fills, other.unplaced) = (taken.fills, taken.unplaced);
            other
                .campaign
                .apply(Command::Batch(taken.commands))
                .map_err(|error| format!("{}: {error}", other.campaign.name))?;
            others.push(other);
        }
        Ok(others)
    }

    /// Everything is worked out before anything is written; what is written is put back when something fails.
    fn take_all(&mut self, queue: &ImportQueue) -> Result<(String, LastImport), String> {
        let here = queue
            .for_here(self.session.campaign())
            .map_err(|error| error.to_string())?;
        let others = self.others_of(queue)?;
        let mut words = Vec::new();
        let mut loose = here.unplaced;
        let mut written: Vec<Written> = Vec::new();
        for other in &others {
            match self.write_other(other) {
                Ok(file) => {
                    let kind = if file.before.is_some() {
                        ""
                    } else {
                        "the new campaign "
                    };
                    let (name, fills) = (&other.campaign.name, count_fills(other.fills));
                    words.push(format!("{fills} into {kind}{name} ({})", file.name()));
                    loose += other.unplaced;
                    written.push(file);
                }
                Err(why) => return Err(rolled_back(&why, &written)),
            }
        }
        let has_step = !here.commands.is_empty();
        let before = Arc::clone(self.session.history().current());
        if has_step && let Err(error) = self.session.edit(Command::Batch(here.commands)) {
            return Err(rolled_back(&error.to_string(), &written));
        }
        if here.fills > 0 || words.is_empty() {
            words.insert(0, format!("{} into this campaign", count_fills(here.fills)));
        }
        let added = queue.added_holdings();
        if added > 0 {
            words.push(format!("{added} positions of the statement"));
        }
        if loose > 0 {
            words.push(format!("{loose} of them close what no campaign holds"));
        }
        if has_step && !written.is_empty() {
            words.push("undo takes back this campaign's part alone".to_owned());
        }
        let here = has_step.then(|| Here {
            before,
            after: Arc::clone(self.session.history().current()),
            home: self.session.home().clone(),
        });
        let last = LastImport { here, written };
        Ok((format!("Taken over: {}", words.join("; ")), last))
    }

    fn write_other(&self, other: &Other) -> Result<Written, String> {
        let (path, before) = match (&other.file, self.session.store()) {
            (Some((path, before, _lock)), _) => (path.clone(), Some(before.clone())),
            (None, Some(store)) => (store.new_campaign_path(&other.campaign.name), None),
            (None, None) => return Err("There is no folder for new campaigns".to_owned()),
        };
        if before
            .as_ref()
            .is_some_and(|before| fs::read(&path).ok().as_ref() != Some(before))
        {
            return Err(format!(
                "{} has changed meanwhile: take over again",
                path.display()
            ));
        }
        save_campaign(&path, &other.campaign).map_err(|error| error.told(Attempt::Keep))?;
        let after = fs::read(&path).unwrap_or_default();
        Ok(Written {
            path,
            before,
            after,
        })
    }

    /// Takes the import back that was taken over last: the step in the window and every file, or nothing of it. A step
    /// that is undone already is not undone again.
    pub(super) fn take_back_import(&mut self, ctx: &Context) {
        if self.session.is_what_if() {
            let words = "An import is taken back from the book as held: leave the what-if first";
            return self.say(ToastKind::Info, words);
        }
        let Some(last) = self.import.take_last() else {
            return self.say(ToastKind::Info, "There is no import to take back");
        };
        let done = self.locks_for(&last).and_then(|locks| {
            let done = take_files_back(&last.written);
            drop(locks);
            done
        });
        if let Err(why) = done {
            self.import.keep_last(last);
            return self.say(ToastKind::Error, format!("The import stays: {why}"));
        }
        if last.here.is_some_and(|here| self.shows(&here.after)) {
            self.session.undo();
        }
        self.say(
            ToastKind::Success,
            "The import is taken back, in every campaign",
        );
        self.load_journal(ctx);
    }

    fn shows(&self, campaign: &Arc<Campaign>) -> bool {
        Arc::ptr_eq(campaign, self.session.history().current())
    }

    /// The locks on the files of an import that can be taken back; else why it cannot.
    fn locks_for(&self, last: &LastImport) -> Result<Vec<CampaignLock>, String> {
        if let Some(here) = &last.here
            && !self.shows(&here.after)
            && !self.shows(&here.before)
        {
            let history = self.session.history();
            let has_steps = history.undo_label().is_some() || history.redo_label().is_some();
            return Err(if here.home != *self.session.home() {
                format!("open {} first", here.after.name)
            } else if has_steps {
                "this campaign has changed since: undo or redo up to the import first".to_owned()
            } else {
                "this campaign was opened anew since, and its steps are gone".to_owned()
            });
        }
        let mut locks = Vec::new();
        for file in &last.written {
            if let Some(store) = self.session.store() {
                if store.home_of(&file.path).file() == self.session.home().file() {
                    let name = file.name();
                    return Err(format!("{name} is open here: open another campaign first"));
                }
                let lock = lock_on(store, &file.path);
                locks.extend(lock.map_err(|why| format!("{why}: close it there first"))?);
            }
            if !file.is_untouched() {
                return Err(format!("{} has changed since", file.name()));
            }
        }
        Ok(locks)
    }
}

/// Puts back what was in every file, or leaves all as the import left them.
fn take_files_back(written: &[Written]) -> Result<(), String> {
    for (number, file) in written.iter().enumerate() {
        let Err(why) = file.restore() else {
            continue;
        };
        let again = written.iter().take(number).map(Written::write_again);
        let failed: Vec<String> = again.filter_map(Result::err).collect();
        return Err(if failed.is_empty() {
            why
        } else {
            format!("{why}; and {}", failed.join("; "))
        });
    }
    Ok(())
}

fn count_fills(fills: usize) -> String {
    if fills == 1 {
        "1 fill".to_owned()
    } else {
        format!("{fills} fills")
    }
}

/// Puts back what was written, and says what could not be.
fn rolled_back(why: &str, written: &[Written]) -> String {
    let failed: Vec<String> = written
        .iter()
        .filter_map(|file| file.restore().err())
        .collect();
    if failed.is_empty() {
        format!("Nothing was taken over: {why}")
    } else {
        format!("{why}; and {}", failed.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_put_back_leaves_all_as_the_import_left_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, before: Option<&[u8]>| {
            let written = Written {
                path: folder.path().join(name),
                before: before.map(<[u8]>::to_vec),
                after: b"after".to_vec(),
            };
            fs::write(&written.path, &written.after).expect("writable");
            written
        };
        let lost = Written {
            path: folder.path().join("gone/c.ron"),
            before: Some(b"before".to_vec()),
            after: b"after".to_vec(),
        };
        let (old, new) = (file("a.ron", Some(b"before")), file("b.ron", None));
        let all = [old, new, lost];
        assert!(take_files_back(&all).is_err());
        assert!(all[0].is_untouched() && all[1].is_untouched());
        assert_eq!(take_files_back(&all[..2]), Ok(()));
        assert_eq!(fs::read(&all[0].path).expect("it is there"), b"before");
        assert!(!all[1].path.exists());
    }
}
