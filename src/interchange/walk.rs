//! The walk through a source along the tables of its format: a record is made, and the account of it.
//!
//! What no table takes is written beside the record: so nothing can be forgotten.

use std::collections::{BTreeMap, HashMap};

use crate::interchange::account::{Account, Destination};
use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::entry::Entry;
use crate::interchange::mapping::{How, Section};
use crate::interchange::period::read_period;
use crate::interchange::source::Source;
use crate::record::model::sections::SectionKind;
use crate::util::slug::slug;

/// The titles of sections in a language, for records and files that need some of their own.
#[derive(Debug, Clone, Default)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The title of a section; its key where there is none.
    pub fn title(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }
}

/// A record that is being made, and the account of it.
#[derive(Debug, Default)]
pub struct Walk {
    /// The record.
    pub record: Block,
    /// Where everything went.
    pub account: Account,
    /// What is left over, by its path in the source.
    pub leftovers: Vec<(String, Source)>,
    /// Words of its language.
    pub words: Words,
    /// How many entries have an id that begins with these letters.
    ids: HashMap<String, usize>,
}

impl Walk {
    /// Takes a section out of the source and adds its entries to the record.
    pub fn section(&mut self, source: &mut Source, section: &Section) {
        let path = section.from.trim_end_matches("[]");
        let Some(found) = source.take(path) else { return };
        if found.is_empty() {
            return self.account.add(path, &found, &Destination::Empty);
        }
        let one = !section.from.ends_with("[]");
        let items = if let Source::List(items) = found { items } else { vec![found] };
        for (at, item) in items.into_iter().enumerate() {
            match one && at > 0 {
                true => self.leave(section.from, item),
                false => self.entry(section.from, item, section),
            }
        }
    }

    /// Adds one entry to the record.
    pub fn entry(&mut self, path: &str, item: Source, section: &Section) {
        if let Some(block) = self.block(path, item, section) {
            self.add(section.to, block);
        }
    }

    /// The block of one entry. What cannot be one is written beside the record.
    pub fn block(&mut self, path: &str, item: Source, section: &Section) -> Option<Block> {
        let item = match item {
            Source::Text(text) if !section.bare.is_empty() => {
                Source::Map(vec![(section.bare.to_owned(), Source::Text(text))])
            }
            Source::Map(entries) => Source::Map(entries),
            other => {
                self.leave(path, other);
                return None;
            }
        };
        if item.is_empty() {
            self.account.add(path, &item, &Destination::Empty);
            return None;
        }
        let mut entry = Entry::new(path, item.clone(), section);
        for field in section.fields {
            match field.how {
                How::Period { open } => read_period(&mut entry, section, field, open),
                _ => entry.field(section, field),
            }
        }
        let Some((mut block, account)) = entry.finish(section) else {
            self.leave(path, item);
            return None;
        };
        self.account.append(account);
        if !section.id.is_empty() {
            let id = self.new_id(block.text(section.id).unwrap_or_default(), section.to);
            block.entries.insert(0, ("id".to_owned(), Written::Bare(id)));
        }
        Some(block)
    }

    /// Adds a block to a list of the record, or its keys to a map.
    pub fn add(&mut self, to: &str, block: Block) {
        // A section with a ready title: `sections.courses.entries[]`.
        let own =
            to.strip_prefix("sections.").and_then(|rest| rest.strip_suffix("[]")?.split_once('.'));
        if let Some((id, list)) = own {
            let there =
                self.record.blocks("sections").any(|section| section.text("id") == Some(id));
            if !there {
                let id = vec![("id".to_owned(), Written::Bare(id.to_owned()))];
                self.record
                    .push("sections", Written::Block(Block { entries: id, comments: Vec::new() }));
            }
            let Written::List(sections) = self.record.place("sections") else { return };
            let own = sections.iter_mut().find_map(|section| match section {
                Written::Block(section) if section.text("id") == Some(id) => Some(section),
                _ => None,
            });
            if let Some(section) = own {
                section.push(list, Written::Block(block));
            }
            return;
        }
        if let Some(list) = to.strip_suffix("[]") {
            return self.record.push(list, Written::Block(block));
        }
        let place = if to.is_empty() { None } else { Some(self.record.place(to)) };
        let target = match place {
            None => &mut self.record,
            Some(Written::Block(target)) => target,
            Some(_) => return,
        };
        target.entries.extend(block.entries);
        target.comments.extend(block.comments);
    }

    /// Writes a value beside the record.
    pub fn leave(&mut self, path: &str, source: Source) {
        self.account.add(path, &source, &Destination::Leftovers);
        if !source.is_empty() {
            self.leftovers.push((path.to_owned(), source));
        }
    }

    /// Writes what is left of the source beside the record.
    pub fn finish(&mut self, source: Source) {
        match source {
            Source::Map(entries) => {
                // Maps of which everything was taken are empty now.
                let left = entries.into_iter().filter(|(_, value)| !value.is_empty());
                left.for_each(|(key, value)| self.leave(&key, value));
            }
            other => self.leave("", other),
        }
    }

    /// An id that no entry has yet.
    pub fn new_id(&mut self, name: &str, list: &str) -> String {
        let slug = slug(name);
        let list = list.trim_end_matches("[]").trim_end_matches('s');
        let base = if slug.is_empty() { list.to_owned() } else { slug };
        if SectionKind::of(&base).is_some() {
            // Orders name the usual sections by these words.
            self.ids.entry(base.clone()).or_insert(1);
        }
        let mut id = base.clone();
        while let Some(count) = self.ids.get_mut(&id) {
            *count += 1;
            id = format!("{base}-{count}");
        }
        self.ids.insert(id.clone(), 1);
        id
    }
}
