//! Files, data and fonts → pages → bytes. The only folder that names `typst*`.
//!
//! It gets JSON and other bytes by virtual path and never sees the record's types, the disk layout of
//! the output or how diagnostics are printed.
//!
//! One [`Engine`] serves many threads: `engine.compile(&job)` for each document.

mod addresses;
mod attach;
mod blob;
mod characters;
mod combining_marks;
mod compile;
mod deferred_links;
mod diagram;
mod document;
mod extent;
mod families;
mod fault;
mod fonts;
mod job;
mod line_breaking;
mod markdown;
mod object_streams;
mod page_breaks;
mod page_ranges;
mod pdf;
mod pictures;
mod png;
mod postprocess;
mod standard;
mod substitutions;
mod svg;
mod templates;
mod typst_project;
mod words;
mod world;

pub use self::attach::Attachment;
pub use self::blob::Blob;
pub use self::characters::PlacedCharacter;
pub use self::compile::Engine;
pub use self::document::{Document, MissingGlyph, Overfull, PlacedPicture};
pub use self::fault::{Fault, FaultPlace, FaultStep};
pub use self::fonts::{Face, Fonts};
pub use self::job::{Job, package};
pub use self::object_streams::object_streams;
pub use self::page_ranges::PageRanges;
pub use self::pdf::PdfSettings;
pub use self::standard::Standard;
pub use self::templates::Templates;
pub use self::words::Words;

/// The note in a PNG or SVG of a page: which page of which document it is. `None` for other files.
pub fn note(bytes: &[u8]) -> Option<String> {
    png::note(bytes).or_else(|| svg::note(bytes))
}

/// Drops cached layout that was not used since the last `max_age` calls of this function.
///
/// Without it a run over many documents grows without bound; a batch calls `evict(2)` every few
/// dozen documents, watching calls `evict(10)` after each round.
pub fn evict(max_age: usize) {
    comemo::evict(max_age);
}
