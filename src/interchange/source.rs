//! The file of another program as a tree of texts, whatever its syntax: JSON, YAML, a ZIP of CSV
//! tables, XML, BibTeX.
//!
//! This file must not know what any key means.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read as _};
use std::path::Path;

use biblatex::{Bibliography, ChunksExt as _};
use jsonc_parser::ast::Value as Json;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use roxmltree::{Document, Node as Element, ParsingOptions};
use serde_json::Value;

use crate::diagnostics::{Severity, Sources};
use crate::error::Error;
use crate::record::letters::normal;
use crate::record::yaml::characters::{Oddity, oddities};
use crate::record::yaml::decode::decode;
use crate::record::yaml::parse::parse;
use crate::record::yaml::tree::{Kind, Node};

/// Bytes of one text file that is imported; a career of 1,000 pages has a tenth.
pub const TEXT_LIMIT: u64 = 8_000_000;
/// Bytes of an archive; LinkedIn's hold pictures and messages beside the tables.
pub const ARCHIVE_LIMIT: u64 = 500_000_000;
/// How deep values may nest.
const DEPTH_LIMIT: usize = 64;
/// The key that holds the entries of a BibTeX file.
pub const BIBTEX: &str = "bibtex";

/// A value of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Source {
    /// Nothing, or an empty text.
    #[default]
    Empty,
    /// A text, a number or a boolean, as it is written.
    Text(String),
    /// Several values.
    List(Vec<Source>),
    /// Values with keys, in the order of the file. A key that is given twice is here twice.
    Map(Vec<(String, Source)>),
}

impl Source {
    /// A text without blanks around it.
    pub fn of(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// The value at a path of keys with dots between them.
    pub fn get(&self, path: &str) -> Option<&Self> {
        let (key, rest) = split(path);
        let Self::Map(entries) = self else { return None };
        let (_, value) = entries.iter().find(|(name, _)| name == key)?;
        if rest.is_empty() { Some(value) } else { value.get(rest) }
    }

    /// Takes the value at a path of keys out of the tree.
    pub fn take(&mut self, path: &str) -> Option<Self> {
        let (key, rest) = split(path);
        let Self::Map(entries) = self else { return None };
        let at = entries.iter().position(|(name, _)| name == key)?;
        if rest.is_empty() { Some(entries.remove(at).1) } else { entries[at].1.take(rest) }
    }

    /// Adds a value to a map.
    pub fn put(&mut self, key: &str, value: Self) {
        if let Self::Map(entries) = self {
            entries.push((key.to_owned(), value));
        }
    }

    /// The text of a value that is one.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The value as JSON, all of whose words are texts.
    pub fn value(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::value).collect(),
            Self::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.clone(), value.value()));
                Value::Object(entries.collect())
            }
        }
    }

    /// The keys of a map.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let entries = if let Self::Map(entries) = self { entries.as_slice() } else { &[] };
        entries.iter().map(|(key, _)| key.as_str())
    }

    /// Whether there is no text in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(_) => false,
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Map(entries) => entries.iter().all(|(_, value)| value.is_empty()),
        }
    }

    /// Calls `each` with the path and the text of every value below this one; `""` is a value
    /// without a text. Items of a list have one path, which ends in `[]`.
    pub fn each_value(&self, path: &str, each: &mut dyn FnMut(&str, &str)) {
        match self {
            Self::Empty => each(path, ""),
            Self::Text(text) => each(path, text),
            Self::List(items) if items.is_empty() => each(path, ""),
            Self::Map(entries) if entries.is_empty() => each(path, ""),
            Self::List(items) => {
                items.iter().for_each(|item| item.each_value(&format!("{path}[]"), each));
            }
            Self::Map(entries) => entries.iter().for_each(|(key, value)| {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                value.each_value(&path, each);
            }),
        }
    }

    /// Removes characters from all texts that no record may hold; returns how many.
    fn clean(&mut self) -> usize {
        let own = |text: &mut String| {
            let (clean, count) = cleaned(text);
            *text = clean;
            count
        };
        match self {
            Self::Empty => 0,
            Self::Text(text) => {
                let count = own(text);
                *self = Self::of(text);
                count
            }
            Self::List(items) => items.iter_mut().map(Self::clean).sum(),
            Self::Map(entries) => {
                entries.iter_mut().map(|(key, value)| own(key) + value.clean()).sum()
            }
        }
    }
}

