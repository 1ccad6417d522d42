//! Tree → typed values, all problems of a file in one pass.
//!
//! [`Read`] says how one type is read; `record!` writes a struct and
//! its reader from one declaration, so that a field, its key, its documentation and its rules are
//! declared once. A value that cannot be read is reported and left out; reading goes on.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Place, Sources, brief};
use crate::record::other_names::meant;
use crate::record::schema::{Key, Object, Schemas, optional};
use crate::record::text::Text;
use crate::record::yaml::lines::quoted_line;
use crate::record::yaml::tree::{Kind, Node};

/// What reading needs beside the tree: where problems go and which languages the record speaks.
#[derive(Debug)]
pub struct Reader<'a> {
    /// Everything found so far.
    pub diagnostics: Vec<Diagnostic>,
    /// The languages of `site.languages`; the first is the default.
    pub languages: Vec<String>,
    /// The files that the tree was built from.
    pub sources: &'a Sources,
    /// Keys that are written by an older name: their places, and the names they have now.
    pub renamed: Vec<(Place, String)>,
}

impl<'a> Reader<'a> {
    /// A reader of a tree that was built from these files, with the record's languages.
    pub fn new(sources: &'a Sources, languages: Vec<String>) -> Self {
        Self { diagnostics: Vec::new(), languages, sources, renamed: Vec::new() }
    }

    /// Reports a problem and returns nothing.
    pub fn fail<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.diagnostics.push(diagnostic);
        None
    }

    /// Reports that a value has another form than its field wants.
    pub fn mismatch<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        if let (Kind::Null, Some(words)) = (&node.kind, node.cut) {
            let line = quoted_line(self.sources.text(words.file), words.start, words.end);
            let message = format!("expected {wanted}, found a comment");
            let diagnostic = Diagnostic::error("E010", message).at(words);
            let hint = format!("` #` begins a comment; put a text in quotes: `{line}`");
            return self.fail(diagnostic.hint(hint));
        }
        let diagnostic =
            Diagnostic::error("E010", format!("expected {wanted}, found {}", node.describe()));
        let hint = match &node.kind {
            Kind::Null => "write a value after the `:`, or remove the key",
            Kind::Scalar(scalar) if scalar.text.trim().is_empty() => {
                "write words, or remove the key"
            }
            _ if wanted.starts_with("a list") => "begin each item with `- ` on a line of its own",
            _ if wanted.contains("key: value") => "write `key: value` on lines of their own",
            Kind::Scalar(_) => "write one value of that form",
            Kind::List(_) => "write one value, without `- ` and brackets",
            Kind::Map(_) => "write one value, without keys and braces",
        };
        self.fail(diagnostic.at(node.place).hint(hint))
    }

    /// Reports that a text is wanted and something else is there, with the line as it should be.
    pub fn no_text<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        let Place { file, start, .. } = node.place;
        let source = self.sources.text(file);
        let before = source[..start].trim_end();
        let bracket = match () {
            () if before.ends_with('{') => Some(before.len() - 1),
            () if source[start..].starts_with(['[', '{']) => Some(start),
            () => None,
        };
        let diagnostic = match &node.kind {
            Kind::Map(entries) if bracket.is_none() && !entries.is_empty() => {
                let key = brief(&entries[0].0.text);
                let message = format!("expected {wanted}, but the `: ` makes `{key}` a key");
                let diagnostic = Diagnostic::error("E010", message).at(entries[0].0.place);
                match entries.as_slice() {
                    [_] => {
                        let line = quoted_line(source, start, end(node));
                        diagnostic.hint(format!(
                            "a colon and a blank make a key; put the text in quotes: `{line}`"
                        ))
                    }
                    _ => diagnostic.hint("put each text that contains `: ` in quotes"),
                }
            }
            Kind::Map(_) | Kind::List(_) if bracket.is_some() => {
                let message = format!("expected {wanted}, found {}", node.describe());
                let diagnostic = Diagnostic::error("E010", message).at(node.place);
                let open = bracket.unwrap_or(start);
                let last = end(node).max(open + 1);
                let close = source[last..].find([']', '}']).map_or(last, |close| last + close + 1);
                let line = quoted_line(source, open, close);
                diagnostic.hint(format!(
                    "a bracket begins a list or a map; put a text in quotes: `{line}`"
                ))
            }
            Kind::List(_) => {
                let message = format!("expected {wanted}, found a list");
                let diagnostic = Diagnostic::error("E010", message).at(node.place);
                diagnostic
                    .hint("write one text; `|` behind the key makes the lines below it one text")
            }
            _ => return self.mismatch(node, wanted),
        };
        self.fail(diagnostic)
    }

    /// Warns of words behind a text that YAML takes for a comment.
    pub fn cut(&mut self, node: &Node) {
        let Some(words) = node.cut else { return };
        let Place { file, start, .. } = node.place;
        let source = self.sources.text(file);
        let comment = &source[words.start..words.end];
        let line = quoted_line(source, start, words.end);
        let message = format!("`{}` is not read: ` #` begins a comment", brief(comment));
        let diagnostic = Diagnostic::warning("W082", message)
            .at(words)
            .hint(format!("where it is a part of the text, put the text in quotes: `{line}`"));
        let words = comment.trim_start_matches('#');
        self.diagnostics.push(match words.is_empty() {
            true => diagnostic,
            false => diagnostic.hint(format!("a comment has a blank behind its `#`: `# {words}`")),
        });
    }

    /// The characters of a scalar; otherwise a problem that names what was wanted.
    pub fn scalar<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n str> {
        match &node.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => self.mismatch(node, wanted),
        }
    }

    /// The characters of a text, or a problem that says how to write it.
    pub fn text<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n str> {
        self.cut(node);
        match &node.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => self.no_text(node, wanted),
        }
    }
}

