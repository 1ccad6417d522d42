//! What a document must show and what it must not.

use std::collections::{BTreeSet, HashMap};

use crate::record::model::settings::DocumentSettings;
use crate::record::read::Spanned;
use crate::tailor::catalog::{Catalog, Named};
use crate::tailor::items::{Absent, Item};
use crate::tailor::order::Order;
use crate::tailor::score::{First, Scores};

/// What the settings of a document insist on.
#[derive(Debug, Clone, Default)]
pub struct Constraints {
    /// Entries that must be shown; the owners of such entries must be too.
    pub pinned: BTreeSet<Item>,
    /// Entries that must not be shown.
    pub dropped: BTreeSet<Item>,
    /// Skills that the advertisement names, which are shown, too.
    pub asked: BTreeSet<Item>,
    /// Groups of skills that the advertisement names, by their indexes; each is shown with a skill at least.
    pub groups: BTreeSet<usize>,
    /// Whether what stands within an entry is ordered by relevance.
    pub by_relevance: bool,
}

impl Constraints {
    /// What settings ask for. Names that mean nothing have stopped the run before this.
    pub fn of(catalog: &Catalog, settings: &DocumentSettings) -> Self {
        let items = |names: &Option<Vec<Spanned<String>>>| -> BTreeSet<Item> {
            let named = names.iter().flatten().map(|name| catalog.named(&name.value));
            let items = named.filter_map(|named| match named {
                Named::Items(items) => Some(items),
                Named::Unknown => None,
            });
            items.flatten().collect()
        };
        let mut dropped = items(&settings.drop);
        let hidden = settings.hide.iter().flatten();
        dropped.extend(hidden.flat_map(|section| catalog.within(section.value.word())));
        // An employer without a position would be a name and nothing else.
        for entry in &catalog.lasting {
            let Item::Career(id) = &entry.item else { continue };
            let is_dropped = |at| dropped.contains(&Item::Position(id.clone(), at));
            if (0..entry.positions).all(is_dropped) {
                dropped.insert(entry.item.clone());
            }
        }
        let lasting = catalog.lasting.iter().filter(|it| dropped.contains(&it.item));
        let owned: Vec<Item> = lasting.flat_map(|it| it.owned.iter().cloned()).collect();
        dropped.extend(owned);
        Self { pinned: items(&settings.pin), dropped, ..Self::default() }
    }

    /// The same, with the skills and groups of skills that the advertisement names; `None` where it names
    /// none.
    pub fn asking(&self, catalog: &Catalog, scores: &Scores) -> Option<Self> {
        let asked: BTreeSet<Item> =
            scores.named.iter().filter(|item| self.may(item)).cloned().collect();
        let has_skill = |group: &usize| {
            let skills = catalog.entries.iter().map(|entry| &entry.item);
            { skills }
                .any(|item| matches!(item, Item::Skill(of, _) if of == group) && self.may(item))
        };
        let groups: BTreeSet<usize> = scores.groups.iter().copied().filter(has_skill).collect();
        let some = !asked.is_empty() || !groups.is_empty();
        some.then(|| Self { asked, groups, ..self.clone() })
    }

    /// The order of what stands within an entry.
    pub fn order(&self, scores: &Scores) -> Order {
        if !self.by_relevance {
            return Order::default();
        }
        let thousandths = |weight: &f64| (weight * 1000.0).round() as u64;
        let weights = scores.weights.iter().map(|(term, weight)| (*term, thousandths(weight)));
        let groups =
            scores.groups.iter().map(|group| (*group, scores.first(&First::Group(*group))));
        Order {
            scores: scores
                .entries
                .iter()
                .map(|(item, score)| (item.clone(), score.total))
                .collect(),
            groups: groups.collect::<HashMap<usize, u64>>(),
            weights: weights.collect(),
            terms: scores.terms.clone(),
        }
    }

    /// What is dropped of all that stays otherwise.
    pub fn absent(&self) -> Absent {
        let items = self.dropped.iter().filter(|item| item.stays()).cloned();
        Absent { items: items.collect(), ..Absent::default() }
    }

    pub(super) fn must(&self, item: &Item) -> bool {
        self.pinned.contains(item) || self.asked.contains(item)
    }

    pub(super) fn must_group(&self, group: usize) -> bool {
        self.groups.contains(&group)
    }

    pub(super) fn may(&self, item: &Item) -> bool {
        !self.dropped.contains(item)
    }
}
