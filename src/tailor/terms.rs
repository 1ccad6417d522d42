//! Terms: the same thing in two scripts, in the plural, with a particle, in another case.
//!
//! A term is one to five words written together. No network and no model: spellings come from the record
//! and from `lexicon`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::record::Record;
use crate::record::model::career::CareerEntryKind;
use crate::record::text::{Text, Wording};
use crate::tailor::degree::degrees;
use crate::tailor::lexicon::{TERMS, is_stop, is_word_too};
use crate::tailor::words::{Word, keys, plain_key, runs, spelling, stem_key, stems, words};

/// Words after a name that is also a word, where it stands at the start of a sentence.
const AFTER_NAMES: [&str; 7] = ["and", "or", "on", "is", "with", "for", "/"];
/// Letters of an abbreviation in brackets behind the words it stands for.
const ABBREVIATION: std::ops::RangeInclusive<usize> = 2..=8;

/// The terms that are looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// Those of the record and of the built-in list, which all applications share.
    known: Arc<Index>,
    /// Those of one application.
    added: Index,
}

/// Terms by their spellings.
#[derive(Debug, Clone, Default, PartialEq)]
struct Index {
    names: Vec<String>,
    /// Terms that nearly every post of a trade has.
    generic: BTreeSet<usize>,
    /// Those of them that say nothing of somebody who lacks them.
    unsaid: BTreeSet<usize>,
    /// Names of products and programming languages.
    technologies: BTreeSet<usize>,
    keys: FxHashMap<String, usize>,
    /// Keys of spellings that are one word.
    solid: FxHashSet<String>,
}

/// A term in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub term: usize,
    /// Indexes of its first word and of the one after its last.
    pub words: (usize, usize),
}

impl Terms {
    /// The terms of a record (skills, technologies, tags, certificates, languages, subjects of
    /// study, with their aliases) and the built-in list.
    pub fn of(record: &Record) -> Self {
        let mut terms = Self::default();
        for skill in record.skills.iter().flat_map(|group| &group.skills) {
            let aliases = skill.aliases.iter().map(|alias| alias.value.clone());
            let names = names(&skill.name).into_iter().chain(aliases);
            terms.add(&names.collect::<Vec<_>>());
        }
        let positions = record.career.iter().flat_map(|entry| &entry.positions);
        let technologies = record.projects.iter().flat_map(|project| &project.technologies);
        let technologies = technologies
            .chain(record.career.iter().flat_map(|entry| &entry.technologies))
            .chain(positions.flat_map(|position| &position.technologies));
        for technology in technologies {
            terms.add(&names(technology));
        }
        for (tag, label) in &record.tags.0 {
            terms.add(&names(label).into_iter().chain([tag.to_string()]).collect::<Vec<_>>());
        }
        for known in &*TERMS {
            let term = terms.add_with(&known.spellings, known.stems);
            terms.added.generic.extend(term.filter(|_| known.generic));
            terms.added.unsaid.extend(term.filter(|_| known.unsaid));
            terms.added.technologies.extend(term.filter(|_| known.technology));
        }
        let certificates = record.certificates.iter().map(|certificate| &*certificate.name);
        let languages = record.languages.iter().map(|spoken| &spoken.language);
        let education = |kind| kind == CareerEntryKind::Education;
        let schools = record.career.iter().filter(|entry| education(entry.kind));
        let subjects = schools.flat_map(|entry| &entry.positions);
        let subjects = subjects.filter_map(|position| position.department.as_deref());
        for text in certificates.chain(languages).chain(subjects) {
            let names = names(text);
            let is_degree = names.iter().any(|name| degrees(name).next().is_some());
            let mut all = names.iter().flat_map(|name| words(name));
            if !is_degree && all.any(|word| !is_stop(&word.singular())) {
                terms.add(&names);
            }
        }
        Self { known: Arc::new(terms.added), added: Index::default() }
    }

    /// Adds a term, or more spellings to an existing one; returns its index.
    pub fn add(&mut self, spellings: &[impl AsRef<str>]) -> Option<usize> {
        self.add_with(spellings, true)
    }

    /// The same; single words have `stems` where they may be inflected in more ways than the plural.
    fn add_with(&mut self, spellings: &[impl AsRef<str>], stems: bool) -> Option<usize> {
        let keys: Vec<String> =
            spellings.iter().map(|spelling| plain_key(spelling.as_ref())).collect();
        let term = match keys.iter().find_map(|key| self.get(key)) {
            Some(term) => term,
            None => {
                self.added.names.push(spellings.first()?.as_ref().to_owned());
                self.known.names.len() + self.added.names.len() - 1
            }
        };
        for (key, spelling) in keys.iter().zip(spellings) {
            if words(spelling.as_ref()).len() == 1 {
                self.added.solid.insert(key.clone());
            }
        }
        let inflected = spellings.iter().map(AsRef::as_ref);
        let inflected = inflected.filter(|spelling| stems || words(spelling).len() > 1);
        let stems = inflected.filter_map(stem_key);
        for key in keys.into_iter().filter(|key| !key.is_empty()).chain(stems) {
            if !self.known.keys.contains_key(&key) {
                self.added.keys.entry(key).or_insert(term);
            }
        }
        Some(term)
    }

