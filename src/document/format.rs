//! What documents there are.

use crate::record::model::applications::Application;
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
        /// The letter of an application.
        Letter = "letter",
        /// The answers to the questions of an application form.
        Questions = "questions",
    }
}

impl Format {
    /// The path of its template.
    pub fn template(self) -> String {
        format!("{}/main.typ", self.word())
    }

    /// Whether it is made of an application alone.
    pub fn is_of_application(self) -> bool {
        matches!(self, Self::Letter | Self::Questions)
    }

    /// Whether it can be made for an application, or for none.
    pub fn has_content(self, application: Option<&Application>) -> bool {
        match self {
            Self::Letter => application.is_some_and(|own| own.letter.is_some()),
            Self::Questions => application.is_some_and(|own| !own.questions.is_empty()),
            _ => true,
        }
    }
}
