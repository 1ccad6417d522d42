//! Which projects and articles the manual and the portfolio are limited to, and in which order.

use std::cmp::Reverse;

use crate::document::format::Format;
use crate::record::Record;
use crate::record::declare::choice;
use crate::record::model::articles::{Article, Post};
use crate::record::model::date::Date;
use crate::record::model::projects::Project;
use crate::record::model::sections::Section;
use crate::record::model::site::{Listing, Order};
use crate::record::model::text::Id;

choice! {
    /// What projects are ordered by; ties fall back to the end, then to importance.
    pub enum Sort as "an order" {
        /// The latest end first.
        End = "end",
        /// The latest start first.
        Start = "start",
        /// The most important first.
        Importance = "importance",
        /// The longest first.
        Duration = "duration",
    }
}

/// A limit on what is shown. The default limits nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Projects below this importance are left out, with their articles.
    pub min_importance: u8,
    /// Projects and articles with none of these tags are left out; untagged articles stay.
    pub tags: Vec<String>,
    /// Only the projects and articles with these ids are shown.
    pub only: Vec<String>,
    /// The order of projects; by default the end in the manual, importance in the portfolio.
    pub sort: Option<Sort>,
}

impl Filter {
    /// Whether a project is shown.
    pub fn shows_project(&self, project: &Project) -> bool {
        project.priority.importance() >= self.min_importance
            && (self.tags.is_empty() || self.tagged(&project.priority.tags))
            && (self.only.is_empty() || self.only.contains(&project.id))
    }

    /// Whether an article is shown: one about a project goes with its project.
    pub fn shows_article(&self, record: &Record, article: &Article) -> bool {
        if let Some(project) = record.projects.iter().find(|project| project.id == article.id) {
            return self.shows_project(project);
        }
        (self.tags.is_empty() || article.tags.is_empty() || self.tagged(&article.tags))
            && (self.only.is_empty() || self.only.contains(&article.id))
    }

    /// Whether a post is shown.
    pub fn shows_post(&self, post: &Post) -> bool {
        (self.tags.is_empty() || self.tagged(&post.priority.tags))
            && (self.only.is_empty() || self.only.contains(&post.id))
    }

    /// Whether a chapter is shown: one that the limit has emptied is not.
    pub fn shows_section(&self, record: &Record, section: &Section) -> bool {
        let inside = |article: &&Article| article.section.as_ref() == Some(&section.id);
        let mut articles = record.articles.iter().filter(inside).peekable();
        let own =
            section.has_content() || section.description.is_some() && articles.peek().is_none();
        let listed = match section.list {
            Some(Listing::Projects) => record.projects.iter().any(|p| self.shows_project(p)),
            Some(Listing::Posts) => record.posts.iter().any(|post| self.shows_post(post)),
            Some(Listing::Career | Listing::Skills) => self.only.is_empty(),
            None => own && self.only.is_empty(),
        };
        listed || articles.any(|article| self.shows_article(record, article))
    }

    /// Whether there is something to fill a document with: a portfolio needs a project.
    pub fn fills(&self, format: Format, record: &Record) -> bool {
        let mut projects = record.projects.iter();
        format != Format::Portfolio || projects.any(|project| self.shows_project(project))
    }

    /// Whether a document is made where none is named: the manual only of a record with something to read
    /// in it, because all the rest is in the complete résumé.
    pub fn is_usual(&self, format: Format, record: &Record) -> bool {
        match format {
            Format::Full => {
                record.cover.is_some() || !record.articles.is_empty() || !record.posts.is_empty()
            }
            Format::Cv | Format::OnePage | Format::Portfolio => self.fills(format, record),
            Format::Letter | Format::Questions => false,
        }
    }

    /// Whether anything is left to show.
    pub fn shows_anything(&self, record: &Record) -> bool {
        record.projects.is_empty() && record.articles.is_empty()
            || record.projects.iter().any(|project| self.shows_project(project))
            || record.articles.iter().any(|article| self.shows_article(record, article))
    }

    fn tagged(&self, tags: &[Id]) -> bool {
        tags.iter().any(|tag| self.tags.contains(tag))
    }

    /// The projects that are shown, in order. `today` ends what goes on.
    pub fn projects<'r>(
        &self,
        record: &'r Record,
        format: Format,
        today: Date,
    ) -> Vec<&'r Project> {
        let mut projects: Vec<&Project> =
            record.projects.iter().filter(|project| self.shows_project(project)).collect();
        let sort = match (self.sort, format) {
            (None, _) if record.order() == Order::AsWritten => return projects,
            (Some(sort), _) => sort,
            (None, Format::Portfolio) => Sort::Importance,
            (None, _) => Sort::End,
        };
        // Days as whole numbers, so that all orders compare alike.
        projects.sort_by_key(|project| {
            let period = project.time.period();
            let key = match sort {
                Sort::End => 0,
                Sort::Start => period.start.map_or(0, |start| day(start.first_day())),
                Sort::Importance => i64::from(project.priority.importance()),
                Sort::Duration => period.days(today),
            };
            // What still goes on ends later than everything else.
            Reverse((key, period.after(), project.priority.importance()))
        });
        projects
    }
}

fn day(date: chrono::NaiveDate) -> i64 {
    i64::from(chrono::Datelike::num_days_from_ce(&date))
}
