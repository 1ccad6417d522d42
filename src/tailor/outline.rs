//! What is shown together: entries with their parts.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use crate::record::model::sections::{SectionId, SectionKind};
use crate::tailor::items::Item;

/// The id of the entry that old employments share. No entry of a record can have it.
pub const CONDENSED: &str = "+condensed";

/// What is shown together: an entry with its highlights, or a group with its skills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its section.
    pub section: SectionId,
    /// Its id, or its index in the record.
    pub id: String,
    /// Its index in the record.
    pub index: usize,
    /// Whether it has a summary that may be left out.
    pub has_summary: bool,
    /// How many highlights or skills it has.
    pub(super) parts: usize,
    /// How many of its highlights each of its positions has, which come after those of the whole entry, and the day after
    /// the last of the position, where it has ended; none where it is not shown by positions.
    pub(super) positions: Vec<(usize, Option<NaiveDate>)>,
}

impl Entry {
    /// Its id, or its index in the record.
    pub fn key(&self) -> (SectionId, String) {
        (self.section.clone(), self.id.clone())
    }

    /// The item without which it is not shown; career entries always are, groups with their skills and
    /// lines with what stands in them.
    pub fn whole(&self) -> Option<Item> {
        match self.section.usual() {
            _ if self.is_career() => None,
            Some(SectionKind::Skills | SectionKind::Languages | SectionKind::Interests) => None,
            Some(SectionKind::Projects) => Some(Item::Project(self.id.clone())),
            _ => Some(Item::Listed(self.section.clone(), self.index)),
        }
    }

    /// Whether it is an employer, a school or a volunteer organization.
    pub fn is_career(&self) -> bool {
        let kinds = [SectionKind::Experience, SectionKind::Education, SectionKind::Volunteering];
        self.section.usual().is_some_and(|kind| kinds.contains(&kind))
    }

    /// Whether it is one line of several entries, which is shown whole but for what is dropped.
    pub fn is_line(&self) -> bool {
        matches!(self.section.usual(), Some(SectionKind::Languages | SectionKind::Interests))
    }

    /// One of its highlights, skills or entries of a line, by its index.
    pub fn part(&self, at: usize) -> Item {
        match self.section.usual() {
            Some(SectionKind::Projects) => Item::ProjectHighlight(self.id.clone(), at),
            Some(SectionKind::Skills) => Item::Skill(self.index, at),
            Some(SectionKind::Languages | SectionKind::Interests) => {
                Item::Listed(self.section.clone(), at)
            }
            Some(_) => Item::CareerHighlight(self.id.clone(), at),
            None => Item::ListedHighlight(self.section.clone(), self.index, at),
        }
    }

    /// Its highlights, skills or entries of a line.
    pub fn parts(&self) -> impl Iterator<Item = Item> {
        (0..self.parts).map(|at| self.part(at))
    }

    /// Its highlights in parts, by their indexes: those of the whole entry, then those of each position, with its number.
    pub(super) fn by_position(&self) -> Vec<(Option<usize>, Range<usize>)> {
        let within: usize = self.positions.iter().map(|(count, _)| count).sum();
        let mut from = self.parts - within;
        let mut all = vec![(None, 0..from)];
        for (at, (count, _)) in self.positions.iter().enumerate() {
            all.push((Some(at), from..from + count));
            from += count;
        }
        all
    }

    /// Whether it is shown with a choice of items.
    pub fn is_shown(&self, items: &BTreeSet<Item>) -> bool {
        match self.section.usual() {
            _ if self.is_line() => self.parts().any(|part| items.contains(&part)),
            Some(SectionKind::Skills) => self.parts().any(|skill| items.contains(&skill)),
            _ => self.whole().is_none_or(|whole| items.contains(&whole)),
        }
    }

    /// All items that belong to it.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.whole().into_iter().chain(self.summary()).chain(self.parts())
    }

    /// Its summary, where it has one that may be left out.
    pub fn summary(&self) -> Option<Item> {
        self.has_summary.then(|| match self.section.usual() {
            Some(SectionKind::Projects) => Item::ProjectSummary(self.id.clone()),
            _ => Item::CareerSummary(self.id.clone()),
        })
    }
}
