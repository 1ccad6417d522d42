//! Lists of entries: how many there may be, and entries that would print as a title with nothing
//! under it.

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, Rule, Severity};
use crate::markdown::Survey;
use crate::record::Record;
use crate::record::model::sections::{ReadyTitle, Section};
use crate::record::model::site::Listing;

pub(super) const RULES: &[Check] = &[
    Check {
        rule: Rule {
            code: "W023",
            name: "empty entry",
            severity: Severity::Warning,
            what: "A section has no text, entries, lines, description, list or article, a group has no skills, an article no text, or \
           a project neither summary nor highlights.",
            why: "It prints as a title with nothing under it, or as a bullet with nothing after it.",
            bad: "skills:\n  - {name: Languages}\n",
            good: "skills:\n  - {name: Languages, skills: [Rust]}\n",
        },
        find: Some(empty),
    },
    Check {
        find: Some(titled),
        ..Check::error(
            "E069",
            "section without a title",
            "A section has no `title`, and its id is none of those whose title the templates have.",
            "Nothing would say what it is about.",
            "sections: [{id: hobbies, text: Sailing.}]\n",
            "sections:\n  - {id: hobbies, title: Hobbies, text: Sailing.}\n  - {id: talks, entries: [{name: A talk}]}\n",
        )
    },
    Check {
        find: Some(countable),
        ..Check::error(
            "E088",
            "too many entries",
            "The career has more than 200 employers and schools; there are more than 500 projects, articles or posts, \
         more than 2,000 applications, or more than 1,000 entries in another list.",
            "No real record is that long. Typesetting it would take minutes and much memory.",
            "",
            "",
        )
    },
];

/// No list is too long to be typeset.
fn countable(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    /// The first entry beyond a limit.
    fn beyond<T>(
        entries: &[T],
        limit: usize,
        place: impl Fn(&T) -> Place,
    ) -> Option<(usize, Place)> {
        entries.get(limit).map(|entry| (limit, place(entry)))
    }
    let entries = |own: &Section| beyond(&own.entries, 1_000, |entry| entry.place);
    let lines = |own: &Section| beyond(&own.lines, 1_000, |line| line.place);
    let lists = [
        ("employers and schools", beyond(&record.career, 200, |entry| entry.place)),
        ("projects", beyond(&record.projects, 500, |entry| entry.place)),
        ("articles", beyond(&record.articles, 500, |entry| entry.place)),
        ("posts", beyond(&record.posts, 500, |entry| entry.place)),
        ("sections", beyond(&record.sections, 500, |entry| entry.place)),
        ("entries of a section", record.sections.iter().find_map(entries)),
        ("lines of a section", record.sections.iter().find_map(lines)),
        ("groups of skills", beyond(&record.skills, 1_000, |entry| entry.place)),
        ("languages", beyond(&record.languages, 1_000, |entry| entry.place)),
        ("awards", beyond(&record.awards, 1_000, |entry| entry.place)),
        ("certificates", beyond(&record.certificates, 1_000, |entry| entry.place)),
        ("publications", beyond(&record.publications, 1_000, |entry| entry.place)),
        ("interests", beyond(&record.interests, 1_000, |entry| entry.place)),
        ("references", beyond(&record.references, 1_000, |entry| entry.place)),
        ("applications", beyond(&record.applications, 2_000, |entry| entry.place)),
    ];
    for (kind, (limit, place)) in lists.into_iter().filter_map(|(kind, at)| Some((kind, at?))) {
        diagnostics.push(
            Diagnostic::error("E088", format!("there are more than {limit} {kind}"))
                .at(place)
                .label("the first one too many")
                .hint("leave out the oldest, or keep them in a record of their own"),
        );
    }
}

/// Every section has a title: its own, or one that the templates have in every language.
fn titled(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let ready = ReadyTitle::ALL.map(ReadyTitle::word);
    let untitled = subject.record.sections.iter().filter(|section| section.title.is_none());
    for section in untitled {
        // Covers of chapters have no such titles. An empty section is reported for that.
        let is_chapter = !section.has_content() && !is_empty(subject.record, section);
        if ready.contains(&section.id.as_str()) && !is_chapter {
            continue;
        }
        let message = format!("the section `{}` has no title", *section.id);
        let diagnostic = Diagnostic::error("E069", message).at(section.id.0.place);
        let diagnostic = match section.has_content() {
            true => diagnostic.suggest(&section.id, ready),
            false => diagnostic,
        };
        let hint = format!("add a line `title: …`; these ids have one: {}", ready.join(", "));
        diagnostics.push(diagnostic.hint(hint));
    }
}

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
    !section.has_content()
        && section.description.is_none()
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
