//! Tables that say where the fields of another format go, and the walk through a source along them.
//!
//! What a table takes is taken out of the source. What is left of an entry stands as a comment beside
//! it, and what is left of the source is written beside the record: so nothing can be forgotten.

use std::collections::HashMap;

use crate::interchange::account::{Account, Destination};
use crate::interchange::source::Source;
use crate::interchange::values::{self, When, when};
use crate::interchange::written::{Block, Written, of_source};
use crate::record::links::external::is_email;
use crate::record::links::phone::dial;
use crate::record::model::date::Date;

/// How the value of a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// One line without markup.
    Plain,
    /// The values of all fields, one after the other, with this between them.
    Joined(&'static str),
    /// A short text in Markdown.
    Inline,
    /// A text in Markdown.
    Prose,
    /// A short text in Markdown, whose list items become the `highlights` beside it.
    Bullets,
    /// A list of short texts.
    Highlights,
    /// A list of short texts, in which ` - ` begins a bullet inside the bullet.
    Nested,
    /// A list of names, or one text with commas between them.
    Names,
    /// The first and the last day, and perhaps a single one. Whether a missing end means that it goes on.
    Period {
        /// Whether a start without an end means that it goes on.
        open: bool,
    },
    /// A date.
    Date,
    /// A year, a month and a day, in fields of their own.
    DateParts,
    /// An address.
    Url,
    /// An address of a digital object (DOI).
    Doi,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A place: a text, or its parts.
    Location,
    /// A picture, which is not fetched.
    Picture,
}

impl How {
    /// What the documentation says of it.
    fn words(self) -> &'static str {
        match self {
            Self::Plain => "one line without markup",
            Self::Joined(_) => "together in one line",
            Self::Inline => "HTML becomes Markdown",
            Self::Prose => "Markdown; HTML becomes Markdown",
            Self::Bullets => "its list items become `highlights`",
            Self::Highlights => "HTML becomes Markdown",
            Self::Nested => "` - ` begins a bullet inside",
            Self::Names => "a list, or a text with commas",
            Self::Period { open: true } => "a start without an end goes on",
            Self::Period { open: false } => "as exact as they are written",
            Self::DateParts => "together, where there is no `date`",
            Self::Date => "other words than a date are printed as they are",
            Self::Url => "`https://` is added where it is missing",
            Self::Doi => "without the address of its resolver",
            Self::Email | Self::Phone => "where it is a valid one",
            Self::Location => "its parts",
            Self::Picture => "a comment: pictures are not fetched",
        }
    }
}

/// Where a field, or one of several names for it, goes.
#[derive(Debug)]
pub struct Field {
    /// Its names in the source. For [`How::Period`] the start, the end and the single date.
    pub from: &'static [&'static str],
    /// Its path in the entry of the record; `[]` is the first item of a list.
    pub to: &'static str,
    /// How its value is read.
    pub how: How,
}

/// A row of a table.
pub const fn field(from: &'static [&'static str], to: &'static str, how: How) -> Field {
    Field { from, to, how }
}

/// Where the entries of a list, or one map of the source, go.
#[derive(Debug)]
pub struct Section {
    /// Its path in the source; a list ends in `[]`.
    pub from: &'static str,
    /// Its path in the record; a list ends in `[]`.
    pub to: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// Keys of the record with fixed values.
    pub fixed: &'static [(&'static str, &'static str)],
    /// The key of the source that an entry has where it is a bare text.
    pub bare: &'static str,
    /// The key of the record that its id is made of.
    pub id: &'static str,
    /// Keys that the record must have.
    pub required: &'static [&'static str],
    /// What is done with an entry when all its fields are read; `false` where it cannot stand.
    pub finish: fn(&mut Block) -> bool,
}

impl Section {
    /// A section with fields alone.
    pub const fn new(from: &'static str, to: &'static str, fields: &'static [Field]) -> Self {
        let finish = |_: &mut Block| true;
        Self { from, to, fields, fixed: &[], bare: "", id: "", required: &[], finish }
    }

    /// With keys of fixed values.
    pub const fn fixed(mut self, fixed: &'static [(&'static str, &'static str)]) -> Self {
        self.fixed = fixed;
        self
    }

