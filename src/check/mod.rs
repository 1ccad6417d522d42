//! A [`Record`] → everything wrong with it that a reader would meet.
//!
//! A table of rules, each declared once: its code, its documentation, its examples and the function
//! that finds what breaks it. Rules see the record and its addresses; how problems are printed is
//! not their business.

mod applications;
mod diagrams;
mod ids;
mod links;
mod pages;
mod reading;
mod sections;
mod technologies;
mod texts;
mod time;

use std::sync::Arc;

use crate::data::Record;
use crate::data::addresses::Addresses;
use crate::data::date::Date;
use crate::data::prose::prose;
use crate::data::read::Read as _;
use crate::data::text::{Said, Wording};
use crate::markdown::{Survey, survey};
use crate::problem::{Problem, Severity, Sources};

/// A rule of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its stable code.
    pub code: &'static str,
    /// Its name, in a few words.
    pub name: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// What breaks it.
    pub what: &'static str,
    /// Why that is bad.
    pub why: &'static str,
    /// A record that breaks it, as a `resume.yaml`; without `profile`, one is added. Or a template,
    /// whose first line is a comment with its path. Empty where neither shows it.
    pub bad: &'static str,
    /// The same mended.
    pub good: &'static str,
    /// Finds what breaks it; `None` where it is noticed while reading or setting pages.
    find: Option<Find>,
}

impl Rule {
    /// A rule whose breach is an error that another rule finds, or that is noticed while reading or
    /// setting pages.
    const fn error(
        code: &'static str,
        name: &'static str,
        what: &'static str,
        why: &'static str,
        bad: &'static str,
        good: &'static str,
    ) -> Self {
        Self { code, name, severity: Severity::Error, what, why, bad, good, find: None }
    }
}

/// Notes what breaks a rule.
type Find = fn(&Subject, &mut Vec<Problem>);

/// Every rule, in the order of its documentation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        reading::RULES,
        ids::RULES,
        time::RULES,
        links::RULES,
        diagrams::RULES,
        applications::RULES,
        texts::RULES,
        sections::RULES,
        technologies::RULES,
        pages::RULES,
    ]
    .into_iter()
    .flatten()
}

/// What rules may look at.
pub struct Subject<'a> {
    record: &'a Record,
    addresses: &'a Addresses,
    sources: &'a Sources,
    /// The documents' date, where one is known.
    date: Option<Date>,
    /// Every piece of prose with the page it stands on, read once for all rules.
    prose: Vec<Piece<'a>>,
    /// Every text of the record.
    texts: Vec<Said<'a>>,
}

/// Prose in one language.
struct Piece<'a> {
    wording: &'a Wording,
    path: String,
    survey: Arc<Survey>,
}

impl<'a> Subject<'a> {
    /// Gathers what rules look at. `sources` are the texts the record was read from.
    pub fn new(
        record: &'a Record,
        addresses: &'a Addresses,
        sources: &'a Sources,
        date: Option<Date>,
    ) -> Self {
        let prose = prose(record).into_iter().flat_map(|(text, path)| {
            text.wordings().iter().map(move |wording| {
                let survey = survey(&wording.text);
                Piece { wording, path: path.clone(), survey }
            })
        });
        let prose = prose.collect();
        let mut texts = Vec::new();
        record.texts(&mut texts);
        Self { record, addresses, sources, date, prose, texts }
    }
}

/// Runs the rules of at least this severity.
pub fn check(subject: &Subject, least: Severity) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in rules().filter(|rule| rule.severity >= least) {
        if let Some(find) = rule.find {
            find(subject, &mut problems);
        }
    }
    problems
}

/// The documentation of one rule in Markdown.
pub fn explain(rule: &Rule) -> String {
    let Rule { code, name, severity, what, why, bad, good, .. } = rule;
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

An **error** in the record stops `resume render` before anything is written; one that only the pages
of a document have (E040, E041, E044, E050) keeps that document from being written. A **warning** is
shown, and fails `resume check --deny warnings`. **Advice** is shown by `resume check` alone and fails
nothing.

A warning or an advice that is meant so is allowed for one run with `--allow CODE`, or for good with
a comment that begins a line of the file it is about:

```yaml
# resume: allow W012 the months between the two were spent travelling
```

In `resume.yaml` such a comment counts for the whole record. Errors cannot be allowed.
";
