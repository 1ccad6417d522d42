//! Results that tell the same, such as one of an employment and one of a project that was a part of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::is_hangul;
use crate::tailor::catalog::{Catalog, Optional};
use crate::tailor::constraints::Constraints;
use crate::tailor::items::Item;
use crate::tailor::lexis::text_of;
use crate::tailor::score::Scores;
use crate::tailor::words::words;

/// The part of the shorter result's words, each counted by how rare it is, that two results share which tell the same.
const SAME: f64 = 0.35;
/// Letters of a word at least, unless it is a number or in capitals: shorter ones are articles and prepositions.
const LETTERS: usize = 4;
/// Words or pairs of syllables that such results share at least.
const MARKS: usize = 4;
/// Results that have a word at most for it to hint at one that tells the same.
const FEW: usize = 8;

/// The results of a record that tell the same as another one, of another entry.
#[derive(Debug, Clone, Default)]
pub struct Repeats {
    others: BTreeMap<Item, BTreeSet<Item>>,
}

impl Repeats {
    /// Compares all results of a record.
    pub fn new(catalog: &Catalog) -> Self {
        let results: Vec<(&Optional, BTreeSet<String>)> = catalog
            .entries
            .iter()
            .filter(|entry| {
                matches!(entry.item, Item::CareerHighlight(..) | Item::ProjectHighlight(..))
            })
            .map(|entry| (entry, marks(&text_of(entry))))
            .collect();
        let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (_, marks)) in results.iter().enumerate() {
            marks.iter().for_each(|mark| having.entry(mark).or_default().push(at));
        }
        // Roots are the same on every machine, logarithms are not.
        let weight = |count: usize| (results.len() as f64 / count as f64).sqrt().sqrt() - 1.0;
        let whole: Vec<f64> = { results.iter() }
            .map(|(_, marks)| marks.iter().map(|mark| weight(having[&**mark].len())).sum())
            .collect();
        let mut shared: BTreeMap<(usize, usize), (usize, f64)> = BTreeMap::new();
        for results in having.values().filter(|results| results.len() <= FEW) {
            for (nth, one) in results.iter().enumerate() {
                for other in &results[nth + 1..] {
                    let shared = shared.entry((*one, *other)).or_default();
                    *shared = (shared.0 + 1, shared.1 + weight(results.len()));
                }
            }
        }
        let mut others: BTreeMap<Item, BTreeSet<Item>> = BTreeMap::new();
        for ((one, other), (count, shared)) in shared {
            let (first, second) = (&results[one].0.item, &results[other].0.item);
            // A word that all results have says nothing.
            let part = SAME * whole[one].min(whole[other]);
            let tell_the_same = count >= MARKS && shared > 0.0 && shared >= part;
            let agree = numbers_agree(&results[one].1, &results[other].1);
            // The same work at two employers is not the same result.
            if project(first).is_some() != project(second).is_some() && tell_the_same && agree {
                others.entry(first.clone()).or_default().insert(second.clone());
                others.entry(second.clone()).or_default().insert(first.clone());
            }
        }
        Self { others }
    }

    /// What need not be shown because a better result tells it: one whose importance × relevance × recency, divided by the
    /// square root of the number of its letters, is greater. A longer one, which tells more, has to be better, but not in
    /// proportion to its length. For one of an employment, which needs no project, half is enough. What alone has a term
    /// comes first.
    pub(super) fn told(
        &self,
        catalog: &Catalog,
        scores: &Scores,
        constraints: &Constraints,
    ) -> BTreeSet<Item> {
        let may = |entry: &&Optional| {
            let owners = entry.owner.iter().chain([&entry.item]);
            self.others.contains_key(&entry.item) && { owners }.all(|item| constraints.may(item))
        };
        let worth = |entry: &Optional| {
            let wordings = entry.texts.first().map(|text| text.wordings()).unwrap_or_default();
            let letters = wordings.first().map_or(0, |first| first.plain().chars().count());
            let part = if project(&entry.item).is_some() { 1e6 } else { 2e6 };
            let Some(score) = scores.entries.get(&entry.item) else { return (false, 0) };
            let length = (letters.max(1) as f64).sqrt();
            let worth = part * score.importance * score.relevance * score.recency / length;
            (score.named > 0.0, worth as u64)
        };
        let mut results: Vec<(&Item, bool, (bool, u64))> = { catalog.entries.iter().filter(may) }
            .map(|entry| (&entry.item, constraints.must(&entry.item), worth(entry)))
            .collect();
        results.sort_by_key(|(_, must, worth)| (!must, Reverse(*worth)));
        let (mut told, mut better) = (BTreeSet::new(), BTreeSet::new());
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in catalog.entries.iter().filter(|entry| constraints.may(&entry.item)) {
            *left.entry(project(&entry.item).unwrap_or_default()).or_default() += 1;
        }
        for (item, must, _) in results {
            // A project is not shown without a result.
            let is_last = project(item).is_some_and(|project| left[project] == 1);
            if !must && !is_last && self.of(item).any(|other| better.contains(other)) {
                told.insert(item.clone());
                if let Some(left) = project(item).and_then(|project| left.get_mut(project)) {
                    *left -= 1;
                }
            } else {
                better.insert(item);
            }
        }
        told
    }

    /// Those of them of which a choice does show the better result, and, in place of the others, what would tell these;
    /// `None` where it shows the better result of all.
    pub(super) fn still_told(
        &self,
        told: &BTreeSet<Item>,
        choice: &BTreeSet<Item>,
    ) -> Option<BTreeSet<Item>> {
        let is_told = |item: &&Item| self.of(item).any(|other| choice.contains(other));
        let (mut still, free): (BTreeSet<&Item>, BTreeSet<&Item>) = told.iter().partition(is_told);
        still.extend(free.iter().flat_map(|item| self.of(item)).filter(|it| !free.contains(it)));
        (!free.is_empty()).then(|| still.into_iter().cloned().collect())
    }

    /// Constraints by which what is told elsewhere is not shown.
    pub(super) fn without(told: &BTreeSet<Item>, constraints: &Constraints) -> Constraints {
        let dropped = constraints.dropped.union(told).cloned().collect();
        Constraints { dropped, ..constraints.clone() }
    }

    /// The results that tell the same as one.
    pub(super) fn of(&self, item: &Item) -> impl Iterator<Item = &Item> {
        self.others.get(item).into_iter().flatten()
    }
}