    fn get(&self, key: &str) -> Option<usize> {
        self.known.keys.get(key).or_else(|| self.added.keys.get(key)).copied()
    }

    /// The term that one of these spellings is, and not merely has in it.
    pub fn called(&self, spellings: &[impl AsRef<str>]) -> Option<usize> {
        spellings.iter().find_map(|spelling| self.get(&plain_key(spelling.as_ref())))
    }

    /// The name of a term.
    pub fn name(&self, term: usize) -> &str {
        let own = self.known.names.get(term);
        let added = || self.added.names.get(term - self.known.names.len());
        own.or_else(added).map_or("", String::as_str)
    }

    /// Whether nearly every post of a trade has a term.
    pub fn is_generic(&self, term: usize) -> bool {
        self.known.generic.contains(&term)
    }

    /// Whether a term says nothing of somebody who lacks it.
    pub(super) fn is_unsaid(&self, term: usize) -> bool {
        self.known.unsaid.contains(&term)
    }

    /// Whether a term is the name of a product or a programming language.
    pub(super) fn is_technology(&self, term: usize) -> bool {
        self.known.technologies.contains(&term)
    }

    /// The terms of a text, each with how often it occurs there.
    pub fn find(&self, text: &str) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for found in self.all(&words(text)) {
            *counts.entry(found.term).or_insert(0) += 1;
        }
        counts
    }

    /// The terms of a text as they are written there, of those in each other's words the longest.
    pub(super) fn spelt(&self, text: &str) -> Vec<(usize, String)> {
        let (words, mut next) = (words(text), 0);
        let mut found = self.all(&words);
        found.retain(|found| {
            let is_apart = found.words.0 >= next;
            if is_apart {
                next = found.words.1;
            }
            is_apart
        });
        let spelt = |Found { term, words: (start, end) }: Found| {
            let run = &words[start..end];
            (term, self.without_ending(spelling(text, run), run, term))
        };
        found.into_iter().map(spelt).collect()
    }

    /// Whether one application adds a spelling.
    pub fn is_added(&self, key: &str) -> bool {
        self.added.keys.contains_key(key)
    }

    /// A spelling of a term without what follows a Korean noun.
    pub(super) fn without_ending(&self, spelling: String, run: &[Word], term: usize) -> String {
        let last = run.last().filter(|last| last.is_hangul());
        let all = last.into_iter().flat_map(|last| {
            stems(last.text).map(|stem| &spelling[..spelling.len() - last.text.len() + stem.len()])
        });
        let is_it = |short: &&str| self.get(&plain_key(short)) == Some(term);
        let short = all.into_iter().find(is_it).map(str::to_owned);
        if self.get(&plain_key(&spelling)) == Some(term) {
            spelling
        } else {
            short.unwrap_or(spelling)
        }
    }

    /// Every term at every place, the longer before the shorter.
    pub(super) fn all(&self, words: &[Word]) -> Vec<Found> {
        let term = |(run, start): (&[Word], usize)| {
            // `js` is no word of `Node.js`, and `ve` none of `you’ve`.
            if start > 0 && matches!(run[0].between, "." | "'" | "’") {
                return None;
            }
            // `in design` is not `InDesign`.
            let parted = run.len() > 1 && run[1].between == " " && is_stop(run[0].text);
            let end = start + run.len();
            let term = keys(run).into_iter().find_map(|key| {
                let term = self.get(&key)?;
                let is_solid = self.known.solid.contains(&key) || self.added.solid.contains(&key);
                let apart = !(parted && is_solid);
                let is_name =
                    apart && (!needs_capital(&key) || is_written_as_name(words, start, end));
                is_name.then_some(term)
            });
            term.map(|term| Found { term, words: (start, end) })
        };
        runs(words).filter_map(term).collect()
    }
}

/// Whether a spelling is a name only with a capital: it is a word, too, or a single letter.
fn needs_capital(key: &str) -> bool {
    is_word_too(key) || (key.len() == 1 && key.is_ascii())
}

