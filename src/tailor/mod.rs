//! What a document shows: the choice of optional entries that fits the page.
//!
//! Knows values and sizes, not YAML and not Typst: whether a choice fits is asked of the caller.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::data::Record;
use crate::data::career::Importance;
use crate::data::date::End;

/// An entry that a document can do without.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A highlight of a station: the station's id and the highlight's index.
    StationHighlight(String, usize),
    /// A project, by its id.
    Project(String),
    /// A highlight of a project: the project's id and the highlight's index.
    ProjectHighlight(String, usize),
    /// A group of skills, by its index.
    Skills(usize),
}

/// The optional entries that a document shows.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// `None` shows everything.
    shown: Option<HashSet<Item>>,
}

impl Selection {
    /// Shows everything.
    pub fn all() -> Self {
        Self::default()
    }

    fn of(items: &[Item]) -> Self {
        Self { shown: Some(items.iter().cloned().collect()) }
    }

    /// Whether an entry is shown.
    pub fn shows(&self, item: &Item) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(item))
    }
}

/// Chooses as many entries as fit, the most valuable first.
///
/// `fits` lays a choice out and says whether it is within its pages. `None` when even the choice
/// that shows nothing optional is too long.
///
/// # Errors
/// Those of `fits`.
pub fn fit<E>(
    record: &Record,
    mut fits: impl FnMut(&Selection) -> Result<bool, E>,
) -> Result<Option<Selection>, E> {
    let ranked = rank(record);
    let (mut low, mut high) = (0, ranked.len());
    let whole = Selection::of(&ranked);
    if fits(&whole)? {
        return Ok(Some(whole));
    }
    if !fits(&Selection::of(&[]))? {
        return Ok(None);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if fits(&Selection::of(&ranked[..middle]))? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(Selection::of(&ranked[..low])))
}

/// The optional entries by falling value: importance first, then how recent they are. A highlight
/// is never worth more than the entry it belongs to, so no highlight comes without it.
fn rank(record: &Record) -> Vec<Item> {
    let mut items: Vec<(Importance, Reverse<bool>, Reverse<usize>, Item)> = Vec::new();
    for (age, station) in record.career.iter().enumerate() {
        for (at, highlight) in station.highlights.iter().enumerate() {
            let item = Item::StationHighlight(station.id.to_string(), at);
            items.push((highlight.importance, Reverse(true), Reverse(age), item));
        }
    }
    let mut projects: Vec<_> = record.projects.iter().collect();
    projects.sort_by_key(|project| {
        let end = match project.end.value {
            End::Present => None,
            End::On(date) => Some(date.end()),
        };
        Reverse((end.is_none(), end))
    });
    for (age, project) in projects.into_iter().enumerate() {
        let id = project.id.to_string();
        items.push((project.importance, Reverse(false), Reverse(age), Item::Project(id.clone())));
        for (at, highlight) in project.highlights.iter().enumerate() {
            let worth = highlight.importance.min(project.importance);
            let item = Item::ProjectHighlight(id.clone(), at);
            items.push((worth, Reverse(true), Reverse(age), item));
        }
    }
    for (at, group) in record.skills.iter().enumerate() {
        items.push((group.importance, Reverse(false), Reverse(at), Item::Skills(at)));
    }
    items.sort_by(|a, b| (b.0, b.1, b.2).cmp(&(a.0, a.1, a.2)));
    items.into_iter().map(|(.., item)| item).collect()
}
