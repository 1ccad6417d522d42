//! A finished document → the files it was asked for, in memory.
//!
//! Must not know where they go. What the flags ask is understood here once, before anything is laid
//! out.

use std::collections::HashSet;
use std::path::Path;

use crate::Failure;
use crate::cli::{FileType, Render};
use crate::data::yaml::parse;
use crate::engine::{Attachment, Document, Fault, PageRanges, PdfSettings, Standard, pack};
use crate::output::{page_note, page_suffix};
use crate::parallel::each;
use crate::phases::Phases;
use crate::problem::Sources;
use crate::text;

/// Pixels to the inch of a picture, unless others are asked for: sharp on a screen, readable small.
pub(crate) const PPI: u16 = 144;

/// What documents are written as.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub types: Vec<FileType>,
    pages: Option<PageRanges>,
    ppi: u16,
    standards: Vec<Standard>,
    attachments: Vec<Attachment>,
}

/// A file of a document.
pub(crate) struct File {
    /// What follows the document's name: `-01`, or nothing.
    pub page: String,
    pub bytes: Vec<u8>,
}

/// All files of one type.
pub(crate) struct Files {
    pub file_type: FileType,
    pub files: Vec<File>,
    /// How long they took.
    pub phases: Phases,
}

impl Default for Wanted {
    /// PDF as it is by default.
    fn default() -> Self {
        Self {
            types: vec![FileType::Pdf],
            pages: None,
            ppi: PPI,
            standards: vec![Standard::UA_1, Standard::A_2A],
            attachments: Vec::new(),
        }
    }
}

impl Wanted {
    /// What the flags ask for.
    ///
    /// # Errors
    /// Flags that do not go together.
    pub fn of(args: &Render) -> Result<Self, Failure> {
        let mut seen = HashSet::new();
        let mut types = args.types.clone();
        types.retain(|one| seen.insert(one.ending()));
        let has = |file_type| types.contains(&file_type);
        let unused = |flag: &str, wanted: &str| {
            let message = format!("`{flag}` is for {wanted}, and nothing is written as that");
            Failure::new(message, "see `--as`")
        };
        if args.ppi.is_some() && !has(FileType::Png) {
            return Err(unused("--ppi", "png"));
        }
        if !args.pdf_standard.is_empty() && !has(FileType::Pdf) {
            return Err(unused("--pdf-standard", "pdf"));
        }
        if args.attach_data && !has(FileType::Pdf) {
            return Err(unused("--attach-data", "pdf"));
        }
        let standards = match args.pdf_standard.as_slice() {
            [] if args.attach_data => vec![Standard::UA_1, Standard::A_3A],
            [] => vec![Standard::UA_1, Standard::A_2A],
            asked => asked.to_vec(),
        };
        Standard::agree(&standards).map_err(|(message, hints)| {
            let hint = hints.join("; ");
            Failure { message, hint: (!hint.is_empty()).then_some(hint) }
        })?;
        let without = |standard: Option<&Standard>, message: &str, hint: &str| match standard {
            None => Ok(()),
            Some(standard) => {
                Err(Failure::new(format!("`{}` {message}", standard.word()), hint.to_owned()))
            }
        };
        if args.attach_data {
            without(
                standards.iter().find(|one| !one.takes_files()),
                "does not let files be attached",
                "`--pdf-standard ua-1,a-3a` does, and so do a-3b, a-3u, a-4e and a-4f",
            )?;
        }
        if args.pages.is_some() {
            if let Some(text) = types.iter().find(|one| one.is_text()) {
                let message =
                    format!("`--pages` does not go with {}: it has no pages", text.ending());
                return Err(Failure::new(message, "leave one of them out"));
            }
            let tagged = standards.iter().find(|one| one.is_tagged() && has(FileType::Pdf));
            without(
                tagged,
                "asks for tags, which only a whole document has",
                "with `--pages`, choose one without: `--pdf-standard a-2u`",
            )?;
        }
        Ok(Self {
            types,
            pages: args.pages.clone(),
            ppi: args.ppi.unwrap_or(PPI),
            standards,
            attachments: Vec::new(),
        })
    }

