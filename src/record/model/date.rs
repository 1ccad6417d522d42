//! Calendar dates and the time between them. Dates are never instants and have no time zone.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, brief};
use crate::record::read::{Read, Reader, Spanned};
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

impl Date {
    /// Reads `2024`, `2024-06` or `2024-06-01` (ISO 8601 calendar dates).
    ///
    /// # Errors
    /// Says what is wrong: another form, or a day that the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let digits = parts.iter().all(|part| part.chars().all(|c| c.is_ascii_digit()));
        if !digits || !matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2]) {
            return Err(format!("`{}` is not a date", brief(text)));
        }
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok());
        let date = Self { year: number(0).unwrap_or(0) as i32, month: number(1), day: number(2) };
        if date.month.is_some_and(|m| !(1..=12).contains(&m)) {
            return Err(format!("`{text}`: there are 12 months"));
        }
        if date.year < 1000 || date.first_day_checked().is_none() {
            return Err(format!("`{text}`: the calendar has no such day"));
        }
        Ok(date)
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

    /// A whole day as a date.
    pub fn of_day(day: NaiveDate) -> Self {
        Self { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }
}

impl Read for Date {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a date")?;
        Self::parse(text)
            .map_err(|message| not_a_date(message, node))
            .map_or_else(|diagnostic| reader.fail(diagnostic), Some)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Date", |_| {
            json!({
                "description": "A calendar date as exact as it is known: a year, a month or a day.",
                // A year alone is a number to a YAML parser.
                "type": ["string", "integer"],
                "pattern": DATE,
                "minimum": 1000,
                "maximum": 9999,
                "examples": ["2024", "2024-06", "2024-06-01"],
            })
        })
    }

    fn value(&self) -> Value {
        self.to_string().into()
    }
}

/// The form of a date, as a regular expression.
const DATE: &str = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

fn not_a_date(message: String, node: &Node) -> Diagnostic {
    Diagnostic::error("E017", message)
        .at(node.place)
        .hint("write `2024`, `2024-06` or `2024-06-01`")
}

/// The end of something: a date, or not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It ended then.
    On(Date),
    /// It goes on (`present`).
    Present,
}

impl Read for End {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match reader.scalar(node, "a date or `present`")? {
            "present" => Some(Self::Present),
            text => match Date::parse(text) {
                Ok(date) => Some(Self::On(date)),
                Err(message) => {
                    reader.fail(not_a_date(message, node).hint("or `present` while it goes on"))
                }
            },
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        Date::schema(schemas);
        schemas.define("End", |_| {
            json!({
                "description": "A date, or `present` while it goes on.",
                "anyOf": [{ "$ref": "#/$defs/Date" }, { "const": "present" }],
                "examples": ["2024-11", "present"],
            })
        })
    }

    fn value(&self) -> Value {
        match self {
            Self::On(date) => date.value(),
            Self::Present => "present".into(),
        }
    }
}

/// Something's first and last day, both counted.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// When it began.
    pub start: Date,
    /// When it ended.
    pub end: End,
}

impl Period {
    /// A period from the fields of an entry; an end before the start is a problem.
    pub fn check(start: &Spanned<Date>, end: &Spanned<End>) -> Option<Diagnostic> {
        let End::On(last) = end.value else { return None };
        (last.end() <= start.value.first_day()).then(|| {
            Diagnostic::error("E018", "it ends before it starts")
                .at(end.place)
                .related(start.place, "the start")
                .hint("exchange the two, or mend the year")
        })
    }

    /// Length in calendar months, both ends counted, to one decimal: whole months from the first
    /// day, and the days left over as a part of the month they fall in. `today` ends what goes on.
    ///
    /// 2022-03-01 to 2024-02-29 is 24; 2024-06-01 to 2024-11-08 is 5.3.
    pub fn months(self, today: Date) -> f64 {
        let start = self.start.first_day();
        let end = match self.end {
            End::On(date) => date.end(),
            End::Present => today.end(),
        };
        let mut whole = 0;
        while start.checked_add_months(Months::new(whole + 1)).is_some_and(|next| next <= end) {
            whole += 1;
        }
        let from = start.checked_add_months(Months::new(whole)).unwrap_or(start);
        let next = start.checked_add_months(Months::new(whole + 1)).unwrap_or(end);
        let rest = (end - from).num_days().max(0) as f64;
        let length = (next - from).num_days().max(1) as f64;
        ((f64::from(whole) + rest / length) * 10.0).round() / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, End, Period};

    fn months(start: &str, end: &str) -> f64 {
        let date = |text| Date::parse(text).expect("a date");
        Period { start: date(start), end: End::On(date(end)) }.months(date(end))
    }

    #[test]
    fn both_ends_count_and_months_are_calendar_months() {
        assert_eq!(months("2022-03-01", "2024-02-29"), 24.0);
        assert_eq!(months("2024-06-01", "2024-11-08"), 5.3);
        assert_eq!(months("2023-06-01", "2023-12-31"), 7.0);
        assert_eq!(months("2022-07-01", "2022-12-31"), 6.0);
        assert_eq!(months("2020-04-01", "2020-12-31"), 9.0);
        assert_eq!(months("2019-04-01", "2019-12-01"), 8.0);
        assert_eq!(months("2024-03", "2024-11"), 9.0);
        assert_eq!(months("2021", "2023"), 36.0);
        assert_eq!(months("2024-01-31", "2024-02-29"), 1.0);
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for text in ["2023-02-29", "2024-13", "24-01-01", "2024-6-1", "2024/06", "present", ""] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }
}
