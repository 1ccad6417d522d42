//! A [`Record`](crate::record::Record) → a diagnostic for everything that is wrong with it.
//!
//! A table of rules, each declared once: its code, its documentation, its examples and the function
//! that finds what breaks it. Rules see the record and its addresses; they do not print.

mod applications;
mod claims;
mod dates;
mod definition;
mod diagrams;
mod hiring;
mod ids;
mod languages;
mod letters;
mod links;
mod pages;
mod reading;
mod sections;
mod technologies;
mod texts;

use crate::diagnostics::{Diagnostic, Rule, Severity};

pub use self::definition::Subject;

use self::definition::Check;

/// Every rule, in the order of its documentation.
pub fn rules() -> Vec<&'static Rule> {
    checks().map(|check| &check.rule).collect()
}

/// Every rule with the function that finds what breaks it.
fn checks() -> impl Iterator<Item = &'static Check> {
    [
        reading::RULES,
        ids::RULES,
        dates::RULES,
        links::RULES,
        diagrams::RULES,
        applications::RULES,
        letters::RULES,
        hiring::RULES,
        texts::RULES,
        languages::RULES,
        sections::RULES,
        technologies::RULES,
        claims::RULES,
        pages::RULES,
    ]
    .into_iter()
    .flatten()
}

/// Rules on what is missing. They apply to records that were read completely: in others, what seems
/// missing may only be unreadable.
const OF_WHOLE_RECORDS: &[&str] = &[
    "E021", "E023", "E030", "E031", "E036", "E062", "E064", "E091", "E092", "E093", "W002", "W012",
    "W014", "W023", "W027",
];

/// Runs the rules of at least this severity; `whole` says whether all of the record could be read.
pub fn check(subject: &Subject, least: Severity, whole: bool) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for check in checks().filter(|check| check.rule.severity >= least) {
        if let Some(find) = check.find {
            find(subject, &mut diagnostics);
        }
    }
    diagnostics.retain(|found| whole || !OF_WHOLE_RECORDS.contains(&found.code));
    diagnostics
}

/// The documentation of one rule in Markdown.
pub fn explain(rule: &Rule) -> String {
    let Rule { code, name, severity, what, why, bad, good } = rule;
    let mut out = format!("## {code} {name}\n\n*{}.* {what}\n\n{why}\n", severity.word());
    for (label, example) in [("Wrong", bad), ("Right", good)] {
        if !example.is_empty() {
            let language = if example.starts_with("//") { "typst" } else { "yaml" };
            out += &format!("\n{label}:\n\n```{language}\n{}\n```\n", example.trim_end());
        }
    }
    out
}

/// The documentation of all rules: `docs/checks.md`.
pub fn explain_all() -> String {
    let mut out = HEAD.to_owned();
    for rule in rules() {
        out.push('\n');
        out.push_str(&explain(rule));
    }
    out
}

const HEAD: &str = "\
# What `resume check` looks for

Generated from the rules in `src/check/`; `resume check --explain CODE` prints one of them.

An **error** in the record stops `resume render` before anything is written; one in an application
stops the documents of that application alone; one that only the pages of a document have (E040, E041,
E044, E047, E050) keeps that document from being written. Four or more problems of one kind are reported as
one, with all their places. A **warning** is shown, and fails `resume check --deny warnings`. **Advice** is shown by `resume check` alone and fails
nothing.

A warning or an advice that is meant so is allowed for one run with `--allow CODE`, or for good with
a comment that begins a line of the file it is about:

```yaml
# resume: allow W012 the months between the two were spent travelling
```

In `resume.yaml` such a comment counts for the whole record. Errors cannot be allowed.
";
