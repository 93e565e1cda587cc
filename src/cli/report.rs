//! `palisade report`: the valuation of a campaign, or of a CSV of legs, as text or as one JSON object.

mod advice;
mod candidates;
mod facts;
mod grouping;
mod json;
pub(super) mod layout;
pub mod markdown;
pub(super) mod session;
pub(super) mod text;
mod vix_level;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::decision::{Decision, Verdict, VerdictChoices, VerdictInputs};
use crate::document::Account;
use crate::fact::{AssumedMarks, BookInputs, Derived, FactInputs, Facts, SignalParams};
use crate::import::LibraryLoader;
use crate::journal::{JournalFacts, attribute};
use crate::policy::RulePack;
use crate::risk::figures::Problem;
use crate::risk::simulation::PATHS;
use crate::rule::{Findings, Reading};
use crate::signal::RegimeFinding;
use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};
pub(super) use session::Missing;
use session::Session;

/// Exit status when the report was written.
const DONE: u8 = 0;
/// Exit status for bad input.
const BAD_INPUT: u8 = 2;

/// Arguments of `palisade report`.
#[derive(Clone, Debug, clap::Args)]
pub struct ReportArgs {
    /// A campaign (.ron), or a CSV of legs: root,kind,strike,expiry,quantity,price and, if known, iv,fees; `-` reads standard input
    pub file: PathBuf,
    /// One JSON object instead of text
    #[arg(long)]
    pub json: bool,
    /// Folder of market history, read with all files in it: adds the regime and the facts of series
    #[arg(long, value_name = "DIR")]
    pub history: Option<PathBuf>,
    /// Simulated paths behind the choices (hold, roll, hedge, trim, close); 0 leaves the choices out
    #[arg(long, value_name = "N", default_value_t = PATHS)]
    pub paths: usize,
    /// The market, for a CSV of legs.
    #[command(flatten)]
    pub marks: MarkArgs,
}

/// The market of a CSV of legs; a campaign has its own.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Market, with a CSV of legs")]
pub struct MarkArgs {
    /// S&P 500 index, points
    #[arg(long, allow_negative_numbers = true)]
    pub spot: Option<f64>,
    /// Continuously compounded rate, decimal; 0 if not given
    #[arg(long, allow_negative_numbers = true)]
    pub rate: Option<f64>,
    /// Continuously compounded dividend yield, decimal; 0 if not given
    #[arg(long, allow_negative_numbers = true)]
    pub dividend: Option<f64>,
    /// Instant of the marks: RFC 3339, or YYYY-MM-DDTHH:MM in New York
    #[arg(long)]
    pub as_of: Option<String>,
    /// Spot VIX, points; assumed from the SPX vols if not given
    #[arg(long, allow_negative_numbers = true)]
    pub vix: Option<f64>,
    /// VVIX, points; assumed from VIX if not given
    #[arg(long, allow_negative_numbers = true)]
    pub vvix: Option<f64>,
    /// CSV of VIX futures: expiry,price; medians for the level of VIX if not given
    #[arg(long, value_name = "FILE")]
    pub curve: Option<PathBuf>,
}

/// Writes the report of a file to `out`, one line per problem of the input to `err`. Returns the exit
/// status: 0, or 2 on bad input. What could not be valued stands in the report itself.
///
/// # Errors
/// Only when `out` or `err` cannot be written.
pub fn run(args: &ReportArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let session = Session::load(&args.file, &args.marks);
    let params = session.as_ref().map_or_else(
        |_problems| SignalParams::default(),
        |session| SignalParams::of(session.campaign.rule_pack()),
    );
    let history = args.history.as_deref();
    let history = history.map(|folder| prepared(folder, &params)).transpose();
    match (session, history) {
        (Ok(session), Ok(history)) => {
            let report = Report::with(&session, history.as_ref(), args.paths);
            report.write(args.json, out).map(|()| DONE)
        }
        (session, history) => {
            let mut problems = session.err().unwrap_or_default();
            problems.extend(history.err());
            complain(&problems, err)
        }
    }
}

/// The library of a folder, prepared with the numbers of a pack.
fn prepared(folder: &Path, params: &SignalParams) -> Result<Derived, String> {
    let library = LibraryLoader::new([folder])
        .with_calendar()
        .load()
        .map_err(|error| format!("--history: {error}"))?;
    if library.is_empty() {
        let folder = folder.display();
        return Err(format!(
            "--history: found '{folder}': expected files of market history (docs/formats.md lists what is read)"
        ));
    }
    Ok(Derived::with(&library, *params))
}

/// Writes the text report of a campaign file, or of the sample without one, as [`run`] does: what the
/// program shows where it cannot open a window.
///
/// # Errors
/// Only when `out` or `err` cannot be written.
pub fn run_text(file: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    match Session::open(file) {
        Ok(session) => Report::of(&session).write(false, out).map(|()| DONE),
        Err(problems) => complain(&problems, err),
    }
}

