//! Errors that keep a command from running: usage, environment, I/O. Exit status 2.
//!
//! Faults in the user's data, template or document are [`Diagnostic`](crate::diagnostics::Diagnostic)s.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use crate::util::nearest::nearest;
use crate::util::visible::visible;

/// A command cannot run, or cannot write what it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What is wrong: lowercase, no full stop, the user's text in backticks.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Error {
    /// An error with what to do about it.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { hint: Some(visible(&hint.into()).into_owned()), ..Self::from(message.into()) }
    }

    /// An unknown word: the hint is the nearest known word, or `otherwise`.
    pub fn unknown<'a>(
        message: impl Into<String>,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
        otherwise: impl FnOnce() -> String,
    ) -> Self {
        let near = nearest(word, known).map(|near| format!("did you mean `{near}`?"));
        Self::new(message, near.unwrap_or_else(otherwise))
    }

    /// A file or folder that cannot be written.
    pub fn write(path: &Path, error: impl Display) -> Self {
        format!("cannot write `{}`: {error}", path.display()).into()
    }
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self { message: visible(&message).into_owned(), hint: None }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
