//! Where every verb begins: a record is read, leaned the way the flags say, and checked.

use std::fs;
use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Local};

use crate::Failure;
use crate::allow::settle;
use crate::check::{Subject, check};
use crate::cli::Lean;
use crate::data::addresses::Addresses;
use crate::data::applications::{Application, Job};
use crate::data::date::{Date, End};
use crate::data::pictures::pictures;
use crate::data::read::{Read, Reader};
use crate::data::text::Language;
use crate::data::yaml::parse;
use crate::data::{Record, broken, load};
use crate::engine::{Blob, Engine};
use crate::known::Known;
use crate::phases::Phases;
use crate::problem::{Place, Problem, Severity, Sources, any_error, nearest};

/// The application that flags alone make.
const FLAGS: &str = "command-line";

/// A record, ready to be shown.
pub(crate) struct Opened {
    /// The record; `None` when it cannot be trusted.
    pub ready: Option<Ready>,
    /// The applications that are wrong where nothing else is.
    pub broken: Vec<String>,
    /// What is wrong or odd.
    pub problems: Vec<Problem>,
    /// The texts that problems point into.
    pub sources: Sources,
    /// How long reading and checking took.
    pub phases: Phases,
}

/// A checked record.
pub(crate) struct Ready {
    pub record: Record,
    pub addresses: Addresses,
    pub date: Date,
    /// The pictures by their virtual paths, with the places that name them.
    pub pictures: Vec<(String, Blob, Place)>,
    /// Ids of the applications the flags ask for; empty for none.
    pub applications: Vec<String>,
    /// What its pages have in common, as far as it is known.
    pub known: Known,
}

/// Reads a record and checks it by the rules of at least the severity `least`. `wanted` are ids of
/// applications; `None` means all.
///
/// # Errors
/// A folder that is not there, flags that name nothing.
pub(crate) fn open(
    data: &Path,
    date_flag: Option<&str>,
    wanted: Option<&[String]>,
    lean: &Lean,
    tags: &[String],
    least: Severity,
) -> Result<Opened, Failure> {
    let (mut sources, mut phases) = (Sources::default(), Phases::default());
    let loaded = phases.time("read", || load(data, &mut sources)).map_err(|message| {
        Failure::new(
            message,
            "`--data` names a folder with `resume.yaml`, or one YAML file; `resume init` makes one",
        )
    })?;
    let mut problems = loaded.problems;
    let Some(mut record) = loaded.record else {
        settle(&mut problems, &sources, &[], &[]);
        return Ok(Opened { ready: None, broken: Vec::new(), problems, sources, phases });
    };
    let date = date(&record, date_flag)?;
    let mut applications = self::wanted(&record, wanted)?;
    if lean.role.is_some() || lean.job.is_some() || !tags.is_empty() {
        let flags = flags(&record, lean, tags, &mut sources, &mut problems)?;
        if applications.is_empty() {
            applications.push(FLAGS.to_owned());
            record.applications.extend(flags);
        } else if let Some(flags) = flags {
            let chosen = record.applications.iter_mut().filter(|a| applications.contains(&a.id));
            chosen.for_each(|application| application.lean(&flags));
        }
    }
    let began = Instant::now();
    let addresses = Addresses::of(&record);
    // What seems to dangle may only have been unreadable.
    if loaded.whole || broken(&problems, &sources).is_some() {
        problems.extend(check(&Subject::new(&record, &addresses, &sources, date), least));
    }
    let (pictures, faults) = pictures(&record, &loaded.folder, &sources);
    problems.extend(faults);
    let pictures = pictures
        .into_iter()
        .map(|(path, picture)| (format!("/data/{path}"), Blob::from(picture.bytes), picture.place));
    let pictures = pictures.collect();
    phases.add("check", began.elapsed());
    let date = date.unwrap_or_else(|| latest(&record));
    // Of several applications one that is wrong does not stop the others.
    let broken = broken(&problems, &sources).unwrap_or_default();
    let sound = !any_error(&problems) || {
        applications.retain(|id| !broken.contains(id));
        !broken.is_empty() && !applications.is_empty()
    };
    let ready = Ready { record, addresses, date, pictures, applications, known: Known::default() };
    let ready = sound.then_some(ready);
    settle(&mut problems, &sources, &[], &[]);
    Ok(Opened { ready, broken, problems, sources, phases })
}

/// The ids of the applications that are asked for.
fn wanted(record: &Record, wanted: Option<&[String]>) -> Result<Vec<String>, Failure> {
    let known: Vec<&str> = record.applications.iter().map(|a| a.id.as_str()).collect();
    let Some(wanted) = wanted else {
        if known.is_empty() {
            let hint = "an application is a file in `applications/` of the data folder";
            return Err(Failure::new("this record has no applications", hint));
        }
        return Ok(known.into_iter().map(str::to_owned).collect());
    };
    if let Some(unknown) = wanted.iter().find(|id| !known.contains(&id.as_str())) {
        let hint = match nearest(unknown, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => {
                "an application is a file in `applications/` of the data folder".to_owned()
            }
            None => format!("there are {}", known.join(", ")),
        };
        return Err(Failure::new(format!("there is no application `{unknown}`"), hint));
    }
    Ok(wanted.to_vec())
}

