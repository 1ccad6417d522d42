//! Rules on dates: periods that are impossible, and periods that a reader will ask about.

use chrono::NaiveDate;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, Rule, Severity};
use crate::record::model::career::{CareerEntryKind, Position};
use crate::record::model::date::Date;
use crate::record::model::time::{End, Period, Time};
use crate::record::read::Spanned;

/// Days of overlap of two employments that are not reported: a month of handover.
const OVERLAP: i64 = 31;
/// Days without a career entry that recruiters commonly ask about: half a year.
const GAP: i64 = 183;

pub(super) const RULES: &[Check] = &[
    Check {
        rule: Rule {
            code: "E018",
            name: "impossible time",
            severity: Severity::Error,
            what: "Something ends before it starts, or has a single `date` beside a `start` or `end`.",
            why: "A reader who sees it doubts all other dates.",
            bad: "projects:\n  - {id: a, name: A, start: 2024-05, end: 2024-03, summary: It ran.}\n",
            good: "projects:\n  - {id: a, name: A, start: 2024-03, end: 2024-05, summary: It ran.}\n",
        },
        find: Some(reversed),
    },
    Check {
        rule: Rule {
            code: "E022",
            name: "present without a date",
            severity: Severity::Error,
            what: "Something goes on until `present`, and the document has no date.",
            why: "Durations must be the same whenever the document is made, so they are counted to its \
              date, never to the clock.",
            bad: "projects:\n  - {id: a, name: A, start: 2024-03, end: present, summary: It runs.}\n",
            good: "site: {date: 2024-11-08}\nprojects:\n  - {id: a, name: A, start: 2024-03, end: present, summary: It runs.}\n",
        },
        find: Some(open_ends),
    },
    Check {
        rule: Rule {
            code: "E023",
            name: "career entry without a position",
            severity: Severity::Error,
            what: "An entry of the career lists no position.",
            why: "It would have neither a title nor dates.",
            bad: "career:\n  - {id: a, organization: Company}\n",
            good: "career:\n  - id: a\n    organization: Company\n    positions: [{title: Developer, start: 2024-01, end: 2024-06}]\n",
        },
        find: Some(positions),
    },
    Check {
        rule: Rule {
            code: "W010",
            name: "date in the future",
            severity: Severity::Warning,
            what: "Something starts, or an article or post is dated, after the document's own date.",
            why: "It is most often a slip in the year.",
            bad: "site: {date: 2024-11-08}\nposts:\n  - {id: a, title: One, date: 2025-01-01}\n",
            good: "site: {date: 2024-11-08}\nposts:\n  - {id: a, title: One, date: 2024-01-01}\n",
        },
        find: Some(future),
    },
    Check {
        rule: Rule {
            code: "W013",
            name: "expected end",
            severity: Severity::Advice,
            what: "Something that has begun ends, or an award, certificate or publication is dated, after the \
                   document's own date.",
            why: "It is printed as expected, and no duration is claimed for it.",
            bad: "site: {date: 2024-11-08}\nprojects:\n  - {id: a, name: A, start: 2024-03, end: 2025-06, summary: It runs.}\n",
            good: "site: {date: 2024-11-08}\nprojects:\n  - {id: a, name: A, start: 2024-03, end: 2024-06, summary: It ran.}\n",
        },
        find: Some(expected),
    },
    Check {
        rule: Rule {
            code: "W011",
            name: "overlapping employment",
            severity: Severity::Advice,
            what: "Two employments run at the same time for more than a month.",
            why: "It may be true; a reader will wonder whether one of the dates is wrong.",
            bad: "career:\n  - id: b\n    organization: B\n    positions: [{title: Developer, start: 2023-01, end: 2024-06}]\n  - id: a\n    organization: A\n    positions: [{title: Developer, start: 2022-01, end: 2023-06}]\n",
            good: "career:\n  - id: b\n    organization: B\n    positions: [{title: Developer, start: 2023-07, end: 2024-06}]\n  - id: a\n    organization: A\n    positions: [{title: Developer, start: 2022-01, end: 2023-06}]\n",
        },
        find: Some(overlaps),
    },
    Check {
        rule: Rule {
            code: "W012",
            name: "gap in the career",
            severity: Severity::Advice,
            what: "Half a year or more lies between two entries of the career.",
            why: "It may be true; interviewers ask about it, and an employer or school may be missing.",
            bad: "career:\n  - id: b\n    organization: B\n    positions: [{title: Developer, start: 2024-03, end: 2024-06}]\n  - id: a\n    organization: A\n    positions: [{title: Developer, start: 2022-01, end: 2023-06}]\n",
            good: "career:\n  - id: b\n    organization: B\n    positions: [{title: Developer, start: 2023-08, end: 2024-06}]\n  - id: a\n    organization: A\n    positions: [{title: Developer, start: 2022-01, end: 2023-06}]\n",
        },
        find: Some(gaps),
    },
    Check {
        rule: Rule {
            code: "W014",
            name: "dropped employment",
            severity: Severity::Warning,
            what: "An application or a format drops an entry of the career, and half a year or more is not \
                   accounted for without it.",
            why: "Who reads the page takes the time for a gap, and may ask what was left out.",
            bad: "career:\n  - {id: c, organization: C, positions: [{title: Developer, start: 2024-01, end: 2024-06}]}\n  - {id: b, organization: B, positions: [{title: Clerk, start: 2023-01, end: 2023-12}]}\n  - {id: a, organization: A, positions: [{title: Developer, start: 2022-01, end: 2022-12}]}\nformats:\n  cv: {drop: [b]}\n",
            good: "career:\n  - {id: c, organization: C, positions: [{title: Developer, start: 2024-01, end: 2024-06}]}\n  - {id: b, organization: B, positions: [{title: Clerk, start: 2023-01, end: 2023-12}]}\n  - {id: a, organization: A, positions: [{title: Developer, start: 2022-01, end: 2022-12}]}\nformats:\n  cv: {drop: [a]}\n",
        },
        find: Some(dropped),
    },
];

