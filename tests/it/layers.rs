//! The layers of the code: `docs/architecture.md` has the table, and `src/` is held to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::support::program::root;

/// A file of `src/` by its path below it, and the files it imports from, each with the line.
type Imports = BTreeMap<String, BTreeMap<String, usize>>;

/// The rows of the table: a layer, and the layers it may use.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let page = fs::read_to_string(root().join("docs/architecture.md")).expect("the page");
    let words = |cell: &str| {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let rows = page.lines().skip_while(|line| !line.starts_with("| layer | may use |")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|row| {
            let cells: Vec<&str> = row.split('|').collect();
            (words(cells[1]).pop_first().expect("a layer"), words(cells[2]))
        })
        .collect()
}

/// The layer of a file: its folder, or its name at the root of `src/`.
fn layer(file: &str) -> &str {
    file.split_once('/').map_or(file.trim_end_matches(".rs"), |(folder, _)| folder)
}

/// All files of `src/` by the path of the module they hold. Files of tests are left out.
fn modules() -> BTreeMap<Vec<String>, String> {
    fn collect(folder: &Path, module: &[String], found: &mut BTreeMap<Vec<String>, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let inner = [module, std::slice::from_ref(&name)].concat();
            if path.is_dir() {
                collect(&path, &inner, found);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && !name.ends_with("tests")
            {
                let module = if ["mod", "lib"].contains(&name.as_str()) { module } else { &inner };
                let file = path.strip_prefix(root().join("src")).expect("below `src`");
                found.insert(module.to_vec(), file.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(&root().join("src"), &[], &mut found);
    found
}

/// The module paths that the code of one module names.
struct Paths<'a> {
    /// The module itself.
    module: &'a [String],
    /// Modules inside it, which it may name without `self`.
    inner: BTreeSet<&'a str>,
    /// Each path from the root of the crate, with its line.
    found: Vec<(Vec<String>, usize)>,
}

impl Paths<'_> {
    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Punct(mark) if mark.as_char() == '#' && is_test(tokens.get(at + 1)) => {
                    at += 2;
                    while tokens.get(at).is_some_and(|token| !ends_item(token)) {
                        at += 1;
                    }
                }
                // `pub(in crate::a)` says who may see an item and imports nothing.
                TokenTree::Ident(word) if word == "pub" => {
                    let scope = tokens.get(at + 1);
                    at += usize::from(matches!(scope, Some(TokenTree::Group(_))));
                }
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Ident(_) if at >= 2 && separates(&tokens[at - 2..at]) => {}
                TokenTree::Ident(word) if separates(&tokens[at + 1..]) => {
                    let parent = self.module.len().saturating_sub(1);
                    let from = match word.to_string().as_str() {
                        // The binary calls the library by its name.
                        "crate" | "resume" => Some(Vec::new()),
                        "self" => Some(self.module.to_vec()),
                        "super" => Some(self.module[..parent].to_vec()),
                        word if self.inner.contains(word) => {
                            Some([self.module, &[word.to_owned()]].concat())
                        }
                        _ => None,
                    };
                    if let Some(from) = from {
                        let line = word.span().start().line;
                        self.follow(from, &tokens[at + 1..], line);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads on from a path, which `rest` may continue with `::`.
    fn follow(&mut self, mut path: Vec<String>, rest: &[TokenTree], line: usize) {
        let mut at = 0;
        while separates(&rest[at..]) {
            match rest.get(at + 2) {
                Some(TokenTree::Ident(word)) if word == "super" => {
                    path.pop();
                }
                Some(TokenTree::Ident(word)) if word != "self" => path.push(word.to_string()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
                    for item in tokens.split(is_comma).filter(|item| !item.is_empty()) {
                        let mut inner = path.clone();
                        if let TokenTree::Ident(word) = &item[0]
                            && word != "self"
                        {
                            inner.push(word.to_string());
                        }
                        self.follow(inner, &item[1..], line);
                    }
                    return;
                }
                _ => break,
            }
            at += 3;
        }
        self.found.push((path, line));
    }
}

/// Whether tokens begin with `::`.
fn separates(tokens: &[TokenTree]) -> bool {
    let colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':');
    tokens.len() >= 2 && tokens[..2].iter().all(colon)
}

/// Whether the brackets of an attribute hold `cfg(test)`.
fn is_test(attribute: Option<&TokenTree>) -> bool {
    attribute.is_some_and(|attribute| attribute.to_string().replace(' ', "") == "[cfg(test)]")
}

/// Whether an item ends with this token.
fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    }
}

/// What every file imports.
fn imports() -> Imports {
    let modules = modules();
    let mut imports = Imports::new();
    for (module, file) in &modules {
        let code = fs::read_to_string(root().join("src").join(file)).expect("UTF-8");
        let inner =
            modules.keys().filter(|inner| inner.split_last().is_some_and(|(_, up)| up == module));
        let inner = inner.map(|inner| inner.last().expect("a name").as_str()).collect();
        let mut paths = Paths { module, inner, found: Vec::new() };
        paths.read(code.parse().unwrap_or_else(|error| panic!("{file}: {error}")));
        let own = imports.entry(file.clone()).or_default();
        for (path, line) in paths.found {
            // The longest part of the path that is a module; the rest is an item in it.
            let target = (0..=path.len()).rev().find_map(|end| modules.get(&path[..end]));
            let target = target.expect("the root of the crate");
            if target != file {
                own.entry(target.clone()).or_insert(line);
            }
        }
    }
    imports
}

/// Files that import each other, directly or by way of others: one cycle for each such set.
fn circles(imports: &Imports) -> Vec<Vec<String>> {
    let reach = |from: &String| {
        let mut reached = BTreeSet::new();
        let mut rest = vec![from];
        while let Some(file) = rest.pop() {
            rest.extend(imports[file].keys().filter(|file| reached.insert((*file).clone())));
        }
        reached
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        imports.keys().map(|file| (file, reach(file))).collect();
    let mut circles: Vec<Vec<String>> = imports
        .keys()
        .map(|file| reached[file].iter().filter(|other| reached[other].contains(file)))
        .map(|circle| circle.cloned().collect())
        .filter(|circle: &Vec<String>| !circle.is_empty())
        .collect();
    circles.sort();
    circles.dedup();
    circles
}

#[test]
fn files_import_from_layers_below_their_own() {
    let table = table();
    let rank = |name: &str| table.iter().position(|(layer, _)| layer == name);
    for (at, (layer, may_use)) in table.iter().enumerate() {
        for used in may_use {
            let below = rank(used).is_some_and(|used| used > at);
            assert!(below, "docs/architecture.md: `{layer}` may use `{used}`, no row below it");
        }
    }
    let imports = imports();
    let known: BTreeSet<&str> = table.iter().map(|(layer, _)| layer.as_str()).collect();
    let found: BTreeSet<&str> = imports.keys().map(|file| layer(file)).collect();
    assert_eq!(found, known, "the files of `src/` | the rows of docs/architecture.md");
    let mut wrong = Vec::new();
    for (file, imported) in &imports {
        let (_, may_use) = &table[rank(layer(file)).expect("a row")];
        for (target, line) in imported {
            let to = layer(target);
            if to != layer(file) && !may_use.contains(to) {
                wrong.push(format!("src/{file}:{line}: `{}` may not use `{to}`", layer(file)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_files_import_each_other() {
    let imports = imports();
    let wrong: Vec<String> = circles(&imports)
        .iter()
        .map(|circle| {
            let among = |file: &String| {
                let targets = imports[file].iter().filter(|(target, _)| circle.contains(target));
                let each =
                    targets.map(|(target, line)| format!("  src/{file}:{line} → src/{target}"));
                each.collect::<Vec<_>>().join("\n")
            };
            circle.iter().map(among).collect::<Vec<_>>().join("\n")
        })
        .collect();
    assert!(wrong.is_empty(), "files that import each other:\n{}", wrong.join("\n\n"));
}
