//! The command line: declarations whose doc comments are the help. The only folder that names clap.
//!
//! [`options`] turns the flags into the options of the commands; [`terminal`] prints their results.

mod archive;
pub mod options;
mod report;
pub mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cli::archive::{DiffArgs, SendArgs, SentArgs};
use crate::commands::{Editor, Part, Partition};
use crate::document::Sort;
use crate::engine::{PageRanges, Standard};
use crate::export::MergePart;
use crate::interchange::FORMATS;

/// Parses the arguments of the process and runs its command.
pub fn main() -> ExitCode {
    Cli::parse().run()
}

/// One career in YAML, every PDF it needs.
///
/// Reads a folder of YAML (by default `data/`), checks it and typesets print-quality PDFs:
/// the full manual, a complete résumé, a résumé of exactly one page and a project portfolio.
#[derive(Debug, Clone, Parser)]
#[command(
    version,
    long_version = concat!(env!("RESUME_BUILD"), "\n", env!("RESUME_ENGINE"), "\n", env!("RESUME_TARGET")),
    propagate_version = true,
    after_help = "Exit status: 0 fine; 1 the data, a template or the document is wrong; 2 usage or I/O.\n\
                  In an empty folder: `resume init`, then `resume render`, and look into `output/`."
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// The flags of every command.
    #[command(flatten)]
    pub global: Global,
}

/// The subcommands.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Typeset the documents: by default all that the record has content for, into `output/`
    #[command(after_help = "Examples:\n  \
        resume render                                  every document, into output/\n  \
        resume render --format one-page --lang en      output/one-page.en.pdf\n  \
        resume render --max-pages 2                    output/cv.pdf, the best two pages\n  \
        resume render --all-applications               one page, letter and answers of each application\n  \
        resume render --application ID --merge letter,one-page,certificate.pdf --max-size 5MB\n  \
        resume render --application ID --question 1 --as txt --output -\n  \
        resume render --format full --output -         the manual on standard output\n  \
        resume render --format one-page --as txt,md    the résumé as text, to paste or to send\n  \
        resume render --format full --as png --pages 1-3,7 --ppi 200\n  \
        resume render cv.yaml --open                   the record in a file, shown at the end\n  \
        resume render --attach-data                    PDF/A-3a with the YAML inside")]
    Render(RenderArgs),
    /// Explain a tailored page: what is on it, what is not, and which words of the job it has
    #[command(after_help = "Examples:\n  \
        resume tailor serverless-backend               the ledger of one application\n  \
        resume tailor --job job.txt --role SRE         without an application file\n  \
        resume tailor a --compare b --preview a.png    two applications, and a picture of the page\n  \
        resume tailor --all                            all applications in one table\n  \
        resume tailor new 'Company A' --job ad.html    an application made of an advertisement")]
    Tailor(TailorArgs),
    /// Freeze what goes out for an application: its documents, their text, the record, the advertisement and
    /// hashes, in `sent/DATE-ID/`; overwrites nothing
    #[command(
        after_help = "Then: `resume sent` lists it, `resume diff ID` says what has changed since."
    )]
    Send(SendArgs),
    /// List what was sent, and check that it can be made again
    Sent(SentArgs),
    /// Say which words and entries have changed since an application was sent
    #[command(
        after_help = "`+` begins a line that is new, `-` one that is gone, and `~` one that has changed: \
        [-words that are gone-] and {+new words+}."
    )]
    Diff(DiffArgs),
    /// Check everything: data, links, pictures, pages, PDFs; made for CI
    #[command(after_help = "Examples:\n  \
        resume check                                   every problem, with its place\n  \
        resume check --deny warnings --allow W001      for CI\n  \
        resume check --message-format github           beside the lines of a pull request\n  \
        resume check --explain W024                    what a rule means")]
    Check(CheckArgs),
    /// Make the documents again after every change, and show them in the browser
    #[command(after_help = "Examples:\n  \
        resume watch --open                            all documents, shown after every save\n  \
        resume watch --format one-page --lang en       only this one\n  \
        resume watch --editor 'code -g {file}:{line}'  a click on a page opens its line\n\n\
        Takes the flags of `resume render`. Ctrl-C ends it.")]
    Watch(WatchArgs),
    /// Make a small working record to begin with; overwrites nothing
    #[command(after_help = "Then: `resume render`, and look into `output/`.")]
    Init(InitArgs),
    /// Make a record of a file of another program, and account for every value of it
    #[command(
        after_help = "Formats: JSON Resume, RenderCV, YAMLResume, LinkedIn's export (ZIP), Europass (XML), BibTeX.\n\
        Examples:\n  \
        resume import resume.json                      data/, which `resume render` prints\n  \
        resume import cv.yaml -o cv/resume.yaml        one file\n  \
        resume import export.zip --from linkedin --lang de"
    )]
    Import(ImportArgs),
    /// Print the record as it was understood: all files as one, with defaults filled in
    Data(DataArgs),
    /// Print the JSON Schema of the record, for editors
    #[command(
        after_help = "An editor with a YAML language server reads it from a file that begins with\n  \
        # yaml-language-server: $schema=…/resume.schema.json"
    )]
    Schema(SchemaArgs),
    /// Print the completions of a shell
    #[command(after_help = "Examples:\n  \
        resume completions bash > ~/.local/share/bash-completion/completions/resume\n  \
        resume completions zsh > \"${fpath[1]}/_resume\"\n  \
        resume completions fish > ~/.config/fish/completions/resume.fish")]
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command into a folder
    Man(ManArgs),
    /// Export a document in a form that other programs read
    #[command(subcommand)]
    Export(Export),
    /// List the fonts documents can use, and where each comes from
    Fonts,
    /// List the templates, or copy them out to change them
    Templates(TemplatesArgs),
    /// Print what a report of a problem should say: versions, settings, fonts, the record; no
    /// content of the record
    Doctor,
}

