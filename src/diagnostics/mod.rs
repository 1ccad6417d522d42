//! What is wrong in the user's data, template or document: where, why and what to do.
//!
//! Every layer above raises a [`Diagnostic`]; how it is printed is decided here: for people
//! ([`print_human`]) and for programs ([`programs`]).

mod diagnostic;
mod grouping;
mod human;
pub mod programs;
mod rule;
mod source;
pub mod suppressions;

pub use self::diagnostic::{Diagnostic, Severity, any_error, brief};
pub use self::human::print_human;
pub use self::rule::Rule;
pub use self::source::{FileId, Place, Sources};
pub use crate::util::nearest::nearest;
