//! What `resume` writes, and what it reports where it cannot: links, modes, pipes, full disks,
//! other runs.
#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::support::program::{command, folder, resume_in};

const RECORD: &str = "site: {date: 2024-11-08, languages: [en]}\nprofile: {name: Name Surname}\n\
                      skills: [{name: Group, skills: [Skill]}]\n";
/// One document, one page.
const PAGE: [&str; 4] = ["render", "--format", "one-page", "--output"];

fn record() -> TempDir {
    folder(&[("data/resume.yaml", RECORD)])
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("a file").permissions().mode() & 0o777
}

fn is_pdf(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
}

/// Runs a line of a shell in a folder, the program as `$0`; returns its exit status.
fn shell(folder: &Path, line: &str) -> Option<i32> {
    let mut command = Command::new("bash");
    command.current_dir(folder).args(["-c", line, env!("CARGO_BIN_EXE_resume")]);
    command.stderr(Stdio::null()).stdout(Stdio::null());
    command.status().expect("a shell").code()
}

#[test]
fn a_document_of_an_earlier_run_is_named_and_stays() {
    let folder = record();
    let projects = folder.path().join("data/projects.yaml");
    fs::write(&projects, "- {id: project, name: Project}\n").unwrap();
    let run = |arguments: &[&str]| resume_in(folder.path(), arguments, &[]).exits(0);
    assert!(!run(&["render"]).stderr.contains("earlier run"));
    fs::remove_file(&projects).unwrap();
    run(&["render"]).says("output/portfolio.pdf  stays from an earlier run");
    assert!(is_pdf(&folder.path().join("output/portfolio.pdf")));
    // A run that was asked for other documents has nothing to do with it.
    assert!(!run(&["render", "--format", "cv"]).stderr.contains("earlier run"));
}

#[test]
fn new_files_follow_the_umask() {
    let folder = record();
    let at = |path: &str| folder.path().join(path);
    for (umask, file) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
        let line = format!(
            "umask {umask}; $0 render --output out{umask} && $0 templates --copy t{umask} && $0 init i{umask} \
             && $0 export typst x{umask}"
        );
        assert_eq!(shell(folder.path(), &line), Some(0));
        for path in ["out/cv.pdf", "t/words/ko.yaml", "i/data/resume.yaml", "x/main.typ"] {
            let (folder, rest) = path.split_once('/').expect("a folder");
            assert_eq!(mode(&at(&format!("{folder}{umask}/{rest}"))), file, "{path} {umask}");
        }
    }
}

#[test]
fn a_file_that_is_there_keeps_its_mode_and_a_link_stays_a_link() {
    let folder = record();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("far")).expect("made");
    fs::write(at("far/own.pdf"), "old").expect("written");
    fs::set_permissions(at("far/own.pdf"), Permissions::from_mode(0o640)).expect("set");
    symlink("far/own.pdf", at("link.pdf")).expect("linked");
    resume_in(folder.path(), PAGE.into_iter().chain(["link.pdf"]), &[]).exits(0);
    assert!(at("link.pdf").is_symlink() && is_pdf(&at("far/own.pdf")));
    assert_eq!(mode(&at("far/own.pdf")), 0o640);
    // As root, another owner can be given to a file.
    if std::os::unix::fs::chown(at("far/own.pdf"), Some(4321), Some(1234)).is_ok() {
        resume_in(folder.path(), PAGE.into_iter().chain(["far/own.pdf"]), &[]).exits(0);
        let own = fs::metadata(at("far/own.pdf")).expect("a file");
        assert_eq!((own.uid(), own.gid(), own.mode() & 0o777), (4321, 1234, 0o640));
    }
}