/// No time contradicts itself.
fn reversed(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(subject.record.times().filter_map(Time::check));
}

/// `present` means the document's date, so there must be one; the clock is never used.
fn open_ends(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    if subject.date.is_some() {
        return;
    }
    let mut ends = subject.record.times().filter_map(|time| time.end);
    if let Some(end) = ends.find(|end| end.value == End::Present) {
        diagnostics.push(
            Diagnostic::error("E022", "`present` means nothing in a document without a date")
                .at(end.place)
                .hint("set `site: {date: …}` in `resume.yaml`, or run with `--date today`"),
        );
    }
}

/// Every career entry has a position.
fn positions(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for entry in subject.record.career.iter().filter(|entry| entry.positions.is_empty()) {
        diagnostics.push(
            Diagnostic::error("E023", format!("the career entry `{}` has no position", *entry.id))
                .at(entry.place)
                .hint("add `positions:` with at least a title"),
        );
    }
}

/// Nothing begins after the document was made.
fn future(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let Some(today) = subject.date else { return };
    let record = subject.record;
    let starts = record.times().filter_map(|time| time.start.as_ref());
    let articles = record.articles.iter().filter_map(|article| article.date.as_ref());
    let posts = record.posts.iter().map(|post| &post.date);
    let dates: Vec<&Spanned<Date>> = starts.chain(articles).chain(posts).collect();
    for date in dates.into_iter().filter(|date| date.first_day() >= today.end()) {
        diagnostics.push(
            Diagnostic::warning("W010", format!("it is after the document's date, {today}"))
                .at(date.place)
                .hint("correct the year, or set `site.date` later"),
        );
    }
}

/// Reports dates that are printed as expected, so that a mistyped year is noticed.
fn expected(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let Some(today) = subject.date else { return };
    let begun = |time: &&Time| time.start.is_none_or(|start| !start.is_after(today));
    let ends = subject.record.times().filter(begun).filter_map(|time| match time.end {
        Some(Spanned { value: End::On(date), place }) => Some(Spanned { value: date, place }),
        _ => time.date,
    });
    for date in ends.filter(|date| date.is_after(today)) {
        let message = format!("it is after the document's date, {today}: printed as expected");
        let diagnostic = Diagnostic::advice("W013", message).at(date.place);
        diagnostics.push(diagnostic.hint("correct the year if it is a mistake"));
    }
}

/// The days a position certainly and possibly covers. What is not known may have been at any time.
#[derive(Clone)]
struct Span {
    /// The last day it may have begun, and the first it may have ended.
    certain: (NaiveDate, NaiveDate),
    /// The first day it may have begun, and the day after the last it may have ended.
    possible: (NaiveDate, NaiveDate),
    entry: usize,
    position: usize,
    work: bool,
    place: Place,
}

fn spans(subject: &Subject) -> Vec<Span> {
    let today = subject.date.map(Date::end);
    let (earliest, latest) = (NaiveDate::MIN, NaiveDate::MAX);
    let entries = subject.record.career.iter().enumerate();
    let mut spans: Vec<Span> = entries
        .flat_map(|(at, entry)| {
            let positions = entry.positions.iter().enumerate();
            positions.map(move |(index, position)| (at, entry, index, position))
        })
        .filter_map(|(at, entry, index, position): (_, _, _, &Position)| {
            let Period { start, end } = position.time.period();
            let (first, last) = match end {
                Some(End::On(date)) => (date.first_day(), date.end()),
                Some(End::Present) => (today?, today?),
                None => (earliest, latest),
            };
            let began = start.map_or(latest, |start| start.end().pred_opt().unwrap_or(latest));
            Some(Span {
                certain: (began, first),
                possible: (start.map_or(earliest, Date::first_day), last),
                entry: at,
                position: index,
                work: entry.kind == CareerEntryKind::Work,
                place: position.time.start.map_or(position.place, |start| start.place),
            })
        })
        .collect();
    spans.sort_by_key(|span| span.possible);
    spans
}

