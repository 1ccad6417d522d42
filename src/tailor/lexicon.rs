//! Word lists: spellings of the same thing, words without meaning for a match, and how the parts of an
//! advertisement begin.
//!
//! The lists are text files in `lexicon/`. They must not know any record.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// A term of the built-in list.
#[derive(Debug)]
pub(super) struct Known {
    /// Its spellings; the first is its name.
    pub spellings: Vec<&'static str>,
    /// Whether nearly every post of its trade has it.
    pub generic: bool,
    /// Whether it says nothing of somebody who lacks it.
    pub unsaid: bool,
    /// Whether it is the name of a product or a programming language.
    pub technology: bool,
    /// Whether a single word of it is also named by words of the same stem: `automated` speaks of automation, but who
    /// is `interpreting` laws is no interpreter.
    pub stems: bool,
}

/// The section of the built-in list with the names of products and programming languages.
const TECHNOLOGIES: &str = "Programming languages, frameworks, tools";
/// The section with the methods of software.
const METHODS: &str = "Methods and domains of software and data";

/// The terms of the built-in list.
pub(super) static TERMS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let (mut known, mut technology, mut stems) = (Vec::new(), false, false);
    for line in include_str!("lexicon/terms.txt").lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("## ") {
            Some(section) => {
                technology = section == TECHNOLOGIES;
                stems = technology || section == METHODS;
            }
            None if line.starts_with('#') => {}
            None => {
                let (marks, spellings) = line.split_at(line.find(|c| c != '~').unwrap_or(0));
                let spellings = spellings.trim_start().split(" | ").collect();
                let (generic, unsaid) = (!marks.is_empty(), marks.len() > 1);
                known.push(Known { spellings, generic, unsaid, technology, stems });
            }
        }
    }
    known
});

/// A field of work.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name.
    pub name: &'static str,
    /// The indexes of other fields that its results speak for, too.
    pub near: Vec<usize>,
    /// The words that speak of it.
    pub words: Vec<&'static str>,
}

/// The fields of work.
pub(super) static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let lines = parted_lines(include_str!("lexicon/fields.txt"));
    let parted = lines.filter_map(|(head, words)| Some((head.split_once(" > ")?, words)));
    let parted: Vec<_> = parted.collect();
    let field = |name: &str| parted.iter().position(|((field, _), _)| *field == name);
    let of = |((name, near), words): &((&'static str, &str), &'static str)| Field {
        name,
        near: near.split(", ").filter_map(field).collect(),
        words: words.split(" | ").collect(),
    };
    parted.iter().map(of).collect()
});

/// The index of a field of work.
pub(super) fn field(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.name == name)
}

/// The lines `head: rest` of a list.
fn parted_lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": "))
}

/// A kind of post.
#[derive(Debug)]
pub(super) struct Post {
    /// The words of its names.
    pub words: Vec<&'static str>,
    /// The fields of work that it is about: the core, what is clearly wanted, what is near.
    pub tiers: Vec<Vec<usize>>,
}

/// The kinds of posts.
pub(super) static POSTS: LazyLock<Vec<Post>> = LazyLock::new(|| {
    let tier = |fields: &str| fields.split(", ").filter_map(field).collect();
    let post = |(words, fields): (&'static str, &'static str)| Post {
        words: words.split(" | ").collect(),
        tiers: fields.split("; ").map(tier).collect(),
    };
    parted_lines(include_str!("lexicon/posts.txt")).map(post).collect()
});

/// How an advertisement names what belongs in a section, by the section's word or id.
pub(super) fn section_words(section: &str) -> impl Iterator<Item = &'static str> {
    let lines = include_str!("lexicon/sections.txt").lines();
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let words = lines.find_map(|line| {
        let mut words = line.split(" | ");
        (words.next() == Some(section)).then_some(words)
    });
    words.into_iter().flatten()
}

/// The lists of `words.txt`, by their names.
static LISTS: LazyLock<FxHashMap<&str, FxHashSet<&str>>> = LazyLock::new(|| {
    let lists = titled(include_str!("lexicon/words.txt")).into_iter();
    lists.map(|(name, words)| (name, words.split_whitespace().collect())).collect()
});

/// The lists of a file: what stands in brackets on a line of its own, and what follows it.
fn titled(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let parts = text.split("\n[").skip(1);
    parts.filter_map(|part| part.split_once("]\n")).collect()
}

/// Whether a list of `words.txt` has a word.
fn has(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|words| words.contains(word))
}

