//! Which pages and headings the record has, and where its links lead.

pub mod addresses;
pub mod external;
pub mod phone;
pub mod target;
