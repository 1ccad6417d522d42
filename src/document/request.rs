//! Which document is requested.

use crate::document::format::Format;
use crate::document::labels::Places;
use crate::document::project_filter::Filter;
use crate::document::words::Words;
use crate::record::model::applications::Application;
use crate::record::model::date::Date;
use crate::tailor::{Fit, Selection};

/// What to build.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The format.
    pub format: Format,
    /// The language of the document.
    pub language: &'a str,
    /// The words that the templates print and that are not in the data.
    pub words: &'a Words,
    /// Its date.
    pub date: Date,
    /// The application it is for.
    pub application: Option<&'a Application>,
    /// Which optional entries it shows.
    pub selection: &'a Selection,
    /// Which projects and articles the manual and the portfolio are limited to, in which order.
    pub filter: &'a Filter,
    /// The factors on the sizes of its template.
    pub fit: Fit,
    /// The places of the other documents in the same file; `None` for a document in a file of its own.
    pub elsewhere: Option<&'a Places>,
}
