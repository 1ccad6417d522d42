//! The input of the engine for one document.

use std::collections::BTreeMap;

use crate::engine::blob::Blob;

/// One document to lay out.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The template that is run, by its path below the templates folder: `full/main.typ`.
    pub main: String,
    /// What the template can read, by absolute virtual path: `/document.json`, `/data/a.png`.
    /// Images of Markdown texts are looked up below `/data/`.
    pub files: BTreeMap<String, Blob>,
    /// Year, month and day for `datetime.today()`; without it that call is an error.
    pub today: Option<(i32, u8, u8)>,
    /// Jobs whose documents are parts of this one: its template includes the package that [`package`] names.
    pub parts: Vec<Job>,
}

/// The namespace of the packages that the parts of a job are.
pub(super) const PARTS: &str = "part";

/// The package that a part of a job is, counted from 1.
pub fn package(number: usize) -> String {
    format!("@{PARTS}/p{number}:1.0.0")
}

impl Job {
    /// A job that shows `document` through a template.
    pub fn new(main: impl Into<String>, document: impl Into<Blob>) -> Self {
        Self::default().with_main(main).with_file("/document.json", document)
    }

    /// Adds a file the template can read.
    pub fn with_file(mut self, path: impl Into<String>, bytes: impl Into<Blob>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }

    /// Sets the template.
    pub(super) fn with_main(mut self, main: impl Into<String>) -> Self {
        self.main = main.into();
        self
    }
}
