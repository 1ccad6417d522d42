//! How texts, prose, ids and languages are written in the data.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Place, brief};
use crate::language::tag;
use crate::markdown::Context;
use crate::record::letters::normal;
use crate::record::read::{Read, Reader, Spanned};
use crate::record::schema::{Key, Object, Schemas};
use crate::record::text::{Text, Wording};
use crate::record::yaml::tree::{Kind, Node};

impl Read for Text {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        reader.cut(node);
        let wording = |node: &Node, language: Option<String>| match &node.kind {
            Kind::Scalar(scalar) if !scalar.text.trim().is_empty() => Some(Wording {
                language,
                text: normal(scalar.text.trim_end()),
                place: node.place,
                markdown: None,
                literal: scalar.literal,
            }),
            _ => None,
        };
        let wordings = match &node.kind {
            Kind::Map(entries) if entries.iter().all(|(key, _)| !is_tag(&key.text)) => {
                return reader.no_text(node, "a text, or a map of languages to texts");
            }
            Kind::Map(entries) => {
                let mut wordings = Vec::new();
                for (key, value) in entries {
                    reader.cut(value);
                    if !reader.languages.contains(&key.text) {
                        let known = reader.languages.join(", ");
                        let diagnostic = Diagnostic::error(
                            "E014",
                            format!("`{}` is not a language of this record", brief(&key.text)),
                        )
                        .at(key.place)
                        .suggest(&key.text, reader.languages.iter().map(String::as_str))
                        .hint(format!("`site.languages` names: {known}"));
                        reader.diagnostics.push(match entries.len() {
                            1 => diagnostic.hint("put quotes round a text that contains `: `"),
                            _ => diagnostic,
                        });
                        continue;
                    }
                    match wording(value, Some(key.text.clone())) {
                        Some(found) => wordings.push(found),
                        None => return reader.no_text(value, "a text"),
                    }
                }
                wordings
            }
            _ => match wording(node, None) {
                Some(found) => vec![found],
                None => return reader.no_text(node, "a text, or a map of languages to texts"),
            },
        };
        if wordings.is_empty() {
            return None;
        }
        Some(Self { wordings, map: matches!(node.kind, Kind::Map(_)), place: node.place })
    }

    fn placeholder(place: Place) -> Option<Self> {
        Some(Self::plain("…", place))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Text", |_| {
            let words = json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" });
            json!({
                "description": "A text: one for all languages, or a map of languages to texts.",
                "anyOf": [words, {
                    "type": "object",
                    "patternProperties": { tag::FORM: words },
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

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        texts.push(self);
    }
}

/// A short text: Markdown without blocks (emphasis, code, links), read in
/// [`Context::Inline`].
#[derive(Debug, Clone)]
pub struct Inline(pub Text);

/// A name or another phrase with Markdown's emphasis, code and links. It serves all languages unless it
/// names some, as a [`Text`] does.
#[derive(Debug, Clone)]
pub struct Phrase(pub Text);

/// A text in CommonMark with GitHub's tables, read in [`Context::Block`].
#[derive(Debug, Clone)]
pub struct Prose(pub Text);

/// Reads a type that is a text in Markdown.
macro_rules! markdown {
    ($name:ident, $context:expr, $sentences:literal, $description:literal, $example:literal) => {
        impl std::ops::Deref for $name {
            type Target = Text;

            fn deref(&self) -> &Text {
                &self.0
            }
        }

        impl Read for $name {
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                let mut text = Text::read(node, reader)?;
                for wording in &mut text.wordings {
                    wording.markdown = Some($context);
                    // A text is always in some language: where none is named, in the record's
                    // first.
                    if $sentences {
                        let first = || reader.languages.first().cloned().unwrap_or_default();
                        wording.language.get_or_insert_with(first);
                    }
                }
                Some(Self(text))
            }

            fn placeholder(place: Place) -> Option<Self> {
                Text::placeholder(place).map(Self)
            }

            fn schema(schemas: &mut Schemas) -> Value {
                Text::schema(schemas);
                schemas.define(stringify!($name), |_| {
                    json!({
                        "description": $description,
                        "$ref": "#/$defs/Text",
                        "examples": [$example],
                    })
                })
            }

            fn value(&self) -> Value {
                self.0.value()
            }

            fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
                texts.push(self);
            }
        }
    };
}

markdown!(
    Inline,
    Context::Inline,
    true,
    "A short text: Markdown's emphasis, code and links. A sign at its beginning prints as it is typed; in a text of several lines, lines that begin with `- ` are nested bullets.",
    "Cut the build from **40 to 6 minutes**."
);
markdown!(
    Phrase,
    Context::Inline,
    false,
    "A name or another phrase with Markdown's emphasis, code and links: one for all languages, or a map of languages to phrases.",
    "Author of `serde-example`"
);
markdown!(
    Prose,
    Context::Block,
    true,
    "A text in Markdown (CommonMark with GitHub's tables).",
    "## Before\n\nA build took **40 minutes**."
);

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

    fn placeholder(place: Place) -> Option<Self> {
        // No two entries begin at one place of one file.
        Some(Self(Spanned { value: format!("unread-{}", place.start), place }))
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

    /// An entry without an id is given one before it is read.
    fn describe_field(object: &mut Object, key: &Key, docs: &[&str], schemas: &mut Schemas) {
        let schema = Self::schema(schemas);
        object.key(key, schema, false, docs);
    }
}

impl Id {
    /// Accepts an id, or reports why it is invalid.
    pub fn of(text: &str, place: Place, reader: &mut Reader) -> Option<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() || !text.chars().all(fits) {
            let diagnostic =
                Diagnostic::error("E015", format!("`{}` cannot be an id", brief(text)))
                    .at(place)
                    .hint("ids are made of a–z, 0–9 and hyphens, because they end up in links");
            return reader.fail(diagnostic);
        }
        Some(Self(Spanned { value: text.to_owned(), place }))
    }
}

