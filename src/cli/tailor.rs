//! The flags of `tailor`, and the options that they mean.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::render::OverrideArgs;
use crate::commands::{NewApplicationOptions, TailorOptions};

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

impl TailorArgs {
    /// The options of `tailor`.
    pub fn options(&self) -> TailorOptions {
        TailorOptions {
            application: self.application.clone(),
            max_pages: self.max_pages.map(usize::from),
            language: self.lang.clone(),
            overrides: self.overrides.overrides(&self.tag),
            compare: self.compare.clone(),
            preview: self.preview.clone(),
            date: self.date.clone(),
        }
    }
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

impl TailorNewArgs {
    /// The options of `tailor new`.
    pub fn options(&self) -> NewApplicationOptions {
        NewApplicationOptions { name: self.name.clone(), job: self.job.clone() }
    }
}
