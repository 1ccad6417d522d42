//! `resume tailor`: one page is selected and laid out as `render` would, and explained.

use std::path::{Path, PathBuf};

use crate::check::rules;
use crate::commands::context::{
    Applications, OpenOptions, Opened, Overrides, open, unknown_application,
};
use crate::diagnostics::suppressions::settle;
use crate::diagnostics::{Diagnostic, Severity, Sources};
use crate::document::{Filter, Format};
use crate::engine::Document;
use crate::error::Error;
use crate::export::{PPI, page_note};
use crate::output::write::write;
use crate::record::model::applications::Application;
use crate::session::Session;
use crate::tailor::{Candidates, Ledger, Page};
use crate::typeset::{Context, Finding, Typesetter};

/// The name by which the page for everybody is compared.
const DEFAULT: &str = "default";

/// Which page is explained.
#[derive(Debug, Clone, Default)]
pub struct TailorOptions {
    /// The application; the résumé for everybody by default.
    pub application: Option<String>,
    /// How many pages the complete résumé may have, where it is explained in place of the one page.
    pub max_pages: Option<usize>,
    /// The language of the page; the application's, or the record's first by default.
    pub language: Option<String>,
    /// Values of the application that replace those of the record.
    pub overrides: Overrides,
    /// Another application whose page it is compared with, or `default` for the page for everybody.
    pub compare: Option<String>,
    /// A PNG file that the page is drawn into.
    pub preview: Option<PathBuf>,
    /// The document's date: `2024-11-08` or `today`.
    pub date: Option<String>,
}

impl TailorOptions {
    /// The document that is explained.
    fn format(&self) -> Format {
        if self.max_pages.is_some() { Format::Cv } else { Format::OnePage }
    }
}

/// The ledger of a page, and everything else there is to report.
#[derive(Debug)]
pub struct Tailored {
    /// The ledger; `None` when there is no page.
    pub ledger: Option<Ledger>,
    /// The preview, if one was requested.
    pub preview: Option<PathBuf>,
    /// What is wrong or odd.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
}

/// Explains the page of an application, or of none.
///
/// # Errors
/// What keeps the run from starting or the preview from being written.
pub fn tailor(session: &Session, data: &Path, options: &TailorOptions) -> Result<Tailored, Error> {
    let mut tailored = explain(session, data, options)?;
    settle(&mut tailored.diagnostics, &tailored.sources, &[], &[], &rules());
    Ok(tailored)
}

fn explain(session: &Session, data: &Path, options: &TailorOptions) -> Result<Tailored, Error> {
    let applications = Applications::Ids(options.application.iter().cloned().collect());
    let Opened { context, broken, diagnostics, sources, .. } = open(
        data,
        &OpenOptions {
            date: options.date.as_deref(),
            applications,
            overrides: options.overrides.clone(),
            redacted: &[],
            least: Severity::Error,
        },
    )?;
    let mut tailored = Tailored { ledger: None, preview: None, diagnostics, sources };
    let Some(context) = context else { return Ok(tailored) };
    let other = match &options.compare {
        None => None,
        Some(id) if broken.contains(id) => return Ok(tailored),
        Some(id) => match context.application(id) {
            None if id != DEFAULT => {
                let known = context.record.applications.iter().map(|a| a.id.as_str());
                let known: Vec<&str> = known.chain([DEFAULT]).collect();
                return Err(unknown_application(&known, id, " to compare with"));
            }
            application => Some(application),
        },
    };
    let mut findings = Vec::new();
    let made = page(session, &context, context.asked().next(), options, &mut findings)?;
    let compared = match other {
        Some(other) => page(session, &context, other, options, &mut findings)?,
        None => None,
    };
    let located = findings.into_iter().map(|finding| finding.locate(&mut tailored.sources));
    tailored.diagnostics.extend(located);
    let Some((mut ledger, document)) = made else { return Ok(tailored) };
    if let Some((compared, _)) = compared {
        ledger.compare(&compared, DEFAULT);
    }
    if let Some(path) = &options.preview {
        let note = page_note(options.format().word(), 1, 1);
        let bytes = document
            .png(1, PPI, &note)
            .ok_or_else(|| Error::from(format!("cannot draw `{}`", path.display())))?;
        write(path, &bytes)?;
        tailored.preview = Some(path.clone());
    }
    tailored.ledger = Some(ledger);
    Ok(tailored)
}