fn split(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or((path, ""))
}

/// A text without the characters that no record may hold, and how many those were. A mark for a lost
/// character becomes `?`.
pub fn cleaned(text: &str) -> (String, usize) {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let text = normal(&text.replace(['\t', '\u{b}', '\u{c}'], " "));
    let odd: Vec<(usize, char, Oddity)> = oddities(&text).collect();
    if odd.is_empty() {
        return (text, 0);
    }
    let (mut clean, mut from) = (String::new(), 0);
    for (at, c, oddity) in &odd {
        clean += &text[from..*at];
        if *oddity == Oddity::Lost {
            clean.push('?');
        }
        from = at + c.len_utf8();
    }
    clean += &text[from..];
    // What stood between two such characters may be one of them now.
    let (clean, more) = cleaned(&clean);
    (clean, odd.len() + more)
}

/// What a file holds, with remarks about what is odd in it.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its values.
    pub tree: Source,
    /// What was put right while it was read.
    pub remarks: Vec<String>,
    /// Tables of an archive that say nothing about a career, with their rows.
    pub unread: Vec<(String, usize)>,
}

/// Reads a file by what its bytes look like. An archive's tables are read where `wanted` says so.
///
/// # Errors
/// What is wrong with it.
pub fn read(bytes: Vec<u8>, path: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Contents, Error> {
    let mut contents = Contents::default();
    if bytes.starts_with(b"PK\x03\x04") {
        archive(bytes, wanted, &mut contents)?;
    } else {
        let text = text_of(bytes, &path.display().to_string())?;
        let start = text.trim_start();
        let named = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
        contents.tree = if named("bib") || start.starts_with('@') {
            bibtex(&text)?
        } else if start.starts_with('<') {
            xml(&text)?
        } else if start.starts_with(['{', '[']) {
            json(&text, &mut contents.remarks)?
        } else {
            yaml(&text, &mut contents.remarks)?
        };
    }
    let removed = contents.tree.clean();
    if removed > 0 {
        contents.remarks.push(format!("{removed} hidden or lost characters were removed"));
    }
    Ok(contents)
}

/// The text of a file in UTF-8, or in the encoding of Western European programs.
fn text_of(bytes: Vec<u8>, name: &str) -> Result<String, Error> {
    if bytes.len() as u64 > TEXT_LIMIT {
        let message = format!("`{name}` is larger than {} MB", TEXT_LIMIT / 1_000_000);
        return Err(Error::new(message, "remove what is no text from it, such as pictures"));
    }
    decode(bytes).map_err(|foreign| {
        let message = format!("`{name}` is not UTF-8; it looks like {}", foreign.encoding);
        Error::new(message, "save it as UTF-8, which every editor offers")
    })
}

fn json(text: &str, remarks: &mut Vec<String>) -> Result<Source, Error> {
    let wrong = |error: &dyn std::fmt::Display| {
        Error::new(format!("not valid JSON: {error}"), "correct the file at that place")
    };
    let read = |options: &ParseOptions| parse_to_ast(text, &CollectOptions::default(), options);
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = match read(&strict) {
        Ok(parsed) => parsed,
        Err(error) => {
            // Two values in a row are more often a lost bracket than a lost comma.
            let loose = ParseOptions { allow_missing_commas: false, ..ParseOptions::default() };
            let parsed = read(&loose).map_err(|error| wrong(&error))?;
            remarks.push(format!("not valid JSON, but clear: {error}"));
            parsed
        }
    };
    fn convert(value: &Json, depth: usize, remarks: &mut Vec<String>) -> Option<Source> {
        if depth > DEPTH_LIMIT {
            return None;
        }
        Some(match value {
            Json::StringLit(text) => Source::of(&text.value),
            Json::NumberLit(number) => Source::of(number.value),
            Json::BooleanLit(word) => Source::Text(word.value.to_string()),
            Json::NullKeyword(_) => Source::Empty,
            Json::Array(list) => {
                let items = list.elements.iter().map(|item| convert(item, depth + 1, remarks));
                Source::List(items.collect::<Option<_>>()?)
            }
            Json::Object(object) => {
                let (mut entries, mut keys) = (Vec::new(), HashSet::new());
                for property in &object.properties {
                    let key = property.name.as_str().to_owned();
                    if !keys.insert(key.clone()) {
                        remarks.push(format!("the key `{key}` is given twice in one map"));
                    }
                    entries.push((key, convert(&property.value, depth + 1, remarks)?));
                }
                Source::Map(entries)
            }
        })
    }
    let Some(value) = parsed.value else { return Ok(Source::Empty) };
    convert(&value, 0, remarks).ok_or_else(too_deep)
}

fn too_deep() -> Error {
    let message = format!("lists and maps nest deeper than {DEPTH_LIMIT} levels");
    Error::new(message, "no format of a career does; it is another file")
}

fn yaml(text: &str, remarks: &mut Vec<String>) -> Result<Source, Error> {
    let mut sources = Sources::default();
    let file = sources.add("the file", text);
    let (root, diagnostics) = parse(file, text);
    let place = |diagnostic: &crate::diagnostics::Diagnostic| {
        let at = diagnostic.place.map(|place| sources.line_column(place));
        at.map(|(line, column)| format!(" (line {line}, column {column})")).unwrap_or_default()
    };
    let Some(root) = root else {
        let worst = diagnostics.iter().find(|found| found.severity == Severity::Error);
        let Some(worst) = worst else { return Ok(Source::Empty) };
        let hint = worst.hints.first().cloned();
        let hint = hint.unwrap_or_else(|| "correct the file at that place".to_owned());
        return Err(Error::new(format!("{}{}", worst.message, place(worst)), hint));
    };
    // Hidden characters are counted where they are removed.
    let odd = diagnostics.iter().filter(|found| !matches!(found.code, "E080" | "E081" | "E086"));
    remarks.extend(odd.map(|found| format!("{}{}", found.message, place(found))));
    fn convert(node: &Node) -> Source {
        match &node.kind {
            Kind::Null => Source::Empty,
            Kind::Scalar(scalar) => Source::of(&scalar.text),
            Kind::List(items) => Source::List(items.iter().map(convert).collect()),
            Kind::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.text.clone(), convert(value)));
                Source::Map(entries.collect())
            }
        }
    }
    Ok(convert(&root))
}

