//! What a report is made of: a campaign from a file, or one built from loose legs and given marks.

use std::io::Read as _;
use std::path::Path;

use super::MarkArgs;
use super::grouping::group_legs;
use super::vix_level::assumed_vix;
use crate::calendar::{new_york_date, parse_as_of};
use crate::document::{Campaign, campaign_from_ron};
use crate::import::legs_csv::{MOST_CONTRACTS, MOST_LEGS};
use crate::import::{LegLine, read_curve, read_legs};
use crate::instrument::PositionId;
use crate::market::{FutureMark, Mark, Marks, MarksError, OptionMark};
use crate::policy::text::{TextError, root_name};

/// The sample that the program carries.
const SAMPLE: &str = include_str!("../../../assets/samples/condor.ron");
/// What the sample is called in messages.
const SAMPLE_NAME: &str = "the sample campaign";

/// A campaign to report on, and what is not known of it.
#[derive(Clone, Debug)]
pub struct Session {
    /// The campaign.
    pub campaign: Campaign,
    /// Which marks stand there only because a number was needed.
    pub missing: Missing,
    /// Legs of the file in their order, as position and place in it; empty for a campaign, whose own
    /// order holds.
    pub order: Vec<(PositionId, usize)>,
    /// What was left out or assumed on the way, as `subject: message`.
    pub notes: Vec<String>,
}

/// Inputs that were not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// The rate; taken as 0.
    pub rate: bool,
    /// The dividend yield; taken as 0.
    pub dividend: bool,
    /// Spot VIX; taken from the SPX vols or the front future.
    pub vix: bool,
}

impl Session {
    /// The session of a command line.
    ///
    /// # Errors
    /// One line per problem.
    pub fn load(file: &Path, marks: &MarkArgs) -> Result<Self, Vec<String>> {
        let name = file.display().to_string();
        let bytes = read(file).map_err(|error| vec![error])?;
        if is_campaign(file, &bytes) {
            refuse_marks(marks, &name)?;
            return Self::of_campaign(&name, &bytes);
        }
        Self::of_legs(&name, &bytes, marks)
    }

    /// The session of a campaign file, or of the sample without one.
    ///
    /// # Errors
    /// One line per problem.
    pub fn open(file: Option<&Path>) -> Result<Self, Vec<String>> {
        let Some(file) = file else {
            return Self::of_campaign(SAMPLE_NAME, SAMPLE.as_bytes());
        };
        let bytes = read(file).map_err(|error| vec![error])?;
        Self::of_campaign(&file.display().to_string(), &bytes)
    }

    /// A campaign that is at hand.
    pub fn of(campaign: Campaign) -> Self {
        Self {
            campaign,
            missing: Missing::default(),
            order: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn of_campaign(name: &str, bytes: &[u8]) -> Result<Self, Vec<String>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()]
                .split(|byte| *byte == b'\n')
                .count();
            vec![format!(
                "{name}:{line}: file: found 'a byte that is not UTF-8': expected text"
            )]
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let campaign = campaign_from_ron(text).map_err(|error| vec![format!("{name}:{error}")])?;
        check_size(&campaign, text).map_err(|error| vec![format!("{name}:{error}")])?;
        Ok(Self::of(campaign))
    }

