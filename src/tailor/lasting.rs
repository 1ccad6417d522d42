//! What a page shows unless it is dropped or has to give way: the entries of the career, their
//! positions and courses.

use chrono::NaiveDate;

use crate::diagnostics::Place;
use crate::record::model::career::CareerEntry;
use crate::record::model::sections::SectionId;
use crate::record::model::time::Time;
use crate::tailor::items::Item;

/// A career entry, a position of one, or the courses of one.
#[derive(Debug, Clone)]
pub struct Lasting {
    /// Which one.
    pub item: Item,
    /// Names by which it is pinned or dropped.
    pub names: Vec<String>,
    /// Its section.
    pub section: SectionId,
    /// The day after its last; `None` while it goes on or when it has no time.
    pub end: Option<NaiveDate>,
    /// Where it begins in the data.
    pub place: Place,
    /// What is not shown without it.
    pub owned: Vec<Item>,
    /// How many positions it has, where it is a career entry.
    pub positions: usize,
}

/// The courses of a career entry, its positions that have names, and the entry itself.
pub(super) fn lasting_of(entry: &CareerEntry, section: SectionId) -> Vec<Lasting> {
    let highlight = |at| Item::CareerHighlight(entry.id.to_string(), at);
    let base = Lasting {
        item: Item::Career(entry.id.to_string()),
        names: vec![entry.id.to_string()],
        section,
        end: latest(entry.positions.iter().map(|position| &position.time)),
        place: entry.place,
        owned: Vec::new(),
        positions: entry.positions.len(),
    };
    let mut all = Vec::new();
    if entry.positions.iter().any(|position| !position.courses.is_empty()) {
        all.push(Lasting {
            item: Item::Courses(entry.id.to_string()),
            names: vec![format!("{}/courses", *entry.id)],
            ..base.clone()
        });
    }
    let mut first = entry.highlights.len();
    for (at, position) in entry.positions.iter().enumerate() {
        let own = first..first + position.highlights.len();
        first = own.end;
        all.extend(position.id.as_ref().map(|id| Lasting {
            item: Item::Position(entry.id.to_string(), at),
            names: vec![id.to_string()],
            end: latest([&position.time]),
            place: position.place,
            owned: own.map(highlight).collect(),
            ..base.clone()
        }));
    }
    let parts: Vec<Item> = all.iter().map(|part| part.item.clone()).collect();
    let highlights = (0..entry.all_highlights().count()).map(highlight);
    let owned = parts.into_iter().chain([Item::CareerSummary(entry.id.to_string())]);
    all.push(Lasting { owned: owned.chain(highlights).collect(), ..base });
    all
}

/// The day after the latest end; `None` when one of them goes on or none is known.
pub(super) fn latest<'a>(times: impl IntoIterator<Item = &'a Time>) -> Option<NaiveDate> {
    let ends = times.into_iter().filter_map(|time| time.period().after());
    ends.max().filter(|end| *end < NaiveDate::MAX)
}
