//! YAMLResume: `content` with sections, `locale`, `layouts`. <https://yamlresume.dev>

use crate::interchange::format::Format;
use crate::interchange::mapping::{How, Section, field};
use crate::interchange::positions::join_positions;
use crate::interchange::source::Source;
use crate::interchange::steps::{complete_link, gather_skills, named_group, position};
use crate::interchange::walk::Walk;

/// YAMLResume.
pub const FORMAT: Format = Format {
    word: "yamlresume",
    name: "YAMLResume",
    recognises: |source| matches!(source.get("content"), Some(Source::Map(_))),
    any_language: false,
    import,
    tables: &[("", TABLE)],
    about: "A start without an end goes on, as the format says. `locale.language` is the language of the \
            record; `locale` and `layouts` are left over.",
};

const TABLE: &[Section] = &[
    Section::new(
        "content.profiles[]",
        "profile.links[]",
        &[
            field(&["network"], "network", How::Plain),
            field(&["username"], "username", How::Plain),
            field(&["url"], "url", How::Url),
        ],
    )
    .finish(complete_link),
    Section::new(
        "content.location",
        "profile.location",
        &[
            field(&["address"], "address", How::Plain),
            field(&["postalCode"], "postal-code", How::Plain),
            field(&["city"], "city", How::Plain),
            field(&["region"], "region", How::Plain),
            field(&["country"], "country", How::Plain),
        ],
    ),
    Section::new(
        "content.basics",
        "profile",
        &[
            field(&["name"], "name", How::Plain),
            field(&["headline"], "role", How::Plain),
            field(&["email"], "email", How::Email),
            field(&["phone"], "phone", How::Phone),
            field(&["url"], "url", How::Url),
            field(&["photo", "image"], "photo", How::Picture),
            field(&["summary"], "summary", How::Inline),
        ],
    ),
    Section::new(
        "content.work[]",
        "career[]",
        &[
            field(&["name"], "organization", How::Plain),
            field(&["url"], "url", How::Url),
            field(&["location"], "location", How::Location),
            field(&["position"], "positions[].title", How::Plain),
            field(&["startDate", "endDate"], "positions[]", How::Period { open: true }),
            field(&["summary"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Highlights),
            field(&["keywords"], "technologies", How::Names),
        ],
    )
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "content.volunteer[]",
        "career[]",
        &[
            field(&["organization"], "organization", How::Plain),
            field(&["url"], "url", How::Url),
            field(&["position"], "positions[].title", How::Plain),
            field(&["startDate", "endDate"], "positions[]", How::Period { open: true }),
            field(&["summary"], "summary", How::Bullets),
        ],
    )
    .fixed(&[("kind", "volunteering")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "content.education[]",
        "career[]",
        &[
            field(&["institution"], "organization", How::Plain),
            field(&["url"], "url", How::Url),
            field(&["degree"], "positions[].title", How::Plain),
            field(&["area"], "positions[].department", How::Plain),
            field(&["startDate", "endDate"], "positions[]", How::Period { open: true }),
            field(&["score"], "positions[].score", How::Plain),
            field(&["courses"], "positions[].courses", How::Names),
            field(&["summary"], "summary", How::Bullets),
        ],
    )
    .fixed(&[("kind", "education")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "content.projects[]",
        "projects[]",
        &[
            field(&["name"], "name", How::Plain),
            field(&["startDate", "endDate"], "", How::Period { open: true }),
            field(&["keywords"], "technologies", How::Names),
            field(&["description"], "summary", How::Bullets),
            field(&["summary"], "summary", How::Bullets),
            field(&["url"], "url", How::Url),
        ],
    )
    .id("name")
    .required(&["name"]),
    Section::new(
        "content.skills[]",
        "skills[]",
        &[
            field(&["name"], "name", How::Plain),
            field(&["level"], "level", How::Plain),
            field(&["keywords"], "skills", How::Names),
        ],
    )
    .finish(named_group),
    Section::new(
        "content.languages[]",
        "languages[]",
        &[field(&["language"], "language", How::Plain), field(&["fluency"], "fluency", How::Plain)],
    )
    .required(&["language"]),
    Section::new(
        "content.awards[]",
        "awards[]",
        &[
            field(&["title"], "name", How::Inline),
            field(&["awarder"], "by", How::Plain),
            field(&["date"], "date", How::Date),
            field(&["url"], "url", How::Url),
            field(&["summary"], "summary", How::Inline),
        ],
    )
    .required(&["name"]),
    Section::new(
        "content.certificates[]",
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
        "content.publications[]",
        "publications[]",
        &[
            field(&["name"], "name", How::Inline),
            field(&["publisher"], "by", How::Plain),
            field(&["releaseDate"], "date", How::Date),
            field(&["url"], "url", How::Url),
            field(&["summary"], "summary", How::Inline),
        ],
    )
    .required(&["name"]),
    Section::new(
        "content.interests[]",
        "interests[]",
        &[field(&["name"], "name", How::Plain), field(&["keywords"], "keywords", How::Names)],
    )
    .required(&["name"]),
    Section::new(
        "content.references[]",
        "references[]",
        &[field(&["name"], "name", How::Plain), field(&["summary"], "reference", How::Prose)],
    )
    .required(&["name"]),
];

fn import(mut source: Source, walk: &mut Walk) {
    TABLE.iter().for_each(|section| walk.section(&mut source, section));
    join_positions(walk);
    gather_skills(walk);
    walk.finish(source);
}