/// The CSV tables of an archive: a map of file names without `.csv` to lists of rows.
fn archive(
    bytes: Vec<u8>,
    wanted: &dyn Fn(&str) -> bool,
    contents: &mut Contents,
) -> Result<(), Error> {
    let broken = |error: zip::result::ZipError| {
        Error::new(format!("the archive cannot be read: {error}"), "download it once more")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let (mut tables, mut left) = (Vec::new(), TEXT_LIMIT);
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(broken)?;
        let Some(path) = file.enclosed_name() else {
            let message = format!("the archive holds `{}`, which leads out of it", file.name());
            return Err(Error::new(
                message,
                "such an archive is an attack; nothing was read of it",
            ));
        };
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
        let csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let Some(name) = name.filter(|_| csv && !file.is_dir()) else { continue };
        let mut bytes = Vec::new();
        // The size is what comes out, not what the archive says.
        let read = file.take(left + 1).read_to_end(&mut bytes);
        read.map_err(|error| broken(error.into()))?;
        let Some(rest) = left.checked_sub(bytes.len() as u64) else {
            let message =
                format!("the tables of the archive are larger than {} MB", TEXT_LIMIT / 1_000_000);
            return Err(Error::new(message, "remove those that say nothing about a career"));
        };
        left = rest;
        let rows = rows(&text_of(bytes, &name)?, &name)?;
        match wanted(&name) {
            true => tables.push((name, Source::List(rows))),
            false => contents.unread.push((name, rows.len())),
        }
    }
    tables.sort_by(|(a, _), (b, _)| a.cmp(b));
    contents.unread.sort();
    contents.tree = Source::Map(tables);
    Ok(())
}

