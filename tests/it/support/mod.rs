//! What the tests share: programs that are run, records, PDFs that are read, files that are compared.

pub mod bless;
pub mod data;
pub mod image;
pub mod imports;
pub mod pdf;
pub mod printed;
pub mod program;
pub mod readers;
pub mod record;
pub mod threads;
pub mod watch;
pub mod words;
