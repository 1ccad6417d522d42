//! `resume check`: the record is read, checked by every rule and typeset in every format and
//! language, in memory. `--fix` first writes keys by the names they have now.

use std::fs;
use std::path::Path;

use crate::check::{explain, explain_all, rules};
use crate::commands::context::{OpenOptions, Opened, open};
use crate::commands::outcome::Outcome;
use crate::diagnostics::suppressions::{allowable, settle};
use crate::diagnostics::{Diagnostic, Place, Severity, Sources};
use crate::document::{Filter, Format};
use crate::engine::evict;
use crate::error::Error;
use crate::export::Exporter;
use crate::output::write::Staging;
use crate::record::load;
use crate::session::{FORGET, Made, Session};
use crate::tailor::LeftOut;
use crate::typeset::{Context, Finding, Typesetter, Variant};
use crate::util::parallel::each;

/// What is checked, and what is reported of it.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Codes of warnings and advice that are not reported.
    pub allow: Vec<String>,
    /// Whether a warning fails the run as an error does.
    pub deny_warnings: bool,
    /// The language of the documents that are typeset; every language of the record by default.
    pub language: Option<String>,
    /// The documents' date: `2024-11-08` or `today`.
    pub date: Option<String>,
}

/// Writes the keys of a record by the names they have now, and nothing else. Returns a line for
/// each key.
///
/// # Errors
/// What keeps the record from being read at all; files that cannot be written.
pub fn fix(data: &Path) -> Result<String, Error> {
    let mut sources = Sources::default();
    let mut renamed = load(data, &mut sources)?.renamed;
    renamed.sort_by_key(|(place, _)| (place.file, place.start));
    // What an alias repeats is read more than once.
    renamed.dedup_by_key(|(place, _)| (place.file, place.start));
    let mut list = String::new();
    let staging = Staging::new(data.parent().unwrap_or(Path::new("")));
    for keys in renamed.chunk_by(|(one, _), (next, _)| one.file == next.file) {
        let file = keys[0].0.file;
        let (path, mut text) = (Path::new(sources.path(file)), sources.text(file).to_owned());
        for (place, name) in keys {
            let (line, column) = sources.line_column(*place);
            let old = unquoted(&sources.text(file)[place.start..place.end]);
            list += &format!("{}:{line}:{column}: `{old}` is now `{name}`\n", path.display());
        }
        for (place, name) in keys.iter().rev() {
            let old = &sources.text(file)[place.start..place.end];
            // Quotation marks stay: `{"a":1}` without them is another text.
            text.replace_range(place.start..place.end, &old.replace(unquoted(old), name));
        }
        let bytes = fs::read(path).map_err(|error| Error::from(error.to_string()))?;
        let mark: &[u8] = if bytes.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
        staging.add(path, &[mark, text.as_bytes()].concat())?;
    }
    staging.commit_all()?;
    Ok(list)
}

/// Runs all checks.
///
/// # Errors
/// What keeps the record from being read at all.
pub fn check(session: &Session, data: &Path, options: &CheckOptions) -> Result<Outcome, Error> {
    let rules = rules();
    if let Some(code) = options.allow.iter().find(|code| !allowable(code, &rules)) {
        let codes = rules.iter().filter(|rule| rule.severity != Severity::Error);
        let codes = codes.map(|rule| rule.code);
        return Err(Error::unknown(format!("`{code}` cannot be allowed"), code, codes, || {
            "`--allow` takes the code of a warning or an advice, such as `W012`".to_owned()
        }));
    }
    let open_options = OpenOptions {
        date: options.date.as_deref(),
        least: Severity::Advice,
        ..OpenOptions::default()
    };
    let Opened { context, mut diagnostics, mut sources, mut timings, .. } =
        open(data, &open_options)?;
    if let Some(context) = &context {
        let found = timings.time("set every document", || {
            typeset_all(session, context, options.language.as_deref(), &mut sources)
        })?;
        diagnostics.extend(found);
    }
    settle(&mut diagnostics, &sources, &options.allow, &[], &rules);
    let denies = options.deny_warnings;
    Ok(Outcome { diagnostics, sources, timings, denies, ..Outcome::default() })
}

/// A key without its quotation marks.
fn unquoted(key: &str) -> &str {
    key.trim_matches(['"', '\''])
}

