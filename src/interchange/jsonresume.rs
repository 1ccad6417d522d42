//! JSON Resume, versions 1.0 to 1.2, and the names that older files use.
//! <https://jsonresume.org/schema>

use crate::interchange::account::Destination;
use crate::interchange::commented_yaml::Written;
use crate::interchange::format::Format;
use crate::interchange::mapping::{How, Section, field};
use crate::interchange::positions::join_positions;
use crate::interchange::source::Source;
use crate::interchange::steps::{complete_link, gather_skills, named_group, position};
use crate::interchange::walk::Walk;

/// JSON Resume.
pub const FORMAT: Format = Format {
    word: "jsonresume",
    name: "JSON Resume",
    recognises: |source| {
        let keys = ["basics", "work", "education", "skills", "volunteer", "references"];
        let known = source.keys().filter(|key| keys.contains(key)).count();
        source.get("basics.name").is_some()
            || source.get("basics").is_some_and(|basics| matches!(basics, Source::Map(_)))
                && known > 1
            || source
                .get("$schema")
                .and_then(Source::text)
                .is_some_and(|address| address.contains("resume-schema"))
    },
    any_language: false,
    import,
    tables: &[("", TABLE)],
    about: "A start without an end goes on, as the format says. `meta` and `$schema` are left over; what \
            `resume export jsonresume` wrote under `meta.resume` is read back.",
};