/// Flags that work everywhere.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The record: a folder with `resume.yaml`, or one YAML file; by default `data/`, or the record
    /// that the current folder is in
    #[arg(long, global = true, value_name = "PATH", env = "RESUME_DATA")]
    pub data: Option<PathBuf>,
    /// A folder whose templates win over the built-in ones of the same name; by default that of `build`
    /// in the record, as for `--fonts` and `--output`
    #[arg(long, global = true, value_name = "DIR", env = "RESUME_TEMPLATES")]
    pub templates: Option<PathBuf>,
    /// A folder of more fonts; may be given again
    #[arg(long, global = true, value_name = "DIR", env = "RESUME_FONTS", value_delimiter = ':')]
    pub fonts: Vec<PathBuf>,
    /// Use the fonts installed on this machine too; other machines may then give other pages
    #[arg(long, global = true)]
    pub system_fonts: bool,
    /// When to colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", env = "RESUME_COLOR")]
    pub color: Color,
    /// Print errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Say how long each part of a run took, and name what the documents leave out for lack of room
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// How problems are printed; for people on standard error, for programs on standard output
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "human",
        env = "RESUME_MESSAGE_FORMAT"
    )]
    pub message_format: MessageFormat,
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

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// People: excerpt, caret, hint
    Human,
    /// Programs: one JSON array
    Json,
    /// GitHub Actions: workflow commands
    Github,
    /// Code scanning: one SARIF 2.1.0 log
    Sarif,
}

/// When messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that wants colours
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

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
    /// Attach the YAML files of the record, without its applications, to the PDF (pdf)
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

/// What `tailor` takes.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TailorArgs {
    /// What else `tailor` does.
    #[command(subcommand)]
    pub new: Option<TailorNew>,
    /// The application; without one, the résumé as it is for everybody
    #[arg(value_name = "ID")]
    pub application: Option<String>,
    /// Compare all applications in one table
    #[arg(long, conflicts_with_all = ["application", "compare", "preview"])]
    pub all: bool,
    /// Explain the complete résumé of so many pages in place of the one page
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub max_pages: Option<u8>,
    /// The language of the page; by default the application's, or the record's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Favour what has this tag; may be given again
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub tag: Vec<String>,
    /// Values that replace those of the record.
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// Say what differs from the page of another application, or from the one for everybody (`default`)
    #[arg(long, value_name = "ID")]
    pub compare: Option<String>,
    /// Draw the page into a PNG file
    #[arg(long, value_name = "FILE")]
    pub preview: Option<PathBuf>,
    /// The document's date, as for `render`
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// What `tailor` does beside explaining a page.
#[derive(Debug, Clone, Subcommand)]
pub enum TailorNew {
    /// Make an application of an advertisement: a file in `applications/` to edit; overwrites nothing
    New(TailorNewArgs),
}

/// What `tailor new` takes.
#[derive(Debug, Clone, Args)]
pub struct TailorNewArgs {
    /// The organisation, or whatever the application is to be called
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The advertisement, a file of text or HTML; `-` for standard input
    #[arg(long, value_name = "FILE|-")]
    pub job: PathBuf,
}

