//! YAML text → a typed [`Record`], with the place of every value.
//!
//! One file per kind of thing. This room must not know how documents look or where they go.

pub mod addresses;
pub mod applications;
pub mod articles;
pub mod career;
mod characters;
pub mod date;
mod decode;
mod drawing;
pub mod extras;
pub mod folder;
mod load;
pub mod outside;
pub mod pictures;
pub mod profile;
pub mod projects;
pub mod prose;
pub mod read;
pub mod schema;
pub mod site;
mod syntax;
pub mod text;
pub mod theme;
pub mod yaml;

pub use load::{Loaded, broken, load};

use applications::{Application, Tailoring};
use articles::{Article, Post};
use career::Station;
use extras::{Award, Certificate, Interest, Publication, Reference, SkillGroup, SpokenLanguage};
use profile::Profile;
use projects::Project;
use read::record;
use site::{Formats, Section, Site, Tags};
use text::Prose;
use theme::Theme;

record! {
    /// Everything one person's data says.
    pub struct Record as "the record" {
        /// The site and its languages.
        pub site: Option<Site>,
        /// Words under the title on the manual's cover.
        pub cover: Option<Prose>,
        /// Chapters of the manual, in order.
        pub sections: Vec<Section>,
        /// The look of all documents.
        pub theme: Option<Theme>,
        /// Labels of the tags.
        pub tags: Tags,
        /// Settings of the formats.
        pub formats: Option<Formats>,
        /// The person.
        pub profile: Profile,
        /// Stations, newest first.
        pub career: Vec<Station>,
        /// Groups of skills.
        pub skills: Vec<SkillGroup>,
        /// Projects.
        pub projects: Vec<Project>,
        /// Articles of the manual.
        pub articles: Vec<Article>,
        /// Posts on the site.
        pub posts: Vec<Post>,
        /// Human languages.
        pub languages: Vec<SpokenLanguage>,
        /// Awards.
        pub awards: Vec<Award>,
        /// Certificates.
        pub certificates: Vec<Certificate>,
        /// Publications.
        pub publications: Vec<Publication>,
        /// Interests.
        pub interests: Vec<Interest>,
        /// References.
        pub references: Vec<Reference>,
        /// Applications: how the record leans for one job.
        pub applications: Vec<Application>,
        /// How the value of an entry is weighed.
        pub tailoring: Option<Tailoring>,
    }
}

impl Record {
    /// Languages of the record; the first is the default. Korean where none is named.
    pub fn languages(&self) -> Vec<String> {
        let named = self.site.iter().flat_map(|site| &site.languages);
        let languages: Vec<String> = named.map(|language| language.0.clone()).collect();
        if languages.is_empty() { vec![DEFAULT_LANGUAGE.to_owned()] } else { languages }
    }
}

/// The language of a record that names none.
pub const DEFAULT_LANGUAGE: &str = "ko";
