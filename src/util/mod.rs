//! Helpers that every layer may use and that depend on none.

pub(crate) mod address;
pub(crate) mod jpeg;
pub mod nearest;
pub(crate) mod optimizations;
pub(crate) mod parallel;
pub(crate) mod slug;
pub mod timings;
pub mod visible;
