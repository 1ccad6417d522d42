//! Where a record is found, and what it says of how it is built.

use std::fs;

use tempfile::TempDir;

use crate::support::program::{folder, resume_in};

const MAIN: &str = "\
site: {title: Record, date: 2024-11-08, languages: [en]}
profile: {name: Name Surname, role: Engineer, email: name@example.org}
";

/// Renders one page in a folder below another; what comes into being is at `wanted`.
#[track_caller]
fn renders(folder: &TempDir, from: &str, arguments: &[&str], wanted: &str) {
    let line = ["render", "--format", "one-page"];
    let current = folder.path().join(from);
    resume_in(&current, line.iter().chain(arguments), &[]).exits(0);
    let file = folder.path().join(wanted);
    assert!(file.is_file(), "no `{wanted}` from `{from}`");
    fs::remove_file(file).unwrap();
}

#[test]
fn a_record_is_found_from_inside_its_folder() {
    let one = folder(&[("data/resume.yaml", MAIN), ("data/projects/note.txt", "")]);
    for from in ["", "data", "data/projects"] {
        renders(&one, from, &[], "output/one-page.pdf");
    }
    let other = folder(&[("me/resume.yaml", MAIN), ("me/notes/a.txt", "")]);
    for from in ["me", "me/notes"] {
        renders(&other, from, &[], "me/output/one-page.pdf");
    }
    for command in ["check", "data"] {
        resume_in(&other.path().join("me/notes"), [command], &[]).exits(0);
    }
    let none = folder(&[("a.txt", "")]);
    resume_in(none.path(), ["render"], &[]).exits(2).says("there is no record at `data`");
}

#[test]
fn a_record_is_named_without_a_flag() {
    let folder = folder(&[("cv.yaml", MAIN), ("me/resume.yaml", MAIN)]);
    for path in ["cv.yaml", "me"] {
        renders(&folder, "", &[path], "output/one-page.pdf");
        resume_in(folder.path(), ["check", path], &[]).exits(0);
        resume_in(folder.path(), ["data", path], &[]).exits(0);
        // The path wins over the variable.
        let line = ["data", path];
        resume_in(folder.path(), line, &[("RESUME_DATA", "none")]).exits(0);
    }
}

#[test]
fn a_record_says_how_it_is_built() {
    let build = "build: {templates: ../own, fonts: [../faces], output: ../pdf}\n";
    let main = format!("{MAIN}{build}");
    let folder = folder(&[("data/resume.yaml", &main), ("faces/a.txt", "")]);
    resume_in(folder.path(), ["templates", "--copy", "own"], &[]).exits(0);
    for from in ["", "data"] {
        renders(&folder, from, &[], "pdf/one-page.pdf");
    }
    renders(&folder, "", &["--output", "elsewhere"], "elsewhere/one-page.pdf");
    fs::write(folder.path().join("own/one-page/main.typ"), "#panic(\"mine\")").unwrap();
    let broken = ["render", "--format", "one-page"];
    resume_in(folder.path(), broken, &[]).exits(1).says("mine");
    fs::remove_dir_all(folder.path().join("faces")).unwrap();
    resume_in(folder.path(), broken, &[]).exits(2).says("faces");
    // As a file of its own.
    fs::write(folder.path().join("data/resume.yaml"), MAIN).unwrap();
    fs::write(folder.path().join("data/build.yaml"), "output: ../third\n").unwrap();
    renders(&folder, "", &[], "third/one-page.pdf");
    fs::write(folder.path().join("data/build.yaml"), "outputs: third\n").unwrap();
    resume_in(folder.path(), broken, &[]).exits(1).says("did you mean `output`");
}
