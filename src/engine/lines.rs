//! How wide words are, and how many lines a text takes at the least, told without setting them.
//!
//! To set a text its letters are shaped, which is most of what a page costs. The width of a line is
//! nearly the sum of the widths of its letters; wherever it is known not to be, it is taken too small
//! here. Only where that may decide is a text shaped, alone and without its marks, so this is as good as
//! its tests (`tests/it/tailor_sketch.rs`). Who needs to know exactly sets the text.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::str::FromStr;

use rustybuzz::{
    BufferFlags, Direction, Language, Script, ShapePlan, UnicodeBuffer, shape_with_plan,
};
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations, FontWeight};

use crate::engine::line_breaking::{JOINER, JOINER_STR, LONGEST, LONGEST_RUN, glue_last, join};
use crate::markdown::{Context, is_hangul, plain_text};

/// What kerning may take off the width of a letter that is not Hangul, beside what is known of pairs.
const KERNING: f64 = 0.015;
/// What the letters of code are wide at the most, in em: they are of another font.
const CODE: f64 = 0.5;
/// A blank that no line breaks at.
const GLUE: &str = " \u{2060}";
/// What lines may break at.
const BLANKS: [char; 3] = [' ', '\n', '\t'];
/// How much longer a line may be than it says, in points: widths are sums.
const EPSILON: f64 = 0.001;

/// Words of one size and weight.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// The words, as the data has them.
    pub text: Cow<'a, str>,
    /// Points to an em.
    pub size: f64,
    /// From 100 to 900.
    pub weight: u16,
    /// Whether they are set as Markdown.
    pub prose: bool,
    /// Space before them where they do not begin a line, in points, beside a blank.
    pub gap: f64,
}

/// The letters of the fonts that a text is set in.
pub struct Letters {
    /// The first of the fonts in each weight that was asked for; `None` where there is none: what nobody
    /// knows takes no room.
    faces: HashMap<u16, Option<FontInstance>>,
    language: Option<Language>,
    /// Widths that have been asked for, in em.
    widths: RefCell<HashMap<(u16, char), f64>>,
    /// What of a font's tables a script needs is the same for all its words.
    plans: RefCell<Vec<((u16, Script), ShapePlan)>>,
}

impl Letters {
    /// The same from any fonts: what there are, and how to open one.
    pub(super) fn new(
        (book, open): (&FontBook, impl Fn(usize) -> Option<Font>),
        families: &[String],
        weights: &[u16],
        language: &str,
    ) -> Self {
        let face = |weight: u16| {
            let weight = FontWeight::from_number(weight);
            let variant = FontVariant { weight, ..FontVariant::default() };
            let select = |family: &String| book.select(&family.to_lowercase(), variant);
            let font = open(families.iter().find_map(select)?)?;
            // None of the fonts has letters of its own for a size.
            Some(font.instantiate(variant, Abs::pt(10.0), &FontVariations::default()))
        };
        Self {
            faces: weights.iter().map(|weight| (*weight, face(*weight))).collect(),
            language: Language::from_str(language).ok(),
            widths: RefCell::default(),
            plans: RefCell::default(),
        }
    }

    /// How many lines of a width, in points, runs of text take at the least; at least one.
    pub fn lines(&self, runs: &[Run], width: f64) -> usize {
        let runs: Vec<Known> = runs.iter().map(|run| self.known(run)).collect();
        let words: Vec<(&Known, f64, &str)> = runs.iter().flat_map(Known::words).collect();
        let wide = |part: fn(Bounds) -> f64| {
            let wide = |(run, gap, word): &(&Known, f64, &str)| {
                (gap + part(run.letter(' ')), part(run.word(word)), is_whole(word))
            };
            lines(words.iter().map(wide), width)
        };
        let least = wide(|wide| wide.least);
        // Where it matters how letters move together, the font is asked.
        if least == wide(|wide| wide.most) {
            return least;
        }
        let shaped: Option<Vec<Vec<(f64, f64)>>> = runs.iter().map(Known::shaped).collect();
        let shaped = shaped.into_iter().flatten().flatten();
        let wide = words.iter().zip(shaped);
        let wide = wide.map(|((_, gap, word), (blank, long))| (gap + blank, long, is_whole(word)));
        lines(wide, width).max(least)
    }

    /// How wide a text is in one line, in points: what setting it would say. The least that it may be
    /// where a letter is of another font.
    pub fn wide(&self, text: &str, size: f64, weight: u16) -> f64 {
        let known = self.known_width(text, weight);
        known.map_or_else(|| self.nothing(size, weight).word(text).least, |em| em * size)
    }

    /// The same in em; `None` where a letter is of another font.
    pub(super) fn known_width(&self, text: &str, weight: u16) -> Option<f64> {
        let joined = join(text);
        let letters = self.shaped(joined.as_deref().unwrap_or(text), weight)?;
        Some(letters.into_iter().map(|(_, em)| em).sum())
    }

    /// How wide a blank between letters is, in points.
    pub fn blank(&self, size: f64, weight: u16) -> f64 {
        self.nothing(size, weight).letter(' ').most
    }

