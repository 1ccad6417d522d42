//! What an advertisement asks for, and where the record has it: on the page, left out, or nowhere.
//!
//! It reports; it never adds a word to a page.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::record::Record;
use crate::record::model::applications::Application;
use crate::record::model::text::{Inline, Phrase};
use crate::record::read::Read as _;
use crate::record::text::{Text, Wording};
use crate::tailor::advert::Part;
use crate::tailor::asked::AskedTerm;
use crate::tailor::constraints::Constraints;
use crate::tailor::degree::{Background, background_of};
use crate::tailor::fit::Candidates;
use crate::tailor::heights::Heights;
use crate::tailor::items::Item;
use crate::tailor::naming::{name_of, tenth};
use crate::tailor::select::{Choice, select};

/// Entries that are named for one term.
const NAMED: usize = 3;

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
    /// Terms that the role, the headline or the summary names and nothing else in the record does.
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
    /// Its height in lines of text.
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
            Location::OnPage => {
                entries.iter().copied().filter(shown).take(NAMED).map(name).collect()
            }
            _ => Vec::new(),
        };
        let price = match place {
            Location::InRecord => {
                entries.retain(|item| !self.candidates.constraints.dropped.contains(*item));
                entries.first().and_then(|item| self.price(item, name))
            }
            _ => None,
        };
        let nearest = match place {
            Location::Missing => {
                let terms = &scores.asked.list;
                let beside = terms.iter().filter(|other| !other.clauses.is_disjoint(&term.clauses));
                let beside = self.having(&beside.map(|other| other.term).collect());
                beside.into_iter().take(NAMED).map(name).collect()
            }
            _ => Vec::new(),
        };
        CoveredTerm {
            name: scores.asked.terms.name(term.term).to_owned(),
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

    /// What an entry takes and displaces, were it pinned.
    fn price(&self, item: &Item, name: &dyn Fn(&Item) -> String) -> Option<Price> {
        let Candidates { catalog, scores, constraints, pages, .. } = self.candidates;
        let pinned = constraints.pinned.iter().chain([item]).cloned().collect();
        let constraints = Constraints { pinned, ..constraints.clone() };
        let with = select(self.heights, catalog, scores, &constraints, pages).ok()?;
        let displaced = self.choice.items.difference(&with.items);
        let height = self.heights.taken(catalog).get(item).copied()?;
        Some(Price {
            entry: name(item),
            lines: tenth(height / self.heights.page.line),
            displaces: displaced.map(name).collect(),
        })
    }

    /// What the role, the headline and the summary claim, and nothing else says.
    fn unsupported(&self) -> Vec<String> {
        let terms = &self.candidates.scores.asked.terms;
        let (profile, application) = (&self.record.profile, self.application);
        let claims = claims(&profile.role, &profile.headline, &profile.summary).chain(
            application.into_iter().flat_map(|own| claims(&own.role, &own.headline, &own.summary)),
        );
        let known = terms.find(&evidence(self.record, false));
        let claimed: BTreeSet<usize> = claims
            .flat_map(Text::wordings)
            .flat_map(|wording| terms.find(&wording.plain()).into_keys())
            .collect();
        let unknown = claimed.into_iter().filter(|term| !known.contains_key(term));
        let unknown = unknown.filter(|term| !terms.is_generic(*term));
        unknown.map(|term| terms.name(term).to_owned()).collect()
    }
}

/// The texts that claim something of the person.
fn claims<'a>(
    role: &'a Option<Phrase>,
    headline: &'a Option<Phrase>,
    summary: &'a Option<Inline>,
) -> impl Iterator<Item = &'a Text> {
    let phrases = role.iter().chain(headline).map(|phrase| &**phrase);
    phrases.chain(summary.iter().map(|summary| &**summary))
}

/// Everything the record says, applications aside; with or without what the profile claims.
fn evidence(record: &Record, with_claims: bool) -> String {
    let (mut texts, mut own): (Vec<&Text>, Vec<&Text>) = Default::default();
    record.texts(&mut texts);
    record.applications.texts(&mut own);
    if !with_claims {
        let profile = &record.profile;
        own.extend(claims(&profile.role, &profile.headline, &profile.summary));
    }
    let own: HashSet<*const Text> = own.into_iter().map(std::ptr::from_ref).collect();
    texts.retain(|text| !own.contains(&std::ptr::from_ref(*text)));
    let skills = record.skills.iter().flat_map(|group| &group.skills);
    let aliases = skills.flat_map(|skill| skill.aliases.iter().map(|alias| alias.value.clone()));
    let wordings = texts.into_iter().flat_map(Text::wordings).map(Wording::plain);
    wordings.chain(aliases).collect::<Vec<_>>().join("\n\n")
}
