//! The engine with its caches, kept from run to run: a run reuses the layouts of earlier runs.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::engine::{Engine, Fonts, Templates, evict};
use crate::error::Error;
use crate::util::optimizations::is_used;
use crate::util::parallel::{also, start_pool};

/// Runs after which a layout that was not used is forgotten: an edit that is undone finds it again.
const KEPT_RUNS: usize = 10;

/// Documents after which layouts that are no longer used are forgotten: a run over thousands must
/// not grow.
pub(crate) const FORGET: usize = 16;

/// How many documents a run has made.
#[derive(Debug, Default)]
pub(crate) struct Made(AtomicUsize);

impl Made {
    /// Counts a document; of every so many, one makes the engine forget what the last did not use.
    pub fn count(&self, every: usize) {
        if (self.0.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(every) {
            evict(2);
        }
    }
}

/// Where the engine finds templates and fonts. The default is the built-in ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngineOptions {
    /// A folder whose templates win over the built-in ones of the same path.
    pub templates: Option<PathBuf>,
    /// Folders of more fonts.
    pub fonts: Vec<PathBuf>,
    /// Whether the fonts installed on this machine are used too.
    pub system_fonts: bool,
}

/// An engine that stays warm from run to run.
#[derive(Debug)]
pub struct Session {
    engine: Engine,
    /// Whether a run has used the engine.
    used: AtomicBool,
}

impl Session {
    /// A session with these templates and fonts.
    ///
    /// # Errors
    /// A folder that does not exist or cannot be read.
    pub fn new(options: &EngineOptions) -> Result<Self, Error> {
        if let Some(folder) = options.templates.as_ref().filter(|folder| !folder.is_dir()) {
            let message = format!("there is no templates folder `{}`", folder.display());
            return Err(Error::new(message, "`resume templates --copy DIR` makes one"));
        }
        start_pool().map_err(|error| {
            Error::new(
                format!("cannot start threads: {error}"),
                "end other programs, and run it again",
            )
        })?;
        let templates = Templates::new(options.templates.clone());
        // Faults of the folder are reported once, not for every document.
        templates.languages().map_err(|error| Error::from(error.to_string()))?;
        let engine = if options.fonts.is_empty() && !options.system_fonts {
            Engine::new(Fonts::embedded, templates)
        } else {
            let fonts = fonts(options)?;
            Engine::new(|| fonts, templates)
        };
        Ok(Self { engine, used: AtomicBool::new(false) })
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Does one run with the engine. Before the first run, `prepare` runs beside it; before every
    /// later one, changed templates are read again and layouts of long ago are forgotten.
    pub(crate) fn run<T>(
        &self,
        prepare: impl FnOnce(&Engine) + Send,
        run: impl FnOnce(&Engine) -> T,
    ) -> T {
        if self.used.swap(true, Ordering::Relaxed) {
            self.engine.refresh();
            evict(KEPT_RUNS);
            return run(&self.engine);
        }
        if !is_used("preparation") {
            return run(&self.engine);
        }
        also(|| prepare(&self.engine), || run(&self.engine))
    }
}

/// The embedded fonts with those of folders and of the system.
fn fonts(options: &EngineOptions) -> Result<Fonts, Error> {
    let mut fonts = Fonts::embedded();
    for folder in &options.fonts {
        fonts.add_folder(folder).map_err(|error| {
            let message = format!("cannot read fonts from `{}`: {error}", folder.display());
            Error::new(message, "`--fonts` takes a folder with .ttf, .otf or .ttc files")
        })?;
    }
    if options.system_fonts {
        fonts.add_system();
    }
    Ok(fonts)
}
