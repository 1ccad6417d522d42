//! The YAML of a record with comments: what `serde_yaml` cannot write.

use serde_json::{Map, Value};

use crate::interchange::source::Source;

/// The key under which a value keeps its comments; no key of a record looks like it.
const COMMENTS: &str = "#";

/// A value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Words.
    Text(String),
    /// A date, an id or a number, which needs no quotation marks.
    Bare(String),
    /// A list.
    List(Vec<Written>),
    /// A map.
    Block(Block),
}

/// A map, with comments for those who read the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// Its keys and values in order.
    pub entries: Vec<(String, Written)>,
    /// Lines of comments behind the last entry.
    pub comments: Vec<String>,
}

impl Block {
    /// The value at a path such as `positions[].title`, where `[]` is the first item of a list.
    pub fn get(&self, path: &str) -> Option<&Written> {
        let (key, rest) = path.split_once('.').unwrap_or((path, ""));
        let (name, list) = key.strip_suffix("[]").map_or((key, false), |name| (name, true));
        let (_, value) = self.entries.iter().find(|(key, _)| key == name)?;
        let value = match value {
            Written::List(items) if list => items.first()?,
            value => value,
        };
        match value {
            _ if rest.is_empty() => Some(value),
            Written::Block(block) => block.get(rest),
            _ => None,
        }
    }

