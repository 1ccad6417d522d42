//! The door: parses the words, runs the verb, prints, and sets the exit status.

#![expect(clippy::print_stderr, reason = "the door is where the program talks")]

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use unicode_width::UnicodeWidthStr;

use resume::cli::{Cli, Color, Command, Export, Global, MessageFormat};
use resume::problem::{Problem, Severity, Sources, print_human};
use resume::{Explained, Failure, Outcome, Phases, report};

/// Usage or I/O (the same as clap's own).
const FAILED: u8 = 2;
/// The data, a template or the document is wrong.
const WRONG: u8 = 1;
/// Problems shown to a person; nobody reads on after so many.
const SHOWN: usize = 100;
/// Documents from which on a run has a bar and a sum.
const BAR: usize = 4;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let global = &cli.global;
    let done = match &cli.command {
        Command::Render(args) => {
            let (bar, began) = (bar(global), Instant::now());
            let progress = |done: usize, all: usize| {
                // A few documents are made before a bar is read.
                if all >= BAR {
                    bar.set_length(all as u64);
                    bar.set_position(done as u64);
                }
            };
            let outcomes = resume::render(global, args, &progress);
            bar.finish_and_clear();
            let taken = args.output.as_os_str() == "-";
            outcomes.and_then(|outcomes| talk(&outcomes, global, began.elapsed(), taken))
        }
        Command::Tailor(args) => {
            resume::tailor(global, args).and_then(|explained| account(&explained, global))
        }
        Command::Check(args) => match &args.explain {
            Some(code) => resume::explain_rule(code).and_then(|text| print(&text)),
            None => {
                let began = Instant::now();
                resume::verify(global, args).and_then(|outcome| {
                    let silent = outcome.problems.is_empty();
                    let exit = talk(&[outcome], global, began.elapsed(), false)?;
                    if silent && global.message_format == MessageFormat::Human && !global.quiet {
                        eprintln!("no problem found");
                    }
                    Ok(exit)
                })
            }
        },
        Command::Init(args) => resume::init(args).and_then(|list| print(&list)),
        Command::Data(args) => match resume::data(global, args) {
            Ok(Ok(text)) => print(&text),
            Ok(Err(outcome)) => talk(&[outcome], global, Duration::ZERO, false),
            Err(failure) => Err(failure),
        },
        Command::Export(Export::Typst(args)) => {
            resume::export_typst(global, args).and_then(|(list, outcome)| {
                print(&list)?;
                talk(&[outcome], global, Duration::ZERO, true)
            })
        }
        Command::Schema(args) => resume::schema(args).and_then(|text| print(&text)),
        Command::Completions(args) => print(&resume::completions(args)),
        Command::Man(args) => resume::manual(args).and_then(|text| print(&text)),
        Command::Fonts => resume::list_fonts(global).and_then(|list| print(&list)),
        Command::Templates(args) => resume::templates(global, args).and_then(|list| print(&list)),
    };
    done.unwrap_or_else(|failure| {
        fail(&failure, global);
        ExitCode::from(FAILED)
    })
}

