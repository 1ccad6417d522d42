//! Other people's readers of PDF: programs of poppler and qpdf, and those that `tests/readers/install`
//! puts below `target/`. A test that calls one is ignored, so that `cargo test` runs on any machine;
//! `just test` runs all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::program::root;

/// The text of files, reader by reader: one text for each file, in their order.
pub type Texts = BTreeMap<String, Vec<String>>;

/// What a reader of poppler prints about a file.
///
/// # Panics
/// The reader is not installed, or finds the file broken.
#[track_caller]
pub fn reader(program: &str, arguments: &[&str], file: &Path) -> String {
    read(Command::new(program).args(arguments).arg(file).arg("-"))
}

/// As [`reader`], for programs that take no output file.
#[track_caller]
pub fn inspector(program: &str, arguments: &[&str], file: &Path) -> String {
    read(Command::new(program).args(arguments).arg(file))
}

#[track_caller]
fn read(command: &mut Command) -> String {
    let output = command.output();
    let Output { status, stdout, stderr } =
        output.unwrap_or_else(|error| panic!("{command:?}: {error}; `.ci/run` installs it"));
    assert!(status.success(), "{command:?}: {}", String::from_utf8_lossy(&stderr));
    // Poppler prints the titles of a structure tree as the raw bytes of the PDF.
    String::from_utf8_lossy(&stdout).into_owned()
}

/// What every reader reads.
#[track_caller]
pub fn texts(files: &[&Path]) -> Texts {
    let mut texts = Texts::new();
    for (name, mode) in
        [("poppler", None), ("poppler -layout", Some("-layout")), ("poppler -raw", Some("-raw"))]
    {
        let arguments: Vec<&str> = mode.into_iter().chain(["-enc", "UTF-8"]).collect();
        let read = files.iter().map(|file| reader("pdftotext", &arguments, file));
        texts.insert(name.to_owned(), read.collect());
    }
    let home = home();
    assert!(home.join("installed").exists(), "run `tests/readers/install`");
    let scripts = root().join("tests/readers");
    let python = home.join("venv/bin/python");
    let modules = home.display().to_string();
    for (program, script, arguments) in
        [(python.as_path(), "read.py", None), (Path::new("node"), "read.mjs", Some(modules))]
    {
        let mut command = Command::new(program);
        command.arg(scripts.join(script)).args(arguments).args(files);
        let read: BTreeMap<PathBuf, BTreeMap<String, Value>> =
            serde_json::from_str(&read(&mut command)).expect("the script prints JSON");
        for file in files {
            for (name, text) in &read[*file] {
                let text = text.as_str().expect("a text").to_owned();
                texts.entry(name.clone()).or_default().push(text);
            }
        }
    }
    assert_eq!(texts.len(), 7, "{:?}", texts.keys());
    texts
}

/// Looks at a preview with a browser: `edits`, or a file of words to click on.
#[track_caller]
pub fn browse(address: &str, folder: &Path, what: &str) {
    let script = root().join("tests/readers/preview.mjs");
    let address = format!("http://{address}/");
    read(Command::new("node").arg(script).arg(home()).arg(address).arg(folder).arg(what));
}

/// Where `tests/readers/install` puts what it fetches.
pub fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder").join("readers")
}
