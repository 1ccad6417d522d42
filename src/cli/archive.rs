//! The flags of the commands about what was sent, and the options that they mean.

use std::path::PathBuf;

use clap::Args;

use crate::commands::{DiffOptions, SendOptions, SentOptions};
use crate::session::EngineOptions;

/// What `send` takes.
#[derive(Debug, Clone, Args)]
pub struct SendArgs {
    /// The application
    #[arg(value_name = "ID")]
    pub application: String,
    /// Who gets it, in words of your own
    #[arg(long, value_name = "TEXT")]
    pub to: Option<String>,
    /// The language of the documents; by default the application's, or the record's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The documents' date, as for `render`
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// The folder of everything that was sent
    #[command(flatten)]
    pub archive: ArchiveArgs,
}

/// Where what was sent is kept.
#[derive(Debug, Clone, Args)]
pub struct ArchiveArgs {
    /// The folder of everything that was sent; by default `sent/` beside the record
    #[arg(long = "sent", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// What `sent` takes.
#[derive(Debug, Clone, Args)]
pub struct SentArgs {
    /// Make the documents again from what is kept with them, and compare the bytes
    #[arg(long)]
    pub verify: bool,
    /// The folder of everything that was sent
    #[command(flatten)]
    pub archive: ArchiveArgs,
}

/// What `diff` takes.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// The application
    #[arg(value_name = "ID")]
    pub application: String,
    /// The day it was sent, or the beginning of one, such as `2024-11`; by default the last
    #[arg(value_name = "DATE")]
    pub date: Option<String>,
    /// The folder of everything that was sent
    #[command(flatten)]
    pub archive: ArchiveArgs,
}

impl ArchiveArgs {
    fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(|| PathBuf::from("sent"))
    }
}

impl SendArgs {
    /// The options of `send`.
    pub fn options(&self) -> SendOptions {
        SendOptions {
            application: self.application.clone(),
            to: self.to.clone(),
            language: self.lang.clone(),
            date: self.date.clone(),
            folder: self.archive.folder(),
        }
    }
}

impl SentArgs {
    /// The options of `sent`.
    pub fn options(&self, engine: EngineOptions) -> SentOptions {
        SentOptions { folder: self.archive.folder(), verify: self.verify, engine }
    }
}

impl DiffArgs {
    /// The options of `diff`.
    pub fn options(&self) -> DiffOptions {
        DiffOptions {
            application: self.application.clone(),
            date: self.date.clone(),
            folder: self.archive.folder(),
        }
    }
}
