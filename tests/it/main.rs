//! The documents and the command line as users see them: the real binary on the real record, and
//! its PDFs read back with other people's readers.
//!
//! Tests that call poppler, qpdf or the readers which `tests/readers/install` fetches are ignored
//! unless `--include-ignored` asks for them, as `just test` does. The structure of a PDF is read with
//! `hayro-syntax` and needs none of them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where it stands"
)]

mod addresses;
mod book;
mod cards;
mod check_leaves;
mod check_lost;
mod check_reading;
mod check_rules;
mod command;
mod contents;
mod dates;
mod design;
mod document;
mod engine;
mod every_field;
mod export_record;
mod exports;
mod faults;
mod fields;
mod fields_docs;
mod files;
mod fonts;
mod giving_way;

mod hostile;
mod import;
mod import_words;
mod init;
mod languages;
mod layers;
mod letters;
mod lines;
mod links;
mod lives;
mod looks;
mod manual;
mod matrix;
mod merge;
mod open;
mod own_sections;
mod pictures;
mod plain;
mod preview;
mod project;
mod properties;
mod readers;
mod records;
mod redact;
mod schema;
mod scripts;
mod sent;
mod session;
mod settings;
mod standards;
mod stress;
mod structure;
mod support;
mod tailor;
mod tailor_ads;
mod tailor_best;
mod tailor_choice;
mod tailor_docs;
mod tailor_fair;
mod tailor_names;
mod tailor_order;
mod tailor_report;
mod tailor_room;
mod tailor_sections;

mod tailor_skills;
mod tailor_terms;
mod tailor_versions;
mod tall;
mod texts;
mod theme_settings;
mod themes;
mod times;
mod typed;
mod watch;
