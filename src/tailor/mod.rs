//! What a document shows: the choice of optional entries that has the highest score and fits its pages.
//!
//! `catalog` lists what is optional, `score` rates each entry, `candidates` holds what may be shown on how many
//! pages, `heights` has the heights of entries, `select` finds the best choice and `fit` makes it fill the pages
//! by their `spaces`; `plain`, `advert` and `asked` read an advertisement, `coverage` compares the page with it and
//! `ledger` explains it all. Knows neither YAML nor Typst: the caller measures and lays out.

mod advert;
mod asked;
mod candidates;
mod catalog;
mod claims;
mod constraints;
mod coverage;
mod degree;
mod fields;
mod fit;
mod giving_way;
mod heights;
mod items;
mod lasting;
mod layouts;
mod ledger;
mod left_out;
mod lexicon;
mod lexis;
mod naming;
mod order;
mod outline;
mod plain;
mod post;
mod print;
mod relevance;
mod repeats;
mod score;
mod select;
mod selection;
mod spaces;
mod terms;
mod versions;
mod words;

pub use asked::Asked;
pub use candidates::{Candidates, Unfit};
pub use catalog::{Catalog, Named, Optional};
pub use claims::{Claim, Claimed, Evidence, claims_of_application, claims_of_profile, unsupported};
pub use constraints::Constraints;
pub use coverage::{Count, Coverage, Page};
pub use fit::{Fitted, fit, whole};
pub use giving_way::ways;
pub use heights::{EntryHeights, HeadHeight, Heights, PageHeights, Report, add, unmeasured};
pub use items::{Absent, Item};
pub use layouts::{Layouts, Pages};
pub use ledger::{Difference, Ledger, Line, Reason, VERSION, VersionLine};
pub use left_out::LeftOut;
pub use lexis::{Lexis, asked};
pub use order::Order;
pub use outline::CONDENSED;
pub use relevance::Scale;
pub use repeats::Repeats;
pub use score::{Score, Scores, scores};
pub use select::Choice;
pub use selection::{Selection, Unnamed};
pub use spaces::{Fit, Measure};
pub use terms::Terms;
pub use versions::{UsedVersion, with_versions};
