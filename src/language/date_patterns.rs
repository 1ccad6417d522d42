//! Dates in the words of a language, as CLDR has them: nominative or genitive, in its order.

use crate::language::tag::fallbacks;

/// A line for each language, which `cldr/` writes: the tag, then short months, short days, long months,
/// long days, with tabs between them; twelve patterns each, with `|` between them.
const TABLE: &str = include_str!("date_patterns.txt");

/// Patterns of the twelve months, with `{year}`; of days in them, with `{day}`, or `{dd}` for two
/// figures.
pub struct Patterns {
    /// A month and its year.
    pub months: Vec<&'static str>,
    /// A day, its month and its year.
    pub days: Vec<&'static str>,
}

/// The dates of a language, in short or in full. `None` for a language that CLDR does not know.
pub fn patterns(tag: &str, long: bool) -> Option<Patterns> {
    let line = fallbacks(tag).iter().find_map(|tag| {
        let line = |line: &&'static str| line.split_once('\t').is_some_and(|(own, _)| own == tag);
        TABLE.lines().find(line)
    })?;
    let mut forms = line.split('\t').skip(if long { 3 } else { 1 });
    let mut patterns = || Some(forms.next()?.split('|').collect());
    Some(Patterns { months: patterns()?, days: patterns()? })
}

/// The words that name a month in the dates of a language, in small letters, each with its number:
/// short, long and inflected. None for a language that CLDR does not know.
pub fn month_names(tag: &str) -> Vec<(String, u32)> {
    let mut names = Vec::new();
    let both = [true, false].into_iter().filter_map(|long| patterns(tag, long));
    for dates in both.flat_map(|patterns| [patterns.months, patterns.days]) {
        let words: Vec<Vec<String>> = dates.into_iter().map(words).collect();
        for (month, own) in (1..).zip(&words) {
            // What stands in the dates of several months, such as `de`, names none.
            let is_name =
                |word: &&String| words.iter().filter(|words| words.contains(word)).count() == 1;
            names.extend(own.iter().filter(is_name).map(|word| (word.clone(), month)));
        }
    }
    names
}

/// The words of a pattern, in small letters.
fn words(pattern: &str) -> Vec<String> {
    let fixed =
        pattern.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    let words = fixed.flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{TABLE, month_names, patterns};

    #[test]
    fn every_language_has_all_months() {
        for line in TABLE.lines() {
            let tag = line.split('\t').next().unwrap_or_default();
            for long in [false, true] {
                let found = patterns(tag, long);
                let found = found.unwrap_or_else(|| panic!("{tag} has no dates"));
                assert_eq!((found.months.len(), found.days.len()), (12, 12), "{tag}");
                let mut all = found.months.iter().chain(&found.days);
                assert!(all.all(|date| date.contains("{year}")), "{tag}");
                assert!(found.days.iter().all(|day| day.contains("{d")), "{tag}");
            }
        }
    }

    #[test]
    fn months_stand_alone_and_days_take_the_genitive() {
        let june = |tag, long| patterns(tag, long).map(|found| (found.months[5], found.days[5]));
        assert_eq!(june("en", false), Some(("Jun {year}", "Jun {day}, {year}")));
        assert_eq!(june("en-GB", true), Some(("June {year}", "{day} June {year}")));
        assert_eq!(june("pl", true), Some(("czerwiec {year}", "{day} czerwca {year}")));
        assert_eq!(june("de", false), Some(("06/{year}", "{dd}.06.{year}")));
        assert_eq!(june("pt-BR", true), Some(("junho de {year}", "{day} de junho de {year}")));
        assert_eq!(june("zh-TW", true), Some(("{year}年6月", "{year}年6月{day}日")));
        assert_eq!(june("tlh", true), None);
    }

    #[test]
    fn months_have_names_and_other_words_are_none() {
        let find = |tag, word| month_names(tag).into_iter().find(|(name, _)| name == word);
        for (tag, word, month) in
            [("en", "jun", 6), ("de", "oktober", 10), ("pl", "czerwca", 6), ("pt-BR", "junho", 6)]
        {
            assert_eq!(find(tag, word), Some((word.to_owned(), month)), "{tag}");
        }
        assert_eq!((find("pt-BR", "de"), find("ru", "г"), find("ko", "월")), (None, None, None));
        assert_eq!(month_names("tlh"), []);
    }
}
