//! One career in YAML, every PDF it needs.
//!
//! The hallway of the house: each verb is one short pipeline. The data goes one way, from YAML
//! text through a checked record and `document.json` to pages and bytes.

#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::panic,
        clippy::unwrap_used,
        reason = "a test stops where it stands"
    )
)]

mod allow;
pub mod check;
pub mod cli;
pub mod data;
pub mod diagram;
pub mod document;
pub mod engine;
mod explain;
mod export;
mod file_name;
mod files;
mod init;
mod known;
mod make;
pub mod markdown;
mod one_page;
mod open;
mod output;
mod parallel;
mod phases;
mod press;
pub mod problem;
mod quotes;
mod render;
pub mod report;
mod session;
pub mod sketch;
pub mod tailor;
mod tell;
pub mod text;
mod verify;

pub use explain::{Explained, tailor};
pub use export::export_typst;
pub use init::init;
pub use output::Written;
pub use phases::Phases;
pub use render::{Outcome, Progress, render};
pub use session::Session;
pub use tell::{completions, data, manual, schema};
pub use verify::{check as verify, explain_rule};

use cli::Global;
use engine::{CopyError, Engine, Fonts, Templates};

/// What keeps a command from running at all: usage or I/O, exit status 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure with what to do about it.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()) }
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { message, hint: None }
    }
}

/// The engine with the fonts and templates the flags ask for.
///
/// # Errors
/// A folder that is not there or cannot be read.
pub fn engine(global: &Global) -> Result<Engine, Failure> {
    if let Some(folder) = global.templates.as_ref().filter(|folder| !folder.is_dir()) {
        let message = format!("there is no templates folder `{}`", folder.display());
        return Err(Failure::new(message, "`resume templates --copy DIR` makes one"));
    }
    let templates = Templates::new(global.templates.clone());
    if global.fonts.is_empty() && !global.system_fonts {
        return Ok(Engine::new(Fonts::embedded, templates));
    }
    let mut fonts = Fonts::embedded();
    for folder in &global.fonts {
        fonts.add_folder(folder).map_err(|error| {
            let message = format!("cannot read fonts from `{}`: {error}", folder.display());
            Failure::new(message, "`--fonts` takes a folder with .ttf, .otf or .ttc files")
        })?;
    }
    if global.system_fonts {
        fonts.add_system();
    }
    Ok(Engine::new(|| fonts, templates))
}

/// Lists the fonts, one line each: family, weights, style, source, separated by tabs.
///
/// # Errors
/// A folder of fonts that cannot be read.
pub fn list_fonts(global: &Global) -> Result<String, Failure> {
    let engine = engine(global)?;
    let mut lines: Vec<String> = engine
        .fonts()
        .faces()
        .iter()
        .map(|face| {
            let weights = match face.weights {
                (low, high) if low == high => low.to_string(),
                (low, high) => format!("{low}–{high}"),
            };
            format!("{}\t{weights}\t{}\t{}\n", face.family, face.style, face.source)
        })
        .collect();
    lines.sort();
    Ok(lines.concat())
}

/// Lists the templates, or copies the built-in ones into a folder and lists what was written.
///
/// # Errors
/// Files that are there already; a folder that cannot be written.
pub fn templates(global: &Global, args: &cli::Templates) -> Result<String, Failure> {
    let templates = Templates::new(global.templates.clone());
    let Some(folder) = &args.copy else {
        return Ok(templates.list().into_iter().map(|path| path + "\n").collect());
    };
    match templates.copy_to(folder) {
        Ok(paths) => Ok(paths.iter().map(|path| format!("{}\n", path.display())).collect()),
        Err(CopyError::Existing(paths)) => {
            let list: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            let message = format!("nothing was copied: these exist already: {}", list.join(", "));
            Err(Failure::new(message, "name an empty folder, or remove them first"))
        }
        Err(CopyError::Io(path, error)) => {
            Err(format!("cannot write `{}`: {error}", path.display()).into())
        }
    }
}
