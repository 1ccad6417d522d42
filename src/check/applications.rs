//! Rules on applications: the names in them exist, and their files can be told apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, brief};
use crate::document::Format;
use crate::document::file_name::file_name;
use crate::record::DEFAULT_LANGUAGE;
use crate::record::model::applications::{Application, FILE_NAME_PLACEHOLDERS};
use crate::record::model::sections::SectionKind;
use crate::tailor::{Catalog, Named};

/// Names that Windows reserves for devices, with and without an ending.
const RESERVED_NAMES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
/// Bytes of a file name: file systems take 255, and the number of a page and an ending follow it.
const NAME_LIMIT: usize = 200;

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
        find: Some(names_exist),
        ..Check::error(
            "E063",
            "dropped career entry",
            "An application drops an entry of the career.",
            "A gap in a career is a lie; every employer and school keeps at least a line.",
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
        "A `file-name` has braces round an unknown word.",
        "The braces would end up in the name.",
        applied!("{id: b, file-name: \"{nmae}\"}"),
        applied!("{id: b, file-name: \"{name}\"}"),
    ),
    Check::error(
        "E067",
        "application in a language without words",
        "An application names a language for which the templates have no words.",
        "Its documents cannot be made, because their headings have no names.",
        applied!("{id: b, language: tlh}"),
        applied!("{id: b, language: ko}"),
    ),
    Check::error(
        "E068",
        "impossible file name",
        "The files of an application would have no name, a hidden one, one that Windows reserves for a \
         device, one of more than 200 bytes, or the name of another application's files.",
        "They could not be written, would not be found, or would replace each other.",
        applied!("{id: b, file-name: \"..\"}"),
        applied!("{id: b, file-name: \"{name}-{format}\"}"),
    ),
    Check::error(
        "E066",
        "section twice",
        "An application orders a section twice.",
        "It can have one place only.",
        applied!("{id: b, sections: [skills, projects, skills]}"),
        applied!("{id: b, sections: [skills, projects]}"),
    ),
];

/// An application may only favour, pin and drop what the record has. It cannot drop what it pins,
/// nor a career entry, because a gap in a career would mislead.
fn names_exist(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let catalog = Catalog::of(subject.record);
    for application in &subject.record.applications {
        tags(application, subject, diagnostics);
        names(application, &catalog, diagnostics);
        sections(application, subject, diagnostics);
        placeholders(application, diagnostics);
    }
    file_names(subject, diagnostics);
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
                diagnostics
                    .push(diagnostic.hint("take it out: career entries stay, and show what fits"));
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
    for name in
        application.drop.iter().filter(|name| catalog.named(&name.value) == Named::CareerEntry)
    {
        diagnostics.push(
            Diagnostic::error(
                "E063",
                format!("the career entry `{}` cannot be dropped", name.value),
            )
            .at(name.place)
            .hint("it keeps one line, so that no time is missing")
            .hint(format!("drop its highlights, or `{}/summary`", name.value)),
        );
    }
    let items = |name: &str| match catalog.named(name) {
        Named::Items(items) => items,
        Named::CareerEntry | Named::Unknown => Vec::new(),
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

fn sections(application: &Application, subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let own = subject.record.sections.iter().filter(|section| section.has_content());
    let own: Vec<&str> = own.map(|section| section.id.as_str()).collect();
    let known: Vec<&str> = SectionKind::ALL.map(SectionKind::word).into_iter().chain(own).collect();
    for (at, section) in application.sections.iter().enumerate() {
        let word = section.name.value.word();
        if !known.contains(&word) {
            let diagnostic = Diagnostic::error("E021", format!("there is no section `{word}`"))
                .at(section.name.place)
                .suggest(word, known.iter().copied());
            diagnostics.push(diagnostic.hint(format!("one of: {}", known.join(", "))));
        }
        let earlier =
            application.sections[..at].iter().find(|e| e.name.value == section.name.value);
        if let Some(first) = earlier {
            let message = format!("the section `{word}` is given twice");
            diagnostics.push(
                Diagnostic::error("E066", message)
                    .at(section.name.place)
                    .related(first.name.place, "first here")
                    .hint("keep one of them"),
            );
        }
    }
}

fn placeholders(application: &Application, diagnostics: &mut Vec<Diagnostic>) {
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

/// The file names that applications ask for are valid and differ from each other.
fn file_names(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let languages = record.languages();
    let usual = languages.first().map_or(DEFAULT_LANGUAGE, String::as_str);
    let mut first: HashMap<String, Place> = HashMap::new();
    for application in &record.applications {
        let own = application.language.as_ref().map(|language| language.value.0.as_str());
        let language = own.unwrap_or(usual);
        let pattern = application.file_name.as_ref();
        let place = pattern.map_or(application.id.0.place, |pattern| pattern.place);
        let written = pattern.map_or("", |pattern| pattern.value.as_str());
        let name = |format| file_name(record, Some(application), language, format);
        let mut names = Format::ALL.map(name).into_iter();
        if let Some((name, (why, hint))) =
            names.find_map(|name| flaw(&name, written).map(|flaw| (name, flaw)))
        {
            let message = format!("no file can be named `{}`: {why}", brief(&name));
            diagnostics.push(Diagnostic::error("E068", message).at(place).hint(hint));
            continue;
        }
        let name = name(Format::OnePage);
        // Some file systems take capital and small letters for the same.
        match first.entry(name.to_lowercase()) {
            Entry::Vacant(free) => _ = free.insert(place),
            // Two applications with one id are reported for that.
            Entry::Occupied(_) if pattern.is_none() => {}
            Entry::Occupied(taken) => diagnostics.push(
                Diagnostic::error("E068", format!("two applications have files named `{name}`"))
                    .at(place)
                    .related(*taken.get(), "the first")
                    .hint("distinguish them with `{application}` or `{organization}`"),
            ),
        }
    }
}

/// Why a name is no valid file name, and what to do about it. `written` is the pattern it comes
/// from.
fn flaw(name: &str, written: &str) -> Option<(String, &'static str)> {
    let stem = name.split('.').next().unwrap_or_default().to_uppercase();
    let numbered = |device: &str| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| number.len() == 1 && number.chars().all(|c| c.is_ascii_digit()))
    };
    if name.is_empty() {
        let hint = "write letters or figures, or a placeholder such as `{application}`";
        Some(("nothing is left of it".to_owned(), hint))
    } else if written.starts_with('.') {
        Some(("a dot at the beginning hides the file".to_owned(), "remove the dot"))
    } else if RESERVED_NAMES.contains(&stem.as_str()) || numbered("COM") || numbered("LPT") {
        Some((format!("Windows keeps `{stem}` for a device"), "add a word to it"))
    } else if name.len() > NAME_LIMIT {
        let why = format!("it has {} bytes, more than {NAME_LIMIT}", name.len());
        Some((why, "shorten it; letters of most scripts have two or three bytes"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::flaw;

    #[test]
    fn invalid_file_names_are_refused() {
        for name in ["", "con", "NUL.ko", "Com1", "lpt9.x", &"a".repeat(201)] {
            assert!(flaw(name, name).is_some(), "{name}");
        }
        assert!(flaw("cv", ".cv").is_some());
        for name in ["cv", "console", "com", "com10", "이력서", &"a".repeat(200)] {
            assert_eq!(flaw(name, name), None, "{name}");
        }
    }
}