/// Root may write into any folder, but replaces no file that is mounted.
#[test]
fn a_file_that_cannot_be_replaced_is_written_over() {
    let folder = record();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("closed")).expect("made");
    for file in ["closed/out.pdf", "own.pdf"] {
        fs::write(at(file), "old").expect("written");
    }
    fs::set_permissions(at("closed"), Permissions::from_mode(0o555)).expect("set");
    let render = "$0 render --format one-page --output closed/out.pdf";
    let (line, file) = match fs::write(at("closed/new"), "") {
        Err(_) => (render.to_owned(), "closed/out.pdf"),
        Ok(()) if shell(folder.path(), "unshare -m true") == Some(0) => {
            let mounted = format!("mount --bind own.pdf closed/out.pdf && {render}");
            (format!("unshare -m bash -c '{mounted}' $0"), "own.pdf")
        }
        Ok(()) => return,
    };
    let own = fs::metadata(at(file)).expect("a file");
    assert_eq!(shell(folder.path(), &line), Some(0));
    fs::set_permissions(at("closed"), Permissions::from_mode(0o755)).expect("set");
    assert!(is_pdf(&at(file)));
    assert_eq!(fs::metadata(at(file)).expect("a file").ino(), own.ino());
}

#[test]
fn pipes_devices_and_folders_are_never_replaced() {
    let folder = record();
    let at = |path: &str| folder.path().join(path);
    assert_eq!(shell(folder.path(), "mkfifo pipe.pdf pipe.png pipe"), Some(0));
    fs::create_dir(at("folder.png")).expect("made");
    for file in ["pipe.pdf", "pipe"] {
        let run = resume_in(folder.path(), PAGE.into_iter().chain([file]), &[]);
        run.exits(2).says("device").says("= help: name");
    }
    for file in ["pipe.png", "/dev/null", "folder.png"] {
        resume_in(folder.path(), ["tailor", "--preview", file], &[]).exits(2).says("not a file");
    }
    let kinds = ["pipe.pdf", "pipe.png", "pipe"].map(|path| fs::metadata(at(path)));
    assert!(kinds.iter().flatten().all(|kind| !kind.is_file()) && kinds.iter().all(Result::is_ok));
    resume_in(folder.path(), PAGE.into_iter().chain(["/dev/null"]), &[])
        .exits(2)
        .says("not a folder");
}

#[test]
fn the_ending_of_a_file_may_be_in_capitals() {
    let folder = record();
    resume_in(folder.path(), PAGE.into_iter().chain(["out.PDF"]), &[]).exits(0);
    assert!(is_pdf(&folder.path().join("out.PDF")));
    let words = ["render", "--format", "one-page", "--as", "txt", "--output", "out.PDF"];
    resume_in(folder.path(), words, &[]).exits(2);
}

#[test]
fn a_full_disk_is_said() {
    let folder = record();
    for words in ["render --format one-page --output -", "data", "check --message-format json"] {
        assert_eq!(shell(folder.path(), &format!("$0 {words} >/dev/full")), Some(2), "{words}");
    }
    let mut run = command(folder.path());
    run.args(PAGE.into_iter().chain(["-"]))
        .stdout(File::options().write(true).open("/dev/full").unwrap());
    let stderr = String::from_utf8(run.output().expect("runs").stderr).expect("UTF-8");
    assert!(stderr.contains("cannot write `standard output`: No space left"), "{stderr}");
}

#[test]
fn a_closed_standard_output_fails_a_document_but_not_other_data() {
    let folder = record();
    for (words, status) in [
        (PAGE.into_iter().chain(["-"]).collect::<Vec<_>>(), 2),
        (vec!["schema"], 0),
        (vec!["check", "--message-format", "json"], 0),
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status_now =
            command(folder.path()).args(&words).stdout(writer).stderr(Stdio::null()).status();
        assert_eq!(status_now.expect("runs").code(), Some(status), "{words:?}");
    }
}

/// Programs that run others open `/dev/null` for reading and writing, as Rust does where an output is closed.
#[test]
fn an_output_may_be_thrown_away() {
    let folder = record();
    let null = File::options().read(true).write(true).open("/dev/null").expect("opened");
    let run = command(folder.path()).arg("schema").stdout(null).output().expect("runs");
    assert!(run.status.success() && run.stderr.is_empty(), "{run:?}");
}

