//! `resume import`: a record out of a file of another program. Overwrites nothing.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::commands::context::{bytes_of, today};
use crate::diagnostics::Sources;
use crate::engine::Templates;
use crate::error::Error;
use crate::interchange::commented_yaml::{Block, Written, write_items};
use crate::interchange::merge::{RecordFile, merge};
use crate::interchange::source::ARCHIVE_LIMIT;
use crate::interchange::walk::Words;
use crate::interchange::{Imported, Options, import as import_file};
use crate::output::write::{Staging, write};
use crate::record::folder::FILE_LIMIT;
use crate::record::yaml::parse::parse;
use crate::record::yaml::tree::Kind;
use crate::record::{LEFTOVERS, Record, load};

/// What is imported, and where it is written.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The file.
    pub file: PathBuf,
    /// Its format; by default what it looks like.
    pub format: Option<String>,
    /// The folder of the record, or one YAML file.
    pub output: PathBuf,
    /// Whether the whole record goes into `resume.yaml`.
    pub single_file: bool,
    /// The language of its texts.
    pub language: Option<String>,
    /// The record that it is added to, instead of a new one.
    pub into: Option<PathBuf>,
}

/// What an import wrote, and the account of it.
#[derive(Debug)]
pub struct ImportReport {
    /// For people.
    pub text: String,
    /// For programs.
    pub value: Value,
}

/// Keys that have files of their own, unless the record is one file.
const OWN_FILES: [&str; 6] =
    ["profile", "career", "projects", "skills", "publications", "sections"];

/// Makes a record of a file, and accounts for every value of it.
///
/// # Errors
/// A file that cannot be read or is in no format that is imported; files that are there already.
pub fn import(options: &ImportOptions, templates: &Templates) -> Result<ImportReport, Error> {
    let bytes = bytes_of(&options.file, ARCHIVE_LIMIT)?;
    let languages = templates
        .languages()
        .map_err(|error| Error::from(format!("cannot read the templates: {error}")))?;
    let settings = Options {
        format: options.format.clone(),
        language: options.language.clone(),
        today: today().to_string(),
        languages,
    };
    let imported =
        import_file(bytes, &options.file, &settings, &|language| words(templates, language))?;
    if let Some(into) = &options.into {
        return add_to(&imported, into);
    }
    let yaml = options.output.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let folder =
        if yaml { options.output.parent().unwrap_or(Path::new("")) } else { &options.output };
    let main = if yaml { options.output.clone() } else { folder.join("resume.yaml") };
    let mut files = files(&imported, &main, yaml || options.single_file);
    if !imported.leftovers.entries.is_empty() {
        let head = format!(
            "# What the import of {} found no place for. `resume` does not read this file.\n",
            imported.format
        );
        let name = match main.file_stem().filter(|_| yaml) {
            Some(stem) => format!("{}.{LEFTOVERS}yaml", stem.to_string_lossy()),
            None => format!("{LEFTOVERS}yaml"),
        };
        files.push((folder.join(name), head + &imported.leftovers.yaml()));
    }
    if !yaml && let Some(name) = holds_record(folder) {
        let message = format!("`{}` holds a record already: `{name}`", folder.display());
        return Err(Error::new(message, "name another folder with `-o`; nothing was written"));
    }
    let there = files.iter().filter(|(path, _)| path.symlink_metadata().is_ok());
    let there: Vec<String> = there.map(|(path, _)| path.display().to_string()).collect();
    if !there.is_empty() {
        let message = format!("nothing was written: these exist already: {}", there.join(", "));
        return Err(Error::new(message, "name another folder with `-o`"));
    }
    let staging = Staging::new(folder);
    for (path, text) in &files {
        staging.add_new(path, text.as_bytes())?;
    }
    staging.commit_all()?;
    let written: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    Ok(report(&imported, &written, &options.output))
}

