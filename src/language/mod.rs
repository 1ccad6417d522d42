//! Language tags, what CLDR knows of a language (its dates and its plural forms), and which language a text
//! is in.

pub mod dates;
pub mod detect;
pub mod plural;
pub mod tag;
