//! The engine: compiles documents with the library, fonts and templates that all jobs share.

use std::iter;
use std::sync::LazyLock;

use typst::foundations::Target;
use typst::syntax::{RootedPath, VirtualPath, VirtualRoot, ast};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;

use crate::engine::deferred_links::{self, Settled};
use crate::engine::document::Document;
use crate::engine::fault::{Fault, Places};
use crate::engine::fonts::Fonts;
use crate::engine::job::Job;
use crate::engine::postprocess::postprocess;
use crate::engine::templates::Templates;
use crate::engine::world::{JobWorld, Resources, TemplateSources};
use crate::engine::{addresses, diagram, extent, families, line_breaking, markdown, page_breaks};
use crate::util::optimizations::is_used;
use crate::util::timings::Timings;

/// A file of [`Engine::prepare`], which belongs to no template.
const LINE: &str = "/line.typ";

/// Library, fonts and templates, shared by all jobs of a run.
#[derive(Debug)]
pub struct Engine(pub(super) Resources);

impl Engine {
    /// An engine with these fonts and templates. The fonts are searched when they are first needed.
    pub fn new(fonts: impl FnOnce() -> Fonts + Send + 'static, templates: Templates) -> Self {
        let mut library = Library::default();
        let scope = library.global.scope_mut();
        scope.define_func::<addresses::readable_address>();
        scope.define_func::<extent::height_of>();
        scope.define_func::<extent::line_widths>();
        scope.define_func::<families::first_family>();
        scope.define_func::<markdown::markdown>();
        scope.define_func::<diagram::parse_diagram>();
        scope.define_func::<diagram::find_diagrams>();
        scope.define_func::<diagram::layout_diagram>();
        scope.define_func::<line_breaking::keep_all>();
        scope.define_func::<line_breaking::keep_last>();
        scope.define_func::<page_breaks::together>();
        scope.define_func::<page_breaks::in_parts>();
        if is_used("deferred-links") {
            library.rules.replace(Target::Paged, deferred_links::LINK_RULE);
        }
        let fonts: Box<dyn FnOnce() -> Fonts + Send> = Box::new(fonts);
        Self(Resources {
            library: LazyHash::new(library),
            fonts: LazyLock::new(fonts),
            templates,
            sources: TemplateSources::default(),
        })
    }

    /// The fonts.
    pub fn fonts(&self) -> &Fonts {
        &self.0.fonts
    }

    /// The templates.
    pub fn templates(&self) -> &Templates {
        &self.0.templates
    }

    /// Reads changed templates again; a long-running process calls it before each round.
    pub fn refresh(&self) {
        self.0
            .sources
            .refresh(|path| String::from_utf8(self.0.templates.read(path).ok()?.into_owned()).ok());
    }

    /// Lays out a document.
    ///
    /// # Errors
    /// What is wrong with the template, the data it reads or the fonts, each with its place.
    pub fn compile(&self, job: &Job) -> Result<Document, Vec<Fault>> {
        let Some(world) = JobWorld::new(&self.0, job) else {
            return Err(vec![Fault::plain(format!("`{}` is not a template path", job.main))]);
        };
        let mut timings = Timings::default();
        let compiled = timings.time("compile", || typst::compile::<PagedDocument>(&world));
        let places = Places { sources: self.0.sources.all(), files: job.files.clone() };
        let warnings = places.faults(&compiled.warnings);
        let pages = compiled.output.and_then(|paged| {
            timings.time("postprocess", || Ok(postprocess(&paged, &Settled::of(&paged, &world)?)))
        });
        match pages {
            Ok(paged) => Ok(Document { paged, places, warnings, timings }),
            Err(errors) => Err(places.faults(&errors)),
        }
    }

    /// Prepares for a document before its content is known: a line is laid out in the usual `theme`, which
    /// opens the fonts, and what its template imports is parsed and, as far as it can be, evaluated.
    ///
    /// Errors of the template are ignored here; they are reported when the document is laid out.
    pub fn prepare(&self, main: &str, theme: &str) {
        let Ok(path) = VirtualPath::new(main) else { return };
        // The shaper treats each weight, and figures of one width, as another face.
        let line = "#import \"/shared/base.typ\": base\n#show: base\n\
            #for weight in (400, 500, 600, 700) { text(weight: weight)[한글 Latin] }\n\
            #text(number-width: \"tabular\")[2026]";
        // Each by itself: what reads the document fails without one, and what it imports does not.
        let imports = self.imports(path);
        let imports = imports.iter().map(|path| format!("#import {:?}", path.get_with_slash()));
        for text in iter::once(line.to_owned()).chain(imports) {
            let job = Job::default().with_file(LINE, text).with_main(LINE);
            let job = job.with_file("/theme.json", theme.to_owned());
            if let Some(world) = JobWorld::new(&self.0, &job) {
                let _ = typst::compile::<PagedDocument>(&world);
            }
        }
    }

    /// What a template imports, and what that imports, by absolute virtual path.
    fn imports(&self, main: VirtualPath) -> Vec<VirtualPath> {
        let mut found = vec![main];
        let mut read = 0;
        while let Some(path) = found.get(read).cloned() {
            read += 1;
            let id = RootedPath::new(VirtualRoot::Project, path.clone()).intern();
            let Ok(source) = self.0.source(id) else { continue };
            let imports = source.root().children().filter_map(|node| node.cast());
            let imported = imports.filter_map(|import: ast::ModuleImport| match import.source() {
                ast::Expr::Str(to) => path.parent()?.join(&to.get()).ok(),
                _ => None,
            });
            for path in imported {
                if !found.contains(&path) {
                    found.push(path);
                }
            }
        }
        found.split_off(1)
    }
}
