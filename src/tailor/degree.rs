//! The years of experience and the degree that an advertisement asks for, and those that a record has.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use serde::Serialize;

use crate::record::Record;
use crate::record::model::career::CareerEntryKind;
use crate::record::model::date::Date;
use crate::record::model::time::End;
use crate::tailor::advert::{Clause, Part};
use crate::tailor::lexicon::{degree, is_degree_too, number};
use crate::tailor::words::{stems, words};

/// Days of a year.
const YEAR: f64 = 365.25;
/// More years are no years of experience.
const MOST: u8 = 30;

/// Years of experience and a degree.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Background {
    /// Years of experience, one decimal; `None` where nothing says it.
    pub years: Option<f64>,
    /// The degree: 1 for an associate's, 2 for a bachelor's, 3 for a master's, 4 for a doctor's.
    pub degree: Option<u8>,
}

/// What an advertisement asks for: the fewest years and the lowest degree that it requires.
pub(super) fn background(clauses: &[Clause]) -> Background {
    let of = |part| clauses.iter().filter(move |clause| clause.part == part);
    let parts = || [Part::Required, Part::Duties, Part::About].into_iter();
    let years = parts().find_map(|part| of(part).filter_map(|c| years(&c.text)).max());
    let degree = parts().find_map(|part| of(part).filter_map(|c| lowest_degree(&c.text)).max());
    Background { years: years.map(f64::from), degree }
}

/// The years that a clause asks for: `3+ years`, `at least three years`, `경력 3년 이상`, `3~5년`.
fn years(text: &str) -> Option<u8> {
    static YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(\d{1,2}|[a-z]{3,6})\s*\+?\s*(?:[-–~]\s*\d{1,2}\s*)?(?:or more |plus )?(?:years?\b|년\s*(?:이상|차|~|-|경력|의|정도|\s*$)?)").ok()
    });
    let small = text.to_lowercase();
    let experience = ["year", "경력", "경험", "이상", "년차"].iter().any(|cue| small.contains(cue));
    let found = YEARS.as_ref()?.captures_iter(&small);
    let numbers = found
        .filter_map(|found| found.get(1))
        .filter_map(|word| word.as_str().parse().ok().or_else(|| number(word.as_str())));
    numbers.filter(|years| experience && (1..=MOST).contains(years)).min()
}

/// The lowest degree that a clause names: a bachelor's, of `Bachelor's or Master's`.
fn lowest_degree(text: &str) -> Option<u8> {
    degrees(text).min()
}

/// The degrees that a text names: 1 for an associate's, 2 for a bachelor's, 3 for a master's, 4 for a
/// doctor's.
pub(super) fn degrees(text: &str) -> impl Iterator<Item = u8> {
    let words: Vec<String> = words(text).iter().map(|word| word.text.to_lowercase()).collect();
    // `B.Sc.` and `Ph.D.` are several words.
    let pairs = words.windows(2).filter(|two| two[0].chars().count() <= 2);
    let pairs: Vec<String> = pairs.map(<[String]>::concat).collect();
    // `MS` alone is a company, too.
    let words = words.into_iter().filter(|word| word.len() > 2);
    words.chain(pairs).filter_map(|word| degree(&word).or_else(|| stems(&word).find_map(degree)))
}

/// The degrees that a text names by words that mean nothing else, with these words.
pub(super) fn degrees_alone(text: &str) -> impl Iterator<Item = (u8, &str)> {
    let words = words(text).into_iter().map(|word| word.text);
    words.filter_map(|word| {
        let small = word.to_lowercase();
        let level = degree(&small).or_else(|| stems(&small).find_map(degree))?;
        let is_other = is_degree_too(&small) || stems(&small).any(is_degree_too);
        (word.len() > 2 && !is_other).then_some((level, word))
    })
}

/// The years of experience that a sentence claims, with the words that do: `12 years of experience`,
/// `경력 5년`, `5년차`.
pub(super) fn years_of_experience(sentence: &str) -> Option<(u8, &str)> {
    static YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(\d{1,2}|[a-z]{3,6})\s*\+?\s*(?:or more )?years?(?:['’]| of)? (?:\w+ ){0,3}experience|경력 ?(\d{1,2}) ?년|(\d{1,2}) ?년(?:차| ?이상의 경력|의 경력| 경력)").ok()
    });
    let found = YEARS.as_ref()?.captures(sentence)?;
    let word = found.iter().skip(1).flatten().next()?.as_str();
    let years = word.parse().ok().or_else(|| number(&word.to_lowercase()))?;
    Some((years, found.get(0)?.as_str()))
}

/// What a record has on a day: the years of employment, overlapping ones counted once, and the highest
/// degree.
pub(super) fn background_of(record: &Record, today: NaiveDate) -> Background {
    let of = |kind| record.career.iter().filter(move |entry| entry.kind == kind);
    let mut spans: Vec<(NaiveDate, NaiveDate)> = of(CareerEntryKind::Work)
        .flat_map(|entry| &entry.positions)
        .filter_map(|position| {
            let period = position.time.period();
            let end = match period.end? {
                End::On(date) => date.end(),
                End::Present => Date::of_day(today).end(),
            };
            Some((period.start?.first_day(), end.min(today.succ_opt()?)))
        })
        .collect();
    spans.sort_unstable();
    let (mut days, mut until) = (0, NaiveDate::MIN);
    for (start, end) in spans {
        days += (end - start.max(until)).num_days().max(0);
        until = until.max(end);
    }
    let titles = of(CareerEntryKind::Education).flat_map(|entry| &entry.positions);
    let titles = titles.flat_map(|position| position.title.wordings());
    let degree = titles.flat_map(|title| degrees(&title.text)).max();
    let years = (days > 0).then(|| (days as f64 / YEAR * 10.0).round() / 10.0);
    Background { years, degree }
}

#[cfg(test)]
mod tests {
    use super::{lowest_degree, years};

    #[test]
    fn years_are_read_in_both_languages() {
        let texts =
            ["5+ years of experience", "At least three years in it", "1-3 years of experience"];
        assert_eq!(texts.map(years), [Some(5), Some(3), Some(1)]);
        assert_eq!(
            ["경력 3년 이상", "개발 경력 3~5년", "5년차 이상"].map(years),
            [Some(3), Some(3), Some(5)]
        );
        assert_eq!(
            ["founded 20 years ago today", "2016년에 시작한 회사"].map(years),
            [Some(20), None]
        );
    }

    #[test]
    fn degrees_are_read_in_both_languages() {
        let texts =
            ["Bachelor's or Master's degree", "B.Sc. in physics", "석사 이상", "4년제 대학"];
        assert_eq!(texts.map(lowest_degree), [Some(2), Some(2), Some(3), Some(2)]);
        assert_eq!(lowest_degree("PhD in biology"), Some(4));
    }
}
