//! A document of so many pages: what it shows is chosen by the heights that its template reports.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostics::Diagnostic;
use crate::document::{Body, Filter, Format};
use crate::engine::{Document, Fault};
use crate::record::model::applications::Application;
use crate::tailor::{
    Candidates, Catalog, Constraints, EntryHeights, Fit, Fitted, Heights, Item, Layouts, Lexis,
    Measure, Named, Pages, Report, Scores, Selection, Unfit, add, fit, scores, unmeasured, whole,
};
use crate::typeset::finding::Finding;
use crate::typeset::typesetter::Typesetter;

/// Names of pinned entries that a message lists.
const NAMES: usize = 8;

/// A document with everything that explains it.
pub(crate) struct Tailored<'a> {
    pub catalog: Catalog<'a>,
    pub scores: Scores,
    pub constraints: Constraints,
    /// How many pages it may have.
    pub pages: usize,
    pub fitted: Fitted<Document>,
}

impl<'a> Typesetter<'a> {
    /// Chooses what a résumé shows, and lays it out. `all_heights` measures what cannot be chosen, too.
    pub fn tailored(
        &self,
        format: Format,
        all_heights: bool,
        findings: &mut Vec<Finding>,
    ) -> Result<Tailored<'a>, Vec<Fault>> {
        let (record, cache) = (&self.context.record, &self.context.cache);
        let application = self.variant.application;
        let catalog = Catalog::of(record);
        let job = application.and_then(|application| application.job.as_ref());
        let job = job.map_or("", |job| job.text.as_str());
        // Terms are only looked for where an application names some.
        let has_terms = !job.is_empty() || application.is_some_and(|a| !a.keywords.0.is_empty());
        let none = Lexis::default();
        let lexis = match has_terms {
            true => cache.lexis.get_or_init(|| Lexis::of(record, &catalog)),
            false => &none,
        };
        let day = self.context.date.first_day();
        let scores = scores(record, &catalog, lexis, application, job, day);
        let constraints = constraints(&catalog, application);
        let most = self.most_pages(format);
        let catalog = match most {
            Some(1) => catalog.brief(&constraints.pinned),
            _ => catalog,
        };
        let everything = Filter::default();
        let typesetter = Typesetter { filter: &everything, ..*self };
        let mut layouts =
            TemplateLayouts { typesetter, format, catalog: &catalog, findings: Vec::new() };
        let pages = most.unwrap_or(1);
        let candidates = Candidates {
            catalog: &catalog,
            scores: &scores,
            constraints: &constraints,
            pages,
            all_heights,
        };
        let fitted = match most {
            Some(_) => fit(candidates, &mut layouts)?,
            None => Ok(whole(candidates, &mut layouts)?),
        };
        findings.append(&mut layouts.findings);
        match fitted {
            Ok(fitted) => Ok(Tailored { catalog, scores, constraints, pages, fitted }),
            Err(unfit) => {
                findings.push(Finding::Diagnostic(self.too_long(pages, &unfit, &catalog)));
                Err(Vec::new())
            }
        }
    }

    /// How many pages a document may have; `None` for as many as it takes.
    fn most_pages(&self, format: Format) -> Option<usize> {
        let formats = self.context.record.formats.as_ref();
        let settings = formats.and_then(|formats| formats.cv.as_ref());
        let own = settings.and_then(|settings| settings.max_pages.as_ref());
        match format {
            Format::OnePage => Some(1),
            Format::Cv => self.max_pages.or(own.map(|most| most.value as usize)),
            Format::Full | Format::Portfolio | Format::Letter | Format::Questions => None,
        }
    }

    /// Says by how much pages are too long, and what would shorten them.
    fn too_long(&self, pages: usize, unfit: &Unfit, catalog: &Catalog) -> Diagnostic {
        let lines = unfit.lines();
        let noun = if lines == 1 { "line" } else { "lines" };
        let names: Vec<String> = unfit
            .cut
            .iter()
            .filter_map(|item| catalog.get(item)?.names.first())
            .map(|name| format!("`{name}`"))
            .collect();
        let more = match names.len().saturating_sub(NAMES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let listed = names[..names.len().min(NAMES)].join(", ");
        let at = self
            .variant
            .application
            .map_or(self.context.record.profile.place, |application| application.place);
        let diagnostic = |message: String| Diagnostic::error("E041", message).at(at);
        let pages = match pages {
            1 => "one page".to_owned(),
            pages => format!("{pages} pages"),
        };
        if names.is_empty() {
            diagnostic(format!("what must stay is {lines} {noun} too long for {pages}"))
                .hint(format!(
                    "shorten the summary by {lines} {noun}, or merge positions: every employer and school stays"
                ))
                .hint("or choose larger paper")
        } else {
            diagnostic(format!("what is pinned is {lines} {noun} too long for {pages}"))
                .hint(format!("it fits without {listed}{more} in `pin`"))
        }
    }
}

