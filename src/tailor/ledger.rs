//! The ledger of a page: which entries are on it and which are not, the score and the height of
//! each, and why.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::record::Record;
use crate::record::model::sections::SectionKind;
use crate::record::text::Wording;
use crate::tailor::candidates::Candidates;
use crate::tailor::catalog::{Catalog, Optional};
use crate::tailor::constraints::Constraints;
use crate::tailor::coverage::Coverage;
use crate::tailor::fit::Fitted;
use crate::tailor::heights::Heights;
use crate::tailor::items::{Absent, Item};
use crate::tailor::naming::{name_of, tenth, text_of};
use crate::tailor::outline::Entry;
use crate::tailor::selection::Unnamed;
use crate::tailor::versions::UsedVersion;

/// The version of the form in which programs read a ledger.
pub const VERSION: u32 = 1;

/// The ledger of one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ledger {
    /// The application, where there is one.
    pub application: Option<String>,
    /// The format, by its word.
    pub format: String,
    /// The page's language.
    pub language: String,
    /// The score of all that is shown.
    pub value: f64,
    /// How much of the page the chosen entries use at the template's own sizes, in percent.
    pub chosen_percent: f64,
    /// How much of the finished page is used, in percent.
    pub full_percent: f64,
    /// Size of the body on the finished page, in points.
    pub body: f64,
    /// Factor on the space between lines.
    pub leading: f64,
    /// Factor on the space between entries.
    pub gaps: f64,
    /// How many layouts were needed.
    pub layouts: usize,
    /// All optional entries, the most valuable first.
    pub entries: Vec<Line>,
    /// Names of what stays where there is room, and gave way.
    pub gave_way: Vec<String>,
    /// Employers that share a line, by id.
    pub condensed: Vec<String>,
    /// What would come next.
    pub next: Option<Next>,
    /// The versions of the profile's texts that the application uses.
    pub versions: Vec<VersionLine>,
    /// The job's words.
    pub coverage: Option<Coverage>,
    /// How another application's page differs.
    pub difference: Option<Difference>,
}

/// A version of a text of the profile that an application uses.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct VersionLine {
    /// The key of the profile.
    pub field: &'static str,
    /// Which one, counted from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// Its words.
    pub text: String,
    /// How well it fits: 0 where nothing matches, and the first is used.
    pub fits: f64,
    /// The tags, keywords and terms that match.
    pub matched: Vec<String>,
}

/// One optional entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Line {
    /// The name to pin or drop it by.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its section.
    pub section: String,
    /// Whether it is on the page.
    pub shown: bool,
    /// Its score.
    pub value: f64,
    /// What its score is made of.
    pub factors: Factors,
    /// The tags, keywords and words that match.
    pub matched: Vec<String>,
    /// The result on the page that tells the same.
    pub repeats: Option<String>,
    /// The technologies of a project on the page that its line has no room for.
    pub left_out: Vec<String>,
    /// Its height in lines of text, with the space before it; of a section of which nothing is shown,
    /// with the title.
    pub lines: f64,
    /// Its height in points.
    pub height: f64,
    /// Why it is or is not shown.
    pub reason: Reason,
}

/// What a score is made of: (importance × relevance + base) × recency + named.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Factors {
    /// From its importance and that of the entry it belongs to.
    pub importance: f64,
    /// From tags, keywords and the advertisement.
    pub relevance: f64,
    /// What it counts under an advertisement whether or not it fits.
    pub base: f64,
    /// From its age.
    pub recency: f64,
    /// What it adds because the advertisement names it, or because nothing else in the record has what it names.
    pub named: f64,
}

/// Why an entry is or is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The application pins it.
    Pinned,
    /// The application drops it.
    Dropped,
    /// It is in the set with the highest score.
    Chosen,
    /// The set with the highest score has no space for it.
    NoRoom,
    /// The entry it belongs to is not shown.
    OwnerNotShown,
    /// Another result on the page tells the same.
    Repeats,
}

impl Reason {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pinned => "pinned",
            Self::Dropped => "dropped by the application",
            Self::Chosen => "worth its room",
            Self::NoRoom => "no room: others are worth more",
            Self::OwnerNotShown => "its entry is not shown",
            Self::Repeats => "told already",
        }
    }
}

/// What a little more space would add.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Next {
    /// Names of what would come onto the page.
    pub gains: Vec<String>,
    /// Names of what would leave it for that.
    pub loses: Vec<String>,
    /// How many lines of text are missing.
    pub lacks: f64,
}

/// How one page differs from another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// The other application.
    pub from: String,
    /// Names of what only this page shows.
    pub only_here: Vec<String>,
    /// Names of what only the other page shows.
    pub only_there: Vec<String>,
}

