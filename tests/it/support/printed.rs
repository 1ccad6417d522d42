//! The reference record as it is printed: every format in every language, rendered once.

use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use crate::support::pdf::Pdf;
use crate::support::program::resume;
use crate::support::words::{Page, pages};

/// The languages of the reference record, the default first.
pub const LANGUAGES: [&str; 2] = ["ko", "en"];
/// The formats.
pub const FORMATS: [&str; 4] = ["full", "cv", "one-page", "portfolio"];

/// One document.
pub struct Printed {
    pub format: &'static str,
    pub language: &'static str,
    pub file: PathBuf,
    pub pdf: Pdf,
    pages: OnceLock<Vec<Page>>,
}

impl Printed {
    /// Its pages as poppler reads them.
    #[track_caller]
    pub fn pages(&self) -> &[Page] {
        self.pages.get_or_init(|| pages(&self.file))
    }

    /// What to call it in a failure.
    pub fn name(&self) -> String {
        format!("{} ({})", self.format, self.language)
    }
}

static DOCUMENTS: LazyLock<Vec<Printed>> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("documents");
    let mut documents = Vec::new();
    for language in LANGUAGES {
        let output = folder.display().to_string();
        resume(["render", "--lang", language, "--output", &output, "--quiet"]).exits(0);
        for format in FORMATS {
            let name = if language == LANGUAGES[0] {
                format!("{format}.pdf")
            } else {
                format!("{format}.{language}.pdf")
            };
            let file = folder.join(name);
            let pdf = Pdf::read(&file);
            documents.push(Printed { format, language, file, pdf, pages: OnceLock::new() });
        }
    }
    documents
});

/// All documents.
pub fn all() -> impl Iterator<Item = &'static Printed> {
    DOCUMENTS.iter()
}

/// One document.
pub fn printed(format: &str, language: &str) -> &'static Printed {
    all().find(|one| one.format == format && one.language == language).expect("a document")
}
