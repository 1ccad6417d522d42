//! `resume render`: records are opened, their documents made in parallel and written.

use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::scope;

use crate::allow::settle;
use crate::cli::{FormatWord, Global, Render};
use crate::data::Record;
use crate::document::{Filter, Format, theme};
use crate::engine::{Engine, evict};
use crate::file_name::file_name;
use crate::files::{Files, Wanted};
use crate::open::{Opened, Ready, language, open};
use crate::output::{Destination, Written, remove_stale, write_all, write_stdout};
use crate::parallel::each;
use crate::phases::Phases;
use crate::press::{Made, Press};
use crate::problem::{Problem, Severity, Sources, nearest};
use crate::{Failure, engine};

/// The language that most records are printed in.
const USUAL: &str = "ko";
/// Documents after which layouts that are no longer used are forgotten: a run over thousands must
/// not grow.
const FORGET: usize = 16;
/// The same where every document is another person's: nothing of it comes back.
const FORGET_PEOPLE: usize = 2;

/// What a run gives for one record: the documents, and everything there is to say about them.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The documents that were written, once for each type of file.
    pub written: Vec<Written>,
    /// How many documents that is.
    pub documents: usize,
    /// Names of those that were not.
    pub failed: Vec<String>,
    /// What is wrong or odd.
    pub problems: Vec<Problem>,
    /// The texts that problems point into.
    pub sources: Sources,
    /// What kept a record among many from being opened, or a document from being written.
    pub failures: Vec<Failure>,
    /// How long each part of the run took.
    pub phases: Phases,
    /// Whether a warning fails the run as an error does.
    pub denies: bool,
}

/// Says how far a run is: how much is done, of how much.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Makes the documents that were asked for, one outcome for each record. The engine stays until the
/// process ends; for many runs in one process there is a [`Session`](crate::Session).
///
/// # Errors
/// What keeps the run from starting; with a single record also what keeps it from being opened.
/// Faults in the data, the templates and the pages are in the [`Outcome`]s.
pub fn render(global: &Global, args: &Render, progress: Progress) -> Result<Vec<Outcome>, Failure> {
    // What it holds is given back when the process ends, at once and not piece by piece.
    let engine = ManuallyDrop::new(engine(global)?);
    let formats = args.format.map_or(Format::ALL.as_slice(), FormatWord::formats);
    scope(|scope| {
        // The engine gets ready while the record is read; who needs a part of it before that makes it.
        scope.spawn(|| {
            let usual = theme(None).to_string();
            let words = args.lang.first().map_or(USUAL, String::as_str);
            formats.iter().for_each(|format| engine.prepare(&format.template(), &usual, words));
        });
        run(&engine, &global.data, args, progress)
    })
}

/// The same with an engine that is there.
pub(crate) fn run(
    engine: &Engine,
    data: &Path,
    args: &Render,
    progress: Progress,
) -> Result<Vec<Outcome>, Failure> {
    let wanted = Wanted::of(args)?;
    let people = people(data)?;
    let run = Run { args, wanted, engine, made: AtomicUsize::new(0) };
    if let [data] = people.as_slice() {
        return Ok(vec![run.person(data, None, progress)?]);
    }
    // Folders and files that hold several records are told apart before anything is written.
    Destination::of(&args.output, people.len(), &run.wanted.types)?;
    let mut names: Vec<String> = people.iter().filter_map(|data| person(data)).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("two records would be written to the folder `{}`", pair[0]);
        return Err(Failure::new(message, "rename one of them, or make them one after the other"));
    }
    let mine: Vec<&PathBuf> =
        people.iter().enumerate().filter(|(at, _)| args.mine(*at)).map(|(_, p)| p).collect();
    let done = AtomicUsize::new(0);
    Ok(each(&mine, |data| {
        let outcome = run.person(data, person(data).as_deref(), &|_, _| {});
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, mine.len());
        outcome.unwrap_or_else(|failure| Outcome {
            failed: vec![data.display().to_string()],
            failures: vec![failure],
            ..Outcome::default()
        })
    }))
}

/// The records that `--data` names: one, or all that a pattern such as `people/*` matches.
fn people(data: &Path) -> Result<Vec<PathBuf>, Failure> {
    let pattern = data.to_string_lossy();
    if data.exists() || !pattern.contains(['*', '?', '[']) {
        return Ok(vec![data.to_path_buf()]);
    }
    let wrong = |error: String| {
        Failure::new(format!("`{pattern}`: {error}"), "a pattern looks like `people/*`")
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
    args: &'a Render,
    wanted: Wanted,
    engine: &'a Engine,
    made: AtomicUsize,
}

/// One document to make.
struct Order<'a> {
    press: Press<'a>,
    format: Format,
    name: String,
}

