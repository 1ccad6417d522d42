//! How many lines a text takes at the least, told without setting it.
//!
//! To set a text its letters are shaped, which is most of what a page costs. The width of a line is
//! nearly the sum of the widths of its letters; wherever it is known not to be, it is taken too small
//! here. The fonts are not asked what they kern, so this is as good as its tests
//! (`tests/it/tailor_sketch.rs`). Who needs to know exactly sets the text.

use comemo::Tracked;
use typst::World;
use typst::diag::{At, HintedStrResult, SourceResult};
use typst::engine::Engine;
use typst::foundations::{Array, Context, Dict, Resolve, Str, StyleChain, Value, func};
use typst::layout::Length;
use typst::syntax::Span;
use typst::text::{FontInstance, FontVariant, FontWeight, TextElem, families, variant};

use super::keep::{JOINER, JOINER_STR, LONGEST, LONGEST_RUN, glue_last};
use crate::markdown::{is_hangul, plain_text};

/// What kerning may take off the width of a letter that is not Hangul, beside what is known of pairs.
const KERNING: f64 = 0.015;
/// What the letters of code are wide at the most, in em: they are of another font.
const CODE: f64 = 0.5;
/// A blank that no line breaks at.
const GLUE: &str = " \u{2060}";
/// How much longer a line may be than it says, in points: widths are sums.
const EPSILON: f64 = 0.001;

/// The least number of lines that each of some texts takes, in the font of the place where this is
/// asked; at least one.
#[func(contextual)]
pub fn least_lines(
    engine: &mut Engine,
    context: Tracked<Context>,
    span: Span,
    /// Lists of runs that stand one after the other, with a blank between them. A run is a dictionary:
    /// `text` (`CommonMark`), `size`, `weight`, and `prose` where it is set as Markdown.
    texts: Array,
    /// How long a line is.
    width: Length,
) -> SourceResult<Array> {
    let styles = context.styles().at(span)?;
    let width = width.resolve(styles).to_pt();
    let count = |text: Value| {
        let runs = text.cast::<Array>().at(span)?.into_iter();
        let runs = runs.map(|run| Run::of(run, engine, styles).at(span));
        let runs = runs.collect::<SourceResult<Vec<Run>>>()?;
        Ok(Value::Int(lines(&runs, width) as i64))
    };
    texts.into_iter().map(count).collect()
}

/// Words of one size and weight.
struct Run {
    words: String,
    /// Points to an em.
    size: f64,
    /// `None` where there is no font: what nobody knows takes no room.
    font: Option<FontInstance>,
    /// What its letters are wide at the most, in em.
    most: f64,
}

impl Run {
    fn of(value: Value, engine: &Engine, styles: StyleChain) -> HintedStrResult<Self> {
        let mut run = value.cast::<Dict>()?;
        let text = run.take("text")?.cast::<Str>()?;
        // Footnotes stand elsewhere; pictures and blocks of code have lines of their own.
        let elsewhere = ["[^", "![", "~~~", "```", "\n    ", "\n\t"];
        let known = !elsewhere.iter().any(|mark| text.as_str().contains(mark));
        let text = if known { text.as_str() } else { "" };
        let size = run.take("size")?.cast::<Length>()?.resolve(styles);
        let weight = run.take("weight")?.cast::<FontWeight>()?;
        // What has no mark of CommonMark in it is what it says.
        let plain = |c: char| {
            !c.is_ascii_punctuation()
                || matches!(c, ',' | '.' | '(' | ')' | '%' | '/' | ':' | '+' | '-')
        };
        let words = match (text.chars().all(plain), run.take("prose")?.cast::<bool>()?) {
            // As paragraphs have it; the joiner takes the blank's place here.
            (true, true) => {
                glue_last(text).map_or(text.to_owned(), |t| t.replace(GLUE, JOINER_STR))
            }
            (true, false) => text.to_owned(),
            (false, _) => plain_text(text),
        };
        let most = if text.contains('`') { CODE } else { f64::MAX };
        let variant = FontVariant { weight, ..variant(styles) };
        let book = engine.world.book();
        let id = families(styles).find_map(|family| book.select(family.as_str(), variant));
        let axes = styles.get_cloned(TextElem::variations);
        let font = id.and_then(|id| engine.world.font(id));
        let font = font.map(|font| font.instantiate(variant, size, &axes));
        Ok(Self { words, size: size.to_pt(), font, most })
    }

    /// The least that a word is wide, in points.
    fn word(&self, word: &str) -> f64 {
        let letters: f64 = word.chars().map(|c| self.letter(c)).sum();
        let pairs = word.chars().zip(word.chars().skip(1));
        let closer: f64 = pairs.map(|(before, after)| kerning(before, after)).sum();
        (letters - closer * self.size).max(0.0)
    }

    /// The least that a letter is wide, in points.
    fn letter(&self, c: char) -> f64 {
        let c = if c == JOINER { ' ' } else { c };
        let em = self.font.as_ref().map_or(0.0, |font| letter(c, font));
        em.min(self.most) * self.size
    }
}

/// How many lines of a width, in points, runs of text take at the least.
fn lines(runs: &[Run], width: f64) -> usize {
    let (mut lines, mut used) = (1, 0.0);
    let words = runs.iter().flat_map(|run| {
        let words = run.words.split([' ', '\n', '\t']).filter(|word| !word.is_empty());
        words.map(move |word| (run, word))
    });
    for (run, word) in words {
        let long = run.word(word);
        let next = if used > 0.0 { used + run.letter(' ') + long } else { long };
        if next <= width + EPSILON {
            used = next;
        } else if word.split(JOINER).all(is_whole) && long <= width {
            (lines, used) = (lines + 1, long);
        } else {
            // May break anywhere: fills this line and goes on.
            let over = (next / width).ceil();
            (lines, used) = (lines + over as usize - 1, next - (over - 1.0) * width);
        }
    }
    lines
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

/// Whether no line breaks within a word: it is not too long, and has marks only at its ends.
fn is_whole(word: &str) -> bool {
    let most = if word.chars().any(is_hangul) { LONGEST } else { LONGEST_RUN };
    let inner = word.trim_start_matches(['(', '“', '‘', '"', '\'']);
    let inner = inner.trim_end_matches(['.', ',', ')', '”', '’', '"', '\'', ':', ';', '%']);
    word.chars().count() <= most && inner.chars().all(|c| c.is_ascii_alphanumeric() || is_hangul(c))
}

/// The least that a letter is wide, in em; nothing where it is of another font.
fn letter(c: char, font: &FontInstance) -> f64 {
    let Some(glyph) = font.ttf().glyph_index(c) else { return 0.0 };
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
    let wide = wide.map_or(0.0, |em| em.get());
    match c {
        // A soft hyphen is seen at the end of a line only.
        '\u{AD}' => 0.0,
        _ if is_hangul(c) => wide,
        // Punctuation of full width may be squeezed.
        '\u{2E80}'.. => wide / 2.0,
        _ => wide * (1.0 - KERNING),
    }
}
