//! The first step of every command that makes documents: a record is read, overridden by the
//! options, and checked.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Instant, SystemTime};

use chrono::{DateTime, Local};

use crate::check::{Subject, check};
use crate::diagnostics::{Diagnostic, Place, Severity, Sources, any_error};
use crate::engine::Blob;
use crate::error::Error;
use crate::interchange::recognised;
use crate::interchange::source::TEXT_LIMIT;
use crate::record::assets::pictures::pictures;
use crate::record::folder::JOB_LIMIT;
use crate::record::letters::normal;
use crate::record::links::addresses::Addresses;
use crate::record::model::applications::{Application, Job, Weight};
use crate::record::model::date::Date;
use crate::record::model::text::Phrase;
use crate::record::model::time::{End, Time};
use crate::record::read::Spanned;
use crate::record::redact::{Part, Removal};
use crate::record::text::Text;
use crate::record::yaml::decode::decode_any;
use crate::record::{Declared, Record, broken, load, load_without};
use crate::typeset::{Cache, Context};
use crate::util::timings::Timings;

/// The id of the application that overrides alone make.
const OVERRIDES: &str = "command-line";

/// Which applications of the record are requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applications {
    /// Those with these ids; none by default.
    Ids(Vec<String>),
    /// All of them.
    All,
}

impl Default for Applications {
    fn default() -> Self {
        Self::Ids(Vec::new())
    }
}

/// Values of an application that replace those of the record.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The position to name in place of the record's role.
    pub role: Option<String>,
    /// A file with a job advertisement: the one-page résumé favours what it asks for.
    pub job: Option<PathBuf>,
    /// Tags that the one-page résumé favours.
    pub tags: Vec<String>,
}

/// How a record is opened.
#[derive(Debug, Default)]
pub(crate) struct OpenOptions<'a> {
    /// The documents' date: `2024-11-08` or `today`.
    pub date: Option<&'a str>,
    pub applications: Applications,
    pub overrides: Overrides,
    /// What the documents are made without.
    pub redacted: &'a [Part],
    /// Rules of at least this severity are applied. Where only errors matter, those in applications
    /// that are not asked for are reported as warnings.
    pub least: Severity,
}

/// A record that was opened.
pub(crate) struct Opened {
    /// The record with what its documents share; `None` when it cannot be trusted.
    pub context: Option<Context>,
    /// The applications that are wrong where nothing else is; the record is without them.
    pub broken: BTreeSet<String>,
    /// What is wrong or odd.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
    /// How long reading and checking took.
    pub timings: Timings,
    /// The files that the record was read from, and those it looked for.
    pub inputs: BTreeSet<PathBuf>,
}

/// Reads a record and checks it.
///
/// # Errors
/// A folder that does not exist, options that name something that does not exist.
pub(crate) fn open(data: &Path, options: &OpenOptions) -> Result<Opened, Error> {
    let (mut sources, mut timings) = (Sources::default(), Timings::default());
    let loaded = timings.time("read", || load(data, &mut sources)).map_err(|message| {
        Error::new(
            message,
            "`--data` names a folder with `resume.yaml`, or one YAML file; `resume init` makes one",
        )
    })?;
    if any_error(&loaded.diagnostics) {
        // All keys of a file of another program would be unknown.
        foreign(data).map_or(Ok(()), Err)?;
    }
    let mut diagnostics = loaded.diagnostics;
    let Some(mut record) = loaded.record else {
        return Ok(Opened {
            context: None,
            broken: BTreeSet::new(),
            diagnostics,
            sources,
            timings,
            inputs: loaded.folder.asked(),
        });
    };
    let date = date(&record, options.date)?;
    let mut applications = asked(&loaded.applications, &options.applications)?;
    let any = applications.is_empty();
    let overrides = application(&options.overrides, &mut sources)?;
    if overrides.is_some() && applications.is_empty() {
        applications.push(OVERRIDES.to_owned());
    }
    override_in(&mut record, &applications, overrides.as_ref());
    let began = Instant::now();
    let mut addresses = Addresses::of(&record);
    let whole = loaded.whole || broken(&diagnostics, &loaded.applications).is_some();
    let subject = Subject::new(&record, &addresses, &sources, date);
    diagnostics.extend(check(&subject, options.least, whole));
    drop(subject);
    if !options.redacted.is_empty() && !any_error(&diagnostics) {
        // What is wrong has been reported of the whole record.
        record = without(data, Removal { parts: options.redacted, paths: false })?;
        override_in(&mut record, &applications, overrides.as_ref());
        addresses = Addresses::of(&record);
    }
    let (pictures, faults) = pictures(&record, &loaded.folder, &sources);
    diagnostics.extend(faults);
    let pictures = pictures
        .into_iter()
        .map(|(path, picture)| (format!("/data/{path}"), Blob::from(picture.bytes), picture.place));
    let pictures = pictures.collect();
    timings.add("check", began.elapsed());
    let date = date.unwrap_or_else(|| latest(&record));
    // An application that is wrong stops nothing but its own documents.
    let broken = broken(&diagnostics, &loaded.applications);
    let sound = broken.is_some();
    let broken = broken.unwrap_or_default();
    if options.least == Severity::Error {
        let errors = diagnostics.iter_mut().filter(|found| found.severity == Severity::Error);
        // There is one id for each error.
        for (error, _) in errors.zip(&broken).filter(|(_, id)| !applications.contains(id)) {
            error.severity = Severity::Warning;
        }
    }
    let broken = BTreeSet::from_iter(broken);
    applications.retain(|id| !broken.contains(id));
    record.applications.retain(|application| !broken.contains(&application.id.0.value));
    let sound = sound && (any || !applications.is_empty());
    let cache = Cache::default();
    let versioned = record.applications.iter().map(|_| OnceLock::new()).collect();
    let context = Context { record, addresses, date, pictures, applications, cache, versioned };
    let inputs = loaded.folder.asked();
    Ok(Opened { context: sound.then_some(context), broken, diagnostics, sources, timings, inputs })
}