/// Employments that certainly ran at the same time, however exact their dates are.
fn overlaps(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let spans: Vec<Span> = spans(subject).into_iter().filter(|span| span.work).collect();
    for (at, later) in spans.iter().enumerate() {
        let earlier = spans[..at].iter().filter(|earlier| earlier.entry != later.entry);
        for earlier in earlier {
            let end = earlier.certain.1.min(later.certain.1);
            let days = (end - later.certain.0.max(earlier.certain.0)).num_days();
            if days > OVERLAP {
                diagnostics.push(
                    Diagnostic::advice(
                        "W011",
                        format!("two employments overlap by {} months", days / 30),
                    )
                    .at(later.place)
                    .related(earlier.place, "the other began here")
                    .hint("correct the dates, or say in the summary that both were part-time")
                    .kind("pairs of employments overlap", ""),
                );
            }
        }
    }
}

/// Time that certainly no career entry covers, however exact the dates are.
fn gaps(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for Gap { days, before, after } in gaps_of(&spans(subject)) {
        let message = format!("{} months before this entry are not accounted for", days / 30);
        diagnostics.push(
            Diagnostic::advice("W012", message)
                .at(after)
                .related(before, "the entry before it begins here")
                .hint("add what you did, or be ready to explain the time"),
        );
    }
}

/// Time between two entries of the career.
#[derive(PartialEq)]
struct Gap {
    days: i64,
    /// Where the entry before it begins, and the one after it.
    before: Place,
    after: Place,
}

/// The gaps between spans that are in the order of their beginning.
fn gaps_of(spans: &[Span]) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut covered: Option<(NaiveDate, Place)> = None;
    for span in spans {
        if let Some((until, before)) = covered {
            let days = (span.possible.0 - until).num_days();
            if days >= GAP {
                found.push(Gap { days, before, after: span.place });
            }
        }
        if covered.is_none_or(|(until, _)| until < span.possible.1) {
            covered = Some((span.possible.1, span.place));
        }
    }
    found
}

/// Employments that a document drops leave no gap that the record does not have.
fn dropped(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let drops = subject.record.document_settings().map(|settings| &settings.drop);
    let drops: Vec<_> = drops.flatten().filter(|drop| !drop.is_empty()).collect();
    if drops.is_empty() {
        return;
    }
    let spans = spans(subject);
    let own = gaps_of(&spans);
    for drop in drops {
        let drops = |span: &Span, name: &str| {
            let entry = &subject.record.career[span.entry];
            let position = entry.positions[span.position].id.as_ref();
            *entry.id == name || position.is_some_and(|id| **id == name)
        };
        let dropped = |span: &&Span| drop.iter().any(|name| drops(span, &name.value));
        let kept: Vec<Span> = spans.iter().filter(|span| !dropped(span)).cloned().collect();
        let named = |span: &Span| drop.iter().find(|name| drops(span, &name.value));
        let hint = "take it out of `drop`: with no room for more, it is one line";
        let last = |spans: &[Span]| spans.iter().map(|span| span.possible.1).max();
        let lost = spans.iter().filter(dropped).max_by_key(|span| span.possible.1);
        if let (Some(today), Some(end), Some(lost)) = (subject.date, last(&kept), lost) {
            let days = (today.first_day() - end).num_days();
            if let Some(name) = named(lost).filter(|_| days >= GAP && lost.possible.1 > end) {
                let months = days / 30;
                let message = format!(
                    "without `{}` the page ends {months} months before its date",
                    name.value
                );
                diagnostics.push(Diagnostic::warning("W014", message).at(name.place).hint(hint));
            }
        }
        let new = gaps_of(&kept).into_iter().filter(|gap| !own.contains(gap));
        for Gap { days, before, after } in new {
            let at = |place| kept.iter().find(|span| span.place == place);
            let (Some(first), Some(last)) = (at(before), at(after)) else { continue };
            let inside = spans.iter().filter(dropped).filter(|span| {
                span.possible.0 < last.possible.0 && span.possible.1 > first.possible.1
            });
            let Some(name) = inside.filter_map(named).next() else { continue };
            let message =
                format!("without `{}` the page has a gap of {} months", name.value, days / 30);
            diagnostics.push(
                Diagnostic::warning("W014", message)
                    .at(name.place)
                    .related(after, "the entry after it begins here")
                    .hint(hint),
            );
        }
    }
}
