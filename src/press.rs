//! One document: built, laid out, inspected and written as PDF.
//!
//! Must not know what a page is chosen by, which documents a run makes, nor where they go.

use std::time::Instant;

use chrono::Datelike;
use serde_json::Value;

use crate::Failure;
use crate::data::Record;
use crate::data::addresses::Addresses;
use crate::data::applications::Application;
use crate::data::date::Date;
use crate::document::{Filter, Format, Request, build, theme};
use crate::engine::{Blob, Document, Engine, Fault, Job, MissingGlyph, Overfull, PdfSettings};
use crate::files::{Files, Wanted};
use crate::known::Known;
use crate::phases::Phases;
use crate::problem::{Place, Problem, Severity, Sources};
use crate::tailor::{Fit, Selection};
use crate::text::Block;

/// Pixels to the inch below which a picture looks coarse in print.
const PRINT_DPI: f64 = 150.0;

/// The template that says what text a document has.
const TEXT: &str = "text/main.typ";

/// What the documents of one language and one application share.
#[derive(Clone, Copy)]
pub(crate) struct Press<'a> {
    pub record: &'a Record,
    pub addresses: &'a Addresses,
    pub engine: &'a Engine,
    pub language: &'a str,
    pub words: &'a str,
    pub date: Date,
    pub pictures: &'a [(String, Blob, Place)],
    pub application: Option<&'a Application>,
    pub filter: &'a Filter,
    pub known: &'a Known,
}

/// A finished document.
pub(crate) struct Made {
    /// Its files; a failure where the flags ask for pages that it does not have.
    pub files: Result<Vec<Files>, Failure>,
    pub pages: usize,
    pub phases: Phases,
}

/// Something to say about a document, before it has a place in the sources.
pub(crate) enum Note {
    Problem(Problem),
    Fault(Fault),
    Missing(MissingGlyph),
    Overfull(Overfull),
}