    fn of_legs(name: &str, bytes: &[u8], marks: &MarkArgs) -> Result<Self, Vec<String>> {
        let file = read_legs(name, bytes);
        let given = given_marks(marks);
        let (file, given) = match (file, given) {
            (Ok(file), Ok(given)) => (file, given),
            (file, given) => {
                let mut problems: Vec<String> = Vec::new();
                problems.extend(
                    file.err()
                        .into_iter()
                        .flatten()
                        .map(|problem| problem.to_string()),
                );
                problems.extend(given.err().into_iter().flatten());
                return Err(problems);
            }
        };
        let mut notes: Vec<String> = file
            .unmodelled
            .iter()
            .map(|problem| format!("{}: {problem}", problem.found))
            .collect();
        let mut marks = given.marks;
        mark_options(&mut marks, &file.lines, &mut notes);
        let legs: Vec<_> = file.lines.iter().map(|line| line.leg).collect();
        if given.missing.vix {
            let (vix, how) = assumed_vix(&marks, &legs).ok_or_else(|| {
                vec!["--vix: found nothing: expected VIX points from 5 to 150 (no SPX leg and no future of --curve gives a level to assume)".to_owned()]
            })?;
            marks.vix = vix;
            notes.push(how);
        }
        for (is_missing, what) in [
            (given.missing.rate, "rate"),
            (given.missing.dividend, "dividend"),
        ] {
            if is_missing {
                notes.push(format!("{what}: assumed 0; give --{what} to replace it"));
            }
        }
        let created = marks.as_of;
        let today = new_york_date(created);
        let mut campaign = Campaign::new(campaign_name(name), created, marks);
        let grouped = group_legs(&legs, today);
        notes.extend(grouped.notes);
        campaign.positions = grouped.positions;
        campaign.next_id = 1 + campaign.positions.len() as u64;
        campaign
            .validate()
            .map_err(|fault| vec![format!("{name}: {fault}")])?;
        Ok(Self {
            campaign,
            missing: given.missing,
            order: grouped.order,
            notes,
        })
    }
}

/// Refuses a book so large that a sum of its contracts might not be a number.
fn check_size(campaign: &Campaign, text: &str) -> Result<(), TextError> {
    let mut legs = 0;
    for (place, position) in campaign.positions.iter().enumerate() {
        for (index, leg) in position.legs.iter().enumerate() {
            legs += 1;
            let quantity = leg.quantity;
            if quantity.unsigned_abs() > MOST_CONTRACTS.unsigned_abs() {
                let path = format!("positions[{place}].legs[{index}].quantity");
                let expected = format!("at most {MOST_CONTRACTS} contracts, either way");
                return Err(TextError::at_path(
                    text,
                    &path,
                    quantity.to_string(),
                    expected,
                ));
            }
        }
    }
    if legs > MOST_LEGS {
        let expected = format!("at most {MOST_LEGS}");
        return Err(TextError::at_path(
            text,
            "positions",
            format!("{legs} legs"),
            expected,
        ));
    }
    Ok(())
}

/// The file's bytes; `-` reads standard input.
fn read(file: &Path) -> Result<Vec<u8>, String> {
    let read = if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    read.map_err(|error| {
        let name = file.display();
        format!("{name}:1: file: found '{error}': expected a campaign (.ron) or a CSV of legs")
    })
}

/// Whether a file is a campaign rather than a CSV of legs: by its extension, else by its first word.
fn is_campaign(file: &Path, bytes: &[u8]) -> bool {
    let extension = file.extension().map(|end| end.to_ascii_lowercase());
    match extension.as_ref().and_then(|end| end.to_str()) {
        Some("ron") => true,
        Some("csv") => false,
        Some(_) | None => {
            let text = String::from_utf8_lossy(bytes);
            let text = text.trim_start_matches('\u{feff}').trim_start();
            text.starts_with(['(', '/', '#']) || root_name(text) == Some("Campaign")
        }
    }
}

