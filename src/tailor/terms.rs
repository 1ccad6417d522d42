//! Terms: the same thing in two scripts, in the plural, with a particle, in another case.
//!
//! Text is cut into words where the script changes; a term is one to four words written together.
//! No network and no model: spellings come from the record's aliases and from `lexicon`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::markdown::is_hangul;
use crate::record::Record;
use crate::record::text::{Text, Wording};
use crate::tailor::lexicon::{self, SPELLINGS, is_stop, is_word_too};

/// Words a term may have.
const LONGEST: usize = 4;

/// The terms that are looked for.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    names: Vec<String>,
    /// Folded spellings, to indexes of `names`.
    index: HashMap<String, usize>,
}

/// A term in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    term: usize,
    /// Indexes of its first word and of the one after its last.
    words: (usize, usize),
}

impl Terms {
    /// The terms of a record (skills, technologies, tags, with their aliases) and the built-in list.
    pub fn of(record: &Record) -> Self {
        let mut terms = Self::default();
        let wordings =
            |text: &Text| -> Vec<String> { text.wordings().iter().map(Wording::plain).collect() };
        for skill in record.skills.iter().flat_map(|group| &group.skills) {
            let aliases = skill.aliases.iter().map(|alias| alias.value.clone());
            terms.add(&wordings(&skill.name).into_iter().chain(aliases).collect::<Vec<_>>());
        }
        for technology in record.projects.iter().flat_map(|project| &project.technologies) {
            terms.add(&wordings(technology));
        }
        for (tag, label) in &record.tags.0 {
            terms.add(&wordings(label).into_iter().chain([tag.to_string()]).collect::<Vec<_>>());
        }
        for spellings in SPELLINGS {
            terms.add(spellings);
        }
        terms
    }

    /// Adds a term, or more spellings to an existing one; returns its index.
    pub fn add(&mut self, spellings: &[impl AsRef<str>]) -> Option<usize> {
        let keys: Vec<String> =
            spellings.iter().map(|spelling| key(&words(spelling.as_ref()))).collect();
        let known = keys.iter().find_map(|key| self.index.get(key).copied());
        let term = match known {
            Some(term) => term,
            None => {
                self.names.push(spellings.first()?.as_ref().to_owned());
                self.names.len() - 1
            }
        };
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            self.index.entry(key).or_insert(term);
        }
        Some(term)
    }

    /// The term that one of these spellings is, and not merely has in it.
    pub fn called(&self, spellings: &[impl AsRef<str>]) -> Option<usize> {
        let mut keys = spellings.iter().map(|spelling| key(&words(spelling.as_ref())));
        keys.find_map(|key| self.index.get(&key).copied())
    }

    /// The name of a term.
    pub fn name(&self, term: usize) -> &str {
        self.names.get(term).map_or("", String::as_str)
    }

    /// The terms of a text, each with how often it occurs there.
    pub fn find(&self, text: &str) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for found in self.all(&words(text)) {
            *counts.entry(found.term).or_insert(0) += 1;
        }
        counts
    }

    /// The spellings that are looked for here and not among others.
    pub fn beyond<'t>(&'t self, others: &Self) -> Vec<&'t str> {
        let new = self.index.keys().filter(|key| !others.index.contains_key(*key));
        new.map(String::as_str).collect()
    }

    /// Every term at every place, the longer before the shorter.
    fn all(&self, words: &[Word]) -> Vec<Found> {
        let term = |(run, start): (&[Word], usize)| {
            let term = keys(run).into_iter().find_map(|key| {
                let term = *self.index.get(&key)?;
                let named = !is_word_too(&key) || run[0].text.starts_with(char::is_uppercase);
                named.then_some(term)
            });
            term.map(|term| Found { term, words: (start, start + run.len()) })
        };
        runs(words).filter_map(term).collect()
    }
}

/// All spellings that occur in a text.
pub fn spellings(text: &str) -> HashSet<String> {
    runs(&words(text)).flat_map(|(run, _)| keys(run)).collect()
}