impl Press<'_> {
    /// Inspects the pages of a document that was begun at a time, and writes them as the files that are
    /// wanted; or says why there are none. `name` is what its pictures say they are of.
    pub fn finish(
        &self,
        format: Format,
        began: Instant,
        laid_out: Result<(Selection, Document), Vec<Fault>>,
        (wanted, name): (&Wanted, &str),
        mut notes: Vec<Note>,
    ) -> (Option<Made>, Vec<Note>) {
        let made = laid_out.and_then(|(selection, pages)| {
            let before = notes.len();
            let mut phases = Phases::default();
            phases.add("select", began.elapsed().saturating_sub(pages.phases().total()));
            phases.0.extend(&pages.phases().0);
            phases.time("inspect", || {
                notes.extend(pages.missing_glyphs().into_iter().map(Note::Missing));
                notes.extend(pages.overfull().into_iter().map(Note::Overfull));
            });
            if notes.len() > before {
                return Err(Vec::new());
            }
            notes.extend(pages.warnings().iter().cloned().map(Note::Fault));
            notes.extend(self.coarse(&pages));
            let day = self.date.first_day();
            let date = (day.year(), day.month() as u8, day.day() as u8);
            let application = self.application.map_or("", |application| application.id.as_str());
            let ident =
                format!("{} {} {} {application}", self.site(), format.word(), self.language);
            let creator = concat!("resume ", env!("CARGO_PKG_VERSION"));
            let pdf = PdfSettings::new(date, ident, creator);
            let text = match wanted.has_text() {
                true => phases.time("text", || self.text(format, &selection))?,
                false => Vec::new(),
            };
            let files = wanted.write(&pages, pdf, &text, name)?;
            Ok(Made { files, pages: pages.page_count(), phases })
        });
        match made {
            Ok(document) => (Some(document), notes),
            Err(faults) => {
                notes.extend(faults.into_iter().map(Note::Fault));
                (None, notes)
            }
        }
    }

    /// Pictures whose pixels will show in print.
    fn coarse(&self, pages: &Document) -> Vec<Note> {
        let coarse = pages.pictures().into_iter().filter(|picture| picture.dpi < PRINT_DPI);
        let placed = coarse.filter_map(|picture| {
            let own = |bytes: &Blob| bytes.as_slice() == picture.bytes.as_slice();
            let named = self.pictures.iter().find(|(_, bytes, _)| own(bytes))?;
            let message = format!("the picture has {:.0} pixels to the inch in print", picture.dpi);
            let problem = Problem::warning("W071", message).at(named.2);
            Some(problem.hint("use a larger original, or a smaller `width=…%` in its title"))
        });
        placed.map(Note::Problem).collect()
    }

    /// What identifies the record in the documents' own ids.
    fn site(&self) -> &str {
        let url = self.record.site.as_ref().and_then(|site| site.url.as_ref());
        let name = self.record.profile.name.wordings().first().map(|wording| wording.text.as_str());
        url.map(|url| url.value.as_str()).or(name).unwrap_or_default()
    }

    /// Lays out a choice of entries at a measure.
    pub fn lay_out(
        &self,
        format: Format,
        selection: &Selection,
        fit: Fit,
        notes: &mut Vec<Note>,
    ) -> Result<Document, Vec<Fault>> {
        let (document, problems) = self.document(format, selection, fit);
        notes.extend(problems.into_iter().map(Note::Problem));
        self.compile(format, document)
    }

    /// What a template is given for a choice of entries at a measure.
    pub fn document(
        &self,
        format: Format,
        selection: &Selection,
        fit: Fit,
    ) -> (String, Vec<Problem>) {
        let (document, problems) = self.values(format, selection, fit);
        (document.to_string(), problems)
    }

    /// The same, before it is written as JSON.
    pub fn values(&self, format: Format, selection: &Selection, fit: Fit) -> (Value, Vec<Problem>) {
        let Self { language, words, date, application, filter, .. } = *self;
        let request =
            Request { format, language, words, date, application, selection, filter, fit };
        build(self.record, self.addresses, request)
    }

    /// The text of a document: what its template says is on the pages, without the pages.
    fn text(&self, format: Format, selection: &Selection) -> Result<Vec<Block>, Vec<Fault>> {
        let (document, _) = self.document(format, selection, Fit::REGULAR);
        let said = self.engine.compile(&self.job_of(TEXT, document))?.metadata("text");
        let blocks = serde_json::from_value(said.into_iter().next().unwrap_or_default());
        blocks.map_err(|error| {
            vec![Fault::plain(format!("`{TEXT}` does not say what is on the pages: {error}"))]
        })
    }

    /// Lays out a document.
    pub fn compile(&self, format: Format, document: String) -> Result<Document, Vec<Fault>> {
        self.engine.compile(&self.job(format, document))
    }

    /// A document with all that its template can read.
    pub fn job(&self, format: Format, document: String) -> Job {
        self.job_of(&format.template(), document)
    }

    /// A document with all that a template can read.
    fn job_of(&self, template: &str, document: String) -> Job {
        let job = Job::new(template, document)
            .with_file("/theme.json", theme(self.record.theme.as_ref()).to_string());
        let add =
            |job: Job, (path, bytes, _): &(String, Blob, Place)| job.with_file(path, bytes.clone());
        self.pictures.iter().fold(job, add)
    }
}

impl Note {
    /// Gives the note its place among the texts of the run.
    pub fn locate(self, sources: &mut Sources) -> Problem {
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
                let (severity, code) = if fault.warning {
                    (Severity::Warning, "W050")
                } else {
                    (Severity::Error, "E050")
                };
                let mut problem = Problem::error(code, fault.message);
                problem.severity = severity;
                problem.hints = fault.hints;
                let steps =
                    fault.trace.into_iter().filter_map(|step| Some((step.message, step.place?)));
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
