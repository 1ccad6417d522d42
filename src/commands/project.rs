//! Where the record is, and what it says of how it is built.

use std::env::current_dir;
use std::path::{Path, PathBuf};

use crate::record::build_of;
use crate::record::read::Spanned;

/// The folder that holds a record where its name is not given.
const DATA: &str = "data";
/// The file that makes a folder a record.
const MAIN: &str = "resume.yaml";
/// The folder that documents are written to.
const OUTPUT: &str = "output";
/// The folder of what was sent.
const SENT: &str = "sent";

/// A record, and where its documents are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The record: a folder or a file.
    pub data: PathBuf,
    /// The folder of its own templates.
    pub templates: Option<PathBuf>,
    /// The folders of its own fonts.
    pub fonts: Vec<PathBuf>,
    /// Where documents are written.
    pub output: PathBuf,
    /// Where what was sent is kept.
    pub sent: PathBuf,
}

impl Project {
    /// The record at a path; without one that of the current folder, or of the nearest folder around
    /// it that has one.
    pub fn find(named: Option<&Path>) -> Self {
        let (data, root) = match named {
            Some(data) => (data.to_path_buf(), PathBuf::new()),
            None => found(),
        };
        let build = build_of(&data);
        let folder = if data.is_dir() { data.as_path() } else { data.parent().unwrap_or(&data) };
        let place = |path: &Spanned<String>| folder.join(&path.value);
        Self {
            templates: build.as_ref().and_then(|build| build.templates.as_ref()).map(place),
            fonts: build.iter().flat_map(|build| &build.fonts).map(place).collect(),
            output: build
                .as_ref()
                .and_then(|build| build.output.as_ref())
                .map_or_else(|| root.join(OUTPUT), place),
            sent: root.join(SENT),
            data,
        }
    }
}

/// A record in the current folder or around it, and the folder that it is worked on in: where its
/// folder is named `data`, that is the one around it.
fn found() -> (PathBuf, PathBuf) {
    let here = (PathBuf::from(DATA), PathBuf::new());
    if here.0.join(MAIN).is_file() {
        return here;
    }
    let Ok(current) = current_dir() else { return here };
    let mut up = PathBuf::new();
    for folder in current.ancestors() {
        if up.join(DATA).join(MAIN).is_file() {
            return (up.join(DATA), up);
        }
        if up.join(MAIN).is_file() {
            let data = if up.as_os_str().is_empty() { PathBuf::from(".") } else { up.clone() };
            let named = folder.file_name().is_some_and(|name| name == DATA);
            return (data, if named { up.join("..") } else { up });
        }
        // A folder that looks like a record is one with a fault, which is reported.
        if up.as_os_str().is_empty() && here.0.exists() {
            return here;
        }
        up.push("..");
    }
    here
}
