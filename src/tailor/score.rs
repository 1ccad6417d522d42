//! The score of an entry for an application: (importance × relevance + base) × recency + named.
//!
//! Only sums, products, quotients and square roots of plain numbers, so that every machine comes to the same
//! thousandths. `docs/tailoring.md` has the formula and examples.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::record::Record;
use crate::record::model::applications::Application;
use crate::record::model::sections::{SectionId, SectionKind};
use crate::record::text::{Text, Wording};
use crate::tailor::asked::Asked;
use crate::tailor::catalog::{Catalog, Optional};
use crate::tailor::fields::{Fields, direct, with_post};
use crate::tailor::items::Item;
use crate::tailor::lexicon::{has_words, section_words};
use crate::tailor::lexis::Lexis;
use crate::tailor::outline::Entry;
use crate::tailor::relevance::{ENOUGH, ENOUGH_SAID, ENOUGH_TITLED, Favoured, Scale, Spoken};
use crate::tailor::terms::Terms;

/// After how many more entries that have a term it counts half.
const COMMON: f64 = 8.0;
/// What a skill or a certificate adds that the advertisement names, and the first of a group that it names: as much as a
/// section, so that it is shown where the record has it.
const NAMED: f64 = SECTION;
/// What the first highlight of an employment adds, and that of a position in it: a line without any reads like a gap.
const EMPLOYER: f64 = 30.0;
/// In years, for how long after its end something counts wholly, and when it counts half, and when employments and
/// positions lack nothing without a highlight: résumés tell the last ten years in detail.
const LATELY: (f64, f64) = (10.0, 15.0);
/// What an entry adds that alone in the record has a term of the advertisement, times the weight of the term: without the
/// entry, nothing on the page has it.
const ONLY: f64 = 200.0;
/// What an entry of the greatest importance counts under an advertisement, fit or not: a page without what somebody is
/// proud of, for the sake of two trifles that fit a little better, is no better application.
const BASE: f64 = 110.0;
/// What the first skill of a group adds: a group keeps a line before an employment gets a fourth highlight.
const GROUP: f64 = 6.0;
/// What the first skill of a group adds that the record calls most important, or that fits an advertisement better than all
/// other groups: about a line.
const ROW: f64 = 100.0;
/// What the first entry of a section adds: a section that a record has keeps a place.
const SECTION: f64 = 100.0;
/// As [`SECTION`], for the skills and the languages, of which a page has a line.
const LINE: f64 = 1000.0;
/// How many times that it adds under an advertisement that speaks of the section.
const ASKED: f64 = 2.5;
/// As [`SECTION`], for an advertisement that does not speak of the section, times how well the best of it fits: less than
/// two results that fit, which take the place of a title and its spaces.
const UNASKED: f64 = 2.0;
/// The greatest importance, with that of the owner.
const MOST_IMPORTANT: f64 = 25.0;
/// What the best fit to an advertisement is taken for at least: a faint likeness is none.
const FAINT: f64 = 1.0;
/// The importance of most entries.
const USUAL: f64 = 3.0;
/// What the first of the interests and the references adds, which few readers look for.
const ASIDE: f64 = 1.0;
/// What a skill counts that neither the keywords nor the job's words name: a line of them weighs
/// about as much as an entry, and one that is named outweighs all of its group that are not.
const UNNAMED: f64 = 0.125;

/// The scores of a record's entries for an application.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores {
    /// By entry.
    pub entries: HashMap<Item, Score>,
    /// What the first of several adds to its own score, in thousandths.
    pub firsts: HashMap<First, u64>,
    /// The positions of the highlights that are shown under positions.
    pub positions: HashMap<Item, First>,
    /// The skills that the advertisement names.
    pub named: BTreeSet<Item>,
    /// The groups of skills that it names, by their indexes.
    pub groups: BTreeSet<usize>,
    /// What the keywords and the terms of the advertisement count.
    pub weights: HashMap<usize, f64>,
    /// What the advertisement asks for, where there is one.
    pub asked: Arc<Asked>,
    /// All terms that are looked for.
    pub terms: Terms,
    /// The terms of the entries, those of the advertisement among them.
    pub found: HashMap<Item, BTreeSet<usize>>,
    /// The technologies of projects that the advertisement names, as the record spells them.
    pub technologies: BTreeSet<String>,
}

/// Something of which the first part that is shown counts more than the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum First {
    /// The highlights of a career entry, by its id: a bare line among full entries reads like a gap.
    Employer(String),
    /// The highlights of a position, by the id of its entry and its number.
    Position(String, usize),
    /// The skills of a group, by its index.
    Group(usize),
    /// The entries of a section, by its word or id: one that is missing looks as if there were none.
    Section(String),
}

