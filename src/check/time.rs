//! Periods that a calendar allows.

use crate::check::Subject;
use crate::data::date::{End, Period};
use crate::data::read::Spanned;
use crate::problem::Problem;

/// Nothing ends before it starts.
pub(super) fn periods(subject: &Subject, problems: &mut Vec<Problem>) {
    let record = subject.record;
    let positions = record.career.iter().flat_map(|station| &station.positions);
    problems.extend(positions.filter_map(|p| Period::check(&p.start, &p.end)));
    problems.extend(record.projects.iter().filter_map(|p| Period::check(&p.start, &p.end)));
}

/// `present` needs a day that it means: the document's date, never the clock.
pub(super) fn open_ends(subject: &Subject, problems: &mut Vec<Problem>) {
    if subject.dated {
        return;
    }
    let record = subject.record;
    let positions = record.career.iter().flat_map(|s| &s.positions).map(|p| &p.end);
    let ends: Vec<&Spanned<End>> =
        positions.chain(record.projects.iter().map(|project| &project.end)).collect();
    if let Some(end) = ends.into_iter().find(|end| end.value == End::Present) {
        problems.push(
            Problem::error("E022", "`present` means nothing in a document without a date")
                .at(end.place)
                .hint("set `site: {date: …}` in `resume.yaml`, or run with `--date today`"),
        );
    }
}

/// A station is a station because somebody held a position there.
pub(super) fn positions(subject: &Subject, problems: &mut Vec<Problem>) {
    for station in subject.record.career.iter().filter(|station| station.positions.is_empty()) {
        problems.push(
            Problem::error("E023", format!("the station `{}` has no position", *station.id))
                .at(station.place)
                .hint("add `positions:` with at least a title, a start and an end"),
        );
    }
}
