//! A format that is imported.

use crate::interchange::mapping::Section;
use crate::interchange::source::Source;
use crate::interchange::walk::Walk;

/// A format: its name, how it is recognised, and where its fields go.
#[derive(Debug)]
pub struct Format {
    /// Its word on the command line.
    pub word: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether a source has its form.
    pub recognises: fn(&Source) -> bool,
    /// Whether its texts may be in any language, whatever that of the record: titles of publications.
    pub any_language: bool,
    /// Makes a record of a source.
    pub import: fn(Source, &mut Walk),
    /// Its tables with their titles, for the documentation.
    pub tables: &'static [(&'static str, &'static [Section])],
    /// What its tables do not say, in sentences.
    pub about: &'static str,
}
