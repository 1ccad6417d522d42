//! Text → the tree that pages, text outputs and checks walk.

use comrak::{Arena, Node, Options, parse_document};

use crate::markdown::headings::set_levels;
use crate::markdown::links::trim_autolink;
use crate::markdown::quotes::{Marks, set_quotes};

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

/// Parses a text. Bare URLs end before a Korean particle (`https://a.kr에서` links `https://a.kr`).
pub fn parse<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    let root = parse_document(arena, text, &options());
    let lines: Vec<&str> = text.lines().collect();
    for node in root.descendants() {
        trim_autolink(arena, node, &lines);
    }
    root
}

/// Makes a tree ready for print: headings get levels from `base` on without gaps, straight quotation
/// marks become `marks`.
pub fn settle<'a>(root: Node<'a>, base: u8, marks: Marks) {
    set_levels(root, base);
    set_quotes(root, marks);
}
