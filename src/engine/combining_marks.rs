//! Sets the marks on letters where readers of PDF expect them.
//!
//! Readers find words by the places of glyphs. The shaper puts a mark back over its letter, so that some
//! of them read a blank behind it, or read it on a line of its own. Here each mark gets a glyph that is
//! drawn over what stands before it, in a font made for the document: its place is then where the letter
//! ends. A letter whose characters have no glyphs of their own becomes one glyph.

use std::collections::{BTreeMap, BTreeSet};

use kurbo::{Affine, BezPath, CubicBez, Rect, Shape as _};
use skrifa::instance::{Location, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};
use typst::foundations::Bytes;
use typst::layout::{Abs, Em, Frame, FrameItem};
use typst::text::{Font, FontInstance, FontVariations, Glyph, TextItem};
use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};
use write_fonts::FontBuilder;
use write_fonts::from_obj::ToOwnedTable as _;
use write_fonts::tables::glyf::{self, GlyfLocaBuilder, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::post::Post;

/// Classes of marks that stand below and above their letter (Unicode, `Canonical_Combining_Class`).
const BELOW: u8 = 220;
const ABOVE: u8 = 230;

/// The glyph of a blank in the fonts made.
const BLANK: u16 = 1;

/// The gap between a letter and a mark that its font misplaces, in em.
const GAP: f64 = 0.06;

/// A glyph and its place in a letter, in units of the font.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Part {
    glyph: u16,
    x: i16,
    y: i16,
    /// Where the mark stands on its letter; 0 for letters.
    class: u8,
}

/// A letter with its marks. The first glyph made for it is as wide as the letter and stands for its first
/// character; the second has no width and stands for all marks: pdfminer parts two glyphs without a
/// width.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Letter {
    parts: Vec<Part>,
    /// How many parts the first glyph draws.
    first: usize,
    /// How many glyphs there are: one or two.
    count: u16,
    /// Where the letter ends, in units of the font.
    width: i16,
    /// Whether the letter is of a script from right to left, where its marks are the first parts.
    leftward: bool,
}

/// The letters with marks of a document, font by font.
#[derive(Default)]
pub(super) struct Letters(Vec<(FontInstance, BTreeSet<Letter>)>);

impl Letters {
    /// Adds the letters of a frame.
    pub(super) fn collect(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.collect(&group.frame),
                FrameItem::Text(text) if is_marked(text) => {
                    let letters = clusters(text).filter_map(|glyphs| letter(text, glyphs));
                    match self.0.iter_mut().find(|(font, _)| *font == text.font) {
                        Some((_, all)) => all.extend(letters),
                        None => self.0.push((text.font.clone(), letters.collect())),
                    }
                }
                _ => {}
            }
        }
    }

    /// The fonts with glyphs for these letters.
    pub(super) fn fonts(self) -> Composed {
        let fonts = self.0.into_iter().filter_map(|(font, letters)| {
            let made = composed(font.clone(), letters.iter().cloned().collect())?;
            let mut next = BLANK + 1;
            let first = |letter: Letter| {
                let id = next;
                next += letter.count;
                (letter, id)
            };
            Some((font, made, letters.into_iter().map(first).collect()))
        });
        Composed(fonts.collect())
    }
}

/// Fonts, each with the font made for its letters and the first glyph of each letter there.
pub(super) struct Composed(Vec<(FontInstance, FontInstance, BTreeMap<Letter, u16>)>);

impl Composed {
    /// Sets the letters of a frame in the fonts made for them.
    pub(super) fn apply(&self, frame: &mut Frame) {
        if self.0.is_empty() || !is_frame_marked(frame) {
            return;
        }
        let mut items = Vec::new();
        for (at, item) in frame.items() {
            match item {
                FrameItem::Text(text) if is_marked(text) => {
                    let runs = self.runs(text).into_iter();
                    items.extend(runs.scan(*at, |at, run| {
                        let start = *at;
                        at.x += run.width();
                        Some((start, FrameItem::Text(run)))
                    }));
                }
                FrameItem::Group(group) => {
                    let mut group = group.clone();
                    self.apply(&mut group.frame);
                    items.push((*at, FrameItem::Group(group)));
                }
                item => items.push((*at, item.clone())),
            }
        }
        frame.clear();
        frame.push_multiple(items);
    }

