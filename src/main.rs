//! The door: parses the words, runs the verb, prints, and sets the exit status.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use resume::cli::{Cli, Color, Command, Global};
use resume::problem::{Severity, any_error, print_human};
use resume::{Failure, Outcome, Written};

/// Usage or I/O (the same as clap's own).
const FAILED: u8 = 2;
/// The data, a template or the document is wrong.
const WRONG: u8 = 1;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let global = &cli.global;
    let done = match &cli.command {
        Command::Render(args) => resume::render(global, args).map(|outcome| talk(&outcome, global)),
        Command::Fonts => resume::list_fonts(global).and_then(|list| print(&list)),
        Command::Templates(args) => resume::templates(global, args).and_then(|list| print(&list)),
    };
    done.unwrap_or_else(|failure| {
        let (on, off) = if colored(global) { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        eprintln!("{on}error{off}: {}", failure.message);
        if let Some(hint) = &failure.hint {
            eprintln!("  = help: {hint}");
        }
        ExitCode::from(FAILED)
    })
}

/// Data goes to standard output; a reader that closes it early is no fault.
fn print(text: &str) -> Result<ExitCode, Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}").into())
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Talk goes to standard error: problems first, then a line for each document.
fn talk(outcome: &Outcome, global: &Global) -> ExitCode {
    let problems: Vec<_> = outcome
        .problems
        .iter()
        .filter(|problem| !global.quiet || problem.severity == Severity::Error)
        .cloned()
        .collect();
    eprint!("{}", print_human(&problems, &outcome.sources, colored(global)));
    if !global.quiet {
        for document in &outcome.written {
            eprintln!("{}", line(document));
        }
    }
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    if any_error(&problems) {
        let (noun, made) = (if errors == 1 { "error" } else { "errors" }, outcome.written.len());
        eprintln!("{errors} {noun}; {made} documents written");
        return ExitCode::from(WRONG);
    }
    ExitCode::SUCCESS
}

/// `output/full.pdf  14 pages  512 KB  0.43 s`
fn line(document: &Written) -> String {
    let path = document.path.as_ref().map_or("-".into(), |path| path.display().to_string());
    let noun = if document.pages == 1 { "page" } else { "pages" };
    let (size, time) = (document.bytes.len().div_ceil(1000), document.milliseconds as f64 / 1000.0);
    format!("{path}  {} {noun}  {size} KB  {time:.2} s", document.pages)
}

/// Whether messages are coloured (no-color.org).
fn colored(global: &Global) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            io::stderr().is_terminal() && !plain
        }
    }
}