/// A name for the command line and for files: words of any language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(pub Spanned<String>);

impl std::ops::Deref for Name {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0.value
    }
}

impl Read for Name {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(node, "a name")?.trim();
        let reserved = |c: char| c.is_control() || matches!(c, '/' | '\\' | ',');
        if text.is_empty() || text.starts_with(['-', '.']) || text.contains(reserved) {
            let message = format!("`{}` cannot be the id of an application", brief(text));
            let diagnostic = Diagnostic::error("E015", message).at(node.place);
            return reader.fail(diagnostic.hint(
                "it is typed on the command line: begin with a letter or a figure, and leave out `/`, `\\` and `,`",
            ));
        }
        Some(Self(Spanned { value: normal(text), place: node.place }))
    }

    fn placeholder(place: Place) -> Option<Self> {
        Id::placeholder(place).map(|id| Self(id.0))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Name", |_| {
            json!({
                "description": "A name for the command line and for files.",
                // A name of digits alone is a number to a YAML parser.
                "type": ["string", "integer"],
                "pattern": "^\\s*[^-./\\\\,\\s][^/\\\\,]*$",
                "examples": ["backend-2026"],
            })
        })
    }

    fn value(&self) -> Value {
        self.0.value.as_str().into()
    }
}

/// Whether a key of a map has the form of a language tag.
fn is_tag(key: &str) -> bool {
    Language::parse(key).is_some()
}

/// A language tag (BCP 47): a language of two or three letters, with a script and a region if need be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(pub String);

impl Language {
    /// Reads a tag such as `ko`, `ko-KP` or `zh-Hant`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        tag::canonical(text).filter(|tag| tag == text).map(Self)
    }

    /// What to write instead of a text that is not a tag.
    pub fn instead(text: &str) -> String {
        match tag::canonical(text) {
            Some(tag) => format!("write `{tag}`"),
            None => {
                "write `ko`, `en`, with a region `pt-BR`, or with a script `zh-Hant`".to_owned()
            }
        }
    }
}

impl Read for Language {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a language tag")?;
        Self::parse(text).or_else(|| {
            let diagnostic =
                Diagnostic::error("E016", format!("`{}` is not a language tag", brief(text)))
                    .at(node.place)
                    .hint(Self::instead(text));
            reader.fail(diagnostic)
        })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Language", |_| {
            json!({
                "description": "A language tag (BCP 47).",
                "type": "string",
                "pattern": tag::FORM,
                "examples": ["ko", "pt-BR", "zh-Hant"],
            })
        })
    }

    fn value(&self) -> Value {
        self.0.as_str().into()
    }
}
