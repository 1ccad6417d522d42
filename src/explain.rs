//! `resume tailor`: one page is chosen and laid out as `render` would, and explained.

use std::path::PathBuf;

use crate::cli::{Global, Tailor};
use crate::document::{Filter, Format};
use crate::files::PPI;
use crate::open::{Opened, Ready, language, open};
use crate::output::{page_note, write};
use crate::press::{Note, Press};
use crate::problem::{Problem, Severity, Sources};
use crate::tailor::{Ledger, cover};
use crate::{Failure, engine};

/// The account of a page, and everything else there is to say.
#[derive(Debug)]
pub struct Explained {
    /// The account; `None` when there is no page.
    pub ledger: Option<Ledger>,
    /// The preview, where one was asked for.
    pub preview: Option<PathBuf>,
    /// What is wrong or odd.
    pub problems: Vec<Problem>,
    /// The texts that problems point into.
    pub sources: Sources,
}

/// Explains the page of an application, or of none.
///
/// # Errors
/// What keeps the run from starting or the preview from being written.
pub fn tailor(global: &Global, args: &Tailor) -> Result<Explained, Failure> {
    let engine = engine(global)?;
    let ids: Vec<String> = args.application.iter().cloned().collect();
    let Opened { ready, problems, sources, .. } = open(
        &global.data,
        args.date.as_deref(),
        Some(&ids),
        &args.lean,
        &args.tag,
        Severity::Error,
    )?;
    let mut explained = Explained { ledger: None, preview: None, problems, sources };
    let Some(Ready { record, addresses, date, pictures, applications, known }) = ready else {
        return Ok(explained);
    };
    let find = |id: &str| record.applications.iter().find(|application| *application.id == id);
    let other = match &args.compare {
        None => None,
        Some(id) => Some(find(id).ok_or_else(|| {
            let known: Vec<&str> = record.applications.iter().map(|a| a.id.as_str()).collect();
            let hint = format!("there are {}", known.join(", "));
            Failure::new(format!("there is no application `{id}` to compare with"), hint)
        })?),
    };
    let application = applications.first().and_then(|id| find(id));
    let filter = Filter::default();
    let mut notes = Vec::new();
    let mut page = |application: Option<&crate::data::applications::Application>,
                    lang: Option<&str>| {
        let own = application.and_then(|a| a.language.as_ref()).map(|l| l.0.as_str());
        let (language, words) = language(&record, &engine, lang.or(own))?;
        let press = Press {
            record: &record,
            addresses: &addresses,
            engine: &engine,
            language: &language,
            words: &words,
            date,
            pictures: &pictures,
            application,
            filter: &filter,
            known: &known,
        };
        let tailored = match press.tailored(true, &mut notes) {
            Ok(tailored) => tailored,
            Err(faults) => {
                notes.extend(faults.into_iter().map(Note::Fault));
                return Ok::<_, Failure>(None);
            }
        };
        let mut ledger = Ledger::of(
            &record,
            &tailored.catalog,
            &tailored.values,
            &tailored.wishes,
            &tailored.fitted,
            &language,
        );
        ledger.application = application.map(|application| application.id.to_string());
        let document = tailored.fitted.document;
        let job = application.and_then(|application| application.job.as_ref());
        let text = document.page_texts().join("\n");
        ledger.coverage = job.map(|job| cover(&record, &job.text, &text));
        Ok(Some((ledger, document)))
    };
    let made = page(application, args.lang.as_deref())?;
    let compared = match other {
        Some(other) => page(Some(other), args.lang.as_deref())?,
        None => None,
    };
    explained.problems.extend(notes.into_iter().map(|note| note.locate(&mut explained.sources)));
    let Some((mut ledger, document)) = made else { return Ok(explained) };
    if let Some((compared, _)) = compared {
        ledger.compare(&compared);
    }
    if let Some(path) = &args.preview {
        let note = page_note(Format::OnePage.word(), 1, 1);
        let bytes = document
            .png(1, PPI, &note)
            .ok_or_else(|| Failure::from(format!("cannot draw `{}`", path.display())))?;
        write(path, &bytes)?;
        explained.preview = Some(path.clone());
    }
    explained.ledger = Some(ledger);
    Ok(explained)
}
