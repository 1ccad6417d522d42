//! What a template can see: its own files, the files of the job, the fonts. Nothing else.
//!
//! No packages, no network, no clock, no path that leaves the virtual root.
//! Must not know what is in any of the files.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

use comemo::Track as _;
use typst::diag::{FileError, FileResult, PackageError};
use typst::engine::{Engine as Compiler, Route, Sink, Traced};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::introspection::Introspector;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot, ast};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Protected};
use typst::{Library, World};
use typst_layout::PagedDocument;

use super::{Engine, Job};

/// A document that belongs to no template.
const LINE: &str = "/line.typ";

/// Template sources, parsed once and shared by all jobs.
#[derive(Debug, Default)]
pub(super) struct Shelf(RwLock<HashMap<FileId, Source>>);

impl Shelf {
    /// The source of a template, read and parsed when it is asked for first.
    fn source(&self, id: FileId, read: impl FnOnce() -> FileResult<String>) -> FileResult<Source> {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = shelf.get(&id) {
            return Ok(source.clone());
        }
        drop(shelf);
        let source = Source::new(id, read()?);
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(shelf.entry(id).or_insert(source).clone())
    }

    /// Everything parsed so far.
    pub(super) fn all(&self) -> HashMap<FileId, Source> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Brings every parsed source up to date; vanished files are forgotten.
    pub(super) fn refresh(&self, read: impl Fn(&str) -> Option<String>) {
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        shelf.retain(|id, source| match read(id.vpath().get_without_slash()) {
            Some(text) => {
                update(source, &text);
                true
            }
            None => false,
        });
    }
}

/// Replaces what lies between the first and the last difference, so that the rest keeps its spans.
///
/// `Source::replace` of Typst 0.15.1 does the same but garbles text whose common suffix starts
/// inside a character: `하나` replaced by `둘` becomes `나`.
fn update(source: &mut Source, new: &str) {
    let old = source.text();
    let same = |(a, b): &(char, char)| a == b;
    let start: usize =
        old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let ends = old[start..].chars().rev().zip(new[start..].chars().rev());
    let end: usize = ends.take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let range = start..old.len() - end;
    if !range.is_empty() || old.len() != new.len() {
        source.edit(range, &new[start..new.len() - end]);
    }
}

/// The engine as one job sees it.
pub(super) struct JobWorld<'a> {
    engine: &'a Engine,
    job: &'a Job,
    main: FileId,
}

impl<'a> JobWorld<'a> {
    /// Prepares a job; fails when the path of its template is not a path.
    pub(super) fn new(engine: &'a Engine, job: &'a Job) -> Option<Self> {
        let path = VirtualPath::new(&job.main).ok()?;
        let main = RootedPath::new(VirtualRoot::Project, path).intern();
        Some(Self { engine, job, main })
    }

    /// The bytes of a file that belongs to the job.
    fn own(&self, id: FileId) -> FileResult<Option<Bytes>> {
        match id.root() {
            VirtualRoot::Project => {}
            VirtualRoot::Package(_) => {
                let reason = "packages are not available: copy the code into the templates folder";
                return Err(FileError::Package(PackageError::Other(Some(reason.into()))));
            }
        }
        Ok(self.job.files.get(id.vpath().get_with_slash()).map(|blob| blob.0.clone()))
    }
}

/// Does something as the compiler does it; what it asks about the document an introspector answers.
/// Warnings are dropped.
pub(super) fn with_compiler<T>(
    world: &dyn World,
    introspector: &dyn Introspector,
    work: impl FnOnce(&mut Compiler) -> T,
) -> T {
    let (traced, mut sink) = (Traced::default(), Sink::new());
    work(&mut Compiler {
        library: world.library(),
        world: world.track(),
        introspector: Protected::new(introspector.track()),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    })
}

impl Engine {
    /// Does what can be done before a document is known that a template will set: what it imports is
    /// parsed and evaluated, the `words` of a language are read, and a line is set in the usual `theme`, for
    /// which the fonts are opened.
    ///
    /// A template that is wrong is wrong again, and told, when the document is set.
    pub fn prepare(&self, main: &str, theme: &str, words: &str) {
        let Ok(path) = VirtualPath::new(main) else { return };
        let imports: String =
            self.imports(&path).iter().map(|path| format!("#import {path:?}\n")).collect();
        let words = match self.templates.read(&format!("words/{words}.yaml")) {
            Some(_) => format!("#let words = words-of({words:?})\n"),
            None => String::new(),
        };
        // Each weight, and figures of one width, are another face to the shaper.
        let line = "#import \"/shared/base.typ\": base\n#import \"/shared/parts.typ\": words-of\n\
            #show: base\n\
            #for weight in (400, 500, 600, 700) { text(weight: weight)[한글 Latin] }\n\
            #text(number-width: \"tabular\")[2026]";
        let job = Job::default().with_file(LINE, imports + line + &words);
        let job = job.with_main(LINE).with_file("/theme.json", theme.to_owned());
        if let Some(world) = JobWorld::new(self, &job) {
            let _ = typst::compile::<PagedDocument>(&world);
        }
    }

    /// What a template imports, by absolute virtual path.
    fn imports(&self, path: &VirtualPath) -> Vec<String> {
        let id = RootedPath::new(VirtualRoot::Project, path.clone()).intern();
        let Ok(source) = self.source(id) else { return Vec::new() };
        let imports = source.root().children().filter_map(|node| node.cast::<ast::ModuleImport>());
        let imported = imports.filter_map(|import| match import.source() {
            ast::Expr::Str(to) => path.parent()?.join(&to.get()).ok(),
            _ => None,
        });
        imported.map(|path| path.get_with_slash().to_owned()).collect()
    }

    /// The source of a template file.
    fn source(&self, id: FileId) -> FileResult<Source> {
        self.shelf.source(id, || {
            let bytes = self.template(id)?;
            Ok(bytes.as_str().map_err(|_| FileError::InvalidUtf8)?.to_owned())
        })
    }

    /// The bytes of a template file.
    fn template(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        let bytes = self.templates.read(path);
        bytes.map(Bytes::new).ok_or_else(|| FileError::NotFound(PathBuf::from(path)))
    }
}

impl World for JobWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.engine.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if let Some(bytes) = self.own(id)? {
            let text = bytes.as_str().map_err(|_| FileError::InvalidUtf8)?;
            return Ok(Source::new(id, text.to_owned()));
        }
        self.engine.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.own(id)? {
            Some(bytes) => Ok(bytes),
            None => self.engine.template(id),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        let (year, month, day) = self.job.today?;
        Datetime::from_ymd(year, month, day)
    }
}
