//! Bytes → files, whole or not at all.
//!
//! Files are written into a folder beside their places, `.resume-…`, and moved when all of them are
//! whole. A file that is there keeps its owner and mode; where it cannot be replaced, because it is
//! mounted by itself, belongs to somebody else or its folder cannot be written, it is written over.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use crate::error::Error;

/// How the names of folders begin that hold files until they are whole.
const PREFIX: &str = ".resume-";
/// The file in such a folder that a run locks as long as it lasts.
const LOCK: &str = "lock";
/// Links that are followed from one to the next.
const MOST_LINKS: usize = 40;

/// Files of one run, below one folder, that are moved to their places together.
#[derive(Debug)]
pub(crate) struct Staging {
    root: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The folders of whole files, by the folders they are in. The locks tell other runs that the
    /// files are needed.
    folders: BTreeMap<PathBuf, (TempDir, File)>,
    /// The whole files, by the paths they were asked for.
    files: BTreeMap<PathBuf, Staged>,
    /// How many there have been.
    count: usize,
}

/// A whole file that waits for its place.
#[derive(Debug)]
struct Staged {
    /// Where it is.
    whole: PathBuf,
    /// Its place, links followed.
    target: PathBuf,
    how: How,
}

/// How a file gets to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// It replaces what is there.
    Replace,
    /// It is written over what is there, which keeps its owner.
    Over,
    /// Nothing may be there.
    New,
}

impl Staging {
    /// An empty staging area for files below a folder.
    pub fn new(root: &Path) -> Self {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        Self { root: root.to_path_buf(), state: Mutex::default() }
    }

    /// Writes a file that will replace what is at a path.
    ///
    /// # Errors
    /// A folder that cannot be made, a disk that is full, a path that names a folder, a pipe or a
    /// device.
    pub fn add(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let there = match fs::metadata(path) {
            Ok(there) if !there.is_file() => return Err(special(path, &there)),
            Ok(there) => Some(there),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(Error::write(path, error)),
        };
        let target = followed(path);
        let whole = self.write(&target, bytes)?;
        let kept = there.is_none_or(|there| like(&whole, &there).is_ok());
        let how = if kept { How::Replace } else { How::Over };
        self.lock().files.insert(path.to_path_buf(), Staged { whole, target, how });
        Ok(())
    }

    /// Writes a file for a path where nothing may be.
    ///
    /// # Errors
    /// As [`Staging::add`].
    pub fn add_new(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let staged =
            Staged { whole: self.write(path, bytes)?, target: path.to_path_buf(), how: How::New };
        self.lock().files.insert(path.to_path_buf(), staged);
        Ok(())
    }

    /// Moves the files of these paths to their places.
    ///
    /// # Errors
    /// A file that cannot be moved; those before it have been.
    pub fn commit<'a>(&self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Result<(), Error> {
        for path in paths {
            let staged = self.lock().files.remove(path);
            if let Some(staged) = staged {
                staged.put().map_err(|error| Error::write(path, error))?;
            }
        }
        Ok(())
    }

    /// Moves all files to their places.
    ///
    /// # Errors
    /// As [`Staging::commit`].
    pub fn commit_all(self) -> Result<(), Error> {
        let paths: Vec<PathBuf> = self.lock().files.keys().cloned().collect();
        self.commit(&paths)
    }

    /// Writes a whole file that can be moved to a path, and returns where it is.
    fn write(&self, target: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
        // One folder serves all files below the root.
        let folder = if folder.starts_with(&self.root) { &self.root } else { folder };
        let whole = self.lock().place(folder).map_err(|error| Error::write(folder, error))?;
        let written = File::create(&whole).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| Error::write(target, error))?;
        Ok(whole)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// A path for a whole file of a folder.
    fn place(&mut self, folder: &Path) -> io::Result<PathBuf> {
        if !self.folders.contains_key(folder) {
            remove_leftovers(folder);
            let named = || tempfile::Builder::new().prefix(PREFIX).clone();
            // In a folder that cannot be written there may still be a file that can.
            let made = named().tempdir_in(folder).or_else(|_| named().tempdir())?;
            let lock = File::create(made.path().join(LOCK))?;
            // Some file systems have no locks; there, leftovers stay.
            let _ = lock.try_lock();
            self.folders.insert(folder.to_path_buf(), (made, lock));
        }
        self.count += 1;
        Ok(self.folders[folder].0.path().join(self.count.to_string()))
    }
}

