//! `resume sent` lists what was sent, and makes it again; `resume diff` says what has changed since.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use similar::{ChangeTag, DiffTag, TextDiff};

use crate::commands::archive::{Archived, RECORD, Sent, TEMPLATES, archived, hashes, make};
use crate::commands::outcome::Outcome;
use crate::error::Error;
use crate::export::FileType;
use crate::session::{EngineOptions, Session};

/// What is listed.
#[derive(Debug, Clone)]
pub struct SentOptions {
    /// The folder of everything that was sent.
    pub folder: PathBuf,
    /// Whether documents are made again and compared.
    pub verify: bool,
    /// The fonts that they are made with.
    pub engine: EngineOptions,
}

/// Lists what was sent; with `verify` also whether it is unchanged. The second value is false where it is not.
///
/// # Errors
/// A folder that cannot be read.
pub fn sent(options: &SentOptions) -> Result<(String, bool), Error> {
    let all = archived(&options.folder)?;
    if all.is_empty() {
        let text = format!(
            "nothing is in `{}`; `resume send ID` freezes an application\n",
            options.folder.display()
        );
        return Ok((text, true));
    }
    let (mut text, mut fine) = (String::new(), true);
    for one in &all {
        let Sent { sent, application, to, .. } = &one.sent;
        let documents: Vec<&str> = one.sent.documents(FileType::Pdf).collect();
        let to = to.as_ref().map(|to| format!("  to {to}")).unwrap_or_default();
        text += &format!("{sent}  {application}{to}  {}\n", documents.join(", "));
        if options.verify {
            let faults = verify(one, &options.engine)?;
            fine &= faults.is_empty();
            match faults.is_empty() {
                true => text += "  the same bytes when made again\n",
                false => faults.iter().for_each(|fault| text += &format!("  {fault}\n")),
            }
        }
    }
    Ok((text, fine))
}

/// What is not as it was sent: files that were changed, and documents that are made otherwise now.
fn verify(one: &Archived, engine: &EngineOptions) -> Result<Vec<String>, Error> {
    let now = hashes(&one.folder)?;
    let mut faults = Vec::new();
    for (path, hash) in &one.sent.files {
        match now.get(path) {
            None => faults.push(format!("`{path}` is missing")),
            Some(own) if own != hash => faults.push(format!("`{path}` has been changed")),
            Some(_) => {}
        }
    }
    for path in now.keys().filter(|path| !one.sent.files.contains_key(*path)) {
        faults.push(format!("`{path}` was not sent"));
    }
    if !faults.is_empty() {
        return Ok(faults);
    }
    let templates = Some(one.folder.join(TEMPLATES)).filter(|folder| folder.is_dir());
    let session = Session::new(&EngineOptions { templates, ..engine.clone() })?;
    let output = tempfile::tempdir().map_err(|error| error.to_string())?;
    let types = [FileType::Pdf, FileType::Txt];
    make(&session, &one.folder.join(RECORD), &one.sent.options(output.path(), &types))?;
    let made = hashes(output.path())?;
    for name in types.into_iter().flat_map(|one_type| one.sent.documents(one_type)) {
        // The advertisement is no document.
        let Some(own) = made.get(name) else { continue };
        if Some(own) != one.sent.files.get(name) {
            let version = format!("resume {}", env!("CARGO_PKG_VERSION"));
            let why = match one.sent.program == version {
                true => "with other fonts".to_owned(),
                false => format!("by {version}; it was made by {}", one.sent.program),
            };
            faults.push(format!("`{name}` has other bytes when made again {why}"));
        }
    }
    let missing = one.sent.documents(FileType::Pdf).filter(|name| !made.contains_key(*name));
    faults.extend(missing.map(|name| format!("`{name}` cannot be made again")));
    Ok(faults)
}

/// What is compared.
#[derive(Debug, Clone)]
pub struct DiffOptions {
    /// The application.
    pub application: String,
    /// The day it was sent, or the beginning of one; the last by default.
    pub date: Option<String>,
    /// The folder of everything that was sent.
    pub folder: PathBuf,
}

