//! `resume doctor`: what a report of a problem should say. Must not print what a record says.

use std::env;
use std::fmt::Display;
use std::path::Path;

use crate::diagnostics::{Severity, Sources};
use crate::record::load;
use crate::session::{EngineOptions, Session};

/// The programs that the tests and a reader of the documents may use.
const READERS: [&str; 6] = ["pdftotext", "qpdf", "mutool", "verapdf", "git", "typst"];

/// Lists versions, settings, fonts, programs and the state of the record, one line each. What
/// cannot be read is listed as such.
pub fn doctor(options: &EngineOptions, data: &Path) -> String {
    let mut list = String::new();
    let mut line = |name: &str, value: &dyn Display| list += &format!("{name:<10} {value}\n");
    line("resume", &env!("RESUME_BUILD"));
    line("engine", &env!("RESUME_ENGINE"));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    line("system", &format!("{}, {threads} threads", env!("RESUME_TARGET")));
    for (name, value) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("RESUME_") || name == "SOURCE_DATE_EPOCH" {
            line("setting", &format!("{name}={}", value.to_string_lossy()));
        }
    }
    match Session::new(options) {
        Err(error) => line("problem", &error),
        Ok(session) => {
            let faces = session.engine().fonts().faces();
            let built_in = faces.iter().filter(|face| face.source.starts_with("built in")).count();
            line("fonts", &format!("{built_in} built in, {} more", faces.len() - built_in));
        }
    }
    let templates = options.templates.as_ref();
    let folder = templates.map(|folder| format!("built in, and `{}`", folder.display()));
    line("templates", &folder.unwrap_or_else(|| "built in".to_owned()));
    let folders: Vec<_> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let (found, missing): (Vec<_>, Vec<_>) = READERS.into_iter().partition(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().any(|folder| folder.join(&file).is_file())
    });
    let listed = |names: Vec<&str>| match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(" "),
    };
    line("programs", &format!("{}; not found: {}", listed(found), listed(missing)));
    line("record", &record(data));
    list
}

/// Where the record is, in how many files, and how many problems reading it has.
fn record(data: &Path) -> String {
    let mut sources = Sources::default();
    let path = data.display();
    match load(data, &mut sources) {
        Err(message) => format!("not found: {message}; `resume init` makes one"),
        Ok(loaded) => {
            let count =
                |wanted| loaded.diagnostics.iter().filter(|found| found.severity == wanted).count();
            let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
            let files = sources.files().count();
            format!("`{path}`: {files} files, {errors} errors, {warnings} warnings in reading")
        }
    }
}