#[test]
fn a_closed_standard_error_does_not_change_the_exit_status() {
    let folder = record();
    let unknown = (0..300).map(|number| format!("x{number}: 1\n"));
    let broken = RECORD.to_owned() + &unknown.collect::<String>();
    fs::create_dir(folder.path().join("broken")).expect("made");
    fs::write(folder.path().join("broken/resume.yaml"), broken).expect("written");
    for (words, status) in [
        ("check --data broken", 1),
        ("render --data broken", 1),
        ("render --output out", 0),
        ("check", 0),
        ("render --data none", 2),
        ("tailor --preview a.png", 0),
        ("render --output out2 --verbose", 0),
    ] {
        for closed in ["2>/dev/full", "2>&-", "2>&1 >/dev/null | true"] {
            // Without `pipefail` a pipe has the status of its reader.
            let line = format!("set -o pipefail; $0 {words} {closed}");
            assert_eq!(shell(folder.path(), &line), Some(status), "{words} {closed}");
        }
    }
    assert!(
        is_pdf(&folder.path().join("out/cv.pdf")) && is_pdf(&folder.path().join("out2/cv.pdf"))
    );
}

#[test]
fn a_killed_run_leaves_the_documents_as_they_were() {
    let folder = record();
    let output = folder.path().join("output");
    fs::create_dir(&output).expect("made");
    for format in ["cv", "one-page"] {
        fs::write(output.join(format!("{format}.pdf")), "old").expect("written");
    }
    let names = || {
        let entries = fs::read_dir(&output).expect("a folder").flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    // A folder is that of a run once it has a lock.
    let is_begun = |name: &String| output.join(name).join("lock").exists();
    let begun = || names().iter().any(|name| name.starts_with(".resume-") && is_begun(name));
    let mut run = command(folder.path()).args(["render", "-q"]).spawn().expect("runs");
    while !begun() && run.try_wait().expect("a child").is_none() {
        std::thread::yield_now();
    }
    run.kill().expect("killed");
    run.wait().expect("ended");
    if begun() {
        assert_eq!(fs::read(output.join("cv.pdf")).expect("read"), b"old");
    }
    resume_in(folder.path(), ["render"], &[]).exits(0);
    assert_eq!(names().len(), 2, "{:?}", names());
    assert!(names().iter().all(|name| is_pdf(&output.join(name))));
}

#[test]
fn templates_are_read_in_their_folder_or_refused_by_their_path() {
    let folder = record();
    let at = |path: &str| folder.path().join(path);
    let render = |templates: &str| {
        let words = ["render", "--format", "full", "--output", "a.pdf", "--templates", templates];
        resume_in(folder.path(), words, &[])
    };
    let main = "#set document(title: \"T\")\n#set text(lang: \"en\")\n= T\n#read(\"/etc/hosts\")\n";
    fs::create_dir_all(at("out/full")).expect("made");
    fs::write(at("out/full/main.typ"), main).expect("written");
    symlink("/etc", at("out/etc")).expect("linked");
    render("out").exits(1).says("`out/etc/hosts`: the link leads out of the templates folder");
    fs::create_dir_all(at("dangling/shared")).expect("made");
    symlink("nowhere", at("dangling/shared/tokens.typ")).expect("linked");
    render("dangling").exits(1).says("`dangling/shared/tokens.typ`: the link leads nowhere");
    fs::create_dir_all(at("circle")).expect("made");
    symlink(".", at("circle/a")).expect("linked");
    symlink(".", at("circle/b")).expect("linked");
    render("circle").exits(0);
    let list = ["templates", "--templates", "circle"];
    resume_in(folder.path(), list, &[]).exits(2).says("circle/").says("leads back to a folder");
    // Only root can read a file without permissions.
    fs::create_dir_all(at("closed/shared")).expect("made");
    fs::write(at("closed/shared/tokens.typ"), "").expect("written");
    fs::set_permissions(at("closed/shared/tokens.typ"), Permissions::from_mode(0o000))
        .expect("set");
    if fs::read(at("closed/shared/tokens.typ")).is_err() {
        render("closed").exits(1).says("closed/shared/tokens.typ").says("Permission denied");
    }
}
