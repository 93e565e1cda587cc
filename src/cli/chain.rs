//! `palisade chain`: a Cboe quotes export → forward, vol and fit of every expiry, as CSV or JSON.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::parse_as_of;
use crate::import::{
    ChainReport, ExpiryReport, ImportProblem, quote_instant, read_chain, resolve_chain,
};
use crate::instrument::{Right, Root};
use crate::market::{ExpiryVariance, SmileSource, VolIndex};
use crate::units::DAYS_PER_YEAR;

/// Exit code for bad input.
const BAD_INPUT: u8 = 2;

/// Rates beyond this, either way, are taken for a percentage typed as a decimal.
const LARGEST_RATE: f64 = 0.5;

/// Arguments of `palisade chain`.
#[derive(Clone, Debug, clap::Args)]
pub struct ChainArgs {
    /// Cboe delayed-quotes export of SPX; `-` reads standard input
    pub file: PathBuf,
    /// Continuously compounded rate that discounts the quotes, decimal
    #[arg(long, default_value_t = 0.04, allow_negative_numbers = true)]
    pub rate: f64,
    /// Instant of the quotes: RFC 3339, or YYYY-MM-DDTHH:MM in New York; else from the file's date line
    #[arg(long)]
    pub as_of: Option<String>,
    /// One row per quote instead of one per expiry
    #[arg(long)]
    pub quotes: bool,
    /// One JSON object instead of CSV
    #[arg(long)]
    pub json: bool,
}

/// One line of the table of expiries.
#[derive(Serialize)]
struct ExpiryRow {
    expiry: Date,
    root: Root,
    days: f64,
    forward: f64,
    discount: f64,
    atm_vol: Option<f64>,
    skew: Option<f64>,
    quotes: usize,
    rejected: usize,
    fit_rms: Option<f64>,
    model_free_vol: Option<f64>,
}

/// The 30-day index.
#[derive(Serialize)]
struct IndexAnswer {
    level: f64,
    by_the_book: bool,
    near: IndexExpiry,
    next: IndexExpiry,
}

/// One of the two expiries that the index comes from.
#[derive(Serialize)]
struct IndexExpiry {
    expiry: Date,
    root: Root,
    days: f64,
    forward: f64,
    centre: f64,
    strikes: usize,
    variance: f64,
}

/// One line of the table of quotes.
#[derive(Serialize)]
struct QuoteRow {
    expiry: Date,
    root: Root,
    strike: f64,
    kind: &'static str,
    bid: f64,
    ask: f64,
    mid: Option<f64>,
    iv: Option<f64>,
    file_iv: Option<f64>,
}

/// An expiry that had settled at the as-of.
#[derive(Serialize)]
struct SettledRow {
    expiry: Date,
    root: Root,
}

/// The whole answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    source: &'a str,
    as_of: Timestamp,
    spot: f64,
    rate: f64,
    vol_index_30d: Option<IndexAnswer>,
    expiries: Vec<ExpiryRow>,
    settled: Vec<SettledRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<Vec<QuoteRow>>,
    problems: Vec<String>,
}

/// Runs the command; the table goes to `out`, one line per problem to `err`. Returns the exit code: 0, or
/// 2 when the input is bad. Rows that can be read are printed even when others cannot.
pub fn run(args: &ChainArgs, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match answer(args) {
        Ok((report, problems)) => {
            let told = problems
                .iter()
                .try_for_each(|problem| writeln!(err, "{problem}"));
            let printed = print(args, &report, &problems, out);
            match told.and(printed) {
                Ok(()) if problems.is_empty() => 0,
                Ok(()) | Err(_) => BAD_INPUT,
            }
        }
        Err(message) => {
            // the exit code tells it even where standard error is closed
            drop(writeln!(err, "{message}"));
            BAD_INPUT
        }
    }
}

