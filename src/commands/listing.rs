//! `resume fonts` and `resume templates`: the fonts and templates that documents can use.

use std::path::Path;

use crate::engine::Templates;
use crate::error::Error;
use crate::output::write::Staging;
use crate::session::Session;

/// Lists the fonts, one line each: family, weights, style, source, separated by tabs.
pub fn list_fonts(session: &Session) -> String {
    let faces = session.engine().fonts().faces();
    let line = |face: &crate::engine::Face| {
        let weights = match face.weights {
            (low, high) if low == high => low.to_string(),
            (low, high) => format!("{low}–{high}"),
        };
        format!("{}\t{weights}\t{}\t{}\n", face.family, face.style, face.source)
    };
    let mut lines: Vec<String> = faces.iter().map(line).collect();
    lines.sort();
    lines.concat()
}

/// Lists the templates: the built-in ones and those of a folder, one path a line.
///
/// # Errors
/// What in the folder cannot be read.
pub fn list_templates(folder: Option<&Path>) -> Result<String, Error> {
    let templates = Templates::new(folder.map(Path::to_path_buf));
    let paths = templates.list().map_err(|error| Error::from(error.to_string()))?;
    Ok(paths.into_iter().map(|path| path + "\n").collect())
}

/// Copies the built-in templates into a folder, and lists what was written.
///
/// # Errors
/// Files that exist already; a folder that cannot be written.
pub fn copy_templates(folder: &Path) -> Result<String, Error> {
    let files: Vec<_> =
        Templates::built_in().map(|(path, bytes)| (folder.join(path), bytes)).collect();
    let there = files.iter().filter(|(path, _)| path.symlink_metadata().is_ok());
    let there: Vec<String> = there.map(|(path, _)| path.display().to_string()).collect();
    if !there.is_empty() {
        let message = format!("nothing was copied: these exist already: {}", there.join(", "));
        return Err(Error::new(message, "name an empty folder, or remove them first"));
    }
    let staging = Staging::new(folder);
    for (path, bytes) in &files {
        staging.add_new(path, bytes)?;
    }
    staging.commit_all()?;
    Ok(files.iter().map(|(path, _)| format!("{}\n", path.display())).collect())
}
