//! YAML text → a tree. This file must not know what any key means.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use crate::diagnostics::{Diagnostic, FileId, Place, brief};
use crate::record::yaml::characters::{odd_character, oddities};
use crate::record::yaml::misread::{cut, folded, foreign_blank};
use crate::record::yaml::syntax::explain;
use crate::record::yaml::tree::{Key, Kind, Node, Scalar};

/// Nodes one file may hold, aliases expanded: stops alias bombs while leaving room for a
/// record of thousands of pages.
const NODE_BUDGET: usize = 500_000;
/// Bytes of text one file may hold, aliases expanded.
const TEXT_BUDGET: usize = 16_000_000;
/// How deep lists and maps may nest; deeper is a mistake, and recursion must stay bounded.
const DEPTH_LIMIT: usize = 64;
/// Most odd characters reported of one file; a file that is no text has thousands.
const ODDITY_LIMIT: usize = 20;
/// Most duplicate keys reported of one map; a map with more is no record.
const REPEAT_LIMIT: usize = 1_000;
/// Bytes of the largest file whose tree is kept.
const KEPT: usize = 256 << 10;

/// Reads the one document of a YAML file.
///
/// # Errors
/// Syntax errors, duplicate keys (both places named), unknown aliases, several documents.
/// The tree comes back whenever the syntax allowed one, so that later problems are found too.
///
/// Most files of a record stay from run to run: what is in those that people write is kept until the
/// engine's cache forgets it.
pub fn parse(file: FileId, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    #[comemo::memoize]
    fn kept(file: FileId, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
        build(file, text)
    }
    if text.len() <= KEPT { kept(file, text) } else { build(file, text) }
}

fn build(file: FileId, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    // Files are far smaller than that; half the memory counts where there are millions.
    let offsets = offsets.map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
    let mut builder = Builder {
        file,
        offsets,
        text,
        diagnostics: odd_characters(file, text),
        anchors: HashMap::new(),
        nodes: 0,
        bytes: 0,
    };
    let root = builder.document(&mut Parser::new_from_str(text));
    let root = root.map_err(|diagnostic| builder.diagnostics.push(*diagnostic)).ok();
    // YAML takes such a blank for a letter, so what follows it is read as something else.
    let misread = builder.diagnostics.iter().any(|diagnostic| diagnostic.code == "E087");
    (root.filter(|_| !misread), builder.diagnostics)
}

/// A problem for each character that should not be in any text.
fn odd_characters(file: FileId, text: &str) -> Vec<Diagnostic> {
    let odd = oddities(text).take(ODDITY_LIMIT);
    odd.map(|(at, c, oddity)| {
        odd_character(c, oddity).at(Place { file, start: at, end: at + c.len_utf8() })
    })
    .collect()
}

fn too_deep(place: Place) -> Diagnostic {
    let message = format!("lists and maps nest deeper than {DEPTH_LIMIT} levels");
    Diagnostic::error("E003", message)
        .at(place)
        .hint("no key of a record needs it: write the lists flat")
}

struct Builder<'a> {
    file: FileId,
    /// Byte offset of each character: the parser counts characters, problems count bytes.
    offsets: Vec<u32>,
    text: &'a str,
    diagnostics: Vec<Diagnostic>,
    anchors: HashMap<usize, Node>,
    /// Values so far.
    nodes: usize,
    /// Bytes of their texts.
    bytes: usize,
}

type Step<T> = Result<T, Box<Diagnostic>>;

