//! What the pages of one record have in common, by language, paper and measure.
//!
//! Must not know how a page is laid out: whoever measures puts the result here.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::tailor::{EntryCosts, Lexis};

/// Found out once, and used by every page of a record.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// The terms of its entries.
    pub lexis: OnceLock<Lexis>,
    /// What its entries cost.
    pub entries: Kept<Vec<EntryCosts>>,
    /// What its entries cost at the least.
    pub sketches: Kept<Vec<EntryCosts>>,
}

/// Results by what they depend on.
#[derive(Debug)]
pub(crate) struct Kept<T>(Mutex<HashMap<String, T>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Kept<T> {
    /// What is kept under a key.
    pub fn get(&self, key: &str) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps something under a key, in place of what was there.
    pub fn keep(&self, key: String, value: &T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key, value.clone());
    }
}
