//! The README and the pages under `docs/` are true: dependencies, model numbers, rooms, commands, examples and links.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser as _;
use egui::ModifierNames;
use jiff::civil::date;
use palisade::cli::args::Cli;
use palisade::instrument::parse_quick_entry;
use palisade::market::ParamKey;
use palisade::market::params::VIX_MAP;
use palisade::market::smile_prior::SMILE_PRIOR;
use palisade::policy::{RuleKind, RulePack};
use palisade::risk::presets::{CRASH_MOVES_PCT, PRESETS, VixRule};
use palisade::rule::ModifierKind;
use palisade::ui::UiCommand;
use palisade::ui::panels::PanelKind;

const PAGES: [&str; 7] = [
    "README.md",
    "docs/architecture.md",
    "docs/dependencies.md",
    "docs/facts.md",
    "docs/formats.md",
    "docs/method.md",
    "docs/model.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("the file is there, in UTF-8")
}

/// A page with plain minus signs, so that its numbers compare.
fn page(name: &str) -> String {
    text(name).replace('−', "-")
}

/// The cells of the rows of every table on a page; rules and text are left out.
fn rows(page: &str) -> Vec<Vec<String>> {
    page.lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"))
        .map(|line| {
            let cells = line.trim_matches('|').split(" | ");
            cells.map(|cell| cell.trim().to_owned()).collect()
        })
        .collect()
}

