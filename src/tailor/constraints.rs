//! What a document must show and what it must not.

use std::collections::BTreeSet;

use crate::record::model::settings::DocumentSettings;
use crate::record::read::Spanned;
use crate::tailor::catalog::{Catalog, Named};
use crate::tailor::items::{Absent, Item};

/// What the settings of a document insist on.
#[derive(Debug, Clone, Default)]
pub struct Constraints {
    /// Entries that must be shown; the owners of such entries must be too.
    pub pinned: BTreeSet<Item>,
    /// Entries that must not be shown.
    pub dropped: BTreeSet<Item>,
    /// Whether the highlights of an entry are ordered by their scores.
    pub by_score: bool,
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
        Self { pinned: items(&settings.pin), dropped, by_score: false }
    }

    /// What is dropped of all that stays otherwise.
    pub fn absent(&self) -> Absent {
        let items = self.dropped.iter().filter(|item| item.stays()).cloned();
        Absent { items: items.collect(), ..Absent::default() }
    }

    pub(super) fn must(&self, item: &Item) -> bool {
        self.pinned.contains(item)
    }

    pub(super) fn may(&self, item: &Item) -> bool {
        !self.dropped.contains(item)
    }
}
