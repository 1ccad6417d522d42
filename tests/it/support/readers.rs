//! What six readers of PDF make of the text of documents: poppler in its three modes, and those that
//! `tests/readers/install` puts below `target/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::program::{absent, judge, reader, root};

/// The text of files, reader by reader: one text for each file, in their order.
pub type Texts = BTreeMap<String, Vec<String>>;

/// What every reader reads, or `None` where one is not installed.
#[track_caller]
pub fn texts(files: &[&Path]) -> Option<Texts> {
    let mut texts = Texts::new();
    for (name, mode) in
        [("poppler", None), ("poppler -layout", Some("-layout")), ("poppler -raw", Some("-raw"))]
    {
        let arguments: Vec<&str> = mode.into_iter().chain(["-enc", "UTF-8"]).collect();
        let read = files.iter().map(|file| reader("pdftotext", &arguments, file));
        texts.insert(name.to_owned(), read.collect::<Option<_>>()?);
    }
    let home = home();
    let scripts = root().join("tests/readers");
    let python = home.join("venv/bin/python");
    let modules = home.display().to_string();
    for (program, script, arguments) in
        [(python.as_path(), "read.py", None), (Path::new("node"), "read.mjs", Some(modules))]
    {
        let mut command = Command::new(program);
        command.arg(scripts.join(script)).args(arguments).args(files);
        let ready = home.join("installed").exists();
        let missing = || std::io::Error::other("run `tests/readers/install`");
        let output = match if ready { command.output() } else { Err(missing()) } {
            Ok(output) => judge(script, &home, output),
            Err(error) => return absent(&program.display().to_string(), &error),
        };
        let read: BTreeMap<PathBuf, BTreeMap<String, Value>> =
            serde_json::from_str(&output).expect("the script prints JSON");
        for file in files {
            for (name, text) in &read[*file] {
                let text = text.as_str().expect("a text").to_owned();
                texts.entry(name.clone()).or_default().push(text);
            }
        }
    }
    assert_eq!(texts.len(), 7, "{:?}", texts.keys());
    Some(texts)
}

/// Where `tests/readers/install` puts what it fetches.
fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder").join("readers")
}
