//! Results that the pages of one record share in a run.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::engine::Words;
use crate::tailor::{EntryHeights, HeadHeight, Lexis, PageHeights, Repeats};

/// Results that every page of a record uses.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// The terms of its entries.
    pub lexis: OnceLock<Lexis>,
    /// Its results that tell the same.
    pub repeats: OnceLock<Repeats>,
    /// The heights of its entries that were measured, by what they depend on beside the record.
    heights: Mutex<HashMap<String, EntryHeights>>,
    /// The heights of its pages and of what stands at their head, by what they depend on beside the record and the
    /// words of the role.
    heads: Mutex<HashMap<String, (PageHeights, HeadHeight)>>,
    /// The words of the languages of its documents.
    words: Mutex<HashMap<String, Words>>,
}

impl Cache {
    /// The heights of the entries.
    pub fn heights(&self) -> MutexGuard<'_, HashMap<String, EntryHeights>> {
        self.heights.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The heights of the pages and of their heads.
    pub fn heads(&self) -> MutexGuard<'_, HashMap<String, (PageHeights, HeadHeight)>> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The words of a language, which `read` reads where they are not known.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn words<E>(
        &self,
        language: &str,
        read: impl FnOnce(&str) -> Result<Words, E>,
    ) -> Result<Words, E> {
        let mut known = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(words) = known.get(language) {
            return Ok(words.clone());
        }
        let words = read(language)?;
        known.insert(language.to_owned(), words.clone());
        Ok(words)
    }
}
