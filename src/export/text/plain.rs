//! A CommonMark tree → text without marks.

use comrak::nodes::{ListType, NodeValue};

use crate::markdown::Node;

/// Writes a tree.
pub(super) fn write<'a>(root: Node<'a>) -> String {
    let mut out = blocks(root, "\n\n");
    out.push('\n');
    out
}

/// The blocks under a node with something between them.
fn blocks<'a>(node: Node<'a>, between: &str) -> String {
    let parts = node.children().map(block).filter(|text| !text.is_empty());
    parts.collect::<Vec<_>>().join(between)
}

/// One block.
fn block<'a>(node: Node<'a>) -> String {
    match &node.data().value {
        NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::DescriptionTerm => {
            let text = inlines(node);
            text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
        }
        NodeValue::CodeBlock(code) => code.literal.trim_end().to_owned(),
        NodeValue::List(list) => {
            let (numbered, first) = (list.list_type == ListType::Ordered, list.start);
            let items = node.children().enumerate().map(|(at, item)| {
                let mark = match item.data().value {
                    NodeValue::TaskItem(task) if task.symbol.is_some() => "☑ ".to_owned(),
                    NodeValue::TaskItem(_) => "☐ ".to_owned(),
                    _ if numbered => format!("{}. ", first + at),
                    _ => "- ".to_owned(),
                };
                hanging(&mark, &blocks(item, "\n"))
            });
            items.collect::<Vec<_>>().join("\n")
        }
        NodeValue::BlockQuote => hanging("  ", &blocks(node, "\n\n")),
        NodeValue::Table(_) => {
            let rows = node.children().map(|row| {
                row.children().map(inlines).collect::<Vec<_>>().join(" | ").trim().to_owned()
            });
            rows.collect::<Vec<_>>().join("\n")
        }
        NodeValue::DescriptionList | NodeValue::DescriptionItem(_) => blocks(node, "\n"),
        NodeValue::DescriptionDetails => hanging("  ", &blocks(node, "\n")),
        NodeValue::FootnoteDefinition(note) => {
            let name = note.name.split_once('-').map_or(note.name.as_str(), |(_, name)| name);
            hanging(&format!("[{name}] "), &blocks(node, "\n"))
        }
        _ => String::new(),
    }
}

/// Text with a mark before its first line and the others standing under its words.
fn hanging(mark: &str, text: &str) -> String {
    let indent = " ".repeat(mark.chars().count());
    let lines = text.lines().enumerate().map(|(at, line)| match (at, line) {
        (0, line) => format!("{mark}{line}"),
        (_, "") => String::new(),
        (_, line) => format!("{indent}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The inlines under a node.
fn inlines<'a>(node: Node<'a>) -> String {
    let mut out = String::new();
    for inline in node.descendants() {
        match &inline.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak => out.push(' '),
            NodeValue::LineBreak => out.push('\n'),
            NodeValue::FootnoteReference(note) => {
                let name = note.name.split_once('-').map_or(note.name.as_str(), |(_, name)| name);
                out.push_str(&format!("[{name}]"));
            }
            _ => {}
        }
    }
    out
}