/// Prints what kept a run from starting, or a record of many from being read.
fn fail(failure: &Failure, global: &Global) {
    let (on, off) = if colored(global) { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    eprintln!("{on}error{off}: {}", failure.message);
    if let Some(hint) = &failure.hint {
        eprintln!("  = help: {hint}");
    }
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

/// How far a run is, on a terminal that is looked at.
fn bar(global: &Global) -> ProgressBar {
    if global.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} documents, {eta} left");
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The ledger goes to standard output, problems to standard error.
fn account(explained: &Explained, global: &Global) -> Result<ExitCode, Failure> {
    let wrong = complain(&explained.problems, &explained.sources, global);
    if let Some(ledger) = &explained.ledger {
        let text = match global.message_format {
            MessageFormat::Human | MessageFormat::Github | MessageFormat::Sarif => {
                ledger.to_string()
            }
            MessageFormat::Json => serde_json::to_string_pretty(ledger)
                .map_err(|error| format!("cannot write the ledger: {error}"))?,
        };
        print(&format!("{}\n", text.trim_end()))?;
    }
    if let Some(preview) = explained.preview.as_ref().filter(|_| !global.quiet) {
        eprintln!("{}", preview.display());
    }
    Ok(if wrong > 0 { ExitCode::from(WRONG) } else { ExitCode::SUCCESS })
}

/// Prints problems; says how many are errors.
fn complain(problems: &[Problem], sources: &Sources, global: &Global) -> usize {
    let shown = |problem: &&Problem| !global.quiet || problem.severity == Severity::Error;
    let problems: Vec<_> = problems.iter().filter(shown).cloned().collect();
    let shown = &problems[..problems.len().min(SHOWN)];
    eprint!("{}", print_human(shown, sources, colored(global)));
    if problems.len() > shown.len() {
        eprintln!("… and {} more", problems.len() - shown.len());
    }
    problems.iter().filter(|problem| problem.severity == Severity::Error).count()
}

/// Talk goes to standard error: problems first, then a table of the documents. Problems in a form
/// for programs go to standard output, unless a document does.
fn talk(
    outcomes: &[Outcome],
    global: &Global,
    time: Duration,
    taken: bool,
) -> Result<ExitCode, Failure> {
    let count = |severity| {
        let problems = outcomes.iter().flat_map(|outcome| &outcome.problems);
        problems.filter(|problem| problem.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let denied = outcomes.iter().any(|outcome| outcome.denies) && warnings > 0;
    let human = global.message_format == MessageFormat::Human;
    if !human {
        let runs: Vec<report::Run> = outcomes
            .iter()
            .map(|outcome| (outcome.problems.as_slice(), &outcome.sources))
            .collect();
        let text = match global.message_format {
            MessageFormat::Sarif => report::sarif(&runs),
            MessageFormat::Github => report::github(&runs),
            MessageFormat::Json | MessageFormat::Human => report::json(&runs),
        };
        if taken {
            eprint!("{text}");
        } else {
            print(&text)?;
        }
    }
    for outcome in outcomes {
        if human {
            complain(&outcome.problems, &outcome.sources, global);
        }
        outcome.failures.iter().for_each(|failure| fail(failure, global));
    }
    let failures = outcomes.iter().map(|outcome| outcome.failures.len()).sum::<usize>();
    let written = outcomes.iter().map(|outcome| outcome.documents).sum::<usize>();
    let failed: Vec<&String> = outcomes.iter().flat_map(|outcome| &outcome.failed).collect();
    if !global.quiet && human {
        eprint!("{}", table(outcomes));
        for name in failed.iter().filter(|_| written + failed.len() > 1) {
            eprintln!("{name}  not made");
        }
        if written + failed.len() >= BAR {
            let (seconds, lost) = (time.as_secs_f64(), failed.len());
            let pace = written as f64 / seconds;
            eprintln!("{written} documents, {lost} not made, {seconds:.1} s, {pace:.0} a second");
        }
    }
    if global.verbose {
        eprint!("{}", phases(outcomes));
    }
    let counted = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        count => Some(format!("{count} {noun}s")),
    };
    let made = format!("; {written} documents written");
    let made = if errors > 0 && !failed.is_empty() { made.as_str() } else { "" };
    let warnings = counted(warnings, "warning").filter(|_| !global.quiet);
    let counts: Vec<String> = counted(errors, "error").into_iter().chain(warnings).collect();
    if human && !counts.is_empty() {
        eprintln!("{}{made}", counts.join(", "));
    }
    Ok(match (failures, errors > 0 || denied) {
        (0, false) => ExitCode::SUCCESS,
        (0, true) => ExitCode::from(WRONG),
        _ => ExitCode::from(FAILED),
    })
}

/// `output/full.pdf  14 pages  512 KB  0.43 s`, a line for each document, in columns.
fn table(outcomes: &[Outcome]) -> String {
    let documents = outcomes.iter().flat_map(|outcome| &outcome.written);
    let rows: Vec<[String; 4]> = documents
        .map(|document| {
            let path = place(&document.paths);
            let pages = match document.pages {
                0 => String::new(),
                1 => "1 page".to_owned(),
                pages => format!("{pages} pages"),
            };
            let time = document.phases.total().as_secs_f64();
            [path, pages, format!("{} KB", document.size.div_ceil(1000)), format!("{time:.2} s")]
        })
        .collect();
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let line = |row: &[String; 4]| {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell}{}  ", " ".repeat(width - cell.width())));
        format!("{}{}\n", cells.collect::<String>(), row[3])
    };
    rows.iter().map(line).collect()
}

/// Where a document is: `output/full.pdf`, `output/full-01.png … full-14.png`, `-`.
fn place(paths: &[PathBuf]) -> String {
    match paths {
        [] => "-".to_owned(),
        [only] => only.display().to_string(),
        [first, .., last] => {
            let last = last.file_name().unwrap_or_default().to_string_lossy();
            format!("{} … {last}", first.display())
        }
    }
}

/// How long everything took: the parts of the run, then those of each document.
fn phases(outcomes: &[Outcome]) -> String {
    let lines = |phases: &Phases| {
        let line = |(phase, time): &(&str, Duration)| {
            format!("{:>8.1} ms  {phase}\n", time.as_secs_f64() * 1000.0)
        };
        phases.0.iter().map(line).collect::<String>()
    };
    let run = outcomes.iter().map(|outcome| lines(&outcome.phases));
    let documents = outcomes
        .iter()
        .flat_map(|outcome| &outcome.written)
        .map(|document| format!("{}\n{}", place(&document.paths), lines(&document.phases)));
    run.chain(documents).collect()
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
