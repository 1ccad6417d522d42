//! `resume init`: a record that is right at once, and nothing of anybody's overwritten.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::check_support::{check, listed};

fn resume(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resume"));
    command.current_dir(folder).env_remove("SOURCE_DATE_EPOCH").args(words);
    command.output().expect("resume starts")
}

#[test]
fn a_new_record_is_clean_and_renders() {
    for flags in [
        &["--lang", "ko"][..],
        &["--lang", "en"],
        &["--lang", "ko", "--single-file"],
        &["--lang", "en", "--single-file"],
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let made = resume(folder.path(), &[&["init", "own"], flags].concat());
        assert!(made.status.success(), "{made:?}");
        let own = folder.path().join("own");
        for path in String::from_utf8_lossy(&made.stdout).lines() {
            assert!(folder.path().join(path).is_file(), "{path}");
        }
        let outcome = check(&own.join("data"), &["--deny", "warnings"]);
        assert!(outcome.diagnostics.is_empty(), "{flags:?}: {}", listed(&outcome));
        let rendered = resume(&own, &["render"]);
        assert!(rendered.status.success(), "{rendered:?}");
        for name in ["full.pdf", "one-page.pdf", "portfolio.pdf"] {
            let bytes = fs::read(own.join("output").join(name)).expect("made");
            assert!(bytes.starts_with(b"%PDF-"), "{name}");
        }
    }
}

#[test]
fn one_file_says_what_many_files_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let said: Vec<Vec<u8>> = [&["init", "many"][..], &["init", "one", "--single-file"]]
        .iter()
        .map(|words| {
            assert!(resume(folder.path(), words).status.success());
            let data = format!("{}/data", words[1]);
            resume(folder.path(), &["--data", &data, "data", "--as", "json"]).stdout
        })
        .collect();
    let value = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).expect("JSON");
    assert_eq!(value(&said[0]), value(&said[1]));
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".gitignore"), "mine\n").expect("written");
    let refused = resume(folder.path(), &["init"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains(".gitignore"));
    assert_eq!(
        fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "nothing else was written"
    );
    assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).expect("read"), "mine\n");
}

#[test]
fn every_file_names_its_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = resume(folder.path(), &["init"]);
    let files = String::from_utf8_lossy(&made.stdout).into_owned();
    let records = files.lines().filter(|path| path.contains("data/"));
    for path in records {
        let path = folder.path().join(path);
        let text = fs::read_to_string(&path).expect("read");
        let schema = text.strip_prefix("# yaml-language-server: $schema=").expect("the line");
        let schema = path.parent().expect("a folder").join(schema.lines().next().expect("a path"));
        assert!(schema.is_file(), "{}", schema.display());
    }
}
