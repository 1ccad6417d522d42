//! Pages to SVG, and the note in an SVG: which page of which document it is.

use std::ops::Range;
use std::slice;

use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem, GroupItem, Point};
use typst::model::{Destination, Url};
use typst::syntax::Span;
use typst::utils::hash128;
use typst::visualize::Geometry;
use typst_layout::Page;
use typst_svg::{SvgOptions, svg};

use crate::engine::document::Document;
use crate::engine::pictures::{PRINT_PPI, printed};

/// The element that holds the note, as it begins and ends.
const NOTE: (&str, &str) = ("<metadata>", "</metadata>");

impl Document {
    /// Draws a page, counted from 1, and notes on it what it is. Glyphs are outlines, pictures are
    /// inside; links to the web stay links.
    ///
    /// `None` when there is no such page.
    pub fn svg(&self, page: usize, note: &str) -> Option<Vec<u8>> {
        let mut text = drawn(self.paged.pages().get(page.checked_sub(1)?)?)?;
        let title = self.title().map(|title| format!("<title>{}</title>", escaped(title)));
        let head = format!("{}{}{}{}", title.unwrap_or_default(), NOTE.0, escaped(note), NOTE.1);
        text.insert_str(text.find('>')? + 1, &head);
        Some(text.into_bytes())
    }

    /// A number for each element of a page, counted from 1: what lies on it, with its place. Elements that
    /// look otherwise have other numbers.
    pub fn elements(&self, page: usize) -> Option<Vec<u64>> {
        let page = self.paged.pages().get(page.checked_sub(1)?)?;
        Some(elements(page).iter().map(|element| hash128(element) as u64).collect())
    }

    /// Draws some elements of a page, each as one element of the SVG below its root.
    pub fn drawing(&self, page: usize, some: Range<usize>) -> Option<String> {
        let mut page = self.paged.pages().get(page.checked_sub(1)?)?.clone();
        let mut frame = Frame::soft(page.frame.size());
        for (point, item) in elements(&page).get(some)? {
            // A hard frame is always an element, and nothing but one.
            let mut own = Frame::hard(page.frame.size());
            own.push(*point, item.clone());
            frame.push(Point::zero(), FrameItem::Group(GroupItem::new(own)));
        }
        (page.frame, page.fill) = (frame, Smart::Custom(None));
        drawn(&page)
    }
}

/// What lies on a page, with its place; its background first.
fn elements(page: &Page) -> Vec<(Point, FrameItem)> {
    let background = page.fill_or_white().map(|fill| {
        let shape = Geometry::Rect(page.frame.size()).filled(fill);
        (Point::zero(), FrameItem::Shape(shape, Span::detached()))
    });
    let items = page.frame.items().filter(|(_, item)| !matches!(item, FrameItem::Tag(_)));
    background.into_iter().chain(items.cloned()).collect()
}

/// A page as SVG.
fn drawn(page: &Page) -> Option<String> {
    let mut pages = printed(slice::from_ref(page), PRINT_PPI).unwrap_or_else(|| vec![page.clone()]);
    let page = pages.first_mut()?;
    if has_signs(&page.frame) {
        escape_addresses(&mut page.frame);
    }
    Some(svg(page, &SvgOptions::default()))
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
