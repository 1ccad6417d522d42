//! A folder of YAML files → one tree → a [`Record`].
//!
//! The rule of the folder: what stands in `career.yaml` is what would stand under `career:` of
//! `resume.yaml`, and the files of `projects/` are the items of the list `projects:`. So one file
//! and many files say the same things in the same words.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, Place, Severity, Sources, any_error};
use crate::record::assets::jobs::read_jobs;
use crate::record::folder::{FILE_LIMIT, Folder, Refusal};
use crate::record::model::record::{DEFAULT_LANGUAGE, Record};
use crate::record::model::text::Language;
use crate::record::read::{Read, Reader};
use crate::record::refused::refused;
use crate::record::yaml::decode::decode;
use crate::record::yaml::tree::{Key, Kind, Node, Scalar, parse};

/// The file every record has.
const MAIN: &str = "resume.yaml";

/// What reading a folder gives: the record if there is one, and everything wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The record, when enough of it could be read.
    pub record: Option<Record>,
    /// Whether nothing of it is missing: otherwise what seems to lack may only be unreadable.
    pub whole: bool,
    /// The folder it lives in.
    pub folder: Folder,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the record of a folder, or of a single file.
///
/// # Errors
/// Only what keeps the folder from being read at all; faults in the data are in [`Loaded`].
pub fn load(data: &Path, sources: &mut Sources) -> Result<Loaded, String> {
    let mut reader = Reader::default();
    let mut root = Tree::default();
    let (main, folder) =
        if data.is_dir() { (data.join(MAIN), Some(data)) } else { (data.to_path_buf(), None) };
    if !main.is_file() {
        let why = if main.is_dir() { "it is a folder" } else { "no such file" };
        return Err(format!("there is no record at `{}`: {why}", main.display()));
    }
    let parent = main.parent().unwrap_or(Path::new(""));
    let disk = Folder::new(parent)
        .map_err(|error| format!("cannot read the folder `{}`: {error}", parent.display()))?;
    if let Some(node) = read_file(&main, &disk, sources, &mut reader)? {
        match node.kind {
            Kind::Map(entries) => {
                for (key, node) in entries {
                    root.add(key, node, &mut reader);
                }
            }
            Kind::Null => {}
            _ => {
                let _: Option<()> = reader.mismatch(&node, "a record (lines of `key: value`)");
                reader.unreadable = true;
            }
        }
    }
    for path in folder.map(entries_of).transpose()?.unwrap_or_default() {
        // A name that is not UTF-8 becomes a key that nobody knows, and so is said.
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let stem = stem.unwrap_or_default();
        if path.is_dir() && !is_yaml(&path) {
            if let Some((key, list)) = read_folder(&path, &stem, &disk, sources, &mut reader)? {
                root.add(key, list, &mut reader);
            }
        } else if path != main
            && is_yaml(&path)
            && let Some(node) = read_file(&path, &disk, sources, &mut reader)?
        {
            let key = Key { text: stem, place: Place { end: node.place.start, ..node.place } };
            root.add(key, node, &mut reader);
        }
    }
    let file = sources.find(&main.display().to_string());
    let start = Place { file, start: 0, end: 0 };
    let root = Node { place: start, kind: Kind::Map(root.entries) };
    reader.languages = languages_of(&root, &mut reader.diagnostics);
    let mut record = Record::read(&root, &mut reader);
    if reader.unreadable && broken(&reader.diagnostics, sources).is_none() {
        // What a file that cannot be read would say is not missing, and links to it do not dangle.
        reader
            .diagnostics
            .retain(|diagnostic| diagnostic.code != "E012" || diagnostic.place != Some(start));
        record = None;
    } else if let Some(record) = &mut record {
        read_jobs(&mut record.applications, &disk, &mut reader);
    }
    let whole = !any_error(&reader.diagnostics);
    Ok(Loaded { record, whole, folder: disk, diagnostics: reader.diagnostics })
}

/// The applications that are wrong, by the files they have of their own; `None` when something else
/// is wrong too.
pub fn broken(diagnostics: &[Diagnostic], sources: &Sources) -> Option<Vec<String>> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors
        .map(|error| {
            let path = Path::new(sources.path(error.place?.file));
            let own = path.parent()?.file_name()? == "applications";
            let id = path.file_stem()?.to_string_lossy().into_owned();
            own.then_some(id)
        })
        .collect()
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The entries of a folder in the order of their names; hidden ones are nobody's data.
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

/// Reads the items of a list from a folder; a folder without YAML (pictures) is not a list.
fn read_folder(
    folder: &Path,
    name: &str,
    disk: &Folder,
    sources: &mut Sources,
    reader: &mut Reader,
) -> Result<Option<(Key, Node)>, String> {
    let mut items = Vec::new();
    for path in entries_of(folder)?.into_iter().filter(|path| is_yaml(path)) {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let Some(mut node) = read_file(&path, disk, sources, reader)? else { continue };
        let place = Place { end: node.place.start, ..node.place };
        if let (Kind::Map(entries), Some(stem)) = (&mut node.kind, stem)
            && entries.iter().all(|(key, _)| key.text != "id")
        {
            let id = Scalar { text: stem, literal: false };
            let key = Key { text: "id".to_owned(), place };
            entries.push((key, Node { place, kind: Kind::Scalar(id) }));
        }
        items.push(node);
    }
    let first = items.first().map(|node| Place { end: node.place.start, ..node.place });
    Ok(first.map(|place| {
        let key = Key { text: name.to_owned(), place };
        (key, Node { place, kind: Kind::List(items) })
    }))
}

fn read_file(
    path: &Path,
    folder: &Folder,
    sources: &mut Sources,
    reader: &mut Reader,
) -> Result<Option<Node>, String> {
    let node = read_whole(path, folder, sources, reader)?;
    reader.unreadable |= node.is_none();
    Ok(node)
}

fn read_whole(
    path: &Path,
    folder: &Folder,
    sources: &mut Sources,
    reader: &mut Reader,
) -> Result<Option<Node>, String> {
    let shown = path.display().to_string();
    let bytes = match folder.read(path, FILE_LIMIT) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            let file = sources.add(shown, "");
            // The folder lists it, so what is missing is what it links to.
            let gone = || Refusal::Io("it links to a file that is not there".to_owned());
            let refusal = if refusal == Refusal::Missing { gone() } else { refusal };
            reader.diagnostics.push(refused(&refusal).at(Place { file, start: 0, end: 0 }));
            return Ok(None);
        }
    };
    match decode(bytes) {
        Ok(text) => {
            let file = sources.add(shown, text.as_str());
            let (node, diagnostics) = parse(file, &text);
            reader.diagnostics.extend(diagnostics);
            Ok(node)
        }
        Err(foreign) => {
            let (file, at) = (sources.add(shown, foreign.text), foreign.at);
            let message = format!("the file is not UTF-8; it looks like {}", foreign.encoding);
            let diagnostic =
                Diagnostic::error("E009", message).at(Place { file, start: at, end: at + 1 });
            reader.diagnostics.push(diagnostic.hint("save it as UTF-8, which every editor offers"));
            Ok(None)
        }
    }
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
                let message = format!("the language `{language}` stands twice");
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
    fn add(&mut self, key: Key, node: Node, reader: &mut Reader) {
        match self.places.get(&key.text) {
            Some(first) => reader.diagnostics.push(
                Diagnostic::error("E007", format!("`{}` is said in two places", key.text))
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
