//! The labels of what a document prints, which links lead to.

use std::collections::BTreeMap;

use crate::document::format::Format;

/// The path of the posts of a record that lists them nowhere.
pub(super) const POSTS: &str = "/posts/";

/// Labels by what they are the places of: the path of a page, a path with `#` and the id of a heading, or `#` and the
/// id of a career entry.
pub(crate) type Places = BTreeMap<String, String>;

/// What an address begins with that is a label. No link of a record has this scheme: E034 refuses it.
pub(super) const LABEL: &str = "label:";

/// The labels of one document.
#[derive(Debug)]
pub(super) struct Labels {
    /// What they begin with: the name of the format where other documents are in the same file.
    part: String,
}

impl Labels {
    /// Those of a document of a format, which may have a file of its own.
    pub fn of(format: Format, alone: bool) -> Self {
        Self { part: if alone { String::new() } else { format!("{}:", format.word()) } }
    }

    /// That of the manual's cover.
    pub fn cover(&self) -> String {
        self.part.clone() + "cover"
    }

    /// That of the page at a path: the path without the slashes at its ends.
    pub fn page(&self, path: &str) -> String {
        format!("{}{}", self.part, path.trim_matches('/'))
    }

    /// What those of the headings on the page at a path begin with.
    pub fn prefix(&self, path: &str) -> String {
        self.page(path) + "#"
    }

    /// That of a project's card, or of its entry in a résumé.
    pub fn project(&self, id: &str) -> String {
        format!("{}card:{id}", self.part)
    }

    /// That of a career entry in a résumé.
    pub fn career(&self, id: &str) -> String {
        format!("{}career:{id}", self.part)
    }

    /// What tells the footnotes of a text from those of another, by the place of the text.
    pub fn notes(&self, place: &impl std::fmt::Debug) -> String {
        format!("{}{place:?}", self.part)
    }
}
