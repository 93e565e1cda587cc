//! The command line: what can be asked for, and who answers.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::chain::ChainArgs;
use super::journal::JournalArgs;
use super::plot::PlotArgs;
use super::report::ReportArgs;
use super::{chain, check, implied_vol, indicators, journal, plot, price, report};

/// Version and commit, as `--version` prints them.
pub const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (",
    env!("PALISADE_COMMIT"),
    ")"
);

/// Exit status for bad input, and for output that cannot be written.
const FAILED: u8 = 2;

/// A desk for SPX iron condors and their layered VIX hedge
#[derive(Debug, Parser)]
#[command(name = "palisade", version = VERSION, args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Without a command the desk opens, with the campaign given or the one opened last.\nFor education: model estimates, not advice."
)]
pub struct Cli {
    /// Campaign (.ron) to open in the desk
    #[arg(value_name = "SESSION.ron")]
    pub session: Option<PathBuf>,
    /// What to do instead of opening the desk.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// Everything that needs no window.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Price and Greeks of every option in a CSV file
    Price(BatchArgs),
    /// Implied vol of every option price in a CSV file
    ImpliedVol(BatchArgs),
    /// Averages, MACD and RSI of a series in a CSV file
    Indicators(IndicatorsArgs),
    /// Forwards, vols and fits of a Cboe quotes export
    Chain(ChainArgs),
    /// The valuation of a campaign or of a CSV of legs
    Report(ReportArgs),
    /// A picture of a campaign or of a CSV of legs, without a window
    Plot(PlotArgs),
    /// What campaigns came to: profit by cause, decisions, and the review over all of them
    Journal(JournalArgs),
    /// Says whether campaigns and rule packs are valid
    Check(CheckArgs),
}

/// Arguments of the batch commands.
#[derive(Clone, Debug, clap::Args)]
pub struct BatchArgs {
    /// CSV file; `-` reads standard input
    pub file: PathBuf,
    /// One JSON object instead of CSV
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `palisade indicators`.
#[derive(Clone, Debug, clap::Args)]
pub struct IndicatorsArgs {
    /// CSV file with a column `date`; `-` reads standard input
    pub file: PathBuf,
    /// Column with the series
    #[arg(long, default_value = "close")]
    pub column: String,
    /// One JSON object instead of CSV
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `palisade check`.
#[derive(Clone, Debug, clap::Args)]
pub struct CheckArgs {
    /// Campaigns and rule packs (.ron); `-` reads standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

impl CliCommand {
    /// Runs the command; results to `out`, complaints to `err`. Status 0, or 2 on bad input.
    pub fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> ExitCode {
        match self {
            Self::Price(args) => price::run(&args.name(), args.json, out, err),
            Self::ImpliedVol(args) => implied_vol::run(&args.name(), args.json, out, err),
            Self::Indicators(args) => {
                let file = args.file.to_string_lossy();
                indicators::run(&file, &args.column, args.json, out, err)
            }
            Self::Chain(args) => ExitCode::from(chain::run(args, out, err)),
            Self::Report(args) => exit_code(report::run(args, out, err)),
            Self::Plot(args) => exit_code(plot::run(args, err)),
            Self::Journal(args) => exit_code(journal::run(args, out, err)),
            Self::Check(args) => exit_code(check::check(&args.files, out, err)),
        }
    }
}

impl BatchArgs {
    fn name(&self) -> String {
        self.file.to_string_lossy().into_owned()
    }
}

/// The status of a command, or 2 when its output could not be written.
pub fn exit_code(done: io::Result<u8>) -> ExitCode {
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            tracing::error!("the output cannot be written: {error}");
            ExitCode::from(FAILED)
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::{Cli, CliCommand};

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_path_opens_the_desk_and_a_command_does_not() {
        let desk = Cli::try_parse_from(["palisade", "july.ron"]).expect("parses");
        assert_eq!(desk.session.as_deref(), Some("july.ron".as_ref()));
        assert!(desk.command.is_none());
        let report = Cli::try_parse_from([
            "palisade", "report", "legs.csv", "--spot", "6000", "--rate", "-0.01", "--json",
        ]);
        let Some(CliCommand::Report(args)) = report.expect("parses").command else {
            panic!("a report");
        };
        assert_eq!(
            (args.json, args.marks.spot, args.marks.rate),
            (true, Some(6000.0), Some(-0.01))
        );
        for wrong in [
            &["palisade", "report"][..],
            &["palisade", "check"],
            &["palisade", "--nonsense"],
            &["palisade", "report", "x.csv", "--spot", "six"],
        ] {
            let error = Cli::try_parse_from(wrong).expect_err("refused");
            assert_eq!(error.exit_code(), 2, "{wrong:?}");
        }
    }
}
