//! Many diagnostics of one kind are reported as one, which says how many there are and where.

use std::collections::{HashMap, HashSet};

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Place;

/// From how many on diagnostics of one kind are reported as one; fewer are read one by one.
const MANY: usize = 4;
/// Words of a kind that the message names; the others are counted.
const NAMED: usize = 10;

/// Places that are listed; the others are counted.
const LISTED: usize = 1_000;

/// What diagnostics of one kind share: their code and the name of their kind, or their code,
/// message and hints.
#[derive(PartialEq, Eq, Hash)]
enum SameKind<'a> {
    Kind(&'static str, &'a str),
    Words(&'static str, &'a str, &'a [String]),
}

fn kind_of(diagnostic: &Diagnostic) -> SameKind<'_> {
    match &diagnostic.kind {
        Some(kind) => SameKind::Kind(diagnostic.code, &kind.name),
        None => SameKind::Words(diagnostic.code, &diagnostic.message, &diagnostic.hints),
    }
}

/// Reports many diagnostics of one kind as one, at the place of the first.
pub(super) fn group(diagnostics: &mut Vec<Diagnostic>) {
    let mut numbers = HashMap::new();
    let number = |diagnostic| {
        let next = numbers.len();
        *numbers.entry(kind_of(diagnostic)).or_insert(next)
    };
    let group_of: Vec<usize> = diagnostics.iter().map(number).collect();
    let mut groups: Vec<Vec<Diagnostic>> = vec![Vec::new(); numbers.len()];
    let mut order = Vec::with_capacity(diagnostics.len());
    for (at, diagnostic) in group_of.into_iter().zip(diagnostics.drain(..)) {
        groups[at].push(diagnostic);
        order.push(at);
    }
    for at in order {
        let group = std::mem::take(&mut groups[at]);
        if group.len() < MANY { diagnostics.extend(group) } else { diagnostics.extend(one(group)) }
    }
}

/// One diagnostic for a group of them: the first, with the places of all.
fn one(group: Vec<Diagnostic>) -> Option<Diagnostic> {
    let mut seen = HashSet::new();
    let kinds = group.iter().filter_map(|diagnostic| diagnostic.kind.as_ref());
    let items = kinds.map(|kind| kind.item.as_str()).filter(|item| seen.insert(*item));
    let items: Vec<&str> = items.collect();
    let message = match group.first()?.kind.as_ref() {
        Some(kind) if items.len() > 1 => {
            let more = if items.len() > NAMED { ", …" } else { "" };
            let named = items[..items.len().min(NAMED)].join(", ");
            Some(format!("{} {}: {named}{more}", items.len(), kind.name))
        }
        Some(kind) if items == [""] => Some(format!("{} {}", group.len(), kind.name)),
        _ => None,
    };
    let mut group = group.into_iter();
    let mut one = group.next()?;
    one.message = message.unwrap_or(one.message);
    let own = one.related.iter().map(|(place, _)| *place);
    let mut places: HashSet<Place> = one.place.into_iter().chain(own).collect();
    let mut more = 0;
    for other in group {
        // A hint for only one of them does not help with the others.
        one.hints.retain(|hint| other.hints.contains(hint));
        let here = other.place.map(|place| (place, "also here".to_owned()));
        for (place, label) in here.into_iter().chain(other.related) {
            if !places.insert(place) {
                continue;
            }
            match one.related.len() {
                LISTED.. => more += 1,
                _ => one.related.push((place, label)),
            }
        }
    }
    Some(if more > 0 { one.hint(format!("it occurs at {more} more places")) } else { one })
}

#[cfg(test)]
mod tests {
    use super::group;
    use crate::diagnostics::{Diagnostic, FileId, Place, Sources};

    fn place(file: FileId, start: usize) -> Place {
        Place { file, start, end: start + 1 }
    }

    #[test]
    fn many_of_a_kind_are_one() {
        let file = Sources::default().add("x.yaml", "abcdefghijklmnop");
        let key = |at: usize, item: &str| {
            Diagnostic::error("E011", format!("unknown key {item}"))
                .at(place(file, at))
                .hint(format!("not {item}"))
                .hint("known keys: a, b")
                .kind("unknown keys in a map", item)
        };
        let same = |at| Diagnostic::warning("W020", "stands twice").at(place(file, at)).hint("x");
        let mut few = vec![key(0, "`a`"), key(1, "`b`"), key(2, "`c`"), same(3)];
        group(&mut few);
        assert_eq!(few.len(), 4);
        let mut many: Vec<_> = (0..5).map(|at| key(2 * at, &format!("`{at}`"))).collect();
        many.extend((0..4).map(|at| same(2 * at + 1)));
        many.push(same(1).hint("another"));
        group(&mut many);
        let messages: Vec<_> = many.iter().map(|p| (p.message.as_str(), p.related.len())).collect();
        let keys = "5 unknown keys in a map: `0`, `1`, `2`, `3`, `4`";
        assert_eq!(messages, [(keys, 4), ("stands twice", 3), ("stands twice", 0)]);
        assert_eq!(many[0].hints, ["known keys: a, b"]);
        assert_eq!(many[0].place, Some(place(file, 0)));
    }

    #[test]
    fn one_message_at_many_places_is_reported_once() {
        let file = Sources::default().add("x.yaml", "abcdefghijklmnop");
        let missing = |at| {
            Diagnostic::error("E040", "no font has `a`")
                .at(place(file, at))
                .kind("characters that no font has", "`a`")
        };
        let mut diagnostics: Vec<_> = [0, 0, 1, 2].map(missing).into();
        group(&mut diagnostics);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(
            (diagnostics[0].message.as_str(), diagnostics[0].related.len()),
            ("no font has `a`", 2)
        );
    }
}
