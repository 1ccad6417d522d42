//! What a role, a headline, a summary or a letter claims and nothing else in the record supports.
//!
//! A claim that is similar to something in the record counts as supported: silence is better than a wrong
//! warning.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use unicode_segmentation::UnicodeSegmentation;

use crate::record::Record;
use crate::record::model::applications::Application;
use crate::record::model::career::{CareerEntry, CareerEntryKind};
use crate::record::placeholders::fill;
use crate::record::read::Read;
use crate::record::text::{Text, Wording};
use crate::tailor::degree::{degrees_alone, years_of_experience};
use crate::tailor::lexicon::{has_cue, is_implied};
use crate::tailor::terms::Terms;
use crate::tailor::words::words;

/// Languages in which a wish is told from a claim.
const READ: [&str; 2] = ["en", "ko"];
/// Letters that an acronym has at least.
const ACRONYM: usize = 3;
/// Syllables of a Korean name at least: a shorter one is another word, too.
const SYLLABLES: usize = 3;
/// Letters that two related words have in common, from the first on.
const RELATED: usize = 4;

/// Something that is claimed.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    /// The wording that claims it.
    pub wording: &'a Wording,
    /// How it is written there.
    pub words: String,
    /// What is claimed.
    pub what: Claimed,
}

/// What is claimed.
#[derive(Debug, Clone, PartialEq)]
pub enum Claimed {
    /// A term, by its name.
    Term(String),
    /// Years of experience, of which the record has no more than these.
    Years(u32),
    /// A degree.
    Degree,
}

impl Claim<'_> {
    /// Its name in a list.
    pub fn name(&self) -> &str {
        match &self.what {
            Claimed::Term(name) => name,
            Claimed::Years(_) | Claimed::Degree => &self.words,
        }
    }
}

/// What a record says beside its claims.
pub struct Evidence {
    text: String,
    small: String,
    words: HashSet<String>,
    /// Years since the first date, where all employments have dates.
    years: Option<u32>,
}

impl Evidence {
    /// The evidence of a record on a day.
    pub fn of(record: &Record, day: Option<NaiveDate>) -> Self {
        let text = evidence(record, false);
        let small = text.to_lowercase();
        let words = words(&small).iter().map(|word| word.text.to_owned()).collect();
        let undated = |entry: &CareerEntry| {
            let mut positions = entry.positions.iter();
            entry.kind == CareerEntryKind::Work
                && positions.any(|position| position.time.period().start.is_none())
        };
        let first = record.times().filter_map(|time| Some(time.period().start?.first_day())).min();
        let years = day
            .zip(first)
            .map(|(day, first)| (day.year() - first.year()).max(0).unsigned_abs() + 1);
        let years = years.filter(|_| !record.career.iter().any(undated));
        Self { text, small, words, years }
    }

    /// Whether it has something like these words.
    fn has(&self, spelling: &str) -> bool {
        let small = spelling.to_lowercase();
        let inside = small.chars().count() > 2 && self.small.contains(&small);
        let related = |word: &str| {
            let stem: String = word.chars().take(RELATED).collect();
            self.words.contains(word)
                || stem.chars().count() == RELATED
                    && self.words.iter().any(|own| own.starts_with(&stem))
        };
        inside || words(&small).iter().all(|word| related(word.text))
    }
}

