//! The settings of the formats, and what an application may set as well.

use crate::record::declare::record;
use crate::record::model::sections::{SectionChoice, SectionId};
use crate::record::model::site::{DateForm, Paper};
use crate::record::read::Spanned;

record! {
    /// Settings of the formats.
    pub struct Formats as "`formats`" {
        /// The manual.
        pub full: Option<Settings>,
        /// The complete résumé.
        pub cv: Option<Settings>,
        /// The résumé of one page.
        pub one_page: Option<Settings>,
        /// The project portfolio.
        pub portfolio: Option<Settings>,
        /// The letter of an application.
        pub letter: Option<Settings>,
        /// The answers to the questions of an application form.
        pub questions: Option<Settings>,
    }
}

record! {
    /// Settings of one format.
    pub struct Settings as "the format's settings" {
        /// What applications may set, too; what an application sets is used for its documents.
        pub document: DocumentSettings,
        /// Whether links carry a mark; off by default.
        pub link_marks: Option<bool>,
        /// Whether pages have a footer; on by default, but not in a letter.
        pub footer: Option<bool>,
        /// The form of dates, where it is not the theme's; in a letter the long one by default.
        pub dates: Option<DateForm>,
        /// Whether it prints durations, where it is not the theme's choice.
        pub durations: Option<bool>,
        /// Whether project cards say how important a project is (`full`, `portfolio`); off by default.
        pub importance: Option<bool>,
    }
}

record! {
    /// What a format of the record sets for its documents, and an application for all of its own.
    pub group DocumentSettings {
        /// Sections in their order, with titles; those not named follow in the usual order.
        pub sections: Option<Vec<SectionChoice>>,
        /// Sections that are not printed.
        pub hide: Option<Vec<Spanned<SectionId>>>,
        /// Entries that must be on the pages of `cv` and `one-page`, down to single highlights and skills.
        pub pin: Option<Vec<Spanned<String>>>,
        /// Entries that are not printed, down to single highlights and skills.
        pub drop: Option<Vec<Spanned<String>>>,
        /// The paper; by default that of the theme.
        pub paper: Option<Paper>,
        /// The theme by its name, in place of the record's. What else the record's `theme` sets stays.
        pub theme: Option<Spanned<String>>,
        /// Whether the portrait is printed where the record has one; it is by default.
        pub photo: Option<bool>,
        /// Name of the files without the ending, with `{name}`, `{role}`, `{format}`,
        /// `{application}`, `{organization}`, `{language}`; by default `{format}`, and
        /// `{format}-{application}` for an application.
        pub file_name: Option<Spanned<String>>,
        /// How many pages `cv` may have: where everything takes more, the best choice that fits. As many
        /// as it takes by default.
        pub max_pages: Option<Spanned<u32>>,
    }
}

impl DocumentSettings {
    /// These settings; each of them that is not given is that of others. A list replaces a whole list.
    pub fn or(&self, others: &Self) -> Self {
        let (own, others) = (self.clone(), others.clone());
        Self {
            sections: own.sections.or(others.sections),
            hide: own.hide.or(others.hide),
            pin: own.pin.or(others.pin),
            drop: own.drop.or(others.drop),
            paper: own.paper.or(others.paper),
            theme: own.theme.or(others.theme),
            photo: own.photo.or(others.photo),
            file_name: own.file_name.or(others.file_name),
            max_pages: own.max_pages.or(others.max_pages),
        }
    }
}
