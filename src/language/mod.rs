//! Language tags and what CLDR knows of a language: its dates and its plural forms.

pub mod dates;
pub mod plural;
pub mod tag;
