//! How wide words are, as the shaper of the engine says, without laying them out.

use std::cell::RefCell;
use std::collections::HashMap;
use std::str::FromStr;

use rustybuzz::{
    BufferFlags, Direction, Language, Script, ShapePlan, UnicodeBuffer, shape_with_plan,
};
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations, FontWeight};

use crate::engine::line_breaking::join;
use crate::markdown::is_hangul;

/// The letters of the fonts that a text is set in.
pub struct Letters {
    /// The first of the fonts in each weight that was asked for; `None` where there is none: what nobody
    /// knows takes no room.
    faces: HashMap<u16, Option<FontInstance>>,
    language: Option<Language>,
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
            plans: RefCell::default(),
        }
    }

    /// How wide a text is in one line, in em; `None` where a letter is of another font.
    pub(super) fn known_width(&self, text: &str, weight: u16) -> Option<f64> {
        let joined = join(text);
        let font = self.faces.get(&weight)?.as_ref()?;
        let mut width = 0.0;
        for part in scripts(joined.as_deref().unwrap_or(text)) {
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
                width += font.to_em(place.x_advance).get();
            }
        }
        Some(width)
    }
}

/// The parts of a text that the engine shapes one by one: Hangul and other letters apart, each with the
/// marks and figures after it.
fn scripts(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut before = None;
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        if before.replace(is_hangul(c)).is_some_and(|before| before != is_hangul(c)) {
            cuts.push(at);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    cuts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}