/// What an application insists on. Names that mean nothing have stopped the run before this.
fn constraints(catalog: &Catalog, application: Option<&Application>) -> Constraints {
    let items = |names: &[crate::record::read::Spanned<String>]| {
        names
            .iter()
            .flat_map(|name| match catalog.named(&name.value) {
                Named::Items(items) => items,
                Named::CareerEntry | Named::Unknown => Vec::new(),
            })
            .collect()
    };
    application.map_or_else(Constraints::default, |application| Constraints {
        pinned: items(&application.pin),
        dropped: items(&application.drop),
    })
}

/// Measures and lays out with the template. Keeps the findings of the last pages.
struct TemplateLayouts<'a> {
    typesetter: Typesetter<'a>,
    format: Format,
    catalog: &'a Catalog<'a>,
    findings: Vec<Finding>,
}

impl TemplateLayouts<'_> {
    /// What the template reports of these items, and of all career entries if the page is measured too.
    fn reports(
        &self,
        fit: Fit,
        measure: Measure,
        items: &BTreeSet<Item>,
    ) -> Result<Vec<Report>, Vec<Fault>> {
        let selection = Selection::of(items.iter().cloned());
        let fit = Fit { measure: Some(measure), ..fit };
        let (mut document, _) = self.typesetter.document(self.format, &selection, fit);
        if let (Body::Resume(resume), Measure::Entries) = (&mut document.body, measure) {
            let is_asked = |id: &str| {
                items.iter().any(|item| match item {
                    Item::CareerSummary(of) | Item::CareerHighlight(of, _) => of == id,
                    _ => false,
                })
            };
            resume.stations.retain(|entry| is_asked(&entry.id));
        }
        let pages = self.typesetter.compile(self.format, &document)?;
        pages.metadata("heights").into_iter().map(|report| self.read(report)).collect()
    }

    /// Reads a report of the template.
    fn read(&self, report: Value) -> Result<Report, Vec<Fault>> {
        serde_json::from_value(report).map_err(|error| self.unreported(&error.to_string()))
    }

    /// The fault of a template that does not report heights as it should.
    fn unreported(&self, what: &str) -> Vec<Fault> {
        let template = self.format.template();
        let message = format!("`{template}` does not report how tall its parts are: {what}");
        let hint = "call `heights` of `shared/fit.typ` where `settings.fit.measure` is not `none`";
        vec![Fault { hints: vec![hint.to_owned()], ..Fault::plain(message) }]
    }

    /// Adds reports to what all pages of the record know, and returns all of it.
    fn add(&self, fit: Fit, reports: Vec<Report>) -> EntryHeights {
        let mut cache = self.typesetter.context.cache.heights();
        let entries = cache.entry(key(&self.typesetter, self.format, fit)).or_default();
        reports.into_iter().for_each(|report| add(entries, report));
        entries.clone()
    }
}

impl Layouts<Document, Vec<Fault>> for TemplateLayouts<'_> {
    fn page(&mut self, fit: Fit, items: &BTreeSet<Item>) -> Result<Heights, Vec<Fault>> {
        let known = self.add(fit, Vec::new());
        let items = unmeasured(&known, self.catalog, items);
        let measure = match known.is_empty() || !items.is_empty() {
            true => Measure::All,
            false => Measure::Page,
        };
        let (mut page, mut head, mut others) = (None, None, Vec::new());
        for report in self.reports(fit, measure, &items)? {
            match report {
                Report::Page(heights) => page = Some(heights),
                Report::Head(height) => head = Some(height),
                other => others.push(other),
            }
        }
        let (Some(page), Some(head)) = (page, head) else {
            return Err(self.unreported("nothing of the page"));
        };
        Ok(Heights { page, head, entries: self.add(fit, others) })
    }

    fn entries(
        &mut self,
        fit: Fit,
        items: &BTreeSet<Item>,
        heights: &mut Heights,
    ) -> Result<(), Vec<Fault>> {
        let reports = self.reports(fit, Measure::Entries, items)?;
        heights.entries = self.add(fit, reports);
        Ok(())
    }

    fn lay_out(
        &mut self,
        selection: &Selection,
        fit: Fit,
        room: f64,
    ) -> Result<Pages<Document>, Vec<Fault>> {
        self.findings.clear();
        let pages = self.typesetter.lay_out(self.format, selection, fit, &mut self.findings)?;
        let at = |label: &str| pages.positions(label).into_iter().next().unwrap_or((1, 0.0));
        let ((_, start), (page, end)) = (at("start"), at("end"));
        let count = pages.page_count();
        // A page of the text that follows begins as low as the first.
        let used = end - start + room * (page.max(count) - 1) as f64;
        // As if the margin at the bottom was that at the top.
        let last = (end - start) / (pages.last_height() - 2.0 * start).max(1.0);
        Ok(Pages { count, used, last, document: pages })
    }
}

/// What heights depend on beside the record.
fn key(typesetter: &Typesetter, format: Format, fit: Fit) -> String {
    let paper = typesetter.variant.application.and_then(|application| application.paper);
    format!("{} {} {paper:?} {fit:?}", format.word(), typesetter.variant.language)
}
