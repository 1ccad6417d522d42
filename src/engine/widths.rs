//! How wide words are, for templates that draw: told by the font, where setting each would be slow.
//!
//! Must not know what the words are of.

use std::sync::{Arc, Mutex, PoisonError};

use comemo::Tracked;
use typst::World;
use typst::diag::{At as _, SourceResult};
use typst::engine::Engine as Compiler;
use typst::foundations::{Array, Context, Smart, Str, Value, func};
use typst::layout::{Abs, Length, measure};
use typst::syntax::Span;
use typst::text::{FontFamily, FontWeight, TextElem, TextSize, features};
use typst::utils::Numeric as _;

use crate::engine::lines::Letters;
use crate::markdown::is_hangul;

/// The widths of words, each in one line, in em: what `measure` says of them in the fonts and the
/// language around them. Of show rules only those for letters beyond Hangul and ASCII count.
///
/// ```typ
/// #context word-widths(("경력", "Rust"), weight: 600)
/// ```
#[func(contextual)]
pub fn word_widths(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    /// The words.
    words: Array,
    /// The weight of their letters, which are upright.
    #[named]
    #[default(400)]
    weight: i64,
) -> SourceResult<Array> {
    let styles = context.styles().at(span)?;
    let fonts = styles.get_ref(TextElem::font).into_iter();
    let usual = fonts.clone().all(|font| font.covers().is_none())
        && features(styles).is_empty()
        && styles.get(TextElem::tracking).is_zero()
        && styles.get(TextElem::spacing).is_one();
    let families: Vec<&str> = fonts.map(FontFamily::as_str).collect();
    let language = styles.get(TextElem::lang);
    let weight = u16::try_from(weight).unwrap_or(u16::MAX);
    let letters = letters(engine.world, &families, weight, language.as_str());
    let mut widths = Array::with_capacity(words.len());
    for word in words {
        let word: Str = word.cast().at(span)?;
        // Around other scripts the engine leaves room or takes it away, and templates draw emoji.
        let plain = usual && word.chars().all(|c| c.is_ascii_graphic() || c == ' ' || is_hangul(c));
        let known = || letters.lock().unwrap_or_else(PoisonError::into_inner);
        let known = if plain { known().known_width(&word, weight) } else { None };
        let em = match known {
            Some(em) => em,
            None => set(engine, context, span, word, weight)?,
        };
        widths.push(Value::Float(em));
    }
    Ok(widths)
}

/// The letters of a weight, kept for all who ask.
#[comemo::memoize]
fn letters(
    world: Tracked<dyn World + '_>,
    families: &[&str],
    weight: u16,
    language: &str,
) -> Arc<Mutex<Letters>> {
    let families: Vec<String> = families.iter().map(|family| (*family).to_owned()).collect();
    let fonts = (&**world.book(), |index| world.font(index));
    Arc::new(Mutex::new(Letters::new(fonts, &families, &[weight], language)))
}

/// The width of a word that the font alone does not tell, in em: it is set.
fn set(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    word: Str,
    weight: u16,
) -> SourceResult<f64> {
    const SIZE: f64 = 10.0;
    let size = Length::from(Abs::pt(SIZE));
    let text = TextElem::packed(word)
        .set(TextElem::size, TextSize(size))
        .set(TextElem::weight, FontWeight::from_number(weight));
    let found = measure(engine, context, span, Smart::Auto, Smart::Auto, text)?;
    let wide: Length = found.get("width").at(span)?.clone().cast().at(span)?;
    Ok(wide.abs.to_pt() / SIZE)
}
