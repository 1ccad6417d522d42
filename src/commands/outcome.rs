//! The result of a run for one record.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::diagnostics::{Diagnostic, Sources};
use crate::error::Error;
use crate::tailor::LeftOut;
use crate::util::timings::Timings;

/// The documents of one record, and everything there is to report about them.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The documents that were written, once for each type of file.
    pub written: Vec<Written>,
    /// How many documents that is.
    pub documents: usize,
    /// Names of the documents that were not written.
    pub failed: Vec<String>,
    /// What is not made or not exported, and why.
    pub skipped: Vec<(String, &'static str)>,
    /// What is wrong or odd.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
    /// What kept a record among many from being opened, or a document from being written.
    pub errors: Vec<Error>,
    /// How long each part of the run took.
    pub timings: Timings,
    /// Whether a warning fails the run as an error does.
    pub denies: bool,
    /// The files that the record was read from, and those it looked for.
    pub inputs: BTreeSet<PathBuf>,
}

/// One document that was made, as one type of file.
#[derive(Debug)]
pub struct Written {
    /// Where it is, the file of every page; empty for standard output.
    pub paths: Vec<PathBuf>,
    /// Its size in bytes.
    pub size: usize,
    /// How many pages the document has; none as text.
    pub pages: usize,
    /// What the document leaves out for lack of room; with the first of its files.
    pub left_out: Vec<LeftOut>,
    /// How long its parts took.
    pub timings: Timings,
}
