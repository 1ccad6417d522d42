//! A document of so many pages: what it shows is chosen by the heights that its template reports.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostics::Diagnostic;
use crate::document::model::frame::Frame;
use crate::document::model::values::Phrase;
use crate::document::{self, Body, Filter, Format};
use crate::engine::{Document, Fault};
use crate::record::model::applications::EntryOrder;
use crate::record::model::settings::DocumentSettings;
use crate::tailor::{
    Absent, Candidates, Catalog, Constraints, EntryHeights, Fit, Fitted, Heights, Item, Layouts,
    Lexis, Measure, Order, Pages, Repeats, Report, Scores, Selection, Unfit, Unnamed, add, fit,
    scores, unmeasured, ways, whole,
};
use crate::typeset::finding::Finding;
use crate::typeset::typesetter::Typesetter;

/// Names of pinned entries that a message lists.
const NAMES: usize = 8;
/// Lines of a summary that are read before the entries.
const SUMMARY_LINES: usize = 5;

/// A document with everything that explains it.
pub(crate) struct Tailored<'a> {
    pub catalog: Catalog<'a>,
    pub scores: Scores,
    pub repeats: &'a Repeats,
    pub constraints: Constraints,
    /// What it is without, whatever it chooses.
    pub absent: Absent,
    /// How many pages it may have.
    pub pages: usize,
    pub fitted: Fitted<Document>,
}

impl Tailored<'_> {
    /// What it shows.
    pub fn selection(&self) -> Selection {
        let Self { scores, constraints, .. } = self;
        let selection = self.fitted.choice.selection(scores, constraints).without(&self.absent);
        selection.without_technologies(&self.unnamed())
    }

    /// The technologies that its lines have no room for.
    pub fn unnamed(&self) -> Vec<Unnamed> {
        let reports = self.fitted.document.metadata("left-out").into_iter();
        reports.filter_map(|report| serde_json::from_value(report).ok()).collect()
    }
}

impl<'a> Typesetter<'a> {
    /// What is set for a document of a format.
    pub fn settings(&self, format: Format) -> DocumentSettings {
        format.settings(&self.context.record, self.variant.application)
    }

    /// What a document shows that chooses nothing: everything that is not dropped.
    pub fn everything(&self, format: Format) -> Selection {
        let constraints =
            Constraints::of(&Catalog::of(&self.context.record), &self.settings(format));
        Selection::all().without(&Absent { items: constraints.dropped, ..Absent::default() })
    }