    /// With entries that may be bare texts: the value of this key.
    pub const fn bare(mut self, key: &'static str) -> Self {
        self.bare = key;
        self
    }

    /// With an id that is made of this key.
    pub const fn id(mut self, key: &'static str) -> Self {
        self.id = key;
        self
    }

    /// With keys that the record must have.
    pub const fn required(mut self, keys: &'static [&'static str]) -> Self {
        self.required = keys;
        self
    }

    /// With a last step.
    pub const fn finish(mut self, finish: fn(&mut Block) -> bool) -> Self {
        self.finish = finish;
        self
    }

    /// Its rows in the documentation.
    pub fn rows(&self) -> String {
        let mut rows = String::new();
        for Field { from, to, how } in self.fields {
            let between = if matches!(how, How::Period { .. } | How::Joined(_) | How::DateParts) {
                "`, `"
            } else {
                "` or `"
            };
            let names = from.iter().filter(|name| !name.is_empty());
            let names: Vec<&str> = names.copied().collect();
            let names = format!("`{}`", names.join(between));
            let place =
                if self.from.is_empty() { String::new() } else { format!("`{}`: ", self.from) };
            let to = match how {
                How::Period { .. } => {
                    let place = self.path(to);
                    let place = place.trim_end_matches('.');
                    format!("`start`, `end`, `date`, `dates` of `{place}`")
                }
                _ => format!("`{}`", self.path(to)),
            };
            rows += &format!("| {place}{names} | {to} | {} |\n", how.words());
        }
        rows
    }

    /// The path of a key of its entries in the record.
    fn path(&self, key: &str) -> String {
        match self.to {
            "" => key.to_owned(),
            to => format!("{to}.{key}"),
        }
    }
}

/// What stands for words that the record needs and the source lacks.
pub const MISSING: &str = "…";

/// Words of a language that a record needs where the source has none.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Title of the skills.
    pub skills: String,
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

