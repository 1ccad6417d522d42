//! How long the parts of a run take.
//!
//! Must not know what any of them does.

use std::time::{Duration, Instant};

/// The parts of a run or of a document and how long each took, in the order in which they ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timings(pub Vec<(&'static str, Duration)>);

impl Timings {
    /// Runs a part of the work and records how long it took.
    pub(crate) fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.add(name, began.elapsed());
        done
    }

    /// Records how long a part took.
    pub(crate) fn add(&mut self, name: &'static str, time: Duration) {
        self.0.push((name, time));
    }

    /// How long all parts took together.
    pub fn total(&self) -> Duration {
        self.0.iter().map(|(_, time)| *time).sum()
    }
}
