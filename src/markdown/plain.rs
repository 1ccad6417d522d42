//! The words a reader sees, without markup.

use comrak::Arena;
use comrak::nodes::NodeValue;

use crate::markdown::attributes::DIAGRAM;
use crate::markdown::headings::take_heading_id;
use crate::markdown::tree::{Context, parse};
use crate::markdown::words::push_inline;

/// The words a reader sees: no markup, no URLs, no diagrams; blocks separated by line breaks. Kept like
/// [`survey`](super::survey).
#[comemo::memoize]
pub fn plain_text(text: &str, context: Context) -> String {
    let arena = Arena::new();
    let mut out = String::new();
    for node in parse(&arena, text, context).descendants() {
        if matches!(node.data().value, NodeValue::Heading(_)) {
            take_heading_id(node);
        }
        match &node.data().value {
            NodeValue::CodeBlock(code) if !code.info.starts_with(DIAGRAM) => {
                new_line(&mut out);
                out.push_str(&code.literal);
            }
            NodeValue::HtmlBlock(html) => {
                new_line(&mut out);
                out.push_str(&html.literal);
            }
            value if value.block() => new_line(&mut out),
            value => push_inline(&mut out, value),
        }
    }
    out.trim().to_owned()
}

/// Starts a new line unless there is nothing before it.
fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}
