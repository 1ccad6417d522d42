//! A record and the same record in another language → one record, by changes to the text of its files: what
//! people wrote around the values stays.

use serde_json::Value;

use crate::diagnostics::{FileId, Place, Sources};
use crate::interchange::commented_yaml::{Block, Written, scalar, write_items};
use crate::interchange::mapping::MISSING;
use crate::record::json_schema::schema;
use crate::record::model::text::Language;
use crate::record::read::end;
use crate::record::yaml::parse::parse;
use crate::record::yaml::tree::{Key, Kind, Node};

/// A file of a record.
#[derive(Debug, Clone)]
pub struct RecordFile {
    /// The key whose value it holds; none for the main file.
    pub key: Option<String>,
    /// Whether it is an item of the list at that key.
    pub item: bool,
    /// Its text.
    pub text: String,
}

/// What a merge makes.
#[derive(Debug, Default)]
pub struct Merged {
    /// The new texts of the files, in their order.
    pub texts: Vec<String>,
    /// Lists that the record has not, by their keys.
    pub lists: Vec<(String, Vec<Written>)>,
    /// Texts that have a second language now, and entries that were added.
    pub count: usize,
    /// What has no counterpart, by its path.
    pub unmatched: Block,
}

/// Adds an imported record to the files of a record whose first language is `own`. In another language
/// its texts stand beside those of the record; in the same one its new entries are added to the lists.
pub fn merge(files: &[RecordFile], imported: &Block, own: &str, language: &str) -> Merged {
    let schema = schema(None).unwrap_or_default();
    let mut sources = Sources::default();
    let mut root: Vec<(Key, Node)> = Vec::new();
    let mut ids = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let id = sources.add(at.to_string(), file.text.as_str());
        ids.push(id);
        let Some(node) = parse(id, &file.text).0 else { continue };
        let place = Place { file: id, start: 0, end: 0 };
        match (&file.key, node.kind) {
            (None, Kind::Map(entries)) => root.extend(entries),
            (Some(key), kind) => {
                let node = Node::new(node.place, kind);
                let there = root.iter_mut().find(|(name, _)| name.text == *key && file.item);
                match there.map(|(_, node)| &mut node.kind) {
                    Some(Kind::List(items)) => items.push(node),
                    _ => {
                        let node = match file.item {
                            true => Node::new(place, Kind::List(vec![node])),
                            false => node,
                        };
                        root.push((Key { text: key.clone(), place }, node));
                    }
                }
            }
            _ => {}
        }
    }
    let mut merge = Merge {
        sources: &sources,
        schema: &schema,
        own,
        language,
        edits: Vec::new(),
        merged: Merged::default(),
    };
    let keys = Node::new(Place { file: ids[0], start: 0, end: 0 }, Kind::Map(root));
    for (key, value) in imported.entries.iter().filter(|(key, _)| key != "site") {
        let types = merge.children(&[&schema], key);
        match keys.get(key) {
            Some(node) => merge.value(key, &types, node, Spot::default(), value),
            None => match value {
                Written::List(items) if own == language => {
                    merge.merged.count += items.len();
                    merge.merged.lists.push((key.clone(), items.clone()));
                }
                value => merge.unmatched(key, value),
            },
        }
    }
    if own != language {
        merge.add_language(&keys);
    }
    let Merge { mut edits, mut merged, .. } = merge;
    // From the last to the first, so that places stay valid.
    edits.sort_by_key(|(place, _)| (place.file, place.start));
    merged.texts = files.iter().map(|file| file.text.clone()).collect();
    for (place, text) in edits.iter().rev() {
        let at = ids.iter().position(|id| *id == place.file);
        if let Some(file) = at.and_then(|at| merged.texts.get_mut(at)) {
            file.replace_range(place.start..place.end, text);
        }
    }
    merged
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, Default)]
struct Spot {
    /// Blanks before the keys of a map that replaces the value.
    indent: usize,
    /// Whether it stands behind a key, not behind the `-` of an item.
    behind_key: bool,
    /// Whether it is inside brackets or braces.
    flow: bool,
}

struct Merge<'a> {
    sources: &'a Sources,
    schema: &'a Value,
    own: &'a str,
    language: &'a str,
    edits: Vec<(Place, String)>,
    merged: Merged,
}

