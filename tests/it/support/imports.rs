//! Files of other programs, and what an import makes of them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use saphyr::{LoadableYamlNode as _, ScalarOwned, YamlOwned};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{resume_in, root};

/// A file of `tests/import/`.
pub fn fixture(name: &str) -> PathBuf {
    root().join("tests/import").join(name)
}

/// A folder in which a file was imported, and the account of it.
#[track_caller]
pub fn imported(file: &Path, flags: &[&str]) -> (TempDir, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = file.to_str().expect("a path");
    let words = [&["import", file, "-o", "data", "--message-format", "json"], flags].concat();
    let run = resume_in(folder.path(), words, &[]).exits(0);
    let account = serde_json::from_slice(&run.stdout).expect("JSON");
    (folder, account)
}

/// How many values the rows of an account stand for; what is empty does not count.
pub fn counted(account: &Value) -> u64 {
    let rows = account["values"].as_array().expect("rows");
    let filled = rows.iter().filter(|row| row["to"] != "empty");
    filled.map(|row| row["count"].as_u64().expect("a number")).sum()
}

/// All that an import wrote: the record, its comments, the leftovers.
pub fn written(folder: &Path) -> String {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("data"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("UTF-8")).collect()
}

/// The texts, numbers and booleans of a JSON or YAML file, as another reader reads them.
pub fn values(text: &str) -> Vec<String> {
    fn collect(node: &YamlOwned, values: &mut Vec<String>) {
        match node {
            YamlOwned::Value(ScalarOwned::Null) => {}
            YamlOwned::Value(ScalarOwned::String(text)) if text.trim().is_empty() => {}
            YamlOwned::Value(ScalarOwned::String(text)) => values.push(text.clone()),
            YamlOwned::Value(ScalarOwned::Boolean(value)) => values.push(value.to_string()),
            YamlOwned::Value(ScalarOwned::Integer(value)) => values.push(value.to_string()),
            YamlOwned::Value(ScalarOwned::FloatingPoint(value)) => values.push(value.to_string()),
            YamlOwned::Sequence(items) => items.iter().for_each(|item| collect(item, values)),
            YamlOwned::Mapping(map) => map.values().for_each(|value| collect(value, values)),
            other => panic!("{other:?}"),
        }
    }
    let mut found = Vec::new();
    collect(&YamlOwned::load_from_str(text).expect("YAML")[0], &mut found);
    found
}

/// The letters and figures of a text: what is left of it whatever its markup.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A ZIP of files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

/// The record of a folder as data.
pub fn data(folder: &Path, path: &str) -> Value {
    let run = resume_in(folder, ["data", "--as", "json", "--data", path], &[]).exits(0);
    serde_json::from_slice(&run.stdout).expect("JSON")
}
