//! LinkedIn's data export: a ZIP of CSV tables.

use crate::interchange::format::Format;
use crate::interchange::mapping::{How, Section, field};
use crate::interchange::positions::join_positions;
use crate::interchange::source::Source;
use crate::interchange::steps::{gather_skills, named_group, position};
use crate::interchange::walk::Walk;

/// LinkedIn's export.
pub const FORMAT: Format = Format {
    word: "linkedin",
    name: "LinkedIn export",
    recognises: |source| {
        ["Profile", "Positions", "Education"].iter().any(|name| source.get(name).is_some())
    },
    any_language: false,
    import,
    tables: &[("", TABLE)],
    about: "The ZIP as it is downloaded. A position without an end goes on. Tables that say nothing about a \
            career, such as messages and connections, are named with their rows and not read.",
};

const TABLE: &[Section] = &[
    Section::new(
        "Profile",
        "profile",
        &[
            field(&["First Name", "Last Name"], "name", How::Joined(" ")),
            field(&["Headline"], "headline", How::Inline),
            field(&["Geo Location", "Address"], "location", How::Location),
            field(&["Summary"], "summary", How::Inline),
        ],
    ),
    Section::new("Email Addresses", "profile", &[field(&["Email Address"], "email", How::Email)]),
    Section::new("PhoneNumbers", "profile", &[field(&["Number"], "phone", How::Phone)]),
    Section::new(
        "Positions[]",
        "career[]",
        &[
            field(&["Company Name"], "organization", How::Plain),
            field(&["Location"], "location", How::Location),
            field(&["Title"], "positions[].title", How::Plain),
            field(&["Started On", "Finished On"], "positions[]", How::Period { open: true }),
            field(&["Description"], "summary", How::Bullets),
        ],
    )
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "Volunteering[]",
        "career[]",
        &[
            field(&["Company Name"], "organization", How::Plain),
            field(&["Role"], "positions[].title", How::Plain),
            field(&["Cause"], "positions[].department", How::Plain),
            field(&["Started On", "Finished On"], "positions[]", How::Period { open: true }),
            field(&["Description"], "summary", How::Bullets),
        ],
    )
    .fixed(&[("kind", "volunteering")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "Education[]",
        "career[]",
        &[
            field(&["School Name"], "organization", How::Plain),
            field(&["Degree Name"], "positions[].title", How::Plain),
            field(&["Start Date", "End Date"], "positions[]", How::Period { open: false }),
            field(&["Notes"], "summary", How::Bullets),
            field(&["Activities"], "summary", How::Bullets),
        ],
    )
    .fixed(&[("kind", "education")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "Projects[]",
        "projects[]",
        &[
            field(&["Title"], "name", How::Plain),
            field(&["Started On", "Finished On"], "", How::Period { open: false }),
            field(&["Description"], "summary", How::Bullets),
            field(&["Url"], "url", How::Url),
        ],
    )
    .id("name")
    .required(&["name"]),
    Section::new("Skills[]", "skills[]", &[field(&["Name"], "name", How::Plain)])
        .finish(named_group),
    Section::new(
        "Languages[]",
        "languages[]",
        &[field(&["Name"], "language", How::Plain), field(&["Proficiency"], "fluency", How::Plain)],
    )
    .required(&["language"]),
    Section::new(
        "Honors[]",
        "awards[]",
        &[
            field(&["Title"], "name", How::Inline),
            field(&["Issued On"], "date", How::Date),
            field(&["Description"], "summary", How::Inline),
        ],
    )
    .required(&["name"]),
    Section::new(
        "Certifications[]",
        "certificates[]",
        &[
            field(&["Name"], "name", How::Inline),
            field(&["Authority"], "by", How::Plain),
            field(&["Started On"], "date", How::Date),
            field(&["Url"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    Section::new(
        "Publications[]",
        "publications[]",
        &[
            field(&["Name"], "name", How::Inline),
            field(&["Publisher"], "by", How::Plain),
            field(&["Published On"], "date", How::Date),
            field(&["Description"], "summary", How::Inline),
            field(&["Url"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    Section::new(
        "Recommendations_Received[]",
        "references[]",
        &[
            field(&["First Name", "Last Name"], "name", How::Joined(" ")),
            field(&["Text"], "reference", How::Prose),
        ],
    )
    .required(&["name"]),
    Section::new(
        "Courses[]",
        "sections.courses.entries[]",
        &[field(&["Name"], "name", How::Inline), field(&["Number"], "by", How::Plain)],
    )
    .required(&["name"]),
    Section::new(
        "Patents[]",
        "sections.patents.entries[]",
        &[
            field(&["Title", "Name"], "name", How::Inline),
            field(&["Issuer", "Patent Office"], "by", How::Plain),
            field(&["Issued On", "Filing Date"], "date", How::Date),
            field(&["Description"], "summary", How::Inline),
            field(&["Url"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    Section::new(
        "Organizations[]",
        "sections.memberships.entries[]",
        &[
            field(&["Name"], "name", How::Inline),
            field(&["Position"], "by", How::Plain),
            field(&["Started On", "Finished On"], "", How::Period { open: false }),
            field(&["Description"], "summary", How::Inline),
        ],
    )
    .required(&["name"]),
    Section::new(
        "Test Scores[]",
        "sections.test-scores.entries[]",
        &[
            field(&["Name"], "name", How::Inline),
            field(&["Score"], "by", How::Plain),
            field(&["Test Date", "Date"], "date", How::Date),
            field(&["Description"], "summary", How::Inline),
        ],
    )
    .required(&["name"]),
];

/// Whether a table says something about a career.
pub fn is_table(name: &str) -> bool {
    TABLE.iter().any(|section| section.from.trim_end_matches("[]") == name)
}

fn import(mut source: Source, walk: &mut Walk) {
    TABLE.iter().for_each(|section| walk.section(&mut source, section));
    join_positions(walk);
    gather_skills(walk);
    walk.finish(source);
}
