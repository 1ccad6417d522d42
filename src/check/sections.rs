//! Entries that would print as a title with nothing under it.

use crate::check::rule::{Check, Subject};
use crate::diagnostics::{Diagnostic, Rule, Severity};
use crate::markdown::Survey;
use crate::record::Record;
use crate::record::model::site::{Listing, Section};

pub(super) const RULES: &[Check] = &[Check {
    rule: Rule {
        code: "W023",
        name: "empty entry",
        severity: Severity::Warning,
        what: "A section has no description, list or article, a group has no skills, an article no text, a \
           project neither summary nor highlights, or a text in Markdown no words.",
        why: "It prints as a title with nothing under it, or as a bullet with nothing after it.",
        bad: "skills:\n  - {name: Languages}\n",
        good: "skills:\n  - {name: Languages, skills: [Rust]}\n",
    },
    find: Some(empty),
}];

/// Nothing prints as a bare title.
fn empty(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let sections = record.sections.iter().filter(|section| is_empty(record, section));
    let sections = sections.map(|section| ("section", section.place));
    let groups = record.skills.iter().filter(|group| group.skills.is_empty());
    let groups = groups.map(|group| ("group of skills", group.place));
    let articles = record.articles.iter();
    let articles =
        articles.filter(|a| a.intro.is_none() && a.body.is_none() && !lists(record, a.list));
    let articles = articles.map(|article| ("article", article.place));
    let projects = record.projects.iter();
    let projects = projects.filter(|p| p.summary.is_none() && p.highlights.is_empty());
    let projects = projects.map(|project| ("project", project.place));
    for (kind, place) in sections.chain(groups).chain(articles).chain(projects) {
        diagnostics.push(
            Diagnostic::warning("W023", format!("the {kind} is empty"))
                .at(place)
                .hint("write what it is about, or remove it"),
        );
    }
    let wordless = subject.prose.iter().filter(|piece| {
        let shown = |c: char| !c.is_whitespace() && !c.is_ascii_punctuation();
        let Survey { images, code, .. } = &*piece.survey;
        images.is_empty() && code.is_empty() && !piece.wording.plain().contains(shown)
    });
    diagnostics.extend(wordless.map(|piece| {
        let diagnostic = Diagnostic::warning("W023", "the text has no words");
        diagnostic.at(piece.wording.place).hint("write what it is about, or remove it")
    }));
}

fn is_empty(record: &Record, section: &Section) -> bool {
    let articles = record.articles.iter().filter_map(|article| article.section.as_ref());
    section.description.is_none()
        && !lists(record, section.list)
        && !articles.into_iter().any(|id| *id == section.id)
}

/// Whether a list has anything to show.
fn lists(record: &Record, list: Option<Listing>) -> bool {
    match list {
        None => false,
        Some(Listing::Career) => !record.career.is_empty(),
        Some(Listing::Projects) => !record.projects.is_empty(),
        Some(Listing::Posts) => !record.posts.is_empty(),
        Some(Listing::Skills) => !record.skills.is_empty(),
    }
}
