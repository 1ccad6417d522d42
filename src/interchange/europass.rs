//! Europass: the profile that its site exports today (`Candidate`), and the CV of the site before 2020
//! (`SkillsPassport`).

use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::europass_lists::{
    ENTRY, LINK, achievements, items, languages, lists, text, websites, went,
};
use crate::interchange::format::Format;
use crate::interchange::mapping::{Field, How, Section, field};
use crate::interchange::positions::move_to_position;
use crate::interchange::source::Source;
use crate::interchange::steps::position;
use crate::interchange::walk::Walk;

/// Europass.
pub const FORMAT: Format = Format {
    word: "europass",
    name: "Europass",
    recognises: |source| ROOTS.iter().any(|root| source.get(root).is_some()),
    any_language: false,
    import,
    tables: &[
        ("The profile (`Candidate`)", CANDIDATE),
        ("The CV before 2020 (`SkillsPassport`)", PASSPORT),
    ],
    about: "The XML file. Languages get their levels, the same for all skills or one for each. Other lists of \
            the profile, achievements and skills in words become `sections` with their titles. Codes that \
            stand beside words are comments; pictures, birthday and nationality are left over.",
};

const ROOTS: [&str; 2] = ["Candidate", "SkillsPassport"];
const CANDIDATE: &[Section] = &[
    Section::new(
        "Candidate.CandidatePerson.PersonName",
        "profile",
        &[field(&["GivenName", "FamilyName"], "name", How::Joined(" "))],
    ),
    CHANNEL,
    Section::new(
        "Candidate.CandidateProfile.ExecutiveSummary",
        "profile",
        &[field(&["ExecutiveSummary"], "summary", How::Inline)],
    )
    .bare("ExecutiveSummary"),
    EMPLOYER,
    SCHOOL,
    Section::new(
        "Candidate.CandidateProfile.Certifications.Certification[]",
        "certificates[]",
        &[
            field(&["CertificationName"], "name", How::Inline),
            field(&["IssuingAuthority.Name"], "by", How::Plain),
            field(&["FirstIssuedDate"], "date", How::Date),
            field(&["Description"], "summary", How::Inline),
            field(&["Link"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    Section::new(
        "Candidate.CandidateProfile.PublicationHistory.Publication[]",
        "publications[]",
        &[
            field(&["Title", "FormattedPublicationDescription"], "name", How::Inline),
            field(&["Reference"], "venue", How::Plain),
            field(&["Year"], "date", How::Date),
            field(&["DOI"], "doi", How::Doi),
            field(&["Link"], "url", How::Url),
        ],
    )
    .required(&["name"]),
    ENTRY,
];

/// A way to reach the person.
const CHANNEL: Section = Section::new(
    "Candidate.CandidatePerson.Communication[]",
    "profile",
    &[
        field(&["Email"], "email", How::Email),
        field(&["Telephone"], "phone", How::Phone),
        field(&["Web"], "url", How::Url),
        field(&["Address"], "location", How::Location),
    ],
);

const EMPLOYER: Section = Section::new(
    "Candidate.CandidateProfile.EmploymentHistory.EmployerHistory[]",
    "career[]",
    &[
        field(&["OrganizationName"], "organization", How::Plain),
        field(&["Web"], "url", How::Url),
        field(&["PositionHistory.City", "PositionHistory.Country"], "location", How::Joined(", ")),
        field(&["Address"], "location", How::Location),
        field(&["PositionHistory.PositionTitle"], "positions[].title", How::Plain),
        field(&["Department"], "positions[].department", How::Plain),
        field(
            &[
                "PositionHistory.EmploymentPeriod.StartDate",
                "PositionHistory.EmploymentPeriod.EndDate",
            ],
            "positions[]",
            How::Period { open: false },
        ),
        field(&["PositionHistory.Description"], "summary", How::Bullets),
    ],
)
.id("organization")
.required(&["organization", "positions[].title"])
.finish(position);

/// A further position of an employer.
const POSITION: Section = Section::new(
    "",
    "career[].positions[]",
    &[
        field(&["PositionTitle"], "title", How::Plain),
        field(&["City", "Country"], "location", How::Joined(", ")),
        field(
            &["EmploymentPeriod.StartDate", "EmploymentPeriod.EndDate"],
            "",
            How::Period { open: false },
        ),
        field(&["Description"], "summary", How::Bullets),
    ],
)
.required(&["title"]);

const SCHOOL: Section = Section::new(
    "Candidate.CandidateProfile.EducationHistory.EducationOrganizationAttendance[]",
    "career[]",
    &[
        field(&["OrganizationName"], "organization", How::Plain),
        field(&["Web"], "url", How::Url),
        field(&["Address"], "location", How::Location),
        field(&["EducationDegree.DegreeName"], "positions[].title", How::Plain),
        field(
            &["AttendancePeriod.StartDate", "AttendancePeriod.EndDate"],
            "positions[]",
            How::Period { open: false },
        ),
        field(&["EducationDegree.FinalGrade.ScoreText"], "positions[].score", How::Plain),
        field(&["EducationDegree.OccupationalSkillsCovered"], "summary", How::Bullets),
        field(&["EducationDegree.Thesis"], "highlights", How::Highlights),
    ],
)
.fixed(&[("kind", "education")])
.id("organization")
.required(&["organization", "positions[].title"])
.finish(position);

const PERIOD: Field =
    field(&["Period.From", "Period.To"], "positions[]", How::Period { open: false });

const PASSPORT: &[Section] = &[
    Section::new(
        "SkillsPassport.LearnerInfo.Identification.PersonName",
        "profile",
        &[field(&["FirstName", "Surname"], "name", How::Joined(" "))],
    ),
    Section::new(
        "SkillsPassport.LearnerInfo.Identification.ContactInfo.Address",
        "profile",
        &[field(&["Contact"], "location", How::Location)],
    ),
    Section::new(
        "SkillsPassport.LearnerInfo.Identification.ContactInfo.Email",
        "profile",
        &[field(&["Contact"], "email", How::Email)],
    ),
    Section::new(
        "SkillsPassport.LearnerInfo.Identification.ContactInfo.TelephoneList.Telephone",
        "profile",
        &[field(&["Contact"], "phone", How::Phone)],
    ),
    Section::new(
        "SkillsPassport.LearnerInfo.Headline",
        "profile",
        &[field(&["Description"], "role", How::Plain)],
    ),
    Section::new(
        "SkillsPassport.LearnerInfo.WorkExperienceList.WorkExperience[]",
        "career[]",
        &[
            field(&["Employer.Name"], "organization", How::Plain),
            field(&["Employer.ContactInfo.Website.Contact"], "url", How::Url),
            field(&["Employer.ContactInfo.Address.Contact"], "location", How::Location),
            field(&["Position"], "positions[].title", How::Plain),
            PERIOD,
            field(&["Activities"], "summary", How::Bullets),
        ],
    )
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
    Section::new(
        "SkillsPassport.LearnerInfo.EducationList.Education[]",
        "career[]",
        &[
            field(&["Organisation.Name"], "organization", How::Plain),
            field(&["Organisation.ContactInfo.Website.Contact"], "url", How::Url),
            field(&["Organisation.ContactInfo.Address.Contact"], "location", How::Location),
            field(&["Title"], "positions[].title", How::Plain),
            field(&["Field"], "positions[].department", How::Plain),
            PERIOD,
            field(&["Activities"], "summary", How::Bullets),
        ],
    )
    .fixed(&[("kind", "education")])
    .id("organization")
    .required(&["organization", "positions[].title"])
    .finish(position),
];

fn import(source: Source, walk: &mut Walk) {
    let mut source = simple(source);
    channels(&mut source, walk);
    employers(&mut source, walk);
    schools(&mut source, walk);
    let tabled = |section: &&Section| {
        ![CHANNEL.from, EMPLOYER.from, SCHOOL.from, ENTRY.from].contains(&section.from)
    };
    let tables = CANDIDATE.iter().chain(PASSPORT).filter(tabled);
    tables.for_each(|section| walk.section(&mut source, section));
    languages(&mut source, walk);
    websites(&mut source, walk);
    achievements(&mut source, walk);
    lists(&mut source, walk);
    walk.finish(source);
}

/// The file without what its syntax needs and its meaning does not: a date of parts is a text, the words
/// beside a code stand for both, and attributes stand beside their element.
fn simple(source: Source) -> Source {
    let entries = match source {
        Source::List(items) => return Source::List(items.into_iter().map(simple).collect()),
        Source::Map(entries) => entries,
        Source::Text(text) => return Source::Text(listed(&text)),
        Source::Empty => return Source::Empty,
    };
    let date: Vec<&str> = ["@year", "@month", "@day"]
        .iter()
        .filter_map(|part| entries.iter().find(|(key, _)| key == part)?.1.text())
        .map(|part| part.trim_matches('-'))
        .collect();
    if !date.is_empty() && date.len() == entries.len() {
        return Source::of(&date.join("-"));
    }
    if let [(key, Source::Text(text))] = entries.as_slice()
        && key == "FormattedDateTime"
    {
        return Source::of(text);
    }
    let end = if entries.iter().any(|(key, _)| key == "From") { "To" } else { "EndDate" };
    let mut simpler = Vec::new();
    for (key, value) in entries {
        let goes_on = ["Current", "CurrentIndicator", "Ongoing"].contains(&key.as_str());
        match simple(value) {
            // Codes of countries are capitals.
            Source::Text(code)
                if ["Country", "CountryCode"].contains(&key.as_str()) && code.len() == 2 =>
            {
                simpler.push((key, Source::of(&code.to_uppercase())));
            }
            Source::Text(word) if goes_on && word == "true" => {
                simpler.push((end.to_owned(), Source::of("present")));
            }
            Source::Map(mut inner) => {
                let words = ["text", "Label"].iter().find_map(|name| {
                    let at = inner
                        .iter()
                        .position(|(key, value)| key == name && value.text().is_some())?;
                    let beside = |key: &str| key.starts_with('@') || key == "Code";
                    let alone =
                        inner.iter().enumerate().all(|(i, (key, _))| i == at || beside(key));
                    alone.then_some(at)
                });
                match words {
                    Some(at) => {
                        let (_, words) = inner.remove(at);
                        simpler.push((key.clone(), words));
                        if !inner.is_empty() {
                            simpler.push((format!("{key} code"), Source::Map(inner)));
                        }
                    }
                    None => simpler.push((key, Source::Map(inner))),
                }
            }
            value => simpler.push((key, value)),
        }
    }
    Source::Map(simpler)
}

/// A text whose lists are what they look like: the editor of the site writes all as numbered, with the kind
/// at each item.
fn listed(text: &str) -> String {
    let mut parts = text.split("<ol>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.starts_with("<li data-list=\"bullet\"") {
        true => text + "<ul>" + &part.replacen("</ol>", "</ul>", 1),
        false => text + "<ol>" + part,
    })
}

/// Reads how the person is reached: a channel says what its address is.
fn channels(source: &mut Source, walk: &mut Walk) {
    let path = CHANNEL.from;
    for mut item in items(source, path.trim_end_matches("[]")) {
        let channel = item.get("ChannelCode").and_then(Source::text).unwrap_or_default().to_owned();
        let key = match channel.as_str() {
            "Email" | "Telephone" | "Web" => channel.as_str(),
            "" if item.get("Address").is_some() => "Address",
            _ => "",
        };
        let field = CHANNEL.fields.iter().find(|field| field.from.contains(&key));
        let free =
            field.is_some_and(|field| walk.record.get(&format!("profile.{}", field.to)).is_none());
        let known = channel == key || key == "Address";
        if !known || !free {
            // A second page is a link; a second number has no place.
            match channel.as_str() {
                "Email" | "Telephone" => walk.leave(path, item),
                _ => walk.entry(path, item, &LINK),
            }
            continue;
        }
        if let Some(channel) = text(&mut item, "ChannelCode") {
            went(walk, &format!("{path}.ChannelCode"), &channel, "profile");
        }
        let mut address = text(&mut item, "URI").unwrap_or_default();
        if let Some(number) = text(&mut item, "DialNumber") {
            let country = text(&mut item, "CountryDialing");
            // The zero before a number is dialled only without the country.
            address = match &country {
                Some(country) => format!("+{country} {}", number.trim_start_matches('0')),
                None => number.clone(),
            };
            if let Some(country) = country {
                went(walk, &format!("{path}.CountryDialing"), &country, "profile.phone");
            }
        }
        if key != "Address" {
            item.put(key, Source::of(&address));
        }
        walk.entry(path, item, &CHANNEL);
    }
}

/// Brings the address and the page of an organisation into its entry.
fn contact(entry: &mut Source, walk: &mut Walk, path: &str) {
    for mut item in items(entry, "OrganizationContact.Communication") {
        match item.get("ChannelCode").and_then(Source::text) {
            Some("Web") => {
                went(walk, &format!("{path}.ChannelCode"), "Web", "career[].url");
                let _ = item.take("ChannelCode");
                if let Some(address) = item.take("URI") {
                    entry.put("Web", address);
                }
            }
            None => {
                if let Some(address) = item.take("Address") {
                    entry.put("Address", address);
                }
            }
            Some(_) => {}
        }
        if !item.is_empty() {
            entry.put("Communication", item);
        }
    }
}

/// Reads employers, each with its positions.
fn employers(source: &mut Source, walk: &mut Walk) {
    let path = EMPLOYER.from;
    for mut employer in items(source, path.trim_end_matches("[]")) {
        contact(&mut employer, walk, path);
        let mut positions = items(&mut employer, "PositionHistory").into_iter();
        if let Some(first) = positions.next() {
            employer.put("PositionHistory", first);
        }
        let Some(mut block) = walk.block(path, employer, &EMPLOYER) else { continue };
        let path = format!("{path}.PositionHistory[]");
        let more: Vec<Block> =
            positions.filter_map(|position| walk.block(&path, position, &POSITION)).collect();
        if !more.is_empty() {
            move_to_position(&mut block);
        }
        more.into_iter().for_each(|position| block.push("positions", Written::Block(position)));
        walk.add(EMPLOYER.to, block);
    }
}

fn schools(source: &mut Source, walk: &mut Walk) {
    for mut school in items(source, SCHOOL.from.trim_end_matches("[]")) {
        contact(&mut school, walk, SCHOOL.from);
        walk.entry(SCHOOL.from, school, &SCHOOL);
    }
}
