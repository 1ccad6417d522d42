//! The entries that documents share: the career, projects, posts and skills.

use crate::document::builder::{Builder, url};
use crate::document::format::Format;
use crate::document::model::entries::{
    CareerEntry, Diagram, Employer, Highlight, Position, Post, Project, Skill, SkillGroup,
};
use crate::document::model::values::Link;
use crate::document::request::Request;
use crate::markdown;
use crate::record::links::addresses::{post_path, project_path};
use crate::record::model::{articles, career, projects, text};
use crate::record::text::Text;
use crate::tailor::Item;

impl Builder<'_> {
    /// The projects that are shown, in order.
    pub fn projects(&self) -> Vec<&projects::Project> {
        let Request { filter, format, date, selection, .. } = self.request;
        let mut projects = filter.projects(self.record, format, date);
        projects.retain(|project| selection.shows(&Item::Project(project.id.to_string())));
        projects
    }

    /// The career entries that are shown, with those that share one line.
    pub fn career(&self) -> impl Iterator<Item = &career::CareerEntry> {
        let shown = |entry: &&career::CareerEntry| {
            self.request.selection.shows(&Item::Career(entry.id.to_string()))
        };
        self.record.career.iter().filter(shown)
    }

    /// A career entry, with its body where `path` names the page that prints it.
    pub fn career_entry(&self, entry: &career::CareerEntry, path: Option<&str>) -> CareerEntry {
        // What is said in sentences, and what was worked with, is shown or left out together.
        let says = self.request.selection.shows(&Item::CareerSummary(entry.id.to_string()));
        let remark = |text: Option<&text::Inline>| {
            self.prose_of(text.filter(|_| says).map(|text| &**text), "/")
        };
        let tools = |labels: &[Text]| if says { self.technologies(labels) } else { Vec::new() };
        let item = |at| Item::CareerHighlight(entry.id.to_string(), at);
        let mut before = entry.highlights.len();
        let has_courses = self.request.selection.shows(&Item::Courses(entry.id.to_string()));
        let positions = entry.positions.iter().enumerate().filter_map(|(at, position)| {
            let first = before;
            before += position.highlights.len();
            let shown = self.request.selection.shows(&Item::Position(entry.id.to_string(), at));
            let courses = position.courses.iter().filter(|_| has_courses);
            shown.then(|| Position {
                title: self.phrase(&position.title).unwrap_or_default(),
                department: self.phrase_of(position.department.as_deref()),
                location: self.location(position.location.as_ref()),
                period: self.period(&position.time),
                score: self.text_of(position.score.as_ref()),
                courses: courses.filter_map(|course| self.phrase(course)).collect(),
                summary: remark(position.summary.as_ref()),
                highlights: self.highlights(&position.highlights, first, item),
                technologies: tools(&position.technologies),
            })
        });
        let positions: Vec<Position> = positions.collect();
        CareerEntry {
            id: entry.id.to_string(),
            label: self.labels.career(&entry.id),
            kind: entry.kind,
            organization: self.phrase(&entry.organization).unwrap_or_default(),
            url: url(entry.url.as_ref()),
            location: self.location(entry.location.as_ref()),
            description: remark(entry.description.as_ref()),
            by_position: positions.len() > 1 && entry.is_by_position(),
            positions,
            summary: remark(entry.summary.as_ref()),
            highlights: self.highlights(&entry.highlights, 0, item),
            technologies: tools(&entry.technologies),
            body: path.and_then(|path| self.prose_of(entry.body.as_deref(), path)),
        }
    }

    /// Those of the highlights that are shown, in the order of the selection; the index of the first is
    /// given.
    pub fn highlights(
        &self,
        highlights: &[career::Highlight],
        first: usize,
        item: impl Fn(usize) -> Item,
    ) -> Vec<Highlight> {
        let shown = |(at, _): &(usize, _)| self.request.selection.shows(&item(*at));
        let mut shown: Vec<_> = (first..).zip(highlights).filter(shown).collect();
        shown.sort_by_key(|(at, _)| self.request.selection.order.of(&item(*at)));
        let highlight = |(index, highlight): (usize, &career::Highlight)| {
            let text = self.prose_of(Some(&highlight.text), "/")?;
            Some(Highlight { text, importance: highlight.priority.importance(), index })
        };
        shown.into_iter().filter_map(highlight).collect()
    }

    /// What something was made with, in the order of the selection.
    fn technologies(&self, technologies: &[Text]) -> Vec<String> {
        let mut technologies: Vec<&Text> = technologies.iter().collect();
        technologies.sort_by_key(|name| self.request.selection.order.of_technology(name));
        technologies.into_iter().map(|name| self.text(name)).collect()
    }

    /// Those that the advertisement names, where not all may have room. Heights are the same for all
    /// advertisements.
    fn named(&self, technologies: &[Text]) -> Vec<String> {
        let Request { selection, fit, .. } = &self.request;
        let is_named = |name: &&Text| {
            name.wordings().iter().any(|it| selection.technologies.contains(&it.plain()))
        };
        let some = technologies.iter().filter(|_| fit.brief && fit.measure.is_none());
        some.filter(is_named).map(|name| self.text(name)).collect()
    }

    /// A project.
    pub fn project(&self, project: &projects::Project) -> Project {
        let record = self.record;
        let path = project_path(record, &project.id);
        let label = self.labels.project(&project.id);
        let employer = project.at.as_ref();
        let employer = employer.and_then(|at| record.career.iter().find(|entry| entry.id == *at));
        let employer = employer.map(|entry| {
            let career = self.career_path(&entry.id);
            Employer {
                label: self.text(entry.label.as_ref().unwrap_or(&entry.organization)),
                link: career.map(|path| self.site_link(&path, Some(&entry.id))),
            }
        });
        let article = record.articles.iter().any(|article| article.id == project.id);
        let link = (article || record.site.as_ref().is_some_and(|site| site.url.is_some()))
            .then(|| match self.request.format {
                Format::Portfolio => self.link_out(&path, None),
                _ => self.site_link(&path, None),
            })
            // A card that is itself the target must not link to itself.
            .filter(|link| !matches!(link, Link::Label(target) if *target == label));
        let says = self.request.selection.shows(&Item::ProjectSummary(project.id.to_string()));
        Project {
            id: project.id.to_string(),
            label,
            link,
            emoji: self.text_of(project.emoji.as_ref()),
            name: self.phrase(&project.name).unwrap_or_default(),
            station: employer,
            period: self.period(&project.time),
            importance: project.priority.importance(),
            rating: self.rates_projects().then_some(project.priority.importance()),
            tags: self.tags(&project.priority.tags),
            technologies: {
                let all = self.technologies(&project.technologies).into_iter();
                all.filter(|name| self.request.selection.names(&project.id, name)).collect()
            },
            named: self.named(&project.technologies),
            role: self.phrase_of(project.role.as_deref()),
            summary: self.prose_of(project.summary.as_deref().filter(|_| says), &path),
            highlights: self.highlights(&project.highlights, 0, |at| {
                Item::ProjectHighlight(project.id.to_string(), at)
            }),
            outcome: self.prose_of(project.outcome.as_deref().filter(|_| says), &path),
            diagrams: self.diagrams(project).unwrap_or_default(),
            url: url(project.url.as_ref()),
        }
    }

    /// The diagrams that the portfolio takes from a project's article.
    fn diagrams(&self, project: &projects::Project) -> Option<Vec<Diagram>> {
        // The manual prints them in the article itself.
        if self.request.format != Format::Portfolio {
            return None;
        }
        let record = self.record;
        let article = record.articles.iter().find(|article| article.id == project.id)?;
        // Only the diagram is taken, so another language of the body around it is no fallback.
        let wording = article.body.as_ref()?.wording(self.request.language, &record.languages())?;
        let found = markdown::diagrams(&wording.text);
        let chosen = project.diagrams.iter().filter_map(|number| {
            let block = found.get((number.value as usize).checked_sub(1)?)?;
            let info = block.attributes.iter().cloned().collect();
            Some(Diagram { source: block.text.clone(), info })
        });
        Some(chosen.collect())
    }

    /// A post, on the page with this label.
    pub fn post(&self, post: &articles::Post, page: &str) -> Post {
        let path = post_path(post);
        Post {
            label: format!("{page}#{}", *post.id),
            title: self.text(&post.title),
            link: self.canonical(&path),
            date: post.date.value.into(),
            minutes: post.reading_minutes,
            tags: self.tags(&post.priority.tags),
            summary: self.prose_of(post.summary.as_deref(), &path),
        }
    }

    /// The groups of skills that have skills to show, in the order of the selection.
    pub fn skills(&self) -> Vec<SkillGroup> {
        let order = &self.request.selection.order;
        let groups = self.record.skills.iter().enumerate().map(|(group, own)| {
            let shown =
                |(at, _): &(usize, _)| self.request.selection.shows(&Item::Skill(group, *at));
            let mut skills: Vec<_> = own.skills.iter().enumerate().filter(shown).collect();
            skills.sort_by_key(|(at, _)| order.of(&Item::Skill(group, *at)));
            let skills = skills.into_iter().map(|(index, skill)| Skill {
                name: self.phrase(&skill.name).unwrap_or_default(),
                level: self.text_of(skill.level.as_ref()),
                importance: skill.priority.importance(),
                index,
            });
            let skills: Vec<Skill> = skills.collect();
            (group, own, skills)
        });
        let mut groups: Vec<_> = groups.filter(|(_, _, skills)| !skills.is_empty()).collect();
        groups.sort_by_key(|(at, _, skills)| {
            order.of_group(*at, skills.iter().map(|skill| skill.index))
        });
        let groups = groups.into_iter().map(|(index, own, skills)| SkillGroup {
            name: self.text(&own.name),
            level: self.text_of(own.level.as_ref()),
            importance: own.priority.importance(),
            skills,
            index,
        });
        groups.collect()
    }
}
