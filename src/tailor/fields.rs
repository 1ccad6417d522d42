//! Fields of work, such as testing or settlement of payments: what an advertisement and a result have to do with each
//! other where they share no term.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::tailor::advert::{Clause, Part};
use crate::tailor::lexicon::FIELDS;
use crate::tailor::terms::Terms;

/// What a field counts against a term that is named.
const FIELD: f64 = 0.5;
/// What each further line that speaks of a field adds to the first, and how many add something.
const LINE: (f64, usize) = (0.25, 4);

/// What a field counts more that the name of the post has, however many entries speak of it.
pub(super) const POST: f64 = 2.0;

/// The words of the fields, as terms, and the fields of each.
static WORDS: LazyLock<(Terms, Vec<Vec<usize>>)> = LazyLock::new(|| {
    let (mut terms, mut fields): (Terms, Vec<Vec<usize>>) = (Terms::default(), Vec::new());
    for (field, words) in FIELDS.iter().enumerate() {
        for word in words {
            let Some(term) = terms.add(&[word]) else { continue };
            fields.resize(fields.len().max(term + 1), Vec::new());
            fields[term].push(field);
        }
    }
    (terms, fields)
});

/// The name of a field, in lower case.
pub(super) fn name(field: usize) -> String {
    FIELDS
        .get(field)
        .and_then(|words| words.first())
        .map_or(String::new(), |name| name.to_lowercase())
}

/// The fields that a text speaks of.
pub(super) fn fields_of(text: &str) -> BTreeSet<usize> {
    let (terms, fields) = &*WORDS;
    terms.find(text).into_keys().flat_map(|term| fields[term].iter().copied()).collect()
}

/// The fields that an advertisement speaks of, each with its weight: by the most important part that does, and
/// by how many lines do.
pub(super) fn asked_fields(clauses: &[Clause]) -> Vec<(usize, f64)> {
    let mut asked: BTreeMap<usize, (Part, usize)> = BTreeMap::new();
    for clause in clauses.iter().filter(|clause| clause.part.weight() > 0.0) {
        for field in fields_of(&clause.text) {
            let (part, lines) = asked.entry(field).or_insert((clause.part, 0));
            *part = clause.part.max(*part);
            *lines += 1;
        }
    }
    let weight = |(part, lines): (Part, usize)| {
        FIELD * part.weight() * (1.0 + LINE.0 * (lines - 1).min(LINE.1) as f64)
    };
    asked.into_iter().map(|(field, found)| (field, weight(found))).collect()
}
