//! The entries of a career: work, education, volunteering.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Place, brief};
use crate::record::model::date::{Date, End, Period};
use crate::record::model::text::{Id, Inline, Prose};
use crate::record::read::{Read, Reader, Spanned, choice, put, record};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

choice! {
    /// What kind of entry it is.
    pub enum CareerEntryKind as "a kind of career entry" {
        /// Employment (JSON Resume's `work`).
        Work = "work",
        /// School, university, research (JSON Resume's `education`).
        Education = "education",
        /// Unpaid work (JSON Resume's `volunteer`).
        Volunteering = "volunteering",
    }
}

record! {
    /// One employer, school or volunteer organization, and all positions held there.
    pub struct CareerEntry as "a career entry" {
        /// Name that projects give as `at`, and the heading's id in the career article.
        pub id: Id,
        /// Its kind; by default employment.
        pub kind: CareerEntryKind,
        /// Name of the organisation.
        pub organization: Text,
        /// Short name, as printed on project cards.
        pub label: Option<Text>,
        /// Address of its site.
        pub url: Option<Spanned<String>>,
        /// Where it was.
        pub location: Option<Text>,
        /// Positions; at least one.
        pub positions: Vec<Position>,
        /// One line on what the person did there.
        pub summary: Option<Text>,
        /// Results and duties.
        pub highlights: Vec<Highlight>,
        /// What the career article prints of it.
        pub body: Option<Prose>,
    }
}

record! {
    /// One position, or one degree.
    pub struct Position as "a position" {
        /// Title of the position, or name of the degree.
        pub title: Text,
        /// Department, or field of study.
        pub department: Option<Text>,
        /// First day.
        pub start: Spanned<Date>,
        /// Last day, or `present`.
        pub end: Spanned<End>,
        /// Printed instead of the computed duration.
        pub duration: Option<Text>,
        /// Grade.
        pub score: Option<Text>,
        /// Courses worth naming.
        pub courses: Vec<Text>,
    }
}

impl Position {
    /// From its first day to its last.
    pub fn period(&self) -> Period {
        Period { start: self.start.value, end: self.end.value }
    }
}

/// How much an entry matters, from 1 (background) to 5 (must be seen).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Importance(pub u8);

impl Default for Importance {
    fn default() -> Self {
        Self(3)
    }
}

impl Read for Importance {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "an importance from 1 to 5")?;
        match text.parse() {
            Ok(number @ 1..=5) => Some(Self(number)),
            _ => {
                let diagnostic =
                    Diagnostic::error("E019", format!("`{}` is not an importance", brief(text)))
                        .at(node.place)
                        .hint("1 is background, 3 is normal, 5 must be seen");
                reader.fail(diagnostic)
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Importance", |_| {
            json!({
                "description": "How much an entry matters: 1 is background, 3 is normal, 5 must be seen.",
                "type": "integer",
                "minimum": 1,
                "maximum": 5,
                "default": 3,
            })
        })
    }

    fn value(&self) -> Value {
        self.0.into()
    }
}

/// One result or duty: a bare text, or a map with its importance and tags.
#[derive(Debug, Clone)]
pub struct Highlight {
    /// Name by which an application pins or drops it.
    pub id: Option<Id>,
    /// The words.
    pub text: Inline,
    /// How much it matters.
    pub importance: Importance,
    /// What it is about.
    pub tags: Vec<Id>,
    /// Where it begins.
    pub place: Place,
}

record! {
    /// The long form of a highlight.
    pub struct LongHighlight as "a highlight" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// The words.
        pub text: Inline,
        /// How much it matters.
        pub importance: Importance,
        /// What it is about.
        pub tags: Vec<Id>,
    }
}

impl Read for Highlight {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let long = LongHighlight::keys().iter().any(|key| node.get(key).is_some());
        if !long && !matches!(node.kind, Kind::List(_) | Kind::Null) {
            let text = Inline::read(node, reader)?;
            // Markdown such as `[](url)` or `&nbsp;` would be a bullet with nothing after it.
            if text.wordings().iter().all(|wording| wording.plain().trim().is_empty()) {
                let diagnostic = Diagnostic::warning("W023", "the highlight has no words");
                let diagnostic =
                    diagnostic.at(node.place).hint("write what was done, or remove it");
                return reader.fail(diagnostic);
            }
            let importance = Importance::default();
            return Some(Self { id: None, text, importance, tags: Vec::new(), place: node.place });
        }
        let LongHighlight { id, text, importance, tags, place } =
            LongHighlight::read(node, reader)?;
        Some(Self { id, text, importance, tags, place })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Highlight", |schemas| {
            let long = LongHighlight::schema(schemas);
            json!({
                "description": "One result or duty: a bare text, or a map with its importance and tags.",
                "anyOf": [Inline::schema(schemas), long],
            })
        })
    }

    fn value(&self) -> Value {
        let mut map = Map::new();
        put(&mut map, "id".to_owned(), self.id.value());
        put(&mut map, "text".to_owned(), self.text.value());
        put(&mut map, "importance".to_owned(), self.importance.value());
        put(&mut map, "tags".to_owned(), self.tags.value());
        map.into()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.text.texts(texts);
    }
}
