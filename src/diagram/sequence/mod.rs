//! Sequence diagrams: who sends what to whom, in order.

pub(super) mod layout;
pub mod model;
pub(super) mod parse;

mod columns;
mod lifelines;
mod statement;
