//! Pages to SVG, and the note in an SVG: which page of which document it is.

use std::slice;

use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Url};
use typst_svg::{SvgOptions, svg};

use crate::engine::document::Document;
use crate::engine::pictures::printed;

/// The element that holds the note, as it begins and ends.
const NOTE: (&str, &str) = ("<metadata>", "</metadata>");

impl Document {
    /// Draws a page, counted from 1, and notes on it what it is. Glyphs are outlines, pictures are
    /// inside; links to the web stay links.
    ///
    /// `None` when there is no such page.
    pub fn svg(&self, page: usize, note: &str) -> Option<Vec<u8>> {
        let mut text = self.drawing(page)?;
        let title = self.title().map(|title| format!("<title>{}</title>", escaped(title)));
        let head = format!("{}{}{}{}", title.unwrap_or_default(), NOTE.0, escaped(note), NOTE.1);
        text.insert_str(text.find('>')? + 1, &head);
        Some(text.into_bytes())
    }

    /// As [`Document::svg`], without title and note.
    pub fn drawing(&self, page: usize) -> Option<String> {
        let page = self.paged.pages().get(page.checked_sub(1)?)?;
        let mut pages = printed(slice::from_ref(page)).unwrap_or_else(|| vec![page.clone()]);
        let page = pages.first_mut()?;
        if has_signs(&page.frame) {
            escape_addresses(&mut page.frame);
        }
        Some(svg(page, &SvgOptions::default()))
    }
}

/// The note on an SVG.
pub(super) fn note(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).into_owned();
    let (_, rest) = head.split_once(NOTE.0)?;
    let (note, _) = rest.split_once(NOTE.1)?;
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    Some(signs.iter().fold(note.to_owned(), |note, (escaped, sign)| note.replace(escaped, sign)))
}

/// Text as XML has it, in elements and in attributes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Whether a frame has addresses with signs that XML escapes. Most frames are shared with the
/// compiler's cache: one without must not be copied.
fn has_signs(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_signs(&group.frame),
        FrameItem::Link(Destination::Url(url), _) => url.as_str() != escaped(url.as_str()),
        _ => false,
    })
}

/// Escapes the addresses of a frame: `typst-svg` 0.15.1 writes them as they are.
fn escape_addresses(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if has_signs(&group.frame) => {
                escape_addresses(&mut group.frame);
            }
            FrameItem::Link(Destination::Url(url), _) => match Url::new(escaped(url.as_str())) {
                Ok(escaped) => *url = escaped,
                // Longer than an address may be.
                Err(_) => return false,
            },
            _ => {}
        }
        true
    });
}
