//! The templates: built in, and overridden file by file from a folder of the user.
//!
//! A user's file of the same path wins; nothing outside the folder can be reached.
//! Must not know what is in a template.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use typst::syntax::VirtualPath;

/// The files under `templates/`, in the binary.
#[derive(RustEmbed)]
#[folder = "templates/"]
#[allow_missing = true]
struct Builtin;

/// The templates a run sees.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    folder: Option<PathBuf>,
}

/// Why templates could not be copied out.
#[derive(Debug)]
pub enum CopyError {
    /// These files exist already; nothing was written.
    Existing(Vec<PathBuf>),
    /// A file could not be written.
    Io(PathBuf, io::Error),
}

impl Templates {
    /// The built-in templates, overridden by the files of a folder.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The folder whose files win over the built-in ones.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Reads a file by its path below the templates folder, such as `full/main.typ`.
    pub fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let path = VirtualPath::new(path).ok()?;
        let own = self.folder.as_ref().and_then(|folder| path.realize(folder).ok());
        if let Some(bytes) = own.filter(|file| file.is_file()).and_then(|file| fs::read(file).ok())
        {
            return Some(Cow::Owned(bytes));
        }
        Builtin::get(path.get_without_slash()).map(|file| file.data)
    }

    /// The paths of all templates, built in or the user's, in order.
    pub fn list(&self) -> Vec<String> {
        let mut paths: BTreeSet<String> = Builtin::iter().map(Cow::into_owned).collect();
        if let Some(folder) = &self.folder {
            collect(folder, folder, &mut paths);
        }
        paths.into_iter().collect()
    }

    /// The languages that have words, in order: `en` for `words/en.yaml`.
    pub fn languages(&self) -> Vec<String> {
        let words =
            |path: &String| Some(path.strip_prefix("words/")?.strip_suffix(".yaml")?.to_owned());
        self.list().iter().filter_map(words).collect()
    }

    /// Whether a path comes from the user's folder.
    pub fn is_overridden(&self, path: &str) -> bool {
        let file = VirtualPath::new(path).ok().zip(self.folder.as_ref());
        file.and_then(|(path, folder)| path.realize(folder).ok()).is_some_and(|file| file.is_file())
    }

    /// Whether a file is not what is built in.
    pub fn is_changed(&self, path: &str) -> bool {
        self.is_overridden(path) && self.read(path) != Builtin::get(path).map(|file| file.data)
    }

    /// Copies the built-in templates into a folder. Writes nothing when any file exists.
    ///
    /// # Errors
    /// The files that exist already, or the one that could not be written.
    pub fn copy_to(&self, folder: &Path) -> Result<Vec<PathBuf>, CopyError> {
        let files: Vec<_> = Builtin::iter()
            .filter_map(|path| Some((folder.join(path.as_ref()), Builtin::get(&path)?.data)))
            .collect();
        let existing: Vec<_> =
            files.iter().map(|(file, _)| file).filter(|file| file.exists()).cloned().collect();
        if !existing.is_empty() {
            return Err(CopyError::Existing(existing));
        }
        for (file, bytes) in &files {
            write_whole(file, bytes).map_err(|error| CopyError::Io(file.clone(), error))?;
        }
        Ok(files.into_iter().map(|(file, _)| file).collect())
    }
}

/// Whether a template serves a main file: those of its own folder do, and what all share.
pub(super) fn serves(path: &str, main: &str) -> bool {
    let folder = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let own = folder(path);
    own == folder(main) || own.is_some_and(|own| own == "shared" || own == "words")
}

/// Writes beside the file, then renames: a reader never sees half a file.
fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut part = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut part, bytes)?;
    part.persist_noclobber(file).map(drop).map_err(|error| error.error)
}

/// Collects the template-like files below a folder.
fn collect(root: &Path, folder: &Path, paths: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if path.is_dir() && !hidden {
            collect(root, &path, paths);
        } else if !hidden && let Ok(inner) = VirtualPath::virtualize(root, &path) {
            paths.insert(inner.get_without_slash().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Templates;

    #[test]
    fn the_users_file_wins_and_nothing_escapes() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        std::fs::create_dir(dir.path().join("own"))?;
        std::fs::write(dir.path().join("own/a.typ"), "mine")?;
        std::fs::write(dir.path().join("secret"), "no")?;
        let templates = Templates::new(Some(dir.path().join("own")));
        assert_eq!(templates.read("a.typ").as_deref(), Some(b"mine".as_slice()));
        assert_eq!(templates.read("/a.typ").as_deref(), Some(b"mine".as_slice()));
        assert!(templates.is_overridden("a.typ"));
        assert_eq!(templates.read("../secret"), None);
        assert_eq!(templates.read("x/../../secret"), None);
        assert!(templates.list().contains(&"a.typ".to_owned()));
        Ok(())
    }
}
