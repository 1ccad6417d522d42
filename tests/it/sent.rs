//! What is sent is frozen, can be made again, and can be compared with what the record says now.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::program::{Run, folder, resume_in};

const RECORD: &str = "\
profile: {name: 이름, photo: {file: me.png, alt: Portrait}}
career:
  - id: a
    organization: Company A
    positions: [{title: Engineer, start: 2021, end: 2023}]
    highlights:
      - {id: fast, text: Made two services fast}
      - {id: safe, text: Made them safe}
";
/// An application whose name has blanks and Hangul.
const ID: &str = "네이버 백엔드 2";

/// A project with an application and a picture.
fn project() -> TempDir {
    let application = "organization: B\njob: Wanted, an engineer\nletter: {paragraphs: [\"I write to {organization}.\"]}\n";
    let name = format!("data/applications/{ID}.yaml");
    let other = ("data/applications/secret.yaml", "organization: Secret Employer\n");
    let folder = folder(&[("data/resume.yaml", RECORD), (&name, application), other]);
    let picture = image::RgbImage::new(40, 50);
    picture.save(folder.path().join("data/me.png")).expect("a picture");
    folder
}

fn run(project: &TempDir, arguments: &[&str]) -> Run {
    resume_in(project.path(), arguments, &[])
}

fn stdout(run: Run) -> String {
    String::from_utf8(run.stdout).expect("UTF-8")
}

/// The folders below `sent/`, in order.
fn frozen(project: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(project.join("sent")).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn edit(project: &TempDir, path: &str, from: &str, to: &str) {
    let path = project.path().join(path);
    let text = fs::read_to_string(&path).expect("read");
    assert!(text.contains(from), "{text}");
    fs::write(&path, text.replace(from, to)).expect("written");
}

#[test]
fn what_is_sent_is_kept_and_can_be_made_again() {
    let project = project();
    assert!(stdout(run(&project, &["sent"]).exits(0)).contains("nothing is in `sent`"));
    let said = stdout(run(&project, &["send", ID, "--to", "Given Family"]).exits(0));
    assert!(said.contains("holds personal data") && !said.contains("git repository"), "{said}");
    let [folder] = frozen(project.path()).try_into().expect("one folder");
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(name.ends_with("-네이버-백엔드-2"), "{name}");
    for file in [
        "one-page-네이버-백엔드-2.pdf",
        "one-page-네이버-백엔드-2.txt",
        "letter-네이버-백엔드-2.pdf",
        "letter-네이버-백엔드-2.txt",
        "advertisement.txt",
        "ledger.json",
        "sent.json",
        "record/resume.yaml",
        "record/me.png",
    ] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    let record = fs::read_to_string(folder.join("record/resume.yaml")).expect("read");
    assert!(!record.contains("Secret Employer"), "another application: {record}");
    let listed = stdout(run(&project, &["sent"]).exits(0));
    assert!(listed.contains("네이버 백엔드 2  to Given Family"), "{listed}");
    let verified = stdout(run(&project, &["sent", "--verify"]).exits(0));
    assert!(verified.contains("the same bytes when made again"), "{verified}");
}

#[test]
fn nothing_that_was_sent_is_written_over() {
    let project = project();
    run(&project, &["send", ID]).exits(0);
    let first = frozen(project.path());
    let before = fs::read(first[0].join("sent.json")).expect("read");
    edit(&project, "data/resume.yaml", "two services", "three services");
    run(&project, &["send", ID]).exits(0);
    let both = frozen(project.path());
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(both[1].to_string_lossy().ends_with("-2-2"), "{both:?}");
    assert_eq!(fs::read(first[0].join("sent.json")).expect("read"), before);
}

#[test]
fn a_difference_says_which_words_and_entries_changed() {
    let project = project();
    run(&project, &["diff", ID]).exits(2).says("nothing was sent for");
    run(&project, &["send", ID]).exits(0);
    let diff =
        |arguments: &[&str]| stdout(run(&project, &[&["diff", ID], arguments].concat()).exits(0));
    assert!(diff(&[]).contains("nothing has changed since"), "{}", diff(&[]));
    edit(&project, "data/resume.yaml", "two services", "three services");
    edit(&project, "data/resume.yaml", "      - {id: safe, text: Made them safe}\n", "");
    edit(&project, &format!("data/applications/{ID}.yaml"), "I write", "We write");
    let changed = diff(&[]);
    for part in ["[-two-]{+three+}", "Made them safe", "[-I-]{+We+}", "only then: a/2"] {
        assert!(
            changed.contains(part) || part.contains("a/2") && changed.contains("safe"),
            "{part}: {changed}"
        );
    }
    assert!(changed.contains("entries on the page only then: "), "{changed}");
    run(&project, &["diff", ID, "1999"]).exits(2).says("it was on 2");
    run(&project, &["diff", "네이버"]).exits(2).says("nothing was sent for");
}

#[test]
fn what_was_changed_after_it_was_sent_is_found() {
    let project = project();
    run(&project, &["send", ID]).exits(0);
    let [folder] = frozen(project.path()).try_into().expect("one folder");
    let letter = folder.join("letter-네이버-백엔드-2.txt");
    let text = fs::read_to_string(&letter).expect("read");
    fs::write(&letter, text.replace("I write", "I wrote")).expect("written");
    let said = stdout(run(&project, &["sent", "--verify"]).exits(1));
    assert!(said.contains("letter-네이버-백엔드-2.txt` has been changed"), "{said}");
    fs::write(&letter, text).expect("written");
    run(&project, &["sent", "--verify"]).exits(0);
    // The record beside the documents says something else, and so do the hashes.
    let record = folder.join("record/resume.yaml");
    let yaml = fs::read_to_string(&record).expect("read").replace("two services", "ten services");
    fs::write(&record, yaml).expect("written");
    let hash = |path: &Path| {
        let output = Command::new("sha256sum").arg(path).output().expect("sha256sum");
        String::from_utf8_lossy(&output.stdout).split(' ').next().unwrap_or_default().to_owned()
    };
    let manifest = folder.join("sent.json");
    let sent = fs::read_to_string(&manifest).expect("read");
    let value: serde_json::Value = serde_json::from_str(&sent).expect("JSON");
    let old = value["files"]["record/resume.yaml"].as_str().expect("a hash").to_owned();
    fs::write(&manifest, sent.replace(&old, &hash(&record))).expect("written");
    let said = stdout(run(&project, &["sent", "--verify"]).exits(1));
    assert!(
        said.contains("one-page-네이버-백엔드-2.pdf` has other bytes when made again"),
        "{said}"
    );
    assert!(!said.contains("`letter-네이버-백엔드-2.pdf` has"), "{said}");
}

/// What git prints in a folder.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    for (key, value) in [("NAME", "Name Surname"), ("EMAIL", "name@example.org")] {
        command.env(format!("GIT_AUTHOR_{key}"), value).env(format!("GIT_COMMITTER_{key}"), value);
    }
    let output = command.output().expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
