//! YAML text → a tree that keeps the place of every key and value.

pub mod characters;
pub mod decode;
pub mod lines;
mod misread;
pub mod parse;
mod syntax;
pub mod tree;
