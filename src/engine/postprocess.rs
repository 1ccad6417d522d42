//! Takes invisible joiners out of laid-out pages, and sets letters with their marks as one glyph.
//!
//! Joiners steer line breaking; in a finished page they would only soil copied text. Removing them
//! moves nothing: the shaper gave them no glyph. Tags and positions stay as they are.
//! Headings that carry a number take it into the outline here, and links to labels their place.
//! Must not know why a joiner was there.

use typst::foundations::{Content, Smart, StyleChain};
use typst::introspection::Tag;
use typst::layout::{Em, Frame, FrameItem, Point};
use typst::model::{Document as _, DocumentInfo, FigureElem, HeadingElem, LinkMarker, Supplement};
use typst::text::{Glyph, TextItem};
use typst::visualize::ImageElem;
use typst_layout::PagedDocument;

use crate::engine::combining_marks::{Letters, is_combining, is_leftward};
use crate::engine::deferred_links::Settled;

/// Characters that never reach a page: word joiner, zero width space, byte order mark.
const INVISIBLE: [char; 3] = ['\u{2060}', '\u{200B}', '\u{FEFF}'];

/// Offsets of a mark from its line that are rounding and not seen, in em.
const LEVEL: f64 = 0.002;

/// The same document without invisible characters, its links settled.
pub(super) fn postprocess(document: &PagedDocument, links: &Settled) -> PagedDocument {
    let pages = document.pages().iter().map(|page| {
        let mut page = page.clone();
        if is_frame_soiled(&page.frame, links) {
            scrub_frame(&mut page.frame, links);
        }
        page
    });
    let mut pages: Vec<_> = pages.collect();
    let mut letters = Letters::default();
    for page in &pages {
        letters.collect(&page.frame);
    }
    let letters = letters.fonts();
    for page in &mut pages {
        letters.apply(&mut page.frame);
    }
    PagedDocument::new(pages.into(), scrub_info(document.info().clone()))
}

/// Text without invisible characters.
fn clean(text: &str) -> String {
    text.replace(INVISIBLE, "")
}

/// Whether a text has invisible characters.
fn is_soiled(text: &str) -> bool {
    text.contains(INVISIBLE)
}

/// Cleans title, authors and the like.
fn scrub_info(mut info: DocumentInfo) -> DocumentInfo {
    let texts = info.title.iter_mut().chain(info.description.iter_mut());
    for text in texts.chain(&mut info.author).chain(&mut info.keywords) {
        if is_soiled(text) {
            *text = clean(text).into();
        }
    }
    info
}

/// Whether anything in a frame needs cleaning. Most frames are shared with the compiler's cache:
/// one that is clean must not be copied.
fn is_frame_soiled(frame: &Frame, links: &Settled) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => is_frame_soiled(&group.frame, links),
        FrameItem::Text(text) => is_soiled(&text.text) || text.text.contains(is_combining),
        FrameItem::Link(dest, _) => links.place(dest).is_some(),
        FrameItem::Tag(Tag::Start(content, _)) => {
            soiled_alt(content).is_some()
                || number(content).is_some()
                || links.alt(content).is_some()
        }
        _ => false,
    })
}

/// Cleans a frame and the frames in it.
fn scrub_frame(frame: &mut Frame, links: &Settled) {
    if frame.items().any(|(_, item)| is_marked(item)) {
        join_marks(frame);
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if is_frame_soiled(&group.frame, links) => {
                scrub_frame(&mut group.frame, links);
            }
            FrameItem::Text(text) if is_soiled(&text.text) => scrub_text(text),
            FrameItem::Link(dest, _) => {
                if let Some(place) = links.place(dest) {
                    *dest = place;
                }
            }
            FrameItem::Tag(Tag::Start(content, _)) => {
                scrub_alt(content);
                set_number(content);
                if let Some(alt) = links.alt(content).cloned()
                    && let Some(link) = content.to_packed_mut::<LinkMarker>()
                {
                    link.alt = Some(alt);
                }
            }
            _ => {}
        }
        true
    });
}

/// Whether an item is text with combining marks.
fn is_marked(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Text(text) if text.text.contains(is_combining))
}

/// Joins runs of text that a mark on a letter has parted. The compiler writes a mark that does not stand
/// on the line as a run of its own, with the text of the whole letter once more.
fn join_marks(frame: &mut Frame) {
    let mut items: Vec<(Point, FrameItem)> = Vec::new();
    for (at, item) in frame.items() {
        // Lines under a text stand between its runs.
        let before = items.iter_mut().rev().find(|(_, it)| !matches!(it, FrameItem::Shape(..)));
        let joined = match (before, item) {
            (Some((start, FrameItem::Text(text))), FrameItem::Text(next)) => {
                join(*start, text, *at, next)
            }
            _ => false,
        };
        if !joined {
            items.push((*at, item.clone()));
        }
    }
    frame.clear();
    frame.push_multiple(items);
}

