//! `resume fonts` and `resume templates`: what documents can be made with.

use std::path::Path;

use crate::engine::{CopyError, Templates};
use crate::error::Error;
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
pub fn list_templates(folder: Option<&Path>) -> String {
    let templates = Templates::new(folder.map(Path::to_path_buf));
    templates.list().into_iter().map(|path| path + "\n").collect()
}

/// Copies the built-in templates into a folder, and lists what was written.
///
/// # Errors
/// Files that exist already; a folder that cannot be written.
pub fn copy_templates(folder: &Path) -> Result<String, Error> {
    match Templates::default().copy_to(folder) {
        Ok(paths) => Ok(paths.iter().map(|path| format!("{}\n", path.display())).collect()),
        Err(CopyError::Existing(paths)) => {
            let list: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            let message = format!("nothing was copied: these exist already: {}", list.join(", "));
            Err(Error::new(message, "name an empty folder, or remove them first"))
        }
        Err(CopyError::Io(path, error)) => Err(Error::write(&path, error)),
    }
}
