//! The résumé of exactly one page: what it shows is chosen by the heights its template reports.

use std::mem::replace;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostics::Diagnostic;
use crate::document::{Filter, Format, Theme};
use crate::engine::{Document, Fault};
use crate::record::model::applications::Application;
use crate::tailor::{
    Catalog, Costs, EntryCosts, Fit, Fitted, Layouts, Lexis, Measure, Named, Page, SAME, Selection,
    Unfit, Values, Wishes, fit, values,
};
use crate::typeset::finding::Finding;
use crate::typeset::sketch::Sketch;
use crate::typeset::typesetter::Typesetter;

/// The templates whose heights are known.
const SKETCHED: [&str; 5] = [
    "one-page/main.typ",
    "shared/base.typ",
    "shared/fit.typ",
    "shared/parts.typ",
    "shared/tokens.typ",
];
/// Names of pinned entries that a message lists.
const NAMES: usize = 8;

/// A page with everything that explains it.
pub(crate) struct Tailored<'a> {
    pub catalog: Catalog<'a>,
    pub values: Values,
    pub wishes: Wishes,
    pub fitted: Fitted<Document>,
}

impl<'a> Typesetter<'a> {
    /// Chooses what the page shows, and lays it out. `exact` asks for the heights of what is not
    /// shown, too.
    pub fn tailored(
        &self,
        exact: bool,
        findings: &mut Vec<Finding>,
    ) -> Result<Tailored<'a>, Vec<Fault>> {
        let catalog = Catalog::of(&self.context.record);
        let job = self.variant.application.and_then(|application| application.job.as_ref());
        let day = self.context.date.first_day();
        let job = job.map_or("", |job| job.text.as_str());
        // Where nobody asks for words, none are looked for.
        let asks =
            !job.is_empty() || self.variant.application.is_some_and(|a| !a.keywords.0.is_empty());
        let silent = Lexis::default();
        let lexis = match asks {
            true => {
                self.context.cache.lexis.get_or_init(|| Lexis::of(&self.context.record, &catalog))
            }
            false => &silent,
        };
        let values =
            values(&self.context.record, &catalog, lexis, self.variant.application, job, day);
        let wishes = wishes(&catalog, self.variant.application);
        let everything = Filter::default();
        let typesetter = Typesetter { filter: &everything, ..*self };
        let sketches = if exact { Sketches::Spent } else { Sketches::All };
        let mut layouts = Proofs { typesetter, sketches, findings: Vec::new() };
        let fitted = fit(&values, &wishes, &mut layouts)?;
        findings.append(&mut layouts.findings);
        match fitted {
            Ok(fitted) => Ok(Tailored { catalog, values, wishes, fitted }),
            Err(unfit) => {
                findings.push(Finding::Diagnostic(self.too_long(&unfit, &catalog)));
                Err(Vec::new())
            }
        }
    }

    /// Says by how much a page is too long, and what would mend it.
    fn too_long(&self, unfit: &Unfit, catalog: &Catalog) -> Diagnostic {
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
        if names.is_empty() {
            diagnostic(format!("what must stay is {lines} {noun} too long for one page"))
                .hint(format!(
                    "shorten the summary by {lines} {noun}, or merge positions: every station stays"
                ))
                .hint("or choose larger paper")
        } else {
            diagnostic(format!("what is pinned is {lines} {noun} too long for one page"))
                .hint(format!("it fits without {listed}{more} in `pin`"))
        }
    }
}

/// What an application insists on. Names that mean nothing have stopped the run before this.
fn wishes(catalog: &Catalog, application: Option<&Application>) -> Wishes {
    let items = |names: &[crate::record::read::Spanned<String>]| {
        names
            .iter()
            .flat_map(|name| match catalog.named(&name.value) {
                Named::Items(items) => items,
                Named::Station | Named::Unknown => Vec::new(),
            })
            .collect()
    };
    application.map_or_else(Wishes::default, |application| Wishes {
        pinned: items(&application.pin),
        dropped: items(&application.drop),
    })
}

/// Lays out for the search; keeps what the last page had to say.
struct Proofs<'a> {
    typesetter: Typesetter<'a>,
    sketches: Sketches,
    findings: Vec<Finding>,
}

/// What can still be told without measuring everything.
enum Sketches {
    /// Everything.
    All,
    /// The head, in points, may not be what it was told to be; the entries may.
    Head(f64),
    /// Nothing.
    Spent,
}