/// What statements and letters claim and the evidence does not support, each once for each wording.
pub fn unsupported<'a>(
    statements: &[&'a Text],
    letters: &[&'a Text],
    terms: &Terms,
    evidence: &Evidence,
) -> Vec<Claim<'a>> {
    let known = terms.find(&evidence.text);
    let degree = degrees_alone(&evidence.text).map(|(level, _)| level).max().unwrap_or(0);
    let mut claims = Vec::new();
    let texts = statements.iter().map(|text| (*text, false));
    let texts = texts.chain(letters.iter().map(|text| (*text, true)));
    let wordings = texts.flat_map(|(text, is_letter)| {
        text.wordings().iter().map(move |wording| (wording, is_letter))
    });
    for (wording, is_letter) in wordings {
        let language = wording.language.as_deref().and_then(|tag| tag.split('-').next());
        if language.is_some_and(|language| !READ.contains(&language)) {
            continue;
        }
        let plain = wording.with_words(fill(&wording.text, |_| String::new())).plain();
        for sentence in plain.unicode_sentences().filter(|own| is_claim(own, is_letter)) {
            let mut add = |words: &str, what: Claimed| {
                let claim = Claim { wording, words: words.to_owned(), what };
                let same = |known: &Claim| {
                    known.wording.place == wording.place && known.what == claim.what
                };
                if !claims.iter().any(same) {
                    claims.push(claim);
                }
            };
            for (term, words) in terms.spelt(sentence) {
                if is_distinct(terms, term, &words)
                    && !known.contains_key(&term)
                    && !evidence.has(&words)
                {
                    add(&words, Claimed::Term(terms.name(term).to_owned()));
                }
            }
            if let (Some((years, words)), Some(had)) =
                (years_of_experience(sentence), evidence.years)
                && u32::from(years) > had
            {
                add(words, Claimed::Years(had));
            }
            for (_, words) in degrees_alone(sentence).filter(|(level, _)| *level > degree) {
                add(words, Claimed::Degree);
            }
        }
    }
    claims
}

/// Whether a spelling of a term names one thing and no other: a product by its capital, a method by two
/// words or an acronym.
fn is_distinct(terms: &Terms, term: usize, spelling: &str) -> bool {
    if terms.is_generic(term) || is_implied(terms.name(term)) {
        return false;
    }
    let capitals = spelling.chars().filter(|c| c.is_uppercase()).count();
    let is_acronym = capitals >= ACRONYM && !spelling.chars().any(char::is_lowercase);
    let long = !spelling.is_ascii() && spelling.chars().count() >= SYLLABLES;
    match terms.is_technology(term) {
        true => capitals > 0 || long,
        false => is_acronym || words(spelling).len() > 1,
    }
}

/// Whether a sentence says what the person has or did, and not what they look for or what the reader has.
fn is_claim(sentence: &str, is_letter: bool) -> bool {
    let small = sentence.to_lowercase();
    let of_writer = has_cue(&small, "cues of the writer") && !has_cue(&small, "cues of the reader");
    !has_cue(&small, "cues of what is no claim") && (of_writer || !is_letter)
}

/// The texts of the profile that claim something.
pub fn claims_of_profile(record: &Record) -> Vec<&Text> {
    let (profile, mut texts) = (&record.profile, Vec::new());
    profile.role.texts(&mut texts);
    profile.headline.texts(&mut texts);
    profile.summary.texts(&mut texts);
    texts
}

/// The texts of an application that stand in place of the profile's.
pub fn claims_of_application(application: &Application) -> Vec<&Text> {
    let mut texts = Vec::new();
    application.role.texts(&mut texts);
    application.headline.texts(&mut texts);
    application.summary.texts(&mut texts);
    texts
}

/// Everything the record says, applications aside; with or without what the profile claims.
pub(super) fn evidence(record: &Record, with_claims: bool) -> String {
    let (mut texts, mut own): (Vec<&Text>, Vec<&Text>) = Default::default();
    record.texts(&mut texts);
    record.applications.texts(&mut own);
    record.snippets.texts(&mut own);
    if !with_claims {
        own.extend(claims_of_profile(record));
    }
    let own: HashSet<*const Text> = own.into_iter().map(std::ptr::from_ref).collect();
    texts.retain(|text| !own.contains(&std::ptr::from_ref(*text)));
    let skills = record.skills.iter().flat_map(|group| &group.skills);
    let aliases = skills.flat_map(|skill| skill.aliases.iter().map(|alias| alias.value.clone()));
    let wordings = texts.into_iter().flat_map(Text::wordings).map(Wording::plain);
    wordings.chain(aliases).collect::<Vec<_>>().join("\n\n")
}
