//! What a template lists as the text of a document, in order.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::model::values::Link;
use crate::document::reference::{Described, described};

/// A part of a document's text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// Lines that stay together.
    Lines(Lines),
    /// A list.
    Points(Points),
    /// Markdown of the data.
    Prose(Prose),
    /// A diagram of its own.
    Drawing(Drawing),
}

described! {
    /// A heading; its `kind` is `heading`.
    #[derive(Deserialize)]
    pub struct Heading as "heading block" {
        /// The level, from 1.
        pub level: u8,
        /// What it says.
        pub text: Vec<Run>,
        /// The label by which links in the document refer to it.
        pub label: Option<String>,
    }

    /// Lines that stay together; their `kind` is `lines`.
    #[derive(Deserialize)]
    pub struct Lines as "lines block" {
        /// What each line says.
        pub lines: Vec<Vec<Run>>,
    }

    /// A list; its `kind` is `points`.
    #[derive(Deserialize)]
    pub struct Points as "points block" {
        /// Its items, without a `kind`.
        pub items: Vec<Prose>,
    }

    /// Markdown of the record; its `kind` is `prose`. All keys but `text` can be left out.
    #[derive(Deserialize)]
    pub struct Prose as "prose block" {
        /// The Markdown.
        pub text: String,
        /// Whether it is a short text, which has paragraphs and bullets as its only blocks.
        #[serde(default)]
        pub inline: bool,
        /// Where its addresses lead. One that is missing leads to itself, `none` leads nowhere.
        #[serde(default)]
        pub links: BTreeMap<String, Option<Link>>,
        /// What its heading ids begin with as labels.
        #[serde(default)]
        pub prefix: String,
        /// The quotation marks of its language, as in [prose](#prose).
        #[serde(default)]
        pub quotes: String,
        /// The level of its shallowest heading, usually 1.
        #[serde(default)]
        pub level: Option<u8>,
        /// Its diagrams, in order, without a `kind`.
        #[serde(default)]
        pub drawings: Vec<Drawing>,
        /// Words before it.
        #[serde(default)]
        pub lead: Option<String>,
    }

    /// A diagram; its `kind` is `drawing`.
    #[derive(Deserialize)]
    pub struct Drawing as "drawing block" {
        /// The Mermaid text.
        pub source: String,
        /// What it shows, in sentences.
        pub alt: String,
        /// The caption below it.
        pub caption: Option<String>,
    }

    /// Words in one style. All keys but `text` can be left out.
    #[derive(Deserialize)]
    pub struct Run as "run" {
        /// The words.
        pub text: String,
        /// Where they lead.
        #[serde(default)]
        pub link: Option<Link>,
        /// Whether they are emphasised.
        #[serde(default)]
        pub strong: bool,
        /// The same with emphasis, code and links.
        #[serde(default)]
        pub prose: Option<Prose>,
    }
}

/// The tables of all blocks in Markdown, for `docs/templates.md`. They follow those of documents.
pub fn reference() -> String {
    let mut reference = crate::document::reference();
    let documents = reference.count();
    for name in [Heading::name, Lines::name, Points::name, Prose::name, Drawing::name] {
        name(&mut reference);
    }
    reference.markdown(documents)
}