impl Staged {
    /// Moves the file to its place.
    fn put(&self) -> io::Result<()> {
        let Self { whole, target, how } = self;
        match how {
            How::Replace if fs::rename(whole, target).is_ok() => Ok(()),
            How::Replace | How::Over => {
                let mut from = File::open(whole)?;
                let options = OpenOptions::new().write(true).create(true).clone();
                let mut to = options.open(target)?;
                to.set_len(0).and_then(|()| io::copy(&mut from, &mut to)).map_err(|error| {
                    io::Error::other(format!(
                        "{error}; the file is incomplete, because it could only be written over"
                    ))
                })?;
                Ok(())
            }
            How::New => match fs::hard_link(whole, target) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    let mut to = File::create_new(target)?;
                    let copied = io::copy(&mut File::open(whole)?, &mut to);
                    copied.map(drop).inspect_err(|_| drop(fs::remove_file(target)))
                }
                made => made,
            },
        }
    }
}

/// Removes what runs that were killed have left in a folder.
fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let path = entry.path();
        let lock = ours.then(|| OpenOptions::new().write(true).open(path.join(LOCK)));
        if let Some(Ok(lock)) = lock
            && lock.try_lock().is_ok()
        {
            // Another run may be removing it too.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Where a path leads when links are followed, the last of which may lead to nothing yet.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// Gives a file the owner and the mode of another.
#[cfg(unix)]
fn like(path: &Path, other: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let own = fs::metadata(path)?;
    if (own.uid(), own.gid()) != (other.uid(), other.gid()) {
        chown(path, Some(other.uid()), Some(other.gid()))?;
    }
    fs::set_permissions(path, other.permissions())
}

#[cfg(not(unix))]
fn like(path: &Path, other: &Metadata) -> io::Result<()> {
    fs::set_permissions(path, other.permissions())
}

/// The error for a path that cannot be replaced by a file.
fn special(path: &Path, there: &Metadata) -> Error {
    let kind = if there.is_dir() { "a folder" } else { "a pipe or a device" };
    let message = format!("cannot write `{}`: it is {kind}, not a file", path.display());
    Error::new(
        message,
        "name an ordinary file; documents can go to standard output, with `--output -`",
    )
}

/// Writes a file.
///
/// # Errors
/// As [`Staging::add`] and [`Staging::commit`].
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let staging = Staging::new(path.parent().unwrap_or(Path::new("")));
    staging.add(path, bytes)?;
    staging.commit_all()
}

/// Writes bytes to standard output.
///
/// # Errors
/// Standard output is closed or cannot be written.
pub(crate) fn write_stdout(bytes: &[u8]) -> Result<(), Error> {
    print(bytes).map_err(|error| Error::write(Path::new("standard output"), error))
}

/// The same, with the system's error.
///
/// # Errors
/// As [`write_stdout`].
pub(crate) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    #[test]
    fn files_are_written_together_or_not_at_all() {
        let dir = tempfile::tempdir().expect("a folder");
        let (a, b) = (dir.path().join("a"), dir.path().join("sub/b"));
        fs::write(&a, "old").expect("written");
        let staging = Staging::new(dir.path());
        staging.add(&a, b"new").expect("added");
        staging.add(&b, b"new").expect("added");
        assert_eq!(fs::read(&a).expect("read"), b"old");
        assert!(!b.exists());
        staging.commit([&a, &b]).expect("moved");
        assert_eq!(
            (fs::read(&a).expect("read"), fs::read(&b).expect("read")),
            (b"new".to_vec(), b"new".to_vec())
        );
        drop(staging);
        assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 2, "nothing is left");
    }

    #[test]
    fn existing_files_keep_their_mode_and_links_are_followed() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("far")).expect("made");
        fs::write(at("far/own"), "old").expect("written");
        fs::set_permissions(at("far/own"), fs::Permissions::from_mode(0o600)).expect("set");
        symlink("far/own", at("link")).expect("linked");
        symlink("far/none", at("dangling")).expect("linked");
        for name in ["link", "dangling"] {
            write(&at(name), b"new").expect("written");
            assert!(at(name).is_symlink());
            assert_eq!(fs::read(at(name)).expect("read"), b"new");
        }
        assert_eq!(mode(&at("far/own")), 0o600);
        symlink("circle", at("circle")).expect("linked");
        assert!(write(&at("circle"), b"new").is_err());
        assert!(write(&at("far"), b"new").is_err());
    }

    #[test]
    fn add_new_refuses_an_existing_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a");
        let staging = Staging::new(dir.path());
        staging.add_new(&path, b"new").expect("added");
        fs::write(&path, "old").expect("written");
        assert!(staging.commit_all().is_err());
        assert_eq!(fs::read(&path).expect("read"), b"old");
    }

    #[test]
    fn a_run_removes_what_a_killed_one_left_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        let running = Staging::new(dir.path());
        running.add(&at("a"), b"a").expect("added");
        for (folder, file) in [(".resume-dead", LOCK), (".resume-mine", "notes")] {
            fs::create_dir(at(folder)).expect("made");
            fs::write(at(folder).join(file), "").expect("written");
        }
        write(&at("b"), b"b").expect("written");
        assert!(!at(".resume-dead").exists() && at(".resume-mine").exists());
        running.commit_all().expect("its files are there");
    }
}
