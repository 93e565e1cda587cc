//! Opens the desk, or runs a subcommand.

fn main() {}
