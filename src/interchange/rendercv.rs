//! RenderCV, versions 1 and 2: `cv` with sections of any title, each a list of entries whose type their
//! keys tell. <https://docs.rendercv.com>

use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::format::Format;
use crate::interchange::mapping::{Field, How, MISSING, Section, field};
use crate::interchange::positions::join_positions;
use crate::interchange::rendercv_sections::{Kind, kind_of, title_of, titled};
use crate::interchange::section_order::write_order;
use crate::interchange::source::Source;
use crate::interchange::steps::{complete_link, gather_skills, named_group, position};
use crate::interchange::values;
use crate::interchange::walk::Walk;

/// RenderCV.
pub const FORMAT: Format = Format {
    word: "rendercv",
    name: "RenderCV",
    recognises: |source| matches!(source.get("cv"), Some(Source::Map(_))),
    any_language: false,
    import,
    tables: &[
        ("The head", HEAD),
        ("Sections, by the keys of their entries, then by their titles", ENTRIES),
    ],
    about: "A start without an end goes on, as the format says. What a section is, its entries tell: \
            `institution` is a school, `company` an employer (volunteering where the title says so), \
            `authors` a publication; \
            the title tells projects, certificates, awards, skills, languages, interests and the summary. \
            Any other section becomes one of the record's `sections` with its title. Texts, bullets and \
            numbered entries become its text. `design`, `locale` and settings are left over.",
};

const HEAD: &[Section] = &[
    Section::new(
        "cv.social_networks[]",
        "profile.links[]",
        &[
            field(&["network"], "network", How::Plain),
            field(&["username"], "username", How::Plain),
            field(&["url"], "url", How::Url),
        ],
    )
    .finish(complete_link),
    Section::new(
        "cv.custom_connections[]",
        "profile.links[]",
        &[field(&["placeholder"], "network", How::Plain), field(&["url"], "url", How::Url)],
    )
    .finish(complete_link),
    Section::new(
        "cv",
        "profile",
        &[
            field(&["name"], "name", How::Plain),
            field(&["headline", "label"], "role", How::Plain),
            field(&["location"], "location", How::Location),
            field(&["email"], "email", How::Email),
            field(&["phone"], "phone", How::Phone),
            field(&["website"], "url", How::Url),
            field(&["photo"], "photo", How::Picture),
            field(&["summary"], "summary", How::Inline),
        ],
    ),
];

const PERIOD: Field = field(&["start_date", "end_date", "date"], "", How::Period { open: true });