/// The project of a result.
fn project(item: &Item) -> Option<&str> {
    match item {
        Item::ProjectHighlight(id, _) => Some(id),
        _ => None,
    }
}

/// Whether two results share a number, or one has none.
fn numbers_agree(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let is_number = |mark: &&String| mark.chars().all(|c| c.is_ascii_digit());
    let has_none = |marks: &BTreeSet<String>| !marks.iter().any(|mark| is_number(&mark));
    has_none(one) || has_none(other) || one.intersection(other).any(|mark| is_number(&mark))
}

/// By what two texts are compared: words and numbers and, as a Korean word has many endings, pairs of syllables.
fn marks(text: &str) -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    for word in words(text) {
        if word.is_hangul() {
            let syllables: Vec<char> = word.text.chars().filter(|c| is_hangul(*c)).collect();
            marks.extend(syllables.windows(2).map(String::from_iter));
        } else {
            let is_name = word.text.contains(|c: char| c.is_ascii_digit())
                || word.text.chars().all(char::is_uppercase);
            let word = word.singular();
            marks.extend((is_name || word.chars().count() >= LETTERS).then_some(word));
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Repeats, marks};
    use crate::tailor::items::Item;

    #[test]
    fn of_two_that_tell_the_same_the_second_is_let_in_without_the_first() {
        let (first, second) =
            (Item::CareerHighlight("a".into(), 0), Item::ProjectHighlight("b".into(), 0));
        let set = |item: &Item| BTreeSet::from([item.clone()]);
        let others = [(first.clone(), set(&second)), (second.clone(), set(&first))];
        let repeats = Repeats { others: others.into() };
        let told = set(&second);
        assert_eq!(repeats.still_told(&told, &set(&first)), None);
        assert_eq!(repeats.still_told(&told, &BTreeSet::new()), Some(set(&first)));
    }

    #[test]
    fn short_words_say_nothing_and_endings_little() {
        let marks = |text| marks(text).into_iter().collect::<Vec<_>>();
        assert_eq!(marks("The 140 boards of PDF"), ["140", "board", "pdf"]);
        assert_eq!(marks("보드에서"), ["드에", "보드", "에서"]);
    }
}
