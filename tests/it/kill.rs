//! A desk killed at any moment: the campaign's file is always whole and at most a second old.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{process, thread};

use palisade::document::{
    AUTOSAVE_DELAY, CONFIG_DIR_VARIABLE, Campaign, Command, History, JournalCommand, JournalEntry,
    LockState, SaveTarget, Saver, Store, campaign_from_ron, load_campaign, save_campaign,
};
use palisade::journal::{CampaignReview, CampaignSummary, IndexFiles, IndexRow, JournalIndex};

use crate::document::sample;

/// Names the folder in which the process to be killed works; absent in an ordinary test run.
const FOLDER: &str = "PALISADE_KILL_FOLDER";
/// How long that process gathers edits, in milliseconds.
const DELAY: &str = "PALISADE_KILL_DELAY_MS";
/// This file's helper, as the test harness names it.
const HELPER: &str = "kill::edits_and_saves_until_killed";

const KILLS: usize = 200;
/// Processes that run at the same time.
const AT_ONCE: usize = 25;
/// What may be lost.
const AT_MOST: Duration = Duration::from_secs(1);

fn now_ms() -> u128 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_millis()
}

/// A campaign with entries, marks kept, a decision and corrections, but nothing that takes long to value.
static WITH_JOURNAL: LazyLock<Campaign> = LazyLock::new(|| {
    let text = include_str!("../golden/campaigns/v2.ron");
    let mut campaign = campaign_from_ron(text).expect("the golden file");
    campaign.positions.clear();
    campaign.trades.clear();
    campaign.marks.chain = None;
    campaign.marks.quotes.clear();
    let journal = Arc::make_mut(&mut campaign.journal);
    journal.chains.clear();
    for moment in &mut journal.moments {
        moment.chain = None;
    }
    for decision in (journal.entries.iter_mut()).filter_map(|entry| entry.decision.as_mut()) {
        for choice in &mut Arc::make_mut(decision).choices {
            choice.trades.clear();
        }
    }
    let journal = &campaign.journal;
    assert!(!journal.entries.is_empty() && !journal.moments.is_empty());
    assert!(!journal.audit.is_empty());
    campaign
});

fn name(edit: u32) -> String {
    format!("edit {edit}")
}

/// One edit: the campaign's name and an entry's title say its number.
fn edit(campaign: &Campaign, number: u32) -> Command {
    let entry = campaign.journal.entries[0].clone();
    let entry = JournalEntry {
        title: name(number),
        ..entry
    };
    let id = entry.id;
    Command::Batch(vec![
        Command::Rename(name(number)),
        Command::Journal(JournalCommand::ReplaceEntry { id, entry }),
    ])
}

/// The process that is killed: edits every few milliseconds, notes each edit in a ledger, saves and appends to the
/// index as the desk does. Without the folder it is not the one to be killed and has nothing to do.
#[test]
#[ignore = "run by the test below in a process of its own"]
fn edits_and_saves_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let delay = std::env::var(DELAY)
        .expect("set with the folder")
        .parse()
        .expect("a number");
    let path = folder.join("campaigns/campaign.ron");
    let index = IndexFiles::within(folder);
    let mut ledger = File::create(folder.join("ledger.txt")).expect("a ledger");
    let saver = Saver::start(Duration::from_millis(delay), || {}).expect("a thread");
    let mut history = History::opened(load_campaign(&path).expect("put there by the parent"));
    // Nothing that is edited here changes what the campaign came to, but its name.
    let summary = CampaignReview::of(history.current()).summary;
    for number in 1_u32.. {
        let command = edit(history.current(), number);
        history.apply(command).expect("valid");
        history.seal();
        writeln!(ledger, "{number} {}", now_ms()).expect("noted");
        saver.save(
            SaveTarget::File(path.clone()),
            Arc::clone(history.current()),
        );
        thread::sleep(Duration::from_millis(10));
        for report in saver.reports() {
            let summary = CampaignSummary {
                name: report.campaign.name.clone(),
                ..summary.clone()
            };
            let row = IndexRow::saved(&path, &report.campaign, summary).expect("the file is there");
            if let Some(row) = row {
                index.append(&row).expect("appended");
            }
        }
    }
}

struct Victim {
    process: Child,
    folder: tempfile::TempDir,
    dies_after: Duration,
}

