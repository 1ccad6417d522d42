//! What an advertisement asks for, and where the record has it: on the page, left out, or nowhere.
//!
//! It reports; it never adds a word to a page.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::record::Record;
use crate::record::model::applications::Application;
use crate::record::text::Text;
use crate::tailor::advert::Part;
use crate::tailor::asked::AskedTerm;
use crate::tailor::candidates::Candidates;
use crate::tailor::claims::{Evidence, claims_of_application, evidence, unsupported};
use crate::tailor::constraints::Constraints;
use crate::tailor::degree::{Background, background_of};
use crate::tailor::heights::Heights;
use crate::tailor::items::Item;
use crate::tailor::naming::{name_of, tenth};
use crate::tailor::repeats::Repeats;
use crate::tailor::select::{Choice, select};

/// Entries that are named for one term.
const NAMED: usize = 3;
/// Entries that are tried for one term, to find the one that costs least.
const TRIED: usize = 4;
/// Terms of an advertisement up to which more than one is tried.
const USUAL: usize = 80;

/// The terms of a job's advertisement, in its order.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// How many of the required terms are on the page.
    pub required: Count,
    /// How many of the preferred ones.
    pub preferred: Count,
    /// How many of those that only the duties name.
    pub duties: Count,
    /// Names of the terms on the page.
    pub on_page: Vec<String>,
    /// Names of those in the record, and not on the page.
    pub in_record: Vec<String>,
    /// Names of those that are not in the record.
    pub missing: Vec<String>,
    /// All terms.
    pub terms: Vec<CoveredTerm>,
    /// The years and the degree that the advertisement asks for.
    pub asked: Background,
    /// The years of employment and the highest degree of the record.
    pub had: Background,
    /// What the role, the headline or the summary claims and nothing else in the record supports.
    pub unsupported: Vec<String>,
}

/// How many of a number of terms are on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Count {
    /// On the page.
    pub on_page: usize,
    /// All of them.
    pub all: usize,
}

/// A term of the advertisement.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CoveredTerm {
    /// Its name.
    pub name: String,
    /// How the advertisement writes it.
    pub spelling: String,
    /// The most important part that names it.
    pub part: Part,
    /// What it counts.
    pub weight: f64,
    /// Where the record has it.
    pub place: Location,
    /// Names of the entries on the page that have it.
    pub by: Vec<String>,
    /// What would bring it onto the page, where the record has it and the page has not.
    pub price: Option<Price>,
    /// Names of entries that have other terms of the same sentences, where the record lacks it.
    pub nearest: Vec<String>,
}

/// Where a record has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// On the page.
    OnPage,
    /// In the record, and not on the page.
    InRecord,
    /// Nowhere.
    Missing,
}

/// What it takes to bring a term onto the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Price {
    /// Name of the entry that would bring it.
    pub entry: String,
    /// Its height in lines of text, with that of the entry it comes with.
    pub lines: f64,
    /// Names of the entries that would leave the page.
    pub displaces: Vec<String>,
}

/// A page as it is compared with an advertisement.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The record.
    pub record: &'a Record,
    /// What may be shown, with the scores.
    pub candidates: Candidates<'a>,
    /// What is shown.
    pub choice: &'a Choice,
    /// The heights of the entries.
    pub heights: &'a Heights,
    /// The words of the page.
    pub text: &'a str,
    /// The day of the document.
    pub day: NaiveDate,
    /// The application whose page it is.
    pub application: Option<&'a Application>,
}

