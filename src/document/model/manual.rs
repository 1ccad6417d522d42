//! The manual.

use serde::Serialize;

use crate::document::model::entries::{CareerEntry, Post, Project, SkillGroup};
use crate::document::model::resume::{OwnSection, Resume};
use crate::document::model::values::{Date, Link, Prose, Tag};
use crate::document::reference::{Described, Reference, described};
use crate::record::model::site::Listing;

described! {
    /// What `full` has beside the keys of every [document](#document).
    #[derive(Serialize)]
    pub struct Manual as "full" {
        /// The first page.
        pub cover: Cover,
        /// The chapters in their order; the first one has the articles that are in no section. Empty where the
        /// record has neither articles nor posts nor chapters: then the résumé is the whole document.
        pub chapters: Vec<Chapter>,
        /// The résumé, without the projects and the own sections that a chapter has. `none` where the manual
        /// is limited to a few entries.
        pub record: Option<Resume>,
    }

    /// The first page.
    #[derive(Serialize)]
    pub struct Cover as "cover" {
        /// The title of the site, or the person's name.
        pub title: String,
        /// The label that the template must give it.
        pub label: String,
        /// The words on it.
        pub text: Option<Prose>,
    }

    /// A chapter.
    #[derive(Serialize)]
    pub struct Chapter as "chapter" {
        /// What comes before its articles; `none` in the first chapter.
        pub section: Option<Section>,
        /// Its articles in their order.
        pub articles: Vec<Article>,
    }

    /// What comes before the articles of a chapter.
    #[derive(Serialize)]
    pub struct Section as "section" {
        /// Its title; `none` for the usual name of its list, or for that of the own section.
        pub title: Option<String>,
        /// The label that the template must give it.
        pub label: String,
        /// The pages on the way to it.
        pub crumbs: Vec<Crumb>,
        /// A sentence or two under the title.
        pub description: Option<Prose>,
        /// What it lists.
        pub list: Option<List>,
        /// What it says itself.
        pub own: Option<OwnSection>,
    }

    /// An article.
    #[derive(Serialize)]
    pub struct Article as "article" {
        /// Its id.
        pub id: String,
        /// Its title.
        pub title: String,
        /// The label that the template must give it.
        pub label: String,
        /// The pages on the way to it.
        pub crumbs: Vec<Crumb>,
        /// Its date.
        pub date: Option<Date>,
        /// Minutes it takes to read.
        pub minutes: u32,
        /// Who wrote it.
        pub author: String,
        /// The same article in other languages.
        pub translations: Vec<Translation>,
        /// Words before the list.
        pub intro: Option<Prose>,
        /// What it lists.
        pub list: Option<List>,
        /// The text.
        pub body: Option<Prose>,
        /// What it is about.
        pub tags: Vec<Tag>,
    }

    /// A page on the way to another.
    #[derive(Serialize)]
    pub struct Crumb as "crumb" {
        /// Its title; `none` for a front page without a name.
        pub title: Option<String>,
        /// Where it is.
        pub link: Link,
    }

    /// An article in another language.
    #[derive(Serialize)]
    pub struct Translation as "translation" {
        /// The name of the language, in that language.
        pub name: String,
        /// Where it is.
        pub link: Link,
    }

    /// A list inside a section or an article.
    #[derive(Serialize)]
    pub struct List as "list" {
        /// What is listed.
        pub kind: Listing,
        /// What the ids of career entries begin with as labels.
        pub prefix: String,
        /// The entries.
        pub items: Items,
    }
}

/// The entries of a list, in their order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Items {
    /// The career.
    Career(Vec<CareerEntry>),
    /// The projects.
    Projects(Vec<Project>),
    /// The posts.
    Posts(Vec<Post>),
    /// The groups of skills.
    Skills(Vec<SkillGroup>),
}

impl Described for Items {
    fn name(reference: &mut Reference) -> String {
        let names = [
            CareerEntry::name(reference),
            Project::name(reference),
            Post::name(reference),
            SkillGroup::name(reference),
        ];
        format!("list of {}", names.join(" or "))
    }
}
