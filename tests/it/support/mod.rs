//! What the tests stand on: running programs, reading PDFs, knowing the record.

pub mod data;
pub mod image;
pub mod pdf;
pub mod printed;
pub mod program;
pub mod readers;
pub mod words;
