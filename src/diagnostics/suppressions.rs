//! What a run does not report: problems that the person allows, by flags or by comments in the record,
//! and what was reported before.

use std::collections::HashSet;

use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::diagnostics::grouping::group;
use crate::diagnostics::rule::Rule;
use crate::diagnostics::source::{Place, Sources};

/// Most errors shown per run.
const ERRORS: usize = 1_000;

/// Removes what codes of the command line or comments of the files allow, and what is reported
/// twice; groups many of one kind. A comment in the main file, which is the first that is read,
/// counts for the whole record. This run reports the codes of `report` even where comments allow
/// them.
pub(crate) fn settle(
    diagnostics: &mut Vec<Diagnostic>,
    sources: &Sources,
    codes: &[String],
    report: &[&str],
    rules: &[&Rule],
) {
    let (allowances, odd) = allowances(sources, rules);
    diagnostics.extend(odd);
    let allowed = |diagnostic: &Diagnostic| {
        let file = diagnostic.place.map(|place| place.file);
        codes.iter().any(|code| code == diagnostic.code)
            || !report.contains(&diagnostic.code)
                && allowances.iter().any(|(code, at, everywhere)| {
                    code == diagnostic.code && (*everywhere || file == Some(at.file))
                })
    };
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error || !allowed(diagnostic));
    // There may be hundreds of thousands, so their texts are not copied.
    let mut seen = HashSet::new();
    let new = diagnostics.iter().map(|p| seen.insert((p.code, p.message.as_str(), p.place)));
    let mut new = new.collect::<Vec<bool>>().into_iter();
    diagnostics.retain(|_| new.next().unwrap_or_default());
    diagnostics.sort_by_key(|diagnostic| {
        let place = diagnostic.place.map(|place| (place.file, place.start));
        (std::cmp::Reverse(diagnostic.severity), place.is_none(), place)
    });
    group(diagnostics);
    let errors = diagnostics.iter().filter(|p| p.severity == Severity::Error).count();
    if errors > ERRORS {
        let more = format!("{} more errors", errors - ERRORS);
        let place = diagnostics.get(ERRORS).and_then(|diagnostic| diagnostic.place);
        let more = Diagnostic::error("E085", more).hint("fix these first, then run it again");
        let more = place.into_iter().fold(more, Diagnostic::at);
        diagnostics.splice(ERRORS..errors, [more]);
    }
}

/// The codes that comments allow, where, and whether for the whole record; and a problem for each
/// comment that allows nothing.
fn allowances(sources: &Sources, rules: &[&Rule]) -> (Vec<(String, Place, bool)>, Vec<Diagnostic>) {
    let (mut allowances, mut diagnostics) = (Vec::new(), Vec::new());
    for (index, file) in sources.files().enumerate() {
        let mut start = 0;
        for line in sources.text(file).split_inclusive('\n') {
            let place = Place { file, start, end: start + line.trim_end().len() };
            start += line.len();
            let Some(codes) = line.strip_prefix("# resume: allow ") else { continue };
            let codes = codes.split([' ', ',']).map(str::trim).filter(|code| !code.is_empty());
            let codes: Vec<&str> = codes.take_while(|code| is_code(code)).collect();
            for code in &codes {
                if allowable(code, rules) {
                    allowances.push(((*code).to_owned(), place, index == 0));
                } else {
                    diagnostics.push(unknown(code, rules).at(place));
                }
            }
            if codes.is_empty() {
                let message = "the comment names no code";
                let diagnostic = Diagnostic::warning("W090", message).at(place);
                diagnostics.push(diagnostic.hint("write `# resume: allow W012`, then why"));
            }
        }
    }
    (allowances, diagnostics)
}

/// `W012`: a capital letter and three digits.
fn is_code(word: &str) -> bool {
    word.len() == 4
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word[1..].chars().all(|c| c.is_ascii_digit())
}

/// Whether a code is that of a rule whose breach can be allowed.
pub(crate) fn allowable(code: &str, rules: &[&Rule]) -> bool {
    rules.iter().any(|rule| rule.code == code && rule.severity != Severity::Error)
}

/// A comment that allows what cannot be allowed.
fn unknown(code: &str, rules: &[&Rule]) -> Diagnostic {
    let is_error = rules.iter().any(|rule| rule.code == code);
    let why = if is_error { "errors cannot be allowed" } else { "no rule has this code" };
    let codes = rules.iter().filter(|rule| rule.severity != Severity::Error).map(|rule| rule.code);
    Diagnostic::warning("W090", format!("`{code}` allows nothing: {why}"))
        .suggest(code, codes)
        .hint("`resume check --explain` lists the rules")
}
