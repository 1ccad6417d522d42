//! Sections: those of the record itself, and how documents order them.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::record::declare::{choice, record};
use crate::record::model::career::Highlight;
use crate::record::model::location::Location;
use crate::record::model::priority::Priority;
use crate::record::model::site::Listing;
use crate::record::model::text::{Id, Inline, Phrase, Prose};
use crate::record::model::time::Time;
use crate::record::read::{Read, Reader, Spanned, put};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

// The sections are in their usual order.
choice! {
    /// A section of the résumé.
    pub enum SectionKind as "a section of the résumé" {
        /// Employment.
        Experience = "experience",
        /// Projects.
        Projects = "projects",
        /// Skills.
        Skills = "skills",
        /// School and research.
        Education = "education",
        /// Unpaid work.
        Volunteering = "volunteering",
        /// Certificates.
        Certificates = "certificates",
        /// Awards.
        Awards = "awards",
        /// Publications.
        Publications = "publications",
        /// Human languages.
        Languages = "languages",
        /// Interests.
        Interests = "interests",
        /// References.
        References = "references",
    }
}

impl SectionKind {
    /// The section of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.word() == word)
    }
}

choice! {
    /// The id of a section whose title the templates have in every language.
    pub enum ReadyTitle as "the id of a section with a ready title" {
        /// Talks.
        Talks = "talks",
        /// Grants and scholarships.
        Grants = "grants",
        /// Patents.
        Patents = "patents",
        /// Teaching.
        Teaching = "teaching",
        /// Exhibitions.
        Exhibitions = "exhibitions",
        /// Memberships.
        Memberships = "memberships",
        /// Courses and further training.
        Courses = "courses",
        /// Test scores.
        TestScores = "test-scores",
        /// Military service.
        MilitaryService = "military-service",
        /// Contributions to open source.
        OpenSource = "open-source",
    }
}

/// A section of a résumé: a usual one by its word, or one of the record's `sections` by its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionId {
    /// A section that every record may have.
    Usual(SectionKind),
    /// A section of the record's `sections`.
    Own(String),
}

impl SectionId {
    /// The section of a word. Whether the record has an own section of that id is not known here.
    pub fn of(word: &str) -> Self {
        SectionKind::of(word).map_or_else(|| Self::Own(word.to_owned()), Self::Usual)
    }

    /// Its word or its id.
    pub fn word(&self) -> &str {
        match self {
            Self::Usual(kind) => kind.word(),
            Self::Own(id) => id,
        }
    }

    /// The usual section that it is.
    pub fn usual(&self) -> Option<SectionKind> {
        match self {
            Self::Usual(kind) => Some(*kind),
            Self::Own(_) => None,
        }
    }
}

impl From<SectionKind> for SectionId {
    fn from(kind: SectionKind) -> Self {
        Self::Usual(kind)
    }
}

impl PartialEq<SectionKind> for SectionId {
    fn eq(&self, kind: &SectionKind) -> bool {
        self.usual() == Some(*kind)
    }
}

impl Serialize for SectionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Read for SectionId {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        reader.scalar(node, "a section of the résumé").map(Self::of)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("SectionId", |schemas| {
            json!({
                "description": "A section of a résumé: a usual one, or the id of one of `sections`.",
                "anyOf": [SectionKind::schema(schemas), Id::schema(schemas)],
            })
        })
    }

    fn value(&self) -> Value {
        self.word().into()
    }
}

/// A section in an order: its bare name, or a map with a title of its own.
#[derive(Debug, Clone)]
pub struct SectionChoice {
    /// Which section.
    pub name: Spanned<SectionId>,
    /// Its title in these documents.
    pub title: Option<Text>,
}

record! {
    /// The long form of a section in an order.
    pub struct LongSectionChoice as "a section" {
        /// Which section.
        pub name: Spanned<SectionId>,
        /// Its title in these documents.
        pub title: Option<Text>,
    }
}

impl Read for SectionChoice {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let Kind::Map(_) = node.kind {
            let LongSectionChoice { name, title, place: _ } =
                LongSectionChoice::read(node, reader)?;
            return Some(Self { name, title });
        }
        Some(Self { name: Spanned::read(node, reader)?, title: None })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("SectionChoice", |schemas| {
            let long = LongSectionChoice::schema(schemas);
            json!({
                "description": "A section: its bare name, or a map with a title of its own.",
                "anyOf": [SectionId::schema(schemas), long],
            })
        })
    }

    fn value(&self) -> Value {
        let mut map = Map::new();
        put(&mut map, "name".to_owned(), self.name.value());
        put(&mut map, "title".to_owned(), self.title.value());
        map.into()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.title.texts(texts);
    }
}

record! {
    /// A section of one's own. With `entries`, `lines` or `text` it is a section of résumés, after
    /// the publications unless an order places it elsewhere. With a `description`, a `list` or
    /// articles it is a chapter of the manual.
    pub struct Section as "a section" {
        /// Name that articles give as their `section`, and by which documents order, pin and drop it; by
        /// default made of the title.
        pub id: Id,
        /// Path on the site; by default `/id/`.
        pub path: Option<Spanned<String>>,
        /// Its title; by default that of the templates, which `talks`, `grants`, `patents`, `teaching`,
        /// `exhibitions`, `memberships`, `courses`, `test-scores`, `military-service` and
        /// `open-source` have.
        pub title: Option<Text>,
        /// A sentence or two under the title of the chapter.
        pub description: Option<Inline>,
        /// What the chapter lists.
        pub list: Option<Listing>,
        /// What it says, in sentences.
        pub text: Option<Prose>,
        /// Its entries.
        pub entries: Vec<SectionEntry>,
        /// Its lines: a label and what belongs to it.
        pub lines: Vec<SectionLine>,
        /// How much it matters in a résumé, and what it is about.
        pub priority: Priority,
    }
}

record! {
    /// An entry of a section of one's own.
    pub struct SectionEntry as "an entry" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Its name.
        pub name: Phrase,
        /// Who gave, held or published it, or where.
        pub by: Option<Phrase>,
        /// When it was.
        pub time: Time,
        /// Where it was.
        pub location: Option<Location>,
        /// Its address.
        pub url: Option<Spanned<String>>,
        /// What it is, in one to three sentences.
        pub summary: Option<Inline>,
        /// Results and duties.
        pub highlights: Vec<Highlight>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

record! {
    /// A line of a section of one's own.
    pub struct SectionLine as "a line" {
        /// What the line is about, in a word or two.
        pub label: Text,
        /// What there is to say.
        pub text: Inline,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

/// A part of a section of one's own, which documents show or leave out.
#[derive(Debug, Clone, Copy)]
pub enum SectionPart<'a> {
    /// Its text.
    Text(&'a Prose),
    /// One of its entries.
    Entry(&'a SectionEntry),
    /// One of its lines.
    Line(&'a SectionLine),
}

impl Section {
    /// Its parts in the order in which documents print them.
    pub fn parts(&self) -> impl Iterator<Item = SectionPart<'_>> {
        let text = self.text.iter().map(SectionPart::Text);
        let entries = self.entries.iter().map(SectionPart::Entry);
        text.chain(entries).chain(self.lines.iter().map(SectionPart::Line))
    }

    /// The id by which documents order it.
    pub fn section_id(&self) -> SectionId {
        SectionId::Own(self.id.to_string())
    }

    /// Whether it is a section of résumés.
    pub fn has_content(&self) -> bool {
        self.parts().next().is_some()
    }
}
