//! Records to measure with: the reference record, as it is, edited, or several times as long.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use resume::cli::{Cli, Command};
use resume::{RenderOptions, Session};

/// The folder of this repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the reference record.
pub fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_into(&root().join("data"), &folder.path().join("data"));
    folder
}

/// Copies a folder.
pub fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Changes a file.
pub fn edit(path: &Path, change: impl FnOnce(&str) -> String) {
    let text = fs::read_to_string(path).expect("a file to change");
    let changed = change(&text);
    assert_ne!(text, changed, "{} has nothing to change", path.display());
    fs::write(path, changed).expect("a changed file");
}

/// A session and the options of `render` that a command line asks for.
pub fn session(words: &[&str]) -> (Session, RenderOptions) {
    let cli = Cli::parse_from(["resume", "render"].iter().chain(words));
    match cli.command {
        Command::Render(args) => {
            let session = Session::new(&cli.global.engine_options()).expect("a session");
            (session, args.options())
        }
        _ => unreachable!("the line begins with `render`"),
    }
}
