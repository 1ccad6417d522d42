//! The shorter lists of a record: skills, languages, awards and the rest of JSON Resume.

use serde_json::{Map, Value, json};

use crate::record::model::career::Importance;
use crate::record::model::date::Date;
use crate::record::model::text::{Inline, Phrase, Prose};
use crate::record::read::{Read, Reader, Spanned, put, record};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

record! {
    /// A group of skills.
    pub struct SkillGroup as "a group of skills" {
        /// What the group is about.
        pub name: Text,
        /// Its members, the strongest first.
        pub skills: Vec<Skill>,
        /// How much the group matters.
        pub importance: Importance,
    }
}

/// One skill: a bare name, or a map with aliases and a level.
#[derive(Debug, Clone)]
pub struct Skill {
    /// Its usual name.
    pub name: Text,
    /// Other spellings of the same thing.
    pub aliases: Vec<Spanned<String>>,
    /// How well, in words.
    pub level: Option<Text>,
    /// How much it matters.
    pub importance: Importance,
}

record! {
    /// The long form of a skill.
    pub struct LongSkill as "a skill" {
        /// Its usual name.
        pub name: Text,
        /// Other spellings of the same thing.
        pub aliases: Vec<Spanned<String>>,
        /// How well, in words.
        pub level: Option<Text>,
        /// How much it matters.
        pub importance: Importance,
    }
}

impl Read for Skill {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let long = LongSkill::keys().iter().any(|key| node.get(key).is_some());
        if !long && !matches!(node.kind, Kind::List(_) | Kind::Null) {
            let name = Text::read(node, reader)?;
            let importance = Importance::default();
            return Some(Self { name, aliases: Vec::new(), level: None, importance });
        }
        let LongSkill { name, aliases, level, importance, place: _ } =
            LongSkill::read(node, reader)?;
        Some(Self { name, aliases, level, importance })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Skill", |schemas| {
            let long = LongSkill::schema(schemas);
            json!({
                "description": "One skill: a bare name, or a map with aliases and a level.",
                "anyOf": [Text::schema(schemas), long],
            })
        })
    }

    fn value(&self) -> Value {
        let mut map = Map::new();
        put(&mut map, "name".to_owned(), self.name.value());
        put(&mut map, "aliases".to_owned(), self.aliases.value());
        put(&mut map, "level".to_owned(), self.level.value());
        put(&mut map, "importance".to_owned(), self.importance.value());
        map.into()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.name.texts(texts);
        self.level.texts(texts);
    }
}

record! {
    /// A human language.
    pub struct SpokenLanguage as "a language" {
        /// Its name.
        pub language: Text,
        /// How well it is spoken.
        pub fluency: Option<Text>,
    }
}

record! {
    /// An award.
    pub struct Award as "an award" {
        /// Its name.
        pub title: Phrase,
        /// The day it was given.
        pub date: Option<Spanned<Date>>,
        /// Who gave it.
        pub awarder: Option<Text>,
        /// Its address.
        pub url: Option<Spanned<String>>,
        /// What it was for.
        pub summary: Option<Inline>,
    }
}

record! {
    /// A certificate.
    pub struct Certificate as "a certificate" {
        /// Its name.
        pub name: Phrase,
        /// The day it was given.
        pub date: Option<Spanned<Date>>,
        /// Who gave it.
        pub issuer: Option<Text>,
        /// Its address.
        pub url: Option<Spanned<String>>,
    }
}

record! {
    /// A publication.
    pub struct Publication as "a publication" {
        /// Its title.
        pub name: Phrase,
        /// Where it appeared.
        pub publisher: Option<Text>,
        /// The day it appeared.
        pub date: Option<Spanned<Date>>,
        /// Its address.
        pub url: Option<Spanned<String>>,
        /// What it says.
        pub summary: Option<Inline>,
    }
}

record! {
    /// An interest.
    pub struct Interest as "an interest" {
        /// Its name.
        pub name: Text,
        /// What exactly.
        pub keywords: Vec<Text>,
    }
}

record! {
    /// A reference: somebody who recommends the person.
    pub struct Reference as "a reference" {
        /// Their name.
        pub name: Text,
        /// What they say.
        pub reference: Option<Prose>,
    }
}
