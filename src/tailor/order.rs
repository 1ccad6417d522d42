//! The order of what stands within an entry, where it follows relevance.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::record::text::{Text, Wording};
use crate::tailor::items::Item;
use crate::tailor::terms::Terms;

/// What fits an application, in thousandths; all the same by default, which keeps everything as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Order {
    /// The scores of entries.
    pub scores: HashMap<Item, u64>,
    /// What the named groups of skills count more, by their indexes.
    pub groups: HashMap<usize, u64>,
    /// What terms count.
    pub weights: HashMap<usize, u64>,
    /// The terms.
    pub terms: Terms,
}

impl Order {
    /// The place of an entry among those beside it: the lowest is first, equals stay as written.
    pub fn of(&self, item: &Item) -> Reverse<u64> {
        Reverse(self.scores.get(item).copied().unwrap_or(0))
    }

    /// The place of a group with these skills.
    pub fn of_group(&self, group: usize, skills: impl Iterator<Item = usize>) -> Reverse<u64> {
        let scores = skills.map(|skill| self.of(&Item::Skill(group, skill)).0);
        let own = self.groups.get(&group).copied().unwrap_or(0);
        Reverse(own + scores.max().unwrap_or(0))
    }

    /// The place of a technology.
    pub fn of_technology(&self, name: &Text) -> Reverse<u64> {
        let names: Vec<String> = name.wordings().iter().map(Wording::plain).collect();
        let term = self.terms.called(&names);
        Reverse(term.and_then(|term| self.weights.get(&term)).copied().unwrap_or(0))
    }
}
