//! Text cut into words, and the forms in which a word is looked up.
//!
//! Text is cut where the script changes, so that a Korean particle is no part of a Latin name. Neither
//! case, plural, inflection nor punctuation makes another word.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;

use crate::markdown::is_hangul;
use crate::tailor::lexicon::{self, is_ending, is_exact, is_word_too};

/// Words that a term may have.
pub(super) const LONGEST: usize = 5;
/// Letters that a word has at least for its stem to mean something.
const STEMMED: usize = 4;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// Its letters.
    pub text: &'t str,
    /// What stands between the word before it and itself.
    pub between: &'t str,
}

impl<'t> Word<'t> {
    pub fn is_hangul(&self) -> bool {
        self.text.chars().next().is_some_and(is_hangul)
    }

    /// Whether it belongs to the word before it as far as spelling goes: nothing is between them, or one
    /// blank, hyphen, dot, slash or the like.
    pub fn is_joined(&self) -> bool {
        let soft =
            |c| matches!(c, ' ' | '\n' | '-' | '.' | '/' | '_' | '\'' | '’' | '·' | '&' | ',');
        let mut between = self.between.chars();
        match (between.next(), between.next()) {
            (None, _) => true,
            (Some(','), None) => false,
            (Some(c), None) => soft(c),
            // `P & L`
            _ => self.between == " & ",
        }
    }

    /// Whether it is a part of the same name as the word before it: `Node.js`, `Go-to-market`, `R&D`.
    pub fn is_tight(&self) -> bool {
        matches!(self.between, "-" | "." | "&" | "'" | "’" | "_" | "+")
    }

    /// Whether a sentence, a line or an item begins with it.
    pub fn is_first(&self, at: usize) -> bool {
        let between = self.between;
        at == 0
            || between.contains(['\n', '!', '?', ':', '•', ';'])
            || between.contains(". ")
            || between.contains("- ")
    }

    /// Whether it is written with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.text.trim_start_matches('.').starts_with(char::is_uppercase)
    }

    /// Its letters in lower case, in the singular.
    pub fn singular(&self) -> String {
        fold(&self.text.to_lowercase())
    }
}

/// Cuts a text into words: runs of Hangul, and runs of other letters and digits (`C++`, `C#`, `.NET`).
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let (mut start, mut end) = (None, 0);
    let mut cut = |from: Option<usize>, to: usize| {
        let Some(from) = from else { return };
        words.push(Word { text: &text[from..to], between: &text[end..from] });
        end = to;
    };
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mark =
            matches!(c, '+' | '#') && before.is_some_and(|b| b.is_ascii_alphanumeric() || b == '+');
        let dot = c == '.' && !is_letter(before) && next.is_some_and(|n| n.is_ascii_uppercase());
        // Most letters outside ASCII are syllables, for which no table is asked.
        let inside = matches!(c, '가'..='힣') || c.is_alphanumeric() || mark || dot;
        let changes = before.is_some_and(|before| is_hangul(before) != is_hangul(c));
        if !inside || dot || (changes && start.is_some()) {
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

/// The words that may be a term together, and where they begin; the longer before the shorter.
pub(super) fn runs<'w, 't>(words: &'w [Word<'t>]) -> impl Iterator<Item = (&'w [Word<'t>], usize)> {
    let at = move |start: usize| {
        let runs = (1..=LONGEST).rev().filter_map(move |length| words.get(start..start + length));
        runs.filter(|run| run[1..].iter().all(Word::is_joined)).map(move |run| (run, start))
    };
    (0..words.len()).flat_map(at)
}

/// The words as they are written.
pub(super) fn spelling(text: &str, run: &[Word]) -> String {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return String::new() };
    let from = first.text.as_ptr() as usize - text.as_ptr() as usize;
    let to = last.text.as_ptr() as usize - text.as_ptr() as usize + last.text.len();
    text.get(from..to).unwrap_or_default().to_owned()
}

/// All spellings that occur in a text.
pub(super) fn spellings(text: &str) -> FxHashSet<String> {
    runs(&words(text)).flat_map(|(run, _)| keys(run)).collect()
}

/// The key of a spelling: lower case, no blanks, no plural.
pub(super) fn plain_key(spelling: &str) -> String {
    key(&words(spelling))
}

/// The key of the stem of a spelling, after a mark that no spelling has; `None` where the stem is that of
/// another word.
pub(super) fn stem_key(spelling: &str) -> Option<String> {
    stemmed(&words(spelling))
}

