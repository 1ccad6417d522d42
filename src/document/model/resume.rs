//! The résumé of one page, and the portfolio.

use crate::document::model::entries::{CareerEntry, Project, SkillGroup};
use crate::document::model::values::{Date, Phrase, Prose};
use crate::document::reference::described;
use crate::record::model::applications::SectionKind;

described! {
    /// What `one-page` and `portfolio` have beside the keys of every [document](#document). The lists
    /// hold what was chosen, in the order to print it.
    #[derive(Serialize)]
    pub struct Resume as "one-page and portfolio" {
        /// The order of the sections, all kinds of them.
        pub sections: Vec<SectionChoice>,
        /// The career: employers, schools and volunteer organizations.
        pub stations: Vec<CareerEntry>,
        /// The projects.
        pub projects: Vec<Project>,
        /// The skills in their groups.
        pub skills: Vec<SkillGroup>,
        /// The languages that the person speaks.
        pub languages: Vec<SpokenLanguage>,
        /// The awards.
        pub awards: Vec<DatedEntry>,
        /// The certificates.
        pub certificates: Vec<DatedEntry>,
        /// The publications.
        pub publications: Vec<DatedEntry>,
        /// The interests.
        pub interests: Vec<Interest>,
        /// The references: those who recommend the person.
        pub references: Vec<Referee>,
    }

    /// A section in its order.
    #[derive(Serialize)]
    pub struct SectionChoice as "section choice" {
        /// What the section lists. `experience` has the career entries of the kind `work`;
        /// `education` and `volunteering` have those of these kinds.
        pub kind: SectionKind,
        /// Its title; `none` for the usual one.
        pub title: Option<String>,
    }

    /// A language that the person speaks.
    #[derive(Serialize)]
    pub struct SpokenLanguage as "spoken language" {
        /// Its name.
        pub language: String,
        /// How well the person speaks it, in words.
        pub fluency: Option<String>,
    }

    /// An award, a certificate or a publication.
    #[derive(Serialize)]
    pub struct DatedEntry as "dated entry" {
        /// Its name or title.
        pub name: Phrase,
        /// The day it was given or appeared.
        pub date: Option<Date>,
        /// Whether the date is later than the document's.
        pub expected: bool,
        /// Who gave it, or where it appeared.
        pub by: Option<String>,
        /// Its address.
        pub url: Option<String>,
        /// What it was for, or what it says.
        pub summary: Option<Prose>,
        /// Its index among all entries of its section in the record.
        pub index: usize,
    }

    /// An interest.
    #[derive(Serialize)]
    pub struct Interest as "interest" {
        /// Its name.
        pub name: String,
        /// What it consists of.
        pub keywords: Vec<String>,
    }

    /// A reference: somebody who recommends the person.
    #[derive(Serialize)]
    pub struct Referee as "referee" {
        /// The name.
        pub name: String,
        /// What the person who recommends says.
        pub reference: Option<Prose>,
        /// The index among all references of the record.
        pub index: usize,
    }
}
