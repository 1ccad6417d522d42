//! CommonMark as this project reads it.
//!
//! [`parse`] makes the one tree of a text: links are settled there, and [`settle`] gives headings
//! their levels and quotation marks their form. The engine turns the tree into pages, the text
//! exports write it, [`survey`] lists what the checks ask for. This layer must not know Typst,
//! templates, the record or how problems are printed.

mod attributes;
mod bounds;
mod headings;
mod links;
mod plain;
pub mod quotes;
mod signs;
mod survey;
mod tree;
mod words;

pub use comrak::{Arena, Node};

pub use self::attributes::{DIAGRAM, attributes, caption, info};
pub use self::bounds::{Bound, Excess, crowded, excesses};
pub use self::headings::take_heading_id;
pub use self::links::{is_bare, is_hangul};
pub use self::plain::plain_text;
pub use self::survey::{
    CodeBlock, Heading, Image, Link, Number, Run, Survey, diagrams, headings, links, survey,
};
pub use self::tree::{Context, options, parse, settle};
pub use self::words::inline_text;

#[cfg(test)]
mod tests;