/// Every text between single backticks outside of code blocks.
fn quoted(page: &str) -> Vec<String> {
    let prose = page.split("```").step_by(2);
    prose
        .flat_map(|part| part.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

fn has_row(found: &[Vec<String>], wanted: &[String]) {
    let stands = found
        .iter()
        .any(|row| row.len() >= wanted.len() && row[..wanted.len()] == *wanted);
    assert!(stands, "no row begins with {wanted:?}");
}

fn cells<const N: usize>(values: [f64; N]) -> Vec<String> {
    values.map(|value| value.to_string()).to_vec()
}

#[test]
fn every_dependency_has_its_line_and_every_line_its_dependency() {
    let mut declared = BTreeSet::new();
    let mut counts = false;
    for line in text("Cargo.toml").lines() {
        if line.starts_with('[') {
            counts = line.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| counts) {
            declared.insert(format!("`{name}`"));
        }
    }
    let page = page("docs/dependencies.md");
    let (kept, _) = page.split_once("## Rejected").expect("the rejected ones");
    let rows = rows(kept).into_iter().filter(|row| row[0] != "crate");
    let explained: BTreeSet<String> = rows
        .map(|row| {
            assert!(row[1].len() > 10, "{row:?} says why");
            row[0].clone()
        })
        .collect();
    assert!(declared.len() > 20, "{declared:?}");
    assert_eq!(explained, declared);
}

#[test]
fn every_parameter_stands_in_the_model_as_it_is() {
    let rows = rows(&page("docs/model.md"));
    for key in ParamKey::ALL {
        let spec = key.spec();
        let unit = if spec.unit.is_empty() {
            "–"
        } else {
            spec.unit
        };
        let wanted = [
            format!("`{}`", spec.name),
            spec.default.to_string(),
            unit.to_owned(),
            format!("{} to {}", spec.min, spec.max),
            spec.source.label().to_owned(),
        ];
        has_row(&rows, &wanted);
    }
    let is_model = |name: &str| name.starts_with('`') && !name.starts_with("`signals.");
    let named = rows.iter().filter(|row| is_model(&row[0])).count();
    assert_eq!(named, ParamKey::ALL.len(), "no parameter that is gone");
}

#[test]
fn the_tables_of_the_model_are_those_of_the_sources() {
    let page = page("docs/model.md");
    let rows = rows(&page);
    for row in VIX_MAP {
        let wanted = cells([
            row.trading_days,
            row.slope_pts_per_pct,
            row.convexity_pct,
            row.reversion,
            row.mean_pts,
            row.residual_ln_sd,
        ]);
        has_row(&rows, &wanted);
    }
    for row in SMILE_PRIOR {
        let wanted = cells([row.days, row.atm_over_vix, row.skew, row.rho, row.phi]);
        has_row(&rows, &wanted);
    }
    for preset in PRESETS {
        let vix = match preset.vix {
            VixRule::ByModel => "by the model".to_owned(),
            VixRule::Moved { pct } => format!("{pct} %"),
        };
        let wanted = [
            preset.name.to_owned(),
            preset.spx_pct.to_string(),
            preset.trading_days.to_string(),
            preset.stress.to_string(),
            preset.curve_tau_days.to_string(),
            vix,
        ];
        has_row(&rows, &wanted);
    }
    let moves: Vec<String> = CRASH_MOVES_PCT
        .iter()
        .map(|pct| format!("{pct:+}"))
        .collect();
    let (last, others) = moves.split_last().expect("moves");
    let sentence = format!(
        "moves SPX at once by {} and {last} %",
        others.join(", ").replace(".0", "")
    );
    assert!(page.contains(&sentence), "{sentence}");
}

#[test]
fn every_number_of_a_signal_stands_in_the_model() {
    let rows = rows(&page("docs/model.md"));
    let slots = RulePack::alvh().slots();
    let signals = slots
        .iter()
        .filter(|slot| slot.path.starts_with("signals."));
    assert!(signals.clone().count() > 60);
    for slot in signals {
        let threshold = slot.threshold;
        let wanted = [
            format!("`{}`", slot.path),
            threshold.value.to_string(),
            slot.unit.label().to_owned(),
            threshold.source.label().to_owned(),
            threshold.why.clone(),
        ];
        has_row(&rows, &wanted);
    }
}

#[test]
fn the_method_s_page_has_every_rule_modifier_and_number() {
    let page = page("docs/method.md");
    let rows = rows(&page);
    for rule in RuleKind::ALL {
        let wanted = [format!("`{}`", rule.key()), rule.title().to_owned()];
        has_row(&rows, &wanted);
    }
    for modifier in ModifierKind::ALL {
        has_row(&rows, &[modifier.label().to_owned()]);
    }
    let numbers = RulePack::alvh().slots();
    for slot in &numbers {
        let number = slot.threshold;
        let unit = match number.unit.label() {
            "" => "–",
            label => label,
        };
        let wanted = [
            format!("`{}`", slot.path),
            number.value.to_string(),
            unit.to_owned(),
            number.source.label().to_owned(),
            number.why.replace('−', "-"),
        ];
        has_row(&rows, &wanted);
    }
    let paths = rows
        .iter()
        .filter(|row| row[0].contains('.') && row.len() == 5);
    assert_eq!(paths.count(), numbers.len(), "no number that is gone");
}

#[test]
fn every_fact_stands_in_its_table() {
    let page = text("docs/facts.md");
    let facts: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let ids = palisade::fact::FactId::all();
    assert_eq!(facts.len(), ids.len());
    for (line, id) in facts.iter().zip(ids) {
        let start = format!("| `{}` | ", id.key());
        let texts = [id.meaning(), id.formula()].map(|text| text.replace('|', "\\|"));
        let end = format!(" | {} | {} |", texts[0], texts[1]);
        assert!(line.starts_with(&start) && line.ends_with(&end), "{line}");
    }
}

#[test]
fn every_source_is_cited_and_every_citation_has_its_source() {
    let page = page("docs/model.md");
    let (body, list) = page.split_once("## Sources").expect("the sources");
    let numbers = |inside: &str| -> Option<Vec<usize>> {
        inside.split(", ").map(|word| word.parse().ok()).collect()
    };
    let cited: BTreeSet<usize> = body
        .split('[')
        .skip(1)
        .filter_map(|rest| numbers(rest.split_once(']')?.0))
        .flatten()
        .collect();
    let count = list
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
        .count();
    assert_eq!(cited, (1..=count).collect());
}

#[test]
fn the_map_names_every_room_and_files_that_exist() {
    let rooms: BTreeSet<String> = text("src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(|room| format!("`{room}`"))
        .collect();
    let page = page("docs/architecture.md");
    let (_, after) = page.split_once("## Rooms").expect("the rooms");
    let (table, _) = after.split_once("\n## ").expect("what follows");
    let mapped: Vec<Vec<String>> = rows(table)
        .into_iter()
        .filter(|row| row[0] != "room")
        .collect();
    assert_eq!(
        mapped
            .iter()
            .map(|row| row[0].clone())
            .collect::<BTreeSet<_>>(),
        rooms
    );
    for row in &mapped {
        for file in quoted(&row[2]) {
            let folder = root().join("src").join(row[0].trim_matches('`'));
            let name = file.trim_end_matches('/').trim_end_matches(".rs");
            let places = [
                folder.join(name),
                folder.join(format!("{name}.rs")),
                root().join("src").join(format!("{name}.rs")),
            ];
            assert!(
                places.iter().any(|place| place.exists()),
                "{} has no {file}",
                row[0]
            );
        }
    }
}

#[test]
fn the_readme_s_two_commands_are_there() {
    let readme = text("README.md");
    for command in ["cargo run --release", "cargo test"] {
        let stands = readme.lines().any(|line| line.starts_with(command));
        assert!(stands, "{command}");
    }
    let toolchain = text("Cargo.toml");
    let version = toolchain
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = ")?.split('"').nth(1))
        .expect("a version");
    assert!(readme.contains(version), "Rust {version}");
}

#[test]
fn shortcuts_in_the_readme_are_those_of_the_desk() {
    let commands = UiCommand::ALL.iter();
    let known: BTreeSet<String> = commands
        .flat_map(|command| [command.shortcut(), command.second_shortcut()])
        .chain(PanelKind::ALL.iter().map(|kind| kind.shortcut()))
        .flatten()
        .map(|shortcut| {
            let name = shortcut.format(&ModifierNames::NAMES, false);
            name.replace("Questionmark", "?")
        })
        .collect();
    let shown: Vec<String> = quoted(&text("README.md"))
        .into_iter()
        .filter(|words| {
            let is_function_key = words.len() <= 3 && words.starts_with('F');
            words.starts_with("Ctrl+") || words == "?" || is_function_key
        })
        .collect();
    assert!(shown.len() >= 5, "{shown:?}");
    for words in shown {
        assert!(known.contains(&words), "{words} is none of {known:?}");
    }
}

#[test]
fn quick_entries_in_the_readme_are_understood() {
    let lines: Vec<String> = quoted(&text("README.md"))
        .into_iter()
        .filter(|words| words.contains(" @ "))
        .collect();
    assert!(lines.len() >= 2, "{lines:?}");
    for line in lines {
        parse_quick_entry(&line, date(2026, 11, 23)).expect("an example");
    }
}

/// The examples of the command line, without their comments.
fn examples() -> Vec<Vec<String>> {
    text("README.md")
        .lines()
        .filter(|line| line.starts_with("palisade "))
        .map(|line| {
            let (command, _) = line.split_once(" # ").unwrap_or((line, ""));
            command.split_whitespace().map(str::to_owned).collect()
        })
        .collect()
}

fn run(words: &[String]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_palisade"))
        .args(&words[1..])
        .current_dir(root())
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Runs an example; true when it says something, or draws the picture that it names.
fn leaves_something(words: &[String]) -> bool {
    let Some(at) = words.iter().position(|word| word == "-o") else {
        return !run(words).is_empty();
    };
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join(&words[at + 1]);
    let mut words = words.to_vec();
    words[at + 1] = picture.display().to_string();
    run(&words);
    picture.is_file()
}

#[test]
fn examples_of_the_command_line_work() {
    let examples = examples();
    let commands: BTreeSet<&str> = examples.iter().map(|words| words[1].as_str()).collect();
    for command in ["price", "implied-vol", "chain", "report", "plot", "check"] {
        assert!(commands.contains(command), "no example of {command}");
    }
    let mut ran = 0;
    for words in &examples {
        let cli = Cli::try_parse_from(words).expect("the example is well formed");
        let has_input = words.iter().any(|word| root().join(word).is_file());
        if cli.command.is_some() && has_input {
            assert!(leaves_something(words), "{words:?}");
            ran += 1;
        }
    }
    assert!(ran >= 4, "{ran} examples on files of the project");
}

#[test]
fn the_readme_s_table_is_what_the_report_says() {
    let readme = text("README.md");
    let (_, after) = readme.split_once("```text\n").expect("the table");
    let (table, _) = after.split_once("```").expect("its end");
    let words = ["palisade", "report", "assets/samples/condor.ron"].map(str::to_owned);
    let report = run(&words);
    assert!(
        report.contains(table.trim_end()),
        "the README shows\n{table}\nbut the report says\n{report}"
    );
}

/// The targets of a page's links to other files of the project; pictures aside.
fn links(name: &str) -> Vec<PathBuf> {
    let folder = root().join(name);
    let folder = folder.parent().expect("a folder");
    text(name)
        .split("](")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()))
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
        .map(|target| folder.join(target))
        .filter(|target| target.extension().is_none_or(|kind| kind != "png"))
        .collect()
}

#[test]
fn links_lead_somewhere() {
    for name in PAGES {
        for target in links(name) {
            assert!(target.exists(), "{name} links to {}", target.display());
        }
    }
    assert!(links("README.md").len() >= 8);
}
