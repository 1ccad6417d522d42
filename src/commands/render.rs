//! `resume render`: records are opened, their documents made in parallel and written.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::check::rules;
use crate::commands::context::{Applications, OpenOptions, Opened, open, without};
use crate::commands::merged::merged;
use crate::commands::orders::{
    Order, RenderOptions, earlier, names_something, orders, unique, variants,
};
use crate::commands::outcome::{Outcome, Written};
use crate::diagnostics::Severity;
use crate::diagnostics::suppressions::settle;
use crate::document::{Format, Theme};
use crate::engine::{Document as Pages, Engine};
use crate::error::Error;
use crate::export::{Exported, Exporter, Files, attachment, attachments};
use crate::output::write::{Staging, write_stdout};
use crate::output::{Destination, remove_stale};
use crate::record::redact::Removal;
use crate::session::{FORGET, Made, Session};
use crate::typeset::Typesetter;
use crate::util::parallel::each;

/// As [`FORGET`], where every document is another person's and shares no layout with the others.
const FORGET_PEOPLE: usize = 2;

/// Reports how far a run is: how many documents are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Follows a run while it goes on.
pub(crate) trait Follow: Sync {
    /// So many documents are done, of how many.
    fn progress(&self, _done: usize, _all: usize) {}

    /// Whether a document is made before the others, by its name.
    fn is_first(&self, _name: &str) -> bool {
        false
    }

    /// Takes the pages of a document before they are exported.
    fn laid_out(&self, _document: LaidOut) {}
}

/// The pages of a document, and what document it is.
pub(crate) struct LaidOut<'a> {
    /// The name of its files.
    pub name: &'a str,
    pub format: Format,
    pub language: &'a str,
    /// The id of the application it is for.
    pub application: Option<&'a str>,
    pub pages: &'a Pages,
}

impl<T: Fn(usize, usize) + Sync + ?Sized> Follow for &T {
    fn progress(&self, done: usize, all: usize) {
        self(done, all);
    }
}

/// Makes the requested documents from the current data and templates, one outcome for each record.
///
/// # Errors
/// What keeps the run from starting; with a single record also what keeps it from being opened.
/// Faults in the data, the templates and the pages are in the [`Outcome`]s.
pub fn render(
    session: &Session,
    data: &Path,
    options: &RenderOptions,
    progress: Progress,
) -> Result<Vec<Outcome>, Error> {
    render_and_follow(session, data, options, &progress)
}

/// As [`render`], with more to follow than the progress.
///
/// # Errors
/// As [`render`].
pub(crate) fn render_and_follow(
    session: &Session,
    data: &Path,
    options: &RenderOptions,
    follow: &dyn Follow,
) -> Result<Vec<Outcome>, Error> {
    // The engine is prepared while the record is read. Code that needs a part of it earlier
    // prepares that part itself.
    let prepare = |engine: &Engine| {
        let usual = Theme::new(None).json();
        let formats = options.formats.as_deref().unwrap_or(&Format::ALL);
        formats.iter().for_each(|format| engine.prepare(&format.template(), &usual));
    };
    session.run(prepare, |engine| run(engine, data, options, follow))
}

fn run(
    engine: &Engine,
    data: &Path,
    options: &RenderOptions,
    follow: &dyn Follow,
) -> Result<Vec<Outcome>, Error> {
    let RenderOptions { formats, max_pages, .. } = options;
    let has_choice = formats.as_ref().is_none_or(|formats| formats.contains(&Format::Cv));
    if max_pages.is_some() && !has_choice {
        return Err(Error::new(
            "`--max-pages` is for the complete résumé",
            "add `--format cv`, or leave `--format` out; `one-page` always has one page",
        ));
    }
    if !options.export.merge.is_empty() && formats.is_some() {
        let message = "`--merge` names the documents, and so does `--format`";
        return Err(Error::new(message, "leave out `--format`"));
    }
    let only_questions = formats.as_ref().is_none_or(|formats| *formats == [Format::Questions]);
    if options.export.question.is_some() && !only_questions {
        let hint = "add `--format questions`, or leave `--format` out";
        return Err(Error::new("`--question` is for the answers to questions", hint));
    }
    let exporter = Exporter::new(&options.export)?
        .with_merged(merged(&options.export.merge, !options.redacted.is_empty())?);
    let people = people(data)?;
    let staging = Staging::new(&options.output);
    let run = Run { options, exporter, engine, staging, made: Made::default() };
    if let [data] = people.as_slice() {
        return Ok(vec![run.finish(run.person(data, None, follow)?)]);
    }
    // Whether the destination can hold several records is checked before anything is written.
    Destination::of(&options.output, people.len(), run.exporter.types())?;
    let mut names: Vec<String> = people.iter().filter_map(|data| person(data)).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("two records would be written to the folder `{}`", pair[0]);
        return Err(Error::new(message, "rename one of them, or make them one after the other"));
    }
    let mine = options.partition.of(people);
    let done = AtomicUsize::new(0);
    let made = each(&mine, |data| {
        let made = run.person(data, person(data).as_deref(), &&|_, _| {});
        follow.progress(done.fetch_add(1, Ordering::Relaxed) + 1, mine.len());
        made.unwrap_or_else(|error| {
            let failed = vec![data.display().to_string()];
            (Outcome { failed, errors: vec![error], ..Outcome::default() }, Vec::new())
        })
    });
    // Files are moved to their places only after all are made.
    Ok(made.into_iter().map(|made| run.finish(made)).collect())
}

