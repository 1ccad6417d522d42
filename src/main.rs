//! The binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    resume::cli::main()
}
