//! The flags of `render` and `watch`, and the options that they mean.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};

use crate::commands::{
    Applications, Editor, Overrides, Part, Partition, PreviewOptions, RenderOptions, WatchOptions,
};
use crate::document::{Filter, Format, Sort};
use crate::engine::{PageRanges, Standard};
use crate::export::{self, ExportOptions, MergePart};
use crate::session::EngineOptions;

/// What `render` takes.
#[derive(Debug, Clone, Args)]
pub struct RenderArgs {
    /// The record, in place of `--data`
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Which document to make; by default all that the record has content for (`full` where there are
    /// articles, posts or words for its cover, `portfolio` where there are projects), and for applications `one-page` with
    /// `letter` and `questions` where they have them
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FormatWord>,
    /// How many pages the complete résumé may have: where all of it takes more, the best choice that fits;
    /// without `--format` only this document is made (cv)
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub max_pages: Option<u8>,
    /// What documents are written as; several with commas. Pictures are one file a page:
    /// `full-01.png`, `full-02.png` …, and `one-page.png` for a single page; pages that an earlier
    /// run drew and that the document no longer has are removed
    #[arg(long = "as", value_name = "TYPE", value_delimiter = ',', default_value = "pdf")]
    pub types: Vec<FileType>,
    /// Only these pages, such as `1-3,7` or `5-` (png, svg; pdf without tags, see `--pdf-standard`)
    #[arg(long, value_name = "RANGES", allow_hyphen_values = true)]
    pub pages: Option<PageRanges>,
    /// Pixels to the inch, 18 to 600; 144 by default (png)
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(18..=600))]
    pub ppi: Option<u16>,
    /// What the PDF is held to, with commas: a version, a PDF/A, PDF/UA; by default `ua-1,a-2a`,
    /// and `ua-1,a-3a` with `--attach-data` (pdf)
    #[arg(
        long,
        value_name = "STANDARDS",
        value_delimiter = ',',
        value_parser = PossibleValuesParser::new(Standard::words()).try_map(|word| word.parse::<Standard>())
    )]
    pub pdf_standard: Vec<Standard>,
    /// Make one PDF of these documents and PDFs, in order and with commas, such as
    /// `letter,one-page,certificate.pdf`. With a PDF of others the file is tagged but claims no standard (pdf)
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    pub merge: Vec<MergePart>,
    /// The most a PDF may have, such as `10MB` or `500KB`: pictures get fewer pixels for it (pdf)
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub max_size: Option<u64>,
    /// Only the answer to the question of this number, exactly as it will be pasted into the form (txt)
    #[arg(long, value_name = "NUMBER")]
    pub question: Option<usize>,
    /// Make the documents without some parts of the record, for agencies and blind screening, with commas:
    /// contact, name, photo, employers, schools, dates. Names are also removed from prose, and `○○○` stands for them
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    pub redact: Vec<Part>,
    /// Attach the YAML files of the record, without its applications, to the PDF; with `--redact` the
    /// record as it is without the parts (pdf)
    #[arg(long)]
    pub attach_data: bool,
    /// The language of the documents; by default the application's, or the record's first; several
    /// with commas
    #[arg(long, value_name = "TAG", value_delimiter = ',', env = "RESUME_LANG")]
    pub lang: Vec<String>,
    /// Make the documents of an application of the record; several with commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub application: Vec<String>,
    /// Make the documents of every application
    #[arg(long, conflicts_with = "application")]
    pub all_applications: bool,
    /// Open what was written, the document or the folder of several; of `watch` the preview
    #[arg(long)]
    pub open: bool,
    /// Values that replace those of the record.
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// Make only the k-th of n parts, to share the work among machines
    #[arg(long, value_name = "K/N")]
    pub partition: Option<Partition>,
    /// A folder, a file for a single document, or `-` for standard output; by default `output/`
    #[arg(long, short, value_name = "PATH|-", env = "RESUME_OUTPUT")]
    pub output: Option<PathBuf>,
    /// The documents' date, `2024-11-08` or `today`; by default `site.date`, then
    /// `SOURCE_DATE_EPOCH`, then the latest date of the record
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Leave out projects below this importance, with their articles (full, portfolio)
    #[arg(long, value_name = "1-5", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    pub min_importance: u8,
    /// Only projects and articles with this tag; untagged articles stay; may be given again
    /// (full, portfolio); a résumé that has to choose favours what has it
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub tag: Vec<String>,
    /// Only these projects and articles, by their ids (full, portfolio)
    #[arg(long, value_name = "ID", value_delimiter = ',', num_args = 1..)]
    pub only: Vec<String>,
    /// The order of projects: `end`, `start`, `importance` or `duration`; by default the end in
    /// the manual and importance in the portfolio
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<Sort>,
}

