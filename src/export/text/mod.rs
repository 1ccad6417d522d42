//! The text of a document, without its pages: Markdown, and plain text to paste.
//!
//! A template lists the text of a document as [`Block`]s; here they become one CommonMark tree,
//! from which both are written. Must not know Typst, the record or any format.

mod block;
mod plain;
mod tree;

pub use self::block::{Block, reference};

use crate::markdown::{Arena, options};

/// A document as CommonMark with tables; it reads back as it was written.
pub fn markdown(blocks: &[Block]) -> String {
    let arena = Arena::new();
    let mut out = String::new();
    let root = tree::build(&arena, blocks, tree::Diagrams::Fenced);
    match comrak::format_commonmark(root, &options(), &mut out) {
        Ok(()) => out,
        // Writing to a string does not fail.
        Err(_) => String::new(),
    }
}

/// A document as text without marks: a blank line between paragraphs, `- ` before points, no line
/// broken.
pub fn plain(blocks: &[Block]) -> String {
    let arena = Arena::new();
    plain::write(tree::build(&arena, blocks, tree::Diagrams::Described))
}

#[cfg(test)]
mod tests;
