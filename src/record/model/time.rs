//! When something was: from one date to another, on a single date, or in words of its own.

use std::cmp::Reverse;
use std::sync::LazyLock;

use chrono::{Months, NaiveDate};
use regex::Regex;
use serde_json::{Value, json};

use crate::diagnostics::Diagnostic;
use crate::record::declare::record;
use crate::record::model::date::{Date, compiled};
use crate::record::read::{Read, Reader, Spanned};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::Node;

record! {
    /// When something was.
    pub group Time {
        /// First day.
        pub start: Option<Spanned<Date>>,
        /// Last day, or `present`.
        pub end: Option<Spanned<End>>,
        /// The one date of what has no length, instead of `start` and `end`.
        pub date: Option<Spanned<Date>>,
        /// Printed instead of the dates, such as `Spring 2026`; the dates still sort it.
        pub dates: Option<Text>,
        /// Printed instead of the computed duration.
        pub duration: Option<Text>,
    }
}

impl Time {
    /// From the first day to the last; a single date is an end without a start.
    pub fn period(&self) -> Period {
        let date = self.date.map(|date| End::On(date.value));
        Period {
            start: self.start.map(|start| start.value),
            end: self.end.map(|end| end.value).or(date),
        }
    }

    /// What contradicts itself: an end before the start, or a single date beside them.
    pub fn check(&self) -> Option<Diagnostic> {
        let other = self.start.map(|start| start.place).or(self.end.map(|end| end.place));
        if let (Some(date), Some(other)) = (self.date, other) {
            let message = "a single `date` stands beside `start` or `end`";
            let diagnostic = Diagnostic::error("E018", message).at(date.place);
            let diagnostic = diagnostic.related(other, "the other");
            return Some(diagnostic.hint("keep the `date`, or `start` and `end`"));
        }
        let (start, end) = self.start.zip(self.end)?;
        let End::On(last) = end.value else { return None };
        (last.end() <= start.value.first_day()).then(|| {
            Diagnostic::error("E018", "it ends before it starts")
                .at(end.place)
                .related(start.place, "the start")
                .hint("exchange the two, or correct the year")
        })
    }
}

/// The end of something: a date, or not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It ended then.
    On(Date),
    /// It goes on (`present`).
    Present,
}

/// What may be written for [`End::Present`], as a regular expression of Rust and of JSON Schema.
const PRESENT: &str = "^([Pp]resent|[Nn]ow|[Cc]urrent|[Oo]ngoing|[Tt]oday|현재|오늘까지|(진행|재직|재학|근무|활동) ?중)$";

