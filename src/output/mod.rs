//! Bytes → files. Whole or not at all: a failed run leaves what was there before.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::engine::note;
use crate::error::Error;
use crate::export::{FileType, page_suffix};

/// Where documents go.
#[derive(Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard output, for a single file.
    Stdout,
    /// One file, for a single document; its pages are numbered where there are several.
    File(PathBuf),
    /// A folder, each document under its own name.
    Folder(PathBuf),
}

impl Destination {
    /// What `--output` means for a number of documents and the types of their files.
    ///
    /// # Errors
    /// Several documents or types into one file or onto standard output; a file whose name says
    /// another type.
    pub fn of(output: &Path, documents: usize, types: &[FileType]) -> Result<Self, Error> {
        let ending = output.extension().and_then(|ending| ending.to_str());
        let named = FileType::ALL.iter().find(|one| ending == Some(one.extension()));
        let shown = output.display();
        let single = |destination| match (documents, types) {
            (1, [_]) => Ok(destination),
            (1, _) => Err(Error::new(
                format!("`{shown}` takes one file, and `--as` names {}", types.len()),
                "choose one type, or name a folder",
            )),
            _ => Err(Error::new(
                format!("`{shown}` takes one document, and there are {documents}"),
                "choose one with `--format`, or name a folder",
            )),
        };
        if output.as_os_str() == "-" {
            return single(Self::Stdout);
        }
        match named {
            Some(named) if !output.is_dir() => {
                let file = single(Self::File(output.to_path_buf()))?;
                match types.iter().find(|one| *one != named) {
                    None => Ok(file),
                    Some(asked) => Err(Error::new(
                        format!(
                            "`{shown}` is not the name of a file of type {}",
                            asked.extension()
                        ),
                        format!("add `--as {}`, or change the name", named.extension()),
                    )),
                }
            }
            _ => Ok(Self::Folder(output.to_path_buf())),
        }
    }

    /// The path of a file: the document called `name`, a page of it (`-01`, or nothing), its type.
    pub fn path(&self, name: &str, page: &str, ending: &str) -> Option<PathBuf> {
        match self {
            Self::Stdout => None,
            Self::File(path) if page.is_empty() => Some(path.clone()),
            Self::File(path) => {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                Some(path.with_file_name(format!("{stem}{page}.{ending}")))
            }
            Self::Folder(folder) => Some(folder.join(format!("{name}{page}.{ending}"))),
        }
    }
}

/// Removes pictures of pages that an earlier run drew of the same document and that it does not
/// have now. A file goes only when both its name and the note on it say so.
///
/// # Errors
/// A file that cannot be removed.
pub fn remove_stale(first: &Path, name: &str, count: usize, ending: &str) -> Result<(), Error> {
    let (Some(stem), Some(folder)) =
        (first.file_stem().and_then(|stem| stem.to_str()), first.parent())
    else {
        return Ok(());
    };
    let stem = if count == 1 { stem } else { stem.rsplit_once('-').map_or(stem, |(stem, _)| stem) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let now: Vec<String> =
        (1..=count).map(|page| format!("{stem}{}", page_suffix(page, count))).collect();
    let numbered = |own: &str| {
        let digits = |rest: &str| rest.chars().all(|c| c.is_ascii_digit());
        own.strip_prefix(stem)
            .is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(digits))
    };
    for path in fs::read_dir(folder).map_err(|error| Error::write(folder, error))?.flatten() {
        let path = path.path();
        let own = path.file_stem().and_then(|own| own.to_str()).unwrap_or_default();
        let same_type = path.extension().is_some_and(|own| own == ending);
        if !same_type || !numbered(own) || now.iter().any(|now| now == own) || !path.is_file() {
            continue;
        }
        let said = fs::read(&path).ok().and_then(|bytes| note(&bytes)).unwrap_or_default();
        let (document, _) = said.rsplit_once(' ').unwrap_or_default();
        if document == format!("resume: {name}") {
            fs::remove_file(&path).map_err(|error| {
                Error::from(format!("cannot remove `{}`: {error}", path.display()))
            })?;
        }
    }
    Ok(())
}

/// Writes bytes to standard output.
///
/// # Errors
/// Nobody reads them.
pub fn write_stdout(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    let done = out.write_all(bytes).and_then(|()| out.flush());
    done.map_err(|error| Error::write(Path::new("standard output"), error))
}

/// Writes a file beside its place and moves it there when it is whole.
///
/// # Errors
/// A folder that cannot be made, a disk that is full, a path that cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_all([(path, bytes)])
}

/// Writes files that belong together: none is moved to its place before all are whole.
///
/// # Errors
/// As [`write`].
pub fn write_all<'a>(files: impl IntoIterator<Item = (&'a Path, &'a [u8])>) -> Result<(), Error> {
    let files = files.into_iter().map(|(path, bytes)| Ok((path, whole(path, bytes)?)));
    for (path, file) in files.collect::<Result<Vec<_>, Error>>()? {
        file.persist(path).map_err(|error| Error::write(path, error.error))?;
    }
    Ok(())
}

/// Writes a file that is not there yet.
///
/// # Errors
/// As [`write`], and a file that is there.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    whole(path, bytes)?.persist_noclobber(path).map_err(|error| Error::write(path, error.error))?;
    Ok(())
}

/// A whole file beside the path it will have.
fn whole(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, Error> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    let mut file = NamedTempFile::new_in(folder).map_err(|error| Error::write(folder, error))?;
    file.write_all(bytes).map_err(|error| Error::write(path, error))?;
    readable_by_all(&file).map_err(|error| Error::write(path, error))?;
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
