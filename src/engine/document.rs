//! A laid-out document and what can be read from its pages.
//!
//! Must not know templates; a template passes values to Rust in `metadata`.

use typst::foundations::{Label, Selector, Str};
use typst::introspection::{Introspector as _, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::model::Document as _;
use typst::text::TextItem;
use typst::utils::hash128;
use typst_layout::PagedDocument;

use crate::engine::blob::Blob;
use crate::engine::fault::{Fault, Places};
use crate::engine::pictures::each_picture;
use crate::util::timings::Timings;

/// Pages, ready to be exported.
#[derive(Debug, Clone)]
pub struct Document {
    pub(super) paged: PagedDocument,
    pub(super) places: Places,
    pub(super) warnings: Vec<Fault>,
    pub(super) timings: Timings,
}

/// A character that no font has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingGlyph {
    /// The character.
    pub ch: char,
    /// The page it is on, from 1.
    pub page: usize,
    /// The text around it.
    pub context: String,
}

/// A picture of pixels on a page.
#[derive(Debug, Clone)]
pub struct PlacedPicture {
    /// Its bytes, as they were read.
    pub bytes: Blob,
    /// Pixels to the inch, the fewer of both directions.
    pub dpi: f64,
}

impl Document {
    /// How many pages there are.
    pub fn page_count(&self) -> usize {
        self.paged.pages().len()
    }

    /// The height of the last page, in points.
    pub fn last_height(&self) -> f64 {
        self.paged.pages().last().map_or(0.0, |page| page.frame.height().to_pt())
    }

    /// Width and height of each page, in points.
    pub fn page_sizes(&self) -> Vec<(f64, f64)> {
        let sizes = self.paged.pages().iter().map(|page| page.frame.size());
        sizes.map(|size| (size.x.to_pt(), size.y.to_pt())).collect()
    }

    /// A number for each page; pages that differ have others.
    pub fn page_hashes(&self) -> Vec<u64> {
        self.paged.pages().iter().map(|page| hash128(page) as u64).collect()
    }

    /// How long it took to lay the pages out.
    pub fn timings(&self) -> &Timings {
        &self.timings
    }

    /// What the compiler found odd but not wrong.
    pub fn warnings(&self) -> &[Fault] {
        &self.warnings
    }

    /// The title the template gave the document.
    pub fn title(&self) -> Option<&str> {
        self.paged.info().title.as_deref()
    }

    /// The text of every page in the order in which it is drawn, a line for each run of text that
    /// starts lower than the one before or stands apart from it.
    pub fn page_texts(&self) -> Vec<String> {
        let pages = self.paged.pages().iter();
        pages
            .map(|page| {
                let (mut out, mut end) = (String::new(), None);
                each_text(&page.frame, &mut |at, item| {
                    let apart = |end: Point| {
                        let away = at - end;
                        away.y.to_pt().abs() > 1.0 || away.x.abs() > item.size / 2.0
                    };
                    if end.is_some_and(apart) {
                        out.push('\n');
                    }
                    end = Some(at + Point::with_x(item.width()));
                    out.push_str(&item.text);
                });
                out
            })
            .collect()
    }

    /// The values of all `metadata` elements with a label, as JSON.
    pub fn metadata(&self, label: &str) -> Vec<serde_json::Value> {
        let Ok(label) = Label::construct(Str::from(label)) else { return Vec::new() };
        let found = self.paged.introspector().query(&Selector::Label(label));
        let values = found.iter().filter_map(|content| content.to_packed::<MetadataElem>());
        values.filter_map(|metadata| serde_json::to_value(&metadata.value).ok()).collect()
    }

    /// The places of the elements with a label: the page, from 1, and the points from its top.
    pub fn positions(&self, label: &str) -> Vec<(usize, f64)> {
        let Ok(label) = Label::construct(Str::from(label)) else { return Vec::new() };
        let introspector = self.paged.introspector();
        let found = introspector.query(&Selector::Label(label));
        let locations = found.iter().filter_map(|content| content.location());
        let positions = locations.filter_map(|location| introspector.position(location));
        positions.map(|at| (at.page.get(), at.point.y.to_pt())).collect()
    }

