//! What documents there are.

use crate::record::read::choice;

choice! {
    /// What a document is for.
    pub enum Format as "a format" {
        /// The whole record as a manual.
        Full = "full",
        /// The complete résumé, or the best of it for a number of pages.
        Cv = "cv",
        /// The résumé of exactly one page.
        OnePage = "one-page",
        /// The projects.
        Portfolio = "portfolio",
    }
}

impl Format {
    /// The path of its template.
    pub fn template(self) -> String {
        format!("{}/main.typ", self.word())
    }
}