/// Where a value ends; what an alias repeats ends where the alias is used.
pub fn end(node: &Node) -> usize {
    let Place { file, start, end: own } = node.place;
    let inner = |inner: &Node| match inner.place {
        place if place.file == file && place.start >= start => end(inner),
        _ => own,
    };
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => own,
        Kind::List(items) => items.iter().map(inner).fold(own, usize::max),
        Kind::Map(entries) => entries.iter().map(|(_, value)| inner(value)).fold(own, usize::max),
    }
}

/// How a type is represented in the data: read, described, written.
pub trait Read: Sized {
    /// Reads the value, or reports what is wrong with it.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;

    /// What a missing key means: `None` makes the key required.
    fn absent() -> Option<Self> {
        None
    }

    /// The placeholder for a value that is missing or cannot be read, so that other problems are
    /// found too. A record with such a value is never printed. `None` leaves the entry out.
    fn placeholder(_: Place) -> Option<Self> {
        Self::absent()
    }

    /// The JSON Schema of what [`Read::read`] takes.
    fn schema(schemas: &mut Schemas) -> Value;

    /// The value in the form it is read from.
    fn value(&self) -> Value;

    /// Collects every text the value holds.
    fn texts<'a>(&'a self, _: &mut Vec<&'a Text>) {}

    /// The keys of a field of this type: its own, or those of all fields of a group.
    fn keys_of(key: Key) -> Vec<Key> {
        vec![key]
    }

    /// Reads a field of a map; its type decides what a missing key means.
    fn read_field(node: &Node, key: &Key, what: &str, reader: &mut Reader) -> Option<Self> {
        field(node, key, what, reader)
    }

    /// Adds the schema of a field of this type to that of its map.
    fn describe_field(object: &mut Object, key: &Key, docs: &[&str], schemas: &mut Schemas) {
        let schema = Self::schema(schemas);
        object.key(key, schema, Self::absent().is_none(), docs);
    }

    /// Adds a field of this type to its map, unless it is empty.
    fn put_field(&self, key: &Key, map: &mut Map<String, Value>) {
        put(map, key.name.clone(), self.value());
    }
}

impl<T: Read> Read for Option<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match node.kind {
            Kind::Null => {
                reader.cut(node);
                Some(None)
            }
            _ => T::read(node, reader).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        optional(T::schema(schemas))
    }

    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::value)
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.iter().for_each(|value| value.texts(texts));
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            Kind::Null => Some(Vec::new()),
            Kind::List(items) => {
                Some(items.iter().filter_map(|item| T::read(item, reader)).collect())
            }
            _ => reader.mismatch(node, "a list (lines that begin with `- `)"),
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema(schemas: &mut Schemas) -> Value {
        json!({ "type": ["array", "null"], "items": T::schema(schemas) })
    }

    fn value(&self) -> Value {
        self.iter().map(T::value).collect()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.iter().for_each(|value| value.texts(texts));
    }
}