/// The pages of all applications of a record, each with its ledger.
#[derive(Debug)]
pub struct AllTailored {
    /// The ledgers, in the order of the record.
    pub ledgers: Vec<Ledger>,
    /// What is wrong or odd.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that diagnostics point into.
    pub sources: Sources,
}

/// Explains the pages of all applications. One that is wrong does not stop the others.
///
/// # Errors
/// What keeps the run from starting.
pub fn tailor_all(
    session: &Session,
    data: &Path,
    options: &TailorOptions,
) -> Result<AllTailored, Error> {
    let opened = open(
        data,
        &OpenOptions {
            date: options.date.as_deref(),
            applications: Applications::All,
            overrides: options.overrides.clone(),
            least: Severity::Error,
            redacted: &[],
        },
    )?;
    let Opened { context, diagnostics, sources, .. } = opened;
    let mut all = AllTailored { ledgers: Vec::new(), diagnostics, sources };
    let mut findings = Vec::new();
    for application in context.iter().flat_map(|context| context.asked()) {
        let Some(context) = &context else { break };
        let made = page(session, context, Some(application), options, &mut findings)?;
        all.ledgers.extend(made.map(|(ledger, _)| ledger));
    }
    all.diagnostics.extend(findings.into_iter().map(|finding| finding.locate(&mut all.sources)));
    settle(&mut all.diagnostics, &all.sources, &[], &[], &rules());
    Ok(all)
}

/// The page of an application with its ledger; `None` where there is no page.
fn page(
    session: &Session,
    context: &Context,
    application: Option<&Application>,
    options: &TailorOptions,
    findings: &mut Vec<Finding>,
) -> Result<Option<(Ledger, Document)>, Error> {
    let engine = session.engine();
    let (language, max_pages) = (options.language.as_deref(), options.max_pages);
    let mut found = Vec::new();
    let variant = context.variant_or_report(engine, application, language, &mut found)?;
    findings.extend(found.into_iter().map(Finding::Diagnostic));
    let Some(variant) = variant else { return Ok(None) };
    let filter = &Filter::default();
    let typesetter = Typesetter { engine, context, variant: &variant, filter, max_pages };
    let tailored = match typesetter.tailored(options.format(), true, findings) {
        Ok(tailored) => tailored,
        Err(faults) => {
            findings.extend(faults.into_iter().map(Finding::Fault));
            return Ok(None);
        }
    };
    let record = &context.record;
    let Some(heights) = &tailored.fitted.heights else { return Ok(None) };
    let candidates = Candidates {
        catalog: &tailored.catalog,
        scores: &tailored.scores,
        repeats: tailored.repeats,
        constraints: &tailored.constraints,
        pages: tailored.pages,
        all_heights: true,
    };
    let mut ledger = Ledger::of(record, &candidates, &tailored.fitted, heights, &variant.language);
    ledger.application = application.map(|application| application.id.to_string());
    ledger.format = options.format().word().to_owned();
    let used = application.map_or(&[][..], |application| context.versions(&application.id));
    ledger.use_versions(used, &record.languages());
    ledger.leave_out(&tailored.unnamed());
    ledger.give_way(&tailored.catalog, &tailored.constraints, &tailored.absent);
    if application.is_some_and(|application| application.job.is_some()) {
        let text = tailored.fitted.document.page_texts().join("\n");
        let (choice, day) = (&tailored.fitted.choice, context.date.first_day());
        let page = Page { record, candidates, choice, heights, text: &text, day, application };
        ledger.coverage = Some(page.cover(&variant.language));
    }
    Ok(Some((ledger, tailored.fitted.document)))
}