/// Whether words that may be a name are written as one: `React`, and neither `react` nor `React quickly`.
fn is_written_as_name(words: &[Word], start: usize, end: usize) -> bool {
    let (first, next) = (&words[start], words.get(end));
    if !first.is_capital() || next.is_some_and(Word::is_tight) {
        return false;
    }
    if end - start > 1 || first.text.chars().count() == 1 {
        return !(start > 0 && first.is_tight());
    }
    let Some(next) = next.filter(|next| first.is_first(start) && next.between == " ") else {
        return true;
    };
    // A sentence begins with any word in capitals.
    next.is_hangul() || next.is_capital() || AFTER_NAMES.contains(&next.text)
}

/// The wordings of a text; an abbreviation in brackets behind one is another.
fn names(text: &Text) -> Vec<String> {
    let mut names: Vec<String> = text.wordings().iter().map(Wording::plain).collect();
    for name in names.clone() {
        let Some((long, rest)) = name.split_once('(') else { continue };
        let Some((short, "")) = rest.split_once(')') else { continue };
        names.push(long.trim().to_owned());
        let is_short = short.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if is_short && ABBREVIATION.contains(&short.len()) {
            names.push(short.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::Terms;

    fn terms(list: &[&[&str]]) -> Terms {
        let mut terms = Terms::default();
        for spellings in list {
            terms.add(spellings);
        }
        terms
    }

    fn found(list: &[&[&str]], text: &str) -> Vec<String> {
        let terms = terms(list);
        terms.find(text).into_keys().map(|term| terms.name(term).to_owned()).collect()
    }

    #[test]
    fn a_particle_is_no_part_of_a_word() {
        let list: &[&[&str]] = &[&["Kubernetes", "쿠버네티스"], &["Python", "파이썬"]];
        assert_eq!(found(list, "쿠버네티스를 씁니다"), ["Kubernetes"]);
        assert_eq!(found(list, "Kubernetes에서는 파이썬으로"), ["Kubernetes", "Python"]);
        assert_eq!(found(list, "파이썬다운"), [""; 0]);
    }

    #[test]
    fn case_plural_and_punctuation_do_not_matter() {
        let list: &[&[&str]] =
            &[&["Node.js", "NodeJS"], &["Step Functions"], &["C++"], &["GPU container"]];
        assert_eq!(found(list, "node.js, NODEJS and step-function"), ["Node.js", "Step Functions"]);
        assert_eq!(found(list, "GPU containers in C++."), ["C++", "GPU container"]);
        assert_eq!(found(list, "a node. JS is"), [""; 0]);
    }

    #[test]
    fn names_of_one_letter_and_with_marks_are_told_apart() {
        let list: &[&[&str]] = &[&["C"], &["C#"], &["C++"], &["R"], &[".NET"], &["GD&T"]];
        assert_eq!(found(&[&["ACL"], &["ACLS"]], "ACLS"), ["ACLS"]);
        assert_eq!(found(&[&["RDBMS"]], "rdbms"), ["RDBMS"]);
        assert_eq!(found(list, "C, C# and R"), ["C", "C#", "R"]);
        assert_eq!(found(list, "C/C++로 개발, R을 사용"), ["C", "C++", "R"]);
        assert_eq!(found(list, "C-level, R&D, a c and an r, net"), [""; 0]);
        assert_eq!(found(list, "on .NET with GD&T"), [".NET", "GD&T"]);
        let list: &[&[&str]] = &[&["JavaScript", "JS"], &["Node.js", "Node"], &["Next.js"]];
        assert_eq!(found(list, "Node.js"), ["Node.js"]);
        assert_eq!(found(list, "D3.js and Next.js"), ["Next.js"]);
    }

    #[test]
    fn a_word_is_found_in_its_forms() {
        let list: &[&[&str]] =
            &[&["Deploy"], &["Trace"], &["Debug"], &["Containerise"], &["Scalability"], &["API"]];
        let text = "deployed and traced, debugging; containerised, scalable APIs";
        assert_eq!(
            found(list, text),
            ["Deploy", "Trace", "Debug", "Containerise", "Scalability", "API"]
        );
        assert_eq!(found(&[&["Modelling"], &["Accessibility"]], "a model has access"), [""; 0]);
    }

    #[test]
    fn names_that_are_also_words_need_a_capital() {
        let list: &[&[&str]] = &[&["React"], &["Go"], &["Express"], &["Make"], &["Swift"]];
        assert_eq!(found(list, "to react and go"), [""; 0]);
        assert_eq!(found(list, "React and Go"), ["React", "Go"]);
        assert_eq!(found(list, "Go-to-market. React quickly! Express your ideas"), [""; 0]);
        assert_eq!(found(list, "Swift(SwiftUI)와 React를"), ["React", "Swift"]);
    }
}
