//! A checked record → the pages of one document: selected to fit, laid out and inspected.

mod cache;
pub(crate) mod context;
mod finding;
mod tailored;
mod typesetter;

pub(crate) use self::cache::Cache;
pub(crate) use self::context::{Context, Variant};
pub(crate) use self::finding::Finding;
pub(crate) use self::typesetter::{Typeset, Typesetter};
