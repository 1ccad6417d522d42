//! `resume watch`: the documents are made again after every change of what they are made from.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::commands::orders::RenderOptions;
use crate::commands::outcome::Outcome;
use crate::commands::render::{Follow, LaidOut, render_and_follow};
use crate::commands::tailor::{TailorOptions, tailor};
use crate::diagnostics::{Severity, Sources, print_human};
use crate::document::Format;
use crate::error::Error;
use crate::record::load;
use crate::session::{EngineOptions, Session};
use crate::tailor::Ledger;
use crate::watch::changes::{Changes, Inputs};
use crate::watch::preview::{Page, Preview, Problems, Shown};
pub use crate::watch::server::Editor;
use crate::watch::server::serve;

/// Exit status of a run that a second signal ends at once.
const INTERRUPTED: i32 = 130;
/// Time without a change after which the ledger of a page is made. A change that comes meanwhile waits for it.
const IDLE: Duration = Duration::from_millis(300);

/// What is made after each change, and who sees it.
#[derive(Debug, Clone, Default)]
pub struct WatchOptions {
    /// The documents, as `render` makes them.
    pub render: RenderOptions,
    /// Templates and fonts.
    pub engine: EngineOptions,
    /// Whether the documents are written.
    pub write: bool,
    /// The preview in a browser.
    pub preview: Option<PreviewOptions>,
}

/// How the preview is served.
#[derive(Debug, Clone, Default)]
pub struct PreviewOptions {
    /// The port; where it is taken, the next that is free.
    pub port: Option<u16>,
    /// The program that opens a file at a line.
    pub editor: Option<Editor>,
}

/// What happens while a record is watched.
#[derive(Debug)]
pub enum WatchEvent<'a> {
    /// The preview is served at an address.
    Serving(SocketAddr),
    /// Files changed; a run begins.
    Changed(&'a [PathBuf]),
    /// A run is over: its outcomes, or what kept it from starting; and how long it took.
    Made(&'a Result<Vec<Outcome>, Error>, Duration),
}

/// Makes documents after every change of the record, the templates and the fonts, until the process
/// gets a signal to end. A run that has begun is finished. `settle` returns the options of each run: the
/// record may say how it is built.
///
/// # Errors
/// What is wrong with the options. What a change breaks is reported, and the watch goes on.
pub fn watch(
    data: &Path,
    settle: &dyn Fn() -> WatchOptions,
    report: &dyn Fn(WatchEvent) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut options = settle();
    if options.render.output.as_os_str() == "-" {
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
    let ended = ended()?;
    let mut session = Ok(Session::new(&options.engine)?);
    let preview = Arc::new(Preview::default());
    if let Some(PreviewOptions { port, editor }) = &options.preview {
        report(WatchEvent::Serving(serve(Arc::clone(&preview), *port, editor.clone())?))?;
    }
    let follow = Showing(options.preview.as_ref().map(|_| preview.as_ref()));
    let job: BTreeSet<PathBuf> = options.render.overrides.job.iter().cloned().collect();
    let mut changes = Changes::new(inputs(data, &options, job.clone()));
    // The documents whose ledgers are shown, with the pages that they are about.
    let mut explained = BTreeMap::new();
    loop {
        let began = Instant::now();
        preview.begin();
        let mut render = options.render.clone();
        if !options.write {
            render.export.types.clear();
        }
        let mut made = match &session {
            Ok(session) => render_and_follow(session, data, &render, &follow),
            Err(error) => Err(Error::clone(error)),
        };
        let time = began.elapsed();
        let asked = made.iter().flatten().flat_map(|outcome| outcome.inputs.iter().cloned());
        let asked: BTreeSet<PathBuf> = asked.collect();
        // A record that is not there names no files.
        if !asked.is_empty() {
            changes.asked(asked.into_iter().chain(job.iter().cloned()).collect());
        }
        let problems = problems(&made);
        report(WatchEvent::Made(&made, time))?;
        let mut outcome = made.as_mut().ok().and_then(Vec::pop).unwrap_or_default();
        let sources = made.is_ok().then(|| take(&mut outcome.sources));
        preview.end(&outcome.failed, problems, sources);
        let made = Instant::now();
        let changed = loop {
            let unexplained = || {
                let ready = made.elapsed() > IDLE;
                ready.then(|| unexplained(&preview, &render, &explained)).flatten()
            };
            let ends = || ended.load(Ordering::Relaxed) || unexplained().is_some();
            if let Some(changed) = changes.wait(&ends) {
                break changed;
            }
            if ended.load(Ordering::Relaxed) {
                return Ok(());
            }
            if let Some(shown) = unexplained() {
                let session = session.as_ref().ok();
                if let Some(ledger) =
                    session.and_then(|session| ledger(session, data, &render, &shown))
                {
                    preview.explain(&shown.name, ledger);
                }
                explained.insert(shown.name.clone(), shown.pages.clone());
            }
        };
        report(WatchEvent::Changed(&changed))?;
        let now = settle();
        let built =
            |options: &WatchOptions| (options.engine.clone(), options.render.output.clone());
        // A record with a fault does not say how it is built.
        if built(&now) != built(&options) && is_whole(data) {
            changes.replace(inputs(data, &now, job.clone()));
            if now.engine != options.engine {
                session = Session::new(&now.engine);
            }
            options = now;
        }
        let is_font = |path: &PathBuf| options.engine.fonts.iter().any(|f| path.starts_with(f));
        // The engine searches fonts once.
        if session.is_err() || changed.iter().any(is_font) {
            session = Session::new(&options.engine);
        }
    }
}

/// Whether a record can be read without an error.
fn is_whole(data: &Path) -> bool {
    load(data, &mut Sources::default()).is_ok_and(|loaded| loaded.whole)
}

/// What the runs depend on, before one has asked for files.
fn inputs(data: &Path, options: &WatchOptions, files: BTreeSet<PathBuf>) -> Inputs {
    let EngineOptions { templates, fonts, .. } = &options.engine;
    Inputs {
        data: data.to_path_buf(),
        folders: templates.iter().chain(fonts).cloned().collect(),
        files,
        output: options.render.output.clone(),
    }
}

/// Shows documents in the preview, if there is one: first those that browsers show now.
struct Showing<'a>(Option<&'a Preview>);

impl Follow for Showing<'_> {
    fn is_first(&self, name: &str) -> bool {
        self.0.is_some_and(|preview| preview.is_viewed(name))
    }

    fn laid_out(&self, document: LaidOut) {
        let LaidOut { name, format, language, application, pages } = document;
        if let Some(preview) = self.0 {
            preview.show(Shown::new(name, format.word(), language, application, pages));
            preview.wait_until_drawn(name);
        }
    }
}

