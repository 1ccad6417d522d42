//! Mermaid for templates: a diagram becomes data, and shapes and texts that templates draw.

#![expect(
    clippy::too_many_arguments,
    reason = "the parameters of a Typst function; `#[func]` does not keep this attribute on it"
)]

use std::collections::BTreeMap;

use comemo::Tracked;
use typst::diag::{At as _, HintedStrResult, SourceResult, StrResult};
use typst::engine::Engine as Compiler;
use typst::foundations::{Array, Context, Dict, Func, Smart, Str, Value, func};
use typst::layout::{Abs, Length, measure};
use typst::syntax::Span;
use typst::text::{FontWeight, TextElem, TextSize};

use crate::diagram::metrics::{Metrics, Weight};
use crate::diagram::{Diagram, layout, parse};
use crate::markdown::diagrams;

/// Reads a Mermaid diagram into a dictionary, from which a template makes its alternative text.
#[func]
pub fn parse_diagram(
    /// The Mermaid text.
    source: Str,
) -> StrResult<Value> {
    value(&read(&source)?)
}

/// Lays a Mermaid diagram out in the fonts and the language of the context, and gives it to a
/// function that draws it: a dictionary of its `width` and `height`, of `shapes` and `texts`. All
/// numbers are points, from the upper left corner.
///
/// ```typ
/// #layout(room => layout-diagram(source, room, tokens.diagram, words.diagram.kinds, scene => [..]))
/// ```
#[func(contextual)]
pub fn layout_diagram(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    /// The Mermaid text.
    source: Str,
    /// The `width` and `height` there is, as `layout` gives them.
    room: Dict,
    /// The sizes of letters and spaces, as `diagram` of `shared/tokens.typ` has them.
    tokens: Dict,
    /// The words on the tabs of blocks, by those of Mermaid (`alt`, `loop` …).
    keywords: Dict,
    /// The function that is called with the dictionary; what it returns is returned.
    draw: Func,
) -> SourceResult<Value> {
    let diagram = read(&source).at(span)?;
    let metrics = metrics(&tokens).at(span)?;
    let weight = |key| tokens.get(key)?.clone().cast::<u16>();
    let (normal, strong) = (weight("weight").at(span)?, weight("strong-weight").at(span)?);
    let mut words = BTreeMap::new();
    for (key, word) in keywords {
        words.insert(key.to_string(), word.cast::<Str>().at(span)?.to_string());
    }
    let mut fault = None;
    let mut width_of = |word: &str, weight| {
        let weight = if weight == Weight::Strong { strong } else { normal };
        word_width(engine, context, span, word, weight).unwrap_or_else(|errors| {
            fault.get_or_insert(errors);
            0.0
        })
    };
    let room = (pt(&room, "width").at(span)?, pt(&room, "height").at(span)?);
    let scene = layout(&diagram, &metrics, room, &words, &mut width_of);
    match fault {
        Some(errors) => Err(errors),
        None => draw.call(engine, context, [value(&scene).at(span)?]),
    }
}

/// The width of a word in one line, in em, in the fonts and the language of the context.
fn word_width(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    word: &str,
    weight: u16,
) -> SourceResult<f64> {
    const SIZE: f64 = 10.0;
    let text = TextElem::packed(word)
        .set(TextElem::size, TextSize(Abs::pt(SIZE).into()))
        .set(TextElem::weight, FontWeight::from_number(weight));
    let size = measure(engine, context, span, Smart::Auto, Smart::Auto, text)?;
    Ok(pt(&size, "width").at(span)? / SIZE)
}

/// The diagram of a Mermaid text.
fn read(source: &str) -> StrResult<Diagram> {
    parse(source).map_err(|errors| {
        let messages: Vec<String> = errors
            .iter()
            .map(|error| format!("line {} of the diagram: {}", error.line, error.message))
            .collect();
        messages.join("; ").into()
    })
}

/// A value in the form that templates get.
fn value(value: &impl serde::Serialize) -> StrResult<Value> {
    serde_json::to_value(value)
        .and_then(serde_json::from_value)
        .map_err(|error| format!("the diagram has no form as a value: {error}").into())
}

/// The sizes that the tokens of a template give.
fn metrics(tokens: &Dict) -> HintedStrResult<Metrics> {
    let em = |key| HintedStrResult::Ok(length(tokens, key)?.em.get());
    let inset = |key| {
        let sides: Dict = tokens.get(key)?.clone().cast()?;
        HintedStrResult::Ok((pt(&sides, "x")?, pt(&sides, "y")?))
    };
    let pt = |key| pt(tokens, key);
    let line_height = em("ascent")? + em("descent")?;
    Ok(Metrics {
        size: pt("size")?,
        min_size: pt("min-size")?,
        line_height,
        line_pitch: line_height + em("leading")?,
        node_inset: inset("node-inset")?,
        head_inset: inset("head-inset")?,
        note_inset: inset("note-inset")?,
        node_gap: pt("node-gap")?,
        line_gap: pt("line-gap")?,
        frame_gap: pt("frame-gap")?,
        frame_inset: pt("frame-inset")?,
        row_gap: pt("row-gap")?,
        bar_width: pt("bar-width")?,
    })
}

/// A length of a dictionary.
fn length(dict: &Dict, key: &str) -> HintedStrResult<Length> {
    dict.get(key)?.clone().cast()
}

/// A length of a dictionary in points.
fn pt(dict: &Dict, key: &str) -> HintedStrResult<f64> {
    Ok(length(dict, key)?.abs.to_pt())
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
