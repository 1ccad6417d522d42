//! Bytes → files. Whole or not at all: a failed run leaves what was there before.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Failure;
use crate::phases::Phases;

/// One document that was made.
#[derive(Debug)]
pub struct Written {
    /// Where it is; `None` for standard output.
    pub path: Option<PathBuf>,
    /// How large it is, in bytes.
    pub size: usize,
    /// How many pages it has.
    pub pages: usize,
    /// How long its parts took.
    pub phases: Phases,
}

/// Where documents go.
#[derive(Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard output, for a single document.
    Stdout,
    /// One file, for a single document.
    File(PathBuf),
    /// A folder, each document under its own name.
    Folder(PathBuf),
}

impl Destination {
    /// What `--output` means for a number of documents.
    ///
    /// # Errors
    /// Several documents into one file or onto standard output.
    pub fn of(output: &Path, documents: usize) -> Result<Self, Failure> {
        let is_file = output.extension().is_some_and(|extension| extension == "pdf");
        let single = |destination| match documents {
            1 => Ok(destination),
            _ => Err(Failure::new(
                format!("`{}` takes one document, and there are {documents}", output.display()),
                "choose one with `--format`, or name a folder",
            )),
        };
        if output.as_os_str() == "-" {
            single(Self::Stdout)
        } else if is_file && !output.is_dir() {
            single(Self::File(output.to_path_buf()))
        } else {
            Ok(Self::Folder(output.to_path_buf()))
        }
    }

    /// The path of the document called `name`.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path.clone()),
            Self::Folder(folder) => Some(folder.join(name)),
        }
    }
}

/// Writes a document beside its place and moves it there when it is whole.
///
/// # Errors
/// A folder that cannot be made, a disk that is full, a path that cannot be written.
pub fn write(document: &Written, bytes: &[u8]) -> Result<(), Failure> {
    let Some(path) = &document.path else {
        let mut out = io::stdout().lock();
        let done = out.write_all(bytes).and_then(|()| out.flush());
        return done.map_err(|error| failure(Path::new("standard output"), error));
    };
    let file = whole(path, bytes)?;
    file.persist(path).map_err(|error| failure(path, error.error))?;
    Ok(())
}

/// Writes a file that is not there yet.
///
/// # Errors
/// As [`write`], and a file that is there.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    whole(path, bytes)?.persist_noclobber(path).map_err(|error| failure(path, error.error))?;
    Ok(())
}

fn failure(path: &Path, error: io::Error) -> Failure {
    Failure::from(format!("cannot write `{}`: {error}", path.display()))
}

/// A whole file beside the path it will have.
fn whole(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|error| failure(folder, error))?;
    let mut file = NamedTempFile::new_in(folder).map_err(|error| failure(folder, error))?;
    file.write_all(bytes).map_err(|error| failure(path, error))?;
    readable_by_all(&file).map_err(|error| failure(path, error))?;
    Ok(file)
}

/// Temporary files are private; a document is an ordinary file.
#[cfg(unix)]
fn readable_by_all(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}