impl Builder<'_> {
    fn place_of(&self, start: usize, end: usize) -> Place {
        Place { file: self.file, start: self.byte(start), end: self.byte(end) }
    }

    /// Where a character begins, by its number.
    fn byte(&self, character: usize) -> usize {
        self.offsets.get(character).map_or(self.text.len(), |at| *at as usize)
    }

    fn place(&self, span: Span) -> Place {
        self.place_of(span.start.index(), span.end.index())
    }

    /// Builds the tree of the file's one document.
    fn document<'i>(&mut self, parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>) -> Step<Node> {
        let mut root = None;
        while let Some(next) = parser.next_event() {
            let (event, span) = next.map_err(|error| self.syntax(&error))?;
            match event {
                Event::StreamStart | Event::StreamEnd | Event::Nothing | Event::DocumentEnd => {}
                Event::DocumentStart(_) if root.is_none() => {}
                Event::DocumentStart(_) => {
                    let diagnostic =
                        Diagnostic::error("E002", "a second YAML document in one file")
                            .at(self.place(span))
                            .hint(
                                "remove the `---` line, or move what follows to a file of its own",
                            );
                    self.diagnostics.push(diagnostic);
                    break;
                }
                event => root = Some(self.node(parser, event, span, 0)?),
            }
        }
        Ok(root.unwrap_or(Node::new(self.place_of(0, 0), Kind::Null)))
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
        self.count((1, 0), place)?;
        if depth > DEPTH_LIMIT {
            return Err(Box::new(too_deep(place)));
        }
        let mut behind = None;
        let (kind, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.check_tag(tag.as_deref(), place);
                self.lost(place, style);
                let tagged = |name| tag.as_ref().is_some_and(|tag| tag.suffix == name);
                self.count((0, text.len()), place)?;
                self.escapes(&text, place);
                if style == ScalarStyle::Plain {
                    behind = self.cut(place.end);
                }
                let plain = style == ScalarStyle::Plain && !tagged("str");
                let kind = if plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL")
                {
                    Kind::Null
                } else {
                    Kind::Scalar(Scalar {
                        text: text.into_owned(),
                        literal: style == ScalarStyle::Literal,
                    })
                };
                (kind, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), place);
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.next(parser)?;
                    if matches!(event, Event::SequenceEnd) {
                        break;
                    }
                    let item = self.node(parser, event, span, depth + 1)?;
                    items.push(self.with_comment(item, None));
                }
                if let Some(last) = items.last() {
                    place.end = place.end.max(last.place.end);
                }
                (Kind::List(items), anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), place);
                let entries = self.map(parser, depth)?;
                if let Some((first, _)) = entries.first() {
                    place = Place { start: first.place.start, end: first.place.end, ..place };
                }
                (Kind::Map(entries), anchor)
            }
            Event::Alias(id) => {
                let Some(node) = self.anchors.get(&id) else {
                    let diagnostic =
                        Diagnostic::error("E004", "the alias is inside its own anchor");
                    return Err(Box::new(diagnostic.at(place).hint("write the value out")));
                };
                self.count(size(node), place)?;
                return self.anchors.get(&id).cloned().ok_or_else(|| {
                    Box::new(Diagnostic::error("E004", "an alias without an anchor").at(place))
                });
            }
            _ => (Kind::Null, 0),
        };
        let node = Node { place, kind, cut: behind };
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
        let mut places: HashMap<String, Place> = HashMap::new();
        let mut merged: Vec<(Key, Node)> = Vec::new();
        let mut repeats = 0;
        loop {
            let (event, span) = self.next(parser)?;
            let (key, plain) = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, style, ..) => {
                    let key = Key { text: text.into_owned(), place: self.place(span) };
                    (key, style == ScalarStyle::Plain)
                }
                _ => {
                    let diagnostic =
                        Diagnostic::error("E005", "a key must be a single word or text")
                            .at(self.place(span))
                            .hint("put quotes round a value that begins with `{` or `[`");
                    return Err(Box::new(diagnostic));
                }
            };
            self.escapes(&key.text, key.place);
            let (event, span) = self.next(parser)?;
            let value = self.node(parser, event, span, depth + 1)?;
            let value = self.with_comment(value, Some(key.place));
            if plain {
                self.blank(key.place.start..key.place.end);
            }
            if plain && key.text == "<<" {
                self.merge(value, &mut merged);
            } else if let Some(first) = places.get(&key.text) {
                repeats += 1;
                if repeats > REPEAT_LIMIT {
                    continue;
                }
                self.diagnostics.push(
                    Diagnostic::error(
                        "E007",
                        format!("the key `{}` is given twice", brief(&key.text)),
                    )
                    .at(key.place)
                    .label("here again")
                    .related(*first, "first here")
                    .hint("keep one of them"),
                );
            } else {
                places.insert(key.text.clone(), key.place);
                entries.push((key, value));
            }
        }
        for (key, value) in merged {
            if !places.contains_key(&key.text) {
                places.insert(key.text.clone(), key.place);
                entries.push((key, value));
            }
        }
        Ok(entries)
    }

    /// Takes over the entries that `<<` names: of a map, or of each map of a list.
    fn merge(&mut self, value: Node, merged: &mut Vec<(Key, Node)>) {
        match value.kind {
            Kind::Map(inner) => merged.extend(inner),
            Kind::List(maps) if maps.iter().all(|map| matches!(map.kind, Kind::Map(_))) => {
                maps.into_iter().for_each(|map| self.merge(map, merged));
            }
            _ => self.diagnostics.push(
                Diagnostic::error("E006", "`<<` merges maps, and this is not one")
                    .at(value.place)
                    .hint("name an anchored map, as in `<<: *name`"),
            ),
        }
    }

    /// Reports a tag other than those of texts, lists and maps, which would otherwise be dropped in
    /// silence. The key decides what a text means.
    fn check_tag(&mut self, tag: Option<&Tag>, place: Place) {
        let core = ["str", "seq", "map"];
        let is_core = |tag: &Tag| tag.is_yaml_core_schema() && core.contains(&tag.suffix.as_str());
        if let Some(tag) = tag.filter(|tag| !is_core(tag)) {
            let message =
                format!("the tag `{}{}` means nothing here", tag.handle, brief(&tag.suffix));
            let diagnostic = Diagnostic::error("E084", message).at(place);
            self.diagnostics.push(
                diagnostic.hint("remove it, or put quotes round a text that begins with `!`"),
            );
        }
    }

    /// The words behind a plain value that ends at a byte, where they look like a part of it.
    fn cut(&self, end: usize) -> Option<Place> {
        let words = cut(self.text, end)?;
        Some(Place { file: self.file, start: words.start, end: words.end })
    }

    /// A value of which nothing is written but a comment that looks like the value, with the place
    /// of that comment: behind the key, or behind the `-` above where the parser stopped.
    fn with_comment(&self, mut node: Node, key: Option<Place>) -> Node {
        if !matches!(node.kind, Kind::Null) || node.place.start < node.place.end {
            return node;
        }
        let behind = match key {
            Some(key) => {
                let rest = self.text[key.end..].trim_start_matches(' ').strip_prefix(':');
                rest.map(|rest| self.text.len() - rest.len())
            }
            None => {
                // Not among brackets, where a line may be as long as its file.
                let above = self.text[..node.place.start].trim_end();
                let line = above.rfind(['\n', '[', '{']).map_or(above, |at| &above[at + 1..]);
                let item = line.trim_start().strip_prefix('-');
                item.map(|item| above.len() - item.trim_start_matches([' ', '-']).len() - 1)
            }
        };
        if let Some(words) = behind.and_then(|behind| self.cut(behind)) {
            node.place = words;
            node.cut = Some(words);
        }
        node
    }

    /// Reports what YAML folds into a text or takes for a letter of it.
    fn lost(&mut self, place: Place, style: ScalarStyle) {
        self.diagnostics.extend(folded(self.file, self.text, place.start..place.end, style));
        if style != ScalarStyle::Plain {
            return;
        }
        let mut start = place.start;
        for line in self.text[place.start..place.end].split('\n') {
            // A text may begin with such a blank.
            if start > place.start || !line.starts_with(char::is_whitespace) {
                self.blank(start..start + line.len());
            }
            start += line.len() + 1;
        }
    }

    /// Reports a blank in a line that YAML takes for a letter.
    fn blank(&mut self, line: Range<usize>) {
        self.diagnostics.extend(foreign_blank(self.file, self.text, line));
    }

    /// Odd characters that were written as escapes; those written out have been found already.
    fn escapes(&mut self, text: &str, place: Place) {
        let written = self.text.get(place.start..place.end).unwrap_or_default();
        if written.contains('\\') {
            let odd = oddities(text).filter(|(_, c, _)| !written.contains(*c)).take(ODDITY_LIMIT);
            self.diagnostics.extend(odd.map(|(_, c, oddity)| odd_character(c, oddity).at(place)));
        }
    }

    /// Reports where a mistake in the syntax is.
    fn syntax(&self, error: &ScanError) -> Box<Diagnostic> {
        let at = error.marker().index();
        let byte = self.byte(at);
        if error.info().contains("recursion limit") {
            // The parser reads brackets ahead, so it may stop before the tree is as deep.
            return Box::new(too_deep(self.place_of(at, at + 1)));
        }
        Box::new(explain(self.file, self.text, error.info(), byte))
    }

    fn next<'i>(
        &mut self,
        parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>,
    ) -> Step<(Event<'i>, Span)> {
        match parser.next_event() {
            Some(Ok(found)) => Ok(found),
            Some(Err(error)) => Err(self.syntax(&error)),
            None => Err(Box::new(
                Diagnostic::error("E001", "not valid YAML: the file ends in the middle of a value")
                    .hint("look for a quote or a bracket that is not closed")
                    .at(self.place_of(usize::MAX, usize::MAX)),
            )),
        }
    }

    fn count(&mut self, (nodes, bytes): (usize, usize), place: Place) -> Step<()> {
        self.nodes += nodes;
        self.bytes += bytes;
        if self.nodes <= NODE_BUDGET && self.bytes <= TEXT_BUDGET {
            return Ok(());
        }
        let diagnostic =
            Diagnostic::error("E008", format!("more than {NODE_BUDGET} values, or 16 MB of text"))
                .at(place)
                .hint("aliases that repeat aliases grow without end; write the values out");
        Err(Box::new(diagnostic))
    }
}

/// How many values a value holds, and how many bytes of text.
fn size(node: &Node) -> (usize, usize) {
    let sum = |(nodes, bytes), (more, text)| (nodes + more, bytes + text);
    match &node.kind {
        Kind::Null => (1, 0),
        Kind::Scalar(scalar) => (1, scalar.text.len()),
        Kind::List(items) => items.iter().map(size).fold((1, 0), sum),
        Kind::Map(entries) => entries.iter().map(|(_, value)| size(value)).fold((1, 0), sum),
    }
}
