//! The words of the command line. The doc comments here are the help; behaviour is elsewhere.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::document::{Format, Sort};

/// One career in YAML, every PDF it needs.
///
/// Reads a folder of YAML (by default `data/`), checks it and typesets print-quality PDFs:
/// the full manual, a résumé of exactly one page and a project portfolio.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    after_help = "Exit status: 0 fine; 1 the data, a template or the document is wrong; 2 usage or I/O.\n\
                  Start with `resume render`, then look into `output/`."
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// What every command knows.
    #[command(flatten)]
    pub global: Global,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Typeset the documents: by default all three PDFs into `output/`
    #[command(after_help = "Examples:\n  \
        resume render                                  all three PDFs into output/\n  \
        resume render --format one-page --lang en      output/one-page.en.pdf\n  \
        resume render --format full --output -         the manual on standard output")]
    Render(Render),
    /// List the fonts documents can use, and where each comes from
    Fonts,
    /// List the templates, or copy them out to change them
    Templates(Templates),
}

/// Flags that work everywhere.
#[derive(Debug, Args)]
pub struct Global {
    /// The record: a folder with `resume.yaml`, or one YAML file
    #[arg(long, global = true, value_name = "PATH", default_value = "data", env = "RESUME_DATA")]
    pub data: PathBuf,
    /// A folder whose templates win over the built-in ones of the same name
    #[arg(long, global = true, value_name = "DIR", env = "RESUME_TEMPLATES")]
    pub templates: Option<PathBuf>,
    /// A folder of more fonts; may be given again
    #[arg(long, global = true, value_name = "DIR", env = "RESUME_FONTS", value_delimiter = ':')]
    pub fonts: Vec<PathBuf>,
    /// Use the fonts installed on this machine too; other machines may then give other pages
    #[arg(long, global = true)]
    pub system_fonts: bool,
    /// When to colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Print errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,
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
#[derive(Debug, Args)]
pub struct Render {
    /// Which document to make
    #[arg(long, value_name = "FORMAT", default_value = "all")]
    pub format: FormatWord,
    /// The language of the documents; by default the record's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// A folder, a file for a single document, or `-` for standard output
    #[arg(long, short, value_name = "PATH|-", default_value = "output")]
    pub output: PathBuf,
    /// The documents' date, `2024-11-08` or `today`; by default `site.date`, then
    /// `SOURCE_DATE_EPOCH`, then the latest date of the record
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Leave out projects below this importance, with their articles (full, portfolio)
    #[arg(long, value_name = "1-5", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    pub min_importance: u8,
    /// Only projects and articles with this tag; untagged articles stay; may be given again
    /// (full, portfolio)
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

/// The formats as words, and all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatWord {
    /// The whole record as a manual with cover, contents, articles and cards
    Full,
    /// The résumé of exactly one page
    OnePage,
    /// The projects, the most important first
    Portfolio,
    /// All three
    All,
}

impl FormatWord {
    /// The formats a word means.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::Full => &[Format::Full],
            Self::OnePage => &[Format::OnePage],
            Self::Portfolio => &[Format::Portfolio],
            Self::All => &Format::ALL,
        }
    }
}

/// What `templates` takes.
#[derive(Debug, Args)]
pub struct Templates {
    /// Copy the built-in templates into a folder, which `--templates` then names; never overwrites
    #[arg(long, value_name = "DIR")]
    pub copy: Option<PathBuf>,
}
