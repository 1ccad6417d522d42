//! Mermaid text → a diagram → shapes and texts with their places.
//!
//! Reads the part of Mermaid a career needs (`sequenceDiagram`, `flowchart`/`graph`) and
//! finds every mistake in one run. Sizes of letters and spaces come from the template, the widths
//! of words from a function of the caller: nothing here names Typst or fonts.

pub mod error;
pub mod flowchart;
pub mod metrics;
pub mod scene;
pub mod sequence;
pub mod source;

mod arrows;
mod label;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostics::nearest;

use self::error::DiagramError;
use self::flowchart::model::Flowchart;
use self::metrics::{Measure, Metrics};
use self::scene::Scene;
use self::sequence::model::Sequence;

/// A parsed diagram.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Diagram {
    /// Messages between participants, in order.
    Sequence(Sequence),
    /// Boxes and arrows.
    Flowchart(Box<Flowchart>),
}

/// Diagram types of Mermaid that are known but not drawn.
const UNSUPPORTED: [&str; 22] = [
    "classDiagram",
    "classDiagram-v2",
    "stateDiagram",
    "stateDiagram-v2",
    "erDiagram",
    "gantt",
    "pie",
    "journey",
    "gitGraph",
    "mindmap",
    "timeline",
    "quadrantChart",
    "requirementDiagram",
    "C4Context",
    "zenuml",
    "sankey-beta",
    "xychart-beta",
    "block-beta",
    "packet-beta",
    "architecture-beta",
    "kanban",
    "radar-beta",
];

/// Parses one Mermaid diagram.
///
/// # Errors
/// Returns every mistake found, in line order; the list is never empty.
pub fn parse(source: &str) -> Result<Diagram, Vec<DiagramError>> {
    let (lines, titles) = source::lines(source);
    let Some((first, body)) = lines.split_first() else {
        return Err(vec![
            DiagramError::new(1, "empty diagram")
                .hint("start with `sequenceDiagram` or `flowchart TB`"),
        ]);
    };
    // `flowchart TB; A --> B` keeps its first statements on the header line.
    let (header, rest) = first.text.split_once(';').unwrap_or((&first.text, ""));
    let mut statements = Vec::with_capacity(lines.len());
    if !rest.trim().is_empty() {
        statements.push(source::Line { number: first.number, text: rest.trim().to_owned() });
    }
    statements.extend(body.iter().cloned());
    let (kind, options) = header.split_once(char::is_whitespace).unwrap_or((header, ""));
    let result = match kind {
        "sequenceDiagram" => {
            sequence::parse::parse(&statements, titles, first.number).map(Diagram::Sequence)
        }
        "flowchart" | "graph" => {
            flowchart::parse::parse(options.trim(), &statements, titles, first.number)
                .map(|chart| Diagram::Flowchart(Box::new(chart)))
        }
        _ => Err(vec![unknown_type(kind, first.number)]),
    };
    result.map_err(|mut errors| {
        errors.sort_by_key(|error| error.line);
        errors
    })
}

/// Lays a diagram out in `room`, the width and height there is, in points. Where even the smallest
/// letters need more, the result is larger. `keywords` are the words on the tabs of blocks, by
/// Mermaid's own (`alt`, `loop` …).
pub fn layout(
    diagram: &Diagram,
    metrics: &Metrics,
    room: (f64, f64),
    keywords: &BTreeMap<String, String>,
    measure: &mut Measure<'_>,
) -> Scene {
    match diagram {
        Diagram::Sequence(data) => sequence::layout::layout(data, metrics, room, keywords, measure),
        Diagram::Flowchart(chart) => flowchart::layout::layout(chart, metrics, room, measure),
    }
}

fn unknown_type(kind: &str, line: usize) -> DiagramError {
    let name = kind.trim_end_matches(':');
    if UNSUPPORTED.contains(&name) {
        return DiagramError::new(line, format!("unsupported diagram type `{name}`"))
            .hint("`sequenceDiagram` and `flowchart` can be drawn; use a picture for others");
    }
    let error = DiagramError::new(line, format!("unknown diagram type `{name}`"));
    match nearest(name, ["sequenceDiagram", "flowchart", "graph"]) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("start with `sequenceDiagram` or `flowchart TB`"),
    }
}

#[cfg(test)]
mod layout_tests;

#[cfg(test)]
mod tests {
    use super::{Diagram, parse};

    fn first(source: &str) -> (usize, String, Option<String>) {
        let mut errors = parse(source).err().unwrap_or_default();
        assert!(!errors.is_empty(), "no error for {source:?}");
        let error = errors.remove(0);
        (error.line, error.message, error.hint)
    }

    #[test]
    fn nothing_is_an_error() {
        assert_eq!(first("").1, "empty diagram");
        assert_eq!(first("%% only a comment\n\n").1, "empty diagram");
        assert_eq!(first("sequenceDiagram\n").1, "empty diagram");
        assert_eq!(first("flowchart LR\n").1, "empty diagram");
    }

    #[test]
    fn other_types_are_named() {
        assert_eq!(first("gantt\n title x").1, "unsupported diagram type `gantt`");
        let (line, message, hint) = first("\n%% c\nsequencediagram\n");
        assert_eq!(line, 3);
        assert_eq!(message, "unknown diagram type `sequencediagram`");
        assert_eq!(hint.as_deref(), Some("did you mean `sequenceDiagram`?"));
    }

    #[test]
    fn front_matter_and_accessibility_lines_are_read() {
        let source = "---\ntitle: 결제\n---\n%%{init: {'theme': 'dark'}}%%\nflowchart TB\naccDescr: 설명\nA --> B";
        let Ok(Diagram::Flowchart(chart)) = parse(source) else { panic!("not a flowchart") };
        assert_eq!(chart.titles.title.as_deref(), Some("결제"));
        assert_eq!(chart.titles.description.as_deref(), Some("설명"));
    }

    #[test]
    fn the_type_is_the_json_tag() {
        let json = parse("sequenceDiagram\nA->>B: hi")
            .map(|drawn| serde_json::to_value(drawn).unwrap_or_default())
            .unwrap_or_default();
        assert_eq!(json["type"], "sequence");
        assert_eq!(json["participants"][1]["label"][0], "B");
    }
}
