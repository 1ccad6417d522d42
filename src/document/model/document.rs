//! One document: what all documents have, and what its format adds.

use serde::Serialize;

use crate::document::model::frame::Frame;
use crate::document::model::letter::{Letter, Questions};
use crate::document::model::manual::Manual;
use crate::document::model::resume::Resume;

/// Everything that is in a document. Templates read it as `/document.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// What every document has.
    #[serde(flatten)]
    pub frame: Frame,
    /// What documents of its format have.
    #[serde(flatten)]
    pub body: Body,
}

/// What the documents of one format have.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Body {
    /// The body of `full`.
    Manual(Box<Manual>),
    /// The body of `cv`, `one-page` and `portfolio`.
    Resume(Box<Resume>),
    /// The body of `letter`.
    Letter(Box<Letter>),
    /// The body of `questions`.
    Questions(Questions),
}

impl Document {
    /// The document as JSON.
    pub fn json(&self) -> String {
        // Nothing in it fails to be written: all keys are strings.
        serde_json::to_string(self).unwrap_or_default()
    }
}
