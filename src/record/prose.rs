//! Where a record holds Markdown, and which page of the site each piece is on.

use crate::record::links::addresses::{article_path, post_path, project_path, section_path};
use crate::record::model::record::Record;
use crate::record::model::sections::SectionPart;
use crate::record::model::site::Listing;
use crate::record::text::Text;

/// All texts in Markdown of the record, each with the path of the page it is on.
pub fn prose<'a>(record: &'a Record) -> Vec<(&'a Text, String)> {
    let mut all: Vec<(&Text, String)> = Vec::new();
    let mut add = |text: Option<&'a Text>, path: &str| {
        all.extend(text.map(|text| (text, path.to_owned())));
    };
    add(record.cover.as_deref(), "/");
    add(record.profile.headline.as_deref(), "/");
    add(record.profile.summary.as_deref(), "/");
    for section in &record.sections {
        let path = section_path(section);
        add(section.description.as_deref(), &path);
        for part in section.parts() {
            match part {
                SectionPart::Text(text) => add(Some(text), &path),
                SectionPart::Line(line) => add(Some(&line.text), &path),
                SectionPart::Entry(entry) => {
                    add(Some(&entry.name), &path);
                    add(entry.summary.as_deref(), &path);
                    entry.highlights.iter().for_each(|highlight| add(Some(&highlight.text), &path));
                }
            }
        }
    }
    let career = record.articles.iter().find(|a| a.list == Some(Listing::Career));
    let career = career.map_or_else(|| "/".to_owned(), |article| article_path(record, article));
    for entry in &record.career {
        add(entry.body.as_deref(), &career);
        entry.highlights.iter().for_each(|highlight| add(Some(&highlight.text), "/"));
    }
    for project in &record.projects {
        let path = project_path(record, &project.id);
        add(project.summary.as_deref(), &path);
        add(project.outcome.as_deref(), &path);
        project.highlights.iter().for_each(|highlight| add(Some(&highlight.text), "/"));
    }
    for article in &record.articles {
        let path = article_path(record, article);
        add(article.intro.as_deref(), &path);
        add(article.body.as_deref(), &path);
    }
    for post in &record.posts {
        add(post.summary.as_deref(), &post_path(post));
    }
    for award in &record.awards {
        add(Some(&award.title), "/");
        add(award.summary.as_deref(), "/");
    }
    record.certificates.iter().for_each(|certificate| add(Some(&certificate.name), "/"));
    for publication in &record.publications {
        add(Some(&publication.name), "/");
        add(publication.summary.as_deref(), "/");
    }
    record.references.iter().for_each(|reference| add(reference.reference.as_deref(), "/"));
    for application in &record.applications {
        let own = [application.headline.as_deref(), application.summary.as_deref()];
        all.extend(own.into_iter().flatten().map(|text| (text, "/".to_owned())));
    }
    all
}