/// The tables of the entries, in the order of [`Kind`].
const ENTRIES: &[Section] = &[
    Section::new(
        "institution",
        "career[]",
        &[
            field(&["institution"], "organization", How::Plain),
            field(&["url"], "url", How::Url),
            field(&["location"], "location", How::Location),
            field(&["degree"], "positions[].title", How::Plain),
            field(&["area"], "positions[].department", How::Plain),
            field(&["start_date", "end_date", "date"], "positions[]", How::Period { open: true }),
            field(&["grade"], "positions[].score", How::Plain),
            field(&["summary"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Nested),
        ],
    )
    .fixed(&[("kind", "education")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new("company", "career[]", WORK)
        .id("organization")
        .required(&["organization", "positions[].title"])
        .finish(position),
    Section::new("company", "career[]", WORK)
        .fixed(&[("kind", "volunteering")])
        .id("organization")
        .required(&["organization", "positions[].title"])
        .finish(position),
    Section::new(
        "authors",
        "publications[]",
        &[
            field(&["title", "name"], "name", How::Inline),
            field(&["authors"], "authors", How::Names),
            field(&["journal"], "venue", How::Plain),
            field(&["doi"], "doi", How::Doi),
            field(&["date"], "date", How::Date),
            field(&["url"], "url", How::Url),
            field(&["summary"], "summary", How::Inline),
        ],
    )
    .required(&["name"]),
    Section::new(
        "projects",
        "projects[]",
        &[
            field(&["name"], "name", How::Plain),
            PERIOD,
            field(&["technologies"], "technologies", How::Names),
            field(&["summary"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Nested),
            field(&["url"], "url", How::Url),
        ],
    )
    .id("name")
    .required(&["name"]),
    Section::new(
        "certificates",
        "certificates[]",
        &[
            field(&["name"], "name", How::Inline),
            field(&["issuer"], "by", How::Plain),
            field(&["date"], "date", How::Date),
            field(&["url"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    Section::new(
        "awards",
        "awards[]",
        &[
            field(&["name"], "name", How::Inline),
            field(&["issuer"], "by", How::Plain),
            field(&["date"], "date", How::Date),
            field(&["summary"], "summary", How::Inline),
            field(&["url"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    Section::new(
        "name",
        "sections[].entries[]",
        &[
            field(&["name", "title", "company", "institution", "label"], "name", How::Inline),
            field(&["issuer"], "by", How::Plain),
            PERIOD,
            field(&["location"], "location", How::Location),
            field(&["summary", "details"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Nested),
            field(&["url"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    Section::new(
        "skills",
        "skills[]",
        &[field(&["label"], "name", How::Plain), field(&["details"], "skills", How::Names)],
    )
    .finish(named_group),
    Section::new(
        "languages",
        "languages[]",
        &[field(&["label"], "language", How::Plain), field(&["details"], "fluency", How::Plain)],
    )
    .required(&["language"]),
    Section::new(
        "interests",
        "interests[]",
        &[field(&["label"], "name", How::Plain), field(&["details"], "keywords", How::Names)],
    )
    .required(&["name"]),
    Section::new(
        "label",
        "sections[].lines[]",
        &[field(&["label"], "label", How::Plain), field(&["details"], "text", How::Inline)],
    )
    .required(&["label", "text"]),
];

const WORK: &[Field] = &[
    field(&["company"], "organization", How::Plain),
    field(&["url"], "url", How::Url),
    field(&["location"], "location", How::Location),
    field(&["position"], "positions[].title", How::Plain),
    field(&["start_date", "end_date", "date"], "positions[]", How::Period { open: true }),
    field(&["summary"], "summary", How::Bullets),
    field(&["highlights"], "highlights", How::Nested),
    field(&["technologies"], "technologies", How::Names),
];

fn import(mut source: Source, walk: &mut Walk) {
    let sections = source.take("cv.sections").or_else(|| source.take("cv.sections_input"));
    HEAD.iter().for_each(|section| walk.section(&mut source, section));
    let mut order = Vec::new();
    match sections {
        Some(Source::Map(sections)) => {
            for (title, entries) in sections {
                let path = format!("cv.sections.{title}[]");
                let words = match entries {
                    Source::List(entries) => own_section(walk, &title, &path, entries),
                    Source::Map(_) | Source::Text(_) => {
                        own_section(walk, &title, &path, vec![entries])
                    }
                    Source::Empty => {
                        walk.leave(&format!("cv.sections.{title}"), entries);
                        continue;
                    }
                };
                order.extend(words.into_iter().map(|word| (word, title_of(&title))));
            }
        }
        Some(other) => walk.leave("cv.sections", other),
        None => {}
    }
    join_positions(walk);
    gather_skills(walk);
    write_order(walk, &order);
    walk.finish(source);
}

/// Begins an entry that is numbered backwards, until all of its section are known. No text of a source
/// has this character: it is removed when the source is read.
const COUNTDOWN: &str = "\u{1}";

/// Adds the entries of one section; returns the sections of the record that they are in.
fn own_section(walk: &mut Walk, title: &str, path: &str, entries: Vec<Source>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut own = Block::default();
    let mut texts: Vec<String> = Vec::new();
    let name = title_of(title);
    for entry in entries {
        match kind_of(&entry, title) {
            Kind::Text => text(walk, path, entry, titled(title) == Some(Kind::Text), &mut texts),
            kind @ (Kind::Entry | Kind::Line) => {
                let list = if kind == Kind::Entry { "entries" } else { "lines" };
                let block = walk.block(path, entry, &ENTRIES[kind as usize]);
                block.into_iter().for_each(|block| own.push(list, Written::Block(block)));
            }
            kind => {
                walk.entry(path, entry, &ENTRIES[kind as usize]);
                let word = kind.word().to_owned();
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
    }
    // Markdown's lists only count up: other numbers are words at the beginning of a paragraph.
    let mut left = texts.iter().filter(|text| text.starts_with(COUNTDOWN)).count();
    for text in &mut texts {
        if let Some(words) = text.strip_prefix(COUNTDOWN) {
            *text = format!("{left}\\. {words}\n");
            left -= 1;
        }
    }
    let texts = texts.join("\n");
    let texts = texts.trim();
    match () {
        () if texts.is_empty() => {}
        () if titled(title) == Some(Kind::Text) && walk.record.get("profile.summary").is_none() => {
            walk.record.set("profile.summary", Written::Text(texts.to_owned()));
        }
        () => own.set("text", Written::Text(texts.to_owned())),
    }
    if !own.entries.is_empty() {
        let id = walk.new_id(&name, "section");
        words.push(id.clone());
        let name = if name.trim().is_empty() { MISSING.to_owned() } else { name };
        own.entries.insert(0, ("title".to_owned(), Written::Text(name)));
        own.entries.insert(0, ("id".to_owned(), Written::Bare(id)));
        walk.record.push("sections", Written::Block(own));
    }
    words
}

/// Adds a text, a bullet or a numbered entry to the text of its section.
fn text(walk: &mut Walk, path: &str, entry: Source, summary: bool, texts: &mut Vec<String>) {
    use crate::interchange::account::Destination;
    let to = if summary { "profile.summary" } else { "sections[].text" };
    let to = Destination::Field(to.to_owned());
    match entry {
        Source::Text(words) => {
            texts.push(format!("{}\n", values::markdown(&words)));
            walk.account.add(path, &Source::Text(words), &to);
        }
        Source::Map(entries) => {
            for (key, value) in entries {
                let sign = match key.as_str() {
                    "bullet" => "- ",
                    "number" => "1. ",
                    "reversed_number" => COUNTDOWN,
                    _ => "",
                };
                match (&value, sign) {
                    (Source::Text(words), "- " | "1. " | COUNTDOWN) => {
                        let words = values::markdown(words).replace('\n', "\n  ");
                        texts.push(format!("{sign}{words}"));
                        walk.account.add(&format!("{path}.{key}"), &value, &to);
                    }
                    _ => walk.leave(&format!("{path}.{key}"), value),
                }
            }
        }
        other => walk.leave(path, other),
    }
}
