//! What a document shows: the choice of optional entries that has the highest score and fits its pages.
//!
//! `catalog` lists what is optional, `score` rates each entry, `heights` has their heights, `select`
//! finds the best choice and `fit` makes it fill the pages; `terms` and `coverage` compare the record
//! with a job's words and `ledger` explains it all. Knows neither YAML nor Typst: the caller measures
//! and lays out.

mod catalog;
mod heights;

mod coverage;
mod fit;
mod ledger;
mod left_out;
mod lexicon;
mod print;
mod score;
mod select;
mod terms;

use std::collections::HashSet;

use serde::Serialize;

use crate::record::model::sections::SectionId;

pub use catalog::{Catalog, Named, Optional};
pub use coverage::{Coverage, cover};
pub use fit::{Candidates, Fitted, Layouts, Pages, Unfit, fit, whole};
pub use heights::{EntryHeights, HeadHeight, Heights, PageHeights, Report, add, unmeasured};
pub use ledger::{Difference, Ledger, Line, Reason};
pub use left_out::LeftOut;
pub use score::{Lexis, Scale, Score, Scores, scores};
pub use select::{Choice, Constraints};
pub use terms::{Terms, salient};

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

/// What a template reports instead of setting pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The page without its entries.
    Page,
    /// The entries of the document.
    Entries,
    /// Both.
    All,
}

/// How pages are set to be filled: factors on the template's own sizes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// On the size of the body and what grows with it.
    pub scale: f64,
    /// On the space between lines.
    pub leading: f64,
    /// On the space between entries and sections.
    pub gaps: f64,
    /// What the template reports instead of setting pages.
    pub measure: Option<Measure>,
}

impl Fit {
    /// The template as it was drawn: 9.3 pt body.
    pub const REGULAR: Self = Self { scale: 1.0, leading: 1.0, gaps: 1.0, measure: None };
    /// As tight as a page may be: 8.8 pt body, line pitch 142 %. The template keeps its floor where
    /// its own body is smaller.
    pub const TIGHT: Self = Self { scale: 8.8 / 9.3, leading: 0.84, gaps: 0.6, measure: None };
    /// As loose as a page may be: 9.9 pt body, line pitch 160 %.
    pub const LOOSE: Self = Self { scale: 9.9 / 9.3, leading: 1.2, gaps: 1.5, measure: None };

    /// The same, for measuring.
    pub fn measuring(self, what: Measure) -> Self {
        Self { measure: Some(what), ..self }
    }

    /// A fit between two others: `part` 0 is `self`, 1 is `other`.
    pub fn towards(self, other: Self, part: f64) -> Self {
        let between = |a: f64, b: f64| a + (b - a) * part;
        Self {
            scale: between(self.scale, other.scale),
            leading: between(self.leading, other.leading),
            gaps: between(self.gaps, other.gaps),
            measure: self.measure,
        }
    }
}
