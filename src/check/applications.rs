//! Rules on applications: the names in them exist, and their files can be told apart.

use std::collections::HashMap;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, brief};
use crate::document::Format;
use crate::document::file_name::file_name;
use crate::record::DEFAULT_LANGUAGE;
use crate::record::model::applications::{Application, FILE_NAME_PLACEHOLDERS};
use crate::record::model::sections::SectionKind;
use crate::record::model::settings::DocumentSettings;
use crate::record::read::Spanned;
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
            "E062",
            "unknown entry",
            "An application or a format pins or drops an entry that the record does not have.",
            "What it asks for would not happen.",
            applied!("{id: b, pin: [fats]}"),
            applied!("{id: b, pin: [fast]}"),
        )
    },
    Check {
        find: Some(effective),
        ..Check::error(
            "E048",
            "setting without effect",
            "`formats` sets something that the format does not have: `full` and `portfolio` show everything \
             that is not dropped, so nothing is pinned in them; a portfolio has no sections, and `letter` and \
             `questions` have no entries.",
            "What it asks for would not happen.",
            "formats:\n  full: {pin: [skills]}\nskills:\n  - {name: Languages, skills: [Rust]}\n",
            "formats:\n  cv: {pin: [skills]}\nskills:\n  - {name: Languages, skills: [Rust]}\n",
        )
    },
    Check::error(
        "E064",
        "pinned and dropped",
        "An application or a format pins and drops the same entry.",
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
        "The files of an application or a format would have no name, a hidden one, one that Windows \
         reserves for a device, one of more than 200 bytes, or the name of the files of another.",
        "They could not be written, would not be found, or would replace each other.",
        applied!("{id: b, file-name: \"..\"}"),
        applied!("{id: b, file-name: \"{name}-{format}\"}"),
    ),
    Check::error(
        "E066",
        "section twice",
        "An application or a format orders a section twice.",
        "It can have one place only.",
        applied!("{id: b, sections: [skills, projects, skills]}"),
        applied!("{id: b, sections: [skills, projects]}"),
    ),
];

/// An application may only favour what the record has; it and a format may only pin, drop, order and hide
/// that, and cannot drop what they pin.
fn names_exist(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let catalog = Catalog::of(subject.record);
    for application in &subject.record.applications {
        tags(application, subject, diagnostics);
    }
    for settings in subject.record.document_settings() {
        names(settings, &catalog, diagnostics);
        sections(settings, subject, diagnostics);
        placeholders(settings, diagnostics);
    }
    file_names(subject, diagnostics);
}