/// Adds a run to the one before it, if a mark has parted the two. Says whether it has.
fn join(start: Point, text: &mut TextItem, at: Point, next: &TextItem) -> bool {
    let end = start.x + text.width();
    let marked = text.text.contains(is_combining) || next.text.contains(is_combining);
    let alike = text.font == next.font && text.size == next.size && text.fill == next.fill;
    let fits = text.text.len() + next.text.len() < usize::from(u16::MAX);
    if !marked || !alike || !fits || (at.x - end).to_pt().abs() > 0.01 {
        return false;
    }
    let (Some(last), Some(first)) = (text.glyphs.last(), next.glyphs.first()) else { return false };
    let cluster = text.text.get(last.range()).unwrap_or_default();
    let glyphs = text.glyphs.iter().filter(|glyph| glyph.range == last.range).count();
    // A mark goes on with the letter before it; in Arabic, the letter with the mark before it.
    let is_mark =
        |it: &Glyph| it.x_advance == Em::zero() || text.font.x_advance(it.id) == Some(Em::zero());
    let shared = (is_mark(first) || is_mark(last))
        && cluster.contains(is_combining)
        && next.text.get(first.range()) == Some(cluster)
        && (is_mark(first) || glyphs < cluster.chars().count());
    let raised = Em::from_abs(start.y - at.y, text.size);
    let level = if raised.get().abs() < LEVEL { Em::zero() } else { raised };
    let shared = if shared { cluster.len() } else { 0 };
    // Of text from right to left, the run on the right is read first.
    let leftward = is_leftward(&text.text) || is_leftward(&next.text);
    let (one, other) = if leftward { (next, &*text) } else { (&*text, next) };
    let rest = one.text.len() - shared;
    let whole = format!("{}{}", one.text, other.text.get(shared..).unwrap_or_default());
    let moved = |glyph: &Glyph, by: usize| {
        let by = by as u16;
        Glyph { range: glyph.range.start + by..glyph.range.end + by, ..glyph.clone() }
    };
    let (left, right) = if leftward { (rest, 0) } else { (0, rest) };
    text.glyphs.iter_mut().for_each(|glyph| *glyph = moved(glyph, left));
    text.glyphs.extend(next.glyphs.iter().map(|glyph| {
        let offset = glyph.y_offset + level;
        Glyph { y_offset: offset, ..moved(glyph, right) }
    }));
    text.text = whole.into();
    true
}

/// Cleans a run of text and moves the ranges of its glyphs.
fn scrub_text(item: &mut TextItem) {
    let mut removed = Vec::new();
    let mut bytes = 0;
    for (at, c) in item.text.char_indices() {
        if INVISIBLE.contains(&c) {
            bytes += c.len_utf8();
            removed.push((at, bytes));
        }
    }
    let moved = |old: u16| {
        let before = removed.partition_point(|&(at, _)| at < usize::from(old));
        let bytes = before.checked_sub(1).and_then(|last| removed.get(last)).map_or(0, |r| r.1);
        old.saturating_sub(u16::try_from(bytes).unwrap_or(u16::MAX))
    };
    for glyph in &mut item.glyphs {
        glyph.range = moved(glyph.range.start)..moved(glyph.range.end);
    }
    item.glyphs.retain(|glyph| !glyph.range.is_empty() || glyph.x_advance.get() != 0.0);
    item.text = clean(&item.text).into();
}

/// The number of a heading whose supplement is one, such as `1.2`. Counted by the compiler, numbers
/// would be settled a layout later.
fn number(content: &Content) -> Option<String> {
    let heading = content.to_packed::<HeadingElem>()?;
    let Smart::Custom(Some(Supplement::Content(supplement))) =
        heading.supplement.get_ref(StyleChain::default())
    else {
        return None;
    };
    let text = supplement.plain_text().to_string();
    let numbered = heading.numbers.is_none() && text.starts_with(|c: char| c.is_ascii_digit());
    numbered.then_some(text)
}

/// Puts the number of a heading where the outline takes it from.
fn set_number(content: &mut Content) {
    if let Some(number) = number(content)
        && let Some(heading) = content.to_packed_mut::<HeadingElem>()
    {
        heading.numbers = Some(number.into());
    }
}

/// The alternative text of a figure or image, when it needs cleaning.
fn soiled_alt(content: &Content) -> Option<String> {
    let styles = StyleChain::default();
    let alt = match content.to_packed::<FigureElem>() {
        Some(figure) => figure.alt.get_ref(styles).as_ref(),
        None => content.to_packed::<ImageElem>()?.alt.get_ref(styles).as_ref(),
    };
    alt.filter(|alt| is_soiled(alt)).map(|alt| clean(alt))
}

/// Cleans the alternative text of a figure or image.
fn scrub_alt(content: &mut Content) {
    let Some(alt) = soiled_alt(content) else { return };
    if let Some(figure) = content.to_packed_mut::<FigureElem>() {
        figure.alt.set(Some(alt.into()));
    } else if let Some(image) = content.to_packed_mut::<ImageElem>() {
        image.alt.set(Some(alt.into()));
    }
}
