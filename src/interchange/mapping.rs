//! Tables that say where the fields of another format go.

use crate::interchange::commented_yaml::Block;

/// What stands for words that the record needs and the source lacks.
pub const MISSING: &str = "…";

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
    pub fn path(&self, key: &str) -> String {
        match self.to {
            "" => key.to_owned(),
            to => format!("{to}.{key}"),
        }
    }

    /// The order of the keys of its entries.
    pub fn order(&self) -> Vec<String> {
        let order = self.fixed.iter().map(|(key, _)| *key);
        let order = order.chain(self.fields.iter().map(|field| field.to));
        let first = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let mut order: Vec<String> = order.map(first).collect();
        // The dates of an entry without positions stand where its table has them.
        let times = order.iter().position(String::is_empty).unwrap_or(order.len());
        order.splice(times..times, ["date", "dates", "start", "end"].map(str::to_owned));
        order
    }
}