/// Adds what was imported to a record.
fn add_to(imported: &Imported, into: &Path) -> Result<ImportReport, Error> {
    let before = load(into, &mut Sources::default())?;
    let Some(record) = before.record.filter(|_| before.whole) else {
        let message = format!("there are errors in the record at `{}`", into.display());
        return Err(Error::new(message, "`resume check` lists them; nothing was written"));
    };
    let languages = record.languages();
    let own = languages.first().cloned().unwrap_or_default();
    let language = imported.language.as_ref().unwrap_or(&own);
    let folder = if into.is_dir() { into } else { into.parent().unwrap_or(Path::new("")) };
    let (paths, files) = record_files(into)?;
    let merged = merge(&files, &imported.record, &own, language);
    let changed =
        paths.iter().zip(&files).zip(&merged.texts).filter(|((_, old), new)| old.text != **new);
    let mut texts: Vec<(PathBuf, String)> =
        changed.map(|((path, _), new)| (path.clone(), new.clone())).collect();
    for (key, items) in &merged.lists {
        let mut text = String::new();
        if into.is_dir() {
            write_items(items, 0, &mut text);
            texts.push((folder.join(format!("{key}.yaml")), text));
        } else {
            write_items(items, 1, &mut text);
            let whole = texts.iter().position(|(path, _)| path == into);
            let old = whole.map_or_else(|| merged.texts[0].clone(), |at| texts.remove(at).1);
            texts.push((into.to_path_buf(), format!("{}\n{key}:\n{text}", old.trim_end())));
        }
    }
    // Nothing is written that would not be read.
    let trial = tempfile::tempdir()
        .map_err(|error| Error::from(format!("cannot make a folder: {error}")))?;
    let relative = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_path_buf();
    let old = paths.iter().zip(&files).map(|(path, file)| (path, &file.text));
    let new = texts.iter().map(|(path, text)| (path, text));
    for (path, text) in old.chain(new) {
        let path = trial.path().join(relative(path));
        write(&path, text.as_bytes())?;
    }
    let data =
        if into.is_dir() { trial.path().to_path_buf() } else { trial.path().join(relative(into)) };
    let mut sources = Sources::default();
    let after = load(&data, &mut sources)?;
    if !after.whole {
        let first =
            after.diagnostics.first().map(|found| found.message.clone()).unwrap_or_default();
        let message =
            format!("the merged record could not be read, so nothing was written: {first}");
        return Err(Error::new(
            message,
            "import the file into a folder of its own with `-o`, and merge by hand",
        ));
    }
    let mut beside = imported.leftovers.clone();
    beside.entries.extend(merged.unmatched.entries.iter().cloned());
    let staging = Staging::new(folder);
    for (path, text) in &texts {
        staging.add(path, text.as_bytes())?;
    }
    let mut written: Vec<String> =
        texts.iter().map(|(path, _)| path.display().to_string()).collect();
    if !beside.entries.is_empty() {
        let head = format!(
            "# What of a {} file has no counterpart in the record. `resume` does not read this file.\n",
            imported.format
        );
        let names = std::iter::once(String::new()).chain((2..).map(|number| format!("-{number}")));
        let paths = names.map(|number| folder.join(format!("{LEFTOVERS}{language}{number}.yaml")));
        let path = paths.into_iter().find(|path| !path.exists()).unwrap_or_default();
        staging.add_new(&path, (head + &beside.yaml()).as_bytes())?;
        written.push(path.display().to_string());
    }
    staging.commit_all()?;
    let unmatched: Vec<&str> =
        merged.unmatched.entries.iter().map(|(path, _)| path.as_str()).collect();
    let done = if *language == own { "entries added" } else { "texts in a second language" };
    let mut text = format!("{}, `{language}`: {} {done}\n", imported.format, merged.count);
    if !unmatched.is_empty() {
        text += &format!("\nwithout a counterpart:\n  {}\n", unmatched.join("\n  "));
    }
    text += &format!("\n{}\n", written.join("\n"));
    let value = json!({
        "format": imported.format,
        "language": language,
        "merged": merged.count,
        "unmatched": unmatched,
        "written": written,
    });
    Ok(ImportReport { text, value })
}

