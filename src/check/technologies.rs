//! Names of technologies, spelt one way.

use std::collections::HashMap;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Rule, Severity};
use crate::record::text::{Text, Wording};

/// Short and long names of the same thing, without blanks and points, lowercase.
const SAME: &[(&str, &str)] = &[
    ("awslambda", "lambda"),
    ("expressjs", "express"),
    ("gcp", "googlecloud"),
    ("golang", "go"),
    ("googlecloudplatform", "googlecloud"),
    ("js", "javascript"),
    ("k8s", "kubernetes"),
    ("mongo", "mongodb"),
    ("node", "nodejs"),
    ("postgres", "postgresql"),
    ("reactjs", "react"),
    ("ts", "typescript"),
    ("vuejs", "vue"),
];

pub(super) const RULES: &[Check] = &[Check {
    rule: Rule {
        code: "W024",
        name: "technology spelt two ways",
        severity: Severity::Warning,
        what: "Skills and projects name the same technology by two spellings, such as `Postgres` and \
           `PostgreSQL`, or a project uses what `skills` calls an alias.",
        why: "A reader, and a program that searches for words, takes them for two technologies.",
        bad: "skills: [{name: Databases, skills: [Postgres]}]\nprojects:\n  - {id: a, name: A, start: 2024-03, end: 2024-05, summary: It ran., technologies: [PostgreSQL]}\n",
        good: "skills: [{name: Databases, skills: [Postgres]}]\nprojects:\n  - {id: a, name: A, start: 2024-03, end: 2024-05, summary: It ran., technologies: [Postgres]}\n",
    },
    find: Some(spellings),
}];

/// A technology has one spelling wherever it is shown.
fn spellings(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let mut first: HashMap<String, &Wording> = HashMap::new();
    let skills = || record.skills.iter().flat_map(|group| &group.skills);
    // What a skill calls an alias is the skill.
    let mut names: HashMap<String, String> = HashMap::new();
    for skill in skills() {
        for wording in skill.name.wordings() {
            let own = bare(&wording.plain());
            names.extend(skill.aliases.iter().map(|alias| (bare(alias), own.clone())));
        }
    }
    for skill in skills() {
        // The name of a skill is not the alias of another.
        skill
            .name
            .wordings()
            .iter()
            .for_each(|wording| drop(names.remove(&bare(&wording.plain()))));
    }
    let shown = skills().map(|skill| &*skill.name);
    let shown = shown.chain(record.projects.iter().flat_map(|project| &project.technologies));
    let positions = record.career.iter().flat_map(|entry| &entry.positions);
    let shown = shown.chain(record.career.iter().flat_map(|entry| &entry.technologies));
    let shown = shown.chain(positions.flat_map(|position| &position.technologies));
    for wording in shown.flat_map(Text::wordings) {
        let words = wording.plain();
        let key = bare(&words);
        let spelling = *first.entry(names.get(&key).cloned().unwrap_or(key)).or_insert(wording);
        let other = spelling.plain();
        if other != words && spelling.language == wording.language {
            let message = format!("`{words}` is `{other}` elsewhere");
            diagnostics.push(
                Diagnostic::warning("W024", message)
                    .at(wording.place)
                    .related(spelling.place, "spelt so here")
                    .hint("choose one spelling; `aliases` of a skill may name the others"),
            );
        }
    }
}

/// A name without case, blanks and points, and by its long form.
fn bare(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#'));
    let bare: String = kept.flat_map(char::to_lowercase).collect();
    match SAME.iter().find(|(short, _)| *short == bare) {
        Some((_, long)) => (*long).to_owned(),
        None => bare,
    }
}
