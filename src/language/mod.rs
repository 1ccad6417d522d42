//! Language tags, what CLDR knows of a language (its dates and its plural forms), and which language a text
//! is in.

pub mod date_patterns;
pub mod detect;
pub mod plural;
pub mod tag;
