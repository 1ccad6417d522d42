//! One document: built, laid out and inspected.
//!
//! Must not know which documents a run makes, nor what they are exported as.

use std::time::Instant;

use crate::diagnostics::Diagnostic;
use crate::document::{self, Filter, Format, Places, Request, Theme, build};
use crate::engine::{Blob, Document, Engine, Fault, Job};
use crate::record::model::theme;
use crate::tailor::{Fit, LeftOut, Selection};
use crate::typeset::context::{Context, Variant};
use crate::typeset::finding::{Finding, missing};
use crate::util::timings::Timings;

/// Resolution below which a picture looks coarse in print, in pixels per inch.
const PRINT_PPI: f64 = 150.0;

/// The label under which the template of a letter reports how many lines are too many.
const LINES_OVER: &str = "lines-over";

/// Makes the documents of one variant.
#[derive(Clone, Copy)]
pub(crate) struct Typesetter<'a> {
    pub engine: &'a Engine,
    pub context: &'a Context,
    pub variant: &'a Variant<'a>,
    pub filter: &'a Filter,
    /// How many pages the complete résumé may have, in place of what the record says.
    pub max_pages: Option<usize>,
}

/// The pages of one document.
pub(crate) struct Typeset {
    /// What it shows.
    pub selection: Selection,
    /// The factors on the sizes of its template.
    pub fit: Fit,
    /// What it leaves out for lack of room.
    pub left_out: Vec<LeftOut>,
    pub pages: Document,
    pub timings: Timings,
}

