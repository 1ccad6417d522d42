//! A PDF that another program made, as a part of a merged file: its pages are taken as they are drawn.

use std::path::Path;

use hayro_syntax::object::{Array, Dict, Name};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::diagnostics::Diagnostic;
use crate::engine::Blob;
use crate::error::Error;

/// Bytes at the end of a file that the mark of its end is in.
const TAIL: usize = 2048;
/// What that mark is.
const END: &[u8] = b"%%EOF";

/// A PDF with what is read of it.
#[derive(Debug, Clone)]
pub(crate) struct OtherPdf {
    /// Its path, for messages.
    path: String,
    /// Its title: the name of the file.
    pub title: String,
    pub bytes: Blob,
    /// Width and height of each page in points.
    pub pages: Vec<(f32, f32)>,
    /// What it has beside its pages: counts of it, such as `2 links`.
    beside: Vec<String>,
}

impl OtherPdf {
    /// Reads a PDF.
    ///
    /// # Errors
    /// It is no PDF, a locked or a damaged one, or has no pages.
    pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Self, Error> {
        let shown = path.display();
        let pdf = Pdf::new(bytes.clone()).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::new(
                format!("`{shown}` opens with a password"),
                "print it to a PDF without one, and merge that",
            ),
            LoadPdfError::Decryption(_) => Error::new(
                format!("`{shown}` is encrypted in a way that cannot be read"),
                "print it to a new PDF, and merge that",
            ),
            LoadPdfError::Invalid => Error::new(
                format!("`{shown}` is no PDF, or a damaged one"),
                "open it in a viewer: what does not open there cannot be merged",
            ),
        })?;
        let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
        if !tail.windows(END.len()).any(|part| part == END) {
            let message = format!("`{shown}` has no end: a part of it may be missing");
            return Err(Error::new(message, "download it again, or print it to a new PDF"));
        }
        let pages: Vec<_> = pdf.pages().iter().map(|page| page.render_dimensions()).collect();
        if pages.is_empty() {
            return Err(Error::new(format!("`{shown}` has no pages"), "leave it out of `--merge`"));
        }
        let title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let beside = beside(&pdf);
        Ok(Self { path: shown.to_string(), title, bytes: Blob::from(bytes), pages, beside })
    }

    /// What a merged file cannot have because of it, and what it loses.
    pub fn warnings(&self) -> impl Iterator<Item = Diagnostic> {
        let message = format!("with `{}` in it, the file holds to no standard", self.path);
        let standard = Diagnostic::warning("W055", message)
            .hint("what another program made cannot be checked for PDF/UA and PDF/A")
            .hint("where a standard is asked for, send it as a file of its own");
        let lost = (!self.beside.is_empty()).then(|| {
            let message = format!("`{}` is merged without {}", self.path, self.beside.join(", "));
            Diagnostic::warning("W056", message).hint(
                "print it to a PDF first: what is typed into a form, and comments, are then parts of its pages",
            )
        });
        [standard].into_iter().chain(lost)
    }
}

/// What a PDF has beside its pages.
fn beside(pdf: &Pdf) -> Vec<String> {
    let (mut fields, mut comments, mut links, mut files) = (0, 0, 0, 0);
    for page in pdf.pages().iter() {
        let annotations = page.raw().get::<Array>("Annots");
        for annotation in annotations.iter().flat_map(Array::iter::<Dict>) {
            let kind = annotation.get::<Name>("Subtype");
            match kind.as_ref().map_or("", |kind| kind.as_str()) {
                "Widget" => fields += 1,
                "Link" => links += 1,
                "FileAttachment" => files += 1,
                // The window of a comment.
                "Popup" => {}
                _ => comments += 1,
            }
        }
    }
    let catalog: Option<Dict> = pdf.xref().get(pdf.xref().root_id());
    let has = |key: &str, inner: &str| {
        let entry = catalog.as_ref().and_then(|catalog| catalog.get::<Dict>(key));
        entry.is_some_and(|entry| entry.get::<Dict>(inner).is_some())
    };
    files += usize::from(has("Names", "EmbeddedFiles"));
    let counted = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let all = [
        counted(fields, "form field"),
        counted(comments, "comment"),
        counted(links, "link"),
        has("Outlines", "First").then(|| "its bookmarks".to_owned()),
        (files > 0).then(|| "its attachments".to_owned()),
    ];
    all.into_iter().flatten().collect()
}
