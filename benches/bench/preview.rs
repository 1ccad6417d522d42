//! The preview of `resume watch` in a browser: how long after a save the page is another. And how long the
//! plain compiler takes to write its pages.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::process::{installed, median, resume, run};
use crate::record::{copy, edit, root};

/// Edits of each document and program.
const EDITS: usize = 50;
/// Longest time that something may take.
const LONGEST: Duration = Duration::from_secs(60);
/// Time between two edits: an editor is not faster.
const PAUSE: Duration = Duration::from_millis(400);

/// Measures the time from a save to the new page.
pub fn measure() {
    println!("### The preview\n");
    println!(
        "From the end of a write to the new page, in milliseconds, for {EDITS} edits of the name of a project. \
         `resume watch` makes and writes all documents of the reference record, and the time is that at which \
         Chromium has changed the page. `typst watch` makes one document, of the folder that `resume export \
         typst` writes, and the time is that at which its SVG files are written: nothing shows them.\n"
    );
    println!("| document | | median | least |\n|---|---|--:|--:|");
    for (format, name) in [("one-page", "one-page"), ("full", "manual")] {
        let rows = [
            Some(("`resume watch`, the page in Chromium".to_owned(), in_browser(format))),
            typst(format),
        ];
        for (program, times) in rows.into_iter().flatten() {
            let least = times.iter().copied().fold(f64::INFINITY, f64::min);
            println!("| {name} | {program} | {:.0} | {least:.0} |", median(times));
        }
    }
    println!();
}

/// A program that runs until it is dropped, and the lines that it prints.
struct Running(Child, Receiver<String>);

impl Running {
    fn start(command: &mut Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a program that starts");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self(child, lines)
    }

    /// The next line with some words.
    fn line(&self, words: &str) -> String {
        loop {
            let line = self.1.recv_timeout(LONGEST).expect("the next line");
            if line.contains(words) {
                return line;
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The times until a browser shows an edit.
fn in_browser(format: &str) -> Vec<f64> {
    let folder = copy();
    let command = resume(&["watch"]);
    let mut watch = Command::new(&command[0]);
    let watch = Running::start(watch.args(&command[1..]).current_dir(folder.path()));
    let address = watch.line("http://");
    let address = address.split("http://").nth(1).expect("an address").trim_end_matches('/');
    watch.line("waiting for changes");
    let output = Command::new("node")
        .arg(root().join("benches/preview.mjs"))
        .arg(root().join("target/readers"))
        .arg(format!("http://{address}/#{format}"))
        .arg(folder.path().join("data").join(EDITED))
        .args([EDITS.to_string(), PAUSE.as_millis().to_string()])
        .stderr(Stdio::inherit())
        .output()
        .expect("node; `tests/readers/install` installs what it needs");
    serde_json::from_slice(&output.stdout).expect("a list of times")
}

/// The file that is edited.
const EDITED: &str = "projects/llm-nutrition-coach.yaml";

/// The times until the plain compiler has written the pages.
fn typst(format: &str) -> Option<(String, Vec<f64>)> {
    let (typst, version) = installed("TYPST", "typst")?;
    let folder = tempfile::tempdir().expect("a folder");
    let data = root().join("data");
    let name = fs::read_to_string(data.join(EDITED)).expect("the project");
    let name = name.lines().find_map(|line| line.trim().strip_prefix("ko: ")).expect("its name");
    let plain = folder.path().join("plain");
    let (data, path) = (data.to_string_lossy(), plain.to_string_lossy());
    run(&resume(&["export", "typst", &path, "--data", &data, "--format", format]))
        .expect("a document for the plain compiler");
    let mut command = Command::new(typst);
    command.arg("watch").arg(plain.join("main.typ")).arg(folder.path().join("{p}.svg"));
    command.arg("--font-path").arg(plain.join("fonts"));
    let watch = Running::start(&mut command);
    watch.line("compiled");
    let times = (0..EDITS).map(|at| {
        std::thread::sleep(PAUSE);
        change(&plain.join("document.json"), name, at);
        let began = Instant::now();
        watch.line("compiled");
        began.elapsed().as_secs_f64() * 1000.0
    });
    let times = times.collect();
    let version = version.split_whitespace().nth(1).unwrap_or_default();
    Some((format!("`typst watch` {version}, files written"), times))
}

/// Adds a number to a name, in place of the one before.
fn change(path: &Path, name: &str, at: usize) {
    edit(path, |text| {
        let (before, after) = text.split_once(name).expect("the name");
        let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
        format!("{before}{name}{at}{after}")
    });
}
