//! The data folder on disk: what may be read through data, and how large it may be.
//!
//! All files that the record names are read here, so that nothing outside the folder is ever read.
//! This file must not know what is in a file.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};

/// Bytes of one YAML file; the text of a thousand pages is about half of it.
pub const FILE_LIMIT: u64 = 4_000_000;
/// Bytes of one job description; a long advertisement has 20,000.
pub const JOB_LIMIT: u64 = 1_000_000;
/// Bytes of one picture.
pub const PICTURE_LIMIT: u64 = 20_000_000;
/// Bytes of all files of a record.
const TOTAL_LIMIT: u64 = 200_000_000;

/// The folder of a record.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Bytes that may still be read.
    left: Cell<u64>,
    /// The files that were asked for, whether they are there or not.
    asked: RefCell<BTreeSet<PathBuf>>,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file.
    Missing,
    /// The path, or the link it goes through, leads out of the folder.
    Outside,
    /// A folder, a device, a socket or a pipe.
    NotAFile,
    /// The file is larger than the limit given, in bytes.
    TooLarge(u64),
    /// All files together are larger than this many bytes.
    TotalTooLarge(u64),
    /// The operating system refuses.
    Io(String),
}

impl Folder {
    /// The folder at a path.
    ///
    /// # Errors
    /// The folder is not there or cannot be entered.
    pub fn new(path: &Path) -> std::io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let root = path.canonicalize()?;
        Ok(Self { root, left: Cell::new(TOTAL_LIMIT), asked: RefCell::default() })
    }

    /// Reads a file of at most `limit` bytes that is in the folder once all links are followed.
    ///
    /// # Errors
    /// Why it is not read.
    pub fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
        let io = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => Refusal::Missing,
            _ => Refusal::Io(error.to_string()),
        };
        self.asked.borrow_mut().insert(path.to_path_buf());
        let real = path.canonicalize().map_err(io)?;
        if !real.starts_with(&self.root) {
            return Err(Refusal::Outside);
        }
        // Checked before it is opened: opening a pipe would wait for a writer.
        let about = fs::metadata(&real).map_err(io)?;
        if !about.is_file() {
            return Err(Refusal::NotAFile);
        }
        let allowed = limit.min(self.left.get());
        let mut bytes = Vec::new();
        // The size is what is read, not what the file system says: the file may be growing.
        let file = fs::File::open(&real).map_err(io)?;
        file.take(allowed + 1).read_to_end(&mut bytes).map_err(io)?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(Refusal::TooLarge(limit));
        }
        if size > allowed {
            return Err(Refusal::TotalTooLarge(TOTAL_LIMIT));
        }
        self.left.set(self.left.get() - size);
        Ok(bytes)
    }

    /// All files that were asked for until now: what is read depends on them.
    pub fn asked(&self) -> BTreeSet<PathBuf> {
        self.asked.borrow().clone()
    }

    /// The path on disk of a file that data names relative to the folder, and its plain form with
    /// `/` between its parts.
    ///
    /// # Errors
    /// An absolute path, one with `..`, or one that is an address.
    pub fn inside(&self, named: &str) -> Result<(PathBuf, String), Refusal> {
        let address = named.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
        if address || named.contains(['\\', '\0']) || named.starts_with('/') {
            return Err(Refusal::Outside);
        }
        let mut parts = Vec::new();
        for part in Path::new(named).components() {
            match part {
                Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
                Component::CurDir => {}
                _ => return Err(Refusal::Outside),
            }
        }
        if parts.is_empty() {
            return Err(Refusal::Missing);
        }
        Ok((self.root.join(parts.iter().collect::<PathBuf>()), parts.join("/")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Folder, Refusal};

    #[test]
    fn data_names_files_of_its_folder_only() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(dir.path()).expect("the folder");
        for named in [
            "/etc/passwd",
            "../x.png",
            "a/../../x.png",
            "file:x",
            "https://a.kr/x.png",
            "a\\b",
            "C:x",
        ] {
            assert_eq!(folder.inside(named), Err(Refusal::Outside), "{named}");
        }
        assert_eq!(folder.inside("./a//b.png").map(|found| found.1), Ok("a/b.png".to_owned()));
        assert_eq!(folder.inside("사진/나.png").map(|found| found.1), Ok("사진/나.png".to_owned()));
    }

    #[test]
    #[cfg(unix)]
    fn links_that_lead_out_are_not_followed() {
        let outer = tempfile::tempdir().expect("a folder");
        let data = outer.path().join("data");
        std::fs::create_dir(&data).expect("made");
        std::fs::write(outer.path().join("secret"), "no").expect("written");
        std::fs::write(data.join("own"), "yes").expect("written");
        std::os::unix::fs::symlink("../secret", data.join("out")).expect("linked");
        std::os::unix::fs::symlink("own", data.join("in")).expect("linked");
        std::os::unix::fs::symlink("/dev/zero", data.join("zero")).expect("linked");
        let folder = Folder::new(&data).expect("the folder");
        assert_eq!(folder.read(&data.join("in"), 10), Ok(b"yes".to_vec()));
        assert_eq!(folder.read(&data.join("out"), 10), Err(Refusal::Outside));
        assert_eq!(folder.read(&data.join("zero"), 10), Err(Refusal::Outside));
        assert_eq!(folder.read(&data.join("own"), 2), Err(Refusal::TooLarge(2)));
        assert_eq!(folder.read(&data, 2), Err(Refusal::NotAFile));
        assert_eq!(folder.read(&data.join("none"), 2), Err(Refusal::Missing));
    }
}
