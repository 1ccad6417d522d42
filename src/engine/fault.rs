//! An error in a template or an export, as a message with a place.
//!
//! Translates the compiler's diagnostics; everything after the engine sees only [`Fault`].
//! Must not know how problems are printed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use typst::diag::{Severity, SourceDiagnostic, Tracepoint};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, Source};

use crate::engine::blob::Blob;

/// One error or warning of the engine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    /// Whether it is only a warning.
    pub warning: bool,
    /// What is wrong.
    pub message: String,
    /// What can be done about it.
    pub hints: Vec<String>,
    /// Where it is, when it is anywhere.
    pub place: Option<FaultPlace>,
    /// The calls that led there, innermost first.
    pub trace: Vec<FaultStep>,
}

/// A stretch of a template or of a virtual file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FaultPlace {
    /// The path without leading slash: `full/main.typ`, `document.json`.
    pub path: String,
    /// The whole text of the file.
    pub text: String,
    /// The bytes meant.
    pub range: Range<usize>,
}

/// One step of a trace.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FaultStep {
    /// What was being done: ``while calling `card` ``.
    pub message: String,
    /// Where.
    pub place: Option<FaultPlace>,
}

impl Fault {
    /// A fault without place.
    pub fn plain(message: impl Into<String>) -> Self {
        Self {
            warning: false,
            message: message.into(),
            hints: Vec::new(),
            place: None,
            trace: Vec::new(),
        }
    }
}

/// The texts that spans of one compilation point into.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub(super) sources: HashMap<FileId, Source>,
    pub(super) files: BTreeMap<String, Blob>,
}

impl Places {
    /// Translates diagnostics, dropping repetitions.
    pub(super) fn faults<'a>(
        &self,
        diagnostics: impl IntoIterator<Item = &'a SourceDiagnostic>,
    ) -> Vec<Fault> {
        let mut seen = HashSet::new();
        diagnostics
            .into_iter()
            .map(|diagnostic| self.fault(diagnostic))
            .filter(|fault| {
                let place = fault.place.as_ref().map(|at| (at.path.clone(), at.range.clone()));
                seen.insert((fault.message.clone(), place))
            })
            .collect()
    }

    /// Translates one diagnostic.
    fn fault(&self, diagnostic: &SourceDiagnostic) -> Fault {
        let hints = diagnostic.hints.iter().map(|hint| hint.v.to_string());
        let hints = hints.filter(|hint| !hint.contains("`--root`")).collect();
        let trace = diagnostic.trace.iter().map(|step| FaultStep {
            message: match &step.v {
                Tracepoint::Call(None) => "while calling a function".to_owned(),
                known => known.to_string(),
            },
            place: self.place(step.span.into()),
        });
        Fault {
            warning: diagnostic.severity == Severity::Warning,
            message: diagnostic.message.to_string(),
            hints,
            place: self.place(diagnostic.span),
            trace: trace.collect(),
        }
    }

    /// Finds the text a span points into.
    fn place(&self, span: DiagSpan) -> Option<FaultPlace> {
        let id = span.id()?;
        let path = id.vpath().get_with_slash();
        let text = match self.sources.get(&id) {
            Some(source) => source.text().to_owned(),
            None => String::from_utf8_lossy(self.files.get(path)?.as_slice()).into_owned(),
        };
        let range = match span.get() {
            DiagSpanKind::Detached => return None,
            DiagSpanKind::Number { num, sub_range, .. } => {
                self.sources.get(&id)?.range(num, sub_range)?
            }
            DiagSpanKind::Range { range, .. } => range,
        };
        let end = range.end.min(text.len());
        let range = range.start.min(end)..end;
        Some(FaultPlace { path: path.trim_start_matches('/').to_owned(), text, range })
    }
}