impl Ledger {
    /// Builds the ledger of a page.
    pub fn of<D>(
        record: &Record,
        candidates: &Candidates,
        fitted: &Fitted<D>,
        heights: &Heights,
        language: &str,
    ) -> Self {
        let Candidates { catalog, scores, repeats, constraints, pages, .. } = *candidates;
        let choice = &fitted.choice;
        let taken = heights.taken(catalog);
        // A section of which nothing is shown costs its title, too.
        let title = |entry: &Optional| {
            let is_shown = |it: &&Entry| it.section == entry.section && it.is_shown(&choice.items);
            let mut sections = heights.page.sections.iter();
            let own = sections.find(|section| section.kind == entry.section);
            match catalog.outline.iter().find(is_shown) {
                Some(_) => 0.0,
                None => {
                    own.map_or(0.0, |own| own.title + heights.page.between_sections - own.between)
                }
            }
        };
        let height =
            |entry: &Optional| taken.get(&entry.item).copied().unwrap_or(0.0) + title(entry);
        let line = heights.page.line;
        let languages = record.languages();
        let mut entries: Vec<Line> = catalog
            .entries
            .iter()
            .map(|entry| {
                let score = scores.entries.get(&entry.item).cloned().unwrap_or_default();
                let shown = choice.items.contains(&entry.item);
                let owner = entry.owner.as_ref().is_none_or(|owner| choice.items.contains(owner));
                let may = |entry: &Optional| {
                    entry.owner.as_ref().is_none_or(|owner| !constraints.dropped.contains(owner))
                };
                let told = repeats.of(&entry.item).find(|item| choice.items.contains(*item));
                let other =
                    told.and_then(|item| catalog.entries.iter().find(|entry| entry.item == *item));
                let reason = match shown {
                    true if constraints.pinned.contains(&entry.item) => Reason::Pinned,
                    true => Reason::Chosen,
                    false if constraints.dropped.contains(&entry.item) => Reason::Dropped,
                    false if other.is_some() && may(entry) => Reason::Repeats,
                    false if !owner => Reason::OwnerNotShown,
                    false => Reason::NoRoom,
                };
                Line {
                    name: name_of(entry, language, &languages),
                    text: text_of(entry, language, &languages),
                    section: entry.section.word().to_owned(),
                    shown,
                    value: score.total as f64 / 1000.0,
                    factors: Factors {
                        importance: score.importance,
                        relevance: score.relevance,
                        recency: score.recency,
                        named: score.named,
                        base: score.base,
                    },
                    matched: score.matched,
                    repeats: other
                        .filter(|_| reason == Reason::Repeats)
                        .map(|other| name_of(other, language, &languages)),
                    left_out: Vec::new(),
                    lines: tenth(height(entry) / line),
                    height: height(entry),
                    reason,
                }
            })
            .collect();
        entries.sort_by(|a, b| b.value.total_cmp(&a.value));
        let names = |items: &BTreeSet<Item>, without: &BTreeSet<Item>| -> Vec<String> {
            let entries = items.difference(without).filter_map(|item| catalog.get(item));
            entries.map(|entry| name_of(entry, language, &languages)).collect()
        };
        let next = choice.next.as_ref().map(|(items, lacks)| Next {
            gains: names(items, &choice.items),
            loses: names(&choice.items, items),
            lacks: tenth((lacks / line).max(0.1)),
        });
        let percent = |height: f64| tenth(height / (heights.page.room * pages as f64) * 100.0);
        Self {
            application: None,
            format: String::new(),
            language: language.to_owned(),
            value: choice.score as f64 / 1000.0,
            chosen_percent: percent(choice.height),
            full_percent: percent(fitted.used),
            body: (heights.body_at(fitted.fit) * 100.0).round() / 100.0,
            leading: (fitted.fit.leading * 100.0).round() / 100.0,
            gaps: (fitted.fit.gaps * 100.0).round() / 100.0,
            layouts: fitted.layouts,
            entries,
            gave_way: Vec::new(),
            condensed: Vec::new(),
            next,
            versions: Vec::new(),
            coverage: None,
            difference: None,
        }
    }

    /// Adds the versions of the profile's texts that the application uses. `languages` are those of the
    /// record.
    pub fn use_versions(&mut self, used: &[UsedVersion], languages: &[String]) {
        let line = |used: &UsedVersion| VersionLine {
            field: used.field,
            number: used.number,
            count: used.count,
            text: used
                .text
                .wording(&self.language, languages)
                .map(Wording::plain)
                .unwrap_or_default(),
            fits: used.fits,
            matched: used.matched.clone(),
        };
        self.versions = used.iter().map(line).collect();
    }

    /// Adds what gave way for the choice.
    pub fn give_way(&mut self, catalog: &Catalog, constraints: &Constraints, absent: &Absent) {
        let gave_way = catalog.lasting.iter().filter(|it| {
            absent.items.contains(&it.item) && !constraints.dropped.contains(&it.item)
        });
        self.gave_way = gave_way.filter_map(|it| it.names.first().cloned()).collect();
        self.condensed = absent.condensed.iter().cloned().collect();
    }

    /// Adds the technologies that the lines of projects have no room for, as the page reports them.
    pub fn leave_out(&mut self, unnamed: &[Unnamed]) {
        for report in unnamed {
            let of = self.entries.iter_mut().find(|line| {
                line.section == SectionKind::Projects.word() && line.name == report.entry
            });
            of.into_iter().for_each(|line| line.left_out.clone_from(&report.names));
        }
    }

    /// What only one of two pages shows. `default` names a page that is of no application.
    pub fn compare(&mut self, other: &Self, default: &str) {
        let shown = |ledger: &Self| -> Vec<String> {
            ledger.entries.iter().filter(|line| line.shown).map(|line| line.name.clone()).collect()
        };
        let (here, there) = (shown(self), shown(other));
        self.difference = Some(Difference {
            from: other.application.clone().unwrap_or_else(|| default.to_owned()),
            only_here: here.iter().filter(|name| !there.contains(name)).cloned().collect(),
            only_there: there.into_iter().filter(|name| !here.contains(name)).collect(),
        });
    }
}
