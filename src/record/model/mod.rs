//! The types of the record: one file per kind of entry.

pub mod applications;
pub mod articles;
pub mod build;
pub mod career;
pub mod date;
pub mod extras;
pub mod letter;
pub mod location;
pub mod priority;
pub mod profile;
pub mod projects;
pub mod questions;
pub mod record;
pub mod sections;
pub mod settings;
pub mod site;
pub mod text;
pub mod theme;
pub mod time;
pub mod versions;
