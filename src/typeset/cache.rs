//! Results that the pages of one record share.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::tailor::{EntryHeights, Lexis, Repeats};

/// Results that every page of a record uses.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// The terms of its entries.
    pub lexis: OnceLock<Lexis>,
    /// Its results that tell the same.
    pub repeats: OnceLock<Repeats>,
    /// The heights of its entries that were measured, by what they depend on beside the record.
    heights: Mutex<HashMap<String, EntryHeights>>,
}

impl Cache {
    /// The heights of the entries.
    pub fn heights(&self) -> MutexGuard<'_, HashMap<String, EntryHeights>> {
        self.heights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