impl Run<'_> {
    /// Makes the documents of one record; those of one among many go into a folder of its name.
    fn person(
        &self,
        data: &Path,
        folder: Option<&str>,
        progress: Progress,
    ) -> Result<Outcome, Failure> {
        let args = self.args;
        let wanted = (!args.all_applications).then_some(args.application.as_slice());
        let tailors = args.format.is_none_or(|format| format.formats().contains(&Format::OnePage));
        let tags = if tailors { args.tag.as_slice() } else { &[] };
        let Opened { ready, broken, problems, sources, phases } =
            open(data, args.date.as_deref(), wanted, &args.lean, tags, Severity::Error)?;
        let mut outcome = Outcome { problems, sources, phases, ..Outcome::default() };
        let Some(ready) = ready else {
            outcome.failed.push(data.display().to_string());
            return Ok(outcome);
        };
        outcome.failed.extend(broken);
        let filter = filter(&ready.record, args)?;
        let languages = self.languages(&ready)?;
        let orders = self.orders(&ready, &filter, &languages);
        let destination = Destination::of(&args.output, orders.len(), &self.wanted.types)?;
        unique(&orders, self.wanted.types.iter().any(|one| one.is_paged()))?;
        let wanted = self.wanted.clone();
        let wanted = match args.attach_data {
            true => wanted.with_data(data, &outcome.sources)?,
            false => wanted,
        };
        let orders: Vec<Order> = match folder {
            Some(_) => orders,
            None => orders
                .into_iter()
                .enumerate()
                .filter(|(at, _)| args.mine(*at))
                .map(|(_, o)| o)
                .collect(),
        };
        let done = AtomicUsize::new(0);
        let make = |order: &Order| {
            let (made, notes) = order.press.make(order.format, &wanted, &order.name);
            let name =
                folder.map_or(order.name.clone(), |folder| format!("{folder}/{}", order.name));
            let written = made.map(|Made { files, pages, phases }| {
                let place = Place { destination: &destination, name: &name, note: &order.name };
                let types = files?.into_iter().map(|files| {
                    let mut phases = phases.clone();
                    phases.0.extend(&files.phases.0);
                    let (paths, size) = phases.time("write", || place.write(&files, pages))?;
                    let pages = if files.file_type.is_text() { 0 } else { pages };
                    Ok(Written { paths, size, pages, phases })
                });
                types.collect::<Result<Vec<Written>, Failure>>()
            });
            let forget = if folder.is_some() { FORGET_PEOPLE } else { FORGET };
            if (self.made.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(forget) {
                evict(2);
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, orders.len());
            (order.name.clone(), written, notes)
        };
        // The records of a run share its threads already.
        let made: Vec<_> = match folder {
            Some(_) => orders.iter().map(make).collect(),
            None => each(&orders, make),
        };
        for (name, written, notes) in made {
            outcome
                .problems
                .extend(notes.into_iter().map(|note| note.locate(&mut outcome.sources)));
            match written {
                Some(Ok(document)) => {
                    outcome.documents += 1;
                    outcome.written.extend(document);
                }
                Some(Err(failure)) => {
                    outcome.failed.push(name);
                    outcome.failures.push(failure);
                }
                None => outcome.failed.push(name),
            }
        }
        // What stands in another language is reported by every run that prints it.
        settle(&mut outcome.problems, &outcome.sources, &[], &["W001"]);
        Ok(outcome)
    }

    /// The languages that the flags or the applications ask for, with the words that serve them.
    fn languages(&self, ready: &Ready) -> Result<HashMap<String, String>, Failure> {
        let record = &ready.record;
        let own =
            record.applications.iter().filter_map(|a| a.language.as_ref()).map(|l| l.0.as_str());
        let asked: Vec<Option<&str>> = match self.args.lang.as_slice() {
            [] => own.map(Some).chain([None]).collect(),
            tags => tags.iter().map(|tag| Some(tag.as_str())).collect(),
        };
        asked.into_iter().map(|tag| language(record, self.engine, tag)).collect()
    }

    /// Everything that is to be made of a record, in order.
    fn orders<'a>(
        &'a self,
        ready: &'a Ready,
        filter: &'a Filter,
        languages: &'a HashMap<String, String>,
    ) -> Vec<Order<'a>> {
        let record = &ready.record;
        let args = self.args;
        let chosen = ready
            .applications
            .iter()
            .filter_map(|id| record.applications.iter().find(|a| *a.id == *id));
        let mut applications: Vec<_> = chosen.map(Some).collect();
        let usual = if applications.is_empty() || !args.names_applications() {
            FormatWord::All
        } else {
            FormatWord::OnePage
        };
        if applications.is_empty() {
            applications.push(None);
        }
        let mut orders = Vec::new();
        for application in applications {
            let own = application.and_then(|application| application.language.as_ref());
            let own = own.map(|language| language.0.clone());
            let tags = match args.lang.as_slice() {
                [] => vec![own.or(record.languages().into_iter().next()).unwrap_or_default()],
                tags => tags.to_vec(),
            };
            for tag in tags {
                let Some((language, words)) = languages.get_key_value(&tag) else { continue };
                for format in args.format.unwrap_or(usual).formats() {
                    let press = Press {
                        record,
                        addresses: &ready.addresses,
                        engine: self.engine,
                        language,
                        words,
                        date: ready.date,
                        pictures: &ready.pictures,
                        application,
                        filter,
                        known: &ready.known,
                    };
                    let name = file_name(record, application, *format, language);
                    orders.push(Order { press, format: *format, name });
                }
            }
        }
        orders
    }
}

