//! `resume render`: records are opened, their documents made in parallel and written.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::check::rules;
use crate::commands::context::{Applications, OpenOptions, Opened, Overrides, open, without};
use crate::commands::merged::merged;
use crate::commands::outcome::{Outcome, Written};
use crate::diagnostics::Severity;
use crate::diagnostics::suppressions::settle;
use crate::document::file_name::file_name;
use crate::document::{Filter, Format, Theme};
use crate::engine::{Document as Pages, Engine};
use crate::error::Error;
use crate::export::{
    ExportOptions, Exported, Exporter, Files, MERGED, MergePart, attachment, attachments,
};
use crate::output::write::{Staging, write_stdout};
use crate::output::{Destination, remove_stale};
use crate::record::Record;
use crate::record::redact::{self, Removal};
use crate::session::{FORGET, Made, Session};
use crate::typeset::{Context, Typesetter, Variant};
use crate::util::parallel::each;

/// As [`FORGET`], where every document is another person's and shares no layout with the others.
const FORGET_PEOPLE: usize = 2;

/// What is printed of a file that a run would write if the record had something for it.
const EARLIER: &str = "stays from an earlier run: the record has nothing for it now";

/// Which documents are made, as what, and where they go.
#[derive(Debug, Clone)]
pub struct RenderOptions {
    /// The formats; `None` for those that the record has content for, for the one-page résumé where
    /// applications are named, and for the complete résumé where `max_pages` is given.
    pub formats: Option<Vec<Format>>,
    /// How many pages the complete résumé may have, in place of what the record says.
    pub max_pages: Option<usize>,
    /// The languages; by default the application's, or the record's first.
    pub languages: Vec<String>,
    /// The applications whose documents are made.
    pub applications: Applications,
    /// Values of the applications that replace those of the record.
    pub overrides: Overrides,
    /// Which projects and articles the manual and the portfolio are limited to, in which order.
    pub filter: Filter,
    /// What the documents are made without.
    pub redacted: Vec<redact::Part>,
    /// What the documents are exported as.
    pub export: ExportOptions,
    /// The part of the documents that is made.
    pub partition: Partition,
    /// A folder, a file for a single document, or `-` for standard output.
    pub output: PathBuf,
    /// The documents' date: `2024-11-08` or `today`; by default `site.date`, then
    /// `SOURCE_DATE_EPOCH`, then the latest date of the record.
    pub date: Option<String>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            formats: None,
            max_pages: None,
            languages: Vec::new(),
            applications: Applications::default(),
            overrides: Overrides::default(),
            filter: Filter::default(),
            redacted: Vec::new(),
            export: ExportOptions::default(),
            partition: Partition::default(),
            output: PathBuf::from("output"),
            date: None,
        }
    }
}

/// A part of the documents: the k-th of n. The default is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    /// Which part, from 1.
    pub part: usize,
    /// How many there are.
    pub of: usize,
}

impl Default for Partition {
    fn default() -> Self {
        Self { part: 1, of: 1 }
    }
}

impl Partition {
    /// The items that belong to the part.
    fn of<T>(self, items: Vec<T>) -> Vec<T> {
        items.into_iter().skip(self.part - 1).step_by(self.of).collect()
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Self { part, of }),
            _ => Err("write it as `1/4`: the first of four".to_owned()),
        }
    }
}

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

