//! The entries that documents share.

use std::collections::BTreeMap;

use crate::document::model::values::{Date, Link, Location, Period, Phrase, Prose, Tag};
use crate::document::reference::described;
use crate::record::model::career::CareerEntryKind;

described! {
    /// One employer, school or volunteer organization, with all positions held there.
    #[derive(Serialize)]
    pub struct CareerEntry as "career entry" {
        /// Its id. Where the manual lists the career, its label is the `prefix` of the list and this.
        pub id: String,
        /// The label that the template of a résumé must give it where the document is `merged` with others.
        pub label: String,
        /// What kind of organization it is.
        pub kind: CareerEntryKind,
        /// The name of the organization.
        pub organization: Phrase,
        /// The address of its site.
        pub url: Option<String>,
        /// Where it is.
        pub location: Option<Location>,
        /// What kind of organization it is.
        pub description: Option<Prose>,
        /// Whether there are several positions, and one of them or the entry itself has a summary, highlights or
        /// technologies, whatever of them is shown.
        pub by_position: bool,
        /// The positions, at least one, newest first unless the record keeps its own order.
        pub positions: Vec<Position>,
        /// What the person did there, in one to three sentences.
        pub summary: Option<Prose>,
        /// Results and duties of the whole time.
        pub highlights: Vec<Highlight>,
        /// What the person worked with there.
        pub technologies: Vec<String>,
        /// Its text in the manual; `none` in other documents.
        pub body: Option<Prose>,
    }

    /// One position, or one degree.
    #[derive(Serialize)]
    pub struct Position as "position" {
        /// The title of the position, or the name of the degree.
        pub title: Phrase,
        /// The department, or the field of study.
        pub department: Option<Phrase>,
        /// Where it was, if not where the organization is.
        pub location: Option<Location>,
        /// When it was held.
        pub period: Period,
        /// The grade.
        pub score: Option<String>,
        /// Courses worth naming.
        pub courses: Vec<Phrase>,
        /// What the person did in it, in one to three sentences.
        pub summary: Option<Prose>,
        /// Results and duties of this position.
        pub highlights: Vec<Highlight>,
        /// What the person worked with in it.
        pub technologies: Vec<String>,
    }

    /// One result or duty.
    #[derive(Serialize)]
    pub struct Highlight as "highlight" {
        /// What it says.
        pub text: Prose,
        /// How much it matters, from 1 to 5.
        pub importance: u8,
        /// Its index among all highlights of its entry in the record; those of the positions follow those
        /// of the whole time.
        pub index: usize,
    }

    /// A project.
    #[derive(Serialize)]
    pub struct Project as "project" {
        /// Its id.
        pub id: String,
        /// The label that the template must give its card; in a résumé, its name where the document is `merged` with others.
        pub label: String,
        /// Its article or its page on the site; `none` where the card itself is the target.
        pub link: Option<Link>,
        /// A picture character before the name.
        pub emoji: Option<String>,
        /// Its name.
        pub name: Phrase,
        /// The employer or school it belongs to.
        pub station: Option<Employer>,
        /// Its period.
        pub period: Period,
        /// How much it matters, from 1 to 5.
        pub importance: u8,
        /// The same where cards say it.
        pub rating: Option<u8>,
        /// What it is about.
        pub tags: Vec<Tag>,
        /// What it was made with.
        pub technologies: Vec<String>,
        /// Those of them that an advertisement names, where the fit is brief: they stay when there is no room for all.
        pub named: Vec<String>,
        /// What the person was in it.
        pub role: Option<Phrase>,
        /// What it is, in one to three sentences.
        pub summary: Option<Prose>,
        /// Results and duties.
        pub highlights: Vec<Highlight>,
        /// What came of it, in one line.
        pub outcome: Option<Prose>,
        /// The diagrams of its article that the portfolio shows; empty in other documents.
        pub diagrams: Vec<Diagram>,
        /// The address of the thing itself.
        pub url: Option<String>,
    }

    /// The employer or school that a project belongs to.
    #[derive(Serialize)]
    pub struct Employer as "employer" {
        /// Its short name, or its name where it has no short one.
        pub label: String,
        /// Its place in the career article; `none` where the record has no such article.
        pub link: Option<Link>,
    }

    /// A diagram.
    #[derive(Serialize)]
    pub struct Diagram as "diagram" {
        /// The Mermaid text.
        pub source: String,
        /// The `key="value"` pairs behind the language of its fence.
        pub info: BTreeMap<String, String>,
    }

    /// A post on the site.
    #[derive(Serialize)]
    pub struct Post as "post" {
        /// The label that the template must give it.
        pub label: String,
        /// Its title.
        pub title: String,
        /// Its page on the site.
        pub link: Link,
        /// The day it was published.
        pub date: Date,
        /// Minutes it takes to read.
        pub minutes: Option<u32>,
        /// What it is about.
        pub tags: Vec<Tag>,
        /// What it says, in whole sentences.
        pub summary: Option<Prose>,
    }

    /// A group of skills, one of which is shown at least.
    #[derive(Serialize)]
    pub struct SkillGroup as "skill group" {
        /// What the group is about.
        pub name: String,
        /// How well the person has these skills, in words.
        pub level: Option<String>,
        /// How much the group matters, from 1 to 5.
        pub importance: u8,
        /// The skills that are shown.
        pub skills: Vec<Skill>,
        /// Its index among all groups of the record.
        pub index: usize,
    }

    /// A skill.
    #[derive(Serialize)]
    pub struct Skill as "skill" {
        /// Its name.
        pub name: Phrase,
        /// How well the person has it, in words.
        pub level: Option<String>,
        /// How much it matters, from 1 to 5.
        pub importance: u8,
        /// Its index among all skills of its group in the record.
        pub index: usize,
    }
}
