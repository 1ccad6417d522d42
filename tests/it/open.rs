//! `--open` hands what was made to the desktop, here a program of this test.

#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::program::{command, folder};
use crate::support::watch::{MAIN, Watch};

/// A folder with a record, and with the program of a desktop that writes down what it opens.
fn desktop() -> TempDir {
    let script = "#!/bin/sh\nprintf '%s' \"$1\" > opened.new\nmv opened.new opened\n";
    let folder = folder(&[("data/resume.yaml", MAIN), ("bin/xdg-open", script)]);
    let program = folder.path().join("bin/xdg-open");
    fs::set_permissions(program, fs::Permissions::from_mode(0o755)).expect("a program");
    folder
}

/// `resume` on that desktop.
fn on_desktop(folder: &Path) -> Command {
    let mut command = command(folder);
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.join("bin").display()));
    command
}

/// What the desktop has opened; `None` when it opens nothing for a while.
fn opened(folder: &Path) -> Option<String> {
    let file = folder.join("opened");
    for _ in 0..500 {
        if file.exists() {
            return fs::read_to_string(file).ok();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

#[test]
fn render_opens_the_document_or_the_folder_of_several() {
    for (flags, expected) in [
        (["--format", "one-page"].as_slice(), "output/one-page.pdf"),
        (&["--format", "all"], "output"),
        (&["--as", "md", "--format", "cv"], "output/cv.md"),
    ] {
        let folder = desktop();
        let mut command = on_desktop(folder.path());
        let status = command.args(["render", "--open", "--quiet"]).args(flags).status();
        assert!(status.expect("resume starts").success());
        assert_eq!(opened(folder.path()).as_deref(), Some(expected), "{flags:?}");
    }
}

#[test]
fn watch_opens_the_preview() {
    let folder = desktop();
    let mut command = on_desktop(folder.path());
    command.args(["watch", "--open", "--format", "one-page"]);
    let (_watch, printed) = Watch::begin(command);
    let opened = opened(folder.path()).expect("it opens the preview");
    assert!(opened.starts_with("http://127.0.0.1:"), "{opened}");
    assert!(printed.contains(&format!("the preview is at {opened}\n")), "{printed}");
}

#[test]
fn without_a_desktop_the_documents_are_made_all_the_same() {
    let folder = desktop();
    let mut command = command(folder.path());
    command.args(["render", "--open", "--format", "one-page"]).env("PATH", "");
    let output = command.output().expect("resume starts");
    assert!(output.status.success());
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(printed.contains("cannot open output/one-page.pdf: "), "{printed}");
    assert!(folder.path().join("output/one-page.pdf").exists());
}