impl Typesetter<'_> {
    /// Selects what a document shows, lays it out and inspects its pages; or reports why there is no
    /// document. A résumé shows what fits its pages best, the others show everything.
    pub fn typeset(&self, format: Format) -> (Option<Typeset>, Vec<Finding>) {
        let began = Instant::now();
        let mut findings = Vec::new();
        let laid_out = match format {
            Format::Full | Format::Cv | Format::OnePage => {
                self.tailored(format, false, &mut findings).map(|tailored| {
                    let selection = tailored.selection();
                    let (catalog, constraints) = (&tailored.catalog, &tailored.constraints);
                    let choice = &tailored.fitted.choice;
                    let mut left_out = LeftOut::of(
                        catalog,
                        constraints,
                        &tailored.absent,
                        choice,
                        tailored.repeats,
                    );
                    left_out.extend(LeftOut::of_technologies(&tailored.unnamed()));
                    (selection, tailored.fitted.fit, left_out, tailored.fitted.document)
                })
            }
            Format::Portfolio | Format::Letter | Format::Questions => {
                let all = self.everything(format);
                let pages = self.lay_out(format, &all, Fit::REGULAR, &mut findings);
                pages.map(|pages| (all, Fit::REGULAR, Vec::new(), pages))
            }
        };
        let (selection, fit, left_out, pages) = match laid_out {
            Ok(laid_out) => laid_out,
            Err(faults) => {
                findings.extend(faults.into_iter().map(Finding::Fault));
                return (None, findings);
            }
        };
        let mut timings = Timings::default();
        timings.add("select", began.elapsed().saturating_sub(pages.timings().total()));
        timings.0.extend(&pages.timings().0);
        let before = findings.len();
        timings.time("inspect", || {
            findings.extend(missing(pages.missing_glyphs()));
            findings.extend(pages.overfull().into_iter().map(Finding::Overfull));
        });
        if findings.len() > before {
            return (None, findings);
        }
        findings.extend(self.lines_over(format, &pages).map(Finding::Diagnostic));
        if findings.len() > before {
            return (None, findings);
        }
        findings.extend(pages.warnings().iter().cloned().map(Finding::Fault));
        findings.extend(self.coarse(&pages));
        (Some(Typeset { selection, fit, left_out, pages, timings }), findings)
    }

    /// Says by how many lines a letter is too long for its page, as its template reports it.
    fn lines_over(&self, format: Format, pages: &Document) -> Option<Diagnostic> {
        let letter = self.variant.application?.letter.as_ref()?;
        if format != Format::Letter || pages.page_count() == 1 {
            return None;
        }
        let reported = pages.metadata(LINES_OVER).first().and_then(serde_json::Value::as_u64);
        let message = match reported.filter(|lines| *lines > 0) {
            Some(1) => "the letter is 1 line too long for its page".to_owned(),
            Some(lines) => format!("the letter is {lines} lines too long for its page"),
            None => format!("the letter has {} pages", pages.page_count()),
        };
        let place = letter.paragraphs.first().map_or(letter.place, |first| first.place);
        let diagnostic = Diagnostic::error("E047", message).at(place);
        Some(diagnostic.hint("shorten its paragraphs, its address or its enclosures, or set `theme: {size: …}` smaller"))
    }

    /// Pictures whose pixels will be visible in print.
    fn coarse(&self, pages: &Document) -> Vec<Finding> {
        let coarse = pages.pictures().into_iter().filter(|picture| picture.dpi < PRINT_PPI);
        let placed = coarse.filter_map(|picture| {
            let own = |bytes: &Blob| bytes.as_slice() == picture.bytes.as_slice();
            let named = self.context.pictures.iter().find(|(_, bytes, _)| own(bytes))?;
            let message = format!("the picture has {:.0} pixels to the inch in print", picture.dpi);
            let diagnostic = Diagnostic::warning("W071", message).at(named.2);
            Some(diagnostic.hint("use a larger original, or a smaller `width=…%` in its title"))
        });
        placed.map(Finding::Diagnostic).collect()
    }

    /// Lays out a choice of entries at a fit.
    pub fn lay_out(
        &self,
        format: Format,
        selection: &Selection,
        fit: Fit,
        findings: &mut Vec<Finding>,
    ) -> Result<Document, Vec<Fault>> {
        let (document, diagnostics) = self.document(format, selection, fit);
        findings.extend(diagnostics.into_iter().map(Finding::Diagnostic));
        self.compile(format, &document)
    }

    /// The document that a template reads for a choice of entries at a fit.
    pub fn document(
        &self,
        format: Format,
        selection: &Selection,
        fit: Fit,
    ) -> (document::Document, Vec<Diagnostic>) {
        build(
            &self.context.record,
            &self.context.addresses,
            self.request(format, selection, fit, None),
        )
    }

    /// The same as a part of a file, with the places of the other documents in it.
    pub fn part(
        &self,
        format: Format,
        typeset: &Typeset,
        elsewhere: &Places,
    ) -> document::Document {
        let request = self.request(format, &typeset.selection, typeset.fit, Some(elsewhere));
        build(&self.context.record, &self.context.addresses, request).0
    }

    /// Where a document prints what other documents of the same file can link to.
    pub fn places(&self, format: Format, typeset: &Typeset) -> Places {
        let none = Places::new();
        let request = self.request(format, &typeset.selection, typeset.fit, Some(&none));
        document::places(&self.context.record, &self.context.addresses, request)
    }

    fn request<'a>(
        &'a self,
        format: Format,
        selection: &'a Selection,
        fit: Fit,
        elsewhere: Option<&'a Places>,
    ) -> Request<'a> {
        let Variant { application, language, words } = self.variant;
        let (date, application, filter) = (self.context.date, *application, self.filter);
        let words = &words.values;
        Request { format, language, words, date, application, selection, filter, fit, elsewhere }
    }

    /// Lays out a document.
    pub fn compile(
        &self,
        format: Format,
        document: &document::Document,
    ) -> Result<Document, Vec<Fault>> {
        self.engine.compile(&self.job(format, document))
    }

    /// A document with all that its template can read.
    pub fn job(&self, format: Format, document: &document::Document) -> Job {
        self.job_of(&format.template(), format, document)
    }

    /// A document of a format with all that a template can read.
    pub fn job_of(&self, template: &str, format: Format, document: &document::Document) -> Job {
        let own = self.context.record.theme.as_ref();
        let named = self.settings(format).theme.map(|name| theme::Theme {
            name: Some(name.clone()),
            ..own.cloned().unwrap_or_else(|| theme::Theme::named(name))
        });
        let job = Job::new(template, document.json())
            .with_file("/theme.json", Theme::new(named.as_ref().or(own)).json());
        let add = |job: Job, (path, bytes, _): &(String, Blob, crate::diagnostics::Place)| {
            job.with_file(path, bytes.clone())
        };
        self.context.pictures.iter().fold(job, add)
    }
}
