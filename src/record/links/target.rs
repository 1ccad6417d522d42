//! What a link in the data means.

/// What a link in the data means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside the record.
    External(String),
    /// A page of the site, with the id of a heading on it.
    Site {
        /// Its path, with slashes at both ends.
        path: String,
        /// The heading.
        fragment: Option<String>,
    },
}

/// Why a link means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dangling {
    /// No such page; the paths that exist.
    Page(String),
    /// The page has no heading of that id.
    Heading(String),
    /// The address is relative to a page of the site; a PDF has no such base.
    Relative,
    /// A scheme that a reader of a PDF should not be sent to.
    Scheme(String),
    /// A machine that only the author reaches.
    Private(String),
    /// A site path in a record that names no site.
    NoSite,
    /// Not an address at all; what to do about it.
    Malformed(String),
}
