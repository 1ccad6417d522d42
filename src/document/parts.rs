//! The entries that documents show: stations, projects, posts, skills and the shorter lists.

use serde_json::{Value, json};

use crate::document::build::{Builder, card_label};
use crate::document::{Format, Request};
use crate::markdown::diagrams;
use crate::record::links::addresses::{post_path, project_path};
use crate::record::model::applications::SectionKind;
use crate::record::model::articles::Post;
use crate::record::model::career::{Highlight, Station};
use crate::record::model::date::Date;
use crate::record::model::projects::Project;
use crate::record::read::Spanned;
use crate::tailor::Item;

impl Builder<'_> {
    /// The body of the one-page résumé and of the portfolio: all kinds of entries, as selected.
    pub fn resume(&self) -> Value {
        let record = self.record;
        let shown = |item: Item| self.request.selection.shows(&item);
        let date = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| json!(date.value));
        let url = |url: &Option<Spanned<String>>| url.as_ref().map(|url| url.value.clone());
        let list = |items: Vec<Value>| Value::Array(items);
        let projects = self.projects();
        let projects = projects.iter().filter(|p| shown(Item::Project(p.id.to_string())));
        let listed = |kind, at| shown(Item::Listed(kind, at));
        json!({
            "sections": self.shown_sections(),
            "stations": list(record.career.iter().map(|s| self.station(s, None)).collect()),
            "projects": list(projects.map(|project| self.project(project)).collect()),
            "skills": list((0..record.skills.len()).filter_map(|at| self.skills(at)).collect()),
            "languages": list(record.languages.iter().filter(|_| listed(SectionKind::Languages, 0)).map(|l| json!({
                "language": self.text(&l.language),
                "fluency": self.text_or_null(l.fluency.as_ref()),
            })).collect()),
            "awards": list(record.awards.iter().enumerate()
                .filter(|(at, _)| listed(SectionKind::Awards, *at)).map(|(_, a)| json!({
                "name": self.text(&a.title), "date": date(&a.date),
                "by": self.text_or_null(a.awarder.as_ref()), "url": url(&a.url),
                "summary": self.prose_or_null(a.summary.as_deref(), "/"),
            })).collect()),
            "certificates": list(record.certificates.iter().enumerate()
                .filter(|(at, _)| listed(SectionKind::Certificates, *at)).map(|(_, c)| json!({
                "name": self.text(&c.name), "date": date(&c.date),
                "by": self.text_or_null(c.issuer.as_ref()), "url": url(&c.url),
            })).collect()),
            "publications": list(record.publications.iter().enumerate()
                .filter(|(at, _)| listed(SectionKind::Publications, *at)).map(|(_, p)| json!({
                "name": self.text(&p.name), "date": date(&p.date),
                "by": self.text_or_null(p.publisher.as_ref()), "url": url(&p.url),
                "summary": self.prose_or_null(p.summary.as_deref(), "/"),
            })).collect()),
            "interests": list(record.interests.iter().filter(|_| listed(SectionKind::Interests, 0)).map(|i| json!({
                "name": self.text(&i.name),
                "keywords": i.keywords.iter().map(|k| self.text(k)).collect::<Vec<_>>(),
            })).collect()),
            "references": list(record.references.iter().enumerate()
                .filter(|(at, _)| listed(SectionKind::References, *at)).map(|(_, r)| json!({
                "name": self.text(&r.name),
                "reference": self.prose_or_null(r.reference.as_deref(), "/"),
            })).collect()),
        })
    }

    /// The sections in the order of the application, then in the usual one.
    fn shown_sections(&self) -> Value {
        let named = self.request.application.map(|a| a.sections.as_slice()).unwrap_or_default();
        let rest =
            SectionKind::ALL.into_iter().filter(|kind| named.iter().all(|n| n.name.value != *kind));
        let named = named.iter().map(|n| (n.name.value, n.title.as_ref()));
        let sections = named.chain(rest.map(|kind| (kind, None)));
        let sections = sections
            .map(|(kind, title)| json!({ "kind": kind.word(), "title": self.text_or_null(title) }));
        Value::Array(sections.collect())
    }

    /// The projects that are shown, in order.
    pub fn projects(&self) -> Vec<&Project> {
        let Request { filter, format, date, .. } = self.request;
        filter.projects(self.record, format, date)
    }

    /// A station, with its body where `path` names the page that prints it.
    pub fn station(&self, station: &Station, path: Option<&str>) -> Value {
        let positions = station.positions.iter().map(|position| {
            json!({
                "title": self.text(&position.title),
                "department": self.text_or_null(position.department.as_ref()),
                "period": self.period(&position.start, &position.end, position.duration.as_ref()),
                "score": self.text_or_null(position.score.as_ref()),
                "courses": position.courses.iter().map(|c| self.text(c)).collect::<Vec<_>>(),
            })
        });
        let highlights = self.highlights(&station.highlights, |at| {
            Item::StationHighlight(station.id.to_string(), at)
        });
        json!({
            "id": *station.id,
            "kind": station.kind.word(),
            "organization": self.text(&station.organization),
            "url": station.url.as_ref().map(|url| &url.value),
            "location": self.text_or_null(station.location.as_ref()),
            "positions": positions.collect::<Vec<_>>(),
            "summary": self.text_or_null(station.summary.as_ref().filter(|_| {
                self.request.selection.shows(&Item::StationSummary(station.id.to_string()))
            })),
            "highlights": highlights,
            "body": path.map(|path| self.prose_or_null(station.body.as_deref(), path)),
        })
    }

    fn highlights(&self, highlights: &[Highlight], item: impl Fn(usize) -> Item) -> Value {
        let shown = highlights
            .iter()
            .enumerate()
            .filter(|(at, _)| self.request.selection.shows(&item(*at)))
            .map(
                |(_, h)| json!({ "text": self.prose(&h.text, "/"), "importance": h.importance.0 }),
            );
        Value::Array(shown.collect())
    }

    /// A project as a card.
    pub fn project(&self, project: &Project) -> Value {
        let record = self.record;
        let path = project_path(record, &project.id);
        let station = project
            .at
            .as_ref()
            .and_then(|at| record.career.iter().find(|station| *station.id == **at));
        let station = station.map(|station| {
            let career = self.station_path(&station.id);
            let name = station.label.as_ref().unwrap_or(&station.organization);
            let link = career.map(|path| self.site_link(&path, Some(&station.id)));
            json!({ "label": self.text(name), "link": link })
        });
        let article = record.articles.iter().any(|article| *article.id == *project.id);
        // A card that is itself the target must not link to itself.
        let link = (article || record.site.as_ref().is_some_and(|site| site.url.is_some()))
            .then(|| match self.request.format {
                Format::Portfolio => self.canonical(&path),
                _ => self.site_link(&path, None),
            })
            .filter(|link| link.get("label") != Some(&json!(card_label(&project.id))));
        json!({
            "id": *project.id,
            "label": card_label(&project.id),
            "link": link,
            "emoji": self.text_or_null(project.emoji.as_ref()),
            "name": self.text(&project.name),
            "station": station,
            "period": self.period(&project.start, &project.end, None),
            "importance": project.importance.0,
            "tags": self.tags(&project.tags),
            "technologies": project.technologies.iter().map(|t| self.text(t)).collect::<Vec<_>>(),
            "role": self.text_or_null(project.role.as_ref()),
            "summary": self.prose_or_null(project.summary.as_deref(), &path),
            "highlights": self.highlights(&project.highlights, |at| {
                Item::ProjectHighlight(project.id.to_string(), at)
            }),
            "outcome": self.prose_or_null(project.outcome.as_deref(), &path),
            "diagrams": self.diagrams(project),
            "url": project.url.as_ref().map(|url| &url.value),
        })
    }

    /// The diagrams that the portfolio takes from a project's article.
    fn diagrams(&self, project: &Project) -> Value {
        let record = self.record;
        let article = record.articles.iter().find(|article| article.id == project.id);
        let body = article.and_then(|article| article.body.as_ref());
        // The manual prints them in the article itself.
        if self.request.format != Format::Portfolio {
            return json!([]);
        }
        // Only the diagram is taken, so another language of the body around it is no fallback.
        let languages = record.languages();
        let wording = body.and_then(|body| body.wording(self.request.language, &languages));
        let Some(wording) = wording else { return json!([]) };
        let found = diagrams(&wording.text);
        let chosen = project.diagrams.iter().filter_map(|number| {
            let block = found.get((number.value as usize).checked_sub(1)?)?;
            let info: serde_json::Map<String, Value> =
                block.attributes.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
            Some(json!({ "source": block.text, "info": info }))
        });
        Value::Array(chosen.collect())
    }

    /// A post with its summary.
    pub fn post(&self, post: &Post, page: &str) -> Value {
        let path = post_path(post);
        json!({
            "label": format!("{page}#{}", *post.id),
            "title": self.text(&post.title),
            "link": self.canonical(&path),
            "date": post.date.value,
            "minutes": post.reading_minutes,
            "tags": self.tags(&post.tags),
            "summary": self.prose_or_null(post.summary.as_deref(), &path),
        })
    }

    /// A group of skills, those that are shown in the order of the data; `None` without any.
    pub fn skills(&self, group: usize) -> Option<Value> {
        let skills = self.record.skills.get(group)?;
        let shown = |at| self.request.selection.shows(&Item::Skill(group, at));
        let shown =
            skills.skills.iter().enumerate().filter(|(at, _)| shown(*at)).map(|(_, skill)| {
                json!({
                    "name": self.text(&skill.name),
                    "level": self.text_or_null(skill.level.as_ref()),
                    "importance": skill.importance.0,
                })
            });
        let shown: Vec<Value> = shown.collect();
        let group = || {
            json!({
                "name": self.text(&skills.name),
                "importance": skills.importance.0,
                "skills": shown,
            })
        };
        (!shown.is_empty()).then(group)
    }
}