/// The records at a path: one, or all that a pattern such as `people/*` matches.
fn people(data: &Path) -> Result<Vec<PathBuf>, Error> {
    let pattern = data.to_string_lossy();
    if data.exists() || !pattern.contains(['*', '?', '[']) {
        return Ok(vec![data.to_path_buf()]);
    }
    let wrong = |error: String| {
        Error::new(format!("`{pattern}`: {error}"), "a pattern looks like `people/*`")
    };
    let found = glob::glob(&pattern).map_err(|error| wrong(error.to_string()))?;
    let mut people = Vec::new();
    for path in found {
        let path = path.map_err(|error| wrong(error.to_string()))?;
        let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if yaml || path.join("resume.yaml").is_file() {
            people.push(path);
        }
    }
    people.sort();
    if people.is_empty() {
        return Err(wrong("no record matches".to_owned()));
    }
    Ok(people)
}

/// The name of one record among many: its folder's, or its file's without the ending.
fn person(data: &Path) -> Option<String> {
    let named =
        if data.file_name() == Some("resume.yaml".as_ref()) { data.parent()? } else { data };
    let name = if named.is_dir() { named.file_name() } else { named.file_stem() };
    name.map(|name| name.to_string_lossy().into_owned())
}

/// What all records of a run share.
struct Run<'a> {
    options: &'a RenderOptions,
    exporter: Exporter,
    engine: &'a Engine,
    staging: Staging,
    made: Made,
}

/// A document, by its name, with where its files will be; `None` where there is none.
type Document = (String, Option<Result<Vec<Written>, Error>>);

