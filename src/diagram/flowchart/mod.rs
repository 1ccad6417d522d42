//! Flowcharts: boxes and arrows.

pub(super) mod layout;
pub mod model;
pub(super) mod parse;

mod align;
mod arrange;
mod grid;
mod lexer;
mod order;
mod outline;
mod place;
mod rank;
mod route;
