//! Mermaid text → a diagram that can be drawn.
//!
//! Reads the part of Mermaid a career needs (`sequenceDiagram`, `flowchart`/`graph`) and
//! finds every mistake in one run. What comes out serialises to JSON; the drawing itself, all
//! measuring and every word of the alternative text live in `templates/shared/diagram.typ`.
//! This room knows neither Typst nor YAML nor fonts: it hands over order, never positions.

mod align;
mod exchange;
mod flowchart;
mod layers;
mod links;
mod order;
mod ranks;
mod scan;
mod sequence;
mod statement;
mod tokens;

use serde::Serialize;

use crate::diagnostics::nearest;

pub use self::align::Alignment;
pub use self::flowchart::{Direction, Edge, Flowchart, Group, LineKind, Node, Shape, Tip};
pub use self::layers::{Cell, Grid};
pub use self::sequence::{Band, Event, FrameKind, Head, Participant, Sequence, Side};

/// A parsed diagram.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Diagram {
    /// Who says what to whom, in order.
    Sequence(Sequence),
    /// Boxes and arrows.
    Flowchart(Box<Flowchart>),
}

/// What stands around a diagram of any type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// The title, drawn above the diagram.
    pub title: Option<String>,
    /// The author's own alternative text (`accDescr`); replaces the generated one.
    pub description: Option<String>,
}

/// One thing wrong in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramError {
    /// Line in the diagram's source, counted from 1.
    pub line: usize,
    /// What is wrong: lowercase, the user's text in backticks.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl DiagramError {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Boxes, groups or columns of one diagram; a page has room for a quarter of them.
const MEMBERS: usize = 200;
/// Arrows, notes and the like of one diagram.
const STEPS: usize = 500;

/// Refuses a diagram that is more than a page can take, and would take minutes to lay out.
fn bounded(line: usize, members: usize, steps: usize) -> Result<(), DiagramError> {
    let error = |limit, what| {
        DiagramError::new(line, format!("the diagram has more than {limit} {what}"))
            .hint("split it into several diagrams")
    };
    match () {
        () if members > MEMBERS => Err(error(MEMBERS, "boxes, groups or participants")),
        () if steps > STEPS => Err(error(STEPS, "arrows, notes or blocks")),
        () => Ok(()),
    }
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
    let (lines, about) = scan::lines(source);
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
        statements.push(scan::Line { number: first.number, text: rest.trim().to_owned() });
    }
    statements.extend(body.iter().cloned());
    let (kind, options) = header.split_once(char::is_whitespace).unwrap_or((header, ""));
    let result = match kind {
        "sequenceDiagram" => {
            exchange::read(&statements, about, first.number).map(Diagram::Sequence)
        }
        "flowchart" | "graph" => links::read(options.trim(), &statements, about, first.number)
            .map(|chart| Diagram::Flowchart(Box::new(chart))),
        _ => Err(vec![unknown_type(kind, first.number)]),
    };
    result.map_err(|mut errors| {
        errors.sort_by_key(|error| error.line);
        errors
    })
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
        assert_eq!(chart.about.title.as_deref(), Some("결제"));
        assert_eq!(chart.about.description.as_deref(), Some("설명"));
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
