//! Names of documents: `one-page.pdf`, `황세현-백엔드-개발자-one-page.pdf`.

use crate::document::format::Format;
use crate::record::Record;
use crate::record::model::applications::{Application, FILE_NAME_PLACEHOLDERS};
use crate::record::text::{Text, Wording};

/// The usual pattern of files.
const PATTERN: &str = "{format}";
/// What names the application in the files of one.
const APPLICATION: &str = "-{application}";

/// The name of a document, without its ending. A language that is not the usual one is added,
/// unless the pattern names it; and the application, unless the pattern is its own or names it.
pub fn file_name(
    record: &Record,
    application: Option<&Application>,
    language: &str,
    format: Format,
) -> String {
    let languages = record.languages();
    let own = application.and_then(|application| application.language.as_ref()).map(|l| &l.value.0);
    let usual = own.or(languages.first()).is_some_and(|usual| usual == language);
    let word = |text: Option<&Text>| {
        let wording = text.and_then(|text| text.wording(language, &languages));
        wording.map(Wording::plain).unwrap_or_default()
    };
    let chosen = format.settings(record, application).file_name;
    let mut pattern = chosen.map_or_else(|| PATTERN.to_owned(), |chosen| chosen.value);
    let is_own = |application: &Application| application.settings.file_name.is_some();
    if application.is_some_and(|one| !is_own(one)) && !pattern.contains("{application}") {
        pattern.push_str(APPLICATION);
    }
    let role = application.and_then(|application| application.role.as_deref());
    let mut name = pattern.clone();
    for placeholder in FILE_NAME_PLACEHOLDERS {
        let value = match placeholder {
            "name" => word(Some(&record.profile.name)),
            "role" => word(role.or(record.profile.role.as_deref())),
            "format" => format.word().to_owned(),
            "application" => application.map(|one| one.id.to_string()).unwrap_or_default(),
            "organization" => word(application.and_then(|one| one.organization.as_ref())),
            _ => language.to_owned(),
        };
        let placeholder = format!("{{{placeholder}}}");
        if value.is_empty() {
            // With the hyphen that would stand beside it.
            name = name.replace(&format!("-{placeholder}"), "");
        }
        name = name.replace(&placeholder, &safe(&value));
    }
    let name = safe(&name);
    if usual || pattern.contains("{language}") { name } else { format!("{name}.{language}") }
}

/// A text that every file system takes as a name: blanks and reserved characters become hyphens,
/// and none stand at the ends.
pub fn safe(text: &str) -> String {
    let reserved = |c: char| c.is_whitespace() || c.is_control() || "/\\:*?\"<>|".contains(c);
    let parts = text.split(reserved).filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join("-");
    name.trim_matches(['-', '.']).to_owned()
}
