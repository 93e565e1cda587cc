//! The user's folder: atomic files, homes, locks, recoveries and the saving thread.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use palisade::document::{
    Account, Campaign, Command, FileError, Home, LockState, RETRY_DELAY, Recent, SaveTarget, Saver,
    Store, load_campaign, save_campaign,
};
use serde::{Deserialize, Serialize};

use crate::document::sample;

/// Long enough that only a hang exceeds it.
const PATIENCE: Duration = Duration::from_secs(20);

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(&folder.path().join("palisade")).expect("a store");
    (folder, store)
}

fn with_vix(vix: f64) -> Campaign {
    sample().applied(Command::SetVix(vix)).expect("valid")
}

fn saver(delay_ms: u64) -> Saver {
    Saver::start(Duration::from_millis(delay_ms), || {}).expect("a thread")
}

/// Waits for what a freed lock allows: a process that another test is just starting holds copies of
/// our handles until its program runs.
fn eventually(done: impl Fn() -> bool) -> bool {
    (0..200).any(|_| {
        let now = done();
        if !now {
            std::thread::sleep(Duration::from_millis(10));
        }
        now
    })
}

/// Every file and folder below a folder, but locks.
fn tree(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .expect("readable")
            .map(|entry| entry.expect("entry"))
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|end| end != "lock") {
                let name = path.strip_prefix(root).expect("below the root");
                found.push(name.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_file_is_replaced_whole_and_nothing_else_is_left() {
    let (_folder, store) = store();
    let path = store.new_campaign_path("July: 10-lot");
    assert!(
        path.ends_with("campaigns/july-10-lot.ron"),
        "{}",
        path.display()
    );
    for vix in [18.0, 19.0] {
        save_campaign(&path, &with_vix(vix)).expect("saved");
        assert_eq!(load_campaign(&path).expect("loaded"), with_vix(vix));
    }
    assert_eq!(tree(store.root()), ["campaigns/july-10-lot.ron"]);
    assert_eq!(store.campaigns().expect("listed"), [path]);
    let second = store.new_campaign_path("July, 10 lot");
    assert!(
        second.ends_with("july-10-lot-2.ron"),
        "{}",
        second.display()
    );
}

#[test]
fn what_cannot_be_written_or_read_names_the_path_and_stays_as_it_was() {
    let (folder, store) = store();
    let path = folder.path().join("mine.ron");
    save_campaign(&path, &sample()).expect("saved");
    let mut permissions = fs::metadata(&path).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("read-only");
    let error = save_campaign(&path, &with_vix(44.0)).expect_err("read-only");
    let text = error.to_string();
    assert!(
        text.contains(&path.display().to_string()) && text.contains("read-only"),
        "{text}"
    );
    assert_eq!(load_campaign(&path).expect("unchanged"), sample());

    let nowhere = folder.path().join("no/such/folder/x.ron");
    let error = save_campaign(&nowhere, &sample()).expect_err("no folder");
    assert_eq!(error.path(), nowhere);

    let damaged = store.campaigns_dir().join("damaged.ron");
    let bytes = b"// ok\nCampaign(schema: 1, name: \"\xff\")";
    fs::write(&damaged, bytes).expect("written");
    let error = load_campaign(&damaged).expect_err("not text");
    let prefix = format!("{}:2: 28: found a byte", damaged.display());
    assert!(error.to_string().starts_with(&prefix), "{error}");
    assert_eq!(
        fs::read(&damaged).expect("there"),
        bytes,
        "a refused file is left alone"
    );
    assert!(matches!(
        load_campaign(&nowhere),
        Err(FileError::Read { .. })
    ));
}

#[cfg(unix)]
#[test]
fn saving_keeps_permissions_and_follows_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (folder, _store) = store();
    let real = folder.path().join("real.ron");
    let link = folder.path().join("link.ron");
    save_campaign(&real, &sample()).expect("saved");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&real, &link).expect("linked");
    save_campaign(&link, &with_vix(21.0)).expect("saved");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(
        load_campaign(&real).expect("through the link"),
        with_vix(21.0)
    );
    let mode = fs::metadata(&real).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn only_the_folders_own_campaigns_are_saved_in_place() {
    let (folder, store) = store();
    let own = store.campaigns_dir().join("a.ron");
    let home = store.home_of(&own);
    assert_eq!(home, Home::Own(own.clone()));
    assert_eq!(store.autosave_target(&home), SaveTarget::File(own));

    let elsewhere = fs::canonicalize(folder.path())
        .expect("there")
        .join("a.ron");
    let home = store.home_of(&elsewhere);
    assert_eq!(home, Home::Elsewhere(elsewhere.clone()));
    let target = store.autosave_target(&home);
    assert!(target.path().starts_with(store.root().join("recovery")));
    assert_eq!(
        target,
        SaveTarget::Recovery {
            path: target.path().to_owned(),
            origin: Some(elsewhere),
        }
    );

    let (first, second) = (store.home_for_unsaved(), store.home_for_unsaved());
    assert_ne!(first, second, "two new campaigns do not share a recovery");
    assert_eq!(first.file(), None);
}

#[test]
fn changes_left_unsaved_are_offered_once_with_their_file() {
    let (folder, store) = store();
    let file = fs::canonicalize(folder.path())
        .expect("there")
        .join("week \"27\".ron");
    save_campaign(&file, &sample()).expect("saved");
    let home = store.home_of(&file);
    let never_saved = store.home_for_unsaved();
    store
        .autosave_target(&home)
        .write(&with_vix(30.0))
        .expect("autosaved");
    store
        .autosave_target(&never_saved)
        .write(&with_vix(31.0))
        .expect("autosaved");

    let mut pending = store.pending_recovery().expect("listed");
    pending.sort_by_key(|recovery| recovery.origin.is_none());
    assert_eq!(pending.len(), 2);
    assert_eq!(pending[0].origin.as_deref(), Some(file.as_path()));
    assert_eq!(pending[1].origin, None);
    assert!(pending.iter().all(|recovery| recovery.newer_than_file));
    assert_eq!(pending[0].campaign.as_ref().expect("read"), &with_vix(30.0));
    assert_eq!(load_campaign(&file).expect("untouched"), sample());

    save_campaign(&file, &with_vix(30.0)).expect("the user saved");
    let pending = store.pending_recovery().expect("listed");
    assert_eq!(
        pending.len(),
        1,
        "what equals its file is no longer offered"
    );
    store.discard_recovery(&pending[0].path).expect("discarded");
    store
        .discard_recovery(&pending[0].path)
        .expect("gone already");
    assert_eq!(tree(&store.root().join("recovery")), Vec::<String>::new());
}

#[test]
fn a_damaged_recovery_is_offered_with_the_reason_not_lost() {
    let (_folder, store) = store();
    let target = store.autosave_target(&store.home_for_unsaved());
    target.write(&sample()).expect("written");
    let text = fs::read_to_string(target.path()).expect("there");
    fs::write(target.path(), &text[..text.len() / 2]).expect("cut");
    let pending = store.pending_recovery().expect("listed");
    assert_eq!(pending.len(), 1);
    let error = pending[0].campaign.as_ref().expect_err("damaged");
    assert!(error.to_string().contains("recovery"), "{error}");
    assert!(target.path().exists());
}

#[test]
fn a_campaign_open_elsewhere_is_known_and_its_changes_are_not_offered() {
    let (folder, store) = store();
    let file = folder.path().join("shared.ron");
    save_campaign(&file, &sample()).expect("saved");
    let home = store.home_of(&file);
    let held = store.lock(&home);
    assert!(matches!(held, LockState::Held(_)), "{held:?}");
    let process = std::process::id();
    let second = store.lock(&home);
    assert!(
        matches!(second, LockState::Taken { process: Some(id) } if id == process),
        "{second:?}"
    );
    store
        .autosave_target(&home)
        .write(&with_vix(33.0))
        .expect("autosaved");
    assert_eq!(store.pending_recovery().expect("listed").len(), 0);
    drop(held);
    assert!(eventually(|| matches!(
        store.lock(&home),
        LockState::Held(_)
    )));
    assert!(eventually(|| store
        .pending_recovery()
        .expect("listed")
        .len()
        == 1));
}

#[test]
fn the_saver_writes_the_latest_state_once_after_a_burst() {
    let (_folder, store) = store();
    let target = SaveTarget::File(store.campaigns_dir().join("burst.ron"));
    let saver = saver(50);
    let last = Arc::new(with_vix(40.0));
    for vix in [20.0, 30.0] {
        assert!(saver.save(target.clone(), Arc::new(with_vix(vix))));
    }
    assert!(saver.save(target.clone(), Arc::clone(&last)));
    assert!(saver.flush(PATIENCE));
    let reports = saver.reports();
    assert_eq!(reports.len(), 1, "three edits, one write");
    assert!(reports[0].result.is_ok());
    assert!(Arc::ptr_eq(&reports[0].campaign, &last));
    assert_eq!(load_campaign(target.path()).expect("saved"), *last);
}

#[test]
fn the_saver_writes_unasked_after_its_delay_and_wakes_the_desk() {
    let (_folder, store) = store();
    let path = store.campaigns_dir().join("unasked.ron");
    let (wake, woken) = std::sync::mpsc::channel();
    let saver = Saver::start(Duration::from_millis(10), move || {
        wake.send(()).ok();
    })
    .expect("a thread");
    saver.save(SaveTarget::File(path.clone()), Arc::new(sample()));
    woken.recv_timeout(PATIENCE).expect("a wake-up");
    assert_eq!(load_campaign(&path).expect("saved"), sample());
}

#[test]
fn the_saver_reports_failure_and_goes_on() {
    let (folder, store) = store();
    let saver = saver(0);
    let bad = SaveTarget::File(folder.path().join("none/x.ron"));
    let good = SaveTarget::File(store.campaigns_dir().join("good.ron"));
    saver.save(bad.clone(), Arc::new(sample()));
    saver.save(good.clone(), Arc::new(sample()));
    assert!(saver.flush(PATIENCE));
    let reports = saver.reports();
    let failed = |target: &SaveTarget| {
        let found = reports.iter().find(|report| report.target == *target);
        found.expect("a report").result.is_err()
    };
    assert!(failed(&bad) && !failed(&good));
}

#[test]
fn dropping_the_saver_loses_nothing_and_forgetting_loses_just_that() {
    let (_folder, store) = store();
    let keep = SaveTarget::File(store.campaigns_dir().join("keep.ron"));
    let forget = store.autosave_target(&store.home_for_unsaved());
    let saver = saver(60_000);
    saver.save(forget.clone(), Arc::new(sample()));
    assert!(saver.flush(PATIENCE));
    assert!(forget.path().exists());
    saver.save(forget.clone(), Arc::new(sample()));
    saver.save(keep.clone(), Arc::new(sample()));
    saver.forget(forget.path().to_owned());
    drop(saver);
    assert_eq!(
        load_campaign(keep.path()).expect("written at the end"),
        sample()
    );
    assert!(!forget.path().exists());
}

#[test]
fn leftovers_of_killed_writes_go_when_no_desk_is_running() {
    let (_folder, store) = store();
    let root = store.root().to_owned();
    let leftover = store.campaigns_dir().join(".atomicwriteXYZ");
    fs::create_dir(&leftover).expect("made");
    fs::write(leftover.join("tmpfile.tmp"), "half").expect("made");
    let second = Store::open_at(&root).expect("a second desk");
    assert!(
        leftover.exists(),
        "it may be the first desk's write under way"
    );
    drop((store, second));
    assert!(eventually(|| {
        Store::open_at(&root).expect("alone");
        !leftover.exists()
    }));
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Workspace {
    panels: Vec<String>,
    scale_pct: u32,
}

#[test]
fn account_recent_files_and_workspace_come_back() {
    let (_folder, store) = store();
    assert_eq!(store.account().expect("none yet"), Account::default());
    assert_eq!(store.recent().expect("none yet"), Recent::default());
    assert_eq!(
        store.workspace::<Workspace>().expect("none yet"),
        Workspace::default()
    );

    let mut account = Account {
        equity_usd: Some(250_000.0),
        ..Account::default()
    };
    account.set_campaign_spend("July", [(jiff::civil::date(2026, 6, 24), 1375.0)]);
    store.save_account(&account).expect("saved");
    let mut recent = Recent::default();
    recent.push(Path::new("/home/x/a.ron"));
    store.save_recent(&recent).expect("saved");
    let workspace = Workspace {
        panels: vec!["payoff".to_owned()],
        scale_pct: 125,
    };
    store.save_workspace(&workspace).expect("saved");

    assert_eq!(store.account().expect("read"), account);
    assert_eq!(store.recent().expect("read"), recent);
    assert_eq!(store.workspace::<Workspace>().expect("read"), workspace);

    let path = store.root().join("account.ron");
    let text = fs::read_to_string(&path).expect("there");
    fs::write(&path, text.replace("250000.0", "-1.0")).expect("spoilt");
    let error = store.account().expect_err("negative equity").to_string();
    assert!(
        error.starts_with(&format!("{}:3: ", path.display())),
        "{error}"
    );
    assert!(error.contains("found -1: expected dollars"), "{error}");
}

#[test]
fn each_write_of_the_saver_is_reported_once() {
    let (_folder, store) = store();
    let woken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&woken);
    let saver = Saver::start(Duration::ZERO, move || {
        count.fetch_add(1, Ordering::SeqCst);
    })
    .expect("a thread");
    for number in 0..5 {
        let path = store.campaigns_dir().join(format!("{number}.ron"));
        saver.save(SaveTarget::File(path), Arc::new(sample()));
    }
    assert!(saver.flush(PATIENCE));
    assert_eq!(saver.reports().len(), 5);
    assert_eq!(saver.reports().len(), 0);
    assert_eq!(woken.load(Ordering::SeqCst), 5);
}

/// A folder in which nothing can be written for a while, also by those to whom permissions mean nothing: then it is
/// away.
struct Blocked {
    folder: std::path::PathBuf,
    is_away: bool,
}

impl Blocked {
    fn new(folder: &Path) -> Self {
        set_read_only(folder, true);
        let probe = folder.join("probe");
        let is_away = fs::write(&probe, "x").is_ok();
        let blocked = Self {
            folder: folder.to_owned(),
            is_away,
        };
        if is_away {
            fs::remove_file(probe).expect("just written");
            set_read_only(folder, false);
            fs::rename(folder, blocked.elsewhere()).expect("moved away");
        }
        blocked
    }

    fn elsewhere(&self) -> std::path::PathBuf {
        self.folder.with_extension("away")
    }

    fn lift(self) {
        if self.is_away {
            fs::rename(self.elsewhere(), &self.folder).expect("moved back");
        } else {
            set_read_only(&self.folder, false);
        }
    }
}

fn set_read_only(folder: &Path, is_read_only: bool) {
    let mut permissions = fs::metadata(folder).expect("there").permissions();
    permissions.set_readonly(is_read_only);
    fs::set_permissions(folder, permissions).expect("set");
}

#[test]
fn what_a_folder_refuses_is_kept_and_written_when_it_can_be() {
    let (_folder, store) = store();
    let path = store.campaigns_dir().join("july.ron");
    let saver = saver(0);
    let target = SaveTarget::File(path.clone());
    saver.save(target.clone(), Arc::new(sample()));
    assert!(saver.flush(PATIENCE));
    assert_eq!(saver.reports().len(), 1);

    let blocked = Blocked::new(&store.campaigns_dir());
    for vix in [21.0, 22.0] {
        saver.save(target.clone(), Arc::new(with_vix(vix)));
        assert!(saver.flush(PATIENCE));
    }
    let reports = saver.reports();
    assert_eq!(reports.len(), 1, "one reason is told once");
    let error = reports[0].result.as_ref().expect_err("refused");
    assert!(error.to_string().contains("july.ron"), "{error}");
    assert!(error.remedy().is_some(), "{error} says what to do");
    // Elsewhere it can be written at once.
    let other = store.root().join("elsewhere.ron");
    let elsewhere = SaveTarget::File(other.clone());
    elsewhere.write(&with_vix(22.0)).expect("another folder");
    assert_eq!(load_campaign(&other).expect("there"), with_vix(22.0));

    blocked.lift();
    assert!(
        eventually_saved(&saver, &path, 22.0),
        "tried again by itself"
    );
}

/// Whether a later try, unasked, writes the state and says that the file had been failing.
fn eventually_saved(saver: &Saver, path: &Path, vix: f64) -> bool {
    let end = std::time::Instant::now() + RETRY_DELAY + PATIENCE;
    while std::time::Instant::now() < end {
        let mut reports = saver.reports().into_iter();
        if let Some(report) = reports.next() {
            let is_whole = load_campaign(path).is_ok_and(|campaign| campaign == with_vix(vix));
            return report.result.is_ok() && report.was_failing && is_whole;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Names the folder of the process that finds its disk full; absent in an ordinary test run.
#[cfg(unix)]
const FULL_FOLDER: &str = "PALISADE_FULL_FOLDER";

/// Runs where no file may grow beyond a few kilobytes, as on a full disk: a write stops halfway.
#[cfg(unix)]
#[test]
#[ignore = "run by the test below in a process of its own"]
fn writes_where_the_disk_is_full() {
    let Some(folder) = std::env::var_os(FULL_FOLDER) else {
        return;
    };
    let path = Path::new(&folder).join("july.ron");
    let before = fs::read(&path).expect("put there by the parent");
    let note = |text: String| palisade::instrument::Note {
        at: jiff::civil::date(2026, 6, 24).at(10, 0, 0, 0),
        text,
        tags: Vec::new(),
    };
    let mut large = load_campaign(&path).expect("whole");
    large.notes.push(note("no room for this. ".repeat(8000)));
    let saver = saver(0);
    let target = SaveTarget::File(path.clone());
    saver.save(target.clone(), Arc::new(large.clone()));
    assert!(saver.flush(PATIENCE));
    let reports = saver.reports();
    let error = reports[0].result.as_ref().expect_err("too large");
    assert!(error.to_string().contains("july.ron"), "{error}");
    assert!(error.remedy().is_some(), "{error} says what to do");
    assert_eq!(fs::read(&path).expect("still there"), before);
    assert_eq!(
        tree(Path::new(&folder)),
        ["july.ron"],
        "nothing half written is left"
    );
    // What is in memory is whole: with the note taken out again it fits.
    large.notes.pop();
    large.notes.push(note("room".to_owned()));
    saver.save(target, Arc::new(large.clone()));
    assert!(saver.flush(PATIENCE));
    assert!(saver.reports()[0].was_failing);
    assert_eq!(load_campaign(&path).expect("whole"), large);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file_and_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    save_campaign(&folder.path().join("july.ron"), &sample()).expect("saved");
    let program = std::env::current_exe().expect("this test");
    // The signal of a file that grows too large is ignored, so that the write fails as it does on a full disk.
    let limited = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\"";
    let output = std::process::Command::new("sh")
        .args(["-c", limited])
        .arg(program)
        .args(["--exact", "store::writes_where_the_disk_is_full"])
        .args(["--ignored", "--nocapture"])
        .env(FULL_FOLDER, folder.path())
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}
