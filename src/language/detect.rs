//! Which language a text is in.

use whatlang::{Detector, Lang};

/// The languages that are told apart, those of the words files.
const TAGS: [(Lang, &str); 27] = [
    (Lang::Eng, "en"),
    (Lang::Kor, "ko"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Nld, "nl"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "nb"),
    (Lang::Fin, "fi"),
    (Lang::Pol, "pl"),
    (Lang::Ces, "cs"),
    (Lang::Hun, "hu"),
    (Lang::Ron, "ro"),
    (Lang::Tur, "tr"),
    (Lang::Vie, "vi"),
    (Lang::Ind, "id"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Ell, "el"),
    (Lang::Jpn, "ja"),
    (Lang::Cmn, "zh"),
    (Lang::Ara, "ar"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
];

/// The language that most words of a text are in, of those that documents can be in; `None` where that
/// is not certain.
pub fn detected(text: &str) -> Option<&'static str> {
    let detector = Detector::with_allowlist(TAGS.iter().map(|(lang, _)| *lang).collect());
    let found = detector.detect(text).filter(|found| found.is_reliable())?;
    TAGS.iter().find(|(lang, _)| *lang == found.lang()).map(|(_, tag)| *tag)
}

/// Whether texts of a language can be told from those of others.
pub fn is_detectable(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    language == "no" || TAGS.iter().any(|(_, known)| *known == language)
}

#[cfg(test)]
mod tests {
    use super::{detected, is_detectable};

    #[test]
    fn sentences_tell_their_language_and_names_do_not() {
        let german =
            "Ich habe die Abrechnung auf ein neues System umgestellt und das Team geleitet.";
        assert_eq!(detected(german), Some("de"));
        assert_eq!(detected("결제 서버를 새로 만들고 팀을 이끌었습니다."), Some("ko"));
        assert_eq!(detected("Rust, Python, Go"), None);
        assert!(is_detectable("zh-Hant") && !is_detectable("ga"));
    }
}
