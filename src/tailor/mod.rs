//! What a document shows: the choice of optional entries that has the highest score and fits its pages.
//!
//! `catalog` lists what is optional, `score` rates each entry, `heights` has their heights, `select`
//! finds the best choice and `fit` makes it fill the pages by their `spaces`; `terms` and `coverage` compare the record
//! with a job's words and `ledger` explains it all. Knows neither YAML nor Typst: the caller measures
//! and lays out.

mod catalog;
mod heights;

mod constraints;
mod coverage;
mod fit;
mod giving_way;
mod items;
mod lasting;
mod ledger;
mod left_out;
mod lexicon;
mod outline;
mod print;
mod score;
mod select;
mod spaces;
mod terms;

pub use catalog::{Catalog, Named, Optional};
pub use constraints::Constraints;
pub use coverage::{Coverage, cover};
pub use fit::{Candidates, Fitted, Layouts, Pages, Unfit, fit, whole};
pub use giving_way::ways;
pub use heights::{EntryHeights, HeadHeight, Heights, PageHeights, Report, add, unmeasured};
pub use items::{Absent, Item, Selection};
pub use ledger::{Difference, Ledger, Line, Reason};
pub use left_out::LeftOut;
pub use outline::CONDENSED;
pub use score::{Lexis, Scale, Score, Scores, scores};
pub use select::Choice;
pub use spaces::{Fit, Measure};
pub use terms::{Terms, salient};