/// The YAML files of a record, as they are merged; the main file is the first.
fn record_files(into: &Path) -> Result<(Vec<PathBuf>, Vec<RecordFile>), Error> {
    let is_yaml =
        |path: &Path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let inside = |folder: &Path| {
        let entries = folder.read_dir().into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let main = if into.is_dir() { into.join("resume.yaml") } else { into.to_path_buf() };
    let mut found = vec![(main.clone(), None, false)];
    for path in if into.is_dir() { inside(into) } else { Vec::new() } {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path == main || name.starts_with(LEFTOVERS) || name.starts_with('.') {
            continue;
        }
        if is_yaml(&path) {
            found.push((path.clone(), stem(&path), false));
        } else if path.is_dir() {
            let items = inside(&path).into_iter().filter(|item| is_yaml(item));
            found.extend(items.map(|item| (item, stem(&path), true)));
        }
    }
    let mut files = (Vec::new(), Vec::new());
    for (path, key, item) in found {
        let text = bytes_of(&path, FILE_LIMIT)?;
        let text = String::from_utf8(text)
            .map_err(|_| Error::from(format!("`{}` is not UTF-8", path.display())))?;
        files.0.push(path);
        files.1.push(RecordFile { key, item, text });
    }
    Ok(files)
}

/// The first entry of a folder that is a part of a record.
fn holds_record(folder: &Path) -> Option<String> {
    let keys = Record::keys();
    let entries = folder.read_dir().ok()?.flatten().map(|entry| entry.path());
    let part = |path: &PathBuf| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        yaml || path.is_dir() && keys.iter().any(|key| key.name == stem)
    };
    let found = entries.filter(part).min()?;
    Some(found.file_name()?.to_string_lossy().into_owned())
}

/// The words of templates in a language, or in English.
pub(super) fn words(templates: &Templates, language: &str) -> Words {
    let read = |language: &str| {
        let bytes = templates.read(&format!("words/{language}.yaml")).ok()?;
        let text = String::from_utf8(bytes.into_owned()).ok()?;
        let file = Sources::default().add("words", text.as_str());
        let Kind::Map(entries) = parse(file, &text).0?.kind else { return None };
        let words = entries.into_iter().filter_map(|(key, value)| match value.kind {
            Kind::Scalar(scalar) => Some((key.text, scalar.text)),
            _ => None,
        });
        Some(Words(words.collect()))
    };
    read(language).or_else(|| read("en")).unwrap_or_default()
}

/// The files of the record.
fn files(imported: &Imported, main: &Path, single: bool) -> Vec<(PathBuf, String)> {
    let head = format!(
        "# Imported from a {} file. Comments hold what has no field; `…` stands for words to be written.\n",
        imported.format
    );
    if single {
        return vec![(main.to_path_buf(), head + &imported.record.yaml())];
    }
    let mut own = Vec::new();
    let mut rest = Block { entries: Vec::new(), comments: imported.record.comments.clone() };
    for (key, value) in &imported.record.entries {
        if !OWN_FILES.contains(&key.as_str()) {
            rest.entries.push((key.clone(), value.clone()));
            continue;
        }
        let text = match value {
            Written::Block(block) => block.yaml(),
            Written::List(items) => {
                let mut text = String::new();
                write_items(items, 0, &mut text);
                text
            }
            Written::Text(_) | Written::Bare(_) => continue,
        };
        own.push((main.with_file_name(format!("{key}.yaml")), text));
    }
    let mut files = vec![(main.to_path_buf(), head + &rest.yaml())];
    files.extend(own);
    files
}

fn report(imported: &Imported, written: &[String], output: &Path) -> ImportReport {
    let Imported { format, language, account, .. } = imported;
    let values = account.count();
    let next = match output.display().to_string().as_str() {
        "data" => "resume render".to_owned(),
        output => format!("resume render --data {output}"),
    };
    let tag = language.as_ref().map(|tag| format!(", `{tag}`")).unwrap_or_default();
    let text = format!(
        "{format}{tag}: {values} values\n\n{account}\n{}\n\nnext: {next}\n",
        written.join("\n")
    );
    let mut value = account.value();
    value["format"] = (*format).into();
    value["language"] = language.as_deref().into();
    value["written"] = json!(written);
    ImportReport { text, value }
}
