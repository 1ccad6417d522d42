//! `resume import`: a record out of a file of another program. Overwrites nothing.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::commands::context::{bytes_of, today};
use crate::diagnostics::Sources;
use crate::engine::Templates;
use crate::error::Error;
use crate::interchange::mapping::Words;
use crate::interchange::source::ARCHIVE_LIMIT;
use crate::interchange::written::{Block, Written, write_items};
use crate::interchange::{Imported, Options, import as import_file};
use crate::output::write::Staging;
use crate::record::yaml::tree::{Kind, parse};
use crate::record::{LEFTOVERS, Record};

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
            Some(stem) => format!("{}.{LEFTOVERS}", stem.to_string_lossy()),
            None => LEFTOVERS.to_owned(),
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

/// The words of a language that a record may need.
fn words(templates: &Templates, language: &str) -> Words {
    let read = |language: &str| {
        let bytes = templates.read(&format!("words/{language}.yaml")).ok()?;
        let text = String::from_utf8(bytes.into_owned()).ok()?;
        let file = Sources::default().add("words", text.as_str());
        let (root, _) = parse(file, &text);
        match &root?.get("skills")?.kind {
            Kind::Scalar(scalar) => Some(scalar.text.clone()),
            _ => None,
        }
    };
    Words { skills: read(language).or_else(|| read("en")).unwrap_or_else(|| "Skills".to_owned()) }
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
    let text = format!(
        "{format}, `{language}`: {values} values\n\n{account}\n{}\n\nnext: {next}\n",
        written.join("\n")
    );
    let mut value = account.value();
    value["format"] = (*format).into();
    value["language"] = language.as_str().into();
    value["written"] = json!(written);
    ImportReport { text, value }
}
