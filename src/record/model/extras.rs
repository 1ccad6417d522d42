//! The shorter lists of a record: skills, languages, awards and the rest of JSON Resume.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Place, brief};
use crate::record::declare::record;
use crate::record::model::date::compiled;
use crate::record::model::priority::Priority;
use crate::record::model::text::{Id, Inline, Phrase, Prose};
use crate::record::model::time::Time;
use crate::record::read::{Read, Reader, Spanned, has_any};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

record! {
    /// A group of skills.
    pub struct SkillGroup as "a group of skills" {
        /// What the group is about.
        pub name: Text,
        /// How well the person has these skills, in words.
        pub level: Option<Text>,
        /// Its members, the strongest first.
        pub skills: Vec<Skill>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

/// One skill: a bare name, or a map with aliases and a level.
#[derive(Debug, Clone)]
pub struct Skill {
    /// Its usual name.
    pub name: Phrase,
    /// Other spellings of the same thing.
    pub aliases: Vec<Spanned<String>>,
    /// How well, in words.
    pub level: Option<Text>,
    /// How much it matters, and what it is about.
    pub priority: Priority,
    /// Where it begins.
    pub place: Place,
}

record! {
    /// The long form of a skill.
    pub struct LongSkill as "a skill" {
        /// Its usual name.
        pub name: Phrase,
        /// Other spellings of the same thing.
        pub aliases: Vec<Spanned<String>>,
        /// How well, in words.
        pub level: Option<Text>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

impl Read for Skill {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let long = has_any(node, &LongSkill::keys());
        if !long && !matches!(node.kind, Kind::List(_) | Kind::Null) {
            let (name, place) = (Phrase::read(node, reader)?, node.place);
            let (aliases, priority) = (Vec::new(), Priority::default());
            return Some(Self { name, aliases, level: None, priority, place });
        }
        let LongSkill { name, aliases, level, priority, place } = LongSkill::read(node, reader)?;
        Some(Self { name, aliases, level, priority, place })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Skill", |schemas| {
            let long = LongSkill::schema(schemas);
            json!({
                "description": "One skill: a bare name, or a map with aliases and a level.",
                "anyOf": [Phrase::schema(schemas), long],
            })
        })
    }

    fn value(&self) -> Value {
        let Self { name, aliases, level, priority, place } = self.clone();
        LongSkill { name, aliases, level, priority, place }.value()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.name.texts(texts);
        self.level.texts(texts);
    }
}

record! {
    /// A human language.
    pub struct SpokenLanguage as "a language" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Its name.
        pub language: Text,
        /// How well it is spoken, in words.
        #[also("level")]
        pub fluency: Option<Text>,
        /// Tests of it.
        pub tests: Vec<LanguageTest>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

record! {
    /// A test of a language.
    pub struct LanguageTest as "a test" {
        /// Its name, such as `TOEIC`.
        pub name: Text,
        /// What was reached.
        pub score: Option<Text>,
        /// When it was taken, or how long it is valid.
        pub time: Time,
    }
}

record! {
    /// An award.
    pub struct Award as "an award" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Its name.
        #[also("title")]
        pub name: Phrase,
        /// Who gave it.
        #[also("awarder")]
        pub by: Option<Phrase>,
        /// When it was given.
        pub time: Time,
        /// Its address.
        pub url: Option<Spanned<String>>,
        /// What it was for.
        pub summary: Option<Inline>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

record! {
    /// A certificate.
    pub struct Certificate as "a certificate" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Its name.
        pub name: Phrase,
        /// Who gave it.
        #[also("issuer")]
        pub by: Option<Phrase>,
        /// When it was given, or how long it is valid.
        pub time: Time,
        /// Its address.
        pub url: Option<Spanned<String>>,
        /// What it covers.
        pub summary: Option<Inline>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

record! {
    /// A publication.
    pub struct Publication as "a publication" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Its title.
        #[also("title")]
        pub name: Phrase,
        /// Who wrote it, in order. The person's own name is set apart, however it is spelt
        /// (`N. Surname`, `Surname, N.`); strong text (`**Name**`) sets apart any other.
        pub authors: Vec<Phrase>,
        /// Who published it.
        #[also("publisher")]
        pub by: Option<Phrase>,
        /// The journal, conference or book it appeared in.
        pub venue: Option<Text>,
        /// Volume of the journal or the series.
        pub volume: Option<Text>,
        /// Issue of the volume.
        pub issue: Option<Text>,
        /// Its pages, or its number.
        pub pages: Option<Text>,
        /// When it appeared.
        pub time: Time,
        /// Digital object identifier, printed as a link.
        pub doi: Option<Doi>,
        /// What kind of publication it is, in words.
        pub kind: Option<Text>,
        /// How far it is, in words, such as `under review`.
        pub status: Option<Text>,
        /// Its address.
        pub url: Option<Spanned<String>>,
        /// What it says.
        pub summary: Option<Inline>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

/// A digital object identifier (ISO 26324), without the address of its resolver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doi(pub Spanned<String>);

/// A DOI as an identifier or as an address, as a regular expression of Rust and of JSON Schema.
const DOI: &str =
    r"^((https?://)?(dx\.)?doi\.org/|[Dd][Oo][Ii]: ?)?(10\.[0-9]{4,9}(\.[0-9]+)*/[^\s]+)$";

impl Read for Doi {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        static READER: LazyLock<Regex> = LazyLock::new(|| compiled(DOI));
        let text = reader.text(node, "a DOI such as `10.1000/182`")?;
        let Some(found) = READER.captures(text.trim()) else {
            let message = format!("`{}` is not a DOI", brief(text));
            let diagnostic = Diagnostic::error("E027", message).at(node.place);
            return reader.fail(diagnostic.hint("write it as `10.1000/182`"));
        };
        Some(Self(Spanned { value: found[4].to_owned(), place: node.place }))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Doi", |_| {
            json!({
                "description": "A digital object identifier, with or without `https://doi.org/`.",
                "type": "string",
                "pattern": DOI,
                "examples": ["10.1000/182"],
            })
        })
    }

    fn value(&self) -> Value {
        self.0.value()
    }
}

record! {
    /// An interest.
    pub struct Interest as "an interest" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Its name.
        pub name: Text,
        /// What exactly.
        pub keywords: Vec<Text>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}

record! {
    /// A reference: somebody who recommends the person.
    pub struct Reference as "a reference" {
        /// Name by which an application pins or drops it.
        pub id: Option<Id>,
        /// Their name.
        pub name: Text,
        /// What they say.
        pub reference: Option<Prose>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
    }
}
