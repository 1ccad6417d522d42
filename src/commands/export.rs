//! `resume export`: a document as a folder that the plain compiler typesets, the record for other programs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::check::rules;
use crate::commands::context::{Applications, OpenOptions, Opened, Overrides, open};
use crate::commands::import::words;
use crate::commands::outcome::Outcome;
use crate::diagnostics::suppressions::settle;
use crate::diagnostics::{Severity, Sources, any_error};
use crate::document::{Filter, Format};
use crate::engine::{Blob, Fault, Templates};
use crate::error::Error;
use crate::interchange::commented_yaml::Written;
use crate::interchange::export::json_resume;
use crate::interchange::rendercv_export::{Exported, render_cv};
use crate::output::write::Staging;
use crate::record::load;
use crate::record::read::Read as _;
use crate::session::Session;
use crate::tailor::Fit;
use crate::typeset::{Finding, Typesetter};

/// Which documents are written for the plain compiler, and where.
#[derive(Debug, Clone)]
pub struct TypstOptions {
    /// The folder; it must be new or empty.
    pub folder: PathBuf,
    /// The documents; several are written into a folder each.
    pub formats: Vec<Format>,
    /// The language; the application's, or the record's first by default.
    pub language: Option<String>,
    /// The application the documents are for.
    pub application: Option<String>,
    /// The documents' date: `2024-11-08` or `today`.
    pub date: Option<String>,
}

/// Writes documents for the plain compiler: the list of what was written, and what there is to
/// report.
///
/// # Errors
/// A folder that has something in it or cannot be written; what keeps the run from starting.
pub fn export_typst(
    session: &Session,
    data: &Path,
    options: &TypstOptions,
) -> Result<(String, Outcome), Error> {
    let (list, mut outcome) = write_projects(session, data, options)?;
    settle(&mut outcome.diagnostics, &outcome.sources, &[], &["W001"], &rules());
    Ok((list, outcome))
}

fn write_projects(
    session: &Session,
    data: &Path,
    options: &TypstOptions,
) -> Result<(String, Outcome), Error> {
    let TypstOptions { folder, formats, .. } = options;
    if folder.is_file() || folder.read_dir().is_ok_and(|mut folder| folder.next().is_some()) {
        let message = format!("`{}` has something in it", folder.display());
        return Err(Error::new(message, "name a new or an empty folder"));
    }
    let applications = Applications::Ids(options.application.iter().cloned().collect());
    let Opened { context, diagnostics, sources, timings, .. } = open(
        data,
        &OpenOptions {
            date: options.date.as_deref(),
            applications,
            overrides: Overrides::default(),
            redacted: &[],
            least: Severity::Error,
        },
    )?;
    let mut outcome = Outcome { diagnostics, sources, timings, ..Outcome::default() };
    let Some(context) = &context else { return Ok((String::new(), outcome)) };
    let engine = session.engine();
    let (application, language) = (context.asked().next(), options.language.as_deref());
    let found = &mut outcome.diagnostics;
    let Some(variant) = context.variant_or_report(engine, application, language, found)? else {
        return Ok((String::new(), outcome));
    };
    let filter = &Filter::default();
    let typesetter = Typesetter { engine, context, variant: &variant, filter, max_pages: None };
    let (mut list, staging) = (String::new(), Staging::new(folder));
    let formats: Vec<&Format> =
        formats.iter().filter(|format| format.has_content(application)).collect();
    if formats.is_empty() {
        let hint = "name one that has it with `--application ID`";
        return Err(Error::new("there is no such document without an application", hint));
    }
    for &format in &formats {
        let folder = match formats.as_slice() {
            [_] => folder.clone(),
            _ => folder.join(format.word()),
        };
        let mut findings = Vec::new();
        let files = project(&typesetter, *format, &mut findings).unwrap_or_else(|faults| {
            findings.extend(faults.into_iter().map(Finding::Fault));
            BTreeMap::new()
        });
        let located = findings.into_iter().map(|finding| finding.locate(&mut outcome.sources));
        outcome.diagnostics.extend(located);
        for (path, bytes) in files {
            let path = folder.join(path);
            staging.add_new(&path, bytes.as_slice())?;
            list.push_str(&format!("{}\n", path.display()));
        }
    }
    staging.commit_all()?;
    Ok((list, outcome))
}

