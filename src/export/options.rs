//! What documents are exported as; which options go together.

use std::collections::HashSet;

use crate::engine::{PageRanges, Standard};
use crate::error::Error;
use crate::export::merge::MergePart;

/// Resolution of a PNG unless another is asked for, in pixels per inch: sharp on a screen, readable
/// in print.
pub(crate) const PPI: u16 = 144;

/// The types of files a document is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileType {
    /// Tagged and archivable.
    Pdf,
    /// A picture of each page.
    Png,
    /// A drawing of each page, in outlines.
    Svg,
    /// Plain text, to paste into a form.
    Txt,
    /// Markdown.
    Md,
}

impl FileType {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Png, Self::Svg, Self::Txt, Self::Md];

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Txt => "txt",
            Self::Md => "md",
        }
    }

    /// Whether it has no pages.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Txt | Self::Md)
    }

    /// Whether each page is a file.
    pub fn is_paged(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }
}

/// What a document is exported as. The default is a PDF that is accessible and archivable.
#[derive(Debug, Clone)]
pub struct ExportOptions {
    /// The types of its files.
    pub types: Vec<FileType>,
    /// Only these pages; all of them by default.
    pub pages: Option<PageRanges>,
    /// Resolution of a PNG, in pixels per inch; 144 by default.
    pub ppi: Option<u16>,
    /// What the PDF is held to; by default PDF/UA-1 with PDF/A-2a, or with PDF/A-3a where data is
    /// attached.
    pub standards: Vec<Standard>,
    /// Whether the YAML files of the record, without its applications, are attached to the PDF.
    pub attach_data: bool,
    /// The documents that are merged into one PDF, in order; none by default.
    pub merge: Vec<MergePart>,
    /// The most bytes a PDF may have; pictures get fewer pixels for it.
    pub max_size: Option<u64>,
    /// The number of the only question, from 1, whose answer is written as it will be pasted.
    pub question: Option<usize>,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            types: vec![FileType::Pdf],
            pages: None,
            ppi: None,
            standards: Vec::new(),
            attach_data: false,
            merge: Vec::new(),
            max_size: None,
            question: None,
        }
    }
}

impl ExportOptions {
    /// The same options with every type once, their standards filled in, and held to go together.
    ///
    /// # Errors
    /// Options that do not go together.
    pub(crate) fn checked(&self) -> Result<Self, Error> {
        let mut seen = HashSet::new();
        let mut types = self.types.clone();
        types.retain(|one| seen.insert(*one));
        let has = |file_type| types.contains(&file_type);
        let unused = |flag: &str, wanted: &str| {
            let message = format!("`{flag}` is for {wanted}, and nothing is written as that");
            Error::new(message, "see `--as`")
        };
        if self.ppi.is_some() && !has(FileType::Png) {
            return Err(unused("--ppi", "png"));
        }
        if !self.standards.is_empty() && !has(FileType::Pdf) {
            return Err(unused("--pdf-standard", "pdf"));
        }
        if self.attach_data && !has(FileType::Pdf) {
            return Err(unused("--attach-data", "pdf"));
        }
        if self.question.is_some() && types != [FileType::Txt] {
            let message = "`--question` is for plain text, to paste into a form";
            return Err(Error::new(message, "add `--as txt`"));
        }
        if !self.merge.is_empty() && (types != [FileType::Pdf] || self.pages.is_some()) {
            let message = "`--merge` makes one whole PDF";
            return Err(Error::new(message, "leave out `--as` and `--pages`"));
        }
        if self.max_size.is_some() && !has(FileType::Pdf) {
            return Err(unused("--max-size", "pdf"));
        }
        // What is in another PDF cannot be held to a standard.
        let foreign = self.merge.iter().any(|part| matches!(part, MergePart::File(_)));
        if foreign && !self.standards.is_empty() {
            let message = "a PDF that is merged with others cannot be held to a standard";
            return Err(Error::new(message, "leave out `--pdf-standard`"));
        }
        let standards = match self.standards.as_slice() {
            [] if foreign => Vec::new(),
            [] if self.attach_data => vec![Standard::UA_1, Standard::A_3A],
            [] => vec![Standard::UA_1, Standard::A_2A],
            asked => asked.to_vec(),
        };
        Standard::agree(&standards).map_err(|(message, hints)| {
            let hint = hints.join("; ");
            Error { message, hint: (!hint.is_empty()).then_some(hint) }
        })?;
        let without = |standard: Option<&Standard>, message: &str, hint: &str| match standard {
            None => Ok(()),
            Some(standard) => {
                Err(Error::new(format!("`{}` {message}", standard.word()), hint.to_owned()))
            }
        };
        if self.attach_data {
            without(
                standards.iter().find(|one| !one.takes_files()),
                "does not let files be attached",
                "`--pdf-standard ua-1,a-3a` does, and so do a-3b, a-3u, a-4e and a-4f",
            )?;
        }
        if self.pages.is_some() {
            if let Some(text) = types.iter().find(|one| one.is_text()) {
                let message =
                    format!("`--pages` does not go with {}: it has no pages", text.extension());
                return Err(Error::new(message, "leave one of them out"));
            }
            let tagged = standards.iter().find(|one| one.is_tagged() && has(FileType::Pdf));
            without(
                tagged,
                "asks for tags, which only a whole document has",
                "with `--pages`, choose one without: `--pdf-standard a-2u`",
            )?;
        }
        Ok(Self { types, standards, ..self.clone() })
    }
}