/// The words that may be a term together, and where they begin; the longer before the shorter.
fn runs<'w, 't>(words: &'w [Word<'t>]) -> impl Iterator<Item = (&'w [Word<'t>], usize)> {
    let at = move |start: usize| {
        let runs = (1..=LONGEST).rev().filter_map(move |length| words.get(start..start + length));
        runs.filter(|run| run[1..].iter().all(|word| word.joined)).map(move |run| (run, start))
    };
    (0..words.len()).flat_map(at)
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word<'t> {
    text: &'t str,
    /// Whether it belongs to the word before it as far as spelling goes: glued, or parted by one
    /// blank, hyphen, dot, slash or the like.
    joined: bool,
    /// Whether nothing is between it and the word before it.
    glued: bool,
    /// Whether a sentence, a line or an item begins with it.
    first: bool,
}

impl Word<'_> {
    fn is_hangul(&self) -> bool {
        self.text.chars().next().is_some_and(is_hangul)
    }
}

/// Cuts a text into words: runs of Hangul, and runs of other letters and digits (`C++`, `C#`).
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let (mut start, mut end) = (None, 0);
    let mut cut = |from: Option<usize>, to: usize| {
        let Some(from) = from else { return };
        let between = &text[end..from];
        let soft = between.chars().count() == 1
            && between
                .chars()
                .all(|c| matches!(c, ' ' | '\n' | '-' | '.' | '/' | '_' | '\'' | '’' | '·' | '&'));
        words.push(Word {
            text: &text[from..to],
            joined: between.is_empty() || soft,
            glued: between.is_empty() && from > 0,
            first: from == 0
                || between.contains(['\n', '!', '?', ':', '•'])
                || between.contains(". ")
                || between.contains("- "),
        });
        end = to;
    };
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let mark =
            matches!(c, '+' | '#') && before.is_some_and(|b| b.is_ascii_alphanumeric() || b == '+');
        let inside = c.is_alphanumeric() || mark;
        let changes = before.is_some_and(|before| is_hangul(before) != is_hangul(c));
        if !inside || (changes && start.is_some()) {
            cut(start.take(), at);
        }
        if inside && start.is_none() {
            start = Some(at);
        }
        before = Some(c);
    }
    cut(start, text.len());
    words
}

/// The key by which a run of words is looked up: lower case, no blanks, no plural.
fn key(words: &[Word]) -> String {
    fold(&words.iter().map(|word| word.text.to_lowercase()).collect::<String>())
}

/// Removes an English plural.
fn fold(word: &str) -> String {
    let long = word.len() > 3 && word.is_ascii();
    if long && word.ends_with("ies") {
        return format!("{}y", &word[..word.len() - 3]);
    }
    if long && ["xes", "ches", "shes", "sses"].iter().any(|end| word.ends_with(end)) {
        return word[..word.len() - 2].to_owned();
    }
    let plural =
        long && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if plural { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

/// All ways to look a run of words up: as it stands, then without what follows a Korean noun.
fn keys(run: &[Word]) -> Vec<String> {
    let mut all = vec![key(run)];
    if let Some((last, before)) = run.split_last()
        && last.is_hangul()
    {
        let before: String = before.iter().map(|word| word.text.to_lowercase()).collect();
        all.extend(stems(last.text).map(|stem| format!("{before}{stem}")));
    } else if let Some(word) = all.first() {
        let verbs: Vec<String> = verbs(word).filter(|verb| !is_word_too(verb)).collect();
        all.extend(verbs);
    }
    all
}

/// What may be the verb of an English `-ed` or `-ing`: deployed, traced, debugging.
fn verbs(word: &str) -> impl Iterator<Item = String> {
    let stem = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed"));
    let stem = stem.filter(|stem| stem.len() >= 3 && stem.is_ascii());
    let single = stem.and_then(|stem| {
        let (last, rest) = (stem.chars().last()?, &stem[..stem.len() - 1]);
        rest.ends_with(last).then(|| rest.to_owned())
    });
    let plain = stem.into_iter().flat_map(|stem| [stem.to_owned(), format!("{stem}e")]);
    plain.chain(single)
}

/// What may be the noun of a Korean word, the longest first.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    let cuts = word.char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
    // No two endings are longer, however long the word is.
    let cuts = cuts.take_while(|at| word.len() - at <= 2 * *lexicon::LONGEST_ENDING);
    cuts.filter(|at| is_ending(&word[*at..])).map(|at| &word[..at])
}

/// Whether this is one ending, or two.
fn is_ending(rest: &str) -> bool {
    let one = lexicon::is_ending;
    one(rest) || rest.char_indices().skip(1).any(|(at, _)| one(&rest[..at]) && one(&rest[at..]))
}

/// The terms that a job's words are about, in their order, each with how often it occurs there: the
/// known ones, unknown names, and words that are repeated. New ones are added.
pub fn salient(terms: &mut Terms, text: &str) -> Vec<(usize, usize)> {
    let words = words(text);
    let hangul = words.iter().filter(|word| word.is_hangul()).count() * 2 > words.len();
    let mut order: Vec<(usize, usize)> = Vec::new();
    let mut place_of: HashMap<usize, usize> = HashMap::new();
    let mut count = |term: usize| {
        let at = *place_of.entry(term).or_insert(order.len());
        match order.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => order.push((term, 1)),
        }
    };
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for found in terms.all(&words) {
        // A shorter term inside a longer one is part of its name.
        if (found.words.0..found.words.1).all(|word| !taken.contains(&word)) {
            taken.extend(found.words.0..found.words.1);
            count(found.term);
        }
    }
    let mut at = 0;
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    while at < words.len() {
        let mut end = at;
        while end < words.len()
            && !taken.contains(&end)
            && is_name(&words[end], hangul)
            && (end == at || words[end].joined)
        {
            end += 1;
        }
        if end > at {
            let (first, last) = (&words[at], &words[end - 1]);
            let from = first.text.as_ptr() as usize - text.as_ptr() as usize;
            let to = last.text.as_ptr() as usize - text.as_ptr() as usize + last.text.len();
            if let Some(term) = text.get(from..to).and_then(|name| terms.add(&[name])) {
                count(term);
            }
            at = end;
            continue;
        }
        if !taken.contains(&at)
            && let Some(word) = content_word(&words[at])
        {
            seen.entry(word).or_default().push(at);
        }
        at += 1;
    }
    for (word, places) in seen {
        if places.len() > 1
            && let Some(term) = terms.add(&[word])
        {
            places.iter().for_each(|_| count(term));
        }
    }
    order
}

