//! Words that people use for keys, such as those of other résumé formats.

use crate::record::schema::Key;
use crate::util::nearest::nearest;

/// What is typed, in small letters without `-`, `_` and blanks, and the keys that may be meant. The first
/// that a map knows is suggested.
const OTHERS: [(&str, &[&str]); 31] = [
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
    ("name", &["organization", "language", "title"]),
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

/// The key of a map that is meant by a word that is none of its keys.
pub(super) fn meant<'a>(word: &str, known: &'a [Key]) -> Option<&'a str> {
    let plain: String =
        word.to_lowercase().chars().filter(|c| !['-', '_', ' '].contains(c)).collect();
    let key = |name: &str| known.iter().map(|key| key.name.as_str()).find(|known| *known == name);
    let of_other = |other: &str| {
        let (_, names) = OTHERS.iter().find(|(known, _)| *known == other)?;
        names.iter().find_map(|name| key(name))
    };
    let of_near = |near: &str| known.iter().find(|key| key.names().any(|name| name == near));
    of_other(&plain)
        .or_else(|| {
            let near = nearest(word, known.iter().flat_map(Key::names))?;
            of_near(near).map(|key| key.name.as_str())
        })
        .or_else(|| of_other(nearest(&plain, OTHERS.iter().map(|(other, _)| *other))?))
}
