//! How a record is made into documents, so that flags need not be repeated.

use crate::record::declare::record;
use crate::record::read::Spanned;

record! {
    /// Flags of every run for this record. A path is relative to the folder of `resume.yaml`; a flag or
    /// a variable of the environment wins. Where a run is about several records, it does not count.
    pub struct Build as "`build`" {
        /// A folder whose templates win over the built-in ones, as `--templates`.
        pub templates: Option<Spanned<String>>,
        /// Folders of more fonts, as `--fonts`.
        pub fonts: Vec<Spanned<String>>,
        /// Where documents are written, as `--output`.
        pub output: Option<Spanned<String>>,
    }
}
