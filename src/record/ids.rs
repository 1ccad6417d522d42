//! Ids of entries that state none, so that links, `at` and applications can name every entry.

use std::collections::BTreeSet;

use crate::diagnostics::Place;
use crate::record::yaml::tree::{Key, Kind, Node, Scalar};
use crate::util::slug::slug;

/// Lists whose entries have ids, and what an entry is called whose name has no Latin letter.
const LISTS: [(&str, &str); 5] = [
    ("articles", "article"),
    ("career", "career"),
    ("posts", "post"),
    ("projects", "project"),
    ("sections", "section"),
];

/// What an entry is named after, the first that it has.
const NAMES: [&str; 3] = ["organization", "name", "title"];

/// Gives each entry of these lists that states no id one that is made of its name: `Acme Corp` becomes
/// `acme-corp`, a second one `acme-corp-2`.
pub(super) fn add_ids(root: &mut Node) {
    let Kind::Map(lists) = &mut root.kind else { return };
    for (key, list) in lists {
        let base = LISTS.iter().find(|(name, _)| *name == key.text);
        let (Some((_, base)), Kind::List(entries)) = (base, &mut list.kind) else { continue };
        let stated = entries.iter().filter_map(|entry| text(entry.get("id")?));
        let mut taken: BTreeSet<String> = stated.map(str::to_owned).collect();
        for entry in entries {
            let name = NAMES.iter().find_map(|name| entry.get(name)).map(name_of);
            let place = Place { end: entry.place.start, ..entry.place };
            let Kind::Map(values) = &mut entry.kind else { continue };
            if values.iter().any(|(key, _)| key.text == "id") {
                continue;
            }
            let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| (*base).to_owned());
            let mut id = name.clone();
            for count in 2.. {
                if taken.insert(id.clone()) {
                    break;
                }
                id = format!("{name}-{count}");
            }
            let id = Node::new(place, Kind::Scalar(Scalar { text: id, literal: false }));
            values.push((Key { text: "id".to_owned(), place }, id));
        }
    }
}

/// The id that a name makes: in English where it is given in English, otherwise in its first language
/// with Latin letters.
fn name_of(name: &Node) -> String {
    match &name.kind {
        Kind::Map(languages) => {
            let english = languages.iter().filter(|(key, _)| key.text == "en");
            let ids = english.chain(languages).filter_map(|(_, name)| text(name)).map(slug);
            ids.into_iter().find(|id| !id.is_empty()).unwrap_or_default()
        }
        _ => text(name).map(slug).unwrap_or_default(),
    }
}

/// The characters of a scalar.
fn text(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}
