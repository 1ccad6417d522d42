//! Rules on ids, paths and tags: they are unique, and what refers to one names one that exists.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, Rule, Severity};
use crate::record::Record;
use crate::record::links::addresses::{article_path, post_path, section_path};
use crate::record::model::sections::SectionKind;
use crate::record::model::text::Id;

pub(super) const RULES: &[Check] = &[
    Check {
        rule: Rule {
            code: "E020",
            name: "duplicate id",
            severity: Severity::Error,
            what: "Two entries of one kind, or two headings of one page, have the same id; two pages have \
               the same `path`; or an entry or `site.languages` names the same thing twice.",
            why: "Links and selections that name it could mean either.",
            bad: "posts:\n  - {id: a, title: One, date: 2024}\n  - {id: a, title: Two, date: 2024}\n",
            good: "posts:\n  - {id: a, title: One, date: 2024}\n  - {id: b, title: Two, date: 2024}\n",
        },
        find: Some(unique),
    },
    Check {
        rule: Rule {
            code: "E021",
            name: "unknown id",
            severity: Severity::Error,
            what: "An entry names a career entry, a section or a tag that the record does not have.",
            why: "What it should be printed with is not there.",
            bad: "posts:\n  - {id: a, title: One, date: 2024, tags: [rust]}\n",
            good: "tags: {rust: Rust}\nposts:\n  - {id: a, title: One, date: 2024, tags: [rust]}\n",
        },
        find: Some(references_exist),
    },
];

/// Two entries of one kind must not share an id.
fn unique(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    named_once(subject, diagnostics);
    paths_once(subject.record, diagnostics);
    usual_once(subject.record, diagnostics);
    let record = subject.record;
    let own = || record.sections.iter().flat_map(|section| &section.entries);
    let positions = || record.career.iter().flat_map(|entry| &entry.positions);
    let kinds: [(&str, Vec<&Id>); 8] = [
        ("career entries", record.career.iter().map(|entry| &entry.id).collect()),
        ("positions", positions().filter_map(|position| position.id.as_ref()).collect()),
        ("projects", record.projects.iter().map(|project| &project.id).collect()),
        ("articles", record.articles.iter().map(|article| &article.id).collect()),
        ("sections", record.sections.iter().map(|section| &section.id).collect()),
        ("posts", record.posts.iter().map(|post| &post.id).collect()),
        ("highlights", record.highlights().filter_map(|highlight| highlight.id.as_ref()).collect()),
        ("entries of sections", own().filter_map(|entry| entry.id.as_ref()).collect()),
    ];
    for (kind, ids) in kinds {
        let mut first: HashMap<&str, Place> = HashMap::new();
        for id in ids {
            let place = *first.entry(id.as_str()).or_insert(id.0.place);
            if place != id.0.place {
                diagnostics.push(
                    Diagnostic::error("E020", format!("two {kind} have the id `{}`", **id))
                        .at(id.0.place)
                        .related(place, "the first")
                        .hint("give one of them another id"),
                );
            }
        }
    }
}

/// A section of one's own cannot be told apart from a usual one with the same id.
fn usual_once(record: &Record, diagnostics: &mut Vec<Diagnostic>) {
    for section in record.sections.iter().filter(|section| section.has_content()) {
        if let Some(kind) = SectionKind::of(&section.id) {
            let word = kind.word();
            let message = format!("`{word}` is the id of a usual section");
            diagnostics.push(
                Diagnostic::error("E020", message)
                    .at(section.id.0.place)
                    .hint("give the section another id"),
            );
        }
    }
}

/// Two pages must not have the same path. Where both have it from the same id, only the id is
/// reported.
fn paths_once(record: &Record, diagnostics: &mut Vec<Diagnostic>) {
    let sections = record.sections.iter().map(|s| (section_path(s), s.path.as_ref(), &s.id));
    let articles = record.articles.iter();
    let articles = articles.map(|a| (article_path(record, a), a.path.as_ref(), &a.id));
    let posts = record.posts.iter().map(|post| (post_path(post), post.path.as_ref(), &post.id));
    let mut first: HashMap<String, (Place, bool)> = HashMap::new();
    for (path, written, id) in sections.chain(articles).chain(posts) {
        let here = (written.map_or(id.0.place, |written| written.place), written.is_some());
        let message = format!("two pages have the path `{path}`");
        match first.entry(path) {
            Entry::Vacant(free) => _ = free.insert(here),
            Entry::Occupied(taken) => {
                let (place, written) = *taken.get();
                if written || here.1 {
                    let diagnostic = Diagnostic::error("E020", message).at(here.0);
                    let diagnostic = diagnostic.related(place, "the first");
                    diagnostics.push(diagnostic.hint("give one of them another `path`"));
                }
            }
        }
    }
}

/// Two headings of one page must not share an id, nor an entry name a tag twice.
fn named_once(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(&str, Option<&str>, &str), Place> = HashMap::new();
    for piece in &subject.prose {
        for heading in &piece.survey.headings {
            let Some(id) = &heading.id else { continue };
            let place = piece.wording.find(subject.sources, heading.line, &format!("{{#{id}}}"));
            let key = (piece.path.as_str(), piece.wording.language.as_deref(), id.as_str());
            if let Some(other) = first.insert(key, place) {
                let message = format!("two headings of `{}` have the id `{id}`", piece.path);
                let diagnostic = Diagnostic::error("E020", message).at(place);
                let diagnostic = diagnostic.hint("give one of them another id");
                // In a quoted text both are found at the place of the first.
                let apart = other != place;
                diagnostics.push(if apart {
                    diagnostic.related(other, "the first")
                } else {
                    diagnostic
                });
            }
        }
    }
    for tags in tags(subject) {
        for (at, tag) in tags.iter().enumerate().filter(|(at, tag)| tags[..*at].contains(tag)) {
            let first = tags[..at].iter().find(|other| *other == tag).map(|other| other.0.place);
            let diagnostic =
                Diagnostic::error("E020", format!("the tag `{}` is given twice", **tag));
            let diagnostic = diagnostic.at(tag.0.place).hint("remove one of them");
            diagnostics
                .push(first.into_iter().fold(diagnostic, |p, first| p.related(first, "the first")));
        }
    }
}

/// The tags of every entry that has some.
fn tags<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a [Id]> {
    let articles = subject.record.articles.iter().map(|article| article.tags.as_slice());
    articles.chain(subject.record.priorities().map(|priority| priority.tags.as_slice()))
}

/// An entry may only name career entries, sections and tags that exist.
fn references_exist(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let career: Vec<&str> = record.career.iter().map(|entry| entry.id.as_str()).collect();
    let sections: Vec<&str> = record.sections.iter().map(|section| section.id.as_str()).collect();
    let tags: Vec<&str> = record.tags.0.iter().map(|(tag, _)| tag.as_str()).collect();
    let mut look = |id: &Id, known: &[&str], kind: &str, hint: &str| {
        if !known.contains(&id.as_str()) {
            let diagnostic = Diagnostic::error("E021", format!("there is no {kind} `{}`", **id))
                .at(id.0.place)
                .suggest(id, known.iter().copied());
            diagnostics.push(diagnostic.hint_unless_any(hint));
        }
    };
    for project in &record.projects {
        if let Some(at) = &project.at {
            look(at, &career, "career entry", "`at` is the id of an entry of `career`");
        }
    }
    for article in &record.articles {
        if let Some(section) = &article.section {
            look(section, &sections, "section", "sections are the ids of `sections`");
        }
    }
    for tag in self::tags(subject).flatten() {
        look(tag, &tags, "tag", "add it to `tags`, with its label");
    }
}
