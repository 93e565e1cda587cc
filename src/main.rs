//! Opens the desk, or runs a subcommand.

fn main() {
    if let Err(error) = palisade::app::run_desk(std::env::args().nth(1).map(Into::into)) {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "{error}");
    }
}
