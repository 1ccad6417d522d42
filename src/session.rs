//! Many runs in one process: what the engine worked out for one serves the next.
//!
//! Must not know when a run is wanted: that is for who watches files.

use std::path::PathBuf;

use crate::cli::{Global, Render};
use crate::engine::{Engine, evict};
use crate::render::{Outcome, Progress, run};
use crate::{Failure, engine};

/// Runs for which a layout that is not used is kept: an edit that is taken back finds it again.
const KEPT: usize = 10;

/// An engine that stays warm from run to run.
#[derive(Debug)]
pub struct Session {
    engine: Engine,
    data: PathBuf,
}

impl Session {
    /// Begins a session for a record.
    ///
    /// # Errors
    /// A folder of fonts or templates that is not there or cannot be read.
    pub fn new(global: &Global) -> Result<Self, Failure> {
        Ok(Self { engine: engine(global)?, data: global.data.clone() })
    }

    /// Makes the documents that are asked for from what the data and the templates are now, as
    /// [`render`](crate::render()) does; only what has changed since the last run is laid out again.
    ///
    /// # Errors
    /// As [`render`](crate::render()).
    pub fn render(&self, args: &Render, progress: Progress) -> Result<Vec<Outcome>, Failure> {
        self.engine.refresh();
        let outcomes = run(&self.engine, &self.data, args, progress);
        evict(KEPT);
        outcomes
    }
}