pub(super) fn complain(problems: &[String], err: &mut dyn Write) -> io::Result<u8> {
    for problem in problems {
        writeln!(err, "{problem}")?;
    }
    Ok(BAD_INPUT)
}

/// What facts are gathered from beside the book.
#[derive(Clone, Copy)]
struct Known<'a> {
    /// Market history, where it was given.
    history: Option<&'a Derived>,
    /// What the campaign's journal says.
    journal: &'a JournalFacts,
}

/// A valued session.
struct Report<'a> {
    session: &'a Session,
    valuation: Cow<'a, Valuation>,
    pack: &'a RulePack,
    facts: Facts,
    findings: Findings,
    verdict: Verdict,
    /// The regime after the last close before the marks.
    regime: Option<RegimeFinding>,
    /// Whether market history was given.
    has_history: bool,
    /// Simulated paths behind the choices.
    paths: usize,
    /// The choices, or why there are none; `None` where nobody asked.
    decision: Option<Result<Decision, String>>,
}

impl<'a> Report<'a> {
    fn of(session: &'a Session) -> Self {
        Self::with(session, None, 0)
    }

    fn with(session: &'a Session, history: Option<&Derived>, paths: usize) -> Self {
        let campaign = &session.campaign;
        let pack = campaign.rule_pack();
        let account = Account::default();
        let slopes = history.map_or(Err(VegaSlopesError::NoHistory), |history| {
            history.vega_slopes_at(campaign.marks.as_of).map(Arc::new)
        });
        let inputs = Inputs {
            pack,
            account: &account,
            slopes: slopes.as_ref().map_err(|error| *error),
        };
        let valuation = Valuation::of(campaign, inputs, &mut MarketCache::default());
        let valuation = Cow::Owned(valuation);
        let facts = JournalFacts::of(&attribute(campaign));
        let known = Known {
            history,
            journal: &facts,
        };
        let mut report = Self::of_valued(session, valuation, pack, &account, known);
        if paths > 0 {
            report.paths = paths;
            report.decision = Some(candidates::decided(&report, &account, paths));
            report.judge_again();
        }
        report
    }

    /// The verdict once more, now that the choices are known.
    fn judge_again(&mut self) {
        let decision = self.decision.as_ref().and_then(|found| found.as_ref().ok());
        let choices = decision.map(VerdictChoices::of);
        self.verdict = Verdict::of(&VerdictInputs {
            facts: &self.facts,
            findings: &self.findings,
            pack: self.pack,
            choices: choices.as_ref(),
        });
    }

    /// The report of a session that is valued already.
    fn of_valued(
        session: &'a Session,
        valuation: Cow<'a, Valuation>,
        pack: &'a RulePack,
        account: &Account,
        known: Known<'_>,
    ) -> Self {
        let history = known.history;
        let book = BookInputs {
            campaign: &session.campaign,
            valuation: &valuation,
            account,
            assumed: AssumedMarks {
                vix: session.missing.vix,
                rate: session.missing.rate,
            },
        };
        let inputs = FactInputs {
            journal: Some(known.journal),
            ..FactInputs::of_book(book, history)
        };
        let facts = Facts::gather(&inputs);
        let reading = Reading::from(&session.campaign.settings);
        let findings = Findings::evaluate(&facts, pack, reading);
        let verdict = Verdict::of(&VerdictInputs {
            facts: &facts,
            findings: &findings,
            pack,
            choices: None,
        });
        Self {
            facts,
            findings,
            verdict,
            regime: history.and_then(|history| history.regime_at(inputs.as_of)),
            has_history: history.is_some(),
            paths: 0,
            decision: None,
            session,
            valuation,
            pack,
        }
    }

    fn write(&self, json: bool, out: &mut dyn Write) -> io::Result<()> {
        if json {
            let report = json::JsonReport::of(self);
            serde_json::to_writer_pretty(&mut *out, &report)?;
            return writeln!(out);
        }
        text::write(self, out)
    }

    fn missing(&self) -> Missing {
        self.session.missing
    }

    /// What was assumed, left out or could not be valued, as `subject: message`.
    fn problems(&self) -> Vec<String> {
        let notes = self.session.notes.iter().cloned();
        let valued = self.valuation.problems.iter().map(problem_line);
        notes.chain(valued).collect()
    }
}

/// A problem in one line; a message that names its subject itself does not repeat it.
fn problem_line(problem: &Problem) -> String {
    let Problem { subject, message } = problem;
    if subject.is_empty() || message.starts_with(subject.as_str()) {
        message.clone()
    } else {
        format!("{subject}: {message}")
    }
}
