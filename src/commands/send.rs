//! `resume send`: freezes what goes out for an application.
//!
//! The documents are made from a copy of the record that is kept beside them, so that they can be made again.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::commands::archive::{RECORD, Sent, TEMPLATES, make};
use crate::commands::context::{Applications, OpenOptions, Opened, open, today};
use crate::commands::outcome::Outcome;
use crate::diagnostics::Severity;
use crate::document::file_name::safe;
use crate::error::Error;
use crate::export::{FileType, yaml};
use crate::record::Record;
use crate::record::read::Read as _;
use crate::record::text::Wording;
use crate::session::Session;
use crate::typeset::Context;

/// The job advertisement among the files.
const ADVERTISEMENT: &str = "advertisement.txt";
/// Why which entries are on the page.
const LEDGER: &str = "ledger.json";

/// What is sent.
#[derive(Debug, Clone)]
pub struct SendOptions {
    /// The application.
    pub application: String,
    /// Who gets it, in the user's words.
    pub to: Option<String>,
    /// The language of the documents; by default the application's.
    pub language: Option<String>,
    /// The documents' date: `2024-11-08` or `today`.
    pub date: Option<String>,
    /// The folder of everything that was sent.
    pub folder: PathBuf,
}

/// What was frozen, and what there is to report.
#[derive(Debug, Default)]
pub struct Frozen {
    /// A list of the files, and that they are personal; `None` where a document could not be made.
    pub text: Option<String>,
    /// What is wrong or odd.
    pub outcome: Outcome,
}

/// Freezes the documents of an application in a new folder.
///
/// # Errors
/// What keeps the run from starting; a folder that cannot be written.
pub fn send(session: &Session, data: &Path, options: &SendOptions) -> Result<Frozen, Error> {
    let opened = open(
        data,
        &OpenOptions {
            date: options.date.as_deref(),
            applications: Applications::Ids(vec![options.application.clone()]),
            least: Severity::Error,
            ..OpenOptions::default()
        },
    )?;
    let Opened { context: Some(context), .. } = opened else {
        let Opened { diagnostics, sources, .. } = opened;
        let failed = vec![options.application.clone()];
        let outcome = Outcome { diagnostics, sources, failed, ..Outcome::default() };
        return Ok(Frozen { text: None, outcome });
    };
    let mut found = Vec::new();
    let (asked, language) = (context.asked().next(), options.language.as_deref());
    let variant = context.variant_or_report(session.engine(), asked, language, &mut found)?;
    let (Some(variant), Some(application)) = (variant, asked) else {
        let outcome = Outcome { diagnostics: found, sources: opened.sources, ..Outcome::default() };
        return Ok(Frozen { text: None, outcome });
    };
    let organization = application.organization.as_ref().and_then(|name| {
        name.wording(&variant.language, &context.record.languages()).map(Wording::plain)
    });
    let sent = Sent {
        application: application.id.to_string(),
        organization,
        to: options.to.clone(),
        sent: date_text(&today()),
        language: variant.language.clone(),
        date: date_text(&context.date),
        program: format!("resume {}", env!("CARGO_PKG_VERSION")),
        files: Default::default(),
    };
    let folder = &options.folder;
    fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    let staged = tempfile::Builder::new().prefix(".resume-").tempdir_in(folder);
    let staged = staged.map_err(|error| Error::write(folder, error))?;
    // What is wrong with the documents is reported at its place in the record, not in the copy.
    let trial = tempfile::tempdir().map_err(|error| error.to_string())?;
    let outcome = make(session, data, &sent.options(trial.path(), &[FileType::Pdf]))?;
    if !outcome.failed.is_empty() || !outcome.errors.is_empty() {
        return Ok(Frozen { text: None, outcome });
    }
    copy(&context, &sent, &staged.path().join(RECORD))?;
    if let Some(templates) = session.engine().templates().folder() {
        copy_folder(templates, &staged.path().join(TEMPLATES))?;
    }
    let record = staged.path().join(RECORD);
    let again =
        make(session, &record, &sent.options(staged.path(), &[FileType::Pdf, FileType::Txt]))?;
    if !again.failed.is_empty() || !again.errors.is_empty() {
        return Ok(Frozen { text: None, outcome: again });
    }
    if let Some(job) = &application.job {
        write(&staged.path().join(ADVERTISEMENT), &job.text)?;
    }
    let ledger = sent.ledger(session, &record)?;
    let ledger = serde_json::to_string_pretty(&ledger).map_err(|error| error.to_string())?;
    write(&staged.path().join(LEDGER), &ledger)?;
    sent.clone().write(staged.path())?;
    let name = format!("{}-{}", sent.sent, safe(&sent.application));
    let place = moved(staged.keep(), folder, &name)?;
    Ok(Frozen { text: Some(report(&place, folder)?), outcome })
}

