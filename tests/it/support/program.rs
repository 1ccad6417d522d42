//! Runs `resume` and the readers of other people.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run of `resume` left.
pub struct Run {
    pub status: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Run {
    /// The same run, once its exit status is known to be right.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{}", self.stderr);
        self
    }

    /// The same run, once it is known to have said something.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "no `{words}` in:\n{}", self.stderr);
        self
    }
}

/// Runs `resume` in the repository.
pub fn resume<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    resume_in(root(), arguments, &[])
}

/// Runs `resume` in a folder, with variables of the environment. What the machine that runs the
/// tests has set does not reach it.
pub fn resume_in<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
    variables: &[(&str, &str)],
) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resume"));
    command.args(arguments).current_dir(folder);
    for inherited in ["RESUME_DATA", "RESUME_TEMPLATES", "RESUME_FONTS", "SOURCE_DATE_EPOCH"] {
        command.env_remove(inherited);
    }
    command.envs(variables.iter().copied());
    let Output { status, stdout, stderr } = command.output().expect("resume starts");
    let stderr = String::from_utf8(stderr).expect("messages are UTF-8");
    Run { status: status.code(), stdout, stderr }
}

/// What a reader prints about a file, or `None` where the reader is not installed.
///
/// # Panics
/// The reader finds the file broken; the reader is absent and `RESUME_TEST_READERS=required`.
#[track_caller]
pub fn reader(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(program);
    match command.args(arguments).arg(file).arg("-").output() {
        Ok(output) => Some(judge(program, file, output)),
        Err(error) => absent(program, &error),
    }
}

/// As [`reader`], for programs that take no output file.
#[track_caller]
pub fn inspector(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    match Command::new(program).args(arguments).arg(file).output() {
        Ok(output) => Some(judge(program, file, output)),
        Err(error) => absent(program, &error),
    }
}

#[track_caller]
pub fn judge(program: &str, file: &Path, output: Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} on {}: {stderr}", file.display());
    // Poppler prints the titles of a structure tree as the raw bytes of the PDF.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Says what is not tested and why. Written past the test harness, which would swallow it.
pub fn absent<T>(program: &str, error: &io::Error) -> Option<T> {
    let required = std::env::var("RESUME_TEST_READERS").is_ok_and(|value| value == "required");
    assert!(!required, "`{program}` cannot be run: {error}");
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let line = format!("skipped: {test} needs `{program}`, which cannot be run ({error})\n");
    io::stderr().write_all(line.as_bytes()).expect("standard error is open");
    None
}

/// A folder with files, gone when dropped.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

/// The PDFs in a folder, by name.
pub fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}