/// The files of a document.
fn project(
    typesetter: &Typesetter,
    format: Format,
    findings: &mut Vec<Finding>,
) -> Result<BTreeMap<String, Blob>, Vec<Fault>> {
    let (selection, fit) = match format {
        Format::Full | Format::Cv | Format::OnePage => {
            let tailored = typesetter.tailored(format, false, findings)?;
            (tailored.selection(), tailored.fitted.fit)
        }
        Format::Portfolio | Format::Letter | Format::Questions => {
            (typesetter.everything(format), Fit::REGULAR)
        }
    };
    let (document, diagnostics) = typesetter.document(format, &selection, fit);
    findings.extend(diagnostics.into_iter().map(Finding::Diagnostic));
    typesetter.engine.typst_project(&typesetter.job(format, &document))
}

/// Programs whose files the record is exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// JSON Resume; what it lacks stands under `meta`.
    JsonResume,
    /// RenderCV; what it lacks is reported.
    RenderCv,
}

impl Target {
    /// The name of a file, and its ending.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::JsonResume => ("resume", "json"),
            Self::RenderCv => ("rendercv", "yaml"),
        }
    }
}

/// In which languages the record is exported, to what, and where.
#[derive(Debug, Clone)]
pub struct ExportRecordOptions {
    /// For which program.
    pub target: Target,
    /// A folder, or one file.
    pub output: PathBuf,
    /// The only language; by default every language of the record.
    pub language: Option<String>,
}

/// A value as YAML.
fn yaml(value: &Value) -> String {
    match Written::of(value) {
        Written::Block(block) => block.yaml(),
        _ => String::new(),
    }
}

/// Writes the record for another program, one file for each language; `-` returns the text instead.
///
/// # Errors
/// A record that cannot be read, a language that it has not, a file that cannot be written.
pub fn export_record(
    data: &Path,
    options: &ExportRecordOptions,
    templates: &Templates,
) -> Result<(String, Outcome), Error> {
    let mut sources = Sources::default();
    let loaded = load(data, &mut sources)?;
    let mut outcome = Outcome { diagnostics: loaded.diagnostics, sources, ..Outcome::default() };
    let record = loaded.record.filter(|_| !any_error(&outcome.diagnostics));
    settle(&mut outcome.diagnostics, &outcome.sources, &[], &["W001"], &rules());
    let Some(record) = record else { return Ok((String::new(), outcome)) };
    let languages = record.languages();
    let asked = match &options.language {
        None => languages.clone(),
        Some(language) if languages.contains(language) => vec![language.clone()],
        Some(language) => {
            let known = languages.iter().map(String::as_str);
            let message = format!("the record has no language `{language}`");
            return Err(Error::unknown(message, language, known, || {
                format!("it has {}", languages.join(", "))
            }));
        }
    };
    let (name, ending) = options.target.file();
    let (output, printed) = (&options.output, options.output.as_os_str() == "-");
    let file = output.extension().is_some_and(|own| own == ending);
    if asked.len() > 1 && (file || printed) {
        let message = format!("the record has {} languages, and each is a file", asked.len());
        return Err(Error::new(message, "name one with `--lang`, or a folder with `-o`"));
    }
    let value = record.value();
    let (mut list, staging) = (String::new(), Staging::new(output));
    for language in &asked {
        let text = match options.target {
            Target::JsonResume => format!("{:#}\n", json_resume(&value, language, &languages)?),
            Target::RenderCv => {
                let words = words(templates, language);
                let Exported { value, left } = render_cv(&value, language, &languages, &words);
                outcome.skipped = left
                    .into_iter()
                    .map(|(path, count)| {
                        (format!("{count} × `{path}`"), "RenderCV has no place for it")
                    })
                    .collect();
                yaml(&value)
            }
        };
        if printed {
            return Ok((text, outcome));
        }
        let path = match asked.as_slice() {
            _ if file => output.clone(),
            [_] => output.join(format!("{name}.{ending}")),
            _ => output.join(format!("{name}.{language}.{ending}")),
        };
        staging.add(&path, text.as_bytes())?;
        list.push_str(&format!("{}\n", path.display()));
    }
    staging.commit_all()?;
    Ok((list, outcome))
}