impl First {
    /// What an item may be the first of.
    fn of(item: &Item) -> Vec<Self> {
        let section = |id: SectionId| Self::Section(id.word().to_owned());
        match item {
            Item::CareerHighlight(id, _) => vec![Self::Employer(id.clone())],
            Item::Skill(group, _) => {
                vec![Self::Group(*group), section(SectionKind::Skills.into())]
            }
            Item::Project(_) => vec![section(SectionKind::Projects.into())],
            Item::Listed(id, _) => vec![section(id.clone())],
            Item::CareerSummary(_)
            | Item::ProjectSummary(_)
            | Item::ProjectHighlight(..)
            | Item::ListedHighlight(..)
            | Item::Career(_)
            | Item::Position(..)
            | Item::Courses(_) => Vec::new(),
        }
    }
}

impl Scores {
    /// The score of an entry, in thousandths.
    pub fn of(&self, item: &Item) -> u64 {
        self.entries.get(item).map_or(0, |score| score.total)
    }

    /// What the first of several adds to its own score, in thousandths.
    pub fn first(&self, first: &First) -> u64 {
        self.firsts.get(first).copied().unwrap_or(0)
    }

    /// Whether an entry gives its section a place, and the section is one that a page should not lack.
    pub fn keeps_a_place(&self, entry: &Optional) -> bool {
        let firsts = First::of(&entry.item);
        let mut sections = firsts.iter().filter(|first| matches!(first, First::Section(_)));
        sections.any(|section| self.first(section) >= (SECTION * 1000.0) as u64)
    }

    /// The score of a choice, in thousandths.
    pub fn sum(&self, items: &BTreeSet<Item>) -> u64 {
        let positions = items.iter().filter_map(|item| self.positions.get(item)).cloned();
        let firsts: BTreeSet<First> = items.iter().flat_map(First::of).chain(positions).collect();
        let firsts = firsts.iter().map(|first| self.first(first));
        items.iter().map(|item| self.of(item)).chain(firsts).sum()
    }
}

/// The score of an entry, and its factors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// In thousandths.
    pub total: u64,
    /// From its importance and that of the entry it belongs to.
    pub importance: f64,
    /// From tags, keywords, and the job's terms and fields; 1 when none match.
    pub relevance: f64,
    /// From its age; 1 for what is new or has no age.
    pub recency: f64,
    /// What it adds because the advertisement names it, or because nothing else in the record has what it names.
    pub named: f64,
    /// What it counts under an advertisement whether or not it fits.
    pub base: f64,
    /// The tags, keywords, terms and fields that match.
    pub matched: Vec<String>,
}

