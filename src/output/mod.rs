//! Where documents go, and how files are written.

pub(crate) mod write;

use std::fs;
use std::path::{Path, PathBuf};

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
        let ending = output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let named = FileType::ALL.iter().find(|one| ending.eq_ignore_ascii_case(one.extension()));
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
            _ if output.exists() && !output.is_dir() => Err(Error::new(
                format!("`{shown}` is a file or a device, not a folder"),
                "name a folder, a file such as `resume.pdf`, or `-` for standard output",
            )),
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
/// have now. A file goes only when both its name and the note on it say so; other types have no file
/// for every page.
///
/// # Errors
/// A file that cannot be removed.
pub fn remove_stale(first: &Path, name: &str, count: usize) -> Result<(), Error> {
    let (Some(stem), Some(ending), Some(folder)) =
        (first.file_stem().and_then(|stem| stem.to_str()), first.extension(), first.parent())
    else {
        return Ok(());
    };
    let is_picture = |one: &FileType| one.is_paged() && ending == one.extension();
    if !FileType::ALL.iter().any(is_picture) {
        return Ok(());
    }
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
        let same_type = path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
        if !same_type || !numbered(own) || now.iter().any(|now| now == own) || !path.is_file() {
            continue;
        }
        let noted = fs::read(&path).ok().and_then(|bytes| note(&bytes)).unwrap_or_default();
        let (document, _) = noted.rsplit_once(' ').unwrap_or_default();
        if document == format!("resume: {name}") {
            fs::remove_file(&path).map_err(|error| {
                Error::from(format!("cannot remove `{}`: {error}", path.display()))
            })?;
        }
    }
    Ok(())
}
