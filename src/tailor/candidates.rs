//! What may be shown on how many pages, and what follows from it before any page is laid out.

use std::collections::BTreeSet;

use crate::record::model::sections::{SectionId, SectionKind};
use crate::tailor::catalog::Catalog;
use crate::tailor::constraints::Constraints;
use crate::tailor::heights::Heights;
use crate::tailor::items::Item;
use crate::tailor::repeats::Repeats;
use crate::tailor::score::Scores;
use crate::tailor::select::{Choice, select};

/// The part of a page up to which what is left out may fit at tighter spaces.
const TRIED: f64 = 0.25;

/// What may be shown, and on how many pages.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a> {
    /// What is optional.
    pub catalog: &'a Catalog<'a>,
    /// The scores of what is optional.
    pub scores: &'a Scores,
    /// The results that tell the same.
    pub repeats: &'a Repeats,
    /// What must and what must not be shown.
    pub constraints: &'a Constraints,
    /// How many pages there are, at least one.
    pub pages: usize,
    /// Whether the heights of all entries are wanted, also of those that cannot be chosen.
    pub all_heights: bool,
}

/// What must stay does not fit even at the tightest fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfit {
    /// By how much, in points.
    pub by: f64,
    /// From one line to the next, in points.
    pub line: f64,
    /// Pinned entries without which it would fit; empty when unpinning does not help.
    pub cut: Vec<Item>,
}

impl Unfit {
    /// By how many lines, at least one.
    pub fn lines(&self) -> usize {
        ((self.by / self.line).ceil() as usize).max(1)
    }
}

impl Candidates<'_> {
    /// The height of all pages, in points.
    pub fn room(&self, heights: &Heights) -> f64 {
        self.pages as f64 * heights.page.room
    }

    /// Everything that is not dropped.
    pub fn everything(&self) -> Choice {
        let dropped = |item: &Item| self.constraints.dropped.contains(item);
        let kept =
            self.catalog.entries.iter().filter(|entry| {
                !dropped(&entry.item) && !entry.owner.as_ref().is_some_and(dropped)
            });
        let items: BTreeSet<Item> = kept.map(|entry| entry.item.clone()).collect();
        Choice { score: self.scores.sum(&items), items, height: 0.0, next: None }
    }

    /// Whether a choice leaves out so little of everything that tighter spaces may hold it, or, where there are several
    /// pages, nothing, which may take fewer of them.
    pub fn may_hold_everything(
        &self,
        choice: &Choice,
        everything: &Choice,
        heights: &Heights,
    ) -> bool {
        let taken = heights.taken(self.catalog);
        let hidden = everything.items.difference(&choice.items);
        let height: f64 = hidden.filter_map(|item| taken.get(item)).sum();
        (height > 0.0 || self.pages > 1) && height < TRIED * heights.page.room
    }

    /// Whether a choice has a line of skills and one of languages, where there are some.
    pub fn has_lines(&self, choice: &Choice) -> bool {
        let lines = [SectionKind::Skills, SectionKind::Languages];
        let mut entries = self.catalog.entries.iter();
        let shows = |kind: SectionKind| {
            let mut shown = self.catalog.entries.iter().filter(|entry| entry.section == kind);
            shown.any(|entry| choice.items.contains(&entry.item))
        };
        entries.all(|entry| {
            let needed = lines.iter().find(|kind| entry.section == **kind);
            needed.is_none_or(|kind| self.constraints.dropped.contains(&entry.item) || shows(*kind))
        })
    }

    /// The sections of a choice that a page should not lack.
    pub fn sections(&self, items: &BTreeSet<Item>) -> BTreeSet<&SectionId> {
        let shown = self.catalog.entries.iter().filter(|entry| items.contains(&entry.item));
        shown.filter(|entry| self.scores.keeps_a_place(entry)).map(|entry| &entry.section).collect()
    }

    /// Whether a choice has fewer of these sections than everything.
    pub fn lacks_sections(&self, choice: &Choice, everything: &Choice) -> bool {
        self.sections(&choice.items).len() < self.sections(&everything.items).len()
    }

    /// What must stay does not fit, by so many points.
    pub fn unfit(&self, by: f64, heights: &Heights) -> Unfit {
        Unfit { by, line: heights.page.line, cut: self.cut(heights) }
    }

    /// The pinned entries with those they belong to.
    pub fn pinned(&self) -> BTreeSet<Item> {
        let pinned = &self.constraints.pinned;
        let owners = pinned.iter().filter_map(|item| match item {
            Item::ProjectHighlight(project, _) | Item::ProjectSummary(project) => {
                Some(Item::Project(project.clone()))
            }
            Item::ListedHighlight(section, entry, _) => Some(Item::Listed(section.clone(), *entry)),
            _ => None,
        });
        pinned.iter().cloned().chain(owners).collect()
    }

    /// The pinned entries to give up, of the lowest score: all but the best of them that fit. None where
    /// the pages are too few even without them.
    fn cut(&self, heights: &Heights) -> Vec<Item> {
        let Self { catalog, scores, constraints, pages, .. } = *self;
        let kept = self.pinned();
        let others = scores.entries.keys().filter(|item| !kept.contains(*item)).cloned();
        let dropped = constraints.dropped.iter().cloned().chain(others).collect();
        let free = Constraints { dropped, ..Constraints::default() };
        match select(heights, catalog, scores, &free, pages) {
            Ok(best) => {
                let cut = constraints.pinned.difference(&best.items);
                cut.filter(|item| !item.stays()).cloned().collect()
            }
            Err(_) => Vec::new(),
        }
    }

    /// All the space between entries and sections that a choice has, in points.
    pub fn gaps(&self, heights: &Heights, choice: &Choice) -> f64 {
        let main = heights.page.sections.iter().filter(|section| !section.side);
        let sections = main.map(|section| {
            let entries = self.catalog.outline.iter();
            let entries = entries.filter(|entry| entry.section == section.kind);
            let shown = entries.filter(|entry| entry.is_shown(&choice.items));
            let inner = |entry| heights.of(entry).map_or(0.0, |entry| entry.gaps);
            match shown.clone().count() {
                0 => 0.0,
                count => {
                    let between = section.between * (count - 1) as f64;
                    let beside = heights.page.between_sections + heights.page.after_title;
                    between + beside + shown.map(inner).sum::<f64>()
                }
            }
        });
        sections.sum::<f64>() + heights.head.gaps
    }
}
