//! Fonts of a document cut down to its letters, before the exporter asks for them.
//!
//! The exporter writes the pages, then cuts down one font after the other; it remembers for which
//! letters, in which order, it has cut one. So the fonts are given to it beside the pages, each in a
//! document of its own, the last first.
//! Must not know what the letters say.

use std::collections::HashSet;

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::model::Document as _;
use typst::text::{FontInstance, TextItem};
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

/// Cuts down the fonts of some pages while these are written, as long as it helps.
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
        // What is wrong with a font is told when the document is written.
        let _ = typst_pdf::pdf(&alone, &options);
    }
}

/// A font and its letters on the pages, each once, in the order in which they are met.
struct Used {
    item: TextItem,
    known: HashSet<u16>,
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
                    fonts.push(Used { item, known: HashSet::new() });
                    fonts.len() - 1
                });
                let Used { item, known } = &mut fonts[at];
                let new = text.glyphs.iter().filter(|glyph| known.insert(glyph.id));
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

/// Whether the letters of a font are outlines: those in colours are drawn one by one.
fn is_cut(font: &FontInstance) -> bool {
    let tables = font.ttf().tables();
    tables.colr.is_none() && tables.svg.is_none() && tables.cbdt.is_none() && tables.sbix.is_none()
}