    /// The same with the files of a record attached, all but its applications: they are about
    /// others than the one who gets the document.
    ///
    /// # Errors
    /// Applications stand in the same file as the rest.
    pub fn with_data(self, data: &Path, sources: &Sources) -> Result<Self, Failure> {
        let folder = if data.is_dir() { data } else { data.parent().unwrap_or(Path::new("")) };
        let mut attachments = Vec::new();
        for file in sources.files() {
            let path = Path::new(sources.path(file));
            let Ok(name) = path.strip_prefix(folder) else { continue };
            let top = name.iter().next().map(Path::new).and_then(Path::file_stem);
            let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
            if !yaml || top.is_some_and(|top| top == APPLICATIONS) {
                continue;
            }
            let text = sources.text(file);
            let holds = parse(file, text).0.is_some_and(|root| root.get(APPLICATIONS).is_some());
            if holds && name.iter().count() == 1 {
                let message =
                    format!("`{}` has applications, which others must not see", path.display());
                let hint = "move them into `applications/` of the data folder: `--attach-data` leaves that out";
                return Err(Failure::new(message, hint));
            }
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            attachments.push(Attachment {
                description: format!("Data this document was made from: {}", parts.join("/")),
                // Readers refuse to save what would go into a folder.
                name: parts.join("-"),
                text: text.into(),
                mime: "application/yaml",
            });
        }
        Ok(Self { attachments, ..self })
    }

    /// Whether the document is wanted as text.
    pub fn has_text(&self) -> bool {
        self.types.iter().any(|one| one.is_text())
    }

    /// Writes a document as everything that is asked for. `pdf` are the settings of its PDF, as far
    /// as they are its own; `blocks` its text; `name` what its pictures say they are of.
    ///
    /// # Errors
    /// Where the pages break a standard; as a [`Failure`], where a page that is asked for is not
    /// there or is too large to draw.
    pub fn write(
        &self,
        document: &Document,
        pdf: PdfSettings,
        blocks: &[text::Block],
        name: &str,
    ) -> Result<Result<Vec<Files>, Failure>, Vec<Fault>> {
        let count = document.page_count();
        let wanted = match self.pages.as_ref().map_or(Ok((1..=count).collect()), |p| p.of(count)) {
            Ok(wanted) => wanted,
            Err(message) => return Ok(Err(format!("`{name}`: {message}").into())),
        };
        let settings = PdfSettings {
            standards: self.standards.clone(),
            pages: self.pages.clone(),
            attachments: self.attachments.clone(),
            ..pdf
        };
        let whole = |bytes: Vec<u8>| vec![File { page: String::new(), bytes }];
        let drawn = |draw: &(dyn Fn(usize, &str) -> Option<Vec<u8>> + Sync)| {
            let pages = each(&wanted, |&page| {
                let bytes = draw(page, &page_note(name, page, count)).ok_or_else(|| {
                    let message = format!("`{name}`: page {page} has too many pixels to be drawn");
                    Failure::new(message, "choose fewer to the inch with `--ppi`")
                })?;
                Ok(File { page: page_suffix(page, count), bytes })
            });
            pages.into_iter().collect::<Result<Vec<_>, Failure>>()
        };
        let mut made = Vec::new();
        for &file_type in &self.types {
            let mut phases = Phases::default();
            let files = match file_type {
                FileType::Pdf => {
                    let bytes = phases.time("export", || document.pdf(&settings))?;
                    Ok(whole(phases.time("pack", || pack(bytes))))
                }
                FileType::Png => {
                    phases.time("draw", || drawn(&|page, note| document.png(page, self.ppi, note)))
                }
                FileType::Svg => {
                    phases.time("draw", || drawn(&|page, note| document.svg(page, note)))
                }
                FileType::Txt => Ok(whole(text::plain(blocks).into_bytes())),
                FileType::Md => Ok(whole(text::markdown(blocks).into_bytes())),
            };
            match files {
                Ok(files) => made.push(Files { file_type, files, phases }),
                Err(failure) => return Ok(Err(failure)),
            }
        }
        Ok(Ok(made))
    }
}

/// The key, file and folder of a record's applications.
const APPLICATIONS: &str = "applications";
