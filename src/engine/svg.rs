//! Pages to SVG, and the note on an SVG that says which page of what it is.

use typst_svg::{SvgOptions, svg};

use crate::engine::document::Document;

/// The element that holds the note, as it begins and ends.
const NOTE: (&str, &str) = ("<metadata>", "</metadata>");

impl Document {
    /// Draws a page, counted from 1, and notes on it what it is. Glyphs are outlines, pictures are
    /// inside; links to the web stay links.
    ///
    /// `None` when there is no such page.
    pub fn svg(&self, page: usize, note: &str) -> Option<Vec<u8>> {
        let page = self.paged.pages().get(page.checked_sub(1)?)?;
        let mut text = svg(page, &SvgOptions::default());
        let title = self.title().map(|title| format!("<title>{}</title>", escaped(title)));
        let head = format!("{}{}{}{}", title.unwrap_or_default(), NOTE.0, escaped(note), NOTE.1);
        text.insert_str(text.find('>')? + 1, &head);
        Some(text.into_bytes())
    }
}

/// The note on an SVG.
pub(super) fn note(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).into_owned();
    let (_, rest) = head.split_once(NOTE.0)?;
    let (note, _) = rest.split_once(NOTE.1)?;
    Some(note.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// Text as XML has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
