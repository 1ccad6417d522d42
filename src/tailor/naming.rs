//! How reports name an entry and write a number.

use crate::record::text::Wording;
use crate::tailor::catalog::Optional;

/// A number with one decimal.
pub(super) fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// The name that refers to an entry; where that is its text, in the page's language.
pub(super) fn name_of(entry: &Optional, language: &str, languages: &[String]) -> String {
    let words = text_of(entry, language, languages);
    let by_words = entry.names.contains(&words);
    if by_words { words } else { entry.names.first().cloned().unwrap_or_default() }
}

/// The words of an entry in a language, without Markdown.
pub(super) fn text_of(entry: &Optional, language: &str, languages: &[String]) -> String {
    let first = entry.texts.first().and_then(|text| text.wording(language, languages));
    first.map(Wording::plain).unwrap_or_default()
}
