//! Runs the command, prints its result, and decides the exit status.

use std::io::{self, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::CommandFactory as _;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::json;

use crate::check::rules;
use crate::cli::data::Export;
use crate::cli::tailor::{TailorArgs, TailorNew};
use crate::cli::{Cli, Color, Command, CompletionsArgs, Global, ManArgs, MessageFormat};
use crate::cli::{report, summary};
use crate::commands::{
    self, AllTailored, ExportRecordOptions, Ledger, Outcome, SheetOptions, Tailored, Target,
    WatchEvent,
};
use crate::diagnostics::{Diagnostic, Severity, Sources, print_human, programs};
use crate::engine::Templates;
use crate::error::Error;
use crate::output::write;
use crate::session::Session;
use crate::util::visible::{visible, visible_json};

/// Exit status: usage or I/O (the same as clap's own).
const FAILED: u8 = 2;
/// Exit status: the data, a template or the document is wrong.
const WRONG: u8 = 1;
/// Most diagnostics that are printed for people.
const SHOWN: usize = 100;
/// Documents from which on a run has a progress bar and a sum.
const BAR: usize = 4;

impl Cli {
    /// Runs the command that was typed.
    pub fn run(&self) -> ExitCode {
        let settled = self.settled();
        settled.dispatch(self).unwrap_or_else(|error| {
            let is_json = settled.global.message_format == MessageFormat::Json;
            match settled.command {
                Command::Tailor(_) if is_json => {
                    let _ = print(&format!("{}\n", visible_json(&report::failure(&error))));
                }
                _ => print_error(&error, &settled.global),
            }
            ExitCode::from(FAILED)
        })
    }

    /// Runs the command; `typed` are the flags as they were typed.
    fn dispatch(&self, typed: &Self) -> Result<ExitCode, Error> {
        let global = &self.global;
        let data = global.data();
        // The engine is not dropped: the end of the process frees its memory faster.
        let session = || Session::new(&global.engine_options()).map(ManuallyDrop::new);
        match &self.command {
            Command::Render(args) => {
                let (session, bar, began) = (session()?, bar(global), Instant::now());
                let progress = |done: usize, all: usize| {
                    // A run of few documents ends before anyone reads a bar.
                    if all >= BAR {
                        bar.set_length(all as u64);
                        bar.set_position(done as u64);
                    }
                };
                let options = args.options();
                let outcomes = commands::render(&session, data, &options, &progress);
                bar.finish_and_clear();
                let (outcomes, taken) = (outcomes?, options.output.as_os_str() == "-");
                let exit = print_outcomes(&outcomes, global, began.elapsed(), taken)?;
                let mut written = outcomes.iter().flat_map(|outcome| &outcome.written);
                let written = written.next().zip(Some(written.next().is_some()));
                if let Some((first, several)) = written.filter(|_| args.open)
                    && let Some(path) = first.paths.first()
                {
                    let shown = if several { path.parent().unwrap_or(path) } else { path };
                    open_with_desktop(&shown.display().to_string());
                }
                Ok(exit)
            }
            Command::Tailor(TailorArgs { new: Some(TailorNew::New(args)), .. }) => {
                print(&visible(&commands::new_application(data, &args.options())?))
            }
            Command::Tailor(args) if args.all => {
                let AllTailored { ledgers, diagnostics, sources } =
                    &commands::tailor_all(&*session()?, data, &args.options())?;
                let report = (json!({ "applications": ledgers }), &*report::table(ledgers));
                print_tailored(report, diagnostics, sources, global)
            }
            Command::Tailor(args) => {
                print_ledger(&commands::tailor(&*session()?, data, &args.options())?, global)
            }
            Command::Check(args) => {
                if let Some(code) = &args.explain {
                    return print(&commands::explain_rule(code)?);
                }
                if args.fix {
                    say(&commands::fix(data)?);
                }
                let began = Instant::now();
                let outcome = commands::check(&*session()?, data, &args.options())?;
                let silent = outcome.diagnostics.is_empty();
                let exit = print_outcomes(&[outcome], global, began.elapsed(), false)?;
                if silent && global.message_format == MessageFormat::Human && !global.quiet {
                    say("no problem found\n");
                }
                Ok(exit)
            }
            Command::Watch(args) => {
                if !global.quiet {
                    say(&format!("watching `{}`, Ctrl-C ends it\n", data.display()));
                }
                commands::watch(data, &|| typed.watch_options(), &|event| {
                    if let WatchEvent::Serving(address) = event
                        && args.render.open
                    {
                        open_with_desktop(&format!("http://{address}/"));
                    }
                    print_event(event, global)
                })?;
                Ok(ExitCode::SUCCESS)
            }
            Command::Send(args) => {
                let frozen = commands::send(&*session()?, data, &args.options())?;
                print_with(frozen.text, frozen.outcome, global)
            }
            Command::Sent(args) => {
                let (text, fine) = commands::sent(&args.options(global.engine_options()))?;
                let exit = print(&visible(&text))?;
                Ok(if fine { exit } else { ExitCode::from(WRONG) })
            }
            Command::Diff(args) => {
                let (text, outcome) = commands::diff(&*session()?, data, &args.options())?;
                print_with(text, outcome, global)
            }
            Command::Init(args) => print(&commands::init(&args.options())?),
            Command::Import(args) => {
                let templates = Templates::new(global.templates.clone());
                let report = commands::import(&args.options(data), &templates)?;
                match global.message_format {
                    MessageFormat::Json => print(&visible_json(&format!("{:#}\n", report.value))),
                    _ => print(&visible(&report.text)),
                }
            }
            Command::Data(args) => match commands::data(data, args.form.into())? {
                (Some(text), _) => print(&text),
                (None, outcome) => print_outcomes(&[outcome], global, Duration::ZERO, false),
            },
            Command::Export(Export::Typst(args)) => {
                let (list, outcome) = commands::export_typst(&*session()?, data, &args.options())?;
                print(&list)?;
                print_outcomes(&[outcome], global, Duration::ZERO, true)
            }
            Command::Export(Export::Jsonresume(args)) => {
                export(data, &args.options(Target::JsonResume), global)
            }
            Command::Export(Export::Rendercv(args)) => {
                export(data, &args.options(Target::RenderCv), global)
            }
            Command::Schema(args) => print(&commands::schema(args.key.as_deref())?),
            Command::Completions(args) => print(&completions(args)),
            Command::Man(args) => print(&manual(args)?),
            Command::Fonts => print(&commands::list_fonts(&*session()?)),
            Command::Templates(args) => {
                if let Some(output) = args.preview.clone() {
                    let options = SheetOptions { language: args.lang.clone(), output };
                    let began = Instant::now();
                    let outcome = commands::theme_sheet(&*session()?, data, &options)?;
                    return print_outcomes(&[outcome], global, began.elapsed(), false);
                }
                match &args.copy {
                    Some(folder) => print(&commands::copy_templates(folder)?),
                    None => print(&commands::list_templates(global.templates.as_deref())?),
                }
            }
            Command::Doctor => print(&commands::doctor(&global.engine_options(), data)),
        }
    }
}

/// Prints what is wrong or odd, and a text, which is there unless documents could not be made. Where they are is
/// of no interest.
fn print_with(
    text: Option<String>,
    mut outcome: Outcome,
    global: &Global,
) -> Result<ExitCode, Error> {
    outcome.written.clear();
    let exit = print_outcomes(&[outcome], global, Duration::ZERO, true)?;
    match text {
        Some(text) => print(&visible(&text)).map(|_| exit),
        None => Ok(exit),
    }
}

/// The completions of a shell.
fn completions(args: &CompletionsArgs) -> String {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "resume", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The manual page; or, with a folder, a list of the pages that were written there.
fn manual(args: &ManArgs) -> Result<String, Error> {
    let mut root = Cli::command();
    root.build();
    let Some(folder) = &args.output else { return page(root) };
    let commands = root.get_subcommands().filter(|command| command.get_name() != "help");
    let mut list = String::new();
    for command in [&root].into_iter().chain(commands).cloned() {
        let path = Path::new(folder).join(clap_mangen::Man::new(command.clone()).get_filename());
        list += &format!("{}\n", path.display());
        write::write(&path, page(command)?.as_bytes())?;
    }
    Ok(list)
}

fn page(command: clap::Command) -> Result<String, Error> {
    let mut out = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut out)
        .map_err(|error| Error::from(format!("cannot write the manual: {error}")))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Prints what kept a run from starting, or a record of many from being read.
fn print_error(error: &Error, global: &Global) {
    let (on, off) = if colored(global) { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    say(&format!("{on}error{off}: {}\n", error.message));
    if let Some(hint) = &error.hint {
        say(&format!("  = help: {hint}\n"));
    }
}

/// Prints a message to standard error. An error in writing it does not stop the work.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints data to standard output. A reader that closes it early is no error.
fn print(text: &str) -> Result<ExitCode, Error> {
    match write::print(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}").into())
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The progress bar of a run; hidden where standard error is no terminal.
fn bar(global: &Global) -> ProgressBar {
    if global.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} documents, {eta} left");
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Prints the ledger to standard output and problems to standard error.
fn print_ledger(tailored: &Tailored, global: &Global) -> Result<ExitCode, Error> {
    let Tailored { ledger, preview, diagnostics, sources } = tailored;
    let text = ledger.as_ref().map(Ledger::to_string).unwrap_or_default();
    let exit = print_tailored((ledger, &text), diagnostics, sources, global)?;
    if let Some(preview) = preview.as_ref().filter(|_| !global.quiet) {
        say(&format!("{}\n", visible(&preview.display().to_string())));
    }
    Ok(if ledger.is_none() { ExitCode::from(WRONG) } else { exit })
}

/// Prints what `tailor` reports, for programs and for people, and problems.
fn print_tailored(
    (report, text): (impl Serialize, &str),
    diagnostics: &[Diagnostic],
    sources: &Sources,
    global: &Global,
) -> Result<ExitCode, Error> {
    let wrong = match global.message_format {
        MessageFormat::Json => {
            print(&format!("{}\n", visible_json(&report::json(report, diagnostics, sources)?)))?;
            diagnostics.iter().filter(|found| found.severity == Severity::Error).count()
        }
        MessageFormat::Human | MessageFormat::Github | MessageFormat::Sarif => {
            let wrong = print_diagnostics(diagnostics, sources, global);
            if !text.is_empty() {
                print(&format!("{}\n", visible(text).trim_end()))?;
            }
            wrong
        }
    };
    Ok(if wrong > 0 { ExitCode::from(WRONG) } else { ExitCode::SUCCESS })
}

/// Prints problems; returns how many are errors.
fn print_diagnostics(diagnostics: &[Diagnostic], sources: &Sources, global: &Global) -> usize {
    let shown = |diagnostic: &&Diagnostic| !global.quiet || diagnostic.severity == Severity::Error;
    let diagnostics: Vec<_> = diagnostics.iter().filter(shown).cloned().collect();
    let shown = &diagnostics[..diagnostics.len().min(SHOWN)];
    say(&print_human(shown, sources, colored(global)));
    if diagnostics.len() > shown.len() {
        say(&format!("… and {} more\n", diagnostics.len() - shown.len()));
    }
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
}

/// Prints problems, then a table of the documents, to standard error. Problems in a form for
/// programs go to standard output, unless a document does.
fn print_outcomes(
    outcomes: &[Outcome],
    global: &Global,
    time: Duration,
    taken: bool,
) -> Result<ExitCode, Error> {
    let count = |severity| {
        let diagnostics = outcomes.iter().flat_map(|outcome| &outcome.diagnostics);
        diagnostics.filter(|diagnostic| diagnostic.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let denied = outcomes.iter().any(|outcome| outcome.denies) && warnings > 0;
    let human = global.message_format == MessageFormat::Human;
    if !human {
        let runs: Vec<programs::Run> = outcomes
            .iter()
            .map(|outcome| (outcome.diagnostics.as_slice(), &outcome.sources))
            .collect();
        let text = match global.message_format {
            MessageFormat::Sarif => programs::sarif(&runs, &rules()),
            MessageFormat::Github => programs::github(&runs),
            MessageFormat::Json | MessageFormat::Human => programs::json(&runs),
        };
        if taken {
            say(&text);
        } else {
            print(&text)?;
        }
    }
    for outcome in outcomes {
        if human {
            print_diagnostics(&outcome.diagnostics, &outcome.sources, global);
        }
        outcome.errors.iter().for_each(|error| print_error(error, global));
    }
    let stopped = outcomes.iter().any(|outcome| !outcome.errors.is_empty());
    let written = outcomes.iter().map(|outcome| outcome.documents).sum::<usize>();
    let failed: Vec<&String> = outcomes.iter().flat_map(|outcome| &outcome.failed).collect();
    if !global.quiet && human {
        say(&summary::table(outcomes));
        for name in failed.iter().filter(|_| written + failed.len() > 1) {
            say(&format!("{}  not made\n", visible(name)));
        }
        for (name, why) in outcomes.iter().flat_map(|outcome| &outcome.skipped) {
            say(&format!("{}  {why}\n", visible(name)));
        }
        if written + failed.len() >= BAR {
            let (seconds, lost) = (time.as_secs_f64(), failed.len());
            let pace = written as f64 / seconds;
            say(&format!(
                "{written} documents, {lost} not made, {seconds:.1} s, {pace:.0} a second\n"
            ));
        }
    }
    if global.verbose {
        say(&summary::left_out(outcomes));
        say(&summary::timings(outcomes));
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
        say(&format!("{}{made}\n", counts.join(", ")));
    }
    Ok(match (stopped, errors > 0 || denied) {
        (true, _) => ExitCode::from(FAILED),
        (false, true) => ExitCode::from(WRONG),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// Exports the record to another program.
fn export(data: &Path, options: &ExportRecordOptions, global: &Global) -> Result<ExitCode, Error> {
    let templates = Templates::new(global.templates.clone());
    let (list, outcome) = commands::export_record(data, options, &templates)?;
    print(&list)?;
    print_outcomes(&[outcome], global, Duration::ZERO, true)
}

/// Opens an address or a file as the desktop does. Where there is no desktop, that is only said.
fn open_with_desktop(target: &str) {
    if let Err(error) = open::that_detached(target) {
        say(&format!("cannot open {}: {error}\n", visible(target)));
    }
}

/// Prints what happens while a record is watched. The first and the last line of a run are the same
/// for every run: editors find the problems between them.
fn print_event(event: WatchEvent, global: &Global) -> Result<(), Error> {
    match event {
        WatchEvent::Serving(address) if !global.quiet => {
            say(&format!("the preview is at http://{address}/\n"));
        }
        WatchEvent::Serving(_) => {}
        WatchEvent::Changed(paths) if !global.quiet => {
            let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            say(&format!("changed: {}\n", visible(&paths.join(", "))));
        }
        WatchEvent::Changed(_) => {}
        WatchEvent::Made(made, time) => {
            match made {
                Ok(outcomes) => drop(print_outcomes(outcomes, global, time, false)?),
                Err(error) => print_error(error, global),
            }
            if !global.quiet {
                say("waiting for changes\n");
            }
        }
    }
    Ok(())
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