/// The application that `--role`, `--tag` and `--job` describe. It is read like any other, so that
/// the same rules hold and the same problems are found.
fn flags(
    record: &Record,
    lean: &Lean,
    tags: &[String],
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> Result<Option<Application>, Failure> {
    let job = lean.job.as_ref().map(|path| {
        fs::read_to_string(path).map_err(|error| {
            let message = format!("cannot read the job description `{}`: {error}", path.display());
            Failure::new(message, "`--job` takes a text file in UTF-8")
        })
    });
    let job = job.transpose()?;
    let mut said = serde_json::json!({ "id": FLAGS, "file-name": "{format}", "tags": tags });
    if let Some(role) = &lean.role {
        said["role"] = role.as_str().into();
    }
    // JSON is YAML.
    let text = said.to_string();
    let file = sources.add("the command line", text.clone());
    let (node, found) = parse(file, &text);
    let mut reader = Reader { languages: record.languages(), ..Reader::default() };
    let mut application = node.and_then(|node| Application::read(&node, &mut reader));
    problems.extend(found.into_iter().chain(reader.problems));
    if let (Some(application), Some(text)) = (&mut application, job) {
        application.job = Some(Job::of(&text));
    }
    Ok(application)
}

/// The documents' date: the one asked for, the record's, or the build's (`SOURCE_DATE_EPOCH`, the
/// convention of reproducible-builds.org). The clock is read only for `today`.
#[expect(clippy::disallowed_methods, reason = "the user asks for today")]
fn date(record: &Record, asked: Option<&str>) -> Result<Option<Date>, Failure> {
    match asked {
        Some("today") => return Ok(Some(Date::of_day(Local::now().date_naive()))),
        Some(text) => {
            let hint = "write it as `2024-11-08`, or `today`";
            return Date::parse(text).map(Some).map_err(|message| Failure::new(message, hint));
        }
        None => {}
    }
    if let Some(date) = record.site.as_ref().and_then(|site| site.date.as_ref()) {
        return Ok(Some(date.value));
    }
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let day = epoch.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let hint = "it is a number of seconds since 1970-01-01";
    let wrong = || Failure::new(format!("`SOURCE_DATE_EPOCH={epoch}` is not a time"), hint);
    Ok(Some(Date::of_day(day.ok_or_else(wrong)?.date_naive())))
}

/// The latest date in the record: the same for the same data, whenever it is rendered.
fn latest(record: &Record) -> Date {
    let positions = record.career.iter().flat_map(|station| &station.positions);
    let periods = positions.map(|p| (p.start.value, p.end.value));
    let periods = periods.chain(record.projects.iter().map(|p| (p.start.value, p.end.value)));
    let ends = periods.map(|(start, end)| match end {
        End::On(date) => date,
        End::Present => start,
    });
    let articles = record.articles.iter().filter_map(|article| article.date.as_ref());
    let posts = record.posts.iter().map(|post| &post.date);
    let dates = ends.chain(articles.chain(posts).map(|date| date.value));
    let last = dates.map(|date| date.end().pred_opt().unwrap_or_default()).max();
    Date::of_day(last.unwrap_or_default())
}

/// The language of the documents, and the words file that serves it: its own or that of the wider
/// language.
pub(crate) fn language(
    record: &Record,
    engine: &Engine,
    asked: Option<&str>,
) -> Result<(String, String), Failure> {
    let languages = record.languages();
    let default = languages.first().map(String::as_str).unwrap_or_default();
    let tag = asked.unwrap_or(default);
    if Language::parse(tag).is_none() {
        let hint = format!("this record speaks {}", languages.join(", "));
        return Err(Failure::new(format!("`{tag}` is not a language tag"), hint));
    }
    let wider = tag.split('-').next().unwrap_or(tag);
    let known: Vec<String> = engine
        .templates()
        .list()
        .iter()
        .filter_map(|path| Some(path.strip_prefix("words/")?.strip_suffix(".yaml")?.to_owned()))
        .collect();
    match [tag, wider].into_iter().find(|tag| known.iter().any(|words| words == tag)) {
        Some(words) => Ok((tag.to_owned(), words.to_owned())),
        None => {
            let hint = format!(
                "there are words for {}; others go into `words/{tag}.yaml` of `--templates`",
                known.join(", ")
            );
            Err(Failure::new(format!("no words for the language `{tag}`"), hint))
        }
    }
}
