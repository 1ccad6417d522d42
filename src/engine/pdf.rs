//! Pages to PDF bytes: tagged, archivable, the same bytes for the same input.
//!
//! Must not know the clock: the date comes with the settings.

use std::borrow::Cow;

use typst::foundations::{Datetime, Smart};
use typst::model::Document as _;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::engine::attach::{Attachment, attach};
use crate::engine::document::Document;
use crate::engine::fault::Fault;
use crate::engine::page_ranges::PageRanges;
use crate::engine::pictures::{PRINT_PPI, printed};
use crate::engine::standard::Standard;

/// How a PDF is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfSettings {
    /// The standards to hold it to; the export fails when the pages break one.
    pub standards: Vec<Standard>,
    /// Year, month and day of creation and modification.
    pub date: (i32, u8, u8),
    /// What identifies the document over all its versions.
    pub ident: String,
    /// The program named as creator.
    pub creator: String,
    /// Some pages only, untagged; `None` is all of them.
    pub pages: Option<PageRanges>,
    /// What is attached as the document's source.
    pub attachments: Vec<Attachment>,
    /// The most pixels of a picture, per inch; `None` for as many as print shows.
    pub picture_ppi: Option<u16>,
}

impl PdfSettings {
    /// PDF/UA-1 and PDF/A-2a at once.
    pub fn new(date: (i32, u8, u8), ident: impl Into<String>, creator: impl Into<String>) -> Self {
        Self {
            standards: vec![Standard::UA_1, Standard::A_2A],
            date,
            ident: ident.into(),
            creator: creator.into(),
            pages: None,
            attachments: Vec::new(),
            picture_ppi: None,
        }
    }
}

impl Document {
    /// Writes the document as PDF, as the compiler exports it;
    /// [`object_streams`](crate::engine::object_streams) makes it smaller.
    ///
    /// # Errors
    /// Where the pages break a standard: no alternative text, a missing glyph, no title …
    pub fn pdf(&self, settings: &PdfSettings) -> Result<Vec<u8>, Vec<Fault>> {
        let standards = Standard::together(&settings.standards)
            .map_err(|(message, hints)| vec![Fault { hints, ..Fault::plain(message) }])?;
        let (year, month, day) = settings.date;
        let date = Datetime::from_ymd_hms(year, month, day, 0, 0, 0)
            .ok_or_else(|| vec![Fault::plain(format!("no such date: {year}-{month}-{day}"))])?;
        let options = PdfOptions {
            ident: Smart::Custom(settings.ident.clone()),
            creator: Smart::Custom(Some(settings.creator.clone())),
            timestamp: Some(Timestamp::new_utc(date)),
            standards,
            page_ranges: settings.pages.as_ref().map(PageRanges::to_typst),
            tagged: settings.pages.is_none(),
            ..PdfOptions::default()
        };
        let mut paged = Cow::Borrowed(&self.paged);
        let ppi = settings.picture_ppi.map_or(PRINT_PPI, f64::from);
        if let Some(pages) = printed(paged.pages(), ppi) {
            paged = Cow::Owned(PagedDocument::new(pages.into(), self.paged.info().clone()));
        }
        if !settings.attachments.is_empty() {
            paged = Cow::Owned(attach(&paged, &settings.attachments));
        }
        let written = typst_pdf::pdf(paged.as_ref(), &options);
        written.map_err(|errors| self.places.faults(&errors))
    }
}
