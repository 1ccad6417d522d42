//! Several documents as one PDF, with one outline: laid out once, each as a package of its own.

use std::path::PathBuf;
use std::str::FromStr;

use serde_json::json;

use crate::document::{Format, Places};
use crate::engine::{Blob, Document as Pages, Fault, Job, package};
use crate::export::other_pdf::OtherPdf;
use crate::tailor::LeftOut;
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
        let word = word.trim();
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
    /// A PDF of another program.
    File(OtherPdf),
}

/// The documents of a variant as one, and what they leave out for lack of room; `None` where one of them could not
/// be made.
pub(super) fn merge(
    typesetter: &Typesetter,
    parts: &[Part],
) -> (Option<(Pages, Vec<LeftOut>)>, Vec<Finding>) {
    let (mut findings, mut made, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    let others = parts.iter().filter_map(|part| match part {
        Part::Document(_) => None,
        Part::File(other) => Some(other),
    });
    findings.extend(others.flat_map(OtherPdf::warnings).map(Finding::Diagnostic));
    let documents = parts.iter().filter_map(|part| match part {
        Part::Document(format) => Some(*format),
        Part::File(_) => None,
    });
    for format in documents {
        let (typeset, found) = typesetter.typeset(format);
        findings.extend(found);
        let Some(mut typeset) = typeset else { return (None, findings) };
        left_out.append(&mut typeset.left_out);
        let places = typesetter.places(format, &typeset);
        made.push((format, typeset, places));
    }
    let mut jobs: Vec<Job> = Vec::new();
    let (mut first, mut listed, mut files) = (None, Vec::new(), Vec::new());
    for (number, part) in parts.iter().enumerate() {
        match part {
            Part::Document(_) => {
                let Some((format, typeset, _)) = made.get(jobs.len()) else { continue };
                let others = made.iter().map(|(other, _, places)| (*other, places));
                let document = typesetter.part(*format, typeset, &elsewhere(*format, others));
                jobs.push(typesetter.job(*format, &document));
                let (package, file) = (package(jobs.len()), format!("/merged/{number}.json"));
                listed.push(json!({ "document": file, "package": package }));
                files.push((file, Blob::from(document.json())));
                first.get_or_insert((*format, document));
            }
            Part::File(OtherPdf { title, bytes, pages, .. }) => {
                let file = format!("/merged/{number}.pdf");
                let listing =
                    json!({ "document": null, "title": title, "file": file, "pages": pages });
                listed.push(listing);
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
        Ok(pages) => (Some((pages, left_out)), findings),
        Err(faults) => {
            findings.extend(faults.into_iter().map(Finding::Fault));
            (None, findings)
        }
    }
}

/// Where the links of a document lead in the others of its file. The pages of the site are those of the manual and the
/// portfolio; a letter also finds the entries of the résumés, which say less.
fn elsewhere<'a>(
    format: Format,
    documents: impl Iterator<Item = (Format, &'a Places)> + Clone,
) -> Places {
    let is_resume = |format| matches!(format, Format::Cv | Format::OnePage);
    let others = documents.filter(|(other, _)| *other != format);
    let long = others.clone().filter(|(other, _)| !is_resume(*other));
    let resumes = others.filter(|(other, _)| format.is_of_application() && is_resume(*other));
    let mut places = Places::new();
    for (place, label) in long.chain(resumes).flat_map(|(_, places)| places) {
        places.entry(place.clone()).or_insert_with(|| label.clone());
    }
    places
}