impl Read for End {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        static READER: LazyLock<Regex> = LazyLock::new(|| compiled(PRESENT));
        let text = reader.scalar(node, "a date or `present`")?;
        if READER.is_match(text.trim()) {
            return Some(Self::Present);
        }
        match Date::parse(text) {
            Ok(date) => Some(Self::On(date)),
            Err(wrong) => reader.fail(wrong.at(node).hint("or `present` while it goes on")),
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        Date::schema(schemas);
        schemas.define("End", |_| {
            json!({
                "description": "A date, or `present` while it goes on. A date after the document's \
                                own is printed as expected.",
                "anyOf": [
                    { "$ref": "#/$defs/Date" },
                    { "type": "string", "pattern": PRESENT },
                ],
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

/// Something's first and last day, both counted, where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// When it began.
    pub start: Option<Date>,
    /// When it ended.
    pub end: Option<End>,
}

impl Period {
    /// Whether it ends after `today` for certain: an end that is planned, not reached.
    pub fn is_expected(self, today: Date) -> bool {
        matches!(self.end, Some(End::On(date)) if date.is_after(today))
    }

    /// Days from the first to the last, both counted; 0 where that is not known. `today` ends what
    /// goes on.
    pub fn days(self, today: Date) -> i64 {
        let after = match self.end {
            Some(End::On(date)) => Some(date.end()),
            Some(End::Present) => Some(today.end()),
            None => None,
        };
        self.start.zip(after).map_or(0, |(start, after)| (after - start.first_day()).num_days())
    }

    /// Length in whole calendar months, both ends counted; of the days left over, half a month or
    /// more counts as one. `today` ends what goes on. `None` where it is not known: an end is
    /// missing, known to the year only or still to come, or it is shorter than half a month.
    ///
    /// 2022-03-01 to 2024-02-29 is 24; 2024-06-01 to 2024-11-08 is 5.
    pub fn months(self, today: Date) -> Option<u32> {
        let start = self.start?;
        let end = match self.end? {
            End::On(date) => date,
            End::Present => today,
        };
        start.month.and(end.month)?;
        let (start, after) = (start.first_day(), end.end());
        if after <= start || self.is_expected(today) {
            return None;
        }
        let months = |count| start.checked_add_months(Months::new(count)).unwrap_or(after);
        let mut whole = 0;
        while whole < MOST_MONTHS && months(whole + 1) <= after {
            whole += 1;
        }
        let (from, next) = (months(whole), months(whole + 1));
        let more = (after - from).num_days() * 2 >= (next - from).num_days();
        let rounded = if more && after > from { whole + 1 } else { whole };
        (rounded > 0).then_some(rounded)
    }

    /// The day after the last that is known of it; what goes on has no last day.
    pub fn after(self) -> Option<NaiveDate> {
        match (self.start, self.end) {
            (_, Some(End::On(date))) | (Some(date), None) => Some(date.end()),
            (_, Some(End::Present)) => Some(NaiveDate::MAX),
            (None, None) => None,
        }
    }

    /// The sort key of a list with the newest on top: what still goes on, then the latest end, then
    /// the latest start; what has no date comes last.
    pub fn newest_first(self) -> Reverse<Option<(NaiveDate, Option<NaiveDate>)>> {
        Reverse(self.after().map(|after| (after, self.start.map(Date::first_day))))
    }
}

/// Months of the longest period that is counted: all years a date can have.
const MOST_MONTHS: u32 = 12 * 9000;

#[cfg(test)]
mod tests {
    use super::{Date, End, Period};

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    fn period(start: &str, end: &str) -> Period {
        Period { start: Some(date(start)), end: Some(End::On(date(end))) }
    }

    #[test]
    fn both_ends_count_and_months_are_calendar_months() {
        let months = |start, end| period(start, end).months(date("2030-01"));
        assert_eq!(months("2022-03-01", "2024-02-29"), Some(24));
        assert_eq!(months("2024-06-01", "2024-11-08"), Some(5));
        assert_eq!(months("2024-06-01", "2024-11-15"), Some(6));
        assert_eq!(months("2023-06-01", "2023-12-31"), Some(7));
        assert_eq!(months("2022-07-01", "2022-12-31"), Some(6));
        assert_eq!(months("2019-04-01", "2019-12-01"), Some(8));
        assert_eq!(months("2024-03", "2024-11"), Some(9));
        assert_eq!(months("2024-01-31", "2024-02-29"), Some(1));
        assert_eq!(months("2024-01-01", "2024-01-10"), None);
    }

    #[test]
    fn unknown_durations_are_none() {
        let months = |start, end| period(start, end).months(date("2025-06-30"));
        for (start, end) in [("2021", "2023"), ("2021", "2023-05"), ("2021-05", "2023")] {
            assert_eq!(months(start, end), None, "{start} {end}");
        }
        assert_eq!(months("2024-10", "2026-09"), None, "it is still to come");
        assert!(period("2024-10", "2026-09").is_expected(date("2025-06-30")));
        assert!(!period("2024-10", "2025-06").is_expected(date("2025-06-30")));
        assert!(!period("2024-10", "2025").is_expected(date("2025-06-30")), "it may be over");
        let open = Period { start: Some(date("2024-10")), end: Some(End::Present) };
        assert_eq!(open.months(date("2025-06-30")), Some(9));
        assert_eq!(open.months(date("2025")), None);
    }

    #[test]
    fn what_has_no_date_comes_last() {
        let part = |start: &str, end: &str| Period {
            start: Date::parse(start).ok(),
            end: Date::parse(end).ok().map(End::On),
        };
        let now = Period { start: None, end: Some(End::Present) };
        let order =
            [now, part("2023", "2024"), part("2024-05", ""), part("", "2022"), part("", "")];
        let mut sorted = [4, 2, 0, 3, 1].map(|at| order[at]);
        sorted.sort_by_key(|period| period.newest_first());
        assert_eq!(sorted, order);
        for unknown in &order[2..] {
            assert_eq!((unknown.months(date("2030-01")), unknown.days(date("2030-01"))), (None, 0));
        }
    }
}
