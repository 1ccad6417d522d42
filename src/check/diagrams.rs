//! Diagrams that can be drawn.

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Rule, Severity};
use crate::diagram::parse;
use crate::markdown::{DIAGRAM, diagrams};

pub(super) const RULES: &[Check] = &[
    Check {
        rule: Rule {
            code: "E042",
            name: "diagram that cannot be drawn",
            severity: Severity::Error,
            what: "A Mermaid block is of a kind that is not drawn, or has a mistake.",
            why: "A part of the drawing would be missing.",
            bad: "cover: |\n  ```mermaid\n  pie\n  ```\n",
            good: "cover: |\n  ```mermaid\n  flowchart LR\n    A --> B\n  ```\n",
        },
        find: Some(drawable),
    },
    Check {
        rule: Rule {
            code: "E043",
            name: "diagram that is not there",
            severity: Severity::Error,
            what: "A project's `diagrams` number one that its article does not have.",
            why: "The portfolio would leave it out.",
            bad: "projects:\n  - {id: a, name: A, start: 2024-03, end: 2024-05, summary: It ran., diagrams: [1]}\n",
            good: "projects:\n  - {id: a, name: A, start: 2024-03, end: 2024-05, summary: It ran.}\n",
        },
        find: Some(counted),
    },
];

/// A Mermaid block must be of the kinds that are drawn, and without mistakes.
fn drawable(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for piece in &subject.prose {
        for block in piece.survey.code.iter().filter(|code| code.lang.as_deref() == Some(DIAGRAM)) {
            for error in parse(&block.text).err().unwrap_or_default() {
                // The diagram's first line is the one after its fence.
                let place = piece.wording.find(subject.sources, block.line + error.line, "");
                let diagnostic = Diagnostic::error("E042", error.message).at(place);
                diagnostics.push(error.hint.into_iter().fold(diagnostic, Diagnostic::hint));
            }
        }
    }
}

/// A project's `diagrams` count those of its article.
fn counted(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    for project in &record.projects {
        let article = record.articles.iter().find(|article| article.id == project.id);
        let wordings = article.and_then(|a| a.body.as_ref()).map(|body| body.wordings());
        let there =
            wordings.and_then(|w| w.iter().map(|w| diagrams(&w.text).len()).min()).unwrap_or(0);
        for number in &project.diagrams {
            if !(1..=there).contains(&(number.value as usize)) {
                let message =
                    format!("there is no diagram {} in the project's article", number.value);
                let hint = match there {
                    0 => "it has none: leave `diagrams` out".to_owned(),
                    _ => format!("it has {there}, counted from 1"),
                };
                diagnostics.push(Diagnostic::error("E043", message).at(number.place).hint(hint));
            }
        }
    }
}
