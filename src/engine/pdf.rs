//! Pages to PDF bytes: tagged, archivable, the same bytes for the same input.
//!
//! Must not know the clock: the date comes with the settings.

use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{Document, Fault};

/// A standard a PDF can be held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standard {
    /// PDF/UA-1: accessible.
    Ua1,
    /// PDF/A-2a: archivable and tagged.
    A2a,
    /// PDF/A-2u: archivable, text can be searched.
    A2u,
    /// PDF/A-2b: archivable, looks the same.
    A2b,
}

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
}

impl PdfSettings {
    /// PDF/UA-1 and PDF/A-2a at once.
    pub fn new(date: (i32, u8, u8), ident: impl Into<String>, creator: impl Into<String>) -> Self {
        let standards = vec![Standard::Ua1, Standard::A2a];
        Self { standards, date, ident: ident.into(), creator: creator.into() }
    }
}

impl Document {
    /// Writes the document as PDF, as the compiler exports it; [`pack`](super::pack) makes it smaller.
    ///
    /// # Errors
    /// Where the pages break a standard: no alternative text, a missing glyph, no title …
    pub fn pdf(&self, settings: &PdfSettings) -> Result<Vec<u8>, Vec<Fault>> {
        let standards: Vec<_> = settings.standards.iter().map(|one| one.to_typst()).collect();
        let standards = PdfStandards::new(&standards).map_err(|error| {
            let hints = error.hints().iter().map(ToString::to_string).collect();
            vec![Fault { hints, ..Fault::plain(error.message().as_str()) }]
        })?;
        let (year, month, day) = settings.date;
        let date = Datetime::from_ymd_hms(year, month, day, 0, 0, 0)
            .ok_or_else(|| vec![Fault::plain(format!("no such date: {year}-{month}-{day}"))])?;
        let options = PdfOptions {
            ident: Smart::Custom(settings.ident.clone()),
            creator: Smart::Custom(Some(settings.creator.clone())),
            timestamp: Some(Timestamp::new_utc(date)),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.paged, &options).map_err(|errors| self.places.faults(&errors))
    }
}

impl Standard {
    /// The same standard in the compiler's words.
    fn to_typst(self) -> PdfStandard {
        match self {
            Self::Ua1 => PdfStandard::Ua_1,
            Self::A2a => PdfStandard::A_2a,
            Self::A2u => PdfStandard::A_2u,
            Self::A2b => PdfStandard::A_2b,
        }
    }
}
