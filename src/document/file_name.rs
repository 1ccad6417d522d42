//! Names of documents: `one-page.pdf`, `황세현-백엔드-개발자-one-page.pdf`.

use crate::document::format::Format;
use crate::record::Record;
use crate::record::model::applications::{Application, FILE_NAME_PLACEHOLDERS};
use crate::record::text::{Text, Wording};

/// The usual pattern of an application's files.
const PATTERN: &str = "{format}-{application}";

/// The name of a document, without its ending. A language that is not the usual one is added,
/// unless the pattern names it.
pub fn file_name(
    record: &Record,
    application: Option<&Application>,
    language: &str,
    format: Format,
) -> String {
    let languages = record.languages();
    let own = application.and_then(|application| application.language.as_ref()).map(|l| &l.value.0);
    let usual = own.or(languages.first()).is_some_and(|usual| usual == language);
    let Some(application) = application else {
        return if usual {
            format.word().to_owned()
        } else {
            format!("{}.{language}", format.word())
        };
    };
    let word = |text: Option<&Text>| {
        let wording = text.and_then(|text| text.wording(language, &languages));
        wording.map(Wording::plain).unwrap_or_default()
    };
    let pattern = application.file_name.as_ref().map_or(PATTERN, |pattern| pattern.value.as_str());
    let mut name = pattern.to_owned();
    for placeholder in FILE_NAME_PLACEHOLDERS {
        let value = match placeholder {
            "name" => word(Some(&record.profile.name)),
            "role" => word(application.role.as_deref().or(record.profile.role.as_deref())),
            "format" => format.word().to_owned(),
            "application" => application.id.to_string(),
            "organization" => word(application.organization.as_ref()),
            _ => language.to_owned(),
        };
        name = name.replace(&format!("{{{placeholder}}}"), &safe(&value));
    }
    let name = safe(&name);
    if usual || pattern.contains("{language}") { name } else { format!("{name}.{language}") }
}

/// A text that every file system takes as a name: blanks and reserved characters become hyphens,
/// and none stand at the ends.
fn safe(text: &str) -> String {
    let reserved = |c: char| c.is_whitespace() || c.is_control() || "/\\:*?\"<>|".contains(c);
    let parts = text.split(reserved).filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join("-");
    name.trim_matches(['-', '.']).to_owned()
}