/// The key by which a run of words is looked up: lower case, no blanks, no plural.
pub(super) fn key(words: &[Word]) -> String {
    // `APIs` is a plural, `apis` is none.
    let letters = |word: &Word<'_>| {
        let acronym = word.text.strip_suffix('s').filter(|rest| rest.len() > 1);
        let is_acronym = acronym.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_uppercase()));
        word.text.len() - usize::from(is_acronym)
    };
    let mut key = String::new();
    words.iter().for_each(|word| push_small(&mut key, &word.text[..letters(word)]));
    // `ACLS` is no plural of `ACL`.
    let is_acronym = |word: &Word| !word.text.chars().any(char::is_lowercase);
    if is_plural(&key) && !words.last().is_some_and(is_acronym) { fold(&key) } else { key }
}

/// Adds a text in lower case.
fn push_small(to: &mut String, text: &str) {
    if text.is_ascii() {
        let from = to.len();
        to.push_str(text);
        to[from..].make_ascii_lowercase();
    } else {
        to.push_str(&text.to_lowercase());
    }
}

/// Whether a word may be an English plural.
fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && word.is_ascii()
}

/// Removes an English plural.
fn fold(word: &str) -> String {
    let is = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    match word.len() {
        _ if !is_plural(word) => word.to_owned(),
        length if is(&["ies"]) => format!("{}y", &word[..length - 3]),
        length if is(&["xes", "ches", "shes", "sses"]) => word[..length - 2].to_owned(),
        _ if is(&["ss", "us", "is"]) => word.to_owned(),
        length => word[..length - 1].to_owned(),
    }
}

/// All ways to look a run of words up: as it stands, then without what follows a Korean noun, or by its
/// stem.
pub(super) fn keys(run: &[Word]) -> Vec<String> {
    let mut all = vec![key(run)];
    if let Some((last, before)) = run.split_last()
        && last.is_hangul()
    {
        let mut small = String::new();
        before.iter().for_each(|word| push_small(&mut small, word.text));
        all.extend(stems(last.text).map(|stem| format!("{small}{stem}")));
    } else {
        all.extend(stemmed(run));
        // An acronym may be written in small letters, and its plural in capitals.
        let mut small = String::new();
        run.iter().for_each(|word| push_small(&mut small, word.text));
        if is_plural(&small) {
            all.extend([fold(&small), small]);
        }
    }
    all
}

/// The key of a run by the stem of its last word.
fn stemmed(run: &[Word]) -> Option<String> {
    static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
    let (last, before) = run.split_last()?;
    // An acronym has no stem.
    let [first, rest @ ..] = last.text.as_bytes() else { return None };
    let is_word = first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_lowercase);
    // `securely` is no word for security.
    if !is_word || last.text.len() < STEMMED || last.text.ends_with("ly") {
        return None;
    }
    let word = last.text.to_ascii_lowercase();
    if is_exact(&word) || is_exact(&fold(&word)) || is_word_too(&word) {
        return None;
    }
    let stem = STEMMER.stem(&american(word)).into_owned();
    if is_word_too(&stem) {
        return None;
    }
    let mut key = String::new();
    before.iter().for_each(|word| push_small(&mut key, word.text));
    Some(format!("{key}~{stem}"))
}

/// A word in lower case as it is spelt in American English: `optimisation`, `labelling`.
fn american(mut word: String) -> String {
    for (british, own) in [("is", "iz"), ("ell", "el")] {
        let ends = ["ation", "ations", "e", "ed", "er", "ers", "es", "ing"];
        let at = word.rfind(british).filter(|at| ends.contains(&&word[at + british.len()..]));
        if let Some(at) = at {
            word.replace_range(at..at + british.len(), own);
        }
    }
    word
}

/// What may be the noun of a Korean word, the longest first.
pub(super) fn stems(word: &str) -> impl Iterator<Item = &str> {
    let cuts = word.char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
    // No two endings are longer, however long the word is.
    let cuts = cuts.take_while(|at| word.len() - at <= 2 * *lexicon::LONGEST_ENDING);
    cuts.filter(|at| is_one_or_two_endings(&word[*at..])).map(|at| &word[..at])
}

fn is_one_or_two_endings(rest: &str) -> bool {
    let two = |(at, _): (usize, char)| is_ending(&rest[..at]) && is_ending(&rest[at..]);
    is_ending(rest) || rest.char_indices().skip(1).any(two)
}

#[cfg(test)]
mod tests {
    use super::{stems, words};

    #[test]
    fn words_part_where_the_script_changes() {
        let texts = |text: &'static str| words(text).iter().map(|w| w.text).collect::<Vec<_>>();
        assert_eq!(texts("AWS의 Node.js(v20)를"), ["AWS", "의", "Node", "js", "v20", "를"]);
        assert_eq!(texts("C, C#, C++ and .NET."), ["C", "C#", "C++", "and", ".NET"]);
        assert_eq!(stems("설계하고").collect::<Vec<_>>(), ["설계하", "설계"]);
    }
}
