//! The résumés, and the portfolio.

use crate::document::model::entries::{CareerEntry, Highlight, Project, SkillGroup};
use crate::document::model::values::{Location, Period, Phrase, Prose};
use crate::document::reference::described;
use crate::record::model::sections::SectionId;

described! {
    /// What `cv`, `one-page` and `portfolio` have beside the keys of every [document](#document). The lists
    /// hold what was chosen, in the order to print it.
    #[derive(Serialize)]
    pub struct Resume as "cv, one-page and portfolio" {
        /// The order of the sections, all kinds of them.
        pub sections: Vec<SectionChoice>,
        /// The career: employers, schools and volunteer organizations.
        pub stations: Vec<CareerEntry>,
        /// Old employments that share one entry, because the pages have no room for more of them; one
        /// entry at most.
        pub condensed: Vec<Condensed>,
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
        /// The sections of the record's own.
        pub own: Vec<OwnSection>,
    }

    /// A section of the record's own. Each of its parts has an index; together they count its text,
    /// its entries and its lines.
    #[derive(Serialize)]
    pub struct OwnSection as "own section" {
        /// Its id.
        pub id: String,
        /// The label that the manual gives its heading.
        pub label: String,
        /// Whether it has entries in the record, shown or not: what is set beside entries does not depend on which.
        pub has_entries: bool,
        /// What it says in sentences, one at most.
        pub texts: Vec<OwnText>,
        /// Its entries.
        pub entries: Vec<OwnEntry>,
        /// Its lines.
        pub lines: Vec<OwnLine>,
    }

    /// The sentences of an own section.
    #[derive(Serialize)]
    pub struct OwnText as "own text" {
        /// What it says.
        pub text: Prose,
        /// Its index among the parts of its section in the record.
        pub index: usize,
    }

    /// An entry of an own section.
    #[derive(Serialize)]
    pub struct OwnEntry as "own entry" {
        /// Its name.
        pub name: Phrase,
        /// Who gave, held or published it, or where.
        pub by: Option<Phrase>,
        /// When it was.
        pub period: Period,
        /// Where it was.
        pub location: Option<Location>,
        /// Its address.
        pub url: Option<String>,
        /// What it is.
        pub summary: Option<Prose>,
        /// Results and duties.
        pub highlights: Vec<Highlight>,
        /// Its index among the parts of its section in the record.
        pub index: usize,
    }

    /// A line of an own section.
    #[derive(Serialize)]
    pub struct OwnLine as "own line" {
        /// What it is about.
        pub label: String,
        /// What there is to say.
        pub text: Prose,
        /// Its index among the parts of its section in the record.
        pub index: usize,
    }

    /// Old employments that share one entry.
    #[derive(Serialize)]
    pub struct Condensed as "condensed employments" {
        /// What its height is reported by.
        pub id: String,
        /// The employments, the newest first.
        pub jobs: Vec<CondensedJob>,
    }

    /// An employment that shares an entry with others.
    #[derive(Serialize)]
    pub struct CondensedJob as "condensed employment" {
        /// The title of the latest position.
        pub title: Phrase,
        /// The name of the employer.
        pub organization: Phrase,
        /// When its positions were held.
        pub periods: Vec<Period>,
    }

    /// A section in its order.
    #[derive(Serialize)]
    pub struct SectionChoice as "section choice" {
        /// What the section lists. `experience` has the career entries of the kind `work`;
        /// `education` and `volunteering` have those of these kinds.
        pub kind: SectionId,
        /// Its title; `none` for the usual one: the word of `kind` in the words files.
        pub title: Option<String>,
    }

    /// A language that the person speaks.
    #[derive(Serialize)]
    pub struct SpokenLanguage as "spoken language" {
        /// Its name.
        pub language: String,
        /// How well the person speaks it, in words.
        pub fluency: Option<String>,
        /// Tests of it.
        pub tests: Vec<LanguageTest>,
    }

    /// A test of a language.
    #[derive(Serialize)]
    pub struct LanguageTest as "language test" {
        /// Its name.
        pub name: String,
        /// What was reached.
        pub score: Option<String>,
        /// When it was taken.
        pub period: Period,
    }

    /// Somebody who wrote a publication.
    #[derive(Serialize)]
    pub struct Author as "author" {
        /// The name as the record spells it.
        pub name: Phrase,
        /// Whether it is the person of the record.
        pub own: bool,
    }

    /// Where and by whom something was published.
    #[derive(Serialize)]
    pub struct Publication as "publication" {
        /// Who wrote it, in order.
        pub authors: Vec<Author>,
        /// The journal, conference or book it appeared in.
        pub venue: Option<String>,
        /// The volume of the journal or the series.
        pub volume: Option<String>,
        /// The issue of the volume.
        pub issue: Option<String>,
        /// Its pages, or its number.
        pub pages: Option<String>,
        /// Its digital object identifier, without the address of the resolver.
        pub doi: Option<String>,
        /// What kind of publication it is, in words.
        pub kind: Option<String>,
        /// How far it is, in words.
        pub status: Option<String>,
    }

    /// An award, a certificate or a publication.
    #[derive(Serialize)]
    pub struct DatedEntry as "dated entry" {
        /// Its name or title.
        pub name: Phrase,
        /// When it was given or appeared.
        pub period: Period,
        /// Who gave or published it.
        pub by: Option<Phrase>,
        /// What only a publication has.
        pub publication: Option<Publication>,
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