/// What is left of an entry: a key, its value, and why.
type Rest = Vec<(String, Source, &'static str)>;

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
        let mut item = match item {
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
        let before = self.account.clone();
        let whole = item.clone();
        let (mut block, mut rest) = (Block::default(), Rest::new());
        for (key, value) in section.fixed {
            block.set(key, Written::Bare((*value).to_owned()));
        }
        let mut links = Vec::new();
        for field in section.fields {
            match field.how {
                How::Period { open } => {
                    self.period(path, &mut item, section, field, open, &mut block, &mut rest)
                }
                _ => self.field(path, &mut item, section, field, &mut block, &mut rest, &mut links),
            }
        }
        // A name that is a link, where the entry has an address of its own.
        let addressed = section.fields.iter().any(|field| field.to == "url");
        for (key, url) in links {
            let url = values::address(&url).unwrap_or(url);
            match block.text("url") {
                Some(there) if there == url => {}
                None if addressed && values::address(&url).is_some() => {
                    block.set("url", Written::Text(url))
                }
                _ => block.comments.push(format!("{key}: {url}")),
            }
        }
        if !(section.finish)(&mut block) {
            self.account = before;
            self.leave(path, whole);
            return None;
        }
        if let Source::Map(entries) = item {
            rest.extend(entries.into_iter().map(|(key, value)| (key, value, "")));
        }
        for (key, value, why) in rest {
            self.comment(&mut block, path, &key, &value, why);
        }
        for key in section.required {
            if block.get(key).is_none() {
                block.set(key, Written::Text(MISSING.to_owned()));
                let name = key.rsplit('.').next().unwrap_or(key);
                block
                    .comments
                    .push(format!("{name}: the source has none; write it in place of {MISSING}"));
                self.account.remark(format!(
                    "entries of `{path}` lack the {name}: `{MISSING}` stands for it"
                ));
            }
        }
        let order = section.fixed.iter().map(|(key, _)| *key);
        let order = order.chain(section.fields.iter().map(|field| field.to));
        let first = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let mut order: Vec<String> = order.map(first).collect();
        // The dates of an entry without positions stand where its table has them.
        let times = order.iter().position(String::is_empty).unwrap_or(order.len());
        order.splice(times..times, ["date", "dates", "start", "end"].map(str::to_owned));
        block.arrange(&order);
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

    /// Writes a value beside the entry it belongs to.
    pub fn comment(
        &mut self,
        block: &mut Block,
        path: &str,
        key: &str,
        value: &Source,
        why: &'static str,
    ) {
        self.account.add(&joined(path, key), value, &Destination::Comment(why));
        if !value.is_empty() {
            let line =
                Block { entries: vec![(key.to_owned(), of_source(value))], comments: Vec::new() };
            let line = line.yaml();
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            block.comments.push(format!("{}{why}", line.trim_end()));
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
        let slug = values::slug(name);
        let list = list.trim_end_matches("[]").trim_end_matches('s');
        let base = if slug.is_empty() { list.to_owned() } else { slug };
        let mut id = base.clone();
        while let Some(count) = self.ids.get_mut(&id) {
            *count += 1;
            id = format!("{base}-{count}");
        }
        self.ids.insert(id.clone(), 1);
        id
    }

    /// Reads one field of an entry.
    #[expect(clippy::too_many_arguments, reason = "the parts of one entry")]
    fn field(
        &mut self,
        path: &str,
        item: &mut Source,
        section: &Section,
        field: &Field,
        block: &mut Block,
        rest: &mut Rest,
        links: &mut Vec<(String, String)>,
    ) {
        let to = section.path(field.to);
        let went = Destination::Field(to);
        if field.how == How::DateParts {
            let parts: Vec<Option<Source>> = field.from.iter().map(|key| item.take(key)).collect();
            let texts: Vec<&str> = parts.iter().flatten().filter_map(Source::text).collect();
            let date = values::date_of_parts(&texts).filter(|_| block.get(field.to).is_none());
            if let Some(date) = date {
                block.set(field.to, Written::Bare(date.to_string()));
            }
            for (key, part) in field.from.iter().zip(parts) {
                match part {
                    Some(part) if part.is_empty() || date.is_some() => {
                        self.account.add(&joined(path, key), &part, &went)
                    }
                    Some(part) => rest.push(((*key).to_owned(), part, "")),
                    None => {}
                }
            }
            return;
        }
        if let How::Joined(between) = field.how {
            let mut words = Vec::new();
            for key in field.from {
                let Some(value) = item.take(key) else { continue };
                let texts = match &value {
                    Source::List(items) => {
                        items.iter().map(Source::text).collect::<Option<Vec<_>>>()
                    }
                    value => value.text().map(|text| vec![text]),
                };
                match texts {
                    Some(texts) => {
                        words.extend(texts.into_iter().map(|text| values::plain(text).0));
                        self.account.add(&joined(path, key), &value, &went);
                    }
                    None => rest.push(((*key).to_owned(), value, "")),
                }
            }
            if !words.is_empty() && block.get(field.to).is_none() {
                block.set(field.to, Written::Text(words.join(between)));
            }
            return;
        }
        for key in field.from {
            let Some(value) = item.take(key) else { continue };
            let from = joined(path, key);
            if value.is_empty() {
                self.account.add(&from, &value, &Destination::Empty);
                continue;
            }
            let (taken, left, why) = split(field.how, value);
            if !left.is_empty() {
                rest.push(((*key).to_owned(), left, why));
            }
            if taken.is_empty() {
                continue;
            }
            match write(field, &taken, block) {
                Ok(found) => {
                    self.account.add(&from, &taken, &went);
                    links.extend(found.into_iter().map(|url| (format!("link of {key}"), url)));
                }
                Err(Refused::Repeated) => self.account.add(&from, &taken, &Destination::Repeated),
                Err(Refused::Because(why)) => rest.push(((*key).to_owned(), taken, why)),
            }
        }
    }

    /// Reads when an entry was.
    #[expect(clippy::too_many_arguments, reason = "the parts of one entry")]
    fn period(
        &mut self,
        path: &str,
        item: &mut Source,
        section: &Section,
        field: &Field,
        open: bool,
        block: &mut Block,
        rest: &mut Rest,
    ) {
        let mut texts: [Option<(String, Source, When)>; 3] = [None, None, None];
        for (slot, key) in texts.iter_mut().zip(field.from) {
            let Some(value) = item.take(key) else { continue };
            if value.is_empty() {
                self.account.add(&joined(path, key), &value, &Destination::Empty);
                continue;
            }
            match value.text().and_then(when) {
                Some(when) => *slot = Some(((*key).to_owned(), value, when)),
                None => rest.push(((*key).to_owned(), value, "not a date")),
            }
        }
        let [start, end, single] = texts;
        let mut said = When::default();
        let mut wordings = Vec::new();
        let mut uses = Vec::new();
        let put = |key: String, value: Source, name: &'static str, uses: &mut Vec<_>| {
            uses.push((key, value, name));
        };
        if let Some((key, value, when)) = start {
            said.start = when.start.or(when.date);
            (said.end, said.present) = (when.end, when.present && when.start.is_some());
            wordings.extend(when.wording.clone().or_else(|| value.text().map(str::to_owned)));
            let exact = when.wording.is_none();
            match said.start {
                Some(_) => put(key, value, if exact { "start" } else { "dates" }, &mut uses),
                None => rest.push((key, value, "not a start")),
            }
        }
        if let Some((key, value, when)) = end {
            let last = when.end.or(when.date);
            let reversed =
                said.start.zip(last).is_some_and(|(start, end)| end.end() <= start.first_day());
            match (last, when.present) {
                (Some(_), _) if reversed => rest.push((key, value, "it ends before it starts")),
                (None, false) => rest.push((key, value, "not an end")),
                (last, present) => {
                    if said.start.is_none() {
                        said.start = when.start;
                    }
                    (said.end, said.present) = (last, present);
                    wordings
                        .extend(when.wording.clone().or_else(|| value.text().map(str::to_owned)));
                    put(
                        key,
                        value,
                        if when.wording.is_none() { "end" } else { "dates" },
                        &mut uses,
                    );
                }
            }
        } else if open && said.start.is_some() && said.end.is_none() {
            said.present = true;
            let key = field.from.get(1).unwrap_or(&"");
            self.account
                .remark(format!("entries of `{path}` without `{key}` go on: `end: present`"));
        }
        if let Some((key, value, when)) = single {
            let dated = said.start.is_some() || said.end.is_some() || said.present;
            match () {
                () if dated => rest.push((key, value, "there are a start and an end")),
                () if when.start.is_some() || when.present => {
                    (said.start, said.end, said.present) = (when.start, when.end, when.present);
                    put(key, value, "start", &mut uses);
                }
                () => {
                    said.date = when.date;
                    said.wording = when.wording.clone();
                    put(
                        key,
                        value,
                        if when.wording.is_none() { "date" } else { "dates" },
                        &mut uses,
                    );
                }
            }
        }
        let prefix = |name: &str| match field.to {
            "" => name.to_owned(),
            to => format!("{to}.{name}"),
        };
        for (key, value, name) in &uses {
            let to = section.path(&prefix(name));
            self.account.add(&joined(path, key), value, &Destination::Field(to));
        }
        if uses.iter().any(|(_, _, name)| *name == "dates") && said.wording.is_none() {
            said.wording = Some(wordings.join(" – "));
        }
        let date = |date: Option<Date>| date.map(|date| Written::Bare(date.to_string()));
        let present = Written::Bare("present".to_owned());
        let end = if said.present { Some(present) } else { date(said.end) };
        for (name, value) in [("date", date(said.date)), ("start", date(said.start)), ("end", end)]
        {
            if let Some(value) = value {
                block.set(&prefix(name), value);
            }
        }
        if let Some(wording) = said.wording {
            block.set(&prefix("dates"), Written::Text(wording));
        }
    }

    /// Makes positions of one entry out of neighbouring entries of one employer or school.
    pub fn join_positions(&mut self) {
        let Some(Written::List(items)) = self.record.take("career") else { return };
        let mut joined: Vec<Block> = Vec::new();
        let mut merged = false;
        for item in items {
            let Written::Block(mut block) = item else { continue };
            match joined.last_mut().filter(|last| same_employer(last, &block)) {
                None => joined.push(block),
                Some(last) => {
                    merged = true;
                    move_to_position(last);
                    move_to_position(&mut block);
                    if let Some(Written::List(positions)) = block.take("positions") {
                        positions.into_iter().for_each(|position| last.push("positions", position));
                    }
                    last.comments.append(&mut block.comments);
                }
            }
        }
        if merged {
            self.account.remark("neighbouring entries of one employer became its positions");
        }
        self.record.set("career", Written::List(joined.into_iter().map(Written::Block).collect()));
    }
}

/// What an entry with one position says of it, and what moves into the position where there are more.
pub const OF_POSITION: [&str; 3] = ["summary", "highlights", "technologies"];

/// Moves what an entry says of its only position into it.
fn move_to_position(block: &mut Block) {
    for key in OF_POSITION {
        if let Some(value) = block.take(key) {
            block.set(&format!("positions[].{key}"), value);
        }
    }
}

/// Whether two entries are one employer's, and differ in nothing but their positions.
fn same_employer(one: &Block, other: &Block) -> bool {
    let named = one.text("organization").is_some_and(|name| name != MISSING);
    let own = |block: &Block| {
        let of_position =
            |key: &str| ["id", "positions"].contains(&key) || OF_POSITION.contains(&key);
        let entries = block.entries.iter().filter(|(key, _)| !of_position(key));
        entries.cloned().collect::<Vec<_>>()
    };
    named && own(one) == own(other)
}

/// The path of a key below a path.
pub fn joined(path: &str, key: &str) -> String {
    match (path, key) {
        ("", key) => key.to_owned(),
        (path, "") => path.to_owned(),
        (path, key) => format!("{path}.{key}"),
    }
}

/// Why a value does not go into its field.
enum Refused {
    /// The field has it already.
    Repeated,
    /// What is wrong with it.
    Because(&'static str),
}

/// The part of a value that a field can take, the rest of it, and why.
fn split(how: How, value: Source) -> (Source, Source, &'static str) {
    match (how, value) {
        (How::Picture, value) => {
            let why = "pictures are not fetched: put it into this folder, and write `photo: {file: NAME, alt: Portrait}`";
            (Source::Empty, value, why)
        }
        (How::Location, Source::Map(entries)) => {
            let (taken, left) = entries.into_iter().partition(|(key, value)| {
                LOCATION.iter().any(|(name, _)| name == key) && value.text().is_some()
            });
            (Source::Map(taken), Source::Map(left), "")
        }
        (How::Highlights | How::Nested | How::Names, Source::List(items)) => {
            let (taken, left) =
                items.into_iter().partition(|item| item.text().is_some() || item.is_empty());
            (Source::List(taken), Source::List(left), "")
        }
        (_, Source::Text(text)) => (Source::Text(text), Source::Empty, ""),
        (_, Source::List(mut items)) => match items.iter().position(|item| item.text().is_some()) {
            Some(at) => (items.remove(at), Source::List(items), "one value only"),
            None => (Source::Empty, Source::List(items), ""),
        },
        (_, other) => (Source::Empty, other, ""),
    }
}

/// The parts of a place: their names in other formats, and in the record.
const LOCATION: [(&str, &str); 7] = [
    ("address", "address"),
    ("postalCode", "postal-code"),
    ("city", "city"),
    ("region", "region"),
    ("country", "country"),
    ("countryCode", "country"),
    ("state", "region"),
];

/// Writes a value into its field; returns the addresses of links that it held.
fn write(field: &Field, value: &Source, block: &mut Block) -> Result<Vec<String>, Refused> {
    let text = value.text().unwrap_or_default();
    let no = |why| Err(Refused::Because(why));
    let mut links = Vec::new();
    let written = match field.how {
        How::Plain => {
            let (words, found) = values::plain(text);
            links = found;
            if words.is_empty() {
                return no("no words");
            }
            Written::Text(words)
        }
        How::Inline | How::Prose | How::Bullets => {
            let text = match field.how {
                How::Prose => values::markdown(text),
                How::Inline => values::inline(text),
                _ => {
                    let (text, items) = values::paragraphs_and_items(text);
                    let list = match field.to.rsplit_once('.') {
                        Some((parent, _)) => format!("{parent}.highlights"),
                        None => "highlights".to_owned(),
                    };
                    // The summary stands before the highlights.
                    if !text.is_empty() && block.get(field.to).is_none() {
                        block.set(field.to, Written::Text(String::new()));
                    }
                    items.into_iter().for_each(|item| block.push(&list, Written::Text(item)));
                    text
                }
            };
            if text.is_empty() {
                return Ok(links);
            }
            match block.text(field.to) {
                Some("") => Written::Text(text),
                Some(there) if there == text => return Err(Refused::Repeated),
                Some(there) => {
                    let text = format!("{there}\n\n{text}");
                    block.set(field.to, Written::Text(text));
                    return Ok(links);
                }
                None => Written::Text(text),
            }
        }
        How::Highlights | How::Nested => {
            let texts: Vec<String> = match value {
                Source::List(items) => {
                    items.iter().filter_map(Source::text).map(str::to_owned).collect()
                }
                _ => {
                    text.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect()
                }
            };
            for text in texts {
                let text = values::inline(&text);
                let text = if field.how == How::Nested { nested(&text) } else { text };
                if !text.is_empty() {
                    block.push(field.to, Written::Text(text));
                }
            }
            return Ok(links);
        }
        How::Names => {
            let texts: Vec<&str> = match value {
                Source::List(items) => items.iter().filter_map(Source::text).collect(),
                _ => names(text),
            };
            for text in texts {
                let (words, found) = values::plain(text);
                links.extend(found);
                if !words.is_empty() {
                    block.push(field.to, Written::Text(words));
                }
            }
            return Ok(links);
        }
        How::Date => match when(text) {
            Some(When { date: Some(date), wording, .. }) => {
                if let Some(wording) = wording {
                    block.set("dates", Written::Text(wording));
                }
                Written::Bare(date.to_string())
            }
            _ => return no("not a date"),
        },
        How::Url => match values::address(text) {
            Some(url) => Written::Text(url),
            None => return no("not an address that readers reach"),
        },
        How::Doi => {
            let doi = text
                .trim_start_matches("https://doi.org/")
                .trim_start_matches("http://dx.doi.org/");
            let doi = doi.trim_start_matches("doi:").trim();
            if !doi.starts_with("10.") || doi.contains(char::is_whitespace) {
                return no("not a DOI");
            }
            Written::Text(doi.to_owned())
        }
        How::Email => {
            let address = text.trim_start_matches("mailto:");
            if !is_email(address) {
                return no("not an e-mail address");
            }
            Written::Text(address.to_owned())
        }
        How::Phone => {
            let number = text.trim_start_matches("tel:");
            if dial(number).is_err() {
                return no("not a telephone number that can be dialled");
            }
            Written::Text(number.to_owned())
        }
        How::Location => match value {
            Source::Map(entries) => {
                let mut parts = Block::default();
                for (key, value) in entries {
                    let name = LOCATION.iter().find(|(name, _)| name == key).map(|(_, name)| name);
                    let words = values::plain(value.text().unwrap_or_default()).0;
                    if let Some(name) = name.filter(|_| !words.is_empty()) {
                        parts.set(name, Written::Text(words));
                    }
                }
                parts.arrange(&LOCATION.map(|(_, name)| name.to_owned()));
                match parts.entries.as_slice() {
                    [(name, city)] if name == "city" => city.clone(),
                    _ => Written::Block(parts),
                }
            }
            _ => Written::Text(values::plain(text).0),
        },
        How::Joined(_) | How::DateParts | How::Period { .. } | How::Picture => return no(""),
    };
    match block.get(field.to) {
        Some(Written::Text(there)) if there.is_empty() => block.set(field.to, written),
        None => block.set(field.to, written),
        Some(there) if *there == written => return Err(Refused::Repeated),
        Some(_) => return no("the field has another value"),
    }
    Ok(links)
}

/// The names in a text with commas, semicolons or line breaks between them. Commas in parentheses
/// belong to a name.
fn names(text: &str) -> Vec<&str> {
    let (mut names, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | ';' | '\n' | '、' if depth <= 0 => {
                names.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    names.push(&text[from..]);
    let names: Vec<&str> =
        names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    // A sentence is no list of names.
    let sentence = |name: &&str| {
        let mut words = name.split_whitespace();
        let first = words.next().unwrap_or_default();
        ["and", "und", "et", "y", "e", "og", "och", "en"].contains(&first) || words.count() >= 4
    };
    if names.iter().any(sentence) { vec![text.trim()] } else { names }
}

/// A text in which ` - ` begins a bullet of its own line.
fn nested(text: &str) -> String {
    if text.contains('\n') { text.to_owned() } else { text.replace(" - ", "\n- ") }
}
