//! `resume watch`: the documents are made again after every change of what they are made from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::commands::outcome::Outcome;
use crate::commands::render::{Follow, RenderOptions, render_and_follow};
use crate::error::Error;
use crate::session::{EngineOptions, Session};
use crate::watch::changes::{Changes, Inputs};

/// Exit status of a run that a second signal ends at once.
const INTERRUPTED: i32 = 130;

/// What is made after each change, and who sees it.
#[derive(Debug, Clone, Default)]
pub struct WatchOptions {
    /// The documents, as `render` makes them.
    pub render: RenderOptions,
    /// Templates and fonts.
    pub engine: EngineOptions,
    /// Whether the documents are not written.
    pub keep_files: bool,
}

/// What happens while a record is watched.
#[derive(Debug)]
pub enum WatchEvent<'a> {
    /// Files changed; a run begins.
    Changed(&'a [PathBuf]),
    /// A run is over: its outcomes, or what kept it from starting; and how long it took.
    Made(&'a Result<Vec<Outcome>, Error>, Duration),
}

/// Makes documents after every change of the record, the templates and the fonts, until the process
/// gets a signal to end. A run that has begun is finished.
///
/// # Errors
/// What is wrong with the options. What a change breaks is reported, and the watch goes on.
pub fn watch(
    data: &Path,
    options: &WatchOptions,
    report: &dyn Fn(WatchEvent) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut render = options.render.clone();
    if render.output.as_os_str() == "-" {
        let message = "`watch` writes files, not to standard output";
        return Err(Error::new(message, "name a folder or a file with `--output`"));
    }
    if !data.exists() {
        let message = format!("there is no record at `{}`", data.display());
        return Err(Error::new(
            message,
            "`watch` takes one record: a folder with `resume.yaml`, or one YAML file",
        ));
    }
    if options.keep_files {
        render.export.types.clear();
    }
    let ended = ended()?;
    let ends = || ended.load(Ordering::Relaxed);
    let mut session = Session::new(&options.engine)?;
    let job: BTreeSet<PathBuf> = render.overrides.job.iter().cloned().collect();
    let folders = options.engine.templates.iter().chain(&options.engine.fonts).cloned();
    let mut changes = Changes::new(Inputs {
        data: data.to_path_buf(),
        folders: folders.collect(),
        files: job.clone(),
        output: render.output.clone(),
    });
    loop {
        let began = Instant::now();
        let made = render_and_follow(&session, data, &render, &Quiet);
        let time = began.elapsed();
        let asked = made.iter().flatten().flat_map(|outcome| outcome.inputs.iter().cloned());
        let asked: BTreeSet<PathBuf> = asked.collect();
        // A record that is not there names no files.
        if !asked.is_empty() {
            changes.asked(asked.into_iter().chain(job.iter().cloned()).collect());
        }
        report(WatchEvent::Made(&made, time))?;
        let Some(changed) = changes.wait(&ends) else { return Ok(()) };
        report(WatchEvent::Changed(&changed))?;
        let is_font = |path: &PathBuf| options.engine.fonts.iter().any(|f| path.starts_with(f));
        if changed.iter().any(is_font) {
            // The engine searches fonts once. Without the folder it keeps those it has.
            if let Ok(new) = Session::new(&options.engine) {
                session = new;
            }
        }
    }
}

/// Follows nothing.
struct Quiet;

impl Follow for Quiet {}

/// Becomes true when the process gets a signal to end; a second signal ends it at once.
fn ended() -> Result<Arc<AtomicBool>, Error> {
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // The order matters: the first signal only sets the flag.
        flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&ended))
            .and_then(|_| flag::register(signal, Arc::clone(&ended)))
            .map_err(|error| Error::from(format!("cannot wait for signals: {error}")))?;
    }
    Ok(ended)
}
