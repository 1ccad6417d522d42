//! What a document shows of what it can do without, and in which order.

use std::collections::HashSet;

use crate::tailor::items::{Absent, Item};
use crate::tailor::order::Order;

/// What a document shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// `None` shows everything that is not absent.
    shown: Option<HashSet<Item>>,
    absent: Absent,
    /// The order of what stands within an entry.
    pub order: Order,
}

impl Selection {
    /// Shows everything.
    pub fn all() -> Self {
        Self::default()
    }

    /// Shows these entries and no others.
    pub fn of(items: impl IntoIterator<Item = Item>) -> Self {
        Self { shown: Some(items.into_iter().collect()), ..Self::default() }
    }

    /// The same without what is absent.
    pub fn without(self, absent: &Absent) -> Self {
        Self { absent: absent.clone(), ..self }
    }

    /// The same with what stands within an entry in an order.
    pub fn in_order(self, order: Order) -> Self {
        Self { order, ..self }
    }

    /// Whether an entry is shown.
    pub fn shows(&self, item: &Item) -> bool {
        let chosen = self.shown.as_ref().is_none_or(|shown| shown.contains(item));
        (chosen || item.stays()) && !self.absent.items.contains(item)
    }

    /// Whether an employer, by its id, shares one entry with others.
    pub fn condenses(&self, id: &str) -> bool {
        self.absent.condensed.contains(id)
    }
}