/// A campaign has its own marks: given ones would contradict them.
fn refuse_marks(marks: &MarkArgs, name: &str) -> Result<(), Vec<String>> {
    let given = [
        ("--spot", marks.spot.is_some()),
        ("--rate", marks.rate.is_some()),
        ("--dividend", marks.dividend.is_some()),
        ("--as-of", marks.as_of.is_some()),
        ("--vix", marks.vix.is_some()),
        ("--vvix", marks.vvix.is_some()),
        ("--curve", marks.curve.is_some()),
    ];
    let problems: Vec<String> = given
        .into_iter()
        .filter(|(_, is_given)| *is_given)
        .map(|(flag, _)| {
            format!("{flag}: found with {name}: expected only with a CSV of legs (a campaign has its own marks)")
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Marks of a command line.
struct GivenMarks {
    marks: Marks,
    missing: Missing,
}

/// Stands for a VIX until one is assumed; inside every limit.
const PLACEHOLDER_VIX: f64 = 17.0;

fn given_marks(given: &MarkArgs) -> Result<GivenMarks, Vec<String>> {
    let mut problems = Vec::new();
    let as_of = match given.as_of.as_deref().map(parse_as_of) {
        Some(Ok(as_of)) if (1990..=2100).contains(&new_york_date(as_of).year()) => Some(as_of),
        Some(Ok(as_of)) => {
            problems.push(format!(
                "--as-of: found '{as_of}': expected a year from 1990 to 2100"
            ));
            None
        }
        Some(Err(error)) => {
            problems.push(format!("--as-of: {error}"));
            None
        }
        None => {
            problems.push("--as-of: found nothing: expected the instant of the marks, such as 2026-06-24T16:15 (New York)".to_owned());
            None
        }
    };
    if given.spot.is_none() {
        problems.push("--spot: found nothing: expected index points of the S&P 500".to_owned());
    }
    let vx = given
        .curve
        .as_deref()
        .map_or_else(|| Ok(Vec::new()), curve_of);
    let vx = vx.unwrap_or_else(|errors| {
        problems.extend(errors);
        Vec::new()
    });
    let (Some(as_of), Some(spot)) = (as_of, given.spot) else {
        return Err(problems);
    };
    let marks = Marks {
        rate: given.rate.unwrap_or(0.0),
        dividend: given.dividend.unwrap_or(0.0),
        vvix: given.vvix,
        vx,
        ..Marks::new(as_of, spot, given.vix.unwrap_or(PLACEHOLDER_VIX))
    };
    problems.extend(marks.errors().iter().map(flag_problem));
    if !problems.is_empty() {
        return Err(problems);
    }
    let missing = Missing {
        rate: given.rate.is_none(),
        dividend: given.dividend.is_none(),
        vix: given.vix.is_none(),
    };
    Ok(GivenMarks { marks, missing })
}

fn curve_of(file: &Path) -> Result<Vec<FutureMark>, Vec<String>> {
    let bytes = std::fs::read(file).map_err(|error| {
        vec![format!(
            "{}:1: file: found '{error}': expected a CSV of VIX futures",
            file.display()
        )]
    })?;
    read_curve(&file.display().to_string(), &bytes)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

/// A mark's error under the name of its option.
fn flag_problem(error: &MarksError) -> String {
    let MarksError {
        field,
        found,
        expected,
    } = error;
    let flag = match field.as_str() {
        "spx" => "--spot",
        other => &format!("--{other}"),
    };
    format!("{flag}: found '{found}': expected {expected}")
}

/// Marks every option that lives: at its vol where the file has one, else at its entry price.
fn mark_options(marks: &mut Marks, lines: &[LegLine], notes: &mut Vec<String>) {
    for line in lines {
        let contract = line.leg.contract;
        if !contract.root().is_option() || contract.is_expired(marks.as_of) {
            continue;
        }
        let mark = line
            .vol
            .map_or(Mark::Price(line.leg.entry_price), Mark::Vol);
        match marks
            .quotes
            .iter_mut()
            .find(|quote| quote.contract == contract)
        {
            None => marks.quotes.push(OptionMark { contract, mark }),
            Some(first) if first.mark == mark => {}
            Some(first) => {
                // a vol is a mark, an entry price only stands in for one
                if matches!((first.mark, mark), (Mark::Price(_), Mark::Vol(_))) {
                    first.mark = mark;
                }
                let (label, at) = (contract.label(), line.line);
                notes.push(format!("{label}: held twice with different marks (line {at}); marked once, at the first vol or else the first price"));
            }
        }
    }
}

/// A campaign's name from its file's: the stem, or `Legs` where it makes no name.
fn campaign_name(file: &str) -> String {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str());
    let name: String = stem
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    if name.trim().is_empty() || name == "-" {
        "Legs".to_owned()
    } else {
        name
    }
}
