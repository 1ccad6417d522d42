//! YAML text → a typed [`Record`], with the place of every value.
//!
//! One file per kind of entry. This layer must not know how documents look or where they go.

pub mod assets;
pub mod declare;
pub mod folder;
mod ids;
pub mod json_schema;
pub mod letters;
pub mod links;
mod load;
pub mod model;
mod other_names;
pub mod placeholders;
pub mod prose;
pub mod read;
pub mod redact;
mod refused;
pub mod schema;
pub mod text;
pub mod yaml;

pub use self::load::{Declared, LEFTOVERS, Loaded, broken, build_of, load, load_without};
pub use self::model::record::{DEFAULT_LANGUAGE, Record};
