//! What was sent for applications: one folder each, with the documents, their text, the record they were made
//! from, and `sent.json`, which says what it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::commands::context::Applications;
use crate::commands::orders::RenderOptions;
use crate::commands::outcome::Outcome;
use crate::commands::render::render;
use crate::commands::tailor::{TailorOptions, tailor};
use crate::error::Error;
use crate::export::{ExportOptions, FileType};
use crate::session::Session;
use crate::tailor::Ledger;

/// The file that says what was sent.
const MANIFEST: &str = "sent.json";
/// The folder of the record that the documents were made from.
pub const RECORD: &str = "record";
/// The folder of the templates that were used in place of built-in ones.
pub const TEMPLATES: &str = "templates";

/// What `sent.json` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sent {
    /// The id of the application.
    pub application: String,
    /// The organisation that it is for.
    pub organization: Option<String>,
    /// Who got it, in the user's words.
    pub to: Option<String>,
    /// The day that it was frozen on: `2024-11-08`.
    pub sent: String,
    /// The language of its documents.
    pub language: String,
    /// The documents' own date.
    pub date: String,
    /// The program and its version.
    pub program: String,
    /// Every other file by its path, with its SHA-256.
    pub files: BTreeMap<String, String>,
}

/// A folder with what was sent.
#[derive(Debug, Clone)]
pub struct Archived {
    /// Where it is.
    pub folder: PathBuf,
    /// What it says of itself.
    pub sent: Sent,
}

impl Sent {
    /// The names of its documents as files of a type.
    pub fn documents(&self, file_type: FileType) -> impl Iterator<Item = &str> {
        let names = self.files.keys().filter(|path| !path.contains('/')).map(String::as_str);
        names.filter(move |name| {
            Path::new(name).extension().is_some_and(|ending| ending == file_type.extension())
        })
    }

    /// The options that make its documents of a record again.
    pub fn options(&self, output: &Path, types: &[FileType]) -> RenderOptions {
        RenderOptions {
            applications: Applications::Ids(vec![self.application.clone()]),
            languages: vec![self.language.clone()],
            date: Some(self.date.clone()),
            export: ExportOptions { types: types.to_vec(), ..ExportOptions::default() },
            output: output.to_path_buf(),
            ..RenderOptions::default()
        }
    }

    /// The ledger of its page for a record.
    ///
    /// # Errors
    /// As [`tailor`].
    pub fn ledger(&self, session: &Session, record: &Path) -> Result<Option<Ledger>, Error> {
        let options = TailorOptions {
            application: Some(self.application.clone()),
            language: Some(self.language.clone()),
            date: Some(self.date.clone()),
            ..TailorOptions::default()
        };
        Ok(tailor(session, record, &options)?.ledger)
    }

    /// Writes `sent.json` into a folder, with the hashes of everything that is in it.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn write(mut self, folder: &Path) -> Result<(), Error> {
        self.files = hashes(folder)?;
        let text = serde_json::to_string_pretty(&self).map_err(|error| error.to_string())?;
        let path = folder.join(MANIFEST);
        fs::write(&path, text + "\n").map_err(|error| Error::write(&path, error))
    }
}

/// Makes documents of one record; an error of a single document is one of the run.
///
/// # Errors
/// As [`render`].
pub fn make(session: &Session, data: &Path, options: &RenderOptions) -> Result<Outcome, Error> {
    let mut outcomes = render(session, data, options, &|_, _| {})?;
    Ok(outcomes.pop().unwrap_or_default())
}

/// Everything that was sent, the latest last; none where the folder does not exist.
///
/// # Errors
/// A folder that cannot be read, a `sent.json` that is broken.
pub fn archived(folder: &Path) -> Result<Vec<Archived>, Error> {
    let unreadable = |path: &Path, why: &dyn std::fmt::Display| {
        Error::from(format!("cannot read `{}`: {why}", path.display()))
    };
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let inner = entry.map_err(|error| unreadable(folder, &error))?.path();
        let path = inner.join(MANIFEST);
        // A run that was stopped leaves a hidden folder.
        let hidden = inner.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || !path.is_file() {
            continue;
        }
        let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        let sent = serde_json::from_slice(&bytes).map_err(|error| unreadable(&path, &error))?;
        found.push(Archived { folder: inner, sent });
    }
    found.sort_by(|a, b| (&a.sent.sent, &a.folder).cmp(&(&b.sent.sent, &b.folder)));
    Ok(found)
}

/// The hash of every file in a folder and below it, except `sent.json`, by its path with `/`.
///
/// # Errors
/// A file that cannot be read.
pub fn hashes(folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found)
        .map_err(|error| Error::from(format!("cannot read `{}`: {error}", folder.display())))?;
    found.remove(MANIFEST);
    Ok(found)
}

fn collect(
    folder: &Path,
    above: &str,
    found: &mut BTreeMap<String, String>,
) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{above}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => collect(&entry.path(), &format!("{path}/"), found)?,
            false => _ = found.insert(path, hash(&fs::read(entry.path())?)),
        }
    }
    Ok(())
}

/// The SHA-256 of some bytes, in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