impl RenderArgs {
    /// The options of `render`.
    pub fn options(&self) -> RenderOptions {
        RenderOptions {
            formats: self.format.map(|word| word.formats().to_vec()),
            max_pages: self.max_pages.map(usize::from),
            languages: self.lang.clone(),
            applications: match self.all_applications {
                true => Applications::All,
                false => Applications::Ids(self.application.clone()),
            },
            overrides: self.overrides.overrides(&self.tag),
            filter: Filter {
                min_importance: self.min_importance,
                tags: self.tag.clone(),
                only: self.only.clone(),
                sort: self.sort,
            },
            redacted: self.redact.clone(),
            export: ExportOptions {
                types: self.types.iter().copied().map(FileType::into).collect(),
                pages: self.pages.clone(),
                ppi: self.ppi,
                standards: self.pdf_standard.clone(),
                attach_data: self.attach_data,
                merge: self.merge.clone(),
                max_size: self.max_size,
                question: self.question,
            },
            partition: self.partition.unwrap_or_default(),
            output: self.output.clone().unwrap_or_else(|| RenderOptions::default().output),
            date: self.date.clone(),
        }
    }
}

/// What `watch` takes.
#[derive(Debug, Clone, Args)]
pub struct WatchArgs {
    /// The documents, as for `render`.
    #[command(flatten)]
    pub render: RenderArgs,
    /// The port of the preview; where it is taken, the next that is free [default: 7373]
    #[arg(long, value_name = "NUMBER", conflicts_with = "no_serve")]
    pub port: Option<u16>,
    /// The program that a click on a page starts, with `{file}`, `{line}` and `{column}`
    #[arg(long, value_name = "COMMAND", conflicts_with = "no_serve")]
    pub editor: Option<Editor>,
    /// Serve no preview
    #[arg(long)]
    pub no_serve: bool,
    /// Write no files
    #[arg(long)]
    pub no_write: bool,
}

impl WatchArgs {
    /// The options of `watch`.
    pub fn options(&self, engine: EngineOptions) -> WatchOptions {
        WatchOptions {
            render: self.render.options(),
            engine,
            write: !self.no_write,
            preview: (!self.no_serve)
                .then(|| PreviewOptions { port: self.port, editor: self.editor.clone() }),
        }
    }
}

/// Values of an application that replace those of the record.
#[derive(Debug, Clone, Default, Args)]
pub struct OverrideArgs {
    /// The position to name in place of the record's role
    #[arg(long, value_name = "TEXT")]
    pub role: Option<String>,
    /// A job description, text or HTML: the résumés favour what it asks for; `-` for standard input
    #[arg(long, value_name = "FILE|-")]
    pub job: Option<PathBuf>,
}

impl OverrideArgs {
    /// The values, with tags to favour.
    pub fn overrides(&self, tags: &[String]) -> Overrides {
        Overrides { role: self.role.clone(), job: self.job.clone(), tags: tags.to_vec() }
    }
}

/// The formats as words, and all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatWord {
    /// The whole record as a manual with cover, contents, articles and cards
    Full,
    /// The complete résumé, on as many pages as it takes, or the best choice for `--max-pages`
    Cv,
    /// The résumé of exactly one page
    OnePage,
    /// The projects, the most important first
    Portfolio,
    /// The letter of an application, on one page
    Letter,
    /// The answers to the questions of an application form
    Questions,
    /// All of them
    All,
}

impl FormatWord {
    /// The formats a word means.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::Full => &[Format::Full],
            Self::Cv => &[Format::Cv],
            Self::OnePage => &[Format::OnePage],
            Self::Portfolio => &[Format::Portfolio],
            Self::Letter => &[Format::Letter],
            Self::Questions => &[Format::Questions],
            Self::All => &Format::ALL,
        }
    }
}

/// The types of files a document is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileType {
    /// Tagged and archivable
    Pdf,
    /// A picture of each page
    Png,
    /// A drawing of each page, in outlines
    Svg,
    /// Plain text, to paste into a form
    Txt,
    /// Markdown
    Md,
}

impl From<FileType> for export::FileType {
    fn from(word: FileType) -> Self {
        match word {
            FileType::Pdf => Self::Pdf,
            FileType::Png => Self::Png,
            FileType::Svg => Self::Svg,
            FileType::Txt => Self::Txt,
            FileType::Md => Self::Md,
        }
    }
}

/// Reads a size such as `10MB`, `500 KB` or `2000000`.
fn bytes(text: &str) -> Result<u64, String> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
    let unit = match upper[digits.len()..].trim() {
        "MB" | "M" => 1_000_000,
        "KB" | "K" => 1_000,
        "B" | "" => 1,
        _ => return Err("write it as `10MB` or `500KB`".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "write it as `10MB` or `500KB`".to_owned())?;
    number.checked_mul(unit).filter(|size| *size > 0).ok_or_else(|| "it is no size".to_owned())
}