/// Whether a name is also a word, so that only a capital letter makes it a name.
pub(super) fn is_word_too(key: &str) -> bool {
    has("capital needed", key)
}

/// Whether a word has the stem of another word that means something else.
pub(super) fn is_exact(word: &str) -> bool {
    has("exact", word)
}

/// Bytes of the longest ending.
pub(super) static LONGEST_ENDING: LazyLock<usize> =
    LazyLock::new(|| LISTS["endings"].iter().map(|ending| ending.len()).max().unwrap_or(0));

/// Whether a Korean word may end in this.
pub(super) fn is_ending(rest: &str) -> bool {
    has("endings", rest)
}

/// Whether a word of an advertisement names no skill: lower case, without plural or particle.
pub(super) fn is_stop(word: &str) -> bool {
    has("korean stops", word) || has("english stops", word)
}

/// Endings of ordinary English words, which few names have.
const ORDINARY_ENDINGS: [&str; 20] = [
    "able", "ance", "ed", "ence", "ful", "ible", "ing", "ise", "ism", "ity", "ize", "less", "ly",
    "ment", "ness", "ship", "sion", "tion", "ogy", "ical",
];

/// Whether an English word of an advertisement, in lower case and in the singular, is an ordinary one: with a capital
/// letter it still names nothing, unless it stands in a list of names.
pub(super) fn is_common(word: &str) -> bool {
    has("ordinary", word) || ORDINARY_ENDINGS.iter().any(|end| word.ends_with(end))
}

/// Whether a word is the name of a company whose products have names of their own.
pub(super) fn is_maker(word: &str) -> bool {
    has("makers", word)
}

/// Whether a word in lower case is one for a post.
pub(super) fn is_post(word: &str) -> bool {
    has("posts", word)
}

/// Letters of a Korean word for a post at most.
const POST_LETTERS: usize = 6;

/// Whether a Korean word ends in one for a post.
pub(super) fn ends_with_post(word: &str) -> bool {
    // Longer ones are not in the list; a text without blanks is one word.
    let ends = word.char_indices().rev().take(POST_LETTERS);
    { ends }.any(|(at, _)| has("posts", &word[at..]))
}

/// Whether the name of the post follows a word and a colon.
pub(super) fn is_post_label(word: &str) -> bool {
    has("post labels", word)
}

/// Whether a word stands before the name of a post and is no part of it.
pub(super) fn is_before_post(word: &str) -> bool {
    has("before posts", word)
}

/// Whether a word names a place.
pub(super) fn is_place(word: &str) -> bool {
    has("places", word)
}

/// Whether a word is the short name of a currency.
pub(super) fn is_currency(word: &str) -> bool {
    has("currencies", word)
}

/// The degree that a word names: 1 for an associate's, 2 for a bachelor's, 3 for a master's, 4 for a
/// doctor's.
pub(super) fn degree(word: &str) -> Option<u8> {
    let lists = ["degree 1", "degree 2", "degree 3", "degree 4"];
    (1..).zip(lists).find(|(_, list)| has(list, word)).map(|(level, _)| level)
}

/// Whether the word for a degree is also another word, such as a master of ceremonies.
pub(super) fn is_degree_too(word: &str) -> bool {
    has("degrees that are words, too", word)
}

/// The number that an English word is.
pub(super) fn number(word: &str) -> Option<u8> {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    (1..).zip(words).find(|(_, known)| *known == word).map(|(number, _)| number)
}

/// The lines of a list of `headings.txt`: headings of a part, or cues inside a line; in lower case.
pub(super) fn phrases(list: &str) -> impl Iterator<Item = &'static str> {
    static PHRASES: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let lines = |text: &'static str| text.lines().filter(|line| !line.is_empty()).collect();
        let lists = titled(include_str!("lexicon/headings.txt")).into_iter();
        lists.map(|(name, text)| (name, lines(text))).collect()
    });
    PHRASES.get(list).into_iter().flatten().copied()
}

/// Whether a text in lower case has a cue of a list of `headings.txt`; a Latin one as whole words.
pub(super) fn has_cue(text: &str, list: &str) -> bool {
    phrases(list).any(|cue| has_words(text, cue))
}

/// Whether a text in lower case has words in lower case; Latin ones as whole words.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(words).any(|(at, words)| {
        !letter(text[..at].chars().next_back()) && !letter(text[at + words.len()..].chars().next())
    })
}

/// Whether a term is so wide that others imply it.
pub(super) fn is_implied(name: &str) -> bool {
    phrases("implied").any(|known| known.eq_ignore_ascii_case(name))
}
