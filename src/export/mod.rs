//! The pages of a document → the requested files, in memory.
//!
//! Must not know where they go.

mod attachments;
mod merge;
mod options;
mod other_pdf;
pub mod text;

use chrono::Datelike;

use crate::document::{Body, Document, Format};
use crate::engine::{Attachment, Document as Pages, Fault, PdfSettings, object_streams};
use crate::error::Error;
use crate::tailor::{Fit, LeftOut};
use crate::typeset::{Finding, Typeset, Typesetter};
use crate::util::optimizations::is_used;
use crate::util::parallel::each;
use crate::util::timings::Timings;

pub(crate) use self::attachments::{attachment, attachments, yaml};
pub use self::merge::MergePart;
pub(crate) use self::merge::Part;
pub(crate) use self::options::PPI;
pub use self::options::{ExportOptions, FileType};
pub(crate) use self::other_pdf::OtherPdf;

pub use self::text::reference as text_reference;

use self::merge::merge;
use self::text::Block;

/// The name of merged documents.
pub(crate) const MERGED: &str = "merged";
/// The pixels to the inch that pictures are reduced to until a PDF is small enough.
const REDUCED_PPI: [u16; 4] = [200, 150, 110, 72];
/// The template that lists the text of a document.
const TEXT: &str = "text/main.typ";

/// A file of a document.
pub(crate) struct File {
    /// What follows the document's name: `-01`, or nothing.
    pub page: String,
    pub bytes: Vec<u8>,
}

/// All files of one type.
pub(crate) struct Files {
    pub file_type: FileType,
    pub files: Vec<File>,
    /// How long they took.
    pub timings: Timings,
}

/// A finished document.
pub(crate) struct Exported {
    /// Its files; an error where the options ask for pages that it does not have.
    pub files: Result<Vec<Files>, Error>,
    pub pages: usize,
    /// What it leaves out for lack of room.
    pub left_out: Vec<LeftOut>,
    pub timings: Timings,
}

/// Exports documents as the same types of files.
#[derive(Debug, Default)]
pub(crate) struct Exporter {
    options: ExportOptions,
    attachments: Vec<Attachment>,
    merged: Vec<Part>,
}

/// What follows a document's name in the file of a page: nothing where there is one page, else its
/// number, as wide as the largest, two digits at least.
pub(crate) fn page_suffix(page: usize, count: usize) -> String {
    match count {
        1 => String::new(),
        _ => format!("-{page:0width$}", width = count.to_string().len().max(2)),
    }
}

/// The note in a picture of a page, by which a later run recognises it.
pub(crate) fn page_note(name: &str, page: usize, count: usize) -> String {
    format!("resume: {name} {page}/{count}")
}

impl Exporter {
    /// An exporter with these options and files to attach.
    ///
    /// # Errors
    /// Options that do not go together.
    pub fn new(options: &ExportOptions) -> Result<Self, Error> {
        Ok(Self { options: options.checked()?, ..Self::default() })
    }

    /// The same with files to attach to PDFs.
    pub fn with_attachments(&self, attachments: Vec<Attachment>) -> Self {
        Self { options: self.options.clone(), attachments, merged: self.merged.clone() }
    }

    /// The same with documents to merge.
    pub fn with_merged(self, merged: Vec<Part>) -> Self {
        Self { merged, ..self }
    }

    /// The types of files.
    pub fn types(&self) -> &[FileType] {
        &self.options.types
    }