/// The scores of all optional entries on a day, to an application and the text of its job; some of them are `dropped`.
pub fn scores(
    record: &Record,
    catalog: &Catalog,
    lexis: &Lexis,
    application: Option<&Application>,
    job: &str,
    day: NaiveDate,
    dropped: &BTreeSet<Item>,
) -> Scores {
    let wanted = lexis.wanted(application, job);
    let found = lexis.found(catalog, &wanted.terms);
    let scale = Scale::of(record, application);
    let asked = wanted.asked.list.iter().map(|asked| (asked.term, asked.weight));
    let weights = rated(asked, found.iter().map(|(item, terms)| (item, terms.iter().copied())));
    let none_said = HashMap::new();
    let said = if job.is_empty() { &none_said } else { lexis.fields(record, catalog) };
    let direct = said.iter().map(|(item, fields)| (item, direct(fields)));
    let asked = wanted.asked.fields.iter().map(|(field, weight)| (*field, *weight));
    let fields = with_post(rated(asked, direct), &wanted.asked.post_fields);
    let mut favoured = Favoured { application, wanted: &wanted, weights, fields, best: 1.0, scale };
    favoured.best = best_fit(catalog, &favoured, &found, said);
    let closer = if wanted.asked.of_post.is_empty() { 0.0 } else { scale.job.min(1.0) };
    let owners: BTreeSet<&Item> =
        catalog.entries.iter().filter_map(|entry| entry.owner.as_ref()).collect();
    let terms = &wanted.terms;
    let of_one = of_one(catalog, &found);
    let (none, no_fields) = (BTreeSet::new(), Fields::new());
    let score = |entry: &Optional| {
        let importance = f64::from(entry.importance) * entry.of;
        let counts_alone = matches!(
            entry.item,
            Item::CareerHighlight(..)
                | Item::ProjectHighlight(..)
                | Item::ListedHighlight(..)
                | Item::Listed(..)
        );
        // Among what fits an advertisement, differences of importance are smaller, and greater among what does not.
        let (part, root) = (importance / MOST_IMPORTANT, (importance / MOST_IMPORTANT).sqrt());
        let base = scale.importance * closer * BASE * part * root;
        let base = if counts_alone { base } else { 0.0 };
        let near = MOST_IMPORTANT * root;
        let importance = importance + closer * (near - importance);
        let mut importance = 1.0 + scale.importance * (importance - 1.0);
        let found = found.get(&entry.item).unwrap_or(&none);
        let is_skill = matches!(entry.item, Item::Skill(..));
        let has_name = is_skill || entry.section == SectionKind::Certificates;
        let own = if has_name { terms.called(&entry.names) } else { None };
        let only = is_skill.then_some(own);
        let fits = |fields, most| {
            let spoken = Spoken { terms: found, only, fields };
            favoured.relevance(&entry.tags, &entry.inherited, &spoken, most)
        };
        let is_unnamed = is_skill && fits(&no_fields, ENOUGH).0 <= 1.0;
        let most = match entry.item {
            Item::CareerSummary(_) | Item::ProjectSummary(_) => ENOUGH_SAID,
            // A project without highlights is a result itself.
            Item::Project(_) if owners.contains(&entry.item) => ENOUGH_TITLED,
            _ if is_unnamed => ENOUGH_SAID,
            _ => ENOUGH,
        };
        let (relevance, mut matched) = fits(said.get(&entry.item).unwrap_or(&no_fields), most);
        if is_unnamed {
            matched.clear();
        }
        let is_named = own.is_some_and(|own| wanted.asked.asks_for(own));
        let named = if is_named { NAMED } else { 0.0 };
        let only = found.iter().filter(|term| of_one.get(term) == Some(&Some(&entry.item)));
        let only = only.filter_map(|term| wanted.asked.weight(*term)).fold(0.0, f64::max);
        let named = scale.job.min(1.0) * named.max(ONLY * only);
        if is_unnamed {
            importance *= UNNAMED;
        }
        let recency = recency(entry.end, day, scale.half_life);
        let total = (((importance * relevance + base) * recency + named) * 1000.0).round() as u64;
        Score { total, importance, relevance, recency, named, base, matched }
    };
    let entries: HashMap<Item, Score> =
        catalog.entries.iter().map(|entry| (entry.item.clone(), score(entry))).collect();
    let asks = |group: &usize| scale.job > 0.0 && asks_for_group(record, &wanted.asked, *group);
    let groups: BTreeSet<usize> = (0..record.skills.len()).filter(asks).collect();
    let sections = asked_sections(record, &wanted.asked);
    let mut best: HashMap<First, f64> = HashMap::new();
    for entry in &catalog.entries {
        let relevance = entries[&entry.item].relevance;
        // A section fits as well as the best of what it shows, the highlights of its entries among it.
        for first in First::of(entry.owner.as_ref().unwrap_or(&entry.item)) {
            let best = best.entry(first).or_insert(relevance);
            *best = best.max(relevance);
        }
    }
    let rows = rows(catalog, &favoured, said);
    // The most important group that may be shown, the first of equals.
    let shown = catalog.entries.iter().filter(|entry| !dropped.contains(&entry.item));
    let shown = shown.filter_map(|entry| match entry.item {
        Item::Skill(group, _) => Some(group),
        _ => None,
    });
    let by_importance =
        |group: &usize| (record.skills[*group].priority.importance(), Reverse(*group));
    let main = shown.max_by_key(by_importance);
    let ages = scale.half_life > 0.0;
    let first = |entry: &Optional, first: &First| {
        let is_job = entry.section == SectionKind::Experience;
        // A highlight does not age while its employment goes on, its position does.
        let end = match first {
            First::Position(id, at) => end_of(catalog, id, *at),
            _ => entry.end,
        };
        let lately = if ages { lately(end, day) } else { 1.0 };
        let (importance, part) = match first {
            First::Employer(_) | First::Position(..) if is_job => (EMPLOYER, lately),
            First::Employer(_) | First::Position(..) => return None,
            First::Group(group) => {
                let row = rows.get(group).map_or(0.0, |row| scale.job.min(1.0) * row);
                let row = if main == Some(*group) { 1.0 } else { row };
                let own = GROUP * best[first] + ROW * row;
                (if groups.contains(group) { own.max(NAMED) } else { own }, 1.0)
            }
            First::Section(_) => (place(entry, sections.as_ref(), scale.job, best[first]), 1.0),
        };
        let importance = 1.0 + scale.importance * (importance - 1.0);
        Some((importance * part * 1000.0).round() as u64)
    };
    let technologies = record.projects.iter().flat_map(|project| &project.technologies);
    let technologies: BTreeSet<String> = technologies
        .map(|name| name.wordings().iter().map(Wording::plain).collect::<Vec<_>>())
        .filter(|names| terms.called(names).is_some_and(|term| wanted.asked.asks_for(term)))
        .flatten()
        .collect();
    let positions = positions(catalog);
    let mut firsts: HashMap<First, u64> = HashMap::new();
    for entry in &catalog.entries {
        for one in First::of(&entry.item).into_iter().chain(positions.get(&entry.item).cloned()) {
            if let Some(score) = first(entry, &one) {
                // An employment is as old as its newest position.
                let known = firsts.entry(one).or_default();
                *known = score.max(*known);
            }
        }
    }
    let named =
        entries.iter().filter(|(item, score)| matches!(item, Item::Skill(..)) && score.named > 0.0);
    let named = named.map(|(item, _)| item.clone()).collect();
    let mut weights: HashMap<usize, f64> = HashMap::new();
    for (term, weight) in wanted.keywords.iter().chain(&favoured.weights) {
        *weights.entry(*term).or_default() += weight;
    }
    Scores {
        entries,
        firsts,
        positions,
        technologies,
        named,
        groups,
        weights,
        asked: wanted.asked,
        terms: wanted.terms,
        found,
    }
}

