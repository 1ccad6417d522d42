//! `resume export`: a document for other programs.

use std::collections::BTreeMap;

use crate::allow::settle;
use crate::cli::{ExportTypst, Global, Lean};
use crate::document::{Filter, Format};
use crate::engine::{Blob, Fault};
use crate::open::{Opened, Ready, language, open};
use crate::output::write_new;
use crate::press::{Note, Press};
use crate::problem::Severity;
use crate::tailor::{Fit, Selection};
use crate::{Failure, Outcome, engine};

/// Writes documents for the plain compiler: the list of what was written, and what there is to say.
///
/// # Errors
/// A folder that has something in it or cannot be written; what keeps the run from starting.
pub fn export_typst(global: &Global, args: &ExportTypst) -> Result<(String, Outcome), Failure> {
    if args.folder.is_file()
        || args.folder.read_dir().is_ok_and(|mut folder| folder.next().is_some())
    {
        let message = format!("`{}` has something in it", args.folder.display());
        return Err(Failure::new(message, "name a new or an empty folder"));
    }
    let engine = engine(global)?;
    let ids: Vec<String> = args.application.iter().cloned().collect();
    let Opened { ready, problems, sources, phases, .. } = open(
        &global.data,
        args.date.as_deref(),
        Some(&ids),
        &Lean::default(),
        &[],
        Severity::Error,
    )?;
    let mut outcome = Outcome { problems, sources, phases, ..Outcome::default() };
    let Some(Ready { record, addresses, date, pictures, applications, known }) = &ready else {
        return Ok((String::new(), outcome));
    };
    let application = record.applications.iter().find(|one| applications.contains(&one.id));
    let own = application.and_then(|application| application.language.as_ref());
    let tag = args.lang.as_deref().or(own.map(|language| language.0.as_str()));
    let (language, words) = language(record, &engine, tag)?;
    let filter = Filter::default();
    let press = Press {
        record,
        addresses,
        engine: &engine,
        language: &language,
        words: &words,
        date: *date,
        pictures,
        application,
        filter: &filter,
        known,
    };
    let formats = args.format.formats();
    let mut list = String::new();
    for format in formats {
        let folder = match formats {
            [_] => args.folder.clone(),
            _ => args.folder.join(format.word()),
        };
        let mut notes = Vec::new();
        let files = plain(&press, *format, &mut notes).unwrap_or_else(|faults| {
            notes.extend(faults.into_iter().map(Note::Fault));
            BTreeMap::new()
        });
        outcome.problems.extend(notes.into_iter().map(|note| note.locate(&mut outcome.sources)));
        for (path, bytes) in files {
            let path = folder.join(path);
            write_new(&path, bytes.as_slice())?;
            list.push_str(&format!("{}\n", path.display()));
        }
    }
    settle(&mut outcome.problems, &outcome.sources, &[], &["W001"]);
    Ok((list, outcome))
}

/// The files of a document.
fn plain(
    press: &Press,
    format: Format,
    notes: &mut Vec<Note>,
) -> Result<BTreeMap<String, Blob>, Vec<Fault>> {
    let (selection, fit) = match format {
        Format::OnePage => {
            let fitted = press.tailored(false, notes)?.fitted;
            (fitted.choice.selection(), fitted.fit)
        }
        Format::Full | Format::Portfolio => (Selection::all(), Fit::REGULAR),
    };
    let (document, problems) = press.document(format, &selection, fit);
    notes.extend(problems.into_iter().map(Note::Problem));
    press.engine.plain(&press.job(format, document))
}
