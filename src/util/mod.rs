//! What every layer may use and what knows none of them.

pub mod nearest;
pub(crate) mod parallel;
pub mod timings;
pub mod visible;