/// Moves a folder to a name that is free: what was sent before stays.
fn moved(from: PathBuf, folder: &Path, name: &str) -> Result<PathBuf, Error> {
    for number in 1.. {
        let numbered = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let place = folder.join(numbered);
        if place.symlink_metadata().is_ok() {
            continue;
        }
        match fs::rename(&from, &place) {
            Ok(()) => return Ok(place),
            // Another run was faster.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => {}
            Err(error) => return Err(Error::write(&place, error)),
        }
    }
    Err(Error::from(format!("cannot write `{}`", folder.display())))
}

/// Writes the record that the documents are made from: all of it but the other applications, and its pictures.
fn copy(context: &Context, sent: &Sent, folder: &Path) -> Result<(), Error> {
    let mut record: Record = context.record.clone();
    record.applications.retain(|application| *application.id == sent.application);
    record.build = None;
    write(&folder.join("resume.yaml"), yaml(&record)?)?;
    for (path, bytes, _) in &context.pictures {
        let path = path.trim_start_matches("/data/");
        write(&folder.join(path), bytes.as_slice())?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Error> {
    let unreadable = |error| Error::from(format!("cannot read `{}`: {error}", from.display()));
    for entry in fs::read_dir(from).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        match path.is_dir() {
            true => copy_folder(&path, &place)?,
            false => write(&place, fs::read(&path).map_err(unreadable)?)?,
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| Error::write(path, error))
}

/// A date as it is written in the data.
fn date_text(date: &crate::record::model::date::Date) -> String {
    date.value().as_str().map(str::to_owned).unwrap_or_default()
}

/// What was frozen, and that it is personal.
fn report(place: &Path, folder: &Path) -> Result<String, Error> {
    let mut names: Vec<String> = fs::read_dir(place)
        .map_err(|error| error.to_string())?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let mut text = format!("{}\n", place.display());
    for name in names {
        text += &format!("  {name}\n");
    }
    let shown = folder.display();
    text += &format!("`{shown}` holds personal data: of yours, and of who gets it\n");
    if let Some(line) = line_to_ignore(folder) {
        text += &format!(
            "it is in a git repository: who can read that reads it; a line `{line}` in its `.gitignore` keeps it out\n"
        );
    }
    Ok(text)
}

/// The line of `.gitignore` that keeps a folder out of the git repository that it is in; `None` where it is in none,
/// or ignored already. What is ignored, git itself knows best: there are several files of patterns.
fn line_to_ignore(folder: &Path) -> Option<String> {
    let path = folder.canonicalize().ok()?;
    let root = path.ancestors().find(|above| above.join(".git").exists())?;
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["check-ignore", "--quiet", "--"]).arg(&path);
    let ignored = git.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if ignored.is_ok_and(|status| status.success()) {
        return None;
    }
    let parts = path.strip_prefix(root).ok()?.iter().map(|part| part.to_string_lossy());
    Some(format!("/{}/", parts.collect::<Vec<_>>().join("/")))
}
