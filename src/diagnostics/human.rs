//! Diagnostics for a person at a terminal.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::diagnostics::source::{Place, Sources};
use crate::util::visible::visible;

/// Other places of a problem that are shown with an excerpt; more are listed.
const EXCERPTS: usize = 4;

/// `also in data/skills.yaml: 5, 8, 13`, a line for each file.
fn list(places: &[(Place, String)], sources: &Sources) -> Vec<String> {
    let files = places.chunk_by(|(one, _), (next, _)| one.file == next.file);
    let line = |place: &Place| sources.line_column(*place).0.to_string();
    files
        .filter_map(|places| {
            let path = sources.shown_path(places.first()?.0.file);
            let mut lines: Vec<String> = places.iter().map(|(place, _)| line(place)).collect();
            lines.dedup();
            Some(format!("also in {path}: {}", lines.join(", ")))
        })
        .collect()
}

/// Places of one file with their labels, and how each is marked.
type Marks<'a> = Vec<(Place, &'a str, AnnotationKind)>;

fn context((place, label): &(Place, String)) -> (Place, &str, AnnotationKind) {
    (*place, label, AnnotationKind::Context)
}

/// The lines of a file from the first mark to the last. Control characters are escaped.
fn excerpt<'a>(marks: Marks<'a>, sources: &'a Sources) -> Option<Snippet<'a, Annotation<'a>>> {
    let file = marks.first()?.0.file;
    let text = sources.text(file);
    let spans: Vec<_> = marks.iter().map(|(place, ..)| sources.span(*place)).collect();
    let first = spans.iter().map(|span| span.start).min()?;
    let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let last = spans.iter().map(|span| span.end).max()?;
    let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
    let (line, _) = sources.line_column(Place { file, start, end });
    let shown = |at: usize| visible(&text[start..at]).len();
    let snippet =
        Snippet::source(visible(&text[start..end])).line_start(line).path(sources.shown_path(file));
    Some(marks.into_iter().zip(spans).fold(snippet, |snippet, ((_, label, kind), span)| {
        snippet.annotation(kind.span(shown(span.start)..shown(span.end)).label(label))
    }))
}

/// Prints problems for a person at a terminal: excerpt, caret, hints; `color` adds ANSI colours.
pub fn print_human(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        // A few other places are shown, many are listed.
        let few = diagnostic.related.len() <= EXCERPTS;
        let (excerpts, listed) =
            diagnostic.related.split_at(if few { diagnostic.related.len() } else { 0 });
        let listed = list(listed, sources);
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::NOTE,
        };
        let mut group =
            Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code));
        if let Some(place) = diagnostic.place {
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                excerpts.iter().partition(|(other, _)| other.file == place.file);
            let primary = (place, diagnostic.label.as_str(), AnnotationKind::Primary);
            let marks = std::iter::once(primary).chain(here.into_iter().map(context)).collect();
            let others = elsewhere.into_iter().map(|other| vec![context(other)]);
            let snippets = std::iter::once(marks).chain(others);
            group = group.elements(snippets.filter_map(|marks| excerpt(marks, sources)));
        }
        for file in &listed {
            group = group.element(Level::NOTE.message(file.as_str()));
        }
        for hint in &diagnostic.hints {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}
