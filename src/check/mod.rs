//! A [`Record`] → everything wrong with it that a reader would meet.
//!
//! A table of rules, one documented function each. Rules see the record and its addresses; how
//! problems are printed is not their business.

mod applications;
mod diagrams;
mod ids;
mod links;
mod time;

use crate::data::Record;
use crate::data::addresses::Addresses;
use crate::problem::{Problem, Sources};

/// What a rule may look at.
pub struct Subject<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its pages and heading ids.
    pub addresses: &'a Addresses,
    /// The texts it was read from, to point into.
    pub sources: &'a Sources,
    /// Whether the document's date is known.
    pub dated: bool,
}

/// A rule notes what it finds.
type Rule = fn(&Subject, &mut Vec<Problem>);

/// Every rule, in the order problems are shown.
const RULES: &[Rule] =
    &[
    ids::unique,
    ids::known,
    time::periods,
    time::open_ends,
    time::positions,
    links::meaningful,
    diagrams::drawable,
    diagrams::counted,
    applications::known,
];

/// Runs every rule.
pub fn check(subject: &Subject) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in RULES {
        rule(subject, &mut problems);
    }
    problems
}