impl Read for bool {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match reader.scalar(node, "`true` or `false`")? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            other => {
                let message = format!("expected `true` or `false`, found `{}`", brief(other));
                let diagnostic = Diagnostic::error("E010", message).at(node.place);
                reader.fail(diagnostic.hint("YAML 1.2 knows no other words for them"))
            }
        }
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "type": "boolean" })
    }

    fn value(&self) -> Value {
        (*self).into()
    }
}

impl Read for u32 {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a whole number")?;
        match text.parse() {
            Ok(number) => Some(number),
            Err(_) => {
                let message = format!("expected a whole number, found `{}`", brief(text));
                let diagnostic = Diagnostic::error("E010", message).at(node.place);
                reader.fail(diagnostic.hint("write digits only, such as `12`"))
            }
        }
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
    }

    fn value(&self) -> Value {
        (*self).into()
    }
}

/// A value with the place it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub place: Place,
}

/// Values are compared without their places.
impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Read> Read for Spanned<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        Some(Self { value: T::read(node, reader)?, place: node.place })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }

    fn value(&self) -> Value {
        self.value.value()
    }
}

impl Read for String {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        reader.text(node, "one text").map(crate::record::letters::normal)
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "type": ["string", "number"] })
    }

    fn value(&self) -> Value {
        self.as_str().into()
    }
}

/// Adds an entry to a map unless it is empty.
pub fn put(map: &mut Map<String, Value>, key: String, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    };
    if !empty {
        map.insert(key, value);
    }
}

/// The entries of a map that no field claims are problems, each with the nearest field's name.
pub fn unknown_keys(node: &Node, what: &str, known: &[Key], reader: &mut Reader) {
    let Kind::Map(entries) = &node.kind else { return };
    let is_known = |word: &str| known.iter().any(|key| key.names().any(|name| name == word));
    let unknown = entries.iter().filter(|(key, _)| !is_known(&key.text));
    for (at, (key, _)) in unknown.enumerate() {
        let word = brief(&key.text);
        let diagnostic =
            Diagnostic::error("E011", format!("unknown key `{word}` in {what}")).at(key.place);
        // So many unknown keys are no typing errors.
        let likely: &[Key] = if at < SUGGESTED { known } else { &[] };
        reader.diagnostics.push(match meant(&key.text, likely) {
            Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
            None => {
                let names: Vec<&str> = known.iter().map(|key| key.name.as_str()).collect();
                diagnostic
                    .hint(format!("known keys: {}", names.join(", ")))
                    .kind(format!("unknown keys in {what}"), format!("`{word}`"))
            }
        });
    }
}

/// Unknown keys of one map that are compared with the known ones.
const SUGGESTED: usize = 100;

/// Reads one field of a map; its type decides what a missing key means.
fn field<T: Read>(node: &Node, key: &Key, what: &str, reader: &mut Reader) -> Option<T> {
    let mut given = key.names().filter_map(|name| Some((name, node.entry(name)?)));
    if let Some((given_name, (first, value))) = given.next() {
        if given_name != key.name {
            reader.renamed.push((first.place, key.name.clone()));
        }
        for (name, (second, _)) in given {
            let message = format!("`{name}` is another name of `{}`, which is given too", key.name);
            let diagnostic = Diagnostic::error("E011", message).at(second.place);
            let diagnostic = diagnostic.related(first.place, "the first");
            reader.diagnostics.push(diagnostic.hint("keep one of them"));
        }
        return T::read(value, reader);
    }
    T::absent().or_else(|| {
        let name = &key.name;
        let diagnostic = Diagnostic::error("E012", format!("{what} lacks the key `{name}`"));
        reader.fail(
            diagnostic.at(node.place).label("this one").hint(format!("add a line `{name}: …`")),
        )
    })
}

/// Whether a map has one of these keys.
pub fn has_any(node: &Node, keys: &[Key]) -> bool {
    keys.iter().any(|key| key.names().any(|name| node.get(name).is_some()))
}