/// What has changed in the documents of an application since they were sent; `None` where they cannot be made.
///
/// # Errors
/// Nothing was sent; a file that cannot be read.
pub fn diff(
    session: &Session,
    data: &Path,
    options: &DiffOptions,
) -> Result<(Option<String>, Outcome), Error> {
    let all = archived(&options.folder)?;
    let mut own: Vec<&Archived> = all.iter().collect();
    own.retain(|one| one.sent.application == options.application);
    if own.is_empty() {
        let known: BTreeSet<&str> = all.iter().map(|one| one.sent.application.as_str()).collect();
        let message = format!("nothing was sent for `{}`", options.application);
        return Err(Error::unknown(message, &options.application, known, || {
            "`resume send ID` freezes what goes out; `resume sent` lists it".to_owned()
        }));
    }
    let dates: Vec<&str> = own.iter().map(|one| one.sent.sent.as_str()).collect();
    let on = |one: &&&Archived| {
        options.date.as_ref().is_none_or(|date| one.sent.sent.starts_with(date.as_str()))
    };
    let Some(before) = own.iter().rfind(on) else {
        let date = options.date.as_deref().unwrap_or_default();
        let message = format!("nothing was sent for `{}` on `{date}`", options.application);
        return Err(Error::new(message, format!("it was on {}", dates.join(", "))));
    };
    let output = tempfile::tempdir().map_err(|error| error.to_string())?;
    let outcome = make(session, data, &before.sent.options(output.path(), &[FileType::Txt]))?;
    if !outcome.failed.is_empty() || !outcome.errors.is_empty() {
        return Ok((None, outcome));
    }
    let mut text = String::new();
    let old: BTreeSet<String> = before.sent.documents(FileType::Pdf).map(stem).collect();
    let new: BTreeSet<String> = hashes(output.path())?.keys().map(|name| stem(name)).collect();
    for name in old.union(&new) {
        let read = |folder: &Path| {
            fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap_or_default()
        };
        let changes = words(&read(&before.folder), &read(output.path()));
        if !changes.is_empty() {
            text += &format!("{name}\n{changes}");
        }
    }
    let ledger = fs::read(before.folder.join("ledger.json")).unwrap_or_default();
    let then: Value = serde_json::from_slice(&ledger).unwrap_or_default();
    let now = serde_json::to_value(before.sent.ledger(session, data)?).unwrap_or_default();
    let (then, now) = (shown(&then), shown(&now));
    let lists = [("only now", now.difference(&then)), ("only then", then.difference(&now))];
    for (title, names) in lists.map(|(title, names)| (title, names.cloned().collect::<Vec<_>>())) {
        if !names.is_empty() {
            text += &format!("entries on the page {title}: {}\n", names.join(", "));
        }
    }
    let heading = match text.is_empty() {
        true => format!("nothing has changed since {}\n", before.sent.sent),
        false => format!("since {}:\n", before.sent.sent),
    };
    Ok((Some(heading + &text), outcome))
}

/// The name of a file without its ending.
fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// The names of the entries that a ledger shows.
fn shown(ledger: &Value) -> BTreeSet<String> {
    let entries = ledger["entries"].as_array().into_iter().flatten();
    let shown = entries.filter(|entry| entry["shown"] == true);
    shown.filter_map(|entry| entry["name"].as_str().map(str::to_owned)).collect()
}

/// The lines that differ: what is new begins with `+`, what is gone with `-`; in a line that changed, words that
/// are gone are in `[-…-]` and new ones in `{+…+}`.
fn words(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut text = String::new();
    for change in diff.ops() {
        let (tag, before, after) = change.as_tag_tuple();
        let lines = |all: &[&str], range: std::ops::Range<usize>| all[range].concat();
        let before = lines(diff.old_slices(), before);
        let after = lines(diff.new_slices(), after);
        let marked = |sign: &str, lines: &str| -> String {
            let lines = lines.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| format!("  {sign} {line}\n")).collect()
        };
        match tag {
            DiffTag::Equal => {}
            DiffTag::Delete => text += &marked("-", &before),
            DiffTag::Insert => text += &marked("+", &after),
            DiffTag::Replace => text += &marked("~", &changed(&before, &after)),
        }
    }
    text
}

/// Two texts as one, with the words marked that differ.
fn changed(old: &str, new: &str) -> String {
    let diff = TextDiff::from_words(old, new);
    let (mut text, mut last) = (String::new(), ChangeTag::Equal);
    let bracket = |tag, open| match (tag, open) {
        (ChangeTag::Equal, _) => "",
        (ChangeTag::Delete, true) => "[-",
        (ChangeTag::Delete, false) => "-]",
        (ChangeTag::Insert, true) => "{+",
        (ChangeTag::Insert, false) => "+}",
    };
    for change in diff.iter_all_changes() {
        if change.tag() != last {
            text += bracket(last, false);
            text += bracket(change.tag(), true);
            last = change.tag();
        }
        text += change.value();
    }
    text += bracket(last, false);
    text
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_and_lines_that_differ_are_marked() {
        let old = "A title\n\nBuilt two services.\nGone.\n\nSame.\n";
        let new = "A title\n\nBuilt three services.\n\nSame.\n\nNew.\n";
        let found = words(old, new);
        assert!(found.contains("[-two-]{+three+}"), "{found}");
        assert!(found.contains("Gone.") && found.contains("+ New."), "{found}");
        assert!(!found.contains("Same") && !found.contains("title"), "{found}");
        assert_eq!(words(old, old), "");
    }
}
