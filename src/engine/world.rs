//! What a template can see: its own files, the files of the job, the fonts. Nothing else.
//!
//! No packages, no network, no clock, no path that leaves the virtual root.
//! Must not know what is in any of the files.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{LazyLock, PoisonError, RwLock};

use comemo::Track as _;
use typst::diag::{FileError, FileResult, PackageError};
use typst::engine::{Engine as Compiler, Route, Sink, Traced};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::introspection::Introspector;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Protected};
use typst::{Library, World};

use crate::engine::fonts::Fonts;
use crate::engine::job::{Job, PARTS};
use crate::engine::templates::Templates;

/// Template sources, parsed once and shared by all jobs.
#[derive(Debug, Default)]
pub(super) struct TemplateSources(RwLock<HashMap<FileId, Source>>);

impl TemplateSources {
    /// The source of a template, read and parsed when it is asked for first.
    fn source(&self, id: FileId, read: impl FnOnce() -> FileResult<String>) -> FileResult<Source> {
        let sources = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = sources.get(&id) {
            return Ok(source.clone());
        }
        drop(sources);
        let source = Source::new(id, read()?);
        let mut sources = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(sources.entry(id).or_insert(source).clone())
    }

    /// Everything parsed so far.
    pub(super) fn all(&self) -> HashMap<FileId, Source> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Brings every parsed source up to date; vanished files are forgotten.
    pub(super) fn refresh(&self, read: impl Fn(&str) -> Option<String>) {
        let mut sources = self.0.write().unwrap_or_else(PoisonError::into_inner);
        sources.retain(|id, source| match read(id.vpath().get_without_slash()) {
            Some(text) => {
                update(source, &text);
                true
            }
            None => false,
        });
    }
}

/// Replaces the text between the first and the last difference, so that the rest keeps its spans.
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

/// What all jobs of an engine share.
#[derive(Debug)]
pub(super) struct Resources {
    pub library: LazyHash<Library>,
    pub fonts: LazyLock<Fonts, Box<dyn FnOnce() -> Fonts + Send>>,
    pub templates: Templates,
    pub sources: TemplateSources,
}

impl Resources {
    /// The source of a template file.
    pub(super) fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.source(id, || {
            let bytes = self.template(id)?;
            Ok(bytes.as_str().map_err(|_| FileError::InvalidUtf8)?.to_owned())
        })
    }

    /// The bytes of a template file.
    fn template(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        self.templates.read(path).map(Bytes::new).map_err(|error| match error.kind() {
            ErrorKind::NotFound => FileError::NotFound(PathBuf::from(path)),
            _ => FileError::Other(Some(error.to_string().into())),
        })
    }
}

/// The engine as one job sees it.
pub(super) struct JobWorld<'a> {
    resources: &'a Resources,
    job: &'a Job,
    main: FileId,
}

impl<'a> JobWorld<'a> {
    /// Prepares a job; fails when the path of its template is not a path.
    pub(super) fn new(resources: &'a Resources, job: &'a Job) -> Option<Self> {
        let path = VirtualPath::new(&job.main).ok()?;
        let main = RootedPath::new(VirtualRoot::Project, path).intern();
        Some(Self { resources, job, main })
    }

    /// The bytes of a file that belongs to the job.
    fn own(&self, id: FileId) -> FileResult<Option<Bytes>> {
        let path = id.vpath().get_with_slash();
        match id.root() {
            VirtualRoot::Project => {}
            VirtualRoot::Package(package) if package.namespace == PARTS => {
                let number = package.name.trim_start_matches('p').parse::<usize>().ok();
                let part = number.and_then(|number| self.job.parts.get(number.checked_sub(1)?));
                let Some(part) = part else { return Err(FileError::NotFound(path.into())) };
                if path == "/typst.toml" {
                    let (name, main) = (&package.name, &part.main);
                    let manifest = format!(
                        "package = {{name = {name:?}, version = \"1.0.0\", entrypoint = {main:?}}}"
                    );
                    return Ok(Some(Bytes::from_string(manifest)));
                }
                return Ok(part.files.get(path).map(|blob| blob.0.clone()));
            }
            VirtualRoot::Package(_) => {
                let reason = "packages are not available: copy the code into the templates folder";
                return Err(FileError::Package(PackageError::Other(Some(reason.into()))));
            }
        }
        Ok(self.job.files.get(path).map(|blob| blob.0.clone()))
    }
}

/// Runs `work` as the compiler would; the introspector answers its queries about the document.
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

impl World for JobWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.resources.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.resources.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if let Some(bytes) = self.own(id)? {
            let text = bytes.as_str().map_err(|_| FileError::InvalidUtf8)?;
            return Ok(Source::new(id, text.to_owned()));
        }
        self.resources.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.own(id)? {
            Some(bytes) => Ok(bytes),
            None => self.resources.template(id),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.resources.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        let (year, month, day) = self.job.today?;
        Datetime::from_ymd(year, month, day)
    }
}
