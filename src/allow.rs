//! What a run does not say: problems that the person allows, by flags or by comments in the record,
//! and what was said before.

use std::collections::HashSet;

use crate::check::rules;
use crate::problem::{Place, Problem, Severity, Sources};

/// Errors that a run says; nobody mends more at once.
const ERRORS: usize = 1_000;

/// Takes off what is allowed, by codes of the command line or comments of the files, and what was
/// said twice. In the main file, the first that is read, a comment counts for the whole record.
/// `report` holds codes that this run says whatever comments allow.
pub(crate) fn settle(
    problems: &mut Vec<Problem>,
    sources: &Sources,
    codes: &[String],
    report: &[&str],
) {
    let (allowances, odd) = allowances(sources);
    problems.extend(odd);
    let allowed = |problem: &Problem| {
        let file = problem.place.map(|place| place.file);
        codes.iter().any(|code| code == problem.code)
            || !report.contains(&problem.code)
                && allowances.iter().any(|(code, at, everywhere)| {
                    code == problem.code && (*everywhere || file == Some(at.file))
                })
    };
    problems.retain(|problem| problem.severity == Severity::Error || !allowed(problem));
    // There may be hundreds of thousands: none of their words is copied.
    let mut seen = HashSet::new();
    let new = problems.iter().map(|p| seen.insert((p.code, p.message.as_str(), p.place)));
    let mut new = new.collect::<Vec<bool>>().into_iter();
    problems.retain(|_| new.next().unwrap_or_default());
    problems.sort_by_key(|problem| {
        let place = problem.place.map(|place| (place.file, place.start));
        (std::cmp::Reverse(problem.severity), place.is_none(), place)
    });
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    if errors > ERRORS {
        let more = format!("{} more errors", errors - ERRORS);
        let place = problems.get(ERRORS).and_then(|problem| problem.place);
        let more = Problem::error("E085", more).hint("mend these first, then run it again");
        let more = place.into_iter().fold(more, Problem::at);
        problems.splice(ERRORS..errors, [more]);
    }
}

/// The codes that comments allow, where, and whether for the whole record; and a problem for each
/// comment that allows nothing.
fn allowances(sources: &Sources) -> (Vec<(String, Place, bool)>, Vec<Problem>) {
    let (mut allowances, mut problems) = (Vec::new(), Vec::new());
    for (index, file) in sources.files().enumerate() {
        let mut start = 0;
        for line in sources.text(file).split_inclusive('\n') {
            let place = Place { file, start, end: start + line.trim_end().len() };
            start += line.len();
            let Some(codes) = line.strip_prefix("# resume: allow ") else { continue };
            let codes = codes.split([' ', ',']).map(str::trim).filter(|code| !code.is_empty());
            let codes: Vec<&str> = codes.take_while(|code| is_code(code)).collect();
            for code in &codes {
                if allowable(code) {
                    allowances.push(((*code).to_owned(), place, index == 0));
                } else {
                    problems.push(unknown(code).at(place));
                }
            }
            if codes.is_empty() {
                let message = "the comment names no code";
                let problem = Problem::warning("W090", message).at(place);
                problems.push(problem.hint("write `# resume: allow W012`, then why"));
            }
        }
    }
    (allowances, problems)
}

/// `W012`: a capital letter and three digits.
fn is_code(word: &str) -> bool {
    word.len() == 4
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word[1..].chars().all(|c| c.is_ascii_digit())
}

/// Whether a code is that of a rule whose breach can be allowed.
pub(crate) fn allowable(code: &str) -> bool {
    rules().any(|rule| rule.code == code && rule.severity != Severity::Error)
}

/// A comment that allows what cannot be allowed.
fn unknown(code: &str) -> Problem {
    let is_error = rules().any(|rule| rule.code == code);
    let why = if is_error { "errors cannot be allowed" } else { "no rule has this code" };
    let codes = rules().filter(|rule| rule.severity != Severity::Error).map(|rule| rule.code);
    Problem::warning("W090", format!("`{code}` allows nothing: {why}"))
        .suggest(code, codes)
        .hint("`resume check --explain` lists the rules")
}
