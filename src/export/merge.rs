//! Several documents as one PDF, with one outline: laid out once, each as a package of its own.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use hayro_syntax::Pdf;
use serde_json::json;

use crate::document::Format;
use crate::engine::{Blob, Document as Pages, Fault, package};
use crate::error::Error;
use crate::typeset::{Finding, Typesetter};

/// The template that puts documents together.
const TEMPLATE: &str = "merged/main.typ";

/// What can be merged, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergePart {
    /// A document of the record.
    Document(Format),
    /// A PDF.
    File(PathBuf),
}

impl FromStr for MergePart {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let format = Format::ALL.into_iter().find(|format| format.word() == word);
        match format {
            Some(format) => Ok(Self::Document(format)),
            None if word.to_lowercase().ends_with(".pdf") => Ok(Self::File(PathBuf::from(word))),
            None => {
                let words = Format::ALL.map(Format::word).join(", ");
                Err(format!("it is one of {words}, or the path of a PDF"))
            }
        }
    }
}

/// What is merged, with the files read.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// A document of the record.
    Document(Format),
    /// A PDF: its title, its bytes, and the width and height of each page in points.
    File { title: String, bytes: Blob, pages: Vec<(f32, f32)> },
}

impl Part {
    /// A PDF with its bytes.
    ///
    /// # Errors
    /// It is no PDF, or a locked one.
    pub fn file(path: &Path, bytes: Vec<u8>) -> Result<Self, Error> {
        let shown = path.display();
        let pdf = Pdf::new(bytes.clone()).map_err(|error| {
            let hint = "it must be a PDF that opens without a password";
            Error::new(format!("cannot read `{shown}` as PDF: {error:?}"), hint)
        })?;
        let pages = pdf.pages().iter().map(|page| page.render_dimensions()).collect();
        let title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self::File { title, bytes: Blob::from(bytes), pages })
    }
}

/// The documents of a variant as one; `None` where one of them could not be made.
pub(super) fn merge(typesetter: &Typesetter, parts: &[Part]) -> (Option<Pages>, Vec<Finding>) {
    let (mut findings, mut jobs, mut first) = (Vec::new(), Vec::new(), None);
    let (mut listed, mut files) = (Vec::new(), Vec::new());
    for (number, part) in parts.iter().enumerate() {
        match part {
            Part::Document(format) => {
                let (typeset, found) = typesetter.typeset(*format);
                findings.extend(found);
                let Some(typeset) = typeset else { return (None, findings) };
                let (mut document, _) =
                    typesetter.document(*format, &typeset.selection, typeset.fit);
                document.frame.settings.merged = true;
                jobs.push(typesetter.job(*format, &document));
                let package = package(jobs.len());
                listed.push(json!({ "format": format.word(), "package": package }));
                first.get_or_insert((*format, document));
            }
            Part::File { title, bytes, pages } => {
                let file = format!("/merged/{number}.pdf");
                listed
                    .push(json!({ "format": null, "title": title, "file": file, "pages": pages }));
                files.push((file, bytes.clone()));
            }
        }
    }
    let Some((format, document)) = first else {
        let fault = Fault::plain("nothing of the record is merged");
        findings.push(Finding::Fault(fault));
        return (None, findings);
    };
    let mut job = typesetter.job_of(TEMPLATE, format, &document);
    job = job.with_file("/merged.json", serde_json::Value::from(listed).to_string());
    job = files.into_iter().fold(job, |job, (path, bytes)| job.with_file(path, bytes));
    job.parts = jobs;
    match typesetter.engine.compile(&job) {
        Ok(pages) => (Some(pages), findings),
        Err(faults) => {
            findings.extend(faults.into_iter().map(Finding::Fault));
            (None, findings)
        }
    }
}
