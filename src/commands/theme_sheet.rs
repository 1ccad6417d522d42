//! `resume templates --preview`: the first page of a record in every theme, on one sheet.

use std::path::{Path, PathBuf};

use crate::check::rules;
use crate::commands::context::{OpenOptions, Opened, open};
use crate::commands::outcome::{Outcome, Written};
use crate::diagnostics::suppressions::settle;
use crate::diagnostics::{Place, Severity};
use crate::document::{Filter, Format, Preview, ThemePage};
use crate::engine::{Engine, Fault, Job};
use crate::error::Error;
use crate::export::{PPI, page_note};
use crate::output::write::write;
use crate::record::model::theme::Theme;
use crate::record::read::Spanned;
use crate::session::Session;
use crate::typeset::{Cache, Context, Finding, Typesetter};
use crate::util::timings::Timings;

/// The template of the sheet.
const SHEET: &str = "preview/main.typ";

/// Which sheet is drawn.
#[derive(Debug, Clone)]
pub struct SheetOptions {
    /// The language of the pages; by default the record's first.
    pub language: Option<String>,
    /// The PNG file that the sheet is drawn into.
    pub output: PathBuf,
}

/// Draws the first page of the one-page résumé in every theme.
///
/// # Errors
/// What keeps the record from being opened or the file from being written.
pub fn theme_sheet(
    session: &Session,
    data: &Path,
    options: &SheetOptions,
) -> Result<Outcome, Error> {
    let open_options = OpenOptions { least: Severity::Error, ..OpenOptions::default() };
    let Opened { context, diagnostics, sources, timings, .. } = open(data, &open_options)?;
    let mut outcome = Outcome { diagnostics, sources, timings, ..Outcome::default() };
    let name = options.output.display().to_string();
    let Some(mut context) = context else {
        outcome.failed.push(name);
        return Ok(outcome);
    };
    let mut findings = Vec::new();
    match sheet(session.engine(), &mut context, options, &mut findings)? {
        Some(bytes) => {
            write(&options.output, &bytes)?;
            let (paths, size) = (vec![options.output.clone()], bytes.len());
            outcome.documents = 1;
            outcome.written.push(Written {
                paths,
                size,
                pages: 1,
                left_out: Vec::new(),
                timings: Timings::default(),
            });
        }
        None => outcome.failed.push(name),
    }
    let located = findings.into_iter().map(|finding| finding.locate(&mut outcome.sources));
    outcome.diagnostics.extend(located);
    settle(&mut outcome.diagnostics, &outcome.sources, &[], &["W001"], &rules());
    Ok(outcome)
}

/// The sheet as PNG; `None` where a page of it cannot be made.
fn sheet(
    engine: &Engine,
    context: &mut Context,
    options: &SheetOptions,
    findings: &mut Vec<Finding>,
) -> Result<Option<Vec<u8>>, Error> {
    let themes = engine.templates().themes().map_err(|error| Error::from(error.to_string()))?;
    let own = context.record.theme.take();
    let formats = context.record.formats.as_mut();
    if let Some(settings) = formats.and_then(|formats| formats.one_page.as_mut()) {
        settings.document.theme = None;
    }
    let place = context.record.profile.place;
    let mut pages = Vec::new();
    for name in themes {
        context.record.theme = Some(named(own.as_ref(), name.clone(), place));
        // Heights that were measured in another theme are not those of this one.
        context.cache = Cache::default();
        let mut found = Vec::new();
        let language = options.language.as_deref();
        let variant = context.variant_or_report(engine, None, language, &mut found)?;
        findings.extend(found.into_iter().map(Finding::Diagnostic));
        let Some(variant) = variant else { return Ok(None) };
        let filter = Filter::default();
        let typesetter =
            Typesetter { engine, context, variant: &variant, filter: &filter, max_pages: None };
        let (typeset, found) = typesetter.typeset(Format::OnePage);
        findings.extend(found);
        let Some(picture) = typeset.and_then(|made| made.pages.png(1, PPI, "")) else {
            return Ok(None);
        };
        pages.push((name, picture));
    }
    let language = context.record.languages().swap_remove(0);
    let file = |name: &str| format!("/data/{name}.png");
    let themes = pages.iter().map(|(name, _)| ThemePage { name: name.clone(), file: file(name) });
    let document = Preview { language, themes: themes.collect() };
    let job = Job::new(SHEET, document.json())
        .with_file("/theme.json", crate::document::Theme::new(None).json());
    let job =
        pages.into_iter().fold(job, |job, (name, picture)| job.with_file(file(&name), picture));
    match engine.compile(&job) {
        Ok(sheet) => match sheet.png(1, PPI, &page_note("themes", 1, 1)) {
            Some(bytes) => Ok(Some(bytes)),
            None => {
                findings.push(Finding::Fault(Fault::plain("the sheet is too large to be drawn")));
                Ok(None)
            }
        },
        Err(faults) => {
            findings.extend(faults.into_iter().map(Finding::Fault));
            Ok(None)
        }
    }
}

/// A theme with its own letters and colours, on the paper and with the footer that the record sets.
fn named(own: Option<&Theme>, name: String, place: Place) -> Theme {
    let (paper, footer) = own.map_or((None, None), |own| (own.paper, own.footer.clone()));
    Theme { paper, footer, ..Theme::named(Spanned { value: name, place }) }
}
