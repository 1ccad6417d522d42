//! Words a person reads: one text for all languages, or one per language.

use serde_json::{Map, Value, json};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::data::read::{Read, Reader, Spanned};
use crate::data::schema::Schemas;
use crate::data::yaml::{Kind, Node};
use crate::problem::{Place, Problem, Sources, brief};

/// Canonical composition (Unicode NFC): decomposed Hangul would neither search nor break well.
pub fn normal(text: &str) -> String {
    // Nearly all text is normal already, and that is seen fast.
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        _ => text.nfc().collect(),
    }
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
            let header =
                if source.get(self.place.start..).is_some_and(|s| s.starts_with(['|', '>'])) {
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

/// A text where it stands: as it is, or as Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The text.
    pub text: &'a Text,
    /// Whether it is read as Markdown.
    pub prose: bool,
}

/// A text that may be said in several languages.
#[derive(Debug, Clone)]
pub struct Text {
    wordings: Vec<Wording>,
    /// Whether it was written as a map of languages.
    map: bool,
    /// Where the text, or its map of languages, stands.
    pub place: Place,
}

impl Text {
    /// Each wording, in the order of the file.
    pub fn wordings(&self) -> &[Wording] {
        &self.wordings
    }

    /// Whether the text names its languages.
    pub fn is_map(&self) -> bool {
        self.map
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
                            format!("`{}` is not a language of this record", brief(&key.text)),
                        )
                        .at(key.place)
                        .suggest(&key.text, reader.languages.iter().map(String::as_str))
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
        Some(Self { wordings, map: matches!(node.kind, Kind::Map(_)), place: node.place })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Text", |_| {
            let words = json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" });
            json!({
                "description": "A text: one for all languages, or a map of languages to texts.",
                "anyOf": [words, {
                    "type": "object",
                    "patternProperties": { LANGUAGE: words },
                    "additionalProperties": false,
                    "minProperties": 1,
                }],
                "examples": ["GitHub", { "ko": "서울", "en": "Seoul" }],
            })
        })
    }

    fn value(&self) -> Value {
        match self.wordings.as_slice() {
            [Wording { language: None, text, .. }] => text.as_str().into(),
            several => {
                let named = several.iter().map(|wording| {
                    (wording.language.clone().unwrap_or_default(), wording.text.as_str().into())
                });
                named.collect::<Map<String, Value>>().into()
            }
        }
    }

    fn texts<'a>(&'a self, texts: &mut Vec<Said<'a>>) {
        texts.push(Said { text: self, prose: false });
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
            wording
                .language
                .get_or_insert_with(|| reader.languages.first().cloned().unwrap_or_default());
        }
        Some(Self(text))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        Text::schema(schemas);
        schemas.define("Prose", |_| {
            json!({
                "description": "A text in Markdown (CommonMark with GitHub's tables).",
                "$ref": "#/$defs/Text",
                "examples": ["Cut the build from **40 to 6 minutes**."],
            })
        })
    }

    fn value(&self) -> Value {
        self.0.value()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<Said<'a>>) {
        texts.push(Said { text: self, prose: true });
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
        Self::of(text, node.place, reader)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Id", |_| {
            json!({
                "description": "A name that other entries point to.",
                // An id of digits alone is a number to a YAML parser.
                "type": ["string", "integer"],
                "pattern": "^[a-z0-9-]+$",
                "examples": ["push-server"],
            })
        })
    }

    fn value(&self) -> Value {
        self.0.value()
    }
}

impl Id {
    /// Takes an id over, or says why it is none.
    pub fn of(text: &str, place: Place, reader: &mut Reader) -> Option<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() || !text.chars().all(fits) {
            let problem = Problem::error("E015", format!("`{}` cannot be an id", brief(text)))
                .at(place)
                .hint("ids are made of a–z, 0–9 and hyphens, because they end up in links");
            return reader.fail(problem);
        }
        Some(Self(Spanned { value: text.to_owned(), place }))
    }
}

/// The form of a language tag, as a regular expression.
const LANGUAGE: &str = "^[a-z]{2,3}(-[A-Z]{2})?$";

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
            let problem =
                Problem::error("E016", format!("`{}` is not a language tag", brief(text)))
                    .at(node.place)
                    .hint("write `ko`, `en`, or with a region `ko-KP`");
            reader.fail(problem)
        })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Language", |_| {
            json!({
                "description": "A language tag (BCP 47).",
                "type": "string",
                "pattern": LANGUAGE,
                "examples": ["ko", "en", "ko-KP"],
            })
        })
    }

    fn value(&self) -> Value {
        self.0.as_str().into()
    }
}
