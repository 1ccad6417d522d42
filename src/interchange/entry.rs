//! One entry of a source on its way into the record.
//!
//! What its table takes is taken out of the source. What is left stands as a comment beside it: so nothing
//! can be forgotten.

use crate::interchange::account::{Account, Destination};
use crate::interchange::commented_yaml::{Block, Written, of_source};
use crate::interchange::fields::{Refused, split, write};
use crate::interchange::mapping::{Field, How, MISSING, Section};
use crate::interchange::source::Source;
use crate::interchange::values;

/// An entry that is being read.
#[derive(Debug)]
pub struct Entry {
    /// Its path in the source.
    path: String,
    /// What is not read yet.
    source: Source,
    /// What it becomes.
    pub block: Block,
    /// Where its values went.
    pub account: Account,
    /// What is left of it: a key, its value, and why.
    rest: Vec<(String, Source, &'static str)>,
    /// Addresses in texts that cannot hold links, with what they are.
    links: Vec<(String, String)>,
}

impl Entry {
    /// An entry at a path of the source.
    pub fn new(path: &str, source: Source, section: &Section) -> Self {
        let mut block = Block::default();
        for (key, value) in section.fixed {
            block.set(key, Written::Bare((*value).to_owned()));
        }
        let (account, rest, links) = (Account::default(), Vec::new(), Vec::new());
        Self { path: path.to_owned(), source, block, account, rest, links }
    }

    /// Takes the value of a key that has one.
    pub fn take(&mut self, key: &str) -> Option<Source> {
        let value = self.source.take(key)?;
        if value.is_empty() {
            self.went(key, &value, &Destination::Empty);
            return None;
        }
        Some(value)
    }

    /// Notes where a value went.
    pub fn went(&mut self, key: &str, value: &Source, to: &Destination) {
        self.account.add(&joined(&self.path, key), value, to);
    }

    /// Leaves a value for the comments.
    pub fn leave(&mut self, key: &str, value: Source, why: &'static str) {
        self.rest.push((key.to_owned(), value, why));
    }

    /// Notes that entries of this kind without an end go on.
    pub fn goes_on(&mut self, key: &str) {
        let path = &self.path;
        self.account.remark(format!("entries of `{path}` without `{key}` go on: `end: present`"));
    }

    /// Reads one field.
    pub fn field(&mut self, section: &Section, field: &Field) {
        let went = Destination::Field(section.path(field.to));
        match field.how {
            How::DateParts => return self.date_parts(field, &went),
            How::Joined(between) => return self.joined(field, between, &went),
            _ => {}
        }
        for key in field.from {
            let Some(value) = self.take(key) else { continue };
            let (taken, left, why) = split(field.how, value);
            if !left.is_empty() {
                self.leave(key, left, why);
            }
            if taken.is_empty() {
                continue;
            }
            match write(field, &taken, &mut self.block) {
                Ok(found) => {
                    self.went(key, &taken, &went);
                    self.links.extend(found.into_iter().map(|url| (format!("link of {key}"), url)));
                }
                Err(Refused::Repeated) => self.went(key, &taken, &Destination::Repeated),
                Err(Refused::Because(why)) => self.leave(key, taken, why),
            }
        }
    }

    /// Reads a date whose year, month and day are fields of their own.
    fn date_parts(&mut self, field: &Field, went: &Destination) {
        let parts: Vec<Option<Source>> = field.from.iter().map(|key| self.take(key)).collect();
        let texts: Vec<&str> = parts.iter().flatten().filter_map(Source::text).collect();
        let date = values::date_of_parts(&texts).filter(|_| self.block.get(field.to).is_none());
        if let Some(date) = date {
            self.block.set(field.to, Written::Bare(date.to_string()));
        }
        for (key, part) in field.from.iter().zip(parts) {
            match part {
                Some(part) if date.is_some() => self.went(key, &part, went),
                Some(part) => self.leave(key, part, ""),
                None => {}
            }
        }
    }

    /// Reads fields whose values stand one after the other.
    fn joined(&mut self, field: &Field, between: &str, went: &Destination) {
        let mut words = Vec::new();
        for key in field.from {
            let Some(value) = self.take(key) else { continue };
            let texts = match &value {
                Source::List(items) => items.iter().map(Source::text).collect::<Option<Vec<_>>>(),
                value => value.text().map(|text| vec![text]),
            };
            match texts {
                Some(texts) => {
                    words.extend(texts.into_iter().map(|text| values::plain(text).0));
                    self.went(key, &value, went);
                }
                None => self.leave(key, value, ""),
            }
        }
        if !words.is_empty() && self.block.get(field.to).is_none() {
            self.block.set(field.to, Written::Text(words.join(between)));
        }
    }

    /// Finishes the entry when all its fields are read; `None` where it cannot stand.
    pub fn finish(mut self, section: &Section) -> Option<(Block, Account)> {
        self.settle_links(section);
        if !(section.finish)(&mut self.block) {
            return None;
        }
        if let Source::Map(entries) = std::mem::take(&mut self.source) {
            self.rest.extend(entries.into_iter().map(|(key, value)| (key, value, "")));
        }
        for (key, value, why) in std::mem::take(&mut self.rest) {
            self.comment(&key, &value, why);
        }
        self.complete(section);
        let Self { mut block, account, .. } = self;
        block.arrange(&section.order());
        Some((block, account))
    }

    /// A name that is a link gives the entry its address, where it has no other.
    fn settle_links(&mut self, section: &Section) {
        let addressed = section.fields.iter().any(|field| field.to == "url");
        for (key, url) in std::mem::take(&mut self.links) {
            let url = values::address(&url).unwrap_or(url);
            match self.block.text("url") {
                Some(there) if there == url => {}
                None if addressed && values::address(&url).is_some() => {
                    self.block.set("url", Written::Text(url))
                }
                _ => self.block.comments.push(format!("{key}: {url}")),
            }
        }
    }

    /// Writes a value beside the entry.
    fn comment(&mut self, key: &str, value: &Source, why: &'static str) {
        self.went(key, value, &Destination::Comment(why));
        if !value.is_empty() {
            let line =
                Block { entries: vec![(key.to_owned(), of_source(value))], comments: Vec::new() };
            let line = line.yaml();
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            self.block.comments.push(format!("{}{why}", line.trim_end()));
        }
    }

    /// Writes what the record must have and the source lacks.
    fn complete(&mut self, section: &Section) {
        for key in section.required {
            if self.block.get(key).is_none() {
                self.block.set(key, Written::Text(MISSING.to_owned()));
                let name = key.rsplit('.').next().unwrap_or(key);
                self.block
                    .comments
                    .push(format!("{name}: the source has none; write it in place of {MISSING}"));
                let path = &self.path;
                self.account.remark(format!(
                    "entries of `{path}` lack the {name}: `{MISSING}` stands for it"
                ));
            }
        }
    }
}

/// The path of a key below a path.
fn joined(path: &str, key: &str) -> String {
    match (path, key) {
        ("", key) => key.to_owned(),
        (path, "") => path.to_owned(),
        (path, key) => format!("{path}.{key}"),
    }
}