/// Where its fields go.
pub const TABLE: &[Section] = &[
    Section::new(
        "basics.profiles[]",
        "profile.links[]",
        &[
            field(&["network", "name"], "network", How::Plain),
            field(&["username"], "username", How::Plain),
            field(&["url"], "url", How::Url),
        ],
    )
    .finish(complete_link),
    Section::new(
        "basics",
        "profile",
        &[
            field(&["name"], "name", How::Plain),
            field(&["firstName", "lastName"], "name", How::Joined(" ")),
            field(&["label", "title"], "role", How::Plain),
            field(&["email"], "email", How::Email),
            field(&["phone"], "phone", How::Phone),
            field(&["location"], "location", How::Location),
            field(&["url", "website"], "url", How::Url),
            field(&["image", "picture"], "photo", How::Picture),
            field(&["summary"], "summary", How::Inline),
        ],
    ),
    Section::new(
        "work[]",
        "career[]",
        &[
            field(&["name", "company", "employer"], "organization", How::Plain),
            field(&["url", "website"], "url", How::Url),
            field(&["location"], "location", How::Location),
            field(&["description"], "description", How::Inline),
            field(&["position", "title"], "positions[].title", How::Plain),
            field(&["startDate", "endDate"], "positions[]", How::Period { open: true }),
            field(&["summary"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Highlights),
            field(&["keywords", "technologies"], "technologies", How::Names),
        ],
    )
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "volunteer[]",
        "career[]",
        &[
            field(&["organization", "name", "company"], "organization", How::Plain),
            field(&["url", "website"], "url", How::Url),
            field(&["location"], "location", How::Location),
            field(&["position", "title"], "positions[].title", How::Plain),
            field(&["startDate", "endDate"], "positions[]", How::Period { open: true }),
            field(&["summary"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Highlights),
        ],
    )
    .fixed(&[("kind", "volunteering")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "education[]",
        "career[]",
        &[
            field(&["institution", "name"], "organization", How::Plain),
            field(&["url", "website"], "url", How::Url),
            field(&["location"], "location", How::Location),
            field(&["studyType", "degree"], "positions[].title", How::Plain),
            field(&["area"], "positions[].department", How::Plain),
            field(&["startDate", "endDate"], "positions[]", How::Period { open: true }),
            field(&["score", "gpa"], "positions[].score", How::Plain),
            field(&["courses"], "positions[].courses", How::Names),
            field(&["summary"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Highlights),
        ],
    )
    .fixed(&[("kind", "education")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "projects[]",
        "projects[]",
        &[
            field(&["name", "title"], "name", How::Plain),
            field(&["startDate", "endDate"], "", How::Period { open: true }),
            field(&["roles", "role"], "role", How::Joined(", ")),
            field(&["keywords", "technologies"], "technologies", How::Names),
            field(&["description"], "summary", How::Bullets),
            field(&["summary"], "summary", How::Bullets),
            field(&["highlights"], "highlights", How::Highlights),
            field(&["url", "website"], "url", How::Url),
        ],
    )
    .bare("name")
    .id("name")
    .required(&["name"]),
    Section::new(
        "skills[]",
        "skills[]",
        &[
            field(&["name", "title"], "name", How::Plain),
            field(&["level"], "level", How::Plain),
            field(&["keywords"], "skills", How::Names),
        ],
    )
    .bare("name")
    .finish(named_group),
    Section::new(
        "languages[]",
        "languages[]",
        &[
            field(&["language", "name"], "language", How::Plain),
            field(&["fluency", "level"], "fluency", How::Plain),
        ],
    )
    .bare("language")
    .required(&["language"]),
    Section::new(
        "awards[]",
        "awards[]",
        &[
            field(&["title", "name"], "name", How::Inline),
            field(&["awarder"], "by", How::Plain),
            field(&["date"], "date", How::Date),
            field(&["url", "website"], "url", How::Url),
            field(&["summary"], "summary", How::Inline),
        ],
    )
    .bare("title")
    .required(&["name"]),
    Section::new("certificates[]", "certificates[]", CERTIFICATE).bare("name").required(&["name"]),
    Section::new("certifications[]", "certificates[]", CERTIFICATE)
        .bare("name")
        .required(&["name"]),
    Section::new(
        "publications[]",
        "publications[]",
        &[
            field(&["name", "title"], "name", How::Inline),
            field(&["authors", "author"], "authors", How::Names),
            field(&["publisher"], "by", How::Plain),
            field(&["doi"], "doi", How::Doi),
            field(&["releaseDate", "date"], "date", How::Date),
            field(&["url", "website"], "url", How::Url),
            field(&["summary"], "summary", How::Inline),
        ],
    )
    .bare("name")
    .required(&["name"]),
    Section::new(
        "interests[]",
        "interests[]",
        &[field(&["name"], "name", How::Plain), field(&["keywords"], "keywords", How::Names)],
    )
    .bare("name")
    .required(&["name"]),
    Section::new(
        "references[]",
        "references[]",
        &[
            field(&["name"], "name", How::Plain),
            field(&["reference", "summary"], "reference", How::Prose),
        ],
    )
    .required(&["name"]),
];

const CERTIFICATE: &[crate::interchange::mapping::Field] = &[
    field(&["name", "title"], "name", How::Inline),
    field(&["issuer"], "by", How::Plain),
    field(&["date"], "date", How::Date),
    field(&["url", "website"], "url", How::Url),
];

fn import(mut source: Source, walk: &mut Walk) {
    TABLE.iter().for_each(|section| walk.section(&mut source, section));
    join_positions(walk);
    gather_skills(walk);
    if let Some(patch) = source.take("meta.resume") {
        apply(patch, walk);
    }
    walk.finish(source);
}

/// Applies what `resume export jsonresume` wrote under `meta.resume`.
fn apply(patch: Source, walk: &mut Walk) {
    let mut value = walk.record.commented();
    let operations = serde_json::from_value::<json_patch::Patch>(patch.value());
    let applied = operations.map(|operations| json_patch::patch(&mut value, &operations));
    match (applied, Written::of(&value)) {
        (Ok(Ok(())), Written::Block(record)) => {
            walk.record = record;
            walk.account.add(
                "meta.resume",
                &patch,
                &Destination::Field("the fields it names".to_owned()),
            );
        }
        _ => {
            walk.account
                .remark("`meta.resume` does not fit the rest of the file, which was changed");
            walk.leave("meta.resume", patch);
        }
    }
}
