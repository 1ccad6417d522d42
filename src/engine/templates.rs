//! The templates: built in, and overridden file by file from a folder of the user.
//!
//! A user's file of the same path wins; one that cannot be read is an error. Nothing outside the
//! folder can be reached.
//! Must not know what is in a template.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::io::{self, ErrorKind};
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
    ///
    /// # Errors
    /// There is no such file (`NotFound`), or the user's file cannot be read: the built-in one does not
    /// take its place.
    pub fn read(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        let missing = || io::Error::from(ErrorKind::NotFound);
        let path = VirtualPath::new(path).map_err(|_| missing())?;
        let path = path.get_without_slash();
        let mut layers = self.layers(path)?;
        if layers.is_empty() { Err(missing()) } else { Ok(layers.swap_remove(0)) }
    }

    /// The files of a path below the templates folder: the user's, then the built-in one.
    pub(super) fn layers(&self, path: &str) -> io::Result<Vec<Cow<'static, [u8]>>> {
        let own = self
            .own(path)?
            .map(|file| fs::read(&file).map(Cow::Owned).map_err(|error| unreadable(&file, &error)));
        let built_in = Builtin::get(path).map(|file| Ok(file.data));
        own.into_iter().chain(built_in).collect()
    }

    /// The user's file of a path. Links are followed as long as they stay in the folder.
    fn own(&self, path: &str) -> io::Result<Option<PathBuf>> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let file = folder.join(path);
        let real = match file.canonicalize() {
            Ok(real) => real,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                let mut parts = file.ancestors().take_while(|part| part != folder);
                return match parts.find(|part| part.is_symlink() && !part.exists()) {
                    Some(link) => Err(unreadable(link, &"the link leads nowhere")),
                    None => Ok(None),
                };
            }
            Err(error) => return Err(unreadable(&file, &error)),
        };
        self.holds(&file, &real)?;
        if !real.is_file() {
            return Err(unreadable(&file, &"it is not an ordinary file"));
        }
        Ok(Some(file))
    }

    /// Fails when a path of the folder leads out of it.
    fn holds(&self, path: &Path, real: &Path) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        match real.starts_with(folder.canonicalize()?) {
            true => Ok(()),
            false => Err(unreadable(path, &"the link leads out of the templates folder")),
        }
    }

    /// The paths of all templates, built in or the user's, in order.
    ///
    /// # Errors
    /// A folder that cannot be read, and a link that leads out of the folder or back into itself.
    pub fn list(&self) -> io::Result<Vec<String>> {
        self.list_in("")
    }

    /// The languages that have words, in order: `en` for `words/en.yaml`.
    ///
    /// # Errors
    /// As [`Templates::list`].
    pub fn languages(&self) -> io::Result<Vec<String>> {
        self.names("words/", ".yaml")
    }

    /// The themes, in order: `modern` for `themes/modern.yaml`.
    ///
    /// # Errors
    /// As [`Templates::list`].
    pub fn themes(&self) -> io::Result<Vec<String>> {
        self.names("themes/", ".yaml")
    }

    /// The layouts of résumés, in order: `rail` for `layouts/rail.typ`.
    ///
    /// # Errors
    /// As [`Templates::list`].
    pub fn layouts(&self) -> io::Result<Vec<String>> {
        self.names("layouts/", ".typ")
    }

    /// The names of the files of a folder, in order, without the ending that they share.
    fn names(&self, folder: &str, ending: &str) -> io::Result<Vec<String>> {
        let name =
            |path: &String| Some(path.strip_prefix(folder)?.strip_suffix(ending)?.to_owned());
        Ok(self.list_in(folder)?.iter().filter_map(name).collect())
    }

    /// The paths of all templates in a folder, in order.
    fn list_in(&self, within: &str) -> io::Result<Vec<String>> {
        let mut paths: BTreeSet<String> =
            Builtin::iter().filter(|path| path.starts_with(within)).map(Cow::into_owned).collect();
        if let Some(folder) = self.folder.as_ref().map(|folder| folder.join(within))
            && folder.symlink_metadata().is_ok()
        {
            self.collect(&folder, &mut Vec::new(), &mut paths)?;
        }
        Ok(paths.into_iter().collect())
    }

    /// Collects the files below a folder, which is inside the `outer` ones.
    fn collect(
        &self,
        folder: &Path,
        outer: &mut Vec<PathBuf>,
        paths: &mut BTreeSet<String>,
    ) -> io::Result<()> {
        let wrong = |error: io::Error| unreadable(folder, &error);
        let real = folder.canonicalize().map_err(wrong)?;
        self.holds(folder, &real)?;
        if outer.contains(&real) {
            return Err(unreadable(folder, &"the link leads back to a folder that it is in"));
        }
        outer.push(real);
        for entry in fs::read_dir(folder).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            if path.is_dir() {
                self.collect(&path, outer, paths)?;
            } else if let Some(root) = &self.folder
                && let Ok(inner) = VirtualPath::virtualize(root, &path)
            {
                paths.insert(inner.get_without_slash().to_owned());
            }
        }
        outer.pop();
        Ok(())
    }

    /// The built-in templates by their paths.
    pub fn built_in() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
        Builtin::iter().filter_map(|path| Some((path.to_string(), Builtin::get(&path)?.data)))
    }
}