/// The ids of the requested applications, out of all that the data holds.
fn asked(declared: &[Declared], asked: &Applications) -> Result<Vec<String>, Error> {
    let known: Vec<&str> = declared.iter().map(|application| application.id.as_str()).collect();
    let none = "an application is a file in `applications/` of the data folder";
    let ids: Vec<String> = match asked {
        Applications::All if known.is_empty() => {
            return Err(Error::new("this record has no applications", none));
        }
        Applications::All => return Ok(known.into_iter().map(str::to_owned).collect()),
        // Some systems decompose the letters of a file's name.
        Applications::Ids(ids) => ids.iter().map(|id| normal(id)).collect(),
    };
    match ids.iter().find(|id| !known.contains(&id.as_str())) {
        None => Ok(ids),
        Some(id) => Err(unknown_application(&known, id, "")),
    }
}

/// The error for an id that no application has; `purpose` follows it in the message.
pub(crate) fn unknown_application(known: &[&str], id: &str, purpose: &str) -> Error {
    let message = format!("there is no application `{id}`{purpose}");
    Error::unknown(message, id, known.iter().copied(), || match known {
        [] => "an application is a file in `applications/` of the data folder".to_owned(),
        _ => format!("there are {}", known.join(", ")),
    })
}

/// The application that overrides describe. Its values have places in a text of their own, so that
/// what is wrong with them is reported like everything else.
fn application(overrides: &Overrides, sources: &mut Sources) -> Result<Option<Application>, Error> {
    let Overrides { role, job, tags } = overrides;
    if role.is_none() && job.is_none() && tags.is_empty() {
        return Ok(None);
    }
    if role.as_ref().is_some_and(|role| role.trim().is_empty()) {
        return Err(Error::new("`--role` is empty", "name the position, or leave the flag out"));
    }
    let mut text = String::new();
    let flags =
        role.iter().map(|role| ("--role", role)).chain(tags.iter().map(|tag| ("--tag", tag)));
    let mut ranges = Vec::new();
    for (flag, value) in flags {
        text += &format!("{flag} {value}\n");
        ranges.push((text.len() - 1 - value.len(), text.len() - 1));
    }
    let file = sources.add("the command line", text);
    let place = |(start, end)| Place { file, start, end };
    let mut places = ranges.into_iter().map(place);
    let mut application = Application::new(OVERRIDES, place((0, 0)));
    application.settings.file_name =
        Some(Spanned { value: "{format}".to_owned(), place: place((0, 0)) });
    application.role = role
        .iter()
        .zip(places.by_ref())
        .next()
        .map(|(role, place)| Phrase(Text::plain(role, place)));
    let tags = tags.iter().zip(places);
    let tags = tags.map(|(tag, place)| (Spanned { value: normal(tag), place }, Weight(1.0)));
    application.tags.0.extend(tags);
    if let Some(path) = job {
        application.job = Some(job_of(path)?);
    }
    Ok(Some(application))
}

/// The job description in a file, which may be a pipe, or on standard input (`-`); no more of it is read
/// than is allowed.
pub(crate) fn job_of(path: &Path) -> Result<Job, Error> {
    let shown =
        if path.as_os_str() == "-" { "standard input".into() } else { path.display().to_string() };
    let wrong = |why: String| {
        let message = format!("cannot read the job description `{shown}`: {why}");
        Error::new(message, "`--job` takes a file of text or HTML, or `-` for standard input")
    };
    let unreadable = |error: std::io::Error| wrong(error.to_string());
    let source: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(std::io::stdin()),
        false => Box::new(fs::File::open(path).map_err(unreadable)?),
    };
    let mut bytes = Vec::new();
    source.take(JOB_LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > JOB_LIMIT {
        return Err(wrong(format!("it is larger than {} MB", JOB_LIMIT / 1_000_000)));
    }
    let text = decode_any(bytes)
        .map_err(|foreign| wrong(format!("it is no text; it looks like {}", foreign.encoding)))?;
    if text.trim().is_empty() {
        return Err(wrong("it is empty".to_owned()));
    }
    Ok(Job::of(&text))
}