/// The problems of a run as a terminal shows them, without colours.
fn problems(made: &Result<Vec<Outcome>, Error>) -> Problems {
    let mut problems = Problems::default();
    let mut add = |error: &Error| {
        problems.errors += 1;
        problems.text += &format!("error: {}\n", error.message);
        problems.text.extend(error.hint.iter().map(|hint| format!("  = help: {hint}\n")));
    };
    match made {
        Err(error) => add(error),
        Ok(outcomes) => outcomes.iter().flat_map(|outcome| &outcome.errors).for_each(add),
    }
    for outcome in made.iter().flatten() {
        problems.text.insert_str(0, &print_human(&outcome.diagnostics, &outcome.sources, false));
        let count = |severity| {
            outcome.diagnostics.iter().filter(|found| found.severity == severity).count()
        };
        problems.errors += count(Severity::Error);
        problems.warnings += count(Severity::Warning);
    }
    problems
}

/// A document that a browser shows, that something was chosen for, and whose ledger is missing or
/// about other pages.
fn unexplained(
    preview: &Preview,
    render: &RenderOptions,
    explained: &BTreeMap<String, Vec<Page>>,
) -> Option<Arc<Shown>> {
    preview.documents().into_iter().find(|shown| {
        (shown.format == Format::OnePage.word() || max_pages(render, shown).is_some())
            && shown.current
            && preview.is_viewed(&shown.name)
            && explained.get(&shown.name) != Some(&shown.pages)
    })
}

/// How many pages the complete résumé may have, where a document is one.
fn max_pages(render: &RenderOptions, shown: &Shown) -> Option<usize> {
    render.max_pages.filter(|_| shown.format == Format::Cv.word())
}

/// How full a page is, what was left out, and why.
fn ledger(session: &Session, data: &Path, render: &RenderOptions, shown: &Shown) -> Option<Value> {
    let options = TailorOptions {
        application: shown.application.clone().filter(|_| render.overrides.job.is_none()),
        language: Some(shown.language.clone()),
        overrides: render.overrides.clone(),
        date: render.date.clone(),
        max_pages: max_pages(render, shown),
        ..TailorOptions::default()
    };
    let ledger: Ledger = tailor(session, data, &options).ok()?.ledger?;
    let left = ledger.entries.iter().filter(|line| !line.shown).map(|line| {
        json!({
            "text": line.text,
            "section": line.section,
            "lines": line.lines,
            "why": line.reason.words(),
        })
    });
    Some(json!({
        "percent": ledger.full_percent,
        "shown": ledger.entries.iter().filter(|line| line.shown).count(),
        "left": left.collect::<Vec<Value>>(),
        "next": ledger.next.map(|next| json!({"gains": next.gains, "lacks": next.lacks})),
    }))
}

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
