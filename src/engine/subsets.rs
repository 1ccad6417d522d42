//! Subsets the fonts of a document before the exporter needs them.
//!
//! The exporter writes the pages, then subsets one font after the other; it caches a subset by its
//! letters and their order. So another thread exports the fonts while the pages are written, each
//! in a document of its own, the last first.
//! Must not know the content of the document.

use std::collections::HashSet;

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::model::Document as _;
use typst::text::{FontInstance, TextItem};
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

/// Subsets the fonts of some pages while these are written, until `helps` returns false.
pub(super) fn cut_fonts(document: &PagedDocument, helps: &dyn Fn() -> bool) {
    let Some(first) = document.pages().first() else { return };
    let mut fonts = Vec::new();
    document.pages().iter().for_each(|page| collect(&page.frame, &mut fonts));
    for Used { item, .. } in fonts.into_iter().rev().take_while(|_| helps()) {
        let mut frame = Frame::hard(first.frame.size());
        frame.push(Point::with_y(Abs::pt(10.0)), FrameItem::Text(item));
        let page = Page { frame, ..first.clone() };
        let alone = PagedDocument::new([page].into_iter().collect(), document.info().clone());
        let options = PdfOptions { tagged: false, ..PdfOptions::default() };
        // Errors of a font are reported when the document is written.
        let _ = typst_pdf::pdf(&alone, &options);
    }
}

/// A font and its letters on the pages, each once, in the order in which they are met.
struct Used {
    item: TextItem,
    seen: HashSet<u16>,
}

/// Adds the letters of a frame to those of their fonts.
fn collect(frame: &Frame, fonts: &mut Vec<Used>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, fonts),
            FrameItem::Text(text) if is_cut(&text.font) => {
                let at = fonts.iter().position(|used| used.item.font == text.font);
                let at = at.unwrap_or_else(|| {
                    let item = TextItem { glyphs: Vec::new(), ..text.clone() };
                    fonts.push(Used { item, seen: HashSet::new() });
                    fonts.len() - 1
                });
                let Used { item, seen } = &mut fonts[at];
                let new = text.glyphs.iter().filter(|glyph| seen.insert(glyph.id));
                let end = item.text.len().min(usize::from(u16::MAX)) as u16;
                item.glyphs.extend(new.map(|glyph| {
                    let mut glyph = glyph.clone();
                    glyph.range = 0..end;
                    glyph
                }));
            }
            _ => {}
        }
    }
}

/// Whether the letters of a font are outlines: colour letters are drawn one by one.
fn is_cut(font: &FontInstance) -> bool {
    let tables = font.ttf().tables();
    tables.colr.is_none() && tables.svg.is_none() && tables.cbdt.is_none() && tables.sbix.is_none()
}