    /// No words, to ask for the widths of some.
    fn nothing(&self, size: f64, weight: u16) -> Known<'_> {
        self.known(&Run { text: "".into(), size, weight, prose: false, gap: 0.0 })
    }

    /// The letters of a text as the engine sets them: where each begins, in bytes, and its width in em.
    /// `None` where the font lacks one.
    fn shaped(&self, text: &str, weight: u16) -> Option<Vec<(usize, f64)>> {
        let font = self.faces.get(&weight)?.as_ref()?;
        let mut letters = Vec::with_capacity(text.len());
        for (start, part) in scripts(text) {
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(part);
            buffer.set_language(self.language.clone()?);
            buffer.set_direction(Direction::LeftToRight);
            buffer.guess_segment_properties();
            buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
            let key = (weight, buffer.script());
            let mut plans = self.plans.borrow_mut();
            let at = plans.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                let (direction, language) = (buffer.direction(), self.language.as_ref());
                let plan = ShapePlan::new(font.rusty(), direction, Some(key.1), language, &[]);
                plans.push((key, plan));
                plans.len() - 1
            });
            let shaped = shape_with_plan(font.rusty(), &plans[at].1, buffer);
            for (glyph, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
                if glyph.glyph_id == 0 {
                    return None;
                }
                let em = font.to_em(place.x_advance).get();
                letters.push((start + glyph.cluster as usize, em));
            }
        }
        Some(letters)
    }

    /// The width of a blank between letters as the engine sets it, in em.
    fn shaped_blank(&self, weight: u16) -> Option<f64> {
        let wide = |text| Some(self.shaped(text, weight)?.iter().map(|(_, em)| em).sum::<f64>());
        Some(wide("x x")? - 2.0 * wide("x")?)
    }

    /// A run as it is looked at.
    fn known<'a>(&'a self, run: &Run) -> Known<'a> {
        let text = &*run.text;
        // Footnotes stand elsewhere; pictures and blocks of code have lines of their own.
        let elsewhere = ["[^", "![", "~~~", "```", "\n    ", "\n\t"];
        let known = !elsewhere.iter().any(|mark| text.contains(mark));
        let text = if known { text } else { "" };
        // What has no mark of CommonMark in it is what it says.
        let plain = |c: char| {
            !c.is_ascii_punctuation()
                || matches!(c, ',' | '.' | '(' | ')' | '%' | '/' | ':' | '+' | '-')
        };
        let unmarked = text.chars().all(plain);
        let words = match (unmarked, run.prose) {
            // As paragraphs have it; the joiner takes the blank's place here.
            (true, true) => {
                glue_last(text).map_or(text.to_owned(), |t| t.replace(GLUE, JOINER_STR))
            }
            (true, false) => text.to_owned(),
            (false, _) => plain_text(text, Context::Block),
        };
        let most = if text.contains('`') { CODE } else { f64::MAX };
        let marked = run.prose && !unmarked;
        let Run { size, weight, gap, .. } = *run;
        Known { words, size, weight, gap, most, marked, letters: self }
    }
}

/// A run as its lines are counted.
struct Known<'a> {
    words: String,
    size: f64,
    weight: u16,
    gap: f64,
    /// What its letters are wide at the most, in em.
    most: f64,
    /// Whether some of it may be of another font or weight.
    marked: bool,
    letters: &'a Letters,
}

/// What a width is at the least and at the most.
#[derive(Clone, Copy)]
struct Bounds {
    least: f64,
    most: f64,
}

impl Known<'_> {
    /// Its words, each with the space before it.
    fn words(&self) -> impl Iterator<Item = (&Self, f64, &str)> {
        let words = self.words.split(BLANKS).filter(|word| !word.is_empty());
        words.enumerate().map(move |(at, word)| (self, if at == 0 { self.gap } else { 0.0 }, word))
    }

    /// How wide a word is, in points.
    fn word(&self, word: &str) -> Bounds {
        let (mut least, mut most) = (0.0, 0.0);
        for wide in word.chars().map(|c| self.letter(c)) {
            (least, most) = (least + wide.least, most + wide.most);
        }
        let pairs = word.chars().zip(word.chars().skip(1));
        let closer: f64 = pairs.map(|(before, after)| kerning(before, after)).sum();
        Bounds { least: (least - closer * self.size).max(0.0), most }
    }

    /// How wide a letter is, in points.
    fn letter(&self, c: char) -> Bounds {
        let c = if c == JOINER { ' ' } else { c };
        let mut widths = self.letters.widths.borrow_mut();
        let em = *widths.entry((self.weight, c)).or_insert_with(|| {
            let font = self.letters.faces.get(&self.weight).and_then(Option::as_ref);
            let alone = || font.map_or(0.0, |font| letter(c, font));
            // Some fonts have another blank for Korean.
            if c == ' ' {
                self.letters.shaped_blank(self.weight).unwrap_or_else(alone)
            } else {
                alone()
            }
        });
        let least = match c {
            _ if is_hangul(c) => em,
            // Punctuation of full width may be squeezed.
            '\u{2E80}'.. => em / 2.0,
            _ => em * (1.0 - KERNING),
        };
        Bounds { least: least.min(self.most) * self.size, most: em * self.size }
    }

    /// Its words as the engine sets them: the blank before each, and its own width, in points. `None`
    /// where nobody knows without setting them.
    fn shaped(&self) -> Option<Vec<(f64, f64)>> {
        let text = self.words.replace(JOINER, " ");
        let letters = match self.marked {
            true => None,
            false => self.letters.shaped(&text, self.weight),
        }?;
        // The joiner is longer than the blank that stands in its place here.
        let mut place = 0;
        let mut starts = Vec::new();
        for part in self.words.split_inclusive(BLANKS) {
            let word = part.trim_end_matches(BLANKS);
            let shown = word.len() - (JOINER.len_utf8() - 1) * word.matches(JOINER).count();
            if !word.is_empty() {
                starts.push((place, place + shown));
            }
            place += shown + part.len() - word.len();
        }
        let within = |from: usize, to: usize| -> f64 {
            let letters = letters.iter().filter(|(at, _)| (from..to).contains(at));
            letters.map(|(_, em)| em).sum::<f64>() * self.size
        };
        let words = starts.iter().enumerate().map(|(at, (from, to))| {
            let blank = match at.checked_sub(1).and_then(|before| starts.get(before)) {
                Some((_, end)) => within(*end, *from),
                None => self.letter(' ').least,
            };
            (blank, within(*from, *to))
        });
        Some(words.collect())
    }
}

