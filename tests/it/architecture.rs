//! The map is true: rooms look only up the table, egui stays in `ui`, only `app` and `main` read the clock.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src/lib.rs`, lowest first; a room may use only those before it.
const ROOMS: [&str; 21] = [
    "units",
    "calendar",
    "pricing",
    "instrument",
    "market",
    "series",
    "indicator",
    "estimate",
    "policy",
    "signal",
    "risk",
    "import",
    "document",
    "valuation",
    "journal",
    "fact",
    "rule",
    "decision",
    "ui",
    "cli",
    "app",
];

/// Longest source file above its unit tests.
const MAX_LINES: usize = 400;

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder exists");
    for entry in entries {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file as (path below `src`, text above its unit tests).
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    source_files(&root, &mut paths);
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .expect("below src")
                .to_string_lossy()
                .replace('\\', "/");
            let text = fs::read_to_string(path).expect("UTF-8");
            let code = text
                .split("#[cfg(test)]")
                .next()
                .unwrap_or_default()
                .to_owned();
            (name, code)
        })
        .collect()
}

fn room_of(name: &str) -> &str {
    name.split('/')
        .next()
        .unwrap_or(name)
        .trim_end_matches(".rs")
}

/// Lines of code, without comments.
fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn uses(text: &str, path: &str) -> bool {
    code_lines(text).any(|line| line.contains(path))
}

#[test]
fn rooms_use_only_the_rooms_above_them() {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        let Some(own) = ROOMS.iter().position(|room| *room == room_of(&name)) else {
            continue;
        };
        for lower in &ROOMS[own + 1..] {
            if uses(&text, &format!("crate::{lower}::")) || uses(&text, &format!("crate::{lower};"))
            {
                faults.push(format!("{name} uses {lower}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_room_stands_in_the_table() {
    for (name, _) in sources() {
        let room = room_of(&name);
        assert!(
            ROOMS.contains(&room) || ["lib", "main"].contains(&room),
            "{name} is in no room"
        );
    }
}

#[test]
fn only_the_ui_and_the_app_know_egui() {
    for (name, text) in sources() {
        let allowed = ["ui", "app", "main"].contains(&room_of(&name));
        assert!(
            allowed || !(uses(&text, "egui") || uses(&text, "eframe")),
            "{name} knows egui"
        );
    }
}

#[test]
fn only_the_app_reads_the_clock() {
    for (name, text) in sources() {
        let allowed = ["app", "main"].contains(&room_of(&name));
        for clock in ["Timestamp::now", "Zoned::now", "SystemTime::now"] {
            assert!(
                allowed || !uses(&text, clock),
                "{name} reads the clock by {clock}"
            );
        }
    }
}

#[test]
fn every_file_opens_with_its_one_sentence() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} does not open with //!");
    }
}

#[test]
fn no_file_grows_past_a_second_responsibility() {
    for (name, text) in sources() {
        let lines = text.lines().count();
        assert!(
            lines <= MAX_LINES,
            "{name} has {lines} lines above its tests"
        );
    }
}
