//! What `resume watch` needs beside the documents: changes of files, and the preview in a browser.
//!
//! Must not know how documents are made.

pub(crate) mod changes;
mod locate;
pub(crate) mod preview;
pub(crate) mod server;