/// A failed check must not leave the others running.
impl Drop for Victim {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn start(number: usize) -> Victim {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("campaigns")).expect("a folder for campaigns");
    save_campaign(&folder.path().join("campaigns/campaign.ron"), &WITH_JOURNAL).expect("saved");
    // Half of them write without pause, so that most kills hit a write; half as the desk does.
    let delay = if number.is_multiple_of(2) {
        0
    } else {
        AUTOSAVE_DELAY.as_millis()
    };
    let process = process::Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", HELPER, "--ignored", "--nocapture"])
        .env(FOLDER, folder.path())
        .env(DELAY, delay.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    // Spread over 0.1 to 2 seconds with no common rhythm: multiples of the golden ratio.
    let share = (number as f64 * 0.618_033_988_75).fract();
    Victim {
        process,
        folder,
        dies_after: Duration::from_secs_f64(0.1 + 1.9 * share),
    }
}

/// Kills it, then checks the file against the ledger and the index against the file. Returns the edits that the file
/// held and whether the index knew its last state without reading it.
fn kill_and_check(mut victim: Victim) -> (u32, bool) {
    victim.process.kill().expect("killed");
    victim.process.wait().expect("dead");
    let died_ms = now_ms();
    let folder = victim.folder.path();
    let campaign = load_campaign(&folder.join("campaigns/campaign.ron")).expect("whole");
    let saved = campaign
        .name
        .strip_prefix("edit ")
        .map_or(0, |number| number.parse().expect("a number"));
    if saved > 0 {
        assert_eq!(campaign.journal.entries[0].title, campaign.name);
    }
    let before = &WITH_JOURNAL.journal;
    assert_eq!(campaign.journal.moments, before.moments);
    assert_eq!(campaign.journal.audit, before.audit);
    let knew = check_index(folder);
    let ledger = fs::read_to_string(victim.folder.path().join("ledger.txt")).unwrap_or_default();
    let must_be_there = ledger
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .filter_map(|line| {
            let (edit, at_ms) = line.trim().split_once(' ')?;
            Some((edit.parse::<u32>().ok()?, at_ms.parse::<u128>().ok()?))
        })
        .take_while(|(_, at_ms)| at_ms + AT_MOST.as_millis() < died_ms)
        .last()
        .map_or(0, |(edit, _)| edit);
    assert!(
        saved >= must_be_there,
        "killed after {:?}: edit {must_be_there} was over a second old, the file holds {saved}",
        victim.dies_after
    );
    (saved, knew)
}

/// The index as it was left, brought up to the files, has the rows of one that is made anew from them.
fn check_index(folder: &Path) -> bool {
    let files = IndexFiles::within(folder);
    let campaigns = folder.join("campaigns");
    let refreshed = |mut index: JournalIndex| {
        let stop = AtomicBool::new(false);
        let done = index.refresh(&campaigns, &stop, &mut |_, _| {});
        let filled = index.fill(&files, &campaigns, &stop, &mut |_, _| {});
        (index, done.expect("a folder").read + filled)
    };
    let (left, read) = refreshed(JournalIndex::load(&files));
    let (anew, _) = refreshed(JournalIndex::default());
    assert_eq!(left.rows.len(), 1);
    assert_eq!(left.rows, anew.rows);
    read == 0
}

#[test]
fn two_hundred_kills_never_damage_the_file_nor_lose_more_than_a_second() {
    let mut saved = Vec::new();
    for round in 0..KILLS / AT_ONCE {
        let mut victims = (0..AT_ONCE)
            .map(|place| start(round * AT_ONCE + place))
            .collect::<Vec<_>>();
        victims.sort_by_key(|victim| victim.dies_after);
        let mut waited = Duration::ZERO;
        for victim in victims {
            thread::sleep(victim.dies_after.saturating_sub(waited));
            waited = victim.dies_after;
            saved.push(kill_and_check(victim));
        }
    }
    assert_eq!(saved.len(), KILLS);
    let worked = saved.iter().filter(|(edits, _)| *edits > 0).count();
    let knew = saved.iter().filter(|(_, knew)| *knew).count();
    assert!(knew > 0, "no index was of any use");
    assert!(
        worked > KILLS / 2,
        "the helper hardly ever saved anything: {saved:?}"
    );
}

#[test]
fn a_killed_desk_holds_no_lock_and_its_changes_are_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut victim = process::Command::new(std::env::current_exe().expect("this test"))
        .args([
            "--exact",
            "kill::holds_a_lock_until_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder.path())
        .env(CONFIG_DIR_VARIABLE, folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let store = Store::open_at(folder.path()).expect("a store");
    let file = folder.path().join("elsewhere.ron");
    let ready = folder.path().join("ready");
    while !ready.exists() {
        let ended = victim.try_wait().expect("known");
        assert!(
            ended.is_none(),
            "the helper ended before it was killed: {ended:?}"
        );
        thread::sleep(Duration::from_millis(5));
    }
    let home = store.home_of(&file);
    let id = victim.id();
    let state = store.lock(&home);
    assert!(
        matches!(state, LockState::Taken { process: Some(holder) } if holder == id),
        "{state:?}"
    );
    assert_eq!(store.pending_recovery().expect("listed").len(), 0);
    victim.kill().expect("killed");
    victim.wait().expect("dead");
    assert!(matches!(store.lock(&home), LockState::Held(_)));
    let pending = store.pending_recovery().expect("listed");
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].campaign.as_ref().expect("whole").marks.vix, 41.0);
}

/// The process that is killed while it holds a campaign with unsaved changes.
#[test]
#[ignore = "run by the test above in a process of its own"]
fn holds_a_lock_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let store = Store::open().expect("a store where the variable says");
    let home = store.home_of(&folder.join("elsewhere.ron"));
    let lock = store.lock(&home);
    let changed = sample().applied(Command::SetVix(41.0)).expect("valid");
    store
        .autosave_target(&home)
        .write(&changed)
        .expect("autosaved");
    File::create(folder.join("ready")).expect("told");
    thread::sleep(Duration::from_mins(1));
    drop(lock);
}
