//! How wide words are in the fonts of a place, for what is drawn around them.

use std::sync::{Arc, Mutex, PoisonError};

use comemo::Tracked;
use typst::World;
use typst::diag::{At as _, SourceResult};
use typst::engine::Engine as Compiler;
use typst::foundations::{Array, Context, Smart, Str, StyleChain, Value, func};
use typst::layout::{Abs, Length, measure};
use typst::syntax::Span;
use typst::text::{FontFamily, FontWeight, TextElem, TextSize, features};
use typst::utils::Numeric as _;

use crate::engine::lines::Letters;
use crate::engine::substitutions::may_be_substituted;
use crate::markdown::is_hangul;

/// The letters of the fonts of a place, where their widths follow from the font alone.
pub(super) struct Widths(Option<Arc<Mutex<Letters>>>);

impl Widths {
    /// The letters of some weights in these styles.
    pub(super) fn new(world: Tracked<dyn World + '_>, styles: StyleChain, weights: &[u16]) -> Self {
        let fonts = styles.get_ref(TextElem::font).into_iter();
        let is_usual = fonts.clone().all(|font| font.covers().is_none())
            && features(styles).is_empty()
            && styles.get(TextElem::tracking).is_zero()
            && styles.get(TextElem::spacing).is_one();
        let families: Vec<&str> = fonts.map(FontFamily::as_str).collect();
        let language = styles.get(TextElem::lang);
        Self(is_usual.then(|| letters(world, &families, weights, language.as_str())))
    }

    /// The width of a word in one line, in em, as the shaper says. `None` where it has to be set: around
    /// other scripts the engine adds or removes space, templates draw emoji, and fonts arrows for `->`.
    pub(super) fn width(&self, word: &str, weight: u16) -> Option<f64> {
        let plain = word.chars().all(|c| c.is_ascii_graphic() || c == ' ' || is_hangul(c))
            && !may_be_substituted(word);
        let letters = self.0.as_ref().filter(|_| plain)?;
        letters.lock().unwrap_or_else(PoisonError::into_inner).known_width(word, weight)
    }
}

/// The widths of words, each in one line, in em: what `measure` says of them in the fonts and the
/// language around them. Of show rules only those for letters beyond Hangul and ASCII count.
///
/// ```typ
/// #context word-widths(("경력", "Rust"))
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
    let weight = u16::try_from(weight).unwrap_or(u16::MAX);
    let widths = Widths::new(engine.world, styles, &[weight]);
    let width = |word: Value| {
        let word: Str = word.cast().at(span)?;
        match widths.width(&word, weight) {
            Some(width) => Ok(Value::Float(width)),
            None => set_width(engine, context, span, &word, weight).map(Value::Float),
        }
    };
    words.into_iter().map(width).collect()
}

/// The letters of some weights, kept for the next document.
#[comemo::memoize]
fn letters(
    world: Tracked<dyn World + '_>,
    families: &[&str],
    weights: &[u16],
    language: &str,
) -> Arc<Mutex<Letters>> {
    let families: Vec<String> = families.iter().map(|family| (*family).to_owned()).collect();
    let fonts = (&**world.book(), |index| world.font(index));
    Arc::new(Mutex::new(Letters::new(fonts, &families, weights, language)))
}

/// The width of a word that is set in one line, in em.
pub(super) fn set_width(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    word: &str,
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