    /// A run of text in its own font and in the one of its letters.
    fn runs(&self, text: &TextItem) -> Vec<TextItem> {
        let Some((_, font, letters)) = self.0.iter().find(|(font, ..)| *font == text.font) else {
            return vec![text.clone()];
        };
        let mut runs: Vec<TextItem> = Vec::new();
        for glyphs in clusters(text) {
            let letter = letter(text, glyphs).and_then(|it| letters.get_key_value(&it));
            let cluster = glyphs.first().and_then(|first| text.text.get(first.range()));
            let behind = runs.last().is_some_and(|run| run.font == *font);
            let (font, glyphs) = match (letter, cluster, glyphs) {
                (Some((letter, &id)), Some(cluster), _) => (font, set(letter, id, cluster, glyphs)),
                // PDFium leaves out a blank that is a run of its own.
                (None, Some(" "), [blank]) if behind => {
                    (font, vec![Glyph { id: BLANK, ..blank.clone() }])
                }
                _ => (&text.font, glyphs.to_vec()),
            };
            match runs.last_mut() {
                Some(run) if run.font == *font => run.glyphs.extend(glyphs),
                _ => runs.push(TextItem { font: font.clone(), glyphs, ..text.clone() }),
            }
        }
        for run in &mut runs {
            let start = run.glyphs.iter().map(|it| it.range.start).min().unwrap_or_default();
            let end = run.glyphs.iter().map(|it| it.range.end).max().unwrap_or_default();
            run.text = text.text.get(start.into()..end.into()).unwrap_or_default().into();
            for glyph in &mut run.glyphs {
                glyph.range = glyph.range.start - start..glyph.range.end - start;
            }
        }
        runs
    }
}

/// The glyphs of a letter in the font made for it, from the first one on.
fn set(letter: &Letter, first: u16, cluster: &str, glyphs: &[Glyph]) -> Vec<Glyph> {
    let Some(like) = glyphs.first() else { return Vec::new() };
    let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
    let starts: Vec<usize> =
        cluster.char_indices().map(|(at, _)| at).take(letter.count.into()).collect();
    let ends = starts.iter().copied().skip(1).chain([cluster.len()]);
    let made = starts.iter().zip(ends).enumerate().map(|(at, (start, end))| Glyph {
        id: first + at as u16,
        x_advance: if at == 0 { width } else { Em::zero() },
        x_offset: Em::zero(),
        y_offset: Em::zero(),
        range: like.range.start + *start as u16..like.range.start + end as u16,
        ..like.clone()
    });
    let mut made: Vec<Glyph> = made.collect();
    if letter.leftward {
        made.reverse();
    }
    made
}

/// Whether a character is drawn on the letter before it. Selectors of variants are not.
pub(super) fn is_combining(c: char) -> bool {
    !c.is_ascii()
        && c.general_category() == GeneralCategory::NonspacingMark
        && !matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a text is written from right to left: in Hebrew, Arabic or a script beside them in Unicode.
pub(super) fn is_leftward(text: &str) -> bool {
    text.contains(
        |c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'),
    )
}

/// The glyphs of a text, those of one letter together.
fn clusters(text: &TextItem) -> impl Iterator<Item = &[Glyph]> {
    text.glyphs.chunk_by(|one, next| one.range == next.range)
}

/// Whether a letter of a text has several glyphs.
fn is_marked(text: &TextItem) -> bool {
    text.glyphs.windows(2).any(|pair| pair[0].range == pair[1].range)
}

/// Whether a frame has text with a letter of several glyphs.
fn is_frame_marked(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => is_frame_marked(&group.frame),
        FrameItem::Text(text) => is_marked(text),
        _ => false,
    })
}

/// A letter of several glyphs; none of those that its font lacks.
fn letter(text: &TextItem, glyphs: &[Glyph]) -> Option<Letter> {
    if glyphs.len() < 2 || glyphs.iter().any(|glyph| glyph.id == 0) {
        return None;
    }
    let cluster = text.text.get(glyphs[0].range())?;
    let class = |id: u16| {
        let c =
            cluster.chars().find(|c| text.font.ttf().glyph_index(*c).is_some_and(|it| it.0 == id));
        c.map_or(0, canonical_combining_class)
    };
    let units = |em: Em| (em.get() * text.font.units_per_em()).round() as i16;
    let mut pen = Em::zero();
    let parts = glyphs.iter().map(|glyph| {
        let (x, y) = (units(pen + glyph.x_offset), units(glyph.y_offset));
        pen += glyph.x_advance;
        Part { glyph: glyph.id, x, y, class: class(glyph.id) }
    });
    let parts: Vec<Part> = parts.collect();
    // PDFium leaves out letters without a width, and reads marks.
    let marks = cluster.chars().skip(1).filter(|c| is_combining(*c)).count();
    let (first, count) = match cluster.chars().count() {
        characters if characters == marks + 1 => (parts.len().saturating_sub(marks).max(1), 2),
        _ => (parts.len(), 1),
    };
    Some(Letter { parts, first, count, width: units(pen), leftward: is_leftward(cluster) })
}

