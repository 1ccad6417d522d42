//! The commands, one file each: plain options in, an [`Outcome`] or text out.
//!
//! Must not know the command line, nor how an outcome is printed.

mod archive;
mod check;
mod context;
mod data;
mod doctor;
mod export;
mod import;
mod init;
mod listing;
mod merged;
mod new_application;
mod orders;
mod outcome;
mod project;
mod render;
mod schema;
mod send;
mod sent;
mod tailor;
mod theme_sheet;
mod watch;

pub use crate::record::redact::Part;

pub use self::check::{CheckOptions, check, explain_rule, fix};
pub use self::context::{Applications, Overrides};
pub use self::data::{DataForm, data};
pub use self::doctor::doctor;
pub use self::export::{ExportRecordOptions, Target, TypstOptions, export_record, export_typst};
pub use self::import::{ImportOptions, ImportReport, import};
pub use self::init::{InitOptions, init};
pub use self::listing::{copy_templates, list_fonts, list_templates};
pub use self::new_application::{NewApplicationOptions, new_application};
pub use self::orders::{Partition, RenderOptions};
pub use self::outcome::{Outcome, Written};
pub use self::project::Project;
pub use self::render::{Progress, render};
pub use self::schema::schema;
pub use self::send::{Frozen, SendOptions, send};
pub use self::sent::{DiffOptions, SentOptions, diff, sent};
pub use self::tailor::{AllTailored, TailorOptions, Tailored, tailor, tailor_all};
pub use self::theme_sheet::{SheetOptions, theme_sheet};
pub use self::watch::{Editor, PreviewOptions, WatchEvent, WatchOptions, watch};
pub use crate::tailor::{Count, Ledger, VERSION};
