//! One career in YAML, every PDF it needs.
//!
//! ```
//! use resume::{EngineOptions, RenderOptions, Session, render};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("resume.yaml"), "profile: {name: Name Surname}")?;
//!
//! let session = Session::new(&EngineOptions::default())?;
//! let options = RenderOptions { output: folder.path().join("pdf"), ..RenderOptions::default() };
//! let outcomes = render(&session, folder.path(), &options, &|_, _| {})?;
//! let pdf = std::fs::read(&outcomes[0].written[0].paths[0])?;
//! assert!(pdf.starts_with(b"%PDF-"));
//! # Ok(())
//! # }
//! ```
//!
//! The data goes one way: YAML → [`record`] → [`document`] → pages → files. `docs/architecture.md`
//! has the table of layers.

#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::panic,
        clippy::unwrap_used,
        reason = "a test stops where it stands"
    )
)]

pub mod check;
pub mod cli;
pub mod commands;
pub mod diagnostics;
pub mod diagram;
pub mod document;
pub mod engine;
pub mod error;
mod export;
pub mod interchange;
mod language;
pub mod markdown;
mod output;
pub mod record;
mod session;
pub mod tailor;
pub mod typeset;
mod util;
mod watch;

pub use commands::{Applications, Outcome, Overrides, RenderOptions, Written, render};
pub use error::Error;
pub use export::{ExportOptions, FileType, text_reference};
pub use session::{EngineOptions, Session};
pub use util::timings::Timings;
