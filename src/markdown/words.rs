//! The words of inlines.

use comrak::Node;
use comrak::nodes::NodeValue;

/// The plain text of the inlines under a node.
pub fn inline_text<'a>(node: Node<'a>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        push_inline(&mut out, &inner.data().value);
    }
    out
}

/// Appends what one inline node itself prints.
pub(super) fn push_inline(out: &mut String, value: &NodeValue) {
    match value {
        NodeValue::Text(text) => out.push_str(text),
        NodeValue::Code(code) => out.push_str(&code.literal),
        NodeValue::HtmlInline(html) => out.push_str(html),
        NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
        _ => {}
    }
}
