//! YAML text → a tree that keeps the byte span of every key and value.
//!
//! Scalars stay the characters that were typed: what `no`, `12:30` or `2024` means is decided by
//! the field that reads them. This file must not know what any key means.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::problem::{FileId, Place, Problem};

/// Nodes one file may hold, aliases expanded: stops alias bombs while leaving room for a
/// record of thousands of pages.
const NODE_BUDGET: usize = 500_000;
/// How deep lists and maps may nest; deeper is a mistake, and recursion must stay bounded.
const DEPTH_LIMIT: usize = 64;

/// One value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where the value stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// The forms a value takes.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Nothing was written, or `~`, or `null`.
    Null,
    /// A scalar.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A scalar as typed.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The characters, after YAML's own unfolding and escapes.
    pub text: String,
    /// Whether it was a literal block (`|`), whose lines are the file's lines.
    pub literal: bool,
}

/// A key with its place.
#[derive(Debug, Clone)]
pub struct Key {
    /// The characters of the key.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    /// The entry of a map under `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Map(entries) => {
                entries.iter().find(|(k, _)| k.text == key).map(|(_, node)| node)
            }
            _ => None,
        }
    }

    /// What the value is, in the words of a message.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Scalar(_) => "a single value",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}

/// Reads the one document of a YAML file.
///
/// # Errors
/// Syntax errors, duplicate keys (both places named), unknown aliases, several documents.
/// The tree comes back whenever the syntax allowed one, so that later problems are found too.
pub fn parse(file: FileId, text: &str) -> (Option<Node>, Vec<Problem>) {
    let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut builder = Builder {
        file,
        offsets,
        text,
        problems: Vec::new(),
        anchors: HashMap::new(),
        nodes: 0,
    };
    let mut parser = Parser::new_from_str(text);
    let mut root = None;
    loop {
        let (event, span) = match parser.next_event() {
            None => break,
            Some(Ok(found)) => found,
            Some(Err(error)) => {
                let place = builder.place_of(error.marker().index(), error.marker().index() + 1);
                builder.problems.push(
                    Problem::error("E001", format!("not valid YAML: {}", error.info()))
                        .at(place)
                        .hint(syntax_hint(text, place.start)),
                );
                return (None, builder.problems);
            }
        };
        match event {
            Event::StreamStart | Event::StreamEnd | Event::Nothing => {}
            Event::DocumentEnd => {}
            Event::DocumentStart(_) => {
                if root.is_some() {
                    let place = builder.place(span);
                    builder.problems.push(
                        Problem::error("E002", "a second YAML document in one file")
                            .at(place)
                            .hint("remove the `---` line, or move what follows to a file of its own"),
                    );
                    break;
                }
            }
            event => match builder.node(&mut parser, event, span, 0) {
                Ok(node) => root = Some(node),
                Err(problem) => {
                    builder.problems.push(*problem);
                    return (None, builder.problems);
                }
            },
        }
    }
    let empty = Node { place: builder.place_of(0, 0), kind: Kind::Null };
    (Some(root.unwrap_or(empty)), builder.problems)
}

fn syntax_hint(text: &str, at: usize) -> String {
    let line_start = text[..at.min(text.len())].rfind('\n').map_or(0, |n| n + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let indent: &str = &line[..line.len() - line.trim_start().len()];
    if indent.contains('\t') {
        "indent with spaces: YAML allows no tab there".into()
    } else if line.matches(": ").count() > 1 {
        "put quotes round a value that contains `: `".into()
    } else {
        "check the quotes, the indentation and the `:` of this line and the one before".into()
    }
}

struct Builder<'a> {
    file: FileId,
    /// Byte offset of each character: the parser counts characters, problems count bytes.
    offsets: Vec<usize>,
    text: &'a str,
    problems: Vec<Problem>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
}

type Step<T> = Result<T, Box<Problem>>;