/// How many lines of a width words take: each with the blank before it, its own width, and whether it
/// stays whole.
fn lines(words: impl Iterator<Item = (f64, f64, bool)>, width: f64) -> usize {
    let (mut lines, mut used) = (1, 0.0);
    for (blank, long, whole) in words {
        let next = if used > 0.0 { used + blank + long } else { long };
        if next <= width + EPSILON {
            used = next;
        } else if whole && long <= width {
            (lines, used) = (lines + 1, long);
        } else {
            // May break anywhere: fills this line and goes on.
            let over = (next / width).ceil();
            (lines, used) = (lines + over as usize - 1, next - (over - 1.0) * width);
        }
    }
    lines
}

/// The parts of a text that the engine shapes one by one: Hangul and other letters apart, each with the
/// marks and figures after it; where each begins, in bytes.
fn scripts(text: &str) -> Vec<(usize, &str)> {
    let mut cuts = vec![0];
    let mut before = None;
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        if before.replace(is_hangul(c)).is_some_and(|before| before != is_hangul(c)) {
            cuts.push(at);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    cuts.iter().zip(ends).map(|(start, end)| (*start, &text[*start..end])).collect()
}

/// What two neighbours may move together, in em: capitals with a slope or an arm, letters that leave
/// room above a point, signs that become one.
fn kerning(before: char, after: char) -> f64 {
    let sign = |c| matches!(c, '-' | '=' | '<' | '>' | '~' | '!' | '|' | '+' | '*' | '/' | ':');
    let open = |c| matches!(c, 'A' | 'F' | 'L' | 'P' | 'T' | 'V' | 'W' | 'Y');
    let hollow = |c| matches!(c, 'f' | 'r' | 'v' | 'w' | 'y') || open(c);
    match (before, after) {
        _ if sign(before) && sign(after) => 0.5,
        (before, '.' | ',' | '…') | ('.' | ',', before) if hollow(before) => 0.16,
        _ if open(before) && open(after) => 0.1,
        ('F' | 'P' | 'T' | 'V' | 'W' | 'Y', 'a'..='z') | ('A' | 'L', 'v' | 'w' | 'y') => 0.1,
        _ => 0.0,
    }
}

/// Whether no line breaks within a word, or within those that joiners make one.
fn is_whole(word: &str) -> bool {
    word.split(JOINER).all(is_plain)
}

/// Whether a word is not too long, and has marks only at its ends.
fn is_plain(word: &str) -> bool {
    let most = if word.chars().any(is_hangul) { LONGEST } else { LONGEST_RUN };
    let inner = word.trim_start_matches(['(', '“', '‘', '"', '\'']);
    let inner = inner.trim_end_matches(['.', ',', ')', '”', '’', '"', '\'', ':', ';', '%']);
    word.chars().count() <= most && inner.chars().all(|c| c.is_ascii_alphanumeric() || is_hangul(c))
}

/// How wide a letter is when it stands alone, in em; nothing where it is of another font.
fn letter(c: char, font: &FontInstance) -> f64 {
    // A soft hyphen is seen at the end of a line only.
    let Some(glyph) = font.ttf().glyph_index(c).filter(|_| c != '\u{AD}') else { return 0.0 };
    let wide = match font.ttf().has_non_default_variation_coordinates() {
        // Much cheaper than to ask what the weight makes of it.
        false => font
            .ttf()
            .tables()
            .hmtx
            .and_then(|widths| widths.advance(glyph))
            .map(|units| font.to_em(units)),
        true => font.x_advance(glyph.0),
    };
    wide.map_or(0.0, |em| em.get())
}
