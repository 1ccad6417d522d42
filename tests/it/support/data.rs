//! The reference record as its author wrote it, read without the help of the code under test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;
use saphyr::{LoadableYamlNode, YamlOwned};
use tempfile::TempDir;

use crate::support::program::root;

/// One YAML file of `data/`, by its path below it without the extension.
pub fn yaml(path: &str) -> YamlOwned {
    let file = root().join("data").join(format!("{path}.yaml"));
    let text =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    YamlOwned::load_from_str(&text).expect("YAML").remove(0)
}

/// The items of a folder of `data/`: their ids and what they say.
pub fn items(folder: &str) -> Vec<(String, YamlOwned)> {
    let mut names: Vec<String> = fs::read_dir(root().join("data").join(folder))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), yaml(&format!("{folder}/{name}")))).collect()
}

/// The value of a key.
pub fn get<'a>(node: &'a YamlOwned, key: &str) -> Option<&'a YamlOwned> {
    node.as_mapping_get(key).filter(|value| !value.is_null())
}

/// The items of a list under a key.
pub fn list<'a>(node: &'a YamlOwned, key: &str) -> &'a [YamlOwned] {
    get(node, key).and_then(YamlOwned::as_sequence).map_or(&[], Vec::as_slice)
}

/// A plain value under a key.
pub fn plain(node: &YamlOwned, key: &str) -> Option<String> {
    scalar(get(node, key)?)
}

fn scalar(node: &YamlOwned) -> Option<String> {
    node.as_str().map(str::to_owned).or_else(|| node.as_integer().map(|number| number.to_string()))
}

/// A text under a key in a language, or in the record's first where that language is missing.
pub fn text(node: &YamlOwned, key: &str, language: &str) -> Option<String> {
    say(get(node, key)?, language)
}

/// A text in a language.
pub fn say(node: &YamlOwned, language: &str) -> Option<String> {
    scalar(node).or_else(|| scalar(get(node, language).or_else(|| get(node, "ko"))?))
}

/// All YAML files of the record as text.
pub fn sources() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join("data"), &mut found);
    found.sort();
    found
}

/// Markdown without its marks: link targets, heading ids, emphasis, code, bullets.
pub fn unmarked(markdown: &str) -> String {
    static MARKS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        [
            (r"\s*\{#[\w-]+\}", ""),
            (r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)\s]*\)", "$1"),
            (r"\*\*|`", ""),
            (r"\*([^*\s][^*]*)\*", "$1"),
            (r"(?m)^\s*(?:#+|[-*+]|\d+\.|>)\s+", ""),
        ]
        .map(|(pattern, with)| (Regex::new(pattern).unwrap(), with))
        .into()
    });
    MARKS
        .iter()
        .fold(markdown.to_owned(), |text, (mark, with)| mark.replace_all(&text, *with).into_owned())
}

/// A text with its apostrophes as they are printed.
pub fn quoted(text: &str) -> String {
    text.replace('\'', "’")
}

/// A project of the record.
pub struct Project {
    pub id: String,
    pub yaml: YamlOwned,
}

/// The projects in the order of their cards: the latest end first, of two the more important.
pub fn projects() -> Vec<Project> {
    let mut all = items("projects");
    all.sort_by_cached_key(|(_, yaml)| {
        std::cmp::Reverse((plain(yaml, "end"), plain(yaml, "importance")))
    });
    all.into_iter().map(|(id, yaml)| Project { id, yaml }).collect()
}

/// A link in prose: its words and where it leads.
pub fn links(markdown: &str) -> Vec<(String, String)> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]*)\)").unwrap());
    LINK.captures_iter(markdown).map(|link| (unmarked(&link[1]), link[2].to_owned())).collect()
}

/// The path of an article on the site: its own, or that of its section and its id.
pub fn path(id: &str, article: &YamlOwned) -> String {
    let main = yaml("resume");
    let section = plain(article, "section");
    let section = list(&main, "sections").iter().find(|one| plain(one, "id") == section);
    plain(article, "path").unwrap_or_else(|| match section {
        Some(section) => format!("{}{id}/", plain(section, "path").expect("a path")),
        None => format!("/{id}/"),
    })
}

/// All prose that the manual prints of an article, that of its list of career entries included.
pub fn prose(article: &YamlOwned, language: &str) -> Vec<String> {
    let intro = text(article, "intro", language);
    let body = text(article, "body", language);
    let career = yaml("career");
    let employers = (plain(article, "list").as_deref() == Some("career")).then(|| {
        let employers = career.as_sequence().expect("employers").iter();
        employers.filter_map(|employer| text(employer, "body", language)).collect::<Vec<_>>()
    });
    intro.into_iter().chain(employers.into_iter().flatten()).chain(body).collect()
}

/// The reference record in a folder of its own, below `data/`.
pub fn copy() -> TempDir {
    fn all(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = to.join(path.file_name().unwrap());
            if path.is_dir() {
                all(&path, &name)
            } else {
                fs::copy(&path, &name).map(drop).unwrap()
            }
        }
    }
    let folder = TempDir::new().unwrap();
    all(&root().join("data"), &folder.path().join("data"));
    folder
}
