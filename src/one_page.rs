//! The résumé of exactly one page: what it shows is chosen by the heights its template reports.

use std::mem::replace;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::data::applications::Application;
use crate::document::{Filter, Format};
use crate::engine::{Document, Fault};
use crate::known::Kept;
use crate::parallel::each;
use crate::press::{Note, Press};
use crate::problem::Problem;
use crate::tailor::{
    Catalog, Costs, EntryCosts, Fit, Fitted, Item, Layouts, Lexis, Measure, Named, Page, Selection,
    Unfit, Values, Wishes, fit, values,
};

/// Names of pinned entries that a message lists.
const NAMES: usize = 8;

/// A page with everything that explains it.
pub(crate) struct Tailored<'a> {
    pub catalog: Catalog<'a>,
    pub values: Values,
    pub wishes: Wishes,
    pub fitted: Fitted<Document>,
}

impl<'a> Press<'a> {
    /// Chooses what the page shows, and lays it out. `exact` asks for the heights of what is not
    /// shown, too.
    pub fn tailored(&self, exact: bool, notes: &mut Vec<Note>) -> Result<Tailored<'a>, Vec<Fault>> {
        let catalog = Catalog::of(self.record);
        let job = self.application.and_then(|application| application.job.as_ref());
        let day = self.date.first_day();
        let job = job.map_or("", |job| job.text.as_str());
        // Where nobody asks for words, none are looked for.
        let asks = !job.is_empty() || self.application.is_some_and(|a| !a.keywords.0.is_empty());
        let silent = Lexis::default();
        let lexis = match asks {
            true => self.known.lexis.get_or_init(|| Lexis::of(self.record, &catalog)),
            false => &silent,
        };
        let values = values(self.record, &catalog, lexis, self.application, job, day);
        let wishes = wishes(&catalog, self.application);
        let everything = Filter::default();
        let press = Press { filter: &everything, ..*self };
        let mut layouts = Proofs { press, compared: false, sketched: exact, notes: Vec::new() };
        let fitted = fit(&values, &wishes, &mut layouts)?;
        notes.append(&mut layouts.notes);
        match fitted {
            Ok(fitted) => Ok(Tailored { catalog, values, wishes, fitted }),
            Err(unfit) => {
                notes.push(Note::Problem(self.too_long(&unfit, &catalog)));
                Err(Vec::new())
            }
        }
    }

    /// Says by how much a page is too long, and what would mend it.
    fn too_long(&self, unfit: &Unfit, catalog: &Catalog) -> Problem {
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
        let at =
            self.application.map_or(self.record.profile.place, |application| application.place);
        let problem = |message: String| Problem::error("E041", message).at(at);
        if names.is_empty() {
            problem(format!("what must stay is {lines} {noun} too long for one page"))
                .hint(format!(
                    "shorten the summary by {lines} {noun}, or merge positions: every station stays"
                ))
                .hint("or choose larger paper")
        } else {
            problem(format!("what is pinned is {lines} {noun} too long for one page"))
                .hint(format!("it fits without {listed}{more} in `pin`"))
        }
    }
}

/// What an application insists on. Names that mean nothing have stopped the run before this.
fn wishes(catalog: &Catalog, application: Option<&Application>) -> Wishes {
    let items = |names: &[crate::data::read::Spanned<String>]| {
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
    press: Press<'a>,
    /// Whether the page was tried by what another page of the record took.
    compared: bool,
    /// Whether it was tried by a sketch, or must not be.
    sketched: bool,
    notes: Vec<Note>,
}

impl Proofs<'_> {
    /// What everything takes, as the parts of a report tell it. The entries cost the same in all
    /// applications of a record: they are looked at once, the rest of the page each time; side by
    /// side, for nobody else needs the processors yet.
    fn costs(
        &self,
        fit: Fit,
        known: &Kept<Vec<EntryCosts>>,
        parts: &[Measure],
    ) -> Result<(Costs, usize), Vec<Fault>> {
        let plain = self.press.application.map(Application::plain);
        let shared = Press { application: plain.as_ref(), ..self.press };
        let kept = known.get(&key(&shared, fit));
        let parts: Vec<Measure> = match &kept {
            Some(_) => vec![Measure::Head],
            None => parts.iter().copied().chain([Measure::Head]).collect(),
        };
        // Each part is given what it measures and no more: what did not change since it was laid out
        // last is not laid out again.
        let catalog = Catalog::of(self.press.record);
        let measured = |part: &Measure| {
            let press = if *part == Measure::Head { &self.press } else { &shared };
            let items = catalog.entries.iter().map(|entry| entry.item.clone());
            let asked = |item: &Item| match part {
                Measure::Head => false,
                Measure::Projects | Measure::ProjectsSketched => item.is_of_projects(),
                Measure::Others | Measure::OthersSketched => !item.is_of_projects(),
            };
            press.measured(&Selection::of(items.filter(asked)), fit.measuring(*part))
        };
        let mut reports: Vec<Value> =
            each(&parts, measured).into_iter().collect::<Result<_, _>>()?;
        let mut page: Costs = read(reports.pop().unwrap_or_default())?;
        let entries = match kept {
            Some(entries) => entries,
            None => {
                let mut entries: Vec<EntryCosts> = Vec::new();
                for report in reports {
                    entries.extend(read::<Vec<EntryCosts>>(report)?);
                }
                known.keep(key(&shared, fit), &entries);
                entries
            }
        };
        for section in &mut page.sections {
            if let Some(all) = entries.iter().find(|all| all.kind == section.kind) {
                section.entries.clone_from(&all.entries);
            }
        }
        self.press.known.pages.keep(key(&self.press, fit), &page);
        Ok((page, parts.len()))
    }

    fn compile(&mut self, selection: &Selection, fit: Fit) -> Result<Document, Vec<Fault>> {
        self.notes.clear();
        self.press.lay_out(Format::OnePage, selection, fit, &mut self.notes)
    }
}

impl Layouts<Document, Vec<Fault>> for Proofs<'_> {
    fn measure(&mut self, fit: Fit) -> Result<(Costs, usize), Vec<Fault>> {
        self.costs(fit, &self.press.known.entries, &[Measure::Projects, Measure::Others])
    }

    /// Another page of the record tells most. Else the entries are sketched, unless they have been
    /// measured.
    fn guess(&mut self, fit: Fit) -> Result<Option<(Costs, usize)>, Vec<Fault>> {
        let (known, key) = (self.press.known, key(&self.press, fit));
        if !replace(&mut self.compared, true)
            && let Some(costs) = known.pages.get(&key)
        {
            return Ok(Some((costs, 0)));
        }
        if replace(&mut self.sketched, true) || known.entries.get(&key).is_some() {
            return Ok(None);
        }
        let parts = [Measure::OthersSketched, Measure::ProjectsSketched];
        self.costs(fit, &known.sketches, &parts).map(Some)
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

impl Press<'_> {
    /// What the template reports of a choice.
    fn measured(&self, selection: &Selection, fit: Fit) -> Result<Value, Vec<Fault>> {
        let (document, _) = self.document(Format::OnePage, selection, fit);
        let pages = self.compile(Format::OnePage, document)?;
        Ok(pages.metadata("costs").into_iter().next().unwrap_or_default())
    }
}

/// What heights depend on beside the record.
fn key(press: &Press, fit: Fit) -> String {
    let paper = press.application.and_then(|application| application.paper);
    format!("{} {paper:?} {fit:?}", press.language)
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