    /// The words at a path.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.get(path)? {
            Written::Text(text) | Written::Bare(text) => Some(text),
            Written::List(_) | Written::Block(_) => None,
        }
    }

    /// The place of a value; it is made where it is missing, as an empty map.
    pub fn place(&mut self, path: &str) -> &mut Written {
        let (key, rest) = path.split_once('.').unwrap_or((path, ""));
        let (name, list) = key.strip_suffix("[]").map_or((key, false), |name| (name, true));
        let at = self.entries.iter().position(|(key, _)| key == name).unwrap_or_else(|| {
            let empty = Written::Block(Self::default());
            let value = if list { Written::List(vec![empty]) } else { empty };
            self.entries.push((name.to_owned(), value));
            self.entries.len() - 1
        });
        let mut value = &mut self.entries[at].1;
        if list && let Written::List(items) = value {
            if items.is_empty() {
                items.push(Written::Block(Self::default()));
            }
            value = &mut items[0];
        }
        if rest.is_empty() {
            return value;
        }
        // What has no keys has no place inside: it makes room for the value.
        if !matches!(value, Written::Block(_)) {
            *value = Written::Block(Self::default());
        }
        match value {
            Written::Block(block) => block.place(rest),
            value => value,
        }
    }

    /// Sets the value at a path.
    pub fn set(&mut self, path: &str, value: Written) {
        *self.place(path) = value;
    }

    /// Takes the value of a key out of the map.
    pub fn take(&mut self, key: &str) -> Option<Written> {
        let at = self.entries.iter().position(|(name, _)| name == key)?;
        Some(self.entries.remove(at).1)
    }

    /// The blocks of a list at a key.
    pub fn blocks(&self, key: &str) -> impl Iterator<Item = &Self> {
        let items = match self.get(key) {
            Some(Written::List(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().filter_map(|item| match item {
            Written::Block(block) => Some(block),
            _ => None,
        })
    }

    /// Adds an item to the list at a path.
    pub fn push(&mut self, path: &str, item: Written) {
        let place = self.place(path);
        match place {
            Written::List(items) => items.push(item),
            other => *other = Written::List(vec![item]),
        }
    }

    /// Brings the keys into an order; those that it does not name come last.
    pub fn arrange(&mut self, order: &[String]) {
        let rank = |key: &String| order.iter().position(|name| name == key);
        self.entries.sort_by_key(|(key, _)| rank(key).unwrap_or(order.len()));
    }

    /// The map as YAML.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        write_block(self, 0, &mut out);
        out
    }

    /// The map without its comments.
    pub fn value(&self) -> Value {
        self.as_value(false)
    }

    /// The map with its comments under a key that stands for them, for [`Written::of`].
    pub fn commented(&self) -> Value {
        self.as_value(true)
    }

    fn as_value(&self, comments: bool) -> Value {
        let entries =
            self.entries.iter().map(|(key, value)| (key.clone(), value.as_value(comments)));
        let mut entries: Map<String, Value> = entries.collect();
        if comments && !self.comments.is_empty() {
            entries.insert(COMMENTS.to_owned(), self.comments.iter().map(String::as_str).collect());
        }
        Value::Object(entries)
    }
}

impl Written {
    fn as_value(&self, comments: bool) -> Value {
        match self {
            Self::Text(text) | Self::Bare(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(|item| item.as_value(comments)).collect(),
            Self::Block(block) => block.as_value(comments),
        }
    }

    /// A value, perhaps with comments, as one that can be written.
    pub fn of(value: &Value) -> Self {
        match value {
            // Dates and ids are read the same with quotation marks and without.
            Value::String(text) if is_bare(text) => Self::Bare(text.clone()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(entries) => {
                let own = entries.iter().filter(|(key, _)| *key != COMMENTS);
                let own = own.map(|(key, value)| (key.clone(), Self::of(value)));
                let comments =
                    entries.get(COMMENTS).and_then(Value::as_array).into_iter().flatten();
                let comments = comments.filter_map(Value::as_str).map(str::to_owned);
                Self::Block(Block { entries: own.collect(), comments: comments.collect() })
            }
            other => Self::Bare(other.to_string()),
        }
    }
}

/// Whether a text is a date, a number or a simple word.
fn is_bare(text: &str) -> bool {
    let numeric = text.starts_with(|c: char| c.is_ascii_digit());
    numeric && text.chars().all(|c| c.is_ascii_digit() || c == '-') || text == "present"
}

/// A value of the file as it is written into comments and beside the record.
pub fn of_source(source: &Source) -> Written {
    match source {
        Source::Empty => Written::Bare("null".to_owned()),
        Source::Text(text) => Written::Text(text.clone()),
        Source::List(items) => Written::List(items.iter().map(of_source).collect()),
        Source::Map(entries) => {
            // What all was taken of is empty now.
            let left = entries.iter().filter(|(_, value)| !value.is_empty());
            let entries = left.map(|(key, value)| (key.clone(), of_source(value)));
            Written::Block(Block { entries: entries.collect(), comments: Vec::new() })
        }
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

fn write_block(block: &Block, depth: usize, out: &mut String) {
    for (key, value) in &block.entries {
        *out += &indent(depth);
        *out += &scalar(key, 0);
        out.push(':');
        write_value(value, depth, out);
    }
    for line in block.comments.iter().flat_map(|comment| comment.lines()) {
        *out += format!("{}# {line}", indent(depth)).trim_end();
        out.push('\n');
    }
}

/// Writes a value behind its key.
fn write_value(value: &Written, depth: usize, out: &mut String) {
    match value {
        Written::Text(text) => *out += &format!(" {}\n", scalar(text, depth + 1)),
        Written::Bare(text) => *out += &format!(" {text}\n"),
        Written::List(items) if items.is_empty() => *out += " []\n",
        Written::Block(block) if block.entries.is_empty() && block.comments.is_empty() => {
            *out += " {}\n";
        }
        Written::List(items) => {
            out.push('\n');
            write_items(items, depth + 1, out);
        }
        Written::Block(block) => {
            out.push('\n');
            write_block(block, depth + 1, out);
        }
    }
}

/// Writes the items of a list, each behind a `-`.
pub fn write_items(items: &[Written], depth: usize, out: &mut String) {
    for item in items {
        match item {
            Written::Block(block) if !block.entries.is_empty() => {
                let mut inner = String::new();
                write_block(block, depth + 1, &mut inner);
                *out += &format!("{}- {}", indent(depth), &inner[2 * (depth + 1)..]);
            }
            item => {
                *out += &format!("{}-", indent(depth));
                write_value(item, depth, out);
            }
        }
    }
}

/// A text as YAML, in quotation marks where it needs them.
pub fn scalar(text: &str, depth: usize) -> String {
    let yaml = serde_yaml::to_string(text).unwrap_or_else(|_| format!("{text:?}"));
    let mut lines = yaml.trim_end_matches('\n').split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |yaml, line| match line {
        "" => yaml + "\n",
        line => format!("{yaml}\n{}{}", indent(depth), line.strip_prefix("  ").unwrap_or(line)),
    })
}
