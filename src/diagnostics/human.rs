//! Diagnostics for a person at a terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::diagnostics::source::{Place, Sources};

/// Other places of a problem that are shown with an excerpt; more are listed.
const EXCERPTS: usize = 4;

/// `also in data/skills.yaml: 5, 8, 13`, a line for each file.
fn list(places: &[(Place, String)], sources: &Sources) -> Vec<String> {
    let files = places.chunk_by(|(one, _), (next, _)| one.file == next.file);
    let line = |place: &Place| sources.line_column(*place).0.to_string();
    files
        .map(|places| {
            let path = places.first().map_or("", |(place, _)| sources.path(place.file));
            let mut lines: Vec<String> = places.iter().map(|(place, _)| line(place)).collect();
            lines.dedup();
            format!("also in {path}: {}", lines.join(", "))
        })
        .collect()
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
            let mut snippet = Snippet::source(sources.text(place.file))
                .path(sources.path(place.file))
                .annotation(
                    AnnotationKind::Primary
                        .span(sources.span(place))
                        .label(diagnostic.label.as_str()),
                );
            for (other, label) in excerpts.iter().filter(|(p, _)| p.file == place.file) {
                snippet = snippet.annotation(
                    AnnotationKind::Context.span(sources.span(*other)).label(label.as_str()),
                );
            }
            group = group.element(snippet);
            for (other, label) in excerpts.iter().filter(|(p, _)| p.file != place.file) {
                group = group.element(
                    Snippet::source(sources.text(other.file))
                        .path(sources.path(other.file))
                        .annotation(
                            AnnotationKind::Context
                                .span(sources.span(*other))
                                .label(label.as_str()),
                        ),
                );
            }
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
