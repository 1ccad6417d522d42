//! Projects: what was built, where, when and with what.

use crate::record::declare::record;
use crate::record::model::career::Highlight;
use crate::record::model::priority::Priority;
use crate::record::model::text::{Id, Inline, Phrase};
use crate::record::model::time::Time;
use crate::record::read::Spanned;
use crate::record::text::Text;

record! {
    /// One project, printed as a card and in the résumé.
    pub struct Project as "a project" {
        /// Its name in links; by default the file's name, or made of its own.
        pub id: Id,
        /// A picture character before the name.
        pub emoji: Option<Text>,
        /// Name of the project.
        pub name: Phrase,
        /// Id of the career entry that it belongs to.
        pub at: Option<Id>,
        /// When it was done.
        pub time: Time,
        /// How much it matters, and what it is about.
        pub priority: Priority,
        /// What it was made with, the most important first.
        pub technologies: Vec<Text>,
        /// What the person was in it.
        pub role: Option<Phrase>,
        /// What it is, in one to three sentences.
        pub summary: Option<Inline>,
        /// Results and duties.
        pub highlights: Vec<Highlight>,
        /// What came of it, in one line.
        pub outcome: Option<Inline>,
        /// Which diagrams of its article the portfolio shows, counted from 1.
        pub diagrams: Vec<Spanned<u32>>,
        /// Address of the thing itself.
        pub url: Option<Spanned<String>>,
    }
}