/// Whether an unknown word looks like the name of something: an acronym, mixed case, a capital in
/// the middle of a sentence, or Latin letters in a Korean text.
fn is_name(word: &Word, hangul: bool) -> bool {
    let text = word.text;
    let letters = text.chars().filter(|c| c.is_ascii_alphabetic()).count();
    if word.is_hangul() || letters < 2 || text.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    if is_stop(&fold(&text.to_lowercase())) {
        return false;
    }
    let upper = text.chars().skip(1).any(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let capital = text.starts_with(|c: char| c.is_ascii_uppercase());
    hangul || upper || (capital && !word.first)
}

/// A word that may be a term when it is repeated: no stop word, long enough, without endings.
fn content_word(word: &Word) -> Option<String> {
    if word.is_hangul() {
        if word.glued {
            return None;
        }
        let noun = stems(word.text).last().unwrap_or(word.text);
        let noun = if noun.chars().count() < 2 { word.text } else { noun };
        let stop = std::iter::once(word.text).chain(stems(word.text)).any(is_stop);
        return (noun.chars().count() >= 2 && !stop).then(|| noun.to_owned());
    }
    let plain = fold(&word.text.to_lowercase());
    let fits = plain.len() >= 5 && plain.chars().all(|c| c.is_ascii_alphabetic());
    (fits && !is_stop(&plain)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::{Terms, stems, words};

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
    fn a_verb_is_found_in_its_forms() {
        let list: &[&[&str]] = &[&["Deploy"], &["Trace"], &["Debug"], &["Go"], &["Spring"]];
        let text = "deployed and traced, debugging; Going, Springing";
        assert_eq!(found(list, text), ["Deploy", "Trace", "Debug"]);
    }

    #[test]
    fn names_that_are_also_words_need_a_capital() {
        let list: &[&[&str]] = &[&["React"], &["Go"]];
        assert_eq!(found(list, "to react and go"), [""; 0]);
        assert_eq!(found(list, "React and Go"), ["React", "Go"]);
    }

    #[test]
    fn words_part_where_the_script_changes() {
        let texts: Vec<&str> = words("AWS의 Node.js(v20)를").iter().map(|word| word.text).collect();
        assert_eq!(texts, ["AWS", "의", "Node", "js", "v20", "를"]);
        assert_eq!(stems("설계하고").collect::<Vec<_>>(), ["설계하", "설계"]);
    }
}