impl Run<'_> {
    /// Makes the documents of one record, and settles what is reported of them; those of one among
    /// many will go into a folder of its name.
    fn person(
        &self,
        data: &Path,
        folder: Option<&str>,
        follow: &dyn Follow,
    ) -> Result<(Outcome, Vec<Document>), Error> {
        let (mut outcome, made) = self.documents(data, folder, follow)?;
        // Texts in another language are reported by every run that prints them.
        settle(&mut outcome.diagnostics, &outcome.sources, &[], &["W001"], &rules());
        Ok((outcome, made))
    }

    /// Makes the documents of one record.
    fn documents(
        &self,
        data: &Path,
        folder: Option<&str>,
        follow: &dyn Follow,
    ) -> Result<(Outcome, Vec<Document>), Error> {
        let &RenderOptions { ref formats, ref filter, max_pages, .. } = self.options;
        let mut overrides = self.options.overrides.clone();
        let is_tailored = |format: &Format| matches!(format, Format::Cv | Format::OnePage);
        if formats.as_ref().is_some_and(|formats| !formats.iter().any(is_tailored)) {
            overrides.tags.clear();
        }
        let Opened { context, broken, diagnostics, sources, timings, inputs } = open(
            data,
            &OpenOptions {
                date: self.options.date.as_deref(),
                applications: self.options.applications.clone(),
                overrides,
                redacted: &self.options.redacted,
                least: Severity::Error,
            },
        )?;
        let mut outcome = Outcome { diagnostics, sources, timings, inputs, ..Outcome::default() };
        outcome.failed = match &self.options.applications {
            Applications::All => broken.into_iter().collect(),
            Applications::Ids(ids) => {
                ids.iter().filter(|&id| broken.contains(id)).cloned().collect()
            }
        };
        // What is wrong is reported already.
        let nothing = |mut outcome: Outcome| {
            if outcome.failed.is_empty() {
                outcome.failed.push(data.display().to_string());
            }
            Ok((outcome, Vec::new()))
        };
        let Some(context) = context else { return nothing(outcome) };
        names_something(filter, &context.record)?;
        let variants = variants(self.options, &context, self.engine, &mut outcome)?;
        if variants.is_empty() {
            return nothing(outcome);
        }
        let orders = orders(self.options, &context, &variants, &mut outcome);
        if orders.is_empty() && !outcome.errors.is_empty() {
            return Ok((outcome, Vec::new()));
        }
        let types = self.exporter.types();
        let destination = Destination::of(&self.options.output, orders.len(), types)?;
        unique(&orders, types)?;
        if folder.is_none() {
            let earlier = earlier(self.options, &context, &variants, &destination, types);
            outcome.skipped.extend(earlier);
        }
        let attachments = match self.options.export.attach_data {
            true if self.options.redacted.is_empty() => attachments(data, &outcome.sources)?,
            // Its files hold what is removed.
            true => {
                let removal = Removal { parts: &self.options.redacted, paths: true };
                vec![attachment(without(data, removal)?)?]
            }
            false => Vec::new(),
        };
        let exporter = self.exporter.with_attachments(attachments);
        let orders = match folder {
            Some(_) => orders,
            None => self.options.partition.of(orders),
        };
        let done = AtomicUsize::new(0);
        let make = |order: &Order| {
            let Order { variant, format, name } = order;
            let (engine, context) = (self.engine, &context);
            let typesetter = Typesetter { engine, context, variant, filter, max_pages };
            let (exported, findings) = exporter.export(&typesetter, *format, name, &|pages| {
                let (language, application) = (variant.language.as_str(), variant.application);
                let application = application.map(|application| application.id.as_str());
                follow.laid_out(LaidOut { name, format: *format, language, application, pages });
            });
            let path = folder.map_or(name.clone(), |folder| format!("{folder}/{name}"));
            let written = exported.map(|Exported { files, pages, mut left_out, timings }| {
                let place =
                    Place { destination: &destination, name: &path, staging: &self.staging };
                let types = files?.into_iter().map(|files| {
                    let mut timings = timings.clone();
                    timings.0.extend(&files.timings.0);
                    let (paths, size) = timings.time("write", || place.write(&files))?;
                    let pages = if files.file_type.is_text() { 0 } else { pages };
                    let left_out = std::mem::take(&mut left_out);
                    Ok(Written { paths, size, pages, left_out, timings })
                });
                types.collect::<Result<Vec<Written>, Error>>()
            });
            self.made.count(if folder.is_some() { FORGET_PEOPLE } else { FORGET });
            follow.progress(done.fetch_add(1, Ordering::Relaxed) + 1, orders.len());
            (name.clone(), written, findings)
        };
        // The records of a run share its threads already.
        let made: Vec<_> = match folder {
            Some(_) => orders.iter().map(make).collect(),
            None => {
                let (first, others): (Vec<_>, Vec<_>) =
                    orders.iter().partition(|order| follow.is_first(&order.name));
                let made = [first, others].map(|orders| each(&orders, |order| make(order)));
                made.into_iter().flatten().collect()
            }
        };
        let mut documents = Vec::new();
        for (name, written, findings) in made {
            let located = findings.into_iter().map(|finding| finding.locate(&mut outcome.sources));
            outcome.diagnostics.extend(located);
            documents.push((name, written));
        }
        Ok((outcome, documents))
    }

    /// Moves the documents of one record to their places.
    fn finish(&self, (mut outcome, documents): (Outcome, Vec<Document>)) -> Outcome {
        for (name, written) in documents {
            let Some(written) = written else {
                outcome.failed.push(name);
                continue;
            };
            match written.and_then(|written| self.place(&name, written)) {
                Ok(document) => {
                    outcome.documents += 1;
                    outcome.written.extend(document);
                }
                Err(error) => {
                    outcome.failed.push(name);
                    outcome.errors.push(error);
                }
            }
        }
        outcome
    }

    /// Moves a document to its place.
    fn place(&self, name: &str, written: Vec<Written>) -> Result<Vec<Written>, Error> {
        for Written { paths, pages, .. } in &written {
            self.staging.commit(paths)?;
            if let Some(first) = paths.first().filter(|_| *pages > 0) {
                remove_stale(first, name, *pages)?;
            }
        }
        Ok(written)
    }
}

/// Where the files of one document go, by its name with its folder.
struct Place<'a> {
    destination: &'a Destination,
    name: &'a str,
    staging: &'a Staging,
}

impl Place<'_> {
    /// Writes the files of one type; returns where they will be and their size together, in bytes.
    fn write(&self, made: &Files) -> Result<(Vec<PathBuf>, usize), Error> {
        let size = made.files.iter().map(|file| file.bytes.len()).sum();
        let ending = made.file_type.extension();
        let path = |page: &str| self.destination.path(self.name, page, ending);
        let paths: Option<Vec<PathBuf>> = made.files.iter().map(|file| path(&file.page)).collect();
        let Some(paths) = paths else {
            let [file] = made.files.as_slice() else {
                let message = format!("`-` takes one file, and there are {}", made.files.len());
                return Err(Error::new(message, "choose a page with `--pages`"));
            };
            return write_stdout(&file.bytes).map(|()| (Vec::new(), size));
        };
        for (path, file) in paths.iter().zip(&made.files) {
            self.staging.add(path, &file.bytes)?;
        }
        Ok((paths, size))
    }
}