impl Page<'_> {
    /// Compares the page, which is in a language, with what the advertisement asks for.
    pub fn cover(&self, language: &str) -> Coverage {
        let (catalog, languages) = (self.candidates.catalog, self.record.languages());
        let name = &|item: &Item| {
            catalog.get(item).map(|entry| name_of(entry, language, &languages)).unwrap_or_default()
        };
        let asked = &self.candidates.scores.asked;
        let on_page = asked.terms.find(self.text);
        let in_record = asked.terms.find(&evidence(self.record, true));
        let mut coverage = Coverage {
            asked: asked.background.clone(),
            had: background_of(self.record, self.day),
            unsupported: self.unsupported(),
            ..Coverage::default()
        };
        for term in &asked.list {
            let place = match in_record.contains_key(&term.term) {
                true if on_page.contains_key(&term.term) => Location::OnPage,
                true => Location::InRecord,
                false => Location::Missing,
            };
            let (count, list) = match place {
                Location::OnPage => (1, &mut coverage.on_page),
                Location::InRecord => (0, &mut coverage.in_record),
                Location::Missing => (0, &mut coverage.missing),
            };
            list.push(asked.terms.name(term.term).to_owned());
            let part = match term.part {
                Part::Required => &mut coverage.required,
                Part::Preferred => &mut coverage.preferred,
                Part::Duties | Part::About | Part::Other => &mut coverage.duties,
            };
            part.all += 1;
            part.on_page += count;
            coverage.terms.push(self.covered(term, place, name));
        }
        coverage
    }

    fn covered(
        &self,
        term: &AskedTerm,
        place: Location,
        name: &dyn Fn(&Item) -> String,
    ) -> CoveredTerm {
        let scores = self.candidates.scores;
        let mut entries = self.having(&BTreeSet::from([term.term]));
        let shown = |item: &&Item| self.choice.items.contains(*item);
        let by = match place {
            Location::OnPage => named(entries.iter().copied().filter(shown).map(name)),
            _ => Vec::new(),
        };
        let price = match place {
            Location::InRecord => {
                // What is on the page without the term has no room for it.
                let may = |item: &&Item| !self.candidates.constraints.dropped.contains(*item);
                entries.retain(|item| may(item) && !shown(item));
                let tried = if scores.asked.list.len() > USUAL { 1 } else { TRIED };
                let prices = entries.iter().take(tried);
                let prices = prices.filter_map(|item| self.price(item, name));
                // Of equals the first stays.
                prices.rev().max_by_key(|(score, _)| *score).map(|(_, price)| price)
            }
            _ => None,
        };
        let nearest = match place {
            Location::Missing => {
                let terms = &scores.asked.list;
                let beside = terms.iter().filter(|other| !other.clauses.is_disjoint(&term.clauses));
                let beside = self.having(&beside.map(|other| other.term).collect());
                named(beside.into_iter().map(name))
            }
            _ => Vec::new(),
        };
        CoveredTerm {
            name: scores.terms.name(term.term).to_owned(),
            spelling: term.spelling.clone(),
            part: term.part,
            weight: (term.weight * 1000.0).round() / 1000.0,
            place,
            by,
            price,
            nearest,
        }
    }

    /// The entries that have some of these terms, those with the most and the highest scores first.
    fn having(&self, terms: &BTreeSet<usize>) -> Vec<&Item> {
        let Candidates { catalog, scores, .. } = self.candidates;
        let count = |item: &Item| {
            let found = scores.found.get(item).into_iter().flatten();
            found.filter(|term| terms.contains(term)).count()
        };
        let mut having: Vec<(usize, u64, &Item)> = catalog
            .entries
            .iter()
            .map(|entry| (count(&entry.item), scores.of(&entry.item), &entry.item))
            .filter(|(count, ..)| *count > 0)
            .collect();
        having.sort_by_key(|(count, score, _)| std::cmp::Reverse((*count, *score)));
        having.into_iter().map(|(.., item)| item).collect()
    }

    /// What an entry takes and displaces, were it pinned, and the score of that page.
    fn price(&self, item: &Item, name: &dyn Fn(&Item) -> String) -> Option<(u64, Price)> {
        let Candidates { catalog, scores, repeats, constraints, pages, .. } = self.candidates;
        let pinned = constraints.pinned.iter().chain([item]).cloned().collect();
        let constraints = Constraints { pinned, ..constraints.clone() };
        let told = repeats.told(catalog, scores, &constraints);
        let constraints = Repeats::without(&told, &constraints);
        let with = select(self.heights, catalog, scores, &constraints, pages).ok()?;
        let displaced = self.choice.items.difference(&with.items);
        // An entry that is not shown comes with it.
        let owner = catalog.get(item).and_then(|entry| entry.owner.as_ref());
        let owner = owner.filter(|owner| !self.choice.items.contains(*owner));
        let taken = self.heights.taken(catalog);
        let height: f64 =
            owner.into_iter().chain([item]).map(|item| taken.get(item).unwrap_or(&0.0)).sum();
        let price = Price {
            entry: name(item),
            lines: tenth(height / self.heights.page.line),
            displaces: displaced.map(name).collect(),
        };
        Some((with.score, price))
    }

    /// What the role, the headline and the summary claim, and nothing else supports.
    fn unsupported(&self) -> Vec<String> {
        let profile = &self.record.profile;
        let own = self.application.map(claims_of_application).unwrap_or_default();
        let usual =
            [profile.role.as_deref(), profile.headline.as_deref(), profile.summary.as_deref()];
        let texts: Vec<&Text> = own.into_iter().chain(usual.into_iter().flatten()).collect();
        let evidence = Evidence::of(self.record, Some(self.day));
        let mut names: Vec<String> = Vec::new();
        for claim in unsupported(&texts, &[], &self.candidates.scores.terms, &evidence) {
            if names.iter().all(|name| name != claim.name()) {
                names.push(claim.name().to_owned());
            }
        }
        names
    }
}

/// The first of some names, each once.
fn named(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut first: Vec<String> = Vec::new();
    for name in names {
        if first.len() < NAMED && !first.contains(&name) {
            first.push(name);
        }
    }
    first
}
