//! A folder of YAML files → one tree → a [`Record`].
//!
//! The content of `career.yaml` is the value of `career:` in `resume.yaml`, and the files of
//! `projects/` are the items of the list `projects:`. So one file and many files have the same
//! form.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, FileId, Place, Severity, Sources, any_error};
use crate::record::assets::jobs::read_jobs;
use crate::record::folder::{FILE_LIMIT, Folder, Refusal};
use crate::record::ids::add_ids;
use crate::record::letters::normal;
use crate::record::model::applications::Application;
use crate::record::model::build::Build;
use crate::record::model::record::{DEFAULT_LANGUAGE, Record};
use crate::record::model::text::Language;
use crate::record::read::{Read, Reader, end};
use crate::record::redact::{Removal, redacted};
use crate::record::refused::refused;
use crate::record::yaml::decode::decode;
use crate::record::yaml::parse::parse;
use crate::record::yaml::tree::{Key, Kind, Node, Scalar};

/// The file every record has.
const MAIN: &str = "resume.yaml";
/// What the name of a file begins with in which an import writes what has no place in the record. It is
/// no part of it.
pub const LEFTOVERS: &str = "import-leftovers.";
/// The key of how the record is built.
const BUILD: &str = "build";
/// The key, and the folder, of the applications.
const APPLICATIONS: &str = "applications";
/// Endings of files that a record shows, whatever they are named.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];
/// Endings of files that look like data, but are not read.
const DATA: [&str; 4] = ["json", "json5", "toml", "yam"];

/// The result of reading a folder: the record if there is one, and everything wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The record, when enough of it could be read. Where something is wrong with it, placeholders
    /// may replace missing values: it must not be printed.
    pub record: Option<Record>,
    /// Every application that the data holds, also those that could not be read.
    pub applications: Vec<Declared>,
    /// Whether all of it was read: otherwise what seems missing may only be unreadable.
    pub whole: bool,
    /// Its folder.
    pub folder: Folder,
    /// Keys that are written by an older name: their places, and the names they have now.
    pub renamed: Vec<(Place, String)>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// An application where it is written.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Its id.
    pub id: String,
    /// All of it: from its first key to its last value, or its file.
    pub place: Place,
}

/// Reads the record of a folder, or of a single file.
///
/// # Errors
/// Only what keeps the folder from being read at all; faults in the data are in [`Loaded`].
pub fn load(data: &Path, sources: &mut Sources) -> Result<Loaded, String> {
    load_without(data, sources, Removal::default())
}

