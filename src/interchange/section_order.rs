//! The order and the titles of sections, where a file has its own.

use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::walk::Walk;
use crate::record::model::sections::SectionKind;

/// The formats whose sections have an order.
const FORMATS: [&str; 2] = ["cv", "one-page"];

/// The place of a section in the usual order; those of a record's own stand behind the publications.
pub fn usual_place(word: &str) -> usize {
    let place = |kind: SectionKind| SectionKind::ALL.iter().position(|other| *other == kind);
    let own = || place(SectionKind::Publications).map(|at| 2 * at + 1);
    SectionKind::of(word).map_or_else(own, |kind| place(kind).map(|at| 2 * at)).unwrap_or_default()
}

/// Writes the order of sections into the record, each with its title, where they are not the usual ones.
pub fn write_order(walk: &mut Walk, found: &[(String, String)]) {
    let mut order: Vec<&str> = Vec::new();
    for (word, _) in found {
        if !order.contains(&word.as_str()) {
            order.push(word);
        }
    }
    let titles: Vec<Option<&str>> = order.iter().map(|word| own_title(walk, word, found)).collect();
    if order.is_sorted_by_key(|word| usual_place(word)) && titles.iter().all(Option::is_none) {
        return;
    }
    let items = order.iter().zip(titles).map(|(word, title)| {
        let word = Written::Bare((*word).to_owned());
        let Some(title) = title else { return word };
        let title = ("title".to_owned(), Written::Text(title.to_owned()));
        Written::Block(Block {
            entries: vec![("name".to_owned(), word), title],
            comments: Vec::new(),
        })
    });
    let items: Vec<Written> = items.collect();
    for format in FORMATS {
        walk.record.set(&format!("formats.{format}.sections"), Written::List(items.clone()));
    }
}

/// The title of a usual section that the file alone has, where it is one section there.
fn own_title<'a>(walk: &Walk, word: &str, found: &'a [(String, String)]) -> Option<&'a str> {
    SectionKind::of(word)?;
    let mut titles = found.iter().filter(|(other, _)| other == word).map(|(_, title)| title);
    let (title, None) = (titles.next()?, titles.next()) else { return None };
    let usual = walk.words.title(word).to_lowercase();
    (title.to_lowercase() != usual && title.to_lowercase() != word && !title.trim().is_empty())
        .then_some(title)
}
