//! From a place on a page to the place in the record that is printed there.
//!
//! A template may print any value in any order, so nothing is known about it. The word on the page is
//! searched in all values of the record, and of the values that have it, the one counts that agrees
//! with the page furthest to both sides. Where several agree equally, those count that stand nearest to
//! what is printed around the word.

use std::iter::once;
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostics::{Place, Sources};
use crate::engine::PlacedCharacter;
use crate::record::yaml::parse::parse;
use crate::record::yaml::tree::{Kind, Node};

/// Words to each side that decide between equal values.
const AROUND: usize = 40;
/// Letters that a whole line counts more than a part of another.
const WHOLE: usize = 12;
/// Letters that a word needs to decide.
const TELLING: usize = 4;
/// How far from a letter a place still belongs to it, in points.
const NEAR: f64 = 18.0;

/// A letter of a page or of a value, its small form without marks.
#[derive(Debug, Clone, Copy)]
struct Letter {
    ch: char,
    /// Whether a word begins with it.
    begins: bool,
    /// Whether a line of the value begins with it.
    opens: bool,
    /// The character on the page, or the byte in the file.
    at: usize,
}

/// The letters of a character, as they are compared.
fn letters(ch: char) -> impl Iterator<Item = char> {
    once(ch).nfkd().flat_map(char::to_lowercase).filter(|ch| ch.is_alphanumeric())
}

/// A value of the record.
#[derive(Debug)]
struct Value {
    place: Place,
    /// The keys that lead to it from the root of the record.
    path: Vec<String>,
    letters: Vec<Letter>,
}

/// All values of a record.
#[derive(Debug, Default)]
pub(crate) struct Values(Vec<Value>);

impl Values {
    /// The values in the YAML files among the sources.
    pub fn of(sources: &Sources) -> Self {
        let mut values = Vec::new();
        let Some(main) = sources.files().next() else { return Self::default() };
        let folder = Path::new(sources.path(main)).parent().unwrap_or(Path::new(""));
        for file in sources.files() {
            let path = Path::new(sources.path(file));
            let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
            let (Some(root), _) = (match yaml {
                true => parse(file, sources.text(file)),
                false => (None, Vec::new()),
            }) else {
                continue;
            };
            let within = path.strip_prefix(folder).unwrap_or(path).with_extension("");
            let mut keys: Vec<String> = match file == main {
                true => Vec::new(),
                false => within.iter().map(|part| part.to_string_lossy().into_owned()).collect(),
            };
            collect(&root, &mut keys, sources.text(file), &mut values);
        }
        Self(values)
    }
}

/// Adds the values below a node.
fn collect(node: &Node, path: &mut Vec<String>, text: &str, values: &mut Vec<Value>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar(_) => {
            let letters = letters_of(text, node.place);
            values.push(Value { place: node.place, path: path.clone(), letters });
        }
        Kind::List(items) => {
            for (at, item) in items.iter().enumerate() {
                let number = at + 1;
                path.push(name(item).map_or(number.to_string(), |name| format!("{number} {name}")));
                collect(item, path, text, values);
                path.pop();
            }
        }
        Kind::Map(entries) => {
            for (key, value) in entries {
                path.push(key.text.clone());
                collect(value, path, text, values);
                path.pop();
            }
        }
    }
}

/// What an item of a list is called: its first text.
fn name(item: &Node) -> Option<String> {
    let Kind::Map(entries) = &item.kind else { return None };
    let mut texts = entries.iter().filter_map(|(_, value)| match &value.kind {
        Kind::Scalar(scalar) => Some(scalar.text.clone()),
        _ => None,
    });
    texts.next().filter(|text| !text.contains('\n'))
}

/// The letters of a value as it is written, without the targets of links and YAML's escapes.
fn letters_of(text: &str, place: Place) -> Vec<Letter> {
    let written = text.get(place.start..place.end).unwrap_or_default();
    let escapes = written.starts_with('"');
    let (mut found, mut begins, mut opens) = (Vec::new(), true, true);
    let mut characters = written.char_indices();
    while let Some((at, ch)) = characters.next() {
        if ch == '\\' && escapes {
            characters.next();
            begins = true;
            continue;
        }
        if written[at..].starts_with("](")
            && let Some(end) = written[at..].find(')')
        {
            while characters.next().is_some_and(|(next, _)| next < at + end) {}
            begins = true;
            continue;
        }
        let before = found.len();
        for ch in letters(ch) {
            found.push(Letter { ch, begins, opens, at: place.start + at });
            (begins, opens) = (false, false);
        }
        begins |= found.len() == before;
        opens |= ch == '\n';
    }
    found
}

