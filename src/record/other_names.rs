//! Words that people use for keys, such as those of other résumé formats.

/// What is typed, in small letters without `-`, `_` and blanks, and the keys that may be meant. The first
/// that a map knows is suggested.
const OTHERS: [(&str, &[&str]); 30] = [
    ("birth", &["facts"]),
    ("birthdate", &["facts"]),
    ("birthday", &["facts"]),
    ("bullets", &["highlights"]),
    ("company", &["organization", "by"]),
    ("companyname", &["organization"]),
    ("dateofbirth", &["facts"]),
    ("degree", &["title"]),
    ("description", &["summary", "text"]),
    ("employer", &["organization"]),
    ("enddate", &["end"]),
    ("experience", &["career"]),
    ("fluency", &["level"]),
    ("image", &["photo"]),
    ("institution", &["organization", "by"]),
    ("label", &["role"]),
    ("mail", &["email"]),
    ("nationality", &["facts"]),
    ("picture", &["photo"]),
    ("position", &["positions", "title"]),
    ("responsibilities", &["highlights"]),
    ("roles", &["positions"]),
    ("school", &["organization"]),
    ("startdate", &["start"]),
    ("tasks", &["highlights"]),
    ("telephone", &["phone"]),
    ("university", &["organization"]),
    ("website", &["url"]),
    ("work", &["career"]),
    ("생년월일", &["facts"]),
];

/// The keys that may be meant by a word.
pub(super) fn meant(word: &str) -> &'static [&'static str] {
    let plain: String =
        word.to_lowercase().chars().filter(|c| !['-', '_', ' '].contains(c)).collect();
    OTHERS.iter().find(|(other, _)| *other == plain).map_or(&[], |(_, keys)| *keys)
}
