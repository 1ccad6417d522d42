//! `resume watch` as a process, and what it prints.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::program::command;

/// The main file of a record that is watched.
pub const MAIN: &str = "\
site: {title: Record, date: 2024-11-08, languages: [en]}
profile: {name: Name Surname, role: Engineer, email: name@example.org}
";

/// Longest time that a run may take.
const LONGEST: Duration = Duration::from_secs(30);
/// Time in which nothing may happen where nothing should.
const SILENCE: Duration = Duration::from_millis(900);

/// A running watch, which ends when it is dropped.
pub struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    /// Starts a watch in a folder, and waits for its first run; returns what that printed.
    pub fn start(folder: &Path, arguments: &[&str]) -> (Self, String) {
        let mut command = command(folder);
        command.arg("watch").args(arguments);
        Self::begin(command)
    }

    /// As [`Watch::start`], with a command line that is ready.
    pub fn begin(mut command: Command) -> (Self, String) {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("resume starts");
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let mut watch = Self { child, lines };
        let printed = watch.run();
        (watch, printed)
    }

    /// Waits for the end of the next run; returns what it printed.
    #[track_caller]
    pub fn run(&mut self) -> String {
        let mut printed = String::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(LONGEST) else {
                panic!("no run ends; exit {:?}; printed:\n{printed}", self.child.try_wait());
            };
            printed += &format!("{line}\n");
            if line == "waiting for changes" {
                return printed;
            }
        }
    }

    /// Waits until nothing has happened for a while; returns what all runs until then printed.
    pub fn settle(&mut self) -> String {
        let mut printed = String::new();
        while let Ok(line) = self.lines.recv_timeout(SILENCE) {
            printed += &format!("{line}\n");
        }
        printed
    }

    /// Ends the watch as Ctrl-C does; returns its exit status.
    pub fn interrupt(mut self) -> Option<i32> {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            if let Some(status) = self.child.try_wait().expect("its status") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    /// The memory of the process in bytes.
    pub fn memory(&self) -> u64 {
        let pages = fs::read_to_string(format!("/proc/{}/statm", self.child.id())).expect("memory");
        let pages: u64 = pages.split(' ').nth(1).expect("pages").parse().expect("a number");
        pages * 4096
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How many runs are in what a watch printed.
pub fn runs(printed: &str) -> usize {
    printed.lines().filter(|line| *line == "waiting for changes").count()
}
