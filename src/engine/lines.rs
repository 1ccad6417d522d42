//! How many lines a text takes at the least, told without setting it.
//!
//! To set a text its letters are shaped, which is most of what a page costs. The width of a line is
//! nearly the sum of the widths of its letters; wherever it is not just that, it is taken too small
//! here, so that no text takes fewer lines than are said. Who needs to know exactly sets the text.

use comemo::Tracked;
use typst::World;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{Array, Context, Resolve, Str, StyleChain, Value, func};
use typst::layout::Length;
use typst::syntax::Span;
use typst::text::{FontInstance, TextElem, families, variant};

use super::keep::{LONGEST, LONGEST_RUN};
use crate::markdown::{is_hangul, plain_text};

/// What kerning may take off the width of a letter that is not Hangul.
const KERNING: f64 = 0.02;
/// What the letters of code are wide at the most, in em: they are of another font.
const CODE: f64 = 0.5;
/// How much longer a line may be than it says, in points: widths are sums.
const EPSILON: f64 = 0.001;

/// The least number of lines that each of some texts takes, in the font and size of the place where
/// this is asked; at least one.
#[func(contextual)]
pub fn least_lines(
    engine: &mut Engine,
    context: Tracked<Context>,
    span: Span,
    /// Strings of `CommonMark`.
    texts: Array,
    /// How long a line is.
    width: Length,
) -> SourceResult<Array> {
    let styles = context.styles().at(span)?;
    let width = width.resolve(styles).to_pt();
    let size = styles.resolve(TextElem::size).to_pt();
    let font = font(engine, styles);
    let count = |value: Value| {
        let text = value.cast::<Str>().at(span)?;
        let lines = font.as_ref().map_or(1, |font| lines(&text, font, width / size));
        Ok(Value::Int(lines as i64))
    };
    texts.into_iter().map(count).collect()
}

/// The first font that text of a style asks for.
fn font(engine: &Engine, styles: StyleChain) -> Option<FontInstance> {
    let (book, variant) = (engine.world.book(), variant(styles));
    let id = families(styles).find_map(|family| book.select(family.as_str(), variant))?;
    let size = styles.resolve(TextElem::size);
    Some(engine.world.font(id)?.instantiate(
        variant,
        size,
        &styles.get_cloned(TextElem::variations),
    ))
}

/// How many lines of a width, in em, a text takes at the least.
fn lines(text: &str, font: &FontInstance, width: f64) -> usize {
    // What has no mark of CommonMark in it is what it says.
    let marked = text.contains(|c: char| {
        c.is_ascii_punctuation()
            && !matches!(c, ',' | '.' | '(' | ')' | '%' | '/' | ':' | '+' | '-')
    });
    let plain = if marked { plain_text(text) } else { String::new() };
    let words = if marked { plain.as_str() } else { text };
    let most = if text.contains('`') { CODE } else { f64::MAX };
    let of = |c: char| letter(c, font).min(most);
    let (blank, room) = (of(' '), width + EPSILON);
    let (mut lines, mut used) = (1, 0.0);
    for word in words.split_whitespace() {
        let long: f64 = word.chars().map(of).sum();
        let next = if used > 0.0 { used + blank + long } else { long };
        if next <= room {
            used = next;
        } else if is_whole(word) && long <= room {
            (lines, used) = (lines + 1, long);
        } else {
            // May break anywhere: fills this line and goes on.
            let over = (next / width).ceil();
            (lines, used) = (lines + over as usize - 1, next - (over - 1.0) * width);
        }
    }
    lines
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
        _ if is_hangul(c) => wide,
        // Punctuation of full width may be squeezed.
        '\u{2E80}'.. => wide / 2.0,
        _ => wide * (1.0 - KERNING),
    }
}
