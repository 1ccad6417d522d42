//! A session makes the same documents as a single run, after any change between two of its runs,
//! and its memory does not grow.

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::Parser as _;
use resume::cli::{Cli, Command as Verb};
use resume::{Outcome, RenderOptions, Session, render};

use crate::support::program::{folder, resume_in, root};

/// Edits of a session.
const EDITS: usize = 500;
/// Edits after which its memory must be stable.
const SETTLED: usize = 100;

/// Marks the process that only makes the edits.
const ALONE: &str = "RESUME_TEST_EDITS";

const RECORD: &str = "\
site: {title: 이력, date: 2024-11-08, languages: [ko]}
profile: {name: 황세현, role: 백엔드 개발자, email: hwanghyun3@gmail.com}
career:
  - id: crowdworks
    organization: 크라우드웍스
    positions: [{title: 백엔드 개발자, start: 2024-03, end: 2024-11}]
    highlights:
      - EDITED 서비스를 여는 일을 이끌었다
      - 비개발자가 참여하는 절차를 만들었다
";

/// A session for the record of a folder, and what it makes.
fn session(folder: &Path, more: &[&str]) -> (Session, RenderOptions) {
    let data = folder.join("data").to_string_lossy().into_owned();
    let output = folder.join("output").to_string_lossy().into_owned();
    let line = ["resume", "render", "--data", &data, "--output", &output];
    let cli = Cli::parse_from(line.iter().chain(more));
    let Verb::Render(args) = cli.command else { panic!("the line begins with `render`") };
    (Session::new(&cli.global.engine_options()).expect("a session"), args.options())
}

/// One run over the record of a folder.
fn run(session: &Session, folder: &Path, options: &RenderOptions) -> Vec<Outcome> {
    render(session, &folder.join("data"), options, &|_, _| {}).expect("a run")
}

/// Makes the documents; all must come into being.
fn make(session: &Session, folder: &Path, options: &RenderOptions) {
    for outcome in run(session, folder, options) {
        assert!(outcome.failed.is_empty(), "{:?}", outcome.diagnostics);
    }
}

#[test]
fn a_session_gives_the_bytes_of_single_runs() {
    let folder = folder(&[("data/resume.yaml", RECORD)]);
    let templates = folder.path().join("templates");
    let own = templates.to_string_lossy().into_owned();
    let run = resume_in(folder.path(), ["templates", "--copy", &own], &[]);
    run.exits(0);
    let (session, args) = session(folder.path(), &["--templates", &own]);
    make(&session, folder.path(), &args);
    let record = folder.path().join("data/resume.yaml");
    let tokens = templates.join("shared/tokens.typ");
    let theme = templates.join("themes/modern.yaml");
    let edits: [(&Path, &str, &str); 4] = [
        (&record, "EDITED", "새로운"),
        (&tokens, "#111827", "#1c1917"),
        (&theme, "#1d4ed8", "#7c2d12"),
        (&record, "이끌었다", "혼자 이끌었다"),
    ];
    for (path, from, to) in edits {
        let text = fs::read_to_string(path).expect("a file");
        assert!(text.contains(from), "no `{from}` to change");
        fs::write(path, text.replace(from, to)).expect("a changed file");
        make(&session, folder.path(), &args);
        let fresh = folder.path().join("fresh");
        let line = ["render", "--quiet", "--templates", &own, "--output", "fresh"];
        resume_in(folder.path(), line, &[]).exits(0);
        for name in ["cv.pdf", "one-page.pdf"] {
            let (warm, cold) = (folder.path().join("output").join(name), fresh.join(name));
            let (warm, cold) = (fs::read(warm).expect("a PDF"), fs::read(cold).expect("a PDF"));
            assert!(warm == cold, "{name} after `{from}` became `{to}`");
        }
    }
}

#[test]
fn a_broken_edit_is_reported_and_the_next_run_is_complete() {
    let folder = folder(&[("data/resume.yaml", RECORD)]);
    let (session, args) = session(folder.path(), &["--format", "one-page"]);
    let record = folder.path().join("data/resume.yaml");
    make(&session, folder.path(), &args);
    let before = fs::read(folder.path().join("output/one-page.pdf")).expect("a PDF");
    fs::write(&record, RECORD.replace("2024-03", "2024-13")).expect("a changed file");
    let outcomes = run(&session, folder.path(), &args);
    assert!(outcomes.iter().any(|outcome| !outcome.diagnostics.is_empty()));
    let kept = fs::read(folder.path().join("output/one-page.pdf")).expect("the last good PDF");
    assert!(before == kept, "a failed round leaves the last good PDF");
    fs::write(&record, RECORD).expect("a changed file");
    make(&session, folder.path(), &args);
}

/// Memory is that of a process, so the edits are made in one of their own: this test, run again with
/// [`ALONE`].
#[test]
#[cfg(target_os = "linux")]
fn memory_stays_within_bounds_over_many_edits() {
    if std::env::var_os(ALONE).is_some() {
        return many_edits();
    }
    let own = std::env::current_exe().expect("the path of the tests");
    let name = "session::memory_stays_within_bounds_over_many_edits";
    let output = Command::new(own)
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(ALONE, "1")
        .current_dir(root())
        .output()
        .expect("the tests start");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    let figure = |name: &str| {
        let line = text.lines().find_map(|line| line.split_once(name));
        line.and_then(|(_, figure)| figure.trim().parse::<f64>().ok()).expect("a figure")
    };
    let (settled, end) = (figure("settled at KB:"), figure("ended at KB:"));
    // The allocator returns memory at any time: single measurements differ by a fifth.
    assert!(end < settled * 1.5, "{settled} KB after {SETTLED} edits, {end} KB after {EDITS}");
}

/// Edits one record over and over, and prints what memory the process has.
#[allow(clippy::print_stdout, reason = "the process that began this one reads it")]
fn many_edits() {
    let folder = folder(&[("data/resume.yaml", RECORD)]);
    let (session, args) = session(folder.path(), &["--format", "one-page"]);
    for edit in 0..EDITS {
        if edit == SETTLED {
            println!("settled at KB: {}", resident());
        }
        let text = RECORD.replace("EDITED", &format!("{edit}번째"));
        fs::write(folder.path().join("data/resume.yaml"), text).expect("a changed file");
        make(&session, folder.path(), &args);
    }
    println!("ended at KB: {}", resident());
}

/// Memory of this process now, in kilobytes.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("the state of this process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
    line.split_whitespace().next().and_then(|word| word.parse().ok()).expect("a figure")
}
