//! Mermaid for templates: the text of a block becomes data that `shared/diagram.typ` draws.
//!
//! Reading is the diagram room's work; here its result takes the form templates understand.

use typst::diag::StrResult;
use typst::foundations::{Array, Dict, Str, Value, func};

use crate::diagram::parse;
use crate::markdown::diagrams;

/// Reads a Mermaid diagram into a dictionary that `diagram` of `shared/diagram.typ` draws.
#[func]
pub fn parse_diagram(
    /// The Mermaid text.
    source: Str,
) -> StrResult<Value> {
    let diagram = parse(&source).map_err(|errors| {
        let told: Vec<String> = errors
            .iter()
            .map(|error| format!("line {} of the diagram: {}", error.line, error.message))
            .collect();
        told.join("; ")
    })?;
    serde_json::to_value(diagram)
        .and_then(serde_json::from_value)
        .map_err(|error| format!("the diagram cannot be handed over: {error}").into())
}

/// Finds the Mermaid diagrams of a Markdown text: for each its `source` and the `info` of its
/// fence, a dictionary of `key="value"` pairs.
#[func]
pub fn find_diagrams(
    /// The `CommonMark` text.
    text: Str,
) -> Array {
    let found = diagrams(&text).into_iter().map(|block| {
        let info = block
            .attributes
            .into_iter()
            .map(|(key, value)| (Str::from(key), Value::Str(value.into())));
        let pairs = [
            (Str::from("source"), Value::Str(block.text.into())),
            (Str::from("info"), Value::Dict(info.collect())),
        ];
        Value::Dict(pairs.into_iter().collect::<Dict>())
    });
    found.collect()
}
