//! The files of a record, as attachments of its PDFs.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostics::Sources;
use crate::engine::Attachment;
use crate::error::Error;
use crate::record::Record;
use crate::record::read::Read as _;
use crate::record::yaml::parse::parse;

/// The name of a record that is attached as one file.
const MAIN: &str = "resume.yaml";
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
        // Readers refuse to save what would go into a folder.
        attachments.push(attached(&parts.join("/"), parts.join("-"), text.into()));
    }
    Ok(attachments)
}

/// A record as one YAML file, without its applications.
///
/// # Errors
/// As [`yaml`].
pub(crate) fn attachment(mut record: Record) -> Result<Attachment, Error> {
    record.applications.clear();
    record.build = None;
    Ok(attached(MAIN, MAIN.to_owned(), yaml(&record)?.into()))
}

fn attached(path: &str, name: String, text: Arc<str>) -> Attachment {
    let description = format!("Data this document was made from: {path}");
    Attachment { description, name, text, mime: "application/yaml" }
}

/// A record as YAML.
///
/// # Errors
/// It cannot be written as YAML.
pub(crate) fn yaml(record: &Record) -> Result<String, Error> {
    serde_yaml::to_string(&record.value())
        .map_err(|error| Error::from(format!("cannot write YAML: {error}")))
}
