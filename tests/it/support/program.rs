//! Runs `resume` as a process.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The result of a run of `resume`.
pub struct Run {
    pub status: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Run {
    /// The same run, after its exit status is checked.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{}", self.stderr);
        self
    }

    /// The same run, after its messages are checked.
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

/// The program in a folder. Settings of the machine that runs the tests do not reach it.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resume"));
    command.current_dir(folder);
    for inherited in [
        "RESUME_DATA",
        "RESUME_TEMPLATES",
        "RESUME_FONTS",
        "SOURCE_DATE_EPOCH",
        "LC_ALL",
        "LC_CTYPE",
        "LANG",
    ] {
        command.env_remove(inherited);
    }
    command
}

/// Runs `resume` in a folder, with variables of the environment.
pub fn resume_in<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
    variables: &[(&str, &str)],
) -> Run {
    let mut command = command(folder);
    command.args(arguments).envs(variables.iter().copied());
    let Output { status, stdout, stderr } = command.output().expect("resume starts");
    let stderr = String::from_utf8(stderr).expect("messages are UTF-8");
    Run { status: status.code(), stdout, stderr }
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

/// A folder with files, and the documents of the record in its `data` below `out`.
#[track_caller]
pub fn rendered(files: &[(&str, &str)]) -> TempDir {
    let folder = folder(files);
    resume_in(folder.path(), ["render", "--output", "out"], &[]).exits(0);
    folder
}

/// The PDFs in a folder, by name.
pub fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}
