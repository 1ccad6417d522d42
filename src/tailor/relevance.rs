//! How well something fits an application: by its tags, by the keywords, and by what the advertisement
//! asks for.

use std::collections::BTreeSet;

use crate::record::Record;
use crate::record::model::applications::{Application, Tailoring};
use crate::record::model::text::Id;
use crate::tailor::fields::name;
use crate::tailor::lexis::Wanted;

/// What a tag, a keyword or a term that the advertisement requires counts against 1 where nothing matches.
const FITS: f64 = 2.0;
/// What the terms of an advertisement that an entry has count together at most: as much as six that are
/// required. So what matters little and is asked for passes what matters much and is not.
pub(super) const ENOUGH: f64 = 6.0;
/// As [`ENOUGH`], for what says where somebody worked and with what, and is no result.
pub(super) const ENOUGH_SAID: f64 = 1.0;
/// What a tag of the project counts for its highlights, against one of their own.
const INHERITED: f64 = 0.5;

/// How scores are weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// How much importance counts.
    pub importance: f64,
    /// How much tags and keywords count.
    pub relevance: f64,
    /// How much the words of the job count.
    pub job: f64,
    /// After how many years a score is halved; 0 lets nothing age.
    pub half_life: f64,
}

impl Scale {
    /// The application's weights, then the record's, then the usual ones.
    pub fn of(record: &Record, application: Option<&Application>) -> Self {
        let own = application.and_then(|application| application.tailoring.as_ref());
        let weight = |pick: fn(&Tailoring) -> Option<f64>, usual: f64| {
            own.and_then(pick).or(record.tailoring.as_ref().and_then(pick)).unwrap_or(usual)
        };
        Self {
            importance: weight(|t| t.importance.map(|w| w.0), 1.0),
            relevance: weight(|t| t.relevance.map(|w| w.0), 1.0),
            job: weight(|t| t.job.map(|w| w.0), 1.0),
            half_life: weight(|t| t.half_life.map(|w| w.0), 8.0),
        }
    }
}

/// What an application favours.
pub(super) struct Favoured<'a> {
    pub application: Option<&'a Application>,
    pub wanted: &'a Wanted,
    /// The terms of the advertisement with their weights.
    pub weights: Vec<(usize, f64)>,
    /// The fields of work that it speaks of, with theirs.
    pub fields: Vec<(usize, f64)>,
    pub scale: Scale,
}

impl Favoured<'_> {
    /// How well something fits: 1 where nothing matches; and what matches. It has tags of its own, tags of
    /// what it belongs to, terms, of which those count for the advertisement that `counts` allows, and fields of work.
    pub fn relevance(
        &self,
        tags: &[&Id],
        inherited: &[&Id],
        found: &BTreeSet<usize>,
        counts: impl Fn(usize) -> bool,
        speaks_of: &BTreeSet<usize>,
        most: f64,
    ) -> (f64, Vec<String>) {
        let Self { application, wanted, weights, fields, scale } = self;
        let terms = &wanted.asked.terms;
        let (mut fitting, mut matched) = (0.0, Vec::new());
        for (tag, weight) in application.iter().flat_map(|application| &application.tags.0) {
            let is = |known: &&Id| ***known == tag.value;
            let part = if tags.iter().any(is) {
                1.0
            } else if inherited.iter().any(is) {
                INHERITED
            } else {
                continue;
            };
            fitting += part * weight.0;
            matched.push(format!("#{}", tag.value));
        }
        for (term, weight) in wanted.keywords.iter().filter(|(term, _)| found.contains(term)) {
            fitting += weight;
            matched.push(terms.name(*term).to_owned());
        }
        let mut words = 0.0;
        let asked = weights.iter().filter(|(term, _)| found.contains(term) && counts(*term));
        for (term, weight) in asked {
            words += weight;
            let name = terms.name(*term);
            if !matched.iter().any(|known| known == name) {
                matched.push(name.to_owned());
            }
        }
        for (field, weight) in fields.iter().filter(|(field, _)| speaks_of.contains(field)) {
            words += weight;
            matched.push(name(*field));
        }
        let fitting = scale.relevance * fitting + scale.job * words.min(most);
        (1.0 + FITS * fitting, matched)
    }
}
