//! The tree of a YAML file, which keeps the byte span of every key and value.
//!
//! Scalars stay the characters that were typed: what `no`, `12:30` or `2024` means is decided by
//! the field that reads them.

use crate::diagnostics::Place;

/// One value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// The place of the value.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
    /// Words behind it that YAML takes for a comment, though they look like a part of it.
    pub cut: Option<Place>,
}

/// The forms a value takes.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Nothing was written, or `~`, or `null`.
    Null,
    /// A scalar.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A scalar as typed.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The characters, after YAML's own unfolding and escapes.
    pub text: String,
    /// Whether it was a literal block (`|`), whose lines are the file's lines.
    pub literal: bool,
}

/// A key with its place.
#[derive(Debug, Clone)]
pub struct Key {
    /// The characters of the key.
    pub text: String,
    /// Its place.
    pub place: Place,
}

impl Node {
    /// A value with nothing behind it.
    pub fn new(place: Place, kind: Kind) -> Self {
        Self { place, kind, cut: None }
    }

    /// The entry of a map under `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The entry of a map under `key`, with the key as it is written.
    pub fn entry(&self, key: &str) -> Option<&(Key, Node)> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|(k, _)| k.text == key),
            _ => None,
        }
    }

    /// What the value is, in the words of a message.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Scalar(scalar) if scalar.text.trim().is_empty() => "an empty text",
            Kind::Scalar(_) => "a single value",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}
