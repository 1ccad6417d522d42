//! What documents there are.

use crate::record::Record;
use crate::record::declare::choice;
use crate::record::model::applications::Application;
use crate::record::model::settings::{DocumentSettings, Settings};

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

    /// What the record sets for the format.
    pub fn own_settings(self, record: &Record) -> Option<&Settings> {
        let formats = record.formats.as_ref()?;
        match self {
            Self::Full => formats.full.as_ref(),
            Self::Cv => formats.cv.as_ref(),
            Self::OnePage => formats.one_page.as_ref(),
            Self::Portfolio => formats.portfolio.as_ref(),
            Self::Letter => formats.letter.as_ref(),
            Self::Questions => formats.questions.as_ref(),
        }
    }

    /// What is set for a document: what its application says, and for the rest what the record sets for
    /// the format.
    pub fn settings(self, record: &Record, application: Option<&Application>) -> DocumentSettings {
        let own = self.own_settings(record).map(|own| own.document.clone()).unwrap_or_default();
        application.map_or(own.clone(), |application| application.settings.or(&own))
    }
}
