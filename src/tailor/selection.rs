//! What a document shows of what it can do without, and in which order.

use std::collections::{BTreeSet, HashSet};

use serde::Deserialize;

use crate::tailor::items::{Absent, Item};
use crate::tailor::order::Order;

/// The technologies that the line of a project has no room for, as the page reports them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Unnamed {
    /// The id of the project.
    pub entry: String,
    /// The technologies.
    pub names: Vec<String>,
}

/// What a document shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// `None` shows everything that is not absent.
    shown: Option<HashSet<Item>>,
    absent: Absent,
    /// The order of what stands within an entry.
    pub order: Order,
    /// The technologies that are named first where there is no room for all.
    pub technologies: BTreeSet<String>,
    /// The technologies that are not named.
    unnamed: Vec<Unnamed>,
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

    /// The same with technologies that are named first where there is no room for all.
    pub fn naming(self, technologies: &BTreeSet<String>) -> Self {
        Self { technologies: technologies.clone(), ..self }
    }

    /// The same without technologies that have no room.
    pub fn without_technologies(self, unnamed: &[Unnamed]) -> Self {
        Self { unnamed: unnamed.to_vec(), ..self }
    }

    /// Whether a project, by its id, names a technology.
    pub fn names(&self, project: &str, technology: &str) -> bool {
        let of = self.unnamed.iter().filter(|unnamed| unnamed.entry == project);
        !of.flat_map(|unnamed| &unnamed.names).any(|name| name == technology)
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
