//! The site the record is published on, the order of the manual, and words that settings use.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, brief};
use crate::record::declare::{choice, record};
use crate::record::model::date::Date;
use crate::record::model::text::{Id, Language};
use crate::record::read::{Read, Reader, Spanned};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

/// The version of the format of the data that this program reads.
const VERSION: &str = "1";

/// The version of the format of the data. There is one: a record without it has this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatVersion;

impl Read for FormatVersion {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "the version of the data, `1`")?;
        if text == VERSION {
            return Some(Self);
        }
        let message = format!("the data has version `{}`; this program reads `1`", brief(text));
        let hint = match text.parse::<u32>() {
            Ok(newer) if newer > 1 => {
                "install a newer `resume`; `resume --version` says which this is"
            }
            _ => "write `resume: 1`, or remove the key",
        };
        reader.fail(Diagnostic::error("E013", message).at(node.place).hint(hint))
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "enum": [1, "1"] })
    }

    fn value(&self) -> Value {
        1.into()
    }
}

record! {
    /// The person's site: where the record has its canonical addresses, and in which languages.
    pub struct Site as "`site`" {
        /// Canonical base address; `Printed from` names it, and site paths are below it.
        pub url: Option<Spanned<String>>,
        /// Path of this whole document on the site.
        pub path: Option<Spanned<String>>,
        /// Title of the manual, printed on its cover.
        pub title: Option<Text>,
        /// Name of the site's front page, the first crumb of every article.
        pub home: Option<Text>,
        /// Date of the document: on the cover, in the PDF, and the end of what is `present`.
        pub date: Option<Spanned<Date>>,
        /// Order of everything that has dates; by default newest first.
        pub order: Order,
        /// Languages of the record; the first is the default.
        pub languages: Vec<Language>,
        /// Editions of the same site in other languages.
        pub translations: Vec<Translation>,
    }
}

choice! {
    /// The order of career entries, their positions, projects, posts, awards, certificates and
    /// publications.
    pub enum Order as "an order" {
        /// The latest end first, whatever the order in the files.
        Newest = "newest",
        /// The order in the files.
        AsWritten = "as-written",
    }
}

record! {
    /// Another edition of the site, linked from each article's meta line.
    pub struct Translation as "a translation" {
        /// Its language tag.
        pub language: Language,
        /// Its name in its own language.
        pub name: Text,
        /// Base address; the path of an article is added to it.
        pub url: Spanned<String>,
    }
}

choice! {
    /// What a section or an article lists in its middle.
    pub enum Listing as "a list" {
        /// The entries of the career.
        Career = "career",
        /// The project cards.
        Projects = "projects",
        /// The posts with their summaries.
        Posts = "posts",
        /// The groups of skills.
        Skills = "skills",
    }
}

choice! {
    /// Paper of a document.
    pub enum Paper as "a paper" {
        /// ISO A4, 210 × 297 mm.
        A4 = "a4",
        /// US Letter, 8.5 × 11 in.
        Letter = "us-letter",
    }
}

choice! {
    /// How dates are written.
    pub enum DateForm as "a form of dates" {
        /// In figures, as the language writes them: `06/2024`, in Korean `2024.06`.
        Numeric = "numeric",
        /// With a short name of the month where the language has one: `Jun 2024`.
        Short = "short",
        /// With the name of the month: `June 2024`.
        Long = "long",
        /// The international form: `2024-06`.
        Iso = "iso",
        /// Year first, with dots: `2024.06`.
        Dotted = "dotted",
    }
}

/// The labels of the tags, by id.
#[derive(Debug, Clone, Default)]
pub struct Tags(pub Vec<(Id, Text)>);

impl Read for Tags {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            return reader.mismatch(node, "a map of tag ids to labels");
        };
        let mut tags = Vec::new();
        for (key, value) in entries {
            let id = Id::of(&key.text, key.place, reader);
            let label = Text::read(value, reader);
            tags.extend(id.zip(label));
        }
        Some(Self(tags))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn schema(schemas: &mut Schemas) -> Value {
        json!({
            "type": "object",
            "propertyNames": { "pattern": "^[a-z0-9-]+$" },
            "additionalProperties": Text::schema(schemas),
        })
    }

    fn value(&self) -> Value {
        let tags = self.0.iter().map(|(id, label)| (id.to_string(), label.value()));
        tags.collect::<Map<String, Value>>().into()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.0.iter().for_each(|(_, label)| label.texts(texts));
    }
}