impl Builder<'_> {
    fn place_of(&self, start: usize, end: usize) -> Place {
        let byte = |index: usize| self.offsets.get(index).copied().unwrap_or(self.text.len());
        Place { file: self.file, start: byte(start), end: byte(end) }
    }

    fn place(&self, span: Span) -> Place {
        self.place_of(span.start.index(), span.end.index())
    }

    /// Builds the value that `event` begins, reading on until it is whole.
    fn node<'i>(
        &mut self,
        parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>,
        event: Event<'i>,
        span: Span,
        depth: usize,
    ) -> Step<Node> {
        let mut place = self.place(span);
        self.count(1, place)?;
        if depth > DEPTH_LIMIT {
            let message = format!("lists and maps nest deeper than {DEPTH_LIMIT} levels");
            return Err(Box::new(Problem::error("E003", message).at(place)));
        }
        let (kind, anchor) = match event {
            Event::Scalar(text, style, anchor, _tag) => {
                let plain = style == ScalarStyle::Plain;
                let kind = if plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL") {
                    Kind::Null
                } else {
                    Kind::Scalar(Scalar {
                        text: text.into_owned(),
                        literal: style == ScalarStyle::Literal,
                    })
                };
                (kind, anchor)
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.next(parser)?;
                    if matches!(event, Event::SequenceEnd) {
                        break;
                    }
                    items.push(self.node(parser, event, span, depth + 1)?);
                }
                if let Some(last) = items.last() {
                    place.end = place.end.max(last.place.end);
                }
                (Kind::List(items), anchor)
            }
            Event::MappingStart(anchor, _) => {
                let entries = self.map(parser, depth)?;
                if let Some((first, _)) = entries.first() {
                    place = Place { start: first.place.start, end: first.place.end, ..place };
                }
                (Kind::Map(entries), anchor)
            }
            Event::Alias(id) => {
                let Some(node) = self.anchors.get(&id).cloned() else {
                    let problem = Problem::error("E004", "an alias without an anchor").at(place);
                    return Err(Box::new(problem));
                };
                self.count(size(&node), place)?;
                return Ok(node);
            }
            _ => (Kind::Null, 0),
        };
        let node = Node { place, kind };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn map<'i>(
        &mut self,
        parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>,
        depth: usize,
    ) -> Step<Vec<(Key, Node)>> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut merged: Vec<(Key, Node)> = Vec::new();
        loop {
            let (event, span) = self.next(parser)?;
            let key = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, ..) => Key { text: text.into_owned(), place: self.place(span) },
                _ => {
                    let problem = Problem::error("E005", "a key must be a single word or text");
                    return Err(Box::new(problem.at(self.place(span))));
                }
            };
            let (event, span) = self.next(parser)?;
            let value = self.node(parser, event, span, depth + 1)?;
            if key.text == "<<" {
                match value.kind {
                    Kind::Map(inner) => merged.extend(inner),
                    Kind::List(maps) => {
                        for map in maps {
                            if let Kind::Map(inner) = map.kind {
                                merged.extend(inner);
                            }
                        }
                    }
                    _ => self.problems.push(
                        Problem::error("E006", "`<<` merges maps, and this is not one").at(value.place),
                    ),
                }
            } else if let Some((first, _)) = entries.iter().find(|(k, _)| k.text == key.text) {
                self.problems.push(
                    Problem::error("E007", format!("the key `{}` stands twice", key.text))
                        .at(key.place)
                        .label("here again")
                        .related(first.place, "first here")
                        .hint("keep one of them"),
                );
            } else {
                entries.push((key, value));
            }
        }
        for (key, value) in merged {
            if entries.iter().all(|(k, _)| k.text != key.text) {
                entries.push((key, value));
            }
        }
        Ok(entries)
    }

    fn next<'i>(
        &mut self,
        parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>,
    ) -> Step<(Event<'i>, Span)> {
        match parser.next_event() {
            Some(Ok(found)) => Ok(found),
            Some(Err(error)) => {
                let at = error.marker().index();
                let place = self.place_of(at, at + 1);
                Err(Box::new(
                    Problem::error("E001", format!("not valid YAML: {}", error.info()))
                        .at(place)
                        .hint(syntax_hint(self.text, place.start)),
                ))
            }
            None => Err(Box::new(
                Problem::error("E001", "not valid YAML: the file ends in the middle of a value")
                    .at(self.place_of(usize::MAX, usize::MAX)),
            )),
        }
    }

    fn count(&mut self, nodes: usize, place: Place) -> Step<()> {
        self.nodes += nodes;
        if self.nodes > NODE_BUDGET {
            let problem = Problem::error("E008", format!("more than {NODE_BUDGET} values in one file"))
                .at(place)
                .hint("aliases that repeat aliases grow without end; write the values out");
            return Err(Box::new(problem));
        }
        Ok(())
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.kind {
        Kind::List(items) => items.iter().map(size).sum(),
        Kind::Map(entries) => entries.iter().map(|(_, value)| size(value)).sum(),
        _ => 0,
    }
}
