//! `resume render`: a record is read, checked, selected from, laid out and written.

use std::time::Instant;

use chrono::{DateTime, Datelike, Local};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::check::{Subject, check};
use crate::cli::{Global, Render};
use crate::data::addresses::Addresses;
use crate::data::date::{Date, End};
use crate::data::text::Language;
use crate::data::{Record, load};
use crate::document::{Filter, Format, Request, build, theme};
use crate::engine::{Document, Engine, Fault, Job, MissingGlyph, Overfull, PdfSettings};
use crate::output::{Destination, Written, write};
use crate::problem::{Place, Problem, Severity, Sources, any_error, nearest};
use crate::tailor::{Selection, fit};
use crate::{Failure, engine};

/// What a run gives: the documents, and everything there is to say about them.
#[derive(Debug)]
pub struct Outcome {
    /// The documents that were written.
    pub written: Vec<Written>,
    /// What is wrong or odd; with an error among it, a document is missing.
    pub problems: Vec<Problem>,
    /// The texts that problems point into.
    pub sources: Sources,
}

/// Makes the documents that were asked for.
///
/// # Errors
/// What keeps the run from starting or a file from being written; faults in the data, the
/// templates and the pages are in the [`Outcome`].
pub fn render(global: &Global, args: &Render) -> Result<Outcome, Failure> {
    let formats = args.format.formats();
    let destination = Destination::of(&args.output, formats.len())?;
    let engine = engine(global)?;
    let mut sources = Sources::default();
    let loaded = load(&global.data, &mut sources).map_err(|message| {
        Failure::new(message, "`--data` names a folder with `resume.yaml`, or one YAML file")
    })?;
    let mut problems = loaded.problems;
    let Some(record) = loaded.record else {
        return Ok(Outcome { written: Vec::new(), problems, sources });
    };
    let date = date(&record, args.date.as_deref())?;
    let (language, words) = language(&record, &engine, args.lang.as_deref())?;
    let addresses = Addresses::of(&record);
    problems.extend(check(&Subject {
        record: &record,
        addresses: &addresses,
        sources: &sources,
        dated: date.is_some(),
    }));
    if any_error(&problems) {
        return Ok(Outcome { written: Vec::new(), problems, sources });
    }
    let filter = filter(&record, args)?;
    let press = Press {
        filter: &filter,
        record: &record,
        addresses: &addresses,
        engine: &engine,
        language: &language,
        words: &words,
        date: date.unwrap_or_else(|| latest(&record)),
    };
    let made: Vec<_> = formats.par_iter().map(|format| (*format, press.make(*format))).collect();
    let mut written = Vec::new();
    for (format, (made, notes)) in made {
        problems.extend(notes.into_iter().map(|note| note.locate(&mut sources)));
        if let Some(mut document) = made {
            document.path = destination.path(&file_name(format, &language, &record));
            write(&document)?;
            written.push(document);
        }
    }
    Ok(Outcome { written, problems, sources })
}

/// Everything the documents of one run share.
struct Press<'a> {
    record: &'a Record,
    addresses: &'a Addresses,
    engine: &'a Engine,
    language: &'a str,
    words: &'a str,
    date: Date,
    filter: &'a Filter,
}

/// Something to say about a document, before it has a place in the sources.
enum Note {
    Problem(Problem),
    Fault(Fault),
    Missing(MissingGlyph),
    Overfull(Overfull),
}