impl Proofs<'_> {
    /// What everything takes at the least, told without a layout; `None` where that is not known.
    fn sketch(&self, fit: Fit) -> Option<Costs> {
        let Typesetter { engine, context, .. } = self.typesetter;
        let (record, known) = (&context.record, &context.cache);
        let changed = SKETCHED.iter().any(|path| engine.templates().is_changed(path));
        if changed || fit != Fit::REGULAR {
            return None;
        }
        let key = key(&self.typesetter, fit);
        let kept = known.sketches.get(&key);
        let shown = if kept.is_some() { Selection::of([]) } else { Selection::all() };
        let (document, _) = self.typesetter.values(Format::OnePage, &shown, fit);
        let document = serde_json::to_value(&document).ok()?;
        let theme = serde_json::to_value(Theme::new(record.theme.as_ref())).ok()?;
        let sketch = Sketch::new(engine, &theme, &document)?;
        let mut page = sketch.page(&document)?;
        let entries = match kept {
            Some(entries) => entries,
            None => {
                let entries = sketch.entries(&document)?;
                known.sketches.keep(key, &entries);
                entries
            }
        };
        fill(&mut page, &entries);
        Some(page)
    }

    /// What everything takes: as it is measured, or with what is known of the entries already. They cost
    /// the same in all applications of a record.
    fn costs(&self, fit: Fit, entries: Option<Vec<EntryCosts>>) -> Result<Costs, Vec<Fault>> {
        let measure = if entries.is_some() { Measure::Head } else { Measure::All };
        let mut reports = self.typesetter.measured(fit.measuring(measure))?.into_iter();
        let mut page: Costs = read(reports.next().unwrap_or_default())?;
        let entries = match entries {
            Some(entries) => entries,
            None => {
                let mut entries: Vec<EntryCosts> = Vec::new();
                for report in reports {
                    entries.extend(read::<Vec<EntryCosts>>(report)?);
                }
                self.typesetter.context.cache.entries.keep(key(&self.typesetter, fit), &entries);
                entries
            }
        };
        fill(&mut page, &entries);
        Ok(page)
    }

    fn compile(&mut self, selection: &Selection, fit: Fit) -> Result<Document, Vec<Fault>> {
        self.findings.clear();
        self.typesetter.lay_out(Format::OnePage, selection, fit, &mut self.findings)
    }
}

impl Layouts<Document, Vec<Fault>> for Proofs<'_> {
    fn measure(&mut self, fit: Fit) -> Result<(Costs, usize), Vec<Fault>> {
        let known = self.typesetter.context.cache.entries.get(&key(&self.typesetter, fit));
        Ok((self.costs(fit, known)?, 1))
    }

    /// Everything is sketched, then all but the head, which is measured; unless everything has been
    /// measured for another page.
    fn guess(&mut self, fit: Fit) -> Result<Option<(Costs, usize)>, Vec<Fault>> {
        let (known, key) = (&self.typesetter.context.cache, key(&self.typesetter, fit));
        if known.entries.get(&key).is_some() {
            return Ok(None);
        }
        match replace(&mut self.sketches, Sketches::Spent) {
            Sketches::All => {
                let Some(costs) = self.sketch(fit) else { return Ok(None) };
                self.sketches = Sketches::Head(costs.head);
                Ok(Some((costs, 0)))
            }
            Sketches::Head(sketched) => {
                let costs = self.costs(fit, known.sketches.get(&key))?;
                let other = (costs.head - sketched).abs() > SAME;
                Ok(other.then_some((costs, 1)))
            }
            Sketches::Spent => Ok(None),
        }
    }

    fn lay_out(
        &mut self,
        selection: &Selection,
        fit: Fit,
        room: f64,
    ) -> Result<Page<Document>, Vec<Fault>> {
        let document = self.compile(selection, fit)?;
        let at = |label: &str| document.positions(label).into_iter().next().unwrap_or((1, 0.0));
        let ((_, start), (page, end)) = (at("start"), at("end"));
        let pages = document.page_count();
        // A page of the text that follows begins as low as the first.
        let used = end - start + room * (page.max(pages) - 1) as f64;
        Ok(Page { pages, used, document })
    }
}

impl Typesetter<'_> {
    /// What the template reports: of the page, and of the entries where it is asked for them.
    fn measured(&self, fit: Fit) -> Result<Vec<Value>, Vec<Fault>> {
        let items = match fit.measure {
            Some(Measure::Head) => Selection::of([]),
            _ => Selection::all(),
        };
        let (document, _) = self.document(Format::OnePage, &items, fit);
        Ok(self.compile(Format::OnePage, document)?.metadata("costs"))
    }
}

/// Gives a page the entries of its sections.
fn fill(page: &mut Costs, entries: &[EntryCosts]) {
    for section in &mut page.sections {
        if let Some(all) = entries.iter().find(|all| all.kind == section.kind) {
            section.entries.clone_from(&all.entries);
        }
    }
}

/// What heights depend on beside the record.
fn key(typesetter: &Typesetter, fit: Fit) -> String {
    let paper = typesetter.variant.application.and_then(|application| application.paper);
    format!("{} {paper:?} {fit:?}", typesetter.variant.language)
}

/// Understands what a template reports.
fn read<T: DeserializeOwned>(report: Value) -> Result<T, Vec<Fault>> {
    serde_json::from_value(report).map_err(|error| {
        let message = format!("`one-page/main.typ` does not report what its entries cost: {error}");
        let hint =
            "call `costs` of `shared/fit.typ` where `settings.fit.measure` is true".to_owned();
        vec![Fault { hints: vec![hint], ..Fault::plain(message) }]
    })
}