/// The record without some parts.
pub(crate) fn without(data: &Path, removal: Removal) -> Result<Record, Error> {
    let loaded = load_without(data, &mut Sources::default(), removal)?;
    let error = loaded.diagnostics.iter().find(|found| found.severity == Severity::Error);
    match (loaded.record, error) {
        (Some(record), None) => Ok(record),
        (_, error) => {
            let why = error.map(|error| format!(": {}", error.message)).unwrap_or_default();
            Err(Error::new(
                format!("the record cannot be redacted{why}"),
                "leave out a part of `--redact`",
            ))
        }
    }
}

/// Puts overrides into the requested applications, or adds the application that they make alone.
fn override_in(record: &mut Record, applications: &[String], overrides: Option<&Application>) {
    let Some(overrides) = overrides else { return };
    if applications == [OVERRIDES] {
        record.applications.push(overrides.clone());
        return;
    }
    let chosen = record.applications.iter_mut().filter(|a| applications.contains(&a.id));
    chosen.for_each(|application| override_with(application, overrides));
}

/// Puts the role, the tags and the job of one application into another.
fn override_with(application: &mut Application, overrides: &Application) {
    application.role = overrides.role.clone().or(application.role.take());
    application.job = overrides.job.clone().or(application.job.take());
    application.tags.0.extend(overrides.tags.0.iter().cloned());
}

/// The documents' date: the one asked for, the record's, or the build's (`SOURCE_DATE_EPOCH`, the
/// convention of reproducible-builds.org). The clock is read only for `today`.
fn date(record: &Record, asked: Option<&str>) -> Result<Option<Date>, Error> {
    match asked {
        Some("today") => return Ok(Some(today())),
        Some(text) => {
            let read = Date::parse(text).map(Some);
            return read
                .map_err(|wrong| Error::new(wrong.message, format!("{}, or `today`", wrong.hint)));
        }
        None => {}
    }
    if let Some(date) = record.site.as_ref().and_then(|site| site.date.as_ref()) {
        return Ok(Some(date.value));
    }
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let day = epoch.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let hint = "it is a number of seconds since 1970-01-01";
    let wrong = || Error::new(format!("`SOURCE_DATE_EPOCH={epoch}` is not a time"), hint);
    Ok(Some(Date::of_day(day.ok_or_else(wrong)?.date_naive())))
}

/// The day on this machine.
#[expect(clippy::disallowed_methods, reason = "the user asks for today")]
pub(crate) fn today() -> Date {
    // Not `Local::now`, which panics where the clock is before 1970.
    Date::of_day(DateTime::<Local>::from(SystemTime::now()).date_naive())
}

/// The latest date in the record: the same for the same data, whenever it is rendered.
fn latest(record: &Record) -> Date {
    let periods = record.times().map(Time::period);
    let ends = periods.filter_map(|period| match period.end {
        Some(End::On(date)) => Some(date),
        _ => period.start,
    });
    let articles = record.articles.iter().filter_map(|article| article.date.as_ref());
    let posts = record.posts.iter().map(|post| &post.date);
    let dates = ends.chain(articles.chain(posts).map(|date| date.value));
    let last = dates.map(|date| date.end().pred_opt().unwrap_or_default()).max();
    Date::of_day(last.unwrap_or_default())
}

/// The bytes of a file of at most this size.
pub(crate) fn bytes_of(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let wrong = |why: String| Error::from(format!("cannot read `{}`: {why}", path.display()));
    if path.is_dir() {
        let hint = "name the file; LinkedIn's export is the ZIP as it is downloaded";
        return Err(Error::new(format!("`{}` is a folder", path.display()), hint));
    }
    let file = fs::File::open(path).map_err(|error| wrong(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| wrong(error.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(wrong(format!("it is larger than {} MB", limit / 1_000_000)));
    }
    Ok(bytes)
}

/// The error for a file of another program that is given as a record.
pub(crate) fn foreign(data: &Path) -> Option<Error> {
    let main = if data.is_dir() { data.join("resume.yaml") } else { data.to_path_buf() };
    let format = recognised(bytes_of(&main, TEXT_LIMIT).ok()?, &main)?;
    let shown = main.display();
    let message = format!("`{shown}` is a {format} file, not a record");
    Some(Error::new(message, format!("`resume import {shown} -o data` makes a record of it")))
}