/// One document to make.
struct Order<'a> {
    variant: &'a Variant<'a>,
    format: Format,
    name: String,
}

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
        let Some(context) = context else {
            if outcome.failed.is_empty() {
                outcome.failed.push(data.display().to_string());
            }
            return Ok((outcome, Vec::new()));
        };
        names_something(filter, &context.record)?;
        let variants = self.variants(&context, &mut outcome)?;
        if variants.is_empty() {
            // What is wrong is reported already.
            if outcome.failed.is_empty() {
                outcome.failed.push(data.display().to_string());
            }
            return Ok((outcome, Vec::new()));
        }
        let formats = self.formats(&context, &mut outcome);
        let mut orders = self.orders(&context, &variants, &formats, &mut outcome);
        if !self.options.export.merge.is_empty() {
            merge_orders(&mut orders, &formats, &mut outcome);
        }
        if orders.is_empty() && !outcome.errors.is_empty() {
            return Ok((outcome, Vec::new()));
        }
        let destination =
            Destination::of(&self.options.output, orders.len(), self.exporter.types())?;
        unique(&orders, self.exporter.types().iter().any(|one| one.is_paged()))?;
        if folder.is_none() {
            outcome.skipped.extend(self.earlier(&context, &variants, &destination));
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

    /// The requested languages and applications, in order. An application whose language has no
    /// words fails alone.
    fn variants<'a>(
        &self,
        context: &'a Context,
        outcome: &mut Outcome,
    ) -> Result<Vec<Variant<'a>>, Error> {
        let mut applications: Vec<_> = context.asked().map(Some).collect();
        if applications.is_empty() {
            applications.push(None);
        }
        let languages = match self.options.languages.as_slice() {
            [] => vec![None],
            tags => tags.iter().map(|tag| Some(tag.as_str())).collect(),
        };
        let pairs = applications
            .into_iter()
            .flat_map(|application| languages.iter().map(move |language| (application, *language)));
        let mut variants = Vec::new();
        for (application, tag) in pairs {
            let found = &mut outcome.diagnostics;
            match context.variant_or_report(self.engine, application, tag, found)? {
                Some(variant) => variants.push(variant),
                None => outcome.failed.extend(application.map(|one| one.id.to_string())),
            }
        }
        Ok(variants)
    }

    /// The formats that are made of a record. One that it cannot fill is reported: as an error where it is
    /// the only one that is asked for.
    fn formats(&self, context: &Context, outcome: &mut Outcome) -> Vec<Format> {
        let RenderOptions { formats, max_pages, filter, export, .. } = self.options;
        let named = self.names_applications(context);
        let record = &context.record;
        let asked = match formats {
            Some(formats) => formats.clone(),
            None if export.question.is_some() => vec![Format::Questions],
            None if !export.merge.is_empty() => {
                let documents = export.merge.iter().filter_map(|part| match part {
                    MergePart::Document(format) => Some(*format),
                    MergePart::File(_) => None,
                });
                documents.collect()
            }
            None if max_pages.is_some() => vec![Format::Cv],
            None if named => vec![Format::OnePage, Format::Letter, Format::Questions],
            None => {
                let usual = |format: &Format| {
                    *format == Format::Portfolio || filter.is_usual(*format, record)
                };
                Format::ALL.into_iter().filter(usual).collect()
            }
        };
        let (made, empty): (Vec<Format>, Vec<Format>) =
            asked.into_iter().partition(|format| filter.fills(*format, record));
        let merges = !export.merge.is_empty();
        for format in empty {
            if made.is_empty() || merges {
                let message = format!("there is no project to fill `{}` with", format.word());
                let hint = match merges {
                    true => "add a project, or leave it out of `--merge`",
                    false => "add a project, or make another `--format`; `cv` has every section",
                };
                outcome.errors.push(Error::new(message, hint));
                outcome.failed.push(format.word().to_owned());
            } else {
                outcome.skipped.push((format.word().to_owned(), "not made: there is no project"));
            }
        }
        // A file without one of its documents is not what was asked for.
        if merges && !outcome.errors.is_empty() { Vec::new() } else { made }
    }

    /// Whether applications are named, and the record has some of them.
    fn names_applications(&self, context: &Context) -> bool {
        self.options.applications != Applications::default() && !context.applications.is_empty()
    }

    /// Files of documents that the record had content for in an earlier run. They are the user's now, so
    /// they stay.
    fn earlier(
        &self,
        context: &Context,
        variants: &[Variant],
        destination: &Destination,
    ) -> Vec<(String, &'static str)> {
        let RenderOptions { formats, max_pages, export, .. } = self.options;
        let is_usual = formats.is_none() && max_pages.is_none() && export.question.is_none();
        if !is_usual || !export.merge.is_empty() || self.names_applications(context) {
            return Vec::new();
        }
        let (record, all) = (&context.record, Filter::default());
        let gone = Format::ALL.into_iter().filter(|format| !all.is_usual(*format, record));
        let names = gone.flat_map(|format| {
            let variants = variants.iter().filter(move |it| format.has_content(it.application));
            variants.map(move |it| file_name(record, it.application, &it.language, format))
        });
        let types = self.exporter.types();
        let paths = names.flat_map(|name| {
            types.iter().filter_map(move |one| destination.path(&name, "", one.extension()))
        });
        let there = paths.filter(|path| path.is_file());
        there.map(|path| (path.display().to_string(), EARLIER)).collect()
    }

    /// Everything that is to be made of a record, in order. What an application has nothing for is reported
    /// where it is asked for by name: as an error where nothing else is made.
    fn orders<'a>(
        &self,
        context: &Context,
        variants: &'a [Variant<'a>],
        made: &[Format],
        outcome: &mut Outcome,
    ) -> Vec<Order<'a>> {
        let RenderOptions { formats, export, .. } = self.options;
        let (mut orders, mut empty) = (Vec::new(), Vec::new());
        for variant in variants {
            let (application, language) = (variant.application, &variant.language);
            for &format in made {
                let mut name = file_name(&context.record, application, language, format);
                if let Some(number) = export.question {
                    name += &format!("-{number}");
                }
                if format.has_content(application) {
                    orders.push(Order { variant, format, name });
                } else {
                    empty.push((name, application.is_some(), format));
                }
            }
        }
        let asked = formats.is_some() || export.question.is_some() || !export.merge.is_empty();
        for (name, has_application, format) in empty.into_iter().filter(|_| asked) {
            let key = format.word();
            if !orders.is_empty() {
                let why = match has_application {
                    true => "not made: the application has none",
                    false => "not made: no application is named",
                };
                outcome.skipped.push((name, why));
            } else {
                let (message, hint) = match has_application {
                    true => (
                        format!("the application has no `{key}`"),
                        format!("write it under `{key}:` in the application's file"),
                    ),
                    false => (
                        format!("`{key}` is for an application, and none is named"),
                        format!("name one that has `{key}:` with `--application ID`"),
                    ),
                };
                outcome.errors.push(Error::new(message, hint));
                outcome.failed.push(name);
            }
        }
        orders
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

