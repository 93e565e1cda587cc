//! Opens the desk, or runs a subcommand.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use palisade::app::{DeskError, run_desk};
use palisade::cli::args::{Cli, exit_code};
use palisade::cli::pipe::Pipe;
use palisade::cli::report;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    log_to_stderr();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => return tell(&told),
    };
    match cli.command {
        Some(command) => {
            let mut out = io::BufWriter::new(Pipe::new(io::stdout().lock()));
            let status = command.run(&mut out, &mut Pipe::new(io::stderr().lock()));
            finish(status, &mut out)
        }
        None => desk(cli.session.as_deref()),
    }
}

/// Warnings to standard error, or what `RUST_LOG` asks for.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .init();
}

/// Help and version on standard output, status 0; a usage error on standard error, status 2.
fn tell(told: &clap::Error) -> ExitCode {
    let status = ExitCode::from(if told.use_stderr() { 2 } else { 0 });
    // a closed pipe leaves nobody to tell
    drop(told.print());
    status
}

/// Opens the desk; where no window can be opened, says why and writes the text report instead.
fn desk(session: Option<&Path>) -> ExitCode {
    match run_desk(session.map(Path::to_owned)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(DeskError::Other(message)) => {
            drop(writeln!(io::stderr(), "{message}"));
            ExitCode::from(2)
        }
        Err(error @ DeskError::NoDisplay { .. }) => {
            drop(writeln!(io::stderr(), "{error}"));
            text_report(session)
        }
    }
}

fn text_report(session: Option<&Path>) -> ExitCode {
    let mut out = io::BufWriter::new(Pipe::new(io::stdout().lock()));
    let done = report::run_text(session, &mut out, &mut io::stderr());
    finish(exit_code(done), &mut out)
}

/// The status, unless the last of the output cannot be written.
fn finish(status: ExitCode, out: &mut dyn Write) -> ExitCode {
    match out.flush() {
        Ok(()) => status,
        Err(error) => exit_code(Err(error)),
    }
}