/// What the advertisement asks for, each with its weight: what many entries have counts less.
fn rated<'i, T: Iterator<Item = usize>>(
    asked: impl Iterator<Item = (usize, f64)>,
    found: impl Iterator<Item = (&'i Item, T)>,
) -> Vec<(usize, f64)> {
    let mut entries: HashMap<usize, usize> = HashMap::new();
    for (_, terms) in found.filter(|(item, _)| !matches!(item, Item::Skill(..))) {
        terms.for_each(|term| *entries.entry(term).or_default() += 1);
    }
    let rated = |(term, weight): (usize, f64)| {
        let more = entries.get(&term).copied().unwrap_or(1).saturating_sub(1) as f64;
        (term, weight / (1.0 + more / COMMON))
    };
    asked.map(rated).collect()
}

/// How well the entry fits an advertisement that fits it second best: the others are measured by it.
fn best_fit(
    catalog: &Catalog,
    favoured: &Favoured,
    found: &HashMap<Item, BTreeSet<usize>>,
    said: &HashMap<Item, Fields>,
) -> f64 {
    let is_result = |entry: &&Optional| {
        !matches!(
            entry.item,
            Item::Skill(..) | Item::Project(_) | Item::CareerSummary(_) | Item::ProjectSummary(_)
        )
    };
    let fit = |entry: &Optional| {
        let (terms, fields) = (found.get(&entry.item)?, said.get(&entry.item)?);
        Some(favoured.fit(&Spoken { terms, only: None, fields }))
    };
    let mut fits: Vec<f64> = catalog.entries.iter().filter(is_result).filter_map(fit).collect();
    fits.sort_by(|a, b| b.total_cmp(a));
    fits.get(1).or(fits.first()).copied().unwrap_or(1.0).max(FAINT)
}

/// How much better the fields of each group of skills fit an advertisement than those of the others: 1 at most in all, less
/// where none fits well, and mostly for the best.
fn rows(
    catalog: &Catalog,
    favoured: &Favoured,
    said: &HashMap<Item, Fields>,
) -> BTreeMap<usize, f64> {
    let none = BTreeSet::new();
    let mut rows: BTreeMap<usize, f64> = BTreeMap::new();
    for Optional { item, .. } in &catalog.entries {
        if let (Item::Skill(group, _), Some(fields)) = (item, said.get(item)) {
            let fit = favoured.fit(&Spoken { terms: &none, only: None, fields });
            let best = rows.entry(*group).or_default();
            *best = best.max(fit);
        }
    }
    let top = rows.values().copied().fold(0.0, f64::max);
    rows.retain(|_, fit| *fit > 0.0);
    let square = |number: f64| number * number;
    rows.values_mut().for_each(|fit| *fit = square(square(*fit / top)));
    let all: f64 = rows.values().sum();
    // Where nothing fits well, no group fits better.
    rows.values_mut().for_each(|fit| *fit *= (top / favoured.best).min(1.0) / all);
    rows
}

