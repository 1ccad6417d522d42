//! The entries of a career: work, education, volunteering.

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Place};
use crate::record::declare::{choice, record};
use crate::record::model::location::Location;
use crate::record::model::priority::Priority;
use crate::record::model::text::{Id, Inline, Phrase, Prose};
use crate::record::model::time::Time;
use crate::record::read::{Read, Reader, Spanned, has_any};
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
        /// Name that projects give as `at`, and the heading's id in the career article; by default made of the
        /// organization: `acme-corp`.
        pub id: Id,
        /// Its kind; by default employment.
        pub kind: CareerEntryKind,
        /// Name of the organisation.
        pub organization: Phrase,
        /// Short name, as printed on project cards.
        pub label: Option<Phrase>,
        /// Address of its site.
        pub url: Option<Spanned<String>>,
        /// Where it was.
        pub location: Option<Location>,
        /// What kind of organisation it is: what it does, how large it is.
        pub description: Option<Inline>,
        /// Positions; at least one.
        pub positions: Vec<Position>,
        /// What the person did there, in one to three sentences.
        pub summary: Option<Inline>,
        /// Results and duties of the whole time; those of one position can stand in it.
        pub highlights: Vec<Highlight>,
        /// What the person worked with there, the most important first.
        pub technologies: Vec<Text>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
        /// What the career article prints of it.
        pub body: Option<Prose>,
    }
}

record! {
    /// One position, or one degree.
    pub struct Position as "a position" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Title of the position, or name of the degree.
        pub title: Phrase,
        /// Department, or field of study.
        pub department: Option<Phrase>,
        /// Where it was, if not where the organisation is.
        pub location: Option<Location>,
        /// When it was held.
        pub time: Time,
        /// Grade.
        pub score: Option<Text>,
        /// Courses worth naming.
        pub courses: Vec<Phrase>,
        /// What the person did in it, in one to three sentences.
        pub summary: Option<Inline>,
        /// Results and duties of this position.
        pub highlights: Vec<Highlight>,
        /// What the person worked with in it, the most important first.
        pub technologies: Vec<Text>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

impl CareerEntry {
    /// All its highlights: its own, then those of its positions.
    pub fn all_highlights(&self) -> impl Iterator<Item = &Highlight> {
        self.highlights.iter().chain(self.positions.iter().flat_map(|p| &p.highlights))
    }

    /// Whether there are several positions and it says what was done: in one of them, or in all of them
    /// together, which under one position would read as if it were done there.
    pub fn is_by_position(&self) -> bool {
        let says = |it: &Position| {
            it.summary.is_some() || !it.highlights.is_empty() || !it.technologies.is_empty()
        };
        let says_itself =
            self.summary.is_some() || !self.highlights.is_empty() || !self.technologies.is_empty();
        self.positions.len() > 1 && (says_itself || self.positions.iter().any(says))
    }

    /// What it says in sentences, and what was worked with.
    pub fn remarks(&self) -> impl Iterator<Item = &Text> {
        let own = self.description.iter().chain(&self.summary);
        let own = own.chain(self.positions.iter().flat_map(|position| &position.summary));
        let tools = self.positions.iter().flat_map(|position| &position.technologies);
        own.map(|text| &**text).chain(&self.technologies).chain(tools)
    }
}

/// One result or duty: a bare text, or a map with its importance and tags.
#[derive(Debug, Clone)]
pub struct Highlight {
    /// Name by which an application pins or drops it.
    pub id: Option<Id>,
    /// The words.
    pub text: Inline,
    /// How much it matters, and what it is about.
    pub priority: Priority,
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
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

impl Read for Highlight {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let long = has_any(node, &LongHighlight::keys());
        if !long && !matches!(node.kind, Kind::List(_) | Kind::Null) {
            let text = Inline::read(node, reader)?;
            // Markdown such as `[](url)` or `&nbsp;` would be a bullet with nothing after it.
            if text.wordings().iter().all(|wording| wording.plain().trim().is_empty()) {
                let diagnostic = Diagnostic::warning("W023", "the highlight has no words");
                let diagnostic =
                    diagnostic.at(node.place).hint("write what was done, or remove it");
                return reader.fail(diagnostic);
            }
            return Some(Self { id: None, text, priority: Priority::default(), place: node.place });
        }
        let LongHighlight { id, text, priority, place } = LongHighlight::read(node, reader)?;
        Some(Self { id, text, priority, place })
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
        let Self { id, text, priority, place } = self.clone();
        LongHighlight { id, text, priority, place }.value()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.text.texts(texts);
    }
}
