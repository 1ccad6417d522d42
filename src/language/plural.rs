//! Plural forms: `1 rok`, `2 lata`, `5 lat`.

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The plural form that a number takes in a language, by its name in CLDR: `zero`, `one`, `two`, `few`,
/// `many` or `other`.
pub fn form(tag: &str, number: u32) -> &'static str {
    let rules = tag.parse::<Locale>().ok();
    let rules = rules.and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
    match rules.map_or(PluralCategory::Other, |rules| rules.category_for(number)) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn a_number_takes_the_form_of_its_language() {
        assert_eq!([1, 2, 5].map(|n| form("pl", n)), ["one", "few", "many"]);
        assert_eq!([1, 2, 3, 11].map(|n| form("ar", n)), ["one", "two", "few", "many"]);
        assert_eq!([1, 2].map(|n| form("ko-KP", n)), ["other", "other"]);
        assert_eq!([1, 21].map(|n| form("en", n)), ["one", "other"]);
    }
}
