//! What typesetting found, before it has a place in the sources.

use unicode_script::{Script, UnicodeScript as _};

use crate::diagnostics::{Diagnostic, Place, Severity, Sources, brief};
use crate::engine::{Fault, MissingGlyph, Overfull};

/// Something to report of a document.
pub(crate) enum Finding {
    /// A diagnostic that has its place already.
    Diagnostic(Diagnostic),
    /// A fault of a template or of the export.
    Fault(Fault),
    /// A character that no font has.
    Missing(MissingGlyph),
    /// Text that runs over the edge of its page.
    Overfull(Overfull),
}

impl Finding {
    /// The finding as a diagnostic, with its place among the texts of the run.
    pub fn locate(self, sources: &mut Sources) -> Diagnostic {
        match self {
            Self::Diagnostic(diagnostic) => diagnostic,
            Self::Missing(MissingGlyph { ch, page, context }) => {
                let code = u32::from(ch);
                let message = format!("no font has `{ch}` (U+{code:04X}), on page {page}");
                let diagnostic = Diagnostic::error("E040", message)
                    .hint(format!("it is in “{context}”"))
                    .hint("replace the character, or add a font that has it with `--fonts`")
                    .kind(lacking(ch.script()), format!("`{ch}`"));
                match sources.locate(ch.encode_utf8(&mut [0; 4])) {
                    Some(place) => diagnostic.at(place),
                    None => diagnostic,
                }
            }
            Self::Overfull(Overfull { page, text, points, below }) => {
                let (edge, remedy) = if below {
                    let block = "a table's header or a picture must fit on one page: ";
                    ("bottom", format!("{block}shorten it, or split it into several"))
                } else {
                    ("side", "shorten it, or give it a blank or a `/` to break at".to_owned())
                };
                let message = format!("`{text}` runs {points} pt over the {edge} of page {page}");
                let diagnostic = Diagnostic::error("E044", message).hint(remedy).kind(
                    format!("texts run over the {edge} of their page"),
                    format!("`{}`", brief(&text)),
                );
                match sources.locate(&text) {
                    Some(place) => diagnostic.at(place),
                    None => diagnostic,
                }
            }
            Self::Fault(fault) => {
                let (severity, code) = if fault.warning {
                    (Severity::Warning, "W050")
                } else {
                    (Severity::Error, "E050")
                };
                let diagnostic = Diagnostic::error(code, fault.message);
                let mut diagnostic = fault.hints.into_iter().fold(diagnostic, Diagnostic::hint);
                diagnostic.severity = severity;
                let steps =
                    fault.trace.into_iter().filter_map(|step| Some((step.message, step.place?)));
                if let Some(at) = fault.place {
                    let file = sources.add_once(&format!("templates/{}", at.path), &at.text);
                    diagnostic.place =
                        Some(Place { file, start: at.range.start, end: at.range.end });
                }
                for (message, at) in steps {
                    let file = sources.add_once(&format!("templates/{}", at.path), &at.text);
                    let place = Place { file, start: at.range.start, end: at.range.end };
                    diagnostic = diagnostic.related(place, message);
                }
                diagnostic
            }
        }
    }
}

/// What many missing characters of a script are reported as.
fn lacking(script: Script) -> String {
    match script {
        Script::Common | Script::Inherited | Script::Unknown => {
            "signs and symbols are in no font".to_owned()
        }
        script => {
            format!("letters of the script {} are in no font", script.full_name().replace('_', " "))
        }
    }
}
