//! Calendar dates. They are never instants and have no time zone.

use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};
use regex::{Captures, Regex};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostics::{Diagnostic, brief};
use crate::record::read::{Read, Reader};
use crate::record::schema::Schemas;
use crate::record::yaml::tree::Node;

/// A calendar date as exact as it was written: a year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year, four digits.
    pub year: i32,
    /// The month, 1–12, where it was given.
    pub month: Option<u32>,
    /// The day, 1–31, where it was given.
    pub day: Option<u32>,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

/// The forms of a date that mean the same everywhere, as regular expressions of Rust and of JSON
/// Schema, with the parts of [`PARTS`].
const FORMS: [&str; 8] = [
    "^%Y(-%M(-%D)?)?$",
    r"^%Y\. ?%M\.?$",
    r"^%Y\. ?%M\. ?%D\.?$",
    "^%Y/%M(/%D)?$",
    "^%Y ?[년年]( ?%M ?[월月]( ?%D ?[일日])?)?$",
    "^%M[-./]%Y$",
    r"^%N\.?( %D(st|nd|rd|th)?)?,? %Y$",
    r"^%D\.? %N\.?,? %Y$",
];

/// The parts of a date: what stands for one in [`FORMS`], its name and its characters.
const PARTS: [(&str, &str, &str); 4] = [
    ("%Y", "year", "[1-9][0-9]{3}"),
    ("%M", "month", "0?[1-9]|1[0-2]"),
    ("%D", "day", "0?[1-9]|[12][0-9]|3[01]"),
    ("%N", "name", "[A-Za-z]{3,9}"),
];

/// The months' English names in small letters; at least three letters of one are written.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The forms of a date, each part written by its name and its characters.
fn forms(part: impl Fn(&str, &str) -> String) -> impl Iterator<Item = String> {
    FORMS.iter().map(move |form| {
        let parts = PARTS.iter();
        parts.fold((*form).to_owned(), |form, (mark, name, characters)| {
            form.replace(mark, &part(name, characters))
        })
    })
}

/// A regular expression that is a constant of this folder.
#[expect(clippy::expect_used, reason = "the expressions are constants that the tests use")]
pub(super) fn compiled(expression: &str) -> Regex {
    Regex::new(expression).expect("a regular expression")
}

static READERS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let named = |name: &str, characters: &str| format!("(?<{name}>{characters})");
    forms(named).map(|form| compiled(&form)).collect()
});

impl Date {
    /// Reads a date in one of the forms that mean the same everywhere: `2024`, `2024-06`,
    /// `2024-06-01` (ISO 8601), `2024.06`, `2024/6`, `06/2024`, `Jun 2024`, `1 June 2024`,
    /// `2024년 6월`.
    ///
    /// # Errors
    /// Another form, or a day that is not in the calendar.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        let read = READERS.iter().find_map(|form| Self::of_parts(&form.captures(text)?));
        let wrong = |message: String| NotADate { message, hint: instead(text) };
        match read {
            Some(date) if date.first_day_checked().is_some() => Ok(date),
            Some(_) => Err(wrong(format!("`{text}`: the calendar has no such day"))),
            None => Err(wrong(unread(text))),
        }
    }

    /// The date that the parts of a form spell; `None` for a name that is no month's.
    fn of_parts(parts: &Captures) -> Option<Self> {
        let number = |part: &str| parts.name(part).and_then(|found| found.as_str().parse().ok());
        let month = match parts.name("name") {
            None => number("month"),
            Some(name) => {
                let name = name.as_str().to_ascii_lowercase();
                // `Sept` is as usual as `Sep`.
                let at = MONTHS.iter().position(|month| month.starts_with(&name))?;
                Some(at as u32 + 1)
            }
        };
        let year = parts.name("year")?.as_str().parse().ok()?;
        Some(Self { year, month, day: number("day") })
    }

    fn first_day_checked(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The first day that the date covers.
    pub fn first_day(self) -> NaiveDate {
        self.first_day_checked().unwrap_or_default()
    }

    /// The day after the last that the date covers.
    pub fn end(self) -> NaiveDate {
        let first = self.first_day();
        let after = match (self.month, self.day) {
            (_, Some(_)) => first.checked_add_days(Days::new(1)),
            (Some(_), None) => first.checked_add_months(Months::new(1)),
            (None, None) => first.checked_add_months(Months::new(12)),
        };
        after.unwrap_or(first)
    }

    /// Whether all of it lies after `today`.
    pub fn is_after(self, today: Self) -> bool {
        self.first_day() >= today.end()
    }

    /// A whole day as a date.
    pub fn of_day(day: NaiveDate) -> Self {
        Self { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }
}

impl Read for Date {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a date")?;
        Self::parse(text).map_or_else(|wrong| reader.fail(wrong.at(node)), Some)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Date", |_| {
            // Not every reader of schemas knows groups with names.
            let patterns = forms(|_, characters| format!("({characters})"));
            let patterns: Vec<Value> = patterns.map(|form| json!({ "pattern": form })).collect();
            json!({
                "description": "A calendar date as exact as it is known: a year, a month or a day.",
                // `2024` and `2024.06` are numbers to a YAML parser.
                "type": ["string", "number"],
                "minimum": 1000,
                "exclusiveMaximum": 10000,
                "anyOf": patterns,
                "examples": ["2024", "2024-06", "2024-06-01"],
            })
        })
    }

    fn value(&self) -> Value {
        self.to_string().into()
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// What is wrong with a text that matches no form.
fn unread(text: &str) -> String {
    static NUMBERS: LazyLock<Regex> =
        LazyLock::new(|| compiled("^[1-9][0-9]{3}[-./]([0-9]{1,2})([-./][0-9]{1,2})?$"));
    let month = NUMBERS.captures(text).and_then(|found| found[1].parse::<u32>().ok());
    match month {
        Some(1..=12) => format!("`{text}`: the calendar has no such day"),
        Some(_) => format!("`{text}`: there are 12 months"),
        None => format!("`{}` is not a date", brief(text)),
    }
}

/// What to write instead of a text that is not a date: the dates it may mean, or the usual forms.
fn instead(text: &str) -> String {
    static DAY_AND_MONTH: LazyLock<Regex> =
        LazyLock::new(|| compiled("^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([1-9][0-9]{3})$"));
    static DIGITS: LazyLock<Regex> =
        LazyLock::new(|| compiled("^([1-9][0-9]{3})([0-9]{2})([0-9]{2})?$"));
    // A word before or after a date, or a time of the day.
    static AROUND: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            "^(?i:expected |until |since |from |about )?(.+?)(T[0-9].*| ?예정| ?까지| ?부터)?$",
        )
    });
    // Input methods produce full-width digits.
    let text: String = text.nfkc().collect();
    let valid = |text: &str| {
        let read = READERS.iter().find_map(|form| Date::of_parts(&form.captures(text.trim())?));
        read.filter(|date| date.first_day_checked().is_some())
    };
    if let Some(found) = DAY_AND_MONTH.captures(&text) {
        let orders = [(2, 1), (1, 2)]
            .map(|(month, day)| valid(&format!("{}-{}-{}", &found[3], &found[month], &found[day])));
        match orders {
            [Some(first), Some(second)] if first != second => {
                return format!("write `{first}` or `{second}`");
            }
            [Some(date), _] | [_, Some(date)] => return format!("write `{date}`"),
            _ => {}
        }
    }
    let joined = DIGITS.replace(&text, "$1-$2-$3");
    let alone = AROUND.captures(&text).and_then(|found| valid(&found[1]));
    if let Some(date) = valid(joined.trim_end_matches('-')).or(alone) {
        return format!("write `{date}`");
    }
    let two = ["~", "–", "—", " - ", " to ", "-"].into_iter().find_map(|between| {
        let (start, end) = text.split_once(between)?;
        valid(start).zip(valid(end))
    });
    match two {
        Some((start, end)) => format!("a period has two keys: `start: {start}` and `end: {end}`"),
        None => "write `2024`, `2024-06` or `2024-06-01`".to_owned(),
    }
}

