//! Everything one person's data holds.

use std::cmp::Reverse;

use crate::record::model::applications::{Application, Tailoring};
use crate::record::model::articles::{Article, Post};
use crate::record::model::career::{CareerEntry, Position};
use crate::record::model::date::Date;
use crate::record::model::extras::{
    Award, Certificate, Interest, Publication, Reference, SkillGroup, SpokenLanguage,
};
use crate::record::model::profile::Profile;
use crate::record::model::projects::Project;
use crate::record::model::sections::Section;
use crate::record::model::site::{Formats, Order, Site, Tags};
use crate::record::model::text::Prose;
use crate::record::model::theme::Theme;
use crate::record::read::{Spanned, record};

record! {
    /// Everything one person's data holds.
    pub struct Record as "the record" {
        /// The site and its languages.
        pub site: Option<Site>,
        /// Words under the title on the manual's cover.
        pub cover: Option<Prose>,
        /// Chapters of the manual and sections of one's own, in order.
        pub sections: Vec<Section>,
        /// The look of all documents.
        pub theme: Option<Theme>,
        /// Labels of the tags.
        pub tags: Tags,
        /// Settings of the formats.
        pub formats: Option<Formats>,
        /// The person.
        pub profile: Profile,
        /// Employers and schools.
        pub career: Vec<CareerEntry>,
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
        /// Applications: how the record is tailored to one job.
        pub applications: Vec<Application>,
        /// How the score of an entry is weighed.
        pub tailoring: Option<Tailoring>,
    }
}

impl Record {
    /// The order of everything that has dates.
    pub fn order(&self) -> Order {
        self.site.as_ref().map_or(Order::Newest, |site| site.order)
    }

    /// Brings career entries, positions, posts, awards, certificates, publications and the entries of
    /// sections into the order that the record asks for. What has no date comes last, in the order of the files. Projects
    /// are ordered by each document.
    pub fn arrange(&mut self) {
        if self.order() == Order::AsWritten {
            return;
        }
        for entry in &mut self.career {
            entry.positions.sort_by_key(|position| position.period().newest_first());
        }
        let newest = |entry: &CareerEntry| entry.positions.first().map(Position::period);
        self.career.sort_by_key(|entry| Reverse(newest(entry).map(|p| p.newest_first().0)));
        let end = |date: &Option<Spanned<Date>>| Reverse(date.as_ref().map(|date| date.end()));
        self.posts.sort_by_key(|post| Reverse(post.date.end()));
        self.awards.sort_by_key(|award| end(&award.date));
        self.certificates.sort_by_key(|certificate| end(&certificate.date));
        self.publications.sort_by_key(|publication| end(&publication.date));
        for section in &mut self.sections {
            section.entries.sort_by_key(|entry| end(&entry.date));
        }
    }

    /// Languages of the record; the first is the default. Korean where none is named.
    pub fn languages(&self) -> Vec<String> {
        let named = self.site.iter().flat_map(|site| &site.languages);
        let languages: Vec<String> = named.map(|language| language.0.clone()).collect();
        if languages.is_empty() { vec![DEFAULT_LANGUAGE.to_owned()] } else { languages }
    }
}

/// The language of a record that names none.
pub const DEFAULT_LANGUAGE: &str = "ko";