/// The text that a document prints.
#[derive(Debug)]
pub(crate) struct Printed {
    characters: Vec<PlacedCharacter>,
    letters: Vec<Letter>,
    language: String,
}

/// What is printed at a place.
#[derive(Debug)]
pub(crate) struct Spot {
    /// The word in the record.
    pub place: Place,
    /// The keys that lead to its value from the root of the record.
    pub path: Vec<String>,
    /// The boxes of what is printed of the value around it: page, left, top, right, bottom.
    pub boxes: Vec<(usize, [f64; 4])>,
}

/// A value that has a word of the page.
#[derive(Debug, Clone, Copy)]
struct Match<'a> {
    value: &'a Value,
    /// The word's first letter in the value.
    at: usize,
    /// Letters that agree before the word, and from it on.
    before: usize,
    after: usize,
}

impl Match<'_> {
    /// How far the value agrees with the page, in letters. Whole lines count more than a few words
    /// that stand side by side by chance.
    fn agrees(&self) -> usize {
        let own = &self.value.letters;
        let opens = own[self.at - self.before].opens;
        let whole = opens && own.get(self.at + self.after).is_none_or(|next| next.opens);
        self.before + self.after + if whole { WHOLE } else { 0 }
    }
}

impl Printed {
    /// The text of a document in a language.
    pub fn new(characters: Vec<PlacedCharacter>, language: &str) -> Self {
        let mut found: Vec<Letter> = Vec::new();
        let mut begins = true;
        for (at, character) in characters.iter().enumerate() {
            if let Some(last) = at.checked_sub(1).and_then(|last| characters.get(last)) {
                let height = character.bottom - character.top;
                let apart = last.page != character.page
                    || (character.top - last.top).abs() > height / 2.0
                    || (character.left - last.right).abs() > height / 8.0
                        && character.left != last.left;
                begins |= apart;
            }
            let before = found.len();
            for ch in letters(character.ch) {
                found.push(Letter { ch, begins, opens: false, at });
                begins = false;
            }
            begins |= found.len() == before;
        }
        Self { characters, letters: found, language: language.to_owned() }
    }

    /// What is printed at a place of a page, in points from its left and its top. Where a template
    /// prints something that no value has, it is the nearest value.
    pub fn at(&self, values: &Values, page: usize, x: f64, y: f64) -> Option<Spot> {
        let distance = |letter: &Letter| {
            let of = self.characters.get(letter.at).filter(|of| of.page == page)?;
            let aside = (of.left - x).max(x - of.right).max(0.0);
            let under = (of.top - y).max(y - of.bottom).max(0.0);
            Some(aside.hypot(under)).filter(|distance| *distance <= NEAR)
        };
        let near = self.letters.iter().enumerate();
        let near = near.filter_map(|(at, letter)| Some((at, distance(letter)?)));
        let (letter, _) = near.min_by(|(_, one), (_, other)| one.total_cmp(other))?;
        let words = self.around(letter);
        let (word, found) = words.iter().take(AROUND).find_map(|word| {
            let found = self.best(values, *word);
            (!found.is_empty()).then_some((*word, found))
        })?;
        let one = self.nearest(values, &found, self.around(word.0).get(1..).unwrap_or_default())?;
        Some(self.spot(one, word))
    }

    /// The words around a letter, its own first, then by turns after and before it, on its page.
    fn around(&self, letter: usize) -> Vec<(usize, usize)> {
        let page = |at: usize| {
            let letter = self.letters.get(at)?;
            self.characters.get(letter.at).map(|of| of.page)
        };
        let own = self.word(letter);
        let (mut words, mut before, mut after) = (vec![own], own.0, own.1);
        let of_page = page(letter);
        while words.len() <= 2 * AROUND {
            let count = words.len();
            if after < self.letters.len() && page(after) == of_page {
                words.push(self.word(after));
                after = self.word(after).1;
            }
            if before > 0 && page(before - 1) == of_page {
                words.push(self.word(before - 1));
                before = self.word(before - 1).0;
            }
            if words.len() == count {
                break;
            }
        }
        words
    }

