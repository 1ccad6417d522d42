//! What a template says a document says, in order.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A part of a document's text.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A heading of a level from 1, and the label that links lead to.
    Heading {
        /// The level, from 1.
        level: u8,
        /// What it says.
        text: Vec<Run>,
        /// What links in the document call it.
        label: Option<String>,
    },
    /// Lines that stay together.
    Lines {
        /// What each line says.
        lines: Vec<Vec<Run>>,
    },
    /// A list.
    Points {
        /// Its items.
        items: Vec<Prose>,
    },
    /// Markdown of the data.
    Prose(Prose),
    /// A diagram of its own.
    Drawing(Drawing),
}

/// Words that look alike.
#[derive(Debug, Clone, Deserialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Where they lead.
    #[serde(default)]
    pub link: Option<Target>,
    /// Whether they stand out.
    #[serde(default)]
    pub strong: bool,
}

/// Where a link leads: to a label of the document or to an address.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// A label.
    Label(String),
    /// An address.
    Url(String),
}

/// Markdown of the data, with what its links and diagrams mean.
#[derive(Debug, Clone, Deserialize)]
pub struct Prose {
    /// The Markdown.
    pub text: String,
    /// Where its addresses lead; one that is missing leads to itself, `null` nowhere.
    #[serde(default)]
    pub links: BTreeMap<String, Option<Target>>,
    /// What its heading ids begin with as labels.
    #[serde(default)]
    pub prefix: String,
    /// The quotation marks of its language: open, close, open inside, close inside.
    #[serde(default)]
    pub quotes: String,
    /// The level of its shallowest heading.
    #[serde(default)]
    pub level: Option<u8>,
    /// Its diagrams, in order.
    #[serde(default)]
    pub drawings: Vec<Drawing>,
    /// Words that stand before it.
    #[serde(default)]
    pub lead: Option<String>,
}

/// A diagram.
#[derive(Debug, Clone, Deserialize)]
pub struct Drawing {
    /// The Mermaid text.
    pub source: String,
    /// What it shows, in sentences.
    pub alt: String,
    /// What stands below it.
    pub caption: Option<String>,
}