/// Typesets and exports every format in every language and the page of every application, and
/// reports what is wrong with them.
fn typeset_all(
    session: &Session,
    context: &Context,
    language: Option<&str>,
    sources: &mut Sources,
) -> Result<Vec<Diagnostic>, Error> {
    let (engine, record) = (session.engine(), &context.record);
    let mut diagnostics = Vec::new();
    let languages = language.map_or_else(|| record.languages(), |tag| vec![tag.to_owned()]);
    let filter = Filter::default();
    let usual = Format::ALL.into_iter().filter(|format| filter.is_usual(*format, record));
    let usual: Vec<Format> = usual.collect();
    let plain = languages.iter().map(|tag| (Some(tag.as_str()), None, usual.as_slice()));
    let tailored = record.applications.iter().filter(|_| language.is_none());
    let tailored = tailored.filter_map(|application| context.application(&application.id));
    let of_application = [Format::OnePage, Format::Letter, Format::Questions];
    let tailored = tailored.map(|a| (None, Some(a), of_application.as_slice()));
    let mut documents: Vec<(Variant, Format)> = Vec::new();
    for (tag, application, formats) in plain.chain(tailored) {
        match context.variant_or_report(engine, application, tag, &mut diagnostics) {
            Ok(None) => {}
            Ok(Some(variant)) => {
                let made = formats.iter().filter(|format| format.has_content(application));
                documents.extend(made.map(|format| (variant.clone(), *format)));
            }
            Err(error) if language.is_some() => return Err(error),
            Err(error) => {
                let diagnostic = Diagnostic::warning("W051", error.message);
                diagnostics.push(error.hint.into_iter().fold(diagnostic, Diagnostic::hint));
            }
        }
    }
    let exporter = Exporter::new(&Default::default())?;
    let made = Made::default();
    let check = |(variant, format): &(Variant, Format)| {
        let typesetter = Typesetter { engine, context, variant, filter: &filter, max_pages: None };
        let (exported, mut findings) =
            exporter.export(&typesetter, *format, format.word(), &|_| {});
        made.count(FORGET);
        // An application leaves out what matters less for its job.
        let left_out = exported.map(|exported| exported.left_out);
        let left_out = left_out.filter(|_| variant.application.is_none()).unwrap_or_default();
        findings.extend(left_out_warnings(*format, left_out).map(Finding::Diagnostic));
        findings
    };
    let mut findings = Vec::new();
    // Layouts of one language are not used again in the next.
    let same = |(one, _): &(Variant, Format), (next, _): &(Variant, Format)| {
        one.application.is_some() || one.language == next.language
    };
    for documents in documents.chunk_by(same) {
        evict(0);
        findings.extend(each(documents, check));
    }
    diagnostics.extend(findings.into_iter().flatten().map(|finding| finding.locate(sources)));
    Ok(diagnostics)
}

/// Warns of whole sections and of entries of the highest importance that a document leaves out.
fn left_out_warnings(format: Format, left_out: Vec<LeftOut>) -> impl Iterator<Item = Diagnostic> {
    let hint = "`resume tailor` says how many lines it needs; `--format cv` shows everything";
    let warning = move |code, what: String, place: Option<Place>| {
        let message = format!("{what} is not on the pages of `{}`", format.word());
        let diagnostic = Diagnostic::warning(code, message).hint(hint);
        place.into_iter().fold(diagnostic, Diagnostic::at)
    };
    left_out.into_iter().flat_map(move |section| match section.whole {
        true => {
            let place = section.entries.first().and_then(|entry| entry.place);
            vec![warning("W052", format!("the section `{}`", section.section), place)]
        }
        false => {
            let must = section.entries.into_iter().filter(|entry| entry.must_be_seen);
            let named = must.map(|entry| {
                warning("W053", format!("`{}`, of importance 5,", entry.name), entry.place)
            });
            named.collect()
        }
    })
}

/// The documentation of the rule with a code, or of all.
///
/// # Errors
/// There is no such rule.
pub fn explain_rule(code: &str) -> Result<String, Error> {
    if code == "all" {
        return Ok(explain_all());
    }
    let wanted = code.to_ascii_uppercase();
    let rules = rules();
    rules.iter().find(|rule| rule.code == wanted).map(|rule| explain(rule)).ok_or_else(|| {
        let message = format!("there is no rule `{code}`");
        Error::unknown(message, &wanted, rules.iter().map(|rule| rule.code), || {
            "`resume check --explain` prints all rules".to_owned()
        })
    })
}
