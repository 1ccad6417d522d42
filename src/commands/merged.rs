//! What `resume render --merge` names, read.

use std::path::Path;

use crate::commands::context::bytes_of;
use crate::error::Error;
use crate::export::{MergePart, OtherPdf, Part};

/// Bytes of a PDF that can be merged.
const LIMIT: u64 = 100_000_000;

/// The parts with the PDFs read; `redacts` where the documents are made without some of the record.
///
/// # Errors
/// Parts that do not go together; a PDF that cannot be merged.
pub fn merged(parts: &[MergePart], redacts: bool) -> Result<Vec<Part>, Error> {
    if !parts.is_empty() && parts.iter().all(|part| matches!(part, MergePart::File(_))) {
        let hint = "name a document of the record, such as `one-page`, beside the files";
        return Err(Error::new("`--merge` has nothing of the record", hint));
    }
    if let Some((_, twice)) =
        parts.iter().enumerate().find(|(at, part)| parts[..*at].contains(part))
    {
        let name = match twice {
            MergePart::Document(format) => format.word().to_owned(),
            MergePart::File(path) => path.display().to_string(),
        };
        return Err(Error::new(format!("`--merge` names `{name}` twice"), "name each part once"));
    }
    let read = parts.iter().map(|part| match part {
        MergePart::Document(format) => Ok(Part::Document(*format)),
        MergePart::File(path) => other(path, redacts).map(Part::File),
    });
    read.collect()
}

fn other(path: &Path, redacts: bool) -> Result<OtherPdf, Error> {
    if redacts {
        let message = format!("`--redact` removes nothing from `{}`", path.display());
        return Err(Error::new(message, "leave it out of `--merge`, and see to it by hand"));
    }
    OtherPdf::read(path, bytes_of(path, LIMIT)?)
}
