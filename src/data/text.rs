//! Words a person reads: one text for all languages, or one per language.

use unicode_normalization::UnicodeNormalization;

use crate::data::read::{Read, Reader, Spanned};
use crate::data::yaml::{Kind, Node};
use crate::problem::{Place, Problem, Sources};

/// Canonical composition (Unicode NFC): decomposed Hangul would neither search nor break well.
pub fn normal(text: &str) -> String {
    text.nfc().collect()
}

/// A text in one language.
#[derive(Debug, Clone)]
pub struct Wording {
    /// The language tag, or `None` for a text that serves every language.
    pub language: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub place: Place,
    /// Whether the words are a literal block, so that each line is a line of the file.
    literal: bool,
}

impl Wording {
    /// The place of `needle` in line `line` (from 1) of this text, as near as the YAML form allows.
    pub fn find(&self, sources: &Sources, line: usize, needle: &str) -> Place {
        let source = sources.text(self.place.file);
        let from = if self.literal {
            // The place of a literal block begins at its `|`; line 1 of the text is the next line.
            let header = if source.get(self.place.start..).is_some_and(|s| s.starts_with(['|', '>'])) {
                line
            } else {
                line - 1
            };
            let mut at = self.place.start;
            for _ in 0..header {
                match source.get(at..).and_then(|rest| rest.find('\n')) {
                    Some(newline) => at += newline + 1,
                    None => return self.place,
                }
            }
            at
        } else {
            self.place.start
        };
        let Some(rest) = source.get(from..) else { return self.place };
        let within = if self.literal {
            rest.lines().next().unwrap_or_default()
        } else {
            &rest[..(self.place.end.max(from) - from).min(rest.len())]
        };
        match within.find(needle) {
            Some(at) => {
                let start = from + at;
                Place { start, end: start + needle.len(), ..self.place }
            }
            None if self.literal => {
                let indent = within.len() - within.trim_start().len();
                Place { start: from + indent, end: from + within.len(), ..self.place }
            }
            None => self.place,
        }
    }
}

/// A text that may be said in several languages.
#[derive(Debug, Clone)]
pub struct Text {
    wordings: Vec<Wording>,
    /// Where the text, or its map of languages, stands.
    pub place: Place,
}

impl Text {
    /// Each wording, in the order of the file.
    pub fn wordings(&self) -> &[Wording] {
        &self.wordings
    }

    /// The wording for a language: its own, the one that serves all, that of the wider language
    /// (`ko` for `ko-KP`), or the first of `order` that there is.
    pub fn wording(&self, language: &str, order: &[String]) -> Option<&Wording> {
        let of = |wanted: &str| {
            self.wordings.iter().find(|w| w.language.as_deref().is_none_or(|l| l == wanted))
        };
        let wider = language.split('-').next().unwrap_or(language);
        of(language)
            .or_else(|| of(wider))
            .or_else(|| order.iter().find_map(|language| of(language)))
            .or_else(|| self.wordings.first())
    }
}

impl Read for Text {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let wording = |node: &Node, language: Option<String>| match &node.kind {
            Kind::Scalar(scalar) if !scalar.text.trim().is_empty() => Some(Wording {
                language,
                text: normal(scalar.text.trim_end()),
                place: node.place,
                literal: scalar.literal,
            }),
            _ => None,
        };
        let wordings = match &node.kind {
            Kind::Map(entries) => {
                let mut wordings = Vec::new();
                for (key, value) in entries {
                    if !reader.languages.contains(&key.text) {
                        let known = reader.languages.join(", ");
                        let problem = Problem::error(
                            "E014",
                            format!("`{}` is not a language of this record", key.text),
                        )
                        .at(key.place)
                        .hint(format!("`site.languages` names: {known}"));
                        reader.problems.push(problem);
                        continue;
                    }
                    match wording(value, Some(key.text.clone())) {
                        Some(found) => wordings.push(found),
                        None => return reader.mismatch(value, "a text"),
                    }
                }
                wordings
            }
            _ => match wording(node, None) {
                Some(found) => vec![found],
                None => return reader.mismatch(node, "a text, or a map of languages to texts"),
            },
        };
        if wordings.is_empty() {
            return reader.mismatch(node, "a text in at least one language");
        }
        Some(Self { wordings, place: node.place })
    }
}

/// A text in CommonMark with GitHub's tables, as the language files know it.
#[derive(Debug, Clone)]
pub struct Prose(pub Text);

impl std::ops::Deref for Prose {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.0
    }
}

impl Read for Prose {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let mut text = Text::read(node, reader)?;
        // Sentences are always in some language: where none is named, in the record's first.
        for wording in &mut text.wordings {
            wording.language.get_or_insert_with(|| {
                reader.languages.first().cloned().unwrap_or_default()
            });
        }
        Some(Self(text))
    }
}

/// A name that other entries point to: lowercase letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(pub Spanned<String>);

impl std::ops::Deref for Id {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0.value
    }
}

impl Read for Id {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "an id")?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() || !text.chars().all(fits) {
            let problem = Problem::error("E015", format!("`{text}` cannot be an id"))
                .at(node.place)
                .hint("ids are made of a–z, 0–9 and hyphens, because they end up in links");
            return reader.fail(problem);
        }
        Some(Self(Spanned { value: text.to_owned(), place: node.place }))
    }
}

/// A language tag: a language of two or three letters, with a region if need be (BCP 47).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(pub String);

impl Language {
    /// Reads a tag such as `ko` or `ko-KP`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (language, region) = match text.split_once('-') {
            Some((language, region)) => (language, Some(region)),
            None => (text, None),
        };
        let lower = |s: &str| s.chars().all(|c| c.is_ascii_lowercase());
        let fits = (2..=3).contains(&language.len()) && lower(language);
        let region_fits =
            region.is_none_or(|r| r.len() == 2 && r.chars().all(|c| c.is_ascii_uppercase()));
        (fits && region_fits).then(|| Self(text.to_owned()))
    }
}

impl Read for Language {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a language tag")?;
        Self::parse(text).or_else(|| {
            let problem = Problem::error("E016", format!("`{text}` is not a language tag"))
                .at(node.place)
                .hint("write `ko`, `en`, or with a region `ko-KP`");
            reader.fail(problem)
        })
    }
}
