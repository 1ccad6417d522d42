//! A text in several versions, of which an application uses the one that fits it best.

use std::ops::Deref;

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Place};
use crate::record::model::priority::Priority;
use crate::record::read::{Read, Reader, has_any, unknown_keys};
use crate::record::schema::{Key, Object, Schemas};
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

/// What a version is called in a message.
const VERSION: &str = "a version";

/// One text, or a list of versions; at least one.
#[derive(Debug, Clone)]
pub struct Versions<T> {
    first: Version<T>,
    others: Vec<Version<T>>,
}

/// One version: a bare text, or a map with its importance and tags.
#[derive(Debug, Clone)]
pub struct Version<T> {
    /// The words.
    pub text: T,
    /// How much it matters where it fits, and what it is about.
    pub priority: Priority,
}

impl<T> Versions<T> {
    /// All versions in their order.
    pub fn all(&self) -> impl Iterator<Item = &Version<T>> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// How much each version matters, and what it is about.
    pub fn priorities(&self) -> impl Iterator<Item = &Priority> {
        self.all().map(|version| &version.priority)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }
}

/// The first version, which documents use that are for everybody.
impl<T: Deref<Target = Text>> Deref for Versions<T> {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.first.text
    }
}

impl<T: Read> Read for Versions<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Kind::List(items) = &node.kind else {
            let first = Version { text: T::read(node, reader)?, priority: Priority::default() };
            return Some(Self { first, others: Vec::new() });
        };
        let mut all = items.iter().filter_map(|item| Version::read(item, reader));
        let first = all.next();
        let others = all.collect();
        if items.is_empty() {
            let diagnostic = Diagnostic::error(
                "E010",
                "expected a text or versions of one, found an empty list",
            );
            return reader.fail(diagnostic.at(node.place).hint("write a text, or remove the key"));
        }
        Some(Self { first: first?, others })
    }

    fn placeholder(place: Place) -> Option<Self> {
        let first = Version { text: T::placeholder(place)?, priority: Priority::default() };
        Some(Self { first, others: Vec::new() })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let one = T::schema(schemas);
        let items = Version::<T>::schema(schemas);
        json!({ "anyOf": [one, { "type": "array", "minItems": 1, "items": items }] })
    }

    fn value(&self) -> Value {
        match self.others.as_slice() {
            [] => self.first.text.value(),
            _ => self.all().map(Version::value).collect(),
        }
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.all().for_each(|version| version.text.texts(texts));
    }
}

impl<T: Read> Version<T> {
    fn text_key() -> Key {
        Key::of("text", &[])
    }

    fn priority_key() -> Key {
        Key::of("priority", &[])
    }
}

impl<T: Read> Read for Version<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let keys: Vec<Key> = [Self::text_key()].into_iter().chain(Priority::keys()).collect();
        if !has_any(node, &keys) {
            return Some(Self { text: T::read(node, reader)?, priority: Priority::default() });
        }
        unknown_keys(node, VERSION, &keys, reader);
        let text = T::read_field(node, &Self::text_key(), VERSION, reader);
        let priority = Priority::read_field(node, &Self::priority_key(), VERSION, reader);
        Some(Self { text: text?, priority: priority? })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let text = T::schema(schemas);
        let name = text["$ref"].as_str().and_then(|name| name.rsplit('/').next());
        let name = format!("{}Version", name.unwrap_or_default());
        let long = schemas.define(&format!("Long{name}"), |schemas| {
            let mut long = Object::default();
            T::describe_field(&mut long, &Self::text_key(), &["The words."], schemas);
            Priority::describe_field(&mut long, &Self::priority_key(), &[], schemas);
            long.build(&["The long form of a version."])
        });
        schemas.define(&name, |_| {
            let about =
                "One of several versions: a bare text, or a map with its importance and tags.";
            json!({ "description": about, "anyOf": [text, long] })
        })
    }

    fn value(&self) -> Value {
        let mut map = serde_json::Map::new();
        self.text.put_field(&Self::text_key(), &mut map);
        self.priority.put_field(&Self::priority_key(), &mut map);
        map.into()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.text.texts(texts);
    }
}
