//! What `resume export typst` writes is a document for the plain compiler: it is set here by Typst as
//! it comes, without this program's engine, and gives the same pages.

use std::fs;
use std::path::{Path, PathBuf};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::support::program::{folder, resume};
use crate::support::readers::reader;

/// A folder as `typst compile` sees it.
struct Plain {
    folder: PathBuf,
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
}

impl Plain {
    fn new(folder: &Path) -> Self {
        let files = fs::read_dir(folder.join("fonts")).expect("fonts");
        let mut files: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
        files.sort();
        let bytes = files.iter().map(|file| Bytes::new(fs::read(file).expect("a font")));
        let fonts: Vec<Font> = bytes.flat_map(Font::iter).collect();
        let path = VirtualPath::new("main.typ").expect("a path");
        Self {
            folder: folder.to_path_buf(),
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: RootedPath::new(VirtualRoot::Project, path).intern(),
        }
    }
}

impl World for Plain {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.file(id)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = self.folder.join(id.vpath().get_without_slash());
        let bytes = fs::read(&path).map_err(|error| FileError::from_io(error, &path))?;
        Ok(Bytes::new(bytes))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The pages that the plain compiler makes of a folder, as PDF.
#[track_caller]
fn compile(folder: &Path) -> (usize, Vec<u8>) {
    let compiled = typst::compile::<PagedDocument>(&Plain::new(folder));
    assert!(compiled.warnings.is_empty(), "{:?}", compiled.warnings);
    let document = compiled.output.expect("a document");
    let pdf = typst_pdf::pdf(&document, &PdfOptions::default()).expect("a PDF");
    (document.pages().len(), pdf)
}

/// Words as readers of other people find them, without what only the plain compiler leaves.
fn words(file: &Path) -> Vec<String> {
    let text = reader("pdftotext", &["-raw"], file);
    let text = text.replace(['\u{2060}', '\u{200b}'], "");
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
#[ignore = "needs poppler"]
fn the_plain_compiler_makes_the_same_pages() {
    for (format, more) in [
        ("full", [].as_slice()),
        ("portfolio", &["--lang", "en"]),
        ("one-page", &["--application", "llm-platform"]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let plain = folder.path().join("plain");
        let own = folder.path().join("own.pdf");
        let (plain_path, own_path) = (plain.to_string_lossy(), own.to_string_lossy());
        resume([["export", "typst", &plain_path, "--format", format].as_slice(), more].concat())
            .exits(0);
        resume([["render", "--format", format, "--output", &own_path].as_slice(), more].concat())
            .exits(0);
        let (pages, pdf) = compile(&plain);
        let theirs = folder.path().join("theirs.pdf");
        fs::write(&theirs, pdf).expect("a PDF");
        let (own, theirs) = (words(&own), words(&theirs));
        assert!(pages > 0 && !own.is_empty());
        let differs = own.iter().zip(&theirs).position(|(own, theirs)| own != theirs);
        assert_eq!(differs.map(|at| (&own[at], &theirs[at])), None, "{format}");
        assert_eq!(own.len(), theirs.len(), "{format}");
    }
}

#[test]
#[ignore = "needs poppler"]
fn data_stays_text() {
    let record = "\
site: {title: '#panic()', date: 2024-11-08, languages: [ko]}
profile:
  name: '\"); #read(\"/etc/passwd\"'
  summary: 'A `code \"` and **`#eval(\"1\")`** $x$ [#link](https://example.org/\"#) \\\\ end'
";
    let folder = folder(&[("data/resume.yaml", record)]);
    let plain = folder.path().join("plain");
    let (data, target) = (folder.path().join("data"), plain.to_string_lossy().into_owned());
    let data = data.to_string_lossy().into_owned();
    resume(["export", "typst", &target, "--format", "one-page", "--data", &data]).exits(0);
    let (_, pdf) = compile(&plain);
    let file = folder.path().join("theirs.pdf");
    fs::write(&file, pdf).expect("a PDF");
    let words = words(&file);
    let text = words.join(" ");
    // Quotation marks of prose are those of the language; code keeps its own.
    for literal in ["“); #read(”/etc/passwd", "#eval(\"1\")", "code \"", "$x$", "#link"] {
        assert!(text.contains(literal), "no `{literal}` in {text}");
    }
}

#[test]
fn a_long_diagram_is_drawn_whole() {
    let messages: String = (0..60).map(|at| format!("      A->>B: message {at}\n")).collect();
    let record = format!(
        "site: {{title: Title, date: 2024-11-08, languages: [en]}}\nprofile: {{name: Name Surname}}\n\
         articles:\n- id: a\n  title: Article\n  body: |\n      ```mermaid\n      sequenceDiagram\n{messages}      ```\n"
    );
    let folder = folder(&[("data/resume.yaml", record.as_str())]);
    let plain = folder.path().join("plain");
    let (data, target) = (folder.path().join("data"), plain.to_string_lossy().into_owned());
    let data = data.to_string_lossy().into_owned();
    resume(["export", "typst", &target, "--format", "full", "--data", &data]).exits(0);
    let (pages, _) = compile(&plain);
    assert!(pages > 0);
    let asked = fs::read_to_string(plain.join("asked.typ")).expect("the diagrams");
    let (_, scenes) = asked.split_once("#let scenes = ").expect("the scenes");
    assert!(scenes.contains("message 0\"") && scenes.contains("message 59\""));
    assert_eq!(scenes.matches("message 30\"").count(), 1);
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let folder = folder(&[("mine.txt", "mine")]);
    let path = folder.path().to_string_lossy().into_owned();
    resume(["export", "typst", &path]).exits(2).says("has something in it").says("empty folder");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn all_formats_go_into_folders_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new").to_string_lossy().into_owned();
    let run = resume(["export", "typst", &path, "--format", "all", "--lang", "en"]).exits(0);
    let list = String::from_utf8(run.stdout).expect("a list");
    for format in ["full", "one-page", "portfolio"] {
        assert!(list.contains(&format!("{format}/main.typ\n")), "{list}");
    }
}
