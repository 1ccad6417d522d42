//! Everything one person's data holds.

use std::cmp::Reverse;

use crate::record::declare::record;
use crate::record::model::applications::{Application, Tailoring};
use crate::record::model::articles::{Article, Post};
use crate::record::model::build::Build;
use crate::record::model::career::{CareerEntry, Highlight};
use crate::record::model::extras::{
    Award, Certificate, Interest, Publication, Reference, SkillGroup, SpokenLanguage,
};
use crate::record::model::letter::Snippets;
use crate::record::model::priority::Priority;
use crate::record::model::profile::Profile;
use crate::record::model::projects::Project;
use crate::record::model::sections::{Section, SectionEntry};
use crate::record::model::settings::{DocumentSettings, Formats};
use crate::record::model::site::{FormatVersion, Order, Site, Tags};
use crate::record::model::text::Prose;
use crate::record::model::theme::Theme;
use crate::record::model::time::Time;

record! {
    /// Everything one person's data holds.
    pub struct Record as "the record" {
        /// Version of the format of the data: `1`.
        pub resume: Option<FormatVersion>,
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
        /// Texts that letters share, by id; `{id}` in a letter stands for one.
        pub snippets: Snippets,
        /// How the score of an entry is weighed.
        pub tailoring: Option<Tailoring>,
        /// Templates, fonts and output of every run for this record.
        pub build: Option<Build>,
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
        let newest = |time: &Time| time.period().newest_first();
        for entry in &mut self.career {
            entry.positions.sort_by_key(|position| newest(&position.time));
        }
        self.career.sort_by_key(|entry| {
            Reverse(entry.positions.first().and_then(|first| newest(&first.time).0))
        });
        self.posts.sort_by_key(|post| Reverse(post.date.end()));
        self.awards.sort_by_key(|award| newest(&award.time));
        self.certificates.sort_by_key(|certificate| newest(&certificate.time));
        self.publications.sort_by_key(|publication| newest(&publication.time));
        for section in &mut self.sections {
            section.entries.sort_by_key(|entry| newest(&entry.time));
        }
    }

    /// When everything was that has a time of its own: positions, projects, awards, certificates,
    /// publications, tests of languages and entries of sections.
    pub fn times(&self) -> impl Iterator<Item = &Time> {
        let positions = self.career.iter().flat_map(|entry| &entry.positions);
        let times = positions.map(|position| &position.time);
        let times = times.chain(self.projects.iter().map(|project| &project.time));
        let times = times.chain(self.awards.iter().map(|award| &award.time));
        let times = times.chain(self.certificates.iter().map(|certificate| &certificate.time));
        let tests = self.languages.iter().flat_map(|language| &language.tests);
        let times = times.chain(tests.map(|test| &test.time));
        let times = times.chain(self.publications.iter().map(|publication| &publication.time));
        times.chain(self.own_entries().map(|entry| &entry.time))
    }

    /// The entries of the sections of its own.
    fn own_entries(&self) -> impl Iterator<Item = &SectionEntry> {
        self.sections.iter().flat_map(|section| &section.entries)
    }

    /// The highlights of all entries.
    pub fn highlights(&self) -> impl Iterator<Item = &Highlight> {
        let career = self.career.iter().flat_map(CareerEntry::all_highlights);
        let highlights = career.chain(self.projects.iter().flat_map(|project| &project.highlights));
        highlights.chain(self.own_entries().flat_map(|entry| &entry.highlights))
    }

    /// How much everything matters that can be chosen, and what it is about.
    pub fn priorities(&self) -> impl Iterator<Item = &Priority> {
        let positions = self.career.iter().flat_map(|entry| &entry.positions);
        let skills = self.skills.iter().flat_map(|group| &group.skills);
        let lines = self.sections.iter().flat_map(|section| &section.lines);
        let lists: [Vec<&Priority>; 17] = [
            self.career.iter().map(|entry| &entry.priority).collect(),
            positions.map(|position| &position.priority).collect(),
            self.highlights().map(|highlight| &highlight.priority).collect(),
            self.projects.iter().map(|project| &project.priority).collect(),
            self.skills.iter().map(|group| &group.priority).collect(),
            skills.map(|skill| &skill.priority).collect(),
            self.languages.iter().map(|language| &language.priority).collect(),
            self.awards.iter().map(|award| &award.priority).collect(),
            self.certificates.iter().map(|certificate| &certificate.priority).collect(),
            self.publications.iter().map(|publication| &publication.priority).collect(),
            self.interests.iter().map(|interest| &interest.priority).collect(),
            self.references.iter().map(|reference| &reference.priority).collect(),
            self.posts.iter().map(|post| &post.priority).collect(),
            self.sections.iter().map(|section| &section.priority).collect(),
            self.own_entries().map(|entry| &entry.priority).collect(),
            lines.map(|line| &line.priority).collect(),
            self.profile.priorities().collect(),
        ];
        lists.into_iter().flatten()
    }

    /// Everything that is set for documents: by the formats, then by the applications.
    pub fn document_settings(&self) -> impl Iterator<Item = &DocumentSettings> {
        let formats = self.formats.iter().flat_map(|formats| {
            let Formats { full, cv, one_page, portfolio, letter, questions, place: _ } = formats;
            [full, cv, one_page, portfolio, letter, questions]
        });
        let formats = formats.flatten().map(|format| &format.document);
        formats.chain(self.applications.iter().map(|application| &application.settings))
    }

    /// Whether a section is a chapter of the manual: it has what only chapters have, or articles.
    pub fn is_chapter(&self, section: &Section) -> bool {
        let is_inside = |article: &Article| article.section.as_ref() == Some(&section.id);
        !section.has_content()
            || section.description.is_some()
            || section.list.is_some()
            || self.articles.iter().any(is_inside)
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
