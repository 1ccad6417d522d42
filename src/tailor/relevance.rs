//! How well something fits an application: by its tags, by the keywords, and by what the advertisement
//! asks for.

use std::collections::BTreeSet;

use crate::record::Record;
use crate::record::model::applications::{Application, Tailoring};
use crate::record::model::text::Id;
use crate::tailor::fields::{Fields, direct, name};
use crate::tailor::lexis::Wanted;

/// What a tag or a keyword counts against 1 where nothing matches.
const FITS: f64 = 2.0;
/// What an entry counts that fits an advertisement as well as the second best does, against a keyword. So what matters
/// little and is asked for passes what matters much and is not.
pub(super) const ENOUGH: f64 = 6.0;
/// As [`ENOUGH`], for what says where somebody worked and with what, and is no result.
pub(super) const ENOUGH_SAID: f64 = 0.3;
/// As [`ENOUGH`], for the title of a project.
pub(super) const ENOUGH_TITLED: f64 = 3.0;
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
            half_life: weight(|t| t.half_life.map(|w| w.0), 12.0),
        }
    }
}

/// A number to the power of 0.75, by roots, which every machine rounds alike.
fn bent(number: f64) -> f64 {
    number.sqrt() * number.sqrt().sqrt()
}

/// What an application favours.
pub(super) struct Favoured<'a> {
    pub application: Option<&'a Application>,
    pub wanted: &'a Wanted,
    /// The terms of the advertisement with their weights.
    pub weights: Vec<(usize, f64)>,
    /// The fields of work that it speaks of, with theirs.
    pub fields: Fields,
    /// How well something fits that fits as well as anything needs to.
    pub best: f64,
    pub scale: Scale,
}

/// What an advertisement may speak of in an entry.
pub(super) struct Spoken<'a> {
    /// Its terms.
    pub terms: &'a BTreeSet<usize>,
    /// Of a skill, the one that it is: `AWS CDK` is not what a job that asks for `AWS` names.
    pub only: Option<Option<usize>>,
    /// Its fields of work, each with how much it speaks of it.
    pub fields: &'a Fields,
}

impl Favoured<'_> {
    /// How well something fits the advertisement, by its terms and its fields. What speaks of many fields speaks of
    /// each less.
    pub fn fit(&self, spoken: &Spoken) -> f64 {
        let terms = self.asked(spoken).map(|(_, weight)| weight).sum::<f64>();
        let part = |field| spoken.fields.get(field).copied().unwrap_or(0.0);
        let fields = self.fields.iter().map(|(field, weight)| part(field) * weight);
        let all = spoken.fields.values().sum::<f64>().max(1.0);
        terms + fields.sum::<f64>() / bent(all)
    }

    fn asked(&self, spoken: &Spoken) -> impl Iterator<Item = (usize, f64)> {
        let counts = move |term| spoken.only.is_none_or(|only| only == Some(term));
        let asked = self.weights.iter().copied();
        asked.filter(move |(term, _)| spoken.terms.contains(term) && counts(*term))
    }

    /// How well something fits: 1 where nothing matches; and what matches. It has tags of its own, and tags of
    /// what it belongs to; an advertisement counts `most` at most.
    pub fn relevance(
        &self,
        tags: &[&Id],
        inherited: &[&Id],
        spoken: &Spoken,
        most: f64,
    ) -> (f64, Vec<String>) {
        let Self { application, wanted, best, scale, .. } = self;
        let terms = &wanted.terms;
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
        for (term, weight) in wanted.keywords.iter().filter(|(term, _)| spoken.terms.contains(term))
        {
            fitting += weight;
            matched.push(terms.name(*term).to_owned());
        }
        for (term, _) in self.asked(spoken) {
            let name = terms.name(term);
            if !matched.iter().any(|known| known == name) {
                matched.push(name.to_owned());
            }
        }
        let named = direct(spoken.fields).filter(|field| self.fields.contains_key(field));
        matched.extend(named.map(name));
        // What fits well counts more than two that fit half as well.
        let fit = (self.fit(spoken) / best).min(1.0);
        let job = ENOUGH * fit * fit.sqrt();
        let fitting = scale.relevance * fitting + scale.job * job.min(most);
        (1.0 + FITS * fitting, matched)
    }
}
