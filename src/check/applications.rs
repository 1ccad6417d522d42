//! Applications that name what there is.

use crate::check::rule::{Check, Subject};
use crate::diagnostics::Diagnostic;
use crate::record::model::applications::{Application, FILE_NAME_PLACEHOLDERS, SectionKind};
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

pub(super) const RULES: &[Check] = &[
    Check {
        find: Some(known),
        ..Check::error(
            "E063",
            "dropped station",
            "An application drops a station of the career.",
            "A gap in a career is a lie; a station keeps at least its line.",
            applied!("{id: b, drop: [a]}"),
            applied!("{id: b, drop: [fast]}"),
        )
    },
    Check::error(
        "E062",
        "unknown entry",
        "An application pins or drops an entry that the record does not have.",
        "What it asks for would not happen.",
        applied!("{id: b, pin: [fats]}"),
        applied!("{id: b, pin: [fast]}"),
    ),
    Check::error(
        "E064",
        "pinned and dropped",
        "An application pins and drops the same entry.",
        "Only one of the two can be done.",
        applied!("{id: b, pin: [fast], drop: [fast]}"),
        applied!("{id: b, pin: [fast]}"),
    ),
    Check::error(
        "E065",
        "unknown part of a file name",
        "A `file-name` has braces round a word that stands for nothing.",
        "The braces would end up in the name.",
        applied!("{id: b, file-name: \"{nmae}\"}"),
        applied!("{id: b, file-name: \"{name}\"}"),
    ),
    Check::error(
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
fn known(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let catalog = Catalog::of(subject.record);
    for application in &subject.record.applications {
        tags(application, subject, diagnostics);
        names(application, &catalog, diagnostics);
        sections(application, diagnostics);
        file_name(application, diagnostics);
    }
}

fn tags(application: &Application, subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let tags: Vec<&str> = subject.record.tags.0.iter().map(|(tag, _)| tag.as_str()).collect();
    for (tag, _) in &application.tags.0 {
        if !tags.contains(&tag.value.as_str()) {
            let diagnostic = Diagnostic::error("E021", format!("there is no tag `{}`", tag.value))
                .at(tag.place)
                .suggest(&tag.value, tags.iter().copied());
            diagnostics.push(diagnostic.hint("what is no tag of the record goes into `keywords`"));
        }
    }
}

fn names(application: &Application, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) {
    for name in application.pin.iter().chain(&application.drop) {
        if catalog.named(&name.value) == Named::Unknown {
            if SectionKind::of(&name.value).is_some() {
                let message = format!("the section `{}` has nothing to pin or drop", name.value);
                let diagnostic = Diagnostic::error("E062", message).at(name.place);
                diagnostics.push(diagnostic.hint("take it out: stations stay, and show what fits"));
                continue;
            }
            let diagnostic =
                Diagnostic::error("E062", format!("there is no entry `{}`", name.value))
                    .at(name.place)
                    .suggest(&name.value, catalog.names());
            diagnostics.push(diagnostic.hint(
                "entries are ids of projects and highlights, `id/2` for the second highlight of \
                 an entry, `id/summary`, names of skills and of their groups, and sections",
            ));
        }
    }
    for name in application.drop.iter().filter(|name| catalog.named(&name.value) == Named::Station)
    {
        diagnostics.push(
            Diagnostic::error("E063", format!("the station `{}` cannot be dropped", name.value))
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
                diagnostics.push(
                    Diagnostic::error("E064", message)
                        .at(drop.place)
                        .related(pin.place, "pinned here")
                        .hint("keep one of them"),
                );
            }
        }
    }
}

fn sections(application: &Application, diagnostics: &mut Vec<Diagnostic>) {
    for (at, section) in application.sections.iter().enumerate() {
        let earlier =
            application.sections[..at].iter().find(|e| e.name.value == section.name.value);
        if let Some(first) = earlier {
            let message = format!("the section `{}` stands twice", section.name.value.word());
            diagnostics.push(
                Diagnostic::error("E066", message)
                    .at(section.name.place)
                    .related(first.name.place, "first here")
                    .hint("keep one of them"),
            );
        }
    }
}

fn file_name(application: &Application, diagnostics: &mut Vec<Diagnostic>) {
    let Some(pattern) = &application.file_name else { return };
    for piece in pattern.value.split('{').skip(1) {
        let word = piece.split('}').next().unwrap_or_default();
        if !FILE_NAME_PLACEHOLDERS.contains(&word) {
            diagnostics.push(
                Diagnostic::error("E065", format!("file names have no `{{{word}}}`"))
                    .at(pattern.place)
                    .suggest(word, FILE_NAME_PLACEHOLDERS.iter().copied())
                    .hint(format!("known: {}", FILE_NAME_PLACEHOLDERS.join(", "))),
            );
        }
    }
}
