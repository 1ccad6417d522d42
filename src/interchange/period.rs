//! When an entry was: a start, an end and a single date of a source together.

use crate::interchange::account::Destination;
use crate::interchange::commented_yaml::Written;
use crate::interchange::entry::Entry;
use crate::interchange::mapping::{Field, Section};
use crate::interchange::source::Source;
use crate::interchange::values::{When, when};
use crate::record::model::date::Date;

/// A value that dates are read of, and its key.
struct Dated {
    key: &'static str,
    value: Source,
    when: When,
}

/// Reads when an entry was. `open` says whether a start without an end goes on.
pub fn read_period(entry: &mut Entry, section: &Section, field: &Field, open: bool) {
    let mut read = |at: usize| {
        let key = *field.from.get(at)?;
        let value = entry.take(key)?;
        match value.text().and_then(when) {
            Some(when) => Some(Dated { key, value, when }),
            None => {
                entry.leave(key, value, "not a date");
                None
            }
        }
    };
    let (start, end, single) = (read(0), read(1), read(2));
    let mut said = When::default();
    // Words that are printed in place of dates.
    let mut wordings = Vec::new();
    let mut uses = Vec::new();
    let words = |dated: &Dated| {
        dated.when.wording.clone().or_else(|| dated.value.text().map(str::to_owned))
    };
    let name = |dated: &Dated, exact| if dated.when.wording.is_none() { exact } else { "dates" };
    if let Some(dated) = start {
        said.start = dated.when.start.or(dated.when.date);
        (said.end, said.present) =
            (dated.when.end, dated.when.present && dated.when.start.is_some());
        wordings.extend(words(&dated));
        match said.start {
            Some(_) => uses.push((name(&dated, "start"), dated)),
            None => entry.leave(dated.key, dated.value, "not a start"),
        }
    }
    if let Some(dated) = end {
        let last = dated.when.end.or(dated.when.date);
        let reversed =
            said.start.zip(last).is_some_and(|(start, end)| end.end() <= start.first_day());
        match (last, dated.when.present) {
            (Some(_), _) if reversed => {
                entry.leave(dated.key, dated.value, "it ends before it starts")
            }
            (None, false) => entry.leave(dated.key, dated.value, "not an end"),
            (last, present) => {
                said.start = said.start.or(dated.when.start);
                (said.end, said.present) = (last, present);
                wordings.extend(words(&dated));
                uses.push((name(&dated, "end"), dated));
            }
        }
    } else if open && said.start.is_some() && said.end.is_none() {
        said.present = true;
        entry.goes_on(field.from.get(1).unwrap_or(&""));
    }
    if let Some(dated) = single {
        if said.start.is_some() || said.end.is_some() || said.present {
            entry.leave(dated.key, dated.value, "there are a start and an end");
        } else if dated.when.start.is_some() || dated.when.present {
            (said.start, said.end, said.present) =
                (dated.when.start, dated.when.end, dated.when.present);
            uses.push(("start", dated));
        } else {
            (said.date, said.wording) = (dated.when.date, dated.when.wording.clone());
            uses.push((name(&dated, "date"), dated));
        }
    }
    let prefix = |name: &str| match field.to {
        "" => name.to_owned(),
        to => format!("{to}.{name}"),
    };
    for (name, Dated { key, value, .. }) in &uses {
        entry.went(key, value, &Destination::Field(section.path(&prefix(name))));
    }
    if said.wording.is_none() && uses.iter().any(|(name, _)| *name == "dates") {
        said.wording = Some(wordings.join(" – "));
    }
    let date = |date: Option<Date>| date.map(|date| Written::Bare(date.to_string()));
    let present = said.present.then(|| Written::Bare("present".to_owned()));
    let dates = [
        ("date", date(said.date)),
        ("start", date(said.start)),
        ("end", present.or(date(said.end))),
        ("dates", said.wording.map(Written::Text)),
    ];
    for (name, value) in dates {
        if let Some(value) = value {
            entry.block.set(&prefix(name), value);
        }
    }
}