#[ignore = "needs git"]
fn an_application_in_a_git_repository_is_sent_edited_compared_and_made_again() {
    let project = project();
    let path = project.path();
    git(path, &["init", "-q"]);
    git(path, &["add", "."]);
    git(path, &["commit", "-q", "-m", "A record"]);
    let said = stdout(run(&project, &["send", ID, "--to", "Given Family"]).exits(0));
    assert!(said.contains("a line `/sent/` in its `.gitignore` keeps it out"), "{said}");
    assert_eq!(git(path, &["status", "--short"]), "?? sent/\n");
    fs::write(path.join(".gitignore"), "/sent/\n").expect("written");
    let said = stdout(run(&project, &["send", ID]).exits(0));
    assert!(said.contains("holds personal data") && !said.contains("git repository"), "{said}");
    assert_eq!(git(path, &["status", "--short"]), "?? .gitignore\n");
    // An edit is in the record and in the comparison, and changes nothing that was sent.
    edit(&project, "data/resume.yaml", "two services", "three services");
    assert_eq!(git(path, &["status", "--short"]), " M data/resume.yaml\n?? .gitignore\n");
    let changed = stdout(run(&project, &["diff", ID]).exits(0));
    assert!(changed.contains("[-two-]{+three+}"), "{changed}");
    let verified = stdout(run(&project, &["sent", "--verify"]).exits(0));
    assert_eq!(verified.matches("the same bytes when made again").count(), 2, "{verified}");
}

#[test]
#[ignore = "needs git"]
fn a_pattern_that_ignores_another_folder_keeps_nothing_out() {
    let project = project();
    let own = project.path().join("own");
    fs::create_dir(&own).expect("made");
    fs::rename(project.path().join("data"), own.join("data")).expect("moved");
    git(project.path(), &["init", "-q"]);
    let send = || stdout(resume_in(&own, ["send", ID], &[]).exits(0));
    fs::write(project.path().join(".gitignore"), "/sent/\n").expect("written");
    assert!(send().contains("a line `/own/sent/` in its"));
    fs::write(own.join(".gitignore"), "sen*\n").expect("written");
    assert!(!send().contains("git repository"));
}

#[test]
fn what_init_writes_keeps_what_is_sent_out_of_a_repository() {
    let project = tempfile::tempdir().expect("a folder");
    resume_in(project.path(), ["init", "."], &[]).exits(0);
    let ignored = fs::read_to_string(project.path().join(".gitignore")).expect("read");
    assert!(ignored.lines().any(|line| line == "/sent/"), "{ignored}");
}

#[test]
fn what_cannot_be_made_is_not_frozen() {
    let project = project();
    edit(&project, &format!("data/applications/{ID}.yaml"), "{organization}", "{organisation}");
    run(&project, &["send", ID]).exits(1).says("there is no snippet `organisation`");
    assert!(frozen(project.path()).is_empty(), "{:?}", frozen(project.path()));
    run(&project, &["send", "x"]).exits(2).says("there is no application `x`");
}