impl<'a> Merge<'a> {
    /// The types that a type of the schema stands for, and whether it is a text of the record.
    fn types(&self, of: &'a Value, found: &mut Vec<&'a Value>) -> bool {
        let mut text = of["$ref"] == "#/$defs/Text";
        if let Some(name) = of["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            text |= self.types(&self.schema["$defs"][name], found);
        }
        for other in of["anyOf"].as_array().into_iter().flatten() {
            text |= self.types(other, found);
        }
        found.push(of);
        text
    }

    /// The types of a key of a map, or of the items of a list (`[]`).
    fn children(&self, types: &[&'a Value], key: &str) -> Vec<&'a Value> {
        let mut all = Vec::new();
        types.iter().for_each(|of| {
            self.types(of, &mut all);
        });
        let inner = all.into_iter().map(|of| match key {
            "[]" => &of["items"],
            key => &of["properties"][key],
        });
        inner.filter(|inner| !inner.is_null()).collect()
    }

    fn is_text(&self, types: &[&'a Value]) -> bool {
        types.iter().any(|of| self.types(of, &mut Vec::new()))
    }

    fn unmatched(&mut self, path: &str, value: &Written) {
        if matches!(value, Written::Text(text) if text == MISSING) {
            return;
        }
        self.merged.unmatched.entries.push((path.to_owned(), value.clone()));
    }

    fn source(&self, file: FileId) -> &'a str {
        self.sources.text(file)
    }

    /// How far a place is from the beginning of its line.
    fn column(&self, place: Place) -> usize {
        let before = &self.source(place.file)[..place.start];
        place.start - before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// Merges a value with that of the other record.
    fn value(&mut self, path: &str, types: &[&'a Value], node: &Node, spot: Spot, new: &Written) {
        match (&node.kind, new) {
            (Kind::Scalar(there), Written::Text(text)) if self.is_text(types) => {
                if there.text.trim() != text.trim() {
                    match self.own == self.language {
                        true => self.unmatched(path, new),
                        false => self.second_language(&there.text, node.place, spot, text),
                    }
                }
            }
            (Kind::Scalar(there), Written::Text(text) | Written::Bare(text)) => {
                if there.text != *text {
                    self.unmatched(path, new);
                }
            }
            (Kind::Map(entries), Written::Text(text))
                if self.is_text(types) && names_languages(entries) =>
            {
                match entries.iter().find(|(key, _)| key.text == self.language) {
                    Some((_, there)) if matches!(&there.kind, Kind::Scalar(there) if there.text.trim() == text.trim()) =>
                        {}
                    Some(_) => self.unmatched(path, new),
                    None => self.one_more_language(node, entries, text),
                }
            }
            // The long form of a highlight or a skill.
            (Kind::Map(entries), Written::Text(_)) => {
                let inner =
                    entries.iter().find(|(key, _)| ["text", "name"].contains(&key.text.as_str()));
                match inner {
                    Some((key, value)) => {
                        let types = self.children(types, &key.text);
                        let spot = self.behind(node, key, spot);
                        self.value(path, &types, value, spot, new);
                    }
                    None => self.unmatched(path, new),
                }
            }
            (Kind::Map(entries), Written::Block(block)) => {
                for (name, value) in &block.entries {
                    let inner = format!("{path}.{name}");
                    match entries.iter().find(|(key, _)| key.text == *name) {
                        Some((key, there)) => {
                            let types = self.children(types, name);
                            let spot = self.behind(node, key, spot);
                            self.value(&inner, &types, there, spot, value);
                        }
                        None if name == "id" || name == "kind" => {}
                        None => self.unmatched(&inner, value),
                    }
                }
            }
            (Kind::List(items), Written::List(new)) => {
                self.list(path, types, node, items, spot, new)
            }
            _ => self.unmatched(path, new),
        }
    }

    /// The spot of a value behind a key.
    fn behind(&self, node: &Node, key: &Key, spot: Spot) -> Spot {
        let before = self.source(node.place.file)[..node.place.start].trim_end();
        let flow = spot.flow || before.ends_with('{');
        Spot { indent: self.column(key.place) + 2, behind_key: true, flow }
    }

    fn list(
        &mut self,
        path: &str,
        types: &[&'a Value],
        node: &Node,
        items: &[Node],
        spot: Spot,
        new: &[Written],
    ) {
        let types = self.children(types, "[]");
        let flow = spot.flow || self.source(node.place.file)[node.place.start..].starts_with('[');
        let pairs = pairs(items, new);
        let texts = new.iter().all(|item| matches!(item, Written::Text(_)));
        if texts && items.len() != new.len() {
            // Which of them belong together is unknown.
            return self.unmatched(path, &Written::List(new.to_vec()));
        }
        let mut added = Vec::new();
        for (at, (item, counterpart)) in new.iter().zip(pairs).enumerate() {
            let path = format!("{path}[{}]", at + 1);
            match counterpart.map(|at| &items[at]) {
                Some(there) => {
                    let spot = Spot { indent: self.column(there.place), behind_key: false, flow };
                    self.value(&path, &types, there, spot, item);
                }
                None if self.own == self.language && !flow => added.push(item.clone()),
                None => self.unmatched(&path, item),
            }
        }
        let Some(last) = items.last().filter(|_| !added.is_empty()) else { return };
        self.merged.count += added.len();
        let source = self.source(last.place.file);
        // The items of a list stand two columns behind its `-`; a file of a folder holds one of them.
        let depth = self.column(last.place).saturating_sub(2) / 2;
        let mut text = String::new();
        write_items(&added, depth, &mut text);
        let at = end(last);
        let line = source[at..].find('\n').map_or(source.len(), |newline| at + newline + 1);
        let line = if source[..at].ends_with('\n') { at } else { line };
        let break_before = if source[..line].ends_with('\n') { "" } else { "\n" };
        let place = Place { file: last.place.file, start: line, end: line };
        self.edits.push((place, format!("{break_before}{text}")));
    }

    /// Puts a map of two languages in the place of a text.
    fn second_language(&mut self, there: &str, place: Place, spot: Spot, text: &str) {
        self.merged.count += 1;
        let source = self.source(place.file);
        if spot.flow {
            let map = format!("{{{}: {there:?}, {}: {text:?}}}", self.own, self.language);
            return self.edits.push((place, map));
        }
        let mut start = place.start;
        if let Some(before) = source[..start].trim_end_matches(' ').strip_suffix('\n') {
            // The place of a block begins at its text, below the sign.
            let header = before.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
            start = header.strip_suffix(['|', '>']).map_or(start, str::len);
        }
        let replaced = &source[start..place.end];
        let whole = replaced.ends_with('\n');
        let rest = source[place.end..].lines().next().unwrap_or_default();
        // Words behind the value would become a part of a block.
        let quoted = !whole && !rest.trim().is_empty();
        let indent = " ".repeat(spot.indent);
        let line = |language: &str, text: &str| {
            format!("{language}: {}", words(text, spot.indent, quoted))
        };
        let lines = [line(self.own, there), line(self.language, text)];
        let mut map = lines.join(&format!("\n{indent}"));
        if spot.behind_key {
            start = source[..start].trim_end_matches(' ').len();
            map = format!("\n{indent}{map}");
        }
        if whole {
            map.push('\n');
        }
        self.edits.push((Place { start, ..place }, map));
    }

    /// Adds a language to a map of languages.
    fn one_more_language(&mut self, node: &Node, entries: &[(Key, Node)], text: &str) {
        let Some((key, last)) = entries.last() else { return };
        self.merged.count += 1;
        let source = self.source(node.place.file);
        let at = end(last);
        let place = Place { file: node.place.file, start: at, end: at };
        let text = match source[..node.place.start].trim_end().ends_with('{') {
            true => format!(", {}: {text:?}", self.language),
            false => {
                let column = self.column(key.place);
                let line = format!(
                    "{}{}: {}",
                    " ".repeat(column),
                    self.language,
                    words(text, column, true)
                );
                if source[..at].ends_with('\n') { format!("{line}\n") } else { format!("\n{line}") }
            }
        };
        self.edits.push((place, text));
    }

    /// Names the language in `site.languages`.
    fn add_language(&mut self, keys: &Node) {
        let Kind::Map(entries) = &keys.kind else { return };
        let Some((_, site)) = entries.iter().find(|(key, _)| key.text == "site") else {
            let file = keys.place.file;
            let at = self.source(file).len();
            let line = if self.source(file).ends_with('\n') || at == 0 { "" } else { "\n" };
            let text = format!("{line}site:\n  languages: [{}, {}]\n", self.own, self.language);
            return self.edits.push((Place { file, start: at, end: at }, text));
        };
        let Kind::Map(settings) = &site.kind else { return };
        let languages =
            settings.iter().find(|(key, _)| key.text == "languages").map(|(_, node)| node);
        match languages.map(|node| (node, &node.kind)) {
            Some((node, Kind::List(items))) => {
                let named = |item: &Node| matches!(&item.kind, Kind::Scalar(tag) if tag.text == self.language);
                let Some(last) = items.last().filter(|_| !items.iter().any(named)) else { return };
                let at = last.place.end;
                let place = Place { file: node.place.file, start: at, end: at };
                let flow = self.source(place.file)[node.place.start..].starts_with('[');
                let text = match flow {
                    true => format!(", {}", self.language),
                    false => {
                        let column = self.column(last.place).saturating_sub(2);
                        format!("\n{}- {}", " ".repeat(column), self.language)
                    }
                };
                self.edits.push((place, text));
            }
            _ => {
                let Some((key, _)) = settings.first() else { return };
                let place = Place { end: key.place.start, ..key.place };
                let flow = self.source(place.file)[..place.start].trim_end().ends_with('{');
                let after = match flow {
                    true => ", ".to_owned(),
                    false => format!("\n{}", " ".repeat(self.column(place))),
                };
                let text = format!("languages: [{}, {}]{after}", self.own, self.language);
                self.edits.push((place, text));
            }
        }
    }
}

/// Whether a map is one of languages to texts.
fn names_languages(entries: &[(Key, Node)]) -> bool {
    !entries.is_empty() && entries.iter().all(|(key, _)| Language::parse(&key.text).is_some())
}

/// A text behind a key at a column.
fn words(text: &str, column: usize, quoted: bool) -> String {
    if quoted && text.contains('\n') { format!("{text:?}") } else { scalar(text, column / 2 + 1) }
}

/// For each new entry the entry of the record that is the same: by addresses, names and dates; then, where
/// as many are left on both sides, by order.
fn pairs(items: &[Node], new: &[Written]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; new.len()];
    let (mut free_items, mut free_new): (Vec<usize>, Vec<usize>) =
        ((0..items.len()).collect(), (0..new.len()).collect());
    let mut scores = Vec::new();
    for (of, block) in new.iter().enumerate() {
        let Written::Block(block) = block else { continue };
        for (at, item) in items.iter().enumerate() {
            let score = likeness(item, block);
            if score >= 2 {
                scores.push((score, at, of));
            }
        }
    }
    // The likest first, then in the order of the record.
    scores.sort_by_key(|(score, at, of)| (usize::MAX - score, *at, *of));
    for (_, at, of) in scores {
        if free_items.contains(&at) && free_new.contains(&of) {
            pairs[of] = Some(at);
            free_items.retain(|free| *free != at);
            free_new.retain(|free| *free != of);
        }
    }
    let kinds = |of: usize, at: usize| match &new[of] {
        Written::Block(block) => {
            text_of(&items[at], "kind").unwrap_or("work") == block.text("kind").unwrap_or("work")
        }
        _ => true,
    };
    if free_items.len() == free_new.len()
        && free_new.iter().zip(&free_items).all(|(of, at)| kinds(*of, *at))
    {
        free_new.into_iter().zip(free_items).for_each(|(of, at)| pairs[of] = Some(at));
    }
    pairs
}

/// The words of a value in a map.
fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &node.get(key)?.kind {
        Kind::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

/// How sure it is that two entries are the same.
fn likeness(item: &Node, block: &Block) -> usize {
    if text_of(item, "kind").unwrap_or("work") != block.text("kind").unwrap_or("work") {
        return 0;
    }
    let weights = [
        ("url", 3),
        ("doi", 5),
        ("organization", 3),
        ("name", 3),
        ("title", 3),
        ("language", 3),
        ("network", 2),
        ("username", 2),
        ("start", 2),
        ("end", 1),
        ("date", 2),
    ];
    let same = |item: &Node, block: &Block| -> usize {
        let same = weights.iter().filter(|(key, _)| {
            block
                .text(key)
                .is_some_and(|text| names(item, key).any(|there| there.eq_ignore_ascii_case(text)))
        });
        same.map(|(_, weight)| weight).sum()
    };
    let first = match item.get("positions").map(|node| &node.kind) {
        Some(Kind::List(positions)) => positions.first(),
        _ => None,
    };
    let inner = block.blocks("positions").next().zip(first);
    same(item, block) + inner.map_or(0, |(block, item)| same(item, block))
}

/// The wordings of a text of an entry.
fn names<'n>(item: &'n Node, key: &str) -> impl Iterator<Item = &'n str> {
    let node = item.get(key);
    let own = node.and_then(|node| match &node.kind {
        Kind::Scalar(scalar) => Some(scalar.text.as_str()),
        _ => None,
    });
    let languages = match node.map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    let languages = languages.iter().filter_map(|(_, node)| match &node.kind {
        Kind::Scalar(scalar) => Some(scalar.text.as_str()),
        _ => None,
    });
    own.into_iter().chain(languages)
}
