//! The standards a PDF can be held to, and which go together.

use std::str::FromStr;

use typst_pdf::{PdfStandard, PdfStandards};

/// A version of PDF, or a standard that a PDF can be held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standard(PdfStandard);

impl Standard {
    /// PDF/UA-1: accessible.
    pub const UA_1: Self = Self(PdfStandard::Ua_1);
    /// PDF/A-2a: archivable and tagged.
    pub const A_2A: Self = Self(PdfStandard::A_2a);
    /// PDF/A-3a: as PDF/A-2a, with files of any kind attached.
    pub const A_3A: Self = Self(PdfStandard::A_3a);

    /// All of them, by the words that name them.
    const ALL: [(&str, PdfStandard); 17] = [
        ("1.4", PdfStandard::V_1_4),
        ("1.5", PdfStandard::V_1_5),
        ("1.6", PdfStandard::V_1_6),
        ("1.7", PdfStandard::V_1_7),
        ("2.0", PdfStandard::V_2_0),
        ("a-1a", PdfStandard::A_1a),
        ("a-1b", PdfStandard::A_1b),
        ("a-2a", PdfStandard::A_2a),
        ("a-2b", PdfStandard::A_2b),
        ("a-2u", PdfStandard::A_2u),
        ("a-3a", PdfStandard::A_3a),
        ("a-3b", PdfStandard::A_3b),
        ("a-3u", PdfStandard::A_3u),
        ("a-4", PdfStandard::A_4),
        ("a-4e", PdfStandard::A_4e),
        ("a-4f", PdfStandard::A_4f),
        ("ua-1", PdfStandard::Ua_1),
    ];

    /// The words of all standards.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(word, _)| word)
    }

    /// The word that names it.
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, own)| *own == self.0).map_or("", |(word, _)| word)
    }

    /// Whether it asks for tags, which a PDF of some pages only does not have.
    pub fn is_tagged(self) -> bool {
        use PdfStandard::{A_1a, A_2a, A_3a, Ua_1};
        matches!(self.0, A_1a | A_2a | A_3a | Ua_1)
    }

    /// Whether files of any kind may be attached.
    pub fn takes_files(self) -> bool {
        use PdfStandard::{A_1a, A_1b, A_2a, A_2b, A_2u, A_4};
        !matches!(self.0, A_1a | A_1b | A_2a | A_2b | A_2u | A_4)
    }

    /// Whether a PDF can be held to all of these at once.
    ///
    /// # Errors
    /// Why not, and what would do.
    pub fn agree(list: &[Self]) -> Result<(), (String, Vec<String>)> {
        Self::together(list).map(|_| ())
    }

    /// These standards in the compiler's words.
    pub(super) fn together(list: &[Self]) -> Result<PdfStandards, (String, Vec<String>)> {
        let list: Vec<PdfStandard> = list.iter().map(|standard| standard.0).collect();
        PdfStandards::new(&list).map_err(|error| {
            let hints = error.hints().iter().map(ToString::to_string).collect();
            (error.message().to_string(), hints)
        })
    }
}

impl FromStr for Standard {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|(own, _)| *own == word);
        found.map(|(_, standard)| Self(standard)).ok_or_else(|| {
            let words: Vec<&str> = Self::words().collect();
            format!("it is one of {}", words.join(", "))
        })
    }
}