/// The rows of a CSV table, each a map from the names in its first row.
fn rows(text: &str, name: &str) -> Result<Vec<Source>, Error> {
    let wrong = |error: csv::Error| {
        Error::new(format!("the table `{name}` cannot be read: {error}"), "export it once more")
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(wrong)?.clone();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(wrong)?;
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let name = head.get(at).map(str::trim).filter(|name| !name.is_empty());
            (name.map_or_else(|| format!("column {}", at + 1), str::to_owned), Source::of(cell))
        });
        rows.push(Source::Map(cells.collect()));
    }
    Ok(rows)
}

/// The elements of an XML file: a map of the root's name to its content.
fn xml(text: &str) -> Result<Source, Error> {
    let wrong = |error: roxmltree::Error| {
        Error::new(format!("not valid XML: {error}"), "export the file once more")
    };
    // Documents that define entities of their own can grow beyond any memory.
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(wrong)?;
    fn convert(element: Element, depth: usize) -> Option<Source> {
        if depth > DEPTH_LIMIT {
            return None;
        }
        let mut entries: Vec<(String, Source)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for attribute in element.attributes() {
            entries.push((format!("@{}", attribute.name()), Source::of(attribute.value())));
        }
        for inner in element.children().filter(Element::is_element) {
            let (name, value) = (inner.tag_name().name(), convert(inner, depth + 1)?);
            let next = entries.len();
            let at = *places.entry(name.to_owned()).or_insert(next);
            match entries.get_mut(at) {
                Some((_, Source::List(items))) => items.push(value),
                Some((_, first)) => {
                    *first = Source::List(vec![std::mem::take(first), value]);
                }
                None => entries.push((name.to_owned(), value)),
            }
        }
        let texts = element.children().filter(Element::is_text).filter_map(|inner| inner.text());
        let words: String = texts.collect();
        Some(match (entries.is_empty(), words.trim()) {
            (true, words) => Source::of(words),
            (false, "") => Source::Map(entries),
            (false, words) => {
                entries.push(("text".to_owned(), Source::of(words)));
                Source::Map(entries)
            }
        })
    }
    let root = document.root_element();
    let value = convert(root, 0).ok_or_else(too_deep)?;
    Ok(Source::Map(vec![(root.tag_name().name().to_owned(), value)]))
}

/// The entries of a BibTeX file, each with its `key`, its `type` and its fields, LaTeX's commands read
/// as the letters that they stand for.
fn bibtex(text: &str) -> Result<Source, Error> {
    let bibliography = Bibliography::parse(text).map_err(|error| {
        let line = 1 + text[..error.span.start.min(text.len())].matches('\n').count();
        let message = format!("not valid BibTeX: {} (line {line})", error.kind);
        Error::new(message, "correct the entry at that place")
    })?;
    let entries = bibliography.iter().map(|entry| {
        let mut fields = vec![
            ("key".to_owned(), Source::of(&entry.key)),
            ("type".to_owned(), Source::of(&entry.entry_type.to_string())),
        ];
        for (name, chunks) in &entry.fields {
            let people = ["author", "editor"].contains(&name.as_str());
            let value = match (people, entry.get_as::<Vec<biblatex::Person>>(name)) {
                (true, Ok(people)) => Source::List(people.iter().map(person).collect()),
                _ => Source::of(&emphasised(&chunks.format_verbatim())),
            };
            fields.push((name.clone(), value));
        }
        Source::Map(fields)
    });
    Ok(Source::Map(vec![(BIBTEX.to_owned(), Source::List(entries.collect()))]))
}

/// LaTeX's emphasis as Markdown's.
fn emphasised(text: &str) -> String {
    let mut text = text.to_owned();
    for (command, sign) in
        [("emph", "*"), ("textit", "*"), ("textsl", "*"), ("textbf", "**"), ("texttt", "`")]
    {
        while let Some((before, rest)) = text.split_once(&format!("\\{command}{{")) {
            let Some((inner, after)) = rest.split_once('}') else { break };
            text = format!("{before}{sign}{inner}{sign}{after}");
        }
    }
    text
}

/// A person's name as people write it.
fn person(person: &biblatex::Person) -> Source {
    let biblatex::Person { given_name, prefix, name, suffix, .. } = person;
    let parts = [given_name, prefix, name, suffix].map(|part| part.trim());
    let words: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Source::of(&words.join(" "))
}
