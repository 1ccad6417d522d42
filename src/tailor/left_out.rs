//! What a document leaves out for lack of room, section by section.

use crate::diagnostics::Place;
use crate::record::model::sections::SectionKind;
use crate::tailor::catalog::{Catalog, Entry, Optional};
use crate::tailor::select::{Choice, Constraints};

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
    /// Whether it and the entry it belongs to are of the highest importance.
    pub must_be_seen: bool,
    /// Where it begins in the data.
    pub place: Option<Place>,
}

impl LeftOut {
    /// What a choice leaves out, in the order of the record. What the application drops is not left out
    /// for lack of room.
    pub fn of(catalog: &Catalog, constraints: &Constraints, choice: &Choice) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let shown = |entry: &Optional| choice.items.contains(&entry.item);
        let left_out = |entry: &&Optional| {
            let owner = entry.owner.as_ref().is_none_or(|owner| choice.items.contains(owner));
            !shown(entry) && owner && !constraints.dropped.contains(&entry.item)
        };
        for entry in catalog.entries.iter().filter(left_out) {
            let word = entry.section.word();
            let importance = f64::from(entry.importance) * entry.of;
            // Lines of skills are filled by their widths; which of a group is missing says little.
            let is_skill = entry.section == SectionKind::Skills;
            let wording = entry.texts.first().and_then(|text| text.wordings().first());
            let left_out = LeftOutEntry {
                name: entry.names.first().cloned().unwrap_or_default(),
                must_be_seen: importance >= MUST_BE_SEEN && !is_skill,
                place: wording.map(|wording| wording.place),
            };
            match found.iter_mut().find(|section| section.section == word) {
                Some(section) => section.entries.push(left_out),
                None => {
                    let mut entries = catalog.outline.iter();
                    let is_shown = |other: &Entry| {
                        other.section == entry.section && other.is_shown(&choice.items)
                    };
                    let whole = !entries.any(is_shown);
                    let section = word.to_owned();
                    found.push(Self { section, entries: vec![left_out], whole });
                }
            }
        }
        found
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