/// The same without some parts of it.
///
/// # Errors
/// As [`load`].
pub fn load_without(
    data: &Path,
    sources: &mut Sources,
    removal: Removal,
) -> Result<Loaded, String> {
    let about = about(data)?;
    let (main, folder) =
        if about.is_dir() { (data.join(MAIN), Some(data)) } else { (data.to_path_buf(), None) };
    let mut entries = folder.map(entries_of).transpose()?.unwrap_or_default();
    let leftovers = |path: &Path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(LEFTOVERS))
    };
    entries.retain(|path| !leftovers(path));
    main_file(&main, &entries)?;
    let parent = main.parent().unwrap_or(Path::new(""));
    let disk = Folder::new(parent)
        .map_err(|error| format!("cannot read the folder `{}`: {error}", parent.display()))?;
    let mut files = Files {
        disk: &disk,
        sources,
        diagnostics: Vec::new(),
        unreadable: false,
        applications: Vec::new(),
    };
    let mut root = Tree::default();
    let (main_id, node) = files.read(&main);
    let start = Place { file: main_id, start: 0, end: 0 };
    let mut main_unreadable = node.is_none();
    match node.map(|node| (node.place, node.kind)) {
        Some((_, Kind::Map(entries))) => {
            for (key, node) in entries {
                root.add(key, node, &mut files.diagnostics);
            }
        }
        None | Some((_, Kind::Null)) => {}
        Some((place, kind)) => {
            let found = Node::new(place, kind).describe();
            let message = format!("expected a record (lines of `key: value`), found {found}");
            let diagnostic = Diagnostic::error("E010", message).at(place);
            files.diagnostics.push(diagnostic.hint("write `key: value` on lines of their own"));
            main_unreadable = true;
            files.unreadable = true;
        }
    }
    let keys: Vec<String> = Record::keys().into_iter().map(|key| key.name).collect();
    for path in entries {
        // A name that is not UTF-8 becomes an unknown key, which is reported.
        let stem = stem(&path);
        if path.is_dir() && !is_yaml(&path) {
            if let Some((key, list)) = files.read_folder(&path, &stem)? {
                root.add(key, list, &mut files.diagnostics);
            }
            if keys.contains(&stem) {
                files.report_unread(&path)?;
            }
        } else if path != main && is_yaml(&path) {
            if let (_, Some(node)) = files.read(&path) {
                let key = Key { text: stem, place: Place { end: node.place.start, ..node.place } };
                root.add(key, node, &mut files.diagnostics);
            }
        } else if path != main && resembles_data(&path, &keys) {
            files.diagnostics.push(unread(&path, "a file of the record ends in `.yaml` or `.yml`"));
        }
    }
    let Files { mut diagnostics, unreadable, mut applications, .. } = files;
    let mut root = Node::new(start, Kind::Map(root.entries));
    add_ids(&mut root);
    applications.extend(declared(&root, sources));
    applications.sort_by_key(|one| (one.place.file, one.place.start));
    let root = if removal.parts.is_empty() { root } else { redacted(root, removal) };
    let languages = languages_of(&root, &mut diagnostics);
    let mut reader = Reader { diagnostics, ..Reader::new(sources, languages) };
    let mut record = Record::read(&root, &mut reader);
    if unreadable {
        // Keys that may be in an unreadable file are not reported as missing.
        reader
            .diagnostics
            .retain(|diagnostic| diagnostic.code != "E012" || diagnostic.place != Some(start));
    }
    if main_unreadable {
        // The languages and the site are unknown.
        reader.diagnostics.retain(|diagnostic| diagnostic.code != "E014");
        record = None;
    }
    if let Some(record) = &mut record {
        record.arrange();
        record.applications.iter_mut().for_each(Application::serve_all);
        record.snippets.0.iter_mut().for_each(|(_, text)| text.0.serve_all());
        read_jobs(&mut record.applications, &disk, &mut reader);
    }
    let Reader { diagnostics, renamed, .. } = reader;
    let whole = !any_error(&diagnostics);
    Ok(Loaded { record, applications, whole, folder: disk, renamed, diagnostics })
}

/// How a record is built, before the rest of it is read. What is wrong with it, [`load`] reports.
pub fn build_of(data: &Path) -> Option<Build> {
    let (main, own) = match data.is_dir() {
        true => (data.join(MAIN), Some(data.join(BUILD).with_extension("yaml"))),
        false => (data.to_path_buf(), None),
    };
    let disk = Folder::new(main.parent()?).ok()?;
    let mut sources = Sources::default();
    let mut files = Files {
        disk: &disk,
        sources: &mut sources,
        diagnostics: Vec::new(),
        unreadable: false,
        applications: Vec::new(),
    };
    let main = files.read(&main).1;
    let node = match main.as_ref().and_then(|main| main.get(BUILD)) {
        Some(node) => node.clone(),
        None => files.read(&own.filter(|own| own.is_file())?).1?,
    };
    Build::read(&node, &mut Reader::new(&sources, Vec::new()))
}

/// The ids of the applications that are wrong, of those in the order of their places; `None` when
/// something else is wrong too.
pub fn broken(diagnostics: &[Diagnostic], applications: &[Declared]) -> Option<Vec<String>> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors
        .map(|error| {
            let Place { file, start, .. } = error.place?;
            let after = |one: &Declared| (one.place.file, one.place.start) > (file, start);
            let at = applications.partition_point(|one| !after(one)).checked_sub(1)?;
            let one = applications.get(at)?;
            (one.place.file == file && start <= one.place.end).then(|| one.id.clone())
        })
        .collect()
}

/// The operating system's error for the path that was given as data.
fn about(data: &Path) -> Result<Metadata, String> {
    let shown = data.display();
    let about = fs::metadata(data).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("there is no record at `{shown}`: no such file or folder"),
        _ => format!("cannot read the record at `{shown}`: {error}"),
    })?;
    let standard_input = Path::new("/dev").join("stdin");
    match about.is_dir() || about.is_file() && data != standard_input {
        true => Ok(about),
        false => Err(format!("`{shown}` is a device or a pipe, not a file or folder of a record")),
    }
}