/// The entry of each term that a single one has; skills, titles of projects and the lines on what was done in them and in
/// employments have terms, too, and are no such entries.
fn of_one<'c>(
    catalog: &'c Catalog,
    found: &HashMap<Item, BTreeSet<usize>>,
) -> HashMap<usize, Option<&'c Item>> {
    let mut entries: HashMap<usize, Option<&Item>> = HashMap::new();
    for entry in &catalog.entries {
        let says = !matches!(
            entry.item,
            Item::Skill(..) | Item::Project(_) | Item::CareerSummary(_) | Item::ProjectSummary(_)
        );
        for term in found.get(&entry.item).into_iter().flatten() {
            let one = says.then_some(&entry.item);
            entries.entry(*term).and_modify(|known| *known = None).or_insert(one);
        }
    }
    entries
}

/// The positions of the highlights that are shown under positions.
fn positions(catalog: &Catalog) -> HashMap<Item, First> {
    let of_entry = |entry: &Entry| {
        let parts = entry.by_position().into_iter().filter_map(|(at, parts)| Some((at?, parts)));
        let positions = parts.flat_map(|(at, parts)| {
            let position = First::Position(entry.id.clone(), at);
            parts.map(move |part| (entry.part(part), position.clone()))
        });
        positions.collect::<Vec<_>>()
    };
    catalog.outline.iter().flat_map(of_entry).collect()
}

/// The day after the last of a position that has ended.
fn end_of(catalog: &Catalog, id: &str, position: usize) -> Option<NaiveDate> {
    let entry = catalog.outline.iter().find(|entry| entry.is_career() && entry.id == id)?;
    entry.positions.get(position)?.1
}

/// Whether the advertisement names a group of skills.
fn asks_for_group(record: &Record, asked: &Asked, group: usize) -> bool {
    let names = record.skills.get(group).map(|group| group.name.wordings()).unwrap_or_default();
    let names: Vec<String> = names.iter().map(Wording::plain).collect();
    asked.terms.called(&names).is_some_and(|term| asked.asks_for(term))
}

/// What the first entry of a section adds, on the scale of importance squared.
fn place(entry: &Optional, asked: Option<&BTreeSet<String>>, job: f64, best: f64) -> f64 {
    let usual = match entry.section.usual() {
        Some(SectionKind::Interests | SectionKind::References) => return ASIDE,
        Some(SectionKind::Skills | SectionKind::Languages) => return LINE,
        Some(_) => SECTION,
        None => SECTION * entry.of / USUAL,
    };
    let under = match asked {
        Some(asked) if asked.contains(entry.section.word()) => usual * ASKED,
        Some(_) => usual.min(UNASKED * best),
        None => return usual,
    };
    usual + job.min(1.0) * (under - usual)
}

/// The sections that an advertisement speaks of, by their words or ids; `None` without an advertisement.
fn asked_sections(record: &Record, asked: &Asked) -> Option<BTreeSet<String>> {
    let text = asked.of_post.to_lowercase();
    let own = record.sections.iter().map(|section| {
        let titles = section.title.as_ref().map(Text::wordings).unwrap_or_default();
        (section.id.to_string(), titles.iter().map(Wording::plain).collect::<Vec<_>>())
    });
    let usual = SectionKind::ALL.iter().map(|kind| (kind.word().to_owned(), Vec::new()));
    let named = usual.chain(own).filter(|(section, titles)| {
        let is_named = |words: &str| has_words(&text, &words.to_lowercase());
        // A title of one word may also be another word: `Service`, `customer service`.
        let is_clear = |title: &&String| title.contains(' ') || !title.is_ascii();
        section_words(section).any(is_named)
            || titles.iter().filter(is_clear).any(|title| is_named(title))
    });
    (!text.is_empty()).then(|| named.map(|(section, _)| section).collect())
}

/// 1 for what is new or has no age, half after as many years as the half-life, and half of that for what ended long ago.
fn recency(end: Option<NaiveDate>, day: NaiveDate, half_life: f64) -> f64 {
    match end {
        Some(ended) if half_life > 0.0 => {
            (1.0 + lately(end, day)) / 2.0 / (1.0 + years(ended, day) / half_life)
        }
        _ => 1.0,
    }
}

/// 1 for what ended lately or goes on, 0 for what ended long ago.
fn lately(end: Option<NaiveDate>, day: NaiveDate) -> f64 {
    let (all, none) = LATELY;
    end.map_or(1.0, |end| ((none - years(end, day)) / (none - all)).clamp(0.0, 1.0))
}

/// Whole calendar months from one day to another, in years; 0 when it lies ahead.
fn years(from: NaiveDate, to: NaiveDate) -> f64 {
    let months = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    f64::from(months.max(0)) / 12.0
}
