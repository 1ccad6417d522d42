//! The account of an import: where every value of the source went.

use std::collections::HashMap;
use std::fmt::{self, Display, Formatter};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::interchange::source::Source;

/// Where a value went.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Destination {
    /// A field of the record, by its path.
    Field(String),
    /// A comment beside the entry that it belongs to; and why.
    Comment(&'static str),
    /// The file of leftovers.
    Leftovers,
    /// Nowhere: the source says nothing there.
    Empty,
    /// Nowhere: another field of the source says the same.
    Repeated,
}

/// The values of one field of the source that went to one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The field, by its path in the source.
    pub from: String,
    /// How many values.
    pub count: usize,
    /// Where they went.
    pub to: Destination,
}

/// All values of a source, and where they went.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// One row for each field and place, in the order of the import.
    pub rows: Vec<Row>,
    /// What was put right, assumed or not read.
    pub remarks: Vec<String>,
    /// The places of the rows by what they are about.
    index: HashMap<(String, Destination), usize>,
}

impl Account {
    /// Counts every value below a path of the source.
    pub fn add(&mut self, path: &str, source: &Source, to: &Destination) {
        source.each_value(path, &mut |path, text| {
            let to = if text.is_empty() { &Destination::Empty } else { to };
            self.count_row(path.to_owned(), to.clone(), 1);
        });
    }

    /// Adds another account.
    pub fn append(&mut self, other: Self) {
        for Row { from, count, to } in other.rows {
            self.count_row(from, to, count);
        }
        other.remarks.into_iter().for_each(|remark| self.remark(remark));
    }

    fn count_row(&mut self, from: String, to: Destination, count: usize) {
        let next = self.rows.len();
        let at = *self.index.entry((from.clone(), to.clone())).or_insert(next);
        if at == next {
            self.rows.push(Row { from, count: 0, to });
        }
        self.rows[at].count += count;
    }

    /// Adds a remark that is not there yet.
    pub fn remark(&mut self, remark: impl Into<String>) {
        let remark = remark.into();
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// How many values the account has.
    pub fn count(&self) -> usize {
        self.rows.iter().map(|row| row.count).sum()
    }

    /// How many values went to such a place.
    pub fn count_of(&self, is: impl Fn(&Destination) -> bool) -> usize {
        self.rows.iter().filter(|row| is(&row.to)).map(|row| row.count).sum()
    }

    /// The account for programs.
    pub fn value(&self) -> Value {
        let rows = self.rows.iter().map(|Row { from, count, to }| {
            let (kind, more) = match to {
                Destination::Field(field) => ("field", field.as_str()),
                Destination::Comment(why) => ("comment", *why),
                Destination::Leftovers => ("leftovers", ""),
                Destination::Empty => ("empty", ""),
                Destination::Repeated => ("repeated", ""),
            };
            let mut row = json!({ "from": from, "count": count, "to": kind });
            match to {
                Destination::Field(_) => row["field"] = more.into(),
                Destination::Comment(why) if !why.is_empty() => row["reason"] = more.into(),
                _ => {}
            }
            row
        });
        json!({ "values": rows.collect::<Vec<_>>(), "remarks": self.remarks })
    }
}

impl Display for Destination {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Self::Field(field) => f.write_str(field),
            Self::Comment("") => f.write_str("a comment beside the entry"),
            Self::Comment(why) => write!(f, "a comment beside the entry: {why}"),
            Self::Leftovers => f.write_str("the leftovers"),
            Self::Empty => f.write_str("nothing: it is empty"),
            Self::Repeated => f.write_str("nothing: another field says the same"),
        }
    }
}

impl Display for Account {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.from.width()).max().unwrap_or_default().min(60);
        for Row { from, count, to } in &self.rows {
            let blanks = " ".repeat(width.saturating_sub(from.width()));
            writeln!(f, "{from}{blanks} {count:>5}  {to}")?;
        }
        self.remarks.iter().try_for_each(|remark| writeln!(f, "note: {remark}"))
    }
}