    /// All text that runs over a side of its page, and of what runs below a page the first text.
    pub fn overfull(&self) -> Vec<Overfull> {
        let mut found: Vec<Overfull> = Vec::new();
        for (page, number) in self.paged.pages().iter().zip(1..) {
            let size = page.frame.size();
            each_placed(&page.frame, Transform::identity(), &mut |placed, item| {
                let start = Point::zero().transform(placed);
                let end = Point::with_x(item.width()).transform(placed);
                let right = start.x.max(end.x) - size.x;
                let left = Abs::zero() - start.x.min(end.x);
                let aside = right.max(left).to_pt();
                let under = (start.y.max(end.y) - size.y).to_pt();
                let (below, over) = (under > aside, aside.max(under));
                // Half a point is rounding; no text is lost.
                if over <= 0.5 {
                    return;
                }
                let points = over.ceil() as u32;
                let same = |it: &&mut Overfull| below && it.below && it.page == number;
                match found.iter_mut().find(same) {
                    Some(first) => first.points = first.points.max(points),
                    None => {
                        let text = item.text.trim().to_owned();
                        found.push(Overfull { page: number, text, points, below });
                    }
                }
            });
        }
        found
    }

    /// All pictures of pixels, in the order they are drawn.
    pub fn pictures(&self) -> Vec<PlacedPicture> {
        let mut found = Vec::new();
        for page in self.paged.pages() {
            each_picture(&page.frame, Transform::identity(), &mut |_, raster, inches| {
                let dpi = (f64::from(raster.width()) / inches.x)
                    .min(f64::from(raster.height()) / inches.y);
                found.push(PlacedPicture { bytes: Blob(raster.data().clone()), dpi });
            });
        }
        found
    }

    /// All characters that no font has, page by page. Invisible parts of an emoji do not count.
    pub fn missing_glyphs(&self) -> Vec<MissingGlyph> {
        let mut missing = Vec::new();
        for (page, number) in self.paged.pages().iter().zip(1..) {
            let (mut text, mut found) = (String::new(), Vec::new());
            each_text(&page.frame, &mut |_, item| {
                let missing = item.glyphs.iter().filter(|glyph| glyph.id == 0);
                found.extend(missing.map(|glyph| text.len() + glyph.range().start));
                text.push_str(&item.text);
            });
            for at in found {
                let ch = text.get(at..).and_then(|rest| rest.chars().next());
                let part_of_emoji = |ch| matches!(ch, '\u{200D}' | '\u{FE00}'..='\u{FE0F}');
                if let Some(ch) = ch.filter(|&ch| !part_of_emoji(ch)) {
                    missing.push(MissingGlyph { ch, page: number, context: around(&text, at) });
                }
            }
        }
        missing
    }
}

/// Text that does not fit its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overfull {
    /// The page, from 1.
    pub page: usize,
    /// The run of text that leaves it; the first of those that leave it at the bottom.
    pub text: String,
    /// The largest overrun in points, rounded up.
    pub points: u32,
    /// Whether it leaves the page at the bottom, and not at a side.
    pub below: bool,
}

/// Visits all text of a frame with its place on the page.
fn each_text(frame: &Frame, visit: &mut impl FnMut(Point, &TextItem)) {
    each_placed(frame, Transform::identity(), &mut |placed, item| {
        visit(Point::zero().transform(placed), item);
    });
}

/// Visits all text of a frame with the transform from its own coordinates to the page's.
pub(super) fn each_placed(
    frame: &Frame,
    outer: Transform,
    visit: &mut impl FnMut(Transform, &TextItem),
) {
    for (point, item) in frame.items() {
        let placed = outer.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) => {
                each_placed(&group.frame, placed.pre_concat(group.transform), visit);
            }
            FrameItem::Text(text) => visit(placed, text),
            _ => {}
        }
    }
}

/// About twenty characters on each side of a byte.
fn around(text: &str, at: usize) -> String {
    let start = text[..at].char_indices().rev().nth(19).map_or(0, |(start, _)| start);
    text[start..].chars().take(41).collect()
}