/// Where the files of one document go: its name with its folder, and the name its pictures note.
struct Place<'a> {
    destination: &'a Destination,
    name: &'a str,
    note: &'a str,
}

impl Place<'_> {
    /// Writes the files of one type; says where they are and how large they are together.
    fn write(&self, made: &Files, pages: usize) -> Result<(Vec<PathBuf>, usize), Failure> {
        let size = made.files.iter().map(|file| file.bytes.len()).sum();
        let ending = made.file_type.ending();
        let path = |page: &str| self.destination.path(self.name, page, ending);
        let paths: Option<Vec<PathBuf>> = made.files.iter().map(|file| path(&file.page)).collect();
        let Some(paths) = paths else {
            let [file] = made.files.as_slice() else {
                let message = format!("`-` takes one file, and there are {}", made.files.len());
                return Err(Failure::new(message, "choose a page with `--pages`"));
            };
            return write_stdout(&file.bytes).map(|()| (Vec::new(), size));
        };
        let bytes = made.files.iter().map(|file| file.bytes.as_slice());
        write_all(paths.iter().map(PathBuf::as_path).zip(bytes))?;
        if let (true, Some(first)) = (made.file_type.is_paged(), paths.first()) {
            remove_stale(first, self.note, pages, ending)?;
        }
        Ok((paths, size))
    }
}

/// Two documents must not take the same name: the second would write over the first. Neither must
/// one be named like a page of another, where pages are files.
fn unique(orders: &[Order], paged: bool) -> Result<(), Failure> {
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
    Err(Failure::new(
        message,
        "tell them apart with `{application}`, `{format}` or `{language}` in `file-name`",
    ))
}

/// What the flags limit the manual and the portfolio to.
fn filter(record: &Record, args: &Render) -> Result<Filter, Failure> {
    let projects = record.projects.iter().map(|project| project.id.as_str());
    let ids: Vec<&str> =
        projects.chain(record.articles.iter().map(|article| article.id.as_str())).collect();
    let tags: Vec<&str> = record.tags.0.iter().map(|(tag, _)| tag.as_str()).collect();
    for (given, known, kind) in
        [(&args.only, &ids, "project or article"), (&args.tag, &tags, "tag")]
    {
        if let Some(unknown) = given.iter().find(|id| !known.contains(&id.as_str())) {
            let hint = match nearest(unknown, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", known.join(", ")),
            };
            return Err(Failure::new(format!("there is no {kind} `{unknown}`"), hint));
        }
    }
    let filter = Filter {
        min_importance: args.min_importance,
        tags: args.tag.clone(),
        only: args.only.clone(),
        sort: args.sort,
    };
    if !filter.shows_anything(record) {
        let message = "no project and no article is left to show";
        return Err(Failure::new(message, "loosen `--min-importance`, `--tag` or `--only`"));
    }
    Ok(filter)
}