    /// Makes a document and exports it, or reports why there is none. `name` is its name in the
    /// notes of its pictures; `laid_out` gets its pages before they are exported.
    pub fn export(
        &self,
        typesetter: &Typesetter,
        format: Format,
        name: &str,
        laid_out: &dyn Fn(&Pages),
    ) -> (Option<Exported>, Vec<Finding>) {
        if !self.merged.is_empty() {
            let (made, mut findings) = merge(typesetter, &self.merged);
            let exported = made.map(|made| self.merged_file(typesetter, made, name));
            return match exported.transpose() {
                Ok(exported) => (exported, findings),
                Err(faults) => {
                    findings.extend(faults.into_iter().map(Finding::Fault));
                    (None, findings)
                }
            };
        }
        let (typeset, mut findings) = typesetter.typeset(format);
        let Some(typeset) = typeset else { return (None, findings) };
        laid_out(&typeset.pages);
        match self.files(typesetter, format, typeset, name) {
            Ok(exported) => (Some(exported), findings),
            Err(faults) => {
                findings.extend(faults.into_iter().map(Finding::Fault));
                (None, findings)
            }
        }
    }

    /// The file of merged documents.
    fn merged_file(
        &self,
        typesetter: &Typesetter,
        (pages, left_out): (Pages, Vec<LeftOut>),
        name: &str,
    ) -> Result<Exported, Vec<Fault>> {
        let mut timings = Timings::default();
        let settings = self.pdf_settings(typesetter, MERGED);
        let language = &typesetter.variant.language;
        let bytes = self.pdf(&pages, &settings, (name, language), &mut timings)?;
        let count = pages.page_count();
        let files = bytes.map(|bytes| {
            let files = vec![File { page: String::new(), bytes }];
            vec![Files { file_type: FileType::Pdf, files, timings: timings.clone() }]
        });
        Ok(Exported { files, pages: count, left_out, timings })
    }

    /// Pages as PDF. Where it would be too large, its pictures get fewer and fewer pixels.
    fn pdf(
        &self,
        pages: &Pages,
        settings: &PdfSettings,
        (name, language): (&str, &str),
        timings: &mut Timings,
    ) -> Result<Result<Vec<u8>, Error>, Vec<Fault>> {
        let mut size = 0;
        let resolutions = [None].into_iter().chain(REDUCED_PPI.map(Some));
        for picture_ppi in resolutions {
            let settings = PdfSettings { picture_ppi, ..settings.clone() };
            let bytes = timings.time("export", || pages.pdf(&settings))?;
            let bytes = match is_used("object-streams") {
                true => timings.time("compress", || object_streams(bytes, language)),
                false => bytes,
            };
            size = bytes.len() as u64;
            if self.options.max_size.is_none_or(|most| size <= most) {
                return Ok(Ok(bytes));
            }
        }
        let least = REDUCED_PPI[REDUCED_PPI.len() - 1];
        let message =
            format!("`{name}` has {size} bytes, even with pictures of {least} pixels to the inch");
        Ok(Err(Error::new(message, "leave out a document or a picture, or raise `--max-size`")))
    }