/// Formats set only what they have.
fn effective(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for format in Format::ALL {
        let Some(settings) = format.own_settings(subject.record) else { continue };
        let chooses = matches!(format, Format::Cv | Format::OnePage);
        let has_sections = chooses || format == Format::Full;
        let has_entries = has_sections || format == Format::Portfolio;
        let DocumentSettings { pin, drop, sections, hide, .. } = &settings.document;
        let first = |names: &Option<Vec<Spanned<String>>>| Some(names.as_ref()?.first()?.place);
        let section = sections.iter().flatten().next().map(|section| section.name.place);
        let hidden = hide.iter().flatten().next().map(|section| section.place);
        for (key, place, has_effect) in [
            ("pin", first(pin), chooses),
            ("drop", first(drop), has_entries),
            ("sections", section, has_sections),
            ("hide", hidden, has_sections),
        ] {
            let Some(place) = place.filter(|_| !has_effect) else { continue };
            let message = format!("`{key}` has no effect in `{}`", format.word());
            let hint = match has_entries {
                true => "it shows everything that is not in `drop`",
                false => "it has only what the application says",
            };
            diagnostics.push(Diagnostic::error("E048", message).at(place).hint(hint));
        }
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

fn names(settings: &DocumentSettings, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) {
    let (pin, drop) = (settings.pin.iter().flatten(), settings.drop.iter().flatten());
    for name in pin.clone().chain(drop.clone()) {
        if catalog.named(&name.value) == Named::Unknown {
            if SectionKind::of(&name.value).is_some() {
                let message = format!("the section `{}` has nothing to pin or drop", name.value);
                let diagnostic = Diagnostic::error("E062", message).at(name.place);
                diagnostics.push(diagnostic.hint("take it out: the record has no entry of it"));
                continue;
            }
            let diagnostic =
                Diagnostic::error("E062", format!("there is no entry `{}`", name.value))
                    .at(name.place)
                    .suggest(&name.value, catalog.names());
            diagnostics.push(diagnostic.hint(
                "entries are ids of projects, employers, positions and highlights, `id/2` for the \
                 second highlight of an entry, `id/summary`, `id/courses`, names of skills and of \
                 their groups, and sections",
            ));
        }
    }
    let items = |name: &str| match catalog.named(name) {
        Named::Items(items) => items,
        Named::Unknown => Vec::new(),
    };
    let dropped: Vec<_> = drop.map(|drop| (drop, items(&drop.value))).collect();
    for pin in pin {
        let pinned = items(&pin.value);
        let owners = pinned.iter().filter_map(|item| catalog.get(item)?.owner.clone());
        let lasting = catalog.lasting.iter();
        let lasting = lasting.filter(|it| it.owned.iter().any(|item| pinned.contains(item)));
        let owners = owners.chain(lasting.map(|it| it.item.clone()));
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

fn sections(settings: &DocumentSettings, subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let own = subject.record.sections.iter().filter(|section| section.has_content());
    let own: Vec<&str> = own.map(|section| section.id.as_str()).collect();
    let known: Vec<&str> = SectionKind::ALL.map(SectionKind::word).into_iter().chain(own).collect();
    let ordered: Vec<_> = settings.sections.iter().flatten().map(|choice| &choice.name).collect();
    let hidden: Vec<_> = settings.hide.iter().flatten().collect();
    for section in ordered.iter().chain(&hidden) {
        let word = section.value.word();
        if !known.contains(&word) {
            let diagnostic = Diagnostic::error("E021", format!("there is no section `{word}`"))
                .at(section.place)
                .suggest(word, known.iter().copied());
            diagnostics.push(diagnostic.hint(format!("one of: {}", known.join(", "))));
        }
    }
    for list in [ordered, hidden] {
        for (at, section) in list.iter().enumerate() {
            let Some(first) = list[..at].iter().find(|other| other.value == section.value) else {
                continue;
            };
            let message = format!("the section `{}` is given twice", section.value.word());
            diagnostics.push(
                Diagnostic::error("E066", message)
                    .at(section.place)
                    .related(first.place, "first here")
                    .hint("keep one of them"),
            );
        }
    }
}

fn placeholders(settings: &DocumentSettings, diagnostics: &mut Vec<Diagnostic>) {
    let Some(pattern) = &settings.file_name else { return };
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

/// The file names that applications and formats ask for are valid and differ from each other.
fn file_names(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let languages = record.languages();
    let usual = languages.first().map_or(DEFAULT_LANGUAGE, String::as_str);
    let wrong = |name: &str, (why, hint): (String, &str), place| {
        let message = format!("no file can be named `{}`: {why}", brief(name));
        Diagnostic::error("E068", message).at(place).hint(hint)
    };
    // Names that are not set come first: they are those that others take. Some file systems take capital
    // and small letters for the same.
    let mut formats: Vec<(Format, Option<Spanned<String>>)> =
        Format::ALL.map(|format| (format, format.settings(record, None).file_name)).to_vec();
    formats.sort_by_key(|(_, pattern)| pattern.is_some());
    let mut taken = HashMap::new();
    for (format, pattern) in formats {
        let name = file_name(record, None, usual, format);
        let place = pattern.as_ref().map(|pattern| pattern.place);
        let written = pattern.as_ref().map_or("", |pattern| pattern.value.as_str());
        let at = place.unwrap_or(record.profile.place);
        match flaw(&name, written) {
            Some(flaw) => diagnostics.push(wrong(&name, flaw, at)),
            None => {
                let other = taken.insert(name.to_lowercase(), at);
                let hint = "distinguish them with `{format}`";
                diagnostics
                    .extend(other.map(|other| twice("formats", &name, at, other).hint(hint)));
            }
        }
    }
    let mut taken = HashMap::new();
    for application in &record.applications {
        let own = application.language.as_ref().map(|language| language.value.0.as_str());
        let language = own.unwrap_or(usual);
        let pattern = application.settings.file_name.as_ref();
        let place = pattern.map_or(application.id.0.place, |pattern| pattern.place);
        let written = pattern.map_or("", |pattern| pattern.value.as_str());
        let name = |format| file_name(record, Some(application), language, format);
        let mut names = Format::ALL.map(name).into_iter();
        if let Some((name, flaw)) =
            names.find_map(|name| flaw(&name, written).map(|flaw| (name, flaw)))
        {
            diagnostics.push(wrong(&name, flaw, place));
            continue;
        }
        let hint = "distinguish them with `{application}` or `{organization}`";
        let name = name(Format::OnePage);
        // Two applications with one id are reported for that.
        let other = taken.insert(name.to_lowercase(), place).filter(|_| pattern.is_some());
        diagnostics
            .extend(other.map(|other| twice("applications", &name, place, other).hint(hint)));
    }
}

/// The fault of files that would replace each other.
fn twice(kind: &str, name: &str, place: Place, first: Place) -> Diagnostic {
    let message = format!("two {kind} have files named `{name}`");
    Diagnostic::error("E068", message).at(place).related(first, "the first")
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