/// Checks that the main file of a record is an ordinary file.
fn main_file(main: &Path, entries: &[PathBuf]) -> Result<(), String> {
    let why = match fs::metadata(main) {
        Ok(about) if about.is_file() => return Ok(()),
        Ok(about) if about.is_dir() => "it is a folder".to_owned(),
        Ok(_) => "it is a device or a pipe".to_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let like = |path: &&PathBuf| is_yaml(path) && stem(path).eq_ignore_ascii_case("resume");
            match entries.iter().find(like).and_then(|path| path.file_name()) {
                Some(name) => format!("rename `{}` to `{MAIN}`", name.display()),
                None => "no such file".to_owned(),
            }
        }
        Err(error) => error.to_string(),
    };
    Err(format!("there is no record at `{}`: {why}", main.display()))
}

/// The name of a file without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The ending of a file in small letters.
fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn is_yaml(path: &Path) -> bool {
    matches!(ending(path).as_str(), "yaml" | "yml")
}

/// Whether a file beside the main file looks as if it was meant to be read: it is named like a key
/// of the record and shows nothing, or has an ending in the middle of its name (`skills.yaml.txt`).
fn resembles_data(path: &Path, keys: &[String]) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let name = name.unwrap_or_default();
    let first = name.split('.').next().unwrap_or_default();
    let known = keys.iter().any(|key| key == first) || first == "resume";
    known && path.is_file() && !PICTURES.contains(&ending(path).as_str()) && ending(path) != "pdf"
}

/// A file that is not read, and why.
fn unread(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::warning("W083", format!("`{}` is not read", path.display())).hint(why)
}

/// The applications of a record where they are written.
fn declared(root: &Node, sources: &Sources) -> Vec<Declared> {
    let Some(Kind::List(items)) = root.get(APPLICATIONS).map(|list| &list.kind) else {
        return Vec::new();
    };
    let whole = items.iter().enumerate().map(|(at, item)| {
        let id = match item.get("id").map(|id| &id.kind) {
            Some(Kind::Scalar(id)) => normal(id.text.trim()),
            _ => format!("{APPLICATIONS}/{}", at + 1),
        };
        let file = item.place.file;
        let own = own_file(Path::new(sources.path(file)));
        let place = match own {
            true => whole(file, sources),
            false => Place { end: end(item), ..item.place },
        };
        Declared { id, place }
    });
    whole.collect()
}

/// Whether a file holds one application and nothing else.
fn own_file(path: &Path) -> bool {
    path.parent().and_then(Path::file_name).is_some_and(|folder| folder == APPLICATIONS)
}

/// The place of a whole file.
fn whole(file: FileId, sources: &Sources) -> Place {
    Place { file, start: 0, end: sources.text(file).len() }
}

