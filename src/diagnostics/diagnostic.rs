//! A fault in the user's data, template or document: what is wrong, where, and what to do.

use crate::diagnostics::source::Place;
use crate::util::nearest::nearest;
use crate::util::visible::visible;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something that may be intended; only `check` reports it.
    #[default]
    Advice,
    /// Something to review; the run goes on.
    Warning,
    /// The document cannot be trusted or made; the run stops before anything is written.
    Error,
}

impl Severity {
    /// The severity in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that is wrong. Its texts hold no control characters of terminals.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable code for allow-lists and search, such as `E010`.
    pub code: &'static str,
    /// What is wrong: lowercase, no full stop, the user's text in backticks.
    pub message: String,
    /// Where it is wrong; `None` when it is wrong nowhere in particular.
    pub place: Option<Place>,
    /// Words printed under the excerpt, beside the caret.
    pub label: String,
    /// Other places that explain the first one.
    pub related: Vec<(Place, String)>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// What many diagnostics of its kind are reported as.
    pub kind: Option<Kind>,
}

/// What diagnostics that differ only in a word have in common: many are reported as one,
/// `39 unknown keys in a project: `a`, `b`, …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// What follows their number, such as `unknown keys in a project`.
    pub name: String,
    /// The word that this one is about, as a message shows it; empty where there is none.
    pub item: String,
}

impl Diagnostic {
    /// An error with a code and a message.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning with a code and a message.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// An advice with a code and a message.
    pub fn advice(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Advice, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: visible(&message.into()).into_owned(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            hints: Vec::new(),
            kind: None,
        }
    }

    /// Points the problem at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Writes words beside the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = visible(&label.into()).into_owned();
        self
    }

    /// Shows another place that explains the first.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, visible(&label.into()).into_owned()));
        self
    }

    /// Adds a hint: what the user can do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(visible(&hint.into()).into_owned());
        self
    }

    /// Sets what many of its kind are reported as.
    pub fn kind(mut self, name: impl Into<String>, item: impl Into<String>) -> Self {
        let [name, item] = [name.into(), item.into()].map(|word| visible(&word).into_owned());
        self.kind = Some(Kind { name, item });
        self
    }

    /// Adds a hint if there is none yet.
    pub fn hint_unless_any(self, hint: impl Into<String>) -> Self {
        if self.hints.is_empty() { self.hint(hint) } else { self }
    }

    /// Adds `did you mean …?` when one of the known words is near the one given.
    pub fn suggest<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(given, known) {
            Some(word) => self.hint(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

/// The user's text as a message quotes it: its first line, shortened.
pub fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.len() < text.trim_end().len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

/// Whether any of the problems stops the run.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