    /// The first letter of the word that a letter is in, and one past its last.
    fn word(&self, letter: usize) -> (usize, usize) {
        let start = self.letters[..=letter].iter().rposition(|letter| letter.begins).unwrap_or(0);
        let rest = self.letters.get(letter + 1..).unwrap_or_default();
        let end = rest.iter().position(|letter| letter.begins);
        (start, end.map_or(self.letters.len(), |end| letter + 1 + end))
    }

    /// The values that agree furthest with the page around a word. A part of a longer word counts
    /// only where no value has it as a word.
    fn best<'a>(&self, values: &'a Values, (start, end): (usize, usize)) -> Vec<Match<'a>> {
        let word = &self.letters[start..end];
        let Some(first) = word.first() else { return Vec::new() };
        let (mut best, mut whole) = (Vec::<Match>::new(), false);
        for value in &values.0 {
            let own = &value.letters;
            for at in 0..(own.len() + 1).saturating_sub(word.len()) {
                if own[at].ch != first.ch || !same(&own[at..at + word.len()], word) {
                    continue;
                }
                let ends = own.get(at + word.len()).is_none_or(|next| next.begins);
                let is_whole = own[at].begins && ends;
                if whole && !is_whole {
                    continue;
                }
                let before = self.letters[..start].iter().rev().zip(own[..at].iter().rev());
                let before = before.take_while(|(one, other)| one.ch == other.ch).count();
                let after = self.letters[start..].iter().zip(&own[at..]);
                let after = after.take_while(|(one, other)| one.ch == other.ch).count();
                let found = Match { value, at, before, after };
                let most = best.first().map_or(0, Match::agrees);
                if is_whole && !whole || found.agrees() > most {
                    best.clear();
                }
                if is_whole && !whole || found.agrees() >= most {
                    best.push(found);
                }
                whole |= is_whole;
            }
        }
        best
    }

    /// Of values that agree equally, the one that is nearest in the record to what is printed around.
    fn nearest<'a>(
        &self,
        values: &Values,
        found: &[Match<'a>],
        around: &[(usize, usize)],
    ) -> Option<Match<'a>> {
        let mut left = found.to_vec();
        let own = |one: &Match| one.value.path.last().is_some_and(|key| *key == self.language);
        if left.iter().any(own) {
            left.retain(own);
        }
        for word in around {
            let [_, _, ..] = left.as_slice() else { break };
            if word.1 - word.0 < TELLING {
                continue;
            }
            let best = self.best(values, *word);
            let [anchor] = best.as_slice() else { continue };
            let shared = |one: &Match| {
                let (own, other) = (&one.value.path, &anchor.value.path);
                own.iter().zip(other).take_while(|(own, other)| own == other).count()
            };
            let most = left.iter().map(shared).max()?;
            left.retain(|one| shared(one) == most);
        }
        left.first().copied()
    }

    /// The place of a word in a value, and where what agrees with it is printed.
    fn spot(&self, found: Match, (start, end): (usize, usize)) -> Spot {
        let Match { value, at, before, after } = found;
        let last = value.letters[at + (end - start).min(after) - 1].at;
        let place = Place { start: value.letters[at].at, end: last + 1, ..value.place };
        let mut boxes: Vec<(usize, [f64; 4])> = Vec::new();
        let mut seen = None;
        for letter in &self.letters[start - before..start + after] {
            let Some(of) = self.characters.get(letter.at).filter(|_| seen != Some(letter.at))
            else {
                continue;
            };
            seen = Some(letter.at);
            let line = |last: &&mut (usize, [f64; 4])| {
                let [left, top, _, bottom] = last.1;
                let middle = (of.top + of.bottom) / 2.0;
                last.0 == of.page && top < middle && middle < bottom && of.left >= left
            };
            match boxes.last_mut().filter(line) {
                Some((_, [_, top, right, bottom])) => {
                    (*top, *bottom) = (top.min(of.top), bottom.max(of.bottom));
                    *right = right.max(of.right);
                }
                None => boxes.push((of.page, [of.left, of.top, of.right, of.bottom])),
            }
        }
        Spot { place, path: value.path.clone(), boxes }
    }
}

fn same(one: &[Letter], other: &[Letter]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.ch == other.ch)
}