    /// Exports the pages of a document.
    fn files(
        &self,
        typesetter: &Typesetter,
        format: Format,
        typeset: Typeset,
        name: &str,
    ) -> Result<Exported, Vec<Fault>> {
        let Typeset { selection, fit: _, left_out, pages, mut timings } = typeset;
        let count = pages.page_count();
        if let Some(number) = self.options.question {
            let (document, _) = typesetter.document(format, &selection, Fit::REGULAR);
            let files = answer(&document, number, name).map(|file| vec![file]);
            return Ok(Exported { files, pages: count, left_out, timings });
        }
        let blocks = if self.options.types.iter().any(|one| one.is_text()) {
            let (document, _) = typesetter.document(format, &selection, Fit::REGULAR);
            timings.time("text", || blocks(typesetter, format, &document))?
        } else {
            Vec::new()
        };
        let numbers =
            self.options.pages.as_ref().map_or(Ok((1..=count).collect()), |pages| pages.of(count));
        let numbers: Vec<usize> = match numbers {
            Ok(numbers) => numbers,
            Err(message) => {
                let files = Err(format!("`{name}`: {message}").into());
                return Ok(Exported { files, pages: count, left_out, timings });
            }
        };
        let whole = |bytes: Vec<u8>| Ok(vec![File { page: String::new(), bytes }]);
        let drawn = |draw: &(dyn Fn(usize, &str) -> Option<Vec<u8>> + Sync)| {
            let pages = each(&numbers, |&page| {
                let bytes = draw(page, &page_note(name, page, count)).ok_or_else(|| {
                    let message = format!("`{name}`: page {page} has too many pixels to be drawn");
                    Error::new(message, "choose fewer to the inch with `--ppi`")
                })?;
                Ok(File { page: page_suffix(page, count), bytes })
            });
            pages.into_iter().collect::<Result<Vec<_>, Error>>()
        };
        let ppi = self.options.ppi.unwrap_or(PPI);
        let mut made = Vec::new();
        for &file_type in &self.options.types {
            let mut timings = Timings::default();
            let files = match file_type {
                FileType::Pdf => {
                    let settings = self.pdf_settings(typesetter, format.word());
                    let language = &typesetter.variant.language;
                    let bytes = self.pdf(&pages, &settings, (name, language), &mut timings)?;
                    bytes.and_then(whole)
                }
                FileType::Png => {
                    timings.time("draw", || drawn(&|page, note| pages.png(page, ppi, note)))
                }
                FileType::Svg => {
                    timings.time("draw", || drawn(&|page, note| pages.svg(page, note)))
                }
                FileType::Txt => whole(text::plain(&blocks).into_bytes()),
                FileType::Md => whole(text::markdown(&blocks).into_bytes()),
            };
            made.push(files.map(|files| Files { file_type, files, timings }));
        }
        Ok(Exported { files: made.into_iter().collect(), pages: count, left_out, timings })
    }

    /// The standards and the metadata of a document's PDF.
    fn pdf_settings(&self, typesetter: &Typesetter, format: &str) -> PdfSettings {
        let (context, variant) = (typesetter.context, typesetter.variant);
        let day = context.date.first_day();
        let date = (day.year(), day.month() as u8, day.day() as u8);
        let url = context.record.site.as_ref().and_then(|site| site.url.as_ref());
        let name = context.record.profile.name.wordings().first();
        let site = url.map(|url| url.value.as_str()).or(name.map(|name| name.text.as_str()));
        let site = site.unwrap_or_default();
        let application = variant.application.map_or("", |application| application.id.as_str());
        let ident = format!("{site} {format} {} {application}", variant.language);
        let creator = concat!("resume ", env!("CARGO_PKG_VERSION"));
        PdfSettings {
            standards: self.options.standards.clone(),
            pages: self.options.pages.clone(),
            attachments: self.attachments.clone(),
            ..PdfSettings::new(date, ident, creator)
        }
    }
}

/// The answer to a question as it will be pasted, without an end of line of its own.
fn answer(document: &Document, number: usize, name: &str) -> Result<Files, Error> {
    let questions = match &document.body {
        Body::Questions(body) => body.questions.as_slice(),
        _ => &[],
    };
    let question = questions.get(number.wrapping_sub(1)).ok_or_else(|| {
        let message = format!("`{name}` has no question {number}");
        Error::new(message, format!("questions are numbered from 1; there are {}", questions.len()))
    })?;
    let answer = question.answer.as_ref().ok_or_else(|| {
        Error::new(
            format!("question {number} of `{name}` has no answer"),
            "write it under `answer:`",
        )
    })?;
    let file = File { page: String::new(), bytes: answer.clone().into_bytes() };
    Ok(Files { file_type: FileType::Txt, files: vec![file], timings: Timings::default() })
}

/// The text of a document: what its template lists as printed on the pages, without the pages.
fn blocks(
    typesetter: &Typesetter,
    format: Format,
    document: &Document,
) -> Result<Vec<Block>, Vec<Fault>> {
    let job = typesetter.job_of(TEXT, format, document);
    let listed = typesetter.engine.compile(&job)?.metadata("text");
    let blocks = serde_json::from_value(listed.into_iter().next().unwrap_or_default());
    blocks.map_err(|error| {
        vec![Fault::plain(format!("`{TEXT}` does not say what is on the pages: {error}"))]
    })
}
