//! Why a file of the record is not read, as a diagnostic.

use crate::diagnostics::Diagnostic;
use crate::record::folder::Refusal;

/// Why a file is not read, as a problem.
pub(super) fn refused(refusal: &Refusal) -> Diagnostic {
    let megabytes = |bytes: &u64| bytes / 1_000_000;
    match refusal {
        Refusal::Missing => Diagnostic::error("E070", "there is no such file in the data folder")
            .hint("paths begin at the data folder, with `/` between their parts"),
        Refusal::Outside => Diagnostic::error("E071", "the file is outside the data folder").hint(
            "copy it into the data folder; links, `..` and addresses are not followed out of it",
        ),
        Refusal::NotAFile => Diagnostic::error("E071", "this is a folder or a device, not a file")
            .hint("name an ordinary file"),
        Refusal::TooLarge(limit) => {
            Diagnostic::error("E082", format!("the file is larger than {} MB", megabytes(limit)))
                .hint("split the text into several files, or make the picture smaller")
        }
        Refusal::TotalTooLarge(limit) => {
            let message =
                format!("the files of the record are larger than {} MB", megabytes(limit));
            Diagnostic::error("E082", message).hint("make the pictures smaller")
        }
        Refusal::Io(error) => {
            Diagnostic::error("E070", format!("the file cannot be read: {error}"))
                .hint("see whether its permissions let you read it")
        }
    }
}
