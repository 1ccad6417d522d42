//! The flags of the commands that read and write the record, and the options that they mean.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};

use crate::cli::render::FormatWord;
use crate::commands::{
    CheckOptions, DataForm, ExportRecordOptions, ImportOptions, InitOptions, Target, TypstOptions,
};
use crate::interchange::FORMATS;

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

impl CheckArgs {
    /// The options of `check`.
    pub fn options(&self) -> CheckOptions {
        CheckOptions {
            allow: self.allow.clone(),
            deny_warnings: self.deny.is_some(),
            language: self.lang.clone(),
            date: self.date.clone(),
        }
    }
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

impl InitArgs {
    /// The options of `init`.
    pub fn options(&self) -> InitOptions {
        InitOptions {
            folder: self.folder.clone(),
            language: self.lang.clone(),
            single_file: self.single_file,
        }
    }
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

impl ImportArgs {
    /// The options of `import`, with the folder that `--data` names.
    pub fn options(&self, data: &Path) -> ImportOptions {
        ImportOptions {
            file: self.file.clone(),
            format: self.from.clone(),
            output: self.output.clone().unwrap_or_else(|| data.to_path_buf()),
            single_file: self.single_file,
            language: self.lang.clone(),
            into: self.into.clone(),
        }
    }
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

impl From<Form> for DataForm {
    fn from(word: Form) -> Self {
        match word {
            Form::Json => Self::Json,
            Form::Yaml => Self::Yaml,
        }
    }
}

/// What `schema` takes.
#[derive(Debug, Clone, Args)]
pub struct SchemaArgs {
    /// Only the part in the file or folder of this name, such as `career` or `projects`; `tailor` for
    /// what `resume tailor --message-format json` prints
    #[arg(value_name = "KEY")]
    pub key: Option<String>,
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

impl ExportRecordArgs {
    /// The options of an export of the record to a program.
    pub fn options(&self, target: Target) -> ExportRecordOptions {
        ExportRecordOptions { target, output: self.output.clone(), language: self.lang.clone() }
    }
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

impl ExportTypstArgs {
    /// The options of `export typst`.
    pub fn options(&self) -> TypstOptions {
        TypstOptions {
            folder: self.folder.clone(),
            formats: self.format.formats().to_vec(),
            language: self.lang.clone(),
            application: self.application.clone(),
            date: self.date.clone(),
        }
    }
}