fn answer(args: &ChainArgs) -> Result<(ChainReport, Vec<ImportProblem>), String> {
    if args.rate.is_nan() || args.rate.abs() > LARGEST_RATE {
        return Err(format!(
            "--rate: found '{}': expected a decimal rate from -0.5 to 0.5 (0.04 = 4 %)",
            args.rate
        ));
    }
    let given = args.as_of.as_deref().map(parse_as_of).transpose();
    let given = given.map_err(|error| format!("--as-of: {error}"))?;
    let name = args.file.display().to_string();
    let bytes = read(&args.file).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    let (raw, problems) = read_chain(&name, &bytes).map_err(|error| error.to_string())?;
    let as_of = match (given, raw.file_time) {
        (Some(instant), _) => instant,
        (None, Some(file_time)) => quote_instant(file_time),
        (None, None) => return Err(raw.unknown_time().to_string()),
    };
    Ok((resolve_chain(&raw, as_of, args.rate), problems))
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(file)
}

fn print(
    args: &ChainArgs,
    report: &ChainReport,
    problems: &[ImportProblem],
    out: &mut dyn Write,
) -> io::Result<()> {
    if args.json {
        let answer = Answer {
            source: &report.chain.source_name,
            as_of: report.chain.as_of,
            spot: report.chain.spot,
            rate: report.chain.rate,
            vol_index_30d: report.vol_index.as_ref().map(index_answer),
            expiries: report.expiries.iter().map(expiry_row).collect(),
            settled: report
                .settled
                .iter()
                .map(|&(root, expiry)| SettledRow { expiry, root })
                .collect(),
            quotes: args.quotes.then(|| quote_rows(report).collect()),
            problems: problems.iter().map(ToString::to_string).collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        return writeln!(out);
    }
    if args.quotes {
        print_csv(quote_rows(report), &QUOTE_COLUMNS, out)
    } else {
        print_csv(report.expiries.iter().map(expiry_row), &EXPIRY_COLUMNS, out)
    }
}

const EXPIRY_COLUMNS: [&str; 11] = [
    "expiry",
    "root",
    "days",
    "forward",
    "discount",
    "atm_vol",
    "skew",
    "quotes",
    "rejected",
    "fit_rms",
    "model_free_vol",
];

const QUOTE_COLUMNS: [&str; 9] = [
    "expiry", "root", "strike", "kind", "bid", "ask", "mid", "iv", "file_iv",
];

/// Writes a header, which a table without rows has too, and the rows.
fn print_csv(
    rows: impl Iterator<Item = impl Serialize>,
    columns: &[&str],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.flush()
}

/// The table's line of an expiry; vol, skew and fit are empty where no quote gave a vol.
fn expiry_row(report: &ExpiryReport) -> ExpiryRow {
    let smile = &report.smile;
    let fitted = smile.source != SmileSource::Prior;
    ExpiryRow {
        expiry: smile.expiry,
        root: smile.root,
        days: smile.years * DAYS_PER_YEAR,
        forward: smile.forward,
        discount: smile.discount,
        atm_vol: fitted.then_some(smile.atm_vol),
        skew: fitted.then(|| smile.atm_skew()),
        quotes: smile.quotes.len(),
        rejected: smile.rejected,
        fit_rms: fitted.then_some(smile.rms_vol),
        model_free_vol: report.model_free.map(|strip| strip.vol()),
    }
}

fn index_answer(index: &VolIndex) -> IndexAnswer {
    let expiry = |one: &ExpiryVariance| IndexExpiry {
        expiry: one.expiry,
        root: one.root,
        days: one.model_free.years * DAYS_PER_YEAR,
        forward: one.model_free.forward,
        centre: one.model_free.centre,
        strikes: one.model_free.strikes,
        variance: one.model_free.variance,
    };
    IndexAnswer {
        level: index.level,
        by_the_book: index.is_by_the_book,
        near: expiry(&index.near),
        next: expiry(&index.next),
    }
}

fn quote_rows(report: &ChainReport) -> impl Iterator<Item = QuoteRow> + '_ {
    report.expiries.iter().flat_map(|expiry| {
        expiry.quotes.iter().map(move |quote| QuoteRow {
            expiry: expiry.smile.expiry,
            root: expiry.smile.root,
            strike: quote.strike,
            kind: match quote.right {
                Right::Call => "call",
                Right::Put => "put",
            },
            bid: quote.raw.bid,
            ask: quote.raw.ask,
            mid: quote.mid,
            iv: quote.iv,
            file_iv: quote.raw.file_iv,
        })
    })
}
