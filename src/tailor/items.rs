//! The entries that a document can do without, and those of them that it shows.

use std::collections::HashSet;

use crate::record::model::sections::SectionId;

/// An entry that a document can do without.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// The line on what the person did at an employer or school, by the career entry's id.
    CareerSummary(String),
    /// A highlight of a career entry: the entry's id and the highlight's index.
    CareerHighlight(String, usize),
    /// A project, by its id.
    Project(String),
    /// What a project is and what came of it, by the project's id.
    ProjectSummary(String),
    /// A highlight of a project: the project's id and the highlight's index.
    ProjectHighlight(String, usize),
    /// A skill: its group's index and its own. A group none of whose skills is shown is not either.
    Skill(usize, usize),
    /// An entry of a shorter section, by its index; languages and interests are one entry each, and so
    /// is the text of a section of one's own.
    Listed(SectionId, usize),
    /// A highlight of such an entry: the entry's index and the highlight's own.
    ListedHighlight(SectionId, usize, usize),
}

/// The optional entries that a document shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// `None` shows everything.
    shown: Option<HashSet<Item>>,
}

impl Selection {
    /// Shows everything.
    pub fn all() -> Self {
        Self::default()
    }

    /// Shows these entries and no others.
    pub fn of(items: impl IntoIterator<Item = Item>) -> Self {
        Self { shown: Some(items.into_iter().collect()) }
    }

    /// Whether an entry is shown.
    pub fn shows(&self, item: &Item) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(item))
    }
}