impl NotADate {
    /// As a problem of a value.
    pub fn at(self, node: &Node) -> Diagnostic {
        Diagnostic::error("E017", self.message).at(node.place).hint(self.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn dates_are_read_in_every_unambiguous_form() {
        for text in ["2024", "2024년", " 2024 "] {
            assert_eq!(date(text).to_string(), "2024", "{text}");
        }
        for text in [
            "2024-06",
            "2024-6",
            "2024.06",
            "2024.6",
            "2024. 6.",
            "2024/06",
            "2024/6",
            "06/2024",
            "6.2024",
            "Jun 2024",
            "June 2024",
            "jun. 2024",
            "JUNE, 2024",
            "2024년 6월",
            "2024년6월",
            "2024年6月",
        ] {
            assert_eq!(date(text).to_string(), "2024-06", "{text}");
        }
        for text in [
            "2024-06-01",
            "2024-6-1",
            "2024.06.01",
            "2024. 6. 1.",
            "2024/6/1",
            "June 1, 2024",
            "Jun 1st 2024",
            "1 June 2024",
            "1. Jun. 2024",
            "2024년 6월 1일",
        ] {
            assert_eq!(date(text).to_string(), "2024-06-01", "{text}");
        }
        assert_eq!(date("Sept 2024"), date("2024-09"));
    }

    #[test]
    fn invalid_dates_suggest_the_date_to_write() {
        for (text, hint) in [
            ("03/04/2020", "write `2020-04-03` or `2020-03-04`"),
            ("13/04/2020", "write `2020-04-13`"),
            ("04-04-2020", "write `2020-04-04`"),
            ("20240601", "write `2024-06-01`"),
            ("202406", "write `2024-06`"),
            ("2024-04-01T00:00:00Z", "write `2024-04-01`"),
            ("２０２４", "write `2024`"),
            ("expected 2026.09", "write `2026-09`"),
            ("2026.09 예정", "write `2026-09`"),
            ("2020-2021", "a period has two keys: `start: 2020` and `end: 2021`"),
            ("2020.01 ~ 2021.05", "a period has two keys: `start: 2020-01` and `end: 2021-05`"),
            ("spring", "write `2024`, `2024-06` or `2024-06-01`"),
        ] {
            assert_eq!(Date::parse(text).expect_err(text).hint, hint, "{text}");
        }
        for text in [
            "2023-02-29",
            "2024-13",
            "2024-00",
            "24-01-01",
            "present",
            "",
            "Mai 2024",
            "Ju 2024",
            "2024-06/01",
            "10000",
            "0999",
            "2024.006",
        ] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }
}
