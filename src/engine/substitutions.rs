//! Keeps fonts from drawing signs as other characters than those that were typed.
//!
//! Contextual alternates (`calt`, `clig`) of a font may draw `->` as the glyph of `→`, or the `x` of
//! `1920x1080` as that of `×`, as Pretendard does. People would see what nobody typed, and so would
//! programs that read a glyph as one character whatever its place. Such signs are set without these
//! features; all other text keeps them. Must not know Markdown or what the text says.

use std::sync::LazyLock;

use regex::Regex;
use typst::foundations::Content;
use typst::text::{FontFeatures, Tag, TextElem};

/// Arrows of several signs, and an `x` between figures. What is beside an element may belong to it, so
/// the figures may be missing at its ends. The shaper skips joiners.
static SIGNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let arrow = r"(?:[-–—=←⟵→⟶][\u{2060}\u{200B}]*)+>|<(?:[\u{2060}\u{200B}]*[-–—=→⟶])+";
    let product = r"(?:^|[0-9]+)[\s\u{2060}\u{200B}]*x[\s\u{2060}\u{200B}]*(?:[0-9]+|$)";
    Regex::new(&format!("{arrow}|{product}")).ok()
});

/// Whether a text may have such signs.
pub(super) fn may_be_substituted(text: &str) -> bool {
    text.contains(['<', '>', 'x'])
}

/// A text in pieces, its signs without substitutions. `None` where it has none of them.
pub(super) fn without_substitutions(element: &Content) -> Option<Content> {
    let text = &element.to_packed::<TextElem>()?.text;
    if !may_be_substituted(text) {
        return None;
    }
    let piece = |text: &str| {
        // A copy of the element keeps its span and the show rules that have been applied to it.
        let mut piece = element.clone();
        if let Some(own) = piece.to_packed_mut::<TextElem>() {
            own.text = text.into();
        }
        piece
    };
    let (mut pieces, mut end) = (Vec::new(), 0);
    for signs in SIGNS.as_ref()?.find_iter(text) {
        if end < signs.start() {
            pieces.push(piece(&text[end..signs.start()]));
        }
        let off = [b"calt", b"clig"].map(|feature| (Tag::from_bytes(feature), 0));
        let features = FontFeatures(off.into_iter().collect());
        pieces.push(piece(signs.as_str()).set(TextElem::features, features));
        end = signs.end();
    }
    if pieces.is_empty() {
        return None;
    }
    if end < text.len() {
        pieces.push(piece(&text[end..]));
    }
    Some(Content::sequence(pieces))
}

#[cfg(test)]
mod tests {
    use typst::text::TextElem;

    use super::{SIGNS, without_substitutions};

    #[test]
    fn signs_are_found_with_the_figures_and_joiners_around_them() {
        let found = |text| -> Vec<&str> {
            let signs = SIGNS.as_ref().expect("a regular expression");
            signs.find_iter(text).map(|signs| signs.as_str()).collect()
        };
        assert_eq!(
            found("A->B <-> C ==> <= a--\u{2060}>"),
            ["->", "<-", "==>", "<=", "--\u{2060}>"]
        );
        assert_eq!(
            found("1920x1080, 2 x \u{2060}4x8, x86, max, box-x, 3x"),
            ["1920x1080", "2 x \u{2060}4", "3x"]
        );
    }

    #[test]
    fn text_without_signs_stays_one_element() {
        assert!(without_substitutions(&TextElem::packed("a > b, fox")).is_none());
        assert!(without_substitutions(&TextElem::packed("a -> b")).is_some());
    }
}
