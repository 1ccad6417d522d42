//! Files that the record names: pictures, drawings and job descriptions.

pub mod jobs;
pub mod pictures;
mod pixels;
mod svg;