/// What keeps a file or folder from being read.
fn unreadable(path: &Path, why: &impl Display) -> io::Error {
    io::Error::other(format!("cannot read `{}`: {why}", path.display()))
}

/// Whether a main file uses a template: those of its own folder, the layouts and the shared ones.
pub(super) fn serves(path: &str, main: &str) -> bool {
    let folder = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let own = folder(path);
    let common = ["shared", "layouts", "themes"];
    own == folder(main) || own.is_some_and(|own| common.contains(&own.as_str()))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind::NotFound;

    use super::Templates;

    #[test]
    fn the_users_file_wins_and_nothing_escapes() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        std::fs::create_dir(dir.path().join("own"))?;
        std::fs::write(dir.path().join("own/a.typ"), "mine")?;
        std::fs::write(dir.path().join("secret"), "no")?;
        let templates = Templates::new(Some(dir.path().join("own")));
        assert_eq!(templates.read("a.typ")?, b"mine".as_slice());
        assert_eq!(templates.read("/a.typ")?, b"mine".as_slice());
        for missing in ["../secret", "x/../../secret", "b.typ", "a.typ/b.typ"] {
            assert_eq!(templates.read(missing).map_err(|error| error.kind()), Err(NotFound));
        }
        assert!(templates.list()?.contains(&"a.typ".to_owned()));
        Ok(())
    }

    #[test]
    #[cfg(unix)]
    fn links_are_followed_in_the_folder_only() -> std::io::Result<()> {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir()?;
        let own = dir.path().join("own");
        std::fs::create_dir_all(own.join("words"))?;
        std::fs::write(own.join("a.typ"), "mine")?;
        std::fs::write(dir.path().join("secret"), "no")?;
        symlink("a.typ", own.join("b.typ"))?;
        let templates = Templates::new(Some(own.clone()));
        assert_eq!(templates.read("b.typ")?, b"mine".as_slice());
        for (link, target, path, why) in [
            ("out.typ", "../secret", "out.typ", "leads out"),
            ("etc", "/etc", "etc/passwd", "leads out"),
            ("zero.typ", "/dev/zero", "zero.typ", "leads out"),
            ("shared", "nowhere", "shared/base.typ", "leads nowhere"),
            ("self.typ", "self.typ", "self.typ", "cannot read"),
        ] {
            symlink(target, own.join(link))?;
            let error = templates.read(path).expect_err(link).to_string();
            assert!(error.contains(why) && error.contains(link), "{error}");
            std::fs::remove_file(own.join(link))?;
        }
        symlink(".", own.join("loop"))?;
        assert_eq!(templates.read("loop/loop/a.typ")?, b"mine".as_slice());
        assert!(templates.languages()?.contains(&"ko".to_owned()));
        let error = templates.list().expect_err("a circle").to_string();
        assert!(error.contains("loop`: the link leads back"), "{error}");
        std::fs::create_dir(own.join("full.typ"))?;
        assert!(templates.read("full.typ").is_err());
        Ok(())
    }
}
