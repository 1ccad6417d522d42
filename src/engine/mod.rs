//! The engine room: files, data and fonts become pages, pages become bytes.
//!
//! The only room that names `typst*`. It gets JSON and other bytes by virtual path and must not
//! know the record's types, the disk layout of the output or how problems are printed.
//!
//! One [`Engine`] serves many threads: `engine.compile(&job)` for each document.

mod apart;
mod attach;
mod deferred_links;
mod diagram;
mod document;
mod fault;
mod fonts;
mod line_breaking;
mod lines;
mod markdown;
mod object_streams;
mod page_ranges;
mod pdf;
mod png;
mod postprocess;
mod standard;
mod subsets;
mod svg;
mod templates;
mod typst_project;
mod widths;
mod world;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use typst::foundations::{Bytes, Target};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;

pub use self::attach::Attachment;
pub use self::document::{Document, MissingGlyph, Overfull, PlacedPicture};
pub use self::fault::{Fault, FaultPlace, FaultStep};
pub use self::fonts::{Face, Fonts};
pub use self::lines::{Letters, Run};
pub use self::object_streams::object_streams;
pub use self::page_ranges::PageRanges;
pub use self::pdf::PdfSettings;
pub use self::standard::Standard;
pub use self::templates::{CopyError, Templates};

use self::apart::with_apart;
use self::deferred_links::Settled;
use self::fault::Places;
use self::world::{JobWorld, Shelf};
use crate::util::timings::Timings;

/// Library, fonts and templates, shared by all jobs of a run.
#[derive(Debug)]
pub struct Engine {
    library: LazyHash<Library>,
    fonts: LazyLock<Fonts, Box<dyn FnOnce() -> Fonts + Send>>,
    templates: Templates,
    shelf: Shelf,
}

/// One document to lay out.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The template that is run, by its path below the templates folder: `full/main.typ`.
    pub main: String,
    /// What the template can read, by absolute virtual path: `/document.json`, `/data/a.png`.
    /// Images of Markdown texts are looked up below `/data/`.
    pub files: BTreeMap<String, Blob>,
    /// Year, month and day for `datetime.today()`; without it that call is an error.
    pub today: Option<(i32, u8, u8)>,
}

/// Bytes that are cheap to share between jobs.
#[derive(Debug, Clone, Hash)]
pub struct Blob(Bytes);

impl Blob {
    /// Takes over bytes.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self(Bytes::new(bytes))
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Blob {
    fn from(text: String) -> Self {
        Self::new(text.into_bytes())
    }
}

impl Job {
    /// A job that shows `document` through a template.
    pub fn new(main: impl Into<String>, document: impl Into<Blob>) -> Self {
        Self::default().with_main(main).with_file("/document.json", document)
    }

    /// Adds a file the template can read.
    pub fn with_file(mut self, path: impl Into<String>, bytes: impl Into<Blob>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }

    /// Sets the template.
    fn with_main(mut self, main: impl Into<String>) -> Self {
        self.main = main.into();
        self
    }
}

impl Engine {
    /// An engine with these fonts and templates. The fonts are looked for when they are needed first.
    pub fn new(fonts: impl FnOnce() -> Fonts + Send + 'static, templates: Templates) -> Self {
        let mut library = Library::default();
        let scope = library.global.scope_mut();
        scope.define_func::<apart::apart>();
        scope.define_func::<markdown::markdown>();
        scope.define_func::<diagram::parse_diagram>();
        scope.define_func::<diagram::find_diagrams>();
        scope.define_func::<diagram::layout_diagram>();
        scope.define_func::<line_breaking::keep_all>();
        scope.define_func::<line_breaking::keep_last>();
        library.rules.replace(Target::Paged, deferred_links::LINK_RULE);
        let fonts: Box<dyn FnOnce() -> Fonts + Send> = Box::new(fonts);
        Self {
            library: LazyHash::new(library),
            fonts: LazyLock::new(fonts),
            templates,
            shelf: Shelf::default(),
        }
    }

    /// The fonts.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// The templates.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// Reads changed templates again; a long-running process calls it before each round.
    pub fn refresh(&self) {
        self.shelf.refresh(|path| String::from_utf8(self.templates.read(path)?.into_owned()).ok());
    }

    /// Lays out a document.
    ///
    /// # Errors
    /// What is wrong with the template, the data it reads or the fonts, each with its place.
    pub fn compile(&self, job: &Job) -> Result<Document, Vec<Fault>> {
        let Some(world) = JobWorld::new(self, job) else {
            return Err(vec![Fault::plain(format!("`{}` is not a template path", job.main))]);
        };
        let mut timings = Timings::default();
        let compiled = timings
            .time("compile", || with_apart(&world, || typst::compile::<PagedDocument>(&world)));
        let places = Places { sources: self.shelf.all(), files: job.files.clone() };
        let warnings = places.faults(&compiled.warnings);
        let pages = compiled.output.and_then(|paged| {
            timings.time("postprocess", || {
                Ok(postprocess::postprocess(&paged, &Settled::of(&paged, &world)?))
            })
        });
        match pages {
            Ok(paged) => Ok(Document { paged, places, warnings, timings }),
            Err(errors) => Err(places.faults(&errors)),
        }
    }
}

/// What a PNG or SVG of a page says it is: the note it was drawn with. `None` for other files.
pub fn note(bytes: &[u8]) -> Option<String> {
    png::note(bytes).or_else(|| svg::note(bytes))
}

/// Forgets cached layout that the last `max_age` calls of this function did not see used.
///
/// Without it a run over many documents grows without bound; a batch calls `evict(2)` every few
/// dozen documents, watching calls `evict(10)` after each round.
pub fn evict(max_age: usize) {
    comemo::evict(max_age);
}

#[cfg(test)]
mod tests;