/// A font with glyphs for letters of another font. `None` where that font has no outlines.
#[comemo::memoize]
fn composed(font: FontInstance, letters: Vec<Letter>) -> Option<FontInstance> {
    let source = FontRef::from_index(font.data(), font.index()).ok()?;
    if [b"COLR", b"SVG ", b"CBDT", b"sbix"]
        .iter()
        .any(|tag| source.table_data(Tag::new(tag)).is_some())
    {
        return None;
    }
    let axes = font.variations().0.iter().map(|(tag, value)| (Tag::new(&tag.to_bytes()), value.0));
    let location = source.axes().location(axes);

    let mut outlines = GlyfLocaBuilder::new();
    outlines.add_glyph(&glyf::Glyph::Empty).ok()?.add_glyph(&glyf::Glyph::Empty).ok()?;
    let blank = font.ttf().glyph_index(' ').and_then(|id| font.ttf().glyph_hor_advance(id));
    let mut advances = vec![LongMetric::new(0, 0), LongMetric::new(blank.unwrap_or(0), 0)];
    for letter in &letters {
        let paths = drawn(&source, &location, &letter.parts)?;
        let (first, marks) = match letter.leftward {
            true => {
                let (marks, first) = paths.split_at(paths.len() - letter.first);
                (first, marks)
            }
            false => paths.split_at(letter.first),
        };
        // The glyph of the marks is set behind the letter, or before one that is read to the left.
        let back = if letter.leftward { 0.0 } else { -f64::from(letter.width) };
        let back = Affine::translate((back, 0.0));
        let marks: BezPath = marks.iter().flatten().map(|part| back * part).collect();
        let glyphs = [(first.iter().flatten().collect(), letter.width), (marks, 0)];
        for (path, width) in glyphs.into_iter().take(letter.count.into()) {
            let glyph = SimpleGlyph::from_bezpath(&path).ok()?;
            advances.push(LongMetric::new(width.try_into().ok()?, glyph.bbox.x_min));
            outlines.add_glyph(&glyph).ok()?;
        }
    }
    let count = advances.len() as u16;
    let (glyf, loca, format) = outlines.build();
    let mut head: Head = source.head().ok()?.to_owned_table();
    head.index_to_loc_format = format as i16;
    let mut hhea: Hhea = source.hhea().ok()?.to_owned_table();
    hhea.number_of_h_metrics = count;

    let mut builder = FontBuilder::new();
    builder.add_table(&head).ok()?.add_table(&hhea).ok()?;
    builder.add_table(&Maxp::new(count)).ok()?.add_table(&Post::default()).ok()?;
    builder.add_table(&Hmtx::new(advances, Vec::new())).ok()?;
    builder.add_table(&glyf).ok()?.add_table(&loca).ok()?;
    for tag in [Tag::new(b"name"), Tag::new(b"OS/2")] {
        if let Some(table) = source.table_data(tag) {
            builder.add_raw(tag, table.as_bytes());
        }
    }
    let made = Font::new(Bytes::new(builder.build()), 0)?;
    let variant = made.info().variant;
    Some(made.instantiate(variant, Abs::zero(), &FontVariations::default()))
}

/// The outlines of the glyphs of a letter at their places. A mark whose middle is within what stands
/// before it is moved out of it.
fn drawn(font: &FontRef, location: &Location, parts: &[Part]) -> Option<Vec<BezPath>> {
    let outlines = font.outline_glyphs();
    let gap = GAP * f64::from(font.head().ok()?.units_per_em());
    let mut before: Option<Rect> = None;
    let paths = parts.iter().map(|part| {
        let mut pen = Pen::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), location);
        outlines.get(GlyphId::from(part.glyph))?.draw(settings, &mut pen).ok()?;
        let mut path = Affine::translate((f64::from(part.x), f64::from(part.y))) * pen.0;
        if !path.is_empty() {
            let bounds = path.bounding_box();
            let moved = before.map_or((0.0, 0.0), |it| out_of(it, bounds, part.class, gap));
            path.apply_affine(Affine::translate(moved));
            let bounds = bounds + kurbo::Vec2::from(moved);
            before = Some(before.map_or(bounds, |it| it.union(bounds)));
        }
        Some(path)
    });
    paths.collect()
}

/// How far to move a mark that its font puts into the letter.
fn out_of(letter: Rect, mark: Rect, class: u8, gap: f64) -> (f64, f64) {
    let middle = mark.center();
    let up = match class {
        ABOVE if middle.y < letter.y1 => letter.y1 + gap - mark.y0,
        BELOW if middle.y > letter.y0 => letter.y0 - gap - mark.y1,
        _ => 0.0,
    };
    let aside = if up == 0.0 { 0.0 } else { letter.center().x - middle.x };
    (aside, up)
}

/// Takes an outline down in lines and quadratic curves, as the tables of TrueType want them.
#[derive(Default)]
struct Pen(BezPath);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to((cx, cy), (x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let point = |x: f32, y: f32| kurbo::Point::new(x.into(), y.into());
        let start = self.0.current_position().unwrap_or_default();
        let cubic = CubicBez::new(start, point(ax, ay), point(bx, by), point(x, y));
        for (.., curve) in cubic.to_quads(0.5) {
            self.0.quad_to(curve.p1, curve.p2);
        }
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_within_its_letter_is_moved_out_of_it() {
        let letter = Rect::new(0.0, 0.0, 10.0, 10.0);
        let mark = |y: f64| Rect::new(6.0, y, 10.0, y + 4.0);
        assert_eq!(out_of(letter, mark(7.0), ABOVE, 1.0), (-3.0, 4.0));
        assert_eq!(out_of(letter, mark(7.0), BELOW, 1.0), (-3.0, -12.0));
        for right in [(mark(9.0), ABOVE), (mark(-3.0), BELOW), (mark(7.0), 0)] {
            assert_eq!(out_of(letter, right.0, right.1, 1.0), (0.0, 0.0));
        }
    }
}
