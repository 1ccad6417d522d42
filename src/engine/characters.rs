//! Where each character of a document is printed.

use typst::layout::{Abs, Point, Transform};
use typst::text::TextItem;

use crate::engine::document::{Document, each_placed};

/// A character on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedCharacter {
    /// The character.
    pub ch: char,
    /// The page it is on, from 1.
    pub page: usize,
    /// The sides of the box it is in, in points from the left and the top of the page. Letters that
    /// are one glyph have the same box.
    pub left: f64,
    /// Its top.
    pub top: f64,
    /// Its right side.
    pub right: f64,
    /// Its bottom.
    pub bottom: f64,
}

impl Document {
    /// Every character on the pages, in the order in which they are drawn.
    pub fn characters(&self) -> Vec<PlacedCharacter> {
        let mut found = Vec::new();
        for (page, number) in self.paged.pages().iter().zip(1..) {
            each_placed(&page.frame, Transform::identity(), &mut |placed, item| {
                of_item(item, placed, number, &mut found);
            });
        }
        found
    }
}

/// The characters of one run of text, in the order they are read.
fn of_item(item: &TextItem, placed: Transform, page: usize, found: &mut Vec<PlacedCharacter>) {
    let metrics = item.font.metrics();
    let (above, below) = (metrics.ascender.at(item.size), metrics.descender.at(item.size));
    let mut clusters: Vec<(usize, Abs, Abs)> = Vec::new();
    let mut at = Abs::zero();
    for glyph in &item.glyphs {
        let (start, end) = (glyph.range().start, at + glyph.x_advance.at(item.size));
        match clusters.last_mut().filter(|last| last.0 == start) {
            Some(last) => last.2 = end,
            None => clusters.push((start, at, end)),
        }
        at = end;
    }
    // From right to left, the glyph on the left is the last that is read.
    clusters.sort_by_key(|cluster| cluster.0);
    let ends = clusters.iter().skip(1).map(|next| next.0).chain([item.text.len()]);
    for (&(start, left, right), end) in clusters.iter().zip(ends) {
        let one = Point::new(left, -above).transform(placed);
        let other = Point::new(right, -below).transform(placed);
        for ch in item.text.get(start..end).unwrap_or_default().chars() {
            found.push(PlacedCharacter {
                ch,
                page,
                left: one.x.min(other.x).to_pt(),
                top: one.y.min(other.y).to_pt(),
                right: one.x.max(other.x).to_pt(),
                bottom: one.y.max(other.y).to_pt(),
            });
        }
    }
}
