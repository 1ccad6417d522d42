//! Language tags (BCP 47): their form, and which language serves where one is missing.

use icu_locale::{LanguageIdentifier, LocaleFallbacker};

/// The form of a tag as it is written here, as a regular expression: language, script, region, variants.
pub const FORM: &str =
    "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$";

/// A tag in the form of the standard: `zh_hant-tw` is `zh-Hant-TW`. `None` for what is no tag.
pub fn canonical(text: &str) -> Option<String> {
    let language: LanguageIdentifier = text.trim().replace('_', "-").parse().ok()?;
    // Words of five to eight letters are kept free for languages that nobody has registered.
    let known =
        (2..=3).contains(&language.language.as_str().len()) && !language.language.is_unknown();
    known.then(|| language.to_string())
}

/// The tag of a locale of POSIX: `de-DE` for `de_DE.UTF-8@euro`. `None` for `C` and `POSIX`.
pub fn of_locale(locale: &str) -> Option<String> {
    canonical(locale.split(['.', '@']).next()?)
}

/// A tag and the wider ones that serve where it is missing, by the parents of CLDR: `pt-BR`, `pt`;
/// `zh-TW`, `zh-Hant`; `nb`, `no`. The language alone is the last.
pub fn fallbacks(tag: &str) -> Vec<String> {
    let mut tags = vec![tag.to_owned()];
    let Ok(language) = tag.parse::<LanguageIdentifier>() else { return tags };
    let alone = language.language.to_string();
    let mut wider =
        LocaleFallbacker::new().for_config(Default::default()).fallback_for((&language).into());
    while !wider.get().is_unknown() {
        tags.push(wider.get().to_string());
        wider.step();
    }
    tags.push(alone);
    let mut seen = Vec::new();
    tags.retain(|tag| {
        !seen.contains(tag) && {
            seen.push(tag.clone());
            true
        }
    });
    tags
}

#[cfg(test)]
mod tests {
    use super::{canonical, fallbacks, of_locale};

    #[test]
    fn tags_have_one_form() {
        for tag in ["ko", "ko-KP", "zh-Hant", "sr-Latn-RS", "es-419", "ca-valencia", "fil"] {
            assert_eq!(canonical(tag).as_deref(), Some(tag));
        }
        assert_eq!(canonical("ZH_hant-tw").as_deref(), Some("zh-Hant-TW"));
        for text in ["", "k", "korean", "name", "en-", "und", "ko KP", "start"] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    #[test]
    fn a_locale_of_the_system_names_a_language() {
        assert_eq!(of_locale("de_DE.UTF-8@euro").as_deref(), Some("de-DE"));
        assert_eq!(of_locale("pt_BR").as_deref(), Some("pt-BR"));
        assert_eq!(of_locale("C.UTF-8"), None);
        assert_eq!(of_locale("POSIX"), None);
    }

    #[test]
    fn wider_languages_serve() {
        assert_eq!(fallbacks("pt-BR"), ["pt-BR", "pt"]);
        assert_eq!(fallbacks("ko-KP"), ["ko-KP", "ko"]);
        assert_eq!(fallbacks("zh-TW"), ["zh-TW", "zh-Hant", "zh"]);
        assert_eq!(fallbacks("zh-Hans"), ["zh-Hans", "zh"]);
        assert_eq!(fallbacks("nb"), ["nb", "no"]);
        assert_eq!(fallbacks("en-GB"), ["en-GB", "en-001", "en"]);
        assert_eq!(fallbacks("no tag"), ["no tag"]);
    }
}