    /// Chooses what a document shows, and lays it out. `all_heights` measures what cannot be chosen, too.
    pub fn tailored(
        &self,
        format: Format,
        all_heights: bool,
        findings: &mut Vec<Finding>,
    ) -> Result<Tailored<'a>, Vec<Fault>> {
        let (record, cache) = (&self.context.record, &self.context.cache);
        let application = self.variant.application;
        let settings = self.settings(format);
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
        let mut constraints = Constraints::of(&catalog, &settings);
        let dropped = &constraints.dropped;
        let scores = scores(record, &catalog, lexis, application, job, day, dropped);
        let repeats = cache.repeats.get_or_init(|| Repeats::new(&catalog));
        let order = application.and_then(|application| application.order);
        constraints.by_relevance = order == Some(EntryOrder::Relevance);
        let most = match format {
            Format::OnePage => Some(1),
            Format::Cv => self.max_pages.or(settings.max_pages.map(|most| most.value as usize)),
            _ => None,
        };
        let catalog = match most {
            Some(1) => catalog.brief(&constraints.pinned),
            _ => catalog,
        };
        let pages = most.unwrap_or(1);
        let all = Filter::default();
        let mut best = None;
        let mut unfit = None;
        let ways = ways(&catalog, &constraints);
        // What the advertisement names is shown, unless there is no room for it whatever gives way.
        let asking = constraints.asking(&catalog, &scores).filter(|_| most.is_some());
        let demands: Vec<Constraints> = asking.into_iter().chain([constraints]).collect();
        let tries = demands.iter().flat_map(|own| ways.iter().map(move |absent| (own, absent)));
        for (constraints, absent) in tries {
            let shown = catalog.without(absent);
            let candidates = Candidates {
                catalog: &shown,
                scores: &scores,
                repeats,
                constraints,
                pages,
                all_heights,
            };
            let filter = if format == Format::Full { self.filter } else { &all };
            let typesetter = Typesetter { filter, ..*self };
            let (catalog, order) = (&shown, constraints.order(&scores));
            let summaries = shown.outline.iter().filter_map(|entry| entry.summary()).collect();
            let mut layouts = TemplateLayouts {
                typesetter,
                summaries,
                format,
                catalog,
                absent,
                order,
                findings: Vec::new(),
            };
            let made = match most {
                Some(_) => fit(candidates, &mut layouts)?,
                None => Ok(whole(candidates, &mut layouts)?),
            };
            match made {
                Ok(fitted) => {
                    let enough = most.is_none() || candidates.has_lines(&fitted.choice);
                    if enough || best.is_none() {
                        best = Some((fitted, constraints, absent, layouts.findings));
                    }
                    if enough {
                        break;
                    }
                }
                Err(too_long) => unfit = Some(too_long),
            }
        }
        match (best, unfit) {
            (Some((fitted, constraints, absent, mut found)), _) => {
                findings.append(&mut found);
                let (constraints, absent) = (constraints.clone(), absent.clone());
                let lines = fitted.heights.as_ref().map_or(0, Heights::summary_lines);
                findings.extend(self.long_summary(lines).filter(|_| most.is_some()));
                Ok(Tailored { catalog, scores, repeats, constraints, absent, pages, fitted })
            }
            (None, unfit) => {
                let long = unfit.map(|unfit| self.too_long(pages, &unfit, &catalog));
                findings.extend(long.map(Finding::Diagnostic));
                Err(Vec::new())
            }
        }
    }

    /// A warning of a summary of more lines than a page with little room should have.
    fn long_summary(&self, lines: usize) -> Option<Finding> {
        if lines <= SUMMARY_LINES {
            return None;
        }
        let (own, record) = (self.variant.application, &self.context.record);
        let own = own.and_then(|application| application.summary.as_deref());
        let summary = own.or(record.profile.summary.as_deref())?;
        let wording = summary.wording(&self.variant.language, &record.languages())?;
        let message = format!("the summary takes {lines} lines of the page");
        let hint = format!("say it in {SUMMARY_LINES} lines or fewer: the rest is worth an entry");
        let diagnostic = Diagnostic::warning("W054", message).at(wording.place);
        Some(Finding::Diagnostic(diagnostic.hint(hint)))
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

/// Measures and lays out with the template. Keeps the findings of the last pages.
struct TemplateLayouts<'a> {
    typesetter: Typesetter<'a>,
    format: Format,
    catalog: &'a Catalog<'a>,
    absent: &'a Absent,
    /// The summaries that may be shown, with which their entries are measured.
    summaries: BTreeSet<Item>,
    /// The order of what stands within an entry.
    order: Order,
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
        let document = self.measured(fit, measure, items);
        let pages = self.typesetter.compile(self.format, &document)?;
        pages.metadata("heights").into_iter().map(|report| self.read(report)).collect()
    }

    /// The document that is measured.
    fn measured(&self, fit: Fit, measure: Measure, items: &BTreeSet<Item>) -> document::Document {
        let selection = Selection::of(items.iter().cloned()).without(self.absent);
        let selection = selection.in_order(self.order.clone());
        let fit = Fit { measure: Some(measure), ..fit };
        let (mut document, _) = self.typesetter.document(self.format, &selection, fit);
        if let (Body::Resume(resume), Measure::Entries | Measure::Page) =
            (&mut document.body, measure)
        {
            // Career entries are in every document, and measured already.
            let is_asked = |id: &str| {
                items.iter().any(|item| match item {
                    Item::CareerSummary(of) | Item::CareerHighlight(of, _) => of == id,
                    _ => false,
                })
            };
            resume.stations.retain(|entry| is_asked(&entry.id));
            resume.condensed.clear();
        }
        document
    }

    /// What the page and its head depend on beside the record and the words of a role.
    fn head_key(&self, fit: Fit) -> String {
        let mut document = self.measured(fit, Measure::Page, &BTreeSet::new());
        let Frame { profile, words, .. } = &mut document.frame;
        profile.role = profile.role.take().map(|_| Phrase::Plain(String::new()));
        words.clear();
        self.key(fit) + &document.json()
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

    /// What heights depend on beside the record.
    fn key(&self, fit: Fit) -> String {
        let Self { typesetter, format, absent, summaries, .. } = self;
        let DocumentSettings { paper, theme, .. } = typesetter.settings(*format);
        let (format, language) = (format.word(), &typesetter.variant.language);
        // In an order of its own lines break at other places.
        let own = typesetter.variant.application.filter(|_| self.order != Order::default());
        let own = own.map(|application| application.id.as_str());
        format!("{format} {language} {paper:?} {theme:?} {fit:?} {absent:?} {summaries:?} {own:?}")
    }

    /// Adds reports to what all pages of the record know, and returns all of it.
    fn add(&self, fit: Fit, reports: Vec<Report>) -> EntryHeights {
        let mut cache = self.typesetter.context.cache.heights();
        let entries = cache.entry(self.key(fit)).or_default();
        reports.into_iter().for_each(|report| add(entries, report));
        entries.clone()
    }
}

impl Layouts<Document, Vec<Fault>> for TemplateLayouts<'_> {
    fn known(&self, fit: Fit, items: &BTreeSet<Item>) -> Option<Heights> {
        let cache = &self.typesetter.context.cache;
        let entries = cache.heights().get(&self.key(fit))?.clone();
        if !unmeasured(&entries, self.catalog, items).is_empty() {
            return None;
        }
        let (page, head) = cache.heads().get(&self.head_key(fit))?.clone();
        Some(Heights { page, head, entries })
    }

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
        let key = self.head_key(fit);
        self.typesetter.context.cache.heads().insert(key, (page.clone(), head));
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
        let selection = selection.clone().without(self.absent);
        let pages = self.typesetter.lay_out(self.format, &selection, fit, &mut self.findings)?;
        let at = |label: &str| pages.positions(label).into_iter().next();
        let count = pages.page_count();
        // What does not say where it begins and ends is left as it is.
        let (Some((_, start)), Some((page, end))) = (at("start"), at("end")) else {
            return Ok(Pages { count, used: room * count as f64, last: 1.0, document: pages });
        };
        // A page of the text that follows begins as low as the first.
        let used = end - start + room * (page.max(count) - 1) as f64;
        // As if the margin at the bottom was that at the top.
        let last = (end - start) / (pages.last_height() - 2.0 * start).max(1.0);
        Ok(Pages { count, used, last, document: pages })
    }
}