/// The forms in which `export` hands a document out.
#[derive(Debug, Clone, Subcommand)]
pub enum Export {
    /// A folder that `typst compile DIR/main.typ --font-path DIR/fonts` sets without this program
    Typst(ExportTypstArgs),
    /// The record as JSON Resume 1.2, one file for each language; what it lacks stands under `meta`.
    /// Applications stay private
    #[command(after_help = "Examples:\n  \
        resume export jsonresume                       output/resume.json\n  \
        resume export jsonresume --lang en -o -        on standard output")]
    Jsonresume(ExportRecordArgs),
    /// The record for RenderCV, one file for each language; what it has no place for is listed.
    /// Applications stay private
    #[command(after_help = "Examples:\n  \
        resume export rendercv                         output/rendercv.yaml\n  \
        resume export rendercv --lang en -o -          on standard output")]
    Rendercv(ExportRecordArgs),
}

/// What an export of the record takes.
#[derive(Debug, Clone, Args)]
pub struct ExportRecordArgs {
    /// A folder, a file, or `-` for standard output
    #[arg(long, short, value_name = "DIR|FILE|-", default_value = "output")]
    pub output: PathBuf,
    /// The only language; by default every language of the record
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// What `export typst` takes.
#[derive(Debug, Clone, Args)]
pub struct ExportTypstArgs {
    /// The folder; it must be new or empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Which document; `all` writes a folder for each
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    pub format: FormatWord,
    /// The language of the document; by default the application's, or the record's first
    #[arg(long, value_name = "TAG", env = "RESUME_LANG")]
    pub lang: Option<String>,
    /// The application the document is for
    #[arg(long, value_name = "ID")]
    pub application: Option<String>,
    /// The document's date, as for `render`
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
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

/// What `templates` takes.
#[derive(Debug, Clone, Args)]
pub struct TemplatesArgs {
    /// Copy the built-in templates into a folder, which `--templates` then names; never overwrites
    #[arg(long, value_name = "DIR")]
    pub copy: Option<PathBuf>,
    /// Draw the first page of the record in every theme, on one sheet, into a PNG file
    #[arg(long, value_name = "FILE", conflicts_with = "copy")]
    pub preview: Option<PathBuf>,
    /// The language of the pages; by default the record's first
    #[arg(long, value_name = "TAG", env = "RESUME_LANG")]
    pub lang: Option<String>,
}

/// What `check` takes.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// The record, in place of `--data`
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Fail on warnings as on errors
    #[arg(long, value_name = "LEVEL")]
    pub deny: Option<Deny>,
    /// Say nothing of a warning or an advice; may be given again
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// The language of the documents that are set; by default every language of the record
    #[arg(long, value_name = "TAG", env = "RESUME_LANG")]
    pub lang: Option<String>,
    /// The documents' date, as for `render`
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// First write keys that have been renamed by their new names; comments and all else stay
    #[arg(long, conflicts_with = "explain")]
    pub fix: bool,
    /// Print what a rule means, or all rules, and check nothing
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "all")]
    pub explain: Option<String>,
}

/// What fails a check beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warnings,
}

/// What `init` takes.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// The folder of the new project
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// The language of the record, such as `de` or `pt-BR`; by default that of this machine, or English
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Put the whole record into `data/resume.yaml`
    #[arg(long)]
    pub single_file: bool,
}

/// What `import` takes.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Its format; by default what it looks like
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.map(|format| format.word)))]
    pub from: Option<String>,
    /// The folder of the record, or one YAML file; by default that of `--data`
    #[arg(long, short, value_name = "DIR|FILE")]
    pub output: Option<PathBuf>,
    /// Put the whole record into `resume.yaml`
    #[arg(long)]
    pub single_file: bool,
    /// Add to a record: texts of another language beside its own, new entries of the same language to
    /// its lists
    #[arg(long, value_name = "PATH", conflicts_with_all = ["output", "single_file"])]
    pub into: Option<PathBuf>,
    /// The language of the texts; by default the one that the file names or that they look like
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// What `data` takes.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// The record, in place of `--data`
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// The form it is printed in
    #[arg(long = "as", value_name = "FORM", default_value = "yaml")]
    pub form: Form,
}

/// The forms data is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// JSON
    Json,
    /// YAML, which `--data` reads again
    Yaml,
}

/// What `schema` takes.
#[derive(Debug, Clone, Args)]
pub struct SchemaArgs {
    /// Only the part in the file or folder of this name, such as `career` or `projects`; `tailor` for
    /// what `resume tailor --message-format json` prints
    #[arg(value_name = "KEY")]
    pub key: Option<String>,
}

/// What `completions` takes.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// What `man` takes.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// Write `resume.1`, `resume-render.1` … into a folder
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}