impl Press<'_> {
    /// Makes one document, or says why there is none.
    fn make(&self, format: Format) -> (Option<Written>, Vec<Note>) {
        let began = Instant::now();
        let mut notes = Vec::new();
        let laid_out = match format {
            Format::OnePage => self.one_page(&mut notes),
            Format::Full | Format::Portfolio => self.lay_out(format, &Selection::all(), &mut notes),
        };
        let made = laid_out.and_then(|pages| {
            let before = notes.len();
            notes.extend(pages.missing_glyphs().into_iter().map(Note::Missing));
            notes.extend(pages.overfull().into_iter().map(Note::Overfull));
            if notes.len() > before {
                return Err(Vec::new());
            }
            notes.extend(pages.warnings().iter().cloned().map(Note::Fault));
            let day = self.date.first_day();
            let date = (day.year(), day.month() as u8, day.day() as u8);
            let ident = format!("{} {} {}", self.site(), format.word(), self.language);
            let creator = concat!("resume ", env!("CARGO_PKG_VERSION"));
            Ok(Written {
                path: None,
                bytes: pages.pdf(&PdfSettings::new(date, ident, creator))?,
                pages: pages.page_count(),
                milliseconds: began.elapsed().as_millis(),
            })
        });
        match made {
            Ok(document) => (Some(document), notes),
            Err(faults) => {
                notes.extend(faults.into_iter().map(Note::Fault));
                (None, notes)
            }
        }
    }

    /// What identifies the record in the documents' own ids.
    fn site(&self) -> &str {
        let url = self.record.site.as_ref().and_then(|site| site.url.as_ref());
        let name = self.record.profile.name.wordings().first().map(|wording| wording.text.as_str());
        url.map(|url| url.value.as_str()).or(name).unwrap_or_default()
    }

    fn lay_out(
        &self,
        format: Format,
        selection: &Selection,
        notes: &mut Vec<Note>,
    ) -> Result<Document, Vec<Fault>> {
        let Self { language, words, date, filter, .. } = *self;
        let request = Request { format, language, words, date, selection, filter };
        let (document, problems) = build(self.record, self.addresses, request);
        notes.extend(problems.into_iter().map(Note::Problem));
        let job = Job::new(format.template(), document.to_string())
            .with_file("/theme.json", theme(self.record).to_string());
        self.engine.compile(&job)
    }

    /// Lays out the résumé with as many entries as its one page holds.
    fn one_page(&self, notes: &mut Vec<Note>) -> Result<Document, Vec<Fault>> {
        let mut best: Option<Document> = None;
        let mut pages = 0;
        let chosen = fit(self.record, |selection| {
            let mut said = Vec::new();
            let document = self.lay_out(Format::OnePage, selection, &mut said)?;
            pages = document.page_count();
            if pages == 1 {
                *notes = said;
                best = Some(document);
            }
            Ok::<_, Vec<Fault>>(pages == 1)
        })?;
        match (chosen, best) {
            (Some(_), Some(document)) => Ok(document),
            _ => {
                let message = format!("the résumé does not fit one page: it takes {pages}");
                notes.push(Note::Problem(
                    Problem::error("E041", message)
                        .at(self.record.profile.place)
                        .hint("every station and the summary always stay: shorten the summary")
                        .hint("or merge positions, or choose larger paper"),
                ));
                Err(Vec::new())
            }
        }
    }
}

impl Note {
    /// Gives the note its place among the texts of the run.
    fn locate(self, sources: &mut Sources) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            Self::Missing(MissingGlyph { ch, page, context }) => {
                let code = u32::from(ch);
                let message = format!("no font has `{ch}` (U+{code:04X}), on page {page}");
                let problem = Problem::error("E040", message)
                    .hint(format!("it stands in “{context}”"))
                    .hint("replace the character, or add a font that has it with `--fonts`");
                match sources.locate(ch.encode_utf8(&mut [0; 4])) {
                    Some(place) => problem.at(place),
                    None => problem,
                }
            }
            Self::Overfull(Overfull { page, text, points }) => {
                let message = format!("`{text}` runs {points} pt over the edge of page {page}");
                let problem = Problem::error("E044", message)
                    .hint("shorten it, or give it a blank or a `/` to break at");
                match sources.locate(&text) {
                    Some(place) => problem.at(place),
                    None => problem,
                }
            }
            Self::Fault(fault) => {
                let (severity, code) =
                    if fault.warning { (Severity::Warning, "W050") } else { (Severity::Error, "E050") };
                let mut problem = Problem::error(code, fault.message);
                problem.severity = severity;
                problem.hints = fault.hints;
                let steps = fault.trace.into_iter().filter_map(|step| Some((step.message, step.place?)));
                if let Some(at) = fault.place {
                    let file = sources.add_once(&format!("templates/{}", at.path), &at.text);
                    problem.place = Some(Place { file, start: at.range.start, end: at.range.end });
                }
                for (message, at) in steps {
                    let file = sources.add_once(&format!("templates/{}", at.path), &at.text);
                    let place = Place { file, start: at.range.start, end: at.range.end };
                    problem = problem.related(place, message);
                }
                problem
            }
        }
    }
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

/// `full.pdf`, or `full.en.pdf` in a language that is not the record's first.
fn file_name(format: Format, language: &str, record: &Record) -> String {
    match record.languages().first() {
        Some(first) if first == language => format!("{}.pdf", format.word()),
        _ => format!("{}.{language}.pdf", format.word()),
    }
}

/// The documents' date: the one asked for, the record's, or the build's (`SOURCE_DATE_EPOCH`, the
/// convention of reproducible-builds.org). The clock is read only for `today`.
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
fn language(
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
