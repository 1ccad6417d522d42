//! `resume data`: the record as it was understood.

use std::path::Path;

use crate::check::rules;
use crate::commands::context::foreign;
use crate::commands::outcome::Outcome;
use crate::diagnostics::suppressions::settle;
use crate::diagnostics::{Sources, any_error};
use crate::error::Error;
use crate::export::yaml;
use crate::record::load;
use crate::record::read::Read as _;

/// The forms a record is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataForm {
    /// JSON.
    Json,
    /// YAML, which can be read again.
    Yaml,
}

/// The record as it was understood, with what is wrong with it; no text where that is an error.
///
/// # Errors
/// What keeps the record from being read at all.
pub fn data(data: &Path, form: DataForm) -> Result<(Option<String>, Outcome), Error> {
    let mut sources = Sources::default();
    let loaded = load(data, &mut sources)?;
    if any_error(&loaded.diagnostics) {
        foreign(data).map_or(Ok(()), Err)?;
    }
    let text = match loaded.record.filter(|_| !any_error(&loaded.diagnostics)) {
        None => None,
        Some(record) => Some(match form {
            DataForm::Json => format!("{:#}\n", record.value()),
            DataForm::Yaml => yaml(&record)?,
        }),
    };
    let mut diagnostics = if text.is_some() { Vec::new() } else { loaded.diagnostics };
    settle(&mut diagnostics, &sources, &[], &[], &rules());
    Ok((text, Outcome { diagnostics, sources, ..Outcome::default() }))
}