/// Makes one order of those of each variant; one that lacks a document is reported, and is not made.
fn merge_orders(orders: &mut Vec<Order>, formats: &[Format], outcome: &mut Outcome) {
    orders.dedup_by(|next, one| std::ptr::eq(next.variant, one.variant));
    orders.retain_mut(|Order { variant, name, format }| {
        *name = name.replacen(format.word(), MERGED, 1);
        let lacking = formats.iter().find(|format| !format.has_content(variant.application));
        let Some(lacking) = lacking.map(|format| format.word()) else { return true };
        let message = format!("`{name}` has no `{lacking}` to merge");
        let instead = match variant.application {
            Some(_) => format!("write it under `{lacking}:` in the application's file"),
            None => "name an application that has it with `--application ID`".to_owned(),
        };
        let hint = format!("{instead}, or leave `{lacking}` out of `--merge`");
        outcome.errors.push(Error::new(message, hint));
        outcome.failed.push(name.clone());
        false
    });
}

/// Two documents must not take the same name: the second would write over the first. Neither must
/// one be named like a page of another, where pages are files.
fn unique(orders: &[Order], paged: bool) -> Result<(), Error> {
    let mut names: Vec<&str> = orders.iter().map(|order| order.name.as_str()).collect();
    names.sort_unstable();
    let same = names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
    let like_a_page = |name: &str| {
        name.rsplit_once('-').is_some_and(|(stem, page)| {
            let numbered = !page.is_empty() && page.chars().all(|c| c.is_ascii_digit());
            numbered && names.binary_search(&stem).is_ok()
        })
    };
    let page = names.iter().find(|name| paged && like_a_page(name));
    let message = match (same, page) {
        (Some(name), _) => format!("two documents would be named `{name}`"),
        (None, Some(name)) => format!("`{name}` would be named like a page of another document"),
        (None, None) => return Ok(()),
    };
    Err(Error::new(
        message,
        "distinguish them with `{application}`, `{format}` or `{language}` in `file-name`",
    ))
}

/// The filter must name what the record has, and leave something to show.
fn names_something(filter: &Filter, record: &Record) -> Result<(), Error> {
    let projects = record.projects.iter().map(|project| project.id.as_str());
    let ids: Vec<&str> =
        projects.chain(record.articles.iter().map(|article| article.id.as_str())).collect();
    let tags: Vec<&str> = record.tags.0.iter().map(|(tag, _)| tag.as_str()).collect();
    for (given, known, kind) in
        [(&filter.only, &ids, "project or article"), (&filter.tags, &tags, "tag")]
    {
        if let Some(unknown) = given.iter().find(|id| !known.contains(&id.as_str())) {
            let message = format!("there is no {kind} `{unknown}`");
            return Err(Error::unknown(message, unknown, known.iter().copied(), || {
                format!("there are {}", known.join(", "))
            }));
        }
    }
    if !filter.shows_anything(record) {
        let message = "no project and no article is left to show";
        return Err(Error::new(message, "loosen `--min-importance`, `--tag` or `--only`"));
    }
    Ok(())
}
