//! The entries that a document can do without.

use std::collections::BTreeSet;

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
    /// A career entry, by its id. It is shown unless it is absent, as the next two are.
    Career(String),
    /// A position of a career entry, by the entry's id and the position's index.
    Position(String, usize),
    /// The courses of a career entry, by its id.
    Courses(String),
}

impl Item {
    /// Whether it is shown unless it is absent: what is chosen is chosen beside it.
    pub(super) fn stays(&self) -> bool {
        matches!(self, Self::Career(_) | Self::Position(..) | Self::Courses(_))
    }
}

/// What a document is without, whatever it chooses of the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Absent {
    /// What is not shown.
    pub items: BTreeSet<Item>,
    /// Employers that share one entry, by id.
    pub condensed: BTreeSet<String>,
}
