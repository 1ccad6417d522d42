//! The binary: parses the command line, runs the command, sets the exit status.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    resume::cli::Cli::parse().run()
}
