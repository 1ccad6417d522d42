//! Applications that name what there is.

use crate::check::{Rule, Subject};
use crate::data::applications::{Application, SectionKind};
use crate::file_name::PLACEHOLDERS;
use crate::problem::Problem;
use crate::tailor::{Catalog, Named};

/// A record with one entry of each kind, before the application that breaks a rule.
macro_rules! applied {
    ($application:literal) => {
        concat!(
            "tags: {rust: Rust}\ncareer:\n  - id: a\n    organization: A\n    ",
            "positions: [{title: Developer, start: 2022-01, end: 2023-06}]\n    ",
            "highlights: [{id: fast, text: Made it fast}]\napplications:\n  - ",
            $application,
            "\n",
        )
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        find: Some(known),
        ..Rule::error(
            "E063",
            "dropped station",
            "An application drops a station of the career.",
            "A gap in a career is a lie; a station keeps at least its line.",
            applied!("{id: b, drop: [a]}"),
            applied!("{id: b, drop: [fast]}"),
        )
    },
    Rule::error(
        "E062",
        "unknown entry",
        "An application pins or drops an entry that the record does not have.",
        "What it asks for would not happen.",
        applied!("{id: b, pin: [fats]}"),
        applied!("{id: b, pin: [fast]}"),
    ),
    Rule::error(
        "E064",
        "pinned and dropped",
        "An application pins and drops the same entry.",
        "Only one of the two can be done.",
        applied!("{id: b, pin: [fast], drop: [fast]}"),
        applied!("{id: b, pin: [fast]}"),
    ),
    Rule::error(
        "E065",
        "unknown part of a file name",
        "A `file-name` has braces round a word that stands for nothing.",
        "The braces would end up in the name.",
        applied!("{id: b, file-name: \"{nmae}\"}"),
        applied!("{id: b, file-name: \"{name}\"}"),
    ),
    Rule::error(
        "E066",
        "section twice",
        "An application orders a section twice.",
        "It can stand in one place only.",
        applied!("{id: b, sections: [skills, projects, skills]}"),
        applied!("{id: b, sections: [skills, projects]}"),
    ),
];

/// An application may only favour, pin and drop what the record has; what is pinned cannot be
/// dropped, and no station can: a gap in a career is a lie.
fn known(subject: &Subject, problems: &mut Vec<Problem>) {
    let catalog = Catalog::of(subject.record);
    for application in &subject.record.applications {
        tags(application, subject, problems);
        names(application, &catalog, problems);
        sections(application, problems);
        file_name(application, problems);
    }
}

fn tags(application: &Application, subject: &Subject, problems: &mut Vec<Problem>) {
    let tags: Vec<&str> = subject.record.tags.0.iter().map(|(tag, _)| tag.as_str()).collect();
    for (tag, _) in &application.tags.0 {
        if !tags.contains(&tag.value.as_str()) {
            let problem = Problem::error("E021", format!("there is no tag `{}`", tag.value))
                .at(tag.place)
                .suggest(&tag.value, tags.iter().copied());
            problems.push(problem.hint("what is no tag of the record goes into `keywords`"));
        }
    }
}

fn names(application: &Application, catalog: &Catalog, problems: &mut Vec<Problem>) {
    for name in application.pin.iter().chain(&application.drop) {
        if catalog.named(&name.value) == Named::Unknown {
            if SectionKind::of(&name.value).is_some() {
                let message = format!("the section `{}` has nothing to pin or drop", name.value);
                let problem = Problem::error("E062", message).at(name.place);
                problems.push(problem.hint("take it out: stations stay, and show what fits"));
                continue;
            }
            let problem = Problem::error("E062", format!("there is no entry `{}`", name.value))
                .at(name.place)
                .suggest(&name.value, catalog.names());
            problems.push(problem.hint(
                "entries are ids of projects and highlights, `id/2` for the second highlight of \
                 an entry, `id/summary`, names of skills and of their groups, and sections",
            ));
        }
    }
    for name in application.drop.iter().filter(|name| catalog.named(&name.value) == Named::Station)
    {
        problems.push(
            Problem::error("E063", format!("the station `{}` cannot be dropped", name.value))
                .at(name.place)
                .hint("a station keeps one line, so that no time is missing")
                .hint(format!("drop its highlights, or `{}/summary`", name.value)),
        );
    }
    let items = |name: &str| match catalog.named(name) {
        Named::Items(items) => items,
        Named::Station | Named::Unknown => Vec::new(),
    };
    let dropped: Vec<_> = application.drop.iter().map(|drop| (drop, items(&drop.value))).collect();
    for pin in &application.pin {
        let pinned = items(&pin.value);
        let owners = pinned.iter().filter_map(|item| catalog.get(item)?.owner.clone());
        let needed: Vec<_> = owners.chain(pinned.iter().cloned()).collect();
        for (drop, dropped) in &dropped {
            if dropped.iter().any(|item| needed.contains(item)) {
                let message = format!("`{}` is pinned and `{}` dropped", pin.value, drop.value);
                problems.push(
                    Problem::error("E064", message)
                        .at(drop.place)
                        .related(pin.place, "pinned here")
                        .hint("keep one of them"),
                );
            }
        }
    }
}

fn sections(application: &Application, problems: &mut Vec<Problem>) {
    for (at, section) in application.sections.iter().enumerate() {
        let earlier =
            application.sections[..at].iter().find(|e| e.name.value == section.name.value);
        if let Some(first) = earlier {
            let message = format!("the section `{}` stands twice", section.name.value.word());
            problems.push(
                Problem::error("E066", message)
                    .at(section.name.place)
                    .related(first.name.place, "first here")
                    .hint("keep one of them"),
            );
        }
    }
}

fn file_name(application: &Application, problems: &mut Vec<Problem>) {
    let Some(pattern) = &application.file_name else { return };
    for piece in pattern.value.split('{').skip(1) {
        let word = piece.split('}').next().unwrap_or_default();
        if !PLACEHOLDERS.contains(&word) {
            problems.push(
                Problem::error("E065", format!("file names have no `{{{word}}}`"))
                    .at(pattern.place)
                    .suggest(word, PLACEHOLDERS.iter().copied())
                    .hint(format!("known: {}", PLACEHOLDERS.join(", "))),
            );
        }
    }
}