/// The entries of a folder in the order of their names; hidden ones are ignored.
fn entries_of(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error| format!("cannot read the folder `{}`: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The files of a record as they are read.
struct Files<'a> {
    disk: &'a Folder,
    sources: &'a mut Sources,
    /// Everything found so far.
    diagnostics: Vec<Diagnostic>,
    /// Whether a file could not be read at all: then it is unknown what is missing.
    unreadable: bool,
    /// Applications whose files could not be read.
    applications: Vec<Declared>,
}

impl Files<'_> {
    /// Reads the items of a list from a folder; a folder without YAML (pictures) is not a list.
    fn read_folder(&mut self, folder: &Path, name: &str) -> Result<Option<(Key, Node)>, String> {
        let mut items = Vec::new();
        for path in entries_of(folder)?.into_iter().filter(|path| is_yaml(path)) {
            let stem = stem(&path);
            let (file, node) = self.read(&path);
            let Some(mut node) = node else {
                if own_file(&path) {
                    let place = whole(file, self.sources);
                    self.applications.push(Declared { id: stem, place });
                }
                continue;
            };
            let place = Place { end: node.place.start, ..node.place };
            if let Kind::Map(entries) = &mut node.kind
                && entries.iter().all(|(key, _)| key.text != "id")
            {
                let id = Scalar { text: stem, literal: false };
                let key = Key { text: "id".to_owned(), place };
                entries.push((key, Node::new(place, Kind::Scalar(id))));
            }
            items.push(node);
        }
        let first = items.first().map(|node| Place { end: node.place.start, ..node.place });
        Ok(first.map(|place| {
            let key = Key { text: name.to_owned(), place };
            (key, Node::new(place, Kind::List(items)))
        }))
    }

    /// Reports files in the folder of a list that look like data but are no items of it.
    fn report_unread(&mut self, folder: &Path) -> Result<(), String> {
        for path in entries_of(folder)? {
            if path.is_dir() && !is_yaml(&path) {
                for path in yaml_below(&path, DEPTH)? {
                    let why = "the items of a list lie directly in its folder: move the file up";
                    self.diagnostics.push(unread(&path, why));
                }
            } else if !is_yaml(&path) {
                let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
                let inner = [".yaml.", ".yml."];
                let data = DATA.contains(&ending(&path).as_str())
                    || name.is_some_and(|name| inner.iter().any(|ending| name.contains(ending)));
                if data {
                    let why = "an item of a list ends in `.yaml` or `.yml`";
                    self.diagnostics.push(unread(&path, why));
                }
            }
        }
        Ok(())
    }

    /// Reads a file. Without a node the file cannot be read at all, and that is reported.
    fn read(&mut self, path: &Path) -> (FileId, Option<Node>) {
        let (file, node) = self.read_whole(path);
        self.unreadable |= node.is_none();
        (file, node)
    }

    fn read_whole(&mut self, path: &Path) -> (FileId, Option<Node>) {
        let shown = path.display().to_string();
        let bytes = match self.disk.read(path, FILE_LIMIT) {
            Ok(bytes) => bytes,
            Err(refusal) => {
                let file = self.sources.add(shown, "");
                // The folder lists it, so it is a link to a missing file.
                let gone = || Refusal::Io("it links to a file that is not there".to_owned());
                let refusal = if refusal == Refusal::Missing { gone() } else { refusal };
                self.diagnostics.push(refused(&refusal).at(Place { file, start: 0, end: 0 }));
                return (file, None);
            }
        };
        match decode(bytes) {
            Ok(text) => {
                let file = self.sources.add(shown, text.as_str());
                let (node, diagnostics) = parse(file, &text);
                self.diagnostics.extend(diagnostics);
                (file, node)
            }
            Err(foreign) => {
                let (file, at) = (self.sources.add(shown, foreign.text), foreign.at);
                let message = format!("the file is not UTF-8; it looks like {}", foreign.encoding);
                let diagnostic =
                    Diagnostic::error("E009", message).at(Place { file, start: at, end: at + 1 });
                self.diagnostics
                    .push(diagnostic.hint("save it as UTF-8, which every editor offers"));
                (file, None)
            }
        }
    }
}

/// Folders below the folder of a list that are looked through for files that are not read.
const DEPTH: usize = 8;

/// The YAML files in a folder and below it. Links are not followed.
fn yaml_below(folder: &Path, depth: usize) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    if depth == 0 || folder.is_symlink() {
        return Ok(found);
    }
    for path in entries_of(folder)? {
        if path.is_dir() {
            found.extend(yaml_below(&path, depth - 1)?);
        } else if is_yaml(&path) {
            found.push(path);
        }
    }
    Ok(found)
}

/// The languages are needed before any text is read, so they are looked up in the raw tree.
fn languages_of(root: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let listed = root.get("site").and_then(|site| site.get("languages"));
    let mut languages: Vec<String> = Vec::new();
    if let Some(Kind::List(items)) = listed.map(|node| &node.kind) {
        for item in items {
            let Kind::Scalar(scalar) = &item.kind else { continue };
            let Some(Language(language)) = Language::parse(&scalar.text) else { continue };
            if languages.contains(&language) {
                let message = format!("the language `{language}` is given twice");
                let diagnostic = Diagnostic::error("E020", message).at(item.place);
                diagnostics.push(diagnostic.hint("remove one of them"));
            } else {
                languages.push(language);
            }
        }
    }
    if languages.is_empty() { vec![DEFAULT_LANGUAGE.to_owned()] } else { languages }
}

/// The keys of all files under one root.
#[derive(Default)]
struct Tree {
    entries: Vec<(Key, Node)>,
    places: HashMap<String, Place>,
}

impl Tree {
    fn add(&mut self, key: Key, node: Node, diagnostics: &mut Vec<Diagnostic>) {
        match self.places.get(&key.text) {
            Some(first) => diagnostics.push(
                Diagnostic::error("E007", format!("`{}` is given in two places", key.text))
                    .at(key.place)
                    .label("here again")
                    .related(*first, "first here")
                    .hint("keep one: the key in `resume.yaml`, the file, or the folder"),
            ),
            None => {
                self.places.insert(key.text.clone(), key.place);
                self.entries.push((key, node));
            }
        }
    }
}
