//! What a document leaves out for lack of room, section by section.

use std::collections::BTreeSet;

use crate::diagnostics::Place;
use crate::record::model::sections::SectionKind;
use crate::tailor::catalog::{Catalog, Optional};
use crate::tailor::constraints::Constraints;
use crate::tailor::items::{Absent, Item};
use crate::tailor::outline::Entry;
use crate::tailor::repeats::Repeats;
use crate::tailor::select::Choice;
use crate::tailor::selection::Unnamed;

/// The importance of an entry that must be seen, times that of the entry it belongs to.
const MUST_BE_SEEN: f64 = 25.0;

/// The entries of a section that a document leaves out for lack of room.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The word or the id of the section.
    pub section: String,
    /// The entries. Those that belong to an entry that is left out are not among them.
    pub entries: Vec<LeftOutEntry>,
    /// Whether nothing of the section is shown.
    pub whole: bool,
}

/// An entry that a document leaves out for lack of room.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOutEntry {
    /// The name to pin it by.
    pub name: String,
    /// Whether it and the entry it belongs to are of the highest importance, and nothing that is shown tells the same.
    pub must_be_seen: bool,
    /// Where it begins in the data.
    pub place: Option<Place>,
}

impl LeftOut {
    /// What a choice leaves out, section by section, and what gave way for it. What is dropped is not left
    /// out for lack of room.
    pub fn of(
        catalog: &Catalog,
        constraints: &Constraints,
        absent: &Absent,
        choice: &Choice,
        repeats: &Repeats,
    ) -> Vec<Self> {
        let gave_way = catalog.lasting.iter().filter(|it| {
            absent.items.contains(&it.item) && !constraints.dropped.contains(&it.item)
        });
        let lost: BTreeSet<&Item> = gave_way.clone().flat_map(|it| &it.owned).collect();
        let left_out = |entry: &&Optional| {
            let owner = entry.owner.as_ref().is_none_or(|owner| choice.items.contains(owner));
            let shown = choice.items.contains(&entry.item) || lost.contains(&entry.item);
            !shown && owner && !constraints.dropped.contains(&entry.item)
        };
        let gave_way = gave_way.map(|it| {
            let name = it.names.first().cloned().unwrap_or_default();
            let entry = LeftOutEntry { name, must_be_seen: false, place: Some(it.place) };
            (&it.section, entry)
        });
        let entries = catalog.entries.iter().filter(left_out).map(|entry| {
            let importance = f64::from(entry.importance) * entry.of;
            // Lines of skills are filled by their widths; which of a group is missing says little.
            let is_skill = entry.section == SectionKind::Skills;
            let is_told = repeats.of(&entry.item).any(|other| choice.items.contains(other));
            let wording = entry.texts.first().and_then(|text| text.wordings().first());
            let left_out = LeftOutEntry {
                name: entry.names.first().cloned().unwrap_or_default(),
                must_be_seen: importance >= MUST_BE_SEEN && !is_skill && !is_told,
                place: wording.map(|wording| wording.place),
            };
            (&entry.section, left_out)
        });
        let is_there = |entry: &Entry| {
            let is_absent = absent.items.contains(&Item::Career(entry.id.clone()));
            entry.is_shown(&choice.items) && !(entry.is_career() && is_absent)
        };
        let mut found: Vec<Self> = Vec::new();
        for (id, entry) in gave_way.chain(entries) {
            match found.iter_mut().find(|section| section.section == id.word()) {
                Some(section) => section.entries.push(entry),
                None => {
                    let mut others = catalog.outline.iter().filter(|other| other.section == *id);
                    let whole = !others.any(is_there);
                    found.push(Self { section: id.word().to_owned(), entries: vec![entry], whole });
                }
            }
        }
        found
    }

    /// The technologies that lines of projects have no room for.
    pub fn of_technologies(unnamed: &[Unnamed]) -> Option<Self> {
        let names: BTreeSet<&String> = unnamed.iter().flat_map(|unnamed| &unnamed.names).collect();
        let entry =
            |name: &String| LeftOutEntry { name: name.clone(), must_be_seen: false, place: None };
        let entries: Vec<LeftOutEntry> = names.into_iter().map(entry).collect();
        let some = !entries.is_empty();
        some.then(|| Self { section: "technologies".to_owned(), entries, whole: false })
    }
}

/// `12 of experience`, or `languages` where nothing of it is shown.
impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.whole {
            true => f.write_str(&self.section),
            false => write!(f, "{} of {}", self.entries.len(), self.section),
        }
    }
}
