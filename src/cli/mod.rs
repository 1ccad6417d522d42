//! The command line: declarations whose doc comments are the help. The only folder that names clap.
//!
//! Each command's flags stand with the options that they mean; [`terminal`] runs the command and prints its
//! result.

mod archive;
mod data;
mod defaults;
mod render;
mod report;
mod summary;
mod tailor;
pub mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cli::archive::{DiffArgs, SendArgs, SentArgs};
use crate::cli::data::{CheckArgs, DataArgs, Export, ImportArgs, InitArgs, SchemaArgs};
use crate::cli::render::{RenderArgs, WatchArgs};
use crate::cli::tailor::TailorArgs;

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
