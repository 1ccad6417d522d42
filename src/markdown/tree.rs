//! Text → the tree that pages, text outputs and checks walk.

use comrak::{Arena, Node, Options, parse_document};

use crate::markdown::headings::set_levels;
use crate::markdown::links::trim_autolink;
use crate::markdown::quotes::{Marks, set_quotes};
use crate::markdown::signs::{inline, protect, restore};

/// The options every text is read with.
pub fn options() -> Options<'static> {
    let mut options = Options::default();
    let on = &mut options.extension;
    on.strikethrough = true;
    on.table = true;
    on.autolink = true;
    on.tasklist = true;
    on.footnotes = true;
    on.description_lists = true;
    on.cjk_friendly_emphasis = true;
    options
}

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// A short text: emphasis, code and links. What its lines begin with is printed as it is typed;
    /// where it has several lines they may be nested bullets and notes.
    Inline,
    /// CommonMark with GitHub's tables, task lists, footnotes and strikethrough.
    Block,
}

impl Context {
    /// The context of a text that is inline or not.
    pub fn of(inline: bool) -> Self {
        if inline { Self::Inline } else { Self::Block }
    }
}

/// Parses a text. Bare URLs end before a Korean particle (`https://a.kr에서` links `https://a.kr`).
pub fn parse<'a>(arena: &'a Arena<'a>, text: &str, context: Context) -> Node<'a> {
    let source = match context {
        Context::Inline => protect(&inline(text)),
        Context::Block => protect(text),
    };
    let root = parse_document(arena, &source, &options());
    let lines: Vec<&str> = source.lines().collect();
    let nodes: Vec<Node> = root.descendants().collect();
    for node in nodes {
        trim_autolink(arena, node, &lines);
    }
    restore(root);
    root
}

/// Makes a tree ready for print: headings get levels from `base` on without gaps, straight quotation
/// marks become `marks`.
pub fn settle<'a>(root: Node<'a>, base: u8, marks: Marks) {
    set_levels(root, base);
    set_quotes(root, marks);
}
