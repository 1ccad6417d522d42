//! The files of a record, as attachments of its PDFs.

use std::path::Path;

use crate::diagnostics::Sources;
use crate::engine::Attachment;
use crate::error::Error;
use crate::record::yaml::parse::parse;

/// The key, file and folder of a record's applications.
const APPLICATIONS: &str = "applications";

/// The YAML files of the record at a path, all but its applications: they are about others than the
/// one who gets the document.
///
/// # Errors
/// Applications are in the same file as the rest.
pub(crate) fn attachments(data: &Path, sources: &Sources) -> Result<Vec<Attachment>, Error> {
    let folder = if data.is_dir() { data } else { data.parent().unwrap_or(Path::new("")) };
    let mut attachments = Vec::new();
    for file in sources.files() {
        let path = Path::new(sources.path(file));
        let Ok(name) = path.strip_prefix(folder) else { continue };
        let top = name.iter().next().map(Path::new).and_then(Path::file_stem);
        let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if !yaml || top.is_some_and(|top| top == APPLICATIONS) {
            continue;
        }
        let text = sources.text(file);
        let holds = parse(file, text).0.is_some_and(|root| root.get(APPLICATIONS).is_some());
        if holds && name.iter().count() == 1 {
            let message =
                format!("`{}` has applications, which others must not see", path.display());
            let hint = "move them into `applications/` of the data folder: `--attach-data` leaves that out";
            return Err(Error::new(message, hint));
        }
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        attachments.push(Attachment {
            description: format!("Data this document was made from: {}", parts.join("/")),
            // Readers refuse to save what would go into a folder.
            name: parts.join("-"),
            text: text.into(),
            mime: "application/yaml",
        });
    }
    Ok(attachments)
}
