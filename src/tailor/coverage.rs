//! Which words of a job the page has, which only the record has, and which neither.
//!
//! It reports; it never adds a word to a page.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use crate::record::Record;
use crate::record::read::Read as _;
use crate::record::text::Text;
use crate::tailor::terms::{Terms, salient};

/// The terms of a job's text, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// On the page.
    pub on_page: Vec<String>,
    /// In the record, and not on the page.
    pub in_record: Vec<String>,
    /// Not in the record.
    pub missing: Vec<String>,
}

/// Compares a job's text with a page and the record it is made of.
pub fn cover(record: &Record, job: &str, page: &str) -> Coverage {
    let mut terms = Terms::of(record);
    let asked = salient(&mut terms, job);
    let on_page = terms.find(page);
    let in_record = of_record(record, &terms);
    let mut coverage = Coverage::default();
    for (term, _) in asked {
        let list = if on_page.contains_key(&term) {
            &mut coverage.on_page
        } else if in_record.contains_key(&term) {
            &mut coverage.in_record
        } else {
            &mut coverage.missing
        };
        list.push(terms.name(term).to_owned());
    }
    coverage
}

/// The terms of everything the record says, applications aside.
fn of_record(record: &Record, terms: &Terms) -> BTreeMap<usize, usize> {
    let (mut texts, mut own): (Vec<&Text>, Vec<&Text>) = Default::default();
    record.texts(&mut texts);
    record.applications.texts(&mut own);
    let own: HashSet<*const Text> = own.into_iter().map(std::ptr::from_ref).collect();
    texts.retain(|text| !own.contains(&std::ptr::from_ref(*text)));
    let wordings = texts.into_iter().flat_map(|text| text.wordings());
    let whole = wordings.map(|wording| wording.text.as_str()).collect::<Vec<_>>().join("\n\n");
    terms.find(&whole)
}
