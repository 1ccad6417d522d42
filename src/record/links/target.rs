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
    /// No such page; the paths that there are.
    Page(String),
    /// The page has no heading of that id.
    Heading(String),
    /// The address stands relative to a page, which a PDF is not.
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
